"""What is a report and what is not: news, samples, notices, letters, questionnaires, lists of links."""

from __future__ import annotations

import pytest

from build.report import Report
from tests.assertions import read_bytes, read_text
from tests.identity_samples import SECTIONS, refused
from tests.samples import report_text, sound_figures

REPORT = "东明县教育局2022年政府信息公开工作年度报告"
OLD_SECTIONS = """一、概述
2012年,我局照章办事。
二、主动公开政府信息的情况
公开30条。
三、依申请公开政府信息办理情况
收到3件。
四、政府信息公开收费及减免情况
没有收费。
五、因政府信息公开申请行政复议、提起行政诉讼情况
无。
六、存在的主要问题及改进措施
无。
"""


@pytest.mark.parametrize(
    "text",
    [
        f"《{REPORT}》公布\n本报讯 {REPORT}近日公布。《报告》显示,全年办理申请15件。\n",
        "东明县教育局发布2022年政府信息公开工作年度报告\n日前,东明县教育局发布年度报告。全年办理申请15件。\n",
        f"东明县晒出政府信息公开成绩单\n记者从东明县教育局获悉,《{REPORT}》已于近日公布,全年办理申请15件。\n",
        "东明县2022年政府信息公开年报出炉\n县政府网站消息,东明县2022年政府信息公开工作年度报告日前发布。\n",
        f"{REPORT}\n近日,东明县教育局公布了2022年政府信息公开工作年度报告。报告显示,全年办理申请15件。\n",
        f"{REPORT}正式发布\n全年办理申请15件。\n",
    ],
)
def test_a_news_item_about_a_report_is_none(text: str) -> None:
    assert "news item" in refused(text).message.en


ABOUT = [
    "的说明",
    "解读",
    "更正说明",
    "延期发布的公告",
    "更正公告",
    "编制情况汇报",
    "自查报告",
    "审核意见",
    "网址的公告",
    "编制培训会",
]


@pytest.mark.parametrize("behind", ABOUT)
def test_a_remark_on_a_report_is_none(behind: str) -> None:
    refused(f"{REPORT}{behind}\n我局年度报告已于2023年1月20日在网站发布,欢迎查阅。全年收到申请15件。\n")


@pytest.mark.parametrize("title", [REPORT, "关于公布2022年政府信息公开工作年度报告的公告", f"{REPORT}的说明"])
def test_sections_make_a_report_of_what_is_called_a_remark(title: str) -> None:
    assert read_text(f"{title}\n现将东明县教育局2022年度报告公布如下。\n{SECTIONS}").identity.year == 2022


@pytest.mark.parametrize(
    "title",
    [
        "政府信息公开工作年度报告范文",
        "XX局2022年政府信息公开工作年度报告(模板)",
        "2022年某某局政府信息公开年度报告范文三篇",
        "2022年政府信息公开年度报告（通用4篇）",
        "政府信息公开工作年度报告精选四篇",
        "政府信息公开工作年度报告【共4篇】",
        "政府信息公开工作年度报告(样式)",
        "政府信息公开年报填写说明",
        "2022年政府信息公开年度报告示范文本",
    ],
)
def test_a_sample_of_a_report_is_none(title: str) -> None:
    assert "sample" in refused(f"{title}\n根据《条例》要求,编制本报告。\n{SECTIONS}").message.en
    figures = report_text("政府信息公开工作年度报告", above=title, figures=sound_figures())
    assert "sample" in refused(figures).message.en


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2022年政府信息公开工作年度报告编制发布工作的通知\n各单位:\n请于1月31日前报送。\n一、编制要求\n按格式编写。\n",
        "东明县人民政府办公室关于报送2022年政府信息公开工作年度报告的通知\n各单位:\n请按提纲报送。\n" + SECTIONS,
        "关于2022年政府信息公开工作年度报告的评估通报\n各单位:年报编制总体较好。\n",
    ],
)
def test_a_notice_that_asks_for_reports_is_none(text: str) -> None:
    assert "notice" in refused(text).message.en


@pytest.mark.parametrize(
    "text",
    [
        "关于2014年政府信息公开工作要点落实情况的函\n县政府办公室:\n一、行政审批。公开120条。\n特此函告。\n2014年12月10日\n",
        "标题: 关于2014年政府信息公开要点落实的函\n发布时间: 2014-12-10\n栏目: 政府信息公开年报\n"
        "当前位置: 首页 政府信息公开年报\n县政府办公室:\n三、依申请公开。收到申请2件。\n特此函告。\n2014年12月10日\n",
        "关于报送东明县2022年政府信息公开工作年度报告的函\n县政府办公室:\n现将年报报上,请查收。\n2023年1月10日\n",
        "关于政府信息公开有关问题的复函\n东明县司法局:\n来函收悉。2019年政府信息公开中的问题,请照条例办理。\n",
        "政府信息公开年报\n县政府办公室:\n2014年政府信息公开要点已落实,特此函复。\n2014年12月10日\n",
    ],
)
def test_a_letter_that_speaks_of_disclosure_is_none(text: str) -> None:
    assert "letter" in refused(text).message.en


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("东明县政府信息公开满意度调查问卷\n1.您看过2022年政府信息公开年度报告吗?\nA.是 B.否\n", "questionnaire"),
        ("政府信息公开工作意见征集\n请您提出意见。\n", "questionnaire"),
        ("政府信息公开年报\n暂无内容\n", "no such title"),
        ("东明县政府信息公开指南\n一、公开范围\n二、公开形式\n三、依申请公开\n", "no such title"),
        ("2022年政府信息公开工作要点\n一、加强主动公开\n二、做好依申请公开\n", "no such title"),
    ],
)
def test_other_texts_on_disclosure_are_none(text: str, words: str) -> None:
    assert words in refused(text).message.en


