"""Files are read in a process of their own: what crashes, hangs or fills the memory there costs that file alone.

The libraries that open PDF, HTML and Office files are written in C: no time limit of Python ends them, and a file of a
kilobyte can make them take all the memory there is. Where processes cannot be forked (Windows), files are read in the
process of the build, without this protection.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import FrameType
from typing import Any, Generic, Protocol, TypeVar

from ..interruption import undisturbed

MAX_MEMORY = 3 * 1024**3
"""Bytes that reading may take beside what the build has already; each program that a reader starts may take as much."""
MAX_WRITTEN = 1024**3
"""Bytes of one file that a program may write which a reader starts; what is kept of it is smaller by far."""
GRACE_SECONDS = 15.0
"""So long after the time limit on a file, which lets a reader tidy up, its process is ended from outside."""
ENDING_SECONDS = 2.0
AHEAD = 2
"""Tasks handed over at a time: while an answer is taken in, the next task is under way."""
MOST_AHEAD = 64 * 1024
"""Bytes of the tasks that are handed over to a process that may be busy: a line holds as much without being read."""

Tag = TypeVar("Tag")

Task = TypeVar("Task")
Result = TypeVar("Result")


WORKERS_LOST = "several workers"
"""Stands for a signal where a cluster gave a task up."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Stands for the result of a task whose process is gone; ``signal``: what ended it, "" if it took too long."""

    signal: str = ""


class Process(Protocol):
    """What is asked of a process."""

    @property
    def exitcode(self) -> int | None:
        """What it ended with; None: it runs. Minus the signal that ended it."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, at most so long."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


@dataclass(slots=True)
class Apart(Generic[Tag]):
    """A process that does one task after another, and the line to it.

    ``asked``: the tasks it has not answered yet, each as it was handed over. ``until``: when the first is overdue.
    """

    process: Process
    line: Connection
    asked: deque[tuple[Tag, Any, int]] = field(default_factory=deque)
    until: float = 0.0

    def has_room(self, size: int) -> bool:
        """Whether a task of so many bytes can be handed over without waiting for the process to take it."""
        return not self.asked or (
            len(self.asked) < AHEAD and size + self.asked[-1][2] <= MOST_AHEAD
        )  # it may be busy sending: two that both send and wait for each other would wait for ever

    def ask(self, tag: Tag, task: Any, sent: bytes, seconds: float) -> None:
        """Hand over a task."""
        if not self.asked:
            self.until = time.monotonic() + seconds
        self.asked.append((tag, task, len(sent)))
        with contextlib.suppress(OSError):  # it is gone; what it has answered before can still be heard
            self.line.send_bytes(sent)

    def answer(self, seconds: float) -> tuple[Tag, Any]:
        """The first task's tag, and what the process makes of it, or Ended."""
        tag, _, _ = self.asked.popleft()
        self.until = time.monotonic() + seconds
        try:
            return tag, self.line.recv()
        except (EOFError, OSError):
            self.process.join(ENDING_SECONDS)
            return tag, Ended(_name_of(self.process.exitcode))

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
    return (result for _, result in spread(work, enumerate(tasks), seconds, 1))


def spread(
    work: Callable[[Task], Result], tasks: Iterable[tuple[Tag, Task]], seconds: float, jobs: int
) -> Iterator[tuple[Tag, Result | Ended]]:
    """``work`` done on tasks in ``jobs`` processes, each as in ``isolated``: (tag, result) pairs as they come.

    Tasks are taken when there is room for them, so that no more than a few are held at a time.
    """
    if not can_fork():
        yield from ((tag, work(task)) for tag, task in tasks)
        return
    crew = _Crew(work, iter(tasks), seconds + GRACE_SECONDS, jobs)
    try:
        while crew.fill():
            yield from crew.answers()
    finally:
        crew.end()


