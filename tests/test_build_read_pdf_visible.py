"""The PDF reader reads what a page shows: words hidden, covered, crossed out or raised make no figure, fields do."""

from __future__ import annotations

import pytest

from build.document import HIDDEN, RAISED, STRUCK, Document, Grid
from build.limits import Limits
from build.readers.pdf import read
from tests.render.pdf import FIRST_EXTRA, form_object, line, page_html, print_html, ruled, say, write_page, write_pdf

XS, YS = (20, 140, 260, 380), (140, 170, 200, 230)
ROWS = (("信息内容", "本年制发", "现行有效"), ("规章", "", "58"), ("规范性文件", "7", "604"))
"""What stands in the cells; each test prints the cell behind 规章 itself."""
AT_X, AT_Y = 170, 180
WHITE, GREY, BLACK = "1 g", "0.45 g", "0 g"


def table(*operators: str) -> list[str]:
    """Content of a page: a ruled table, and what is printed in and around its open cell."""
    words = [
        say(XS[column] + 8, YS[-2 - row] + 10, text)
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
        if text
    ]
    return [*ruled(XS, YS), *words, *operators]


def put(text: str, across: float = 0, up: float = 0, size: float = 10, mode: int = 0) -> str:
    """Words in the open cell."""
    return say(AT_X + across, AT_Y + up, text, size, mode=mode)


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """A filled box."""
    return f"{x0} {y0} {x1 - x0} {y1 - y0} re f"


def read_one(data: bytes) -> Document:
    (document,) = read(data, Limits())
    return document


def read_table(*operators: str, **parts: str) -> Document:
    return read_one(write_page(table(*operators), **parts))  # type: ignore[arg-type]


def open_cell(document: Document) -> str:
    """What a person reads in the open cell; all other cells must be as printed."""
    (grid,) = [block for block in document.as_shown().blocks if isinstance(block, Grid)]
    texts = [[cell.text.strip() if cell else None for cell in row] for row in grid.matrix()]
    found = texts[1][1]
    texts[1][1] = ""
    assert texts == [list(row) for row in ROWS]
    assert found is not None
    return found


def assert_cell(document: Document, shown: str, *marks: tuple[str, str]) -> None:
    """The open cell shows ``shown``, and ``marks`` (kind, words) are all that is told apart."""
    assert (open_cell(document), [(mark.kind, mark.words) for mark in document.marks]) == (shown, list(marks))


def test_a_plain_cell_is_read_and_nothing_is_told_apart() -> None:
    assert_cell(read_table(put("316")), "316")


# Crossed out -------------------------------------------------------------------------------------------------------

MIDDLE = AT_Y + 3.5
CROSSINGS = {
    "a line": line(AT_X, MIDDLE, AT_X + 15, MIDDLE),
    "a line drawn from right to left": line(AT_X + 15, MIDDLE, AT_X, MIDDLE),
    "a thin box": box(AT_X, MIDDLE - 0.3, AT_X + 15, MIDDLE + 0.3),
    "two lines": line(AT_X, MIDDLE - 1, AT_X + 15, MIDDLE - 1) + " " + line(AT_X, MIDDLE + 1, AT_X + 15, MIDDLE + 1),
    "a line that reaches further": line(AT_X - 6, MIDDLE, AT_X + 16.5, MIDDLE),
    "one line a glyph": " ".join(line(AT_X + 5 * n, MIDDLE, AT_X + 5 * n + 5, MIDDLE) for n in range(3)),
    "a curve's chord": f"{AT_X} {MIDDLE} m {AT_X + 5} {MIDDLE + 1} {AT_X + 10} {MIDDLE - 1} {AT_X + 15} {MIDDLE} c S",
}


@pytest.mark.parametrize("crossing", CROSSINGS.values(), ids=CROSSINGS.keys())
def test_digits_crossed_out_before_others_make_no_part_of_the_figure(crossing: str) -> None:
    assert_cell(read_table(put("479", 0), crossing, put("482", 15)), "482", (STRUCK, "〔划去:479〕"))


def test_a_line_through_the_whole_cell_crosses_its_figure_out() -> None:
    crossing = line(XS[1] + 1, MIDDLE, XS[2] - 1, MIDDLE)
    assert_cell(read_table(put("479"), crossing), "", (STRUCK, "〔划去:479〕"))


def test_a_line_through_a_whole_row_crosses_out_every_cell_of_it() -> None:
    document = read_table(put("479"), line(XS[0] + 4, MIDDLE, XS[3] - 4, MIDDLE))
    assert [mark.words for mark in document.marks] == ["〔划去:规章〕", "〔划去:479〕", "〔划去:58〕"]


