"""One polite request after another: robots.txt, one request a host at a time, a delay, ``Retry-After``, bounds."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from ..errors import ToldError
from ..messages import Message, told

ROBOTS_BYTES = 500 * 1024
"""So much of a robots.txt is read, as RFC 9309 asks at least."""
CHUNK = 64 * 1024
SEE_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
COME_BACK = frozenset({429, 503})
TRY_AGAIN = frozenset({500, 502, 504})


@dataclass(frozen=True, slots=True)
class Manners:
    """How this visitor behaves. Times in seconds."""

    agent: str
    delay: float = 2.0
    most_delay: float = 60.0
    """A host that asks for a longer wait is left for another run."""
    most_bytes: int = 200 * 1024 * 1024
    most_seconds: float = 120.0
    """From a request to the end of its answer."""
    timeout: float = 30.0
    redirects: int = 10
    retries: int = 2
    private_hosts: bool = False
    """Whether addresses of this machine and of private networks may be asked."""


class RefusedError(ToldError):
    """Nothing was fetched. ``code`` names the kind, the message says what was seen."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. ``sent``: its bytes as they came over the line; ``body``: without content encoding."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    sent: bytes
    body: bytes
    moment: datetime

    def header(self, name: str) -> str:
        """The first header of this name, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The type that the server states, without parameters, in lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(slots=True)
class _Host:
    """What is known of a host: whose turn it is, when it may be asked again, what its robots.txt allows."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    next_visit: float = 0.0
    robots: Protego | None = None


