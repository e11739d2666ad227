"""What the page of a report shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from gongkai_site.citations import Citation, Reference, cite
from gongkai_site.queries import Answers, Row, queries_in
from gongkai_site.texts import Parts, Words

from .findings import Finding, findings_of, marks
from .headings import Head, heading_trees
from .hotline import Statement, hotline_statements
from .marked_text import marked_sections
from .stretches import stretches_of
from .tables import Printed, Table, applications_table, disclosure_tables, reviews_table

QUERIES = queries_in(Path(__file__).with_name("queries"))
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class ReportPage:
    """Everything the template shows. ``texts`` is the HTML of the sections; ``corrections`` are by fragment."""

    report: Row
    tables: tuple[Table, ...]
    disclosures_title: Head
    hotline: list[Statement]
    source: Answers
    texts: list[Markup]
    findings: list[Finding]
    marks: dict[str, list[Finding]]
    corrections: dict[str, list[Row]]
    citation: Citation

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

    @property
    def superseding(self) -> Row | None:
        """The text that is current in place of this one; None where this one is, or where the build names none."""
        is_current = self.report["current"]
        return None if is_current else next((row for row in self.source["texts"] if row["is_superseding"]), None)

    @property
    def other_texts(self) -> list[Row]:
        """Further texts of the same authority and year, the current one above all left out."""
        return [row for row in self.source["texts"] if row is not self.superseding]

    def count(self, status: str) -> int:
        """How many relations have ``status``."""
        return sum(finding.status == status for finding in self.findings)


def view_of(answers: Answers, said: Words, meanings: Mapping[str, Parts], reference: Reference) -> ReportPage:
    """The page of one report: ``said`` are the page's words, ``meanings`` those of the columns of ``hotline``."""
    report = answers["report"][0]
    trees = heading_trees(answers["headings"])
    title = next(iter(trees.values()))["disclosures"]
    printed = Printed(answers, "".join(section["text"] for section in answers["sections"]), trees, said)
    disclosures = disclosure_tables(printed) if answers["disclosures"] else []
    findings = findings_of(answers)
    return ReportPage(
        report,
        (*disclosures, applications_table(printed), reviews_table(printed)),
        Head(title.label_zh, title.label_en),
        hotline_statements(answers["hotline"], meanings),
        answers,
        marked_sections(answers["sections"], stretches_of(answers)),
        findings,
        marks(findings),
        _corrections(answers["corrections"]),
        cite(said, report, reference),
    )


def _corrections(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Fragment → what stands beside its figure: not what is only reported, nor what was withdrawn."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["status"] == CONFIRMED:
            found.setdefault(str(row["subject"]), []).append(row)
    return found
