"""Section 四: its row, or its parts → what became of reconsiderations and lawsuits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import forms
from ..messages import Message, told
from ..report import ReviewRow, Span
from .cells import PrintedCell
from .columns import full_row
from .labels import CHANNEL, OUTCOME, TOTAL
from .notices import Notices, warn_misread, warn_no_counts, warn_repeated, warn_two_tables
from .row_cells import (
    EMPTY,
    INFERRED,
    PRINTED,
    UNPLACED,
    adds_up,
    counts_of,
    filled_cells,
    fractions_of,
    has_figures,
    kinds_of_rest,
    reach_of,
    said_by,
    texts_of,
)
from .tables import REVIEWS, Header, Row, has_review_header

_ReviewCell = tuple[str, str]
"""A channel and a column of section 四."""

_RECONSIDERATION = forms.REVIEW_CHANNELS[0].code
_TWO_HALVES = (_RECONSIDERATION, forms.LAWSUITS_ABOVE[0])
"""What the form's table is headed by, in this order."""

_REVIEW_CELLS: tuple[_ReviewCell, ...] = tuple(
    (channel.code, column) for channel in forms.REVIEW_CHANNELS for column in forms.REVIEW_COLUMNS
)


def read_reviews(rows: Sequence[Row], begin: int | None, notices: Notices) -> tuple[ReviewRow, ...] | None:
    """``begin``: where the row begins among its cells if empty cells stand on both sides of it, as far as known.

    None where the section stands twice with different figures.
    """
    candidates = [row for row in rows if has_review_header(row) or _is_borne_out(row)]
    filled = [row for row in candidates if has_figures(row)]
    parts = [(row, places) for row in filled if (places := _review_cells(row)) and len(places) < len(_REVIEW_CELLS)]
    if parts and len(parts) == len(filled):
        return tuple(_review_parts(parts, notices))
    chosen = (filled or candidates)[:1]
    second = next((row for row in filled[1:] if said_by(row) != said_by(chosen[0])), None)
    if second is not None:
        warn_two_tables(REVIEWS, [(chosen[0], second)], notices)
        return None
    return tuple(review for row in chosen for review in _review_rows(row, begin, notices))


def _is_borne_out(row: Row) -> bool:
    """Whether a row below the title of section 四, whose header is lost, is its row: all cells are there and add up.

    Which outcome each of them counts, the sums do not tell; which is the total of each channel, they do.
    """
    if row.code or len(row.cells) != len(_REVIEW_CELLS):
        return False
    return all(channel[-1].cases is not None and adds_up(channel) for channel in _in_channels(row.cells))


def _in_channels(cells: Sequence[PrintedCell]) -> list[Sequence[PrintedCell]]:
    """The fifteen cells of section 四, five a channel."""
    width = len(forms.REVIEW_COLUMNS)
    return [cells[begin : begin + width] for begin in range(0, len(cells), width)]


def _review_parts(
    parts: Sequence[tuple[Row, Mapping[_ReviewCell, PrintedCell]]], notices: Notices
) -> Iterator[ReviewRow]:
    """Section 四 as a table, or a row, for each channel: where header and label name the place of every figure."""
    chosen: dict[_ReviewCell, PrintedCell] = {}
    rows: dict[str, Row] = {}
    twice: set[str] = set()
    for row, places in parts:
        for channel_code in dict.fromkeys(code for code, _ in places):
            if channel_code not in rows:
                rows[channel_code] = row
            elif said_by(rows[channel_code]) != said_by(row) and channel_code not in twice:
                twice.add(channel_code)
                warn_repeated(rows[channel_code], row, notices)
        chosen = {**places, **chosen}
    chosen = {place: token for place, token in chosen.items() if place[0] not in twice}
    for channel in forms.REVIEW_CHANNELS:
        cells = [
            (column, chosen[place])
            for place in _REVIEW_CELLS
            if place[0] == channel.code and place in chosen
            for column in place[1:]
        ]
        if cells:
            yield _printed_review(channel, cells, notices)


def _printed_review(channel: forms.Channel, cells: Sequence[tuple[str, PrintedCell]], notices: Notices) -> ReviewRow:
    tokens = [token for _, token in cells]
    if notices.scanned and not adds_up(tokens):
        warn_misread(channel.label_zh, tokens, notices)
        return _review_row(channel.code, [], tokens, filled_cells(tokens), UNPLACED)
    for column, token in cells:
        warn_no_counts(f"{channel.label_zh}·{column}", [token], notices)
    return _review_row(channel.code, cells, [token for _, token in cells], [], PRINTED)


def _review_rows(row: Row, begin: int | None, notices: Notices) -> Iterator[ReviewRow]:
    places = _review_cells(row)
    if places is not None and len(places) == len(_REVIEW_CELLS):
        full: Sequence[PrintedCell] | None = [places[place] for place in _REVIEW_CELLS]
    elif _differs_from_form(row.header):
        full = None
    elif has_review_header(row):
        outcomes = sum(cell.meaning.kind in {OUTCOME, TOTAL} for cell in row.header.cells)
        is_narrow = 0 < outcomes < len(_REVIEW_CELLS) and reach_of(row.cells) <= outcomes
        full = None if is_narrow else full_row(row.cells, len(_REVIEW_CELLS), begin)
    else:
        yield from _totals_alone(row, notices)
        return
    if full is None:
        yield from _loose_review_rows(row, notices)
        return
    for channel in forms.REVIEW_CHANNELS:
        cells = [
            (column, token) for (code, column), token in zip(_REVIEW_CELLS, full, strict=True) if code == channel.code
        ]
        yield _printed_review(channel, cells, notices)


