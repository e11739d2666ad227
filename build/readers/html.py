"""Web pages → Document: the report's words and tables as a browser shows them, without the site around them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Document, DocumentBuilder, Notice, shown_words
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .encoding import UNKNOWN, UTF_8, Decoded, declared_charset, decode
from .html_content import Block, Extent, parted, report_blocks
from .html_ends import as_browsers_end_it
from .html_facts import HEAD, page_facts
from .html_markdown import as_page, is_markdown
from .html_media import on_screen
from .html_prune import prune
from .html_styles import written_in
from .html_tables import Tables, find_tables, words_outside_cells
from .html_words import BLOCKS, BREAK, PICTURE_TAG, SIGNS, SPACE, by_tag, lines_of, preformatted
from .pictures import PICTURE, told_in_figures
from .typed_marks import STRUCK_CHARACTERS

SCRIPT_PAGE = 60
"""A page that has scripts, no table and fewer characters than this shows its report only when the scripts run."""

MAX_TAGS = 500_000
"""No report has more; 64 MB of empty elements would take gigabytes as a tree."""

ORDINARY_SIZE = 4_000_000
"""Bytes; a larger page must not be deeper than 256 levels."""

SMALL_IMAGE = 40
"""Pixels; an image less wide or high than this is an icon."""

LINKED_SHARE = 0.8
"""A line is a link if so much of it is."""

_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ods|odt|csv|zip|rar|7z)(?=$|[?#&\"'])", re.I)
_ADDRESS = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}
"""Elements that lead to a document or show one, and the attribute that says which."""

_INTEGER = re.compile(r"\d{1,6}")
_SIGN_BYTES = b"\xef\xb7"
"""How the characters begin that are none in any text."""

_STRUCK_TAG = re.compile(rb"(</?)(?:s|strike)(?=[\s>])", re.I)
"""Tags that libxml2 ends where a paragraph begins, and browsers do not; ``del`` looks the same and stays open."""

_STRUCK = re.compile(rb"<(s|strike|del)((?:\s[^<>]*)?)>(.{1,4000}?)</\1\s*>", re.I | re.S)
_BEGIN, _END = re.compile(rb"<(?!br|img|wbr|hr|input)[a-z]", re.I), re.compile(rb"</[a-z]", re.I)
_BLOCK_WITHIN = re.compile(rb"<(?:p|div|h\d|ul|ol|table|center|blockquote)\b", re.I)
_BETWEEN_TAGS = re.compile(rb"(?:(?<=>)|\A)[^<>]*[^<>\s][^<>]*(?=<|\Z)")
"""Words that stand between tags."""

_CUT_TAG = re.compile(rb"(</?)(?:i|b|u|tt|big|small)(?=[\s>])", re.I)
_CUT_SHORT = re.compile(
    rb"<(?:i|b|u|tt|big|small)\s[^>]*(?:style|class|hidden|id)[^>]*>[^<]*<(?:p|div|h\d|ul|table)\b", re.I
)
"""The same of other tags that only matter by what is declared of them; ``span`` stays open."""

_STROKE_REFERENCE = re.compile(rb"&#(?:[xX]0*(33[5-8])|0*(82[1-4]));?")
_SIGN_REFERENCE = re.compile(rb"&#(?:x0*fd[de][0-9a-f]|0*(?:649[7-9]\d|6500[0-7]));?", re.I)


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The one document that a web page is.

    Raises ReadError: ``too_large``, ``binary``, ``mojibake``, ``empty``, ``script_only``, ``too_deep``,
    ``too_many_cells``.
    """
    return (read_page(data, limits),)


