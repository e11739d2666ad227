"""What plain text and Markdown write of how words look: struck, raised, hidden; what copies print of their source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build import forms
from build.document import HIDDEN, RAISED, STRUCK, Document
from build.limits import Limits
from build.readers import text
from build.report import Report

from .assertions import read_bytes
from .render.figures import Printed
from .render.tables import Options
from .render.text import markdown_rows
from .samples import sound_figures


def read(written: str) -> Document:
    """The document of a text file."""
    (document,) = text.read(written.encode(), Limits())
    return document


def marks(document: Document) -> list[tuple[str, str]]:
    """Kind and words of the document's marks."""
    return [(mark.kind, mark.words) for mark in document.marks]


MARKED = [
    ("行政许可 | ~~38~~ 62 |", STRUCK, "~~38~~"),
    ("| ~~3,800~~62 |", STRUCK, "~~3,800~~"),
    ("许可<del>38</del>62件", STRUCK, "<del>38</del>"),
    ("许可<s class=x>38</s>62件", STRUCK, "<s class=x>38</s>"),
    ("许可<Strike>38</STRIKE>62件", STRUCK, "<Strike>38</STRIKE>"),
    ("3\u03368\u0336 62", STRUCK, "3\u03368\u0336"),
    ("3\u03388\u0338 62", STRUCK, "3\u03388\u0338"),
    ("许可62<sup>38</sup>", RAISED, "<sup>38</sup>"),
    ("许可62<sub>38</sub>", RAISED, "<sub>38</sub>"),
    ("许可62[^38]", RAISED, "[^38]"),
]


@pytest.mark.parametrize(("written", "kind", "words"), MARKED)
def test_typed_marks_are_told_and_the_text_stays_as_found(written: str, kind: str, words: str) -> None:
    document = read(written)
    assert document.text == written
    assert marks(document) == [(kind, words)]
    assert "62" in document.as_shown().text
    assert "38" not in document.as_shown().text


UNMARKED = [
    "接待时间9:00~~11:30,14:00~~17:30",
    "许可 ~~ 38 ~~ 62",
    "~~38\n62~~",
    "| ~~38 | 62~~ |",
    "许可~38~62",
    "~~~\n38\n~~~",
    "<span>38</span>62",
    "3<8 且 6>2",
    "[^1]: 注文38",
    "2³与38",
    "e\u0301tat 38",
]


@pytest.mark.parametrize("written", UNMARKED)
def test_what_only_resembles_a_mark_is_none(written: str) -> None:
    document = read(written)
    assert (document.text, marks(document)) == (written, [])


def test_a_comment_is_hidden() -> None:
    document = read("许可<!-- 38\n项 -->62件\n<!-- 没有结尾")
    assert document.text == "许可62件\n<!-- 没有结尾"
    assert marks(document) == [(HIDDEN, "<!-- 38\n项 -->")]


def test_markdown_with_tables_of_html_has_its_marks_too() -> None:
    document = read("# 年报\n\n收到~~38~~62件[^1]\n\n<table><tr><td>许可<td><s>3</s>6<tr><td>处罚<td>5</table>\n")
    assert "收到〔划去:38〕62件[^¹]" in document.text
    assert [kind for kind, _ in marks(document)] == [STRUCK, RAISED, STRUCK]


def test_the_reader_s_own_signs_in_a_text_mean_nothing() -> None:
    document = read("许可\ufdd038\ufdd362件")
    assert (document.text, marks(document)) == ("许可3862件", [])


TYPED = {
    "~~{0}~~ {1}": "struck_text",
    "<del>{0}</del>{1}": "struck_text",
    "3\u03368\u0336 {1}": "struck_text",
    "{1}<sup>{0}</sup>": "note_mark",
    "{1}[^{0}]": "note_mark",
    "<!-- {0} -->{1}": "hidden_text",
}


@pytest.mark.parametrize("typed", sorted(TYPED))
def test_a_figure_beside_typed_marks_is_published_whole_and_told(typed: str) -> None:
    figures = sound_figures(forms.FORM_2021, year=2022)
    counts = {**figures.disclosures, ("penalty", "decisions"): Printed("45678", 45_678)}
    written = markdown_rows(replace(figures, disclosures=counts), Options())
    assert written.count("45678") == 1
    (report,) = read_bytes(written.replace("45678", typed.format(38, 45_678)).encode())
    assert isinstance(report, Report)
    figure = next(row for row in report.disclosures if (row.item, row.measure) == ("penalty", "decisions"))
    assert figure.count == 45_678
    assert TYPED[typed] in [problem.code for problem in report.problems]


FACTS = [
    ("原文链接:http://www.xx.gov.cn/art/1.html", "printed_url", "http://www.xx.gov.cn/art/1.html"),
    ("原文链接 | https://www.xx.gov.cn/2.html | ", "printed_url", "https://www.xx.gov.cn/2.html"),
    ("来源:[某县人民政府](http://www.xx.gov.cn/3.html) 2023-04-05", "printed_url", "http://www.xx.gov.cn/3.html"),
    ("来源:某县人民政府网站 http://www.xx.gov.cn/4.html。", "printed_url", "http://www.xx.gov.cn/4.html"),
    ("原文链接:http://www.xx.gov.cn/art/1.html", "host", "www.xx.gov.cn"),
    ("网站标识码:3708300021 鲁ICP备12345678号", "site_code", "3708300021"),
    ("网站标识码:3708300021 鲁ICP备12345678号", "icp", "鲁ICP备12345678号"),
    ("来源:某县人民政府\n网址:http://www.xx.gov.cn", "printed_url", None),
    ("网站标识码:37083000211", "site_code", None),
    ("原文链接:见附件", "printed_url", None),
]


@pytest.mark.parametrize(("written", "name", "value"), FACTS)
def test_a_copy_states_where_it_comes_from(written: str, name: str, value: str | None) -> None:
    assert read(f"某县年报\n{written}\n").fact(name) == value
