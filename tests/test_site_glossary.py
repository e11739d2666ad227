"""The words of the site: one term, one word in each language, as docs/glossary.yml has them; none that is clumsy."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.yaml_files import content_of

from .site_server import ROOT, written

GLOSSARY: dict[str, Any] = content_of(ROOT / "docs" / "glossary.yml")
TERMS = {term["zh"]: term["en"] for term in GLOSSARY["terms"]}
FORBIDDEN: dict[str, dict[str, str]] = GLOSSARY["forbidden"]
SAYING = [
    ROOT / "metadata.yml",
    *sorted((ROOT / "templates").rglob("*.*ml")),
    *sorted((ROOT / "plugins").rglob("*.yml")),
    *sorted((ROOT / "plugins").rglob("*.py")),
    *sorted((ROOT / "queries").rglob("*.sql")),
    *sorted((ROOT / "docs" / "site").rglob("*.md")),
    *sorted((ROOT / "build" / "checks").glob("*.py")),
    ROOT / "build" / "publish" / "views.py",
]
"""Files whose words reach a reader."""
HAN = "[\u3400-\u9fff]"
HALF_WIDTH = re.compile(rf"(?<={HAN})[,:;?!]|(?<={HAN})\((?!\w*=)|[,;?!](?={HAN})|\)(?={HAN})")
"""Punctuation of another script beside a Chinese character."""
STANDARDS = "citation"
"""Page words in the punctuation of a standard of citing (GB/T 7714, APA)."""
IN_BRACES = re.compile(r"\{[^}]*\}")

Pair = tuple[str, str, str]
"""Where a text stands, its Chinese, its English."""


def pairs(value: Any, place: str = "") -> Iterator[Pair]:
    """Every text of metadata.yml that stands in both languages."""
    if isinstance(value, Mapping):
        if isinstance(value.get("zh"), str) and isinstance(value.get("en"), str):
            yield place, value["zh"], value["en"]
        for key, inner in value.items():
            english = value.get(f"{str(key).removesuffix('_zh')}_en")
            if str(key).endswith("_zh") and isinstance(inner, str) and isinstance(english, str):
                yield f"{place}.{key}", inner, english
            yield from pairs(inner, f"{place}.{key}")
    elif isinstance(value, list):
        if ".code-labels." in place and [type(each) for each in value] == [str, str]:
            yield place, value[0], value[1]
        else:
            for inner in value:
                yield from pairs(inner, place)


PAIRS = list(pairs(written()))


def plain(english: str) -> str:
    """Without what is put in by name, hyphens and underscores as spaces."""
    return IN_BRACES.sub("", english).casefold().replace("-", " ").replace("_", " ")


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_one_word_in_english(term: str) -> None:
    unlike = [
        (place, english)
        for place, chinese, english in PAIRS
        if term in chinese and not any(word.casefold() in plain(english) for word in TERMS[term])
    ]
    assert unlike == []


def test_terms_are_told_apart() -> None:
    assert len(TERMS) == len(GLOSSARY["terms"])
    assert len(PAIRS) > 1000


@pytest.mark.parametrize("word", FORBIDDEN["zh"])
def test_no_text_has_a_clumsy_chinese_word(word: str) -> None:
    assert [file.name for file in SAYING if word in file.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("word", FORBIDDEN["en"])
def test_no_text_has_a_clumsy_english_word(word: str) -> None:
    found = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    assert [(place, english) for place, _, english in PAIRS if found.search(plain(english))] == []


def test_the_chinese_of_metadata_has_chinese_punctuation() -> None:
    beside = [(place, chinese) for place, chinese, _ in PAIRS if HALF_WIDTH.search(chinese)]
    assert [found for found in beside if f".page-words.{STANDARDS}." not in found[0]] == []


@pytest.mark.parametrize(
    "file", [file for file in SAYING if file.suffix in {".html", ".md"}], ids=lambda file: file.name
)
def test_the_chinese_of_pages_has_chinese_punctuation(file: Path) -> None:
    words = re.sub(
        r"`[^`]*`|```.*?```|\{[{%#].*?[}%#]\}|\]\([^)]*\)|<[^>]*>", "", file.read_text(encoding="utf-8"), flags=re.S
    )
    assert HALF_WIDTH.findall(words) == []


def chinese_strings(file: Path) -> Iterator[str]:
    """The strings of a module that say something in Chinese: no documentation, no patterns."""
    for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
        words = token.string
        says = token.type == tokenize.STRING and re.search(HAN, words) and '"""' not in words
        if says and not re.match("[rRbB]", words) and "\\" not in words:
            yield words


@pytest.mark.parametrize("folder", [ROOT / "plugins", ROOT / "build" / "checks"], ids=["plugins", "rules"])
def test_the_chinese_of_the_code_has_chinese_punctuation(folder: Path) -> None:
    wrong = [(file.name, words) for file in sorted(folder.rglob("*.py")) for words in chinese_strings(file)
             if HALF_WIDTH.search(words)]  # fmt: skip
    assert wrong == []


def test_every_term_of_the_regulations_names_its_article() -> None:
    for term in GLOSSARY["terms"]:
        assert "article" not in term or re.match("第.+条", term["article"]), term
