"""The title of a report: where it stands, over how many lines, and the agency and year that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..document import Document
from ..parse.cells import Token
from ..text.fold import INVISIBLE, fold, without_pinyin
from .dates import find_period
from .names import LONGEST_AGENCY, could_be_agency
from .years import YEAR, year_in

ABRIDGED_MARK = re.compile(r"^\ufeff?\s*【转述[,，]非原文")
LINES_OF_HEAD = 80
LINES_OF_TITLE = 3
"""Lines above its last one that a title may take."""

LONGEST_TITLE = 70
LONGEST_TAIL = 12
TITLE = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?的?(?P<inside>(?:19|20)\d{2}年度?)?(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)"
)
_PART_OF_TITLE = re.compile(r"[\u3400-\u9fff〇○]*(?:(?:19|20)\d{2}年度?)?[\u3400-\u9fff〇○]*")
_AROUND_AGENCY = re.compile(
    r"^(?:[\[【](?:年报|年度报告|公告|公示|(?:政务|政府信息|信息)公开)[\]】]|公布|发布|关于|[-—_·.()\[\]【】])+|"
    r"(?:关于|的|[-—_·.()\[\]【】])+$"
)
_ABOUT = re.compile(r"关于(?:报送|印发|公布|发布|编制|上报|公示)?")
"""What parts who announces a report from whose it is."""
_FIELD_OF_TITLE = re.compile(r"^\s*(?:信息|文件|公文)?(?:名\s*称|标\s*题|题\s*名)\s*[:：]\s*")
_LAST_WORDS = ("告", "报", "報")
_NO_TITLE = re.compile(
    r"根据|按照|依据|编制|要求|关于.*通知|指南|目录|格式|模板|制度|上一[篇条]|下一[篇条]|首页|当前位置|>"
)
INVISIBLE_CHARACTERS = re.compile(f"[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title: as printed (without white space), the agency in it ("" if none) and its year.

    ``plain``: nothing stands around it, as in 关于…的公示.
    """

    printed: str
    agency: str
    year: int | None
    plain: bool = True


def find_title(document: Document, tokens: Sequence[Token]) -> Title | None:
    """The first line that is a report's title and nothing more and names an agency, else the first that names one.

    One that states a year comes before one that does not (东明县政府信息公开年报 may be a column of the site). Where no
    line is a title, one may open the first paragraph.
    """
    titles = _own_titles(list(_titles(tokens)), document.text) or list(_opening_title(tokens))
    stated = read_title(document.fact("title") or "")
    titles.extend([stated] if stated is not None else [])
    named = [title for title in titles if title.agency]
    plain = [title for title in named if title.plain]
    found = plain or named or titles
    return next((title for title in found if title.year is not None), found[0] if found else None)


def _opening_title(tokens: Sequence[Token]) -> Iterator[Title]:
    """The title of agency and year with which the first paragraph begins (copies that lost their line breaks)."""
    opening = next((token.text[: 2 * LONGEST_TITLE] for token in tokens if token.kind == "prose"), "")
    match = TITLE.search(fold(opening))
    if match is None:
        return
    wanted = match.string[: match.end()]
    printed = next((opening[:end] for end in range(len(wanted), len(opening) + 1) if fold(opening[:end]) == wanted), "")
    title = _title_of(printed)
    if title is not None and title.plain and title.year is not None and could_be_agency(title.agency):
        yield title


_NumberedTitle = tuple[int, Title]
"""A title and the number of its line."""


def _titles(tokens: Sequence[Token]) -> Iterator[_NumberedTitle]:
    above: tuple[str, ...] = ()
    held: Title | None = None
    for number, line in enumerate(_lines(tokens[: LINES_OF_HEAD * 2])):
        title = read_title(line, above)
        if title is not None:
            yield number, title
        elif held is not None and held.year is None and YEAR.fullmatch(fold(line).strip("()")):
            yield number, replace(held, printed=held.printed + "".join(line.split()), year=year_in(fold(line)))
        held = title
        above = (*above, line)[-LINES_OF_TITLE:]


def _own_titles(found: Sequence[_NumberedTitle], text: str) -> list[Title]:
    """The titles without those of other reports, to which pages of such a site link above and below the report.

    Where titles cannot all be one report's, those of the year that the report says its figures are of stay, of them
    those that stand in no list of links, and of these those whose agency the text speaks of: each where any is left.
    """
    titles = [title for _, title in found]
    if not any(_are_of_two_reports(one, other) for one, other in combinations(titles, 2)):
        return titles
    year = (find_period(text) or ("", ""))[1][:4]
    joined = "".join(text.split())
    named = [title for title in titles if joined.count(title.agency) > _count_printed(title.agency, titles)]
    kept = titles
    for fitting in ([title for title in titles if str(title.year) == year], _outside_lists(found), named):
        kept = [title for title in kept if title in fitting] or kept
    return kept