@pytest.mark.parametrize("date", ["", " 2023-01-20", " [2023-01-20]", "\t2023-01-20"])
def test_a_list_of_links_to_reports_is_none(date: str) -> None:
    years = "\n".join(f"东明县教育局{year}年政府信息公开工作年度报告{date}" for year in range(2018, 2023))
    assert "list of links" in refused(f"政府信息公开年报\n{years}\n首页\n下一页\n").message.en
    alone = f"东明县司法局2015年政府信息公开工作年度报告{date}"
    assert "list of links" in refused(f"政府信息公开年报\n{years}\n首页\n下一页\n{alone}\n").message.en


def test_each_kind_has_its_own_remedy() -> None:
    texts = [
        f"《{REPORT}》公布\n本报讯 近日公布。\n",
        f"政府信息公开工作年度报告范文\n{SECTIONS}",
        "关于做好2022年政府信息公开工作年度报告编制工作的通知\n各单位:请报送。\n",
        "关于政府信息公开有关问题的复函\n东明县司法局:来函收悉。\n",
        "东明县政府信息公开满意度调查问卷\n1.您满意吗?\n",
    ]
    remedies = {refused(text).message.en.split(". ", 1)[1] for text in texts}
    assert len(remedies) == len(texts)
    assert all("Remove the file" in remedy for remedy in remedies)


# Nearest negatives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sections", [SECTIONS, OLD_SECTIONS], ids=["form", "old"])
def test_a_page_that_lost_its_title_is_a_report_by_its_sections(sections: str) -> None:
    report = read_text(sections)
    assert report.identity.title is None
    assert len(report.sections) >= 5


def test_four_sections_alone_are_no_report() -> None:
    four = OLD_SECTIONS.split("五、", maxsplit=1)[0].split("四、", maxsplit=1)[0]
    assert "no such title" in refused(four).message.en


@pytest.mark.parametrize(
    "text",
    [
        f"{REPORT}\n{OLD_SECTIONS}",
        f"{REPORT}\n根据《条例》,现公布本局2022年政府信息公开工作年度报告。据统计,全年公开30条,收到申请3件。\n",
        f"{REPORT}\n附件:{REPORT}.doc\n",
        f"关于公布{REPORT}的公告\n根据条例,现将{REPORT}予以公布。\n附件:年报.pdf\n",
        f"东明县教育局关于印发《{REPORT}》的通知\n各单位:\n现印发给你们。\n{REPORT}\n{SECTIONS}",
        f"{REPORT}\n按照省政府办公厅关于年度报告格式和模板的通知编制。\n{SECTIONS}",
        f"{REPORT}\n{SECTIONS}\n上一篇:政府信息公开年度报告范文\n",
    ],
)
def test_a_report_that_speaks_of_such_texts_is_one(text: str) -> None:
    report = read_text(text)
    assert (report.identity.agency, report.identity.year) == ("东明县教育局", 2022)


@pytest.mark.parametrize(
    "headline", [f"{REPORT}发布", f"东明县教育局发布{REPORT}", "关于报送2022年政府信息公开工作年度报告的函"]
)
def test_tables_with_figures_are_a_report_under_any_headline(headline: str) -> None:
    (report,) = read_bytes(report_text(headline, "本报告照《条例》写成。").encode())
    assert isinstance(report, Report)
    assert report.identity.year == 2022
    assert report.applications


DISCHARGES = (
    "一、企业基本信息\n位于东明县。\n二、污染物排放\n三、防治设施\n"
    "四、行政许可情况\n五、应急预案\n六、其他应当公开的环境信息\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "青山化工有限公司2022年环境信息公开年度报告",
        "青山化工有限公司环境信息公开年度报告\n(2022年)",
        "东明县青山造纸厂\n2022年度环境信息公开年度报告",
        "青山集团生态环境信息公开2022年度报告",
    ],
)
def test_what_a_firm_discharged_is_no_report_on_disclosure(title: str) -> None:
    assert "enterprise" in refused(f"{title}\n{DISCHARGES}").message.en


def test_a_firm_may_report_on_disclosure() -> None:
    assert read_text(f"东明县自来水公司2022年信息公开年度报告\n{SECTIONS}").identity.year == 2022


