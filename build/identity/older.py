"""Whether a report is one of 2008–2018, whose statistics are of an older form: told by its table and its year."""

from __future__ import annotations

from .. import forms
from ..document import Notice
from ..messages import told
from ..parse.older import FEWEST_LABELS, OlderTable

LAST_YEAR = forms.FORMS[0].first_year - 1
"""The last report year of the older forms."""

FEWEST_LATER = 8
"""So many different labels of older tables make one in a report that names a later year."""


def is_of_older_form(table: OlderTable, year: int | None) -> bool:
    """Whether a report's statistics are of an older form: by its table, or by its year where it has no later table."""
    if table.beside_later:
        return False
    of_its_time = year is not None and year <= LAST_YEAR
    return of_its_time or len(table.labels) >= (FEWEST_LATER if year is not None else FEWEST_LABELS)


def older_form_notice(table: OlderTable, year: int | None) -> Notice:
    """What is said, once, of a report whose statistics table is of a form that is not read."""
    message = told("identity.older_table") if table.is_table else told("identity.older_report", year=year)
    return Notice("note", "older_form", message)
