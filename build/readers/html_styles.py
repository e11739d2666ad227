"""What the style sheets of a web page say of its elements: the cascade, for a desktop screen.

External style sheets are not in the
file: of them nothing is known.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2
from cssselect2 import ElementWrapper, SelectorError, compile_selector_list
from lxml.etree import _Element as Element

from .html_declarations import ODD, Declarations, declared, hides, inline_declarations
from .html_media import on_screen, parted_by_commas, supported

MOST_SHEET_CHARACTERS = 1_000_000
MOST_SELECTORS = 5_000
MOST_STEPS = 600_000
"""Bounds of what is read of style sheets: characters, selectors, and elements looked at to match them."""

SIBLINGS_A_STEP = 16
"""So many elements side by side are counted as fast as one is looked at."""

LayerName = tuple[str, ...]
"""A cascade layer, by its names from the outermost on; () for what stands in none."""


class StyleRule(NamedTuple):
    """One selector of a style sheet with what it declares; ``selector``: as cssselect2 compiled it."""

    selector: Any
    order: int
    declarations: Declarations
    layer: LayerName = ()


class Sheet(NamedTuple):
    """The rules of a style sheet in order, and its layers in the order in which they are first named."""

    rules: tuple[StyleRule, ...]
    layers: tuple[LayerName, ...]


class _Place(NamedTuple):
    """What rules stand in: the selectors of the rule around them, a layer; ``sure``: whether they are in force."""

    around: str = ""
    layer: LayerName = ()
    sure: bool = True


class _SpentError(Exception):
    """Matching selectors would take too long."""


# Style sheets -----------------------------------------------------------------------------------------------------


def written_in(address: str) -> str:
    """The style sheet that a ``data:`` address holds itself; "" where it holds none."""
    kind, comma, content = address.removeprefix("data:").partition(",")
    data = unquote_to_bytes(content)
    if kind.endswith("base64"):
        try:
            data = b64decode(data)
        except ValueError:
            return ""
    return data.decode("utf-8", "replace") if comma and kind.strip().lower().startswith("text/css") else ""


@lru_cache(maxsize=16)
def read_sheet(sheet: str) -> Sheet:
    """The rules of a style sheet that say something of PROPERTIES on a desktop screen. Raises ``_SpentError``."""
    rules: list[StyleRule] = []
    layers: list[LayerName] = []
    for selectors, declarations, place in _style_rules(tinycss2.parse_stylesheet(sheet, True, True), _Place(), layers):
        for selector, is_sure in _compiled(selectors):
            if is_sure and place.sure:
                rules.append(StyleRule(selector, len(rules), declarations, place.layer))
            elif hides(declarations):
                rules.append(StyleRule(selector, len(rules), {"doubt": (False, ODD)}, place.layer))
            if len(rules) > MOST_SELECTORS:
                raise _SpentError
    return Sheet(tuple(rules), tuple(layers))


_Found = tuple[Sequence[Any] | str, Declarations, _Place]
"""Selectors of a rule, what it declares and what it stands in."""


def _style_rules(nodes: Iterable[Any], place: _Place, layers: list[LayerName]) -> Iterator[_Found]:
    """The rules in force, those within ``@media``, within other rules and the like included; notes ``layers``."""
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "import":
            sheet = next((written_in(token.value) for token in node.prelude if token.type in ("string", "url")), "")
            yield from _style_rules(tinycss2.parse_stylesheet(sheet, True, True), place, layers)
        elif node.type == "qualified-rule":
            selectors = _within(node.prelude, place.around) if place.around else node.prelude
            yield from _rule(selectors, node.content, place, layers)
        elif node.type == "at-rule" and (inner := _in_force(node, place, layers)) is not None:
            if place.around:
                yield from _rule(place.around, node.content, inner, layers)
            else:
                yield from _style_rules(tinycss2.parse_rule_list(node.content, True, True), inner, layers)


def _rule(selectors: Sequence[Any] | str, content: Any, place: _Place, layers: list[LayerName]) -> Iterator[_Found]:
    """A rule, and those that stand within it."""
    nodes = tinycss2.parse_blocks_contents(content, True, True)
    declarations = declared(nodes)
    if declarations:
        yield selectors, declarations, place
    nested = [node for node in nodes if node.type in ("qualified-rule", "at-rule")]
    if nested:
        around = selectors if isinstance(selectors, str) else tinycss2.serialize(selectors)
        if len(around) > LONGEST_NESTED:
            raise _SpentError
        yield from _style_rules(nested, place._replace(around=around), layers)


LONGEST_NESTED = 2_000
"""Characters; selectors of rules within rules grow no longer."""


def _within(selectors: Sequence[Any], around: str) -> str:
    """The selectors of a rule within another one, ``&`` put out (CSS Nesting 1)."""
    outer = f":is({around})"
    written = []
    for part in parted_by_commas(selectors):
        text = tinycss2.serialize(part).strip()
        written.append(text.replace("&", outer) if "&" in text else f"{outer} {text}")
    return ", ".join(written)


def _in_force(rule: Any, place: _Place, layers: list[LayerName]) -> _Place | None:
    """What stands in an at-rule, None where it is not in force."""
    keyword = rule.lower_at_keyword
    if keyword == "layer":
        names = [name.strip() for name in tinycss2.serialize(rule.prelude).split(",")]
        for name in names:
            path = (*place.layer, *(name.split(".") if name else (f" {len(layers)}",)))
            layers += [path[:depth] for depth in range(1, len(path) + 1) if path[:depth] not in layers]
        return None if rule.content is None else place._replace(layer=path)
    if rule.content is None:
        return None
    if keyword == "media":
        return place if on_screen(tinycss2.serialize(rule.prelude)) else None
    if keyword == "supports":
        answer = supported(rule.prelude)
        return None if answer is False else place._replace(sure=place.sure and answer is not None)
    return place._replace(sure=False) if keyword in ("container", "scope", "starting-style") else None


_NEW_PSEUDO = re.compile(r":(?:dir\([^()]*\)|defined|read-only|scope(?=\s)|open|user-valid|heading)")
"""Classes of elements that some browsers know."""
_ANY = re.compile(r":-webkit-any(?=\()")


def _compiled(selectors: Sequence[Any] | str) -> Iterator[tuple[Any, bool]]:
    """The selectors compiled, each with whether it is what stands there and not only something like it."""
    is_sure = True
    tokens = tinycss2.parse_component_value_list(selectors) if isinstance(selectors, str) else list(selectors)
    try:
        found = compile_selector_list(tokens)
    except (SelectorError, SyntaxError, RecursionError, MemoryError):
        text = tinycss2.serialize(tokens)
        plain = _ANY.sub(":is", _NEW_PSEUDO.sub("", text)) if len(text) <= LONGEST_NESTED else text
        if plain == text:
            return
        is_sure = False
        try:
            found = compile_selector_list(plain)
        except (SelectorError, SyntaxError, RecursionError, MemoryError):
            return
    yield from ((selector, is_sure) for selector in found if not selector.never_matches)


# Which rules hold for an element ----------------------------------------------------------------------------------


class _Node(ElementWrapper):  # type: ignore[misc]
    """An element as cssselect2 asks for it, wrapped when asked, every step counted."""

    def __init__(self, element: Element, nodes: _Nodes) -> None:
        self.etree_element = element
        self._nodes = nodes
        self.in_html_document = True
        self.transport_content_language = None

    def __hash__(self) -> int:
        return hash(self.etree_element)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Node) and self.etree_element is other.etree_element

    @property
    def parent(self) -> _Node | None:
        return self._nodes.of(self.etree_element.getparent())

    @property
    def previous(self) -> _Node | None:
        return self._nodes.of(self.etree_element.getprevious())

    @property
    def ancestors(self) -> Iterator[_Node]:
        return (self._nodes.known(element) for element in self.etree_element.iterancestors())

    @property
    def previous_siblings(self) -> Iterator[_Node]:
        return (self._nodes.known(element) for element in self.etree_element.itersiblings(preceding=True))

    @property
    def etree_siblings(self) -> list[Element]:
        siblings = self._nodes.siblings(self.etree_element)
        self._nodes.spend(len(siblings) // SIBLINGS_A_STEP)
        return list(siblings)

    @property
    def index(self) -> int:
        return self._nodes.siblings(self.etree_element)[self.etree_element]

    def iter_children(self) -> Iterator[_Node]:
        return (self._nodes.known(element) for element in self.etree_element)

    def iter_subtree(self) -> Iterator[_Node]:
        return (self._nodes.known(element) for element in self.etree_element.iter("*"))


@dataclass(slots=True)
class _Nodes:
    """The elements wrapped so far, the places of children by their parent, and the steps left."""

    by_element: dict[Element, _Node] = field(default_factory=dict)
    places: dict[Element | None, dict[Element, int]] = field(default_factory=dict)
    steps: int = MOST_STEPS

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise _SpentError

    def siblings(self, element: Element) -> dict[Element, int]:
        """The children of the element's parent in order, each with its place."""
        parent = element.getparent()
        places = self.places.get(parent)
        if places is None:
            places = {child: place for place, child in enumerate((element,) if parent is None else parent)}
            self.spend(len(places))
            self.places[parent] = places
        return places

    def of(self, element: Element | None) -> _Node | None:
        return None if element is None else self.known(element)

    def known(self, element: Element) -> _Node:
        self.spend(1)
        node = self.by_element.get(element)
        if node is None:
            node = self.by_element[element] = _Node(element, self)
        return node


