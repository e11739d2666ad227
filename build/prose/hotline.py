"""Rows of ``hotline`` from the figures of one part: one row a channel and statement."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ..report import HotlineFigure
from . import lexicon as lex
from .clauses import Part
from .model import COLUMN, GROWTH, ITEM, SHARE, Figure
from .numbers import COUNT, PERCENT
from .times import UNSTATED
from .tokens import Token

_BOTH_OWNERS = ("省、市", "省市", "省和市", "国家、省、市")
_SELF_OWNERS = frozenset(lex.words_of(lex.SELF_OWNERS))
_PEOPLE = frozenset({"人次", "人(次)"})
_PRINTED_OWNERS = {"市长": "city", "省长": "province"}


@dataclass
class Item:
    """One entry of ``breakdown``: what is counted, in the text's own words, with count or percent or both."""

    kind: str
    count: int | None = None
    percent: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """The entry without what is not stated; percent as the number printed."""
        entry: dict[str, Any] = {"kind": self.kind}
        if self.count is not None:
            entry["count"] = self.count
        if self.percent is not None:
            entry["percent"] = _plain(self.percent)
        return entry


@dataclass
class Row:
    """A row in the making. ``parted``: columns of which only parts are stated (街道办理30件，社区办理20件)."""

    topic: Token
    period: str
    scope: str
    values: dict[str, Figure] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    parted: set[str] = field(default_factory=set)


def hotline_rows(figures: Sequence[Figure], part: Part) -> list[Row]:
    """The rows that the hotline figures of ``part`` make, in the order of the text."""
    rows: list[Row] = []
    for figure in figures:
        if figure.domain == lex.HOTLINE and figure.topic is not None:
            _place(rows, figure, part)
    return rows


def left_out(figures: Sequence[Figure], part: Part) -> list[Figure]:
    """The hotline figures that no row takes, since the words do not say of which channel of a list they are."""
    placed = {id(figure) for row in hotline_rows(figures, part) for figure in row.figures}
    return [figure for figure in figures if figure.domain == lex.HOTLINE and id(figure) not in placed]


def _place(rows: list[Row], figure: Figure, part: Part) -> None:
    if _counts_people(figure) and not _may_count_people(rows, figure):
        return
    shared = _shared_rows(rows, figure)
    if shared and figure.role == COLUMN:
        if figure.each:
            for row in shared:
                row.values.setdefault(figure.column, figure)
                row.figures.append(figure)
        return
    row = _row_of(rows, figure, part)
    if figure.role == COLUMN and not row.values:
        row.period = figure.period
    row.figures.append(figure)
    _ROLES[figure.role](row, figure)


def _shared_rows(rows: Sequence[Row], figure: Figure) -> list[Row]:
    """The rows of a list of channels under one verb: a figure behind it is of all (均), or one cannot say of which."""
    if not rows or not rows[-1].figures or not rows[-1].figures[0].carried or rows[-1].topic is not figure.topic:
        return []
    shared = [rows[-1]]
    for row in reversed(rows[:-1]):
        if set(row.values) != set(rows[-1].values):
            break
        shared.insert(0, row)
    return shared if len(shared) > 1 else []


def _row_of(rows: list[Row], figure: Figure, part: Part) -> Row:
    topic = figure.topic
    assert topic is not None
    same = [row for row in rows if _same_line(row.topic, topic, part)]
    row = _of_its_unit(same, figure) if same else None
    if row is not None and not _begins_anew(row, figure) and not _is_of_another_doer(row, figure, part):
        return row
    new = Row(topic, figure.period, figure.scope)
    rows.append(new)
    return new


def _of_its_unit(rows: Sequence[Row], figure: Figure) -> Row | None:
    """The last of a line's rows; 受理诉求300件,接听电话200个,办结工单250件: the one before for cases in its unit.

    None where these are more than came in there, of which nobody knows what they are of.
    """
    *before, last = rows
    if not before or figure.role != COLUMN or figure.number.form != COUNT or _has_unit(last, figure):
        return last
    first, came = before[-1], before[-1].values.get("received")
    is_free = figure.column not in first.values and (first.period, first.scope) == (last.period, last.scope)
    if came is None or not is_free or not _has_unit(first, figure):
        return last
    return first if figure.number.value <= came.number.value else None


def _has_unit(row: Row, figure: Figure) -> bool:
    return any(one.number.unit == figure.number.unit for one in row.values.values() if one.number.form == COUNT)


