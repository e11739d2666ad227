"""Datasette's own words on a page in Chinese and English.

The pages stay Datasette's; only its words are replaced, each within the tag it stands in. What a cell holds is escaped
and has no tags, so no figure and no word of a report is ever touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

WORDS: tuple[tuple[str, str], ...] = (
    (r'(<a href="[^"]*">)home(</a>)', r"\1首页 home\2"),
    (r"(<h1[^>]*>[^<]*) \(view\)(</h1>)", r"\1 <small>视图 view</small>\2"),
    (r"(<h3>[\d,]+) (rows?)\b", r"\1 行 \2"),
    (r'(<label for="_search">)Search:(</label>)', r"\1检索 Search\2"),
    (r'(<option value="">)- remove filter -', r"\1- 不筛选 remove filter -"),
    (r'(<option value="">)- column -', r"\1- 栏 column -"),
    (r'(<option value="">)Sort\.\.\.', r"\1排序 Sort…"),
    (r'(<option value="[^"]*"(?: selected)?>)Sort by ', r"\1排序 Sort by "),
    (r'(<input type="checkbox" name="_sort_by_desc"(?: checked)?>) descending', r"\1 倒序 descending"),
    (r'(<input type="submit" value=")Apply"', r'\1应用 Apply"'),
    (r'(<span class="underlined">)View and edit SQL', r"\1查看并改写 SQL · View and edit SQL"),
    (r'(<p(?: class="export-links")?>)This data as ', r"\1本页 This page: "),
    (r'(<a href="#export">)advanced(</a>)', r"\1更多格式 more\2"),
    (r'(<p class="facets-timed-out">)These facets', r"\1分组统计超时 These facets"),
    (r'(<p class="zero-results">)0 records', r"\1没有记录 · 0 records"),
    (r'(<p><a href="[^"]*">)Next page(</a></p>)', r"\1下一页 Next page\2"),
    (r"(<h3>)Advanced export(</h3>)", r"\1更多格式 Advanced export\2"),
    (
        r'<label>(<input type="checkbox" name="_dl">) download file',
        r'<label><input type="checkbox" name="_excel"> Excel 用 for Excel</label> <label>\1 存成文件 download file',
    ),
    (r'(<input type="checkbox" name="_labels"(?: checked)?>) expand', r"\1 带名称 expand"),
    (r'(<input type="checkbox" name="_stream")> stream all', r"\1 checked> 全部行 stream all"),
    (r'(<input type="submit" value=")Export CSV"', r'\1导出 Export CSV"'),
    (r"(<h2>)Links from other tables(</h2>)", r"\1别的表里指向这一行的 Links from other tables\2"),
    (
        r'(<dl class="column-descriptions")(>.*?</dl>)',
        r'<details class="meanings"><summary>各栏含义 · What the columns mean</summary>\1 tabindex="0"\2</details>',
    ),
    (
        r'(<pre class="wrapped-sql">.*?</pre>)',
        r"<details><summary>建表语句 · Definition in SQL</summary>\1</details>",
    ),
)
"""Datasette's words with the tag around them, and what stands in their place."""

_WORDS = tuple((re.compile(pattern, re.DOTALL), replacement) for pattern, replacement in WORDS)


def two_languages(page: str) -> Markup:
    """A rendered part of a page with Datasette's English words in both languages."""
    shown = str(page)  # not Markup, which would escape what is put in
    for pattern, replacement in _WORDS:
        shown = pattern.sub(replacement, shown)
    return Markup(shown)


@hookimpl
def extra_template_vars() -> dict[str, Callable[[Any], Any]]:
    """``two_languages(part)`` for the templates."""
    return {"two_languages": two_languages}
