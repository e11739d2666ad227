"""The siege in short: the server holds, and the script says so."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from scripts.siege import Tally, lines_of, percentile

from .site_server import ROOT, Site

SIEGE = ROOT / "scripts" / "siege.py"


def test_the_server_holds_against_every_kind_of_visitor(site: Site) -> None:
    command = [sys.executable, str(SIEGE), str(site.database), "--minutes", "0.1", "--clients", "18"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert answer.returncode == 0, answer.stdout
    for kind in ("reader", "crawler", "sql", "bomb", "download"):
        assert re.search(rf"^{kind} +[1-9]", answer.stdout, re.MULTILINE), answer.stdout
    assert "5xx that were not chosen: 0" in answer.stdout and re.search(r"most memory: [1-9]\d+ MiB", answer.stdout)


def test_a_failure_is_counted_and_a_chosen_503_is_not() -> None:
    tally = Tally()
    tally.statuses["reader"].update({200: 5, 503: 2, 500: 1, 599: 1})
    tally.seconds["reader"] = [0.1] * 9
    assert tally.failures() == 2
    assert "5xx that were not chosen: 2" in "\n".join(lines_of(tally))


def test_percentiles() -> None:
    values = [float(number) for number in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([], 0.5)) == (51.0, 96.0, 0.0)


@pytest.mark.parametrize("options", [("--minutes", "0"), ("--minutes", "600"), ("--clients", "100000")])
def test_a_siege_is_bounded(site: Site, options: tuple[str, str]) -> None:
    answer = subprocess.run(
        [sys.executable, str(SIEGE), str(site.database), *options], capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0 and "up to 60 minutes" in answer.stderr
