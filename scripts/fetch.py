"""Fetch annual reports from a list of addresses: what ``build/fetching/command.py`` says, from a checkout."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build.fetching.command import main

if __name__ == "__main__":
    sys.exit(main())
