"""The stream of cells → rows of the statutory tables: a label, the cells that belong to it, the header above it.

A table is found by what is in it. Nothing here decides on columns: that is ``placement``'s and ``figures``' work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from typing import NamedTuple

from .. import forms
from ..text.fold import CACHE_SIZE, fold, fold_label, is_numbered, without_numbering
from .cells import PrintedCell
from .labels import (
    APPLICANT,
    CHANNEL,
    DISCLOSURE,
    GROUP,
    HEADER,
    HEADER_KINDS,
    ITEM,
    MEASURE,
    OUTCOME,
    ROW_KINDS,
    Meaning,
    behind_group,
    damaged_labels,
    is_label_end,
    is_subtotal,
    may_go_on,
    meanings,
    prefix_of,
)

APPLICATIONS, DISCLOSURES, REVIEWS = "applications", "disclosures", "reviews"
SUBTOTAL, DAMAGED = "subtotal", "damaged"
"""Codes of rows that are none of the form's (合计 below a ground), or that their place must tell."""

MOST_FRAGMENTS = 14
"""Into so many words or lines a label may be cut: the longest one in a column three glyphs wide."""

LONGEST_TEXT_VALUE = 12
"""A longer text among the cells of a row is no remark in a cell but something between the tables."""

FEWEST_WHOLE_ROWS = 3
"""So many rows of which none lacks a cell tell that blank cells are kept."""

LONGEST_NUMBERING = 2
"""Digits; what has more of them is no numbering of a label."""

SELF_EVIDENT = 7
"""A row label of so many characters stands for itself; a shorter one (规章, 总计) counts only inside its table."""

REVIEW_CELLS = len(forms.REVIEW_CHANNELS) * len(forms.REVIEW_COLUMNS)
_CELLS_OF_ROW = {APPLICATIONS: len(forms.APPLICATION_COLUMNS), REVIEWS: REVIEW_CELLS}
_GROUP_OF = {item.code: item.group for item in forms.APPLICATION_ITEMS}
_REVIEW_GLYPHS = frozenset("结果维持纠正尚未审总计复议起诉")
_REVIEW_ROW = frozenset({"数量", "件数", "数量(件)", "案件数量"})
"""Labels before the one row of section 四 that some tables have; the form has none."""

_JOINT_OF_A_LABEL = re.compile(r"[()\[\]:,，、。;\"'“”]*")
"""Signs that a line break may part from a label."""
_SERIAL_WORDS = frozenset({"序号", "编号", "行次"})
"""Headings of a column that numbers the rows."""

_SAYS_NONE = re.compile(r"(?:(?:本|我)(?:机关|单位|部门|级|局|委|办|镇|乡|街道)?)?(?:均|暂)?(?:未|没有|无|不)\D+\Z")
"""本机关无规章 in a cell of its own line, whatever stands in the next cell: words, which make no blank cell."""
_SAYS_HOW_MUCH = re.compile(
    r"(?!\W?\d{1,2}\D\Z)(?:[约近逾]|超过|\W)?\d[\d,，.．'’E+]*(?:[万亿千百余多元件条项个宗起份次人%)）]|左右|以上)*"
)
"""12'345, 约300件, 3.2万: how much something is, though it is no figure."""

_ROW_OR_GROUP = frozenset({*ROW_KINDS, GROUP})
_CONTEXT_OF = {
    APPLICANT: APPLICATIONS,
    MEASURE: DISCLOSURES,
    OUTCOME: REVIEWS,
    CHANNEL: REVIEWS,
}
_CONTEXT_OF_HEADING = {forms.CONTENT[0]: DISCLOSURES, forms.APPLICANTS_ABOVE[0]: APPLICATIONS}


class HeaderCell(NamedTuple):
    """A header cell with what it means."""

    meaning: Meaning
    token: PrintedCell


