"""Whose report it is, through the whole reading: unique and shared names, what decides between them, the sidecar."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from build.identity import places, registry
from build.identity.clues import host_of
from build.identity.reach import includes_lower
from build.identity.resolution import known_as, resolve
from build.join.assembly import Decisions, Shelf, assemble
from build.join.authorities import Named, reporting, tell_sisters, with_sister
from build.join.corrections import Entry
from build.join.entries import Origin
from build.limits import Limits
from build.reading.key import Key, key_of
from build.reading.read import read
from build.report import Evidence, Report
from tests.assertions import build, query
from tests.identity_samples import codes, described, problem_of
from tests.rolls import ledger_of_keys, reporting_of
from tests.samples import report_text

TITLE = "年政府信息公开工作年度报告"
ENDINGS = {"人民政府": "government", "政府": "government", "人民政府办公室": "office", "财政局": "finance"}
STRIDE = 2003
"""One of so many titles goes through the whole reading; the registry's own tests ask every name."""


def whose(report: Report) -> str | None:
    return report.identity.agency_id


def divisions_in(year: int) -> list[places.Division]:
    return [row for row in places.divisions() if row.stands_in(year) and row.level != "zone"]


def printed_titles() -> Iterator[tuple[str, int, str, bool]]:
    """(authority as printed, year, its id, whether only one area has that name in the year)."""
    for year in range(2008, 2025):
        rows = divisions_in(year)
        shared = Counter(row.name for row in rows)
        for row in rows:
            above = [each.name for each in places.above(row, year)]
            for at in range(len(above) + 1):
                area = "".join((*above[at:], row.name))
                alone = at == len(above)
                for ending, code in ENDINGS.items():
                    yield area + ending, year, f"{row.lineage}-{code}", not alone or shared[row.name] == 1


def test_a_title_tells_the_authority_or_the_report_says_that_it_is_not_told() -> None:
    wrong, silent, asked, right = [], [], 0, 0
    for at, (printed, year, expected, is_unique) in enumerate(printed_titles()):
        if at % STRIDE:
            continue
        report = described(f"{printed}{year}{TITLE}")
        found = whose(report)
        if found not in (expected, None):
            wrong.append((printed, year, found))
        if found is None and "agency_ambiguous" not in codes(report):
            silent.append((printed, year))
        asked += is_unique
        right += is_unique and found == expected
    assert (wrong, silent) == ([], [])
    assert asked > 250
    assert right >= 0.99 * asked


WILD = (
    "{area}{year}年政府信息公开工作年度报告",
    "{area}{year}年度政府信息公开工作年度报告",
    "{year}年{area}政府信息公开工作年度报告",
    "{year}年度{area}政府信息公开年度报告",
    "{area}政府信息公开工作{year}年度报告",
    "{area}关于{year}年政府信息公开工作年度报告",
    "{area}\n{year}年政府信息公开工作年度报告",
    "{area}{year}年\n政府信息公开工作年度报告",
    "《{area}{year}年政府信息公开工作年度报告》",
    "{area} {year} 年政府信息公开工作年度报告",
)
"""How titles stand above reports."""


def test_titles_as_they_are_found() -> None:
    random_ = random.Random(20241231)
    rows = [row for row in divisions_in(2022) if row.level != "province"]
    wrong = []
    for at in range(300):
        row, form = random_.choice(rows), WILD[at % len(WILD)]
        around = [each.name for each in places.above(row, 2022)]
        area = "".join((*around, row.name)) + random_.choice(["", "人民政府", "人民政府"])
        report = described(form.format(area=area, year=2022))
        if whose(report) != f"{row.lineage}-government" or report.identity.adcode != row.adcode:
            wrong.append((form, area, whose(report)))
    assert wrong == []


def test_every_shared_county_name_is_ambiguous_with_all_its_candidates() -> None:
    by_name: dict[str, set[str]] = {}
    for row in divisions_in(2021):
        by_name.setdefault(row.name, set()).add(f"{row.lineage}-government")
    shared = {name: ids for name, ids in by_name.items() if len(ids) > 1}
    assert len(shared) > 25
    for name, ids in shared.items():
        report = described(f"{name}人民政府2021{TITLE}")
        assert (whose(report), report.identity.adcode) == (None, None), name
        assert set(report.candidates) >= ids
        message = problem_of(report, "agency_ambiguous").message.en
        assert all(each in message for each in ids)


