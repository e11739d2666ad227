"""Figures → the statutory tables as cells, before any layout: rows with their labels, header rows, spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build import forms

from .figures import Figures, Printed, in_form

BLANK_CELLS = {
    "dropped": None,
    "empty": "",
    "no-break": "\u00a0",
    "entity": "&nbsp;",
    "slash": "/",
    "dash": "-",
}
"""How a blank cell stands in a text; None: not at all."""

QUOTES = {"curly": "“”", "straight": '""', "none": ("", "")}
HALF_WIDTH, FULL_WIDTH = "(),:", "（），："
RELATION = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
RESULTS_LABEL = "三、本年度办理结果"
PARTLY_GRANTED_REMARK = "(区分处理的,只计这一情形,不计其他情形)"
APPLICANTS_LABEL = "申请人情况"
ORGANISATIONS = "法人或其他组织"
LAWSUITS = "行政诉讼"
LOST_HEADERS = {"总计", "法律服务机构", "其他"}
"""Header cells that are missing in a report of 2020 whose every row has seven values."""

CLAUSES = (
    ("(一)", ("government_rule", "normative_document", "other_document")),
    ("(五)", ("licence", "other_service")),
    ("(六)", ("penalty", "compulsion")),
    ("(八)", ("charge",)),
    ("(九)", ("procurement",)),
)
"""Clauses of article 20 of the Regulations → the items of their sub-table of section 二."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a report spells what it prints.

    ``blank``: a key of BLANK_CELLS. ``digits``: plain, full-width or thousands. ``header``: whole, split, wrong-order
    or partly-lost. ``quotes``: a key of QUOTES. ``numbering``: what follows 1 in ``1.属于国家秘密``.
    ``spaced``: a blank inside short labels. ``full_width``: brackets, commas and colons.
    ``overview``: prose of section 一.
    """

    blank: str = "slash"
    digits: str = "plain"
    header: str = "whole"
    quotes: str = "curly"
    numbering: str = "."
    spaced: bool = False
    full_width: bool = False
    overview: str = "本年的公开工作按计划推进。"


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its labels, the groups it stands in first; its values as printed, None for one that is dropped."""

    labels: tuple[str, ...]
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A header cell: its words as printed (a line feed where they are cut), and the table's column where it begins."""

    label: str
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table. ``headers``: rows of header cells in reading order; ``depth``: columns that labels take."""

    headers: tuple[tuple[Header, ...], ...]
    rows: tuple[Row, ...]
    depth: int

    @property
    def width(self) -> int:
        """Columns that values take."""
        return max(len(row.values) for row in self.rows)


def spelled(label: str, options: Options) -> str:
    """A label in the report's spelling: quotes, brackets, numbering, blanks inside the word."""
    opening, closing = QUOTES[options.quotes]
    label = label.replace("“", opening).replace("”", closing)
    label = re.sub(r"^(\d)\.", lambda match: match[1] + options.numbering, label)
    if options.spaced and len(label) <= 6:
        label = f"{label[:-1]} {label[-1]}"
    return label.translate(str.maketrans(HALF_WIDTH, FULL_WIDTH)) if options.full_width else label


def number(text: str, options: Options) -> str:
    """A printed cell with its first number in the report's digits."""

    def respelled(match: re.Match[str]) -> str:
        if options.digits == "thousands":
            return f"{int(match['whole']):,}{match['fraction'] or ''}"
        return match[0].translate({ord("0") + digit: ord("０") + digit for digit in range(10)})

    return (
        text if options.digits == "plain" else re.sub(r"(?P<whole>\d+)(?P<fraction>\.\d+)?", respelled, text, count=1)
    )


def printed_cell(text: str, options: Options) -> str | None:
    """A cell of section 二 as it stands in the text; None: dropped."""
    return number(text, options) if text else BLANK_CELLS[options.blank]


def printed_count(count: int | None, options: Options) -> str | None:
    """A count as it stands in the text; None: dropped."""
    return printed_cell("" if count is None else str(count), options)


def halves(label: str) -> tuple[str, str]:
    """A header cell as two lines of text: 本年新 / 制作数量, 商业 / 企业."""
    at = len(label) - 4 if len(label) > 5 else len(label) // 2
    return label[:at], label[at:]