def _same_line(one: Token, other: Token, part: Part) -> bool:
    """Whether two names are of one channel; the 12345 of the city is not that of the province or the county."""
    if one is other:
        return True
    if one.code != other.code or (one.text != other.text and one.code != "hotline_12345"):
        return False
    return len({_run_by(one, part), _run_by(other, part)} - {UNSTATED}) < 2


def _begins_anew(row: Row, figure: Figure) -> bool:
    """Whether the figure opens another statement: another scope, a rate of a part of the time, calls beside cases."""
    if figure.role != COLUMN:
        return False
    if figure.scope != row.scope and (figure.among or (figure.scope and row.scope)):
        return True
    if figure.number.form == COUNT and not _counts_people(figure) and any(map(_counts_people, row.values.values())):
        return True
    if figure.number.form == PERCENT and figure.partial and row.values and figure.period != row.period:
        return True
    taken = row.values.get(figure.column)
    return taken is not None and _stated_again(row, taken, figure)


def _is_of_another_doer(row: Row, figure: Figure, part: Part) -> bool:
    """热线受理9000件,我局办理120件: what the line itself received is not what the authority dealt with."""
    received = row.values.get("received")
    if received is None or received.topic is None or figure.role != COLUMN or row.scope:
        return False
    if not figure.scope.startswith(("我", "本")):
        return False
    return _BY_THE_LINE.match(part.folded.text, received.topic.end) is not None


_BY_THE_LINE = re.compile(
    rf"(?:全年|全市|今年以?来?|累计|共计?|\d{{4}}年)*(?:{'|'.join(map(re.escape, lex.words_of(lex.VERBS['receive'])))})"
)


def _counts_people(figure: Figure) -> bool:
    return figure.role == COLUMN and figure.number.unit in _PEOPLE


def _may_count_people(rows: Sequence[Row], figure: Figure) -> bool:
    """Whether people stand for cases: callers of a telephone line, unless cases were stated of it just before."""
    before = rows[-1].values.values() if rows and rows[-1].topic is figure.topic else ()
    cases = any(value.number.form == COUNT and not _counts_people(value) for value in before)
    return figure.topic is not None and not _is_in_writing(figure.topic) and not cases


def _is_in_writing(topic: Token) -> bool:
    """Whether nobody calls this channel: a mailbox or a message board, not 市长热线."""
    by_code = topic.code in {"leader_mailbox", "web_message"}
    return by_code and not any(word in topic.text for word in ("热线", "电话", "专线"))


def _stated_again(row: Row, taken: Figure, figure: Figure) -> bool:
    """Whether a second figure of a column is that of another statement, no part of the first."""
    if figure.number.form == PERCENT:
        return figure.period != row.period
    if figure.scope != row.scope or figure.period != row.period:
        return True
    if figure.among or (taken.kind_label and figure.kind_label):
        return False
    if figure.carried and _name(taken) != _name(figure):
        return True
    return figure.column == "received" or taken.number.unit != figure.number.unit


def _name(figure: Figure) -> str:
    return figure.topic.text if figure.topic is not None else ""


def _place_column(row: Row, figure: Figure) -> None:
    taken = row.values.get(figure.column)
    if taken is None and not _goes_on_with_parts(row, figure):
        row.values[figure.column] = figure
        return
    if taken is not None and taken.kind_label and figure.kind_label and not figure.among:
        del row.values[figure.column]
        row.items.append(_item(taken.label + taken.kind_label, taken))
    elif taken is not None and _are_parts(row, taken, figure):
        del row.values[figure.column]
        row.parted.add(figure.column)
        row.items.append(_item(taken.phrase, taken))
    row.items.append(_item(_item_label(figure), figure))


def _are_parts(row: Row, taken: Figure, figure: Figure) -> bool:
    """Whether two counts of a column are each of a part: each says of which, and both are in what was received."""
    if not (_has_own_words(taken) and _has_own_words(figure)):
        return False
    received = row.values.get("received")
    if received is None or received is taken:
        return taken.among and figure.among
    return taken.number.value + figure.number.value <= received.number.value


def _goes_on_with_parts(row: Row, figure: Figure) -> bool:
    """Whether a count is of one more part, the counts of others by the same verb standing before it."""
    behind = figure.among and any(item.count is not None and item.kind.endswith(figure.label) for item in row.items)
    return _has_own_words(figure) and (behind or figure.column in row.parted)


def _has_own_words(figure: Figure) -> bool:
    """Whether words that are no verb stand before its verb (街道办理)."""
    words = figure.phrase or (figure.label if figure.role == ITEM else "")
    return figure.number.form == COUNT and words not in ("", figure.label if figure.role == COLUMN else "")


