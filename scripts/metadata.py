"""Make the last part of metadata.yml anew, of the rest of it and of queries/: python scripts/metadata.py."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from gongkai_site.plain_metadata import with_plain_part  # noqa: E402


def main() -> None:
    """Write the file if it is not up to date."""
    file = ROOT / "metadata.yml"
    before = file.read_text(encoding="utf-8")
    after = with_plain_part(before, ROOT / "queries")
    if after != before:
        file.write_text(after, encoding="utf-8")
        print("metadata.yml: the last part is made anew")


if __name__ == "__main__":
    main()
