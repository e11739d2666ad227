"""A document is led through the rooms of build/ one way, whatever its format: no room is entered again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

import build
from build.limits import Limits
from build.reading.read import Content, read_content
from build.reading.reading import packed
from build.report import Report
from tests.render import Options, text
from tests.render.html import Page, written
from tests.render.word import report_docx
from tests.samples import sound_figures

CONDUCTOR = "reading"
WALK = ("readers", "parse", "identity", "prose", "checks")
"""The rooms to which ``reading`` brings a document, in this order."""

FOLDER = Path(build.__file__).parent


@cache
def room_of(file: str) -> str:
    """The room of build/ in which a file of code lies, "" where it lies in none."""
    path = Path(file)
    return path.relative_to(FOLDER).parts[0] if path.is_relative_to(FOLDER) else ""


def rooms_entered(work: Callable[[], object]) -> list[str]:
    """The rooms of ``WALK`` that ``work`` calls into from ``reading``, in order, one after another.

    A room that another room calls upon is not entered: it helps the one that the document is in.
    """
    entered: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event != "call" or (room := room_of(frame.f_code.co_filename)) not in WALK:
            return
        caller = frame.f_back
        while caller is not None and room_of(caller.f_code.co_filename) not in {*WALK, CONDUCTOR}:
            caller = caller.f_back
        if caller is not None and room_of(caller.f_code.co_filename) == CONDUCTOR and entered[-1:] != [room]:
            entered.append(room)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return entered


DOCUMENTS = {
    "text": text.compact_pipe_rows(sound_figures(), Options()).encode(),
    "text without blanks": text.pdf_page_text(sound_figures(), Options()).encode(),
    "web page": written(sound_figures(), Options(), Page()),
    "Word": report_docx(sound_figures(), Options()),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_walks_one_way(kind: str) -> None:
    content, limits = Content(DOCUMENTS[kind]), Limits()
    results = read_content(content, limits)  # what is made once in a process is made here
    assert any(isinstance(result, Report) and result.applications for result in results)
    assert tuple(rooms_entered(lambda: packed(read_content(content, limits)))) == WALK
