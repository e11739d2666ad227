"""What a table, view or canned query holds, told to a program: ``NAME.metadata.json`` beside its CSV and JSON."""
