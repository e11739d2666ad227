"""Pages that everybody can use: Datasette's templates mended, each page's scripts only where it has a use for them."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.accessible import MendTemplates  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Mend templates as they are compiled."""
    env.add_extension(MendTemplates)
