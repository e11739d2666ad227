"""What parsing yields: frozen values that pickle, one class a table of the database.

Columns and their meaning are those of DESIGN.md; ``None`` is a blank or something not stated, never 0.
Spans are half-open offsets in code points into the report's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .messages import Message

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stated:
    """Whose report of which year a file is that could not be read, as its sidecar or its name says; None: not said."""

    agency: str | None = None
    year: int | None = None
    adcode: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of ``problems``: what was expected, what stands there, what to do.

    ``severity``: ``error`` (no report came of the file), ``warning`` or ``note``. ``stage``: read, parse,
    check, combine. ``report`` is the report's id where there is one. ``stated`` is no column: coverage asks for it.
    ``acknowledged`` and ``acknowledged_why``: the day on which, and why, the publisher has taken note of it.
    """

    source_file: str
    stage: str
    severity: str
    code: str
    message: Message
    excerpt: str = ""
    report: str | None = None
    stated: Stated | None = None
    acknowledged: str | None = None
    acknowledged_why: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of figures in columns. ``cells`` holds the columns that have a figure: (column, count) pairs.

    ``kinds`` holds the others: (column, ``blank`` | ``words`` | ``unplaced``) pairs. ``loose``: the counts that the
    ``unplaced`` cells print, None for one that prints none. ``fractions``: cells whose number is no whole number.
    """

    code: str
    cells: tuple[tuple[str, int], ...]
    placement: str
    printed: tuple[str, ...]
    unplaced: tuple[str, ...]
    span: Span
    cell_spans: tuple[tuple[str, Span], ...]
    kinds: tuple[tuple[str, str], ...] = ()
    loose: tuple[int | None, ...] = ()
    fractions: tuple[tuple[str, Decimal], ...] = ()

    def get(self, column: str) -> int | None:
        """The figure in ``column``; None where the cell is blank or nothing was placed."""
        return next((count for name, count in self.cells if name == column), None)


@dataclass(frozen=True, slots=True)
class ApplicationRow(PlacedRow):
    """One row of section 三; its code is that of an item of the form."""

    @property
    def item(self) -> str:
        """The item of the form that the row counts."""
        return self.code


@dataclass(frozen=True, slots=True)
class ReviewRow(PlacedRow):
    """One channel of section 四; its code is the channel's."""

    @property
    def channel(self) -> str:
        """The channel, reconsideration or one of the lawsuits, whose outcomes the row counts."""
        return self.code


@dataclass(frozen=True, slots=True)
class DisclosureFigure:
    """One figure of section 二: a count, or an amount in 万元.

    ``number``: what the cell prints, in whatever unit; None where it prints no number. ``kind``: figure, blank, words
    or unplaced.
    """

    item: str
    measure: str
    count: int | None
    amount_wan: Decimal | None
    placement: str
    printed: str
    note: str | None
    span: Span
    number: Decimal | None = None
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class HotlineFigure:
    """One statement about a hotline or mailbox. Counts are cases, rates are percent.

    ``breakdown`` is JSON text or None. ``sentence`` is ``text[start:end]``.
    """

    channel: str
    channel_text: str
    owner: str
    period: str
    sentence: str
    span: Span
    received: int | None = None
    transferred: int | None = None
    answered_directly: int | None = None
    handled: int | None = None
    completed: int | None = None
    pending: int | None = None
    overdue: int | None = None
    completion_rate: Decimal | None = None
    on_time_rate: Decimal | None = None
    reply_rate: Decimal | None = None
    satisfaction_rate: Decimal | None = None
    satisfaction_kind: str | None = None
    connect_rate: Decimal | None = None
    direct_rate: Decimal | None = None
    approximate: bool = False
    unit: str | None = None
    breakdown: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in prose that restates or adds to the tables.

    ``kind`` names the quantity (applications_received, reviews_reconsideration, information_fee …), ``unit`` its unit
    (件, 元, %), ``scope_text`` the words that limit it (全市, 市政府办公室, 其中).
    """

    kind: str
    value: Decimal
    unit: str | None
    scope_text: str | None
    sentence: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report's text; the sections of a report tile its text from 0."""

    number: str | None
    title: str | None
    text: str
    text_start: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document says of itself in one place.

    ``about``: agency, year, period, published, source, place, or authority: what decided between those of one name.
    ``kind``: where it is said (title, presented, period, cut_off, told_year, publisher, source, contact, page, head,
    signature, text, link, site_code, icp, host, telephone, postcode, address, sidecar, stated, folder, sister) or
    ``name``, where the name alone decided. ``value``: what is said, as printed; ``words``: the words that say it.
    ``span``: where they stand in the text, None where they stand outside it. ``weight``: 3 the report names itself;
    2 the page or the text speaks of it; 1 it only follows from something else.
    """

    about: str
    kind: str
    value: str
    words: str
    span: Span | None
    weight: int

    def as_json(self) -> dict[str, str | int | list[int] | None]:
        """The evidence as JSON holds it."""
        return {
            "about": self.about,
            "kind": self.kind,
            "value": self.value,
            "words": self.words,
            "span": list(self.span) if self.span is not None else None,
            "weight": self.weight,
        }


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is and of when: the columns of ``reports`` that the document itself states."""

    year: int | None = None
    agency_id: str | None = None
    agency: str | None = None
    agency_printed: str | None = None
    agency_kind: str | None = None
    scope: str | None = None
    includes_lower: str = "unstated"
    level: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    adcode: str | None = None
    title: str | None = None
    published: str | None = None
    published_basis: str | None = None
    index_number: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    source_url: str | None = None
    source_kind: str = "unknown"
    retrieved: str | None = None
    abridged: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything read from one report. ``candidates``: ids of the authorities that its ambiguous name may be."""

    id: str
    source_file: str
    source_format: str
    sha256: str
    form: str | None
    identity: Identity
    applications: tuple[ApplicationRow, ...]
    disclosures: tuple[DisclosureFigure, ...]
    reviews: tuple[ReviewRow, ...]
    hotline: tuple[HotlineFigure, ...]
    statements: tuple[Statement, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...] = field(default=())
    evidence: tuple[Evidence, ...] = field(default=())
    candidates: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The report's plain text: its sections joined."""
        return "".join(section.text for section in self.sections)
