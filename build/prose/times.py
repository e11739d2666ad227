"""Of what time figures are: the period that words state, and with what year a growth compares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import lexicon as lex
from .heads import last_of
from .tokens import Token

UNSTATED = "unstated"
ONE_OF_SEVERAL_TIMES = "[一二两三首初再]次性?"
"""As a pattern: 一次办结 and 二次办理 are of some cases, the first time or again."""
_FIRM_PERIODS = ("year", "to_date", "month")
RUNNING = ("累计", "累计共")
_UNTIL_NOW = ("至今", "迄今")
"""Right behind a date of another year: what came since then is not the year's."""
_PARTIAL = frozenset(("part", "month", "months", "years", "cumulative"))
_WITHIN = frozenset(("part", "month", "months", "day"))
_WHOLE = ("全年", "全年度", "年内", "年度内", "当年", "截至年底", "截止年底", "截至年末")
"""Words that name no year: behind another year they are of that one."""
_PERIODS = {"part": UNSTATED, "months": "to_date", "years": "cumulative"}
"""How a period is published whose words mean more than the column can say."""
_OTHER_BASES = frozenset(
    f"{word}{base}" for word in ("较", "比", "与", "同") for base in ("前年", "往年", "往年相比", "上月", "上季度")
) | {"环比"}


class Time(NamedTuple):
    """The time of the figures that follow.

    ``period``: as in the column of that name. ``other_year``: it is not the report's; ``counted``: figures of that
    other year have been told. ``partial``: a part of the year, or several years. ``by_day``: a day told the year.
    ``named``: its number told it. ``leads``: a clause of its own told the other year (2019年,), so that it holds for
    all clauses behind it.
    """

    period: str = UNSTATED
    other_year: bool = False
    counted: bool = False
    partial: bool = False
    by_day: bool = False
    named: bool = False
    leads: bool = False


UNTIMED = Time()


def time_behind(time: Time, token: Token, left: Sequence[Token], year: int | None) -> Time:
    """The time behind a period word; 累计 gives way to a year that is already stated.

    ``left`` stands before the word since the last number; ``year`` is the report's, None if unknown.
    """
    sense = _period_sense(time, token, bool(left) and left[-1].kind == lex.SINCE, year)
    compared = bool(left) and left[-1].kind == lex.COMPARED
    if compared or last_of(left, lex.FROM) > last_of(left, lex.TO):
        return time
    if token.text in _UNTIL_NOW and time.other_year and left and left[-1].end == token.start:
        return time
    if token.text in RUNNING and (time.period in _FIRM_PERIODS or time.other_year or time.partial):
        return time
    if time.other_year and _names_no_year(time, token):
        return time
    other_year = sense == "other_year"
    period = UNSTATED if other_year else _PERIODS.get(sense, sense)
    return Time(
        period, other_year, False, _is_partial(time, token, sense), token.sense == "day", token.year is not None
    )


def _names_no_year(time: Time, token: Token) -> bool:
    """2021年12345热线上半年受理30件, 全年受理70件: of 2021, too; 去年受理90件,全年受理70件 is of two years.

    Behind a year that its number tells, 全年 may be of either, also where figures of that year stand before it.
    """
    if token.year is not None:
        return False
    return token.sense in _WITHIN or (token.text in _WHOLE and not time.by_day and (time.named or not time.counted))


def _is_partial(time: Time, token: Token, sense: str) -> bool:
    """上半年, 近三年: the year's number is another; 累计 alone may well be the year's."""
    if token.sense == "day":
        return time.partial and sense != "to_date"
    return sense in _PARTIAL and token.text not in RUNNING


def _period_sense(time: Time, token: Token, since: bool, year: int | None) -> str:
    sense = token.sense
    foreign = None not in (year, token.year) and token.year != year
    if since:
        return "other_year" if foreign and (token.year or 0) < (year or 0) else "to_date"
    if sense == "since":
        return "cumulative" if foreign else "year"
    if sense == "years":
        return sense
    if foreign or sense == "other_year":
        return "other_year"
    return time.period if sense == "day" else sense


def compares_with_last_year(word: Token | None, year: int | None) -> bool:
    """Whether growth is, as far as its word of comparison says, over the year before ``year``, the report's."""
    if word is None:
        return True
    return word.text not in _OTHER_BASES and (year is None or word.year in (None, year - 1))