@pytest.mark.parametrize(
    ("printed", "expected", "name", "level"),
    [
        ("乾县", "610424-government", "乾县人民政府", "county"),
        ("全椒县", "341124-government", "全椒县人民政府", "county"),
        ("本溪市", "210500-government", "本溪市人民政府", "prefecture"),
        ("平潭综合实验区", "350128-zone-pingtan", "平潭综合实验区管理委员会", None),
        ("苏州工业园区管委会", "320571-zone", "苏州工业园区管理委员会", None),
        ("洪泽区人民政府", "320829-government", "淮安市洪泽区人民政府", "county"),
        ("沭阳县发改局", "321322-development_reform", "沭阳县发展和改革局", "county"),
        ("中国人民银行南京分行", "320100-central_bank", "中国人民银行南京分行", "prefecture"),
        ("沭阳县水晶产业局", None, "沭阳县水晶产业局", "county"),
        ("第八师石河子市", "650000-xpcc-08", "新疆生产建设兵团第八师", "prefecture"),
        ("第八师石河子市青杨镇", "650000-xpcc-08-x-", "新疆生产建设兵团第八师青杨镇人民政府", "township"),
        ("国家税务总局沭阳县税务局", "321322-tax", "国家税务总局沭阳县税务局", "county"),
        ("打浦桥街道", "310101-town-", "上海市黄浦区人民政府打浦桥街道办事处", "township"),
    ],
)
def test_authorities_under_the_registry_s_name(printed: str, expected: str | None, name: str, level: str) -> None:
    report = described(f"{printed}2021{TITLE}")
    identity = report.identity
    assert (identity.agency_printed, identity.agency, identity.level) == (printed, name, level)
    assert (identity.agency_id or "").startswith(expected or "321322-x-")


@pytest.mark.parametrize(
    ("name", "year", "full", "adcode"),
    [
        ("洪泽县人民政府", 2015, "洪泽县人民政府", "320829"),
        ("洪泽区人民政府", 2023, "淮安市洪泽区人民政府", "320813"),
        ("淮安市洪泽区人民政府", 2024, "淮安市洪泽区人民政府", "320813"),
        ("洪泽县人民政府", 2016, "淮安市洪泽区人民政府", "320813"),
        ("洪泽县人民政府", 2021, "洪泽县人民政府", "320813"),
    ],
)
def test_one_authority_over_its_names_and_codes(name: str, year: int, full: str, adcode: str) -> None:
    identity = described(f"{name}{year}{TITLE}").identity
    assert (identity.agency_id, identity.agency, identity.adcode) == ("320829-government", full, adcode)


def test_the_registry_s_names_name_their_own_authorities() -> None:
    """A later stage finds the authority again by the name that is published."""
    lost = []
    for row in divisions_in(2021)[::7]:
        for name in (f"{row.name}人民政府", f"{row.name}财政局", f"{row.name}水晶产业局"):
            for candidate in registry.candidates(name, 2021):
                full = registry.full_name(candidate.agency, 2021)
                if all(each.agency.id != candidate.agency.id for each in registry.candidates(full, 2021)):
                    lost.append((name, full, candidate.agency.id))
    assert lost == []


