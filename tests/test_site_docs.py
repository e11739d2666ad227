"""The documents: every command, address, statement, link, option, file and target in them is what it says."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

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
    "release": ("scripts/release.py",),
}
OWN_COMMAND = re.compile(
    r"(?:python -m |gongkai |scripts/)(build|serve|fetch|siege|bench|eye|release|explain)(?:\.py)?\b(.*)"
)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
FOREIGN = {"deploy.md"}
"""Documents that name options of programs of others by themselves."""

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


def needed(name: str) -> Any:
    """A library that is not needed but for the documents' examples; without it the test is skipped, but not in CI."""
    return import_module(name) if os.environ.get("GONGKAI_REQUIRE_TOOLS") else pytest.importorskip(name)


def shown(value: object) -> str:
    """A value as a table of a document shows it; a whole number without its zero, as the pages do."""
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


STATEMENTS = [block for document in DOCUMENTS for block in blocks_of(document, "sql")]
QUESTIONS_TO_PARQUET = [block for document in DOCUMENTS for block in blocks_of(document, "duckdb")]
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


@pytest.fixture(scope="module")
def parquet(downloads: Path) -> Path:
    """The same folder with all tables as Parquet in it."""
    needed("pyarrow")
    from build.publish.release.parquet import write_parquet_folder

    write_parquet_folder(downloads / "gongkai.db", downloads / "parquet")
    return downloads


def test_examples_in_python_give_what_they_show(parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed("pandas")
    monkeypatch.chdir(parquet)
    examples = "\n".join(block.text for block in blocks_of(RESEARCHER, "python"))
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    results = runner.run(doctest.DocTestParser().get_doctest(examples, {}, RESEARCHER.name, str(RESEARCHER), 0))
    assert (results.failed, results.attempted > 10) == (0, True)


@pytest.mark.parametrize("block", QUESTIONS_TO_PARQUET, ids=lambda block: block.name)
def test_a_question_to_parquet_gives_the_rows_below_it(
    parquet: Path, block: Block, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(parquet)
    found = needed("duckdb").sql(block.text)
    rows = [found.columns, *found.fetchall()]
    assert [[shown(value) for value in row] for row in rows] == [list(row) for row in block.table]


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
            given, commands = OPTION.findall(own[2]), ["build" if own[1] == "explain" else own[1]]
        elif code.startswith("--") and " --" not in code and document.name not in FOREIGN:
            given, commands = OPTION.findall(code), list(COMMANDS)
        else:
            continue
        unknown += [
            f"{code}: {option}" for option in given if not any(option in options_of(command) for command in commands)
        ]
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
