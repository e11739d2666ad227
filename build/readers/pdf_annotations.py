"""What stands on a PDF page and is no part of its content: form fields, notes, lines drawn over it.

pdfium draws annotations into the page itself (``FPDFPage_Flatten``), those that a person sees, where and as they are
seen; so their words, covers and lines are read like the page's own. What that would lose or make up is kept apart:
struck-out words, boxes that are ticked, and field values that the page does not show as they are.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..document import unread, without_signs
from .pdf_places import Box, Run

FIELD, TICKED = unread("表单域"), unread("复选框")
"""What stands for a field whose value and appearance differ, and for a box that may be ticked."""
MAX_VALUE = 4000
"""Bytes of a field's value that are read."""
GLANCE = 0.05
"""Dots a point in which a page is drawn for the sake of the appearances that pdfium then makes."""

_UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
_WORDLESS = frozenset(
    [
        pdfium_c.FPDF_ANNOT_LINK,
        pdfium_c.FPDF_ANNOT_POPUP,
        pdfium_c.FPDF_ANNOT_TEXT,
        pdfium_c.FPDF_ANNOT_HIGHLIGHT,
        pdfium_c.FPDF_ANNOT_UNDERLINE,
        pdfium_c.FPDF_ANNOT_SQUIGGLY,
        pdfium_c.FPDF_ANNOT_FILEATTACHMENT,
        pdfium_c.FPDF_ANNOT_SOUND,
        pdfium_c.FPDF_ANNOT_MOVIE,
    ]
)
"""Kinds that neither show words nor take any away: links, icons, marker pens, lines under words."""
_BOXES = frozenset([pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON])
_WRITTEN = frozenset([pdfium_c.FPDF_FORMFIELD_TEXTFIELD])
_CHOSEN = frozenset([pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX])
_GROUPING = str.maketrans("", "", ",, \t\r\n ")


class Field(NamedTuple):
    """A form field: its box on the page and its value. ``exact``: what is shown must be the value itself.

    ``ticked``: no words, but a box to be ticked.
    """

    box: Box
    value: str
    exact: bool
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Annotations:
    """What annotations say apart from what they draw: boxes of words that are crossed out, and form fields.

    ``own``: how many objects of the page are its own; those behind are annotations. None: all are.
    """

    own: int | None = None
    crossed: tuple[Box, ...] = ()
    fields: tuple[Field, ...] = ()


NOTHING = Annotations()


def with_annotations(
    document: pdfium.PdfDocument, number: int, page: pdfium.PdfPage
) -> tuple[pdfium.PdfPage, Annotations]:
    """The page with what a person sees of its annotations drawn into it; most pages have none and stay as they are.

    The page given may be closed on return. Raises PdfiumError.
    """
    count = pdfium_c.FPDFPage_GetAnnotCount(page.raw)
    if count <= 0:
        return page, NOTHING
    crossed: list[Box] = []
    fields: list[Field] = []
    drawn = 0
    for index in range(count - 1, -1, -1):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if annotation is None or not annotation:
            continue
        try:
            keep = _is_shown(page, annotation) and _is_drawn(document, annotation, crossed, fields)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
        drawn += keep
        if not keep:
            pdfium_c.FPDFPage_RemoveAnnot(page.raw, index)
    own = pdfium_c.FPDFPage_CountObjects(page.raw)
    if drawn:
        page = _flattened(document, number, page)
    return page, Annotations(own, tuple(crossed), tuple(fields))


def _flattened(document: pdfium.PdfDocument, number: int, page: pdfium.PdfPage) -> pdfium.PdfPage:
    page.render(scale=GLANCE).close()
    pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    return document[number]


