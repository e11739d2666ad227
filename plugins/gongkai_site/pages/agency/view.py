"""What the page of an authority shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai_site.queries import Answers, Row, queries_in
from gongkai_site.texts import Text, Words

from .series import Chart, breaks_between, chart

QUERIES = queries_in(Path(__file__).with_name("queries"))

CHARTED = (
    *("received", "closed", "per_10000"),
    *("granted", "partly_granted", "withheld", "unavailable", "not_processed", "other"),
    *("reconsiderations", "lawsuits_direct", "lawsuits_after_reconsideration"),
    "hotline_received",
)
"""The headline figures in the order of the page: columns of report_summary, and the rate per 10,000 residents."""
RATE = "per_10000"


@dataclass(frozen=True)
class Series:
    """The reports of one scope: ``lines`` are years with the year's report, None where there is none.

    One year alone is no series: it has no ``charts``.

    ``missing`` are years without a report between the first and the last; ``unclaimed`` those of the collection before
    and behind them. ``columns`` are the figures that the series may have at all, each with its name.
    """

    scope: Row
    columns: Sequence[tuple[str, Text]]
    lines: Sequence[tuple[int, Row | None]]
    missing: Sequence[int]
    unclaimed: Sequence[int]
    several: Sequence[int]
    breaks: Sequence[Text]
    charts: Sequence[Chart]


@dataclass(frozen=True)
class AgencyPage:
    """Everything the template shows. ``without_year`` are reports whose year could not be told."""

    agency: Row
    names: Sequence[Row]
    series: Sequence[Series]
    without_year: Sequence[Row]


def view_of(answers: Answers, said: Words) -> AgencyPage:
    """The page of one authority, a series a scope: whole area and own office never share one."""
    (agency,) = answers["agency"]
    dated = [row for row in answers["years"] if row["year"] is not None]
    scopes = sorted({row["scope"] for row in dated}, key=lambda scope: (scope is None, scope != "region", scope))
    series = [_series(agency, [row for row in dated if row["scope"] == scope], said) for scope in scopes]
    without_year = [row for row in answers["years"] if row["year"] is None]
    return AgencyPage(agency, answers["names"], series, without_year)


def _series(agency: Row, rows: Sequence[Row], said: Words) -> Series:
    first, last = rows[0]["year"], rows[-1]["year"]
    held = {row["year"] for row in rows}
    missing = [year for year in range(first, last + 1) if year not in held]
    columns = [(name, said[f"figure_{name}"]) for name in CHARTED if _belongs(name, rows)]
    return Series(
        rows[0],
        columns,
        sorted(_lines(rows, missing), key=lambda line: line[0]),
        missing,
        _unclaimed(agency, first, last),
        sorted({year for year in held if sum(row["year"] == year for row in rows) > 1}),
        [said[each.word] for each in breaks_between(first, last)],
        [
            chart(title, _figures(name, rows, first, last), (first, last), said)
            for name, title in columns
            if first < last
        ],
    )


def _lines(rows: Sequence[Row], missing: Sequence[int]) -> Iterator[tuple[int, Row | None]]:
    yield from ((row["year"], row) for row in rows)
    yield from ((year, None) for year in missing)


def _belongs(name: str, rows: Sequence[Row]) -> bool:
    """A rate per resident belongs only to areas."""
    return name != RATE or any(row["comparable"] for row in rows)


def _unclaimed(agency: Row, first: int, last: int) -> list[int]:
    """Years that the collection claims, in which the authority stood, before its first report and behind its last."""
    if agency["claimed_from"] is None:
        return []
    begin = max(agency["claimed_from"], agency["valid_from"])
    end = agency["claimed_to"] if agency["valid_to"] is None else min(agency["claimed_to"], agency["valid_to"])
    return [year for year in range(begin, end + 1) if not first <= year <= last]


def _figures(name: str, rows: Sequence[Row], first: int, last: int) -> dict[int, float | None]:
    """Year → figure; None where there is no report, no figure, or several reports of a year."""
    figures: dict[int, float | None] = dict.fromkeys(range(first, last + 1))
    for year in figures:
        found = [row[name] for row in rows if row["year"] == year]
        figures[year] = found[0] if len(found) == 1 else None
    return figures
