"""Whose report it is and of when: titles in many forms, dates, numbers, places; and what the text does not say."""

from __future__ import annotations

import pytest

from build.identity.names import agency_kind, full_name
from build.identity.place import place_of
from build.identity.source import source_kind_of
from build.report import Report
from tests.assertions import read_text
from tests.identity_samples import described
from tests.samples import AGENCY, TITLE, report_text, sound_figures


def titled(title: str, preamble: str = "本报告照《条例》写成。", above: str = "", below: str = "") -> Report:
    """A report with this title, and no year but the title's."""
    return read_text(report_text(title, preamble, above, below))


def codes(report: Report) -> set[str]:
    """The codes of a report's problems."""
    return {problem.code for problem in report.problems}


# Titles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "东明县人民政府2020年政府信息公开工作年度报告",
        "东明县人民政府2020年度政府信息公开工作年度报告",
        "东明县人民政府2020年政府信息公开年度报告",
        "东明县人民政府2020年政府信息公开工作年报",
        "东明县人民政府2020年政府信息公开年报",
        "东明县人民政府2020年度政府信息公开工作报告",
        "东明县人民政府2020年政务信息公开工作年度报告",
        "东明县人民政府政府信息公开工作2020年度报告",
        "东明县人民政府政府信息公开2020年度报告",
        "东明县人民政府政府信息公开工作年度报告(2020年)",
        "东明县人民政府政府信息公开工作年度报告（2020年度）",
        "2020年东明县人民政府政府信息公开工作年度报告",
        "2020年度东明县人民政府政府信息公开工作年度报告",
        "东明县人民政府２０２０年政府信息公开工作年度报告",
        "东明县人民政府 2020 年政府信息公开工作年度报告",
        "东 明 县 人 民 政 府 2020 年 政 府 信 息 公 开 工 作 年 度 报 告",
        "东明县人民政府二〇二〇年政府信息公开工作年度报告",
        "东明县人民政府二○二○年政府信息公开工作年度报告",
        "东明县人民政府二零二零年政府信息公开工作年度报告",
        "东明县人民政府二〇二〇年度政府信息公开工作年度报告",
        "《东明县人民政府2020年政府信息公开工作年度报告》",
        "东明县人民政府\n\n2020年政府信息公开工作年度报告",
        " 东 明 县 人 民 政 府\n2020年政府信息公开工作年度报告",
        "东明县人民政府\n2020年\n政府信息公开工作年度报告",
        "东明县人民政府2020年\n政府信息公开工作年度报告",
        "东明县人民政府2020年政府信息公开\n工作年度报告",
        "东明县人民政府二〇二〇年\n政府信息公开工作年度报告",
        "东明县人民政府政府信息公开工作年度报告\n(2020年度)",
        "东明县人民政府关于2020年度政府信息公开工作的年度报告",
        "关于公布东明县2020年政府信息公开工作年度报告的公告",
        "关于发布《东明县2020年政府信息公开工作年度报告》的通告",
        "东明县人民政府办公室关于公布东明县2020年政府信息公开工作年度报告的公告",
        "东明县人民政府关于发布2020年政府信息公开工作年度报告的公告",
        "【年报】东明县人民政府2020年政府信息公开工作年度报告",
        "2020年政府信息公开工作年度报告（东明县人民政府）",
        "名　　称：东明县人民政府2020年政府信息公开工作年度报告",
        "【东明县人民政府】2020年政府信息公开工作年度报告",
        "\u3000\u3000东明县人民政府2020年政府信息公开工作年度报告\u3000",
    ],
)
def test_titles_of_one_report(title: str) -> None:
    identity = titled(title).identity
    assert (identity.agency, identity.year) == (AGENCY, 2020)
    assert identity.title is not None