def header_row(labels: Sequence[str], options: Options, columns: Iterable[int] | None = None) -> tuple[Header, ...]:
    """Header cells in the report's spelling; a lost one is empty. ``columns``: where each begins, else one by one."""

    def spelling(label: str) -> str:
        if options.header == "partly-lost" and label in LOST_HEADERS:
            return ""
        cut = options.header == "split" and len(label) >= 4 and "(" not in label
        return "\n".join(spelled(half, options) for half in halves(label)) if cut else spelled(label, options)

    places = range(len(labels)) if columns is None else columns
    return tuple(Header(spelling(label), column) for label, column in zip(labels, places, strict=True))


def _in_wrong_order(labels: Sequence[str]) -> tuple[str, ...]:
    """本年新 本年新 对外公开总数量 制作数量 公开数量: the first two cut, their ends behind the third."""
    (first, first_end), (second, second_end) = halves(labels[0]), halves(labels[1])
    return (first, second, *labels[2:], first_end, second_end)


def measure_label(figures: Figures, measure: str) -> str:
    """A column header of section 二 in the words of the form."""
    found = next(known for known in forms.MEASURES if known.code == measure)
    if measure == "amount":
        label = found.words[0] if figures.form == forms.FORM_2019 else found.words[1]
        unit = "(万元)" if figures.form == forms.FORM_2019 else "(单位:万元)"
        return label + unit if figures.unit_in_header else label
    if measure == "decisions" and figures.form == forms.FORM_2021:
        return found.words[1]
    return found.label_zh


def _disclosure_table(figures: Figures, options: Options, clause: str, items: Sequence[forms.Item]) -> Table:
    group = items[0].group
    measures = forms.DISCLOSURE_COLUMNS[figures.form_of(group), group]
    labels: tuple[str, ...] = ("信息内容", *(measure_label(figures, measure) for measure in measures))
    if options.header == "wrong-order" and group == "documents":
        labels = (labels[0], *_in_wrong_order(labels[1:]))
    return Table(
        (header_row((f"第二十条第{clause}项",), options), header_row(labels, options)),
        tuple(
            Row(
                (spelled(item.label_zh, options),),
                tuple(
                    printed_cell(figures.disclosures.get((item.code, name), Printed("")).text, options)
                    for name in measures
                ),
            )
            for item in items
        ),
        depth=1,
    )


def disclosure_tables(figures: Figures, options: Options) -> tuple[Table, ...]:
    """The sub-tables of section 二 that the form has."""
    known = {item.code: item for item in forms.DISCLOSURE_ITEMS if in_form(item, figures.form_of(item.group))}
    stated = {item for item, _measure in figures.disclosures}
    clauses = [(clause, [known[code] for code in codes if code in stated]) for clause, codes in CLAUSES]
    return tuple(_disclosure_table(figures, options, clause, items) for clause, items in clauses if items)


def application_labels(item: forms.Item) -> tuple[str, ...]:
    """The labels of a row of section 三, groups first."""
    if not item.label_zh.startswith("三、"):
        return (item.label_zh,)
    labels = item.label_zh.removeprefix("三、").split(" ")
    if item.code == "partly_granted":
        labels[-1] += PARTLY_GRANTED_REMARK
    return (RESULTS_LABEL, *labels)


def application_table(figures: Figures, options: Options) -> Table:
    """The table of section 三."""
    known = {item.code: item for item in forms.APPLICATION_ITEMS}
    natural_person, *organisations = (column.label_zh for column in forms.APPLICANTS)
    return Table(
        (
            header_row((RELATION, APPLICANTS_LABEL), options, (0, 3)),
            header_row((natural_person, ORGANISATIONS, forms.TOTAL.label_zh), options, (3, 4, 9)),
            header_row(organisations, options, range(4, 9)),
        ),
        tuple(
            Row(
                tuple(spelled(label, options) for label in application_labels(known[item])),
                tuple(printed_count(cells[column], options) for column in forms.APPLICATION_COLUMNS),
            )
            for item, cells in figures.applications.items()
        ),
        depth=3,
    )


def review_table(figures: Figures, options: Options) -> Table:
    """The table of section 四: one row without label, three channels beside each other."""
    reconsideration, direct, after = (channel.label_zh for channel in forms.REVIEW_CHANNELS)
    outcomes = (*(column.label_zh for column in forms.REVIEW_OUTCOMES), forms.TOTAL.label_zh)
    headers = (
        header_row((reconsideration, LAWSUITS), options, (0, 5)),
        header_row((*outcomes, direct, after), options, (*range(6), 10)),
        header_row(outcomes + outcomes, options, range(5, 15)),
    )
    values = tuple(
        printed_count(figures.reviews[channel.code][column], options)
        for channel in forms.REVIEW_CHANNELS
        for column in forms.REVIEW_COLUMNS
    )
    return Table(headers, (Row((), values),), depth=0)
