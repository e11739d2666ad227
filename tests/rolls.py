"""Reports side by side without files: the keys of reports in a ledger, as a build has them there."""

from __future__ import annotations

from collections.abc import Iterable

from build.join.authorities import Reporting, identities, reporting
from build.join.roll import Roll
from build.reading.codec import to_plain
from build.reading.key import Key
from build.reading.ledger import Item, Ledger
from build.reading.on_disk import OnDisk


def ledger_of(items: Iterable[Item]) -> Ledger:
    """A ledger of these files."""
    ledger = Ledger()
    for at, item in enumerate(items):
        ledger.enter(at, item)
    ledger.close()
    return ledger


def ledger_of_keys(keys: Iterable[Key]) -> Ledger:
    """A ledger of files that hold one report each."""
    return ledger_of(Item(key.source_file, (to_plain(key),), ()) for key in keys)


def roll_of(keys: Iterable[Key]) -> Roll:
    """All reports of these keys published, and none superseded."""
    roll = Roll(ledger_of_keys(keys))
    roll.publish()
    return roll


def reporting_of(keys: Iterable[Key]) -> OnDisk[Reporting]:
    """The authorities of which there are reports."""
    found = OnDisk(Reporting)
    for each in reporting(identities(ledger_of_keys(keys))):
        found.put(each.agency.id, each)
    return found
