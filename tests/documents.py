"""What the documents hold that can be tried: blocks of code, tables behind them, links, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
)
LOCAL = "http://127.0.0.1:8001"
"""The site in the documents."""

PROMPT = "$ "
ADDRESS = re.compile(rf"(?:{LOCAL}|(?<![\w.:])(?=/(?:gongkai|-/)))(/[^\s)\]`\"'<>|，。；]*)?")
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b|…")
"""What a reader puts in its place: ``/gongkai/reports/ID``."""

HEADING_SIGNS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Block:
    """A block of code. ``kind``: the word behind its fence. ``table``: a table right behind it, its header first."""

    document: Path
    line: int
    kind: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.document.name}:{self.line}"


@dataclass(frozen=True)
class Step:
    """A command of a block ``console``, and the lines that it shows; none: they are not shown."""

    command: str
    shown: tuple[str, ...]


@cache
def tokens_of(document: Path) -> list[Token]:
    """The document as Markdown tokens."""
    return MarkdownIt("commonmark").enable("table").parse(document.read_text(encoding="utf-8"))


def blocks_of(document: Path, *kinds: str) -> Iterator[Block]:
    """Its blocks of code of these kinds, or all."""
    tokens = tokens_of(document)
    for at, token in enumerate(tokens):
        if token.type in ("fence", "code_block") and (not kinds or token.info.strip() in kinds):
            yield Block(
                document, (token.map or [0])[0] + 1, token.info.strip(), token.content, _table_at(tokens, at + 1)
            )


def _table_at(tokens: list[Token], at: int) -> tuple[tuple[str, ...], ...]:
    if at >= len(tokens) or tokens[at].type != "table_open":
        return ()
    rows: list[list[str]] = []
    for token in tokens[at:]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return tuple(tuple(row) for row in rows)


def steps_of(block: Block) -> Iterator[Step]:
    """The commands of a block ``console``, each with what it shows."""
    command = ""
    shown: list[str] = []
    for line in block.text.splitlines():
        if line.startswith(PROMPT):
            if command:
                yield Step(command, tuple(shown))
            command, shown = line.removeprefix(PROMPT), []
        else:
            shown.append(line.rstrip())
    yield Step(command, tuple(shown))


def addresses_of(document: Path) -> set[str]:
    """Every address of the site that a reader of the document may open, from its path on."""
    found = (match[1] or "/" for match in ADDRESS.finditer(document.read_text(encoding="utf-8")))
    whole = {address.rstrip(".,;:") for address in found}
    return {address for address in whole if not PLACEHOLDER.search(address)}


def links_of(document: Path) -> set[str]:
    """Where its links and pictures lead."""
    inline = [child for token in tokens_of(document) for child in token.children or ()]
    return {str(child.attrGet(kind)) for child in inline for kind in ("href", "src") if child.attrGet(kind)}


def fragments_of(document: Path) -> set[str]:
    """The fragments of its headings, as GitHub makes them."""
    tokens = tokens_of(document)
    headings = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {HEADING_SIGNS.sub("", heading.lower()).replace(" ", "-") for heading in headings}


def code_of(document: Path) -> Iterator[str]:
    """Its code: every line of a block, comments left out, and every piece within a sentence."""
    for token in tokens_of(document):
        if token.type in ("fence", "code_block"):
            for line in token.content.replace("\\\n", " ").splitlines():
                yield line.removeprefix(PROMPT).partition(" #")[0].strip()
        yield from (child.content for child in token.children or () if child.type == "code_inline")
