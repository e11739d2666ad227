"""The tables of sections 二, 三 and 四 as the report's form prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai_site.queries import Answers, Row
from gongkai_site.texts import Words

from .cells import UNPLACED, Cell, disclosure_cell, placed_cell
from .headings import Head, Heading, Tree, column_heads, form_of, row_heads


@dataclass(frozen=True)
class Line:
    """A row of a table: headings, cells, and the printed values that got no column."""

    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]
    unplaced: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the form; ``lines`` is empty where the report has no such table."""

    id: str
    label_zh: str
    label_en: str
    head: tuple[tuple[Head, ...], ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def has_unplaced(self) -> bool:
        """Whether a printed value got no column."""
        return any(line.unplaced for line in self.lines)


@dataclass(frozen=True)
class Printed:
    """What the tables are made of: the answers on one report, its text, every form's headings, the page's words."""

    answers: Answers
    text: str
    trees: Mapping[str, Tree]
    said: Words

    @property
    def form(self) -> str | None:
        """The form that the report is known to use."""
        stated: str | None = self.answers["report"][0]["form"]
        return stated


# Sections 三 and 四 ---------------------------------------------------------------------------------------------


def applications_table(printed: Printed) -> Table:
    """Section 三: rows by result, columns by applicant."""
    rows = {row["item"]: row for row in printed.answers["applications"]}
    codes = {form: [leaf.code for leaf, _ in row_heads(tree["applications"])] for form, tree in printed.trees.items()}
    tree = printed.trees[form_of(codes, [f"applications-{item}" for item in rows], printed.form)]
    title = tree["applications"]
    if not rows:
        return Table(title.code, title.label_zh, title.label_en)
    _add_rows_of_the_other_form(printed.answers["items"], tree, rows)
    columns = [leaf.code.removeprefix("applications-") for top in title.along("column") for leaf in top.leaves()]
    lines = [
        _placed_line(printed, rows.get(leaf.code.removeprefix("applications-")), leaf.code, heads, columns)
        for leaf, heads in row_heads(title)
    ]
    width = max(row.depth for row in title.along("row"))
    return Table(title.code, title.label_zh, title.label_en, column_heads(title, width), tuple(lines))


def _add_rows_of_the_other_form(items: Iterable[Row], tree: Tree, rows: Mapping[str, Row]) -> None:
    """Rows that a report prints though its form has none stand under their group: nothing read is left out."""
    for item in items:
        code = f"applications-{item['code']}"
        if item["code"] in rows and code not in tree:
            group = tree.get(f"applications-group_{item['item_group']}", tree["applications-results"])
            group.below.append(Heading(code, "row", item["label_zh"], item["label_en"], optional=False))


def _placed_line(printed: Printed, row: Row | None, row_id: str, heads: list[Head], columns: Sequence[str]) -> Line:
    cells = tuple(placed_cell(printed.said, printed.text, row, row_id, column) for column in columns)
    unplaced = row["unplaced"] or "" if row else ""
    words = f"t-{row_id}" if row and row["text_start"] is not None else None
    *above, own = heads
    return Line((*above, replace(own, id=row_id, words=words)), cells, unplaced)


def reviews_table(printed: Printed) -> Table:
    """Section 四: one line, channels side by side."""
    rows = {row["channel"]: row for row in printed.answers["reviews"]}
    title = printed.trees[form_of(printed.trees, (), printed.form)]["reviews"]
    if not rows:
        return Table(title.code, title.label_zh, title.label_en)
    cells = []
    for leaf in (leaf for top in title.along("column") for leaf in top.leaves()):
        channel, _, column = leaf.code.removeprefix("reviews-").rpartition("-")
        cells.append(placed_cell(printed.said, printed.text, rows.get(channel), f"reviews-{channel}", column))
    heads = column_heads(title, named=[f"reviews-{channel}" for channel in rows])
    unplaced = "; ".join(row["unplaced"] for row in rows.values() if row["unplaced"])
    return Table(title.code, title.label_zh, title.label_en, heads, (Line((), tuple(cells), unplaced),))


# Section 二 -----------------------------------------------------------------------------------------------------


def disclosure_tables(printed: Printed) -> list[Table]:
    """Section 二: a sub-table for every clause of article 20 that the report's form, or the report, has."""
    figures = {(row["item"], row["measure"]): row for row in printed.answers["disclosures"]}
    units = {row["code"]: row["unit_zh"] for row in printed.answers["measures"]}
    clauses = sorted({h.code for tree in printed.trees.values() for h in tree["disclosures"].along("title")})
    tables = []
    for clause in clauses:
        tree = _clause_tree(printed.trees, clause, printed.form, figures)
        if tree is not None:
            tables.append(_disclosure_table(printed.said, tree[clause], figures, units))
    return tables


def _clause_tree(
    trees: Mapping[str, Tree], clause: str, stated: str | None, figures: Iterable[tuple[str, str]]
) -> Tree | None:
    """The headings of the form that a sub-table is printed in; None if neither the report nor its form has it."""
    having = {form: tree for form, tree in trees.items() if clause in tree}
    items = {row.code for tree in having.values() for row in tree[clause].along("row")}
    measures = [f"{clause}-{measure}" for item, measure in figures if f"disclosures-{item}" in items]
    if not measures and stated not in having:
        return None
    columns = {form: [column.code for column in tree[clause].along("column")] for form, tree in having.items()}
    return having[form_of(columns, measures, stated)]


def _disclosure_table(
    said: Words, title: Heading, figures: Mapping[tuple[str, str], Row], units: Mapping[str, str]
) -> Table:
    measures = [column.code.rpartition("-")[2] for column in title.along("column")]
    lines = []
    for leaf, heads in row_heads(title):
        item = leaf.code.removeprefix("disclosures-")
        read = {measure: figures[item, measure] for measure in measures if (item, measure) in figures}
        if leaf.optional and not read:
            continue
        unplaced = next((row["printed"] for row in read.values() if row["placement"] == UNPLACED), "")
        cells = [disclosure_cell(said, read.get(name), f"{leaf.code}-{name}", units[name]) for name in measures]
        lines.append(Line(tuple(heads), tuple(cells), unplaced))
    return Table(title.code, title.label_zh, title.label_en, column_heads(title, 1), tuple(lines))
