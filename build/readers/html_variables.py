"""Values of style sheets that are written once and named: ``--name: …`` and ``var(--name)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tinycss2
from lxml.etree import _Element as Element

from .html_declarations import longhands

DEEPEST = 8
"""So many values name one another; a longer chain is none, and neither is a circle."""

LONGEST = 2_000
"""Characters; no value of a property that decides what is seen is longer."""


def resolved(element: Element, declared: Mapping[Element, dict[str, str]]) -> dict[str, str]:
    """What is ``declared`` of an element, with the values put in for their names.

    A declaration that names what nobody declares says nothing (CSS Custom Properties 1, 3).
    """
    values = declared[element]
    if not any("var(" in value for name, value in values.items() if not name.startswith("--")):
        return values
    found: dict[str, str] = {}
    for name, value in values.items():
        if name.startswith("--") or "var(" not in value:
            found[name] = value
        elif (written := _put_in(value, element, declared, DEEPEST)) is not None:
            found |= dict(longhands(name, tinycss2.parse_component_value_list(written), written.strip()))
    return found


def _put_in(value: str, element: Element, declared: Mapping[Element, dict[str, str]], depth: int) -> str | None:
    if not depth or len(value) > LONGEST:
        return None
    return _written(tinycss2.parse_component_value_list(value, skip_comments=True), element, declared, depth)


def _written(
    tokens: Sequence[Any], element: Element, declared: Mapping[Element, dict[str, str]], depth: int
) -> str | None:
    text = ""
    for token in tokens:
        if token.type != "function":
            text += token.serialize()
            continue
        if token.lower_name == "var":
            inner = _variable(token.arguments, element, declared, depth)
        else:
            written = _written(token.arguments, element, declared, depth)
            inner = None if written is None else f"{token.name}({written})"
        if inner is None:
            return None
        text += inner
    return text


def _variable(
    arguments: Sequence[Any], element: Element, declared: Mapping[Element, dict[str, str]], depth: int
) -> str | None:
    name = next((token.value for token in arguments if token.type == "ident"), "")
    for around in (element, *element.iterancestors()):
        value = declared.get(around, {}).get(name)
        if value == "initial":  # as if nobody had declared it
            break
        if value is not None and value not in ("inherit", "unset"):
            return _put_in(value, around, declared, depth - 1)
    comma = next((at for at, token in enumerate(arguments) if token == ","), None)
    return None if comma is None else _written(arguments[comma + 1 :], element, declared, depth)
