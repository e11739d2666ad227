"""What is wrong with the filters in a table's address: a column that is not there, a condition that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

MOST_NAMED = 12
FACETS = ("_facet", "_facet_array", "_facet_date")
CHOSEN = "_filter_column"


def fault_of(parameters: Iterable[tuple[str, str]], columns: Sequence[str], conditions: Sequence[str]) -> str | None:
    """The first fault of the (name, value) ``parameters``, in the words that ``error_words`` knows; None without one.

    ``conditions`` are the endings of filters, as in year__gte.
    """
    for name, value in parameters:
        if name in FACETS or (name.startswith(CHOSEN) and value):
            fault = _fault_of_column(value, columns)
        elif name.startswith("_") and name not in columns:
            fault = None
        else:
            fault = _fault_of_filter(name, columns, conditions)
        if fault:
            return fault
    return None


def _fault_of_filter(name: str, columns: Sequence[str], conditions: Sequence[str]) -> str | None:
    if name in columns:
        return None
    column, _, condition = name.rpartition("__")
    if not column:
        return _fault_of_column(name, columns)
    if column in columns and condition not in conditions:
        return f"No such condition: {condition}; there are: {', '.join(conditions)}"
    return _fault_of_column(column, columns)


def _fault_of_column(column: str, columns: Sequence[str]) -> str | None:
    if column in columns:
        return None
    near = get_close_matches(column, columns, MOST_NAMED, 0.5) or columns[:MOST_NAMED]
    return f"No column to filter by: {column}; there are: {', '.join(near)}"
