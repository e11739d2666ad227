"""Workbooks of Excel 2007 and later (.xlsx), and of WPS, from their XML (ECMA-376 part 1, 18)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from math import inf, isfinite

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.utils.escape import unescape

from ..document import unread, without_signs
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .colours import UNKNOWN, alike
from .package import Parts, parsed, related, relations
from .sheet_model import (
    MAX_COLUMN,
    MAX_ROW,
    CellPlace,
    Font,
    Look,
    Room,
    Sheet,
    number_of,
    outside,
    put_number,
    put_text,
    put_unevaluated,
    room_for,
    unsure,
    whole,
)
from .xlsx_drawings import read_drawings
from .xlsx_looks import ON, Looks, S, read_looks

NARROWEST_COLUMN, LOWEST_ROW = 0.3, 1.0
"""Characters and points: a column or a row of no more shows nothing of its cells."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TOO_NARROW = "####"
"""What a cell shows whose number is wider than its column."""

Run = tuple[str, Font | None]
"""A part of a text and its font; None: that of the cell."""


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the sheets of an .xlsx file share."""

    looks: Looks
    epoch: datetime.datetime
    strings: list[tuple[Run, ...]]
    room: Room

    def string(self, index: str) -> tuple[Run, ...]:
        """The shared text of that number. Raises ReadError."""
        number = whole(index.strip(), -1)
        if not 0 <= number < len(self.strings):
            raise ReadError("damaged", told("readers.shared_text_missing"), index)
        return self.strings[number]


class _Page:
    """One sheet on its way from its XML: what is said of its columns and ranges before its cells come."""

    def __init__(self, sheet: Sheet, root: etree._Element, workbook: _Workbook) -> None:
        self.sheet = sheet
        self.workbook = workbook
        self.merged = {(row, column) for row, column, _, _ in sheet.merged}
        self.widths = dict(islice(_own_widths(root), MAX_COLUMN))
        self.coloured: list[tuple[int, int, int, int]] = []
        self.hiding = list(islice(_hiding_rules(root, workbook.looks), MAX_HIDING))

    def may_be_unseen(self, place: CellPlace, stored: str) -> bool:
        """Whether a conditional format strikes a number out or hides it."""
        number = number_of(stored.strip()) if self.hiding else None
        return number is not None and any(_holds(area, place) and holds(number) for area, holds in self.hiding)

    def look(self, cell: etree._Element, place: CellPlace, runs: tuple[Run, ...] = ()) -> Look:
        """How a cell looks; where a table's or a conditional format may colour it, nobody knows what is behind."""
        look = self.workbook.looks.cell(whole(cell.get("s")))
        if self.coloured:
            fonts = (look.font, *(font for _, font in runs if font is not None))
            pale = any(alike(font.colour, look.behind) for font in fonts)
            if pale and any(_holds(area, place) for area in self.coloured):
                return look._replace(behind=UNKNOWN)
        return look

    def is_too_narrow(self, text: str, look: Look, place: CellPlace, cell: etree._Element) -> bool:
        """Whether a number surely does not fit its column: more digits than letters of the usual size go there."""
        width = self.widths.get(place[1])
        if width is None or place in self.merged or sum(map(str.isdigit, text)) <= width:
            return False
        looks = self.workbook.looks
        return look.font.size >= looks.usual_size and not looks.shrinks(whole(cell.get("s")))


def _holds(area: tuple[int, int, int, int], place: CellPlace) -> bool:
    row, column, height, width = area
    return row <= place[0] < row + height and column <= place[1] < column + width


def xlsx_sheets(package: Parts, limits: Limits) -> list[Sheet]:
    """The sheets of a workbook in order; ReadError ``damaged``, ``too_large``, ``too_many_cells``."""
    main = related(package, "").get("officeDocument", "xl/workbook.xml")
    root = parsed(package, main)
    if root.tag != f"{S}workbook":
        raise ReadError("damaged", told("readers.no_spreadsheet"), main)
    shared = related(package, main)
    mac = root.find(f"{S}workbookPr")
    epoch = CALENDAR_MAC_1904 if mac is not None and mac.get("date1904") in ON else CALENDAR_WINDOWS_1900
    looks = read_looks(package, shared.get("styles", ""), shared.get("theme", ""), _FORMATS)
    strings = _strings(package, shared.get("sharedStrings", ""), looks)
    workbook = _Workbook(looks, epoch, strings, room_for(limits))
    targets = {key: target for key, kind, target in relations(package, main) if kind == "worksheet"}
    return [
        _xlsx_sheet(package, targets[entry.get(_RELATION_ID, "")], entry, workbook)
        for entry in root.iter(f"{S}sheet")
        if entry.get(_RELATION_ID, "") in targets
    ]


