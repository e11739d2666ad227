"""Questions that are answered by clicking: the page of every canned query, and its chart for other sites' pages.

``/gongkai/NAME`` shows a hundred rows and the chart of all of them; ``/-/charts/NAME`` is the chart alone, for a frame.
JSON and CSV of a query are Datasette's, at the same address with an ending.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils import to_css_class
from datasette.utils.asgi import BadRequest, NotFound, Request, Response
from markupsafe import Markup, escape
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from code_labels import NAMED_IN, labels_of, names_of  # noqa: E402
from gongkai_site.cells import Rendering, key_of  # noqa: E402
from gongkai_site.citations import cite_result, data_version, day_of_access  # noqa: E402
from gongkai_site.language import language_now, tag_of  # noqa: E402
from gongkai_site.questions.answer import Answer, answer_to, parameters_of, sentence  # noqa: E402
from gongkai_site.questions.chart import BREAKS, chart_of  # noqa: E402
from gongkai_site.questions.question import Question, in_language, question_of, questions  # noqa: E402
from gongkai_site.server import published  # noqa: E402
from gongkai_site.texts import configured, text_of, words_of  # noqa: E402
from search_grams import marked_words  # noqa: E402

hookimpl = HookimplMarker("datasette")

FORMS = {"zh": "standard_zh", "en": "apa_en"}
"""Language → the form of citation that its readers use."""
CHART_LIBRARY = "/-/static-plugins/datasette_dashboards/"
CHART_WORDS = "chart"
MOST_PAGE = 10_000
SOUGHT, SNIPPET = "q", "snippet"
"""The parameter with words that are looked for in texts, and the column that shows where they stand."""


class QuestionPage:
    """What one request for a question needs, in the language of its page."""

    def __init__(self, datasette: Datasette, request: Request, name: str, language: str) -> None:
        try:
            self.question: Question = question_of(datasette, name, language)
        except KeyError:
            raise NotFound(f"No such question: {name}") from None
        self.datasette, self.request = datasette, request
        (self.database,) = published(datasette)
        self._rendering = Rendering(datasette, self.database, None)
        self._cells: dict[Any, str] = {}
        self.given = {parameter: request.args.get(parameter) or "" for parameter in self.question.parameters}

    def codes(self, column: str) -> Mapping[str, str]:
        """The names of the codes of ``column``."""
        place = NAMED_IN.index(self.question.language) if self.question.language in NAMED_IN else -1
        names = names_of(labels_of(self.datasette), column)
        return {code: both[place] for code, both in names.items()}

    def address(self, ending: str = "", **more: object) -> str:
        """The question as asked, as a page or as ``.csv``, ``.json`` or ``.xlsx``."""
        asked = urlencode({name: value for name, value in self.given.items() if value} | more)
        path = self.datasette.urls.path(f"/{self.database}/{self.question.name}{ending}")
        return f"{path}?{asked}" if asked else str(path)

    def permanent(self, path: str) -> str:
        """The whole address of the question at ``path``, below the site's own."""
        asked = urlencode({name: value for name, value in self.given.items() if value})
        found = f"{self.datasette.root}{path}/{self.question.name}"
        return str(self.datasette.absolute_url(self.request, f"{found}?{asked}" if asked else found))

    def chart(self, asked: str, source: str) -> dict[str, Any] | None:
        """What static/charts.js is told."""
        language = self.question.language
        texts = configured(self.datasette, "page-words")[CHART_WORDS]
        words = {name: in_language(text, language) for name, text in texts.items()}
        drawn = chart_of(self.question, words, configured(self.datasette, BREAKS), self.codes)
        return drawn and {
            **drawn,
            "question": asked,
            "source": source,
            "library": str(self.datasette.urls.path(CHART_LIBRARY)),
            "data": {
                "json": self.address(".json", _shape="objects"),
                "csv": self.address(".csv", _stream="on"),
            },
        }

    def cited(self) -> str:
        """How to cite the answer, by GB/T 7714—2025 in Chinese and by APA in English."""
        language = self.question.language
        version = data_version(None, self.datasette.get_database(self.database).hash)
        address = self.permanent(self.database)
        said, title = words_of(self.datasette, "citation"), text_of(self.question.declared["title"])
        forms = dict(cite_result(said, title, address, version, day_of_access()))
        return forms.get(FORMS.get(language, ""), forms[FORMS["en"]])

    async def told(self, page: int, is_counted: bool = True) -> dict[str, Any]:
        """What was asked, the chart, and, if ``is_counted``, what is left out of it."""
        database = self.datasette.get_database(self.database)
        answer = await answer_to(database, self.question, self.given, page, is_counted)
        parameters = await parameters_of(database, self.question, self.given, self.codes)
        asked, cited = sentence(self.question, parameters, answer, self.codes), self.cited()
        return {
            "database": self.database,
            "question": self.question,
            "asked": asked,
            "cited": cited,
            "parameters": parameters,
            "answer": answer,
            "reasons": [
                (self.question.heading(each.column), self.codes(each.column).get(str(each.code), each.code), each.count)
                for each in answer.left_out
            ],
            "chart": self.chart(asked, cited),
            "address": self.address,
            "words": {name: str(text) for name, text in words_of(self.datasette, "question").items()},
            "tag": tag_of(self.question.language),
        }

    async def context(self, page: int) -> dict[str, Any]:
        """Everything that the page shows."""
        told = await self.told(page)
        answer: Answer = told["answer"]
        sql = urlencode({"sql": self.question.sql, **self.given})
        headings = [self.question.heading(name) for name in answer.columns if self.question.is_on_screen(name)]
        frames = [(each.code, _frame_of(each)) for each in headings]
        return {
            **told,
            "headings": headings,
            "rows": [await self.cells(frames, row) for row in answer.rows],
            "chart_address": self.permanent(f"{self.question.language}/-/charts"),
            "edit_address": f"{self.datasette.urls.database(self.database)}?{sql}",
        }

    async def cells(self, frames: Iterable[tuple[str, str]], row: Any) -> Markup:
        """The cells of a row as HTML: ``frames`` has each column on screen with what stands before its value."""
        written = [f"{frame}{await self.cell(row, column, row[column])}</td>" for column, frame in frames]
        return Markup("".join(written))

    async def cell(self, row: Any, column: str, value: Any) -> str:
        """A cell as the plugins show it, else its value; a long text is cut. What is shown depends on nothing else."""
        key = key_of(column, value)
        if key not in self._cells:
            self._cells[key] = str(escape(await self._cell(row, column, value)))
        return self._cells[key]

    async def _cell(self, row: Any, column: str, value: Any) -> Any:
        if value is None or value == "":
            return Markup("&nbsp;")
        shown = await self._rendering.shown(row, column, value)
        if shown is not None:
            return shown
        if column == SNIPPET:
            return marked_words(str(value), self.given.get(SOUGHT) or self.question.parameters[SOUGHT]["blank"]["zh"])
        words, most = str(value), self.datasette.setting("truncate_cells_html")
        return f"{words[:most]}…" if len(words) > most else words


