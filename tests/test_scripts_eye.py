"""A second pair of eyes: pictures of documents in which cells are struck, raised, hidden or covered, against what is
published of them. A difference must not be, or stand in problems."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw

from build import forms
from scripts import eye
from tests.render import Options, chromium, html, tampered
from tests.render.figures import Figures, Printed, application_items, disclosure_cells, with_totals
from tests.render.pdf import require
from tests.render.word import converted

DOCUMENTS = int(os.environ.get("GONGKAI_EYE_DOCUMENTS", "1"))
"""Documents a format; a maintainer tries more."""
FIRST_SEED = int(os.environ.get("GONGKAI_EYE_SEED", "1"))


def drawn_figures(random: Random) -> Figures:
    """Figures of a report in the form of 2021, of one to four digits, few of them 0, none blank."""
    columns = [column.code for column in forms.APPLICANTS]

    def row() -> dict[str, int]:
        return {column: random.choice((0, random.randint(1, 99), random.randint(100, 2999))) for column in columns}

    items = application_items(forms.FORM_2021)
    results = [item for item in items if item in forms.RESULT_ITEMS and item != forms.OTHER_ITEM]
    rows = with_totals({item: row() for item in results}, row(), row())
    outcomes = [column.code for column in forms.REVIEW_OUTCOMES]
    reviews = {}
    for channel in forms.REVIEW_CHANNELS:
        cells = {outcome: random.randint(0, 120) for outcome in outcomes}
        reviews[channel.code] = {**cells, forms.TOTAL.code: sum(cells.values())}
    disclosures = {}
    for cell in disclosure_cells(forms.FORM_2021):
        count = random.randint(1, 9999)
        disclosures[cell] = Printed(str(count), count)
    return Figures(
        "云山区人民政府", 2022, forms.FORM_2021, {item: rows[item] for item in items if item in rows}, disclosures,
        {channel: dict(cells) for channel, cells in reviews.items()}, unit_in_header=True,
    )  # fmt: skip


Writer = Callable[[Figures, Random], bytes]
WRITERS: dict[str, Writer] = {"html": tampered.web_page, "docx": tampered.word_file, "xlsx": tampered.workbook}


def assert_nothing_untold(path: Path) -> None:
    """What the picture shows otherwise than is published stands in problems; most cells were looked at."""
    (seen,) = eye.look(path)
    assert seen.cells >= 100, seen
    assert not seen.untold, seen


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + DOCUMENTS))
@pytest.mark.parametrize("ending", WRITERS)
def test_no_picture_shows_otherwise_than_is_published_or_told(tmp_path: Path, ending: str, seed: int) -> None:
    require("tesseract")
    require(*(chromium.NAMES if ending == "html" else ("soffice",)))
    random = Random(seed)
    path = tmp_path / f"report.{ending}"
    path.write_bytes(WRITERS[ending](drawn_figures(random), random))
    assert_nothing_untold(path)


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + DOCUMENTS))
def test_no_printed_page_shows_otherwise_than_is_published_or_told(tmp_path: Path, seed: int) -> None:
    require("tesseract")
    require("soffice")
    random = Random(1000 + seed)
    word = eye.with_lines(tampered.word_file(drawn_figures(random), random), eye.RULED_WORD)
    path = tmp_path / "report.pdf"
    path.write_bytes(converted("soffice", word, tmp_path, "docx", "pdf"))
    assert_nothing_untold(path)


def test_a_figure_that_the_page_shows_otherwise_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("tesseract")
    require(*chromium.NAMES)
    random = Random(7)
    truth = drawn_figures(random)
    path = tmp_path / "report.html"
    page = html.written(truth, Options(blank="empty"), html.Page())
    path.write_bytes(page)
    printed = eye.printed_pdf(path, tmp_path)
    total = truth.applications["closed"]["total"]
    path.write_bytes(page.replace(f">{total}<".encode(), b">31415<").replace(b">3.", b">3. "))
    monkeypatch.setattr(eye, "printed_pdf", lambda _path, _work: printed)
    (seen,) = eye.look(path)
    assert any("applications.closed.total: published 31415" in line for line in seen.differing)


def test_a_line_through_a_figure_is_seen_and_the_bar_of_a_four_is_none() -> None:
    picture = Image.new("L", (200, 60), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 10, 60, 50), fill=0)
    draw.rectangle((80, 10, 100, 50), fill=0)
    assert not eye.is_struck(picture)
    draw.line((38, 30, 104, 30), fill=0, width=3)
    assert eye.is_struck(picture)
