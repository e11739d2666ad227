"""Gongkai: annual reports on government information disclosure → figures → SQLite.

The way through: a file ─▶ readers ─▶ Document ─▶ parse ─▶ Report ─▶ checks ─▶ store ─▶ gongkai.db.

``read_report``, ``build_database`` and the other names of ``library`` are given here, and loaded when first asked for.
"""

from __future__ import annotations

from .interruption import end_while_loading, is_loading

if is_loading():
    end_while_loading()

# Not before: until Ctrl-C is provided for, nothing is loaded that takes time.
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .library import (
        ApplicationRow,
        Check,
        DecisionError,
        DisclosureFigure,
        HotlineFigure,
        Identity,
        Limits,
        Outcome,
        Problem,
        ReadError,
        Report,
        ReviewRow,
        Section,
        Statement,
        TooFewError,
        build_database,
        check_report,
        connect,
        read_report,
        read_reports,
    )

__all__ = [
    "ApplicationRow",
    "Check",
    "DecisionError",
    "DisclosureFigure",
    "HotlineFigure",
    "Identity",
    "Limits",
    "Outcome",
    "Problem",
    "ReadError",
    "Report",
    "ReviewRow",
    "Section",
    "Statement",
    "TooFewError",
    "build_database",
    "check_report",
    "connect",
    "read_report",
    "read_reports",
]


def __getattr__(name: str) -> object:
    """A name of the library: importing the package alone loads no reader."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import library  # noqa: PLC0415 (when it is asked for)

    return getattr(library, name)
