"""Where an authority is: names that hold places, names that only look as if they did, and what the text says."""

from __future__ import annotations

import pytest

from build.identity.place import is_region, place_of


@pytest.mark.parametrize(
    ("agency", "level", "province", "city", "county"),
    [
        ("枣庄市市中区人民政府", "county", None, "枣庄市", "市中区"),
        ("荆州市沙市区人民政府", "county", None, "荆州市", "沙市区"),
        ("新乡市红旗区人民政府", "county", None, "新乡市", "红旗区"),
        ("晋城市城区人民政府", "county", None, "晋城市", "城区"),
        ("上海市浦东新区人民政府", "county", "上海市", None, "浦东新区"),
        ("凉山州喜德县人民政府", "county", None, "凉山州", "喜德县"),
        ("四川省凉山彝族自治州西昌市人民政府", "county", "四川省", "凉山彝族自治州", "西昌市"),
        ("阿拉善盟阿拉善右旗人民政府办公室", "county", None, "阿拉善盟", "阿拉善右旗"),
        ("于都县人民政府", "county", None, None, "于都县"),
        ("关岭布依族苗族自治县人民政府", "county", None, None, "关岭布依族苗族自治县"),
        ("河南蒙古族自治县人民政府", "county", None, None, "河南蒙古族自治县"),
        ("锡林郭勒盟审计局", "prefecture", None, "锡林郭勒盟", None),
        ("中共东明县委办公室", "county", None, None, "东明县"),
        ("中国人民银行东明县支行", "county", None, None, "东明县"),
    ],
)
def test_places_in_names(agency: str, level: str, province: str | None, city: str | None, county: str | None) -> None:
    place = place_of(agency, "")
    assert (place.level, place.province, place.city, place.county) == (level, province, city, county)


@pytest.mark.parametrize(
    "agency",
    [
        "临川市住房和城乡建设局",
        "临川市城镇发展中心",
        "临川市城市管理局",
        "临川市社区矫正中心",
        "临川市市场监督管理局",
        "临川市区域合作办公室",
        "临川市自然资源局云山区分局",
        "临川经济技术开发区管理委员会",
        "临川高新技术产业园区",
        "河北雄安新区管理委员会",
        "第八师石河子市教育局",
        "新疆生产建设兵团教育局",
        "中华人民共和国临川海关",
    ],
)
def test_words_of_an_organ_s_own_name_are_no_place(agency: str) -> None:
    place = place_of(agency, "")
    assert (place.level, place.city, place.county) == (None, None, None)


def test_words_behind_a_place_do_not_change_its_level() -> None:
    for organ in ("住房和城乡建设局", "城市管理局", "乡村振兴局", "经济开发区管理委员会"):
        place = place_of(f"东明县{organ}", "")
        assert (place.level, place.county) == ("county", "东明县")


@pytest.mark.parametrize(
    ("agency", "level", "province", "county"),
    [
        ("国家体育总局", "national", None, None),
        ("国家发展和改革委员会办公厅", "national", None, None),
        ("自然资源部", "national", None, None),
        ("中华人民共和国教育部", "national", None, None),
        ("国家税务总局东明县税务局", "county", None, "东明县"),
        ("国家税务总局江西省税务局", "province", "江西省", None),
        ("国家统计局临川调查队", None, None, None),
        ("国家级临川经济技术开发区管理委员会", None, None, None),
    ],
)
def test_national_organs_and_their_branches(
    agency: str, level: str | None, province: str | None, county: str | None
) -> None:
    place = place_of(agency, "")
    assert (place.level, place.province, place.county) == (level, province, county)


@pytest.mark.parametrize(
    ("agency", "city", "county"),
    [
        ("云山区市桥街道办事处", None, "云山区"),
        ("天津市和平区南市街道办事处", None, "和平区"),
        ("北京市朝阳区三里屯地区办事处", None, "朝阳区"),
        ("临川高新区永和街道办事处", None, None),
        ("东莞市虎门镇人民政府", "东莞市", None),
        ("临川市永和镇人民政府", None, None),
        ("第一师阿拉尔市十六团永和镇人民政府", None, None),
    ],
)
def test_towns(agency: str, city: str | None, county: str | None) -> None:
    place = place_of(agency, "")
    assert (place.level, place.city, place.county) == ("township", city, county)


def test_a_city_above_the_city_of_a_town_makes_that_one_a_county() -> None:
    place = place_of("五常市民意乡人民政府", "地址:哈尔滨市五常市民意乡")
    assert (place.level, place.city, place.county) == ("township", "哈尔滨市", "五常市")


@pytest.mark.parametrize(
    ("agency", "text", "city"),
    [
        ("东明县人民政府", "请与菏泽市东明县人民政府办公室联系", "菏泽市"),
        ("新城区人民政府", "地址:呼和浩特市新城区中山路", "呼和浩特市"),
        ("喜德县人民政府", "四川省凉山彝族自治州喜德县", "凉山彝族自治州"),
        ("东明县人民政府", "认真落实菏泽市东明县的部署", None),
        ("东明县人民政府", "东明县中心路1号", None),
    ],
)
def test_the_city_around_a_county_is_a_whole_name(agency: str, text: str, city: str | None) -> None:
    assert place_of(agency, text).city == city


def test_regions_are_what_the_state_administers() -> None:
    assert all(map(is_region, ["东明县", "云山区", "浦东新区", "喀什地区", "锡林郭勒盟", "永和镇"]))
    assert not any(map(is_region, ["临川高新区", "雄安新区", "永和社区", "云山自然保护区", "临川市教育局"]))


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("来源:东明县永和镇人民政府", "东明县"),
        ("本报告由东明县永和镇党政办编制", "东明县"),
        ("地址:云山区永和镇中心路1号", "云山区"),
        ("我县永和镇的做法", None),
        ("全县永和镇最先做到", None),
        ("来源:东明县永和镇人民政府,地址:云山区永和镇", None),
        ("临川高新区永和镇", None),
        ("永和镇中心路1号", None),
    ],
)
def test_the_county_around_a_town_is_the_one_that_the_text_names(text: str, county: str | None) -> None:
    place = place_of("永和镇人民政府", text)
    assert (place.level, place.county) == ("township", county)
