"""Ctrl-C ends a build in one line, whenever it comes: while the program still loads, while it runs, while it ends."""

from __future__ import annotations

# What `signal` is made of: it is there from the start, where to import that one takes a while.
import _signal  # type: ignore[import-not-found]
import os
import sys
from collections.abc import Callable

from .language import CHINESE, ENGLISH, language_of

NOTHING_WRITTEN = 2
WORDS = {
    ENGLISH: "interrupted; nothing was written, the old database, if any, is as it was",
    CHINESE: "已中断；什么也没有写，原有数据库（如有）保持原样",
}
"""What is said; it stands here and in no catalogue, since it may have to be said before one can be read."""


def is_loading() -> bool:
    """Whether `python -m build` is at its very beginning: Python calls a program -m until it has found it."""
    return sys.argv[:1] == ["-m"]


def end_while_loading() -> None:
    """From now on Ctrl-C ends the program at once: nothing has begun that would have to be tidied up.

    An exception would come up in the middle of some library's import, which prints it or takes it for its own.
    """
    _signal.signal(_signal.SIGINT, _end)


def interrupt_from_now_on() -> None:
    """From now on Ctrl-C raises KeyboardInterrupt, once: a second one does not come into the tidying up."""
    _signal.signal(_signal.SIGINT, _interrupt)


def end_in_peace() -> None:
    """From now on Ctrl-C does nothing: all has been said, and Python is about to end."""
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)


def undisturbed(work: Callable[[], None]) -> None:
    """Do ``work``, and let Ctrl-C wait until it is done.

    What Python does by itself while a process is forked prints an exception, and goes on as if there had been none.
    """
    came: list[object] = []
    told = _signal.getsignal(_signal.SIGINT)
    try:
        _signal.signal(_signal.SIGINT, lambda _, frame: came.append(frame))
    except ValueError:  # in a thread, which no signal reaches
        return work()
    try:
        work()
    finally:
        _signal.signal(_signal.SIGINT, told)
    if came and callable(told):
        told(_signal.SIGINT, came[0])
    return None


def _end(_signal: int, _frame: object) -> None:
    end_in_peace()  # a second one would say it a second time
    os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, f"build: {WORDS[language_of()]}\n".encode())
    os._exit(NOTHING_WRITTEN)


def _interrupt(_signal: int, _frame: object) -> None:
    end_in_peace()
    raise KeyboardInterrupt