SLASHES = {
    "a slash": line(AT_X - 1, AT_Y - 2, AT_X + 16, AT_Y + 10),
    "a slash drawn from above": line(AT_X - 1, AT_Y + 10, AT_X + 16, AT_Y - 2),
    "a steep slash": line(AT_X + 4, AT_Y - 4, AT_X + 11, AT_Y + 11),
    "a steep slash through one digit": line(AT_X + 10, AT_Y - 4, AT_X + 15, AT_Y + 11),
    "a cross": line(AT_X, AT_Y - 1, AT_X + 15, AT_Y + 9) + " " + line(AT_X, AT_Y + 9, AT_X + 15, AT_Y - 1),
    "a slash drawn to half the scale": f"q 0.5 0 0 0.5 {AT_X} {AT_Y} cm {line(-2, -4, 32, 20)} Q",
    "from side to side of the cell": line(XS[1] + 1, YS[1] + 5, XS[2] - 1, YS[2] - 1),
}


@pytest.mark.parametrize("slash", SLASHES.values(), ids=SLASHES.keys())
def test_a_figure_that_a_slanted_line_runs_through_is_crossed_out(slash: str) -> None:
    assert_cell(read_table(put("479"), slash), "", (STRUCK, "〔划去:479〕"))


UNCROSSING = {
    "a slash beside": line(AT_X + 18, AT_Y - 2, AT_X + 30, AT_Y + 10),
    "a tick below": line(AT_X + 4, AT_Y - 6, AT_X + 11, AT_Y + 1),
    "a chart's curve": f"{AT_X - 5} {AT_Y + 12} m {AT_X + 2} {AT_Y - 4} l {AT_X + 12} 191 l {AT_X + 20} 176 l S",
    "an underline": line(AT_X, AT_Y - 1.2, AT_X + 15, AT_Y - 1.2),
    "a line above": line(AT_X, AT_Y + 9.5, AT_X + 15, AT_Y + 9.5),
    "a line beside": line(AT_X + 18, MIDDLE, AT_X + 40, MIDDLE),
}


@pytest.mark.parametrize("other", UNCROSSING.values(), ids=UNCROSSING.keys())
def test_a_line_that_runs_through_no_glyph_crosses_nothing_out(other: str) -> None:
    assert_cell(read_table(put("479"), other), "479")


@pytest.mark.parametrize("up", [-8.5, 11.5])
def test_words_close_to_the_edge_of_their_cell_are_not_crossed_out(up: float) -> None:
    assert_cell(read_table(put("479", up=up)), "479")


def test_a_crossed_out_cell_leaves_its_neighbours_alone() -> None:
    """The line ends in the cell it crosses."""
    document = read_table(put("479"), line(AT_X, MIDDLE, AT_X + 15, MIDDLE))
    assert_cell(document, "", (STRUCK, "〔划去:479〕"))


def test_words_that_a_strikeout_note_covers_are_crossed_out() -> None:
    quad = f"[{AT_X} 190 {AT_X + 15} 190 {AT_X} 178 {AT_X + 15} 178]"
    note = f"<</Type/Annot/Subtype/StrikeOut/Rect[{AT_X} 178 {AT_X + 15} 190]/QuadPoints{quad}/C[1 0 0]>>"
    document = read_table(put("479"), put("482", 15), annotations=note)
    assert_cell(document, "482", (STRUCK, "〔划去:479〕"))
    assert_cell(read_table(put("479"), annotations=note.replace("StrikeOut", "Highlight")), "479")
    assert_cell(read_table(put("479"), annotations=note.replace("StrikeOut", "Underline")), "479")


def test_a_line_drawn_as_a_note_crosses_out() -> None:
    appearance = form_object(f"1 0 0 RG {line(AT_X, MIDDLE, AT_X + 15, MIDDLE)}").replace(
        b"/BBox[-999 -999 999 999]", f"/BBox[{AT_X - 1} {MIDDLE - 2} {AT_X + 16} {MIDDLE + 2}]".encode()
    )
    note = (
        f"<</Type/Annot/Subtype/Line/Rect[{AT_X - 1} {MIDDLE - 2} {AT_X + 16} {MIDDLE + 2}]"
        f"/L[{AT_X} {MIDDLE} {AT_X + 15} {MIDDLE}]/AP<</N {FIRST_EXTRA} 0 R>>>>"
    )
    document = read_one(write_page(table(put("479")), annotations=note, further=[appearance]))
    assert_cell(document, "", (STRUCK, "〔划去:479〕"))


# Raised and lowered ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("up", "mark"), [(4, "³"), (3, "³"), (-2, "₃")], ids=["raised", "raised a little", "lowered"])
@pytest.mark.parametrize("size", [5.5, 6.5, 8])
def test_a_smaller_digit_off_the_line_is_a_note_mark(up: float, mark: str, size: float) -> None:
    assert_cell(read_table(put("89"), put("3", 10, up, size)), "89", (RAISED, mark))


