"""A sheet as a file stores it, whatever the format, and what its readers share: places, numbers, limits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import groupby, islice, pairwise
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from ..document import HIDDEN, STRUCK, hidden, raised, struck, unread, without_signs
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .colours import NEAREST_SURE, WHITE, alike
from .number_format import is_white, plain, shown, shows_text

MAX_RECORDS = 5
"""Cells a file may store, empty ones included, as a multiple of ``Limits.max_cells``."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""Rows and columns of the largest sheet that any program writes."""

CellPlace = tuple[int, int]


@dataclass
class Sheet:
    """One sheet as stored: (row, column) → text shown, from 0; merged ranges (row, column, row span, column span)."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    unshown: list[str] = field(default_factory=list)
    """Numbers whose format could not be followed: place, number, format."""
    unevaluated: list[str] = field(default_factory=list)
    """Places of formulas whose result is not stored."""
    zeros_unshown: list[str] = field(default_factory=list)
    """Places of zeros that the sheet, or their format, does not show."""
    perhaps_unshown: list[str] = field(default_factory=list)
    """Ranges that a conditional format may strike out or hide."""
    show_zeros: bool = True
    drawings: list[Drawing] = field(default_factory=list)


class Drawing(NamedTuple):
    """A picture or a box with words on a sheet, by the cells (from 0) that its corners lie in.

    ``left`` to ``bottom`` count columns and rows with what part of the last they reach into: 2.5 is the middle of the
    third. ``covers``: nothing shows through it.
    """

    what: str
    left: float
    top: float
    right: float
    bottom: float
    covers: bool = False


MAX_UNDER = 100_000
"""Cells under drawings, all together, that are looked at; a sheet of a report has some thousand."""

PICTURE, BOX, COVERED = "图片", "文本框", "遮盖"
"""What stands in a cell (``unread``) that shows a picture, a box with words, or that something lies on."""

# How cells look --------------------------------------------------------------------------------------------------

LARGEST_UNSEEN, SMALLEST_SURE = 1.5, 3.5
"""Points: letters of the first size are no letters to the eye; of letters smaller than the second nobody is sure."""

SMALL = 0.85
"""Digits beside others that are set no larger than this share of them may be a note mark."""

UNSURE = "unsure"
"""What ``as_seen`` knows of letters besides: seen otherwise than they stand there, or hardly."""

LONGEST_UNIT = 3
"""Letters; words with a number and more letters than a unit has are no figure, whatever they look like."""


class Font(NamedTuple):
    """How the letters of a cell, or of a part of its text, look. ``raised``: "superscript", "subscript" or "".

    ``colour`` as RRGGBB, "" for automatic; ``size`` in points. ``signs``: the font shows signs in place of digits.
    """

    struck: bool = False
    raised: str = ""
    colour: str = ""
    size: float = 11.0
    signs: bool = False


USUAL_FONT = Font()


def as_seen(text: str, font: Font, behind: str) -> str:
    """``text`` as a reader yields it, by how its letters look and what colour lies behind them."""
    return _told(text, _kind(font, behind))


def told_runs(runs: Iterable[tuple[str, Font]], behind: str) -> str:
    """A text of several parts, each in a font of its own."""
    parts = list(runs)
    kinds = [(text, _kind(font, behind)) for text, font in parts]
    if len(kinds) == 1:
        return _told(*kinds[0])
    for at in _small_digits(parts):
        kinds[at] = kinds[at][0], kinds[at][1] or UNSURE
    return "".join(_told("".join(text for text, _ in same), kind) for kind, same in groupby(kinds, key=itemgetter(1)))


def _small_digits(parts: Sequence[tuple[str, Font]]) -> Iterator[int]:
    """Which parts begin or end with digits that are set much smaller than the digits right beside them."""
    for at, ((left, one), (right, other)) in enumerate(pairwise(parts)):
        small, large = sorted((one.size, other.size))
        if left[-1:].isdecimal() and right[:1].isdecimal() and small < SMALL * large:
            yield at if one.size < other.size else at + 1


@lru_cache(maxsize=4096)
def _kind(font: Font, behind: str) -> str:
    """HIDDEN, UNSURE, STRUCK, "superscript", "subscript", or "" for letters that a person just reads."""
    if font.size <= LARGEST_UNSEEN or (font.colour and alike(font.colour, behind)):
        return HIDDEN
    if font.signs or font.size < SMALLEST_SURE or (font.colour and alike(font.colour, behind, NEAREST_SURE)):
        return UNSURE
    return STRUCK if font.struck else font.raised


def _told(text: str, kind: str) -> str:
    if not kind or not text.strip():
        return text
    if kind == UNSURE:
        return unsure(text)
    if kind in {HIDDEN, STRUCK}:
        return hidden(text) if kind == HIDDEN else struck(text)
    return "\n".join(raised(line, kind == "subscript") for line in text.split("\n"))


def unsure(text: str) -> str:
    """``text`` as a reader yields it where nobody can be sure of its digits: no figure."""
    is_figure = any(map(str.isdecimal, text)) and sum(map(str.isalpha, text)) <= LONGEST_UNIT
    return unread("不能确定") if is_figure else text


_HIDDEN_PART = re.compile(f"{hidden('x')[0]}[^{hidden('x')[-1]}]*{hidden('x')[-1]}")


def is_seen(text: str) -> bool:
    """Whether a cell shows anything of ``text``: words, or words crossed out."""
    return bool((text if text.isascii() else _HIDDEN_PART.sub("", text)).strip())


def put_drawings(sheet: Sheet) -> None:
    """Write into ``sheet`` what its drawings show in empty cells, and what they cover."""
    seen = {place for place, text in sheet.texts.items() if is_seen(text)}
    if not seen or not sheet.drawings:
        return
    last = (max(row for row, _ in seen), max(column for _, column in seen))
    corners = dict(islice(_corners(sheet, last), MAX_UNDER))
    left = MAX_UNDER
    for drawing in sheet.drawings:
        under = {corners.get(place, place) for place in islice(_under(drawing, last), left)}
        left -= len(under)
        filled = under & seen
        if not filled:
            sheet.texts.update((place, sheet.texts.get(place, "") + unread(drawing.what)) for place in under)
        elif drawing.covers:
            sheet.texts.update((place, hidden(_words(sheet.texts[place])) + unread(COVERED)) for place in filled)


def _corners(sheet: Sheet, last: CellPlace) -> Iterator[tuple[CellPlace, CellPlace]]:
    """Each place of a merged range, and where that begins."""
    for row, column, height, width in sheet.merged:
        for at in range(row, min(row + height, last[0] + 1)):
            for beside in range(column, min(column + width, last[1] + 1)):
                yield (at, beside), (row, column)


def _under(drawing: Drawing, last: CellPlace) -> Iterator[CellPlace]:
    """The places whose middle lies under a drawing, up to the last row and column; where none does, its corner's."""
    rows = _middles(drawing.top, drawing.bottom, last[0])
    columns = _middles(drawing.left, drawing.right, last[1])
    return ((row, column) for row in rows for column in columns)


