"""What a column is called and means, in a language, put together of the parts that metadata.yml has of it.

``zh`` names the column, ``unit_zh`` is the unit of a number, ``qualifier_zh`` stands between the two, ``more_zh``
behind them, ``null_zh`` says what a missing value means; so in every language. This module needs nothing but Python:
the site takes it from here, that there be one rule for the database and for the pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

Parts = Mapping[str, str]

FALLBACK = "en"
EXPLAINED = re.compile(r"\s*[，：；（,:;(]\s*")
"""Behind this a column's words go beyond its name."""


class Sentence(NamedTuple):
    """How a language puts the parts together."""

    unit: str
    comma: str
    null: str
    end: str


SENTENCES: dict[str, Sentence] = {
    "zh": Sentence("[{}]", "，", "，空={}", "。"),
    "en": Sentence(" [{}]", ", ", "; NULL = {}", "."),
}
OWN_PUNCTUATION = ("；", ";", "（", " (", "，", ",")
"""What is added to a sentence follows a comma, unless it brings one of these."""


def heading(parts: Parts | None, language: str, code: str) -> str:
    """The name of a column in ``language``: what stands before the first comma, colon or bracket; else its code."""
    words = (parts or {}).get(language, "")
    return EXPLAINED.split(words, maxsplit=1)[0] or code


def column_meaning(parts: Parts, language: str) -> str:
    """What a column holds, without its unit and without what a missing value means."""
    told = {name: words for name, words in parts.items() if not name.startswith(("unit_", "null_"))}
    return column_text(told, language)


def column_text(parts: Parts, language: str) -> str:
    """All that is said of a column, as a sentence in ``language``, or in English where it has no words there."""
    if language not in parts:
        language = FALLBACK
    sentence = SENTENCES.get(language, SENTENCES[FALLBACK])

    def part(name: str, form: str) -> str:
        words = parts.get(f"{name}_{language}")
        return form.format(words) if words else ""

    more = parts.get(f"more_{language}", "")
    behind = more if not more or more.startswith(OWN_PUNCTUATION) else sentence.comma + more
    qualifier, unit = part("qualifier", sentence.comma + "{}"), part("unit", sentence.unit)
    return parts[language] + qualifier + unit + behind + part("null", sentence.null) + sentence.end
