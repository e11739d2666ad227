"""Errors of the build. Those of a document have a code, which ends in ``problems.code``."""

from __future__ import annotations

from typing import Any

from .messages import Message


class ToldError(Exception):
    """Something is wrong that a person can mend; ``message`` says what was found and what to do, in both languages."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes from another process: whole, not by its English words alone."""
        return type(self), (self.message,)


class ReadError(ToldError):
    """A document could not be read. ``code`` is the problem's code, ``message`` tells the person who publishes
    what was expected, what was found and what to do; ``excerpt`` is the place in the file, where there is one.
    """

    def __init__(self, code: str, message: Message, excerpt: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.excerpt = excerpt

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes from another process."""
        return type(self), (self.code, self.message, self.excerpt)
