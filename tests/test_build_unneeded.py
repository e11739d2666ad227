"""Packages that a library would load wherever they are installed, and that are kept out of our processes."""

from __future__ import annotations

import subprocess
import sys
import wave

import pytest

from build.unneeded import without

from .site_server import ROOT, SERVE

LOADED = (
    f"import runpy, sys; import build.pipeline; runpy.run_path({str(SERVE)!r}); "
    "print({'dask', 'numpy', 'pandas'} & set(sys.modules))"
)


def test_neither_a_build_nor_a_site_loads_what_counts_with_arrays() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


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
