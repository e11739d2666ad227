"""Titles as pages and files set them: over several lines, in tables of fields, with another kind's word."""

from __future__ import annotations

import pytest

from tests.identity_samples import described

KEPT = "东明县教育局"


@pytest.mark.parametrize(
    "lines",
    [
        "2020年东明县教育局政府信息\n公开工作年度报告",
        "2020年东明县教育局政府\n信息公开工作年度报告",
        "东明县教育局2020年政府信息公开\n工作年度报告",
        "东明县教育局2020年政府信息公开工作年度\n报告",
        "东明县教育局2020年政府信息公开工作年度报\n告",
        "东明县教育局\n2020年\n政府信息公开\n工作年度报告",
        "东明县\n教育局\n2020年\n政府信息公开\n工作年度报告",
        "东明县教育局20\n20年政府信息公开工作年度报告",
        "2020年度\n东明县教育局\n政府信息公开年报",
        "东明县\n教育局2020年政府信息公开工作年度报告",
        "东明县教育局关于\n2020年政府信息公开工作的年度报告",
        "东明县教育局\n关于2020年度政府信息公开工作\n情况的报告",
        "2020年政府信息公开工作年度报告\n东明县教育局",
        "2020年政府信息公开工作年度报告\n\n（东明县教育局）",
        "　东明县教育局　\n　二〇二〇年政府信息公开工作年度报告　",
    ],
)
def test_a_title_over_several_lines_is_one(lines: str) -> None:
    report = described(lines)
    assert (report.identity.agency, report.identity.year) == (KEPT, 2020)


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        ("2025年玉桥街道政府信息\n公开工作年度报告", "北京市通州区人民政府玉桥街道办事处"),
        ("临川市云山区人民政府玉桥街\n道办事处2025年政府信息公开工作年度报告", "临川市云山区人民政府玉桥街道办事处"),
        ("临川市云山区人民政府玉桥街道办\n事处2025年政府信息公开工作年度报告", "临川市云山区人民政府玉桥街道办事处"),
        ("东明县卫生健康委\n员会2025年政府信息公开工作年度报告", "东明县卫生健康委员会"),
        ("东明县人民政府\n办公室2025年政府信息公开工作年度报告", "东明县人民政府办公室"),
        ("临川市云山区人民政府玉桥街道办事处\n2025年政府信息公开\n工作年度报告", "临川市云山区人民政府玉桥街道办事处"),
        ("东明县永和\n镇人民政府2025年政府信息公开工作年度报告", "东明县永和镇人民政府"),
        ("临川经济技术开发\n区管理委员会2025年政府信息公开年度报告", "临川经济技术开发区管理委员会"),
        ("东明县人民政府办公\n室2025年政府信息公开工作年度报告", "东明县人民政府办公室"),
        ("临川市人民\n政府2025年政府信息公开工作年度报告", "临川市人民政府"),
        ("临川市水务局\n(临川市河长制办公室)\n2025年政府信息公开工作年度报告", "临川市水务局(临川市河长制办公室)"),
    ],
)
def test_an_agency_s_name_may_be_cut_by_the_line_s_end(lines: str, agency: str) -> None:
    report = described(lines)
    assert (report.identity.agency, report.identity.year) == (agency, 2025)


@pytest.mark.parametrize(
    "lines",
    [
        "东明县人民政府门户网站\n\n教育局2020年政府信息公开工作年度报告",
        "东明县人民政府\n教育局2020年政府信息公开工作年度报告",
        "我县\n教育局2020年政府信息公开工作年度报告",
        "走进东明县\n教育局2020年政府信息公开工作年度报告",
        "魅力东明县\n教育局2020年政府信息公开工作年度报告",
        "看东明县\n教育局2020年政府信息公开工作年度报告",
        "乡镇街道\n教育局2020年政府信息公开工作年度报告",
        "乡镇年报\n教育局2020年政府信息公开工作年度报告",
        "智慧问政\n县教育局2020年政府信息公开工作年度报告",
        "请输入检索词\n县教育局2020年政府信息公开工作年度报告",
        "今日菏泽市\n县教育局2020年政府信息公开工作年度报告",
        "智慧问政\n县教育局\n2020年政府信息公开工作年度报告",
        "乐享东明县\n2020年政府信息公开工作年度报告",
        "会员中心\n2020年政府信息公开工作年度报告",
        "办事大厅\n2020年政府信息公开工作年度报告",
        "返回顶部\n2020年政府信息公开工作年度报告",
        "各县区\n2020年政府信息公开工作年度报告",
        "部门街镇\n2020年政府信息公开工作年度报告",
        "新闻中心\n2020年政府信息公开工作年度报告",
        "联系方式\n政府信息公开工作年度报告（2020年）",
        "附件\n政府信息公开工作年度报告（2020年）",
        "2020年政府信息公开工作年度报告\n办事大厅",
        "2020年政府信息公开工作年度报告\n新闻中心",
        "2020年政府信息公开工作年度报告\n走进东明县",
    ],
)
def test_a_line_that_is_no_part_of_the_name_is_not_joined_to_it(lines: str) -> None:
    report = described(lines)
    assert (report.identity.agency, report.identity.year) == (None, 2020)


