"""``scripts/release.py DATABASE --into FOLDER [--last FOLDER_OR_DATABASE]``."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from ...messages import spoken, told
from ...usage import tell_usage_in_our_language
from ..descriptions import MetadataError
from .content import ReleaseError
from .make import make_release

MADE, NOT_MADE = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a release; 0 where it stands there, 2 for wrong usage or where none could be made."""
    tell_usage_in_our_language()
    options = _parser().parse_args(arguments)
    try:
        release = make_release(options.database, options.into, options.last)
    except (ReleaseError, MetadataError) as error:
        return _refuse(str(error))
    except (OSError, sqlite3.Error) as error:
        return _refuse(spoken(told("release.not_written", error=error)))
    except KeyboardInterrupt:
        return _refuse(spoken(told("release.interrupted")))
    how = told("release.made" if release.made else "release.there_already", path=release.folder)
    sys.stderr.write(f"release: {spoken(how)}\n")
    return MADE


def _refuse(message: str) -> int:
    sys.stderr.write(f"release: {message}\n")
    return NOT_MADE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=spoken(told("release.description")))
    parser.add_argument("database", metavar="DATABASE", type=_path, help=spoken(told("release.option_database")))
    parser.add_argument("--into", metavar="FOLDER", type=_path, required=True, help=spoken(told("release.option_into")))
    parser.add_argument(
        "--last",
        metavar="FOLDER_OR_DATABASE",
        type=_path,
        help=spoken(told("release.option_last")),
    )
    return parser


def _path(word: str) -> Path:
    if not word.strip():
        raise argparse.ArgumentTypeError(spoken(told("release.empty_path")))
    return Path(word)