@pytest.mark.parametrize(("up", "mark"), [(4, "³"), (-4, "₃")])
def test_a_digit_of_the_same_size_off_the_line_is_a_note_mark(up: float, mark: str) -> None:
    assert_cell(read_table(put("7391"), put("3", 20, up)), "7391", (RAISED, mark))


@pytest.mark.parametrize("up", [1, -1, 0.5])
def test_digits_a_little_off_the_line_are_digits(up: float) -> None:
    assert_cell(read_table(put("7391"), put("3", 20, up)), "73913")


def test_a_raised_mark_of_several_glyphs_is_one() -> None:
    assert_cell(read_table(put("89"), put("[12]", 10, 4, 6)), "89", (RAISED, "[¹²]"))


def test_a_much_smaller_digit_on_the_line_may_be_a_note_mark() -> None:
    assert_cell(read_table(put("89"), put("3", 10, 0, 7)), "89〔不能确定〕")
    assert_cell(read_table(put("89"), put("3", 10, 0, 8)), "893")


def test_smaller_figures_of_another_cell_or_another_line_are_figures() -> None:
    assert_cell(read_table(say(XS[2] - 12, 180, "893", 5, (1, 0))), "893")
    small = [say(150, 183, "4", 6), say(270 - 16.5, 188, "2", 6)]
    assert_cell(read_table(small[0]), "4")


def test_a_small_figure_off_the_line_behind_an_upright_line_is_one_of_its_own_cell() -> None:
    words = [say(28, 150, "规章"), say(138, 150, "89"), say(151, 154, "1", 6)]
    parted = read_one(write_page([*ruled((20, 100, 149, 260), (140, 170)), *words]))
    (grid,) = [block for block in parted.as_shown().blocks if isinstance(block, Grid)]
    assert ([cell.text for cell in grid.cells], parted.marks) == (["规章", "89", "1"], ())
    together = read_one(write_page([*ruled((20, 100, 260), (140, 170)), *words]))
    assert [(mark.kind, mark.words) for mark in together.marks] == [(RAISED, "¹")]


def test_a_raised_mark_behind_a_label_is_no_part_of_it() -> None:
    document = read_one(
        write_page([*ruled((20, 140, 260), (140, 170)), say(28, 150, "规章"), say(48, 154, "1", 6), say(150, 150, "7")])
    )
    (grid,) = [block for block in document.as_shown().blocks if isinstance(block, Grid)]
    assert [cell.text.strip() for cell in grid.cells] == ["规章", "7"]


# Not seen ----------------------------------------------------------------------------------------------------------

LIGHT = "0.97 0.97 1 rg"
UNSEEN = {
    "white": f"{WHITE} {put('9')} {BLACK}",
    "nearly white": f"{LIGHT} {put('9')} {BLACK}",
    "in the invisible mode": f"{put('9', mode=3)} 0 Tr",
    "as a clip only": f"q {put('9', mode=7)} Q",
    "with a white outline only": f"{WHITE} 1 G {put('9', mode=1)} 0 G {BLACK}",
    "under a white box": f"{put('9')} {WHITE} {box(AT_X - 1, 178, AT_X + 5, 190)} {BLACK}",
    "under a picture": f"{put('9')} q 7 0 0 12 {AT_X - 1} 178 cm /Im Do Q",
    "on a box of its colour": f"0 0 1 rg {box(AT_X - 1, 178, AT_X + 5, 190)} {put('9')} {BLACK}",
    "black on black": f"{box(AT_X - 1, 178, AT_X + 5, 190)} {put('9')}",
    "clipped away": f"q 0 0 50 50 re W n {put('9')} Q",
    "in a clip without area": f"q 0 0 m 0 0 l W n {put('9')} Q",
    "too small": put("9", 3, 2, 0.4),
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN.keys())
def test_digits_that_are_not_seen_make_no_part_of_the_figure(unseen: str) -> None:
    assert_cell(read_table(unseen, put("12", 5)), "12", (HIDDEN, "9"))


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN.keys())
def test_a_cell_with_nothing_but_unseen_digits_is_blank_and_says_so(unseen: str) -> None:
    assert_cell(read_table(unseen), "", (HIDDEN, "9"))


CUT = {
    "the lower half clipped": f"q {AT_X - 5} {AT_Y + 4} 60 20 re W n {put('3862')} Q",
    "the last digit clipped in its middle": f"q {AT_X - 5} {AT_Y - 5} 22.5 30 re W n {put('3862')} Q",
    "the lower half under a white box": f"{put('3862')} {WHITE} {box(AT_X - 5, 178, AT_X + 60, AT_Y + 4)} {BLACK}",
    "the upper half under a white box": f"{put('3862')} {WHITE} {box(AT_X - 5, AT_Y + 3, AT_X + 60, 195)} {BLACK}",
    "the last digit half under a white box": f"{put('3862')} {WHITE} {box(AT_X + 17, 178, AT_X + 60, 192)} {BLACK}",
}