@pytest.mark.parametrize(
    "above", ["请输入检索词", "选择字号", "部门动态", "智慧问政", "用户登录", "走进东明县", "乡镇街道"]
)
@pytest.mark.parametrize(
    "agency", ["国家税务总局", "国务院办公厅", "国家统计局临泉调查队", "水利部", "审计署", "海关总署"]
)
def test_an_organ_that_needs_no_place_takes_none_from_the_line_above(above: str, agency: str) -> None:
    report = described(f"{above}\n{agency}2020年政府信息公开工作年度报告")
    assert (report.identity.agency, report.identity.year) == (agency, 2020)


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        ("东明\n县教育局2015年政府信息公开工作年度报告", KEPT),
        ("山东省东明\n县教育局2015年政府信息公开工作年度报告", KEPT),
        ("菏泽市东明\n县教育局2015年政府信息公开工作年度报告", KEPT),
        ("东明县\n国家税务局2015年政府信息公开工作年度报告", "东明县国家税务局"),
        ("山东省东明县\n国家税务局2015年政府信息公开工作年度报告", "东明县国家税务局"),
        ("东明县\n国有资产监督管理委员会2015年政府信息公开工作年度报告", "东明县国有资产监督管理委员会"),
        ("黄河水利委员会\n2015年政府信息公开工作年度报告", "黄河水利委员会"),
        ("北京博爱医院\n2015年信息公开工作年度报告", "北京博爱医院"),
        ("东明县人民\n政府信息公开工作年度报告（2015年）", "东明县人民政府"),
        ("首页\n2015年山东东明县\n政府信息公开工作年度报告", "东明县人民政府"),
    ],
)
def test_a_name_may_go_over_lines_where_its_place_is_known(lines: str, agency: str) -> None:
    report = described(lines)
    assert (report.identity.agency, report.identity.year) == (agency, 2015)


@pytest.mark.parametrize(
    "table",
    [
        "名称 | {title} | ||\n索引号 | 01/2021-1 | 分类 | 政府信息公开年报 其他 |\n发布机构 | {agency} | 发文日期 | |",
        "标题\t{title}\n索引号\t01/2021-1",
        "信息名称 | {title} | 索引号 | 01/2021-2 |",
        "信息名称：{title} 索引号：01/2021-2",
        "名　称：\t{title}\t索引号：\t01",
        "| 标题 | {title} |\n|---|---|\n| 发布单位 | {agency} |",
        "标题\n{title}\n发布机构\n{agency}",
        "标题：\n{title}",
        "题名 {title}",
        "名称 {title}",
        "文件名称|{title}|",
        "公文名称: {title}",
        "索引号 | 01/2021-1 | 信息名称 | {title} |",
    ],
)
def test_the_label_of_a_field_never_sticks_to_a_name(table: str) -> None:
    above = table.format(title=f"{KEPT}2020年政府信息公开年度报告", agency=KEPT)
    identity = described("政府信息公开工作年度报告", above=above).identity
    assert (identity.agency_printed, identity.year) == (KEPT, 2020)