class Visitor:
    """Asks hosts for addresses. Any thread may call ``visit``; a host gets one request at a time."""

    def __init__(self, manners: Manners, wait: Callable[[float], None] = time.sleep) -> None:
        self.manners = manners
        self._wait = wait
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._guard = threading.Lock()
        self._client = httpx.Client(
            headers={"User-Agent": manners.agent, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
            timeout=manners.timeout,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def visit(self, url: str, conditions: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET of ``url``, redirects followed; 304 where ``conditions`` still hold.

        Raises RefusedError for everything else than 200 and 304.
        """
        for _ in range(self.manners.redirects + 1):
            answer = self._asked_again(url, conditions or {})
            if answer.status not in SEE_ELSEWHERE:
                return _accepted(answer)
            target = answer.header("location")
            if not target:
                raise RefusedError("redirect", told("fetching.redirect_nowhere", status=answer.status))
            url = urljoin(url, target)
            if urlsplit(url).scheme not in ("http", "https"):
                raise RefusedError("redirect", told("fetching.redirect_no_address", address=url[:200]))
        raise RefusedError("redirect", told("fetching.redirects", most=self.manners.redirects, address=url[:200]))

    def _asked_again(self, url: str, conditions: Mapping[str, str]) -> Answer:
        """Ask, and again where the server asks to come back or fails for the moment."""
        for left in range(self.manners.retries, -1, -1):
            host = self._host(url)
            with host.turn:
                self._check(url, host)
                try:
                    answer = self._asked(url, conditions, host)
                except RefusedError as refused:
                    if refused.code != "unreachable" or not left:
                        raise
                    continue
                if not left or answer.status not in COME_BACK | TRY_AGAIN:
                    return answer
                host.next_visit = max(host.next_visit, time.monotonic() + self._pause(answer))
        raise AssertionError("the last try returns or raises")

    def _pause(self, answer: Answer) -> float:
        """Seconds that the server asks to wait. Raises RefusedError where that is longer than a run waits."""
        asked = answer.header("retry-after")
        seconds = self.manners.delay
        if asked.isdecimal():
            seconds = float(asked)
        elif asked:
            try:
                seconds = (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds()
            except (ValueError, TypeError):
                seconds = self.manners.delay
        if seconds > self.manners.most_delay:
            raise RefusedError("come_back_later", told("fetching.asks_to_wait", seconds=seconds, status=answer.status))
        return max(seconds, self.manners.delay)

    def _host(self, url: str) -> _Host:
        with self._guard:
            return self._hosts[urlsplit(url).netloc.lower()]

    def _check(self, url: str, host: _Host) -> None:
        """Raises RefusedError where ``url`` lies in a private network or its host's robots.txt forbids it."""
        if not self.manners.private_hosts:
            _check_public(urlsplit(url).hostname or "")
        if host.robots is None:
            host.robots = self._robots(url, host)
        if not host.robots.can_fetch(url, self.manners.agent):
            raise RefusedError("robots", told("fetching.robots"))

    def _robots(self, url: str, host: _Host) -> Protego:
        """What the host allows: everything where it has no robots.txt, nothing where it cannot say (RFC 9309)."""
        address = urljoin(url, "/robots.txt")
        for _ in range(5):
            answer = self._asked(address, {}, host, most=ROBOTS_BYTES)
            if answer.status not in SEE_ELSEWHERE or not answer.header("location"):
                break
            address = urljoin(address, answer.header("location"))
        if answer.status >= 500 or answer.status in COME_BACK:
            raise RefusedError("robots", told("fetching.robots_unknown", status=answer.status))
        return Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == 200 else "")

    def _asked(self, url: str, conditions: Mapping[str, str], host: _Host, most: int | None = None) -> Answer:
        """One request, once the host may be asked again. ``most``: read so many bytes and leave the rest."""
        self._wait(max(0.0, host.next_visit - time.monotonic()))
        try:
            with _as_refusals(), self._client.stream("GET", url, headers=dict(conditions)) as response:
                sent = self._read(response, most)
        finally:
            host.next_visit = time.monotonic() + self._delay(host)
        headers = tuple(response.headers.multi_items())
        body = _decoded(response, sent, most or self.manners.most_bytes)
        return Answer(url, response.status_code, response.reason_phrase, headers, sent, body, datetime.now(UTC))

    def _delay(self, host: _Host) -> float:
        asked = host.robots.crawl_delay(self.manners.agent) if host.robots is not None else None
        return min(max(self.manners.delay, asked or 0.0), self.manners.most_delay)

    def _read(self, response: httpx.Response, most: int | None) -> bytes:
        """The bytes of the answer as they come. Raises RefusedError past the bounds on bytes and seconds."""
        bound, end = most or self.manners.most_bytes, time.monotonic() + self.manners.most_seconds
        stated = response.headers.get("content-length", "")
        if most is None and stated.isdecimal() and int(stated) > bound:
            raise RefusedError("too_large", told("fetching.stated_too_large", size=int(stated), bound=bound))
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > bound:
                if most is not None:
                    break
                raise RefusedError("too_large", told("fetching.too_large", bound=bound))
            if time.monotonic() > end:
                raise RefusedError("too_slow", told("fetching.too_slow", seconds=self.manners.most_seconds))
        return b"".join(parts)


def _accepted(answer: Answer) -> Answer:
    if answer.status in (200, 304):
        return answer
    if answer.status in COME_BACK:
        raise RefusedError("come_back_later", told("fetching.again_and_again", status=answer.status))
    raise RefusedError(
        f"status_{answer.status}", told("fetching.status", status=f"{answer.status} {answer.reason}".strip())
    )


@contextmanager
def _as_refusals() -> Iterator[None]:
    """Errors of the line as RefusedError."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise RefusedError("too_slow", told("fetching.no_answer")) from error
    except httpx.ConnectError as error:
        if isinstance(error.__context__, ssl.SSLError) or "CERTIFICATE" in str(error).upper():
            raise RefusedError("certificate", told("fetching.certificate", error=error)) from error
        raise RefusedError("unreachable", told("fetching.no_connection", error=error)) from error
    except httpx.InvalidURL as error:
        raise RefusedError("redirect", told("fetching.redirect_invalid", error=error)) from error
    except (httpx.HTTPError, UnicodeError) as error:
        raise RefusedError(
            "unreachable", told("fetching.other_error", kind=type(error).__name__, error=error)
        ) from error


def _decoded(response: httpx.Response, sent: bytes, bound: int) -> bytes:
    """``sent`` without its content encoding. Raises RefusedError where it is damaged or unpacks to more than
    ``bound``.
    """
    again = httpx.Response(200, headers=response.headers, stream=_Parts(sent))
    parts: list[bytes] = []
    size = 0
    try:
        for part in again.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > bound:
                raise RefusedError("too_large", told("fetching.unpacks_too_large", bound=bound))
    except httpx.DecodingError as error:
        raise RefusedError("damaged", told("fetching.cannot_be_unpacked", error=error)) from error
    return b"".join(parts)


class _Parts(httpx.SyncByteStream):
    """Bytes a piece at a time, so that a bound on what they unpack to is met early."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._data), CHUNK):
            yield self._data[start : start + CHUNK]


def _check_public(host: str) -> None:
    """Raises RefusedError where ``host`` is, or resolves to, an address that is not of the public internet."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise RefusedError("unreachable", told("fetching.host_unknown", host=host[:200], error=error)) from error
    for address in found:
        if not ipaddress.ip_address(str(address).partition("%")[0]).is_global:
            raise RefusedError("private_host", told("fetching.host_private", host=host[:200], address=address))
