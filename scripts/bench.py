"""How fast reports become a database: writes generated text reports, builds them cold and again, prints a table.

    .venv/bin/python scripts/bench.py [--reports N] [--small] [--jobs J] [--stage] [--against FOLDER]
                             [--formats] [--serve [DB]]

A row a run: reports, seconds, reports a second, milliseconds a report, milliseconds of processor time a report, peak
memory of its largest process. ``cold`` reads every file; ``again`` finds nothing changed; ``one more`` finds a
hundredth of the files, at most 100, changed and as many new; ``stored`` writes the database from what was remembered.
Then what each costs in hundredths of ``cold``, and how large the database and what was remembered are. ``--small``
writes reports of some 300 characters, each of an area, office and year of its own: what a build holds of a report is
no less, so memory is measured at a nation's numbers within the hour. ``--stage``
times reading alone, in this process, the clause reader within it, and sets the rest of the build against it.
``--against`` runs the build of another copy of this repository on the same reports, in turns with this one: what they
take of the processor tells before and after, also on a busy machine. ``--formats`` times the readers of web pages,
Word and PDF against the bare library on the same file: only their ratio means anything elsewhere. ``--serve`` asks the
site for pages and data of a database (gongkai.db), and plain Datasette for the same in the same run (``page_times``).
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import build.reading.reports as parse_stage  # noqa: E402
from build import forms, prose, readers  # noqa: E402
from build.identity import places  # noqa: E402
from build.limits import Limits  # noqa: E402
from build.reading.read import read  # noqa: E402
from scripts.page_times import compare_serving  # noqa: E402
from tests.render import LAYOUTS, Figures, Options, Printed, chromium  # noqa: E402
from tests.render import html as html_render  # noqa: E402
from tests.render import word as word_render  # noqa: E402
from tests.render.figures import application_items, disclosure_cells, result_items, with_totals  # noqa: E402
from tests.render.pdf import print_html  # noqa: E402

CHARACTERS = 10_000
"""About what a whole report holds."""

SEED = 2019
COUNTS = (0, 0, 0, 1, 4, 37)
FEW_COUNTS = (0,) * 27 + (1, 4, 37)
"""What stands in section 三, and what in the reports that leave its zeros out: most of their cells are blank."""
SPARSE_LAYOUT = "pdf_page_text"
"""The layout in which blanks are dropped."""
FILLER = (
    "各单位把公开要求写进年度计划,由专人核对栏目,按季自查。",
    "办公室每月汇总发布情况,发现栏目空缺随即补齐。",
    "新发文件附有图解和问答,办事窗口备有纸质汇编。",
    "年内举办培训3期,到场210人次,另有在线课程可供回看。",
    "门户网站改版后,检索入口移到首页,老年读者可用大字版。",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run: what was run, over how many reports, wall time in seconds, peak memory in MiB if measured.

    ``processor``: seconds of processor time, of all processes together.
    """

    name: str
    reports: int
    seconds: float
    processor: float
    peak_mib: float | None

    def line(self) -> str:
        """The run as a row of the table."""
        peak = "-" if self.peak_mib is None else f"{self.peak_mib:.0f}"
        rate, each = self.reports / self.seconds, 1000 * self.seconds / self.reports
        cost = 1000 * self.processor / self.reports
        return f"{self.name:<12}{self.reports:>9}{self.seconds:>10.2f}{rate:>12.0f}{each:>12.2f}{cost:>12.2f}{peak:>12}"


HEADER = f"{'run':<12}{'reports':>9}{'seconds':>10}{'reports/s':>12}{'ms/report':>12}{'ms of cpu':>12}{'peak MiB':>12}"


def random_figures(number: int, form: str, chance: random.Random, occurring: Sequence[int] = COUNTS) -> Figures:
    """Figures that add up, of agency ``number``; in section 三 sums of ``occurring``."""

    def row() -> dict[str, int]:
        return {column.code: chance.choice(occurring) for column in forms.APPLICANTS}

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


def without_zeros(figures: Figures) -> Figures:
    """``figures`` with a blank for every 0 of section 三."""
    rows = {
        item: {column: count or None for column, count in row.items()} for item, row in figures.applications.items()
    }
    return replace(figures, applications=rows)


def write_reports(folder: Path, count: int) -> None:
    """``count`` reports in every layout, both forms in turn; of each twentieth, zeros and their cells are dropped."""
    chance = random.Random(SEED)
    kinds = list(product(LAYOUTS.items(), (forms.FORM_2019, forms.FORM_2021)))
    for number in range(count):
        (name, layout), form = kinds[number % len(kinds)]
        if name == SPARSE_LAYOUT and form == forms.FORM_2021:
            figures, blank = without_zeros(random_figures(number, form, chance, FEW_COUNTS)), "dropped"
        else:
            figures, blank = random_figures(number, form, chance), "slash"
        text = layout(figures, Options(overview=overview(chance), blank=blank))
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


