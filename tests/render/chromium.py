"""Which Chromium the tests run, and how: the one place that names it."""

from __future__ import annotations

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Without windows Chromium takes half the time for a page, so that one comes first; it draws and prints the same."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PATH = next((path for name in NAMES if (path := shutil.which(name))), None)
"""The program; None where there is none."""