@pytest.mark.parametrize("field", ["发布机构", "发布单位", "发布机关", "公开主体", "发文机关", "发文单位", "公开单位"])
@pytest.mark.parametrize("shape", ["{}:{}", "{}：{}", "{} | {} | 文号 | |", "{}\t{}\t文号\t", "| {} | {} |"])
def test_who_published_is_read_from_the_field_in_any_shape(field: str, shape: str) -> None:
    identity = described("2020年政府信息公开工作年度报告", above=shape.format(field, KEPT)).identity
    assert identity.agency_printed == KEPT


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("海关总署2022年海关信息公开工作年度报告", "海关总署"),
        ("临江海关信息公开工作年度报告(2022年)", "临江海关"),
        ("2022年临江海关信息公开工作年度报告", "临江海关"),
        ("临江海关2022年海关信息公开工作年度报告", "临江海关"),
        ("临江海关2022年海关政府信息公开工作年度报告", "临江海关"),
        ("国家税务总局2022年度税务信息公开工作年度报告", "国家税务总局"),
        ("国家税务总局江苏省税务局2022年税务系统政府信息公开工作年度报告", "国家税务总局江苏省税务局"),
        ("公安部2022年警务信息公开工作年度报告", "公安部"),
        ("临川市教育局2022年教育信息公开年度报告", "临川市教育局"),
        ("临川市第一医院信息公开工作年度报告（2022年度）", "临川市第一医院"),
        ("临川市公交公司2022年公共企事业单位信息公开工作年度报告", "临川市公交公司"),
        ("临川市政府信息和政务公开2022年度报告", "临川市人民政府"),
        ("2022年临川市教育局政务公开和政府信息公开工作年度报告", "临川市教育局"),
        ("临川市教育局2022年政务公开（政府信息公开）年度报告", "临川市教育局"),
        ("【更正】临川学院2022年信息公开年报", "临川学院"),
        ("临川学院信息公开年报2022", "临川学院"),
        ("东明县教育局2022年度政府信息公开工作总结报告", "东明县教育局"),
        ("临川市机构编制委员会办公室2022年政府信息公开年报", "临川市机构编制委员会办公室"),
        ("现将东明县教育局2022年度政府信息公开工作情况报告如下:", "东明县教育局"),
        ("东明县教育局（以下简称县教育局）2022年政府信息公开工作年度报告如下。", "东明县教育局"),
        ("东明县教育局2022年政府信息公开工作年度报告 2023-01-20", "东明县教育局"),
        ("Page 9 - 东明县教育局2022年政府信息公开工作年度报告", "东明县教育局"),
        ("第3页：东明县教育局2022年政府信息公开工作年度报告", "东明县教育局"),
    ],
)
def test_the_word_for_the_kind_of_information_is_told_from_the_name(title: str, agency: str) -> None:
    identity = described(title).identity
    assert (identity.agency, identity.year) == (agency, 2022)


@pytest.mark.parametrize(
    ("title", "agency", "scope"),
    [
        ("临川市2022年市政府信息公开工作年度报告", "临川市人民政府", "region"),
        ("东明县2022年县教育局政府信息公开工作年度报告", "东明县教育局", "own"),
        ("东明县2022年县政府办公室政府信息公开工作年度报告", "东明县人民政府办公室", "own"),
        ("东明县人民政府2022年全县政府信息公开工作年度报告", "东明县人民政府", "region"),
        ("东明县全县2022年政府信息公开工作年度报告", "东明县人民政府", "region"),
        ("临川市2022年市本级政府信息公开工作年度报告", "临川市人民政府", "own"),
        ("临川市人民政府2022年本级政府信息公开工作年度报告", "临川市人民政府", "own"),
        ("济南市2022年市中区政府信息公开工作年度报告", "济南市市中区人民政府", "region"),
        ("江苏省2022年海门区教育局政府信息公开工作年度报告", "南通市海门区教育局", "own"),
        ("天津滨海新区2022年政府信息公开工作年度报告", "天津市滨海新区人民政府", "region"),
        ("福州滨海新区2022年政府信息公开工作年度报告", "福州滨海新区管理委员会", "own"),
    ],
)
def test_words_that_say_the_rank_of_a_place_again_are_none_of_the_name(title: str, agency: str, scope: str) -> None:
    identity = described(title).identity
    assert (identity.agency, identity.year, identity.scope) == (agency, 2022, scope)


@pytest.mark.parametrize("field", ["栏目", "分类", "所在位置", "频道", "来源"])
def test_a_field_that_names_the_column_of_the_site_is_no_title(field: str) -> None:
    identity = described("东明县教育局2020年政府信息公开年报", above=f"{field}: 东明县政府信息公开年报").identity
    assert (identity.agency, identity.year) == (KEPT, 2020)


