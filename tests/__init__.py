"""Tests: one file a behaviour area, `test_build_*.py`, `test_site_*.py`, `test_scripts_*.py`."""