@pytest.mark.parametrize("cut", CUT.values(), ids=CUT.keys())
def test_of_a_number_whose_digits_are_half_seen_no_figure_is_made(cut: str) -> None:
    """Nor is the cell blank: something is seen there."""
    assert_cell(read_table(cut), "〔不能确定〕")


@pytest.mark.parametrize(("edge", "shown"), [(10, "〔不能确定〕"), (12, "〔不能确定〕"), (16, "12")])
def test_a_number_that_ends_where_the_page_cuts_another_word_may_have_more_digits(edge: float, shown: str) -> None:
    """A browser prints no digit beyond the edge of a page: of 1276 it leaves 12, and of the heading above a half."""
    heading = f"q 0 0 {AT_X + edge} 300 re W n {put('总计', up=80)} Q"
    assert_cell(read_table(heading, put("12")), shown)


def test_a_word_cut_elsewhere_leaves_a_number_what_it_is() -> None:
    for x0, y0, x1, y1 in ((0, 240, AT_X + 12, 300), (0, 0, AT_X + 40, 300), (AT_X + 12, 0, 400, 300)):
        across = x1 - AT_X - 10 if x1 < 400 else 2
        heading = f"q {x0} {y0} {x1 - x0} {y1 - y0} re W n {put('总计', across, 80)} Q"
        assert_cell(read_table(heading, put("12")), "12")


def test_a_number_at_the_end_of_a_line_of_prose_is_whole_where_the_page_cuts_another_word() -> None:
    heading = f"q 0 0 {AT_X + 21} 300 re W n {put('总计', 10, 80)} Q"
    assert_cell(read_table(heading, put("共12")), "共12")


WHOLE = {
    "a clip around it": f"q {AT_X - 1} {AT_Y - 1} 24 12 re W n {put('3862')} Q",
    "a white box below": f"{put('3862')} {WHITE} {box(AT_X - 5, 172, AT_X + 60, AT_Y - 0.3)} {BLACK}",
    "small, in a clip": f"q {AT_X - 1} {AT_Y - 1} 24 12 re W n {put('3862', size=5)} Q",
    "a slip of a clip": f"q {AT_X - 1} {AT_Y + 0.3} 24 12 re W n {put('3862')} Q",
}


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE.keys())
def test_a_number_that_is_as_good_as_whole_is_read(whole: str) -> None:
    assert_cell(read_table(whole), "3862")


ON_EACH_OTHER = {
    "another number on it": put("3862") + " " + put("5147"),
    "another number on most of it": put("3862") + " " + put("5147", 2.5),
    "digits drawn together": f"-4 Tc {put('3862')} 0 Tc",
    "a fifth as wide": f"20 Tz {put('3862')} 100 Tz",
}


@pytest.mark.parametrize("printed", ON_EACH_OTHER.values(), ids=ON_EACH_OTHER.keys())
def test_digits_printed_on_each_other_make_no_figure(printed: str) -> None:
    assert not open_cell(read_table(printed)).isdecimal()
    assert open_cell(read_table(printed)) != ""


@pytest.mark.parametrize(
    "printed",
    [
        f"-100 Tz {put('36', 20)} 100 Tz",
        say(AT_X + 20, AT_Y + 8, "61", turn=(-1, 0)),
        f"/Span <</ActualText(9)>> BDC {put('3')} EMC",
        f"/P <</MCID 0>> BDC /Span <</ActualText<FEFF00390031>>> BDC {put('36')} EMC EMC",
    ],
    ids=["mirrored", "head down", "read out", "read out within a paragraph"],
)
def test_digits_that_are_told_otherwise_than_they_look_make_no_figure(printed: str) -> None:
    assert open_cell(read_table(printed)).startswith("〔不能确定〕")


def dots(x: float, width: float = 6, height: float = 9, y: float = AT_Y) -> str:
    """A picture in the open cell, ``x`` points behind where its words begin."""
    return f" q {width} 0 0 {height} {AT_X + x} {y} cm /Im Do Q "


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        (put("3") + dots(5.6) + put("2", 12.2), "3〔图片〕2"),
        (dots(0) + put("2", 6.5), "〔图片〕2"),
        (put("2") + dots(5.6), "2〔图片〕"),
        (put("共") + dots(10.5) + dots(16.7) + put("2件", 23), "共〔图片〕2件"),
        (put("共") + dots(10.5) + put("件", 17), "共〔图片〕件"),
        (put("共") + dots(10.5) + put("。", 17), "共。"),
        (put("38") + dots(20), "38"),
        (put("38") + dots(11.2, 3, 3), "38"),
        (put("38") + dots(11.2, 60, 40), "38"),
    ],
    ids=["within", "before", "behind", "two", "instead", "in words", "apart", "a dot", "large"],
)
def test_a_picture_within_a_figure_or_in_its_place_is_told(printed: str, read_as: str) -> None:
    assert open_cell(read_table(printed)).replace(" ", "") == read_as


