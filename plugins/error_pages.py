"""Errors in place of Datasette's own: who asked wrongly is told what to do in Chinese and English, with a status that
says so; what nobody foresaw is a line of the log. No trace, no path of the machine and no SQL of ours goes out."""

from __future__ import annotations

import re
import sqlite3
import sys
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.utils import InvalidSql
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

if str(Path(__file__).parent) not in sys.path:
    sys.path.append(str(Path(__file__).parent))

from gongkai_site.answers import MEMORY, OVERRAN, UNAVAILABLE, UNEXPECTED, Refusal, written
from gongkai_site.bounded_database import TooLongHereError
from gongkai_site.dispatch import TO_BE_APART
from gongkai_site.error_words import known, of_sql
from gongkai_site.log import defect
from gongkai_site.requests import sql_in

hookimpl = HookimplMarker("datasette")

PARAMETER = Refusal(
    400,
    "网址里有写得不对的地方（参数的名或值）。请从表或查询的页面重新开始。",
    "Something in the address is not as it should be, a parameter's name or value. Begin again at the table or query.",
)
NO_SUCH_ROW = Refusal(404, "没有这一行：网址可能不全。", "There is no such row: the address may be cut.")
FORBIDDEN = Refusal(403, "这里不公开。", "This is not public.")

ASKED_WRONGLY = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AssertionError, RecursionError),
    *(re.error, sqlite3.Error),
)
"""What Datasette lets a wrong parameter raise where it does not look at it first."""
SPEAKING = (DatasetteError, Base400, sqlite3.Error, InvalidSql)
"""Exceptions whose words are about the request."""


def refusal_for(exception: BaseException, request: Request) -> Refusal:
    """What is said about ``exception``."""
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == "SQL Interrupted":
        return OVERRAN
    if isinstance(exception, MemoryError):
        return MEMORY
    if isinstance(exception, SPEAKING):
        return _for_words(exception, request) or _for_defect(exception, request)
    return _for_defect(exception, request)


def _for_words(exception: BaseException, request: Request) -> Refusal | None:
    """What is said where Datasette or SQLite has said what is wrong; None if its words are not for a reader."""
    message = str(exception.message if isinstance(exception, DatasetteError) else exception)
    if sql_in(request.scope) and not isinstance(exception, Base400):
        return of_sql(message)
    status = getattr(exception, "status", UNEXPECTED.status)
    plain = Refusal(status, PARAMETER.zh, PARAMETER.en) if status < UNEXPECTED.status else None
    return known(message) or plain


def _for_defect(exception: BaseException, request: Request) -> Refusal:
    """An exception that nobody foresaw: the reader's parameters are to blame where Datasette stumbled over them."""
    frames = traceback.extract_tb(exception.__traceback__)
    in_datasette = any("datasette" in Path(frame.filename).parts for frame in frames[-4:])
    is_asked = bool(request.query_string) or "pks" in request.url_vars
    if not (is_asked and isinstance(exception, ASKED_WRONGLY)):
        defect(exception, request.path)
        return UNEXPECTED
    if not in_datasette and not isinstance(exception, sqlite3.Error):
        defect(exception, request.path)
    return PARAMETER if request.query_string else NO_SUCH_ROW


async def _response(datasette: Datasette, request: Request, refusal: Refusal) -> Response:
    kind, body = await written(datasette, request.scope, refusal)
    return Response(body.decode(), status=refusal.status, content_type=kind)


@hookimpl
def startup() -> None:
    """Take Datasette's own handler out: it prints every error with all its variables, and answers with its words."""
    if pm.has_plugin("datasette.handle_exception"):
        pm.unregister(name="datasette.handle_exception")


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: BaseException
) -> Callable[[], Coroutine[Any, Any, Response]]:
    """The page, JSON or text that says what is wrong."""

    async def answer() -> Response:
        if isinstance(exception, TooLongHereError):
            return Response("", status=UNAVAILABLE.status, headers={TO_BE_APART: "1"})
        return await _response(datasette, request, refusal_for(exception, request))

    return answer


@hookimpl(tryfirst=True)
def forbidden(datasette: Datasette, request: Request) -> Callable[[], Coroutine[Any, Any, Response]]:
    """What only its keeper may see."""

    async def answer() -> Response:
        return await _response(datasette, request, FORBIDDEN)

    return answer
