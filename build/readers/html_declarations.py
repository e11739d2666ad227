"""What a declaration of a style sheet says of the words of an element, as far as it decides whether they are seen.

Only the properties in PROPERTIES are kept. Of properties that only ever make words doubtful, their value is ODD or
PLAIN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import tinycss2

from .html_colours import colour
from .html_media import pixels

PROPERTIES = frozenset((
    "display", "visibility", "opacity", "font-size", "color", "background-color", "background-image", "position",
    "left", "right", "top", "bottom", "text-indent", "clip", "clip-path", "width", "height", "max-width", "max-height",
    "overflow", "text-decoration-line", "vertical-align", "content", "transform", "margin-left", "margin-top",
    "direction", "unicode-bidi", "float", "content-visibility", "rotate", "scale", "translate", "zoom",
))  # fmt: skip

ODD, PLAIN = "odd", "plain"
"""Values of a property that makes words doubtful, and of the same property where it does nothing of the kind."""

_RELEVANT = re.compile(
    r"line-through|text-|display|visibility|opacity|font|vertical-align|position|left|right|top|bottom|indent|"
    r"clip|width|height|size|overflow|content|transform|margin|direction|bidi|color|background|inset|float|mask|filter|"
    r"blend|animation|offset|order|grid|flex|z-index|spacing|zoom|rotate|scale|translate|shadow|contain|--|\\",
    re.I,
)

Value = tuple[bool, str]
"""Whether a declaration is ``!important``, and its value in lower case (``content`` as written)."""

Declarations = Mapping[str, Value]

_ALIASES = {
    "text-decoration": "text-decoration-line",
    "block-size": "height",
    "inline-size": "width",
    "max-block-size": "max-height",
    "max-inline-size": "max-width",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "overflow-block": "overflow",
    "overflow-inline": "overflow",
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "margin-inline-start": "margin-left",
    "margin-inline": "margin-left",
    "margin-block-start": "margin-top",
    "text-fill-color": "fill",
}
"""Properties that are another one by another name, those of ``-webkit-`` without that."""


@lru_cache(maxsize=4096)
def inline_declarations(style: str) -> Declarations:
    """What a ``style`` attribute declares of PROPERTIES."""
    if not _RELEVANT.search(style):
        return {}
    return declared(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def declared(nodes: Iterable[Any]) -> Declarations:
    """What the declarations among ``nodes`` say: property → its value; of two for one property, the one in force."""
    found: dict[str, Value] = {}
    besides: dict[str, str] = {}
    for node in nodes:
        if node.type != "declaration":
            continue
        for name, value in _all_longhands(node):
            if name in _BESIDES:
                besides[name] = value
                continue
            before = found.get(name)
            if before is None or node.important or not before[0]:
                found[name] = node.important, value
    if besides:
        found |= {name: (False, value) for name, value in besides.items() if _is_asked_for(name, found)}
    return found


def _all_longhands(node: Any) -> Iterator[tuple[str, str]]:
    printed = tinycss2.serialize(node.value).strip()
    if node.name.startswith("--"):
        yield node.name, printed
    elif "var(" in printed:
        yield node.lower_name, printed
    else:
        yield from longhands(node.lower_name, node.value, printed)


_BESIDES = frozenset(("border", "padding", "padding-block", "line-height"))
"""Properties that matter only where the same rule says something else besides."""


def _is_asked_for(name: str, found: Mapping[str, Value]) -> bool:
    """Whether a frame may lie on words, as it is out of their line, and whether words may be cut off at a side."""
    if name == "border":
        return found.get("position", (False, ""))[1] in ("absolute", "fixed")
    return "overflow" in found


def longhands(name: str, tokens: Sequence[Any], printed: str) -> Iterator[tuple[str, str]]:
    """A declaration as those of PROPERTIES that it sets; nothing where no browser would take it.

    ``printed``: its value, of which ``tokens`` are the parts.
    """
    value = printed if name == "content" else printed.lower()
    if not value:
        return
    if name.startswith("-webkit-text-decoration") and "line-through" in value:
        yield "doubt", ODD  # Some browsers know it and others do not.
    name = name.removeprefix("-webkit-")
    name = _ALIASES.get(name, name)
    if name in _PARTS:
        yield from _PARTS[name](value)
    elif name == "background":
        yield from _background(tokens, value)
    elif name in _ODD:
        is_odd = _ODD[name](value)
        if is_odd or name not in _COMMON:
            yield name, ODD if is_odd else PLAIN
    elif name.startswith(("border", "outline")):
        if not _NO_BORDER.search(value) and not name.endswith(("radius", "spacing", "collapse")):
            yield "border", value
    elif name.startswith("padding"):
        yield from _padding(name, value)
    elif name in _TAKEN or (name in PROPERTIES and _is_valid(name, value)):
        yield name, value


_TAKEN = frozenset(("fill", "line-height", "line-clamp"))
"""Properties besides PROPERTIES that are kept as they stand."""


def _padding(name: str, value: str) -> Iterator[tuple[str, str]]:
    """That there is any, and the wider of what is above and below."""
    if not _SOME.search(value):
        return
    yield "padding", value
    sides = value.split()
    if name in ("padding-top", "padding-bottom", "padding-block"):
        yield "padding-block", sides[0]
    elif name == "padding":
        above_and_below = [side for side in sides[::2] if _SOME.search(side)]
        if above_and_below:
            yield "padding-block", max(above_and_below, key=lambda side: pixels(side, whole=100.0) or 0.0)


_SOME = re.compile("[1-9]")


def _decoration(value: str) -> Iterator[tuple[str, str]]:
    if any(word in value for word in _DECORATIONS):
        yield "text-decoration-line", "none" if "transparent" in value else value
        if "line-through" in value and any(_is_pale(word) for word in value.split()):
            yield "doubt", ODD


def _is_pale(value: str) -> bool:
    found = colour(value)
    return found is not None and min(found[0]) > LIGHT


LIGHT = 0.8
"""A line of a colour with so much of red, green and blue may not be seen."""


_DECORATIONS = ("none", "line-through", "underline", "overline", "blink", "inherit", "initial", "unset", "revert")


def _font(value: str) -> Iterator[tuple[str, str]]:
    size = next((part for part in value.split() if part[:1].isdigit() or part[:1] == "."), "")
    yield "font-size", size.partition("/")[0] or "medium"


def _inset(value: str) -> Iterator[tuple[str, str]]:
    sides = value.split()
    yield "top", sides[0]
    yield "left", sides[-1] if len(sides) in (2, 4) else sides[0]
    yield "right", sides[1] if len(sides) > 1 else sides[0]


def _contain(value: str) -> Iterator[tuple[str, str]]:
    if any(word in value for word in ("paint", "strict", "content")):
        yield "overflow", "clip"
    if "size" in value or "strict" in value:
        yield "doubt", ODD


def _overflow(value: str) -> Iterator[tuple[str, str]]:
    """The axis on which most is cut off, and whether a reader can move what is cut off into view on one."""
    words = value.split()
    if "auto" in words or "scroll" in words:
        yield "scrolls", ODD
    yield "overflow", next((word for word in words if word not in ("visible", "unset", "initial")), words[0])


def _filter(value: str) -> Iterator[tuple[str, str]]:
    """Whether a filter may change figures, and whether it leaves no words that can be read."""
    yield "filter", PLAIN if _HARMLESS_FILTER.fullmatch(value) else ODD
    yield "unreadable", ODD if _UNREADABLE.search(value) else PLAIN


_UNREADABLE = re.compile(
    r"blur\(\s*(?:[2-9](?:\.\d*)?|\d{2,}(?:\.\d*)?)px|blur\(\s*(?:\.[2-9]|0\.[2-9]|[1-9])[\d.]*r?em"
    r"|(?:opacity|contrast)\(\s*(?:0?\.0\d*|0|[0-9](?:\.\d*)?%)\s*\)"
)
"""A filter that blurs words by two pixels or more, or leaves next to nothing of them."""


def _outlined(value: str) -> Iterator[tuple[str, str]]:
    yield "outlined", PLAIN if value in ("none", "0", "0px", "initial", "unset") else ODD


def _ground_clip(value: str) -> Iterator[tuple[str, str]]:
    if value == "text":
        yield "outlined", ODD


def _right_margin(value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("-"):
        yield "margin-right", value


def _background(tokens: Sequence[Any], value: str) -> Iterator[tuple[str, str]]:
    colours = (tinycss2.serialize([token]).lower() for token in tokens if token.type in ("hash", "ident", "function"))
    ground = next((name for name in colours if name == "currentcolor" or colour(name) is not None), "transparent")
    for name, part in _image(value):
        ground = part if name == "background-color" else ground
        if name == "background-image":
            yield name, part
    yield "background-color", ground


def _image(value: str) -> Iterator[tuple[str, str]]:
    """What a picture behind words is: of one colour throughout, or of colours that may make a line, or some other."""
    if "url(" in value or "image(" in value:
        yield "background-image", "url"
    elif "gradient(" not in value:
        yield "background-image", "none"
    else:
        within = value[value.index("gradient(") :]
        hues = {word for word in _HUES.findall(within) if colour(word) is not None}
        if len(hues) == 1 and "(" not in within[len("gradient(") :]:
            yield "background-image", "none"
            yield "background-color", hues.pop()
        else:
            yield "background-image", "lined" if "transparent" in hues else "gradient"


_HUES = re.compile(r"#[0-9a-f]{3,8}|\b[a-z]+\b")


_FAR_OR_NEGATIVE = re.compile(r"(?:^|\s)-[\d.]|\d{3}")


def _margins(value: str) -> Iterator[tuple[str, str]]:
    if _FAR_OR_NEGATIVE.search(value):
        sides = value.split()
        yield "margin-top", sides[0]
        yield from _right_margin(sides[1] if len(sides) > 1 else sides[0])
        yield "margin-left", sides[3] if len(sides) > 3 else sides[1] if len(sides) > 1 else sides[0]


_PARTS: Mapping[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "text-decoration-line": _decoration,
    "font": _font,
    "background-image": _image,
    "inset": _inset,
    "margin": _margins,
    "margin-right": _right_margin,
    "contain": _contain,
    "overflow": _overflow,
    "filter": _filter,
    "text-shadow": _outlined,
    "text-stroke": _outlined,
    "text-stroke-width": _outlined,
    "background-clip": _ground_clip,
}
"""Properties of which others are made."""

_NO_BORDER = re.compile(r"(?:^|\s)(?:none|hidden|0(?:px|pt)?|transparent)(?:\s|$)")

# Values that make words doubtful ----------------------------------------------------------------------------------

_HARMLESS_FILTER = re.compile(
    r"(?:\s*(?:none|initial|unset|(?:grayscale|sepia|saturate|drop-shadow|hue-rotate|alpha|progid:[\w.]+)"
    r"\((?:[^()]|\([^()]*\))*\)))+\s*"
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_NOTHING = frozenset(("none", "normal", "auto", "initial", "unset", "inherit", "revert", "0"))
_THIN = re.compile(r"(?:^|\s)(?:[0-5](?:\.\d+)?px|\.\d+em|0?\.\d+em)")
_PICTURE_FONT = re.compile(r"wingding|webding|(?<!ui )symbol(?![-\w])|dingbat|marlett|barcode|code ?(?:39|128)")


def _says_something(value: str) -> bool:
    return value not in _NOTHING


def _is_squeezed(value: str) -> bool:
    spacing = pixels(value)
    return spacing is not None and spacing <= -3


def _is_below(value: str) -> bool:
    number = _NUMBER.fullmatch(value)
    return number is not None and float(value) < 0


def _is_below_line(value: str) -> bool:
    return value.startswith("-")


def _is_early(value: str) -> bool:
    number = _NUMBER.fullmatch(value)
    return number is not None and float(value) != 0


def _paints_ground(value: str) -> bool:
    """Whether a shadow within its box, which lies below words, may be as dark as they are; a thin one is an edge."""
    if "inset" not in value:
        return False
    lengths = _SHADES.sub("", value)
    if "em" not in lengths and all(abs(float(number)) <= THIN for number in _NUMBER.findall(lengths)):
        return False
    shades = [colour(shade) for shade in _SHADES.findall(value) if shade != "inset"]
    return not shades or any(shade is None or (shade[1] > DARK and max(shade[0]) < DARK) for shade in shades)


_SHADES = re.compile(r"#[0-9a-f]{3,8}\b|\b[a-z-]+\([^()]*\)|\b[a-z]{3,}\b")
THIN = 4.0
"""Pixels; a shadow that is no wider lies beside the words."""

DARK = 0.4
"""A shadow of so much opacity and no more light may be as dark as words."""


_ODD: Mapping[str, Callable[[str], bool]] = {
    "mask": _says_something,
    "mask-image": _says_something,
    "mix-blend-mode": _says_something,
    "text-security": _says_something,
    "animation": lambda value: not value.startswith(("none", "initial", "unset")),
    "animation-name": _says_something,
    "offset": _says_something,
    "offset-path": _says_something,
    "font-size-adjust": lambda value: value not in ("none", "initial", "unset", "inherit"),
    "text-decoration-color": lambda value: value == "transparent" or _is_pale(value),
    "background-size": lambda value: bool(_THIN.search(value)),
    "font-variant-position": _says_something,
    "font-family": lambda value: bool(_PICTURE_FONT.search(value)),
    "font-feature-settings": lambda value: any(name in value for name in ("sups", "subs", "frac", "sinf")),
    "flex-direction": lambda value: "reverse" in value,
    "flex-flow": lambda value: "reverse" in value,
    "flex-wrap": lambda value: "reverse" in value,
    "order": _is_early,
    "grid-area": _says_something,
    "grid-row": _says_something,
    "grid-column": _says_something,
    "grid-row-start": _says_something,
    "grid-column-start": _says_something,
    "z-index": _is_below,
    "letter-spacing": _is_squeezed,
    "text-emphasis": _says_something,
    "text-emphasis-style": _says_something,
    "text-underline-offset": _is_below_line,
    "container-type": _says_something,
    "outline-offset": _is_below_line,
    "box-shadow": _paints_ground,
}
"""Properties that make words doubtful: property → whether a value does."""

_COMMON = frozenset(
    (
        "background-size",
        "text-decoration-color",
        "z-index",
        "letter-spacing",
        "font-family",
        "box-shadow",
        "order",
        "font-feature-settings",
    )
)
"""Those that many elements have to no effect; what takes one of them back is not looked for."""

ODD_PROPERTIES = frozenset(("doubt", "filter", *_ODD))
"""``doubt`` stands for all that a rule says of which nobody knows whether it holds."""

# Values that browsers take ----------------------------------------------------------------------------------------

_ANYWHERE = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
_DISPLAY = re.compile(
    r"(?:(?:block|inline|run-in|flow|flow-root|table|flex|grid|ruby|math|list-item|contents|none|-webkit-(?:inline-)?box"
    r"|-webkit-(?:inline-)?flex|-ms-[\w-]+|-moz-[\w-]+|inline-(?:block|table|flex|grid)|table-[\w-]+|ruby-[\w-]+)\s*)+"
)
_WORDS: Mapping[str, frozenset[str]] = {
    "visibility": frozenset(("visible", "hidden", "collapse")),
    "position": frozenset(("static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky")),
    "float": frozenset(("none", "left", "right", "inline-start", "inline-end")),
    "direction": frozenset(("ltr", "rtl")),
}
_LENGTHS = (
    "left", "right", "top", "bottom", "width", "height", "max-width", "max-height", "text-indent", "margin-left",
    "margin-top",
)  # fmt: skip
_LENGTH_WORDS = frozenset((
    "auto", "none", "max-content", "min-content", "fit-content", "-webkit-fill-available", "-moz-available", "stretch",
))  # fmt: skip
_SIZE_WORDS = re.compile(r"(?:x{1,3}-)?(?:small|large)|medium|smaller|larger")


def _is_valid(name: str, value: str) -> bool:
    """Whether a browser takes a value for one of PROPERTIES; what it does not know it passes over."""
    if value in _ANYWHERE or "(" in value or name not in _VALID:
        return True
    return _VALID[name](value)


def _is_display(value: str) -> bool:
    return _DISPLAY.fullmatch(value) is not None and value != "inline none"


def _is_number(value: str) -> bool:
    return pixels(value, whole=1.0) is not None


def _is_size(value: str) -> bool:
    size = pixels(value, whole=1.0)
    return bool(_SIZE_WORDS.fullmatch(value)) if size is None else size >= 0


def _is_length(value: str) -> bool:
    first = value.partition(" ")[0]
    return first in _LENGTH_WORDS or _is_number(first)


def _is_colour(value: str) -> bool:
    return value.isalpha() or colour(value) is not None


_VALID: Mapping[str, Callable[[str], bool]] = {
    "display": _is_display,
    "opacity": _is_number,
    "font-size": _is_size,
    "color": _is_colour,
    "background-color": _is_colour,
    **dict.fromkeys(_LENGTHS, _is_length),
    **{name: words.__contains__ for name, words in _WORDS.items()},
}


def hides(declarations: Declarations) -> bool:
    """Whether a rule may take words away from those who look at the page, or add some."""
    values = {name: value for name, (_, value) in declarations.items()}
    return (
        values.get("display") == "none"
        or values.get("visibility") in ("hidden", "collapse")
        or "line-through" in values.get("text-decoration-line", "")
        or not _HIDING.isdisjoint(values)
        or ODD in values.values()
    )


_HIDING = frozenset((
    "opacity", "color", "fill", "clip", "clip-path", "content", "text-indent", "transform", "scale", "rotate", "zoom",
))  # fmt: skip
