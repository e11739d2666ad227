"""What we depend on: locked with hashes, licences listed."""

from __future__ import annotations

import re

import pytest

from scripts.licences import GOES_TOGETHER, pinned

from .site_server import ROOT

PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def plain(pins: dict[str, str]) -> dict[str, str]:
    """Names as registries compare them."""
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins.items()}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_file_holds_every_pin_with_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    wanted = dict(PIN.findall((ROOT / f"{name}.txt").read_text(encoding="utf-8")))
    locked = plain(pinned(ROOT / f"{name}.lock"))
    assert {each: version for each, version in plain(wanted).items() if locked.get(each) != version} == {}, "make lock"
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[\w.-]+==)", lock)[1:])
    assert "://" not in lock and "--index" not in lock


def test_every_package_has_a_licence_that_goes_together_with_ours() -> None:
    listed = {
        package: licence
        for package, _, licence in re.findall(
            r"^\| ([\w.-]+) \| (\S+) \| ([^|]*) \|", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.MULTILINE
        )
        if package not in {"package"}
    }
    assert plain(listed).keys() == plain(pinned(ROOT / "requirements-dev.lock")).keys()
    assert [package for package, licence in listed.items() if not GOES_TOGETHER.search(licence)] == []
