"""Which of several reports of one agency and year is current, whatever the order of the files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build.join.acknowledged import Acknowledgement
from build.join.assembly import Decisions, Shelf, assemble
from build.join.combine import combine as combined
from build.join.corrections import Entry
from build.join.differing import differing
from build.join.entries import Origin
from build.join.roll import OF_ACKNOWLEDGEMENTS, OF_CORRECTIONS, OF_FILES, OF_JOINING, Roll, Superseded
from build.messages import Message
from build.reading.codec import to_plain
from build.reading.key import Key, Sister, count_figures, key_of
from build.reading.ledger import Item
from build.report import Identity, Problem, Report
from tests.rolls import ledger_of, ledger_of_keys, roll_of
from tests.rule_samples import amount, count, sample
from tests.samples import AGENCY, made_report, sound_figures


@dataclass(frozen=True)
class Collection:
    """All reports by id with whether each is current; problems that show when they stand side by side; what is current
    in the place of others.
    """

    reports: tuple[tuple[Key, bool], ...]
    problems: tuple[Problem, ...]
    superseded: dict[str, Superseded]


def combine(reports: Iterable[Report]) -> Collection:
    """Reports side by side, of which combining sees their keys."""
    return combine_keys([key_of(report) for report in reports])


def combine_keys(keys: Iterable[Key]) -> Collection:
    roll = roll_of(keys)
    copies = combined(roll)
    standing = list(roll.reports())
    problems = tuple(each for each in roll.problems() if isinstance(each, Problem))
    assert copies == sum(problem.code == "duplicate_file" for problem in problems)
    return Collection(
        tuple((each.key, each.current) for each in standing),
        problems,
        {each.key.id: each.superseded for each in standing if each.superseded is not None},
    )


def report(name: str, figures: int = 3, sha256: str = "", **identity: object) -> Report:
    """A report called ``name`` with so many rows of figures; agency and year are given unless stated."""
    stated = Identity(**{"agency": AGENCY, "year": 2020, **identity})  # type: ignore[arg-type]
    rows = dict(itertools.islice(sound_figures().applications.items(), figures))
    digest = sha256 or name.encode().hex().ljust(64, "0")
    return replace(made_report(rows, identity=stated), id=name, source_file=f"{name}.txt", sha256=digest)


def shelf_of(one: Report) -> Shelf:
    """Where ``one`` is had, whatever key is asked for."""
    return Shelf(lambda _: one, lambda _: one.problems)


def current(reports: Sequence[Report]) -> set[str]:
    """The current reports; the same in every order of the files."""
    found = {
        frozenset(one.id for one, is_current in combine(order).reports if is_current)
        for order in itertools.permutations(reports)
    }
    assert len(found) == 1
    return set(found.pop())


def test_a_report_alone_is_current() -> None:
    assert current([report("a")]) == {"a"}
    assert combine([report("a")]).problems == ()


def test_only_reports_of_one_authority_and_year_are_rivals() -> None:
    groups = [("371728-government", 2020), ("371729-government", 2020), ("371729-government", 2021)]
    each = [
        report(f"{code[:6]}-{year}-{copy}", agency_id=code, agency=f"{code}县人民政府", year=year)
        for code, year in groups
        for copy in "ab"
    ]
    rivals = [[key.id for _, key in group] for group in roll_of(map(key_of, each)).rivals()]
    assert rivals == [[f"{code[:6]}-{year}-{copy}" for copy in "ab"] for code, year in groups]


def test_a_report_is_asked_for_by_its_id_and_none_is_had_by_another() -> None:
    roll = roll_of([key_of(report("a"))])
    found = roll.report("a")
    assert found is not None and found.key.id == "a"
    assert roll.report("b") is None


def test_the_latest_published_is_current() -> None:
    reports = [report("a", 9, published="2021-01-29"), report("b", 1, published="2021-03-01"), report("c", 9)]
    assert current(reports) == {"b"}


def test_of_those_published_on_one_day_the_one_with_most_figures_is_current() -> None:
    day = "2021-01-29"
    assert current([report("a", 2, published=day), report("b", 5, published=day), report("c", 4, published=day)]) == {
        "b"
    }
    assert current([report("a", 2), report("b", 5)]) == {"b"}


def test_of_equals_the_smallest_hash_is_current() -> None:
    reports = [report("a", sha256="f" * 64), report("b", sha256="0" * 63 + "a"), report("c", sha256="0" * 63 + "b")]
    assert current(reports) == {"b"}


A, B = "1" * 64, "2" * 64


@pytest.mark.parametrize(
    ("current_text", "other", "reason"),
    [
        ({"published": "2021-03-01", "retrieved": "2021-03-02"}, {"published": "2021-01-29"}, "published_later"),
        ({"published": "2021-03-01"}, {"retrieved": "2022-03-01", "figures": 9}, "published_stated"),
        ({"retrieved": "2022-03-01"}, {"retrieved": "2021-03-01", "figures": 9}, "retrieved_later"),
        ({"published": "2021-03-01", "retrieved": "2022-03-01"}, {"published": "2021-03-01"}, "retrieved_stated"),
        ({"retrieved": "2022-03-01", "figures": 9}, {"retrieved": "2022-03-01"}, "more_figures"),
        ({}, {}, "nothing_stated"),
    ],
)
@pytest.mark.parametrize("hashes", [(A, B), (B, A)])
def test_what_is_stated_decides_and_the_reason_is_told(
    current_text: dict[str, object], other: dict[str, object], reason: str, hashes: tuple[str, str]
) -> None:
    if reason == "nothing_stated":
        hashes = (A, B)
    kept, left = report("a", sha256=hashes[0], **current_text), report("b", sha256=hashes[1], **other)  # type: ignore[arg-type]
    collection = combine([left, kept])
    superseded = collection.superseded["b"]
    assert (list(collection.superseded), superseded.by.id, superseded.reason) == (["b"], "a", reason)
    (problem,) = collection.problems
    days = [day for name, day in current_text.items() if name == reason.partition("_")[0]]
    assert all(str(day) in problem.message.en and str(day) in problem.message.zh for day in days)
    assert ("SHA-256" in problem.message.en) == (reason == "nothing_stated")


def test_the_figures_that_differ_are_those_of_either_text() -> None:
    cells = sound_figures().applications
    changed = {**cells["received"], "total": 7, "business": None}
    own = made_report({"received": cells["received"], "granted": cells["granted"]})
    other = made_report({"received": changed, "closed": cells["closed"]})
    found = {each.subject: each for each in differing(own, other)}
    total, business = found["applications-received-total"], found["applications-received-business"]
    assert [total.value, total.current_value] == [cells["received"]["total"], 7]
    assert total.has_cell and total.current_has_cell
    assert [business.value, business.current_value] == [cells["received"]["business"], None]
    granted = [each for subject, each in found.items() if subject.startswith("applications-granted-")]
    assert len(granted) == 7 and not any(each.current_has_cell for each in granted)
    assert len(found) == 2 + 7 + 7
    assert list(differing(own, own)) == []


def test_names_of_files_decide_nothing() -> None:
    first, second = report("a", sha256="1" * 64), report("b", sha256="2" * 64)
    renamed = [replace(first, source_file="z.txt"), replace(second, source_file="a.txt")]
    assert current([first, second]) == current(renamed) == {"a"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"year": 2021}, id="another year"),
        pytest.param({"agency": "云山区人民政府"}, id="another agency"),
        pytest.param({"year": None}, id="no year"),
        pytest.param({"agency": None}, id="no agency"),
    ],
)
def test_reports_of_different_agencies_or_years_are_all_current(other: dict[str, object]) -> None:
    assert current([report("a"), report("b", **other)]) == {"a", "b"}  # type: ignore[arg-type]


def test_reports_of_unknown_agencies_are_never_taken_for_one() -> None:
    assert current([report("a", agency=None), report("b", agency=None)]) == {"a", "b"}
    assert current([report("a", year=None), report("b", year=None)]) == {"a", "b"}


def test_agencies_of_one_name_in_different_places_are_two() -> None:
    one = report("a", agency="鼓楼区人民政府", city="南京市", county="鼓楼区")
    other = report("b", agency="鼓楼区人民政府", city="福州市", county="鼓楼区")
    assert current([one, other]) == {"a", "b"}
    assert combine([one, other]).problems == ()


def test_an_agency_of_one_name_and_place_is_one() -> None:
    place = {"agency": "鼓楼区人民政府", "province": "江苏省", "city": "南京市", "county": "鼓楼区"}
    assert current([report("a", 2, **place), report("b", 9, **place)]) == {"b"}


def test_a_place_that_is_not_known_contradicts_none() -> None:
    known = report("a", agency="鼓楼区人民政府", city="南京市")
    unknown = report("b", 9, agency="鼓楼区人民政府")
    assert current([known, unknown]) == {"b"}


def test_a_report_of_unknown_place_does_not_join_two_places_into_one() -> None:
    places = [report(name, 9, agency="鼓楼区人民政府", city=city) for name, city in (("a", "南京市"), ("b", "福州市"))]
    assert current([*places, report("c", 2, agency="鼓楼区人民政府")]) == {"a", "b"}


def gathered(places: Sequence[tuple[str | None, ...]]) -> set[frozenset[int]]:
    """By the rule itself: each joins the first of those together all of whose places agree with its own."""
    groups: list[list[int]] = []
    for at in sorted(range(len(places)), key=lambda at: (places[at].count(None), at)):

        def agrees(other: int, at: int = at) -> bool:
            return all(None in pair or pair[0] == pair[1] for pair in zip(places[at], places[other], strict=True))

        home = next((group for group in groups if all(map(agrees, group))), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    return {*map(frozenset, groups)}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*(st.sampled_from((None, "甲", "乙", "丙")) for _ in range(3))), min_size=2, max_size=12))
def test_reports_of_one_name_are_together_by_the_places_that_are_known(places: list[tuple[str | None, ...]]) -> None:
    template = key_of(report("a", agency="某办事处"))
    keys = [
        replace(
            template, id=f"{at:02}", sha256=f"{at:064}",
            identity=replace(template.identity, province=place[0], city=place[1], county=place[2]),
        )
        for at, place in enumerate(places)
    ]  # fmt: skip
    found = combine_keys(keys)
    together: dict[str, set[int]] = {}
    for key, is_current in found.reports:
        current_one = key.id if is_current else found.superseded[key.id].by.id
        together.setdefault(current_one, set()).add(int(key.id))
    assert {*map(frozenset, together.values())} == gathered(places)


def test_a_report_joins_those_alone_that_it_contradicts_in_nothing() -> None:
    city = report("a", 1, city="甲市")
    county = report("b", 9, county="乙区")
    elsewhere = report("c", 2, city="丙市")
    assert current([city, county, elsewhere]) == {"b", "c"}


def test_both_reports_stay_and_a_problem_says_which_is_current() -> None:
    kept, other = report("a", 9), report("b", 2)
    collection = combine([kept, other])
    assert {one.id for one, _ in collection.reports} == {"a", "b"}
    (problem,) = collection.problems
    assert (problem.code, problem.severity, problem.source_file, problem.report) == ("superseded", "note", "b.txt", "b")
    assert "a.txt" in problem.message.en
    assert AGENCY in problem.message.en
    assert "2020" in problem.message.en


def test_three_reports_of_one_agency_leave_one_current() -> None:
    collection = combine([report("a", 1), report("b", 2), report("c", 3)])
    assert [one.id for one, is_current in collection.reports if is_current] == ["c"]
    assert {(problem.report, problem.code) for problem in collection.problems} == {
        ("a", "superseded"),
        ("b", "superseded"),
    }


def test_a_byte_identical_copy_is_published_once() -> None:
    original = report("a")
    copy = replace(original, source_file="copy-of-a.txt")
    collection = combine([copy, original])
    assert [(one.id, is_current) for one, is_current in collection.reports] == [("a", True)]
    (problem,) = collection.problems
    assert (problem.code, problem.severity, problem.report) == ("duplicate_file", "note", "a")
    assert "what is stated about" not in problem.message.en
    assert {problem.source_file, collection.reports[0][0].source_file} == {"a.txt", "copy-of-a.txt"}


def test_what_is_told_of_a_report_is_told_once_however_many_copies_there_are() -> None:
    told = replace(report("a"), problems=(Problem("a.txt", "parse", "warning", "no_count", Message("two", "二")),))
    keys = [key_of(told), key_of(replace(told, source_file="copy.txt"))]
    assembly = assemble(ledger_of_keys(keys), Decisions(), shelf_of(told))
    (published,) = assembly.roll.reports()
    assert [each for each in assembly.problems() if isinstance(each, Key)] == [published.key]
    assert assembly.remarks == 2, "the one, and that the other file is a copy"


@pytest.mark.parametrize(("told", "remarks"), [(False, 2), (True, 1)])
def test_a_doubt_that_sister_reports_settle_is_no_remark(told: bool, remarks: int) -> None:
    doubtful = replace(
        report("a"),
        problems=tuple(
            Problem("a.txt", "parse", "note", code, Message("two", "二")) for code in ("agency_ambiguous", "no_count")
        ),
    )
    sister = Sister("x", AGENCY, None, None, None, None, None, None, "b.txt") if told else None
    key = replace(key_of(doubtful), sister=sister)
    said = ("no_count", None, "why", "who", "2026-01-06")
    elsewhere = Acknowledgement(Origin("a.yml", 1, 1), "b" * 10, None, None, *said)
    for decisions, unused in ((Decisions(), 0), (Decisions(acknowledged=(elsewhere,)), 1)):
        assembly = assemble(ledger_of_keys([key]), decisions, shelf_of(doubtful))
        assert assembly.remarks == remarks + unused


def test_a_remark_about_a_file_does_not_make_it_unread() -> None:
    remark, error = (
        Problem(f"{severity}.zip", "read", severity, "skipped_member", Message("not read", "没有读"))
        for severity in ("note", "error")
    )
    items = [Item("note.zip", (to_plain(key_of(report("a"))),), (remark,)), Item("error.zip", (), (error,))]
    assembly = assemble(ledger_of(items), Decisions(), shelf_of(report("a")))
    assert list(assembly.unread) == [error]
    assert assembly.remarks == 1


def test_of_two_equal_files_that_with_more_stated_about_it_is_published() -> None:
    """Only one of them has a .meta.yml: what it states must not be lost with the copy."""
    plain = report("a")
    described = replace(
        plain, source_file="z.txt", identity=replace(plain.identity, source_url="https://www.example.gov.cn/a")
    )
    collection = combine([plain, described])
    assert [one.source_file for one, _ in collection.reports] == ["z.txt"]
    (problem,) = collection.problems
    assert problem.source_file == "a.txt" and "what is stated about z.txt counts" in problem.message.en


def test_the_same_collection_whatever_the_order() -> None:
    reports = [report("a", 1), report("b", 2), report("c", year=2021), replace(report("a", 1), source_file="copy.txt")]
    collections = {
        (
            tuple((one.id, one.source_file, is_current) for one, is_current in found.reports),
            tuple((problem.source_file, problem.code, problem.message.en) for problem in found.problems),
        )
        for order in itertools.permutations(reports)
        for found in [combine(order)]
    }
    assert len(collections) == 1


def test_every_figure_of_the_three_tables_counts_and_no_blank() -> None:
    counted = sample(
        {"received": (3, None, 3), "closed": (1, 1, None)},
        disclosures={("licence", "decisions"): 4, ("penalty", "decisions"): None, ("government_rule", "made"): 0},
        reviews={"reconsideration": (1, 0, 0, None, 1)},
    )
    counts, amounts = 2, 1
    assert count_figures(counted) == (6 + 6) + (counts + amounts) + 4


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_a_report_that_stands_twice_in_one_file_the_first_is_current(order: tuple[int, int]) -> None:
    """Whatever the ids: here that of the first one is the larger."""
    twice = [
        replace(key_of(report(name, sha256=A)), source_file="a.txt", place=place) for place, name in enumerate("zb")
    ]
    found = combine_keys([twice[at] for at in order])
    assert [key.id for key, is_current in found.reports if is_current] == ["z"]


def test_a_cell_that_is_blank_is_told_apart_from_one_that_is_not_there() -> None:
    money = [amount(f"{wan}万元", wan) for wan in ("230", "231")]
    blank, other = count("licence", "decisions", None), count("penalty", "decisions", 3)
    own, current_text = (
        replace(made_report(), disclosures=(*cells, money[at])) for at, cells in enumerate(((blank,), (other,)))
    )
    found = [
        (each.subject, each.value, each.current_value, each.has_cell, each.current_has_cell)
        for each in differing(own, current_text)
    ]
    assert found == [
        ("disclosures-penalty-decisions", None, 3, False, True),
        ("disclosures-procurement-amount", 230, 231, True, True),
        ("disclosures-licence-decisions", None, None, True, False),
    ]


# The roll --------------------------------------------------------------------------------------------------------


def remark(source_file: str, code: str, report_id: str | None = None) -> Problem:
    return Problem(source_file, "combine", "note", code, Message("said", "说"), "", report_id)


def told(roll: Roll, source_file: str | None = None) -> list[tuple[str, str]]:
    """The file of each problem with its code, or with the id of the report whose own problems stand there."""
    return [
        (each.source_file, each.code if isinstance(each, Problem) else each.id) for each in roll.problems(source_file)
    ]


def doubted(name: str) -> Key:
    """A report called ``name`` that has a problem of its own."""
    return replace(key_of(report(name)), problems=1)


def test_the_problems_of_a_file_stand_in_the_order_in_which_they_come_about() -> None:
    items = [Item("a.txt", (to_plain(doubted("a")),), (remark("a.txt", "of_file"),))]
    roll = Roll(ledger_of(items))
    roll.publish()
    for rank in (OF_ACKNOWLEDGEMENTS, OF_CORRECTIONS, OF_JOINING):
        roll.note(remark("a.txt", f"rank{rank}"), rank)
    roll.note(remark("0.txt", "before"), OF_ACKNOWLEDGEMENTS)
    own = [("a.txt", each) for each in ("of_file", "a", "rank2", "rank3", "rank4")]
    assert told(roll) == [("0.txt", "before"), *own]
    assert told(roll, "a.txt") == own
    assert told(roll, "b.txt") == []
    roll.publish()
    assert told(roll) == own[:2]
    assert (OF_FILES, roll.own_remarks()) == (0, 1)


def test_a_file_of_several_reports_is_named_by_the_last_and_its_hash_means_the_first() -> None:
    keys = [replace(key_of(report(name, sha256=A)), source_file="a.txt") for name in ("x", "x-2")]
    roll = roll_of([*keys, key_of(report("b", sha256=B))])
    by_file, by_hash = roll.of_file("a.txt"), roll.of_hash(A)
    assert by_file is not None and by_hash is not None
    assert (by_file.id, by_hash.id) == ("x-2", "x")
    assert (roll.of_file(None), roll.of_hash(None), roll.of_file("c.txt"), roll.of_hash("c" * 64)) == (None,) * 4


@pytest.mark.parametrize(
    ("agency_id", "names", "rivals"),
    [
        ("320300-government", ("徐州市人民政府", "徐州市政府"), 1),
        ("320300-ethnic_religious", ("徐州市民族事务局", "徐州市宗教事务局"), 0),
        ("320300-ethnic_religious", ("徐州市民族事务局", "徐州市民族事务局"), 1),
    ],
)
def test_names_tell_offices_apart_that_are_one_department(agency_id: str, names: tuple[str, str], rivals: int) -> None:
    keys = [key_of(report(str(at), agency_id=agency_id, agency=name)) for at, name in enumerate(names)]
    assert len(list(roll_of(keys).rivals())) == rivals


def test_each_name_of_a_department_has_its_own_rivals() -> None:
    names = ("徐州市宗教事务局", "徐州市民族事务局") * 2
    keys = [key_of(report(str(at), agency_id="320300-ethnic_religious", agency=name)) for at, name in enumerate(names)]
    assert [[key.id for _, key in group] for group in roll_of(keys).rivals()] == [["0", "2"], ["1", "3"]]


def test_the_newest_year_is_that_of_a_current_report() -> None:
    roll = roll_of([key_of(report(str(year), year=year)) for year in (2019, 2021, 2022)])
    ((number, _),) = roll.ledger.as_read("2021")
    roll.supersede("2022", number, "nothing_stated")
    assert roll.newest_year() == 2021
    assert roll_of([]).newest_year() is None
    assert [standing.current for standing in roll.reports()] == [True, True, False]
    assert [standing.key.id for standing in roll.superseded()] == ["2022"]


def test_a_report_follows_the_one_of_the_year_before_and_no_superseded_text() -> None:
    years = [replace(key_of(report(str(year), year=year)), subjects=(f"cell-{year}", "cell")) for year in (2020, 2021)]
    left = key_of(report("a", 1, year=2020))
    assembly = assemble(ledger_of_keys([*years, left]), Decisions(), shelf_of(report("a")))
    earlier = {each.key.id: each.earlier.id if each.earlier else None for each in assembly.roll.reports()}
    assert earlier == {"2020": None, "2021": "2020", "a": None}
    assert assembly.roll.subjects() == {"cell-2020", "cell-2021", "cell"}


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("SELECT 1 FROM keys WHERE id = ?", "a"),
        ("SELECT 1 FROM keys WHERE source_file = ?", "a.txt"),
        ("SELECT 1 FROM keys WHERE agency_id = ?", "a"),
        ("SELECT 1 FROM keys WHERE sha256 = ?", A),
        ("SELECT 1 FROM files WHERE source_file = ?", "a.txt"),
        ("SELECT 1 FROM joined WHERE source_file = ?", "a.txt"),
    ],
)
def test_what_is_asked_once_a_report_or_entry_is_found_without_going_through_all(sql: str, value: str) -> None:
    said = ("no_count", None, "why", "who", "2026-01-06")
    acknowledged = Acknowledgement(Origin("a.yml", 1, 1), None, "a.txt", None, *said)
    entry = correction_of_year("a", 2020, 2021)
    decisions = Decisions((entry,), (acknowledged,))
    roll = assemble(ledger_of_keys([key_of(report("a"))]), decisions, shelf_of(report("a"))).roll
    (plan,) = roll.ledger.connection.execute(f"EXPLAIN QUERY PLAN {sql}", (value,))
    assert "USING" in plan[3] and "INDEX" in plan[3] and not plan[3].startswith("SCAN")


# With what a person has put right --------------------------------------------------------------------------------


def correction_of_year(report_id: str, expect: int, corrected: int, number: int = 1) -> Entry:
    return Entry(
        Origin("c.yml", number, number), report_id, None, None, "reports", "year", Decimal(expect), Decimal(corrected),
        *("source", "理由", "何人", "2026-01-06", "confirmed"),
    )  # fmt: skip


def test_of_two_equal_files_a_corrected_report_stays_that_about_which_most_is_stated() -> None:
    """Both are one report; only one of them says whose it is."""
    plain = replace(report("a"), identity=Identity(year=2020, agency="甲县某某中心"))
    described = replace(
        plain, source_file="z.txt", identity=replace(plain.identity, agency="乙县某某中心", published="2021-01-01")
    )
    decisions = Decisions((correction_of_year("a", 2020, 2021),))
    ledger = ledger_of_keys(map(key_of, (plain, described)))
    assembly = assemble(ledger, decisions, shelf_of(described))
    (standing,) = assembly.roll.reports()
    assert (standing.key.source_file, standing.key.identity.agency) == ("z.txt", "乙县某某中心")
    assert standing.key.identity.year == 2021
    assert [correction.value for correction in assembly.corrections("a")] == [2021]
    assert assembly.corrections("b") == ()


def test_a_report_of_the_year_before_is_found_by_the_year_that_stands_corrected() -> None:
    one, other = report("a", year=2020), report("b", year=2020)
    assert current([one, other]) == {"a"}
    reports = {each.id: each for each in (one, other)}
    shelf = Shelf(lambda key: reports[key.id], lambda key: reports[key.id].problems)
    decisions = Decisions((correction_of_year("b", 2020, 2021),))
    assembly = assemble(ledger_of_keys(map(key_of, (one, other))), decisions, shelf)
    standing = {each.key.id: each for each in assembly.roll.reports()}
    assert all(each.current for each in standing.values())
    earlier = standing["b"].earlier
    assert earlier is not None and earlier.id == "a"
    assert standing["a"].earlier is None


def test_decisions_are_the_same_wherever_their_files_lie() -> None:
    def decided(folder: str, year: int) -> Decisions:
        entry = correction_of_year("a", 2020, year)
        said = ("no_count", None, "why", "who", "2026-01-06")
        acknowledged = Acknowledgement(Origin(f"{folder}/a.yml", 1, 1), None, "a.txt", None, *said)
        return Decisions((replace(entry, origin=Origin(f"{folder}/c.yml", 1, 1)),), (acknowledged,))

    assert decided("/here", 2021).as_named == decided("/there", 2021).as_named
    assert decided("/here", 2021).as_named != decided("/here", 2022).as_named
    named = decided("/here", 2021).as_named
    assert [each.origin.file for each in named if isinstance(each, Entry | Acknowledgement)] == ["c.yml", "a.yml"]


def acknowledged(code: str, number: int = 1, **named: str) -> Acknowledgement:
    """That problems of ``code`` of a report or a file have been looked at."""
    said = (code, named.get("excerpt"), "why", "who", "2026-01-06")
    return Acknowledgement(Origin("a.yml", number, number), named.get("report"), named.get("file"), None, *said)


def own_problems(*codes: str) -> Report:
    """A report called a with these problems."""
    return replace(
        report("a"), problems=tuple(Problem("a.txt", "parse", "note", code, Message("two", "二")) for code in codes)
    )


@pytest.mark.parametrize(
    ("entries", "answered", "unused"),
    [
        ((), 0, 0),
        ((acknowledged("no_count", report="a"),), 1, 0),
        ((acknowledged("no_count", file="a.txt"),), 1, 0),
        ((acknowledged("no_count", report="b"),), 0, 1),
        ((acknowledged("no_count", report="a"), acknowledged("odd", 2, report="a")), 2, 0),
        ((acknowledged("no_count", report="a"), acknowledged("scan", 2, report="a")), 1, 1),
        ((acknowledged("no_count", report="a", excerpt="other words"),), 0, 1),
    ],
)
def test_a_problem_that_is_answered_is_no_remark_and_an_entry_that_answers_none_is_one(
    entries: tuple[Acknowledgement, ...], answered: int, unused: int
) -> None:
    doubtful = own_problems("no_count", "odd")
    assembly = assemble(ledger_of_keys([key_of(doubtful)]), Decisions(acknowledged=entries), shelf_of(doubtful))
    assert (assembly.acknowledged, assembly.remarks) == (answered, 2 - answered + unused)
    assert len([each for each in assembly.problems() if isinstance(each, Problem)]) == unused


def test_a_corrected_year_answers_the_doubt_about_it_alone() -> None:
    doubtful = own_problems("year_contradiction", "agency_unknown")
    decisions = Decisions((correction_of_year("a", 2020, 2021),))
    ledger = ledger_of_keys([key_of(doubtful), key_of(replace(report("b"), problems=doubtful.problems[:1]))])
    assembly = assemble(ledger, decisions, shelf_of(doubtful))
    assert (assembly.acknowledged, assembly.remarks) == (1, 2)
    answers = assembly.answers_to(key_of(doubtful))
    answer = answers.to(doubtful.problems[0])
    assert answer is not None and (answer.day, answer.why) == ("2026-01-06", "理由")
    assert answers.to(doubtful.problems[1]) is None
    assert [each.acknowledged for each in answers.given(doubtful.problems)] == ["2026-01-06", None]


def test_a_problem_beside_others_is_answered_where_it_is_told() -> None:
    """Of two reports of one authority and year one is left; that has been looked at."""
    one, other = report("a", 9), report("b", 2)
    decisions = Decisions(acknowledged=(acknowledged("superseded", report="b"),))
    assembly = assemble(ledger_of_keys(map(key_of, (one, other))), decisions, shelf_of(one))
    (problem,) = assembly.problems("b.txt")
    assert isinstance(problem, Problem)
    assert (problem.acknowledged, problem.acknowledged_why) == ("2026-01-06", "why (who)")
    assert (assembly.acknowledged, assembly.remarks) == (1, 0)
    assert list(assembly.problems("a.txt")) == []
