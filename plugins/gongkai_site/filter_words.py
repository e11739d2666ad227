"""Which rows a table shows, and in which order, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

from .language import FALLBACK, catalogue

Selection = tuple[str, str, str]
"""Column, Datasette's name of the comparison, value."""


def forms_of(language: str) -> Mapping[str, str]:
    """How ``language`` puts conditions into words: its own forms over those of the fallback."""
    return {**catalogue(FALLBACK)["filters"], **(catalogue(language).get("filters") or {})}


def described(
    language: str,
    selections: Iterable[Selection],
    heading: Callable[[str], str],
    search: str = "",
    conditions: int = 0,
    sort: str | None = None,
    sort_desc: str | None = None,
) -> Markup:
    """The conditions and the order of a table's rows; ``heading`` names a column, ``conditions`` counts written SQL."""
    forms = forms_of(language)
    clauses = [_clause(forms["search"], "", search)] if search else []
    clauses += [_clause(forms[kind], heading(column), value) for column, kind, value in selections if kind in forms]
    clauses += [escape(forms["sql"])] if conditions else []
    parts = [escape(forms["where"]).format(escape(forms["between"]).join(clauses))] if clauses else []
    if column := sort or sort_desc:
        parts.append(_clause(forms["sorted" if sort else "sorted_desc"], heading(column), ""))
    return escape(forms["then"]).join(parts)


def _clause(form: str, column: str, value: str) -> Markup:
    return escape(form).format(c=column, v=Markup('“<span lang="zh-Hans">{}</span>”').format(value))
