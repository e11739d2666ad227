"""Which authorities a printed name may be: every division of every year, ambiguous names, towns, zones, the corps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from build.identity import names, places, registry
from build.identity.departments import departments, names_of_departments, national_organs
from build.identity.english import english_name, place_english
from build.identity.hints import (
    area_of_site_code,
    areas_of_host,
    areas_of_telephone,
    province_of_icp,
    province_of_postcode,
)
from build.identity.places import Division
from build.identity.registry import area_name, candidates, full_name, names_of, parent_of, unique

YEARS = range(2008, 2025)
ENDINGS = {"人民政府": "government", "政府": "government", "人民政府办公室": "office", "财政局": "finance"}


def found(name: str, year: int = 2020) -> str | None:
    """The id of the one authority that ``name`` is; None where several, or none."""
    only = unique(candidates(name, year))
    return only.agency.id if only is not None else None


def ids(name: str, year: int = 2020) -> list[str]:
    return [candidate.agency.id for candidate in candidates(name, year)]


def divisions_of(year: int) -> list[Division]:
    return [row for row in places.divisions() if row.stands_in(year) and row.level != "zone"]


def titles(year: int) -> Iterator[tuple[Division, str, str]]:
    """(division, area as printed, id without its organ) of every division, alone and behind what it lies in."""
    for row in divisions_of(year):
        above = [each.name for each in places.above(row, year)]
        yield row, row.name, row.lineage
        for at in range(len(above)):
            yield row, "".join((*above[at:], row.name)), row.lineage


def titles_of_every_year() -> list[tuple[int, Division, str, str]]:
    """(year, and what ``titles`` gives of it), a title's years together: what is known of it is still remembered."""
    every = [(year, *title) for year in YEARS for title in titles(year)]
    return sorted(every, key=lambda each: (each[2], each[1].adcode))


def test_every_division_of_every_year_is_right_or_among_the_candidates() -> None:
    lineages: dict[str, set[str]] = {}
    for row in places.divisions():
        lineages.setdefault(row.name, set()).add(row.lineage)
    missed, wrong, asked, right = [], [], 0, 0
    endings = [*ENDINGS.items()]
    for year, row, printed, lineage in titles_of_every_year():
        ending, code = endings[int(row.adcode) % len(endings)]
        answers = candidates(printed + ending, year)
        expected = f"{lineage}-{code}"
        only = unique(answers)
        if not any(each.agency.id == expected and each.rank == 0 for each in answers):
            missed.append((year, printed + ending))
        if only is not None and only.agency.id != expected:
            wrong.append((year, printed + ending, only.agency.id))
        if len(lineages[row.name]) == 1 or printed != row.name:
            asked += 1
            right += only is not None
    assert missed == []
    assert wrong == []
    assert asked > 100_000
    assert right >= 0.99 * asked


def test_every_division_of_one_year_under_every_ending() -> None:
    for row in divisions_of(2022):
        for ending, code in ENDINGS.items():
            assert f"{row.lineage}-{code}" in ids(row.name + ending, 2022), row.name + ending


def test_a_shared_name_gives_every_division_of_that_year_that_has_it() -> None:
    by_name: dict[str, set[str]] = {}
    for row in divisions_of(2019):
        by_name.setdefault(row.name, set()).add(f"{row.lineage}-government")
    shared = {name: expected for name, expected in by_name.items() if len(expected) > 1}
    assert len(shared) > 25
    for name, expected in shared.items():
        answers = candidates(f"{name}人民政府", 2019)
        assert {each.agency.id for each in answers if each.rank == 0} >= expected, name
        assert unique(answers) is None, name


