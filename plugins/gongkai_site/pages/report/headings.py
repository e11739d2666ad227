"""The headings of a form's tables, as trees and as the heading cells that a table prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gongkai_site.queries import Row


@dataclass(frozen=True)
class Head:
    """A heading cell with its spans; ``id`` and ``words`` as in Cell, for the heading of a row that was read."""

    label_zh: str
    label_en: str
    colspan: int = 1
    rowspan: int = 1
    id: str = ""
    words: str | None = None


@dataclass
class Heading:
    """A heading of the form and those below it."""

    code: str
    axis: str
    label_zh: str
    label_en: str
    optional: bool
    below: list[Heading] = field(default_factory=list)

    def along(self, axis: str) -> list[Heading]:
        """The headings directly below that stand on ``axis``."""
        return [heading for heading in self.below if heading.axis == axis]

    def leaves(self) -> list[Heading]:
        """The headings of single rows or columns below this one, or itself."""
        return [leaf for heading in self.below for leaf in heading.leaves()] or [self]

    @property
    def depth(self) -> int:
        """How many headings stand one below the other."""
        return 1 + max((heading.depth for heading in self.below), default=0)


Tree = Mapping[str, Heading]
"""Code → heading, of one form."""


def heading_trees(rows: Iterable[Row]) -> dict[str, Tree]:
    """Form → code → heading, each with those below it."""
    trees: dict[str, dict[str, Heading]] = {}
    for row in rows:
        tree = trees.setdefault(row["form"], {})
        tree[row["code"]] = Heading(row["code"], row["axis"], row["label_zh"], row["label_en"], bool(row["optional"]))
        if row["parent"]:
            tree[row["parent"]].below.append(tree[row["code"]])
    return dict(trees)


def column_heads(title: Heading, stub_width: int = 0, named: Iterable[str] = ()) -> tuple[tuple[Head, ...], ...]:
    """The rows of headings above a table: its stub, then its columns, level by level; those ``named`` are fragments."""
    columns = title.along("column")
    depth = max(column.depth for column in columns)
    levels: list[list[Head]] = [[] for _ in range(depth)]
    for stub in title.along("stub"):
        levels[0].append(Head(stub.label_zh, stub.label_en, stub_width, depth))
    for column in columns:
        _add_column(levels, column, 0, set(named))
    return tuple(map(tuple, levels))


def _add_column(levels: list[list[Head]], column: Heading, level: int, named: set[str]) -> None:
    rowspan = 1 if column.below else len(levels) - level
    own = column.code if column.code in named else ""
    levels[level].append(Head(column.label_zh, column.label_en, len(column.leaves()), rowspan, own))
    for below in column.below:
        _add_column(levels, below, level + 1, named)


def row_heads(title: Heading) -> list[tuple[Heading, list[Head]]]:
    """(a row's heading, the heading cells that begin in its line) in printed order."""
    rows = title.along("row")
    depth = max((row.depth for row in rows), default=0)
    return [line for row in rows for line in _lines_of(row, depth)]


def _lines_of(row: Heading, depth: int) -> Iterator[tuple[Heading, list[Head]]]:
    if not row.below:
        yield row, [Head(row.label_zh, row.label_en, depth, 1, row.code)]
        return
    own = Head(row.label_zh, row.label_en, 1, len(row.leaves()))
    for below in row.below:
        for leaf, heads in _lines_of(below, depth - 1):
            yield leaf, [own, *heads] if leaf is row.leaves()[0] else heads


def form_of(codes: Mapping[str, Iterable[str]], printed: Iterable[str], stated: str | None) -> str:
    """The form, of those that ``codes`` lists with their headings, that fits what is printed: most of it in the form,
    least of the form missing. Of equals the stated one, else the older.
    """
    found = set(printed)

    def fit(form: str) -> tuple[int, int, bool]:
        headings = set(codes[form])
        return len(found & headings), -len(headings - found) if found else 0, form == stated

    return max(sorted(codes), key=fit)