# What decides between authorities of one name ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("地址:南京市鼓楼区山西路124号", "address", "320106"),
        ("电话:0516-83230000", "telephone", "320302"),
        ("邮编:350001", "postcode", "350102"),
        ("豫ICP备05001234号", "icp", "410204"),
        ("网站标识码:3501020001", "site_code", "350102"),
        ("徐州市鼓楼区人民政府\n2022年1月20日", "signature", "320302"),
        ("发布机构:徐州市鼓楼区人民政府办公室\n", "publisher", "320302"),
        ("地址:南京市鼓楼区山西路124号 电话:0516-83230000", None, None),
        ("苏ICP备05001234号", None, None),
        ("今年到徐州市鼓楼区人民政府和江苏省政府学习。", None, None),
        ("电话:010-63070000", None, None),
    ],
)
def test_small_print_decides_where_all_of_it_agrees(text: str, kind: str | None, expected: str | None) -> None:
    found = resolve("鼓楼区人民政府", 2021, (), text)
    assert (found.agency.adcode if found.agency is not None else None) == expected
    assert {piece.kind for piece in found.decided} == ({kind} if kind else set())
    assert (len(found.candidates) == 0) == (expected is not None)


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("可在通化市东昌区金厂镇人民政府网站下载。", "220502"),
        ("请与东昌区金厂镇人民政府联系。", "220502"),
        ("可在东昌区人民政府网站下载。金厂镇人民政府编制。", None),
        ("可在通化市金厂镇人民政府网站下载。", "220502"),
        ("通过“东昌区金厂镇”微信公众号发布信息。", "220502"),
        ("到金厂镇调研。", None),
    ],
)
def test_a_town_that_its_text_calls_by_its_county_s_name_is_in_that_county(text: str, adcode: str | None) -> None:
    found = resolve("金厂镇人民政府", 2021, (), text)
    assert (found.agency.adcode if found.agency is not None else None) == adcode


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("北京市公安局海淀分局", ("county", None, "海淀区", "110108")),
        ("北京市规划和自然资源委员会海淀分局", ("county", None, "海淀区", "110108")),
        ("广州市规划和自然资源局天河区分局", ("county", "广州市", "天河区", "440106")),
        ("湖州市生态环境局德清分局", ("county", "湖州市", "德清县", "330521")),
        ("淮安市盱眙生态环境局", ("county", "淮安市", "盱眙县", "320830")),
        ("淮安市生态环境局", ("prefecture", "淮安市", None, "320800")),
        ("江苏省盱眙中学", (None, None, None, None)),
        ("江苏省人民医院", ("province", None, None, "320000")),
        ("湖州市住房公积金管理中心德清县管理部", ("county", "湖州市", "德清县", "330521")),
        ("重庆市北碚区公安分局", ("county", None, "北碚区", "500109")),
        ("杭州市公安局交通分局", (None, "杭州市", None, None)),
        ("杭州市公安局海淀分局", (None, "杭州市", None, None)),
    ],
)
def test_a_local_organ_s_branch_is_not_at_its_level(
    name: str, expected: tuple[str | None, str | None, str | None, str | None]
) -> None:
    found = resolve(name, 2023, (), "")
    assert found.agency is not None
    assert found.name(name, 2023) == name
    place = found.place
    assert (place.level, place.city, place.county, place.adcode) == expected


@pytest.mark.parametrize(
    ("name", "county"),
    [
        ("共青团盱眙县委", "盱眙县"),
        ("安徽省烟草公司泗县分公司", "泗县"),
        ("国网历下区供电中心", "历下区"),
        ("中国电信阳泉矿区分公司", "中国电信阳泉矿区"),
        ("临川市北野县商会", "北野县"),
    ],
)
def test_a_county_s_name_holds_no_word_of_the_body_before_it(name: str, county: str) -> None:
    assert resolve(name, 2022, (), "").place.county == county


@pytest.mark.parametrize(
    ("printed", "year", "full"),
    [
        ("国家发展改革委", 2022, "国家发展和改革委员会"),
        ("国家卫生健康委", 2022, "国家卫生健康委员会"),
        ("国家卫生计生委", 2016, "国家卫生和计划生育委员会"),
        ("市场监管总局", 2022, "国家市场监督管理总局"),
        ("中国证监会", 2022, "中国证券监督管理委员会"),
    ],
)
def test_an_organ_of_the_state_council_by_its_name_in_short(printed: str, year: int, full: str) -> None:
    found = resolve(printed, year, (), "")
    assert (found.name(printed, year), found.place.level) == (full, "national")


def test_a_city_s_name_does_not_name_the_city_around_the_county_that_has_it_later() -> None:
    said = [Evidence("agency", "title", "巢湖市", "巢湖市2010年", None, 3)]
    assert resolve("巢湖市人民政府", 2010, said, "").agency is None
    assert resolve("巢湖市人民政府", 2013, said, "").place.level == "county"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.njgl.gov.cn", "320106"),
        ("gulou.xuzhou.gov.cn", "320302"),
        ("www.fuzhou.gov.cn", "350102"),
        ("www.gulou.gov.cn", None),
        ("www.gl.gov.cn", None),
        ("www.nanjing.com", None),
        ("[", None),
    ],
)
def test_host_names_decide_where_they_name_a_city(host: str, expected: str | None) -> None:
    found = resolve("鼓楼区人民政府", 2021, tuple(host_of(f"https://{host}/a.html")), "")
    assert (found.agency.adcode if found.agency is not None else None) == expected


