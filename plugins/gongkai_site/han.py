"""Chinese names in words of another language, marked for screen readers and for browsers' choice of glyphs."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from .language import DEFAULT, FALLBACK, language_now, tag_of

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*")
TAGS = re.compile("(<[^>]*>)")
CODE = re.compile(r"[A-Za-z][\w./:%?=&~+-]*", re.ASCII)


def coded(words: object) -> Markup:
    """``marked``; on a Chinese page each stretch of Latin letters, a code or an address, as code."""
    if language_now() != DEFAULT:
        return marked(words)
    plain, found, place = str(words), Markup(""), 0
    for code in CODE.finditer(plain):
        found += escape(plain[place : code.start()]) + Markup("<code>{}</code>").format(code[0])
        place = code.end()
    return found + escape(plain[place:])


def marked(words: object) -> Markup:
    """``words`` with each stretch of Chinese marked as such, where the page is in another language."""
    escaped = escape(words)
    if language_now() == DEFAULT:
        return escaped
    return Markup(HAN.sub(rf'<span lang="{tag_of(DEFAULT)}">\g<0></span>', str(escaped)))


def marked_html(page: object) -> Markup:
    """A piece of HTML with each stretch of Chinese between its tags marked, where the page is in another language."""
    if language_now() == DEFAULT:
        return Markup(page)
    mark = rf'<span lang="{tag_of(DEFAULT)}">\g<0></span>'
    return Markup("".join(piece if piece.startswith("<") else HAN.sub(mark, piece) for piece in TAGS.split(str(page))))


def tag_of_words(words: object) -> str:
    """The language of a name as HTML names it: Chinese where it has a Chinese character, else English."""
    return tag_of(DEFAULT if HAN.search(str(words)) else FALLBACK)