def test_a_title_is_given_with_its_authority_before_it_where_it_stands_so() -> None:
    identity = described("2020年政府信息公开年报\n东明县教育局\n2020年政府信息公开年报").identity
    assert (identity.agency, identity.title) == (KEPT, "东明县教育局2020年政府信息公开年报")


@pytest.mark.parametrize(
    "lines",
    [
        "標(biāo)      題 東明縣(xiàn)教育局2020年政府信息公開工作年度報告\n索引號 1/2",
        "標(biāo)      題 東明縣教育局 2020年政府信息公開年報\n背景色:\n東明縣(xiàn)教育局\n2020年政府信息公開年報",
        "東明縣教育局2020年政務信息公開工作開展年度報告",
    ],
)
def test_pinyin_hides_neither_a_label_nor_a_name(lines: str) -> None:
    identity = described(lines).identity
    assert (identity.agency, identity.year) == ("東明縣教育局", 2020)


def test_a_title_is_published_with_its_signs_and_without_its_label() -> None:
    identity = described("名称:《东明县教育局２０２０年政府信息公开年报》").identity
    assert identity.title == "《东明县教育局２０２０年政府信息公开年报》"


@pytest.mark.parametrize(
    "label",
    [
        "标      题 ",
        "名    称  ",
        "题      名    ",
        "信 息 名 称   ",
        "标  题：",
        "题目  ",
        "- 中文名:",
        "中文名 ",
        "主  题   ",
    ],
)
def test_a_label_whose_characters_stand_apart_never_sticks_to_a_name(label: str) -> None:
    report = described(
        f"{label}东明县教育局2020年政府信息公开工作年度报告", above="索 引 号  000014349/2021-00049   文   号"
    )
    assert (report.identity.agency, report.identity.agency_printed) == (KEPT, KEPT)
    assert report.identity.title == "东明县教育局2020年政府信息公开工作年度报告"


def test_who_compiled_a_report_is_read_from_its_field() -> None:
    assert described("2020年政府信息公开工作年度报告", above="编制单位:东明县教育局").identity.agency == KEPT
    assert described("2020年政府信息公开工作年度报告", above="编制单位东明县教育局报送").identity.agency is None


@pytest.mark.parametrize(
    "lines",
    [
        "东明县教育局政府信息公开年度报告\n2020年政府信息公开工作年度报告",
        "东明县教育局政府信息公开年报\n关于2020年度政府信息公开工作的报告",
        "东明县政府信息公开工作年度报告\n2020年度政府信息公开工作报告(东明县教育局)",
        "2020年政府信息公开工作年度报告\n来源:政府办\n东明县教育局政府信息公开年报",
    ],
)
def test_the_year_may_stand_in_a_title_of_its_own_that_names_nobody(lines: str) -> None:
    identity = described(lines).identity
    assert (identity.agency, identity.year) == (KEPT, 2020)


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        ("东明县教育局政府信息公开年报\n2020年政府信息公开工作年度报告\n2019年政府信息公开工作年度报告", None),
        ("东明县教育局2021年政府信息公开年报\n2020年政府信息公开工作年度报告", 2021),
        ("东明县教育局2020-2021学年信息公开年报\n2020年政府信息公开工作年度报告", None),
        ("东明县教育局政府信息公开年报\n上一篇:2020年政府信息公开工作年度报告", None),
    ],
)
def test_the_year_of_another_report_s_title_is_none(lines: str, year: int | None) -> None:
    assert described(lines).identity.year == year


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("东明县环境保护局2015年环境信息公开工作年度报告", "东明县环境保护局"),
        ("东明县环境保护局环境信息公开2015年度报告", "东明县环境保护局"),
        ("东明县环境保护局\n2015年环境信息公开工作年度报告", "东明县环境保护局"),
        ("东明县2015年环境信息公开工作年度报告", None),
    ],
)
def test_the_environment_is_no_part_of_an_organ_s_name(title: str, agency: str | None) -> None:
    assert described(title).identity.agency == agency


