"""What a request asks for, told from its address alone."""

from __future__ import annotations

import contextvars
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from .long_answers import Leave

Scope = Mapping[str, Any]


@dataclass
class Whole:
    """Whether an answer is all that it could be: a statement may have had no time, and the page does without it."""

    is_cut_short: bool = False


ASKED_SQL: contextvars.ContextVar[tuple[str, ...]] = contextvars.ContextVar("asked_sql", default=())
"""The SQL that the request under way brought with it."""
IS_PLAIN: contextvars.ContextVar[bool] = contextvars.ContextVar("is_plain", default=True)
"""Whether the request under way has an address without parameters: its pages never wait for those of others."""
LEAVE: contextvars.ContextVar[Leave | None] = contextvars.ContextVar("leave", default=None)
"""What the request under way needs to have a long answer made here; None where it is none of data."""
WHOLE: contextvars.ContextVar[Whole | None] = contextvars.ContextVar("whole", default=None)
"""Where it is noted of the request under way that a statement had no time."""

SQL_NAMES = frozenset({"sql", "_where"})


def parameters(scope: Scope) -> list[tuple[str, str]]:
    """Names and values behind the question mark, in their order."""
    return parse_qsl(bytes(scope.get("query_string", b"")).decode("latin-1"), keep_blank_values=True)


def sql_in(scope: Scope) -> tuple[str, ...]:
    """The SQL that a request brings: whole statements, or conditions for a table; as Datasette passes it on."""
    if b"sql" not in (query := scope.get("query_string", b"")) and b"where" not in query and b"%" not in query:
        return ()
    words = (value.strip().rstrip(";").strip() for name, value in parameters(scope) if name in SQL_NAMES)
    return tuple(word for word in words if word)


def format_of(scope: Scope) -> str:
    """``json``, ``csv`` or ``html``: how the answer, and an error too, is to be written."""
    path = scope["path"]
    for name in ("json", "csv"):
        if path.endswith(f".{name}"):
            return name
    accepted = header(scope, b"accept")
    return "json" if accepted.startswith("application/json") else "html"


def header(scope: Scope, name: bytes) -> str:
    """The value of a request's header; empty if there is none."""
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key.lower() == name), "")


def client_of(scope: Scope) -> str:
    """Whose request this is; behind a proxy on this machine that proxy's word for it."""
    return str((scope.get("client") or ("", 0))[0])


def path_in_words(scope: Scope) -> str:
    """The path for a log, decoded."""
    return unquote(scope["path"])
