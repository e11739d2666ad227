"""Whether a document is a report at all: it presents one of its own, or it is a text of another genre."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..document import Document
from ..parse.cells import PrintedCell
from ..text.fold import fold
from .names import MASKED
from .titles import REPORT_NAME, TITLE, NumberedTitle, Title, lines_of, runs_of

CELLS_OF_HEADLINES = 30
LONGEST_HEADLINE = 60
OPENING_OF_NEWS = 400
"""Characters in which a news item says that it is one."""

LONGEST_REMARK = 800
"""Characters: of so few, without a section, a text under …报告的说明 is not the report."""

FEWEST_SECTIONS = 5
"""Sections that make a report of a page which lost its title."""
FEWEST_OF_THE_FORM = 3
"""Of these, so many must bear a title that reports have."""
FEWEST_LINKS = 3
"""Titles of different reports, line by line, that make a list of links."""


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of document that is no report: what it is, what the publisher can do, and the headline that tells it.

    ``is_a`` and ``remedy`` are keys of messages.
    """

    is_a: str
    remedy: str
    headline: re.Pattern[str] | None = None


SAMPLE = Genre(
    "identity.sample",
    "identity.remove",
    re.compile(
        r"(?=.*(?:报告|年报))(?:.*(?:范文|范本|样本|样稿|样文|模板|模版|样式|样表|示范文本|参考文本|参考格式|填写说明|填报说明|写作)|.*\(样\)$)"
        r"|.*(?:报告|年报)(?:[(\[【]|[(\[【]?(?:通用|精选|汇编|合集|集锦|锦集|推荐|热门|最新|优秀|范例|实用|必备)+)共?"
        r"[\d一二三四五六七八九十两]+篇"
    ),
)
NOTICE = Genre(
    "identity.notice",
    "identity.remove_notice",
    re.compile(r".*(?:关于|转发).*的?(?:通知|通报)(?:\(.*\))?$|^.{0,12}(?:通知|通报)$"),
)
QUESTIONNAIRE = Genre(
    "identity.questionnaire",
    "identity.remove_questionnaire",
    re.compile(r".*(?:问卷|调查表|测评表|评议表|意见征集|征求意见|征集意见)"),
)
LETTER = Genre(
    "identity.letter",
    "identity.remove_letter",
    re.compile(r".*(?:的|复|回|致|商洽|征求意见)函(?:\(.*\))?$|^函$"),
)
NEWS = Genre(
    "identity.news",
    "identity.remove_news",
)
REMARK = Genre(
    "identity.remark",
    "identity.remove_news",
    re.compile(
        r".*(?:报告|年报)》?的?[^,，:《》]{0,8}"
        r"(?:说明|声明|启事|解读|自查报告|意见|汇报|批复|承诺书|(?:更正|补充|撤回|延期发布|网址|网站|链接|查阅方式)的?(?:公告|公示|通告)|"
        r"(?:培训|部署|推进|座谈|讲评|评审)(?:会|会议|班))$"
    ),
)
ENVIRONMENT = Genre(
    "identity.environment",
    "identity.remove",
)
_FIRM = re.compile(r"(?:公司|集团|企业|厂|矿|电站)(?:(?:生态)?环境)?$")
"""What a firm discharged (青山化工有限公司环境信息公开年度报告) is no report on how an authority discloses."""
RULE_OF_LAW = Genre(
    "identity.rule_of_law",
    "identity.remove",
    re.compile(
        r"(?!.*信息公开).*(?:法治政府|法治建设|依法行政|法治工作)[^,，。]{0,14}(?:报告|总结|汇报|情况)(?:\(.*\))?$"
    ),
)
UNIVERSITY = Genre(
    "identity.university",
    "identity.remove",
)
_SCHOOL = re.compile(r"(?:大学|学院|学校|校区|中学|小学|幼儿园)$")
_FOR_UNIVERSITIES = re.compile("高等学校信息公开(?:办法|事项清单)|高校信息公开(?:办法|事项清单)")
"""The rules of the Ministry of Education under which universities report, by school years and in another form."""
INDEX = Genre(
    "identity.index",
    "identity.remove_index",
)
_BY_HEADLINE = (SAMPLE, QUESTIONNAIRE, NOTICE, LETTER)

_ENDS_AS_LETTER = re.compile(r"特此函(?:告|复|达)|(?:请|望)予?函复|此函[。\n]|专此函")
_IN_NEWS = re.compile(
    r"(?:报|网|社|台|日)讯|本报记者|记者(?:从|获悉|了解)|通讯员|(?:近日|日前|今日|昨日).{0,80}(?:公布|发布|公开|出炉)|"
    r"《[^》]{0,60}(?:报告|年报)》(?:显示|指出|提到|表明|近日|日前)"
)
_NUMBERED = re.compile(r"^(?P<number>[一二三四五六七八九十]{1,2})[、.,:]")


