"""The report page: a report's figures laid out as the statutory form prints them, each with its place in the words.

Headings, labels and the order of rows and columns come from the lookup tables (``form_headings``, ``items`` …).
Fragments are stable: ``applications-ITEM-COLUMN``, ``disclosures-ITEM-MEASURE``, ``reviews-CHANNEL-COLUMN``,
``hotline-POSITION-COLUMN``, ``statements-POSITION``, ``sections-POSITION``; ``t-`` before one is its words.
"""

# No postponed annotations: Datasette loads a plugin without entering it in sys.modules, where dataclasses look them up.
import json
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

Row = Mapping[str, Any]
Names = tuple[str, str]

QUERIES: dict[str, str] = {
    "report": "SELECT *, code_label('level', level, 'zh') AS level_zh, code_label('scope', scope, 'zh') AS scope_zh, "
    "code_label('form', form, 'zh') AS form_zh, code_label('source_kind', source_kind, 'zh') AS source_kind_zh "
    "FROM reports WHERE id = :report",
    "evidence": "SELECT code_label('about', e.value ->> 'about', 'zh') AS about_zh, "
    "code_label('about', e.value ->> 'about', 'en') AS about_en, e.value ->> 'about' AS about, "
    "code_label('evidence_kind', e.value ->> 'kind', 'zh') AS kind_zh, "
    "code_label('evidence_kind', e.value ->> 'kind', 'en') AS kind_en, "
    "e.value ->> 'value' AS value, e.value ->> 'words' AS words, e.value ->> 'weight' AS weight "
    "FROM reports r, json_each(r.evidence) e WHERE r.id = :report "
    "ORDER BY e.value ->> 'about' <> 'authority', e.key",
    "headings": "SELECT * FROM form_headings ORDER BY sort_order",
    "items": "SELECT * FROM items ORDER BY sort_order",
    "measures": "SELECT * FROM measures",
    "applications": "SELECT * FROM applications WHERE report = :report",
    "disclosures": "SELECT * FROM disclosures WHERE report = :report",
    "reviews": "SELECT * FROM reviews WHERE report = :report",
    "hotline": "SELECT h.*, c.label_zh, c.label_en, code_label('owner', h.owner, 'zh') AS owner_zh, "
    "code_label('period', h.period, 'zh') AS period_zh, code_label('owner', h.owner, 'en') AS owner_en, "
    "code_label('period', h.period, 'en') AS period_en "
    "FROM hotline h JOIN hotline_channels c ON c.code = h.channel WHERE h.report = :report ORDER BY h.position",
    "statements": "SELECT *, code_label('kind', kind, 'zh') AS kind_zh, code_label('kind', kind, 'en') AS kind_en "
    "FROM statements WHERE report = :report ORDER BY position",
    "sections": "SELECT * FROM sections WHERE report = :report ORDER BY position",
    "rules": "SELECT * FROM rules",
    "checks": "SELECT c.*, s.label_zh AS subject_zh, s.label_en AS subject_en FROM checks c "
    "LEFT JOIN check_subjects s ON s.code = c.subject WHERE c.report = :report ORDER BY c.rule, c.subject",
    "check_statements": "SELECT rule, subject, statement_zh, statement_en FROM checks_full WHERE report = :report",
    "problems": "SELECT *, code_label('code', code, 'zh') AS code_zh FROM problems WHERE report = :report "
    "ORDER BY position",
    "corrections": "SELECT *, code_label('error_of', error_of, 'zh') AS error_of_zh, "
    "code_label('status', status, 'zh') AS status_zh FROM corrections WHERE report = :report ORDER BY position",
}
FIGURE, BLANK, MISSING, UNPLACED, WORDS = "figure", "blank", "missing", "unplaced", "words"
"""Kinds of cell, as ``cell_kinds`` and ``cell_kind`` have them: a figure; printed blank; no such row in the report; not
placed; words where a figure belongs."""

INFERRED = "inferred"
ACROSS_YEARS = "across years"
CONFIRMED = "confirmed"

