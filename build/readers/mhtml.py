"""Saved web pages (.mhtml, .mht) → Document: the page's own part is found and read as HTML."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from ..document import Document
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .html import read_page
from .html_facts import is_web_address

MAX_PARTS = 10_000
ADDRESS_HEADERS = ("Snapshot-Content-Location", "Content-Location")


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The one document that a saved page is.

    The page is the part that the ``start`` parameter names, else the first HTML part; where that is a frame set or a
    shell without words, the first other HTML part that has some. Raises ReadError: ``damaged`` where there is no HTML
    part, else as ``html.read``.
    """
    if len(data) > limits.max_bytes:
        raise ReadError("too_large", told("readers.bytes_over_limit", size=len(data), limit=limits.max_bytes))
    if data.count(b"\n--") > MAX_PARTS:
        raise ReadError("too_large", told("readers.saved_page_parts", limit=MAX_PARTS))
    message, pages = _pages(data)
    failure = ReadError("damaged", told("readers.saved_page_without_html"))
    for number, page in enumerate(pages):
        try:
            return (_read_part(message, page, limits),)
        except ReadError as error:
            failure = error if number == 0 else failure
            if error.code not in ("empty", "script_only"):
                break
    raise failure


def _read_part(message: Message, page: Message, limits: Limits) -> Document:
    body = page.get_payload(decode=True)
    data = body if isinstance(body, bytes) else b""
    addresses = _addresses(message, page)
    return read_page(data, limits, page.get_content_charset(), "mhtml", addresses, _sheets(message, page))


def _sheets(message: Message, page: Message) -> dict[str, str]:
    """The style sheets saved with the page, by the addresses under which it may name them."""
    found: dict[str, str] = {}
    base = str(page.get("Content-Location") or "").strip()
    for part in message.walk():
        body = part.get_payload(decode=True) if part.get_content_type() == "text/css" else None
        if not isinstance(body, bytes):
            continue
        text = body.decode("utf-8", "replace")
        address, name = (str(part.get(header) or "").strip() for header in ("Content-Location", "Content-ID"))
        named = (address, _relative(address, base), f"cid:{name.strip('<>')}" if name else "")
        found.update((key, text) for key in named if key)
    return found


def _relative(address: str, base: str) -> str:
    """``address`` as a page at ``base`` may name it: from the root of its site; "" if it is elsewhere."""
    site = "/".join(base.split("/")[:3])
    return address.removeprefix(site) if site and address.startswith(f"{site}/") else ""


def _pages(data: bytes) -> tuple[Message, list[Message]]:
    """The message and its HTML parts, the page itself first."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    except RecursionError as error:
        raise ReadError("too_deep", told("readers.saved_page_too_deep")) from error
    start = message.get_param("start")
    return message, sorted(parts, key=lambda part: start is None or part.get("Content-ID") != start)


def _addresses(message: Message, page: Message) -> tuple[tuple[str, str], ...]:
    stated = (str(part.get(name) or "").strip() for part in (message, page) for name in ADDRESS_HEADERS)
    return tuple(dict.fromkeys(("source_url", address) for address in stated if is_web_address(address)))
