"""What Datasette and SQLite say of a request they do not understand, in words for a reader."""

from __future__ import annotations

import re

from .answers import Refusal

MOST_CHARACTERS = 300

WORDS: tuple[tuple[str, int, str, str], ...] = (
    (r"Cannot sort table by (.*)", 400, "不能按“{}”排序：这里没有这一栏。", "There is no column “{}” here to sort by."),
    (r"Cannot use _sort and _sort_desc.*", 400, "_sort 与 _sort_desc 只能用一个。",
     "Use either _sort or _sort_desc, not both."),
    (r"No column to filter by: (.*?); there are: (.*)", 400,
     "不能按“{}”筛选：这里没有这一栏。最接近的、或最前面的几栏是：{}。"
     "筛选的写法如 year=2023、adcode__startswith=36、received__gte=100。",
     "There is no column “{}” here to filter by. The nearest, or first, are: {}. Filters are written "
     "year=2023, adcode__startswith=36, received__gte=100."),
    (r"No such condition: (.*?); there are: (.*)", 400,
     "没有“{}”这种筛选条件。可写：{}。例如 year__gte=2021。",
     "There is no condition “{}”. There are: {}. For example year__gte=2021."),
    (r"_size must be a positive integer", 400, "_size 要写一个整数，例如 _size=100。",
     "_size takes a whole number, for example _size=100."),
    (r"_size must be <= (\d+)", 400, "_size 最多 {}；要全部行，请下载 CSV（_stream=on）。",
     "_size is at most {}; for all rows download the CSV with _stream=on."),
    (r"_next not allowed for CSV streaming", 400, "_stream=on 给出全部行，不能同时用 _next。",
     "_stream=on gives all rows; leave out _next."),
    (r"_(?:no)?col=(.*) - invalid columns", 400, "这里没有这些栏：{}。", "There are no such columns here: {}."),
    (r"Invalid _shape: (.*)", 400, "_shape 不能写“{}”；可写 arrays、objects、array。",
     "_shape cannot be “{}”; use arrays, objects or array."),
    (
        r"_shape=object needs a table",
        400,
        "_shape=object 只能用于有主键的表；请改用 objects 或 array。",
        "_shape=object is for tables with a primary key; use objects or array.",
    ),
    (r"Table not found|Database not found|Invalid database", 404, "没有这张表或这个查询。",
     "There is no such table or query."),
    (r"Record not found", 404, "没有这一行。", "There is no such row."),
    (r"404|No data", 404, "没有这一页。网址可能不全或写错了。",
     "There is no such page. The address may be cut or misspelt."),
    (r"(?:no such column|no such table|no such function): (.*)", 400, "SQL 里的“{}”不存在，请核对写法。",
     "The SQL names “{}”, which does not exist; check how it is written."),
    (r"Statement must be a SELECT", 400, "这里只运行 SELECT（或以 WITH 开头的）语句；请看第一个词是否写错。",
     "Only SELECT statements (or such that begin with WITH) run here; is the first word misspelt?"),
    (r'near "(.*)": syntax error', 400, "SQL 在“{}”附近写得不合语法：看看前一个词、逗号、括号和引号。",
     "The SQL is not well formed near “{}”: look at the word before it, at commas, brackets and quotes."),
    (r"incomplete input", 400, "SQL 没有写完：可能缺了括号、引号或最后的条件。",
     "The SQL is not complete: a bracket, a quote or the last condition may be missing."),
    (r"ambiguous column name: (.*)", 400, "“{}”在几张表里都有；请在前面写上表名，例如 reports.year。",
     "Several tables have “{}”; put the table before it, for example reports.year."),
    (r"wrong number of arguments to function (.*)", 400, "函数 {} 的参数个数不对。",
     "The function {} was given the wrong number of arguments."),
    (r"not authorized|access to .* is prohibited|not authorized to use function: .*", 400,
     "这条 SQL 用了这里不提供的功能。只能读取。", "The SQL uses what is not offered here. It may only read."),
    (r"string or blob too big|out of memory|the result has more than .*", 400,
     "这条 SQL 的结果太大了。请缩小条件，或只取几栏。",
     "The result is too large. Narrow the conditions, or take fewer columns."),
)  # fmt: skip
"""What Datasette and SQLite say, the status it deserves, and what is said here; {} is what the pattern caught."""

SQL_ZH = "这条 SQL 不能运行，SQLite 说："
SQL_EN = "The SQL does not run. SQLite says:"


def known(message: str) -> Refusal | None:
    """What is said instead of ``message``; None if it is not one of WORDS."""
    for pattern, status, zh, en in WORDS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            caught = [words[:MOST_CHARACTERS] for words in found.groups()]
            return Refusal(status, zh.format(*caught), en.format(*caught))
    return None


def of_sql(message: str) -> Refusal:
    """What is said where a statement does not run and SQLite says ``message``."""
    said = message[:MOST_CHARACTERS]
    return known(message) or Refusal(400, SQL_ZH, SQL_EN, detail=said)
