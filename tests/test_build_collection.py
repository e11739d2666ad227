"""That the tests themselves are found: pytest passes over a folder called build, silently."""

from __future__ import annotations

import fnmatch
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assertions import ROOT

TESTS = ROOT / "tests"
FEWEST_TESTS = 3_000
FEWEST_FILES = 30


@pytest.fixture(scope="module")
def collected() -> dict[str, int]:
    """Test file → number of tests that pytest finds in it when it is called without arguments."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-2000:]
    counts = re.findall(r"^(tests/\S+\.py): (\d+)$", found.stdout, re.MULTILINE)
    return {name: int(count) for name, count in counts}


def test_at_least_so_many_tests_are_collected(collected: dict[str, int]) -> None:
    assert sum(collected.values()) >= FEWEST_TESTS
    assert len(collected) >= FEWEST_FILES


def test_every_test_file_is_collected(collected: dict[str, int]) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in TESTS.rglob("test_*.py")}
    assert files == {name for name, count in collected.items() if count > 0}


def test_no_test_folder_has_a_name_that_pytest_passes_over(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    assert "build" in passed_over
    folders = [path for path in TESTS.rglob("*") if path.is_dir() and path.name != "__pycache__"]
    caught = [path for path in folders if any(fnmatch.fnmatch(path.name, pattern) for pattern in passed_over)]
    assert caught == []


def test_test_files_are_named_for_their_area() -> None:
    names = [path.name for path in TESTS.rglob("*.py") if path.name.startswith("test_")]
    assert [name for name in names if not re.match(r"test_(build|site|scripts)_", name)] == []


def test_no_two_tests_of_a_file_have_one_name() -> None:
    """The second would silently take the first one's place."""
    for path in sorted(TESTS.rglob("test_*.py")):
        defined = re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert sorted(set(defined)) == sorted(defined), path.name


def test_no_test_is_left_out_for_good() -> None:
    marks = re.compile(r"@pytest\.mark\.(skip|xfail)\b(?!if)")
    marked = [path.name for path in TESTS.rglob("*.py") if marks.search(path.read_text(encoding="utf-8"))]
    assert marked == []


def test_the_package_build_is_ours() -> None:
    import build

    assert Path(build.__file__).resolve().parent == ROOT / "build"
