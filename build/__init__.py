"""Gongkai: annual reports on government information disclosure → figures → SQLite.

The way through: a file ─▶ readers ─▶ Document ─▶ parse ─▶ Report ─▶ checks ─▶ store ─▶ gongkai.db.
"""

from .interruption import end_while_loading, is_loading

PARSER_VERSION = "1"
"""Stored in ``reports.parser``; raised when the same document may yield other figures than before."""

if is_loading():
    end_while_loading()
