"""Names of authorities: as printed, never converted; zones, streets, schools, organs of the centre; masked names."""

from __future__ import annotations

import pytest

from build.identity.names import agency_kind, are_one_organ, full_name, is_agency, scope_of
from build.identity.place import is_region, place_of
from tests.assertions import read_text
from tests.identity_samples import codes, described

TITLE = "2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("乾县", "乾县人民政府"),
        ("乾安县人民政府", "乾安县人民政府"),
        ("乾潭镇", "建德市乾潭镇人民政府"),
        ("於潜镇", "杭州市临安区於潜镇人民政府"),
        ("甯陕县", "甯陕县人民政府"),
        ("瀋陽市", "瀋陽市人民政府"),
        ("東明縣教育局", "東明縣教育局"),
        ("東明縣政府", "東明縣人民政府"),
        ("钟祥市乾泰街道", "钟祥市人民政府乾泰街道办事处"),
    ],
)
def test_a_name_is_published_in_the_characters_that_are_printed(printed: str, agency: str) -> None:
    identity = described(printed + TITLE).identity
    assert (identity.agency_printed, identity.agency, identity.year) == (printed, agency, 2020)


def test_a_report_in_traditional_characters_is_read_and_named_as_printed() -> None:
    identity = described("東明縣人民政府2020年政府信息公開工作年度報告").identity
    assert (identity.agency, identity.agency_kind, identity.level) == ("東明縣人民政府", "government", "county")
    assert (identity.county, identity.year) == ("东明县", 2020), "a place is named as the registry has it"


def test_pinyin_behind_characters_is_no_part_of_a_name() -> None:
    identity = described("東明縣(xiàn)人民政府2020年政府信息公開工作年度報(bào)告").identity
    assert (identity.agency, identity.year) == ("東明縣人民政府", 2020)


@pytest.mark.parametrize(
    "printed",
    ["全椒县人民政府", "全州县", "全南县", "本溪市", "本溪满族自治县", "本溪市教育局", "各莫乡", "我莫镇", "将乐县"],
)
def test_a_name_may_begin_with_a_word_for_all_each_or_own(printed: str) -> None:
    assert described(printed + TITLE).identity.agency_printed == printed


@pytest.mark.parametrize(
    "printed",
    [
        "全市",
        "全县",
        "全州教育局",
        "全镇",
        "全区各部门",
        "本县",
        "本市教育局",
        "本机关",
        "我局",
        "我县教育局",
        "各县",
        "各镇",
        "各部门办公室",
    ],
)
def test_words_for_all_each_or_own_are_no_name(printed: str) -> None:
    report = described(printed + TITLE)
    assert report.identity.agency is None
    assert "agency_unknown" in codes(report)


NAMED_AROUND = {
    "东明县人民政府\n{title}\n我局认真落实条例。": None,
    "发布机构：东明县人民政府\n{title}\n我局认真落实条例。": None,
    "东明县人民政府{title}\n我局认真落实条例。": "东明县人民政府",
    "东明县人民政府\n{title}\n我县认真落实条例。": "东明县人民政府",
    "{title}\n我局认真落实条例。\n六、其他需要报告的事项\n东明县教育局\n2023年1月20日": "东明县教育局",
    "{title}\n我局认真落实条例。\n六、其他需要报告的事项\n东明县水务局\n东明县教育局\n2023年1月20日": None,
}


@pytest.mark.parametrize("text", NAMED_AROUND)
def test_a_site_s_name_is_no_department_s_and_two_that_sign_are_neither(text: str) -> None:
    report = read_text(text.format(title="2022年政府信息公开工作年度报告"))
    assert (report.identity.agency, report.identity.year) == (NAMED_AROUND[text], 2022)