@pytest.mark.parametrize(
    ("printed", "agency", "kind"),
    [
        ("南昌市", "南昌市人民政府", "government"),
        ("东明县", "东明县人民政府", "government"),
        ("云山区", "云山区人民政府", "government"),
        ("东明镇", "东明镇人民政府", "government"),
        ("东明县人民政府", "东明县人民政府", "government"),
        ("东明县政府", "东明县人民政府", "government"),
        ("东明县政府办公室", "东明县人民政府办公室", "government_office"),
        ("东明县人民政府办公室", "东明县人民政府办公室", "government_office"),
        ("东明县人民政府机关", "东明县人民政府机关", "government_office"),
        ("江西省人民政府办公厅", "江西省人民政府办公厅", "government_office"),
        ("云山区永和街道", "云山区永和街道办事处", "subdistrict_office"),
        ("云山区永和街道办事处", "云山区永和街道办事处", "subdistrict_office"),
        ("临川市教育局", "临川市教育局", "department"),
        ("东明县卫生健康委员会", "东明县卫生健康委员会", "department"),
        ("江西省财政厅", "江西省财政厅", "department"),
        ("临川经济技术开发区管理委员会", "临川经济技术开发区管理委员会", "development_zone"),
        ("临川高新区管委会", "临川高新区管理委员会", "development_zone"),
        ("临川高新区", "临川高新区管理委员会", "development_zone"),
        ("临川市国有资产监督管理委员会", "临川市国有资产监督管理委员会", "department"),
        ("临川市城市管理委员会", "临川市城市管理委员会", "department"),
        ("临川市住房和城乡建设管理委员会", "临川市住房和城乡建设管理委员会", "department"),
        ("云山区建设和管理委员会", "云山区建设和管理委员会", "department"),
        ("临川市市政市容管理委员会", "临川市市政市容管理委员会", "department"),
        ("临川新城建设管理委员会", "临川新城建设管理委员会", "development_zone"),
        ("于都县", "于都县人民政府", "government"),
        ("喀什地区", "喀什地区行政公署", "government"),
        ("临川市政府办", "临川市人民政府办公室", "government_office"),
        ("云山区永和街道办", "云山区永和街道办事处", "subdistrict_office"),
        ("中华人民共和国临川海关", "中华人民共和国临川海关", "department"),
        ("东明县审批局(东明县政务局)", "东明县审批局(东明县政务局)", "department"),
        ("市中区教育局", "市中区教育局", "department"),
        ("东明县教育和体育局", "东明县教育和体育局", "department"),
        ("国家体育总局", "国家体育总局", "department"),
        ("金沙县", "金沙县人民政府", "government"),
    ],
)
def test_agencies(printed: str, agency: str, kind: str) -> None:
    identity = titled(f"{printed}2020年政府信息公开工作年度报告").identity
    assert (identity.agency_printed, identity.agency, identity.agency_kind) == (printed, agency, kind)
    assert full_name(printed) == agency
    assert agency_kind(agency) == kind


def test_a_full_name_stays_as_it_is() -> None:
    for name in ("临川市教育局", "东明县人民政府", "临川市水务集团", "临川高新区管理委员会"):
        assert full_name(name) == name


def test_the_name_of_a_page_s_field_is_no_part_of_the_title() -> None:
    identity = titled(
        "东明县教育局2020年度\n\n政府信息公开年报", above="标题：东明县教育局2020年度政府信息公开年报"
    ).identity
    assert (identity.title, identity.agency) == ("东明县教育局2020年度政府信息公开年报", "东明县教育局")


@pytest.mark.parametrize(
    ("title", "publisher", "agency"),
    [
        ("县发改委2020年政府信息公开工作年度报告", "东明县发展和改革委员会", "东明县发展和改革委员会"),
        ("区人社局2020年政府信息公开工作年度报告", "云山区人力资源和社会保障局", "云山区人力资源和社会保障局"),
        ("县发改委2020年政府信息公开工作年度报告", "东明县财政局", None),
        ("县民政局2020年政府信息公开工作年度报告", "东明县人民政府办公室", None),
    ],
)
def test_a_name_in_short_is_completed_by_the_publisher_s(title: str, publisher: str, agency: str | None) -> None:
    assert titled(title, above=f"发布机构：{publisher}").identity.agency == agency


