"""Answers that say why there is no page, in the reader's language: as a page, as JSON or as text, as was asked for."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .language import language_of
from .requests import format_of, parameters

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered, and what to do; ``facts`` stand beside the words in JSON.

    ``detail`` is what SQLite says, in its own English.
    """

    status: int
    zh: str
    en: str
    facts: tuple[tuple[str, Any], ...] = ()
    detail: str = ""

    def words(self, language: str) -> str:
        """What is said to a reader of ``language``."""
        return self.zh if language == "zh" else self.en

    def told(self, language: str) -> str:
        """The words, with the detail behind them."""
        return f"{self.words(language)} {self.detail}".strip()


PATH_TOO_LONG = Refusal(
    414,
    "网址太长了。请把条件减少一些；很长的 SQL 请分几次写。",
    "The address is too long. Use fewer conditions, or a shorter statement.",
)
TOO_MANY_PARAMETERS = Refusal(
    400, "网址里的参数太多了。请减少一些。", "The address has too many parameters. Leave some of them out."
)
NOT_UTF8 = Refusal(
    400,
    "网址不是 UTF-8 编码。请从浏览器的地址栏里重新输入，或把汉字按 UTF-8 编码。",
    "The address is not UTF-8. Type it into a browser again, or encode its characters as UTF-8.",
)
METHOD = Refusal(405, "这里只能读取，请用 GET。", "This site is for reading: use GET.")
OVERRAN = Refusal(
    400,
    "这个查询用的时间超过了限额。请缩小条件，例如限定年度或层级，或只取几栏。",
    "The query took longer than it may. Narrow it: one year, one level, fewer columns.",
)
MEMORY = Refusal(
    400,
    "这个查询要的内存超过了限额。请缩小条件，或只取几栏。",
    "The query needs more memory than it may have. Narrow it, or take fewer columns.",
)
ENDED = Refusal(
    400,
    "这个查询用的时间或内存超过了限额。请缩小条件，或只取几栏。",
    "The query took longer, or needed more memory, than it may. Narrow it, or take fewer columns.",
)
TOO_LARGE = Refusal(
    400,
    "结果太大了。请缩小条件，或分几次下载。",
    "The result is too large. Narrow the conditions, or download it in parts.",
)
UNEXPECTED = Refusal(
    500,
    "本站出了差错，不是您的请求有误。已记入日志，请稍后再试。",
    "Something went wrong on our side, not with your request. It is in our log; please try again later.",
)
UNAVAILABLE = Refusal(
    503, "现在不能回答，请稍后再试。", "This cannot be answered just now; please try again in a moment."
)

BEING_MADE = Refusal(
    503,
    "全部表的压缩包正在生成，请过一分钟再来；单张的表现在就可以下载。",
    "The archive of all tables is being made; come back in a minute. Single tables can be downloaded now.",
)


def busy(seconds: int) -> Refusal:
    """Somebody has to come back after ``seconds``."""
    return Refusal(
        429,
        f"现在有太多人在运行自己的 SQL 或下载，请过 {seconds} 秒再试。表、查询和报告页照常可用。",
        f"Too many people are running SQL of their own or downloading just now; try again in {seconds} seconds. "
        "Tables, questions and report pages work as ever.",
        (("retry_after", seconds),),
    )


async def refuse(
    datasette: Any, scope: Mapping[str, Any], send: Send, refusal: Refusal, extra: Headers | None = None
) -> None:
    """Send ``refusal`` in the format that was asked for."""
    kind, body = await written(datasette, scope, refusal)
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept-Language"),
        *(extra or []),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope.get("method") == "HEAD" else body})


async def written(datasette: Any, scope: Mapping[str, Any], refusal: Refusal) -> tuple[str, bytes]:
    """The content type and the body of ``refusal``."""
    form, language = format_of(scope), language_of(scope)
    if form == "json":
        facts = {
            "ok": False,
            "status": refusal.status,
            "error": refusal.told(language),
            "error_zh": refusal.zh,
            "error_en": refusal.en,
            **({"detail": refusal.detail} if refusal.detail else {}),
            "title": None,
            **dict(refusal.facts),
        }
        return "application/json; charset=utf-8", json.dumps(facts, ensure_ascii=False).encode()
    if form == "csv":
        return "text/plain; charset=utf-8", f"{refusal.told(language)}\n".encode()
    page = await datasette.render_template(
        "error.html",
        {
            "status": refusal.status,
            "error": refusal.words(language),
            "detail": refusal.detail,
            "title": None,
            "own_sql": next((value for name, value in parameters(scope) if name == "sql"), ""),
        },
    )
    return "text/html; charset=utf-8", page.encode()
