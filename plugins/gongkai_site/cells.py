"""The cells of a page's rows, each value rendered once.

Datasette asks every plugin of every cell anew. Of a hundred rows most values stand in their column many times, and most
plugins look at nothing else: those are asked once for each value of a column. What looks at the row is asked each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from datasette.plugins import pm
from datasette.utils import await_me_maybe, is_url, path_from_row_pks, tilde_encode, truncate_url
from datasette.views import table as table_view
from markupsafe import Markup, escape

BLANK = Markup("&nbsp;")
LINK = Markup('<a href="{}">{}</a>')
LED = Markup('<a href="{}{}/{}/{}">{}</a>')
NAMED = Markup("{}&nbsp;<em>{}</em>")
ELLIPSIS = "…"

Cell = dict[str, Any]
Hook = Callable[[Any, str, Any], Any]
"""(row, column, value) → what a plugin makes of the cell; None where it has nothing to say."""
OF_ROW = "row"
"""What a plugin that looks at more than a value asks for."""


class Rendering:
    """What the plugins make of the cells of one table, view or query, on one page."""

    def __init__(self, datasette: Any, database: str, table: str | None) -> None:
        self._runs = list(_runs({"datasette": datasette, "database": database, "table": table}))
        self._of_values: dict[Any, list[Any]] = {}

    async def shown(self, row: Any, column: str, value: Any) -> Any:
        """What stands in a cell by the first plugin that has something to say of it; None where none has."""
        key = key_of(column, value)
        of_value = self._of_values.get(key)
        if of_value is None:
            runs = [() if is_of_row else hooks for is_of_row, hooks in self._runs]
            of_value = self._of_values[key] = [await _first(hooks, None, column, value) for hooks in runs]
        for (is_of_row, hooks), known in zip(self._runs, of_value, strict=True):
            found = await _first(hooks, row, column, value) if is_of_row else known
            if found is not None:
                return found
        return None


async def _first(hooks: Iterable[Hook], row: Any, column: str, value: Any) -> Any:
    for hook in hooks:
        found = hook(row, column, value)
        if found is not None:
            found = await await_me_maybe(found)
        if found is not None:
            return found
    return None


def key_of(column: str, value: Any) -> Any:
    """What tells a value of a column from every other: 1 is not 1.0, a foreign key with its label a dictionary."""
    return (column, dict, *value.values()) if isinstance(value, dict) else (column, type(value), value)


def _runs(given: Mapping[str, Any]) -> Iterator[tuple[bool, list[Hook]]]:
    """The plugins in the order in which they are asked, those that look at the row apart from those that do not."""
    hooks = reversed(pm.hook.render_cell.get_hookimpls())
    for is_of_row, run in groupby(hooks, lambda hook: OF_ROW in hook.argnames):
        yield is_of_row, [_hook(each.function, each.argnames, given) for each in run]


def _hook(function: Callable[..., Any], names: Sequence[str], given: Mapping[str, Any]) -> Hook:
    made = partial(function, **{name: given[name] for name in names if name in given})
    if OF_ROW not in names:
        return (lambda _, column, value: made(column=column, value=value)) if "column" in names else _value_only(made)
    if "column" in names:
        return lambda row, column, value: made(row=row, column=column, value=value)
    return lambda row, _, value: made(row=row, value=value)


def _value_only(made: Callable[..., Any]) -> Hook:
    return lambda *words: made(value=words[-1])


@dataclass(frozen=True)
class Shape:
    """What the cells of a table's rows depend on besides the rows: ``leads_to`` is column → table of a foreign key.

    ``is_led``: the first cell leads to the row's own page. ``most``: a longer text is cut, 0 for none.
    """

    database: str
    table: str
    columns: Sequence[str]
    keys: Sequence[str]
    leads_to: Mapping[str, str]
    is_led: bool
    most: int


class TableCells:
    """The cells of the rows of one table or view as Datasette makes them."""

    def __init__(self, datasette: Any, shape: Shape) -> None:
        self._rendering = Rendering(datasette, shape.database, shape.table)
        self._shape = shape
        self._base_url = datasette.setting("base_url")
        self._address = datasette.urls.table(shape.database, shape.table)
        self._left_out = shape.keys[0] if shape.is_led and len(shape.keys) == 1 else None
        self._by_themselves: dict[Any, Any] = {}

    async def of(self, row: Any) -> Any:
        """The cells of ``row``."""
        cells = [self._leading(row)] if self._shape.is_led else []
        for column, value in zip(self._shape.columns, row, strict=True):
            if column != self._left_out:
                shown = await self._rendering.shown(row, column, value)
                cells.append(_cell(column, value, shown) if shown else self._unshown(column, value))
        return table_view.Row(cells)

    def _leading(self, row: Any) -> Cell:
        keys = self._shape.keys
        words = path_from_row_pks(row, keys, not keys, False)
        address = f"{self._address}/{path_from_row_pks(row, keys, not keys)}"
        return {
            "column": keys[0] if len(keys) == 1 else "Link",
            "value_type": "pk",
            "is_special_link_column": len(keys) != 1,
            "raw": words,
            "value": LINK.format(Markup(address), words),
        }

    def _unshown(self, column: str, value: Any) -> Cell:
        """The cell of a value of which no plugin has anything to say."""
        key = key_of(column, value)
        shown = self._by_themselves.get(key)
        if shown is None:
            shown = self._by_themselves[key] = self._by_itself(column, value)
        return _cell(column, value["value"] if isinstance(value, dict) else value, shown)

    def _by_itself(self, column: str, value: Any) -> Any:
        if isinstance(value, dict):
            return self._led(column, value["value"], value["label"])
        if value is None or value == "":
            return BLANK
        words, most = str(value), self._shape.most
        if is_url(words.strip()):
            return LINK.format(words.strip(), truncate_url(words.strip(), most))
        return f"{words[:most]}{ELLIPSIS}" if most and len(words) > most else words

    def _led(self, column: str, value: Any, label: Any) -> Markup:
        table = tilde_encode(self._shape.leads_to[column])
        address = (self._base_url, self._shape.database, table, tilde_encode(str(value)))
        if label == value:
            return LED.format(*address, value)
        return NAMED.format(LED.format(*address, escape(label) or "-"), value)


def _cell(column: str, raw: Any, shown: Any) -> Cell:
    return {"column": column, "value": shown, "raw": raw, "value_type": "none" if raw is None else type(raw).__name__}


_columns_and_rows = table_view.display_columns_and_rows


async def columns_and_rows(
    datasette: Any,
    database: str,
    table: str,
    description: Sequence[Sequence[Any]],
    rows: Iterable[Any],
    link_column: bool = False,
    truncate_cells: int = 0,
    sortable_columns: Any = None,
) -> tuple[list[dict[str, Any]], list[Any]]:
    """As Datasette's own ``display_columns_and_rows``: of a database without blobs, of metadata without units."""
    columns, _ = await _columns_and_rows(
        datasette, database, table, description, (), link_column, truncate_cells, sortable_columns
    )
    source = datasette.get_database(database)
    leads_to = {key["column"]: key["other_table"] for key in await source.foreign_keys_for_table(table)}
    names = [column[0] for column in description]
    keys = await source.primary_keys(table)
    cells = TableCells(datasette, Shape(database, table, names, keys, leads_to, link_column, truncate_cells))
    return columns, [await cells.of(row) for row in rows]
