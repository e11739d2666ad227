"""The page of a row: how to cite it. Template: _cite_row.html."""