def test_a_raised_mark_at_the_begin_of_what_a_file_gives_as_a_line_is_told() -> None:
    words = [say(40, 180, "共362", 10), say(40 + 26.7, 184, "1", 6), say(40 + 30, 180, "件。", 10)]
    (document,) = [read_one(write_page(words))]
    assert [(mark.kind, mark.words) for mark in document.marks] == [(RAISED, "¹")]
    assert document.as_shown().text.replace(" ", "") == "共362件。"


def test_words_behind_a_mask_are_not_seen() -> None:
    parts = "/ExtGState<</Masked<</SMask<</S/Luminosity/G 7 0 R>>>>>>"
    black = form_object("0 g 0 0 400 300 re f", "/Group<</S/Transparency/CS/DeviceGray>>")
    document = read_one(write_page(table(f"q /Masked gs {put('9')} Q", put("12", 5)), parts, further=[black]))
    assert_cell(document, "12", (HIDDEN, "9"))


@pytest.mark.parametrize("printed", [f"80 Tz {put('3862')} 100 Tz", f"-0.5 Tc {put('3862')} 0 Tc", put("11")])
def test_narrow_digits_are_read(printed: str) -> None:
    assert open_cell(read_table(printed)) in ("3862", "11")


SEEN = {
    "grey": f"{GREY} {put('316')} {BLACK}",
    "light grey": f"0.75 g {put('316')} {BLACK}",
    "white on blue": f"0 0 0.6 rg {box(145, 172, 255, 198)} {WHITE} {put('316')} {BLACK}",
    "black on yellow": f"1 1 0 rg {box(145, 172, 255, 198)} {BLACK} {put('316')}",
    "in colour": f"0.8 0 0 rg {put('316')} {BLACK}",
    "on a white box drawn before": f"{WHITE} {box(145, 172, 255, 198)} {BLACK} {put('316')}",
    "beside a box drawn later": f"{put('316')} {WHITE} {box(200, 172, 255, 198)} {BLACK}",
    "within its clip": f"q 145 172 110 26 re W n {put('316')} Q",
    "with an outline": f"0.3 w {put('316', mode=2)} 0 Tr",
    "printed twice": put("316") + put("316"),
    "with a shadow": f"0.6 g {put('316', 0.5, -0.5)} {BLACK} {put('316')}",
    "in a form": f"q 1 0 0 1 {AT_X} {AT_Y} cm /Fm Do Q",
    "below a box of another blend": f"{put('316')} /Mu gs 1 1 0 rg {box(160, 172, 200, 198)} {BLACK} /No gs",
}
STATES = "/Mu<</BM/Multiply>>/No<</BM/Normal/ca 1>>/Gone<</ca 0>>/Pale<</ca 0.04>>"
SEEN_PARTS = f"/XObject<</Im 6 0 R/Fm 7 0 R>>/ExtGState<<{STATES}>>"


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN.keys())
def test_words_that_are_seen_are_read(seen: str) -> None:
    further = [form_object(say(0, 0, "316"))]
    assert_cell(read_one(write_page(table(seen), SEEN_PARTS, further=further)), "316")


@pytest.mark.parametrize("state", ["/Gone", "/Pale"])
def test_words_without_colour_of_their_own_are_not_seen(state: str) -> None:
    hidden = f"q {state} gs {put('9')} Q"
    document = read_one(write_page(table(hidden, put("12", 5)), SEEN_PARTS, further=[form_object("")]))
    assert_cell(document, "12", (HIDDEN, "9"))


def test_a_figure_printed_over_a_covered_one_is_read() -> None:
    # pdfium tells of glyphs that are alike and printed on one place only the first: the 7, here.
    cover = f"{WHITE} {box(165, 176, 200, 192)} {BLACK}"
    document = read_table(put("7000"), cover, put("7391", 0.4, 0.2))
    assert open_cell(document) == "7391"
    assert [(mark.kind, mark.words) for mark in document.marks] == [(HIDDEN, "000")]


def test_a_pale_digit_at_a_firm_number_is_no_part_of_it() -> None:
    assert_cell(read_table(f"0.67 g {put('9')} {BLACK}", put("12", 5)), "12", (HIDDEN, "9"))


def test_words_off_the_page_are_not_read() -> None:
    assert_cell(read_table(put("316"), say(500, 180, "77"), say(170, -40, "88")), "316")


