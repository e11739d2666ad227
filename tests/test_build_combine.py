"""Which of several reports of one agency and year is current, whatever the order of the files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build.join.acknowledged import Acknowledgement
from build.join.assembly import Decisions, Shelf, assemble
from build.join.combine import combine as combined
from build.join.differing import differing
from build.join.entries import Origin
from build.join.roll import Superseded
from build.messages import Message
from build.reading.codec import to_plain
from build.reading.key import Key, Sister, count_figures, key_of
from build.reading.ledger import Item
from build.report import Identity, Problem, Report
from tests.rolls import ledger_of, ledger_of_keys, roll_of
from tests.rule_samples import sample
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