TOLD = {
    "2022年，东明县教育局认真贯彻落实条例。": "东明县教育局",
    "2022年度，东明县小井镇坚持以公开为常态。": "东明县小井镇人民政府",
    "2022年，在县委、县政府的坚强领导下，东明县教育局认真落实。": "东明县教育局",
    "2022年，我局工作平稳。东明县教育局编制了本报告。": "东明县教育局",
    "2022年，在东明县教育局指导下，我校认真落实。": None,
    "2022年，东明县人民政府深入贯彻落实条例。": None,
    "2022年，东明县人民政府办公室认真贯彻落实条例。": None,
    "2022年，东明县教育局认真贯彻落实条例，我县工作平稳。": None,
    "2022年，东明县教育局印发通知，我局认真落实。": None,
    "2022年，东明县教育局坚持公开。2022年，东明县水务局坚持公开。": None,
    "2022年，东明县税务局坚持公开。（以下简称“东明县税务局”）": None,
    "2022年，东明县水务局坚持公开。东明县教育局收到申请3件。": None,
    "2022年，东明县水务局坚持公开。全县收到申请3件。": None,
    "一是加强领导。2022年，东明县水务局坚持公开。": None,
    "一是部署。2022年，东明县小井镇主动公开信息。东明县小井镇没有收到信息公开申请。": "东明县小井镇人民政府",
    "2022年，各方高度重视。2022年，东明县小井镇积极推进试点。": None,
    "2022年，东明县小井镇积极推进试点，我县成效明显。": None,
}


@pytest.mark.parametrize("sentence", TOLD)
def test_without_a_title_who_does_what_the_report_tells_of_reports(sentence: str) -> None:
    sections = "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、行政复议、行政诉讼情况\n"
    ending = "五、存在的主要问题及改进情况\n六、其他需要报告的事项\n"
    report = read_text(f"根据条例编制本报告。\n一、总体情况\n{sentence}\n{sections}{ending}")
    assert report.identity.agency == TOLD[sentence]


def test_a_district_that_is_a_zone_of_its_city_too_is_the_district() -> None:
    for printed, area in (
        ("广州市黄埔区（广州开发区）", "广州市黄埔区"),
        ("无锡市新吴区（无锡高新区）", "无锡市新吴区"),
    ):
        assert described(printed + TITLE).identity.agency == f"{area}人民政府"
    for printed in ("天津市滨海新区（天津经开区）", "天津市滨海新区（中新天津生态城）", "苏州高新区（虎丘区）"):
        assert described(printed + TITLE).identity.agency is None


def test_a_title_of_several_areas_is_none_of_them_alone() -> None:
    joined = "东明县教育局东明县水务局 东明县各乡镇 东明县教育局所属学校 涪陵区、南川区 涪陵区和南川区"
    for printed in [*joined.split(), "桐柏县人民政府、唐河县人民政府", "安徽省合肥市及芜湖市", "城关镇、吴城镇"]:
        report = described(printed + TITLE)
        assert (report.identity.agency, report.identity.county) == (None, None)
        assert "agency_unknown" in codes(report)
    for printed in ("和田县", "沈阳市和平区", "广州市白云区人和镇"):
        assert described(printed + TITLE).identity.agency == f"{printed}人民政府"
    for whole in ("上海市人民政府发展研究中心", "国家税务总局东明县税务局", "上海市公安局浦东分局"):
        assert described(whole + TITLE).identity.agency == whole


