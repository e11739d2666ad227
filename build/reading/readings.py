"""Every file of a build: looked up among the readings kept, or read apart from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from .key import Key, shelved
from .read import Content, data_of, named, stated_beside, unread
from .reading import Digest, Packed, read_packed, unpacked_digest
from .sources import Source

Step = Callable[[], None]
Tasks = Iterable[tuple[bytes, Content]]
Engine = Callable[[Tasks, Limits], Iterator[tuple[bytes, Packed | Ended]]]
"""Makes readings of contents: (key, reading) pairs as they come, in whatever order."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is held of one file: the keys of its reports, and the problems of the file itself; a manifest has these.

    ``content``: hash of the file and of what is known of it besides; empty where the file could not be read.
    ``sha256``: of its bytes, "" where they could not be had.
    """

    source_file: str
    keys: tuple[Key, ...]
    problems: tuple[Problem, ...]
    content: bytes = b""
    sha256: str = ""


def local_engine(jobs: int) -> Engine:
    """Reads in ``jobs`` processes of this machine."""
    return lambda tasks, limits: spread(partial(read_packed, limits), tasks, limits.max_seconds, jobs)


@dataclass(slots=True)
class Gathering:
    """The files of a build on their way to become items; ``remembered``: how many were not read again."""

    sources: Sequence[Source]
    limits: Limits
    readings: Readings
    fresh: bool
    step: Step
    remembered_step: Step
    items: dict[int, Item] = field(default_factory=dict)
    under_way: dict[bytes, list[int]] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    hashes: dict[int, bytes] = field(default_factory=dict)
    surroundings: Surroundings = field(default_factory=Surroundings)
    remembered: int = 0

    def gather(self, engine: Engine) -> tuple[Item, ...]:
        """One item a file, in the order of the sources, whatever the order in which they were read; then manifests."""
        for key, made in engine(self._tasks(), self.limits):
            digest = self._kept(key, made)
            for at in self.under_way.pop(key):
                self._settle(at, key, digest or self._unfinished(at, made))
        self.readings.write()
        manifests = self.surroundings.problems().items()
        return (
            *(self.items[at] for at in range(len(self.sources))),
            *(Item(name, (), tuple(problems)) for name, problems in manifests if problems),
        )

    def _tasks(self) -> Iterator[tuple[bytes, Content]]:
        """The contents of the files that nothing is known of yet."""
        for at, source in enumerate(self.sources):
            path = source.path
            about = self.surroundings.about(path, source.name)
            try:
                data = None
                hashed = self.readings.known_hash(path, self.fresh)
                if hashed is None:
                    data, hashed = self._hashed(path)
                self.contents[at] = content_hash(hashed, about)
                self.hashes[at] = hashed
                key = reading_key(hashed, about, self.limits)
                if key in self.under_way:
                    self.under_way[key].append(at)
                    continue
                known = self.readings.find(key, self.fresh)
                if known is not None:
                    self.remembered += 1
                    self.remembered_step()
                    self._settle(at, key, unpacked_digest(known))
                    continue
                if data is None:
                    data, hashed = self._hashed(path)
                    self.contents[at] = content_hash(hashed, about)
                    self.hashes[at] = hashed
                    key = reading_key(hashed, about, self.limits)
            except ReadError as error:
                self._settle(at, b"", Digest((), (unread(error, about, ""),)))
                continue
            self.under_way.setdefault(key, []).append(at)
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

    def _settle(self, at: int, key: bytes, digest: Digest) -> None:
        name = self.sources[at].name
        keys = tuple(shelved(each, name, key, place) for place, each in enumerate(digest.keys))
        problems = tuple(named(problem, name) for problem in digest.problems)
        content, sha256 = self.contents.pop(at, b""), self.hashes.pop(at, b"").hex()
        sha256 = next((each.sha256 for each in keys if each.sha256 == sha256), sha256)  # the same text is kept once
        self.items[at] = Item(name, keys, problems, content, sha256)
        self.step()

    def _unfinished(self, at: int, ended: Packed | Ended) -> Digest:
        assert isinstance(ended, Ended)
        source = self.sources[at]
        stated = stated_beside(self.surroundings.about(source.path, source.name))
        code, message = _what_ended(ended, self.limits)
        return Digest((), (Problem("", "read", "error", code, message, stated=stated),))


def _what_ended(ended: Ended, limits: Limits) -> tuple[str, Message]:
    """Code and message for a file on which the process that reads did not come back."""
    if not ended.signal:
        return "too_slow", told("reading.far_too_slow", seconds=limits.max_seconds)
    signal = told("reading.workers_lost") if ended.signal == WORKERS_LOST else ended.signal
    return "reader_failed", told("reading.reader_ended", signal=signal, gigabytes=MAX_MEMORY // 1024**3)
