"""Figures that did not fit into one line of their cell, in tables without column lines.

Where the lines of one cell stand closer than the rows, the rest of a figure stands as close below it as a cell's lines
do, and both are one figure. Elsewhere nothing tells whether two parts are one: they are joined with a space between,
which is no figure, so that neither part is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from .pdf_labels import begins_anew, is_value
from .pdf_lines import Line, Segment, as_read, glue

MIN_VALUES = 2
"""A row has at least this many figures."""
NARROWEST = 2
"""No cell is so narrow that it parts a figure before so many glyphs."""
MIN_DIGITS = 3
"""A figure of at least so many glyphs may go on in the next line, …"""
NEXT_LINE = 2.0
"""… which begins at most this many em further down."""
AS_WIDE = 0.3
"""It is as wide as any figure in its column, to this many em, …"""
NEARBY = 8
"""… so many lines up and down."""
AROUND = 16
"""So many lines up and down tell how far apart the lines of one cell are."""
ALIKE = 0.25
"""Distances of lines are the same if they differ by at most this share (glyphs of two fonts differ in height)."""
APART = 1.5
"""Rows stand at least this many times as far apart as the lines of one cell."""

_DIGITS = re.compile(r"\d[\d.,]*")


def with_cut_figures_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, those as one of which the second holds, or may hold, the rest of figures of the first."""
    return _joined_lines(_joined_lines(_with_centred_figures_joined(lines), _proven), _possible)


_Join = Callable[[Sequence[Line], int, int], Line | None]
"""(lines, place of the upper line, place of the lower one) → both as one, None if they are two."""


def _joined_lines(lines: Sequence[Line], join: _Join) -> list[Line]:
    joined: list[Line] = []
    places: list[int] = []
    for number, line in enumerate(lines):
        at = _last_row(joined) if _has_figure(line) else None
        whole = (
            None
            if at is None
            else join([*lines[: places[at]], joined[at], *lines[places[at] + 1 :]], places[at], number)
        )
        if at is None or whole is None:
            joined.append(line)
            places.append(number)
        else:
            joined[at] = whole
    return joined


def _has_figure(line: Line) -> bool:
    return any(is_value(segment.text) for segment in line.segments)


def _is_row(line: Line) -> bool:
    return sum(is_value(segment.text) for segment in line.segments) >= MIN_VALUES


def _last_row(lines: Sequence[Line]) -> int | None:
    """The last line if it has figures, else the one before: part of a group label may stand between two of a row."""
    for at in range(len(lines) - 1, max(len(lines) - 3, -1), -1):
        if sum(as_read(segment.text)[:1].isdigit() for segment in lines[at].segments) >= MIN_VALUES:
            return at
        if _has_figure(lines[at]):
            return None
    return None


# Proven by the distance of lines ---------------------------------------------------------------------------------


def _proven(lines: Sequence[Line], upper: int, lower: int) -> Line | None:
    """Both lines as one if they are as close as lines of one cell, and rows are further apart.

    Two lines that have words and a figure in each column may be two rows set close, and are never proven to be one.
    """
    first, second = lines[upper], lines[lower]
    pitch = _pitch(lines, upper, lower)
    if first.page != second.page or pitch is None or abs(_middle(second) - _middle(first) - pitch) > ALIKE * pitch:
        return None
    figures = [segment for segment in second.segments if is_value(segment.text)]
    if len(figures) < len(second.segments) and len(figures) == sum(is_value(s.text) for s in first.segments):
        return None
    if any(not _is_rest(lines, upper, lower, figure, pitch) for figure in figures):
        return None
    return _as_one(first, second, "")


