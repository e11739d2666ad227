"""Reports for tests: as text with chosen words, or as values without any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from build import forms
from build.report import ApplicationRow, DisclosureFigure, Identity, Report, ReviewRow
from tests.render import LAYOUTS, Figures, Options, Printed
from tests.render.figures import Cells, application_items, disclosure_cells, with_totals

AGENCY = "东明县人民政府"
TITLE = f"{AGENCY}2020年政府信息公开工作年度报告"
PREAMBLE = "本报告照《条例》写成,数据的统计期间是2020年1月1日至2020年12月31日;"


def sound_figures(form: str = forms.FORM_2019, agency: str = AGENCY, year: int = 2020) -> Figures:
    """A report where every cell is filled, few are 0, and every relation holds."""
    applicants = [column.code for column in forms.APPLICANTS]
    items = application_items(form)
    results = [item for item in items if item in forms.RESULT_ITEMS]
    parts = {
        item: {column: 1 + (3 * row + 5 * at) % 11 for at, column in enumerate(applicants)}
        for row, item in enumerate(results)
    }
    rows = with_totals(parts, dict.fromkeys(applicants, 2), dict.fromkeys(applicants, 1))
    return Figures(
        agency=agency,
        year=year,
        form=form,
        applications={item: rows[item] for item in items},
        disclosures={place: _disclosure(at, place) for at, place in enumerate(disclosure_cells(form), start=1)},
        reviews={
            channel.code: {"upheld": 20 + at, "corrected": 7 + at, "other": 3, "pending": 1, "total": 31 + 2 * at}
            for at, channel in enumerate(forms.REVIEW_CHANNELS)
        },
    )


def _disclosure(at: int, place: tuple[str, str]) -> Printed:
    if place[1] == "amount":
        return Printed(f"{at}.5万元", amount_wan=Decimal(at) + Decimal("0.5"))
    return Printed(str(100 + at), 100 + at)


def report_text(
    title: str = TITLE,
    preamble: str = PREAMBLE,
    above: str = "",
    below: str = "",
    figures: Figures | None = None,
    options: Options | None = None,
) -> str:
    """A whole report, one cell a line; ``above`` and ``below`` are what a page prints around it.

    The sample's own preamble states the period of the title's year.
    """
    year = re.search(r"20\d\d", title)
    if preamble == PREAMBLE and year is not None:
        preamble = PREAMBLE.replace("2020", year.group())
    written = LAYOUTS["lines_between_blanks"](figures or sound_figures(), options or Options())
    body = written.split("\n\n", 2)[2]
    return "\n\n".join(part for part in (above, title, preamble, body.rstrip("\n"), below) if part) + "\n"


def number_in(printed: str) -> Decimal | None:
    """The plain number that a cell begins with: 230 of 230万元; None where it begins with none."""
    found = re.match(r"\d+(?:\.\d+)?", printed)
    return Decimal(found.group()) if found is not None else None


def made_report(
    applications: Mapping[str, Cells] | None = None,
    reviews: Mapping[str, Cells] | None = None,
    disclosures: Iterable[DisclosureFigure] = (),
    identity: Identity | None = None,
    inferred: Iterable[str] = (),
    unplaced: Mapping[str, tuple[str, ...]] | None = None,
) -> Report:
    """A report of values alone. ``inferred`` names the items and channels whose columns were inferred.

    ``unplaced``: item or channel → figures without a column; where such a row has no cell, its placement is unplaced.
    """
    loose = unplaced or {}

    def placement(name: str, cells: Cells) -> str:
        if name in inferred:
            return "inferred"
        if any(count is not None for count in cells.values()):
            return "inferred" if loose.get(name) else "printed"
        return "unplaced" if loose.get(name) else "empty"

    def filled(cells: Cells) -> tuple[tuple[str, int], ...]:
        return tuple((column, count) for column, count in cells.items() if count is not None)

    def unplaced_cells(name: str) -> tuple[Any, ...]:
        printed = loose.get(name, ())
        counts = tuple(int(words) if words.isdecimal() else None for words in printed)
        return printed, (0, 0), (), (), counts

    return Report(
        id="sample",
        source_file="sample.txt",
        source_format="text",
        sha256="0" * 64,
        form=forms.FORM_2019,
        identity=identity or Identity(year=2020, agency=AGENCY),
        applications=tuple(
            ApplicationRow(item, filled(cells), placement(item, cells), (), *unplaced_cells(item))
            for item, cells in (applications or {}).items()
        ),
        disclosures=tuple(disclosures),
        reviews=tuple(
            ReviewRow(channel, filled(cells), placement(channel, cells), (), *unplaced_cells(channel))
            for channel, cells in (reviews or {}).items()
        ),
        hotline=(),
        statements=(),
        sections=(),
    )


def sound_report(form: str = forms.FORM_2019) -> Report:
    """``sound_figures`` as a report of values."""
    figures = sound_figures(form)
    return made_report(figures.applications, figures.reviews)