@pytest.mark.parametrize(
    ("name", "number"),
    [("鼓楼区人民政府", 4), ("朝阳区财政局", 2), ("城关区政府", 2), ("和平区人民政府", 2), ("新华路街道办事处", 12)],
)
def test_ambiguous_names_give_their_candidates_and_no_answer(name: str, number: int) -> None:
    assert len(ids(name, 2021)) == number
    assert found(name, 2021) is None


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("南京市鼓楼区财政局", 2021, "320106-finance"),
        ("江苏省沭阳县人民政府", 2021, "321322-government"),
        ("江苏沭阳县人民政府", 2021, "321322-government"),
        ("宿迁沭阳县政府办", 2021, "321322-office"),
        ("沭阳县", 2021, "321322-government"),
        ("乾县人民政府", 2021, "610424-government"),
        ("全椒县人民政府", 2021, "341124-government"),
        ("本溪市人民政府", 2021, "210500-government"),
        ("本溪满族自治县人民政府", 2021, "210521-government"),
        ("本溪县人民政府", 2021, "210521-government"),
        ("朝阳市朝阳县人民政府", 2021, "211321-government"),
        ("朝阳县人民政府", 2021, "211321-government"),
        ("朝阳市人民政府", 2021, "211300-government"),
        ("延边州人民政府", 2021, "222400-government"),
        ("凉山州西昌市人民政府", 2021, "513401-government"),
        ("鄂伦春旗人民政府", 2021, "150723-government"),
        ("锡林郭勒盟行政公署", 2021, "152500-government"),
        ("大兴安岭地区行政公署办公室", 2021, "232700-office"),
        ("河南蒙古族自治县人民政府", 2021, "632324-government"),
        ("青海省海南州共和县人民政府", 2021, "632521-government"),
        ("新疆伊犁哈萨克自治州塔城地区沙湾市人民政府", 2022, "654223-government"),
        ("枣庄市市中区人民政府", 2021, "370402-government"),
        ("晋城市城区人民政府", 2021, "140502-government"),
        ("津市市人民政府", 2021, "430781-government"),
        ("仙桃市人民政府", 2021, "429004-government"),
        ("济源市人民政府", 2021, "419001-government"),
        ("上海市浦东新区人民政府", 2021, "310115-government"),
        ("浦东新区人民政府", 2021, "310115-government"),
        ("神农架林区人民政府", 2021, "429021-government"),
        ("六枝特区人民政府", 2021, "520203-government"),
        ("江苏省人民政府办公厅", 2021, "320000-office"),
        ("重庆市人民政府", 2021, "500000-government"),
    ],
)
def test_names_that_are_only_one_authority_s(name: str, year: int, expected: str) -> None:
    assert found(name, year) == expected


@pytest.mark.parametrize(
    ("name", "years", "expected"),
    [
        ("洪泽县人民政府", (2009, 2015, 2016), "320829-government"),
        ("洪泽区人民政府", (2015, 2016, 2024), "320829-government"),
        ("襄樊市人民政府", (2008, 2009, 2010), "420600-government"),
        ("襄阳市人民政府", (2010, 2024), "420600-government"),
        ("毕节地区行政公署", (2010,), "522400-government"),
        ("毕节市七星关区人民政府", (2012, 2024), "522401-government"),
        ("密云县人民政府", (2014,), "110228-government"),
        ("密云区人民政府", (2015, 2024), "110228-government"),
        ("达县人民政府", (2012,), "511721-government"),
        ("达川区人民政府", (2013, 2024), "511721-government"),
        ("儋州市人民政府", (2010, 2020), "469003-government"),
        ("横县人民政府", (2019, 2020), "450127-government"),
        ("横州市人民政府", (2021, 2024), "450127-government"),
        ("崇文区人民政府", (2008, 2009), "110103-government"),
    ],
)
def test_a_renamed_or_recoded_division_keeps_its_authority(name: str, years: tuple[int, ...], expected: str) -> None:
    assert {year: found(name, year) for year in years} == dict.fromkeys(years, expected)


def test_a_name_far_from_its_years_is_only_a_candidate_of_the_last_rank() -> None:
    assert found("洪泽县人民政府", 2020) is None
    assert [(each.agency.id, each.rank) for each in candidates("洪泽县人民政府", 2020)] == [("320829-government", 2)]
    assert [each.rank for each in candidates("洪泽县人民政府", 2016)] == [1]
    assert [each.rank for each in candidates("洪泽县人民政府", None)] == [0]


def test_a_short_name_that_is_another_county_s_full_name_is_ambiguous_while_both_stand() -> None:
    assert set(ids("东乡县人民政府", 2012)) == {"361029-government", "622926-government"}
    assert found("东乡县人民政府", 2012) is None
    assert found("东乡族自治县人民政府", 2012) == "622926-government"


