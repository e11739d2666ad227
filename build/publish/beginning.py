"""What every database begins with, whatever was read: tables and views, lookups, places, authorities that stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from typing import NamedTuple

import sqlite_utils
from sqlite_utils.db import DescIndex

from .. import forms
from ..checks import RULES
from . import schema, views
from .descriptions import Descriptions, code_rows, column_rows
from .draft_database import PAGE_SIZE
from .form_headings import heading_rows
from .places import (
    agency_name_rows,
    agency_rows,
    agency_search_rows,
    division_rows,
    population_rows,
    published_agencies,
)
from .rows import Row, insert_rows


class Beginning(NamedTuple):
    """A database file as it begins, and the statements of the indexes that are made once all reports stand in it."""

    file: bytes
    indexes: Sequence[str]


def begin(connection: sqlite3.Connection, told: Descriptions) -> Sequence[str]:
    """Let an empty database begin as all do that are described in this way; the statements of its indexes."""
    beginning = _beginning(told)
    with closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(beginning.file)
        made.backup(connection)
    return beginning.indexes


@lru_cache(1)
def _beginning(told: Descriptions) -> Beginning:
    """Made once a process: to insert these rows takes longer than all else that a small build does."""
    database = sqlite_utils.Database(memory=True)
    with closing(database.conn):
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        _create_tables(database)
        for view in views.VIEWS:
            database.create_view(view.name, view.sql)
        for name, rows in {**_lookup_rows(), **_rows_of_places()}.items():
            insert_rows(database.conn, schema.BY_NAME[name], rows)
        describe(database.conn, told)
        _create_indexes(database, (table for table in schema.TABLES if table not in schema.OF_REPORTS))
        database.conn.commit()
        file = database.conn.serialize()
        there = len(_statements_of_indexes(database.conn))
        _create_indexes(database, schema.OF_REPORTS)
        return Beginning(file, _statements_of_indexes(database.conn)[there:])


def describe(connection: sqlite3.Connection, told: Descriptions) -> None:
    """Insert what the columns and codes mean."""
    names = (*schema.BY_NAME, *(view.name for view in views.VIEWS))
    columns = {name: _columns_of(connection, name) for name in names}
    insert_rows(connection, schema.BY_NAME["columns"], column_rows(told, columns))
    insert_rows(connection, schema.BY_NAME["codes"], code_rows(told, _lookup_rows()))


def _columns_of(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info([{name}])"))


# The schema --------------------------------------------------------------------------------------------------------

_PYTHON_TYPES: dict[str, type] = {schema.INTEGER: int, schema.REAL: float, schema.TEXT: str}


def _create_tables(database: sqlite_utils.Database) -> None:
    for table in schema.TABLES:
        database.table(table.name).create(
            {name: _PYTHON_TYPES[kind] for name, kind in table.columns.items()},
            pk=table.primary_key if len(table.primary_key) > 1 else table.primary_key[0],
            foreign_keys=[(column, parent, key) for column, (parent, key) in table.foreign_keys.items()],
            not_null=set(table.not_null) | set(table.primary_key),
            strict=True,
        )


def _create_indexes(database: sqlite_utils.Database, tables: Iterable[schema.Table]) -> None:
    for table in tables:
        for columns in table.indexes:
            database.table(table.name).create_index([_indexed(column) for column in columns])
        for condition, columns in table.partial_indexes.items():
            name = f"idx_{table.name}_{'_'.join(columns)}".replace(schema.DESCENDING, "")
            database.execute(f"CREATE INDEX [{name}] ON [{table.name}] ({', '.join(columns)}) WHERE {condition}")


def _indexed(column: str) -> str:
    name = column.removesuffix(schema.DESCENDING)
    return name if name == column else DescIndex(name)


def _statements_of_indexes(connection: sqlite3.Connection) -> list[str]:
    stated = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
    return [sql for (sql,) in connection.execute(stated)]


# The rows ----------------------------------------------------------------------------------------------------------


def _rows_of_places() -> dict[str, Iterable[Row]]:
    """Divisions with their residents, and the authorities that every database has."""
    standing = published_agencies(())
    return {
        "divisions": division_rows(),
        "population": population_rows(),
        "agencies": agency_rows(standing, standing),
        "agency_names": agency_name_rows(standing, lambda _: ()),
        "agency_search": agency_search_rows(standing),
    }


def _lookup_rows() -> dict[str, list[Row]]:
    items = (*forms.APPLICATION_ITEMS, *forms.DISCLOSURE_ITEMS)
    return {
        "form_headings": [*heading_rows()],
        "items": [
            {
                "code": item.code,
                "label_zh": item.label_zh,
                "label_en": item.label_en,
                **_in_forms(item.code),
                "item_group": item.group,
                "sort_order": order,
            }
            for order, item in enumerate(items, 1)
        ],
        "measures": [
            {
                "code": measure.code,
                "label_zh": measure.label_zh,
                "label_en": measure.label_en,
                "unit_zh": measure.unit_zh,
                "unit_en": measure.unit_en,
                **_in_forms(measure.code),
                "sort_order": order,
            }
            for order, measure in enumerate(forms.MEASURES, 1)
        ],
        "outcomes": _coded(forms.OUTCOMES),
        "review_channels": _coded(forms.REVIEW_CHANNELS),
        "hotline_channels": _coded(forms.HOTLINE_CHANNELS),
        "rules": [
            {
                "code": rule.code,
                "kind": rule.kind,
                "severity": rule.severity,
                "label_zh": rule.label_zh,
                "label_en": rule.label_en,
                "statement_zh": rule.statement_zh,
                "statement_en": rule.statement_en,
                "why_zh": rule.why_zh,
                "why_en": rule.why_en,
                "source": rule.source,
                "sort_order": order,
            }
            for order, rule in enumerate(RULES, 1)
        ],
    }


def _in_forms(code: str) -> Row:
    return {schema.in_form(form): form.has(code) for form in forms.FORMS}


def _coded(channels: Iterable[forms.Channel]) -> list[Row]:
    return [
        {"code": channel.code, "label_zh": channel.label_zh, "label_en": channel.label_en, "sort_order": order}
        for order, channel in enumerate(channels, 1)
    ]