def test_a_page_s_own_facts_decide_and_are_published(tmp_path: Path) -> None:
    text = f"鼓楼区人民政府2021{TITLE}\n\n" + "本报告照《条例》写成。\n" * 3
    page = (
        '<html><head><meta name="SiteIDCode" content="3203020001"></head><body>'
        + "".join(f"<p>{line}</p>" for line in text.splitlines())
        + "<p>一、总体情况</p><p>无。</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p>"
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert build(tmp_path, output=tmp_path / "out.db") == 0
    (row,) = query(tmp_path / "out.db", "SELECT agency_id, agency, evidence FROM reports")
    assert (row["agency_id"], row["agency"]) == ("320302-government", "徐州市鼓楼区人民政府")
    decided = [piece for piece in json.loads(row["evidence"]) if piece["about"] == "authority"]
    assert [(piece["kind"], piece["value"], piece["weight"]) for piece in decided] == [
        ("site_code", "320302-government", 3)
    ]


# The sidecar ------------------------------------------------------------


def read_file(path: Path, name: str) -> Report:
    """The one report of a file."""
    (report,) = read(path, name, Limits())
    assert isinstance(report, Report)
    return report


def with_sidecar(folder: Path, title: str, sidecar: str) -> Report:
    """The report under ``title`` with a sidecar beside it."""
    (folder / "report.txt").write_text(report_text(title), encoding="utf-8")
    (folder / "report.txt.meta.yml").write_text(sidecar, encoding="utf-8")
    return read_file(folder / "report.txt", "report.txt")


@pytest.mark.parametrize(
    "sidecar",
    [
        "adcode: 320302\n",
        "city: 徐州市\n",
        "agency: 徐州市鼓楼区人民政府\n",
        "source_url: https://www.xzgl.gov.cn/a.html\n",
        "agency: 鼓楼区人民政府\nadcode: 320302\n",
    ],
)
def test_a_sidecar_says_which_of_one_name(tmp_path: Path, sidecar: str) -> None:
    report = with_sidecar(tmp_path, f"鼓楼区人民政府2021{TITLE}", sidecar)
    identity = report.identity
    assert (identity.agency_id, identity.agency) == ("320302-government", "徐州市鼓楼区人民政府")
    assert (identity.province, identity.city, identity.county) == ("江苏省", "徐州市", "鼓楼区")
    assert (identity.adcode, report.candidates) == ("320302", ())
    assert codes(report) & {"agency_ambiguous", "sidecar_contradiction"} == set()
    assert report.applications


@pytest.mark.parametrize(("adcode", "year"), [("320829", 2021), ("999999", 2021), ("320813", 2015), ("3203", 2021)])
def test_a_code_that_no_division_of_that_year_has_is_said_and_not_used(tmp_path: Path, adcode: str, year: int) -> None:
    report = with_sidecar(tmp_path, f"沭阳县人民政府{year}{TITLE}", f"adcode: {adcode}\n")
    problem = problem_of(report, "adcode_unknown")
    assert adcode in problem.message.en and str(year) in problem.message.en
    assert (report.identity.agency_id, report.identity.adcode) == ("321322-government", "321322")
    assert report.applications


def test_a_code_of_another_place_than_the_name_s_is_a_contradiction(tmp_path: Path) -> None:
    report = with_sidecar(tmp_path, f"沭阳县人民政府2021{TITLE}", "adcode: 321323\n")
    assert (report.identity.agency_id, report.identity.adcode) == (None, "321323")
    assert report.identity.county == "泗阳县"
    assert "sidecar_contradiction" in codes(report)


@pytest.mark.parametrize("masked", ["某某区人民政府", "XX县人民政府", "×××局"])
def test_a_masked_name_is_null_and_a_problem(masked: str) -> None:
    report = described(f"{masked}2021{TITLE}")
    assert (report.identity.agency, report.identity.agency_id, report.identity.adcode) == (None, None, None)
    assert "agency_unknown" in codes(report)


def test_a_place_that_no_list_has_gives_no_code() -> None:
    identity = described(f"云山区人民政府2021{TITLE}").identity
    assert (identity.agency, identity.agency_id, identity.adcode) == ("云山区人民政府", None, None)


# Sister reports ------------------------------------------------------------


Files = dict[str, tuple[str, str]]
"""Name of a file → title and sidecar."""


def written(folder: Path, files: Files) -> Path:
    """A folder of such reports, no two alike."""
    for at, (name, (title, sidecar)) in enumerate(files.items()):
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report_text(title) + "\n" * at, encoding="utf-8")
        if sidecar:
            path.with_name(path.name + ".meta.yml").write_text(sidecar, encoding="utf-8")
    return folder / "in"


def with_sisters(keys: Iterable[Key]) -> list[Key]:
    """Keys as they are once their sisters are asked."""
    ledger = ledger_of_keys(keys)
    tell_sisters(ledger)
    return [*ledger.keys()]


