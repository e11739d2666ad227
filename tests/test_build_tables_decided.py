"""What decides which row and which column a figure belongs to: a document for each case where it would be another."""

from __future__ import annotations

import pytest

from tests.render.html import Box
from tests.test_build_mutations import (
    DISCLOSURES,
    EXPECTED,
    REVIEWS,
    lines,
    read,
    review_figures,
    tables,
)

A_PIPE_ENDS_EACH = lines(" |\n", " |\n")


@pytest.mark.parametrize(
    ("opened", "placed"),
    [((True, True), True), ((True, False), False), ((False, False), False), ((), False)],
    ids=["every row", "one of two", "none", "no other row"],
)
def test_an_empty_cell_opens_the_row_of_section_four_where_one_opens_every_row(
    opened: tuple[bool, ...], placed: bool
) -> None:
    """Fillers on both sides, and the first figure blank: the row begins at one of two cells."""
    found = tables()
    licence = next(row for row in found[DISCLOSURES] if row[0].text == "行政许可")
    penalty = next(row for row in found[DISCLOSURES] if row[0].text == "行政处罚")
    header = next(row for row in found[DISCLOSURES] if any(box.text == "处理决定数量" for box in row))
    rows = [[*([Box("")] if first else []), *row] for first, row in zip(opened, (licence, penalty), strict=False)]
    *head, values = found[REVIEWS]
    section_two = {DISCLOSURES: [header, *rows]} if rows else {}
    report = read(
        {**section_two, REVIEWS: [*head, [Box(""), Box(""), *values[1:], Box(""), Box("")]]}, A_PIPE_ENDS_EACH
    )
    first, *others = review_figures(report).values()
    expected = [dict(row) for row in EXPECTED.reviews.values()]
    expected[0]["upheld"] = None
    assert [first, *others] == (expected if placed else [dict.fromkeys(row) for row in expected])