@pytest.mark.parametrize(
    ("source", "sentence", "agency"),
    [
        ("东明县教育局", "我局照《条例》写成本报告。", "东明县教育局"),
        ("东明县教育局", "本报告照《条例》写成。", None),
        ("东明县人民政府", "我局照《条例》写成本报告。", None),
    ],
)
def test_the_source_of_a_nameless_report_counts_if_the_text_speaks_as_it(
    source: str, sentence: str, agency: str | None
) -> None:
    identity = titled("2020年政府信息公开工作年度报告", sentence, below=f"来源：{source}\n").identity
    assert identity.agency == agency


def test_the_title_is_kept_as_printed() -> None:
    identity = titled("2020年东明县政府信息公开工作年报").identity
    assert identity.title == "2020年东明县政府信息公开工作年报"


def test_the_first_title_with_an_agency_counts() -> None:
    report = titled(f"政府信息公开工作年度报告\n\n{TITLE}")
    assert (report.identity.title, report.identity.agency) == (TITLE, AGENCY)


@pytest.mark.parametrize(
    "line",
    [
        "根据政府信息公开工作年度报告的格式要求",
        "上一篇:临川市2018年政府信息公开工作年度报告",
        "当前位置:首页 > 政府信息公开年报",
        "关于编制2020年政府信息公开工作年度报告的通知",
    ],
)
def test_other_lines_that_speak_of_the_report_are_no_title(line: str) -> None:
    identity = titled(TITLE, above=line).identity
    assert (identity.title, identity.agency, identity.year) == (TITLE, AGENCY, 2020)


@pytest.mark.parametrize("words", ["188体育365官网", "皇冠体育", "威尼斯人娱乐", "bet365", "澳门葡京赌场"])
def test_words_of_a_hijacked_copy_are_never_an_agency(words: str) -> None:
    report = titled(f"{words}2020年政府信息公开工作年度报告")
    assert report.identity.agency is None
    assert report.identity.agency_printed is None
    assert {"agency_hijacked", "agency_unknown"} <= codes(report)


def test_a_hijacked_title_gives_way_to_the_publisher_that_the_page_names() -> None:
    report = titled("皇冠体育2020年政府信息公开工作年度报告", above="索引号 A-1 发布机构 东明县教育局")
    assert report.identity.agency == "东明县教育局"
    assert "agency_hijacked" in codes(report)
    assert "agency_unknown" not in codes(report)


def test_signs_of_a_copy_make_it_a_mirror() -> None:
    assert titled(TITLE, below="Baidu\nmap").identity.source_kind == "mirror"
    assert titled(TITLE).identity.source_kind == "unknown"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.dongming.gov.cn/a.html", "official"),
        ("http://gov.cn/a", "mirror"),
        ("https://web.archive.org/web/2021/http://www.dongming.gov.cn/a.html", "archive"),
        ("http://www.example.com/dongming.gov.cn/a.html", "mirror"),
        ("http://www.gov.cn.example.com/a.html", "mirror"),
        (None, "unknown"),
    ],
)
def test_source_kinds(url: str | None, kind: str) -> None:
    assert source_kind_of(url, "") == kind


def test_a_report_without_any_agency_says_so() -> None:
    report = titled("2020年政府信息公开工作年度报告")
    assert (report.identity.agency, report.identity.year) == (None, 2020)
    (problem,) = (problem for problem in report.problems if problem.code == "agency_unknown")
    assert ".meta.yml" in problem.message.en


@pytest.mark.parametrize(
    "printed",
    [
        "县财政局",
        "区教育局",
        "市中心医院办公室",
        "教育局",
        "公安局",
        "人民政府办公室",
        "经济开发区管委会",
        "经开区",
        "旅游度假区管委会",
        "产业园区",
        "街道办事处",
    ],
)
def test_a_name_that_hundreds_share_is_no_agency(printed: str) -> None:
    report = titled(f"{printed}2020年政府信息公开工作年度报告")
    assert (report.identity.agency, report.identity.year) == (None, 2020)
    assert "agency_unknown" in codes(report)


