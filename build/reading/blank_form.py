"""The statutory form that nobody has filled in: no report."""

from __future__ import annotations

import re

from ..errors import ReadError
from ..messages import told
from ..parse.tables import Tables
from ..parse.values import read_value
from ..prose import Prose
from ..report import Identity

FEWEST_LABELS = 5
"""Rows of the statutory tables that make a form, filled in or not."""

_PLACEHOLDER = re.compile(
    r"[X×Ｘ]{2,}|[x*＊]{2,}[年县市局]|[_＿]{2,}\s*年|[〇○]{2,}[年县市局]|某某[省市县区局]|[(（]文字描述|格式模板"
)


def refuse_blank_form(tables: Tables, prose: Prose, identity: Identity, text: str) -> None:
    """Raise ReadError ``blank_form`` for labels without any figure, of nobody or no year, or with placeholders."""
    if len(tables.rows) < FEWEST_LABELS or tables.strays or prose.hotline or prose.statements:
        return
    if any(read_value(token.text).kind == "number" for row in tables.rows for token in row.cells):
        return
    if identity.year is None or identity.agency is None or _PLACEHOLDER.search(text) is not None:
        raise ReadError(
            "blank_form",
            told("reading.blank_form"),
            text.strip()[:120],
        )