def placed(folder: Path, files: Files) -> dict[str, Report]:
    """File → report, with what their sisters tell."""
    home = written(folder, files)
    reports = [read_file(home / name, name) for name in files]
    keys = with_sisters([key_of(report) for report in reports])
    return {
        report.source_file: report if key.sister is None else with_sister(report, key.sister)
        for report, key in zip(reports, keys, strict=True)
    }


HOST = "source_url: https://zwgk.example.gov.cn/{}.html\n"


def test_reports_of_the_same_host_tell_which_of_one_name(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        {
            "a.txt": (f"鼓楼区人民政府2021{TITLE}", HOST.format("a")),
            "b.txt": (f"徐州市鼓楼区财政局2021{TITLE}", HOST.format("b")),
            "c.txt": (f"鼓楼区教育局2021{TITLE}", ""),
        },
    )
    assert [*map(whose, found.values())] == ["320302-government", "320302-finance", None]
    report = found["a.txt"]
    identity = report.identity
    assert (identity.agency, identity.agency_kind, identity.adcode) == ("徐州市鼓楼区人民政府", "government", "320302")
    assert (identity.level, identity.province, identity.city, identity.county) == (
        "county", "江苏省", "徐州市", "鼓楼区",
    )  # fmt: skip
    (told,) = (piece for piece in report.evidence if piece.about == "authority")
    assert (told.kind, told.value, told.span, told.weight) == ("sister", "320302-government", None, 2)
    assert "徐州市鼓楼区财政局" in told.words and "b.txt" in told.words
    assert [name for name, report in found.items() if "agency_ambiguous" in codes(report)] == ["c.txt"]


@pytest.mark.parametrize(
    ("sisters", "expected"),
    [
        (("徐州市云龙区财政局", "徐州市财政局"), "320302-government"),
        (("徐州市云龙区财政局",), None),
        (("徐州市鼓楼区财政局",), "320302-government"),
        (("徐州市云龙区财政局", "苏州市姑苏区财政局"), None),
        (("江苏省财政厅", "江苏省教育厅"), None),
    ],
)
def test_a_host_of_one_city_tells_which_where_two_areas_of_it_are_there(
    tmp_path: Path, sisters: tuple[str, ...], expected: str | None
) -> None:
    files = {f"{at}.txt": (f"{name}2021{TITLE}", HOST.format(at)) for at, name in enumerate(sisters)}
    found = placed(tmp_path, {"a.txt": (f"鼓楼区人民政府2021{TITLE}", HOST.format("a")), **files})
    assert whose(found["a.txt"]) == expected


def test_what_sisters_tell_is_found_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str | None] = Counter()

    def counted(name: str | None, year: int | None, agency_id: str) -> registry.Candidate | None:
        asked[name] += 1
        return known_as(name, year, agency_id)

    sister, asking = (
        replace(key_of(described(f"{name}2021{TITLE}")), host="zwgk.example.gov.cn", source_file=f"{name}/a.txt")
        for name in ("徐州市鼓楼区财政局", "鼓楼区人民政府")
    )
    monkeypatch.setattr("build.join.authorities.known_as", counted)
    found = with_sisters([sister, *(replace(asking, id=f"asking{at}") for at in range(5))])
    assert [key.identity.agency_id for key in found] == ["320302-finance", *["320302-government"] * 5]
    assert asked["徐州市鼓楼区财政局"] == 1


def test_reports_without_a_host_are_no_sisters(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        {
            "one/a.txt": (f"鼓楼区人民政府2021{TITLE}", ""),
            "other/b.txt": (f"徐州市鼓楼区财政局2021{TITLE}", ""),
            "other/c.txt": (f"徐州市鼓楼区教育局2021{TITLE}", ""),
        },
    )
    assert [*map(whose, found.values())] == [None, "320302-finance", "320302-education"]


def test_the_authorities_of_reports_are_those_that_are_known_with_their_printed_names_and_years() -> None:
    known = [described(f"{name}{year}{TITLE}") for name, year in (("洪泽区人民政府", 2023), ("洪泽区人民政府", 2021))]
    county = described(f"沭阳县人民政府2021{TITLE}")
    unknown = described(f"某某区人民政府2021{TITLE}")
    found = [*reporting_of(map(key_of, (unknown, county, *known)))]
    assert [each.agency.id for each in found] == ["320829-government", "321322-government"]
    (named,) = found[0].printed
    assert (named.name, named.valid_from, named.valid_to) == ("洪泽区人民政府", 2021, 2023)
    assert [*reporting_of([key_of(unknown)])] == []


