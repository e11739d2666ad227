"""What tells a build that nothing can have changed: a stamp is another wherever a row may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from build.join.acknowledged import Acknowledgement
from build.join.assembly import (
    Decisions,
    Shelf,
    assemble,
    inputs_hash,
    stamp,
    stamp_of_all,
    stamps_of_agencies,
    stamps_of_problems,
    stamps_of_reports,
)
from build.join.corrections import Entry
from build.join.entries import Origin
from build.messages import alike
from build.reading.codec import to_plain
from build.reading.key import key_of
from build.reading.ledger import Item
from build.report import Problem
from tests.rolls import ledger_of
from tests.rule_samples import sample

KEY = replace(key_of(sample()), reading=b"first")
PLAIN = to_plain(KEY)
NO_DECISIONS = Decisions()
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


def stamps(items: Sequence[Item], decisions: Decisions = NO_DECISIONS) -> tuple[dict[str, bytes], ...]:
    """The stamps of reports, of files' problems and of authorities."""
    report = sample()
    assembly = assemble(ledger_of(items), decisions, Shelf(lambda _: report, lambda _: report.problems))
    return tuple(dict(stamps_of(assembly)) for stamps_of in (stamps_of_reports, stamps_of_problems, stamps_of_agencies))


def acknowledged(source_file: str, code: str) -> Acknowledgement:
    return Acknowledgement(Origin("a.yml", 1, 1), None, source_file, None, code, None, "why", "who", "2026-01-06")


def corrected(cell: str, expect: Decimal, value: Decimal) -> Entry:
    return Entry(
        Origin("c.yml", 1, 1), KEY.id, None, None, "applications", cell, expect, value,
        *("source", "理由", "何人", "2026-01-06", "confirmed"),
    )  # fmt: skip


def test_the_stamps_of_reports_and_problems_stay_where_a_decision_is_about_others() -> None:
    reports, problems, _ = stamps(ITEMS)
    assert (set(reports), set(problems)) == ({KEY.id}, {"b.txt"})
    beside = Decisions(acknowledged=(acknowledged("c.txt", "scan"),))
    same_reports, same_problems, _ = stamps(ITEMS, beside)
    assert same_reports == reports
    assert {**same_problems, **problems} == same_problems


def test_the_stamp_of_a_report_is_another_where_a_figure_stands_corrected() -> None:
    entries = [corrected("received-total", Decimal(20), Decimal(value)) for value in (21, 22)]
    found = {stamps(ITEMS, Decisions(each))[0][KEY.id] for each in ((), entries[:1], entries[1:])}
    assert len(found) == 3


def test_the_stamp_of_a_problem_is_another_where_it_is_answered_or_says_something_else() -> None:
    other = replace(ITEMS[1], problems=(Problem("b.txt", "read", "error", "scan", alike("another scan")),))
    found = [
        stamps(ITEMS)[1]["b.txt"],
        stamps((ITEMS[0], other))[1]["b.txt"],
        stamps(ITEMS, Decisions(acknowledged=(acknowledged("b.txt", "scan"),)))[1]["b.txt"],
    ]
    assert len(set(found)) == 3


def test_the_stamp_of_an_authority_is_another_where_a_printed_name_is() -> None:
    identity = replace(KEY.identity, agency_id="371728-finance", agency="东明县财政局")
    found = []
    for printed in ("东明县财政局", "县财政局"):
        key = replace(KEY, identity=replace(identity, agency_printed=printed))
        (stamp_of_one,) = stamps((replace(ITEMS[0], keys=(to_plain(key),)),))[2].items()
        found.append(stamp_of_one)
    assert [agency for agency, _ in found] == ["371728-finance"] * 2
    assert found[0] != found[1]
