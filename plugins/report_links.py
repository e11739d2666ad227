"""A report's address as a link: the column ``report_url`` of views and queries holds a path of this site."""

from __future__ import annotations

import re
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

REPORT_PATH = re.compile(r"/gongkai/reports/[a-z2-7]{10}(-\d+)?(#[\w-]+)?")


@hookimpl
def render_cell(value: Any, datasette: Datasette) -> Markup | None:
    """A link where the whole cell is a report's path, also when the site is served below another path."""
    if not isinstance(value, str) or not REPORT_PATH.fullmatch(value):
        return None
    return Markup('<a href="{}">报告 report</a>').format(datasette.urls.path(value))
