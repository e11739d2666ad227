"""Where the publication lies: metadata.yml and the folders beside it, which the build and the site both read."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent
METADATA = "metadata.yml"


def publication_folder() -> Path:
    """The folder of metadata.yml, queries/, plugins/, templates/, static/ and docs/site.

    In a checkout that is its root, above this package; an installed package holds them itself.
    """
    return HERE if (HERE / METADATA).is_file() else HERE.parent
