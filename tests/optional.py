"""Tests that an optional package is needed for: found by every run, skipped where it is not installed, never in CI."""

from __future__ import annotations

import importlib.util
import os

import pytest


def absent(*packages: str) -> list[str]:
    """Those of ``packages`` that a test may do without here; none where no test may be skipped."""
    if os.environ.get("GONGKAI_REQUIRE_TOOLS"):
        return []
    return [name for name in packages if importlib.util.find_spec(name) is None]


def skipped_without(*packages: str) -> pytest.MarkDecorator:
    """A mark: the test is skipped where one of ``packages`` is absent."""
    missing = absent(*packages)
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