def _middles(first: float, end: float, last: int) -> range:
    found = range(ceil(first - 0.5), min(ceil(end - 0.5), last + 1))
    return found or range(int(first), min(int(first), last) + 1)


def _words(text: str) -> str:
    return without_signs(text)


# What may be stored ------------------------------------------------------------------------------------------------


def too_many() -> ReadError:
    message = told("readers.sheet_cells")
    return ReadError("too_many_cells", message)


def too_much_text(limit: int) -> ReadError:
    """A text may be stored once and stand in any number of cells."""
    return ReadError("too_large", told("readers.sheet_characters", limit=limit))


def outside(what: str) -> ReadError:
    return ReadError("damaged", told("readers.cell_outside"), what)


@dataclass
class Room:
    """How many cells, empty ones included, the sheets of a file may still store, all together."""

    left: int

    def take(self, count: int) -> None:
        """Take up ``count`` of them. Raises ReadError ``too_many_cells``."""
        self.left -= count
        if self.left < 0:
            raise too_many()


def room_for(limits: Limits) -> Room:
    return Room(MAX_RECORDS * limits.max_cells)


# Values ----------------------------------------------------------------------------------------------------------


class Look(NamedTuple):
    """How a cell looks: its font, the colour behind it, its number format."""

    font: Font
    behind: str
    code: str = "General"


def put_number(sheet: Sheet, place: CellPlace, number: Decimal, look: Look, epoch: datetime.datetime) -> None:
    """Write ``number`` into ``sheet`` as its format shows it. What shows nothing is hidden, a zero just blank."""
    code = look.code
    text = _date(number, epoch) if is_date_format(code) else shown(number, code)
    if text is None:
        sheet.unshown.append(f"{place_name(place)} {plain(number)} [{code}]")
        sheet.texts[place] = unread("数值")
    elif number == 0 and (not text or not sheet.show_zeros):
        sheet.zeros_unshown.append(place_name(place))
    elif text:
        font = look.font._replace(colour=WHITE) if is_white(number, code) else look.font
        sheet.texts[place] = as_seen(text, font, look.behind)
    else:
        sheet.texts[place] = hidden(plain(number))


def put_text(sheet: Sheet, place: CellPlace, runs: Iterable[tuple[str, Font]], look: Look) -> None:
    """Write a text of one or more ``runs`` into ``sheet`` as its format shows it."""
    text = told_runs(runs, look.behind)
    sheet.texts[place] = text if ";" not in look.code or shows_text(look.code) else hidden(_words(text))


def put_unevaluated(sheet: Sheet, place: CellPlace) -> None:
    """Write that the cell holds a formula whose result is not stored."""
    sheet.unevaluated.append(place_name(place))
    sheet.texts[place] = unread("公式")


def _date(number: Decimal, epoch: datetime.datetime) -> str | None:
    try:
        moment = from_excel(float(number), epoch)
    except (OverflowError, ValueError):
        return None
    if isinstance(moment, datetime.datetime):
        midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return moment.date().isoformat() if midnight else moment.isoformat(" ", "seconds")
    return str(moment)


def place_name(place: CellPlace) -> str:
    row, column = place
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def number_of(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 309 else None


def whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise
