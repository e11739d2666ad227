"""The licences of what we depend on, as a table: python scripts/licences.py > docs/licences.md.

Read from requirements-dev.lock and from the packages as they are installed. Exit code 1 where a licence is not one of
those that go together with MIT and with a site that anybody may run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, OWN_LOCK = ROOT / "requirements-dev.lock", ROOT / "requirements.lock"
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?")
GOES_TOGETHER = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|HPND|Unlicense|0BSD|Zlib|LGPL|"
    r"Public Domain|Artistic",
    re.IGNORECASE,
)
MOST_CHARACTERS = 80
STATED_IN_SOURCE = {"mlcroissant": "Apache License 2.0 (LICENSE.md of its repository; the package states none)"}
"""Licences of packages that say nothing of them, from where they are made."""

HEAD = """# What we depend on

Made by `make lock`. Our code is MIT; every licence here goes together with that.
None of these packages is copied into the repository.

| package | version | licence | used for |
|---|---|---|---|"""


def pinned(lock: Path) -> dict[str, str]:
    """Package → version, as a lock file has them."""
    return dict(PINNED.findall(lock.read_text(encoding="utf-8")))


def licence_of(package: str) -> str:
    """The licence that an installed package states; "" where it states none or is not installed."""
    try:
        stated = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return ""
    classified = [CLASSIFIER.sub("", each) for each in stated.get_all("Classifier") or [] if CLASSIFIER.match(each)]
    expressions, words = stated.get_all("License-Expression") or [], stated.get_all("License") or []
    elsewhere = STATED_IN_SOURCE.get(package, "")
    told = (*expressions, "; ".join(classified), *words, heading_of_licence(package), elsewhere)
    found = next(filter(None, told), "")
    return found.split("\n")[0][:MOST_CHARACTERS]


def heading_of_licence(package: str) -> str:
    """The first line of the licence's text in an installed package; "" where it has none."""
    files = (file for file in metadata.files(package) or [] if file.name.upper().startswith("LICEN"))
    return next((file.read_text(encoding="utf-8").strip() for file in files), "")


def rows() -> Iterator[tuple[str, str, str, str]]:
    """A row for each package: name, version, licence, what it is used for."""
    own = pinned(OWN_LOCK)
    for package, version in sorted(pinned(LOCK).items()):
        yield package, version, licence_of(package), "building and serving" if package in own else "tests"


def main() -> int:
    """Print the table; say on standard error what does not go together."""
    found = list(rows())
    print(HEAD)
    for row in found:
        print(f"| {' | '.join(row)} |")
    foreign = [package for package, _, licence, _ in found if not GOES_TOGETHER.search(licence)]
    for package in foreign:
        print(f"licences: {package}: its licence is not known to go together with ours", file=sys.stderr)
    return 1 if foreign else 0


if __name__ == "__main__":
    sys.exit(main())
