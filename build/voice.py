"""What a build says while it runs: on standard error, and with the time in a log where one is asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from .messages import Message, spoken, told

PROGRAM = "build"


@dataclass(frozen=True, slots=True)
class Voice:
    """``quiet``: only what went wrong is said. ``log``: gets every line, quiet or not.

    A line that begins with a blank goes on with the one before it.
    """

    quiet: bool = False
    log: TextIO | None = None

    def say(self, words: Message | str) -> None:
        """Say how things are."""
        if not self.quiet:
            _write(words)
        self.note(words)

    def complain(self, words: Message | str) -> None:
        """Say what went wrong."""
        _write(words)
        self.note(words)

    def note(self, words: Message | str) -> None:
        """Write into the log alone. A log that cannot be written any more does not end the build."""
        if self.log is None:
            return
        try:
            self.log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {_within(words)}\n")
            self.log.flush()
        except OSError as error:
            _write(told("command.log_not_written", path=self.log.name, reason=error.strerror))


def opened(log: Path) -> TextIO:
    """``log``, to be written on at its end. Raises OSError."""
    return log.open("a", encoding="utf-8", errors="backslashreplace")


def shown(text: object) -> str:
    """``text`` for a terminal: what a file's name may hold besides letters would steer it."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in str(text))


def _write(words: Message | str) -> None:
    line = _within(words)
    sys.stderr.write(f"{line}\n" if line.startswith(" ") else f"{PROGRAM}: {line}\n")


def _within(words: Message | str) -> str:
    return spoken(words) if isinstance(words, Message) else words
