"""How far a build is: bars with rate and time left on a terminal, a line a stage and a line a minute elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from .pipeline import REMEMBERED

Stage = Callable[[str, int], Callable[[], None]]
SECONDS_A_LINE = 60.0
QUIET_STAGES = frozenset({REMEMBERED})
"""Stages that are no work: they have no line of their own, their steps are told with those of the stage before."""


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        """The rate of the last steps, or of all once it is over."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.0f}/s", style="progress.data.speed")


@contextmanager
def progress() -> Iterator[Stage]:
    """A function to call at the beginning of a stage, which gives one to call after each step."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines().stage
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:

        def stage(name: str, steps: int) -> Callable[[], None]:
            task = bars.add_task(name, total=steps, visible=name not in QUIET_STAGES)
            return lambda: bars.update(task, advance=1, visible=True)

        yield stage


class _Lines:
    """Progress in lines, for a log."""

    def __init__(self) -> None:
        self.remembered = 0

    def stage(self, name: str, steps: int) -> Callable[[], None]:
        """Begin a stage."""
        if name in QUIET_STAGES:
            return self._remember
        sys.stderr.write(f"build: {name} ({steps} {'step' if steps == 1 else 'steps'})\n")
        begun = told = time.monotonic()
        done = 0

        def step() -> None:
            nonlocal done, told
            done += 1
            now = time.monotonic()
            if now - told >= SECONDS_A_LINE:
                told = now
                sys.stderr.write(f"build: {name}: {self._state(done, steps, now - begun)}\n")

        return step

    def _remember(self) -> None:
        self.remembered += 1

    def _state(self, done: int, steps: int, seconds: float) -> str:
        left = (steps - done) * seconds / done
        return (
            f"{done} of {steps}, {done / seconds:.0f} a second, about {left / 60:.0f} minutes left, "
            f"{self.remembered} remembered"
        )