def test_a_name_without_its_place_is_completed_by_one_that_ends_like_it() -> None:
    preamble = "现公布东明县财政局2020年政府信息公开工作年度报告。"
    assert titled("县财政局2020年政府信息公开工作年度报告", preamble).identity.agency == "东明县财政局"
    other = "现公布东明县教育局2020年政府信息公开工作年度报告。"
    assert titled("县财政局2020年政府信息公开工作年度报告", other).identity.agency is None


NAMELESS = "2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("现向社会公布2020年度东明县教育局政府信息公开工作年度报告。", "东明县教育局"),
        ("特编制永和街道2020年政府信息公开年度报告,予以公布。", "永和街道办事处"),
        ("本报告由东明县教育局(以下简称县教育局)编制。我局高度重视。", "东明县教育局"),
        ("本报告由东明县教育局办公室编制。我局高度重视。", "东明县教育局"),
        ("本报告由东明县教育局按照《条例》和《格式》要求编制。我局高度重视。", "东明县教育局"),
        ("结合东明县教育局(以下简称“县教育局”)政府信息公开工作有关统计数据撰写。", "东明县教育局"),
        ("结合东明县教育局政府信息公开工作要求,全面推进。", None),
        ("有疑问请与东明县教育局办公室联系。我局高度重视。", "东明县教育局"),
        ("对本报告有疑问,可与东明县教育局办公室联系。我局高度重视。", "东明县教育局"),
        ("有疑问请与东明县教育局局办公室联系。我局高度重视。", "东明县教育局"),
        ("有疑问请联系:东明县教育局局党政办公室,电话:1234567。我局高度重视。", "东明县教育局"),
        ("本报告由东明县教育局局办公室编制。我局高度重视。", "东明县教育局"),
        ("有疑问请与国家税务总局东明县税务局办公室联系。我局高度重视。", "国家税务总局东明县税务局"),
        ("按要求,东明县教育局现向社会公开《2020年政府信息公开工作年度报告》。我局高度重视。", "东明县教育局"),
        ("按要求,东明县教育局现向社会公开《2020年政府信息公开工作年度报告》。全县都已上报。", None),
        ("本报告由东明县政务服务局编制。全县各部门都已上报。", None),
        ("有疑问请与东明县人民政府办公室联系。全县各部门都已上报。", None),
        ("由于机构改革,原东明县文化局职责调整。我局高度重视。", None),
        ("现公布我局2020年政府信息公开工作年度报告。", None),
    ],
)
def test_who_reports_where_the_title_does_not_say(sentence: str, agency: str | None) -> None:
    assert titled(NAMELESS, sentence).identity.agency == agency


def test_a_government_s_office_that_publishes_a_nameless_report_may_not_be_who_reports() -> None:
    above = "发布机构:东明县人民政府办公室"
    assert titled(NAMELESS, above=above).identity.agency is None
    assert titled(NAMELESS, "我办高度重视。", above).identity.agency == "东明县人民政府办公室"


@pytest.mark.parametrize(
    ("sentence", "below", "agency"),
    [
        ("我局高度重视。", "东明县教育局\n2021年1月20日", "东明县教育局"),
        ("我局高度重视。", "东明县教育局    二〇二一年一月二十日", "东明县教育局"),
        ("县教育局高度重视。", "东明县教育局\n2021年1月20日", "东明县教育局"),
        ("我镇高度重视。", "东明县沙窝镇人民政府\n2021年1月", "东明县沙窝镇人民政府"),
        ("我局高度重视。", "东明县教育局", None),
        ("我局高度重视。", "主办:东明县教育局\n2021年1月20日", None),
        ("我局高度重视。", "东明县教育局\n2021年1月20日\n东明县水务局\n2021年1月21日", None),
        ("我局高度重视。", "东明县人民政府\n2021年1月20日", None),
        ("我局高度重视。", "东明县人民政府办公室\n2021年1月20日", None),
        ("我县高度重视,县政务服务局牵头。", "东明县政务服务局\n2021年1月20日", None),
        ("全县各部门都已上报。", "东明县教育局\n2021年1月20日", None),
    ],
)
def test_who_signs_a_nameless_report_reports_if_the_text_speaks_as_it(
    sentence: str, below: str, agency: str | None
) -> None:
    assert described(NAMELESS, sentence, below=below).identity.agency == agency