TITLES: dict[str, str] = {
    BLANK: "空白 blank",
    MISSING: "报告里没有这一行 no such row in the report",
    UNPLACED: "这一行有数值未能归栏,此格未知 values of this row could not be placed; this cell is not known",
    WORDS: "照印,不作数字 as printed, not taken for a figure",
}
INFERRED_TITLE = "归栏系推断 the column was inferred"


@dataclass(frozen=True)
class Cell:
    """A cell of the form. ``id`` is its fragment, ``words`` the fragment of its words, None if they have no place."""

    id: str
    kind: str
    text: str = ""
    title: str = ""
    words: str | None = None
    inferred: bool = False
    note: str = ""


@dataclass(frozen=True)
class Head:
    """A heading cell with its spans; ``id`` and ``words`` as in Cell, for the heading of a row that was read."""

    label_zh: str
    label_en: str
    colspan: int = 1
    rowspan: int = 1
    id: str = ""
    words: str | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table: headings, cells, and the printed values that got no column."""

    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]
    unplaced: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the form; ``lines`` is empty where the report has no such table."""

    id: str
    label_zh: str
    label_en: str
    head: tuple[tuple[Head, ...], ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def has_unplaced(self) -> bool:
        """Whether a printed value got no column."""
        return any(line.unplaced for line in self.lines)


@dataclass(frozen=True)
class Words:
    """A stretch of the report's text that a figure was read from: ``id`` is its own fragment, ``target`` the figure's.

    ``kind``: row, cell or prose.
    """

    start: int
    end: int
    id: str
    target: str
    kind: str


@dataclass
class Heading:
    """A heading of the form and those below it."""

    code: str
    axis: str
    label_zh: str
    label_en: str
    optional: bool
    below: list["Heading"] = field(default_factory=list)

    def along(self, axis: str) -> list["Heading"]:
        """The headings directly below that stand on ``axis``."""
        return [heading for heading in self.below if heading.axis == axis]

    def leaves(self) -> list["Heading"]:
        """The headings of single rows or columns below this one, or itself."""
        return [leaf for heading in self.below for leaf in heading.leaves()] or [self]

    @property
    def depth(self) -> int:
        """How many headings stand one below the other."""
        return 1 + max((heading.depth for heading in self.below), default=0)


def heading_trees(rows: Iterable[Row]) -> dict[str, dict[str, Heading]]:
    """Form → code → heading, each with those below it."""
    trees: dict[str, dict[str, Heading]] = {}
    for row in rows:
        tree = trees.setdefault(row["form"], {})
        tree[row["code"]] = Heading(row["code"], row["axis"], row["label_zh"], row["label_en"], bool(row["optional"]))
        if row["parent"]:
            tree[row["parent"]].below.append(tree[row["code"]])
    return trees


def column_heads(title: Heading, stub_width: int = 0, named: Iterable[str] = ()) -> tuple[tuple[Head, ...], ...]:
    """The rows of headings above a table: its stub, then its columns, level by level; those ``named`` are fragments."""
    columns = title.along("column")
    depth = max(column.depth for column in columns)
    levels: list[list[Head]] = [[] for _ in range(depth)]
    for stub in title.along("stub"):
        levels[0].append(Head(stub.label_zh, stub.label_en, stub_width, depth))
    for column in columns:
        _add_column(levels, column, 0, set(named))
    return tuple(map(tuple, levels))


def _add_column(levels: list[list[Head]], column: Heading, level: int, named: set[str]) -> None:
    rowspan = 1 if column.below else len(levels) - level
    own = column.code if column.code in named else ""
    levels[level].append(Head(column.label_zh, column.label_en, len(column.leaves()), rowspan, own))
    for below in column.below:
        _add_column(levels, below, level + 1, named)


def row_heads(title: Heading) -> list[tuple[Heading, list[Head]]]:
    """(a row's heading, the heading cells that begin in its line) in printed order."""
    rows = title.along("row")
    depth = max((row.depth for row in rows), default=0)
    return [line for row in rows for line in _lines_of(row, depth)]


def _lines_of(row: Heading, depth: int) -> Iterator[tuple[Heading, list[Head]]]:
    if not row.below:
        yield row, [Head(row.label_zh, row.label_en, depth, 1, row.code)]
        return
    own = Head(row.label_zh, row.label_en, 1, len(row.leaves()))
    for below in row.below:
        for leaf, heads in _lines_of(below, depth - 1):
            yield leaf, [own, *heads] if leaf is row.leaves()[0] else heads


@dataclass(frozen=True)
class Source:
    """Everything the database holds on one report, by name of QUERIES."""

    rows: Mapping[str, list[Row]]
    text: str

    def __getitem__(self, name: str) -> list[Row]:
        return self.rows.get(name, [])

    @property
    def report(self) -> Row:
        """The row of ``reports``."""
        return self["report"][0]


def form_of(codes: Mapping[str, Iterable[str]], printed: Iterable[str], stated: str | None) -> str:
    """The form, of those that ``codes`` lists with their headings, that fits what is printed: most of it in the form,
    least of the form missing. Of equals the stated one, else the older.
    """
    found = set(printed)

    def fit(form: str) -> tuple[int, int, bool]:
        headings = set(codes[form])
        return len(found & headings), -len(headings - found) if found else 0, form == stated

    return max(sorted(codes), key=fit)


# Sections 三 and 四 ---------------------------------------------------------------------------------------------


def placed_cell(source: Source, row: Row | None, row_id: str, column: str) -> Cell:
    """A cell of a row of ``applications`` or ``reviews``; ``row`` is None where the report has no such row."""
    own = f"{row_id}-{column}"
    if row is None:
        return Cell(own, MISSING, title=TITLES[MISSING])
    span = json.loads(row["cell_spans"] or "{}").get(column)
    words = f"t-{own}" if span else f"t-{row_id}" if row["text_start"] is not None else None
    inferred = row["placement"] == INFERRED
    if row[column] is not None:
        return Cell(own, FIGURE, str(row[column]), INFERRED_TITLE if inferred else "", words, inferred)
    printed = source.text[span[0] : span[1]].strip() if span else ""
    return _without_figure(own, printed, words, json.loads(row["cell_kinds"] or "{}").get(column, BLANK))


def _without_figure(own: str, printed: str, words: str | None, kind: str) -> Cell:
    if kind == UNPLACED:
        return Cell(own, UNPLACED, title=TITLES[UNPLACED], words=words)
    if kind == BLANK:
        remark = f"(印作 printed {printed})" if printed else ""
        return Cell(own, BLANK, title=f"{TITLES[BLANK]}{remark}", words=words)
    return Cell(own, WORDS, printed, TITLES[WORDS], words)


def applications_table(source: Source, trees: Mapping[str, Mapping[str, Heading]]) -> Table:
    """Section 三: rows by result, columns by applicant."""
    rows = {row["item"]: row for row in source["applications"]}
    codes = {form: [leaf.code for leaf, _ in row_heads(tree["applications"])] for form, tree in trees.items()}
    form = form_of(codes, [f"applications-{item}" for item in rows], source.report["form"])
    title = trees[form]["applications"]
    if not rows:
        return Table(title.code, title.label_zh, title.label_en)
    _add_rows_of_the_other_form(source, trees[form], rows)
    columns = [leaf.code.removeprefix("applications-") for top in title.along("column") for leaf in top.leaves()]
    lines = [
        _placed_line(source, rows.get(leaf.code.removeprefix("applications-")), leaf.code, heads, columns)
        for leaf, heads in row_heads(title)
    ]
    width = max(row.depth for row in title.along("row"))
    return Table(title.code, title.label_zh, title.label_en, column_heads(title, width), tuple(lines))


def _add_rows_of_the_other_form(source: Source, tree: Mapping[str, Heading], rows: Mapping[str, Row]) -> None:
    """Rows that a report prints though its form has none stand under their group: nothing read is left out."""
    for item in source["items"]:
        code = f"applications-{item['code']}"
        if item["code"] in rows and code not in tree:
            group = tree.get(f"applications-group_{item['item_group']}", tree["applications-results"])
            group.below.append(Heading(code, "row", item["label_zh"], item["label_en"], optional=False))


def _placed_line(source: Source, row: Row | None, row_id: str, heads: list[Head], columns: Sequence[str]) -> Line:
    cells = tuple(placed_cell(source, row, row_id, column) for column in columns)
    unplaced = row["unplaced"] or "" if row else ""
    words = f"t-{row_id}" if row and row["text_start"] is not None else None
    *above, own = heads
    return Line((*above, Head(own.label_zh, own.label_en, own.colspan, own.rowspan, row_id, words)), cells, unplaced)


def reviews_table(source: Source, trees: Mapping[str, Mapping[str, Heading]]) -> Table:
    """Section 四: one line, channels side by side."""
    rows = {row["channel"]: row for row in source["reviews"]}
    title = trees[form_of(trees, (), source.report["form"])]["reviews"]
    if not rows:
        return Table(title.code, title.label_zh, title.label_en)
    cells = []
    for leaf in (leaf for top in title.along("column") for leaf in top.leaves()):
        channel, _, column = leaf.code.removeprefix("reviews-").rpartition("-")
        cells.append(placed_cell(source, rows.get(channel), f"reviews-{channel}", column))
    heads = column_heads(title, named=[f"reviews-{channel}" for channel in rows])
    unplaced = "; ".join(row["unplaced"] for row in rows.values() if row["unplaced"])
    return Table(title.code, title.label_zh, title.label_en, heads, (Line((), tuple(cells), unplaced),))


# Section 二 -----------------------------------------------------------------------------------------------------


def disclosure_tables(source: Source, trees: Mapping[str, Mapping[str, Heading]]) -> list[Table]:
    """Section 二: a sub-table for every clause of article 20 that the report's form, or the report, has."""
    figures = {(row["item"], row["measure"]): row for row in source["disclosures"]}
    units = {row["code"]: row["unit_zh"] for row in source["measures"]}
    clauses = sorted({h.code for tree in trees.values() for h in tree["disclosures"].along("title")})
    tables = []
    for clause in clauses:
        tree = _clause_tree(trees, clause, source.report["form"], figures)
        if tree is not None:
            tables.append(_disclosure_table(tree[clause], figures, units))
    return tables


def _clause_tree(
    trees: Mapping[str, Mapping[str, Heading]], clause: str, stated: str | None, figures: Iterable[tuple[str, str]]
) -> Mapping[str, Heading] | None:
    """The headings of the form that a sub-table is printed in; None if neither the report nor its form has it."""
    having = {form: tree for form, tree in trees.items() if clause in tree}
    items = {row.code for tree in having.values() for row in tree[clause].along("row")}
    measures = [f"{clause}-{measure}" for item, measure in figures if f"disclosures-{item}" in items]
    if not measures and stated not in having:
        return None
    columns = {form: [column.code for column in tree[clause].along("column")] for form, tree in having.items()}
    return having[form_of(columns, measures, stated)]


def _disclosure_table(title: Heading, figures: Mapping[tuple[str, str], Row], units: Mapping[str, str]) -> Table:
    measures = [column.code.rpartition("-")[2] for column in title.along("column")]
    lines = []
    for leaf, heads in row_heads(title):
        item = leaf.code.removeprefix("disclosures-")
        read = {measure: figures[item, measure] for measure in measures if (item, measure) in figures}
        if leaf.optional and not read:
            continue
        unplaced = next((row["printed"] for row in read.values() if row["placement"] == UNPLACED), "")
        cells = (disclosure_cell(read.get(measure), f"{leaf.code}-{measure}", units[measure]) for measure in measures)
        lines.append(Line(tuple(heads), tuple(cells), unplaced))
    return Table(title.code, title.label_zh, title.label_en, column_heads(title, 1), tuple(lines))


def disclosure_cell(row: Row | None, own: str, unit: str) -> Cell:
    """A cell of section 二 as printed; an amount that was converted has its 万元 beside it."""
    if row is None:
        return Cell(own, MISSING, title=TITLES[MISSING])
    words = f"t-{own}" if row["text_start"] is not None else None
    if row["count"] is None and row["amount_wan"] is None:
        return _without_figure(own, row["printed"].strip(), words, row["cell_kind"])
    inferred = row["placement"] == INFERRED
    amount = row["amount_wan"]
    converted = f"= {amount:.15g} {unit}" if amount and unit not in row["printed"] else ""
    return Cell(own, FIGURE, row["printed"].strip(), INFERRED_TITLE if inferred else "", words, inferred, converted)


# Words ----------------------------------------------------------------------------------------------------------


def words_of(source: Source) -> list[Words]:
    """Every stretch of the text that a figure was read from."""
    found: list[Words] = []
    for name, key in (("applications", "item"), ("reviews", "channel")):
        for row in source[name]:
            place = f"{name}-{row[key]}"
            found.append(_words(row, place, "row"))
            found += [
                Words(start, end, f"t-{place}-{column}", f"{place}-{column}", "cell")
                for column, (start, end) in json.loads(row["cell_spans"] or "{}").items()
            ]
    found += [_words(row, f"disclosures-{row['item']}-{row['measure']}", "cell") for row in source["disclosures"]]
    found += disclosure_rows(source["disclosures"])
    for name in ("hotline", "statements"):
        found += [_words(row, f"{name}-{row['position']}", "prose") for row in source[name]]
    return [words for words in found if words.start < words.end]


def disclosure_rows(figures: Iterable[Row]) -> list[Words]:
    """A row of section 二 from its first figure to its last, where no other row's figure lies between."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in figures:
        if row["text_start"] is not None:
            spans.setdefault(row["item"], []).append((row["text_start"], row["text_end"]))
    hulls = {item: (min(start for start, _ in own), max(end for _, end in own)) for item, own in spans.items()}
    return [
        Words(start, end, f"t-disclosures-{item}", f"disclosures-{item}", "row")
        for item, (start, end) in hulls.items()
        if not any(
            start < other_end and other_start < end
            for other, own in spans.items()
            if other != item
            for other_start, other_end in own
        )
    ]


def _words(row: Row, place: str, kind: str) -> Words:
    start, end = row["text_start"], row["text_end"]
    return Words(start or 0, end or 0, f"t-{place}", place, kind)


# Findings -------------------------------------------------------------------------------------------------------

STATUS_ORDER = ("fails", "explained", "unknown", "holds")


@dataclass(frozen=True)
class Finding:
    """A relation with what it says; ``words`` are (Chinese, English) pairs of sentences."""

    number: int
    rule: str
    rule_names: Names
    subject: str
    subject_names: Names
    status: str
    on_inferred: bool
    across_years: bool
    words: Names


def findings_of(source: Source) -> list[Finding]:
    """The report's checks: what fails first, on inferred cells and across years after it; what holds last."""
    rules = {row["code"]: row for row in source["rules"]}
    stated = {(row["rule"], row["subject"]): row for row in source["check_statements"]}
    found = [
        _finding(check, rules[check["rule"]], stated.get((check["rule"], check["subject"])))
        for check in source["checks"]
    ]
    found.sort(key=lambda f: (STATUS_ORDER.index(f.status), f.across_years, f.on_inferred))
    return [Finding(**{**vars(finding), "number": number}) for number, finding in enumerate(found, 1)]


def _finding(check: Row, rule: Row, stated: Row | None) -> Finding:
    if check["explanation"]:
        zh, _, en = check["explanation"].partition("\n")
    else:
        zh, en = (stated["statement_zh"], stated["statement_en"]) if stated else (rule["label_zh"], rule["label_en"])
    return Finding(
        0,
        check["rule"],
        (rule["label_zh"], rule["label_en"]),
        check["subject"],
        (check["subject_zh"] or check["subject"], check["subject_en"] or check["subject"]),
        check["status"],
        bool(check["on_inferred"]),
        rule.get("kind") == ACROSS_YEARS,
        (zh, en),
    )


def marks(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Fragment → the relations there that do not hold as printed."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.status in {"fails", "explained"}:
            found.setdefault(finding.subject, []).append(finding)
    return found


# Hotline --------------------------------------------------------------------------------------------------------

NOT_FIGURES = frozenset({"position", "text_start", "text_end", "approximate"})
SATISFACTION = "satisfaction_rate"
PERCENT = "%"


@dataclass(frozen=True)
class Measured:
    """A figure of a hotline statement: its column, the column's meaning, the figure, and its unit if it has one."""

    id: str
    names: Names
    text: str
    unit: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement about a hotline or mailbox with its figures; ``row`` is the row of ``hotline``."""

    id: str
    row: Row
    figures: tuple[Measured, ...]


def hotline_statements(source: Source, meanings: Mapping[str, str]) -> list[Statement]:
    """Every row of ``hotline``; ``meanings`` are metadata.yml's descriptions of its columns."""
    return [
        Statement(
            f"hotline-{row['position']}",
            row,
            tuple(
                _measured(row, column, value, meanings.get(column, column))
                for column, value in row.items()
                if isinstance(value, int | float) and column not in NOT_FIGURES
            ),
        )
        for row in source["hotline"]
    ]


def _measured(row: Row, column: str, value: float, meaning: str) -> Measured:
    zh, en = names_in(meaning)
    if column == SATISFACTION and row["satisfaction_kind"]:
        zh = row["satisfaction_kind"]
    # A count has the report's own unit word, or none; per cent is what makes a rate a rate.
    unit = PERCENT if column.endswith("_rate") else row["unit"] or ""
    return Measured(f"hotline-{row['position']}-{column}", (zh, en), _number(value), unit)


def names_in(description: str) -> Names:
    """What a description calls its column, in Chinese and English: the words before the unit."""
    zh, _, en = description.partition("。")
    return zh.partition("[")[0].partition("，")[0], en.partition("[")[0].partition(";")[0].strip()


def _number(value: float) -> str:
    return f"{value:.15g}"


# The page -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """Everything the template shows."""

    report: Row
    tables: tuple[Table, ...]
    disclosures_title: Head
    hotline: list[Statement]
    source: Source
    words: list[Words]
    findings: list[Finding]
    marks: dict[str, list[Finding]]
    corrections: dict[str, list[Row]]

    @property
    def fragments(self) -> set[str]:
        """Every fragment of a figure or a place that the page has, besides the findings' own."""
        cells = {cell.id for table in self.tables for line in table.lines for cell in line.cells}
        heads = {head.id for table in self.tables for line in table.lines for head in line.heads}
        heads |= {head.id for table in self.tables for row in table.head for head in row}
        prose = {figure.id for statement in self.hotline for figure in statement.figures}
        places = {
            f"{name}-{row['position']}" for name in ("hotline", "statements", "sections") for row in self.source[name]
        }
        return cells | heads | prose | places | {"disclosures", "hotline", "statements"}

    def count(self, status: str) -> int:
        """How many relations have ``status``."""
        return sum(finding.status == status for finding in self.findings)


def page_of(source: Source, meanings: Mapping[str, str]) -> Page:
    """The page of one report."""
    trees = heading_trees(source["headings"])
    title = next(iter(trees.values()))["disclosures"]
    disclosures = disclosure_tables(source, trees) if source["disclosures"] else []
    findings = findings_of(source)
    return Page(
        source.report,
        (*disclosures, applications_table(source, trees), reviews_table(source, trees)),
        Head(title.label_zh, title.label_en),
        hotline_statements(source, meanings),
        source,
        words_of(source),
        findings,
        marks(findings),
        _corrections(source["corrections"]),
    )


def _corrections(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Fragment → what stands beside its figure: not what is only reported, nor what was withdrawn."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["status"] == CONFIRMED:
            found.setdefault(str(row["subject"]), []).append(row)
    return found


async def source_of(database: Database, report: str) -> Source:
    """Read everything on one report."""
    rows: dict[str, list[Row]] = {}
    for name, sql in QUERIES.items():
        result = await database.execute(sql, {"report": report})
        rows[name] = [dict(row) for row in result.rows]
    return Source(rows, "".join(section["text"] for section in rows["sections"]))


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, Page]]]:
    """``report_page(database, id)`` for the template of a report's page."""

    async def report_page(database: str, report: str) -> Page:
        columns = datasette.table_metadata(database, "hotline").get("columns") or {}
        return page_of(await source_of(datasette.get_database(database), report), columns)

    return {"report_page": report_page}