OFFICES = ("人民政府", "教育局", "民政局", "财政局", "司法局", "水利局", "审计局", "统计局", "交通运输局", "农业农村局")
YEARS = range(2025, 2018, -1)


def small_report(name: str, year: int, chance: random.Random) -> str:
    """The least of a report: a title, two rows of section 三 that add up, a sentence."""
    counts = [chance.choice(COUNTS) for _ in forms.APPLICANTS]
    received, carried = (" ".join(map(str, (*row, sum(row)))) for row in (counts, [0] * len(counts)))
    columns = " ".join(("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"))
    return (
        f"{name}{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n{chance.choice(FILLER)}\n\n"
        f"三、收到和处理政府信息公开申请情况\n\n{columns}\n"
        f"一、本年新收政府信息公开申请数量 {received}\n二、上年结转政府信息公开申请数量 {carried}\n"
    )


def write_small_reports(folder: Path, count: int) -> None:
    """``count`` reports of counties' and prefectures' offices, one after another of each year."""
    chance = random.Random(SEED)
    areas = [row for row in places.divisions() if row.level in ("county", "prefecture") and row.valid_to is None]
    for number, (office, year, area) in enumerate(islice(product(OFFICES, YEARS, areas), count)):
        above = "".join(row.name for row in places.above(area, year)) if office == OFFICES[0] else ""
        text = small_report(f"{above}{area.name}{office}", year, chance)
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def processor_of_children() -> float:
    """Seconds of processor time of every process that has ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


MEASURED = """
import resource, sys
from build.__main__ import run
code = run()
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print("peak", max(peaks))
sys.exit(code)
"""
"""`python -m build` that says how much memory its largest process took."""


def build(name: str, folder: Path, database: Path, reports: int, options: Sequence[str] = (), root: Path = ROOT) -> Run:
    """One run of ``python -m build`` of the copy in ``root`` over the folder."""
    command = [sys.executable, "-c", MEASURED, str(folder), "--output", str(database), *options]
    start, before = time.perf_counter(), processor_of_children()
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    seconds, processor = time.perf_counter() - start, processor_of_children() - before
    if done.returncode != 0:
        sys.exit(f"python -m build ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return Run(name, reports, seconds, processor, int(done.stdout.split()[-1]) / 1024)


def reading(folder: Path, reports: int) -> Run:
    """Reading and parsing alone, one report after another in this process."""
    paths = sorted(folder.iterdir())
    start, before = time.perf_counter(), time.process_time()
    for path in paths:
        read(path, path.name, Limits())
    return Run("read", reports, time.perf_counter() - start, time.process_time() - before, None)


def clause_reading(folder: Path, reports: int) -> Run:
    """The clause reader's share of reading: every call of it timed while the reports are read."""
    spent = 0.0
    plain = prose.read_prose

    def timed(*arguments: Any) -> Any:
        nonlocal spent
        start = time.process_time()
        found = plain(*arguments)
        spent += time.process_time() - start
        return found

    setattr(parse_stage, "read_prose", timed)  # noqa: B010 (the name that parsing calls it by)
    try:
        reading(folder, reports)
    finally:
        setattr(parse_stage, "read_prose", plain)  # noqa: B010
    return Run("clauses", reports, spent, spent, None)


TURNS = 3
"""How often two copies are built in turns."""