def _item_label(figure: Figure) -> str:
    return figure.phrase or figure.label + figure.kind_label


def _place_item(row: Row, figure: Figure) -> None:
    """An entry of the breakdown; beside 镇直部门办理52件 what 村办理380件 counts is a part, too."""
    for column, taken in tuple(row.values.items()):
        if _has_own_words(taken) and figure.label.endswith(taken.label) and _are_parts(row, taken, figure):
            del row.values[column]
            row.items.append(_item(taken.phrase, taken))
    if figure.label:
        row.items.append(_item(figure.label, figure))


def _place_share(row: Row, figure: Figure) -> None:
    """占P%: beside the item just stated, else an item of its own that names the column."""
    if row.items and row.items[-1].percent is None and row.items[-1].kind == figure.label:
        row.items[-1].percent = figure.number.value
    else:
        row.items.append(_item(figure.label, figure))


def _item(kind: str, figure: Figure) -> Item:
    if figure.number.form == COUNT:
        return Item(kind, count=int(figure.number.value))
    return Item(kind, percent=figure.number.value)


_ROLES = {COLUMN: _place_column, ITEM: _place_item, SHARE: _place_share, GROWTH: _place_item}


# From a row in the making to the row -------------------------------------------------------------------------------


def finished(row: Row, part: Part, source: str) -> HotlineFigure:
    """The row as published; ``part`` is the part in which it began."""
    start, end = _extent(row, part)
    numbers = {name: figure.number for name, figure in row.values.items()}
    values: dict[str, Any] = {
        name: int(number.value) if number.form == COUNT else number.value for name, number in numbers.items()
    }
    satisfied = row.values.get("satisfaction_rate")
    return HotlineFigure(
        channel=row.topic.code,
        channel_text=part.folded.printed(row.topic.start, row.topic.end),
        owner=_owner(row, part),
        period=row.period,
        sentence=source[start:end],
        span=(start, end),
        satisfaction_kind=part.folded.in_print(satisfied.label) if satisfied else None,
        approximate=any(value.number.approximate for value in row.values.values()),
        unit=next((value.number.unit for value in row.values.values() if value.number.form == COUNT), None),
        breakdown=_breakdown([replace(item, kind=part.folded.in_print(item.kind)) for item in row.items]),
        **values,
    )


def _breakdown(items: Sequence[Item]) -> str | None:
    if not items:
        return None
    return json.dumps([item.as_json() for item in items], ensure_ascii=False, sort_keys=True)


def _plain(value: Decimal) -> int | float:
    """A percentage as JSON prints it: 45.2 stays 45.2."""
    return int(value) if value == value.to_integral_value() else float(value)


def _extent(row: Row, part: Part) -> tuple[int, int]:
    """From the clause that names the channel (or the period word before it) to the last clause with a figure."""
    first = min(min(figure.clause, figure.topic_clause) for figure in row.figures)
    last = max(figure.clause for figure in row.figures)
    if first > 0 and part.clauses[first - 1].is_period:
        first -= 1
    return part.folded.quoted_span(part.clauses[first].start, part.clauses[last].end)


def _owner(row: Row, part: Part) -> str:
    """Whose line it is; the database has no code for those of counties."""
    run_by = _run_by(row.topic, part)
    return UNSTATED if run_by == lex.OTHER_AREA else run_by


def _run_by(topic: Token, part: Part) -> str:
    """Whose line it is, where the words directly before the channel, or its own name, say so."""
    text, start = part.folded.text, topic.start
    before = next((token for clause in part.clauses for token in clause.tokens if token.end == start), None)
    if before is not None and before.kind == lex.SCOPE:
        if before.text in _SELF_OWNERS:
            return "self"
        return next((owner for mark, owner in lex.OWNER_MARKS.items() if mark in before.text), UNSTATED)
    if text[:start].endswith(_BOTH_OWNERS):
        return UNSTATED
    marked = next((owner for mark, owner in lex.OWNER_MARKS.items() if text.endswith(mark, 0, start)), None)
    return marked or _owner_by_name(topic) or UNSTATED


def _owner_by_name(topic: Token) -> str | None:
    """The owner that 市长 or 省长 in its name gives; of several channels, where each name gives the same."""
    owners = {
        next((owner for name, owner in _PRINTED_OWNERS.items() if name in member.text), None)
        for member in topic.inner or (topic,)
    }
    return owners.pop() if len(owners) == 1 and topic.code != "mixed" else None
