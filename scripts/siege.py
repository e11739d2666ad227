"""Besiege the site: python scripts/siege.py gongkai.db --minutes 10 --clients 64.

Starts a server of its own on the loopback, sends it readers, crawlers, heavy SQL, memory bombs, downloads and slow
sockets for a bounded time, and prints what came of it: answers, p50/p95/p99, statuses, the most memory. Exit code 1
where an answer was a 5xx that the server did not choose (503 is chosen), or memory went past its bound.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

ROOT = Path(__file__).resolve().parent.parent
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HOST = "127.0.0.1"
START_SECONDS = 60
ANSWER_SECONDS = 180
MOST_MINUTES, MOST_CLIENTS = 60.0, 1000
CHOSEN = frozenset({503})
SEED = 60

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
HEAVY_SQL = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    NUMBERS + "SELECT a.i, b.i FROM n a, n b WHERE a.i * b.i = 7",
    NUMBERS + "SELECT i, label FROM n, reports LIMIT 10000",
    "SELECT instr(hex(zeroblob(4000000)), hex(zeroblob(1999999)) || '1')",
)
BOMBS = (
    NUMBERS + "SELECT zeroblob(100000) FROM n",
    "SELECT randomblob(1000000000)",
    "SELECT zeroblob(8000000)",
    NUMBERS + "SELECT hex(zeroblob(4000000)) FROM n",
    NUMBERS + "SELECT group_concat(hex(randomblob(10000))) FROM n",
    NUMBERS + "SELECT a.i, b.i FROM n a, n b ORDER BY random()",
)
PAGES = ("/", "/gongkai", "/gongkai/applications", "/gongkai/report_summary", "/gongkai/request_outcomes",
         "/gongkai/checks_full", "/-/dashboards/overview", "/static/gongkai.css", "/-/health")  # fmt: skip
TABLES = ("applications", "disclosures", "reviews", "hotline", "checks", "sections", "statements", "reports")
NAMES = ("_sort", "_facet", "_next", "_size", "_where", "_search", "_fts_table", "_col", "_shape", "item", "total__gt")
WORDS = ("nonsense", "", "-1", "max", "item", "%00", "%FF", "1 or 1", "'", "公开", "x" * 500, "$null", "1,2,3")
MIX = ("reader", "reader", "reader", "crawler", "crawler", "sql", "bomb", "download", "slow")
"""What the clients do, in turn."""


@dataclass
class Tally:
    """What was seen: seconds of each kind of client's answers, and how often each status came."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    memory: int = 0

    def failures(self) -> int:
        """Answers that are a failure of the server, cut ones included."""
        counts = sum(self.statuses.values(), Counter[int]())
        return sum(count for status, count in counts.items() if status >= 500 and status not in CHOSEN)


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def memory_of(process: int) -> int:
    """Bytes that a process and all its descendants have in memory; what they share is counted once."""
    parents = dict(_parents())
    family = {process}
    while added := {child for child, parent in parents.items() if parent in family} - family:
        family |= added
    return sum(_proportional(each) for each in family)


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            yield int(folder.name), int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])