def test_an_authority_whose_name_is_nowhere_printed_has_no_printed_names() -> None:
    printed = described(f"沭阳县人民政府2021{TITLE}")
    beside = replace(printed, identity=replace(printed.identity, agency_printed=None))
    (found,) = reporting_of([key_of(beside)])
    assert (found.agency.id, found.printed) == ("321322-government", ())


def test_printed_names_stand_in_their_order_with_the_years_that_are_known() -> None:
    base = described(f"沭阳县人民政府2021{TITLE}")
    said = (
        ("沭阳县政府", 2019),
        ("沭阳县人民政府", None),
        ("沭阳县政府", 2022),
        ("沭阳县政府", 2020),
        ("沭阳县政府", None),
    )
    keys = [
        replace(key_of(base), id=str(at), identity=replace(base.identity, agency_printed=name, year=year))
        for at, (name, year) in enumerate(said)
    ]
    (found,) = reporting_of(keys)
    named = [(each.agency, each.name, each.valid_from, each.valid_to) for each in found.printed]
    assert named == [
        ("321322-government", "沭阳县人民政府", None, None),
        ("321322-government", "沭阳县政府", 2019, 2022),
    ]


def test_an_authority_is_known_by_the_full_form_of_what_is_printed() -> None:
    (found,) = reporting([Named("321322-government", None, "沭阳县", 2021)])
    assert (found.agency.id, [each.name for each in found.printed]) == ("321322-government", ["沭阳县"])
    assert list(reporting([Named("321322-government", None, None, 2021)])) == []


def test_what_sisters_tell_follows_from_the_authority_that_stands_corrected() -> None:
    """The report that tells was read as of Xuzhou; put right, it is of Fuzhou, and so is the one that asks."""
    known, asking = (
        replace(described(f"{name}2021{TITLE}"), id=letter * 10, source_file=f"{letter}.txt")
        for letter, name in (("a", "徐州市鼓楼区财政局"), ("b", "鼓楼区人民政府"))
    )
    reports = {each.id: each for each in (known, asking)}
    entry = Entry(
        Origin("c.yml", 1, 1), known.id, None, None, "reports", "agency", "徐州市鼓楼区财政局", "福州市鼓楼区财政局",
        *("source", "理由", "何人", "2026-01-06", "confirmed"),
    )  # fmt: skip
    shelf = Shelf(lambda key: reports[key.id], lambda key: reports[key.id].problems)
    told = {}
    for entries in ((), (entry,)):
        keys = [replace(key_of(each), host="zwgk.example.gov.cn") for each in reports.values()]
        roll = assemble(ledger_of_keys(keys), Decisions(entries), shelf).roll
        told[len(entries)] = [each.key.identity.agency_id for each in roll.reports()]
    assert told == {
        0: ["320302-finance", "320302-government"],
        1: ["350102-finance", "350102-government"],
    }


@pytest.mark.parametrize("column", ["host", "folder"])
def test_the_reports_of_a_source_are_found_without_going_through_all(column: str) -> None:
    asking = replace(key_of(described(f"鼓楼区人民政府2021{TITLE}")), host="zwgk.example.gov.cn")
    ledger = ledger_of_keys([asking])
    tell_sisters(ledger)
    sql = f"EXPLAIN QUERY PLAN SELECT 1 FROM keys WHERE {column} = 'a' AND agency_id IS NOT NULL"
    (plan,) = ledger.connection.execute(sql)
    assert f"INDEX keys_{column}" in plan[3]


def test_two_sister_reports_are_named_however_many_there_are() -> None:
    names = ("徐州市鼓楼区财政局", "徐州市鼓楼区教育局", "徐州市鼓楼区民政局")
    *sisters, asking = (
        replace(key_of(described(f"{name}2021{TITLE}")), host="zwgk.example.gov.cn", source_file=f"{at}.txt")
        for at, name in enumerate((*names, "鼓楼区人民政府"))
    )
    told = with_sisters([*sisters, asking])[-1].sister
    assert told is not None
    assert told.words == "徐州市鼓楼区财政局 0.txt; 徐州市鼓楼区教育局 1.txt"


@pytest.mark.parametrize(("year", "expected"), [(2021, "350102-government"), (None, None)])
def test_a_folder_with_a_report_of_no_known_year_tells_nothing(year: int | None, expected: str | None) -> None:
    """It may be of the very year of the report that asks."""
    asking, known = (
        replace(key_of(described(f"{name}{TITLE}")), host="", source_file=f"gl/{at}.txt")
        for at, name in enumerate(("鼓楼区人民政府2020", "福州市鼓楼区人民政府2021"))
    )
    known = replace(known, identity=replace(known.identity, year=year))
    assert with_sisters([asking, known])[0].identity.agency_id == expected


