"""The page of a row: how to cite it. Template: templates/_cite_row.html."""
