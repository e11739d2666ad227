"""The box of downloads on a page: each format with its address, and how many rows will be in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request

from gongkai_site.requests import parameters
from gongkai_site.settings import bounds_of
from gongkai_site.texts import Text, words_of

from .workbook import most_rows

SHOWN_ONLY = frozenset(
    {
        *("_size", "_next", "_page", "_facet", "_facet_size", "_shape", "_labels", "_nofacet", "_nocount"),
        *("_stream", "_excel", "_explore"),
    }
)
SAFE = "/~,-"
WHOLE = (("_stream", "on"),)


@dataclass(frozen=True)
class Download:
    """A file: ``extent`` says how many rows it holds, and ``cut`` that these are not all."""

    name: Text
    address: str
    ending: str
    extent: Text
    cut: bool


@dataclass(frozen=True)
class Downloads:
    """All files of a page's rows, of which there are ``rows``; None where they could not be counted."""

    rows: int | None
    files: Sequence[Download]


def downloads_of(
    datasette: Datasette, request: Request, columns: int, rows: int | None, at_most: int | None = None
) -> Downloads:
    """The files behind a page of ``columns``: no file has more than ``at_most`` rows, where the page's SQL is cut."""
    page = int(datasette.setting("max_returned_rows"))
    sheet = most_rows(columns, bounds_of(datasette).workbook_cells)
    said = words_of(datasette, "downloads")
    whole = () if at_most else WHOLE
    offers: tuple[tuple[str, str, tuple[tuple[str, str], ...], int | None], ...] = (
        ("excel", "xlsx", (), min(sheet, at_most or sheet)),
        ("csv_excel", "csv", (*whole, ("_excel", "on")), at_most),
        ("csv", "csv", whole, at_most),
        ("json", "json", (("_shape", "array"), *(() if at_most else (("_size", "max"),))), page),
    )
    files = [
        Download(said[name], _address(datasette, request, ending, added), ending, *_extent(said, rows, most))
        for name, ending, added, most in offers
    ]
    return Downloads(rows, files)


def _extent(said: dict[str, Text], rows: int | None, most: int | None) -> tuple[Text, bool]:
    """How many of ``rows`` a file of at most so many holds, in words, and whether it is cut."""
    if most is None or (rows is not None and rows <= most):
        return (_counted(said["all_rows"], rows) if rows is not None else said["all_uncounted"]), False
    if rows is None:
        return _counted(said["up_to_rows"], most), False
    return _counted(said["first_rows"], most), True


def _counted(words: Text, number: int) -> Text:
    return Text(*(words.of(language).format(f"{number:,}") for language in ("zh", "en")))


def _address(datasette: Datasette, request: Request, ending: str, added: Sequence[tuple[str, str]]) -> str:
    """The address of the rows as a file; the same in every language."""
    base = datasette.root.rstrip("/")
    path = request.path.removeprefix(base) if base else request.path
    kept = [(name, value) for name, value in parameters(request.scope) if name not in SHOWN_ONLY]
    asked = urlencode([*kept, *added])
    return f"{base}{quote(path, safe=SAFE)}.{ending}" + (f"?{asked}" if asked else "")
