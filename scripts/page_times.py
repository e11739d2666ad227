"""How long pages and data of the site take, beside plain Datasette on the same database: for scripts/bench.py --serve.

Every table and view, canned query (with its defaults and with typical parameters; as page, JSON and the chart's data),
a facet, a search, a report: each asked for a few times, one client, one address after another; the first answer warms
and does not count. Plain Datasette has no plugins, templates or settings of ours and answers what it knows.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote, urlencode

import yaml

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
NAME = "gongkai"
START_SECONDS, ANSWER_SECONDS = 120, 60
TIMES = 3
WANTED_MS = 100.0
OK = 200

TYPICAL = (
    "requests_received?level=county&province={province}",
    "requests_received?level=county&year={year}",
    "disclosure_rates?level=prefecture&province={province}",
    "reconsideration_outcomes?level=county&province={province}",
    "lawsuit_outcomes?level=county&province={province}",
    "request_outcomes?year=all",
    "withholding_grounds?year=all",
    "unavailable_and_not_processed?year=all",
    "who_asks?year=all",
    "hotline_figures?year={year}&channel=hotline_12345",
    "hotline_volume?agency={agency}",
    "authority_over_years?agency={agency}",
    "change_from_year_to_year?agency={agency}",
    "biggest_changes?level=county",
    "demand_on_a_balanced_panel?level=county",
    "requests_per_10000_residents?level=county&year={year}",
    "reports_of_a_province?province={province}&year={year}",
    "coverage_by_province?year=all&level=county",
    "who_is_missing?province={province}&year={year}",
    "compare_authorities?a={agency}",
    "place_history?place={adcode}",
    "find_authority?q={agency}",
    "relations_that_do_not_add_up?year={year}",
    "checks_by_rule?year={year}",
    "same_as_last_year?year={year}&level=county",
    "section_three_as_printed?report={report}",
    "search_text?q={word}",
    "search_text?q={word}&year={year}&province={province}",
    "search_text?q={rare}",
    "search_counts?q={rare}",
)
"""Questions as they are asked, with what a report of the database is put in for."""
WORD, RARE = "热线", "零工"
"""A word of two characters that most reports have, and one that few or none have."""
FACETS = ("applications_full", "checks_full", "report_summary")
KINDS = (
    *(("page", f"/{NAME}/{{0}}"), ("json", f"/{NAME}/{{0}}.json"), ("data", f"/{NAME}/{{0}}.json?_shape=objects")),
    ("chart", "/-/charts/{0}"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address costs: status, milliseconds (the median), bytes."""

    status: int
    milliseconds: float
    size: int


def addresses(database: Path) -> Iterator[str]:
    """The addresses that are measured."""
    content = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    held = content["described"][NAME]
    told = known_of(database)
    report = f"/{NAME}/reports/{told['report']}"
    yield from ("/", f"/{NAME}", report, f"/{NAME}/agencies/{told['agency_id']}", f"/{NAME}/divisions/{told['adcode']}")
    yield f"/find?{urlencode({'q': WORD})}"
    for table in held["tables"]:
        yield f"/{NAME}/{table}"
    for table in FACETS:
        yield f"/{NAME}/{table}?_facet=year"
    yield f"/{NAME}/sections?{urlencode({'_search': WORD})}"
    for name, about in held["queries"].items():
        kinds = KINDS if about.get("chart") else KINDS[:2]
        yield from (form.format(name) for _, form in kinds)
    for asked in TYPICAL:
        name, _, given = asked.partition("?")
        filled = given.format(**{key: quote(str(value)) for key, value in told.items()})
        yield from (f"/{NAME}/{name}?{filled}", f"/{NAME}/{name}.json?{filled}")


def known_of(database: Path) -> Mapping[str, Any]:
    """A report of the latest year and what is known of it, to ask for; and the words to search for."""
    columns = ("report", "agency_id", "agency", "adcode", "province", "year")
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        row = connection.execute(
            f"SELECT {', '.join(columns)} FROM report_summary WHERE level = 'county' AND adcode IS NOT NULL "
            "ORDER BY year DESC, report LIMIT 1"
        ).fetchone()
    return {**dict(zip(columns, row or ("",) * len(columns), strict=True)), "word": WORD, "rare": RARE}


@contextlib.contextmanager
def server(command: Sequence[str]) -> Iterator[int]:
    """A server of our own, at the port that ends ``command``. Raises RuntimeError if it does not start."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port = int(listener.getsockname()[1])
    process = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        _wait(port, process, command)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], command: Sequence[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection((HOST, port)).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {shlex.join(command)}")


def ours(database: Path) -> list[str]:
    """The command of the site."""
    return [sys.executable, str(ROOT / "scripts" / "serve.py"), str(database.absolute()), "--port"]


def plain(database: Path) -> list[str]:
    """The command of Datasette without anything of ours but metadata.yml."""
    datasette = str(Path(sys.executable).with_name("datasette"))
    return [datasette, "serve", "-i", str(database.absolute()), "-m", str(ROOT / "metadata.yml"), "-p"]


def ask(port: int, path: str) -> Answer:
    """One address, TIMES times after one that warms."""
    answers = [_once(port, path) for _ in range(TIMES + 1)][1:]
    return Answer(answers[-1].status, median(each.milliseconds for each in answers), answers[-1].size)


def _once(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    began = time.perf_counter()
    try:
        connection.request("GET", path, headers={"Accept-Language": "en"})
        response = connection.getresponse()
        size = len(response.read())
        return Answer(response.status, 1000 * (time.perf_counter() - began), size)
    except (OSError, http.client.HTTPException):
        return Answer(0, 1000 * (time.perf_counter() - began), 0)
    finally:
        connection.close()


def line(path: str, site: Answer, other: Answer | None) -> str:
    """A row of the table: milliseconds of the site and of plain Datasette, the ratio of the two, KiB, status."""
    slow = " !" if site.milliseconds > WANTED_MS else "  "
    beside = f"{'-':>9}{'-':>7}"
    if other is not None and other.status == OK:
        beside = f"{other.milliseconds:>9.0f}{site.milliseconds / other.milliseconds:>7.2f}"
    return f"{site.milliseconds:>8.0f}{slow}{beside}{site.size / 1024:>9.0f}{site.status:>5}  {path}"


HEADER = f"{'ms':>8}  {'plain ms':>9}{'ratio':>7}{'KiB':>9}{'':>5}  address"


def compare_serving(database: Path) -> None:
    """Print what every address costs here and in plain Datasette, and how many take longer than is wanted."""
    if database.stem != NAME:
        sys.exit(f"{database}: call it {NAME}.db, the name that all addresses of the site begin with")
    os.environ.pop("GONGKAI_APART", None)
    paths = list(addresses(database))
    print(HEADER)
    found = []
    with server(ours(database)) as site, server(plain(database)) as other:
        for path in paths:
            found.append((ask(site, path), ask(other, path)))
            print(line(path, *found[-1]), flush=True)
    slow = sum(answer.milliseconds > WANTED_MS for answer, _ in found)
    both = [(here, there) for here, there in found if here.status == there.status == OK]
    ratio = median(here.milliseconds / there.milliseconds for here, there in both) if both else float("nan")
    print(f"{len(found)} addresses, {slow} over {WANTED_MS:.0f} ms; median ratio to plain Datasette {ratio:.2f}")
