"""Make a release of a built database: ``scripts/release.py gongkai.db --into releases/`` (see docs/release.md)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build.publish.release.command import main

if __name__ == "__main__":
    sys.exit(main())
