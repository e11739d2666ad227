"""The rooms of build/: each imports only what stands below it, and no module stands in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent / "build"

ROOMS = (
    ("language", "messages", "usage", "forms", "report", "document", "limits", "errors", "interruption", "publication"),
    ("text",),
    ("readers",),
    ("prose",),
    ("parse",),
    ("identity",),
    ("checks",),
    ("reading",),
    ("join",),
    ("publish",),
    ("pipeline",),
    ("voice",),
    ("options",),
    ("fetching",),
    ("progress",),
    ("library",),
    ("__main__",),
    ("command",),
    ("",),
)
"""From the ground up: the rooms of a floor may be imported from the floors above it. "" is the package itself, which
gives the names of the library when it is asked for them.
"""

FLOORS = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}


def modules() -> dict[str, Path]:
    """Every module of build/: dotted name below ``build`` → file; a package under its own name."""
    found = {}
    for path in sorted(BUILD.rglob("*.py")):
        parts = path.relative_to(BUILD).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of build/ that a module imports, anywhere in it."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [part for part in package[: len(package) - node.level + 1] if part]
            target = ".".join(base + ([node.module] if node.module else []))
            for alias in node.names:
                inner = f"{target}.{alias.name}" if target else alias.name
                yield inner if inner in known else target
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "build":
            raise AssertionError(f"{name}: imports within build/ are relative")


def graph() -> dict[str, set[str]]:
    """Module → the modules that it imports."""
    known = modules()
    return {name: set(imports(name, path, known)) - {name} for name, path in known.items()}


def room_of(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def test_every_room_has_its_floor() -> None:
    assert {room_of(name) for name in modules()} == set(FLOORS)


def test_no_import_leads_back_up() -> None:
    upward = [
        f"{name} imports {target}"
        for name, targets in graph().items()
        for target in targets
        if FLOORS[room_of(target)] > FLOORS[room_of(name)]
        or (FLOORS[room_of(target)] == FLOORS[room_of(name)] != 0 and room_of(target) != room_of(name))
    ]
    assert upward == []


def test_no_module_stands_in_a_circle() -> None:
    left = {name: set(targets) for name, targets in graph().items()}
    while free := [name for name, targets in left.items() if not targets & set(left)]:
        for name in free:
            del left[name]
    assert left == {}