def _count_printed(agency: str, titles: Iterable[Title]) -> int:
    return sum(agency in fold(title.printed) for title in titles)


def _outside_lists(found: Sequence[_NumberedTitle]) -> list[Title]:
    """The titles that do not stand line by line with other reports' titles."""
    runs: list[list[_NumberedTitle]] = []
    for number, title in found:
        if not runs or number > runs[-1][-1][0] + 1:
            runs.append([])
        runs[-1].append((number, title))
    return [
        title
        for run in runs
        if not any(_are_of_two_reports(one, other) for (_, one), (_, other) in combinations(run, 2))
        for _, title in run
    ]


def _are_of_two_reports(one: Title, other: Title) -> bool:
    """Whether two titles name different years, or agencies of which neither is the other's shorter name."""
    if not one.agency or not other.agency or one.year is None or other.year is None:
        return False
    return one.year != other.year or not (one.agency in other.agency or other.agency in one.agency)


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    """The head of the document line by line: the words of one line together again, title lines split by Word too."""
    row: int | None = None
    words: list[str] = []
    for token in tokens:
        if token.kind == "prose":
            if words:
                yield "".join(words)
            words, row = [], None
            continue
        if words and (token.row is None or token.row != row or token.grid is not None):
            yield "".join(words)
            words = []
        words.append(token.text)
        row = token.row
    if words:
        yield "".join(words)


def read_title(line: str, above: Sequence[str] = ()) -> Title | None:
    """The title of an annual report that ends in ``line``; None if there is none.

    ``above``: the lines before it, nearest last; as many of them belong to the title as it takes to name agency and
    year.
    """
    if not any(word in line for word in _LAST_WORDS) or ABRIDGED_MARK.match(line):
        return None
    line = _FIELD_OF_TITLE.sub("", line)
    alone = _title_of(line)
    if alone is not None and alone.agency and alone.year is not None:
        return alone
    joined = (_joined_title(line, above[len(above) - count :]) for count in range(1, len(above) + 1))
    found = [title for title in joined if title is not None]
    whole = [title for title in found if title.year is not None]
    return next(iter(whole or ([alone] if alone is not None and alone.agency else []) or found), alone)


def _joined_title(line: str, above: Sequence[str]) -> Title | None:
    """The title in several lines, each short; its agency must be one by its name, or the lines are none of it."""
    if not all(len(part) <= LONGEST_AGENCY and _PART_OF_TITLE.fullmatch(fold(part)) for part in above):
        return None
    title = _title_of("".join((*above, line)))
    return title if title is not None and could_be_agency(title.agency) else None


def _title_of(text: str) -> Title | None:
    folded = without_pinyin(fold(text))
    match = TITLE.search(folded) if len(folded) <= LONGEST_TITLE else None
    if match is None or _NO_TITLE.search(folded) or "。" in folded:
        return None
    head, tail = folded[: match.start()], folded[match.end() :]
    if len(tail) > LONGEST_TAIL:
        return None
    if match.group().startswith("政府") and head.endswith("人民"):
        head += "政府"
    year = year_in(head) or year_in(match["inside"] or "") or year_in(tail)
    agency = _agency_in(YEAR.sub("", head)) or _agency_behind(tail)
    plain = not folded.startswith("关于") and YEAR.sub("", tail).strip("()") == ""
    return Title(INVISIBLE_CHARACTERS.sub("", "".join(text.split())), agency, year, plain)


def _agency_in(head: str) -> str:
    """The agency in the words before 政府信息公开: whose report it is, else who announces it (甲关于公布乙…)."""
    announcer, about, subject = head.rpartition(match.group()) if (match := _ABOUT.search(head)) else ("", "", head)
    named = _bare_agency(subject)
    return named if named or not about else _bare_agency(announcer)


def _bare_agency(text: str) -> str:
    """``text`` without what a title sets around an agency's name; a bracket of the name itself is kept."""
    bare = _AROUND_AGENCY.sub("", text)
    return bare + ")" if bare.count("(") > bare.count(")") and f"{bare})" in text else bare


def _agency_behind(tail: str) -> str:
    """The agency in brackets behind the title."""
    inside = tail[1:-1] if tail.startswith("(") and tail.endswith(")") else ""
    return inside if could_be_agency(inside) else ""