@pytest.mark.parametrize(
    "printed", ["某某县", "东明县某局", "XX县教育局", "××市人民政府", "东明县XX局", "○○县", "**县财政局"]
)
def test_a_masked_name_is_no_agency(printed: str) -> None:
    report = described(printed + TITLE)
    assert (report.identity.agency, report.identity.agency_printed) == (None, None)
    assert "agency_unknown" in codes(report)


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("临川综合实验区", "临川综合实验区管理委员会"),
        ("临川生态示范区", "临川生态示范区管理委员会"),
        ("临川深度合作区", "临川深度合作区管理委员会"),
        ("横琴粤澳深度合作区", "横琴粤澳深度合作区执行委员会"),
        ("云山风景区", "云山风景区管理委员会"),
        ("云山风景名胜区", "云山风景名胜区管理委员会"),
        ("临川新区", "临川新区管理委员会"),
        ("福州滨海新区", "福州滨海新区管理委员会"),
        ("临川开发区", "临川开发区管理委员会"),
        ("临川市高新区", "临川市高新区管理委员会"),
        ("临川经开区管委会", "临川经开区管理委员会"),
        ("临川经济技术开发区管理委员会", "临川经济技术开发区管理委员会"),
        ("临川综合保税区", "临川综合保税区管理委员会"),
        ("临川旅游度假区", "临川旅游度假区管理委员会"),
    ],
)
def test_a_zone_s_authority_is_its_committee(printed: str, agency: str) -> None:
    identity = described(printed + TITLE).identity
    assert (identity.agency, identity.agency_kind, identity.scope) == (agency, "development_zone", "own")


@pytest.mark.parametrize(
    ("printed", "city"),
    [
        ("浦东新区", "上海市"),
        ("上海市浦东新区", ""),
        ("天津市滨海新区", ""),
        ("滨海新区", "天津市"),
        ("沈阳市沈北新区", ""),
    ],
)
def test_a_new_district_that_is_a_county_has_a_government(printed: str, city: str) -> None:
    identity = described(printed + TITLE).identity
    assert (identity.agency, identity.level) == (f"{city}{printed}人民政府", "county")
    assert is_region(printed)


@pytest.mark.parametrize(
    "name",
    [
        "临川大学",
        "临川职业技术学院",
        "临川市第一中学",
        "临川市实验小学",
        "临川市第一人民医院",
        "临川市自来水有限公司",
        "国网临川供电公司",
        "临川市公交集团有限公司",
        "临川市供水总公司",
        "临川市图书馆",
    ],
)
def test_schools_hospitals_and_enterprises_are_others_with_their_own_name(name: str) -> None:
    identity = described(name + TITLE).identity
    assert (identity.agency, identity.agency_kind, identity.scope) == (name, "other", "own")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("临川市教育局", "department"),
        ("临川市水务局", "department"),
        ("临川市卫生健康委员会", "department"),
        ("临江海关", "department"),
        ("中国人民银行临川市中心支行", "department"),
        ("国家统计局临川调查队", "department"),
        ("临川市国有资产监督管理委员会", "department"),
        ("临川农商银行", "other"),
    ],
)
def test_organs_of_the_administration_are_departments(name: str, kind: str) -> None:
    assert agency_kind(name) == kind


@pytest.mark.parametrize(
    "printed",
    ["海关总署", "海关总署(本级机关)", "海关总署（机关本级）", "中华人民共和国海关总署", "财政部", "国家税务总局"],
)
def test_organs_of_the_centre_are_national(printed: str) -> None:
    identity = described(printed + TITLE).identity
    assert (identity.level, identity.scope) == ("national", "own")


def test_an_organ_that_reports_of_itself_alone_is_the_same_organ() -> None:
    assert full_name("海关总署(本级机关)") == full_name("海关总署") == "海关总署"
    assert full_name("临川市审批局(临川市政务局)") == "临川市审批局(临川市政务局)"


@pytest.mark.parametrize(
    "bracket",
    [
        "(以下简称我局)",
        "（以下简称“我局”）",
        "（以下简称“市民政局”）",
        "(下称本局)",
        "（以下统称民政局）",
        "(简称市局)",
    ],
)
def test_how_a_text_calls_the_organ_from_here_on_is_no_part_of_its_name(bracket: str) -> None:
    title = described(f"临川市民政局{bracket}{TITLE}").identity
    sentence = described("政府信息公开工作年度报告", f"现公布临川市民政局{bracket}{TITLE}。").identity
    assert [(one.agency_printed, one.year) for one in (title, sentence)] == [("临川市民政局", 2020)] * 2


