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
        ("临川学院信息公开年报2022", "临川学院"),
        ("东明县教育局2022年度政府信息公开工作总结报告", "东明县教育局"),
        ("临川市机构编制委员会办公室2022年政府信息公开年报", "临川市机构编制委员会办公室"),
        ("现将东明县教育局2022年度政府信息公开工作情况报告如下:", "东明县教育局"),
        ("东明县教育局2022年政府信息公开工作年度报告 2023-01-20", "东明县教育局"),
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


def test_a_title_is_published_with_its_signs_and_without_its_label() -> None:
    identity = described("名称:《东明县教育局２０２０年政府信息公开年报》").identity
    assert identity.title == "《东明县教育局２０２０年政府信息公开年报》"