def _is_shown(page: pdfium.PdfPage, annotation: Any) -> bool:
    """Whether an annotation is to be seen: by its flags, and where it stands in a layer by being drawn."""
    flags = pdfium_c.FPDFAnnot_GetFlags(annotation)
    if flags & _UNSEEN or pdfium_c.FPDFAnnot_GetSubtype(annotation) in _WORDLESS:
        return False
    if not pdfium_c.FPDFAnnot_HasKey(annotation, b"OC"):
        return True
    shown = _glance(page)
    pdfium_c.FPDFAnnot_SetFlags(annotation, flags | pdfium_c.FPDF_ANNOT_FLAG_HIDDEN)
    bare = _glance(page)
    pdfium_c.FPDFAnnot_SetFlags(annotation, flags)
    return shown != bare


def _glance(page: pdfium.PdfPage) -> bytes:
    bitmap = page.render(scale=1.0)
    try:
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()


def _is_drawn(document: pdfium.PdfDocument, annotation: Any, crossed: list[Box], fields: list[Field]) -> bool:
    """Whether pdfium is to draw an annotation; what is told apart goes to ``crossed`` and ``fields``."""
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium_c.FPDF_ANNOT_STRIKEOUT:
        crossed += _quads(annotation)
        return False
    if kind != pdfium_c.FPDF_ANNOT_WIDGET or document.formenv is None:
        return True
    form = document.formenv.raw
    field = pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation)
    if field in _BOXES:
        fields.append(Field(_rect(annotation), "", exact=False, ticked=True))
        return False
    if field in _WRITTEN or field in _CHOSEN:
        fields.append(Field(_rect(annotation), _field_value(form, annotation), exact=field in _WRITTEN))
    return True


def _rect(annotation: Any) -> Box:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, rect)
    (x0, x1), (y0, y1) = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    return x0, y0, x1, y1


def _quads(annotation: Any) -> Iterator[Box]:
    """The boxes that a mark covers, one a line of text; its own box where it names none."""
    count = pdfium_c.FPDFAnnot_CountAttachmentPoints(annotation)
    if not count:
        yield _rect(annotation)
    for number in range(count):
        quad = pdfium_c.FS_QUADPOINTSF()
        if pdfium_c.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)


def _field_value(form: Any, annotation: Any) -> str:
    buffer = (ctypes.c_ushort * (MAX_VALUE // 2))()
    length = pdfium_c.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, MAX_VALUE)
    return bytes(buffer)[: max(min(length, MAX_VALUE) - 2, 0)].decode("utf-16-le", "replace")


# Fields and what is shown of them --------------------------------------------------------------------------------


def with_fields(runs: Sequence[Run], unseen: Sequence[Run], fields: Sequence[tuple[Field, Box]]) -> list[Run]:
    """The runs with what fields show: their appearance, where it is the value; else a word that says it is a field.

    ``fields``: each with its box on the page as it is read. An appearance may set thousands apart.
    """
    told = list(runs)
    for field, box in fields:
        inside = sorted((run for run in told if _is_in(run, box)), key=lambda run: (round(run.y0), run.x0))
        words = _told(field, inside, any(_is_in(run, box) for run in unseen))
        if words is not None:
            told = [run for run in told if run not in inside]
            told.append(_over(inside, words) if inside else Run(words, *box, spaced=True))
    return told


def _told(field: Field, inside: Sequence[Run], unseen: bool) -> str | None:
    """What to read for a field in place of the runs in its box; None: those runs, whatever they are."""
    shown = "".join(run.text for run in inside)
    if field.ticked:
        return None if shown else TICKED
    value = without_signs(field.value).strip()
    if not value or (unseen and not shown):
        return None
    if shown.translate(_GROUPING) == value.translate(_GROUPING):
        return value if len(inside) > 1 and value.isdecimal() else None
    return FIELD if field.exact or not shown else None


def _over(inside: Sequence[Run], words: str) -> Run:
    return Run(
        words,
        min(run.x0 for run in inside),
        min(run.y0 for run in inside),
        max(run.x1 for run in inside),
        max(run.y1 for run in inside),
        inside[0].spaced,
        inside[0].turn,
    )


def _is_in(run: Run, box: Box) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