def _proportional(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


async def get(port: int, path: str, client: int) -> int:
    """The status of a GET, its answer read to the end; 599 where the server hung up without one."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-For: 10.9.0.{client % 250}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        head = await reader.readline()
        while await reader.read(1 << 16):
            pass
        return int(head.split()[1]) if head else 599
    finally:
        writer.close()


async def sit(port: int, chance: random.Random) -> None:
    """A slow socket: half a request, or a long answer that is not taken, then a long silence."""
    _, writer = await asyncio.open_connection(HOST, port)
    try:
        whole = chance.random() < 0.5
        path = "/gongkai/applications_full.csv?_stream=on"
        ending = "\r\n" if whole else "X-Slow: "
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{ending}".encode())
        await asyncio.sleep(chance.uniform(2, 30))
    finally:
        writer.close()


def address(kind: str, reports: list[str], chance: random.Random) -> str:
    """What a client of this kind asks for next."""
    if kind == "sql":
        return f"/gongkai{chance.choice(('.json', '', '.csv'))}?sql={quote(chance.choice(HEAVY_SQL))}"
    if kind == "bomb":
        return f"/gongkai{chance.choice(('.json', '.csv'))}?sql={quote(chance.choice(BOMBS))}"
    if kind == "download":
        return f"/gongkai/{chance.choice(TABLES)}_full.csv?_stream=on&_excel=on"
    if kind == "crawler":
        value = chance.choice(WORDS)
        value = value if value.startswith("%") else quote(value)
        ending = chance.choice(("", ".json", ".csv"))
        return f"/gongkai/{chance.choice(TABLES)}{ending}?{chance.choice(NAMES)}={value}"
    return chance.choice((*PAGES, *(f"/gongkai/reports/{report}" for report in reports[:5])))


async def client(number: int, kind: str, port: int, reports: list[str], until: float, tally: Tally) -> None:
    """One of those who besiege, until the time is over."""
    chance = random.Random(SEED + number)
    while time.monotonic() < until:
        if kind == "slow":
            with contextlib.suppress(OSError, TimeoutError):
                await asyncio.wait_for(sit(port, chance), until - time.monotonic())
            continue
        began = time.monotonic()
        try:
            status = await asyncio.wait_for(get(port, address(kind, reports, chance), number), ANSWER_SECONDS)
        except (OSError, TimeoutError):
            status = 599
        tally.seconds[kind].append(time.monotonic() - began)
        tally.statuses[kind][status] += 1
        await asyncio.sleep(chance.uniform(0, 0.2))


async def watch(process: int, tally: Tally) -> None:
    """Keep the most memory that was seen."""
    while True:
        tally.memory = max(tally.memory, await asyncio.to_thread(memory_of, process))
        await asyncio.sleep(0.5)


async def besiege(port: int, process: int, reports: list[str], clients: int, seconds: float) -> Tally:
    """What was seen in ``seconds`` by ``clients`` of the MIX."""
    tally, until = Tally(), time.monotonic() + seconds
    watcher = asyncio.create_task(watch(process, tally))
    await asyncio.gather(
        *(client(number, MIX[number % len(MIX)], port, reports, until, tally) for number in range(clients))
    )
    watcher.cancel()
    return tally


@contextlib.contextmanager
def served(database: Path) -> Iterator[tuple[int, int]]:
    """A server of our own over ``database``: its port and process. Raises RuntimeError if it does not start."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port = int(listener.getsockname()[1])
    command = [sys.executable, str(ROOT / "scripts" / "serve.py"), str(database), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield port, process.pid
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def reports_in(database: Path) -> list[str]:
    """Ids of a few reports."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [identifier for (identifier,) in connection.execute("SELECT id FROM reports ORDER BY id LIMIT 5")]


def most_memory() -> int:
    """The bound that metadata.yml states, in bytes."""
    content = yaml.load((ROOT / "metadata.yml").read_text(encoding="utf-8"), LOADER)
    return int(content["plugins"]["web-server"]["memory_mebibytes"]) * 1024 * 1024


def lines_of(tally: Tally) -> Iterator[str]:
    """The result for a person."""
    yield f"{'kind':10}{'answers':>9}{'p50':>9}{'p95':>9}{'p99':>9}  statuses"
    for kind, seconds in sorted(tally.seconds.items()):
        shown = "".join(f"{percentile(seconds, share):8.2f}s" for share in (0.5, 0.95, 0.99))
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(tally.statuses[kind].items()))
        yield f"{kind:10}{len(seconds):9}{shown}  {statuses}"
    yield f"5xx that were not chosen: {tally.failures()}; most memory: {tally.memory / 2**20:.0f} MiB"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Besiege a server of our own on the loopback, for a bounded time.")
    parser.add_argument("database", type=Path, help="the SQLite file, gongkai.db")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=64)
    return parser.parse_args()


def main() -> int:
    """Besiege, print, and say by the exit code whether the server held."""
    arguments = _arguments()
    if not 0 < arguments.minutes <= MOST_MINUTES or not 0 < arguments.clients <= MOST_CLIENTS:
        sys.exit(f"siege: up to {MOST_MINUTES:g} minutes and {MOST_CLIENTS} clients")
    reports = reports_in(arguments.database)
    with served(arguments.database) as (port, process):
        tally = asyncio.run(besiege(port, process, reports, arguments.clients, arguments.minutes * 60))
    print("\n".join(lines_of(tally)))
    return 1 if tally.failures() or tally.memory > most_memory() else 0


if __name__ == "__main__":
    sys.exit(main())