@pytest.mark.parametrize(
    "name",
    [
        "财政局",
        "区人民政府",
        "人民政府办公室",
        "某某市人民政府",
        "宿迁市洪泽区人民政府",
        "南京市无此区财政局",
        "南京市无此县人民政府",
        "南京市无此区无此镇人民政府",
        "宁波市萧山区财政局",
        "金华市金林区财政局",
        "榆林市韩城市蓝莓发展局",
        "海南省海南州人民政府",
        "经济技术开发区管理委员会",
        "沭阳",
        "",
    ],
)
def test_a_name_without_a_known_place_gives_nothing(name: str) -> None:
    assert unique(candidates(name, 2021)) is None
    assert [each for each in candidates(name, 2021) if each.agency.kind != "zone"] == []


@pytest.mark.parametrize(
    ("name", "expected", "full"),
    [
        ("沭阳县发改局", "321322-development_reform", "沭阳县发展和改革局"),
        ("沭阳县发改委", "321322-development_reform", "沭阳县发展和改革委员会"),
        ("沭阳县发展和改革局", "321322-development_reform", "沭阳县发展和改革局"),
        ("沭阳县国土资源局", "321322-natural_resources", "沭阳县国土资源局"),
        ("沭阳县自然资源和规划局", "321322-natural_resources", "沭阳县自然资源和规划局"),
        ("沭阳县环保局", "321322-ecology", "沭阳县环境保护局"),
        ("沭阳县生态环境局", "321322-ecology", "沭阳县生态环境局"),
        ("沭阳县卫计委", "321322-health", "沭阳县卫生和计划生育委员会"),
        ("沭阳县卫健委", "321322-health", "沭阳县卫生健康委员会"),
        ("沭阳县安全生产监督管理局", "321322-emergency", "沭阳县安全生产监督管理局"),
        ("沭阳县应急管理局", "321322-emergency", "沭阳县应急管理局"),
        ("沭阳县旅游发展委员会", "321322-tourism", "沭阳县旅游发展委员会"),
        ("沭阳县文化广电和旅游局", "321322-culture_tourism", "沭阳县文化广电和旅游局"),
        ("沭阳县工商局", "321322-industry_commerce", "沭阳县工商行政管理局"),
        ("沭阳县市场监督管理局", "321322-market", "沭阳县市场监督管理局"),
        ("沭阳县人民政府金融工作办公室", "321322-local_finance", "沭阳县金融工作办公室"),
        ("沭阳县乡村振兴局", "321322-rural_revitalisation", "沭阳县乡村振兴局"),
        ("沭阳县数据局", "321322-data", "沭阳县数据局"),
        ("沭阳县城市管理局", "321322-urban_management", "沭阳县城市管理局"),
        ("沭阳县住建局", "321322-housing", "沭阳县住房和城乡建设局"),
        ("国家税务总局沭阳县税务局", "321322-tax", "国家税务总局沭阳县税务局"),
        ("国家税务总局宿迁市税务局", "321300-tax", "国家税务总局宿迁市税务局"),
        ("国家统计局沭阳调查队", "321322-survey", "国家统计局沭阳调查队"),
        ("沭阳县气象局", "321322-meteorology", "沭阳县气象局"),
        ("中国人民银行沭阳县支行", "321322-central_bank", "中国人民银行沭阳县支行"),
        ("中华人民共和国南京海关", "320100-customs", "中华人民共和国南京海关"),
    ],
)
def test_departments_under_their_old_new_and_short_names(name: str, expected: str, full: str) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None
    assert (only.agency.id, full_name(only.agency, 2021)) == (expected, full)


def test_a_department_that_the_lexicon_does_not_know_stays_as_printed_under_its_place() -> None:
    only = unique(candidates("淮安市洪泽区蓝莓产业发展局", 2021))
    assert only is not None
    assert only.agency.id.startswith("320829-x-")
    assert full_name(only.agency, 2021) == "淮安市洪泽区蓝莓产业发展局"
    assert found("洪泽区蓝莓产业发展局", 2024) == only.agency.id
    assert found("洪泽区青莓产业发展局", 2024) != only.agency.id