@dataclass(slots=True)
class Header:
    """What stands above a table's rows: the recognised cells, and all its words folded together."""

    cells: list[HeaderCell] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Every word of the header in reading order, folded."""
        return "".join(self.words)


@dataclass(slots=True)
class Row:
    """A row of a table as found: its code, label, the cells behind the label, and the header in force.

    ``code`` is an item's code, SUBTOTAL or DAMAGED; for section 四, whose one row has no label, it is empty, or a
    channel's where each channel has a row. ``opened``: an empty cell stands before the label (in some layouts a pipe
    opens every row). ``damaged``: the row's place told its item, since its label lost or changed characters.
    """

    table: str
    code: str
    label: list[PrintedCell]
    header: Header
    cells: list[PrintedCell] = field(default_factory=list)
    opened: bool = False
    damaged: bool = False

    @property
    def start(self) -> int:
        """Where the row begins in the text."""
        first = self.label or self.cells
        return first[0].start

    @property
    def end(self) -> int:
        """Where the row ends in the text."""
        ends = [token.end for token in self.cells if token.text]
        ends += [token.end for token in self.label]
        return max(ends) if ends else self.start

    @property
    def label_text(self) -> str:
        """The label as printed."""
        return "".join(token.text for token in self.label)

    def has_figures_below(self, header: Header) -> bool:
        """Whether this row has figures, below ``header``: in section 四 another header is then a new one."""
        return self.header is header and any(token.kind == "value" for token in self.cells)


@dataclass(frozen=True, slots=True)
class StrayCells:
    """Figures inside a table that no known label claims."""

    table: str
    before: str
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """All rows found in a document, in reading order; ``used`` are the tokens that belong to tables, in that order."""

    rows: tuple[Row, ...]
    strays: tuple[StrayCells, ...]
    used: tuple[int, ...]


def find_tables(tokens: Sequence[PrintedCell], headings: frozenset[int], review_headings: frozenset[int]) -> Tables:
    """Find the rows of the three statutory tables.

    ``headings`` are the text offsets where a section begins, ``review_headings`` those whose title speaks of
    reconsiderations and lawsuits.
    """
    finder = _Finder(tokens, headings, review_headings)
    finder.run()
    return Tables(tuple(finder.rows), tuple(finder.strays), tuple(finder.used))


_Match = tuple[Meaning, int]
"""What a label means, and of how many cells it is made."""


class _Finder:
    """Walks the tokens once, left to right."""

    def __init__(
        self, tokens: Sequence[PrintedCell], headings: frozenset[int], review_headings: frozenset[int]
    ) -> None:
        self.tokens = tokens
        self.headings = headings
        self.review_headings = review_headings
        self.rows: list[Row] = []
        self.strays: list[StrayCells] = []
        self.used: list[int] = []
        self.context: str | None = None
        self.group: str | None = None
        self.header = Header()
        self.header_done = False
        self.open: Row | None = None
        self.stray: list[PrintedCell] = []
        self.stray_before = ""
        self.in_review_section = False
        self.serial: int | None = None
        self.rows_with_text = {token.row for token in tokens if token.kind == "text" and token.row is not None}

    @cached_property
    def rows_begun_by_text(self) -> set[int | None]:
        """The rows in which words stand before all figures: words behind a figure are no row's label."""
        first = {token.row: token.kind for token in reversed(self.tokens) if token.kind in {"text", "value"}}
        return {row for row, kind in first.items() if kind == "text"}

    def run(self) -> None:
        tokens, headings = self.tokens, self.headings
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.start in headings:
                self._leave()
                self._expect_reviews(token.start in self.review_headings)
            elif token.kind in {"value", "empty"}:
                self._take_value(at, token)
            elif token.kind != "prose":
                at += self._take_text(at, token)
                continue
            elif token.grid is None:
                self._leave()
                self._expect_reviews(self.in_review_section)
            at += 1
        self._close()

    # Figures ---------------------------------------------------------------------------------------------------

    def _take_value(self, at: int, token: PrintedCell) -> None:
        row = self.open
        if row is not None and self._belongs(row, token):
            if token.row is None and _is_of_one_line(row) and len(row.cells) == _CELLS_OF_ROW.get(row.table):
                last = row.cells.pop()  # the row is whole: the rest of its last number, or that of a page
                token = last._replace(text=f"{last.text} {token.text}", end=token.end)
            row.cells.append(token)
            self.used.append(at)
        elif self.context is not None and token.kind == "value":
            if row is not None:
                self._close()
            self.stray.append(token)
            self.used.append(at)

    def _belongs(self, row: Row, token: PrintedCell) -> bool:
        """Whether a cell may follow the row's label: in the label's own row if that has cells, else behind it.

        Below a table of the document's own stands no more of its last row; below a typed one may stand the rest of a
        number that a line break cuts, but below a blank cell only that of a page.
        """
        if token.row is None:
            last = row.cells[-1] if row.cells else None
            if last is not None and last.is_blank and _is_of_one_line(row):
                return False
            return last is None or last.grid is None or last.piped
        label_row = row.label[-1].row if row.label else None
        if token.row == label_row:
            return True
        if label_row is not None and label_row in {cell.row for cell in row.cells}:
            return False
        # A row of its own below the label: its figures are the label's, unless it brings a label along.
        return token.row not in (self.rows_with_text if row.label else self.rows_begun_by_text)

    # Words -----------------------------------------------------------------------------------------------------

    def _take_text(self, at: int, token: PrintedCell) -> int:
        if self._is_subtotal(at, token):
            self._close()
            self.open = Row(APPLICATIONS, SUBTOTAL, [token], self.header)
            self.used.append(at)
            return 1
        match = self._match(at)
        if match is not None:
            self.used.extend(range(at, at + match[1]))
            self._take_label(at, *match)
            return match[1]
        if self.context == REVIEWS and fold(token.text) in _REVIEW_ROW and self._is_row_of_figures(token, at + 1):
            self._close()
            self.open = Row(REVIEWS, "", [token], self.header)
            self.used.append(at)
        elif self._is_remark(at, token):
            assert self.open is not None
            self.open.cells.append(token)
            self.used.append(at)
        else:
            self._take_other(token)
        return 1

    def _is_subtotal(self, at: int, token: PrintedCell) -> bool:
        """Whether a row of section 三 sums up others, or parts one; 合计 behind results may be (七)总计: a row."""
        if self.context != APPLICATIONS or not self.header_done or not is_subtotal(token.text):
            return False
        known = self._have_results() and meanings(token.text)
        return not known and "七" not in token.text and self._value_follows(self._behind_repeats(at + 1))

    def _match(self, at: int) -> _Match | None:
        """The label that begins at ``at``: the longest run of words that is one, in the meaning the place allows."""
        run = self._fragments(at)
        for length, joined, found in _labels_at_begin(run):
            if length > 1 and self._is_a_cell(at, run[:length]):
                continue
            chosen = self._choose(found, at + length, joined)
            if chosen is not None:
                return chosen, length
        return self._match_prefix(at, run) or self._match_damaged(at, run)

    def _is_a_cell(self, at: int, run: tuple[str, ...]) -> bool:
        """Whether the last words of a run say nothing (N/A, *): behind a label's words they may stand for a figure.

        Behind them then stand fewer figures than columns; a mark that is the label's own has all of them behind it.
        """
        if _JOINT_OF_A_LABEL.fullmatch(fold(run[-1])) or fold_label("".join(run)) != fold_label("".join(run[:-1])):
            return False
        behind = takewhile(lambda token: token.kind in {"value", "empty"}, self.tokens[at + len(run) :])
        kinds = [token.kind for token in islice(behind, len(forms.APPLICATION_COLUMNS))]
        return len(kinds) < len(forms.APPLICATION_COLUMNS) or kinds[-1] == "empty"

    def _match_prefix(self, at: int, run: tuple[str, ...]) -> _Match | None:
        prefix = prefix_of("".join(run)) if self._value_follows(at + len(run)) else None
        return (prefix, len(run)) if prefix is not None and self._in_place(prefix) else None

    def _match_damaged(self, at: int, run: tuple[str, ...]) -> _Match | None:
        kind = {APPLICATIONS: ITEM, DISCLOSURES: DISCLOSURE}.get(self.context or "")
        if kind is None or not self._value_follows(at + len(run)) or not damaged_labels("".join(run)):
            return None
        return Meaning(kind, DAMAGED), len(run)

    def _fragments(self, at: int) -> tuple[str, ...]:
        first = self.tokens[at].text
        if _is_like_a_figure(first) or not may_go_on(first):
            return (first,)
        run: list[str] = []
        for token in self.tokens[at : at + MOST_FRAGMENTS]:
            if token.kind != "text" or token.start in self.headings:
                break
            run.append(token.text)
            if token.grid is not None:
                break  # the first cell of a row in columns, whose label began on the line above
        return tuple(run)

    def _choose(self, found: tuple[Meaning, ...], behind: int, text: str) -> Meaning | None:
        """Of several meanings (其他 is a column, an item and a result) the one this place allows."""
        for meaning in found:
            if self._fits(meaning, behind, text):
                return meaning
        return None

    def _fits(self, meaning: Meaning, behind: int, text: str) -> bool:
        if meaning.kind not in ROW_KINDS:
            return True
        if meaning.code in {"other_rest", "closed"}:
            return self._is_row_here(meaning, behind, text)
        if len(fold(text)) >= SELF_EVIDENT and meaning.kind == ITEM:
            return True
        return self._in_place(meaning) or self._value_follows(behind)

    def _is_row_here(self, meaning: Meaning, behind: int, text: str) -> bool:
        """Whether 总计 or 其他 is a row of section 三 here, and not a column's header."""
        if self.context != APPLICATIONS or not self._have_results():
            return False
        behind = self._behind_repeats(behind)
        if meaning.code == "other_rest":
            return self.group == "other" and (is_numbered(text) or self._value_follows(behind))
        if is_numbered(text) or self._value_follows(behind):
            return True
        return self.group == "other" and self.header_done  # a page may repeat the header among the details

    def _behind_repeats(self, at: int) -> int:
        """Where a label ends that a copy prints in each place which its merged cell covers."""
        label = self.tokens[at - 1]
        while label.row is not None and at < len(self.tokens) and self.tokens[at].row == label.row:
            if self.tokens[at].text != label.text:
                break
            at += 1
        return at

    def _have_results(self) -> bool:
        return any(row.code in forms.RESULT_ITEMS for row in self.rows) or (
            self.open is not None and self.open.code in forms.RESULT_ITEMS
        )

    def _in_place(self, meaning: Meaning) -> bool:
        wanted = APPLICATIONS if meaning.kind == ITEM else DISCLOSURES
        return self.context == wanted

    def _value_follows(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].kind in {"value", "empty"}

    def _take_label(self, at: int, meaning: Meaning, length: int) -> None:
        if meaning.kind in _ROW_OR_GROUP:
            self._drop_serial(at)
        self._close()
        label = list(self.tokens[at : at + length])
        if meaning.kind == CHANNEL and self._is_row_of_figures(label[-1], at + length):
            self.context = REVIEWS
            self.open = Row(REVIEWS, meaning.code, label, self.header)
        elif meaning.kind in HEADER_KINDS:
            self._take_header(meaning, label)
        elif meaning.kind == GROUP:
            self._take_group(meaning)
        else:
            before = self.tokens[at - 1] if at else None
            opened = before is not None and before.kind == "empty" and before.grid is None
            self._open_row(meaning, label, opened)

    def _drop_serial(self, at: int) -> None:
        """In a table with a column 序号, give the number before a label to no row: it is no figure of the row above."""
        before = self.tokens[at - 1] if at else None
        if self.serial is None:
            return
        if before is None or before.text not in {"1", str(self.serial + 1)}:
            if not self.serial:
                self.serial = None  # the column stands behind the labels
            return
        held = self.open.cells if self.open is not None and self.open.cells else self.stray
        if held and held[-1] is before and (before.row == self.tokens[at].row or self._stands_alone(at - 1)):
            held.pop()
            self.serial = int(before.text)

    def _is_row_of_figures(self, label: PrintedCell, at: int) -> bool:
        """Whether figures stand behind a label in its own row: 行政复议 then names the row, no columns."""
        if label.row is None:
            return False
        row = [token for token in self.tokens[at : at + REVIEW_CELLS] if token.row == label.row]
        return any(token.kind == "value" for token in row) and all(token.kind in {"value", "empty"} for token in row)

    def _take_header(self, meaning: Meaning, label: list[PrintedCell]) -> None:
        context = _CONTEXT_OF.get(meaning.kind)
        if meaning.kind == HEADER:
            context = _CONTEXT_OF_HEADING.get(meaning.code)
        if self.header_done or (context is not None and self.rows and self.rows[-1].has_figures_below(self.header)):
            self.header = Header()
            self.header_done = False
        if context is not None:
            self.context = context
        self.header.cells.append(HeaderCell(meaning, label[0]))
        self.header.words.extend([fold(token.text) for token in label])
        if self.context == REVIEWS:
            self.open = Row(REVIEWS, "", [], self.header)

    def _take_group(self, meaning: Meaning) -> None:
        """A group's label; 其他处理 is a row as well, where a figure stands behind it or nothing else below it."""
        self.context = APPLICATIONS
        self.group = meaning.code

    def _open_row(self, meaning: Meaning, label: list[PrintedCell], opened: bool) -> None:
        table = APPLICATIONS if meaning.kind == ITEM else DISCLOSURES
        self.context = table
        self.header_done = True
        self.group = _GROUP_OF.get(meaning.code, self.group)
        code = "other_rest" if self._is_rest(meaning, label[0].text) else meaning.code
        self.open = Row(table, code, label, self.header, opened=opened)

    def _is_rest(self, meaning: Meaning, label: str) -> bool:
        """Whether 3.其他处理 stands for 3.其他: below the other two details of (六)其他处理."""
        if meaning.code != forms.OTHER_ITEM or not fold(label)[:1].isdigit():
            return False
        return any(row.code in forms.OTHER_DETAILS for row in self.rows)

    def _is_remark(self, at: int, token: PrintedCell) -> bool:
        """Whether a text stands where a count belongs."""
        row = self.open
        if row is None or len(token.text) > LONGEST_TEXT_VALUE:
            return False
        if not row.cells and (row.table == REVIEWS or row.code == forms.OTHER_ITEM):
            return False  # behind the group's label 其他处理 stands the label of a detail that is not known
        beside = row.label or (row.cells if row.table == REVIEWS else ())
        if token.row is not None and beside and token.row == beside[-1].row:
            return not self._is_torn_from_a_label(at)
        if is_label_end(token.text) or _begins_a_label(token.text):
            return False
        if not self._stands_alone(at) or len(row.cells) >= len(forms.APPLICATION_COLUMNS):
            return False
        closes_row = row.table == APPLICATIONS and _is_like_a_figure(token.text)
        says_something = _lacks_a_measure(row) and _says_a_measure(token.text)
        return closes_row or says_something or self._value_follows(at + 1) or self._is_last_cell(row, at)

    def _is_last_cell(self, row: Row, at: int) -> bool:
        """Whether words stand in the last column: the row lacks a cell there alone, and none above it lacks any.

        If its last figure is the sum of the others, it may be the total, and the words those of a page's head.
        """
        if row.table != APPLICATIONS or len(row.cells) != len(forms.APPLICATION_COLUMNS) - 1:
            return False
        *others, last = (cell.cases or 0 for cell in row.cells)
        if sum(others) == last:
            return False
        above = [len(other.cells) for other in self.rows if other.table == APPLICATIONS and other.cells]
        whole = len(above) >= FEWEST_WHOLE_ROWS and set(above) == {len(forms.APPLICATION_COLUMNS)}
        return whole and at + 1 < len(self.tokens) and self._match(at + 1) is not None

    def _is_torn_from_a_label(self, at: int) -> bool:
        """Whether a text behind a line's figures is a bare sign, or has a number: a piece of the next row's label.

        In a PDF whose columns cannot be told such pieces stand on the line of the figures beside them.
        """
        token = self.tokens[at]
        if token.grid is not None or (at + 1 < len(self.tokens) and self.tokens[at + 1].row == token.row):
            return False
        if not any(char.isalnum() for char in token.text):
            return True
        return _begins_a_label(token.text)

    def _stands_alone(self, at: int) -> bool:
        """Whether a token is a line of its own: no row holds it, or it is the one cell of a line that a pipe ends."""
        token = self.tokens[at]
        if token.row is None:
            return True
        beside = (near.row for near in (self.tokens[at - 1], *self.tokens[at + 1 : at + 2]))
        return token.piped and token.row not in beside

    def _take_other(self, token: PrintedCell) -> None:
        """Words that are no label: part of a header cut to pieces, or something the tables do not know."""
        if self.open is not None and (self.open.cells or not self._ends_label(self.open, token.text)):
            self._close()
        if self.context is not None and not self.header_done:
            self.header.words.append(fold(token.text))
        if self.serial is None and fold(token.text) in _SERIAL_WORDS:
            self.serial = 0
        self.stray_before = token.text

    def _ends_label(self, row: Row, text: str) -> bool:
        """Whether words behind a label may be its end; behind 其他处理 stands a detail, and a number begins a label."""
        if row.table == REVIEWS:
            return True
        return row.code != forms.OTHER_ITEM and not is_numbered(text) and is_label_end(text)

    def _leave(self) -> None:
        self._close()
        self.context = None
        self.group = None
        self.header = Header()
        self.header_done = False
        self.serial = None

    def _expect_reviews(self, expected: bool) -> None:
        """Below the title of section 四 its figures may stand under a header that cannot be read as words."""
        self.in_review_section = expected
        if expected:
            self.context = REVIEWS
            self.open = Row(REVIEWS, "", [], self.header)

    def _close(self) -> None:
        row, self.open = self.open, None
        if row is not None and (row.label or row.cells):
            self.rows.append(row)
        if self.stray:
            self.strays.append(StrayCells(self.context or "", self.stray_before, tuple(self.stray)))
            self.stray = []


