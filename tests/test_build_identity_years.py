"""The year and authority of *this* report: what presents it, what its figures are of, and what only names another."""

from __future__ import annotations

import pytest

from tests.identity_samples import codes, described, problem_of

BARE = "政府信息公开工作年度报告"
NO_YEAR = "东明县民政局政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "sentence",
    [
        "现公布东明县教育局2020年政府信息公开工作年度报告。",
        "现公布东明县教育局政府信息公开2020年度工作报告。",
        "现将东明县教育局2020年政府信息公开工作年度报告公布如下。",
        "现将东明县教育局2020年度政府信息公开工作情况报告如下:以下分六部分。",
        "根据规定,现将《东明县教育局2020年政府信息公开工作年度报告》予以公布。",
        "本报告是东明县教育局2020年政府信息公开工作年度报告。",
        "根据《条例》要求,编制东明县教育局2020年政府信息公开工作年度报告。",
        "特向社会公布东明县教育局2020年政府信息公开年度报告。",
        "特此公布东明县教育局2020年政府信息公开工作年度报告。",
        "兹公布东明县教育局2020年度政府信息公开年度报告,欢迎监督。",
        "按照要求,东明县教育局(以下简称“我局”)编制了2020年政府信息公开工作年度报告。",
    ],
)
def test_the_sentence_that_presents_the_report_names_authority_and_year(sentence: str) -> None:
    identity = described(BARE, f"{sentence}我局高度重视。").identity
    assert (identity.agency, identity.year) == ("东明县教育局", 2020)


@pytest.mark.parametrize(
    "sentence",
    [
        "1月发布了《东明县教育局2019年政府信息公开工作年度报告》。",
        "1月28日公布《东明县教育局2019年政府信息公开工作年度报告》。",
        "一是公开发布《东明县教育局2019年政府信息公开年报》。",
        "按时编制发布东明县教育局2019年政府信息公开工作年度报告。",
        "已公布《东明县教育局2019年政府信息公开工作年度报告》。",
        "去年公布的东明县教育局2019年政府信息公开工作年度报告反响良好。",
        "学习《东明县教育局2019年政府信息公开工作年度报告》。",
        "参照东明县教育局2019年政府信息公开工作年度报告。",
        "组织编制发布东明县教育局2019年政府信息公开工作年度报告。",
        "根据《关于做好东明县教育局2019年政府信息公开工作年度报告编制工作的通知》要求,照章办理。",
        "上年度《东明县教育局2019年政府信息公开年报》可在网站查阅。",
    ],
)
@pytest.mark.parametrize("heading", ["", "一、总体情况\n"], ids=["preamble", "section"])
def test_another_report_that_the_text_names_is_not_this_one(sentence: str, heading: str) -> None:
    report = described(BARE, f"{heading}{sentence}")
    assert (report.identity.agency, report.identity.year) == (None, None)
    assert {"agency_unknown", "year_unknown"} <= codes(report)
    told = described(BARE, f"{heading}2020年,我局照章办事。{sentence}").identity
    assert (told.agency, told.year) == (None, 2020)


def test_last_year_s_report_does_not_unsettle_a_title() -> None:
    sentence = "1月发布了《东明县人民政府2019年政府信息公开工作年度报告》。"
    report = described("东明县民政局2020年政府信息公开工作年度报告", sentence)
    assert (report.identity.agency, report.identity.year) == ("东明县民政局", 2020)


@pytest.mark.parametrize(
    ("title", "sentence", "quoted"),
    [
        ("东明县民政局2020年{}", "数据统计期限为2019年1月1日至2019年12月31日。", "2019年1月1日至2019年12月31日"),
        ("东明县民政局2020年{}", "现公布东明县民政局2019年政府信息公开工作年度报告。", "现公布东明县民政局2019年"),
        ("东明县民政局2020年{}", "数据统计截至2019年12月31日。", "2019年12月31日"),
        ("东明县民政局2020年{}", "按照要求,我局编制了2019年政府信息公开工作年度报告。", "编制了2019年"),
        ("东明县民政局2020年{}", "2019年,我局公开3条。2019年,我局收到申请4件。", "2019年,我局公开3条"),
    ],
)
def test_two_years_give_none_and_both_are_quoted(title: str, sentence: str, quoted: str) -> None:
    report = described(title.format(BARE), sentence)
    assert (report.identity.agency, report.identity.year) == ("东明县民政局", None)
    problem = problem_of(report, "year_contradiction")
    assert problem.severity == "warning"
    assert "2020" in problem.message.en
    assert "2019" in problem.message.en
    assert quoted in problem.excerpt
    assert title.format(BARE) in problem.excerpt


