"""A time limit on one file, so that no document can hold up a build."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..errors import ReadError
from ..messages import told

AGAIN_SECONDS = 1.0
"""The limit is called again so often: where a library or a destructor swallows the error, reading would go on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ReadError ``too_slow`` in the body once ``seconds`` have passed.

    Works where signals do: in the main thread of a Unix process. Elsewhere the readers' own checks must do.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def expire(_signal: int, _frame: FrameType | None) -> None:
        raise ReadError(
            "too_slow",
            told("reading.too_slow", seconds=seconds),
        )

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
