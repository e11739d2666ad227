"""Who reports, where the title does not say: the sentence that presents the report, the page's fields, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..text.fold import fold
from .dates import CUT_OFF
from .fields import PUBLISHER, SOURCE
from .names import ORGAN, agency_kind, full_name
from .titles import TITLE, Title
from .years import YEAR, year_in

OPENING = 3000
"""Characters in which a report's prose says whose report it is."""

ANNOUNCED = re.compile(
    r"(?:公布|发布|公开(?:(?<=社会公开)|(?<=现公开)|(?<![\u4e00-\u9fff]公开))|编制)了?[《<]?"
    r"(?P<head>(?:(?!公布|发布|公开|编制|报告|条例|要求|规定)[\u3400-\u9fff()\d]){2,40}?)"
    rf"{TITLE.pattern}(?!格式|模板|制度|的?通知|编制|发布|和|及)"
)
"""The sentence that presents the report: 现公布东明县教育局2020年政府信息公开工作年度报告."""

_HAN = r"[\u4e00-\u9fff]"
_SPEAKER = rf"(?P<value>{_HAN}{{2,30}}?(?:人民政府办公室|人民政府办公厅|人民政府|管委会|委员会|局|厅|办事处))"
_CONTACTS = (
    re.compile(rf"由{_SPEAKER}(?:[(（]以下简称[^()（）]*[)）])?(?:负责)?编制"),
    re.compile(
        rf"(?:请与|请直接与|请联系[:：]?|(?<!{_HAN})联系[:：]?){_SPEAKER}"
        rf"(?=联系|办公室|党政|综合|政务公开|政府信息|信息公开|法规|指挥|机关|(?!{_HAN}).)"
    ),
    re.compile(
        rf"(?<!{_HAN}){_SPEAKER}现?(?:面?向社会)?(?:公开|公布|发布)《?(?:20\d\d年度?)?政府信息公开(?:工作)?(?:年度报告|年报)"
    ),
)
"""Who compiled the report, whom to ask about it, or who publishes it."""


def candidates(document: Document, title: Title | None, head: str) -> Iterator[str]:
    if title is not None and title.agency:
        yield title.agency
    opening = head[:OPENING]
    for match in ANNOUNCED.finditer(fold(opening)):
        yield YEAR.sub("", match["head"])
    publisher = PUBLISHER.search(head[:4000])
    if publisher is not None and _may_speak_for_itself(publisher["value"], document.text):
        yield publisher["value"]
    fact = document.fact("publisher")
    if fact and ORGAN.search(fold(fact)) and _may_speak_for_itself(fact, document.text):
        yield fact
    source = SOURCE.search(head[:4000])
    if source is not None and _is_department(source["value"]) and _speaks_for_itself(source["value"], document.text):
        yield source["value"]
    for pattern in _CONTACTS:
        asked = pattern.search(opening) or pattern.search(document.text)
        if asked is not None and _speaks_for_itself(asked["value"], document.text):
            yield asked["value"]


def _is_department(name: str) -> bool:
    return agency_kind(full_name(fold(name))) == "department"


def _may_speak_for_itself(name: str, text: str) -> bool:
    """Whether who publishes is who reports: a government's office publishes the government's report, too."""
    return agency_kind(full_name(fold(name))) != "government_office" or _speaks_for_itself(name, text)


def _speaks_for_itself(name: str, text: str) -> bool:
    """Whether the text speaks as the organ called ``name`` (我局): whom to ask may be another one than who reports."""
    if name.endswith(("人民政府", "办事处")):
        return True
    own = next(word for end, word in _OWN_WORDS.items() if name.endswith(end) or not end)
    return any(f"{speaker}{word}" in text for speaker in "我本" for word in (own, "单位"))


_OWN_WORDS = {"委员会": "委", "管委会": "委", "委": "委", "局": "局", "厅": "厅", "办公厅": "厅", "": "办"}
"""End of an organ's name → what it calls itself."""


def stated_year(head: str) -> int | None:
    """The year in the sentence that presents the report, else the one with whose end its figures end."""
    for match in ANNOUNCED.finditer(fold(head[:OPENING])):
        year = year_in(match["head"]) or year_in(match["inside"] or "")
        if year is not None:
            return year
    cut_off = CUT_OFF.search(head)
    return int(cut_off["year"]) if cut_off is not None else None
