"""The words of one paragraph of a Word file, as it shows them, and what it shows that is no words.

Fields, form fields, content controls, formulas and symbols give what Word shows for them, where the file holds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from docx.oxml.ns import qn
from lxml import etree

from ..document import HIDDEN, STRUCK, hidden, raised, struck, unread, without_signs
from .docx_styles import (
    DOUBTFUL,
    NOTHING,
    NUDGED_DOWN,
    NUDGED_UP,
    OFF,
    RPR,
    SMALL,
    SUBSCRIPT,
    SUPERSCRIPT,
    SYMBOL_FONTS,
    VAL,
    Around,
    Stated,
    Styles,
    stated,
    switched,
    value,
    whole,
)
from .pictures import PICTURE

INLINE, FLOATING = "inline", "floating"
"""How a picture stands in its paragraph: in the line, as a letter does, or beside, above and below the words."""
SHAPE = "shape"
"""A line or an area that is drawn there, without words: it may cross words out, or cover them."""
PROMPT = "prompt"
"""What else a paragraph may show that is no words: the prompt of a content control that nobody filled in."""

SDT, TEXT_BOX = qn("w:sdt"), qn("w:txbxContent")
ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_KNOWN_NAMESPACES = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)
WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_T, _R = qn("w:t"), qn("w:r")
_RUN_STYLE, _FONTS, _ASCII = qn("w:rStyle"), qn("w:rFonts"), qn("w:ascii")
_FIELD_MARK, _FIELD_MARK_KIND = qn("w:fldChar"), qn("w:fldCharType")
_NOT_TEXT = "\ufffc"
"""Stands for a formula with a structure (a fraction, a root), whose parts must not be read as one number."""

_AS_SYMBOLS = {code: 0xF000 + code for code in range(0x21, 0x7F)}
"""Letters and digits in a font of symbols show something else; they stand in the private area, as ``w:sym`` does."""

_FIGURE = re.compile(r"\s*[+\-−]?\d[\d,，.]*\s*")
_SHOWS_NOTHING = frozenset(
    {"FORMTEXT", "HYPERLINK", "XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "ADDIN", "NEXT", "NEXTIF"}
    | {"SKIPIF", "BIBLIOGRAPHY", "TOC", "INDEX"}
)
"""Fields that show nothing where no result is stored."""

_NUMBERS_OF_THE_DAY = ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong")
"""Elements that show the page's number or the day on which somebody looks at it."""

