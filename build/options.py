"""What several commands ask of a command line: kinds of words, checked, and the options that all of them have."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from .language import LANGUAGES
from .messages import Message, speak, spoken, told
from .reading.version import program_version, reader_version
from .usage import tell_usage_in_our_language

FIRST_POSSIBLE, LAST_POSSIBLE = 2008, 2099
"""Years in which a collection may begin: the regulations came into force in 2008."""


def words_of(message: Message) -> str:
    """A message for argparse, which takes a percent sign for its own."""
    return spoken(message).replace("%", "%%")


def path_of(word: str) -> Path:
    """A path that was really given: an empty word (`make build REPORTS=`) would be the working directory."""
    if not word.strip():
        raise argparse.ArgumentTypeError(spoken(told("command.empty_path")))
    return Path(word)


def count_of(word: str) -> int:
    """A whole number from 1 on."""
    if not (word.isascii() and word.isdecimal() and int(word) >= 1):
        raise argparse.ArgumentTypeError(spoken(told("command.not_a_count", least=1, words=repr(word))))
    return int(word)


def seconds_of(word: str) -> float:
    """A length of time."""
    try:
        seconds = float(word)
    except ValueError:
        seconds = math.nan
    if not (seconds > 0 and math.isfinite(seconds)):
        raise argparse.ArgumentTypeError(spoken(told("command.not_seconds", words=repr(word))))
    return seconds


def year_of(word: str) -> int:
    """A year in which a collection may begin."""
    if not (word.isascii() and word.isdecimal() and FIRST_POSSIBLE <= int(word) <= LAST_POSSIBLE):
        message = told("command.not_a_year", first=FIRST_POSSIBLE, last=LAST_POSSIBLE, words=repr(word))
        raise argparse.ArgumentTypeError(spoken(message))
    return int(word)


# Options that all commands have ------------------------------------------------------------------------------------


def speak_as_asked(arguments: Sequence[str] | None) -> None:
    """From now on speak the language asked for: a command line is explained in it, too."""
    speak(_language_in(arguments))
    tell_usage_in_our_language()


def _language_in(arguments: Sequence[str] | None) -> str | None:
    """The language asked for, None if there is none."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language", nargs="?")
    language: str | None = parser.parse_known_args(arguments)[0].language
    return language if language in LANGUAGES else None


def add_language(parser: argparse.ArgumentParser) -> None:
    """``--language zh|en``."""
    parser.add_argument("--language", choices=LANGUAGES, help=words_of(told("command.option_language")))


def add_version(parser: argparse.ArgumentParser) -> None:
    """``--version``."""
    parser.add_argument("--version", action=_ToldVersion, nargs=0, help=words_of(told("command.option_version")))


class _ToldVersion(argparse.Action):
    """Says which program this is, and which reader, whose results are remembered."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Say it and end."""
        words = told("command.version", version=program_version(), reader=reader_version())
        sys.stdout.write(f"{spoken(words)}\n")
        parser.exit()
