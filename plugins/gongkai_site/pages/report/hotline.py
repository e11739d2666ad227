"""What a report says of hotlines and mailboxes, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai_site.queries import Row
from gongkai_site.texts import Parts, Text

NOT_FIGURES = frozenset({"position", "text_start", "text_end", "approximate"})
SATISFACTION = "satisfaction_rate"
PERCENT = "%"


@dataclass(frozen=True)
class Measured:
    """A figure of a hotline statement: its column, the column's meaning, the figure, and its unit if it has one."""

    id: str
    names: Text
    text: str
    unit: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement about a hotline or mailbox with its figures; ``row`` is the row of ``hotline``."""

    id: str
    row: Row
    figures: tuple[Measured, ...]


def hotline_statements(rows: Iterable[Row], meanings: Mapping[str, Parts]) -> list[Statement]:
    """Every row of ``hotline``; ``meanings`` are metadata.yml's texts on its columns."""
    return [
        Statement(
            f"hotline-{row['position']}",
            row,
            tuple(
                _measured(row, column, value, meanings.get(column, {"zh": column, "en": ""}))
                for column, value in row.items()
                if isinstance(value, int | float) and column not in NOT_FIGURES
            ),
        )
        for row in rows
    ]


def _measured(row: Row, column: str, value: float, meaning: Parts) -> Measured:
    called = row["satisfaction_kind"] if column == SATISFACTION else None
    # A count has the report's own unit word, or none; per cent is what makes a rate a rate.
    unit = PERCENT if column.endswith("_rate") else row["unit"] or ""
    names = Text(called or meaning["zh"], meaning["en"])
    return Measured(f"hotline-{row['position']}-{column}", names, f"{value:.15g}", unit)
