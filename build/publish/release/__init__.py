"""A finished database → a folder of files that others load, cite and verify."""