def read_page(
    data: bytes,
    limits: Limits,
    declared: str | None = None,
    format: str = "html",
    facts: Sequence[tuple[str, str]] = (),
    sheets: Mapping[str, str] | None = None,
) -> Document:
    """A web page as a document. ``declared``: the encoding that a header around the page names; ``facts``: what is
    known of the page from outside, which comes before what the page says of itself; ``sheets``: style sheets that came
    with the page, by address. Errors as ``read``."""
    if len(data) > limits.max_bytes:
        raise ReadError("too_large", told("readers.bytes_over_limit", size=len(data), limit=limits.max_bytes))
    if len(data) > MAX_TAGS and data.count(b"<") > MAX_TAGS:
        raise ReadError("too_large", told("readers.page_tags", limit=MAX_TAGS))
    decoded = decode(data, declared or declared_charset(data))
    if is_markdown(decoded.text):
        decoded = replace(decoded, text=as_page(decoded.text))
        data = decoded.text.encode("utf-8", "replace")
    source = _source(data, decoded)
    root = _parsed(source)
    if next(root.iter("s", "strike", "del"), None) is not None:
        struck = _STRUCK.sub(_each_struck, source)
        if struck != source:
            source = struck
            root = _parsed(source)
    if any(_is_cut_short(element) for element in root.iter("s", "strike")):
        source = _STRUCK_TAG.sub(rb"\1del", source)
        root = _parsed(source)
    if _CUT_SHORT.search(source):
        source = _CUT_TAG.sub(rb"\1span", source)
        root = _parsed(source)
    by_name = by_tag(root, *HEAD, *_ADDRESS, "script")
    stated = (*facts, *page_facts(by_name, decoded.text))
    linked_files = _attachments(by_name)
    named = [link.get("href") or "" for link in by_name["link"] if _is_sheet(link)]
    known = {**(sheets or {}), **{address: written_in(address) for address in named if address.startswith("data:")}}
    came = [known[address] for address in named if address in known]
    pruned = prune(root, source, came, len(came) < len(named))
    blocks = _page_blocks(root, limits)
    _require_words(blocks, bool(by_name["script"]))
    notices = (*decoded.notices, *pruned, *_image_notices(root), *_attachment_notices(linked_files))
    return _built(blocks, format, stated, notices)


def _source(data: bytes, decoded: Decoded) -> bytes:
    """The page in UTF-8, without characters that are none: its own bytes if that is what they are."""
    text = decoded.text
    if decoded.encoding == UTF_8 and UNKNOWN not in text and b"\x00" not in data:
        source = data.removeprefix(codecs.BOM_UTF8)
    else:
        source = text.replace("\x00", "").encode("utf-8", "replace")
    if _SIGN_BYTES in source:
        source = SIGNS.sub("", source.decode("utf-8", "replace")).encode("utf-8", "replace")
    source = as_browsers_end_it(source)
    has_references = b"&#" in source
    if b"\xcc" in source or (has_references and _STROKE_REFERENCE.search(source)):
        source = _with_strokes(source)
    return _SIGN_REFERENCE.sub(b"", source) if has_references else source


def _is_cut_short(struck: Element) -> bool:
    """Whether a paragraph that began within struck words ended them."""
    following = struck.getnext()
    is_empty = not len(struck) and not (struck.text or "").strip()
    return is_empty and following is not None and following.tag == "p" and not (struck.tail or "").strip()


def _each_struck(struck: re.Match[bytes]) -> bytes:
    """A struck stretch with every word in it struck by itself, where tags in it begin or end a paragraph or overlap it.

    Browsers strike all of it, libxml2 only what comes before the first of these tags.
    """
    tag, stated, inner = struck.groups()
    if not _BLOCK_WITHIN.search(inner) and len(_BEGIN.findall(inner)) == len(_END.findall(inner)):
        return struck[0]
    return _BETWEEN_TAGS.sub(lambda words: b"<%b%b>%b</%b>" % (tag, stated, words[0], tag), inner)


def _with_strokes(source: bytes) -> bytes:
    """The page with characters that have a stroke set over each as struck words."""
    plain = _STROKE_REFERENCE.sub(lambda match: chr(int(match[1] or match[2], 16 if match[1] else 10)).encode(), source)
    return STRUCK_CHARACTERS.sub(r"<del>\g<0></del>", plain.decode("utf-8", "replace")).encode("utf-8", "replace")


def _is_sheet(link: Element) -> bool:
    """Whether a link names a style sheet that holds on a screen."""
    kinds = (link.get("rel") or "").lower().split()
    return "stylesheet" in kinds and "alternate" not in kinds and on_screen(link.get("media", ""))


def _parsed(source: bytes) -> Element:
    """The page as a tree: no network, no entities; 256 levels, or 2,048 in a page of ordinary size.

    libxml2 stops reading at either bound. A page whose end tags are missing gets deep without any bad intent.
    """
    if not source or source.isspace():
        raise ReadError("empty", told("readers.page_empty"))
    root, stopped = _tree(source, deep=False)
    if stopped and len(source) <= ORDINARY_SIZE:
        root, stopped = _tree(source, deep=True)
    if root is None:
        raise ReadError("empty", told("readers.page_unreadable", reason=stopped.strip()))
    if stopped:
        code = "too_deep" if "depth" in stopped else "too_large"
        raise ReadError(code, told("readers.page_not_to_its_end", reason=stopped.strip()))
    return root


