"""How far a build is: bars with rate and time left on a terminal, a line a stage and a line a minute elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from .messages import Message, spoken, told
from .pipeline import READ, REMEMBERED, STORE
from .voice import Voice

Stage = Callable[[str, int], Callable[[], None]]
SECONDS_A_LINE = 60.0
BEGINNINGS = {READ: "command.stage_read", STORE: "command.stage_store"}
BARS = {READ: "command.bar_read", REMEMBERED: "command.bar_remembered", STORE: "command.bar_store"}
QUIET_STAGES = frozenset({REMEMBERED})
"""Stages that are no work: they have no line of their own, their steps are told with those of the stage before."""


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        """The rate of the last steps, or of all once it is over."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.0f}/s", style="progress.data.speed")


@contextmanager
def progress(voice: Voice) -> Iterator[Stage]:
    """A function to call at the beginning of a stage, which gives one to call after each step."""
    console = Console(stderr=True)
    if voice.quiet or not console.is_terminal:
        yield _Lines(voice.say).stage
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    lines = _Lines(voice.note)
    with Progress(*columns, console=console) as bars:

        def stage(name: str, steps: int) -> Callable[[], None]:
            task = bars.add_task(spoken(told(BARS[name])), total=steps, visible=name not in QUIET_STAGES)
            note = lines.stage(name, steps)

            def step() -> None:
                bars.update(task, advance=1, visible=True)
                note()

            return step

        yield stage


class _Lines:
    """Progress in lines, for a log."""

    def __init__(self, say: Callable[[Message | str], None]) -> None:
        self.say = say
        self.remembered = 0

    def stage(self, name: str, steps: int) -> Callable[[], None]:
        """Begin a stage."""
        if name in QUIET_STAGES:
            return self._remember
        self.say(told(BEGINNINGS[name], count=steps))
        begun = last = time.monotonic()
        done = 0

        def step() -> None:
            nonlocal done, last
            done += 1
            now = time.monotonic()
            if now - last >= SECONDS_A_LINE:
                last = now
                self.say(_line(name, self._state(done, steps, now - begun)))

        return step

    def _remember(self) -> None:
        self.remembered += 1

    def _state(self, done: int, steps: int, seconds: float) -> Message:
        left = (steps - done) * seconds / done
        return told(
            "command.state",
            done=done,
            steps=steps,
            rate=f"{done / seconds:.0f}",
            minutes=f"{left / 60:.0f}",
            remembered=self.remembered,
        )


def _line(name: str, state: Message) -> Message:
    """A stage and how far it is."""
    bar = told(BARS[name])
    return Message(f"{bar.en}: {state.en}", f"{bar.zh}：{state.zh}")
