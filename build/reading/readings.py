"""Every file of a build: looked up among the readings kept, or read apart from the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..errors import ReadError
from ..limits import Limits
from ..messages import Message, told
from ..report import Problem
from .about import Surroundings
from .isolation import MAX_MEMORY, WORKERS_LOST, Ended, spread
from .kept import Readings, content_hash, reading_key
from .key import shelved
from .ledger import Item, Ledger
from .read import Content, data_of, named, stated_beside, unread
from .reading import Digest, Packed, read_packed, unpacked_digest
from .sources import Source

Step = Callable[[], None]
Tasks = Iterable[tuple[bytes, Content]]
Engine = Callable[[Tasks, Limits], Iterator[tuple[bytes, Packed | Ended]]]
"""Makes readings of contents: (key, reading) pairs as they come, in whatever order."""


def local_engine(jobs: int) -> Engine:
    """Reads in ``jobs`` processes of this machine."""
    return lambda tasks, limits: spread(partial(read_packed, limits), tasks, limits.max_seconds, jobs)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file of which a reading is being made. ``at``: its number; ``hashed``: of its bytes, ``content``: of all."""

    at: int
    source: Source
    hashed: bytes
    content: bytes


@dataclass(slots=True)
class Gathering:
    """The files of a build on their way into a ledger; ``remembered``: how many were not read again."""

    sources: Collection[Source]
    limits: Limits
    readings: Readings
    fresh: bool
    step: Step
    remembered_step: Step
    ledger: Ledger = field(default_factory=Ledger)
    under_way: dict[bytes, list[_Waiting]] = field(default_factory=dict)
    surroundings: Surroundings = field(default_factory=Surroundings)
    remembered: int = 0

    def gather(self, engine: Engine) -> Ledger:
        """The ledger with every file and the manifests, the same whatever the order in which files were read."""
        for key, made in engine(self._tasks(), self.limits):
            digest = self._kept(key, made)
            for waiting in self.under_way.pop(key):
                self._settle(waiting, key, digest or self._unfinished(waiting, made))
        self.readings.write()
        for at, (name, problems) in enumerate(self.surroundings.problems().items(), len(self.sources)):
            if problems:
                self.ledger.enter(at, Item(name, (), tuple(problems), is_manifest=True))
        self.ledger.close()
        return self.ledger

    def _tasks(self) -> Iterator[tuple[bytes, Content]]:
        """The contents of the files that nothing is known of yet."""
        for at, source in enumerate(self.sources):
            path = source.spelt
            about = self.surroundings.about(path, source.name)
            try:
                data = None
                hashed = self.readings.known_hash(path, self.fresh)
                if hashed is None:
                    data, hashed = self._hashed(source.path)
                waiting = _Waiting(at, source, hashed, content_hash(hashed, about))
                key = reading_key(hashed, about, self.limits)
                if key in self.under_way:
                    self.under_way[key].append(waiting)
                    continue
                known = self.readings.find(key, self.fresh)
                if known is not None:
                    self.remembered += 1
                    self.remembered_step()
                    self._settle(waiting, key, known)
                    continue
                if data is None:
                    data, hashed = self._hashed(source.path)
                    waiting = _Waiting(at, source, hashed, content_hash(hashed, about))
                    key = reading_key(hashed, about, self.limits)
            except ReadError as error:
                self._settle(_Waiting(at, source, b"", b""), b"", Digest((), (unread(error, about, ""),)))
                continue
            self.under_way.setdefault(key, []).append(waiting)
            yield key, Content(data, about)

    def _hashed(self, path: Path) -> tuple[bytes, bytes]:
        """The bytes of a file and their hash."""
        data, before = data_of(path, self.limits)
        return data, self.readings.note_hash(path, data, before)

    def _kept(self, key: bytes, made: Packed | Ended) -> Digest | None:
        if isinstance(made, Ended):
            return None
        if made.lasting or made.bodies:
            self.readings.keep(key, made)
        return unpacked_digest(made.digest)

    def _settle(self, file: _Waiting, key: bytes, digest: Digest) -> None:
        name = file.source.name
        keys = tuple(shelved(each, name, key, place) for place, each in enumerate(digest.keys))
        problems = tuple(named(problem, name) for problem in digest.problems)
        self.ledger.enter(file.at, Item(name, keys, problems, file.content, file.hashed.hex()))
        self.step()

    def _unfinished(self, file: _Waiting, ended: Packed | Ended) -> Digest:
        assert isinstance(ended, Ended)
        stated = stated_beside(self.surroundings.about(file.source.spelt, file.source.name))
        code, message = _what_ended(ended, self.limits)
        return Digest((), (Problem("", "read", "error", code, message, stated=stated),))


def _what_ended(ended: Ended, limits: Limits) -> tuple[str, Message]:
    """Code and message for a file on which the process that reads did not come back."""
    if not ended.signal:
        return "too_slow", told("reading.far_too_slow", seconds=limits.max_seconds)
    signal = told("reading.workers_lost") if ended.signal == WORKERS_LOST else ended.signal
    return "reader_failed", told("reading.reader_ended", signal=signal, gigabytes=MAX_MEMORY // 1024**3)
