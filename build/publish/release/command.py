"""``scripts/release.py DATABASE --into FOLDER [--last FOLDER_OR_DATABASE]``."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from ..descriptions import MetadataError
from .content import ReleaseError
from .make import make_release

MADE, NOT_MADE = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a release; 0 where it stands there, 2 for wrong usage or where none could be made."""
    options = _parser().parse_args(arguments)
    try:
        release = make_release(options.database, options.into, options.last)
    except (ReleaseError, MetadataError) as error:
        return _refuse(str(error))
    except (OSError, sqlite3.Error) as error:
        return _refuse(f"the release could not be written: {error}")
    except KeyboardInterrupt:
        return _refuse("interrupted; nothing was written")
    how = "made" if release.made else "there already, the very same"
    sys.stderr.write(f"release: {release.folder}: {how}\n")
    return MADE


def _refuse(message: str) -> int:
    sys.stderr.write(f"release: {message}\n")
    return NOT_MADE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Make a release of a built database: a folder gongkai-VERSION/ of files to load, cite and verify."
    )
    parser.add_argument("database", metavar="DATABASE", type=_path, help="the built database, e.g. gongkai.db")
    parser.add_argument("--into", metavar="FOLDER", type=_path, required=True, help="where releases stand")
    parser.add_argument(
        "--last",
        metavar="FOLDER_OR_DATABASE",
        type=_path,
        help="the release before, so that CHANGES.md tells what is new",
    )
    return parser


def _path(word: str) -> Path:
    if not word.strip():
        raise argparse.ArgumentTypeError("a path is expected, not an empty word")
    return Path(word)
