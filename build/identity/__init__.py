"""Whose report a document is, and of which year: what it says of itself."""
