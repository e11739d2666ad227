"""The database's tables and columns: the one place where the schema stands.

Types are those of a STRICT SQLite table. The views that people download are in ``views``; what every
column means is in metadata.yml.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import forms

INTEGER, REAL, TEXT = "INTEGER", "REAL", "TEXT"
DESCENDING = " DESC"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns in order, primary key, foreign keys (column → table.column), columns that may not be NULL.

    ``indexes``: columns, ``DESCENDING`` or not; ``partial_indexes``: condition → those of the rows which fulfil it.
    """

    name: str
    columns: dict[str, str]
    primary_key: tuple[str, ...]
    foreign_keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    not_null: frozenset[str] = frozenset()
    indexes: tuple[tuple[str, ...], ...] = ()
    partial_indexes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _texts(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, TEXT)


def _integers(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, INTEGER)


def _reals(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, REAL)


def in_form(form: forms.Form) -> str:
    """The column of items and measures that says whether ``form`` has them: ``in_2019``."""
    return f"in_{form.code}"


REPORT = {"report": ("reports", "id")}
SPAN = _integers("text_start", "text_end")

LOOKUPS: tuple[Table, ...] = (
    Table(
        "items",
        {
            **_texts("code", "label_zh", "label_en"),
            **_integers(*map(in_form, forms.FORMS)),
            **_texts("item_group"),
            **_integers("sort_order"),
        },
        ("code",),
        not_null=frozenset({"label_zh", "label_en", "item_group", "sort_order"}),
    ),
    Table(
        "measures",
        {
            **_texts("code", "label_zh", "label_en", "unit_zh", "unit_en"),
            **_integers(*map(in_form, forms.FORMS), "sort_order"),
        },
        ("code",),
        not_null=frozenset({"label_zh", "label_en", "sort_order"}),
    ),
    Table("outcomes", {**_texts("code", "label_zh", "label_en"), **_integers("sort_order")}, ("code",)),
    Table("review_channels", {**_texts("code", "label_zh", "label_en"), **_integers("sort_order")}, ("code",)),
    Table("hotline_channels", {**_texts("code", "label_zh", "label_en"), **_integers("sort_order")}, ("code",)),
    Table(
        "form_headings",
        {
            **_texts("form", "code", "parent", "axis", "label_zh", "label_en"),
            **_integers("optional", "sort_order"),
        },
        ("form", "code"),
        not_null=frozenset({"axis", "label_zh", "label_en", "optional", "sort_order"}),
    ),
    Table("check_subjects", _texts("code", "label_zh", "label_en"), ("code",)),
    Table(
        "rules",
        {
            **_texts("code", "kind", "severity", "label_zh", "label_en", "statement_zh", "statement_en"),
            **_texts("why_zh", "why_en", "source"),
            **_integers("sort_order"),
        },
        ("code",),
        not_null=frozenset({"kind", "severity", "label_zh", "label_en", "sort_order"}),
    ),
)

REPORTS = Table(
    "reports",
    {
        **_texts("id", "label"),
        **_integers("current", "year"),
        **_texts(
            "agency_id",
            "agency",
            "agency_printed",
            "agency_kind",
            "scope",
            "includes_lower",
            "level",
            "province",
            "city",
            "county",
            "adcode",
            "evidence",
            "title",
        ),
        **_texts("published", "published_basis", "index_number", "form", "period_start", "period_end"),
        **_texts("source_url", "source_kind", "retrieved", "source_file", "source_format", "sha256"),
        **_integers("abridged"),
        **_texts("parser", "superseded_by", "superseded_reason", "corrected_cells"),
    },
    ("id",),
    {"agency_id": ("agencies", "id"), "superseded_by": ("reports", "id")},
    frozenset(
        {
            *("label", "current", "includes_lower", "evidence", "source_kind", "source_file", "source_format"),
            *("sha256", "abridged"),
        }
    ),
    (
        ("year", "level"),
        (f"year{DESCENDING}", "id"),
        ("year", "agency", "id"),
        ("agency", "year", "id"),
        ("agency_id", "year"),
        ("adcode", "year"),
        ("label", "id"),
    ),
    {"current = 1": (f"year{DESCENDING}", "label", "id")},
)

