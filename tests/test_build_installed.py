"""The installed package: what a wheel holds, and that its command does what the checkout does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from build.reading.version import reader_version
from tests.assertions import REPORTS, build
from tests.build_histories import assert_same_rows

from .site_server import ROOT, running

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("build", "plugins", "templates", "static", "queries", "docs/site")
"""What a wheel holds of the checkout, besides single files."""


@dataclass(frozen=True)
class Installed:
    """A wheel, and the folder into which it was installed without what it depends on."""

    wheel: Path
    folder: Path

    @property
    def command(self) -> Sequence[str]:
        """`gongkai`, with nothing of the checkout in its reach."""
        return (sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(self.folder)!r}); "
                "from gongkai.command import run; run()")  # fmt: skip

    def run(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*self.command, *words], cwd=cwd, capture_output=True, text=True, check=False)

    @property
    def names(self) -> list[str]:
        return zipfile.ZipFile(self.wheel).namelist()

    @property
    def metadata(self) -> Message:
        (name,) = (name for name in self.names if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(zipfile.ZipFile(self.wheel).read(name))


def left_behind() -> set[str]:
    """What building a wheel could leave in the checkout: its top, and all of build/, which is our package."""
    inside = (path for path in (ROOT / "build").rglob("*") if "__pycache__" not in path.parts)
    return {path.name for path in ROOT.iterdir() if path.name.endswith((".egg-info", "dist", "wheel"))} | {
        path.relative_to(ROOT).as_posix() for path in inside
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel of this checkout, made without a network and unpacked, which is all that installing it is."""
    home = tmp_path_factory.mktemp("installed")
    before = left_behind()
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    made = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(home), str(ROOT))
    subprocess.run([*pip, *made], check=True, cwd=home)
    assert left_behind() == before
    (wheel,) = home.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(home / "site-packages")
    return Installed(wheel, home / "site-packages")


def test_everything_stands_below_one_name(installed: Installed) -> None:
    """Nobody's `build`, `plugins` or `scripts` is hidden by ours."""
    version = PROJECT["project"]["version"]
    assert {name.partition("/")[0] for name in installed.names} == {"gongkai", f"gongkai-{version}.dist-info"}


def test_every_file_that_building_and_serving_need_is_in_the_wheel(installed: Installed) -> None:
    needed = {"gongkai/metadata.yml", "gongkai/scripts/serve.py"}
    for folder in FOLDERS:
        inside = "gongkai" if folder == "build" else f"gongkai/{folder}"
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        needed |= {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files}
    assert {name for name in installed.names if name.startswith("gongkai/")} == needed


def pins(name: str) -> set[str]:
    """The pins of a requirement file, as names and versions."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.lower() for line in lines if "==" in line}


def test_what_it_depends_on_is_what_the_requirement_files_say(installed: Installed) -> None:
    stated = installed.metadata.get_all("Requires-Dist", [])
    needed = {line.lower() for line in stated if ";" not in line}
    assert needed == pins("requirements.txt")
    files = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["requirements_txt"]["optional-dependencies"]
    assert {"fetch", "cluster"} <= set(files) == set(installed.metadata.get_all("Provides-Extra", []))
    for extra, (file,) in files.items():
        optional = (re.fullmatch(rf"(\S+?) ?; ?extra == ['\"]{extra}['\"]", line) for line in stated)
        assert {found[1].lower() for found in optional if found} == pins(file)


def test_what_makes_the_wheel_is_pinned_once() -> None:
    assert set(PROJECT["build-system"]["requires"]) <= pins("requirements-dev.txt")


def test_it_says_which_version_and_which_reader_it_is(installed: Installed, tmp_path: Path) -> None:
    told = f"gongkai {PROJECT['project']['version']}, reader {reader_version()}\n"
    assert installed.run("--version", cwd=tmp_path).stdout == told


def test_pip_makes_a_command_of_it(installed: Installed) -> None:
    (name,) = (name for name in installed.names if name.endswith(".dist-info/entry_points.txt"))
    assert "gongkai = gongkai.command:run" in zipfile.ZipFile(installed.wheel).read(name).decode()


@pytest.fixture(scope="module")
def database(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of three reports, as `gongkai build` makes it."""
    home = tmp_path_factory.mktemp("built")
    (home / "reports").mkdir()
    for name in ("echeng-2020.txt", "pingtan-2019.txt", "pingtan-2019.txt.meta.yml", "pingtan-2020.txt"):
        (home / "reports" / name).write_bytes((REPORTS / name).read_bytes())
    ended = installed.run("build", cwd=home)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    return home / "gongkai.db"


def test_it_builds_the_same_database(database: Path, tmp_path: Path) -> None:
    assert build(database.parent / "reports", output=tmp_path / "gongkai.db") == 0
    assert_same_rows(database, tmp_path / "gongkai.db")


def test_it_serves_our_pages_and_finds_chinese_words(installed: Installed, database: Path) -> None:
    with running(database, server=(*installed.command, "serve")) as site:
        assert "公开年报库" in site.get("/").text
        (row,) = site.json("/gongkai/reports.json", _shape="array", agency="鄂州市鄂城区人民政府")
        page = site.get(f"/gongkai/reports/{row['id']}").text
        assert "鄂城" in page and 'id="applications-received-total"' in page
        assert site.json("/gongkai/sections.json", _search="热线", _shape="array")
        assert site.get("/about").status == site.get("/-/static/app.css").status == 200
        assert len(site.csv("/gongkai/applications_full.csv", _stream="on")) > 60
