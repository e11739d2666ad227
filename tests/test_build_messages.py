"""The catalogue of messages: whole in both languages, and exactly what the code tells."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from gongkai_site.yaml_files import content_of

from build import messages
from build.__main__ import main as build_main
from build.language import language_of
from build.messages import Message, alike, listed, sentences, speak, spoken, told
from build.reading import version
from build.usage import known_words

from .site_server import ROOT
from .test_site_glossary import FORBIDDEN, HALF_WIDTH, TERMS, plain

CODE = sorted(path for folder in ("build", "scripts") for path in (ROOT / folder).rglob("*.py"))
CATALOGUE: dict[str, dict[str, str]] = {
    f"{path.stem}.{name}": entry
    for path in sorted(messages.FOLDER.glob(f"*{messages.ENDING}"))
    for name, entry in content_of(path).items()
}
SUBJECTS = {key.partition(".")[0] for key in CATALOGUE}
KEY = re.compile(rf"(?:{'|'.join(sorted(SUBJECTS))})\.[a-z0-9_]+")
TELLING = ("told", "said")
HAN = re.compile("[\u3400-\u9fff]")


def fields(words: str) -> set[str]:
    """The names of what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def keys_in(path: Path) -> set[str]:
    """Every key that a module names, in a call or in a table."""
    words = (node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant))
    return {word for word in words if isinstance(word, str) and KEY.fullmatch(word)}


def calls(path: Path) -> Iterator[tuple[set[str], set[str | None]]]:
    """Of every telling: the keys that it names itself (none: they stand in a table), the names of its values."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TELLING and node.args:
            words = (each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant))
            keys = {word for word in words if isinstance(word, str) and KEY.fullmatch(word)}
            yield keys, {keyword.arg for keyword in node.keywords}


def telling() -> list[Path]:
    """The modules that tell messages, or name them for others."""
    return [path for path in CODE if path.parent != messages.FOLDER]


def test_every_key_of_the_code_is_in_the_catalogue_and_none_is_there_for_nothing() -> None:
    named = {key for path in telling() for key in keys_in(path)}
    assert (named - set(CATALOGUE), set(CATALOGUE) - named) == (set(), set())


def test_what_is_filled_in_is_what_the_message_asks_for() -> None:
    unlike = []
    for path in telling():
        tables = keys_in(path) - {key for keys, _ in calls(path) for key in keys}
        through_tables = [names for keys, names in calls(path) if not keys]
        unlike += [
            (path.name, key) for keys, names in calls(path) for key in keys if names != fields(CATALOGUE[key]["en"])
        ]
        unlike += [
            (path.name, key)
            for key in sorted(tables)
            if through_tables and fields(CATALOGUE[key]["en"]) not in through_tables
        ]
    assert unlike == []


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_both_languages_say_the_same(subject: str) -> None:
    for key, entry in CATALOGUE.items():
        if not key.startswith(f"{subject}."):
            continue
        assert {"en", "zh"} <= set(entry) <= {"en", "zh", "one"}, key
        assert fields(entry["en"]) == fields(entry["zh"]), key
        assert fields(entry.get("one", "")) <= fields(entry["en"]) and ("one" not in entry or "count" in entry["en"]), (
            key
        )


def without_fields(words: str, stand_in: str) -> str:
    return re.sub(r"\{[^}]*\}", stand_in, words)


def says_words(english: str) -> bool:
    """Whether there are words, and not only what is filled in."""
    return re.search("[a-z]", without_fields(english, "")) is not None


def test_chinese_is_chinese() -> None:
    for key, entry in CATALOGUE.items():
        words = without_fields(entry["zh"], "件")
        assert HAN.search(without_fields(entry["zh"], "")) or not says_words(entry["en"]), key
        assert not HALF_WIDTH.search(words), (key, words)


def test_terms_are_those_of_the_glossary() -> None:
    unlike = [
        (key, term, entry["en"])
        for key, entry in CATALOGUE.items()
        for term, english in TERMS.items()
        if term in entry["zh"]
        and term not in entry["en"]
        and not any(word.casefold() in plain(entry["en"]) for word in english)
    ]
    assert unlike == []


def test_no_message_has_a_word_that_the_glossary_forbids() -> None:
    english = {word: re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in FORBIDDEN["en"]}
    found = [(key, word) for key, entry in CATALOGUE.items() for word in FORBIDDEN["zh"] if word in entry["zh"]]
    found += [
        (key, word)
        for key, entry in CATALOGUE.items()
        for word, pattern in english.items()
        if pattern.search(plain(entry["en"]))
    ]
    assert found == []


def test_what_readings_hold_is_part_of_the_reader_s_version() -> None:
    rooms = {path for room in version.ROOMS for path in (ROOT / "build" / room).rglob("*.py")}
    said = {key.partition(".")[0] for path in telling() if path in rooms for key in keys_in(path)}
    assert said <= set(version.SAID)


def test_values_are_filled_in_language_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    entries: Mapping[str, Mapping[str, str]] = {
        "files": {"en": "{count} files in {place}", "one": "{count} file in {place}", "zh": "{place}有 {count} 个文件"}
    }
    monkeypatch.setattr(messages, "_entries", lambda subject: entries)
    place = listed([Message("Jinan", "济南"), "x.txt"])
    assert told("any.files", count=2, place=place) == ("2 files in Jinan, x.txt", "济南、x.txt有 2 个文件")
    assert told("any.files", count=1, place=alike("here")).en == "1 file in here"
    assert sentences(Message("One.", "一。"), alike(""), Message("Two.", "二。")) == ("One. Two.", "一。二。")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C", "LC_ALL": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_environment_names_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_program_speaks_one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert spoken(Message("yes", "是")) == "是"
    speak("en")
    assert spoken(Message("yes", "是")) == "yes"
    speak(None)


# What argparse says by itself --------------------------------------------------------------------------------------


def test_argparse_asks_for_these_words_and_they_stay_its_own_in_english() -> None:
    source = inspect.getsource(argparse)
    for words, message in known_words().items():
        assert f"'{words.encode('unicode_escape').decode()}'" in source and message.en == words


WRONG_USES = {
    "--help": "用法：gongkai build",
    "--nope": "用法有误：没有这样的参数：--nope",
    "--output": "--output：后面须有一个值",
    "--fresh=1": "--fresh：后面不能有值，却给了 '1'",
    "--language fr": "--language：不能是 'fr'，只能是",
    "--at-least 2 --allow-empty": "--allow-empty：不能与 --at-least 同时使用",
    "--max 1": "--max 不明确，可能是 --max-bytes",
    "--jobs x": "--jobs：应是不小于 1 的整数",
}


@pytest.mark.parametrize("words", WRONG_USES)
def test_a_command_line_is_explained_in_chinese(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit) as ended:
        build_main(words.split(), "gongkai build")
    said = "".join(capsys.readouterr())
    assert ended.value.code == (0 if words == "--help" else 2)
    assert WRONG_USES[words] in said
    assert re.findall("usage|argument|options|error|expected|show this", said) == []