FIGURES: tuple[Table, ...] = (
    Table(
        "applications",
        {
            **_texts("report", "item"),
            **_integers(*forms.APPLICATION_COLUMNS),
            **_texts("placement", "printed", "unplaced"),
            **SPAN,
            **_texts("cell_spans", "cell_kinds", "corrected_cells"),
        },
        ("report", "item"),
        {**REPORT, "item": ("items", "code")},
        frozenset({"placement", "printed"}),
        (("item",),),
    ),
    Table(
        "disclosures",
        {
            **_texts("report", "item", "measure"),
            **_integers("count"),
            **_reals("amount_wan"),
            **_texts("placement", "printed", "note"),
            **SPAN,
            **_texts("cell_kind", "corrected_cells"),
        },
        ("report", "item", "measure"),
        {**REPORT, "item": ("items", "code"), "measure": ("measures", "code")},
        frozenset({"placement", "printed"}),
        (("item", "measure"), ("measure",)),
    ),
    Table(
        "reviews",
        {
            **_texts("report", "channel"),
            **_integers(*forms.REVIEW_COLUMNS),
            **_texts("placement", "printed", "unplaced"),
            **SPAN,
            **_texts("cell_spans", "cell_kinds", "corrected_cells"),
        },
        ("report", "channel"),
        {**REPORT, "channel": ("review_channels", "code")},
        frozenset({"placement", "printed"}),
        (("channel",),),
    ),
    Table(
        "hotline",
        {
            **_texts("report"),
            **_integers("position"),
            **_texts("channel", "channel_text", "owner", "period"),
            **_integers("received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue"),
            **_reals("completion_rate", "on_time_rate", "reply_rate", "satisfaction_rate"),
            **_texts("satisfaction_kind"),
            **_reals("connect_rate", "direct_rate"),
            **_integers("approximate"),
            **_texts("unit", "breakdown", "sentence"),
            **SPAN,
            **_texts("corrected_cells"),
        },
        ("report", "position"),
        {**REPORT, "channel": ("hotline_channels", "code")},
        frozenset({"channel", "owner", "period", "approximate", "sentence"}),
        (("channel",),),
    ),
)

TEXTS: tuple[Table, ...] = (
    Table(
        "sections",
        {
            **_texts("report"),
            **_integers("position"),
            **_texts("number", "title", "text"),
            **_integers("text_start"),
            **_texts("table_spans"),
        },
        ("report", "position"),
        REPORT,
        frozenset({"text", "text_start"}),
    ),
    Table(
        "statements",
        {
            **_texts("report"),
            **_integers("position"),
            **_texts("kind"),
            **_reals("value"),
            **_texts("unit", "scope_text", "sentence"),
            **SPAN,
        },
        ("report", "position"),
        REPORT,
        frozenset({"kind", "value", "sentence"}),
    ),
)

FINDINGS: tuple[Table, ...] = (
    Table(
        "problems",
        {
            **_texts("source_file"),
            **_integers("position"),
            **_texts("report", "stage", "severity", "code", "message", "message_zh", "excerpt"),
            **_texts("acknowledged", "acknowledged_why"),
        },
        ("source_file", "position"),
        REPORT,
        frozenset({"stage", "severity", "code", "message", "message_zh"}),
        (("report",), ("code",)),
    ),
    Table(
        "checks",
        {
            **_texts("report", "rule", "subject", "status"),
            **_reals("left_value", "right_value", "difference"),
            **_integers("on_inferred"),
            **_texts("explanation"),
        },
        ("report", "rule", "subject"),
        {**REPORT, "rule": ("rules", "code")},
        frozenset({"status", "on_inferred"}),
        (("status", "rule"), ("rule",)),
        {"status = 'fails'": ("report", "rule", "subject")},
    ),
    Table(
        "corrections",
        {
            **_texts("report"),
            **_integers("position"),
            **_texts("subject", "printed"),
            **_reals("printed_value", "corrected_value"),
            **_texts("corrected_text", "error_of", "reason", "confirmed_by", "date", "status"),
        },
        ("report", "position"),
        REPORT,
        frozenset({"subject", "printed", "error_of", "reason", "confirmed_by", "date", "status"}),
    ),
)