PUBLISHED = [
    "2021-01-20 {}",
    "2021年1月20日 {}",
    "[2021-01-20]{}",
    "2021-01-20 09:30 {}",
    "2021/1/20{}",
    "{} 2021-01-20 09:30",
    "{} 2021.01",
    "{}(2021年1月20日)",
    "{}（2021年1月）",
    "东教办〔2021〕5号 {}",
    "{}(东教〔2021〕5号)",
    "东教字〔2021〕5号\n{}",
]


@pytest.mark.parametrize("line", PUBLISHED)
def test_the_day_and_the_number_of_a_title_say_nothing_of_its_year(line: str) -> None:
    identity = described(line.format("东明县教育局2020年政府信息公开工作年度报告")).identity
    assert (identity.agency, identity.year) == (KEPT, 2020)


@pytest.mark.parametrize("line", PUBLISHED)
def test_a_title_without_a_year_takes_none_from_its_day_or_number(line: str) -> None:
    identity = described(line.format("东明县教育局政府信息公开工作年度报告")).identity
    assert identity.agency == KEPT
    assert identity.year in (None, 2020)


@pytest.mark.parametrize("line", ["2020年1-12月{}", "{}(2020年1月至12月)", "2020年1月1日至2020年12月31日{}"])
def test_months_of_a_whole_year_are_no_day(line: str) -> None:
    assert described(line.format("东明县教育局政府信息公开工作年度报告")).identity.year == 2020


@pytest.mark.parametrize(
    "before",
    [
        *(
            "走进",
            "查看",
            "附件:",
            "附件1 ",
            "[置顶]",
            "置顶 ",
            "公告:",
            "信息公开 ",
            "一、",
            "(三)",
            "3.",
            "★",
            "部门年报",
            "热点",
        ),
        *("公示公告", "文件名 ", "内容概述 ", "内容摘要 | ", "关键词:", "编号 ", "事项名称 ", "当前文章:", "PDF下载:"),
    ],
)
def test_words_of_the_page_before_a_known_name_are_none_of_it(before: str) -> None:
    identity = described(f"{before}东明县教育局2020年政府信息公开工作年度报告").identity
    assert (identity.agency, identity.agency_printed, identity.year) == (KEPT, KEPT, 2020)


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("共青团东明县委员会", "共青团东明县委员会"),
        ("临川市东明县教育局", "临川市东明县教育局"),
        ("山东东明县教育局", "东明县教育局"),
        ("走进东明县", "东明县人民政府"),
        ("东明县教育局(体育局)", "东明县教育局"),
        ("国家税务总局东明县税务局", "国家税务总局东明县税务局"),
        ("东明县某某协会东明县教育局", None),
    ],
)
def test_what_may_be_part_of_a_name_stays(printed: str, agency: str | None) -> None:
    assert described(f"{printed}2020年政府信息公开工作年度报告").identity.agency == agency


@pytest.mark.parametrize("tail", ["-某某网平台", "_东明县人民政府", " - 东明县政务网"])
def test_what_a_site_writes_behind_each_title_is_none_of_it(tail: str) -> None:
    title = "东明县教育局2020年政府信息公开工作年度报告"
    identity = described(title + tail).identity
    assert (identity.title, identity.agency) == (title, KEPT)


@pytest.mark.parametrize("tail", ["-2020年", "（2020年度）", "(全文)"])
def test_what_belongs_to_a_title_stays(tail: str) -> None:
    title = f"东明县教育局政府信息公开工作年度报告{tail}"
    assert described(title).identity.title == title


def test_the_publisher_s_label_may_stand_apart() -> None:
    above = "发 布 机 构：东明县教育局  文 号：无"
    assert described("2020年政府信息公开工作年度报告", above=above).identity.agency == KEPT


def test_the_end_of_an_organs_name_is_no_name() -> None:
    assert described("事处2025年政府信息公开工作年度报告").identity.agency is None


@pytest.mark.parametrize(
    "line",
    [
        "欢迎查阅东明县教育局2022年政府信息公开工作年度报告",
        "通知：2022年政府信息公开工作年度报告已上线",
        "现向社会公布东明县教育局2022年政府信息公开工作年度报告",
        "特公布2022年度本单位政府信息公开工作年度报告",
    ],
)
def test_a_line_that_speaks_of_the_report_is_not_its_title(line: str) -> None:
    assert described(line).identity.title is None
