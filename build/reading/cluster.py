"""Reading on the machines of a Dask cluster: files go there by content, readings come back, the rest happens here.

On a worker, too, files are read in a process apart; a worker that dies loses nothing: what it had is given to another.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ToldError
from ..limits import Limits
from ..messages import told
from .isolation import GRACE_SECONDS, WORKERS_LOST, Apart, Ended, lined
from .read import Content
from .reading import Packed, read_packed
from .readings import Engine, Tasks
from .version import reader_version

if TYPE_CHECKING:
    from concurrent.futures import Executor

AHEAD = 4
"""Files under way for each thread of the cluster: so that none waits while a file travels."""


class ClusterError(ToldError):
    """The cluster cannot be used: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Far:
    """What a worker is asked: to read a content within limits, by the reader of this version."""

    content: Content
    limits: Limits
    version: str


def cluster_engine(address: str) -> Engine:
    """Reads on the cluster whose scheduler listens at ``address`` (tcp://…). Raises ClusterError."""

    def read(tasks: Tasks, limits: Limits) -> Iterator[tuple[bytes, Packed | Ended]]:
        try:
            from distributed import Client  # noqa: PLC0415 (optional)
        except ImportError as error:
            raise ClusterError(told("reading.needs_dask")) from error
        try:
            client = Client(address)
        except (OSError, ValueError) as error:
            raise ClusterError(told("reading.no_scheduler", address=address, error=error)) from error
        with client, client.get_executor(pure=False) as executor:
            threads = sum(client.nthreads().values())
            yield from _spread(executor, tasks, limits, AHEAD * max(threads, 1))

    return read


def _spread(executor: Executor, tasks: Tasks, limits: Limits, most: int) -> Iterator[tuple[bytes, Packed | Ended]]:
    """Hand over tasks, never more than ``most`` at a time, and give what comes back."""
    coming = iter(tasks)
    under_way: dict[Future[Packed | Ended], bytes] = {}
    try:
        while True:
            for key, content in islice(coming, most - len(under_way)):
                under_way[executor.submit(read_far, Far(content, limits, reader_version()))] = key
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield under_way.pop(future), _answer(future)
    finally:
        for future in under_way:
            future.cancel()


def _answer(future: Future[Packed | Ended]) -> Packed | Ended:
    try:
        return future.result()
    except ClusterError:
        raise
    except Exception as error:  # (whatever the cluster makes of it)
        if type(error).__name__ == "KilledWorker":
            return Ended(WORKERS_LOST)
        raise ClusterError(told("reading.cluster_failed", kind=type(error).__name__, error=error)) from error


# On a worker -------------------------------------------------------------------------------------------------------


class _Here(threading.local):
    """The process apart of this thread of a worker."""

    apart: Apart[None] | None = None


_HERE = _Here()


def read_far(far: Far) -> Packed | Ended:
    """Read a content in a process apart. Raises ClusterError where this is another reader than the one that asks."""
    if far.version != reader_version():
        raise ClusterError(told("reading.worker_differs", theirs=reader_version(), ours=far.version))
    apart = _HERE.apart = _HERE.apart or _program()
    seconds = far.limits.max_seconds + GRACE_SECONDS
    apart.ask(None, far, bytes(ForkingPickler.dumps(far)), seconds)
    result = apart.answer(seconds)[1] if apart.line.poll(seconds) else Ended()
    if isinstance(result, Ended):
        apart.end()
        _HERE.apart = None
    answer: Packed | Ended = result
    return answer


def read_here(far: Far) -> Packed:
    """In the process apart: read."""
    return read_packed(far.limits, far.content)


def _program() -> Apart[None]:
    """A program of its own: a worker of Dask may have no children that are forked, and has threads."""
    root = Path(__file__).resolve().parent.parent.parent
    room = __name__.rpartition(".")[0]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); from {room}.cluster import read_here; "
        f"from {room}.isolation import serve_line; serve_line(read_here, int(sys.argv[1]))"
    )

    def start(descriptor: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code, str(descriptor)], pass_fds=[descriptor])

    return lined(start)