SUMMARIES: tuple[Table, ...] = (
    Table(
        "applications_by_outcome",
        {**_texts("report", "outcome"), **_integers(*forms.APPLICATION_COLUMNS), **_texts("corrected_cells")},
        ("report", "outcome"),
        {**REPORT, "outcome": ("outcomes", "code")},
        indexes=(("outcome",),),
    ),
    Table(
        "report_summary",
        {
            **_texts("report", "agency_id", "agency"),
            **_integers("year"),
            **_texts("province", "city", "county", "adcode", "level", "scope", "includes_lower"),
            **_integers("residents"),
            **_texts("form", "source_kind"),
            **_integers("abridged"),
            **_integers("received", "brought_forward", *(outcome.code for outcome in forms.OUTCOMES)),
            **_integers("closed", "carried_forward"),
            **_reals("disclosure_rate"),
            **_texts("disclosure_rate_reason"),
            **_integers("disclosure_numerator", "disclosure_denominator"),
            **_reals("full_disclosure_rate"),
            **_texts("full_disclosure_rate_reason"),
            **_integers("full_disclosure_numerator", "full_disclosure_denominator"),
            **_reals("substantive_disclosure_rate"),
            **_texts("substantive_disclosure_rate_reason"),
            **_integers("substantive_disclosure_numerator", "substantive_disclosure_denominator"),
            **_integers("reconsiderations"),
            **_reals("reconsideration_correction_rate"),
            **_texts("reconsideration_correction_rate_reason"),
            **_integers("reconsideration_correction_numerator", "reconsideration_correction_denominator"),
            **_integers("lawsuits_direct"),
            **_reals("lawsuit_direct_correction_rate"),
            **_texts("lawsuit_direct_correction_rate_reason"),
            **_integers("lawsuit_direct_correction_numerator", "lawsuit_direct_correction_denominator"),
            **_integers("lawsuits_after_reconsideration"),
            **_reals("lawsuit_after_reconsideration_correction_rate"),
            **_texts("lawsuit_after_reconsideration_correction_rate_reason"),
            **_integers(
                "lawsuit_after_reconsideration_correction_numerator",
                "lawsuit_after_reconsideration_correction_denominator",
            ),
            **_integers("hotline_received", "hotline_received_approximate"),
            **_texts("hotline_received_reason"),
            **_integers("failing_printed", "failing_inferred", "failing_across_years"),
            **_texts("corrections", "corrected_cells"),
        },
        ("report",),
        {**REPORT, "agency_id": ("agencies", "id")},
        frozenset({"includes_lower"}),
        (
            ("year", "level"),
            (f"year{DESCENDING}", "report"),
            (f"year{DESCENDING}", "level", "scope", "province", "city", "county", "agency", "report"),
            ("province", f"year{DESCENDING}", "report"),
            ("agency", "year"),
            ("agency_id", "year"),
            ("adcode", "year"),
        ),
    ),
)

SIMILARITY = Table(
    "report_similarity",
    {
        **_texts("report", "before", "agency_id", "scope"),
        **_integers("year", "figures_compared", "figures_equal"),
        **_reals("figures_equal_share"),
        **_texts("figures_reason"),
        **_integers("clauses", "clauses_same"),
        **_reals("text_overlap"),
        **_texts("text_reason"),
    },
    ("report",),
    {**REPORT, "before": ("reports", "id"), "agency_id": ("agencies", "id")},
    frozenset({"before", "agency_id", "scope", "year", "figures_compared", "figures_equal", "clauses", "clauses_same"}),
    (("year",), ("agency_id",)),
)

DIFFERENCES = Table(
    "superseded_differences",
    {
        **_texts("report", "subject", "current_report"),
        **_reals("value", "current_value"),
        **_integers("has_cell", "current_has_cell"),
    },
    ("report", "subject"),
    {**REPORT, "current_report": ("reports", "id")},
    frozenset({"current_report", "has_cell", "current_has_cell"}),
    (("current_report",),),
)

COVERAGE = Table(
    "coverage",
    {**_texts("adcode"), **_integers("year"), **_texts("status", "report")},
    ("adcode", "year"),
    REPORT,
    frozenset({"status"}),
    (("year", "status"), ("report",)),
)

PLACES: tuple[Table, ...] = (
    Table(
        "divisions",
        {
            **_texts("adcode", "name", "level", "parent", "province", "city"),
            **_integers("valid_from", "valid_to"),
        },
        ("adcode", "valid_from"),
        not_null=frozenset({"name", "level", "province"}),
        indexes=(("name",), ("parent",)),
    ),
    Table(
        "population",
        {**_texts("adcode"), **_integers("year", "persons")},
        ("adcode", "year"),
        not_null=frozenset({"persons"}),
    ),
    Table(
        "agencies",
        {
            **_texts("id", "name", "name_en", "kind", "level", "adcode", "parent"),
            **_integers("valid_from", "valid_to"),
        },
        ("id",),
        {"parent": ("agencies", "id")},
        not_null=frozenset({"name", "kind", "level", "valid_from"}),
        indexes=(("name",), ("adcode",), ("parent",)),
    ),
    Table(
        "agency_names",
        {
            **_texts("agency"),
            **_integers("position"),
            **_texts("name", "basis"),
            **_integers("valid_from", "valid_to"),
        },
        ("agency", "position"),
        {"agency": ("agencies", "id")},
        not_null=frozenset({"name", "basis"}),
        indexes=(("name",),),
    ),
    Table(
        "agency_search",
        _texts("agency", "area", "pinyin", "initials"),
        ("agency",),
        {"agency": ("agencies", "id")},
    ),
)

