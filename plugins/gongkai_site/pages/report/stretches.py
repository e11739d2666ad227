"""The stretches of a report's text that its figures were read from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai_site.queries import Answers, Row


@dataclass(frozen=True)
class Stretch:
    """Half-open offsets in the report's whole text; ``id`` is the stretch's own fragment, ``target`` the figure's.

    ``kind``: row, cell or prose.
    """

    start: int
    end: int
    id: str
    target: str
    kind: str


def stretches_of(answers: Answers) -> list[Stretch]:
    """Every stretch of the text that a figure was read from."""
    found: list[Stretch] = []
    for name, key in (("applications", "item"), ("reviews", "channel")):
        for row in answers[name]:
            place = f"{name}-{row[key]}"
            found.append(_stretch(row, place, "row"))
            found += [
                Stretch(start, end, f"t-{place}-{column}", f"{place}-{column}", "cell")
                for column, (start, end) in json.loads(row["cell_spans"] or "{}").items()
            ]
    found += [_stretch(row, f"disclosures-{row['item']}-{row['measure']}", "cell") for row in answers["disclosures"]]
    found += disclosure_rows(answers["disclosures"])
    for name in ("hotline", "statements"):
        found += [_stretch(row, f"{name}-{row['position']}", "prose") for row in answers[name]]
    return [stretch for stretch in found if stretch.start < stretch.end]


def disclosure_rows(figures: Iterable[Row]) -> list[Stretch]:
    """A row of section 二 from its first figure to its last, where no other row's figure lies between."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in figures:
        if row["text_start"] is not None:
            spans.setdefault(row["item"], []).append((row["text_start"], row["text_end"]))
    hulls = {item: (min(start for start, _ in own), max(end for _, end in own)) for item, own in spans.items()}
    return [
        Stretch(start, end, f"t-disclosures-{item}", f"disclosures-{item}", "row")
        for item, (start, end) in hulls.items()
        if not any(
            start < other_end and other_start < end
            for other, own in spans.items()
            if other != item
            for other_start, other_end in own
        )
    ]


def _stretch(row: Row, place: str, kind: str) -> Stretch:
    start, end = row["text_start"], row["text_end"]
    return Stretch(start or 0, end or 0, f"t-{place}", place, kind)