def test_a_sister_that_no_list_has_tells_nothing() -> None:
    """Nobody knows where it lies."""
    sister, asking = (
        replace(key_of(described(f"{name}2021{TITLE}")), host="zwgk.example.gov.cn")
        for name in ("徐州市鼓楼区财政局", "鼓楼区人民政府")
    )
    nowhere = replace(sister, identity=replace(sister.identity, agency_id="000000-finance"))
    assert [key.identity.agency_id for key in with_sisters([nowhere, asking])] == ["000000-finance", None]


def test_a_candidate_that_no_list_has_decides_nothing() -> None:
    sister, asking = (
        replace(key_of(described(f"{name}2021{TITLE}")), host="zwgk.example.gov.cn")
        for name in ("徐州市鼓楼区财政局", "鼓楼区人民政府")
    )
    asking = replace(asking, candidates=("000000-government", *asking.candidates))
    assert [key.identity.agency_id for key in with_sisters([sister, asking])][1] == "320302-government"


def test_a_host_of_many_places_tells_nothing(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        {
            "a.txt": (f"鼓楼区人民政府2021{TITLE}", HOST.format("a")),
            "b.txt": (f"徐州市鼓楼区财政局2021{TITLE}", HOST.format("b")),
            "c.txt": (f"沭阳县人民政府2021{TITLE}", HOST.format("c")),
        },
    )
    assert whose(found["a.txt"]) is None


def test_a_folder_of_one_authority_s_years_tells_which(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        {
            "gl/2020.txt": (f"鼓楼区人民政府2020{TITLE}", ""),
            "gl/2021.txt": (f"福州市鼓楼区人民政府2021{TITLE}", ""),
            "mixed/a.txt": (f"朝阳区人民政府2021{TITLE}", ""),
            "mixed/b.txt": (f"北京市朝阳区人民政府2021{TITLE}", ""),
            "lone.txt": (f"城关区人民政府2020{TITLE}", ""),
            "other.txt": (f"兰州市城关区人民政府2021{TITLE}", ""),
        },
    )
    assert whose(found["gl/2020.txt"]) == "350102-government"
    assert whose(found["mixed/a.txt"]) is None
    assert whose(found["lone.txt"]) is None


@pytest.mark.parametrize(("years", "expected"), [((2019, 2021), "620102-government"), ((2021,), None)])
def test_in_a_folder_without_a_name_two_other_years_tell_which(
    tmp_path: Path, years: tuple[int, ...], expected: str | None
) -> None:
    known = {f"{year}.txt": (f"兰州市城关区人民政府{year}{TITLE}", "") for year in years}
    found = placed(tmp_path, {"lone.txt": (f"城关区人民政府2020{TITLE}", ""), **known})
    assert whose(found["lone.txt"]) == expected


@pytest.mark.parametrize("other", ["兰州市城关区教育局", "拉萨市城关区人民政府"])
def test_a_folder_of_several_authorities_tells_nothing(tmp_path: Path, other: str) -> None:
    names = {
        "in/2019.txt": "兰州市城关区人民政府2019",
        "in/2020.txt": "城关区人民政府2020",
        "in/2021.txt": f"{other}2021",
    }
    found = placed(tmp_path, {name: (f"{title}{TITLE}", "") for name, title in names.items()})
    assert whose(found["in/2020.txt"]) is None


@pytest.mark.parametrize(("year", "expected"), [(2021, "350102-government"), (2020, None)])
def test_a_folder_tells_which_only_where_its_years_differ(tmp_path: Path, year: int, expected: str | None) -> None:
    names = {"gl/a.txt": "鼓楼区人民政府2020", "gl/b.txt": f"福州市鼓楼区人民政府{year}"}
    found = placed(tmp_path, {name: (f"{title}{TITLE}", "") for name, title in names.items()})
    assert whose(found["gl/a.txt"]) == expected