COUNTS: tuple[Table, ...] = (
    Table(
        "report_counts",
        {
            **_integers("position", "year"),
            **_texts("level", "scope"),
            **_integers("reports", "abridged_reports", "with_requests", "with_reconsiderations", "with_hotline"),
        },
        ("position",),
        not_null=frozenset(
            {"reports", "abridged_reports", "with_requests", "with_reconsiderations", "with_hotline"},
        ),
    ),
    Table(
        "request_sums",
        {
            **_integers("position", "year"),
            **_texts("level", "scope", "item", "applicant"),
            **_integers("requests", "reports_with_figure", "inferred_reports"),
        },
        ("position",),
        {"item": ("items", "code")},
        frozenset({"item", "applicant", "reports_with_figure", "inferred_reports"}),
        (("item", "applicant", "year"),),
    ),
    Table(
        "outcome_sums",
        {
            **_integers("position", "year"),
            **_texts("level", "scope", "outcome"),
            **_integers("requests", "reports_with_figure"),
        },
        ("position",),
        {"outcome": ("outcomes", "code")},
        frozenset({"outcome", "reports_with_figure"}),
    ),
    Table(
        "check_counts",
        {
            **_integers("position", "year"),
            **_texts("rule"),
            **_integers("fails", "fails_on_inferred", "explained", "unknown", "reports"),
        },
        ("position",),
        {"rule": ("rules", "code")},
        frozenset({"rule", "fails", "fails_on_inferred", "explained", "unknown", "reports"}),
    ),
    Table(
        "row_counts",
        {**_texts("table_name"), **_integers("rows")},
        ("table_name",),
        not_null=frozenset({"rows"}),
    ),
    Table(
        "value_counts",
        {**_texts("table_name", "column_name", "value"), **_integers("rows")},
        ("table_name", "column_name", "value"),
        not_null=frozenset({"rows"}),
    ),
)
"""What is counted and added up at the end of a build (``counts``)."""

DESCRIPTIONS: tuple[Table, ...] = (
    Table(
        "columns",
        {
            **_texts("table_name", "column_name"),
            **_integers("sort_order"),
            **_texts("title_zh", "title_en", "meaning_zh", "meaning_en"),
            **_texts("unit_zh", "unit_en", "null_zh", "null_en", "code_list"),
        },
        ("table_name", "column_name"),
        not_null=frozenset({"sort_order", "title_zh", "title_en"}),
    ),
    Table(
        "codes",
        {**_texts("code_list", "code", "label_zh", "label_en"), **_integers("sort_order")},
        ("code_list", "code"),
        not_null=frozenset({"label_zh", "label_en", "sort_order"}),
    ),
    Table(
        "release",
        {
            **_texts("version", "date", "inputs_sha256", "reader_version"),
            **_texts("licence", "licence_url", "licence_terms_zh", "licence_terms_en"),
            **_texts("title_zh", "title_en", "source_zh", "source_en", "citation_zh", "citation_en", "homepage"),
        },
        ("version",),
        not_null=frozenset({"inputs_sha256", "reader_version"}),
    ),
)
"""What the database says of itself: what its columns and codes mean, and which release of the data it is."""

OF_REPORTS: tuple[Table, ...] = (REPORTS, *FIGURES, *TEXTS, *FINDINGS, *SUMMARIES, SIMILARITY, DIFFERENCES, COVERAGE)
"""Tables that grow with the collection."""

TABLES: tuple[Table, ...] = (*LOOKUPS, *PLACES, *OF_REPORTS, *DESCRIPTIONS, *COUNTS)
"""Every table, parents before children."""

BY_NAME = {table.name: table for table in TABLES}

DATES = frozenset(
    {
        *(("reports", column) for column in ("published", "retrieved", "period_start", "period_end")),
        ("corrections", "date"),
        ("release", "date"),
    }
)
"""(table, column) of the texts that are days, year-month-day: typed formats have a type for them."""
