"""A process that answers dear requests: it loads the site once and forks a child for each of them.

Run by ``apart_client``. A child answers one request and ends. It has bounds of its own on memory and time, stands
behind the pages in the queue for the processor, and the kernel ends it at its deadline whatever it is doing: SQLite
looks at a clock only between its own instructions, and one of them may take minutes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gongkai_site.frames import read_frame, send_frame

APART = "GONGKAI_APART"
"""Set in the environment of this process, so that the plugins loaded in it send nothing apart once more."""

READY = "ready"
TEMPLATES = ("table.html", "query.html", "database.html", "row.html", "error.html", "base.html", "_table.html",
             "_footer.html", "_crumbs.html", "_facet_results.html", "_suggested_facets.html", "_codemirror.html",
             "_codemirror_foot.html", "_close_open_menus.html", "question.html", "default:table.html",
             "default:query.html", "default:database.html")  # fmt: skip


def load_site(options: dict[str, Any]) -> Any:
    """The ASGI application over ``options['database']``, without threads, so that it can be forked."""
    # Only in the process that needs them.
    from gongkai_site.unneeded import load_datasette  # noqa: PLC0415

    load_datasette()
    from gongkai_site.site import SpeakingDatasette  # noqa: PLC0415

    site = SpeakingDatasette(
        immutables=[options["database"]],
        inspect_data=options["inspect_data"],
        metadata=json.loads(options["metadata"]),
        plugins_dir=options["plugins_dir"],
        template_dir=options["template_dir"],
        static_mounts=[tuple(mount) for mount in options["static_mounts"]],
        settings={**options["settings"], "num_sql_threads": 0},
    )
    asyncio.run(site.invoke_startup())
    for name in TEMPLATES:  # read and compiled once, not by each child
        site.jinja_env.get_template(name)
    # The schema of an immutable file is what it was; to note it in memory would cost each child a second.
    site.refresh_schemas = _nothing
    return site.app()


async def _nothing() -> None:
    return None


async def answer(app: Any, scope: dict[str, Any], line: socket.socket) -> None:
    """Let ``app`` answer the request, every message of the answer a frame on ``line``."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        send_frame(line, message)

    await app(scope, receive, send)


def child(app: Any, task: dict[str, Any], line: socket.socket) -> None:
    """Answer one request inside its bounds."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, task["seconds"])
    bounds = task["bounds"]
    with contextlib.suppress(OSError):
        os.nice(bounds["nice"])
    most = _mapped() + bounds["memory"]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # A child that runs out of memory goes first, not the server.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    try:
        asyncio.run(answer(app, task["scope"], line))
    except MemoryError:
        send_frame(line, {"type": "apart.memory"})
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001 (the edge: the server logs it and answers)
        send_frame(line, {"type": "apart.failed", "error": f"{type(error).__name__}: {error}"})


def _mapped() -> int:
    """Bytes of address space that the process has already; a guess where there is no /proc."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 512 * 1024 * 1024


def serve(control: socket.socket) -> None:
    """Fork a child for each request that comes over ``control``, until the server is gone."""
    app = load_site(read_frame(control))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the line
    send_frame(control, READY)
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not data:
            return
        (descriptor,) = descriptors
        line = socket.socket(fileno=descriptor)
        if os.fork():
            line.close()
            continue
        control.close()
        with contextlib.suppress(EOFError, OSError):
            child(app, read_frame(line), line)
        os._exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