def test_one_sentence_of_another_year_is_no_contradiction() -> None:
    sentence = "2019年,《条例》修订施行。2020年,我局收到申请4件。2021年,我局将加强公开。"
    assert described("东明县民政局2020年政府信息公开工作年度报告", sentence).identity.year == 2020


def test_a_preamble_that_mentions_last_year_s_report_unsettles_nothing() -> None:
    preamble = f"照例在网站公开2019年{BARE},并现公布东明县民政局2020年{BARE}。"
    for title in (f"东明县民政局2020年{BARE}", NO_YEAR):
        assert described(title, preamble).identity.year == 2020


def test_two_authorities_give_none_and_both_are_quoted() -> None:
    report = described(f"东明县民政局2020年{BARE}", f"现公布东明县教育局2020年{BARE}。")
    assert (report.identity.agency, report.identity.agency_printed, report.identity.year) == (None, None, 2020)
    problem = problem_of(report, "agency_contradiction")
    assert "东明县民政局" in problem.message.en
    assert "东明县教育局" in problem.message.en


@pytest.mark.parametrize(
    ("titled", "presented"),
    [("发改委", "发展和改革委员会"), ("", "人民政府"), ("人民政府", ""), ("民政局(老龄办)", "民政局")],
)
def test_a_name_in_short_contradicts_none_in_full(titled: str, presented: str) -> None:
    report = described(f"东明县{titled}2020年{BARE}", f"现公布东明县{presented}2020年{BARE}。")
    assert report.identity.agency_printed == f"东明县{titled}"


# The year of which a text tells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2020年,我局公开信息3条。",
        "2020年我局公开信息3条。",
        "2020年,我局继续推进公开。",
        "2020年度,全县收到申请3件。",
        "2020年以来,本机关收到申请3件。",
        "2020年,我局公开信息3条。2021年,我局将加强公开。",
        "2020年,我局公开信息3条。2021年,下一步我们要加强公开。",
    ],
)
def test_a_nameless_report_is_of_the_year_of_which_it_tells(text: str) -> None:
    assert described(NO_YEAR, text, above="发布日期:2023-05-01").identity.year == 2020


def test_a_text_that_tells_of_two_years_is_of_none() -> None:
    report = described(NO_YEAR, "2020年,我局公开信息3条。2019年,我局公开2条。", above="发布日期:2021-01-20")
    assert report.identity.year is None
    assert "year_contradiction" in codes(report)


@pytest.mark.parametrize(
    ("published", "text", "year"),
    [
        ("2021-03-30", "照章办事。", 2020),
        ("2021-03-30", "我局2020年的工作如下。", 2020),
        ("2021-03-30", "照国办函〔2019〕60号办理。", 2020),
        ("2021-03-30", "我局2018年的工作如下。", None),
        ("2023-03-30", "我局2020年的工作如下。", None),
        ("2014-12-10", "关于2014年要点的落实。", None),
    ],
)
def test_the_year_before_publication_counts_only_where_no_other_is_named(
    published: str, text: str, year: int | None
) -> None:
    report = described(NO_YEAR, text, above=f"发布日期:{published}")
    assert report.identity.year == year
    assert ("year_from_publication" if year else "year_unknown") in codes(report)


# School years --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("临川大学2022-2023学年信息公开工作年度报告", "2022-2023学年"),
        ("临川大学2022—2023学年度信息公开年度报告", "2022—2023学年度"),
        ("临川大学信息公开工作年度报告（2022-2023学年）", "2022-2023学年"),
        ("临川大学2022/2023学年信息公开年度报告", "2022/2023学年"),
        ("临川大学信息公开工作2022—2023学年度报告", "2022—2023学年度"),
        ("临川大学2022至2023学年信息公开年报", "2022至2023学年"),
        ("临川大学2022学年信息公开年报", "2022学年"),
        ("临川大学2022-23学年信息公开年报", "2022-23学年"),
    ],
)
def test_a_school_year_is_told_and_no_year_is_guessed(title: str, words: str) -> None:
    report = described(title, "统计期限为2022年9月1日至2023年8月31日。")
    assert (report.identity.agency, report.identity.year) == ("临川大学", None)
    assert words in problem_of(report, "year_unknown").message.en
    assert (report.identity.period_start, report.identity.period_end) == ("2022-09-01", "2023-08-31")


