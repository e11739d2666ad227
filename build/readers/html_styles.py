"""What the style sheets of a web page say of its elements: the cascade, for a desktop screen.

Only the properties in PROPERTIES are kept, those by which words are seen or not. External style sheets are not in the
file: of them nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2
from cssselect2 import ElementWrapper, SelectorError, compile_selector_list
from lxml.etree import _Element as Element

SCREEN_WIDTH, SCREEN_HEIGHT = 1280.0, 800.0
"""Pixels of the screen that the page is looked at on."""

EM = 16.0
"""Pixels of a letter where nothing is said."""

MOST_SHEET_CHARACTERS = 1_000_000
MOST_SELECTORS = 5_000
MOST_STEPS = 600_000
"""Bounds of what is read of style sheets: characters, selectors, and elements looked at to match them."""

SIBLINGS_A_STEP = 16
"""So many elements side by side are counted as fast as one is looked at."""

PROPERTIES = frozenset((
    "display", "visibility", "opacity", "font-size", "color", "background-color", "background-image", "position",
    "left", "right", "top", "bottom", "text-indent", "clip", "clip-path", "width", "height", "max-width", "max-height",
    "overflow", "text-decoration-line", "vertical-align", "content", "transform", "margin-left", "margin-top",
    "direction", "unicode-bidi", "float", "content-visibility",
))  # fmt: skip

_RELEVANT = re.compile(
    r"line-through|text-decoration|display|visibility|opacity|font|vertical-align|position|left|right|top|bottom|"
    r"text-indent|clip|width|height|overflow|content|transform|margin|direction|bidi|color|background|inset|float",
    re.I,
)

Value = tuple[bool, str]
"""Whether a declaration is ``!important``, and its value in lower case (``content`` as written)."""

Declarations = Mapping[str, Value]


class StyleRule(NamedTuple):
    """One selector of a style sheet with what it declares; ``selector``: as cssselect2 compiled it."""

    selector: Any
    order: int
    declarations: Declarations


class _SpentError(Exception):
    """Matching selectors would take too long."""


# Declarations -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def inline_declarations(style: str) -> Declarations:
    """What a ``style`` attribute declares of PROPERTIES."""
    if not _RELEVANT.search(style):
        return {}
    return _declared(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _declared(nodes: Iterable[Any]) -> Declarations:
    found: dict[str, Value] = {}
    for node in nodes:
        if node.type != "declaration":
            continue
        for name, value in _longhands(node.lower_name, node.value):
            before = found.get(name)
            if before is None or node.important or not before[0]:
                found[name] = node.important, value
    return found


def _longhands(name: str, tokens: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """A declaration as those of PROPERTIES that it sets."""
    printed = tinycss2.serialize(tokens).strip()
    value = printed if name == "content" else printed.lower()
    if not value or "var(" in value:
        return
    if name in ("text-decoration", "text-decoration-line", "-webkit-text-decoration"):
        yield "text-decoration-line", "none" if "transparent" in value else value
    elif name == "background":
        yield from _background(tokens, value)
    elif name == "font":
        size = next((part for part in value.split() if part[:1].isdigit() or part[:1] == "."), "")
        yield "font-size", size.partition("/")[0] or "medium"
    elif name in ("overflow-x", "overflow-y"):
        yield "overflow", value
    elif name == "inset":
        sides = value.split()
        yield "top", sides[0]
        yield "left", sides[-1] if len(sides) in (2, 4) else sides[0]
    elif name in PROPERTIES:
        yield name, value


def _background(tokens: Sequence[Any], value: str) -> Iterator[tuple[str, str]]:
    colours = (tinycss2.serialize([token]) for token in tokens if tinycss2.color3.parse_color(token) is not None)
    yield "background-color", next(colours, "transparent").lower()
    yield "background-image", "url" if "url(" in value or "gradient(" in value else "none"


# Style sheets -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def sheet_rules(sheet: str) -> tuple[StyleRule, ...]:
    """The rules of a style sheet that say something of PROPERTIES on a desktop screen. Raises ``_SpentError``."""
    rules: list[StyleRule] = []
    for selectors, declarations in _style_rules(tinycss2.parse_stylesheet(sheet, True, True)):
        for selector in _compiled(selectors):
            rules.append(StyleRule(selector, len(rules), declarations))
            if len(rules) > MOST_SELECTORS:
                raise _SpentError
    return tuple(rules)


def _style_rules(nodes: Iterable[Any]) -> Iterator[tuple[Sequence[Any], Declarations]]:
    """Selectors and declarations of the rules in force, those within ``@media`` and the like included."""
    for node in nodes:
        if node.type == "qualified-rule":
            declarations = _declared(tinycss2.parse_blocks_contents(node.content, True, True))
            if declarations:
                yield node.prelude, declarations
        elif node.type == "at-rule" and node.content is not None and _in_force(node):
            yield from _style_rules(tinycss2.parse_rule_list(node.content, True, True))


def _in_force(rule: Any) -> bool:
    if rule.lower_at_keyword == "media":
        return on_screen(tinycss2.serialize(rule.prelude))
    return rule.lower_at_keyword in ("supports", "layer", "document")


def _compiled(selectors: Sequence[Any]) -> Sequence[Any]:
    try:
        found = compile_selector_list(list(selectors))
    except (SelectorError, SyntaxError, RecursionError, MemoryError):
        return ()
    return [selector for selector in found if not selector.never_matches]


# Media ------------------------------------------------------------------------------------------------------------

_FEATURE = re.compile(r"\(\s*([a-z-]+)\s*(?::\s*([^()]+?))?\s*\)")
_RANGE = re.compile(r"\(\s*(?:([\d.]+[a-z]*)\s*([<>]=?)\s*)?(width|height)\s*(?:([<>]=?)\s*([\d.]+[a-z]*))?\s*\)")
_TYPES = frozenset(("all", "screen", ""))
_STATED = {
    "orientation": "landscape",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "scripting": "enabled",
}
_SIZES = {"width": SCREEN_WIDTH, "height": SCREEN_HEIGHT, "device-width": SCREEN_WIDTH, "device-height": SCREEN_HEIGHT}


def on_screen(query: str) -> bool:
    """Whether a list of media queries holds on the desktop screen; what is not known holds not."""
    queries = query.lower().strip()
    return not queries or any(_holds(part.strip()) for part in queries.split(","))


def _holds(query: str) -> bool:
    if query.startswith("not "):
        return not _holds(query[4:])
    conditions = [part.strip() for part in re.split(r"\band\b", query.removeprefix("only "))]
    return all(_condition_holds(condition) for condition in conditions)


def _condition_holds(condition: str) -> bool:
    if not condition.startswith("("):
        return condition in _TYPES
    if span := _RANGE.fullmatch(condition):
        below, under, name, over, above = span.groups()
        size = _SIZES[name]
        return (below is None or _compare(pixels(below), under, size)) and (
            above is None or _compare(size, over, pixels(above))
        )
    feature = _FEATURE.fullmatch(condition)
    if feature is None:
        return False
    name, value = feature[1], (feature[2] or "").strip()
    bound, _, size_name = name.partition("-")
    limit = pixels(value)
    if size_name in _SIZES and bound in ("min", "max") and limit is not None:
        return _SIZES[size_name] >= limit if bound == "min" else _SIZES[size_name] <= limit
    return name in _STATED and value in ("", _STATED[name])


def _compare(left: float | None, sign: str, right: float | None) -> bool:
    if left is None or right is None:
        return False
    if sign.startswith("<"):
        return left <= right if sign == "<=" else left < right
    return left >= right if sign == ">=" else left > right


_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|cm|mm|in|pc|vw|vh|%)?\s*")
_UNITS = {
    "px": 1.0, "pt": 4 / 3, "rem": EM, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "in": 96.0, "pc": EM,
    "vw": SCREEN_WIDTH / 100, "vh": SCREEN_HEIGHT / 100, "": 1.0,
}  # fmt: skip


def pixels(value: str, em: float = EM, whole: float | None = None) -> float | None:
    """A length in pixels, None if ``value`` is none. ``em``: the letter's size; ``whole``: what 100% is, if known."""
    match = _LENGTH.fullmatch(value)
    if match is None:
        return None
    number, unit = float(match[1]), match[2] or ""
    if unit == "%":
        return None if whole is None else number * whole / 100
    return number * (em if unit == "em" else em / 2 if unit == "ex" else _UNITS[unit])


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

    ``before`` and ``after``: the ``content`` that the style sheets set before and behind an element. ``complete``:
    False where the style sheets are too large to be read; they count for nothing then.
    """

    declared: dict[Element, dict[str, str]]
    before: dict[Element, str]
    after: dict[Element, str]
    complete: bool


Layer = tuple[bool, int, Any, int]
"""What decides between declarations: importance, origin (attribute, sheet, style attribute), specificity, order."""


def styles(root: Element, sheets: Sequence[str], inline: bool, hints: Mapping[Element, dict[str, str]]) -> Styles:
    """The cascade for the elements under ``root``. ``sheets``: style sheets in order; ``inline``: whether any ``style``
    attribute is worth reading; ``hints``: what attributes such as ``bgcolor`` declare."""
    layered: dict[tuple[Element, str], list[tuple[Layer, str, str]]] = {}
    complete = True
    for element, declared in hints.items():
        layers = layered.setdefault((element, ""), [])
        layers += [((False, 0, (), 0), name, value) for name, value in declared.items()]
    try:
        for (element, place), rule in _matches(root, _all_rules(sheets)):
            layers = layered.setdefault((element, place), [])
            for name, (important, value) in rule.declarations.items():
                layers.append(((important, 1, rule.selector.specificity, rule.order), name, value))
    except (_SpentError, RecursionError):
        complete = False
        layered = {key: [item for item in layers if item[0][1] == 0] for key, layers in layered.items()}
    if inline:
        for element in root.iter("*"):
            style = element.get("style")
            if style and (found := inline_declarations(style)):
                layers = layered.setdefault((element, ""), [])
                layers += [((important, 2, (), 0), name, value) for name, (important, value) in found.items()]
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
    found = Styles({}, {}, {}, complete)
    for (element, place), layers in layered.items():
        values = {name: value for _, name, value in sorted(layers)}
        if not place:
            found.declared[element] = values
        elif "content" in values and not any(values.get(name) in shows for name, shows in _SHOWS_NOTHING.items()):
            (found.before if place == "before" else found.after)[element] = values["content"]
    return found


def _all_rules(sheets: Sequence[str]) -> list[StyleRule]:
    if sum(map(len, sheets)) > MOST_SHEET_CHARACTERS:
        raise _SpentError
    rules = [rule for sheet in sheets for rule in sheet_rules(sheet)]
    return [rule._replace(order=order) for order, rule in enumerate(rules)]


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
            if (place is None or place in ("before", "after")) and rule.selector.test(node):
                yield (element, place or ""), rule


def _key(selector: Any) -> str:
    """What an element must have for ``selector`` to hold: its id, a class, its tag; "" if that is not told."""
    if selector.id is not None:
        return f"#{selector.id}"
    if selector.class_name is not None:
        return f".{selector.class_name}"
    return selector.lower_local_name or ""
