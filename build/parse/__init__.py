"""Tables of a document → figures: labels, cells, rows, columns, values."""
