"""Long answers that are data: so many at once are made by this process, off its loop; the process apart makes the rest.

A page of a thousand rows is written by the loop, and everybody waits. JSON is written in a thread, in pieces. What it
costs is memory for its rows, and that is bounded by how many may have theirs at once.
"""

from __future__ import annotations

import threading


class LongAnswers:
    """``most`` long answers at a time."""

    def __init__(self, most: int) -> None:
        self._places = threading.Semaphore(most)

    def leave(self) -> Leave:
        """For one request."""
        return Leave(self._places)


class Leave:
    """What one request may have: nothing until it takes it, which takes one place however often it does."""

    def __init__(self, places: threading.Semaphore) -> None:
        self._places = places
        self._has_place = False

    def take(self) -> bool:
        """Whether the answer may be long. Nobody waits here."""
        self._has_place = self._has_place or self._places.acquire(blocking=False)
        return self._has_place

    def give_back(self) -> None:
        """The answer is written."""
        if self._has_place:
            self._has_place = False
            self._places.release()
