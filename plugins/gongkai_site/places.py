"""Who may have something dear done now: so many at once, one a client; the rest wait a little, then are sent away."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator


class Places:
    """``free`` places; a visitor waits ``wait_seconds`` for one, and at most ``most_waiting`` visitors do."""

    def __init__(self, free: int, wait_seconds: float, most_waiting: int) -> None:
        self._free = free
        self._wait = wait_seconds
        self._most_waiting = most_waiting
        self._clients: Counter[str] = Counter()
        self._waiting = 0
        self._changed = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def taken(self, client: str) -> AsyncIterator[bool]:
        """A place for ``client`` as long as the context lasts; False if there was none in time."""
        if not await self._take(client):
            yield False
            return
        try:
            yield True
        finally:
            await asyncio.shield(self._give_back(client))

    async def _take(self, client: str) -> bool:
        if self._waiting >= self._most_waiting:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait), self._changed:
                await self._changed.wait_for(lambda: self._free > 0 and not self._clients[client])
                self._free -= 1
                self._clients[client] += 1
                return True
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    async def _give_back(self, client: str) -> None:
        async with self._changed:
            self._free += 1
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]
            self._changed.notify_all()