def test_a_stamp_over_blank_paper_and_a_watermark_take_nothing_away() -> None:
    stamp = "q 90 0 0 90 40 20 cm /Im Do Q"
    watermark = f"0.9 g {say(60, 60, '样稿样稿样稿', 40, (0.8, 0.6))} {BLACK}"
    assert_cell(read_table(watermark, put("316"), stamp), "316")


# Layers ------------------------------------------------------------------------------------------------------------

LAYER = b"<</Type/OCG/Name(Draft)>>"
OFF = f"/OCProperties<</OCGs[{FIRST_EXTRA} 0 R]/D<</Order[]/OFF[{FIRST_EXTRA} 0 R]>>>>"
ON = f"/OCProperties<</OCGs[{FIRST_EXTRA} 0 R]/D<</Order[]>>>>"
BASE_OFF = f"/OCProperties<</OCGs[{FIRST_EXTRA} 0 R]/D<</BaseState/OFF>>>>"
MEMBER = f"<</Type/OCMD/OCGs[{FIRST_EXTRA} 0 R]/P/AnyOn>>"
UNLESS = f"<</Type/OCMD/OCGs[{FIRST_EXTRA} 0 R]/P/AllOff>>"


def layered(words: str, properties: str, catalog: str) -> bytes:
    content = table(f"/OC /La BDC {words} EMC", put("12", 5))
    return write_page(content, f"/Properties<</La {properties}>>", catalog=catalog, further=[LAYER])


@pytest.mark.parametrize("catalog", [OFF, BASE_OFF], ids=["off", "all off"])
@pytest.mark.parametrize("properties", [f"{FIRST_EXTRA} 0 R", MEMBER], ids=["group", "membership"])
def test_words_in_a_layer_that_is_off_are_not_seen(properties: str, catalog: str) -> None:
    assert_cell(read_one(layered(put("9"), properties, catalog)), "12", (HIDDEN, "9"))


@pytest.mark.parametrize(
    ("properties", "catalog"), [(f"{FIRST_EXTRA} 0 R", ON), (MEMBER, ON), (UNLESS, OFF)], ids=["on", "member", "unless"]
)
def test_words_in_a_layer_that_is_on_are_read(properties: str, catalog: str) -> None:
    assert_cell(read_one(layered(put("9"), properties, catalog)), "912")


def test_marked_content_within_a_layer_that_is_off_is_not_seen() -> None:
    inner = f"/Span <</MCID 0>> BDC {put('9')} EMC"
    assert_cell(read_one(layered(inner, f"{FIRST_EXTRA} 0 R", OFF)), "12", (HIDDEN, "9"))


@pytest.mark.parametrize(("catalog", "shown"), [(OFF, "12"), (ON, "912")])
def test_a_form_in_a_layer_is_seen_as_its_layer_is(catalog: str, shown: str) -> None:
    form = form_object(put("9"), f"/OC {FIRST_EXTRA} 0 R")
    content = table("/Fm Do", put("12", 5))
    data = write_page(content, f"/XObject<</Fm {FIRST_EXTRA + 1} 0 R>>", catalog=catalog, further=[LAYER, form])
    document = read_one(data)
    assert open_cell(document) == shown
    assert len(document.marks) == (catalog == OFF)


def test_words_of_a_layer_within_forms_are_not_seen() -> None:
    inner = form_object(
        f"/OC /La BDC {put('9')} EMC", f"/Resources<</Font<</F 4 0 R>>/Properties<</La {FIRST_EXTRA} 0 R>>>>"
    )
    outer = form_object("/In Do", f"/Resources<</XObject<</In {FIRST_EXTRA + 1} 0 R>>>>")
    content = table("/Fm Do", put("12", 5))
    data = write_page(content, f"/XObject<</Fm {FIRST_EXTRA + 2} 0 R>>", catalog=OFF, further=[LAYER, inner, outer])
    assert_cell(read_one(data), "12", (HIDDEN, "9"))


# Scans -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0, 3])
@pytest.mark.parametrize(("size", "place"), [("400 0 0 300", "0 0"), ("400 0 0 110", "0 170")])
def test_words_that_a_scan_shows_are_read(mode: int, size: str, place: str) -> None:
    """OCR puts its words below the picture, or prints them invisibly; the picture may be a third of the page."""
    words = [say(30, 250 - 20 * number, "本年收到申请316件,均已办结", 10, mode=mode) for number in range(4)]
    picture = f"q {size} {place} cm /Im Do Q"
    document = read_one(write_page([*words, picture]))
    assert document.text.count("316件") == 4
    assert not document.marks


# Fields and notes --------------------------------------------------------------------------------------------------

RECT = f"/Rect[{AT_X} 176 {AT_X + 40} 192]"
HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = f"/AcroForm<</Fields[]/DR<</Font<</H {HELVETICA}>>>>/DA(/H 8 Tf 0 g){{more}}>>"
MADE_ANEW = FORM.format(more="/NeedAppearances true")
AS_IT_STANDS = FORM.format(more="")


