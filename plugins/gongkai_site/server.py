"""The layers between a visitor and Datasette, in their order, and what they share."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette import __version__

from .answers import App
from .apart_client import Apart
from .bounded_database import BoundedDatabase, is_apart
from .dispatch import Dispatch, with_asked_sql
from .files.archive import Archive
from .gate import gated
from .http_answers import HttpAnswers
from .kept_answers import Keepable, KeptAnswers
from .language import DEFAULT, led_by_language, speaking
from .prefix import without_prefix
from .released import sums_of
from .scripts_allowed import with_policy
from .settings import MEBIBYTE, Bounds, bounds_of

ROOT = Path(__file__).resolve().parent.parent.parent
SITE_FILES = ("metadata.yml", "queries/**/*", "plugins/**/*.py", "plugins/**/*.sql", "plugins/**/*.yml",
              "templates/**/*", "static/**/*", "docs/site/**/*")  # fmt: skip
"""What an answer depends on besides the database and the address."""


class WebServer:
    """What stands around one Datasette."""

    def __init__(self, datasette: Any) -> None:
        self.bounds: Bounds = bounds_of(datasette)
        self.apart = Apart(options_of(datasette))
        self._kept = KeptAnswers(self.bounds.kept_mebibytes * MEBIBYTE)
        self._datasette = datasette
        (name,) = published(datasette)
        self.archive = Archive(datasette, Path(datasette.databases[name].path))

    def around(self, app: App) -> App:
        """``app`` with every layer, innermost first."""
        datasette = self._datasette
        (database,) = published(datasette)
        dispatch = Dispatch(datasette, self.apart, self.bounds, own_sql(datasette))
        keepable = Keepable(database, datasette.metadata_in[DEFAULT]["databases"][database]["queries"])
        answers = HttpAnswers(version_of(datasette), datasette.setting("default_cache_ttl"), keepable, self._kept)
        app = answers.around(dispatch.around(app))
        app = without_prefix(datasette.root, database, led_by_language(app))
        return speaking(gated(datasette, self.bounds, app), datasette.root)

    def warm(self) -> None:
        """Load the process apart in the background, so that the first who needs it does not wait."""

        def start() -> None:
            with contextlib.suppress(OSError, RuntimeError):  # the one who needs it will be told
                self.apart.start()

        threading.Thread(target=start, daemon=True).start()

    def close(self) -> None:
        """End what was started, once nobody asks any more."""
        self.apart.close()
        self.archive.close()
        self._kept.close()
        for database in self._datasette.databases.values():
            if isinstance(database, BoundedDatabase):
                database.close()
        if self._datasette.executor is not None:
            self._datasette.executor.shutdown(wait=False, cancel_futures=True)


_servers: WeakKeyDictionary[Any, WebServer] = WeakKeyDictionary()


def server_of(datasette: Any) -> WebServer:
    """The one around ``datasette``, made when it is first asked for."""
    if datasette not in _servers:
        _servers[datasette] = WebServer(datasette)
    return _servers[datasette]


def wrapped(datasette: Any, app: App) -> App:
    """``app`` as visitors reach it; in the process apart as the server reaches it."""
    return speaking(with_asked_sql(with_policy(app))) if is_apart() else server_of(datasette).around(app)


def published(datasette: Any) -> list[str]:
    """The names of the databases that are files."""
    return [name for name, database in datasette.databases.items() if database.path is not None]


def options_of(datasette: Any) -> dict[str, Any]:
    """What the process apart needs to load the same site."""
    (name,) = published(datasette)
    return {
        "database": str(Path(datasette.databases[name].path).resolve()),
        "inspect_data": datasette.inspect_data,
        "metadata": json.dumps(datasette.metadata_in),
        "plugins_dir": datasette.plugins_dir,
        "template_dir": datasette.template_dir,
        "static_mounts": datasette.static_mounts,
        "settings": datasette._settings,
    }


def own_sql(datasette: Any) -> frozenset[str]:
    """The statements of metadata.yml: its queries and charts are pages of ours, wherever their SQL comes along."""
    return frozenset(text.strip() for text in _statements(datasette.metadata_in))


def _statements(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name in ("sql", "query") and isinstance(value, str):
                yield value
            else:
                yield from _statements(value)


def version_of(datasette: Any) -> str:
    """A hash of all that an answer depends on besides its address."""
    (name,) = published(datasette)
    found = hashlib.sha256(f"{__version__} {datasette.root} ".encode())
    found.update(str(datasette.databases[name].hash).encode())
    found.update(sums_of(datasette))
    for pattern in SITE_FILES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                found.update(path.read_bytes())
    return found.hexdigest()