def _tree(source: bytes, deep: bool) -> tuple[Element | None, str]:
    """The tree as far as the parser got, and what stopped it, "" if nothing did."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=deep, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        return None, str(error)
    stopped = parser.error_log.filter_from_fatals()
    return root, stopped[0].message if len(stopped) else ""


def _built(
    blocks: Sequence[Block], format: str, facts: Sequence[tuple[str, str]], notices: Sequence[Notice]
) -> Document:
    builder = DocumentBuilder()
    for block in blocks:
        if block.cells is None:
            builder.add_paragraph(block.text)
        else:
            builder.add_grid(block.cells)
    return builder.build(format, facts, notices)


# Blocks in reading order -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Flow:
    """The page's lines and grids as they come, and the line that is being read."""

    tables: Tables
    blocks: list[Block] = field(default_factory=list)
    extents: list[Extent] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    links: int = 0
    kept: int = 0
    linked: int = 0

    def add(self, text: str) -> None:
        """Words of the current line; white space at its begin is nothing."""
        if self.kept:
            self.pieces.append(preformatted(text))
            return
        length = len(text.strip(SPACE))
        if length or self.pieces:
            self.pieces.append(text)
            self.linked += length if self.links else 0

    def end_line(self) -> None:
        """What was read since the last line end becomes blocks."""
        lines = lines_of(told_in_figures("".join(self.pieces)))
        linked = self.linked > 0 and self.linked > LINKED_SHARE * sum(map(len, lines))
        self.blocks += [Block(line, None, linked) for line in lines]
        self.pieces.clear()
        self.linked = 0

    def start(self, element: Element) -> bool:
        """An element begins; True if it has been read whole."""
        tag = element.tag
        if tag in BLOCKS:
            if self.pieces:
                self.end_line()
            self.opened.append(len(self.blocks))
            if tag == "table" and self.tables.by_element[element].is_grid:
                self._add_grid(element)
                return True
            self.kept += tag == "pre"
        elif tag == "br":
            self.pieces.append(BREAK)
        elif tag in ("img", PICTURE_TAG) and self.pieces:
            self.pieces.append(PICTURE)
        elif tag == "a":
            self.links += _leads_away(element)
        if element.text:
            self.add(element.text)
        return False

    def end(self, element: Element) -> None:
        """An element ends."""
        tag = element.tag
        if tag in BLOCKS:
            if self.pieces:
                self.end_line()
            self.extents.append((self.opened.pop(), len(self.blocks)))
            self.kept -= tag == "pre"
        elif tag == "a":
            self.links -= _leads_away(element)
        if element.tail:
            self.add(element.tail)

    def _add_grid(self, element: Element) -> None:
        self.blocks += [Block(line) for line in words_outside_cells(element)]
        for part in parted(self.tables.grid(self.tables.by_element[element])):
            self.blocks += [Block(line) for line in part.split("\n")] if isinstance(part, str) else [Block("", part)]


def _leads_away(link: Element) -> bool:
    """Whether a link goes to another page, not to a place in this one."""
    return not (link.get("href") or "#").startswith("#")


def _page_blocks(root: Element, limits: Limits) -> list[Block]:
    flow = _Flow(find_tables(root, limits.max_cells))
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            flow.end(element)
        elif flow.start(element):
            walker.skip_subtree()
    flow.end_line()
    return report_blocks(flow.blocks, flow.extents)


def _require_words(blocks: Sequence[Block], scripts: bool) -> None:
    shown = ""
    for text in (text for block in blocks for text in _texts(block)):
        shown += text.strip()
        if len(shown) >= SCRIPT_PAGE:
            return
    if scripts and not any(block.cells for block in blocks):
        raise ReadError("script_only", told("readers.script_only"), shown)
    if not shown:
        raise ReadError("empty", told("readers.page_without_words"))


def _texts(block: Block) -> Iterator[str]:
    if block.cells is None:
        yield shown_words(block.text)
    else:
        yield from (shown_words(cell.text) for cell in block.cells)


# Notices ---------------------------------------------------------------------------------------------------------


def _image_notices(root: Element) -> tuple[Notice, ...]:
    images = sum(1 for image in root.iter("img") if not _is_icon(image))
    return (Notice("note", "images", told("readers.images", images=images)),) if images else ()


def _is_icon(image: Element) -> bool:
    sizes = (_INTEGER.match(image.get(side) or "") for side in ("width", "height"))
    return any(int(size[0]) <= SMALL_IMAGE for size in sizes if size)


def _attachments(elements: Mapping[str, Sequence[Element]]) -> list[str]:
    """Addresses of documents that the page links to or shows in a frame."""
    addresses = (element.get(name) for tag, name in _ADDRESS.items() for element in elements[tag])
    return list(dict.fromkeys(address for address in addresses if address and _ATTACHMENT.search(address)))


def _attachment_notices(addresses: Sequence[str]) -> tuple[Notice, ...]:
    if not addresses:
        return ()
    message = told("readers.attachment_links", count=len(addresses))
    return (Notice("note", "attachment_links", message, " ".join(addresses)[:500]),)
