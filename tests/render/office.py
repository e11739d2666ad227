"""Files as LibreOffice turns them from one format into another, with one profile for all that this process converts."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from build.readers.doc import OFFICE_MEMORY

SECONDS = 180


def convert(office: str, sources: Sequence[Path], target: str, folder: Path) -> list[Path]:
    """``sources`` as ``target`` (``doc``, or ``doc:`` and a filter) in ``folder``: one start of the program for all."""
    command = [office, "--headless", f"-env:UserInstallation={_profile().as_uri()}", "--convert-to", target]
    command += ["--outdir", str(folder), *map(str, sources)]
    environment = {**os.environ, **OFFICE_MEMORY}
    subprocess.run(command, check=True, timeout=SECONDS, capture_output=True, env=environment)
    return [folder / f"{source.stem}.{target.partition(':')[0]}" for source in sources]


@cache
def _profile() -> Path:
    """Made by the first start of the program; it is a third of what a start takes."""
    folder = tempfile.mkdtemp(prefix="office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