def widget(entries: str) -> str:
    return f"<</Type/Annot/Subtype/Widget/T(n){RECT}/DA(/H 8 Tf 0 g){entries}>>"


def appearance(text: str) -> bytes:
    form = form_object(f"/Tx BMC {say(2, 4, text, 8)} EMC")
    return form.replace(b"/BBox[-999 -999 999 999]", b"/BBox[0 0 40 16]")


@pytest.mark.parametrize("catalog", [MADE_ANEW, AS_IT_STANDS])
@pytest.mark.parametrize("kind", ["/FT/Tx/V(7391)", "/FT/Ch/Ff 131072/V(7391)/Opt[(12)(7391)]"], ids=["text", "choice"])
def test_the_value_of_a_field_is_read_in_its_cell(kind: str, catalog: str) -> None:
    assert_cell(read_table(annotations=widget(kind), catalog=catalog), "7391")


def test_what_a_field_shows_is_read() -> None:
    shown = widget(f"/FT/Tx/V(7391)/AP<</N {FIRST_EXTRA} 0 R>>")
    parts = {"annotations": shown, "catalog": AS_IT_STANDS}
    assert_cell(read_one(write_page(table(), **parts, further=[appearance("7391")])), "7391")  # type: ignore[arg-type]
    assert_cell(read_one(write_page(table(), **parts, further=[appearance("7,391")])), "7,391")  # type: ignore[arg-type]


@pytest.mark.parametrize("shown", ["48", ""])
def test_a_field_that_shows_another_value_than_it_has_is_not_read(shown: str) -> None:
    field = widget(f"/FT/Tx/V(7391)/AP<</N {FIRST_EXTRA} 0 R>>")
    data = write_page(table(), annotations=field, catalog=AS_IT_STANDS, further=[appearance(shown)])
    assert_cell(read_one(data), "〔表单域〕")


def test_a_box_to_be_ticked_is_no_figure_and_no_blank() -> None:
    ticked = form_object(
        "BT /Z 12 Tf 2 2 Td (4) Tj ET", "/Resources<</Font<</Z<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>>>>>"
    )
    field = widget(f"/FT/Btn/V/On/AS/On/AP<</N<</On {FIRST_EXTRA} 0 R>>>>")
    assert_cell(read_one(write_page(table(), annotations=field, catalog=AS_IT_STANDS, further=[ticked])), "〔复选框〕")


@pytest.mark.parametrize("flags", [2, 32], ids=["hidden", "not on a screen"])
def test_a_field_or_note_that_is_not_shown_is_not_read(flags: int) -> None:
    assert_cell(read_table(annotations=widget(f"/F {flags}/FT/Tx/V(7391)"), catalog=MADE_ANEW), "")
    note = f"<</Type/Annot/Subtype/FreeText{RECT}/F {flags}/DA(/H 8 Tf 0 g)/Contents(7391)>>"
    assert_cell(read_table(annotations=note, catalog=MADE_ANEW), "")


def test_a_note_written_on_the_page_is_read_in_its_cell() -> None:
    note = f"<</Type/Annot/Subtype/FreeText{RECT}/DA(/H 8 Tf 0 g)/Contents(7391)/AP<</N {FIRST_EXTRA} 0 R>>>>"
    assert_cell(read_one(write_page(table(), annotations=note, further=[appearance("7391")])), "7391")
    assert_cell(read_table(annotations=note.partition("/AP")[0] + ">>", catalog=AS_IT_STANDS), "7391")


def test_a_note_with_a_ground_of_its_own_covers_what_stands_below() -> None:
    written = form_object(f"1 g {box(0, 0, 40, 16)} 0 g {say(2, 4, '48', 8)}").replace(
        b"/BBox[-999 -999 999 999]", b"/BBox[0 0 40 16]"
    )
    note = f"<</Type/Annot/Subtype/FreeText{RECT}/DA(/H 8 Tf 0 g)/Contents(48)/AP<</N {FIRST_EXTRA} 0 R>>>>"
    document = read_one(write_page(table(put("7391", 4)), annotations=note, further=[written]))
    assert_cell(document, "48", (HIDDEN, "7391"))


def test_notes_that_open_only_when_asked_for_and_links_are_not_read() -> None:
    notes = f"<</Type/Annot/Subtype/Text{RECT}/Contents(77)>><</Type/Annot/Subtype/Popup{RECT}/Contents(88)>>"
    link = f"<</Type/Annot/Subtype/Link{RECT}/Border[0 0 2]/A<</S/URI/URI(https://example.org)>>>>"
    assert_cell(read_table(put("316"), annotations=notes + link), "316")