def _pitch(lines: Sequence[Line], upper: int, lower: int) -> float | None:
    """How far apart the lines of one cell are: the least distance of words one under the other, nearby."""
    others = *lines[max(upper - AROUND, 0) : upper], *lines[upper + 1 : lower], *lines[lower + 1 : lower + AROUND]
    nearby = [line for line in others if line.page == lines[upper].page]
    found = [
        _middle(below) - _middle(line)
        for number, line in enumerate(nearby)
        for below in nearby[number + 1 : number + 4]
        if _middle(below) > _middle(line) + line.em / 2 and _share_a_word_column(line, below)
    ]
    return min(found, default=None)


def _share_a_word_column(line: Line, below: Line) -> bool:
    return any(
        abs(word.x0 - other.x0) <= AS_WIDE * line.em
        for word in line.segments
        for other in below.segments
        if not is_value(word.text) and not is_value(other.text)
    )


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2


def _is_rest(lines: Sequence[Line], upper: int, lower: int, rest: Segment, pitch: float) -> bool:
    """Whether a figure stands alone below one that fills its column, both far from all that stands above and below."""
    figure = _over(rest, lines[upper])
    if figure is None or not _is_digits(figure.text) or not _is_digits(rest.text):
        return False
    em, nearby = lines[upper].em, lines[max(lower - NEARBY, 0) : lower + NEARBY]
    if len(as_read(figure.text)) < NARROWEST or not _is_widest(figure, em, nearby):
        return False
    if not _is_flush(figure, rest, AS_WIDE * em):
        return False
    above = next(_column(lines[:upper][::-1], figure), None)
    below = next(_column(lines[lower + 1 :], rest), None)
    page = lines[upper].page
    distances = [_middle(lines[upper]) - _middle(above)] if above is not None and above.page == page else []
    distances += [_middle(below) - _middle(lines[lower])] if below is not None and below.page == page else []
    return min(distances, default=0.0) >= APART * pitch


def _column(lines: Sequence[Line], segment: Segment) -> Iterator[Line]:
    """The lines that have something over or under a segment."""
    return (line for line in lines if any(_overlaps(other, segment) for other in line.segments))


# Proven by the middle of their cell --------------------------------------------------------------------------------


