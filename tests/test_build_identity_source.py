"""Where a copy came from, as it prints it; and what of the evidence is kept."""

from __future__ import annotations

import json

import pytest

from build.identity.source import printed_retrieval, printed_source, source_kind_of
from tests.assertions import read_text
from tests.identity_samples import described
from tests.samples import TITLE, report_text

URL = "https://www.dongming.gov.cn/zwgk/nb/202101/t20210120_80787.htm"


@pytest.mark.parametrize(
    "line",
    [
        f"原文链接: {URL}",
        f"原文链接：{URL}",
        f"原文链接 | {URL} |",
        f"原文地址: {URL}",
        f"原文: {URL}",
        f"来源: {URL}",
        f"来源：东明县政府网（{URL}）",
        f"信息来源: 东明县教育局 {URL}",
        f"本文链接: {URL}",
        f"网页地址:{URL}",
        f"URL: {URL}",
        f"url:{URL}",
    ],
)
def test_the_address_that_a_copy_prints_is_its_source(line: str) -> None:
    for identity in (described(TITLE, above=line).identity, described(TITLE, below=line).identity):
        assert (identity.source_url, identity.source_kind) == (URL, "official")


@pytest.mark.parametrize(
    "line",
    [
        f"本报告电子版可在东明县政府网站(网址:{URL})下载。",
        f"(网址 {URL})",
        "来源: 东明县教育局",
        "原文链接: 无",
        "来源: http://localhost",
        f"详见{URL}",
    ],
)
def test_other_addresses_in_the_text_are_none(line: str) -> None:
    identity = described(TITLE, above=line).identity
    assert (identity.source_url, identity.source_kind) == (None, "unknown")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("采集时间: 2024-03-05 10:22:01", "2024-03-05"),
        ("采集时间：2024年3月5日", "2024-03-05"),
        ("抓取日期 | 2024/3/5 |", "2024-03-05"),
        ("下载时间:2024.03.05", "2024-03-05"),
        ("采集时间: 待定", None),
        ("采集时间: 2024-13-05", None),
        ("公布时间: 2024-03-05", None),
    ],
)
def test_the_day_on_which_a_copy_was_taken(line: str, day: str | None) -> None:
    assert printed_retrieval(f"{TITLE}\n{line}\n") == day
    assert described(TITLE, above=line).identity.retrieved == day


def test_a_hijacked_copy_that_prints_an_official_address_is_a_mirror() -> None:
    identity = described(TITLE, above=f"原文链接: {URL}", below="Baidu\nmap").identity
    assert (identity.source_url, identity.source_kind) == (URL, "mirror")


@pytest.mark.parametrize(
    ("url", "agency", "kind"),
    [
        (URL, "东明县人民政府", "official"),
        ("https://www.gov.cn/zhengce/a.htm", "国务院办公厅", "official"),
        ("https://www.gov.cn/zhengce/a.htm", "东明县人民政府", "mirror"),
        ("https://www.gov.cn/zhengce/a.htm", None, "mirror"),
        ("http://www.mof.gov.cn/a.htm", "财政部", "official"),
        ("https://xxgk.linchuan.edu.cn/a.htm", "临川大学", "official"),
        ("https://xxgk.linchuan.edu.cn/a.htm", "东明县教育局", "mirror"),
        ("https://www.linchuangongshui.com/a.htm", "临川市供水总公司", "unknown"),
        ("https://news.example.com/a.htm", "东明县人民政府", "mirror"),
        ("https://web.archive.org/web/2021/http://www.gov.cn/a", "东明县人民政府", "archive"),
        (None, "东明县人民政府", "unknown"),
    ],
)
def test_official_is_only_the_authority_s_own_place(url: str | None, agency: str | None, kind: str) -> None:
    assert source_kind_of(url, "", agency) == kind


def test_where_the_address_stands_is_kept() -> None:
    text = f"{TITLE}\n原文链接: {URL}\n"
    found = printed_source(text)
    assert found is not None
    url, (start, end) = found
    assert url == URL
    assert text[start:end] == f"原文链接: {URL}"


# Evidence ------------------------------------------------------------------------------------------------------------


def test_evidence_says_what_decided_and_where_it_stands() -> None:
    report = read_text(
        report_text(
            "东明县教育局\n2020年政府信息公开工作年度报告",
            "现公布东明县教育局2020年政府信息公开工作年度报告。统计期限为2020年1月1日至2020年12月31日。",
            above="发布机构:东明县教育局 发布日期:2021-01-20",
        )
    )
    found = {(evidence.about, evidence.kind): evidence for evidence in report.evidence}
    assert {about for about, _ in found} == {"agency", "year", "period", "published", "authority"}
    assert found["authority", "name"].value == "371728-education"
    assert found["agency", "title"].value == found["agency", "presented"].value == "东明县教育局"
    assert {found["year", kind].value for kind in ("title", "presented", "period")} == {"2020"}
    for evidence in report.evidence:
        if evidence.span is not None:
            stands = "".join(report.text[slice(*evidence.span)].split())
            assert stands in {"".join(evidence.words.split()), "".join(evidence.value.split())}
    assert found["agency", "title"].span is not None
    assert found["agency", "publisher"].span is not None


def test_evidence_is_json() -> None:
    report = described(TITLE)
    assert report.evidence
    for evidence in report.evidence:
        row = json.loads(json.dumps(evidence.as_json(), ensure_ascii=False))
        assert set(row) == {"about", "kind", "value", "words", "span", "weight"}
        assert row["span"] is None or row["span"] == list(evidence.span or ())


def test_evidence_names_a_name_as_printed() -> None:
    (title, *_) = described("乾縣人民政府2020年政府信息公開工作年度報告").evidence
    assert (title.kind, title.value) == ("title", "乾縣人民政府")