@pytest.mark.parametrize(
    ("name", "expected", "full"),
    [
        ("上海市黄浦区人民政府打浦桥街道办事处", "310101-town-021", "上海市黄浦区人民政府打浦桥街道办事处"),
        ("打浦桥街道办事处", "310101-town-021", "上海市黄浦区人民政府打浦桥街道办事处"),
        ("上海市黄浦区打浦桥街道", "310101-town-021", "上海市黄浦区人民政府打浦桥街道办事处"),
        ("沭阳县胡集镇人民政府", "321322-town-104", "沭阳县胡集镇人民政府"),
    ],
)
def test_towns(name: str, expected: str, full: str) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None and only.agency.kind == "township"
    assert full_name(only.agency, 2021) == full
    assert only.agency.id.rsplit("-", 1)[0] == expected.rsplit("-", 1)[0]


def test_a_town_tells_its_county_where_several_have_the_county_s_name() -> None:
    town = places.towns_of("320106")[0]
    only = unique(candidates(f"鼓楼区{town.name}办事处", 2021))
    assert only is not None and only.agency.adcode == "320106"


def test_a_town_that_no_list_has_stays_under_its_county() -> None:
    only = unique(candidates("沭阳县不存在镇人民政府", 2021))
    assert only is not None and only.agency.kind == "township"
    assert full_name(only.agency, 2021) == "沭阳县不存在镇人民政府"


@pytest.mark.parametrize(
    ("name", "expected", "full"),
    [
        ("平潭综合实验区管理委员会", "350128-zone-pingtan", "平潭综合实验区管理委员会"),
        ("平潭综合实验区管委会", "350128-zone-pingtan", "平潭综合实验区管理委员会"),
        ("平潭综合实验区", "350128-zone-pingtan", "平潭综合实验区管理委员会"),
        ("福建省平潭综合实验区管委会", "350128-zone-pingtan", "平潭综合实验区管理委员会"),
        ("河北雄安新区管理委员会", "130600-zone-xiongan", "河北雄安新区管理委员会"),
        ("徐州经济技术开发区管委会", "320371-zone", "徐州经济技术开发区管理委员会"),
        ("徐州市经济技术开发区管理委员会", "320371-zone", "徐州经济技术开发区管理委员会"),
        ("徐州市经开区管委会", "320371-zone", "徐州经济技术开发区管理委员会"),
        ("苏州工业园区管委会", "320571-zone", "苏州工业园区管理委员会"),
        ("横琴粤澳深度合作区", "440400-zone-hengqin", "横琴粤澳深度合作区执行委员会"),
        ("横琴粤澳深度合作区执行委员会", "440400-zone-hengqin", "横琴粤澳深度合作区执行委员会"),
        ("横琴粤澳深度合作区管理委员会", "440400-zone-hengqin-zone", "横琴粤澳深度合作区管理委员会"),
        ("珠海市横琴新区管委会", "440400-zone-hengqin_new", "横琴新区管理委员会"),
        ("前海深港现代服务业合作区管理局", "440300-zone-qianhai", "深圳市前海深港现代服务业合作区管理局"),
    ],
)
def test_zones_are_no_governments(name: str, expected: str, full: str) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None and only.agency.kind == "zone"
    assert (only.agency.id, full_name(only.agency, 2021)) == (expected, full)


@pytest.mark.parametrize(
    ("name", "expected", "full"),
    [
        ("平潭综合实验区财政局", "350128-zone-pingtan-finance", "平潭综合实验区财政局"),
        ("平潭综合实验区管委会办公室", "350128-zone-pingtan-office", "平潭综合实验区管理委员会办公室"),
        ("苏州工业园区教育局", "320571-education", "苏州工业园区教育局"),
        ("苏州工业园区管理委员会办公室", "320571-office", "苏州工业园区管理委员会办公室"),
    ],
)
def test_offices_of_zones(name: str, expected: str, full: str) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None
    assert (only.agency.id, full_name(only.agency, 2021)) == (expected, full)


