"""What one search box finds: authorities, places, questions, columns, words. Template: templates/find.html."""
