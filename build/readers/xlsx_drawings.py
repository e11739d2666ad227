"""Pictures and boxes that lie over the cells of an .xlsx sheet (ECMA-376 part 1, 20.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from .package import Parts, parsed, relations
from .sheet_model import BOX, MAX_COLUMN, MAX_ROW, PICTURE, Drawing, whole
from .xlsx_looks import ON, S

MAX_DRAWINGS = 1000
"""Drawings of a sheet that are looked at."""

_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_POINT, _PIXEL = 12_700, 9_525
"""English metric units of a point, and of a pixel on a screen of 96 to the inch."""
_USUAL_WIDTH, _USUAL_HEIGHT = 64 * _PIXEL, 20 * _PIXEL
_FURTHEST = 2_000
"""Columns or rows that a drawing without a second corner is followed for."""
_FILLS = tuple(f"{_A}{name}" for name in ("solidFill", "gradFill", "pattFill", "blipFill"))


def read_drawings(package: Parts, part: str, root: etree._Element, widths: Mapping[int, float]) -> Iterator[Drawing]:
    """What lies over the cells of the sheet in ``part``; ``widths``: letters that go into a column."""
    targets = [target for _, kind, target in relations(package, part) if kind == "drawing" and target in package]
    if not targets:
        return
    heights = {whole(row.get("r")) - 1: row.get("ht", "") for row in root.iter(f"{S}row") if row.get("ht")}
    columns = {at: int((7 * width + 5) * _PIXEL) for at, width in widths.items()}
    rows = {at: int(float(height) * _POINT) for at, height in heights.items() if height.replace(".", "", 1).isdecimal()}
    anchors = (
        anchor for target in targets for anchor in parsed(package, target) if anchor.find(f"{_D}from") is not None
    )
    for anchor in islice(anchors, MAX_DRAWINGS):
        what = _what(anchor)
        if what is not None:
            left, top, right, bottom = _corners(anchor, columns, rows)
            yield Drawing(what, left, top, right, bottom, _covers(anchor))


def _what(anchor: etree._Element) -> str | None:
    """What a drawing shows: a picture or a chart, or a box with words; None for a line, or what is not printed."""
    if any(named.get("hidden") in ON for named in anchor.iter(f"{_D}cNvPr")):
        return None
    if any("".join(text.text or "" for text in box.iter(f"{_A}t")).strip() for box in anchor.iter(f"{_D}txBody")):
        return BOX
    if next(anchor.iter(f"{_D}pic", f"{_D}graphicFrame"), None) is not None:
        return PICTURE
    return BOX if _covers(anchor) else None


def _covers(anchor: etree._Element) -> bool:
    """Whether a shape is filled so that nothing shows through. A picture may be a stamp, whose paper does not show."""
    shape = anchor.find(f"{_D}sp")
    properties = None if shape is None else shape.find(f"{_D}spPr")
    if shape is None or properties is None or properties.find(f"{_A}noFill") is not None:
        return False
    fill = next((found for found in properties if found.tag in _FILLS), None)
    if fill is None:
        by_style = shape.find(f"{_D}style/{_A}fillRef")
        return by_style is not None and whole(by_style.get("idx")) > 0
    return next(fill.iter(f"{_A}alpha"), None) is None


def _corners(
    anchor: etree._Element, columns: Mapping[int, int], rows: Mapping[int, int]
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, in columns and rows."""
    left, top = _corner(anchor.find(f"{_D}from"), columns, rows)
    end, extent = anchor.find(f"{_D}to"), anchor.find(f"{_D}ext")
    if end is not None:
        right, bottom = _corner(end, columns, rows)
    elif extent is not None:
        right = _reach(left, whole(extent.get("cx")), columns, _USUAL_WIDTH)
        bottom = _reach(top, whole(extent.get("cy")), rows, _USUAL_HEIGHT)
    else:
        right, bottom = left, top
    return left, top, right, bottom


def _corner(element: etree._Element | None, columns: Mapping[int, int], rows: Mapping[int, int]) -> tuple[float, float]:
    def place(name: str, sizes: Mapping[int, int], usual: int, most: int) -> float:
        at = min(whole(None if element is None else element.findtext(f"{_D}{name}")), most)
        offset = whole(None if element is None else element.findtext(f"{_D}{name}Off"))
        return at + min(offset / max(sizes.get(at, usual), 1), 0.999)

    return place("col", columns, _USUAL_WIDTH, MAX_COLUMN), place("row", rows, _USUAL_HEIGHT, MAX_ROW)


def _reach(start: float, extent: int, sizes: Mapping[int, int], usual: int) -> float:
    """Where something that begins at ``start`` and is ``extent`` long ends."""
    at = int(start)
    left = extent + (start - at) * sizes.get(at, usual)
    for step in range(at, at + _FURTHEST):
        size = max(sizes.get(step, usual), 1)
        if left <= size:
            return step + min(left / size, 0.999)
        left -= size
    return float(at + _FURTHEST)
