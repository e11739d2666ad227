"""Which stretches of a report's text its tables take up; what is left of it the authority wrote itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..report import Report, Section, Span

SENTENCE_END = "。"


def table_rows(report: Report) -> list[Span]:
    """The stretches of the report's text in which rows of the forms' tables stand, each once, in their order."""
    spans = {row.span for rows in (report.applications, report.disclosures, report.reviews) for row in rows}
    return sorted(span for span in spans if span[1] > span[0])


def table_stretches(section: Section, rows: Sequence[Span]) -> list[Span]:
    """The stretches of ``section`` that tables take up, as places in the report's text; ``rows`` are those of the whole
    report. What stands between two rows, or above the first one back to the end of a sentence, is a table's heading;
    the section's title is none.
    """
    return _joined(_with_headings(section, rows))


def _with_headings(section: Section, rows: Sequence[Span]) -> Iterator[Span]:
    text, start = section.text, section.text_start
    place, end = _behind_title(section), start + len(text)
    for row_start, row_end in rows:
        if row_start >= end:
            break
        if row_end > place:
            heading = start + text.rfind(SENTENCE_END, place - start, max(row_start, place) - start) + 1
            yield max(heading, place), min(row_end, end)
            place = row_end


def _behind_title(section: Section) -> int:
    """Where the section's title ends in the report's text; where the section begins, if it begins with none."""
    title = section.title or ""
    return section.text_start + (len(title) if section.text.startswith(title) else 0)


def _joined(stretches: Iterable[Span]) -> list[Span]:
    """``stretches``, in their order, with those in one that touch."""
    joined: list[Span] = []
    for first, last in stretches:
        touches = bool(joined) and joined[-1][1] == first
        joined.append((joined.pop()[0] if touches else first, last))
    return joined


def prose_of(section: Section, rows: Sequence[Span]) -> Iterator[str]:
    """What stands in ``section`` before, between and behind its tables; its title is none of it."""
    text, start = section.text, section.text_start
    place = _behind_title(section)
    for first, last in table_stretches(section, rows):
        yield text[place - start : first - start]
        place = last
    yield text[place - start :]
