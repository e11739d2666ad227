"""The deadline of a process apart, which the kernel keeps."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator


@contextlib.contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Where this process has a deadline, it ends ``seconds`` from now if what happens inside is not over by then."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    if not left:
        yield
        return
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, min(seconds, left))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 0.001))