@pytest.mark.parametrize(
    "office",
    [
        "市场发展服务中心",
        "县域经济发展办公室",
        "自贸区办公室",
        "城区管理局",
        "库区移民办公室",
        "老区建设办公室",
        "公安局交通警察大队",
    ],
)
def test_words_of_an_organ_s_own_name_are_no_other_area(office: str) -> None:
    only = unique(candidates(f"沭阳县{office}", 2021))
    assert only is not None
    assert full_name(only.agency, 2021) == f"沭阳县{office}"


def test_a_zone_that_no_list_counts_is_one_authority_under_all_ways_to_write_it() -> None:
    names = ("沭阳县经济技术开发区管理委员会", "沭阳县经济开发区管委会", "沭阳县经开区管委会")
    assert len({found(name, 2021) for name in names} - {None}) == 1


@pytest.mark.parametrize(
    ("name", "expected", "kind"),
    [
        ("新疆生产建设兵团", "650000-xpcc", "corps of a province"),
        ("新疆生产建设兵团第八师", "650000-xpcc-08", "corps of a prefecture"),
        ("新疆生产建设兵团第八师石河子市", "650000-xpcc-08", "corps of a prefecture"),
        ("第八师石河子市教育局", "650000-xpcc-08-education", "department of a prefecture"),
        ("新疆生产建设兵团财政局", "650000-xpcc-finance", "department of a province"),
        ("石河子市人民政府", "659001-government", "government of a county"),
    ],
)
def test_the_corps_and_its_divisions(name: str, expected: str, kind: str) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None
    assert (only.agency.id, f"{only.agency.kind} of a {only.agency.level}") == (expected, kind)


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("财政部", 2021, "000000-finance"),
        ("中华人民共和国财政部", 2021, "000000-finance"),
        ("国土资源部", 2015, "000000-natural_resources"),
        ("自然资源部", 2021, "000000-natural_resources"),
        ("国务院办公厅", 2021, "000000-state_council_office"),
        ("海关总署", 2021, "000000-customs"),
    ],
)
def test_organs_of_the_state_council(name: str, year: int, expected: str) -> None:
    assert found(name, year) == expected
    assert {each.agency.level for each in candidates(name, year)} == {"national"}


def test_names_over_the_years() -> None:
    only = unique(candidates("淮安市洪泽区人民政府", 2021))
    assert only is not None
    named = [(each.name, each.valid_from, each.valid_to) for each in names_of(only.agency)]
    assert named == [("洪泽县人民政府", 2008, 2015), ("淮安市洪泽区人民政府", 2016, None)]
    assert full_name(only.agency, 2012) == "洪泽县人民政府"
    ministry = unique(candidates("自然资源部", 2021))
    assert ministry is not None
    assert [each.name for each in names_of(ministry.agency)] == ["国土资源部", "自然资源部"]


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("洪泽区财政局", "320829-government"),
        ("洪泽区人民政府", "320800-government"),
        ("淮安市人民政府", "320000-government"),
        ("江苏省人民政府", "000000-state_council"),
        ("仙桃市人民政府", "420000-government"),
        ("国家税务总局沭阳县税务局", "000000-tax"),
        ("打浦桥街道办事处", "310101-government"),
        ("新疆生产建设兵团第八师", "650000-xpcc"),
        ("财政部", "000000-state_council"),
        ("国务院", None),
    ],
)
def test_parents(name: str, parent: str | None) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None
    assert parent_of(only.agency, 2021) == parent


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("淮安市洪泽区财政局", "Finance Bureau of Hongze District, Huai'an"),
        ("乾县人民政府", "People's Government of Qianxian County, Xianyang"),
        ("重庆市人民政府", "People's Government of Chongqing"),
        ("六安市人民政府", "People's Government of Lu'an City"),
        ("台州市人民政府", "People's Government of Taizhou City"),
        ("长治市长子县人民政府", "People's Government of Zhangzi County, Changzhi"),
        ("绿春县人民政府", "People's Government of Lüchun County, Honghe Hani and Yi Autonomous Prefecture"),
        ("本溪满族自治县人民政府", "People's Government of Benxi Manchu Autonomous County, Benxi"),
        (
            "双江拉祜族佤族布朗族傣族自治县人民政府",
            "People's Government of Shuangjiang Lahu, Va, Blang and Dai Autonomous County, Lincang",
        ),
        ("陕西省人民政府办公厅", "General Office of the People's Government of Shaanxi Province"),
        ("沭阳县发改委", "Development and Reform Commission of Shuyang County, Suqian"),
        ("打浦桥街道办事处", "Dapuqiao Sub-district Office, Huangpu District, Shanghai"),
        ("新疆生产建设兵团第八师", "8th Division, Xinjiang Production and Construction Corps"),
        ("生态环境部", "Ministry of Ecology and Environment"),
        (
            "徐州经济技术开发区管委会",
            "Administrative Committee of Xuzhou Economic and Technological Development Zone, Xuzhou",
        ),
        ("洪泽区蓝莓产业发展局", None),
    ],
)
def test_english_names(name: str, english: str | None) -> None:
    only = unique(candidates(name, 2021))
    assert only is not None
    assert english_name(only.agency, 2021) == english