def _with_centred_figures_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, with figures in two lines half way between which a row's figures stand put into that row.

    So a word processor sets the cells of a row to their middle.
    """
    found = list(lines)
    for at in range(1, len(found) - 1):
        for above, below in ((at - 1, at + 1), (at - 2, at + 1), (at - 1, at + 2), (at - 2, at + 2)):
            if above >= 0 and below < len(found) and _is_half_way(found[above], found[at], found[below]):
                found[above], found[at], found[below] = _centred(found[above], found[at], found[below])
                break
    return [line for line in found if line.segments]


def _is_half_way(above: Line, line: Line, below: Line) -> bool:
    if not (above.page == line.page == below.page and above.segments and below.segments and _is_row(line)):
        return False
    near = 0 < _middle(below) - _middle(above) <= NEXT_LINE * line.em
    return near and abs((_middle(above) + _middle(below)) / 2 - _middle(line)) <= AS_WIDE * line.em


def _centred(above: Line, line: Line, below: Line) -> tuple[Line, Line, Line]:
    """Three lines with the figures of the outer two in the one between, where they stand over nothing else.

    As they are where a figure of the outer two has no rest: then these are rows themselves.
    """
    segments = list(line.segments)
    taken: list[Segment] = []
    for upper in above.segments:
        rest = [lower for lower in below.segments if _overlaps(upper, lower)]
        alone = not any(_overlaps(upper, other) for other in line.segments)
        if len(rest) == 1 and alone and _is_digits(upper.text) and _is_digits(rest[0].text):
            joined = Segment(upper.text + rest[0].text, min(upper.x0, rest[0].x0), max(upper.x1, rest[0].x1))
            segments.append(joined)
            taken += [upper, rest[0]]
    if any(_is_digits(s.text) and s not in taken for s in (*above.segments, *below.segments)):
        return above, line, below
    segments.sort(key=lambda segment: segment.x0)
    return (
        above._replace(segments=tuple(s for s in above.segments if s not in taken)),
        line._replace(segments=tuple(segments)),
        below._replace(segments=tuple(s for s in below.segments if s not in taken)),
    )


def _is_digits(text: str) -> bool:
    return _DIGITS.fullmatch(as_read(text)) is not None


# Possible --------------------------------------------------------------------------------------------------------


def _possible(lines: Sequence[Line], upper: int, lower: int) -> Line | None:
    """Both lines as one, None unless every figure of the second may go on one of the first."""
    before, line = lines[upper], lines[lower]
    nearby = lines[max(lower - NEARBY, 0) : lower + NEARBY]
    if before.page != line.page or line.y1 - before.y1 > NEXT_LINE * line.em:
        return None
    rest = [segment for segment in line.segments if is_value(segment.text)]
    labelled = len(rest) < len(line.segments)
    fewer = len(rest) < len(before.segments) - labelled
    if labelled and (begins_anew(line.text) or not (fewer or _label_may_go_on(before, line))):
        return None
    for segment in rest:
        figure = _over(segment, before)
        if figure is None or not _may_go_on(figure, segment, line.em, nearby):
            return None
    return _as_one(before, line, " ")


def _label_may_go_on(before: Line, line: Line) -> bool:
    """Whether a line with a figure for each figure above may be the rest of that line, its label included.

    Then the label above is as wide, so that it may be full, and all figures above are of one length, the rest shorter.
    """
    first, rest = before.segments[0], line.segments[0]
    words = not is_value(first.text) and not is_value(rest.text)
    wide = words and _is_flush(first, rest, line.em) and first.x1 - first.x0 >= rest.x1 - rest.x0
    lengths = {len(segment.text) for segment in before.segments[1:]}
    return wide and len(lengths) == 1 and all(len(segment.text) < max(lengths) for segment in line.segments[1:])


def _may_go_on(figure: Segment, rest: Segment, em: float, nearby: Sequence[Line]) -> bool:
    """Whether a figure is one of the widest in its column, and what stands below it is digits."""
    last = as_read(figure.text).rsplit(" ", 1)[-1]
    if len(last) < MIN_DIGITS or not _is_digits(last) or not _is_digits(rest.text):
        return False
    return _is_widest(figure, em, nearby)


def _is_widest(figure: Segment, em: float, nearby: Sequence[Line]) -> bool:
    column = [s for line in nearby for s in line.segments if _is_flush(s, figure, AS_WIDE * em) and is_value(s.text)]
    widest = max((s.x1 - s.x0 for s in column), default=0.0)
    return figure.x1 - figure.x0 >= widest - AS_WIDE * em


def _as_one(before: Line, line: Line, between: str) -> Line | None:
    """The segments of two lines, each of the second joined to the one above it; None where one has not one above."""
    segments = list(before.segments)
    for segment in line.segments:
        over = [at for at, other in enumerate(segments) if _overlaps(other, segment)]
        if len(over) != 1:
            return None
        upper = segments[over[0]]
        gap = between if is_value(segment.text) else glue(upper.text, segment.text)
        joined = upper.text + gap + segment.text
        segments[over[0]] = Segment(joined, min(upper.x0, segment.x0), max(upper.x1, segment.x1))
    return before._replace(segments=tuple(segments), y1=line.y1)


def _is_flush(segment: Segment, other: Segment, slack: float) -> bool:
    """Whether two segments of different lines are set to the same left end, right end or middle."""
    left, right = segment.x0 - other.x0, segment.x1 - other.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= slack


def _over(rest: Segment, line: Line) -> Segment | None:
    """What of a line stands over ``rest``; None where nothing does, or several segments do."""
    over = [segment for segment in line.segments if _overlaps(segment, rest)]
    return over[0] if len(over) == 1 else None


def _overlaps(first: Segment, second: Segment) -> bool:
    return first.x0 < second.x1 and second.x0 < first.x1
