"""Answers written out once and sent again as they are, to whoever asks the same of the same database.

The strong tag of an answer says which bytes it has, so it names what is kept. Kept is what took long to make: answers
of canned queries, and pages of tables as they begin. They lie in files without a name in the folder for temporary
files, bounded in number and bytes: what was not asked for the longest time goes first, and all go with the process,
however that ends. What a visitor's SQL finds is never kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import tempfile
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from .answers import Message
from .log import write
from .requests import SQL_NAMES, WHOLE, Scope, Whole, parameters

DEAR_SECONDS = 0.03
"""An answer made sooner is made anew."""
MOST_KEPT = 500
OK = 200
SHARE = 8
"""One answer is at most one in so many of the bytes that all may have."""
IN_MEMORY = 1024 * 1024
"""More bytes than that of an answer under way wait in a file."""
PIECE = 256 * 1024
OF_QUESTIONS = r"(?:\.(?:json|csv|xlsx))?"
OF_TABLES = r"(?:\.json)?"
WITHOUT_CHOICE = frozenset({"_facet", "_shape", "_labels", "_nl"})
"""Parameters under which a table is still seen from its beginning, and whole."""


class Keepable:
    """Tells which requests to ``database`` may have an answer that is kept: ``questions`` are its canned queries."""

    def __init__(self, database: str, questions: Iterable[str]) -> None:
        names = "|".join(sorted(map(re.escape, questions)))
        base = re.escape(database)
        self._asked = re.compile(rf"/{base}/(?:{names}){OF_QUESTIONS}|/-/charts/[^/.]+")
        self._begun = re.compile(rf"/|/{base}(?:/[^/.]+{OF_TABLES})?")

    def holds_for(self, scope: Scope) -> bool:
        """Whether the answer to this request may be kept."""
        names = {name for name, _ in parameters(scope)}
        if scope["method"] != "GET" or names & SQL_NAMES:
            return False
        path = scope["path"]
        is_begun = self._begun.fullmatch(path) is not None and names <= WITHOUT_CHOICE
        return is_begun or self._asked.fullmatch(path) is not None


@dataclass(frozen=True)
class Kept:
    """A finished answer: how it starts, and the file with its ``length`` bytes."""

    start: Message
    file: BinaryIO
    length: int

    async def send(self, send: Any) -> bool:
        """Whether it could be opened and was sent; it is sent to its end, though it be given up meanwhile."""
        try:
            descriptor = os.dup(self.file.fileno())
        except OSError:  # too many files are open
            return False
        try:
            await send(self.start)
            for place in range(0, self.length, PIECE):
                piece = await asyncio.to_thread(os.pread, descriptor, PIECE, place)
                await send({"type": "http.response.body", "body": piece, "more_body": place + PIECE < self.length})
        finally:
            os.close(descriptor)
        return True


class KeptAnswers:
    """The finished answers of one database, at most ``most_bytes`` of them."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._is_closed = False

    async def answer(self, name: str, make: Callable[[Any], Awaitable[None]], send: Any) -> None:
        """Send the answer called ``name``: the one that is kept, else the one that ``make`` sends, and keep that."""
        kept = self._kept.get(name)
        if kept is not None:
            self._kept.move_to_end(name)
            if await kept.send(send):
                return
        draft = Draft(send, self._most_bytes // SHARE, lambda made: self._keep(name, made))
        token = WHOLE.set(draft.whole)
        try:
            await make(draft)
        finally:
            WHOLE.reset(token)
            draft.close()

    def _keep(self, name: str, made: Kept) -> None:
        if self._is_closed or name in self._kept:
            made.file.close()
            return
        self._kept[name] = made
        self._bytes += made.length
        while self._bytes > self._most_bytes or len(self._kept) > MOST_KEPT:
            self._drop(next(iter(self._kept)))

    def _drop(self, name: str) -> None:
        kept = self._kept.pop(name)
        self._bytes -= kept.length
        kept.file.close()

    def close(self) -> None:
        """Give all of them up; nothing is kept any more."""
        self._is_closed = True
        for name in list(self._kept):
            self._drop(name)


class Draft:
    """``send`` that takes down an answer on its way: if it turns out dear, whole and not too long, ``keep`` has it
    before its last piece is sent, so that whoever has read it finds it.

    Where the disk has no place for it, it is not kept, and the log says so.
    """

    def __init__(self, send: Any, most_bytes: int, keep: Callable[[Kept], None]) -> None:
        self._send = send
        self._keep = keep
        self._most_bytes = most_bytes
        self._began = time.monotonic()
        self._start: Message | None = None
        self._pieces: list[bytes] = []
        self._file: BinaryIO | None = None
        self._length = 0
        self.whole = Whole()

    async def __call__(self, message: Message) -> None:
        """Send ``message``, and take it down."""
        if message["type"] == "http.response.start":
            is_dear = time.monotonic() - self._began >= DEAR_SECONDS
            self._start = message if is_dear and message["status"] == OK else None
        elif self._start is not None:
            await self._take(message.get("body", b""))
            if not message.get("more_body", False) and (made := await asyncio.to_thread(self._finished)):
                self._keep(made)
        await self._send(message)

    async def _take(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        if self._length > self._most_bytes:
            self.close()
        elif sum(map(len, self._pieces)) > IN_MEMORY:
            await asyncio.to_thread(self._written)

    def _written(self) -> bool:
        """Whether all that was taken down is in the file now."""
        try:
            if self._file is None:
                self._file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115
            self._file.writelines(self._pieces)
            self._file.flush()
        except OSError as error:
            write("kept", kept=False, error=str(error))
            self.close()
            return False
        self._pieces.clear()
        return True

    def _finished(self) -> Kept | None:
        start = self._start
        if start is None or self.whole.is_cut_short or not self._length or not self._written():
            return None
        file, self._file, self._start = self._file, None, None
        return None if file is None else Kept(start, file, self._length)

    def close(self) -> None:
        """Give up what was taken down, unless it is kept."""
        self._start = None
        self._pieces.clear()
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):  # what could not be written before cannot be now
                file.close()
