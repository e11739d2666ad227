"""What one search box finds: authorities, places, questions, columns, words of reports."""