@pytest.mark.parametrize(
    "words", ["2022年上半年", "2022年度下半年", "2022年第三季度", "2022年前三季度", "2022年1-6月", "2021、2022年"]
)
def test_a_report_of_a_part_of_a_year_is_of_no_year(words: str) -> None:
    report = described(f"临川大学{words}信息公开工作报告", "工作平稳。")
    assert (report.identity.agency, report.identity.year) == ("临川大学", None)
    assert words in problem_of(report, "year_unknown").message.en
    for months in ("1-12月", "（1—12月份）"):
        whole = described(f"临川大学2022年{months}信息公开工作年度报告", "工作平稳。").identity
        assert (whole.agency, whole.year) == ("临川大学", 2022)


def test_a_title_with_two_years_is_of_neither() -> None:
    for behind in ("（2021年度）", "(2024年)"):
        title = f"临川市教育局2022年政府信息公开工作年度报告{behind}"
        assert described(title, "工作平稳。").identity.year is None
    assert described("临川市教育局2022年政府信息公开工作年度报告（2022年度）", "工作平稳。").identity.year == 2022
    report = described("2023年临川大学2022年度信息公开工作年度报告", "工作平稳。")
    assert (report.identity.agency, report.identity.year) == ("临川大学", None)
    assert "2023年临川大学2022年度" in problem_of(report, "year_unknown").message.en
    assert described("2022年临川大学2022年度信息公开工作年度报告", "工作平稳。").identity.year == 2022


def test_a_period_over_the_end_of_a_year_is_of_neither() -> None:
    report = described("临川大学信息公开工作年度报告", "统计期限为2022年9月1日至2023年8月31日。")
    assert report.identity.year is None
    assert "2022年9月1日至2023年8月31日" in problem_of(report, "year_unknown").message.en
    assert described("临川大学2023年信息公开年报", "统计期限为2022年9月1日至2023年8月31日。").identity.year == 2023


# Periods -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "自2022年1月1日起,至2022年12月31日止",
        "自2022年1月1日起，至2022年12月31日止",
        "自2022年1月1日起至2022年12月31日止",
        "自2022年1月1日起至12月31日止",
        "自2022年1月1日始至2022年12月31日止",
        "自2022年1月1日始，至12月31日止",
        "自2022年1月1日开始，至2022年12月31日结束",
        "从2022年1月1日至2022年12月31日",
        "从2022年1月1日到12月31日止",
        "为2022年1月1日—12月31日",
        "为2022年1月1日——2022年12月31日",
        "为2022年1月1日 ～ 12月31日",
        "为 2022 年 1 月 1 日 至 12 月 31 日",
        "自２０２２年１月１日起至１２月３１日止",
        "自2022年1月1日0时起至2022年12月31日24时止",
        "为2022年1月1日（含）至12月31日",
        "为2022.1.1-2022.12.31",
        "为2022-01-01至2022-12-31",
        "为2022/1/1—2022/12/31",
        "自2022年1月1日\n起至2022年12月31日止",
    ],
)
def test_a_period_in_any_wording(words: str) -> None:
    identity = described(NO_YEAR, f"本报告所列数据的统计期限{words}。").identity
    assert (identity.period_start, identity.period_end, identity.year) == ("2022-01-01", "2022-12-31", 2022)


@pytest.mark.parametrize(
    "sentence",
    [
        "我们于2022年3月1日至3月5日办了展览,收集数据30条。",
        "疫情期间(2022年1月20日至3月31日)照常受理。",
        "2022年1月1日至12月31日修路。统计表见下。",
        "统计期限自2022年12月31日至2022年1月1日。",
        "统计期限自2022年1月1日至2022年13月31日。",
    ],
)
def test_a_range_of_days_that_is_no_period_of_figures(sentence: str) -> None:
    identity = described("东明县民政局2022年政府信息公开工作年度报告", sentence).identity
    assert (identity.period_start, identity.period_end, identity.year) == (None, None, 2022)


def test_two_periods_give_none_and_both_are_quoted() -> None:
    sentences = "统计期限为2022年1月1日至2022年12月31日。统计期限为2021年1月1日至2021年12月31日。"
    report = described(NO_YEAR, sentences)
    assert (report.identity.period_start, report.identity.year) == (None, None)
    assert "2021年1月1日至2021年12月31日" in problem_of(report, "period_contradiction").message.en


def test_the_period_of_the_statistics_comes_before_one_that_only_mentions_data() -> None:
    sentences = "2021年1月1日至2021年6月30日公开数据3条。统计期限为2022年1月1日至2022年12月31日。"
    identity = described(NO_YEAR, sentences).identity
    assert (identity.period_start, identity.year) == ("2022-01-01", 2022)
