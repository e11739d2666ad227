"""What looks odd in a report's text. Nothing here fails: it is said, not judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from .. import forms
from ..report import Section
from .model import EXPLAINED, UNKNOWN, Facts, Finding
from .wording import both

OWN_WORDS: dict[str, tuple[str, ...]] = {section.number: section.own for section in forms.SECTIONS if section.own}
"""Number of a section in the notices' format → words of which its title alone has one."""

FEWEST_CHARACTERS = 6
"""A section on problems and improvements with fewer characters than this below its title says nothing."""
MOST_LOOKED_AT = 200
"""So many characters are looked at to tell an empty section; what is longer is not empty."""

_PLAN = re.compile(
    r"(?:^|[。;；\n])\s*(?P<year>20\d\d)\s*年\s*[,,]?\s*(?P<who>[^,,。;；\n]{0,12}?)"
    r"(?:将(?:严格|继续|进一步|按照|从|以|重点|着力|深入|持续|全面|加强|认真|围绕|努力|不断|切实|紧紧|坚持)|拟|计划|打算)"
)


def borrowed_titles(facts: Facts) -> Iterator[Finding]:
    """A section whose title is that of another section, which stands in the report too, while its own is missing.

    An extra section that only shifts the numbers is no oddity.
    """
    titled = {position: owner for position, section in enumerate(facts.report.sections) if (owner := _owner(section))}
    for position, owner in titled.items():
        number = facts.report.sections[position].number
        if number is None or number not in OWN_WORDS:
            continue
        shared = any(other != position and name == owner for other, name in titled.items())
        if shared and number not in titled.values():
            yield Finding(f"sections-{position}", EXPLAINED, explanation=_borrowed(number, owner))


def _owner(section: Section) -> str | None:
    """The number whose title a section carries; None if its words are no section's or several sections'."""
    return None if section.title is None else _owner_of(section.title)


@lru_cache(maxsize=1024)
def _owner_of(title: str) -> str | None:
    owners = [number for number, words in OWN_WORDS.items() if any(word in title for word in words)]
    return owners[0] if len(owners) == 1 else None


def _borrowed(number: str, owner: str) -> str:
    return both(
        f"第{number}部分的标题用的是第{owner}部分的标题；表格按其内容归入，不按标题。",
        f"Section {number} carries the title of section {owner}; its table is read by its contents, not by the title.",
    )


def past_plans(facts: Facts) -> Iterator[Finding]:
    """A plan in section 五 for the report's own year or an earlier one: the coming year may be meant."""
    year = facts.identity.year
    if year is None:
        return
    for position, section in enumerate(facts.report.sections):
        if not _is_on_problems(section):
            continue
        years = [int(match["year"]) for match in _PLAN.finditer(section.text)]
        past = next((planned for planned in years if planned <= year), None)
        if past is not None:
            subject = f"sections-{position}"
            yield Finding(subject, EXPLAINED, Decimal(past), Decimal(year + 1), False, _past_plan(past, year))


def _past_plan(planned: int, year: int) -> str:
    return both(
        f"{year}年度报告的计划段落写作“{planned}年…将…”，所指可能是{year + 1}年。",
        f"A plan in the report for {year} names {planned}; {year + 1} may be meant.",
    )


def empty_problems(facts: Facts) -> Iterator[Finding]:
    """A section on problems and improvements with nothing below its title."""
    for position, section in enumerate(facts.report.sections):
        if not _is_on_problems(section):
            continue
        below = section.text.lstrip().removeprefix((section.title or "").strip())
        if len(re.sub(r"\W", "", below[:MOST_LOOKED_AT])) < FEWEST_CHARACTERS:
            explanation = both(
                f"第五部分（{forms.PROBLEM_SECTION.title[0]}）标题之下没有内容，或只有寥寥数字；也可能是抄本缺失。",
                "Section 5, on problems and improvements, has nothing or next to nothing below its title; "
                "the copy may be incomplete.",
            )
            yield Finding(f"sections-{position}", UNKNOWN, explanation=explanation)


def _is_on_problems(section: Section) -> bool:
    return _owner(section) == forms.PROBLEM_SECTION.number