def _totals_alone(row: Row, notices: Notices) -> Iterator[ReviewRow]:
    """Fifteen cells whose header is lost and that add up in all channels: the totals are told, the outcomes are not."""
    _warn_reviews(row, told("parse.header_lost"), notices)
    total = forms.TOTAL.code
    for channel, cells in zip(forms.REVIEW_CHANNELS, _in_channels(row.cells), strict=True):
        yield _review_row(channel.code, [(total, cells[-1])], filled_cells(cells), filled_cells(cells[:-1]), INFERRED)


def _loose_review_rows(row: Row, notices: Notices) -> Iterator[ReviewRow]:
    """Nothing is placed by sums where cells were dropped: several places for the blanks always add up."""
    filled = filled_cells(row.cells)
    if filled:
        _warn_reviews(row, told("parse.reviews_undecided"), notices)
    span = (row.start, row.end)
    for channel in forms.REVIEW_CHANNELS:
        yield _review_row(channel.code, [], filled, filled, UNPLACED if filled else EMPTY, span)


def _warn_reviews(row: Row, why: Message, notices: Notices) -> None:
    notices.warn(
        "row_unplaced",
        told("parse.reviews_unplaced", cells=len(row.cells), columns=len(_REVIEW_CELLS), why=why),
        "|".join(texts_of(row.cells)),
    )


def _review_cells(row: Row) -> dict[_ReviewCell, PrintedCell] | None:
    """The cells of a row by channel and outcome, as header and row label name them; None if they do not."""
    grid = row.cells[0].grid
    if grid is None:
        return _cells_in_turn(row)
    above = [cell for cell in row.header.cells if cell.token.grid == grid]
    leaves = [(cell.token.column, cell.meaning.code) for cell in above if cell.meaning.kind in {OUTCOME, TOTAL}]
    channels = sorted((cell.token.column or 0, cell.meaning.code) for cell in above if cell.meaning.kind == CHANNEL)
    by_column = {token.column: token for token in row.cells}
    places: dict[_ReviewCell, PrintedCell] = {}
    for column, outcome in leaves:
        begun = [code for start, code in channels if column is not None and start <= column]
        channel = row.code or (begun[-1] if begun else None)
        token = by_column.get(column)
        if channel is None or token is None or places.setdefault((channel, outcome), token) is not token:
            return None
    left_over = [token for token in row.cells if token.text and token not in places.values()]
    named = {channel for channel, _ in places}
    complete = len(places) == len(named) * len(forms.REVIEW_COLUMNS)
    return places if complete and not left_over else None


def _cells_in_turn(row: Row) -> dict[_ReviewCell, PrintedCell] | None:
    """The cells of a part of section 四 as text: header or label name one or two channels, and an outcome a cell."""
    channels = {cell.meaning.code for cell in row.header.cells if cell.meaning.kind == CHANNEL}
    named = {row.code} if row.code else channels
    places = [place for place in _REVIEW_CELLS if place[0] in named]
    outcomes = [cell.meaning.code for cell in row.header.cells if cell.meaning.kind in {OUTCOME, TOTAL}]
    if not len(outcomes) == len(places) == len(row.cells) < len(_REVIEW_CELLS) or _differs_from_form(row.header):
        return None
    in_turn = outcomes == [column for _, column in places]
    return dict(zip(places, row.cells, strict=True)) if in_turn else None


def _differs_from_form(header: Header) -> bool:
    """Whether the header names outcomes or channels in another order than the form has them."""
    outcomes = [cell.meaning.code for cell in header.cells if cell.meaning.kind in {OUTCOME, TOTAL}]
    channels = list(dict.fromkeys(cell.meaning.code for cell in header.cells if cell.meaning.kind == CHANNEL))
    half = outcomes[: len(outcomes) // 2]
    if half * 2 == outcomes:
        outcomes = half  # the header stands twice
    in_form = iter(column for _, column in _REVIEW_CELLS)
    above = [code for cell in header.cells if (code := cell.meaning.code) in _TWO_HALVES]
    if above[-1:] == [_RECONSIDERATION] and forms.LAWSUITS_ABOVE[0] in above:
        return True
    return any(outcome not in in_form for outcome in outcomes) or channels != [
        channel.code for channel in forms.REVIEW_CHANNELS if channel.code in channels
    ]


def _review_row(
    channel: str,
    cells: Sequence[tuple[str, PrintedCell]],
    printed: Sequence[PrintedCell],
    unplaced: Sequence[PrintedCell],
    placement: str,
    span: Span | None = None,
) -> ReviewRow:
    if placement == PRINTED and all(token.is_blank for _, token in cells):
        placement = EMPTY
    counts = counts_of(cells)
    return ReviewRow(
        channel,
        counts,
        placement,
        tuple(texts_of(printed)),
        tuple(texts_of(unplaced)),
        span or (printed[0].start, printed[-1].end),
        tuple([(name, (token.start, token.end)) for name, token in cells if token.text]),
        kinds_of_rest(forms.REVIEW_COLUMNS, counts, cells, bool(unplaced)),
        tuple([token.value.count for token in unplaced]),
        fractions_of(counts, cells),
    )
