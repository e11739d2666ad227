"""The data dictionary: every column with what it means and what stands in it. Template: templates/dictionary.html."""
