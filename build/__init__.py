"""Gongkai: annual reports on government information disclosure → figures → SQLite.

The way through: a file ─▶ readers ─▶ Document ─▶ parse ─▶ Report ─▶ checks ─▶ store ─▶ gongkai.db.
"""

PARSER_VERSION = "1"
"""Stored in ``reports.parser``; raised when the same document may yield other figures than before."""
