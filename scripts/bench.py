"""How fast reports become a database: writes generated text reports, builds them cold and again, prints a table.

    .venv/bin/python scripts/bench.py [--reports N] [--stage]

A row a run: reports, seconds, reports a second, milliseconds a report, peak memory. ``--stage`` times reading alone,
in this process, and sets the rest of the build against it.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build import forms  # noqa: E402
from build.limits import Limits  # noqa: E402
from build.read import read  # noqa: E402
from tests.render import LAYOUTS, Figures, Options, Printed  # noqa: E402
from tests.render.figures import application_items, disclosure_cells, result_items, with_totals  # noqa: E402

CHARACTERS = 10_000
"""About what a whole report holds."""

SEED = 2019
FILLER = (
    "各单位把公开要求写进年度计划,由专人核对栏目,按季自查。",
    "办公室每月汇总发布情况,发现栏目空缺随即补齐。",
    "新发文件附有图解和问答,办事窗口备有纸质汇编。",
    "年内举办培训3期,到场210人次,另有在线课程可供回看。",
    "门户网站改版后,检索入口移到首页,老年读者可用大字版。",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run: what was run, over how many reports, wall time in seconds, peak memory in MiB if measured."""

    name: str
    reports: int
    seconds: float
    peak_mib: float | None

    def line(self) -> str:
        """The run as a row of the table."""
        peak = "-" if self.peak_mib is None else f"{self.peak_mib:.0f}"
        rate, each = self.reports / self.seconds, 1000 * self.seconds / self.reports
        return f"{self.name:<12}{self.reports:>9}{self.seconds:>10.2f}{rate:>12.0f}{each:>12.2f}{peak:>12}"


HEADER = f"{'run':<12}{'reports':>9}{'seconds':>10}{'reports/s':>12}{'ms/report':>12}{'peak MiB':>12}"


def random_figures(number: int, form: str, chance: random.Random) -> Figures:
    """Figures that add up, of agency ``number``."""

    def row() -> dict[str, int]:
        return {column.code: chance.choice((0, 0, 0, 1, 4, 37)) for column in forms.APPLICANTS}

    rows = with_totals({item: row() for item in result_items(form)}, row(), row())
    outcomes = [column.code for column in forms.REVIEW_OUTCOMES]
    reviews = {
        channel.code: {**(counts := {name: chance.randrange(9) for name in outcomes}), "total": sum(counts.values())}
        for channel in forms.REVIEW_CHANNELS
    }
    return Figures(
        agency=f"第{number}区人民政府",
        year=2020 if form == forms.FORM_2019 else 2022,
        form=form,
        applications={item: {**rows[item]} for item in application_items(form)},
        disclosures={
            place: Printed(f"{chance.randrange(9000)}万元" if place[1] == "amount" else str(chance.randrange(9000)))
            for place in disclosure_cells(form)
        },
        reviews={channel: {**cells} for channel, cells in reviews.items()},
    )


def overview(chance: random.Random) -> str:
    """Prose of section 一, with a sentence about the hotline in the middle."""
    received = chance.randrange(1_000, 90_000)
    hotline = f"全年12345热线受理工单{received}件,办结{received - 7}件,办结率99.9%。"
    sentences = chance.choices(FILLER, k=CHARACTERS // len(FILLER[0]) // 2)
    return "".join((*sentences, "\n\n", hotline, "\n\n", *sentences))


def write_reports(folder: Path, count: int) -> None:
    """``count`` reports in every layout, both forms in turn, blanks dropped where the layout does so."""
    chance = random.Random(SEED)
    kinds = list(product(LAYOUTS.items(), (forms.FORM_2019, forms.FORM_2021)))
    for number in range(count):
        (_name, layout), form = kinds[number % len(kinds)]
        text = layout(random_figures(number, form, chance), Options(overview=overview(chance)))
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def build(name: str, folder: Path, database: Path, reports: int) -> Run:
    """One run of ``python -m build`` over the folder; the peak is that of the largest child so far."""
    command = [sys.executable, "-m", "build", str(folder), "--output", str(database)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"python -m build ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return Run(name, reports, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def reading(folder: Path, reports: int) -> Run:
    """Reading and parsing alone, one report after another in this process."""
    paths = sorted(folder.iterdir())
    start = time.perf_counter()
    for path in paths:
        read(path, path.name, Limits())
    return Run("read", reports, time.perf_counter() - start, None)


def runs(count: int, *, stage: bool) -> Iterable[Run]:
    """The runs asked for, one by one."""
    with tempfile.TemporaryDirectory() as name:
        folder, database = Path(name) / "reports", Path(name) / "bench.db"
        folder.mkdir()
        write_reports(folder, count)
        cold = build("cold", folder, database, count)
        yield cold
        yield build("again", folder, database, count)
        if stage:
            alone = reading(folder, count)
            yield alone
            yield Run("rest of cold", count, max(cold.seconds - alone.seconds, 1e-9), None)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time the build of generated text reports.")
    parser.add_argument("--reports", type=int, default=1000, metavar="N", help="how many reports (default: 1000)")
    parser.add_argument("--stage", action="store_true", help="also time reading alone, against the rest of the build")
    arguments = parser.parse_args()
    print(HEADER)
    for run in runs(arguments.reports, stage=arguments.stage):
        print(run.line(), flush=True)


if __name__ == "__main__":
    main()
