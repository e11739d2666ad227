"""Files in which the publisher decides: YAML lists of entries, and everything that is wrong with one told at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ..messages import Message, told

if TYPE_CHECKING:
    from jsonschema import ValidationError  # type: ignore[import-untyped]

REPORT_ID = "^[a-z2-7]{10}(-[0-9]+)?$"
SHA256 = "^[0-9a-f]{64}$"
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
HOW_NAMED = "$comment"
"""The keyword of a schema that holds the message for an entry which does not say what it speaks of."""
WORDS: Mapping[str, Any] = {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stands: its file, the line on which it begins, and its number there (both from 1).

    Of what is said of the file as a whole, ``line`` and ``number`` are None.
    """

    file: str
    line: int | None = None
    number: int | None = None

    @property
    def as_named(self) -> Origin:
        """The same wherever the file lies."""
        return replace(self, file=Path(self.file).name)

    def told(self, reason: Message) -> Message:
        """What is wrong there."""
        if self.line is None:
            return told("curation.at_file", file=self.file, reason=reason)
        if self.number is None:
            return told("curation.at_line", file=self.file, line=self.line, reason=reason)
        return told("curation.at_entry", file=self.file, line=self.line, number=self.number, reason=reason)


Fault = tuple[Origin, Message]
"""Where something is wrong, and what."""


class DecisionError(ValueError):
    """A file of decisions cannot be used. ``messages``: all that is wrong with it, in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        ordered = sorted(faults, key=lambda fault: fault[0].line or 0)
        self.messages = tuple(origin.told(reason) for origin, reason in ordered)
        super().__init__("\n".join(message.en for message in self.messages))


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written: key → value, figures as Decimal or int, dates as text."""

    origin: Origin
    values: Mapping[str, Any]


class _Loader(yaml.SafeLoader):
    """Safe YAML with figures as Decimal, and dates as the text that stands there."""


_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _decimal(_: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        number = Decimal(str(node.value))
    except InvalidOperation:
        raise yaml.constructor.ConstructorError(None, None, f"{node.value!r} is no figure", node.start_mark) from None
    return number


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)

_EMPTY_LIST = re.compile(r"^\[[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
"""The empty list, alone on a line at the margin: entries may be written below it, though YAML knows no such thing."""


def read_entries(path: Path, schema: Mapping[str, Any], refusal: type[DecisionError]) -> tuple[Written, ...]:
    """Every entry of ``path``, a list whose items look like ``schema`` (JSON Schema 2020-12).

    A line that holds nothing but the empty list ``[]`` is passed over. Raises ``refusal`` with every fault in the
    order of the lines; where the file is no YAML, that alone.
    """
    node, content = _loaded(path, refusal)
    if content is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise refusal([(Origin(str(path), 1), told("curation.no_list"))])
    origins = [Origin(str(path), item.start_mark.line + 1, number) for number, item in enumerate(node.value, 1)]
    faults = [*_keys_twice(str(path), node), *_unlike(schema, content, origins)]
    if faults:
        raise refusal(faults)
    return tuple(Written(origin, values) for origin, values in zip(origins, content, strict=True))


def _loaded(path: Path, refusal: type[DecisionError]) -> tuple[yaml.Node | None, Any]:
    file = str(path)
    if not path.is_file():
        raise refusal([(Origin(file), told("curation.no_file"))])
    try:
        text = _EMPTY_LIST.sub("", path.read_bytes().decode("utf-8-sig"))
        node = yaml.compose(text, _Loader)
        return node, None if node is None else yaml.load(text, _Loader)
    except UnicodeDecodeError as error:
        reason = told("curation.no_utf8", reason=error.reason, at=error.start)
        raise refusal([(Origin(file, 1), reason)]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = told("curation.no_yaml", reason=getattr(error, "problem", None) or error)
        raise refusal([(Origin(file, mark.line + 1 if mark else 1), reason)]) from error


def _keys_twice(file: str, node: yaml.SequenceNode) -> Iterator[Fault]:
    """YAML lets a key that stands twice win silently; here it is a fault."""
    for number, item in enumerate(node.value, 1):
        seen: set[str] = set()
        for key, _ in item.value if isinstance(item, yaml.MappingNode) else ():
            if key.value in seen:
                yield Origin(file, key.start_mark.line + 1, number), told("curation.key_twice", name=repr(key.value))
            seen.add(key.value)


def _unlike(schema: Mapping[str, Any], content: Sequence[Any], origins: Sequence[Origin]) -> Iterator[Fault]:
    """What of each entry is not as the schema says, and days that no calendar has."""
    if not content:
        return
    # Imported here: it takes longer than many a build, and most builds have no such entries.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    validator = Draft202012Validator(schema)
    for origin, values in zip(origins, content, strict=True):
        reasons = [_reason(error) for error in validator.iter_errors(values)] or [*_no_day(values["date"])]
        yield from ((origin, reason) for reason in dict.fromkeys(reasons))


def _no_day(date: str) -> Iterator[Message]:
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        yield told("curation.at_key", name="date", reason=told("curation.no_day", found=repr(date)))


def _reason(error: ValidationError) -> Message:
    reason = _REASONS[error.validator](error)
    path = list(error.absolute_path)
    return told("curation.at_key", name=path[0], reason=reason) if path else reason


def _missing(error: ValidationError) -> Message:
    missing = [name for name in error.validator_value if name not in error.instance]
    return told("curation.missing", names=", ".join(missing))


def _unexpected(error: ValidationError) -> Message:
    names = sorted(str(name) for name in error.instance if name not in error.schema["properties"])
    return told("curation.unexpected", names=", ".join(names))


def _not_one_of(error: ValidationError) -> Message:
    allowed = ", ".join(map(str, error.validator_value))
    return told("curation.not_one_of", found=_quoted(error.instance), allowed=allowed)


def _not_of_type(error: ValidationError) -> Message:
    types = error.validator_value
    names = ", ".join(map(repr, [types] if isinstance(types, str) else types))
    return told("curation.not_of_type", found=_quoted(error.instance), types=names)


def _quoted(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)


_REASONS: Mapping[str, Callable[[ValidationError], Message]] = {
    "required": _missing,
    "additionalProperties": _unexpected,
    "enum": _not_one_of,
    "type": _not_of_type,
    "pattern": lambda error: told("curation.no_match", found=repr(error.instance), pattern=error.validator_value),
    "minLength": lambda error: told("curation.empty"),
    "minimum": lambda error: told("curation.out_of_range", found=error.instance),
    "maximum": lambda error: told("curation.out_of_range", found=error.instance),
    "anyOf": lambda error: told(error.schema[HOW_NAMED]),
    "dependentRequired": lambda error: told(error.schema[HOW_NAMED]),
    "not": lambda error: told("curation.not_here"),
}
"""Keyword of JSON Schema → what an entry that does not satisfy it is told."""