@dataclass(slots=True)
class Styles:
    """What is declared of each element that anything is declared of: property → value, the cascade done.

    ``before`` and ``after``: what is declared of the words that the style sheets set before and behind an element,
    ``content`` among it. ``partly``: elements of whose first letter, first line or number something is declared.
    ``complete``: False where the style sheets are too large to be read; they count for nothing then.
    ``has_variables``: whether a value names another one.
    """

    declared: dict[Element, dict[str, str]]
    before: dict[Element, dict[str, str]]
    after: dict[Element, dict[str, str]]
    partly: set[Element]
    complete: bool
    has_variables: bool = False


Layer = tuple[bool, int, tuple[float, ...], Any, int]
"""What decides between declarations: importance, origin (attribute, sheet, style attribute), the cascade layer,
specificity, order."""


def styles(root: Element, sheets: Sequence[str], inline: bool, hints: Mapping[Element, dict[str, str]]) -> Styles:
    """The cascade for the elements under ``root``. ``sheets``: style sheets in order; ``inline``: whether any ``style``
    attribute is worth reading; ``hints``: what attributes such as ``bgcolor`` declare."""
    layered: dict[tuple[Element, str], list[tuple[Layer, str, str]]] = {}
    complete = True
    for element, hinted in hints.items():
        layers = layered.setdefault((element, ""), [])
        layers += [((False, 0, (), (), 0), name, value) for name, value in hinted.items()]
    try:
        rules, ranks = _all_rules(sheets)
        for (element, place), rule in _matches(root, rules):
            layers = layered.setdefault((element, place), [])
            rank = ranks[rule.layer]
            for name, (important, value) in rule.declarations.items():
                in_layer = tuple(-place for place in rank) if important else rank
                layers.append(((important, 1, in_layer, rule.selector.specificity, rule.order), name, value))
    except (_SpentError, RecursionError):
        complete = False
        layered = {key: [item for item in layers if item[0][1] == 0] for key, layers in layered.items()}
    if inline:
        for element in root.iter("*"):
            style = element.get("style")
            if style and (found := inline_declarations(style)):
                layers = layered.setdefault((element, ""), [])
                layers += [((important, 2, (), (), 0), name, value) for name, (important, value) in found.items()]
    return _cascaded(layered, complete)