def test_the_frame_of_a_field_rules_no_table() -> None:
    framed = form_object(f"0 G 0.5 0.5 39 15 re S {say(2, 4, '7391', 8)}").replace(
        b"/BBox[-999 -999 999 999]", b"/BBox[0 0 40 16]"
    )
    field = widget(f"/FT/Tx/V(7391)/AP<</N {FIRST_EXTRA} 0 R>>")
    data = write_page(table(), annotations=field, catalog=AS_IT_STANDS, further=[framed])
    assert_cell(read_one(data), "7391")


# Pictures ----------------------------------------------------------------------------------------------------------

PICTURE = "q 30 0 0 14 170 178 cm /Im Do Q"


def test_a_cell_with_a_picture_in_it_is_not_blank() -> None:
    assert_cell(read_table(PICTURE), "〔图片〕")


def test_a_picture_beside_a_figure_is_left_out() -> None:
    assert_cell(read_table(PICTURE, put("316", 40)), "316")


def test_a_picture_over_several_cells_fills_none() -> None:
    assert open_cell(read_table("q 48 0 0 55 216 145 cm /Im Do Q")) == ""


def test_digits_drawn_as_shapes_are_no_blank() -> None:
    shape = " ".join(
        f"{x} 180 m {x + 4} 182 {x + 4} 186 {x} 188 c {x - 3} 186 {x - 3} 182 {x} 180 c f" for x in (175, 183)
    )
    assert_cell(read_table(shape), "〔图形〕")
    assert_cell(read_table(f"1 g {shape} 0 g"), "")


# Tables without lines, pages turned, printers ----------------------------------------------------------------------


def test_columns_without_lines_are_told_by_figures_whatever_stands_beside_them() -> None:
    rows = [("规章", "12", "34"), ("规范性文件", "56", "78"), ("行政许可", "90", "15")]
    words = [
        say(x, 200 - 20 * n, text) for n, row in enumerate(rows) for x, text in zip((20, 200, 300), row, strict=True)
    ]
    extra = [say(180, 180, "4"), line(179, 183.5, 186, 183.5), f"1 g {say(290, 160, '9')} 0 g", say(210, 204, "2", 6)]
    document = read_one(write_pdf([[*words, *extra]]))
    (grid,) = [block for block in document.as_shown().blocks if isinstance(block, Grid)]
    assert [[cell.text.strip() if cell else None for cell in row] for row in grid.matrix()] == [
        list(row) for row in rows
    ]
    assert sorted(mark.kind for mark in document.marks) == sorted([STRUCK, HIDDEN, RAISED])


def test_a_turned_page_is_judged_as_it_is_read() -> None:
    content = [
        "q 0 1 -1 0 300 0 cm",
        *table(f"1 g {put('9')} 0 g", put("479", 20), line(AT_X + 20, MIDDLE, AT_X + 35, MIDDLE), put("12", 40)),
        "Q",
    ]
    document = read_one(write_page(content, size=(300, 400)))
    assert open_cell(document) == "12"
    assert {mark.kind for mark in document.marks} == {HIDDEN, STRUCK}


def test_a_page_that_chromium_prints_is_read_as_it_looks(tmp_path) -> None:  # type: ignore[no-untyped-def]
    cells = (
        "<s>47990</s> 48213",
        "89<sup>3</sup>",
        '<span style="color:white">9</span>12',
        '<span style="opacity:0">7</span>31',
        '<span style="visibility:hidden">7</span>62',
        "<u>405</u>",
        '<span style="color:#777">318</span>',
        "26<sub>1</sub>",
        '<del style="text-decoration:line-through double">12</del>',
    )
    rows = "".join(f"<tr><td>第{number}项</td><td>{cell}</td></tr>" for number, cell in enumerate(cells))
    document = read_one(print_html(page_html(f"<table>{rows}</table>"), tmp_path))
    (grid,) = [block for block in document.as_shown().blocks if isinstance(block, Grid)]
    shown = [cell.text.strip() for cell in grid.cells if cell.column == 1]
    assert shown == ["48213", "89", "12", "31", "62", "405", "318", "26", ""]


def test_unseen_digits_between_the_parts_of_a_later_word_stay_unseen() -> None:
    document = read_table(f"{WHITE} {put('9', 12)} {BLACK}", put("31  6"))
    assert [(mark.kind, mark.words) for mark in document.marks] == [(HIDDEN, "9")]
    assert "9" not in open_cell(document)


@pytest.mark.parametrize("across", [-2, -1, 1, 2, 3])
def test_a_figure_printed_beside_the_place_of_a_covered_one_is_read_alone(across: float) -> None:
    document = read_table(put("7007"), f"{WHITE} {box(165, 176, 200, 192)} {BLACK}", put("391", across, 0.4, 9))
    assert open_cell(document) == "391"
