"""What several of the site's plugins share. Datasette loads plugins/*.py only; they import this package by name."""
