"""Which release of the data a site shows, and the files of a release that it offers."""

from __future__ import annotations

import html
import re
import runpy
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.released import SUMS, files_of, size_in_words

from .site_server import SERVE, Site, running

FILES = {
    "gongkai.db.gz": b"\x1f\x8b" + b"0" * 1_500_000,
    "csv/applications.csv": "\ufeffreport,item\r\na,received\r\n".encode(),
    "parquet/reports.parquet": b"PAR1",
    "report_summary.xlsx": b"PK",
    "datapackage.json": b"{}",
    "CITATION.cff": b"cff-version: 1.2.0\n",
}


def release_in(folder: Path) -> Path:
    """A folder as a release leaves it: files, and the list of their sums."""
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    lines = [f"{sha256(data).hexdigest()}  {name}\n" for name, data in FILES.items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release, beside which and in which lies what is no file of it."""
    place = tmp_path_factory.mktemp("releases")
    made = release_in(place / "gongkai-2024-05-06-0a1b2c3d")
    (place / "secret.txt").write_text("words of nobody else", encoding="utf-8")
    (made / "notes.txt").write_text("not listed", encoding="utf-8")
    (made / "link.txt").symlink_to(place / "secret.txt")
    with (made / SUMS).open("a", encoding="utf-8") as sums:
        for name in ("../secret.txt", "link.txt", "gone.csv", str(place / "secret.txt")):
            sums.write(f"{'0' * 64}  {name}\n")
    return made


@pytest.fixture(scope="module")
def offering(site: Site, folder: Path) -> Iterator[Site]:
    """The site with a release to offer."""
    with running(site.database, "--release", str(folder)) as served:
        yield served


def release_of(site: Site) -> dict[str, Any]:
    with site.connect() as connection:
        cursor = connection.execute("SELECT * FROM release")
        return dict(zip([name for name, *_ in cursor.description], cursor.fetchone(), strict=True))


@pytest.mark.parametrize("path", ["/zh/", "/en/gongkai", "/zh/gongkai/applications", "/en/about", "/zh/nothing"])
def test_every_page_tells_the_release_and_its_date(site: Site, path: str) -> None:
    page, release = site.get(path).text, release_of(site)
    (line,) = re.findall(r'<p class="release-line">.*?</p>', page)
    assert f"<code>{release['version']}</code>" in line and f"/{path[1:3]}/about/release" in line
    assert ("数据截至 " if path.startswith("/zh") else "data up to ") + release["date"] in line


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_the_release_says_how_to_cite_it(site: Site, language: str) -> None:
    page, release = html.unescape(site.get(f"/{language}/about/release").text), release_of(site)
    for name in ("version", "date", "inputs_sha256", "reader_version", "licence_url", f"citation_{language}"):
        assert release[name] in page, name
    assert f"<dt>{'版本' if language == 'zh' else 'Version'}</dt>" in page
    assert 'href="/gongkai.db"' in page and 'href="/gongkai.zip"' in page
    assert f"{size_in_words(site.database.stat().st_size)}" in page
    assert SUMS not in page


def test_the_files_are_listed_with_their_sizes_and_come_as_they_are(offering: Site, folder: Path) -> None:
    page = offering.get("/en/about/release").text
    listed = re.findall(r'<a href="([^"]+)"><code>([^<]+)</code></a></td><td class="number" title="([\d,]+) B">', page)
    assert {name: int(size.replace(",", "")) for _, name, size in listed} == {
        name: len(data) for name, data in FILES.items()
    }
    assert ">1.5 MB<" in page
    for address, name, _ in listed:
        assert address == f"/release/{folder.name}/{name}"
        answer = offering.get(address)
        assert (answer.status, answer.body) == (200, FILES[name])


@pytest.mark.parametrize(
    "path",
    [
        *("{}/notes.txt", "{}/gone.csv", "{}/link.txt", "{}/../secret.txt", "{}/%2e%2e/secret.txt", "{}/SHA256SUM"),
        *("gongkai-2023-01-01-00000000/gongkai.db.gz", "gongkai.db.gz", "{}//etc/passwd"),
    ],
)
def test_nothing_else_of_the_machine_is_offered(offering: Site, folder: Path, path: str) -> None:
    answer = offering.get(f"/release/{path.format(folder.name)}")
    assert answer.status == 404 and b"words of nobody else" not in answer.body and b"not listed" not in answer.body


def test_without_a_release_there_are_no_files_of_one(site: Site, folder: Path) -> None:
    assert site.get(f"/release/{folder.name}/gongkai.db.gz").status == 404


def test_another_release_changes_what_a_browser_has_kept(site: Site, offering: Site) -> None:
    tags = [each.get("/zh/about/release").headers["ETag"] for each in (site, offering)]
    assert tags[0] != tags[1]


def test_a_folder_that_is_no_release_is_refused(folder: Path, tmp_path: Path) -> None:
    unfit_release = runpy.run_path(str(SERVE))["unfit_release"]
    assert str(tmp_path) in unfit_release(str(tmp_path)) and SUMS in unfit_release(str(tmp_path))
    assert unfit_release(str(folder)) is None and unfit_release(None) is None


def test_a_list_of_sums_gives_size_and_digest(tmp_path: Path) -> None:
    found = files_of(release_in(tmp_path))
    assert list(found) == list(FILES)
    assert {name: (each.size, each.sha256) for name, each in found.items()} == {
        name: (len(data), sha256(data).hexdigest()) for name, data in FILES.items()
    }


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_250_000, "1.2 MB"), (3 * 10**13, "30.0 TB")]
)
def test_a_size_is_told_in_its_largest_unit(size: int, words: str) -> None:
    assert size_in_words(size) == words
