"""A process that has scripts/serve.py loaded and forks a server for each line it is given, until there are no more.

A line is the JSON list of the command's arguments; the answer is a line with the number of the server's process. To
load what a server needs takes longer than most tests do. ``site_server.running`` gives it work.

These servers start the process apart, which loads the site once more, when it is first needed: most tests need none;
and they look more often than others whether their database is another. ``test_build_installed`` and ``test_site_make``
try servers as they are started otherwise.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

SERVE = Path(__file__).resolve().parent.parent / "scripts" / "serve.py"
WATCH_SECONDS = 0.25
"""How often these servers look whether their database is another."""


def prepare() -> None:
    """Fork servers as they are asked for; those that end leave nothing to be waited for."""
    serve: Callable[[], None] = loaded()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        process = os.fork()
        if not process:
            become_server(serve, json.loads(line))
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()


def loaded() -> Callable[[], None]:
    """The command, with its servers as these tests need them."""
    command = runpy.run_path(str(SERVE))
    patch("gongkai_site.server.WebServer.warm").start()
    patch("gongkai_site.publication.WATCH_SECONDS", WATCH_SECONDS).start()
    main: Callable[[], None] = command["main"]
    return main


def become_server(serve: Callable[[], None], arguments: list[str]) -> None:
    """Let this process be what ``scripts/serve.py`` with these arguments would be."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    sys.argv = [str(SERVE), *arguments]
    with suppress(BaseException):
        serve()
    os._exit(0)


if __name__ == "__main__":
    prepare()
