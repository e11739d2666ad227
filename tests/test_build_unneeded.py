"""Packages that a library would load wherever they are installed, and that are kept out of our processes."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import pytest

from build.publish.unneeded import without

from .site_server import ROOT, Site

ARRAYS = ("dask", "numpy", "pandas")


def test_a_build_loads_nothing_that_counts_with_arrays() -> None:
    command = [sys.executable, "-c", f"import build.pipeline, sys; print(set({ARRAYS}) & set(sys.modules))"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def parent_of(process: Path) -> int:
    """The number of the process that started the one of this folder of /proc; 0 where it has ended meanwhile."""
    try:
        return int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc")
def test_no_process_of_a_site_loads_what_counts_with_arrays(site: Site) -> None:
    assert site.get("/gongkai.json", sql="select 1").status == 200
    started = [each for each in Path("/proc").glob("[0-9]*") if parent_of(each) == site.process]
    assert started, "the process apart"
    for process in (Path("/proc", str(site.process)), *started):
        loaded = (process / "maps").read_text(encoding="utf-8")
        assert "/_sqlite3." in loaded and not [name for name in ARRAYS if f"/{name}/" in loaded]


def test_within_a_package_cannot_be_imported_and_afterwards_it_is_what_it_was() -> None:
    with without("wave"), pytest.raises(ImportError):
        import wave as again  # noqa: F401
    assert sys.modules["wave"] is wave


def test_a_package_that_was_not_loaded_is_not_loaded_afterwards_and_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave")
    with pytest.raises(ValueError, match="kept"), without("wave"):
        raise ValueError("kept")
    assert "wave" not in sys.modules
    import wave as anew

    assert anew.__name__ == "wave"