_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURES = (
    f"{_MAIN}blip",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{urn:schemas-microsoft-com:vml}textpath",
)
"""What a drawing holds where it shows a picture, a chart, or letters drawn as a picture."""
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LEAST_EXTENT = 25_400
"""English metric units (2 points): a picture that is less wide or high keeps a place free and shows nothing."""


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction so far, whether that is over, and whether its result shows anything.

    ``begins``: how many pieces of words stood before its result.
    """

    instruction: str = ""
    in_instruction: bool = True
    shows: bool = False
    begins: int = 0
    form: etree._Element | None = None


class Words:
    """Reads the words of one paragraph, and finds the text boxes and pictures in it.

    ``recomputed``: another program than its author's has computed its formulas anew, at times to 0.
    """

    def __init__(self, styles: Styles, style: str | None, around: Around, *, recomputed: bool = False) -> None:
        self.boxes: list[etree._Element] = []
        self.shows: set[str] = set()
        self.removed = ""
        self._pieces: list[tuple[str | None, str]] = []
        self._stated: tuple[Stated, str | None] = NOTHING, None
        self._last: tuple[Stated, str | None] = NOTHING, None
        self._styles = styles
        self._style = style
        self._around = around
        self._recomputed = recomputed
        self._plain = self._kind = styles.kind(NOTHING, None, style, around)
        self._fields: list[_Field] = []
        self._symbols = False
        self._mark_follows = False

    def words(self) -> str:
        """What was read, as a reader yields it: struck out, raised and hidden text told apart, a PICTURE for each that
        stands in the line.
        """
        pieces = self._pieces
        shown = {kind for kind, text in pieces if text.strip() not in {"", PICTURE} and kind not in {HIDDEN, STRUCK}}
        level = shown if len(shown) == 1 and shown <= {NUDGED_UP, NUDGED_DOWN} else ()
        kinds = ((None if kind in level else kind, text) for kind, text in pieces)
        return "".join(
            _told(kind, "".join(text for _, text in same)) for kind, same in groupby(kinds, key=itemgetter(0))
        )

    def read(self, parent: etree._Element) -> None:
        """Take up everything in ``parent`` that is known to carry words."""
        for child in parent:
            reader = _READERS.get(child.tag)
            if reader is not None:
                reader(self, child)

    def put(self, text: str) -> None:
        """Take up words that stand here, unless they are a field's instruction or the mark of a note."""
        if not text or self._mark_follows or any(field.in_instruction for field in self._fields):
            return
        for field in self._fields:
            field.shows = True
        kind = self._kind
        if kind is None and self._stated != self._last and text[0].isdecimal():
            kind = self._beside_digits()
        self._pieces.append((kind, text))
        self._last = self._stated

    def _beside_digits(self) -> str | None:
        """What digits are right behind others: DOUBTFUL where either are set much smaller, as a note mark may be."""
        before = self._pieces[-1] if self._pieces else (None, "")
        if before[0] is not None or not before[1][-1:].isdecimal():
            return None
        first, second = (
            self._styles.size(direct, style, self._style, self._around) for direct, style in (self._last, self._stated)
        )
        if first < SMALL * second:
            self._pieces[-1] = DOUBTFUL, before[1]
        return DOUBTFUL if second < SMALL * first else None

    def run(self, run: etree._Element) -> None:
        before = self._kind, self._symbols, self._stated
        properties = run.find(RPR)
        self._kind, self._symbols, self._stated = self._plain, False, (NOTHING, None)
        if properties is not None:
            style = value(properties, _RUN_STYLE)
            fonts = properties.find(_FONTS)
            self._symbols = fonts is not None and fonts.get(_ASCII) in SYMBOL_FONTS
            direct = stated(properties)
            direct = direct._replace(symbols=False) if self._symbols else direct
            self._kind = self._styles.kind(direct, style, self._style, self._around)
            self._stated = direct, style
        self._mark_follows = False
        self.read(run)
        self._kind, self._symbols, self._stated = before

    def text(self, element: etree._Element) -> None:
        text = without_signs(element.text or "")
        self.put(text.translate(_AS_SYMBOLS) if self._symbols else text)

    def symbol(self, element: etree._Element) -> None:
        """A character by its number; those of symbol fonts have no meaning outside and stay in the private area."""
        code = _code_point(element.get(qn("w:char"), ""))
        if code is not None:
            self.put(without_signs(chr(code + 0xF000 if code < 0x100 else code)))

    def deletion(self, element: etree._Element) -> None:
        """Remember what a tracked change takes away."""
        self.removed += "".join(text.text or "" for text in element.iter(_T, qn("w:delText")))

    def note_mark(self, element: etree._Element) -> None:
        """A mark of the author's own stands as text behind the reference, and is a mark all the same."""
        self._mark_follows = element.get(qn("w:customMarkFollows"), "0") not in OFF

    def control(self, element: etree._Element) -> None:
        if shows_prompt(element):
            self.shows.add(PROMPT)
        else:
            self.read(element)

    def ruby(self, element: etree._Element) -> None:
        """Characters with their pronunciation above: the characters; figures above them are raised."""
        for base in element.findall(qn("w:rubyBase")):
            self.read(base)
        above = "".join(text.text or "" for part in element.findall(qn("w:rt")) for text in part.iter(_T))
        if any(map(str.isdecimal, above)):
            kind, self._kind = self._kind, SUPERSCRIPT
            self.put(without_signs(above))
            self._kind = kind

    def turned(self, element: etree._Element) -> None:
        """Words whose direction is forced: from right to left digits stand back to front."""
        if element.get(VAL) == "rtl" and any(map(str.isdecimal, "".join(text.text or "" for text in element.iter(_T)))):
            self.put(unread("倒序"))
        else:
            self.read(element)

    def formula(self, element: etree._Element) -> None:
        plain = all(child.tag == qn("m:r") for child in element)
        texts = "".join(text.text or "" for text in element.iter(qn("m:t")))
        self.put(without_signs(texts) if plain else _NOT_TEXT)

    # Fields

    def field_mark(self, element: etree._Element) -> None:
        kind = element.get(_FIELD_MARK_KIND)
        if kind == "begin":
            self._fields.append(_Field(form=element.find(qn("w:ffData"))))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_instruction = False
            self._fields[-1].begins = len(self._pieces)
        elif kind == "end" and self._fields:
            self._close(self._fields.pop())

    def instruction(self, element: etree._Element) -> None:
        if self._fields and self._fields[-1].in_instruction:
            self._fields[-1].instruction += element.text or ""

    def simple_field(self, element: etree._Element) -> None:
        self._fields.append(_Field(element.get(qn("w:instr"), ""), in_instruction=False, begins=len(self._pieces)))
        self.read(element)
        self._close(self._fields.pop())

    def _close(self, field: _Field) -> None:
        """What a field shows of which no result is stored: the option chosen in a form, else something unknown."""
        if self._recomputed and field.instruction.lstrip().startswith("=") and not field.in_instruction:
            del self._pieces[field.begins :]
            field.shows = False
        if not field.shows:
            chosen = None if field.form is None else _chosen(field.form)
            self.put(_unresolved(field.instruction) if chosen is None else without_signs(chosen))

    # Drawings

    def alternative(self, element: etree._Element) -> None:
        self._take_picture(element)
        self.read(branch(element))

    def drawing(self, element: etree._Element) -> None:
        boxes = list(_text_boxes(element))
        self.boxes.extend(boxes)
        if not boxes and self._kind != HIDDEN and _draws(element):
            self.shows.add(SHAPE)
        self._take_picture(element)

    def _take_picture(self, element: etree._Element) -> None:
        if next(element.iter(*_PICTURES), None) is None or self._kind == HIDDEN or not _is_seen(element):
            return
        for field in self._fields:
            field.shows = True
        standing = _standing(element)
        self.shows.add(standing)
        if standing == INLINE and not any(field.in_instruction for field in self._fields):
            self._pieces.append((None, PICTURE))