def _is_of_one_line(row: Row) -> bool:
    """Whether the cells of a row stand in a line, beside the row's label if it has one."""
    rows = {token.row for token in (*row.label[-1:], *row.cells)}
    return len(rows) == 1 and None not in rows


def _lacks_a_measure(row: Row) -> bool:
    """Whether a row of section 二 has fewer cells than its header measures: a line below it may be one of them."""
    if row.table != DISCLOSURES:
        return False
    return len(row.cells) < len({cell.meaning.code for cell in row.header.cells if cell.meaning.kind == MEASURE})


def _begins_a_label(text: str) -> bool:
    """Whether words have numbering as a row's label has, known or not (（七）总汁), and say no amount (1.5万)."""
    return is_numbered(text) and not _is_like_a_figure(text) and _SAYS_HOW_MUCH.fullmatch(text) is None


def _says_a_measure(text: str) -> bool:
    """Whether words alone on a line say how much a measure is, or that it is nothing: none of them is a blank."""
    return _SAYS_NONE.match(fold(text)) is not None or _SAYS_HOW_MUCH.fullmatch(text) is not None


class _Label(NamedTuple):
    """The first ``length`` words of a run, joined, and what they may mean together."""

    length: int
    text: str
    found: tuple[Meaning, ...]


@lru_cache(maxsize=CACHE_SIZE)
def _labels_at_begin(run: tuple[str, ...]) -> tuple[_Label, ...]:
    """The labels with which a run of words may begin, longest first; one that may be behind its group's twice."""
    joined = [(length, "".join(run[:length])) for length in range(len(run), 0, -1)]
    whole = [(length, text) for length, text in joined if length == 1 or not _goes_past_bracket(text)]
    return tuple(
        _Label(length, text, found) for length, text in whole for found in (meanings(text), behind_group(text)) if found
    )


@lru_cache(maxsize=CACHE_SIZE)
def _is_like_a_figure(text: str) -> bool:
    """Whether digits and signs are all that a text has, and more than numbering (``2.``): ``12'345``, ``(147)``."""
    if any(char.isalpha() for char in text):
        return False
    return text[-1:].isdigit() or sum(char.isdecimal() for char in text) > LONGEST_NUMBERING


@lru_cache(maxsize=CACHE_SIZE)
def _goes_past_bracket(joined: str) -> bool:
    """Whether several words together hold a remark in brackets and something behind it: then they are not one label."""
    behind_numbering = without_numbering(fold(joined))
    brackets = behind_numbering.count("(")
    return brackets > 1 or (brackets == 1 and not behind_numbering.endswith(")"))


def has_review_header(row: Row) -> bool:
    """Whether the words above a row of section 四 are its header, in order or as single glyphs of a vertical one."""
    kinds = {cell.meaning.code for cell in row.header.cells if cell.meaning.kind == OUTCOME}
    return len(kinds) >= 2 or set(row.header.text) >= _REVIEW_GLYPHS