@pytest.mark.parametrize(
    "title",
    [
        "东明县教育局2022年法治政府建设年度报告",
        "东明县教育局\n2022年法治政府建设工作报告",
        "东明县人民政府关于2022年度法治政府建设情况的报告",
        "2022年依法行政工作总结",
    ],
)
def test_a_report_on_the_rule_of_law_is_none(title: str) -> None:
    told = SECTIONS.replace("共收到3件。", "收到政府信息公开申请3件,12345热线受理300件。")
    assert "rule of law" in refused(f"{title}\n{told}").message.en


def test_a_link_to_a_report_on_the_rule_of_law_refuses_no_report_on_disclosure() -> None:
    link = "法治政府建设年度报告\n"
    assert read_text(f"{link}{REPORT}\n{SECTIONS}").identity.year == 2022
    preamble = "现将2022年度政府信息公开工作年度报告公布如下。\n"
    assert read_text(f"{link}{preamble}{SECTIONS}").identity.year == 2022


@pytest.mark.parametrize(
    "article",
    [
        "第三条 政府信息公开年度报告应当包括下列内容:",
        "第四条 东明县政府信息公开年度报告",
        "政府信息公开年度报告应包含以下内容:",
    ],
)
def test_an_article_of_a_rule_on_reports_is_no_title(article: str) -> None:
    above, below = "东明县政府信息公开年度报告制度\n第一条 为做好公开,制定本制度。", "(一)概述;\n(二)主动公开情况;"
    assert "no such title" in refused(f"{above}\n{article}\n{below}\n").message.en


ON_OPENNESS = "一、主动公开情况\n公开信息90条。\n二、依申请公开情况\n收到申请2件。\n三、存在问题\n人手不足。\n"
OF_THE_STATUTE = "根据《中华人民共和国政府信息公开条例》,编制本报告。\n"


@pytest.mark.parametrize("name", ["政务公开工作年度报告", "政务公开工作报告", "政务公开年报"])
def test_a_report_on_openness_is_the_one_under_the_statute_by_its_sections(name: str) -> None:
    identity = read_text(f"东明县教育局2022年{name}\n{OF_THE_STATUTE}{ON_OPENNESS}").identity
    assert (identity.agency, identity.year, identity.title) == ("东明县教育局", 2022, f"东明县教育局2022年{name}")


@pytest.mark.parametrize(
    "text",
    [
        f"东明县教育局2022年政务公开工作报告\n{ON_OPENNESS}",
        f"东明县教育局2022年政务公开工作报告\n{OF_THE_STATUTE}一、主动公开情况\n二、政策解读\n三、存在问题\n",
        f"东明县教育局2022年政务公开工作总结\n{OF_THE_STATUTE}{ON_OPENNESS}",
        f"2022年政务公开工作报告\n{OF_THE_STATUTE}{ON_OPENNESS}",
    ],
)
def test_any_other_report_on_openness_is_none(text: str) -> None:
    assert refused(text).code == "not_a_report"


def test_a_report_on_openness_beside_another_s_title_gives_it_no_name() -> None:
    report = read_text(
        f"临川市水务局2021年政务公开工作报告\n东明县教育局2022年政府信息公开年报\n{OF_THE_STATUTE}{ON_OPENNESS}"
    )
    assert (report.identity.agency, report.identity.year) == ("东明县教育局", 2022)


UNDER_THE_MEASURES = (
    "根据《高等学校信息公开办法》,编制本报告。\n一、概述\n二、主动公开情况\n三、依申请公开情况\n收到申请3件。\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "临川大学2022-2023学年信息公开工作年度报告",
        "临川职业技术学院2022年信息公开年报",
        "2022-2023学年信息公开年度报告",
    ],
)
def test_a_university_s_report_under_its_own_rules_is_none(title: str) -> None:
    for figures in ("", "行政许可|3\n行政处罚|5\n行政强制|0\n"):
        assert "university" in refused(f"{title}\n{UNDER_THE_MEASURES}{figures}").message.en


def test_who_names_the_rules_for_universities_may_report_under_the_regulations() -> None:
    for title in ("临川市教育局2022年政府信息公开年报", "临川学院2022年信息公开年报"):
        text = UNDER_THE_MEASURES if "局" in title else UNDER_THE_MEASURES.replace("高等学校", "政府")
        assert read_text(f"{title}\n{text}").identity.year == 2022


PRESENTED = "根据《条例》规定,现发布东明县教育局2012年政府信息公开工作年度报告。\n"
TWO_SECTIONS = "一、主动公开政府信息情况\n公开30条。\n二、依申请公开政府信息情况\n收到3件。\n三、其他\n无。\n"


def test_a_text_without_a_title_that_is_presented_as_a_report_is_one_by_two_sections() -> None:
    identity = read_text(PRESENTED + TWO_SECTIONS).identity
    assert (identity.agency, identity.year, identity.title) == ("东明县教育局", 2012, None)
    for text in (PRESENTED, PRESENTED.replace("2012年", "") + TWO_SECTIONS, TWO_SECTIONS):
        assert refused(text).code == "not_a_report"