_Reading = Callable[[Words, etree._Element], None]


def _puts(text: str) -> _Reading:
    return lambda words, _element: words.put(text)


_READERS: dict[str, _Reading] = {
    _T: Words.text,
    _R: Words.run,
    **{qn(f"w:{name}"): Words.read for name in ("hyperlink", "dir")},
    qn("w:bdo"): Words.turned,
    **dict.fromkeys(WRAPPERS, Words.read),
    **{qn(f"w:{name}"): Words.deletion for name in ("del", "moveFrom")},
    SDT: Words.control,
    ALTERNATIVE: Words.alternative,
    **{qn(f"w:{name}"): _puts("\t") for name in ("tab", "ptab")},
    **{qn(f"w:{name}"): _puts("\n") for name in ("br", "cr")},
    qn("w:noBreakHyphen"): _puts("-"),
    **{qn(f"w:{name}"): _puts(unread("域")) for name in _NUMBERS_OF_THE_DAY},
    qn("w:sym"): Words.symbol,
    _FIELD_MARK: Words.field_mark,
    qn("w:instrText"): Words.instruction,
    qn("w:fldSimple"): Words.simple_field,
    **{qn(f"w:{name}"): Words.note_mark for name in ("footnoteReference", "endnoteReference")},
    **{qn(f"w:{name}"): Words.drawing for name in ("drawing", "pict", "object")},
    qn("w:ruby"): Words.ruby,
    qn("m:oMath"): Words.formula,
    qn("m:oMathPara"): Words.read,
}
"""What carries words inside a paragraph. Left out on purpose: marks of notes and comments."""


def _told(kind: str | None, text: str) -> str:
    if kind is None or not text.strip():
        return text
    if kind == DOUBTFUL:
        return unsure(text)
    if kind in {HIDDEN, STRUCK}:
        return hidden(text) if kind == HIDDEN else struck(text)
    lowered = kind in {SUBSCRIPT, NUDGED_DOWN}
    return "\n".join(raised(line, lowered) for line in text.split("\n"))


LONGEST_UNIT = 3
"""Letters; words with a number and more letters than a unit has are no figure, whatever they look like."""


