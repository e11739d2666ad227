"""Frozen values ⇄ bytes: plain tuples by the fields of their classes, marshalled, compressed, with a checksum.

Pickles would be larger and slower, and would run what somebody else has written into them.
"""

from __future__ import annotations

import marshal
import types
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Way = Callable[[Any], Any] | None
"""Turns a value into another; None: it stays as it is."""

CHECKSUM = 8
"""Bytes of the checksum before the sealed content."""
QUICK = 1
"""Compression that costs little: what is kept is read back once or twice."""
SMALL = 1024
"""Bytes of which compression saves next to nothing."""
AS_IT_IS, COMPRESSED = b"\0", b"\1"
"""How what stands behind them is written."""


class DamagedError(ValueError):
    """What was kept is not what was written."""


def seal(value: Any, is_small: bool = False) -> bytes:
    """``value``, of which every part is a plain one, as bytes that show whether they are whole.

    ``is_small``: to compress them would cost more than it saves.
    """
    written = marshal.dumps(value)
    content = AS_IT_IS + written if is_small or len(written) < SMALL else COMPRESSED + zlib.compress(written, QUICK)
    return blake2b(content, digest_size=CHECKSUM).digest() + content


def squeezed(text: str) -> bytes:
    """``text``, compressed; two bytes a character, as it is held: Chinese takes three in UTF-8."""
    return zlib.compress(text.encode("utf-16-le", "surrogatepass"), QUICK)


def unsqueezed(text: bytes) -> str:
    """What was squeezed."""
    return zlib.decompress(text).decode("utf-16-le", "surrogatepass")


def unseal(sealed: bytes) -> Any:
    """What was sealed. Raises DamagedError where a byte is not as it was."""
    if not is_whole(sealed):
        raise DamagedError
    how, content = sealed[CHECKSUM : CHECKSUM + 1], sealed[CHECKSUM + 1 :]
    return marshal.loads(zlib.decompress(content) if how == COMPRESSED else content)


def is_whole(sealed: bytes) -> bool:
    """Whether the bytes are those that were sealed."""
    return blake2b(sealed[CHECKSUM:], digest_size=CHECKSUM).digest() == sealed[:CHECKSUM]


def to_plain(value: Any) -> Any:
    """A frozen value as tuples, numbers and texts."""
    way = _ways(type(value))[0]  # type: ignore[arg-type]
    return value if way is None else way(value)


def from_plain(kind: Callable[..., Value], plain: Any) -> Value:
    """The value of class ``kind`` of which ``plain`` was made."""
    way = _ways(kind)[1]
    made: Value = plain if way is None else way(plain)
    return made


@cache
def _ways(kind: Any) -> tuple[Way, Way]:
    """How values of a type become plain and come back."""
    if kind is Decimal:
        return str, Decimal
    if is_dataclass(kind):
        return _of_fields(kind, tuple(field.name for field in fields(kind)))
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _of_fields(kind, kind._fields)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        (only,) = (each for each in inner if each is not types.NoneType)
        return _optional(_ways(only))
    if origin is tuple:
        return _of_each(inner[0]) if inner[1:] == (Ellipsis,) else _of_places(inner)
    return None, None


def _of_fields(kind: Any, names: tuple[str, ...]) -> tuple[Way, Way]:
    hints = get_type_hints(kind)
    there, back = _of_places(tuple(hints[name] for name in names))
    take = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    to_tuple = take if there is None else lambda value: there(take(value))
    return to_tuple, (lambda plain: kind(*plain)) if back is None else (lambda plain: kind(*back(plain)))


def _of_places(kinds: tuple[Any, ...]) -> tuple[Way, Way]:
    """Ways of a tuple that has a type for each place."""
    there = [(at, way) for at, (way, _) in enumerate(map(_ways, kinds)) if way is not None]
    back = [(at, way) for at, (_, way) in enumerate(map(_ways, kinds)) if way is not None]
    return (_at(there) if there else None), (_at(back) if back else None)


def _at(ways: list[tuple[int, Callable[[Any], Any]]]) -> Callable[[Any], Any]:
    def turned(values: Any) -> tuple[Any, ...]:
        turning = [*values]
        for at, way in ways:
            turning[at] = way(turning[at])
        return tuple(turning)

    return turned


def _of_each(kind: Any) -> tuple[Way, Way]:
    there, back = _ways(kind)
    return _each(there), _each(back)


def _each(way: Way) -> Way:
    return None if way is None else lambda values: tuple([way(value) for value in values]) if values else ()


def _optional(ways: tuple[Way, Way]) -> tuple[Way, Way]:
    there, back = ways
    return _unless_none(there), _unless_none(back)


def _unless_none(way: Way) -> Way:
    return None if way is None else lambda value: None if value is None else way(value)
