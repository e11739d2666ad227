"""The documents: every command, address, statement, link, option, file and target in them is what it says."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from .documents import (
    DOCUMENTS,
    LOCAL,
    ROOT,
    Block,
    addresses_of,
    blocks_of,
    code_of,
    fragments_of,
    links_of,
    steps_of,
)
from .site_server import Site

RESEARCHER = ROOT / "docs" / "researcher.md"
TOP = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
OWN_FILE = re.compile(r"(?:[\w.-]+/)*[\w.*-]+\.(?:py|yml|md|sql|txt|css|toml|lock|csv)|(?:[\w.-]+/)+")
COMMANDS = {
    "build": ("-m", "build"),
    "serve": ("scripts/serve.py",),
    "fetch": ("scripts/fetch.py",),
    "siege": ("scripts/siege.py",),
    "bench": ("scripts/bench.py",),
    "eye": ("scripts/eye.py",),
}
OWN_COMMAND = re.compile(r"(?:python -m |gongkai |scripts/)(build|serve|fetch|siege|bench|eye|explain)(?:\.py)?\b(.*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
MADE = {"gongkai.db", "addresses.csv", "summary.csv", "manifest.csv"}
"""Files that a reader makes."""


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


def environment() -> dict[str, str]:
    """Where the programs of this environment are found first."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@cache
def options_of(command: str) -> frozenset[str]:
    """The options that the help of a command of ours names."""
    ended = subprocess.run(
        [sys.executable, *COMMANDS[command], "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return frozenset(OPTION.findall(ended.stdout))


def shown(value: object) -> str:
    """A value as a table of a document shows it; a whole number without its zero, as the pages do."""
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


STATEMENTS = [block for document in DOCUMENTS for block in blocks_of(document, "sql")]
CONSOLES = [block for document in DOCUMENTS for block in blocks_of(document, "console")]


@pytest.mark.parametrize("block", STATEMENTS, ids=lambda block: block.name)
def test_a_statement_gives_the_rows_that_stand_below_it(site: Site, block: Block) -> None:
    answer = site.json("/gongkai.json", sql=block.text)
    assert block.table, "a table with its rows"
    rows = [answer["columns"], *answer["rows"]]
    assert [[shown(value) for value in row] for row in rows] == [list(row) for row in block.table]


@pytest.fixture(scope="module")
def downloads(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the commands of the documents have been run, one after the other."""
    folder = tmp_path_factory.mktemp("documents")
    for block in CONSOLES:
        for step in steps_of(block):
            command = ["bash", "-c", step.command.replace(LOCAL, site.address)]
            ended = subprocess.run(
                command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False
            )
            assert (ended.returncode, ended.stderr) == (0, ""), f"{block.name}: {step.command}"
            if step.shown:
                assert [line.rstrip() for line in ended.stdout.splitlines()] == list(step.shown), block.name
    return folder


def test_commands_print_what_is_shown(downloads: Path) -> None:
    assert (downloads / "summary.csv").read_bytes() and len(CONSOLES) > 5


def test_examples_in_python_give_what_they_show(downloads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(downloads)
    failed, tried = doctest.testfile(str(RESEARCHER), module_relative=False, encoding="utf-8")
    assert (failed, tried > 3) == (0, True)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_address_answers(site: Site, document: Path) -> None:
    answers = {address: site.get(address.partition("#")[0]) for address in sorted(addresses_of(document))}
    assert [address for address, answer in answers.items() if answer.status != 200] == []
    assert [
        address
        for address, answer in answers.items()
        if "#" in address and f'id="{address.partition("#")[2]}"' not in answer.text
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    missing = []
    for link in sorted(links_of(document)):
        path, _, fragment = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if re.match(r"\w+:", link):
            continue
        if not target.exists() or (fragment and fragment not in fragments_of(target)):
            missing.append(link)
    assert missing == []


def test_no_document_is_left_aside() -> None:
    """Whoever begins with README finds every document by links."""
    found, ahead = set(), {ROOT / "README.md"}
    while ahead:
        document = ahead.pop()
        found.add(document)
        near = {(document.parent / link.partition("#")[0]).resolve() for link in links_of(document) if ":" not in link}
        ahead |= near.intersection(DOCUMENTS) - found
    assert set(DOCUMENTS) - found == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_option_of_a_command_of_ours_is_in_its_help(document: Path) -> None:
    unknown = []
    for code in code_of(document):
        own = OWN_COMMAND.search(code)
        if own:
            given = OPTION.findall(own[2])
            known = options_of("build" if own[1] == "explain" else own[1]) if given else frozenset()
        elif code.startswith("--"):
            given, known = OPTION.findall(code), frozenset().union(*map(options_of, COMMANDS))
        else:
            continue
        unknown += [f"{code}: {option}" for option in given if option not in known]
    assert unknown == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_of_the_repository_that_is_named_is_there(document: Path) -> None:
    missing = []
    for code in code_of(document):
        if not OWN_FILE.fullmatch(code) or code in MADE or re.search(r"[A-Z]{2,}", code):
            continue
        if code.partition("/")[0] in TOP and not any(ROOT.glob(code.rstrip("/"))):
            missing.append(code)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_target_and_variable_of_make_is_in_the_makefile(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z_]+) \??=", makefile, re.MULTILINE))
    for code in code_of(document):
        if not re.match(r"make [a-z]", code):
            continue
        for word in shlex.split(code)[1:]:
            name, assigned, _ = word.partition("=")
            assert name in (variables if assigned else targets), code