class _Crew(Generic[Tag]):
    """Processes that share out tasks among themselves."""

    def __init__(self, work: Callable[[Any], Any], tasks: Iterator[tuple[Tag, Any]], seconds: float, jobs: int) -> None:
        self.work, self.tasks, self.seconds, self.jobs = work, tasks, seconds, jobs
        self.members: list[Apart[Tag]] = []
        self.again: deque[tuple[Tag, Any]] = deque()
        self.next: tuple[Tag, Any, bytes] | None = None

    def fill(self) -> bool:
        """Hand over what there is room for; whether any task is under way."""
        while (coming := self._coming()) is not None:
            tag, task, sent = coming
            member = self._with_room(len(sent))
            if member is None:
                break
            self.next = None
            member.ask(tag, task, sent, self.seconds)
        return any(member.asked for member in self.members)

    def _coming(self) -> tuple[Tag, Any, bytes] | None:
        if self.next is None:
            found = self.again.popleft() if self.again else next(self.tasks, None)
            if found is not None:
                self.next = (*found, bytes(ForkingPickler.dumps(found[1])))
        return self.next

    def _with_room(self, size: int) -> Apart[Tag] | None:
        """An idle process, a new one, or one that can take a task ahead."""
        idle = next((member for member in self.members if not member.asked), None)
        if idle is None and len(self.members) < self.jobs:
            idle = forked(partial(_serve, self.work))
            self.members.append(idle)
        return idle or next((member for member in self.members if member.has_room(size)), None)

    def answers(self) -> Iterator[tuple[Tag, Any]]:
        """Wait until something is answered or overdue."""
        busy = [member for member in self.members if member.asked]
        patience = max(min(member.until for member in busy) - time.monotonic(), 0)
        heard = wait([member.line for member in busy], patience)
        for member in busy:
            if member.line in heard:
                tag, result = member.answer(self.seconds)
            elif time.monotonic() >= member.until:
                (tag, _, _), result = member.asked.popleft(), Ended()
            else:
                continue
            if isinstance(result, Ended):
                self._replace(member)
            yield tag, result

    def _replace(self, member: Apart[Tag]) -> None:
        """End a process; what it has not answered is asked again."""
        self.again.extend((tag, task) for tag, task, _ in member.asked)
        if self.next is not None:
            self.again.append(self.next[:2])
            self.next = None
        self.members.remove(member)
        member.end()

    def end(self) -> None:
        """End all."""
        for member in self.members:
            member.end()


def forked(serve: Callable[[Connection], None]) -> Apart[Any]:
    """A process that does ``serve``, given its end of the line, and ends with this one.

    Ctrl-C that came while it was begun ends it: nobody else would know of it, and Python would wait for it for ever
    where it does not hear that it is to leave.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_begin, args=(serve, theirs, ours), daemon=True)
    apart: Apart[Any] = Apart(process, ours)
    try:
        undisturbed(process.start)
    except BaseException:
        if process.pid is not None:
            apart.end()
        raise
    finally:
        theirs.close()
    return apart


def _begin(serve: Callable[[Connection], None], line: Connection, parents: Connection) -> None:
    """In the process apart."""
    parents.close()  # or this process would not learn that the build is gone
    serve(line)


def can_fork() -> bool:
    """Whether this system has processes that begin as a copy of this one."""
    return "fork" in multiprocessing.get_all_start_methods()


class _Program:
    """A program that was started, with what is asked of a process."""

    def __init__(self, started: subprocess.Popen[bytes]) -> None:
        self.started = started
        self.terminate, self.kill = started.terminate, started.kill

    @property
    def exitcode(self) -> int | None:
        """What it ended with; None: it runs."""
        return self.started.poll()

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.started.wait(timeout)


def lined(start: Callable[[int], subprocess.Popen[bytes]]) -> Apart[Any]:
    """A program that does tasks, with the line to it; ``start`` begins it, given the descriptor of its end."""
    ours, theirs = multiprocessing.Pipe()
    with theirs:
        return Apart(_Program(start(theirs.fileno())), ours)


def serve_line(work: Callable[[Any], Any], descriptor: int) -> None:
    """In a program begun by ``lined``: do what comes until nothing comes any more."""
    _serve(work, Connection(descriptor))


def _serve(work: Callable[[Task], Result], tasks: Connection) -> None:
    """In the process apart: do what comes until nothing comes any more."""
    faulthandler.disable()  # the build says which file it was; where in a library the process fell helps nobody
    leave_when_told()
    _limit_resources()
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.send(work(tasks.recv()))


def leave_when_told() -> None:
    """In the process apart: it ends when the build says so, not by a key that was meant for the build."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    sys.unraisablehook = _leave_all_the_same


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


def _leave_all_the_same(ignored: sys.UnraisableHookArgs) -> None:
    """What tells it to leave may come in the middle of what lets no exception out, and be told and forgotten there."""
    if isinstance(ignored.exc_value, SystemExit):
        os._exit(1)
    sys.__unraisablehook__(ignored)


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
