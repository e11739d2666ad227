"""The report's text with every stretch that a figure was read from marked in place and linked back to the figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from gongkai_site.queries import Row

from .stretches import Stretch


class _Writer:
    """Writes one section: stretches that overlap without nesting are closed and opened again, so that tags nest."""

    def __init__(self, named: set[str]) -> None:
        self.parts: list[str] = []
        self.open: list[Stretch] = []
        self.named = named

    def begin(self, stretch: Stretch) -> None:
        name = "" if stretch.id in self.named else f' id="{escape(stretch.id)}"'
        self.named.add(stretch.id)
        self.parts.append(f'<span class="words {escape(stretch.kind)}"{name}>')
        self.open.append(stretch)

    def end_all_at(self, place: int) -> None:
        """Close what ends at ``place``; what lies above it on the stack is closed too, and opened again."""
        ending = [at for at, stretch in enumerate(self.open) if stretch.end <= place]
        if not ending:
            return
        above = self.open[ending[0] :]
        self._close(ending[0], place)
        for stretch in above:
            if stretch.end > place:
                self.begin(stretch)

    def _close(self, level: int, place: int) -> None:
        for stretch in reversed(self.open[level:]):
            if stretch.kind == "prose" and stretch.end <= place:
                self.parts.append(_way_back(stretch))
            self.parts.append("</span>")
        del self.open[level:]

    def finish(self, place: int) -> None:
        """Close everything at a section's end."""
        self._close(0, place)

    def write(self, text: str) -> None:
        """Text, linked to the figure of the shortest stretch that it lies in; blanks only where they are a cell."""
        words = text.strip()
        innermost = min(self.open, key=lambda stretch: stretch.end - stretch.start, default=None)
        if innermost is None or not (words or (text and innermost.kind == "cell")):
            self.parts.append(escape(text))
            return
        words = words or text
        before, _, after = text.partition(words)
        self.parts.append(f'{before}<a href="#{escape(innermost.target)}">{escape(words)}</a>{after}')


def _way_back(stretch: Stretch) -> str:
    """Several statements may rest on the same words: each has its own way back. The mark is no part of the text."""
    name = escape(stretch.target)
    return f'<a class="way-back" href="#{name}" aria-label="{name}" title="{name}"></a>'


def marked_section(text: str, offset: int, stretches: Sequence[Stretch], named: set[str]) -> str:
    """HTML of a section that begins at ``offset``; ``named`` are the fragments already given out."""
    end = offset + len(text)
    inside = [stretch for stretch in stretches if stretch.start < end and stretch.end > offset]
    starting: dict[int, list[Stretch]] = {}
    for stretch in sorted(inside, key=lambda stretch: -stretch.end):
        starting.setdefault(max(stretch.start, offset), []).append(stretch)
    borders = sorted({offset, end, *starting, *(min(stretch.end, end) for stretch in inside)})
    writer = _Writer(named)
    for place, following in zip(borders, [*borders[1:], end], strict=True):
        writer.end_all_at(place)
        for stretch in starting.get(place, ()):
            writer.begin(stretch)
        writer.write(text[place - offset : following - offset])
    writer.finish(end)
    return "".join(writer.parts)


def marked_sections(sections: Iterable[Row], stretches: Sequence[Stretch]) -> list[Markup]:
    """The HTML of every section, in order."""
    named: set[str] = set()
    return [Markup(marked_section(section["text"], section["text_start"], stretches, named)) for section in sections]
