"""What tells a build that nothing can have changed: a stamp is another wherever a row may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build.join.assembly import inputs_hash, stamp, stamp_of_all
from build.messages import alike
from build.reading.codec import to_plain
from build.reading.key import key_of
from build.reading.ledger import Item
from build.report import Problem
from tests.rolls import ledger_of
from tests.rule_samples import sample

KEY = replace(key_of(sample()), reading=b"first")
PLAIN = to_plain(KEY)
ITEMS = (
    Item("a.txt", (PLAIN,), (), b"content", "ab" * 32),
    Item("b.txt", (), (Problem("b.txt", "read", "error", "scan", alike("a scan")),), b"other", "cd" * 32),
)


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(replace(ITEMS[0], source_file="c.txt"), id="name"),
        pytest.param(replace(ITEMS[0], sha256="ef" * 32), id="bytes"),
        pytest.param(replace(ITEMS[0], keys=()), id="no report"),
        pytest.param(replace(ITEMS[0], keys=(PLAIN, PLAIN)), id="another report"),
        pytest.param(replace(ITEMS[0], keys=(to_plain(replace(KEY, reading=b"second")),)), id="read otherwise"),
        pytest.param(replace(ITEMS[0], keys=(to_plain(replace(KEY, place=7)),)), id="another place in its file"),
        pytest.param(replace(ITEMS[0], problems=ITEMS[1].problems), id="problem"),
    ],
)
def test_the_stamp_of_a_build_is_another_where_a_file_or_what_was_read_of_it_is(first: Item) -> None:
    """The same file may be read otherwise by a newer program: then the database is an old one."""
    assert stamp_of_all(ledger_of((first, ITEMS[1])), "options") != stamp_of_all(ledger_of(ITEMS), "options")


def test_the_stamp_of_a_build_is_another_with_other_options_and_the_same_for_the_same() -> None:
    assert stamp_of_all(ledger_of(ITEMS), "options") == stamp_of_all(ledger_of(ITEMS), "options")
    assert stamp_of_all(ledger_of(ITEMS), "options") != stamp_of_all(ledger_of(ITEMS), "others")
    assert stamp_of_all(ledger_of(ITEMS[:1]), "options") != stamp_of_all(ledger_of(ITEMS), "options")


def test_the_hash_of_the_inputs_is_of_names_contents_and_options_not_of_what_was_read() -> None:
    same = replace(ITEMS[0], keys=(to_plain(replace(KEY, reading=b"second")),))
    assert inputs_hash(ledger_of((same, ITEMS[1])), 2019) == inputs_hash(ledger_of(ITEMS), 2019)
    others = (replace(ITEMS[0], source_file="c.txt"), replace(ITEMS[0], content=b"new"))
    inputs = (ITEMS, *((other, ITEMS[1]) for other in others))
    hashes = [inputs_hash(ledger_of(items), 2019) for items in inputs] + [inputs_hash(ledger_of(ITEMS), 2020)]
    assert len(set(hashes)) == 4


def test_the_stamp_of_several_things_is_of_each_of_them_and_of_their_order() -> None:
    stamps = {stamp(*parts) for parts in ((), ("甲",), ("乙",), ("甲", "乙"), ("乙", "甲"))}
    assert len(stamps) == 5
    assert stamp("甲", "乙") == stamp("甲", "乙")
