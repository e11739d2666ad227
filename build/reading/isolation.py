"""Files are read in a process of their own: what crashes, hangs or fills the memory there costs that file alone.

The libraries that open PDF, HTML and Office files are written in C: no time limit of Python ends them, and a file of a
kilobyte can make them take all the memory there is. Where processes cannot be forked (Windows), files are read in the
process of the build, without this protection.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

MAX_MEMORY = 3 * 1024**3
"""Bytes that reading may take beside what the build has already; each program that a reader starts may take as much."""
MAX_WRITTEN = 1024**3
"""Bytes of one file that a program may write which a reader starts; what is kept of it is smaller by far."""
GRACE_SECONDS = 15.0
"""So long after the time limit on a file, which lets a reader tidy up, its process is ended from outside."""
ENDING_SECONDS = 2.0
AHEAD = 2
"""Tasks handed over at a time: while an answer is taken in, the next task is under way."""

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ended:
    """Stands for the result of a task whose process is gone; ``signal``: what ended it, "" if it took too long."""

    signal: str = ""


@dataclass(slots=True)
class _Apart:
    """A process that does one task after another, and the line to it. ``asked``: tasks it has not answered yet."""

    process: BaseProcess
    line: Connection
    asked: int = 0

    def ask(self, tasks: Iterable[Task]) -> None:
        """Hand over those of the next ``tasks`` that it does not have yet."""
        with contextlib.suppress(OSError):  # it is gone; what it has answered before can still be heard
            for task in islice(tasks, self.asked, None):
                self.line.send(task)
                self.asked += 1

    def answer(self, seconds: float) -> Any:
        """What it makes of the next task, or Ended."""
        self.asked -= 1
        try:
            return self.line.recv() if self.line.poll(seconds) else Ended()
        except (EOFError, OSError):
            self.process.join(ENDING_SECONDS)
            return Ended(_name_of(self.process.exitcode))

    def end(self) -> None:
        """End it: first so that it can end what it has started, then for good."""
        self.line.close()
        self.process.terminate()
        self.process.join(ENDING_SECONDS)
        self.process.kill()
        self.process.join()


def isolated(work: Callable[[Task], Result], tasks: Iterable[Task], seconds: float) -> Iterator[Result | Ended]:
    """``work`` done on each of ``tasks``, in their order, in a process apart; tasks and results must pickle.

    A task that takes longer than ``seconds`` and some grace, or ends the process, gives Ended; the next one gets a new
    process.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, tasks)
        return
    pending = deque(tasks)
    apart: _Apart | None = None
    try:
        while pending:
            apart = apart or _started(work)
            apart.ask(islice(pending, AHEAD))
            result = apart.answer(seconds + GRACE_SECONDS)
            if isinstance(result, Ended):
                apart.end()
                apart = None
            pending.popleft()
            yield result
    finally:
        if apart is not None:
            apart.end()


def _started(work: Callable[[Task], Result]) -> _Apart:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs, ours), daemon=True)
    process.start()
    theirs.close()
    return _Apart(process, ours)


def _serve(work: Callable[[Task], Result], tasks: Connection, parents: Connection) -> None:
    """In the process apart: do what comes until nothing comes any more."""
    parents.close()  # or this process would not learn that the build is gone
    faulthandler.disable()  # the build says which file it was; where in a library the process fell helps nobody
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    _limit_resources()
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.send(work(tasks.recv()))


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


def _limit_resources() -> None:
    """Bound the memory of this process and the files it writes, where the system keeps such limits (Linux)."""
    try:
        import resource  # noqa: PLC0415 (not on every system)

        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        for kind, most in ((resource.RLIMIT_AS, taken + MAX_MEMORY), (resource.RLIMIT_FSIZE, MAX_WRITTEN)):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ImportError, OSError, ValueError):
        return


def _name_of(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    return signal.Signals(-exit_code).name
