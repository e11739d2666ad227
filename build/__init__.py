"""Gongkai: annual reports on government information disclosure → figures → SQLite.

The way through: a file ─▶ readers ─▶ Document ─▶ parse ─▶ Report ─▶ checks ─▶ store ─▶ gongkai.db.
"""

from .interruption import end_while_loading, is_loading

if is_loading():
    end_while_loading()