@pytest.mark.parametrize(
    "printed", ["永和镇", "永和镇人民政府", "永和乡", "玉桥街道", "玉桥街道办事处", "临川高新区", "临川高新区管委会"]
)
def test_towns_streets_and_zones_report_as_one_organ_however_named(printed: str) -> None:
    assert described(printed + TITLE, "本报告照《条例》写成,全县都已上报。").identity.scope == "own"


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        ("永和镇人民政府", "全镇共收到申请3件。"),
        ("玉桥街道办事处", "全街道共收到信息公开申请3件。"),
        ("临川高新区管理委员会", "全区各部门共收到申请3件。"),
    ],
)
def test_they_report_of_the_area_where_they_count_its_applications(agency: str, words: str) -> None:
    assert scope_of(agency, agency, words) == "region"
    assert scope_of(agency, agency, "共收到申请3件。") == "own"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("东明县发改委", "东明县发展和改革委员会", True),
        ("东明县", "东明县人民政府", True),
        ("东明县政府办", "东明县人民政府办公室", True),
        ("东明县民政局", "东明县教育局", False),
        ("东明县教育局", "临川市教育局", False),
    ],
)
def test_names_of_one_organ(one: str, other: str, same: bool) -> None:
    assert are_one_organ(one, other) == are_one_organ(other, one) == same


def test_a_sentence_is_no_name() -> None:
    assert not any(map(is_agency, ["东明县,教育局", "教育", "东明县教育局2020", "a局"]))


# Places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "学习《浙江省人民政府办公厅关于公开工作的意见》。",
        "转发江苏省人民政府办公厅的通知。",
        "赴浙江省杭州市朝阳区考察学习。",
        "与吉林省长春市朝阳区人民政府交流经验。",
    ],
)
@pytest.mark.parametrize(
    ("agency", "place"),
    [
        ("东明县人民政府", ("山东省", "菏泽市", "东明县", "371728")),
        ("朝阳区人民政府", (None, None, "朝阳区", None)),
        ("北野县人民政府", (None, None, "北野县", None)),
    ],
)
def test_other_governments_that_the_prose_names_say_nothing_of_the_place(
    agency: str, place: tuple[str | None, ...], sentence: str
) -> None:
    identity = described(f"{agency}2020年政府信息公开工作年度报告", sentence).identity
    assert (identity.province, identity.city, identity.county, identity.adcode) == place


def test_the_address_that_a_report_gives_tells_its_place() -> None:
    title = "朝阳区人民政府2020年政府信息公开工作年度报告"
    identity = described(title, "联系地址:长春市朝阳区中心路1号。").identity
    assert (identity.province, identity.city, identity.adcode) == ("吉林省", "长春市", "220104")
    unlisted = described("北野县人民政府2020年政府信息公开工作年度报告", "联系地址:临川市北野县中心路1号。").identity
    assert (unlisted.province, unlisted.city) == (None, "临川市")


@pytest.mark.parametrize(
    ("agency", "level", "province", "city", "county"),
    [
        ("乾县人民政府", "county", "陕西省", "咸阳市", "乾县"),
        ("本溪市人民政府", "prefecture", "辽宁省", "本溪市", None),
        ("江西省财政厅", "province", "江西省", None, None),
        ("北京市西城区人民政府", "county", "北京市", None, "西城区"),
        ("海关总署", "national", None, None, None),
        ("平潭综合实验区管委会", None, "福建省", "福州市", None),
        ("东明县教育局", "county", "山东省", "菏泽市", "东明县"),
    ],
)
def test_a_name_that_only_one_place_has_tells_where_it_is(
    agency: str, level: str | None, province: str | None, city: str | None, county: str | None
) -> None:
    identity = described(f"{agency}2020年政府信息公开工作年度报告").identity
    assert (identity.level, identity.province, identity.city, identity.county) == (level, province, city, county)


def test_a_place_is_given_as_printed() -> None:
    place = place_of("乾縣人民政府", "")
    assert (place.level, place.county) == ("county", "乾縣")


