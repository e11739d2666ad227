"""The home page: what the collection holds, at a glance. Template: templates/index.html."""
