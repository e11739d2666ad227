"""datasette-vega, the free explorer, where a person asks for it: ``?_explore=on`` loads it, and no page does otherwise.

It draws the rows of one page and adds up what shares a place on the horizontal axis; the pages say so beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import path_with_added_args
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

EXPLORER, MODULE = "vega", "datasette_vega"
"""The explorer's plugin and its module, below whose name its files lie."""
SWITCH = "_explore"


def is_asked_for(request: Request | None) -> bool:
    """Whether the page is to have the explorer."""
    return request is not None and request.args.get(SWITCH) == "on"


class OnRequest:
    """The explorer's plugin, its files only on a page that asks for them; under its own name, as they lie below it."""

    __name__ = MODULE

    def __init__(self, plugin: Any) -> None:
        self._plugin = plugin

    @hookimpl
    def extra_css_urls(self, request: Request | None) -> list[str]:
        """Its style sheet."""
        return list(self._plugin.extra_css_urls()) if is_asked_for(request) else []

    @hookimpl
    def extra_js_urls(self, request: Request | None) -> list[str]:
        """Its script."""
        return list(self._plugin.extra_js_urls()) if is_asked_for(request) else []


def put_on_request() -> None:
    """Put OnRequest in the explorer's place, once: Datasette imports this file under more than one name."""
    plugin = pm.get_plugin(EXPLORER)
    if plugin is not None and type(plugin).__name__ != OnRequest.__name__:
        pm.unregister(plugin)
        pm.register(OnRequest(plugin), EXPLORER)


put_on_request()


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, bool | Callable[[], str]]:
    """``is_exploring``, and ``explore_address()``: the page with the explorer."""

    def explore_address() -> str:
        return str(datasette.urls.path(path_with_added_args(request, {SWITCH: "on"})))

    return {"is_exploring": is_asked_for(request), "explore_address": explore_address}
