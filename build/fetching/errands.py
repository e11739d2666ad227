"""The whole way of an address: asked, understood, followed where it only leads on, kept, remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from ..messages import Message, told
from .addresses import LINKS, Address, Unusable
from .keeping import Folder, Memory, today
from .pages import Page, read_page
from .visits import Answer, RefusedError, Visitor

NEW, CHANGED, UNCHANGED, SAME, LED_ON = "new", "changed", "unchanged", "same_bytes", "led_on"
GOOD = (NEW, CHANGED, UNCHANGED, SAME, LED_ON)
"""Outcomes of an address that was fetched; every other one is a reason why it was not."""
HOSTS_AT_ONCE = 8


SHELLS = {"cookies": "fetching.cookie_wall", "javascript": "fetching.script_page"}
"""Pages in which nothing can be read."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an address. ``row``: its row in the list; ``file``: below the folder, "" if none was kept."""

    url: str
    row: int
    outcome: str
    file: str = ""
    message: Message | None = None


@dataclass(slots=True)
class Errand:
    """Everything that a run shares."""

    visitor: Visitor
    folder: Folder
    most_pages: int = 50
    """Pages of one list that are followed."""
    seen: set[str] = field(default_factory=set)
    """Addresses of this run, so that two lists with the same link cause one request."""


def run(errand: Errand, rows: Sequence[Address | Unusable], step: Callable[[Result], None]) -> list[Result]:
    """Fetch every row, hosts side by side and the rows of a host one after another; results in the list's order."""
    results = [Result(row.url, row.row, "bad_address", "", row.why) for row in rows if isinstance(row, Unusable)]
    for result in results:
        step(result)
    by_host: dict[str, list[Address]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Address):
            by_host[row.host].append(row)
    errand.seen.update(row.url for row in rows if isinstance(row, Address))
    pool = ThreadPoolExecutor(HOSTS_AT_ONCE, "host")
    try:
        for done in as_completed([pool.submit(_host, errand, addresses, step) for addresses in by_host.values()]):
            results.extend(done.result())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    errand.folder.end_run()
    return sorted(results, key=lambda result: result.row)


def _host(errand: Errand, addresses: Iterable[Address], step: Callable[[Result], None]) -> list[Result]:
    found: list[Result] = []
    for address in addresses:
        for result in _one(errand, address):
            found.append(result)
            step(result)
    return found


def _one(errand: Errand, address: Address) -> Iterator[Result]:
    """The results of an address: its own, and those of the addresses that it leads to."""
    memory = errand.folder.remembered(address.url)
    if errand.folder.resumed and memory is not None and memory.run == errand.folder.run:
        yield Result(address.url, address.row, UNCHANGED, memory.file or "", told("fetching.fetched_before"))
        yield from _followed(errand, address, errand.folder.attachments(address.url))
        return
    try:
        answer = errand.visitor.visit(address.url, memory.conditions if memory is not None else None)
        yield from _understood(errand, address, answer, memory)
    except RefusedError as refused:
        yield Result(address.url, address.row, refused.code, "", refused.message)
    except OSError as error:
        yield Result(address.url, address.row, "not_kept", "", told("fetching.not_kept", error=error))


def _understood(errand: Errand, address: Address, answer: Answer, memory: Memory | None) -> Iterator[Result]:
    if answer.status == 304 and memory is not None:
        errand.folder.still_as_it_was(address.url)
        yield Result(address.url, address.row, UNCHANGED, memory.file or "")
        yield from _followed(errand, address, errand.folder.attachments(address.url))
        return
    if not answer.body.strip():
        yield Result(address.url, address.row, "empty", "", told("fetching.no_bytes"))
        return
    page = _page_of(answer)
    if page is not None and page.shell:
        yield Result(address.url, address.row, f"{page.shell}_only", "", told(SHELLS[page.shell]))
    elif page is not None and (address.kind == LINKS or page.is_list):
        yield from _list(errand, address, answer, page)
    elif page is not None and page.is_cover:
        targets = tuple(target for target, _ in page.documents)
        errand.folder.remember(address.url, answer, None, targets)
        yield Result(address.url, address.row, LED_ON, "", told("fetching.cover", count=len(targets)))
        yield from _followed(errand, address, targets, {"published": page.published or ""})
    else:
        yield _kept(errand, address, answer, memory, page)


def _page_of(answer: Answer) -> Page | None:
    """The answer as a web page, None if it is another kind of document."""
    looks = answer.body[:1024].lstrip().lower()
    is_page = answer.media_type in ("text/html", "application/xhtml+xml") or looks.startswith(
        (b"<!doctype html", b"<html")
    )
    if not is_page or looks.startswith((b"%pdf", b"pk\x03\x04")):
        return None
    charset = answer.header("content-type").lower().partition("charset=")[2].strip(" \"';")
    return read_page(answer.url, answer.body, charset)


def _kept(errand: Errand, address: Address, answer: Answer, memory: Memory | None, page: Page | None) -> Result:
    folder = errand.folder
    already = folder.holding(answer)
    if already is not None:
        folder.remember(address.url, answer, already)
        mine = memory is not None and memory.file == already
        return Result(address.url, address.row, UNCHANGED if mine else SAME, already)
    told = {"published": page.published} if page is not None and page.published else {}
    stated = {"source_url": answer.url, "retrieved": today(answer.moment), **told, **(address.stated or {})}
    before = memory.file if memory is not None else None
    name = folder.keep(answer, stated, before)
    folder.remember(address.url, answer, name)
    return Result(address.url, address.row, CHANGED if before else NEW, name)


def _followed(
    errand: Errand, address: Address, targets: Iterable[str], told: Mapping[str, str] | None = None
) -> Iterator[Result]:
    """The results of addresses that a page leads to; what the list states of the page holds for them."""
    stated = {key: value for key, value in {**(told or {}), **(address.stated or {})}.items() if value}
    stated.pop("source_url", None)
    for target in targets:
        if target not in errand.seen:
            errand.seen.add(target)
            yield from _one(errand, Address(target, address.row, stated=stated))


def _list(errand: Errand, address: Address, answer: Answer, page: Page) -> Iterator[Result]:
    """The reports that a list links to, over its numbered pages."""
    pages, targets, asked = 1, [target for target, _ in page.reports], {address.url, answer.url}
    trouble: Message | None = None
    while page.next_page is not None and page.next_page not in asked:
        if pages == errand.most_pages:
            trouble = told("fetching.more_pages", pages=pages)
            break
        asked.add(page.next_page)
        try:
            following = _page_of(errand.visitor.visit(page.next_page))
        except RefusedError as refused:
            trouble = told("fetching.page_not_fetched", page=pages + 1, reason=refused.message)
            break
        if following is None:
            break
        page, pages = following, pages + 1
        targets.extend(target for target, _ in page.reports)
    unique = tuple(dict.fromkeys(targets))
    outcome = LED_ON if unique and not trouble else "list_not_whole" if unique else "no_links"
    errand.folder.remember(address.url, answer, None)
    message = told("fetching.list", count=len(unique), pages=pages, trouble=trouble or "")
    yield Result(address.url, address.row, outcome, "", message)
    yield from _followed(errand, address, unique)