def change_some(folder: Path, count: int) -> None:
    """Change a hundredth of the reports, at most 100, and add as many."""
    paths = sorted(folder.iterdir())[: max(1, min(100, count // 100))]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n更正重发。\n", encoding="utf-8")
        (folder / f"new{path.name}").write_text(f"{text}\n另一份。\n", encoding="utf-8")


def size_of(path: Path) -> int:
    """Bytes of a file, or of the files in a folder."""
    return sum(each.stat().st_size for each in (path.iterdir() if path.is_dir() else (path,)))


def without_what_was_kept(database: Path) -> None:
    """Remove the database and what was remembered beside it, so that the next build is a cold one."""
    database.unlink(missing_ok=True)
    shutil.rmtree(database.parent / ".gongkai-readings", ignore_errors=True)


def runs(
    count: int, options: Sequence[str], write: Callable[[Path, int], None], *, stage: bool, against: Path | None
) -> Iterable[Run]:
    """The runs asked for, one by one, over the reports that ``write`` writes."""
    with tempfile.TemporaryDirectory() as name:
        folder, database = Path(name) / "reports", Path(name) / "bench.db"
        folder.mkdir()
        write(folder, count)
        cold = build("cold", folder, database, count, options)
        yield cold
        for _ in range(TURNS if against is not None else 0):
            without_what_was_kept(database)
            yield build("other copy", folder, database, count, root=against or ROOT)
            without_what_was_kept(database)
            yield build("this copy", folder, database, count, options)
        sizes = [size_of(path) / count / 1024 for path in (database, database.parent / ".gongkai-readings")]
        later = [build("again", folder, database, count, options)]
        yield later[-1]
        change_some(folder, count)
        later.append(build("one more", folder, database, count, options))
        yield later[-1]
        later.append(build("stored", folder, database.with_name("other.db"), count, options))
        yield later[-1]
        shares = (f"{run.name} {100 * run.seconds / cold.seconds:.1f} %" for run in later)
        print(f"of cold: {', '.join(shares)}; KiB a report: {sizes[0]:.1f} database, {sizes[1]:.1f} remembered")
        if stage:
            alone = reading(folder, count)
            yield alone
            yield clause_reading(folder, count)
            rest = max(cold.seconds - alone.seconds, 1e-9), max(cold.processor - alone.processor, 0.0)
            yield Run("rest of cold", count, *rest, None)


# Readers against the bare library ----------------------------------------------------------------------------------

ROUNDS = 30


def best(*tasks: Callable[[], object]) -> list[float]:
    """Milliseconds of the quickest of ROUNDS runs of each; they take turns, so that a busy moment meets them all."""

    def once(task: Callable[[], object]) -> float:
        start = time.perf_counter()
        task()
        return time.perf_counter() - start

    rounds = [[once(task) for task in tasks] for _ in range(ROUNDS)]
    return [1000 * min(times) for times in zip(*rounds, strict=True)]


def bare_html(data: bytes) -> object:
    """lxml's parsing alone."""
    return lxml.html.document_fromstring(data)


def bare_docx(data: bytes) -> object:
    """python-docx opening the file and walking its tables."""
    return [cell.text for table in docx.Document(io.BytesIO(data)).tables for row in table.rows for cell in row.cells]


def bare_pdf(data: bytes) -> object:
    """pypdfium2 taking the text of every page."""
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def sample_files(folder: Path) -> Iterator[tuple[str, bytes, Callable[[bytes], object]]]:
    """One report as a Word-made page, as .docx and as a printed PDF, each with its bare library."""
    chance = random.Random(SEED)
    truth, options = random_figures(1, forms.FORM_2021, chance), Options(overview=overview(chance))
    page = html_render.written(truth, options, html_render.Page(cells="word", noise=True))
    yield "html", page, bare_html
    yield "docx", word_render.report_docx(truth, options), bare_docx
    if chromium.PATH:
        ruled = page.decode().replace(
            "<head>", "<head><style>table{border-collapse:collapse}td{border:1px solid}</style>"
        )
        yield "pdf", print_html(ruled, folder), bare_pdf


def compare_formats() -> None:
    """Print how long each reader takes and how long the bare library on the same file."""
    print(f"{'format':<12}{'KiB':>9}{'bare ms':>10}{'reader ms':>12}{'ratio':>12}")
    with tempfile.TemporaryDirectory() as name:
        for label, data, bare in sample_files(Path(name)):
            alone, ours = best(partial(bare, data), partial(readers.read_documents, data, Limits()))
            print(f"{label:<12}{len(data) / 1024:>9.0f}{alone:>10.2f}{ours:>12.2f}{ours / alone:>12.2f}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time the build of generated text reports.")
    parser.add_argument("--reports", type=int, default=1000, metavar="N", help="how many reports (default: 1000)")
    parser.add_argument("--small", action="store_true", help="write the shortest of reports, to measure memory")
    parser.add_argument("--jobs", type=int, metavar="J", help="processes that read (default: one for each core)")
    parser.add_argument("--stage", action="store_true", help="also time reading alone, against the rest of the build")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another copy of the repository to compare with")
    parser.add_argument("--formats", action="store_true", help="only time the readers against the bare libraries")
    parser.add_argument(
        "--serve",
        type=Path,
        nargs="?",
        const=ROOT / "gongkai.db",
        metavar="DB",
        help="only time the pages of a database (default: gongkai.db), beside plain Datasette",
    )
    arguments = parser.parse_args()
    if arguments.serve is not None:
        if not arguments.serve.is_file():
            parser.error(f"there is no database {arguments.serve}")
        try:
            compare_serving(arguments.serve)
        except RuntimeError as error:
            sys.exit(f"{arguments.serve}: {error}")
        return
    if arguments.formats:
        compare_formats()
        return
    print(HEADER)
    options = [] if arguments.jobs is None else ["--jobs", str(arguments.jobs)]
    write = write_small_reports if arguments.small else write_reports
    for run in runs(arguments.reports, options, write, stage=arguments.stage, against=arguments.against):
        print(run.line(), flush=True)


if __name__ == "__main__":
    main()
