"""Worker processes for SQL of visitors: so many at once, each killed and made anew where it overruns its time."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .sql_worker import FAILED, IN_WORKER, INTERRUPTED, OK, read_frame, write_frame

GRACE_SECONDS = 1.0
"""A worker that has not answered so long after its time limit is killed."""
START_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """What became of a statement: ``status`` of ``sql_worker``, rows with their column names, words where it failed."""

    status: str
    rows: list[tuple[Any, ...]]
    truncated: bool
    names: list[str]
    message: str = ""


class _Worker:
    """One process and its pipes."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("sql_worker.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, IN_WORKER: "1"},
        )

    def is_ready(self, options: Mapping[str, Any]) -> bool:
        """Give the process its options and wait until it has loaded; False if it ended first."""
        assert self.process.stdin is not None
        try:
            write_frame(self.process.stdin, dict(options))
        except OSError:
            return False
        return bool(self._next(START_SECONDS) == OK)

    def ask(self, task: Mapping[str, Any]) -> tuple[str, Any] | None:
        """The answer to a statement; None if none came in time or the process died."""
        assert self.process.stdin is not None
        try:
            write_frame(self.process.stdin, dict(task))
        except OSError:
            return None
        answer: tuple[str, Any] | None = self._next(task["milliseconds"] / 1000 + GRACE_SECONDS)
        return answer

    def _next(self, seconds: float) -> Any:
        """The next frame; None if it does not begin and end within ``seconds`` each."""
        assert self.process.stdout is not None
        stream = self.process.stdout
        if not select.select([stream], [], [], seconds)[0]:
            return None
        try:
            return read_frame(stream)
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Kill the process and close its pipes."""
        with contextlib.suppress(OSError):
            self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        self.process.wait()


class SqlPool:
    """``size`` workers over one database. Threads call ``run``; each call has a worker of its own while it lasts."""

    def __init__(self, options: Mapping[str, Any], size: int) -> None:
        self._options = dict(options)
        self._idle: queue.Queue[_Worker | None] = queue.Queue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._idle.put(None)  # made when it is first needed

    def run(self, sql: str, params: Any, milliseconds: int, most_rows: int | None, most_bytes: int) -> Answer:
        """Run ``sql`` in a worker, waiting for one that is idle."""
        task = {
            "sql": sql,
            "params": params,
            "milliseconds": milliseconds,
            "most_rows": most_rows,
            "most_bytes": most_bytes,
        }
        worker = self._idle.get()
        try:
            if worker is None or worker.process.poll() is not None:
                worker = self._made()
            began = time.monotonic()
            told = worker.ask(task)
            if told is None:
                overran = time.monotonic() - began >= milliseconds / 1000
                self._end(worker)
                worker = None
                if overran:
                    return Answer(INTERRUPTED, [], False, [], "interrupted")
                return Answer(FAILED, [], False, [], "out of memory")
        finally:
            self._idle.put(worker)
        status, result = told
        if status == OK:
            rows, truncated, names = result
            return Answer(OK, rows, truncated, names)
        return Answer(status, [], False, [], result)

    def _made(self) -> _Worker:
        worker = _Worker()
        with self._lock:
            if self._closed:
                worker.end()
                raise RuntimeError("the server is stopping")
            self._all.add(worker)
        if not worker.is_ready(self._options):
            self._end(worker)
            raise RuntimeError("the process for SQL could not be started")
        return worker

    def _end(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()

    def warm(self) -> None:
        """Start every worker, so that the first visitor does not wait for it."""
        held = [self._idle.get() for _ in range(self._idle.qsize())]
        for worker in held:
            try:
                ready = worker or self._made()
            except (OSError, RuntimeError):
                ready = None
            self._idle.put(ready)

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._closed = True
            workers, self._all = list(self._all), set()
        for worker in workers:
            worker.end()
