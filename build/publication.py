"""Where the publication lies: metadata.yml and the folders beside it, which the build and the site both read."""

from __future__ import annotations

from pathlib import Path


def publication_folder() -> Path:
    """The folder of metadata.yml, queries/, plugins/, templates/, static/ and docs/site: the checkout's root."""
    return Path(__file__).resolve().parent.parent