def unsure(text: str) -> str:
    """``text`` as a reader yields it where nobody can be sure of its digits: no figure."""
    is_figure = any(map(str.isdecimal, text)) and sum(map(str.isalpha, text)) <= LONGEST_UNIT
    return unread("不能确定") if is_figure else text


def _code_point(text: str) -> int | None:
    try:
        code = int(text, 16)
    except ValueError:
        return None
    return code if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else None


def shows_prompt(control: etree._Element) -> bool:
    """Whether a content control was never filled in: it shows a prompt, which is no text of the report.

    Programs that fill forms leave the sign of a prompt at times; a figure is none.
    """
    if not switched(control.find(qn("w:sdtPr")), qn("w:showingPlcHdr")):
        return False
    return _FIGURE.fullmatch("".join(text.text or "" for text in control.iter(_T))) is None


# Form fields of old (17.16.17) and fields without a result ---------------------------------------------------------


def _chosen(form: etree._Element) -> str | None:
    """What a list or a box to tick shows; None for a field to write in, which keeps its words as a result."""
    options, box = form.find(qn("w:ddList")), form.find(qn("w:checkBox"))
    if options is not None:
        entries = [entry.get(VAL, "") for entry in options.findall(qn("w:listEntry"))]
        at = _first_stated(options, "result", "default")
        return entries[at] if 0 <= at < len(entries) else ""
    if box is not None:
        ticked = switched(box, qn("w:checked"))
        return "☒" if (switched(box, qn("w:default")) if ticked is None else ticked) else "☐"
    return None


def _first_stated(parent: etree._Element, *names: str) -> int:
    return next((at for name in names if (at := whole(value(parent, qn(f"w:{name}")))) is not None), 0)


def _unresolved(instruction: str) -> str:
    name = instruction.strip().upper()
    if name.startswith("="):
        return unread("公式")
    return unread("域") if name and name.split()[0] not in _SHOWS_NOTHING else ""


# Drawings --------------------------------------------------------------------------------------------------------


def branch(alternative: etree._Element) -> etree._Element:
    """One of the renderings of the same thing: the first that has text boxes, else the first.

    One that needs what no version of Word knows is shown by none, where there is another (ISO 29500-3, 10.2).
    """
    every = [child for child in alternative if isinstance(child.tag, str)]
    branches = [child for child in every if all(map(_is_known, _needs(child)))] or every
    filled = (branch for branch in branches if next(branch.iter(TEXT_BOX), None) is not None)
    return next(filled, branches[0] if branches else alternative)


def _needs(choice: etree._Element) -> list[str]:
    """The namespaces that a reader must know to show a rendering; but for unknown prefixes."""
    return [choice.nsmap[prefix] for prefix in choice.get("Requires", "").split() if prefix in choice.nsmap]


def _is_known(namespace: str) -> bool:
    return namespace.startswith(_KNOWN_NAMESPACES)


def _text_boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes, each once."""
    for child in parent:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag == ALTERNATIVE:
            yield from _text_boxes(branch(child))
        else:
            yield from _text_boxes(child)


def _is_seen(drawing: etree._Element, least: int = _LEAST_EXTENT) -> bool:
    """Whether a drawing is neither hidden nor less wide or high than ``least``, so that it shows nothing."""
    for stated_size in drawing.iter(f"{_PLACED}extent"):
        if min(whole(stated_size.get(side)) or 0 for side in ("cx", "cy")) < least:
            return False
    return not any(named.get("hidden", "0") not in OFF for named in drawing.iter(f"{_PLACED}docPr"))


_SHAPES = frozenset({"wsp", "cxnSp", "line", "rect", "roundrect", "oval", "shape", "polyline"})


def _draws(drawing: etree._Element) -> bool:
    """Whether a drawing holds a line or an area, and no picture."""
    if next(drawing.iter(*_PICTURES), None) is not None or not _is_seen(drawing, least=0):
        return False
    return any(etree.QName(part).localname in _SHAPES for part in drawing.iter("*"))


def _standing(drawing: etree._Element) -> str:
    floats = next(drawing.iter(f"{_PLACED}anchor"), None) is not None
    styles = (shape.get("style", "") for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape"))
    return FLOATING if floats or any("position:absolute" in style for style in styles) else INLINE
