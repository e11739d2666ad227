"""report_similarity: what of a report's figures and prose stood in the authority's report of the year before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from build import forms
from build.checks import consecutive_years
from build.join.similarity import Similarity, clauses_of, similarity_to
from build.report import Identity, Report, Section
from tests.render.figures import Cells
from tests.samples import made_report, sound_figures

from .rule_samples import amount, count

ITEMS = [item for item in sound_figures().applications if item in forms.RESULT_ITEMS]
NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def clause(number: int) -> str:
    """The clause of that number: nine characters, no two alike."""
    return f"推进{NUMERALS[number // 20]}{NUMERALS[number % 20]}事项的公开"


def prose(*numbers: int) -> str:
    """Clauses between commas, with a figure here and there that is none of them."""
    return "，".join(f"{clause(number)}{number}件" for number in numbers) + "。"


def report(year: int, text: str = "", figures: int = 40, changed: int = 0, **said: Any) -> Report:
    """A report with so many figures of 5, the first ``changed`` of them 6, and ``text`` in its only section."""
    columns = [column.code for column in forms.APPLICANTS]
    places = [(item, column) for item in ITEMS for column in columns][:figures]
    rows: dict[str, Cells] = {}
    for at, (item, column) in enumerate(places):
        rows.setdefault(item, {})[column] = 6 if at < changed else 5
    identity = replace(Identity(year=year, agency_id="370000-x", agency="甲县人民政府", scope="region"), **said)
    made = made_report(rows, identity=identity)
    return replace(made, id=f"id{year}", sections=(Section("一", "总体情况", "总体情况\n" + text, 0),))


def compared(*reports: Report) -> list[Similarity]:
    """Rows over ``reports``, all current."""
    found = (similarity_to(earlier, later) for earlier, later in consecutive_years(reports))
    return [row for row in found if row is not None]


def only(*reports: Report) -> Similarity:
    """The one row over ``reports``."""
    (row,) = compared(*reports)
    return row


@pytest.mark.parametrize(("changed", "share"), [(0, 100), (1, 97.5), (10, 75), (40, 0)])
def test_figures_are_counted_cell_by_cell(changed: int, share: float) -> None:
    row = only(report(2020), report(2021, changed=changed))
    assert (row.report, row.before, row.year) == ("id2021", "id2020", 2021)
    assert (row.figures_compared, row.figures_equal, row.figures_equal_share) == (40, 40 - changed, share)
    assert row.figures_reason is None


def test_a_cell_that_one_year_lacks_or_that_is_zero_in_both_says_nothing() -> None:
    row = only(report(2020, figures=30), report(2021, figures=40))
    assert row.figures_compared == 30
    zeros: dict[str, Cells] = {item: dict.fromkeys(("natural_person", "business"), 0) for item in ITEMS}
    years = [replace(made_report(zeros, identity=report(year).identity), id=f"id{year}") for year in (2020, 2021)]
    assert only(*years).figures_compared == 0


def test_too_few_figures_give_no_share_but_the_reason() -> None:
    row = only(report(2020, figures=29), report(2021, figures=29))
    assert (row.figures_compared, row.figures_equal_share, row.figures_reason) == (29, None, "few_figures")


@pytest.mark.parametrize(("new", "share"), [(0, 100), (1, 97.5), (20, 50), (40, 0)])
def test_prose_is_compared_clause_by_clause_whatever_its_figures(new: int, share: float) -> None:
    before = prose(*range(40))
    after = prose(*range(new, 40), *range(100, 100 + new)).replace("3件", "8801件")
    row = only(report(2020, before), report(2021, after))
    assert (row.clauses, row.clauses_same, row.text_overlap, row.text_reason) == (40, 40 - new, share, None)


def test_thirty_figures_and_thirty_clauses_are_enough_for_a_share() -> None:
    row = only(report(2020, prose(*range(30)), figures=30), report(2021, prose(*range(30)), figures=30, changed=3))
    assert (row.figures_compared, row.figures_equal_share, row.figures_reason) == (30, 90, None)
    assert (row.clauses, row.text_overlap, row.text_reason) == (30, 100, None)


def test_a_share_is_told_to_a_tenth_of_a_percent() -> None:
    row = only(report(2020, prose(*range(30)), figures=30), report(2021, prose(*range(1, 31)), figures=30, changed=1))
    assert (row.figures_equal_share, row.text_overlap) == (96.7, 96.7)


def test_figures_of_section_two_are_compared_amounts_too() -> None:
    counts = tuple(count("licence", "decisions", number) for number in (3, 4))
    both = (amount("5万元", "5"), amount("5万元", "5"))
    blank = count("charge", "previous", None)
    before, after = (
        replace(report(year), disclosures=(counts[at], both[at], blank)) for at, year in enumerate((2020, 2021))
    )
    row = only(before, after)
    assert (row.figures_compared, row.figures_equal) == (42, 41)


def test_a_clause_moved_or_repeated_is_the_same_clause() -> None:
    row = only(report(2020, prose(*range(40))), report(2021, prose(*reversed(range(40)), 1, 1, 2)))
    assert (row.clauses, row.text_overlap) == (40, 100)


def test_few_clauses_and_restated_prose_have_no_share() -> None:
    short = only(report(2020, prose(*range(29))), report(2021, prose(*range(29))))
    assert (short.text_overlap, short.text_reason) == (None, "few_clauses")
    restated = only(report(2020, prose(*range(40))), report(2021, prose(*range(40)), abridged=True))
    assert (restated.text_overlap, restated.text_reason) == (None, "restated")
    assert restated.figures_equal_share == 100


def test_titles_and_the_forms_tables_are_no_prose() -> None:
    heading = "申请人情况自然人商业企业科研机构社会公益组织"
    label = "本年新收政府信息公开申请数量"
    text = f"总体情况\n{prose(1)}{heading}\n{label}\n5\n{prose(2)}"
    start = text.index(label)
    made = report(2020, figures=1)
    (row,) = made.applications
    held = replace(made, applications=(replace(row, span=(start, text.index("5\n", start) + 1)),))
    told = list(clauses_of(replace(held, sections=(Section("一", "总体情况", text, 0),))))
    assert told == [clause(1), clause(2)]
    behind = Section("二", "主动公开", "主动公开\n" + prose(3, 4), len(text))
    two = replace(held, sections=(Section("一", "总体情况", text, 0), behind))
    assert list(clauses_of(two)) == [clause(number) for number in range(1, 5)]
    above = Section(None, None, prose(3) + clause(4), 0)
    two = replace(held, sections=(above, Section("一", "总体情况", text, 100)))
    moved = replace(two, applications=(replace(row, span=(start + 100, text.index("5\n", start) + 101)),))
    assert list(clauses_of(moved)) == [clause(3), clause(4), clause(1), clause(2)]
    later = replace(held, sections=(Section(None, None, "序" * 7, 0), Section("一", "总体情况", text, 7)))
    moved = replace(later, applications=(replace(row, span=(start + 7, text.index("5\n", start) + 8)),))
    assert list(clauses_of(moved)) == [clause(1), clause(2)]


def test_the_tables_of_every_section_are_no_prose_in_whatever_order_they_stand() -> None:
    rows = ("行政许可处理决定数量", "本年新收政府信息公开申请数量")
    text = f"{prose(1)}{rows[0]}\n5\n{prose(2)}{rows[1]}\n5\n{prose(3)}"
    disclosed, asked = ((at, text.index("5\n", at) + 1) for at in map(text.index, rows))
    made = report(2020, figures=1)
    (row,) = made.applications
    held = replace(
        made,
        applications=(replace(row, span=asked),),
        disclosures=(replace(count("licence", "decisions", 5), span=disclosed),),
        sections=(Section(None, None, text, 0),),
    )
    assert list(clauses_of(held)) == [clause(1), clause(2), clause(3)]


def test_prose_before_the_first_title_and_without_tables_is_prose_from_its_first_word() -> None:
    untitled = replace(report(2020), sections=(Section(None, None, prose(1, 2), 0),))
    assert list(clauses_of(untitled)) == [clause(1), clause(2)]


def test_only_the_years_of_one_authority_and_scope_that_follow_each_other_are_compared() -> None:
    assert compared(report(2020), report(2022)) == []
    assert compared(report(2020), report(2021, agency_id="370000-y")) == []
    assert compared(report(2020), report(2021, scope="own")) == []
    nameless: list[dict[str, Any]] = [{"agency_id": None}, {"scope": None}]
    for unknown in nameless:
        assert compared(report(2020, **unknown), report(2021, **unknown)) == []
        assert compared(report(2020), report(2021, **unknown)) == []
        assert compared(report(2020, **unknown), report(2021)) == []
    assert [row.year for row in compared(report(2022), report(2020), report(2021))] == [2021, 2022]


def test_a_year_of_several_current_reports_is_not_compared() -> None:
    twice = [report(2020), replace(report(2020), id="other"), report(2021)]
    assert compared(*twice) == []


def test_a_report_of_no_known_year_is_not_compared() -> None:
    assert (
        similarity_to(report(2020), replace(report(2021), identity=replace(report(2021).identity, year=None))) is None
    )


@pytest.mark.parametrize(("earlier", "later"), [(True, False), (False, True)])
def test_a_share_of_clauses_needs_the_own_prose_of_both(earlier: bool, later: bool) -> None:
    row = only(report(2020, prose(*range(40)), abridged=earlier), report(2021, prose(*range(40)), abridged=later))
    assert (row.is_restated, row.text_overlap, row.text_reason) == (True, None, "restated")


def test_a_table_at_the_head_of_the_next_section_leaves_the_prose_above_it_whole() -> None:
    """The section above ends without a full stop, where the next one begins with a row of the form."""
    above = prose(1, 2).rstrip("。")
    below = f"本年新收政府信息公开申请数量\n5\n{prose(3)}"
    (row,) = report(2020, figures=1).applications
    span = (len(above), len(above) + below.index("5\n") + 1)
    sections = (Section(None, None, above, 0), Section(None, None, below, len(above)))
    held = replace(report(2020), applications=(replace(row, span=span),), sections=sections)
    assert list(clauses_of(held)) == [clause(number) for number in (1, 2, 3)]


def test_a_title_that_does_not_stand_in_its_section_takes_nothing_from_the_prose() -> None:
    named = replace(report(2020), sections=(Section("一", "总体情况及其他需要说明的事项", prose(1, 2), 0),))
    assert list(clauses_of(named)) == [clause(1), clause(2)]


def test_a_figure_that_is_zero_in_one_year_alone_counts() -> None:
    zeros: dict[str, Cells] = {ITEMS[0]: {"natural_person": 0, "business": 0}}
    before = replace(made_report(zeros, identity=report(2020).identity), id="id2020")
    row = only(before, report(2021, figures=2))
    assert (row.figures_compared, row.figures_equal) == (2, 0)
    row = only(report(2020, figures=2), replace(before, identity=report(2021).identity))
    assert (row.figures_compared, row.figures_equal) == (2, 0)


def test_a_table_in_one_section_hides_none_in_the_next() -> None:
    label = "本年新收政府信息公开申请数量"
    text = f"{prose(1)}{label}\n5\n"
    (row,) = report(2020, figures=1).applications
    sections = tuple(Section(None, None, text, at * len(text)) for at in range(3))
    spans = [(text.index(label) + at * len(text), (at + 1) * len(text)) for at in range(3)]
    rows = tuple(replace(row, span=span) for span in spans)
    held = replace(report(2020), applications=rows, sections=sections)
    assert list(clauses_of(held)) == [clause(1)] * 3


@pytest.mark.parametrize(("words", "found"), [("依法推进政务公开", True), ("依法推进政务公", False)])
def test_a_clause_has_eight_characters_at_least(words: str, found: bool) -> None:
    short = replace(report(2020), sections=(Section(None, None, f"，{words}3件。", 0),))
    assert list(clauses_of(short)) == ([words] if found else [])