def test_a_signature_above_the_report_is_that_of_a_letter() -> None:
    letter = "东明县教育局\n2021年1月20日"
    assert described(NAMELESS, "我局高度重视。", above=letter).identity.agency is None


def test_a_title_may_open_the_text_when_line_breaks_were_lost() -> None:
    sentence = "东明县教育局2020年 政府信息公开工作年度报告 一、总体情况 这一年我们照章办事。其余从略,不再一一说明。"
    identity = titled(sentence, "").identity
    assert (identity.title, identity.agency) == ("东明县教育局2020年政府信息公开工作年度报告", "东明县教育局")


def test_a_column_of_the_site_gives_way_to_the_title_with_a_year() -> None:
    report = titled("东明县教育局2020年政府信息公开工作年度报告", above="东明县政府信息公开年报")
    assert (report.identity.agency, report.identity.year) == ("东明县教育局", 2020)


def test_an_office_of_sports_that_has_a_site_is_no_mirror() -> None:
    report = titled("江西省体育局2020年政府信息公开工作年度报告", "见省体育局官网。")
    assert (report.identity.agency, report.identity.source_kind) == ("江西省体育局", "unknown")


# Year --------------------------------------------------------------------------------------------------------------

NO_YEAR = "东明县人民政府政府信息公开工作年度报告"


def test_a_title_and_a_period_of_two_years_give_none_and_both_are_quoted() -> None:
    report = titled(TITLE, "数据统计期限为2021年1月1日至2021年12月31日。")
    assert report.identity.year is None
    (problem,) = (problem for problem in report.problems if problem.code == "year_contradiction")
    assert "2020" in problem.message.en
    assert "2021" in problem.message.en
    assert TITLE in problem.excerpt
    assert "2021年1月1日至2021年12月31日" in problem.excerpt


def test_without_a_year_in_the_title_the_period_counts() -> None:
    report = titled(NO_YEAR, "数据统计期限为2021年1月1日至2021年12月31日。")
    assert report.identity.year == 2021


def test_without_a_period_it_is_the_year_before_publication() -> None:
    report = titled(NO_YEAR, above="发布日期:2021-03-30")
    assert report.identity.year == 2020
    assert "year_from_publication" in codes(report)


@pytest.mark.parametrize(
    "sentence", ["报告所列数据截至2020年12月31日。", "现公布我局2020年度政府信息公开工作年度报告。"]
)
def test_a_year_may_stand_in_the_sentence_that_presents_the_report(sentence: str) -> None:
    assert titled(NO_YEAR, sentence, above="更新时间:2023-05-06").identity.year == 2020


def test_a_year_that_nothing_states_is_unknown() -> None:
    report = titled(NO_YEAR)
    assert report.identity.year is None
    assert "year_unknown" in codes(report)


def test_the_form_of_the_tables_decides_no_year() -> None:
    figures = sound_figures(form="2021")
    title = "东明县人民政府2019年政府信息公开工作年度报告"
    report = read_text(report_text(title, "本报告照《条例》写成。", figures=figures))
    assert (report.identity.year, report.form) == (2019, "2021")


# Dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("发布日期:2021-01-29", "2021-01-29"),
        ("发布日期: 2021年01月27日", "2021-01-27"),
        ("发布时间：2021/1/9 10:22", "2021-01-09"),
        ("公开目录 年报 发布日期 2021-01-29", "2021-01-29"),
        ("来源:东明县政府办 时间:2021-01-31 14:03", "2021-01-31"),
        ("成文日期：2021年1月5日", "2021-01-05"),
        ("发布日期:2021.1.5", "2021-01-05"),
        ("发表日期:2021-01-26 文章来源:东明县教育局", "2021-01-26"),
        ("成文时间:2021-01-04 发表日期:2021-01-26", "2021-01-26"),
        ("上传时间:2021-01-26", "2021-01-26"),
        ("编辑日期:2021-01-26", "2021-01-26"),
        ("成文日期:2021-01-05 发布日期:2021-01-09", "2021-01-09"),
        ("发布日期 | 2021-01-09 |", "2021-01-09"),
        ("發(fā)布時(shí)間:2021-01-09", "2021-01-09"),
        ("2021-01-09 15:20 来源:办公室", "2021-01-09"),
        ("来源:东明县教育局          2021-01-09 15:20:33 【字体:", "2021-01-09"),
        ("來源：東明縣教育局  2021年1月9日", "2021-01-09"),
        ("来源:东明县教育局 2021年1月9日起施行", None),
        ("[2021年1月9日] 字体:大 中 小", "2021-01-09"),
        ("2021年1月9日 星期六", None),
        ("自2021年1月9日起打印", None),
        ("数据统计时间:2020年1月1日至2020年12月31日", None),
        ("统计时间:2020年1月1日", None),
        ("发布日期:2021-13-29", None),
        ("发布日期:2021-02-30", None),
        ("发布日期:", None),
    ],
)
def test_dates_of_publication_from_the_page(line: str, published: str | None) -> None:
    identity = titled(TITLE, above=line).identity
    assert identity.published == published
    assert identity.published_basis == ("page" if published else None)


def test_a_date_that_signs_the_report_is_its_publication() -> None:
    identity = titled(TITLE, below="东明县人民政府\n2021年1月25日").identity
    assert (identity.published, identity.published_basis) == ("2021-01-25", "signature")


@pytest.mark.parametrize(
    ("below", "published"),
    [
        ("(2021年1月25日)", "2021-01-25"),
        ("\n２０２１年１月５日", "2021-01-05"),
        ("2021-01-25 17:49:17", "2021-01-25"),
        ("【2021-01-25】", "2021-01-25"),
        ("- 2021年1月25日", "2021-01-25"),
        ("2021-01-25 14:48 东明县教育局", "2021-01-25"),
        ("2020年12月31日以前", None),
        ("2021年1月25日 星期一", None),
        ("2021年1月25日 我局召开会议。", None),
        ("东明县人民政府办公室\n2021年1月25日", None),
    ],
)
def test_a_line_below_the_title_that_is_nothing_but_a_day_is_its_date(below: str, published: str | None) -> None:
    identity = titled(f"{TITLE}\n{below}").identity
    assert (identity.published, identity.published_basis) == (published, published and "head")


def test_a_date_of_the_page_comes_before_the_signature() -> None:
    identity = titled(TITLE, above="发布日期:2021-02-01", below="2021年1月25日").identity
    assert (identity.published, identity.published_basis) == ("2021-02-01", "page")


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("统计期间:2022年1月1日至12月31日。", ("2022-01-01", "2022-12-31")),
        ("数据统计期间是2022年1月1日—12月31日。", ("2022-01-01", "2022-12-31")),
        ("表中数据从2022年1月1日到12月31日止。", ("2022-01-01", "2022-12-31")),
        ("数据的统计期限是2020年1月1日起至2020年12月31日止。", ("2020-01-01", "2020-12-31")),
        ("统计期限自2020年５月１日至2020年12月31日。", ("2020-05-01", "2020-12-31")),
        ("我们于2020年3月1日至3月5日办了展览。", (None, None)),
        ("疫情期间(2020年1月20日至3月31日)照常受理。", (None, None)),
        ("内容涵盖2020年1月1日至12月31日期间的工作。", ("2020-01-01", "2020-12-31")),
        ("本报告照《条例》写成。", (None, None)),
    ],
)
def test_periods(sentence: str, period: tuple[str | None, str | None]) -> None:
    identity = titled(TITLE, sentence).identity
    assert (identity.period_start, identity.period_end) == period