@pytest.mark.parametrize(
    ("printed", "agency", "level"),
    [
        ("湛江海关关区", "湛江海关", "prefecture"),
        ("湛江海关(本级)", "湛江海关", "prefecture"),
        ("湛江海关本级", "湛江海关", "prefecture"),
        ("东明县教育局机关", "东明县教育局", "county"),
        ("东明县卫生健康委员会本级", "东明县卫生健康委员会", "county"),
        ("东明县机关事务管理局", "东明县机关事务管理局", "county"),
        ("民航华东地区管理局", "民航华东地区管理局", None),
        ("水利部淮河水利委员会", "水利部淮河水利委员会", None),
        ("自然资源部东海局", "自然资源部东海局", None),
    ],
)
def test_the_organs_of_central_authorities_are_no_regions(printed: str, agency: str, level: str | None) -> None:
    identity = described(f"{printed}2022年政府信息公开工作年度报告").identity
    assert (identity.agency, identity.level, identity.scope) == (agency, level, "own")
    assert "地区" not in (identity.city or "")


@pytest.mark.parametrize("agency", ["罗定市𬜯塘镇人民政府", "泾县残联", "泾县妇联", "泾县广播电视台"])
def test_names_with_rare_characters_and_of_associations_are_authorities(agency: str) -> None:
    assert described(f"{agency}2022年政府信息公开工作年度报告").identity.agency == agency


@pytest.mark.parametrize("printed", ["自治区财政厅", "自治区北部湾办", "自治州教育局", "自治县水务局"])
def test_a_region_without_its_name_is_no_place(printed: str) -> None:
    identity = described(f"{printed}2022年政府信息公开工作年度报告").identity
    assert (identity.agency, identity.level, identity.county) == (None, None, None)


def test_a_region_s_name_is_taken_from_who_compiled_the_report() -> None:
    compiled = "本报告由广西壮族自治区财政厅编制。我厅全年照章办事。"
    identity = described("自治区财政厅2022年政府信息公开工作年度报告", compiled).identity
    assert (identity.agency, identity.level) == ("广西壮族自治区财政厅", "province")


@pytest.mark.parametrize("printed", ["全国海关", "全国税务系统"])
def test_all_of_a_system_in_the_country_is_no_authority(printed: str) -> None:
    identity = described(f"{printed}2020年政府信息公开工作年度报告").identity
    assert (identity.agency, identity.scope, identity.year) == (None, None, 2020)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "历年",
            "专题专栏",
            "查看",
            "年度",
            "附件",
            "最新",
            "重点领域",
            "法定主动公开内容",
            "数字",
            "政务公开",
            "上级",
        ),
        *("乡镇", "街镇", "镇街", "部门乡镇", "各乡镇", "县直乡镇街道"),
    ],
)
@pytest.mark.parametrize("title", ["{}政府信息公开2022年年度报告", "2022年{}政府信息公开工作年度报告"])
def test_words_of_the_page_before_the_word_for_government_information_govern_nothing(words: str, title: str) -> None:
    identity = described(title.format(words)).identity
    assert (identity.agency, identity.level, identity.year) == (None, None, 2022)


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("东明县", "东明县人民政府"),
        ("洪泽", "洪泽人民政府"),
        ("黔东南", "黔东南苗族侗族自治州人民政府"),
        ("临川市云山区", "临川市云山区人民政府"),
        ("临川市百乡镇", "临川市百乡镇人民政府"),
    ],
)
def test_a_region_before_the_word_for_government_information_governs_itself(words: str, agency: str) -> None:
    assert described(f"{words}政府信息公开2022年年度报告").identity.agency == agency


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("臨川經濟開發區", "臨川經濟開發區管理委員會"),
        ("臨川經濟開發區管委會", "臨川經濟開發區管理委員會"),
        ("臨川縣", "臨川縣人民政府"),
    ],
)
def test_the_end_that_a_name_lacks_is_in_its_own_characters(printed: str, agency: str) -> None:
    assert described(f"{printed}2022年政府信息公開工作年度報告").identity.agency == agency
