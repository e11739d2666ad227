"""Reads the prose of a report: hotline and mailbox figures, and statements on applications, reviews and fees.

One clause grammar (``lexicon`` as data, ``matcher`` as rules) fills both tables.
"""

from .reading import Prose, explain_prose, read_prose

__all__ = ["Prose", "explain_prose", "read_prose"]
