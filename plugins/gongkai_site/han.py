"""Chinese names in words of another language, marked for screen readers and for browsers' choice of glyphs."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from .language import DEFAULT, language_now, tag_of

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*")


def marked(words: object) -> Markup:
    """``words`` with each stretch of Chinese marked as such, where the page is in another language."""
    escaped = escape(words)
    if language_now() == DEFAULT:
        return escaped
    return Markup(HAN.sub(rf'<span lang="{tag_of(DEFAULT)}">\g<0></span>', str(escaped)))