@pytest.mark.parametrize(
    ("adcode", "name"),
    [
        ("421171", "黄冈市龙感湖管理区"), ("320371", "徐州经济技术开发区"),
        ("320115", "南京市江宁区"), ("429021", "神农架林区"), ("341324", "泗县"), ("370171", "济南高新技术产业开发区"),
    ],
)  # fmt: skip
def test_an_area_has_its_city_s_name_before_its_own_where_authorities_write_it(adcode: str, name: str) -> None:
    row = places.division(adcode, 2021)
    assert row is not None and area_name(row, 2021) == name


def test_every_division_has_an_english_name_without_chinese() -> None:
    for row in places.divisions():
        assert place_english(row).isascii() or "ü" in place_english(row), row


def test_the_lexicon_is_whole() -> None:
    """Every name belongs to a department, every successor is one, every organ's years are in order."""
    known = departments()
    assert {name.code for name in names_of_departments()} == set(known)
    assert {each.successor for each in known.values()} - {""} <= set(known)
    years = [(each.valid_from, each.valid_to) for each in names_of_departments()]
    years += [(each.valid_from, each.valid_to) for each in national_organs()]
    assert [(first, last) for first, last in years if first and last and first > last] == []


def test_small_print_points_to_places() -> None:
    assert province_of_icp("鄂ICP备05011111号-1") == "420000"
    assert province_of_icp("京公网安备") is None
    assert province_of_postcode("223700") == "320000"
    assert province_of_postcode("137400") is None
    assert area_of_site_code("3208130001") == "320829"
    assert area_of_site_code("3208290001", 2012) == "320829"
    assert area_of_site_code("9999990001") is None
    assert areas_of_telephone("电话:0527-83562345") == ("321300",)
    assert areas_of_telephone("024-12345678") == ("210100", "210400", "210500", "211200")
    assert areas_of_telephone("13912345678") == ()


def test_host_names_point_to_places_by_pinyin_or_initials() -> None:
    assert areas_of_host("www.shuyang.gov.cn") == (("321322", "pinyin"),)
    assert ("320000", "pinyin") in areas_of_host("www.js.gov.cn")
    initials = dict(areas_of_host("www.yc.gov.cn"))
    assert {"320900", "420500"} <= set(initials) and set(initials.values()) == {"initials"}
    assert areas_of_host("www.shuyang.com") == ()


@pytest.mark.parametrize("year", [2012, 2020, None])
@pytest.mark.parametrize(
    "name", ["鼓楼区财政局", "淮安市洪泽区人民政府", "洪泽县人民政府", "苏州工业园区财政局", "某局"]
)
def test_one_authority_of_a_name_is_found_as_among_all_of_that_name(name: str, year: int | None) -> None:
    found = registry.candidates(name, year)
    assert [registry.candidate(name, year, each.agency.id) for each in found] == [*found]
    assert registry.candidate(name, year, "110000-none") is None


def test_every_division_has_a_government_also_where_its_name_ends_as_that_of_a_zone() -> None:
    """梁园区 is no 园区; 两江新区 was a zone before it became a district."""
    named = {row.name for row in places.divisions() if row.level != "zone"} - {"两江新区"}
    full = {name: names.full_name(name) for name in named}
    assert {name: long for name, long in full.items() if not long.endswith(("人民政府", "行政公署"))} == {}
