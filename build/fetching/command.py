"""Fetch annual reports from a list of addresses into a folder that the build reads.

    .venv/bin/python -m pip install -r requirements-fetch.txt
    .venv/bin/python scripts/fetch.py ADDRESSES.csv --into reports/

In an installed package: ``pip install 'gongkai[fetch]'`` and ``gongkai fetch ADDRESSES.csv --into reports/``.

ADDRESSES.csv (or .xlsx) has a column ``url``, and any key of a ``.meta.yml`` (agency, year, published …) that is then
stated of what is fetched. ``kind`` says ``links`` where the address is a page of links to reports: they are followed,
over its numbered pages. A page that only brings an attachment leads to the attachment.

Polite: robots.txt, one request a host at a time, a delay between them, Retry-After, a name in User-Agent. A second run
asks only for what has changed; one that was interrupted goes on. The bytes are kept as they came, and the whole answer
as WARC in ``.warc/``; what is known of them stands in a .meta.yml beside each and alike in manifest.csv
(``--state-in``), to which rows are added and in which nothing else is changed. The same bytes are never kept twice, and
a page that has changed becomes a new file beside the old one. Exit 0: every address was fetched or has not changed. 1:
some were not, and the summary says why, or the manifest could not be added to. 2: wrong usage, or nothing could be
fetched.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..messages import Message, listed, spoken, told
from ..options import add_language, speak_as_asked, words_of
from ..reading.listing import ListingError
from .addresses import Address, Unusable, read_addresses
from .errands import GOOD, Errand, Result, run
from .keeping import BOTH, MANIFESTS, SIDECARS, Folder
from .visits import Manners, Visitor

ALL_FETCHED, SOME_NOT_FETCHED, NOTHING_FETCHED = 0, 1, 2
MOST_LISTED = 20
AGENT = "gongkai-fetch/1.0"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0, 1 or 2 as above."""
    speak_as_asked(arguments)
    options = _parser().parse_args(arguments)
    try:
        rows = read_addresses(options.addresses)
        folder = Folder(options.into, options.state_in)
    except ListingError as error:
        return _refuse(error.message)
    except OSError as error:
        return _refuse(told("fetching.not_writable", path=options.into, reason=error.strerror))
    if not rows:
        return _refuse(told("fetching.no_addresses", path=options.addresses))
    visitor = Visitor(_manners(options))
    try:
        results = _run(Errand(visitor, folder, options.max_pages), rows)
    except KeyboardInterrupt:
        return _refuse(told("fetching.interrupted"))
    finally:
        visitor.close()
        stated = _write_manifest(folder)
        folder.close()
    if options.summary:
        _write_summary(options.summary, results)
    return max(_summarise(results, options.into), ALL_FETCHED if stated else SOME_NOT_FETCHED)


def _write_manifest(folder: Folder) -> bool:
    """Whether what is stated of the files stands where it belongs; the next run tries again."""
    try:
        folder.write_manifest()
    except ListingError as error:
        _say(told("fetching.manifest_lacks", reason=error.message))
    except OSError as error:
        _say(told("fetching.manifest_lacks", reason=error))
    else:
        return True
    return False


def _run(errand: Errand, rows: Sequence[Address | Unusable]) -> list[Result]:
    """Fetch with a bar on a terminal; elsewhere in silence until the summary."""
    console = Console(stderr=True)
    columns = (
        TextColumn("fetch"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[now]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("fetch", total=len(rows), now="")
        done: set[int] = set()

        def step(result: Result) -> None:
            progress.update(task, advance=result.row not in done, now=result.url[:60])
            done.add(result.row)

        return run(errand, rows, step)


def _summarise(results: Sequence[Result], into: Path) -> int:
    counts = Counter(result.outcome for result in results)
    total = [f"{count:,} {outcome.replace('_', ' ')}" for outcome, count in sorted(counts.items())]
    failed = [result for result in results if result.outcome not in GOOD]
    for result in failed[:MOST_LISTED]:
        _say(told("fetching.row", row=result.row, outcome=result.outcome, url=result.url, message=result.message or ""))
    if len(failed) > MOST_LISTED:
        _say(told("fetching.more", count=len(failed) - MOST_LISTED))
    _say(told("fetching.summary", count=len(results), into=into, total=listed(total)))
    if not failed:
        return ALL_FETCHED
    return SOME_NOT_FETCHED if len(failed) < len(results) else NOTHING_FETCHED


def _write_summary(path: Path, results: Sequence[Result]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "url", "outcome", "file", "message"])
        writer.writerows(
            (each.row, each.url, each.outcome, each.file, spoken(each.message) if each.message else "")
            for each in results
        )


def _manners(options: argparse.Namespace) -> Manners:
    contact = f" (+{options.contact})" if options.contact else ""
    return Manners(
        agent=f"{AGENT}{contact}",
        delay=options.delay,
        most_bytes=options.max_bytes,
        most_seconds=options.max_seconds,
        private_hosts=options.private_hosts,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=words_of(told("fetching.program")))
    parser.add_argument(
        "addresses", metavar="ADDRESSES.csv", type=Path, help=words_of(told("fetching.option_addresses"))
    )
    parser.add_argument(
        "--into", metavar="FOLDER", type=Path, default=Path("reports"), help=words_of(told("fetching.option_into"))
    )
    parser.add_argument(
        "--state-in", choices=(BOTH, MANIFESTS, SIDECARS), default=BOTH, help=words_of(told("fetching.option_state_in"))
    )
    parser.add_argument("--contact", metavar="URL_OR_MAIL", default="", help=words_of(told("fetching.option_contact")))
    parser.add_argument(
        "--delay", metavar="SECONDS", type=_positive, default=2.0, help=words_of(told("fetching.option_delay"))
    )
    parser.add_argument(
        "--max-bytes",
        metavar="N",
        type=_count,
        default=200 * 1024 * 1024,
        help=words_of(told("fetching.option_of_answer")),
    )
    parser.add_argument(
        "--max-seconds", metavar="N", type=_positive, default=120.0, help=words_of(told("fetching.option_of_answer"))
    )
    parser.add_argument(
        "--max-pages", metavar="N", type=_count, default=50, help=words_of(told("fetching.option_max_pages"))
    )
    parser.add_argument("--summary", metavar="FILE.csv", type=Path, help=words_of(told("fetching.option_summary")))
    parser.add_argument("--private-hosts", action="store_true", help=words_of(told("fetching.option_private_hosts")))
    add_language(parser)
    return parser


def _positive(word: str) -> float:
    number = float(word)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(spoken(told("fetching.not_seconds")))
    return number


def _count(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(spoken(told("fetching.not_a_count")))
    return number


def _say(message: Message) -> None:
    sys.stderr.write(f"fetch: {spoken(message)}\n")


def _refuse(message: Message) -> int:
    _say(message)
    return NOTHING_FETCHED


if __name__ == "__main__":
    sys.exit(main())
