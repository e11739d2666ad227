"""End tags that browsers take otherwise than libxml2 does: a page is written so that both take them alike."""

from __future__ import annotations

import re

_END_OF_PAGE = re.compile(rb"</(?:html|body)\s*>", re.I)
_AT_ITS_END = re.compile(rb"(?:\s|</(?:html|body)\s*>)*", re.I)
_BREAK = re.compile(rb"</br\s*/?>", re.I)
_BEGIN_OF_PARAGRAPH = re.compile(rb"<p[\s>]", re.I)
_AROUND_PARAGRAPHS = re.compile(
    rb"</p\s*>|<(?P<begin>p)[\s>]|</?(?:t[drh]|table|div|li|ul|ol|section|article|h\d|center|blockquote)\b", re.I
)


def as_browsers_end_it(source: bytes) -> bytes:
    """The page with its end tags as browsers take them. ``source``: in an encoding that is ASCII where tags are.

    Words behind ``</html>`` are shown, ``</br>`` is a line break, and so is a ``</p>`` that ends no paragraph.
    """
    source = _with_words_behind_its_end(source)
    if b"</br" in source or b"</BR" in source:
        source = _BREAK.sub(b"<br>", source)
    ends = source.count(b"</p>") + source.count(b"</P>")
    if ends and ends > len(_BEGIN_OF_PARAGRAPH.findall(source)):
        source = _with_stray_ends_as_breaks(source)
    return source


def _with_words_behind_its_end(source: bytes) -> bytes:
    """The page without its end tags, where words stand behind the first of them: libxml2 drops these.

    Sites put pages together out of whole ones, and editors paste whole ones into an article.
    """
    ends = [at for tag in (b"</html", b"</HTML") if (at := source.find(tag)) >= 0]
    if not ends or _AT_ITS_END.fullmatch(source, min(ends)):
        return source
    return _END_OF_PAGE.sub(b"", source)


def _with_stray_ends_as_breaks(source: bytes) -> bytes:
    is_open = False

    def taken(tag: re.Match[bytes]) -> bytes:
        nonlocal is_open
        was_open, is_open = is_open, tag["begin"] is not None
        return tag[0] if was_open or tag[0][:3].lower() != b"</p" else b"<br>"

    return _AROUND_PARAGRAPHS.sub(taken, source)