# Index number ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("索引号:014000335/2021-00012", "014000335/2021-00012"),
        ("索引号：A00110-0203-2021-0002", "A00110-0203-2021-0002"),
        ("索 引 号: 014000335/2021-00012", "014000335/2021-00012"),
        ("索引号 01499731-2 1-/2021-0215003 发布机构 东明县人民政府办公室", "01499731-2 1-/2021-0215003"),
        ("索引号:\t014000335/2021-00012\t发布机构:\t东明县教育局", "014000335/2021-00012"),
        ("索引号: 发布机构: 东明县教育局", None),
        ("索引号 | dmx/2021-00012 | 效力属性 | |", "dmx/2021-00012"),
        ("索  引  号:687/2021-00001 文  号: 公开形式:主动公开", "687/2021-00001"),
        ("索引号: 0024/2021-00227 公开方式: 主动公开", "0024/2021-00227"),
        ("主题词: 年报", None),
        ("索 引 号：\n014000335/2021-00012\n发布机构：\n东明县教育局", "014000335/2021-00012"),
        ("索 引 号：\n发布日期：\n2021-01-12\n", None),
        ("• 索引号\n  • DMX202100012\n  • 发布日期\n", "DMX202100012"),
        ("索引号：\n\n公开方式：主动公开", None),
    ],
)
def test_index_numbers(line: str, number: str | None) -> None:
    assert titled(TITLE, above=line).identity.index_number == number


# Place and level ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "level", "province", "city", "county"),
    [
        ("江西省人民政府", "province", "江西省", None, None),
        ("江西省财政厅", "province", "江西省", None, None),
        ("北京市人民政府", "province", "北京市", None, None),
        ("北京市西城区人民政府", "county", "北京市", None, "西城区"),
        ("广西壮族自治区人民政府", "province", "广西壮族自治区", None, None),
        ("湖北省鄂州市鄂城区人民政府", "county", "湖北省", "鄂州市", "鄂城区"),
        ("鄂州市鄂城区教育局", "county", None, "鄂州市", "鄂城区"),
        ("恩施土家族苗族自治州人民政府", "prefecture", None, "恩施土家族苗族自治州", None),
        ("大兴安岭地区行政公署", "prefecture", None, "大兴安岭地区", None),
        ("东明县人民政府", "county", None, None, "东明县"),
        ("东明县永和镇人民政府", "township", None, None, "东明县"),
        ("云山区永和街道办事处", "township", None, None, "云山区"),
        ("国家税务总局", "national", None, None, None),
        ("国务院办公厅", "national", None, None, None),
    ],
)
def test_places_from_the_agency_s_name(
    agency: str, level: str, province: str | None, city: str | None, county: str | None
) -> None:
    place = place_of(agency, "")
    assert (place.level, place.province, place.city, place.county) == (level, province, city, county)


def test_a_city_of_unknown_level_stays_unknown() -> None:
    place = place_of("临川市教育局", "")
    assert place.level is None


def test_a_text_that_names_counties_below_makes_a_city_a_prefecture() -> None:
    assert place_of("临川市人民政府", "全市各县区均已完成。").level == "prefecture"


def test_a_text_that_names_towns_below_makes_a_city_a_county() -> None:
    place = place_of("临川市人民政府", "全市各乡镇均已完成。")
    assert (place.level, place.city, place.county) == ("county", None, "临川市")


def test_the_city_comes_from_words_that_name_it_before_the_county() -> None:
    assert place_of("东明县人民政府", "地址:菏泽市东明县中心路1号").city == "菏泽市"
    assert place_of("东明县人民政府", "菏泽市东明县与长治市东明县").city is None


def test_no_agency_no_place() -> None:
    place = place_of(None, "菏泽市东明县")
    assert (place.level, place.province, place.city, place.county) == (None, None, None, None)


# Scope -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "scope"),
    [("东明县", "region"), ("东明县人民政府办公室", "own"), ("东明县教育局", "own"), ("永和街道办事处", "own")],
)
def test_scope_by_who_reports(printed: str, scope: str) -> None:
    assert titled(f"{printed}2020年政府信息公开工作年度报告").identity.scope == scope


def test_scope_of_a_government_that_does_not_say_is_unknown() -> None:
    assert titled(TITLE).identity.scope is None


def test_abridged_documents_say_so_in_their_first_line() -> None:
    assert titled(TITLE, above="【转述,非原文】表格照录,文字另写。").identity.abridged
    assert not titled(TITLE).identity.abridged