_LOCAL_FORMATS = {
    **dict.fromkeys((5, 6, 37, 38), "#,##0;-#,##0"),
    **dict.fromkeys((7, 8, 39, 40), "#,##0.00;-#,##0.00"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}
"""Formats by number whose look depends on the country: money (shown here without its sign) and Chinese dates."""
_FORMATS = {**BUILTIN_FORMATS, **_LOCAL_FORMATS}


def _strings(package: Parts, name: str, looks: Looks) -> list[tuple[Run, ...]]:
    if name not in package:
        return []
    return [_rich_text(item, looks) for item in parsed(package, name).iter(f"{S}si")]


def _rich_text(item: etree._Element, looks: Looks) -> tuple[Run, ...]:
    """The parts of a shared or inline string, without the pronunciation that may stand beside it."""
    plain = ((text.text or "", None) for text in item.findall(f"{S}t"))
    rich = (
        (run.findtext(f"{S}t") or "", None if (font := run.find(f"{S}rPr")) is None else looks.font(font))
        for run in item.findall(f"{S}r")
    )
    return tuple((_unescaped(text), font) for text, font in chain(plain, rich))


def _unescaped(text: str) -> str:
    """``_x4E00_`` is a character by its number; half of one that needs two is none."""
    written = str(unescape(text)) if "_x" in text else text
    written = without_signs(written)
    return written if written.isascii() else written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _xlsx_sheet(package: Parts, part: str, entry: etree._Element, workbook: _Workbook) -> Sheet:
    sheet = Sheet(without_signs(entry.get("name", "")), hidden=entry.get("state", "visible") != "visible")
    root = parsed(package, part)
    sheet.merged.extend(_range(found.get("ref", "")) for found in root.iter(f"{S}mergeCell"))
    sheet.show_zeros = all(view.get("showZeros", "1") in ON for view in root.iter(f"{S}sheetView"))
    page = _Page(sheet, root, workbook)
    page.coloured.extend(_coloured_ranges(package, part, root))
    row_at = -1
    for row in root.iter(f"{S}row"):
        row_at = whole(row.get("r"), row_at + 2) - 1
        if row.get("hidden") in ON or _length(row.get("ht")) < LOWEST_ROW:
            sheet.hidden_rows.add(row_at)
        workbook.room.take(len(row))
        _xlsx_row(page, row, row_at)
    sheet.hidden_columns.update(chain.from_iterable(_hidden_columns(root, part)))
    sheet.perhaps_unshown.extend(_perhaps_unshown(root, workbook.looks))
    sheet.drawings.extend(read_drawings(package, part, root, page.widths))
    return sheet


def _length(text: str | None) -> float:
    """A width or height, infinite where none is stated."""
    try:
        length = float(text or "inf")
    except ValueError:
        return inf
    return length if isfinite(length) else inf


def _hidden_columns(root: etree._Element, part: str) -> Iterator[range]:
    left = MAX_COLUMN
    for column in root.iter(f"{S}col"):
        if column.get("hidden") in ON or _length(column.get("width")) < NARROWEST_COLUMN:
            hidden = range(max(0, whole(column.get("min")) - 1), min(whole(column.get("max")), MAX_COLUMN))
            left -= len(hidden)
            if left < 0:
                raise ReadError("damaged", told("readers.columns_twice"), part)
            yield hidden


def _own_widths(root: etree._Element) -> Iterator[tuple[int, float]]:
    """Columns whose width was set, and how many letters go there."""
    for column in root.iter(f"{S}col"):
        width = _length(column.get("width"))
        first, last = whole(column.get("min")), whole(column.get("max"))
        if width != inf and 0 < first <= last <= first + MAX_OWN_WIDTHS:
            yield from ((at - 1, width) for at in range(first, last + 1))


MAX_OWN_WIDTHS = 100
"""Columns that one statement of a width is followed for; a form has nine, an empty rest of the sheet thousands."""


def _coloured_ranges(package: Parts, part: str, root: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    """Where the format of a table, or one by condition, may colour cells."""
    for conditional in root.iter(f"{S}conditionalFormatting"):
        for area in conditional.get("sqref", "").split():
            with suppress(ReadError):  # a whole column: no place of a cell, and no reason to refuse the file
                yield _range(area)
    for _, kind, target in relations(package, part):
        if kind == "table" and target in package:
            with suppress(ReadError):
                yield _range(parsed(package, target).get("ref", ""))


def _perhaps_unshown(root: etree._Element, looks: Looks) -> Iterator[str]:
    for conditional in root.iter(f"{S}conditionalFormatting"):
        rules = conditional.findall(f"{S}cfRule")
        hides = any(looks.may_hide(whole(rule.get("dxfId"), -1)) for rule in rules)
        if hides or any(shown.get("showValue", "1") not in ON for shown in conditional.iter(*_IN_PLACE_OF_VALUES)):
            yield conditional.get("sqref", "")


def _hiding_rules(root: etree._Element, looks: Looks) -> Iterator[tuple[tuple[int, int, int, int], _Holds]]:
    """Where a conditional format hides numbers or strikes them out, and which: those that it compares with numbers."""
    for conditional in root.iter(f"{S}conditionalFormatting"):
        for rule in conditional.findall(f"{S}cfRule"):
            bounds = [number_of(formula.text or "") for formula in rule.findall(f"{S}formula")]
            compare = _COMPARISONS.get(rule.get("operator", "")) if rule.get("type") == "cellIs" else None
            if compare is None or not bounds or None in bounds or not looks.may_hide(whole(rule.get("dxfId"), -1)):
                continue
            holds = partial(compare, *(bound for bound in (bounds[0], bounds[-1]) if bound is not None))
            for area in conditional.get("sqref", "").split():
                with suppress(ReadError):
                    yield _range(area), holds


MAX_HIDING = 500
"""So many rules are asked of each number; a form has a few."""

_Holds = Callable[[Decimal], bool]
_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    "equal": lambda low, _, number: number == low,
    "notEqual": lambda low, _, number: number != low,
    "greaterThan": lambda low, _, number: number > low,
    "greaterThanOrEqual": lambda low, _, number: number >= low,
    "lessThan": lambda low, _, number: number < low,
    "lessThanOrEqual": lambda low, _, number: number <= low,
    "between": lambda low, high, number: low <= number <= high,
    "notBetween": lambda low, high, number: not low <= number <= high,
}

_IN_PLACE_OF_VALUES = (f"{S}dataBar", f"{S}iconSet")
"""Bars and signs that a conditional format shows beside the values of cells, or in their place."""


def _xlsx_row(page: _Page, row: etree._Element, row_at: int) -> None:
    column_at = -1
    is_low = _length(row.get("ht")) < LOWEST_SURE_ROW
    for cell in row.iter(f"{S}c"):
        reference = cell.get("r")
        column_at = column_at + 1 if reference is None else _place(reference)[1]
        if not (0 <= row_at < MAX_ROW and 0 <= column_at < MAX_COLUMN):
            raise outside(reference or "")
        place = (row_at, column_at)
        _xlsx_cell(page, cell, place)
        looks, style = page.workbook.looks, whole(cell.get("s"))
        is_cut = is_low or looks.fills(style) or looks.crosses_out(style)
        if place in page.sheet.texts and (is_cut or page.may_be_unseen(place, cell.findtext(f"{S}v") or "")):
            page.sheet.texts[place] = unsure(page.sheet.texts[place])


def _xlsx_cell(page: _Page, cell: etree._Element, place: CellPlace) -> None:
    kind, stored = cell.get("t", "n"), cell.findtext(f"{S}v")
    sheet, workbook = page.sheet, page.workbook
    if kind == "inlineStr":
        inline = cell.find(f"{S}is")
        _put_runs(page, cell, place, () if inline is None else _rich_text(inline, workbook.looks))
    elif stored is None or not stored.strip():
        if cell.find(f"{S}f") is not None and kind != "str":
            put_unevaluated(sheet, place)
    elif kind == "n" and (number := number_of(stored.strip())) is not None:
        look = page.look(cell, place)
        put_number(sheet, place, number, look, workbook.epoch)
        if page.widths and page.is_too_narrow(sheet.texts.get(place, ""), look, place, cell):
            sheet.texts[place] = unread(_TOO_NARROW)
    elif kind == "s":
        _put_runs(page, cell, place, workbook.string(stored))
    else:
        _put_runs(page, cell, place, ((_TRUTH.get(stored, stored) if kind == "b" else _unescaped(stored), None),))


LOWEST_SURE_ROW = 6.0
"""Points: a row that is lower cuts the words of a table."""


def _put_runs(page: _Page, cell: etree._Element, place: CellPlace, runs: tuple[Run, ...]) -> None:
    look = page.look(cell, place, runs)
    put_text(page.sheet, place, ((text, font or look.font) for text, font in runs), look)
    text = page.sheet.texts[place]
    if page.widths and text.isdecimal() and page.is_too_narrow(text, look, place, cell):
        page.sheet.texts[place] = unsure(text)


_TRUTH = {"0": "FALSE", "1": "TRUE"}


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return top, left, bottom - top + 1, right - left + 1


def _place(reference: str) -> CellPlace:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ReadError("damaged", told("readers.cell_name"), reference[:40])
    return int(match[2]) - 1, column_index_from_string(match[1]) - 1
