"""Dashboards: several questions on one page, their charts, and filters that all of them share.

metadata.yml has them under ``plugins: question-dashboards``. A filter is a parameter of the first question that has it;
a question takes those filters that it has parameters for.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.language import language_now, tag_of  # noqa: E402
from gongkai_site.questions.answer import Parameter  # noqa: E402
from gongkai_site.questions.question import in_language  # noqa: E402
from gongkai_site.texts import configured, words_of  # noqa: E402
from question_page import QuestionPage  # noqa: E402

hookimpl = HookimplMarker("datasette")

DASHBOARDS = "question-dashboards"


def dashboards_in(datasette: Datasette, language: str) -> list[dict[str, str]]:
    """Every dashboard: its name, title and description in ``language``."""
    return [
        {"name": name, **{key: in_language(about[key], language) for key in ("title", "description")}}
        for name, about in configured(datasette, DASHBOARDS).items()
    ]


def filters_of(names: list[str], told: list[dict[str, Any]]) -> list[Parameter]:
    """The filters called ``names``, each as the first question that has it declares it."""
    found: dict[str, Parameter] = {}
    for parameter in (each for one in told for each in one["parameters"]):
        found.setdefault(parameter.name, parameter)
    return [found[name] for name in names]


async def dashboard(request: Request, datasette: Datasette) -> Response:
    """One dashboard."""
    language, name = language_now(), request.url_vars["dashboard"]
    about: Mapping[str, Any] | None = configured(datasette, DASHBOARDS).get(name)
    if about is None:
        raise NotFound(f"Dashboard not found: {name}")
    told = [
        await QuestionPage(datasette, request, question, language).told(1, is_counted=False)
        for question in about["questions"]
    ]
    filters = filters_of(about["filters"], told)
    given = {each.name: each.value for each in filters if each.value}
    context = {
        "name": name,
        "title": in_language(about["title"], language),
        "description": in_language(about["description"], language),
        "filters": filters,
        "cards": told,
        "nothing_matches": bool(given) and not any(one["answer"].rows for one in told),
        "dashboards": dashboards_in(datasette, language),
        "asked": urlencode(given),
        "words": {name: str(text) for name, text in words_of(datasette, "question").items()},
        "tag": tag_of(language),
    }
    return Response.html(await datasette.render_template("dashboard.html", context, request, "dashboard"))


async def every_dashboard(request: Request, datasette: Datasette) -> Response:
    """The list of dashboards."""
    words = {name: str(text) for name, text in words_of(datasette, "question").items()}
    context = {"dashboards": dashboards_in(datasette, language_now()), "words": words}
    return Response.html(await datasette.render_template("dashboards.html", context, request, "dashboards"))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """In place of datasette-dashboards' own pages, of which the drawing library is used."""
    return [(r"/-/dashboards$", every_dashboard), (r"/-/dashboards/(?P<dashboard>[^/.]+)$", dashboard)]
