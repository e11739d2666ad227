"""Errors of the build, each with a code that ends in ``problems.code``."""

from __future__ import annotations


class ReadError(Exception):
    """A document could not be read. ``code`` is the problem's code, ``message`` tells the person who publishes
    what was expected, what was found and what to do; ``excerpt`` is the place in the file, where there is one.
    """

    def __init__(self, code: str, message: str, excerpt: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.excerpt = excerpt
