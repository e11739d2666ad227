"""Where to report an error: a mail or a form for an issue, filled in with what the report is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from datasette.app import Datasette

from .files.addresses import PUBLICATION
from .texts import configured, words_of


@dataclass(frozen=True)
class Report:
    """What a report of an error is about: the row's title and address, its figures (name, value), its words."""

    title: str
    address: str
    figures: Sequence[tuple[str, str]] = ()
    words: str = ""


def contact_of(datasette: Datasette) -> str | None:
    """The mail address or the address of the form, as metadata.yml has it; None if nobody is to be written to."""
    stated = configured(datasette, PUBLICATION).get("contact")
    return str(stated) if stated else None


def report_an_error(datasette: Datasette, report: Report, language: str) -> str | None:
    """The address that begins a report of an error; None if there is no contact."""
    contact = contact_of(datasette)
    if contact is None:
        return None
    said = words_of(datasette, "contact")
    title = said["error_title"].of(language).format(report.title)
    lines = [
        f"{said['error_address'].of(language)} {report.address}",
        *(f"{name} {value}" for name, value in report.figures),
        *([f"{said['error_words'].of(language)} {report.words}"] if report.words else []),
        said["error_ask"].of(language),
    ]
    return _filled(contact, title, "\n".join(lines) + "\n")


def _filled(contact: str, title: str, body: str) -> str:
    if "{" in contact:
        return contact.replace("{title}", quote(title, safe="")).replace("{body}", quote(body, safe=""))
    address = contact.removeprefix("mailto:")
    mail_lines = body.replace("\n", "\r\n")
    return f"mailto:{address}?subject={quote(title, safe='')}&body={quote(mail_lines, safe='')}"
