"""The cells of a page's rows, each value rendered once.

Datasette asks every plugin of every cell anew. Of a hundred rows most values stand in their column many times, and most
plugins look at nothing else: those are asked once for each value of a column. What looks at the row is asked each time,
unless it says itself of which rows or values it has nothing to say. Of a column of which a plugin says so it is never
asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from datasette.plugins import pm
from datasette.utils import await_me_maybe, is_url, path_from_row_pks, tilde_encode, truncate_url
from datasette.views import table as table_view
from markupsafe import Markup, escape

BLANK = Markup("&nbsp;")
ELLIPSIS = "…"

Cell = dict[str, Any]
Hook = Callable[[Any, str, Any], Any]
"""(row, column, value) → what a plugin makes of the cell; None where it has nothing to say."""
OF_ROW = "row"
"""What a plugin that looks at more than a value asks for."""
ROWS, VALUES, COLUMNS = "speaks_of_rows", "speaks_of_values", "speaks_of_columns"
"""What a plugin may say of itself: of which rows, values and columns it has something to say at all."""

Test = Callable[[Any], object]
OfColumn = Callable[[Any, str], object]
"""(Datasette, column) → whether a plugin has something to say of the column."""
Function = TypeVar("Function", bound=Callable[..., Any])


def speaking_of(
    rows: Test | None = None, values: Test | None = None, columns: OfColumn | None = None
) -> Callable[[Function], Function]:
    """For a ``render_cell``: it has nothing to say but of ``columns``, and one that looks at the row but of ``rows``
    and of ``values``.
    """

    def told(function: Function) -> Function:
        for name, test in ((ROWS, rows), (VALUES, values), (COLUMNS, columns)):
            if test is not None:
                setattr(function, name, test)
        return function

    return told


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin asked of cells; ``rows``, ``values`` and ``columns``: of which of them it has something to say."""

    make: Hook
    is_of_row: bool
    rows: Test | None
    values: Test | None
    columns: OfColumn | None


class Rendering:
    """What the plugins make of the cells of one table, view or query, on one page."""

    def __init__(self, datasette: Any, database: str, table: str | None) -> None:
        given = {"datasette": datasette, "database": database, "table": table}
        self._plugins = [_plugin(each, given) for each in reversed(pm.hook.render_cell.get_hookimpls())]
        self._of_some_rows = [each.rows for each in self._plugins if each.rows is not None]
        self._steps: dict[Any, list[Any]] = {}
        self._datasette = datasette
        self._of_columns: dict[str, list[Plugin]] = {}

    def is_spoken_of(self, row: Any) -> bool:
        """Whether a plugin that speaks of some rows only does so of ``row``."""
        return any(test(row) for test in self._of_some_rows)

    def is_told_by_value(self, key: Any) -> bool:
        """Whether a cell shown, of that ``key_of``, looks the same in every row but those that are ``is_spoken_of``."""
        steps = self._steps.get(key, ())
        return not any(isinstance(step, Plugin) and step.rows is None for step in steps)

    async def shown(self, row: Any, column: str, value: Any) -> Any:
        """What stands in a cell by the first plugin that has something to say of it; None where none has."""
        key = key_of(column, value)
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps[key] = await self._steps_for(column, value)
        for step in steps:
            if not isinstance(step, Plugin):
                return step
            if step.rows is None or step.rows(row):
                found = await _asked(step, row, column, value)
                if found is not None:
                    return found
        return None

    async def _steps_for(self, column: str, value: Any) -> list[Any]:
        """The plugins that have to see the row too, in their order, up to what is made of ``value`` in every row."""
        steps: list[Any] = []
        for plugin in self._of(column):
            if not plugin.is_of_row:
                found = await _asked(plugin, None, column, value)
                if found is not None:
                    return [*steps, found]
            elif plugin.values is None or plugin.values(value):
                steps.append(plugin)
        return steps

    def _of(self, column: str) -> list[Plugin]:
        """The plugins that may have something to say of ``column``, in their order."""
        found = self._of_columns.get(column)
        if found is None:
            asked = (each for each in self._plugins if each.columns is None or each.columns(self._datasette, column))
            found = self._of_columns[column] = list(asked)
        return found


async def _asked(plugin: Plugin, row: Any, column: str, value: Any) -> Any:
    found = plugin.make(row, column, value)
    return None if found is None else await await_me_maybe(found)


def key_of(column: str, value: Any) -> Any:
    """What tells a value of a column from every other: 1 is not 1.0, a foreign key with its label a dictionary."""
    return (column, dict, *value.values()) if isinstance(value, dict) else (column, type(value), value)


def _plugin(hook: Any, given: Mapping[str, Any]) -> Plugin:
    function = hook.function
    make = _hook(function, hook.argnames, given)
    tests = (getattr(function, name, None) for name in (ROWS, VALUES, COLUMNS))
    return Plugin(make, OF_ROW in hook.argnames, *tests)


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
        self._told_by_value: dict[Any, Cell] = {}

    async def of(self, row: Any) -> Any:
        """The cells of ``row``."""
        cells = [self._leading(row)] if self._shape.is_led else []
        is_spoken_of = self._rendering.is_spoken_of(row)
        values = row.values() if isinstance(row, dict) else row
        for column, value in zip(self._shape.columns, values, strict=True):
            if column != self._left_out:
                key = key_of(column, value)
                cell = None if is_spoken_of else self._told_by_value.get(key)
                if cell is None:
                    cell = await self._made(row, column, value)
                    if not is_spoken_of and self._rendering.is_told_by_value(key):
                        self._told_by_value[key] = cell
                cells.append(cell)
        return table_view.Row(cells)

    async def _made(self, row: Any, column: str, value: Any) -> Cell:
        shown = await self._rendering.shown(row, column, value)
        return _cell(column, value, shown) if shown else self._unshown(column, value)

    def _leading(self, row: Any) -> Cell:
        keys = self._shape.keys
        words = path_from_row_pks(row, keys, not keys, False)
        address = f"{self._address}/{path_from_row_pks(row, keys, not keys)}"
        return {
            "column": keys[0] if len(keys) == 1 else "Link",
            "value_type": "pk",
            "is_special_link_column": len(keys) != 1,
            "raw": words,
            "value": _link(Markup(address), words),
        }

    def _unshown(self, column: str, value: Any) -> Cell:
        """The cell of a value of which no plugin has anything to say."""
        return _cell(column, value["value"] if isinstance(value, dict) else value, self._by_itself(column, value))

    def _by_itself(self, column: str, value: Any) -> Any:
        if isinstance(value, dict):
            return self._led(column, value["value"], value["label"])
        if value is None or value == "":
            return BLANK
        words, most = str(value), self._shape.most
        if is_url(words.strip()):
            return _link(words.strip(), truncate_url(words.strip(), most))
        return f"{words[:most]}{ELLIPSIS}" if most and len(words) > most else words

    def _led(self, column: str, value: Any, label: Any) -> Markup:
        table = tilde_encode(self._shape.leads_to[column])
        address = f"{self._base_url}{self._shape.database}/{table}/{tilde_encode(str(value))}"
        if label == value:
            return _link(address, value)
        return Markup(f"{_link(address, escape(label) or '-')}&nbsp;<em>{escape(value)}</em>")


def _link(address: str, words: Any) -> Markup:
    """A link, as ``Markup.format`` makes it; that costs ten times as much, and a page has hundreds."""
    return Markup(f'<a href="{escape(address)}">{escape(words)}</a>')


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