def genre_of(
    document: Document,
    cells: Sequence[PrintedCell],
    title: Title | None,
    titles: Sequence[NumberedTitle],
    headings: int,
    has_figures: bool,
) -> Genre | None:
    """What a document is that presents no report of its own; None where it may be a report.

    ``headings``: section titles that reports have; ``has_figures``: a table of the form with a figure in it.
    """
    by_headline = None if _is_own(title) else _by_headline(document, cells)
    if by_headline is SAMPLE:
        return SAMPLE
    other = _by_who_reports(title, document, cells, has_figures) if title is not None else None
    if has_figures or other is not None:
        return other
    if (title is None or not title.names_a_report) and _is_on_the_rule_of_law(document, cells):
        return RULE_OF_LAW
    if by_headline is not None or count_sections(cells, headings) >= FEWEST_SECTIONS:
        return by_headline
    if headings < FEWEST_OF_THE_FORM and not _is_own(title) and _ENDS_AS_LETTER.search(document.text):
        return LETTER
    return _without_sections(document, cells, title, titles) if headings == 0 else None


def _by_who_reports(title: Title, document: Document, cells: Sequence[PrintedCell], has_figures: bool) -> Genre | None:
    """What a report is whose author is no authority: a firm's on its discharges, a university's under its own rules.

    Universities print the statutory tables, too.
    """
    if not has_figures and _is_of_a_firm(title, cells):
        return ENVIRONMENT
    return UNIVERSITY if _is_of_a_university(title, document) else None


def _is_of_a_firm(title: Title, cells: Sequence[PrintedCell]) -> bool:
    """Whether a report on the environment is a firm's, which the title names, or a line above one without a name."""
    if "环境信息公开" not in fold(title.printed):
        return False
    named = [title.agency] if title.agency else [line.text for line in lines_of(cells[:CELLS_OF_HEADLINES])]
    return any(_FIRM.search(fold(name)) for name in named)


def _is_of_a_university(title: Title, document: Document) -> bool:
    """Whether a report that names the rules for universities is a university's, or of a school year."""
    of_a_school = _SCHOOL.search(fold(title.agency)) is not None or "学年" in title.several
    return of_a_school and _FOR_UNIVERSITIES.search(fold(document.text)) is not None


def _is_on_the_rule_of_law(document: Document, cells: Sequence[PrintedCell]) -> bool:
    """Whether a headline is that of a report on the rule of law, and the text speaks of no report on disclosure."""
    lines = (fold(line.text) for line in lines_of(cells[:CELLS_OF_HEADLINES]))
    fits = _fits(RULE_OF_LAW, (line for line in lines if len(line) <= LONGEST_HEADLINE and "。" not in line))
    return fits and REPORT_NAME.search(fold(document.text)) is None


def _is_own(title: Title | None) -> bool:
    """Whether the title is a certain authority's, and the document's own."""
    return title is not None and title.plain and bool(title.agency) and not MASKED.search(fold(title.agency))


def _without_sections(
    document: Document, cells: Sequence[PrintedCell], title: Title | None, titles: Sequence[NumberedTitle]
) -> Genre | None:
    if (title is not None and title.told) or _is_news(document, titles):
        return NEWS
    if len(document.text) <= LONGEST_REMARK and _fits(REMARK, _headlines(document, cells)):
        return REMARK
    return INDEX if _is_index(cells, titles) else None


def count_sections(cells: Sequence[PrintedCell], headings: int) -> int:
    """The numbered sections of a text, if at least some bear titles that reports have; else those titles."""
    if headings < FEWEST_OF_THE_FORM:
        return headings
    found = (_NUMBERED.match(fold(cell.text)) for cell in cells if cell.kind == "text" and len(cell.text) <= 45)
    return max(headings, len({match["number"] for match in found if match is not None}))


def _by_headline(document: Document, cells: Sequence[PrintedCell]) -> Genre | None:
    headlines = list(_headlines(document, cells))
    for genre in _BY_HEADLINE:
        if _fits(genre, headlines):
            return genre
    return None


def _fits(genre: Genre, headlines: Iterable[str]) -> bool:
    assert genre.headline is not None
    return any(genre.headline.match(line) for line in headlines)


def _headlines(document: Document, cells: Sequence[PrintedCell]) -> Iterator[str]:
    """The short lines with which the document begins, and the title that its file states, folded."""
    for line in (*(line.text for line in lines_of(cells[:CELLS_OF_HEADLINES])), document.fact("title") or ""):
        folded = fold(line)
        if "公开" in folded and len(folded) <= LONGEST_HEADLINE and "。" not in folded:
            yield _WITHOUT_LABEL.sub("", folded)


_WITHOUT_LABEL = re.compile(r"^(?:信息|文件|文章)?(?:名称|标题|题名)[:|]?")


def _is_news(document: Document, titles: Sequence[NumberedTitle]) -> bool:
    told = any(title.told for _, title in titles)
    opening = document.text[:OPENING_OF_NEWS]
    return _IN_NEWS.search(opening) is not None and (told or TITLE.search(fold(opening)) is not None)


def _is_index(cells: Sequence[PrintedCell], titles: Sequence[NumberedTitle]) -> bool:
    """Whether titles of several reports stand line by line, and nothing is told below them."""
    longest = max((len({(fold(title.agency), title.year) for _, title in run}) for run in runs_of(titles)), default=0)
    return longest >= FEWEST_LINKS and not any(cell.kind == "prose" for cell in cells)
