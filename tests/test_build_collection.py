"""That the tests themselves are found: pytest passes over a folder called build, silently."""

from __future__ import annotations

import ast
import fnmatch
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.assertions import ROOT
from tests.conftest import COLLECTED

TESTS = ROOT / "tests"
FEWEST = TESTS / "data" / "fewest_tests.yml"
UNCOUNTED = 150
"""So many tests may a file hold without a line in ``FEWEST``, or gain beyond twice the number of its line."""

Collected = dict[str, list[str]]
"""Test file, as in ``FEWEST`` → the tests that pytest finds in it, with their parameters."""


@pytest.fixture(scope="module")
def collected(pytestconfig: pytest.Config) -> Collected:
    """What pytest finds when it is called without arguments: in this run if it is such a one, else in another."""
    asked = {Path(argument).resolve() for argument in pytestconfig.args}
    names = pytestconfig.stash[COLLECTED] if asked <= {ROOT, TESTS} else _collected_apart()
    found: Collected = {}
    for name in names:
        file, _, test = name.removeprefix("tests/").partition("::")
        found.setdefault(file, []).append(test)
    return found


def _collected_apart() -> list[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-2000:]
    return [line for line in found.stdout.splitlines() if line.startswith("tests/") and "::" in line]


def fewest() -> dict[str, int]:
    """The file of fewest tests."""
    numbers: dict[str, int] = yaml.safe_load(FEWEST.read_text(encoding="utf-8"))
    return numbers


def test_no_file_has_lost_its_tests(collected: Collected) -> None:
    lost = {
        name: f"{len(collected.get(name, ()))} of at least {number}"
        for name, number in fewest().items()
        if len(collected.get(name, ())) < number
    }
    assert lost == {}, f"tests have vanished; if that is meant, change {FEWEST.name}"


def test_no_file_could_lose_most_of_its_tests_unnoticed(collected: Collected) -> None:
    numbers = fewest()
    grown = {name: len(tests) for name, tests in collected.items() if len(tests) > 2 * numbers.get(name, 0) + UNCOUNTED}
    assert grown == {}, f"write these numbers, or somewhat smaller ones, to {FEWEST.name}"


def test_every_test_that_is_written_is_collected(collected: Collected) -> None:
    written = {
        (path.relative_to(TESTS).as_posix(), part.name)
        for path in TESTS.rglob("*.py")
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name.startswith("test_")
    }
    found = {(file, re.split(r"\[|::", test)[0]) for file, tests in collected.items() for test in tests}
    assert written == found


def test_every_test_file_is_collected(collected: Collected) -> None:
    assert {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")} == set(collected)


def test_a_list_of_cases_that_is_empty_is_no_passing_test(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("empty_parameter_set_mark") == "fail_at_collect"


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
