"""PDFs that do not name the characters of their figures, but carry a font that does.

The fonts are built here: their digits are drawn in the seven strokes of a clock's display, so that many fill one box.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from build.document import Document, Grid
from build.limits import Limits
from build.readers.pdf import read
from tests.render.pdf import FIRST_EXTRA, glyph_font, ruled, say, write_page

STROKES = {
    "top": (100, 600, 500, 700),
    "middle": (100, 300, 500, 400),
    "bottom": (100, 0, 500, 100),
    "upper left": (100, 350, 200, 700),
    "upper right": (400, 350, 500, 700),
    "lower left": (100, 0, 200, 350),
    "lower right": (400, 0, 500, 350),
}
LEFT, RIGHT = {"upper left", "lower left"}, {"upper right", "lower right"}
ACROSS = {"top", "middle", "bottom"}
DRAWN = {
    "0": LEFT | RIGHT | {"top", "bottom"},
    "1": RIGHT,
    "2": ACROSS | {"upper right", "lower left"},
    "3": ACROSS | RIGHT,
    "4": RIGHT | {"upper left", "middle"},
    "5": ACROSS | {"upper left", "lower right"},
    "6": ACROSS | LEFT | {"lower right"},
    "7": RIGHT | {"top"},
    "8": ACROSS | LEFT | RIGHT,
    "9": ACROSS | RIGHT | {"upper left"},
}
ORDER = ".4071829365"
"""Which digit each glyph of the font draws, by number; the first glyph is the one for what a font lacks."""
OWN_TABLE = {ord(digit): number for number, digit in enumerate(ORDER) if digit.isdigit()}


def font(table: Mapping[int, int] | None = OWN_TABLE, drawn: Mapping[str, set[str]] = DRAWN) -> bytes:
    """A TrueType font; ``table``: character → glyph number, None for a font without a table."""
    names = [f"glyph{number}" for number in range(len(ORDER))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: names[number] for code, number in (table or {}).items()})
    builder.setupGlyf({name: outline(drawn.get(digit, set())) for name, digit in zip(names, ORDER, strict=True)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    if table is None:
        del builder.font["cmap"]
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def outline(strokes: set[str]) -> object:
    pen = TTGlyphPen(None)
    for x0, y0, x1, y1 in (STROKES[name] for name in sorted(strokes)):
        pen.moveTo((x0, y0))
        for corner in ((x0, y1), (x1, y1), (x1, y0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def show(x: float, y: float, digits: str, name: str = "T", matrix: str = "1 0 0 1") -> str:
    """Digits in a font whose codes are glyph numbers."""
    codes = "".join(f"{ORDER.index(digit):04x}" for digit in digits)
    return f"BT /{name} 10 Tf {matrix} {x} {y} Tm <{codes}> Tj ET"


def exchanged(one: str, other: str) -> bytes:
    """The table of code → glyph that exchanges two digits."""
    glyphs = list(range(len(ORDER)))
    first, second = ORDER.index(one), ORDER.index(other)
    glyphs[first], glyphs[second] = second, first
    return b"".join(number.to_bytes(2, "big") for number in glyphs)


GRID = ruled((40, 140, 240, 340), (60, 90, 120))
WORDS = [
    say(20, 220, "本年的公开工作按计划推进各科室核对栏目并按季自查汇总"),
    say(20, 200, "其余各项工作均已按照年初所定的安排逐项办结并且归档备查"),
    say(20, 180, "下列表格所列各项数字均由本机关各科室逐项核对后汇总而成特此说明"),
    say(20, 160, "表中没有填写的格子表示本年没有发生相应的事项"),
    *(say(50, y, label) for y, label in ((100, "行政许可"), (70, "行政处罚"))),
]
FIGURES = [["908", "1426"], ["5730", "6"]]


def printed(*fonts: Sequence[bytes], shown: Sequence[str] = ()) -> bytes:
    """A page with a table of ``FIGURES`` (or what else is ``shown``) in the first of the fonts, named T, U …."""
    cells = [show(150 + 100 * x, 100 - 30 * y, FIGURES[y][x]) for y in range(2) for x in range(2)]
    names = "".join(f"/{name} {FIRST_EXTRA + 5 * at} 0 R" for at, name in zip(range(len(fonts)), "TUV", strict=False))
    further = [part for one in fonts for part in one]
    return write_page([*GRID, *WORDS, *(shown or cells)], fonts=names, further=further)


def read_one(data: bytes) -> Document:
    (document,) = read(data, Limits())
    return document


def cells_of(document: Document) -> list[list[str]]:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    texts = {(cell.row, cell.column): document.text[cell.start : cell.end] for cell in grid.cells}
    return [[texts[y, x] for x in (1, 2)] for y in range(2)]


def codes(document: Document) -> set[tuple[str, str]]:
    return {(notice.severity, notice.code) for notice in document.notices}


UNKNOWN = {("warning", "mojibake"), ("warning", "damaged_characters")}


def unknown(figures: Sequence[Sequence[str]], digits: str = "0123456789") -> list[list[str]]:
    """What is read of figures some of whose digits are not known."""
    return [["".join("\ufffd" if digit in digits else digit for digit in text) for text in row] for row in figures]


def test_figures_are_told_by_the_font_that_draws_them() -> None:
    document = read_one(printed(glyph_font(font(), FIRST_EXTRA)))
    assert cells_of(document) == FIGURES
    assert codes(document) == {("note", "characters_from_font")}


def test_a_table_of_glyphs_that_says_the_same_changes_nothing() -> None:
    same = b"".join(number.to_bytes(2, "big") for number in range(len(ORDER)))
    assert cells_of(read_one(printed(glyph_font(font(), FIRST_EXTRA, same)))) == FIGURES


@pytest.mark.parametrize("matrix", ["2 0 0 1", "0.1 0 0 0.1"])
def test_figures_printed_wide_or_small_are_told(matrix: str) -> None:
    assert "1426" in read_one(printed(glyph_font(font(), FIRST_EXTRA), shown=[show(150, 40, "1426", "T", matrix)])).text


def test_figures_of_a_turned_page_are_told() -> None:
    turned = [show(200 + 20 * at, 100, digits, "T", "0 1 -1 0") for at, digits in enumerate(("908", "1426", "573"))]
    page = write_page(
        [say(40 + 20 * at, 20, text, turn=(0, 1)) for at, text in enumerate(("本年的公开工作按计划推进", "行政许可"))]
        + turned,
        fonts=f"/T {FIRST_EXTRA} 0 R",
        further=glyph_font(font(), FIRST_EXTRA),
    )
    assert {"908", "1426", "573"} <= set(read_one(page).text.split())


@pytest.mark.parametrize("pair", ["69", "08", "17", "25"])
def test_a_font_whose_codes_are_not_its_glyph_numbers_is_not_believed(pair: str) -> None:
    """6 and 9 fill the same box: only their looks tell that the file exchanges them."""
    document = read_one(printed(glyph_font(font(), FIRST_EXTRA, exchanged(pair[0], pair[1]))))
    assert cells_of(document) == unknown(FIGURES)
    assert codes(document) == UNKNOWN


def with_table_of_rubbish(program: bytes) -> bytes:
    entry = TTFont(io.BytesIO(program)).reader.tables["cmap"]
    start, length = int(entry.offset), int(entry.length)
    return program[:start] + b"\xff" * length + program[start + length :]


NO_TABLE = {
    "no table": font(None),
    "an empty table": font({}),
    "a table of private signs": font({0xF030 + int(chr(code)): number for code, number in OWN_TABLE.items()}),
    "a table of rubbish": with_table_of_rubbish(font()),
}


@pytest.mark.parametrize("program", [*NO_TABLE.values(), None], ids=[*NO_TABLE, "no font"])
def test_figures_whose_font_tells_nothing_stay_unknown(program: bytes | None) -> None:
    document = read_one(printed(glyph_font(program, FIRST_EXTRA)))
    assert all(set(text) - {" "} == {"\ufffd"} for row in cells_of(document) for text in row)
    assert codes(document) == UNKNOWN


def test_digits_that_the_font_draws_alike_stay_unknown() -> None:
    alike = glyph_font(font(drawn={**DRAWN, "9": DRAWN["8"]}), FIRST_EXTRA)
    document = read_one(printed(alike))
    assert cells_of(document) == unknown(FIGURES, "89")
    assert codes(document) == {("note", "characters_from_font"), *UNKNOWN}


def test_a_glyph_of_two_characters_stays_unknown() -> None:
    both = font({**OWN_TABLE, ord("O"): ORDER.index("0")})
    assert cells_of(read_one(printed(glyph_font(both, FIRST_EXTRA)))) == unknown(FIGURES, "0")


def test_a_raised_sign_of_the_font_is_no_digit() -> None:
    raised = {code: number for code, number in OWN_TABLE.items() if chr(code) != "2"} | {ord("²"): ORDER.index("2")}
    assert cells_of(read_one(printed(glyph_font(font(raised), FIRST_EXTRA)))) == [["908", "14²6"], ["5730", "6"]]


def test_each_font_is_believed_for_itself() -> None:
    fonts = [glyph_font(font(), FIRST_EXTRA), glyph_font(font(), FIRST_EXTRA + 5, exchanged("6", "9"))]
    shown = [show(150, 100, "908"), show(250, 100, "1426", "U"), show(150, 70, "5730"), show(250, 70, "6", "U")]
    document = read_one(printed(*fonts, shown=shown))
    assert cells_of(document) == [["908", "\ufffd" * 4], ["5730", "\ufffd"]]
    assert codes(document) == {("note", "characters_from_font"), *UNKNOWN}
