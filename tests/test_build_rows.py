"""Bringing a table up to date: whatever stood there, it then holds the rows that are given, and says which differed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from build.publish.rows import bring_up_to_date, differences, insert, insert_instead
from build.publish.schema import INTEGER, TEXT, Table

OF_ONE_KEY = Table("t", {"a": TEXT, "b": INTEGER, "c": TEXT}, ("a",))
OF_TWO_KEYS = Table("t", {"a": TEXT, "b": INTEGER, "c": TEXT}, ("a", "b"))
ROWS = st.dictionaries(st.tuples(st.sampled_from("pqr"), st.integers(0, 3)), st.sampled_from(["", "x", "y"]))


def brought(table: Table, before: list[tuple[object, ...]], after: list[tuple[object, ...]]) -> list[object]:
    """The keys that are told to differ; the table then holds ``after``."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE t (a, b, c, PRIMARY KEY ({', '.join(table.primary_key)}))")
        insert(connection, table, before)
        keys = bring_up_to_date(connection, table, after)
        assert connection.execute("SELECT * FROM t ORDER BY a, b").fetchall() == after
    return list(keys)


@settings(max_examples=25, deadline=None)
@given(ROWS, ROWS)
def test_a_table_of_two_keys_holds_what_is_given_and_tells_what_differed(
    old: dict[tuple[str, int], str], new: dict[tuple[str, int], str]
) -> None:
    before, after = (sorted((*key, value) for key, value in rows.items()) for rows in (old, new))
    unlike = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
    assert brought(OF_TWO_KEYS, [*before], [*after]) == unlike


def test_a_table_of_one_key_is_told_by_it() -> None:
    before: list[tuple[object, ...]] = [("p", 1, "x"), ("q", 2, None), ("r", 3, "z")]
    after: list[tuple[object, ...]] = [("o", 0, None), ("p", 1, "x"), ("q", 2, "y")]
    assert brought(OF_ONE_KEY, before, after) == [("o",), ("q",), ("r",)]
    assert brought(OF_ONE_KEY, before, before) == []
    assert brought(OF_ONE_KEY, before, []) == [("p",), ("q",), ("r",)]
    assert brought(OF_ONE_KEY, [], after) == [("o",), ("p",), ("q",)]


def test_only_the_rows_of_the_names_given_are_compared() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b, c, PRIMARY KEY (a, b))")
        insert(connection, OF_TWO_KEYS, [("p", 1, "x"), ("q", 1, "x"), ("q", 2, "x"), ("r", 1, "x")])
        assert list(bring_up_to_date(connection, OF_TWO_KEYS, [("q", 2, "y")], {"q"})) == [("q", 1), ("q", 2)]
        rows = connection.execute("SELECT * FROM t ORDER BY a, b").fetchall()
    assert rows == [("p", 1, "x"), ("q", 2, "y"), ("r", 1, "x")]


def test_rows_of_a_name_stand_in_place_of_all_that_it_had() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b, c, PRIMARY KEY (a, b))")
        insert(connection, OF_TWO_KEYS, [("p", 1, "x"), ("q", 1, "x"), ("q", 2, "x"), ("r", 1, "x")])
        insert_instead(connection, OF_TWO_KEYS, ["q", "s"], [("q", 1, "y"), ("s", 1, "z")])
        rows = connection.execute("SELECT * FROM t ORDER BY a, b").fetchall()
    assert rows == [("p", 1, "x"), ("q", 1, "y"), ("r", 1, "x"), ("s", 1, "z")]


def test_differences_go_by_the_names_whatever_the_values() -> None:
    old, new = [("a", "9"), ("c", "1"), ("d", "5")], [("b", "0"), ("c", "8"), ("d", "5"), ("e", "")]
    assert list(differences(iter(old), iter(new))) == [
        ("a", "9", None),
        ("b", None, "0"),
        ("c", "1", "8"),
        ("e", None, ""),
    ]