def _frame_of(heading: Any) -> str:
    return f'<td class="col-{to_css_class(heading.code)}" data-heading="{escape(heading.short)}">'


def page_number(request: Request) -> int:
    """Which page of the rows is asked for. Raises BadRequest for what is no page."""
    words = request.args.get("_page") or "1"
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:9]) <= MOST_PAGE):
        raise BadRequest("_page must be a number from 1 on")
    return int(words)


async def question_page(request: Request, datasette: Datasette) -> Response:
    """A question with its answer."""
    asked = QuestionPage(datasette, request, request.url_vars["question"], language_now())
    context = await asked.context(page_number(request))
    return Response.html(await datasette.render_template("question.html", context, request, "question"))


async def chart_alone(request: Request, datasette: Datasette) -> Response:
    """The chart of a question, for a frame in another site's page."""
    asked = QuestionPage(datasette, request, request.url_vars["question"], language_now())
    if asked.question.chart is None:
        raise NotFound(f"No chart: {asked.question.name}")
    return Response.html(
        await datasette.render_template("chart.html", await asked.told(1, is_counted=False), request, "chart")
    )


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """A page for every canned query, before Datasette's own."""
    names = "|".join(questions(datasette))
    (database,) = published(datasette)
    return [
        (rf"/{database}/(?P<question>{names})$", question_page),
        (r"/-/charts/(?P<question>[^/.]+)$", chart_alone),
    ]
