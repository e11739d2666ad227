"""A series of yearly figures as a small picture: years on a true scale, a gap where a year or a figure is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from gongkai_site.texts import Text, Words

WIDTH, HEIGHT = 260, 96
LEFT, RIGHT, TOP, BOTTOM = 10, 14, 16, 18
RADIUS = 3

Scale = Callable[[float], float]
"""A year, or a part of it, → how far across it stands."""


@dataclass(frozen=True)
class Break:
    """A day from which figures are not quite what they were before, named in the page's words; ``at`` is in years."""

    word: str
    at: float


def _in_years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365


BREAKS = (
    Break("break_regulations", _in_years(date(2019, 5, 15))),
    Break("break_form", _in_years(date(2021, 1, 1))),
    Break("break_reconsideration", _in_years(date(2024, 1, 1))),
)
"""Regulations revised on 15 May 2019; another form from the reports of 2021; Reconsideration Law of 1 January 2024."""


@dataclass(frozen=True)
class Chart:
    """A picture with its name, and whether there is nothing to draw."""

    name: Text
    svg: Markup
    empty: bool


def breaks_between(first: int, last: int) -> list[Break]:
    """The breaks that fall into the years from ``first`` to ``last``, both whole."""
    return [each for each in BREAKS if first < each.at < last + 1]


def runs(figures: Mapping[int, float | None]) -> Iterator[list[tuple[int, float]]]:
    """Stretches of years next to each other that all have a figure."""
    run: list[tuple[int, float]] = []
    for year in sorted(figures):
        value = figures[year]
        if run and (value is None or year != run[-1][0] + 1):
            yield run
            run = []
        if value is not None:
            run.append((year, value))
    if run:
        yield run


def chart(name: Text, figures: Mapping[int, float | None], span: tuple[int, int], said: Words) -> Chart:
    """A line through the figures of years next to each other, a point a figure; a year stands at its middle."""
    stretches = [*runs(figures)]
    highest = max((value for run in stretches for _, value in run), default=0)

    def across(at: float) -> float:
        first, last = span
        return round(LEFT + (at - first) / (last + 1 - first) * (WIDTH - LEFT - RIGHT), 1)

    def up(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value / highest if highest else 0) * (HEIGHT - TOP - BOTTOM), 1)

    parts = [*_frame(span, across), *_breaks(span, across, said)]
    for run in stretches:
        points = [(across(year + 0.5), up(value)) for year, value in run]
        parts += [_line(one, other) for one, other in pairwise(points)]
        parts += [_point(at, said_of(year, value)) for at, (year, value) in zip(points, run, strict=True)]
    parts += [_highest(highest)] if stretches else []
    told = Markup("{}: {}").format(name, _told(figures))
    svg = Markup('<svg class="series" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, told, Markup("").join(parts)
    )
    return Chart(name, svg, not stretches)


def said_of(year: int, value: float | None) -> str:
    """A year's figure in words: 2020: 569; a missing one is a dash."""
    return f"{year}: {'—' if value is None else f'{value:.15g}'}"


def _told(figures: Mapping[int, float | None]) -> str:
    return ", ".join(said_of(year, figures[year]) for year in sorted(figures))


def _frame(span: tuple[int, int], across: Scale) -> Iterator[Markup]:
    base = HEIGHT - BOTTOM
    yield Markup('<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(LEFT, base, WIDTH - RIGHT, base)
    place = Markup('<text class="year" x="{}" y="{}">{}</text>')
    yield from (place.format(across(year + 0.5), HEIGHT - 4, year) for year in sorted({*span}))


def _breaks(span: tuple[int, int], across: Scale, said: Words) -> Iterable[Markup]:
    mark = Markup('<line class="break" x1="{0}" y1="{1}" x2="{0}" y2="{2}"><title>{3}</title></line>')
    return [mark.format(across(each.at), TOP, HEIGHT - BOTTOM, str(said[each.word])) for each in breaks_between(*span)]


def _line(one: tuple[float, float], other: tuple[float, float]) -> Markup:
    return Markup('<line class="line" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(*one, *other)


def _point(at: tuple[float, float], title: str) -> Markup:
    return Markup('<circle class="point" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(*at, RADIUS, title)


def _highest(value: float) -> Markup:
    return Markup('<text class="highest" x="{}" y="11">{}</text>').format(LEFT, f"{value:.15g}")