def test_an_authority_is_one_over_its_names_in_current_texts_and_across_years(tmp_path: Path) -> None:
    home = written(
        tmp_path,
        {
            "a.txt": (f"洪泽县人民政府2020{TITLE}", "published: 2021-01-20\n"),
            "b.txt": (f"淮安市洪泽区人民政府2020{TITLE}", "published: 2021-01-25\n"),
            "c.txt": (f"洪泽区人民政府2021{TITLE}", ""),
            "d.txt": (f"沭阳县民族事务局2020{TITLE}", ""),
            "e.txt": (f"沭阳县宗教事务局2020{TITLE}", ""),
        },
    )
    assert build(home, output=tmp_path / "out.db") == 0
    rows = query(tmp_path / "out.db", "SELECT source_file, current FROM reports ORDER BY source_file")
    assert {row["source_file"]: row["current"] for row in rows} == {
        "a.txt": 0,
        "b.txt": 1,
        "c.txt": 1,
        "d.txt": 1,
        "e.txt": 1,
    }
    across = query(
        tmp_path / "out.db",
        "SELECT DISTINCT r.source_file FROM checks c JOIN reports r ON r.id = c.report JOIN rules u ON u.code = c.rule"
        " WHERE u.kind = 'across years'",
    )
    assert [row["source_file"] for row in across] == ["c.txt"]
    printed = query(tmp_path / "out.db", "SELECT name, valid_from, valid_to FROM agency_names WHERE basis = 'printed'")
    assert {tuple(row.values()) for row in printed} >= {
        ("洪泽区人民政府", 2021, 2021),
        ("沭阳县宗教事务局", 2020, 2020),
    }
    dangling = query(
        tmp_path / "out.db",
        "SELECT agency_id FROM reports WHERE agency_id NOT IN (SELECT id FROM agencies)"
        " UNION SELECT parent FROM agencies WHERE parent NOT IN (SELECT id FROM agencies)",
    )
    assert dangling == []


# What the figures hold ------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("本报告所列数据包括各县(市、区)人民政府和市政府各部门。", "yes"),
        ("本报告数据涵盖县政府各部门、各乡镇。", "yes"),
        ("本报告根据各镇、各部门政府信息公开工作年度报告汇总编制。", "yes"),
        ("统计数据含下属单位。", "yes"),
        ("本报告所列数据不含所属单位。", "no"),
        ("本报告数据均不包括各县区数据。", "no"),
        ("报告数据仅为市本级数据。", "no"),
        ("主动公开的内容包括各部门职责和各乡镇的联系方式。", "unstated"),
        ("本报告包括总体情况、主动公开等六个方面。", "unstated"),
        ("本报告不含涉密内容。", "unstated"),
        ("本报告数据包括各部门。本报告数据不含各乡镇。", "unstated"),
        ("", "unstated"),
    ],
)
def test_whether_the_figures_hold_those_of_units_below(words: str, expected: str) -> None:
    assert includes_lower(f"一、总体情况\n全年照章办事。{words}", "") == expected


@pytest.mark.parametrize(
    ("printed", "scope"),
    [("沭阳县", "region"), ("沭阳县人民政府(县政府办公室)", "own"), ("沭阳县政府(含办公室)", "own")],
)
def test_a_government_named_with_its_office_reports_of_itself(printed: str, scope: str) -> None:
    identity = described(f"{printed}2021{TITLE}").identity
    assert (identity.agency, identity.scope) == ("沭阳县人民政府", scope)


def test_the_words_on_units_below_decide_the_scope_of_a_government_s_report() -> None:
    def scope(words: str) -> tuple[str | None, str]:
        identity = described(f"沭阳县人民政府2021{TITLE}", words).identity
        return identity.scope, identity.includes_lower

    assert scope("本报告所列数据包括县政府各部门、各乡镇。") == ("region", "yes")
    assert scope("本报告所列数据不含各乡镇、各部门。") == ("own", "no")
    assert scope("本报告照《条例》写成。") == (None, "unstated")
    assert scope("信息公開。本報告所列數據包括縣政府各部門、各鄉鎮。") == ("region", "yes")
    assert scope("信息公開(kāi)。本報(bào)告所列數(shù)據(jù)不含各鄉(xiāng)鎮(zhèn)、各部門。") == ("own", "no")
    assert scope("全縣共收到政府信息公開申請3件。") == ("region", "unstated")
    office = described(f"沭阳县人民政府办公室2021{TITLE}", "本报告综合各乡镇、县政府各部门年度报告编制。").identity
    assert (office.scope, office.includes_lower) == (None, "yes")
    assert described(f"沭阳县财政局(本级)2021{TITLE}").identity.includes_lower == "no"
    assert described(f"沭阳县财政局机关2021{TITLE}").identity.includes_lower == "no"
    assert described(f"沭阳县财政局2021{TITLE}").identity.includes_lower == "unstated"