_SHOWS_NOTHING = {
    "display": ("none",),
    "visibility": ("hidden", "collapse"),
    "opacity": ("0",),
    "height": ("0", "0px"),
    "width": ("0", "0px"),
    "font-size": ("0", "0px"),
}
"""Words that a style sheet writes are not shown with one of these, as pages write them to end floating parts."""


def _cascaded(layered: Mapping[tuple[Element, str], list[tuple[Layer, str, str]]], complete: bool) -> Styles:
    asked = any("var(" in value for layers in layered.values() for _, _, value in layers)
    found = Styles({}, {}, {}, set(), complete, asked)
    for (element, place), layers in layered.items():
        values = {name: value for _, name, value in sorted(layers) if asked or not name.startswith("--")}
        if not place:
            found.declared[element] = {**values, **found.declared.get(element, {})}
        elif place not in ("before", "after"):
            found.partly.add(element)
            found.declared.setdefault(element, {})
        elif "content" in values and not any(values.get(name) in shows for name, shows in _SHOWS_NOTHING.items()):
            (found.before if place == "before" else found.after)[element] = values
    return found


def _all_rules(sheets: Sequence[str]) -> tuple[list[StyleRule], dict[LayerName, tuple[float, ...]]]:
    """The rules of all sheets in order, and the rank of each layer: what stands in none comes last, so it wins."""
    if sum(map(len, sheets)) > MOST_SHEET_CHARACTERS:
        raise _SpentError
    found = [read_sheet(sheet) for sheet in sheets]
    rules = [rule._replace(order=order) for order, rule in enumerate(rule for sheet in found for rule in sheet.rules)]
    places: dict[LayerName, int] = {}
    for sheet in found:
        for layer in sheet.layers:
            places.setdefault(layer, len(places))
    ranks = {
        layer: (*(float(places[layer[:depth]]) for depth in range(1, len(layer) + 1)), inf) for layer in ((), *places)
    }
    return rules, ranks


def _matches(root: Element, rules: Sequence[StyleRule]) -> Iterator[tuple[tuple[Element, str], StyleRule]]:
    """Each element with each rule that holds for it, and the place beside it that the rule speaks of, "" for itself."""
    if not rules:
        return
    nodes = _Nodes()
    keyed: dict[str, list[StyleRule]] = {}
    for rule in rules:
        keyed.setdefault(_key(rule.selector), []).append(rule)
    anywhere = keyed.get("", [])
    for element in root.iter("*"):
        candidates = [*anywhere, *keyed.get(str(element.tag), ())]
        if (name := element.get("id")) is not None:
            candidates += keyed.get(f"#{name}", ())
        if (classes := element.get("class")) is not None:
            for name in classes.split():
                candidates += keyed.get(f".{name}", ())
        if not candidates:
            continue
        node = nodes.known(element)
        nodes.spend(len(candidates))
        for rule in candidates:
            place = rule.selector.pseudo_element
            if (place is None or place in _BESIDE) and rule.selector.test(node):
                yield (element, place or ""), rule


_BESIDE = frozenset(("before", "after", "first-letter", "first-line", "marker"))
"""Parts of an element, or beside one, of which a rule may speak."""


def _key(selector: Any) -> str:
    """What an element must have for ``selector`` to hold: its id, a class, its tag; "" if that is not told."""
    if selector.id is not None:
        return f"#{selector.id}"
    if selector.class_name is not None:
        return f".{selector.class_name}"
    return selector.lower_local_name or ""
