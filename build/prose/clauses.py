"""Sentences, their parts (between ；) and clauses (between ，): the frame in which numbers are bound.

Nothing is carried across 。 or ； but the items of an open breakdown, a channel whose figures go on behind ；, a
heading 依申请公开, and that another year is spoken of; a bracket is kept with the figure before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import lexicon as lex
from .folding import Folded, fold_stretch
from .tokens import Token, tokenize

MAX_PART = 2000
"""A part longer than this many characters is no sentence a person wrote; it is reported, not read."""

_END = re.compile(r"[。；;！!？?]+")
_NUMBERING = re.compile(r"\s*(?:\d{1,2}[.．](?=\s*[^\d\s]|\s*[“\"]?12345)|\d{1,2}、)")
_ITEM = re.compile(
    r"\s*[^\d０-９,，;；。:：()（）]{1,14}类[^\d０-９,，;；。]{0,6}[\d０-９][\d０-９.,万余多]*\s*[件个条次起宗]次?"
    r"(?:[,，(（]?\s*[^\d０-９,，;；。]{0,8}[\d０-９.]+[%％][)）]?)?\s*(?=[;；。]|$)"
)
_JOINERS = frozenset((lex.LIST, lex.JOINT, lex.SCOPE, lex.WEAK, lex.OBJECT))
_CHANNELLIKE = frozenset((lex.TOPIC, lex.MEDIA))
_WAYS = frozenset(lex.words_of(lex.WAYS))
_CONTENTS = frozenset(lex.words_of(lex.CONTENTS))
_PETITIONS = frozenset(lex.words_of(lex.PETITIONS))
_PETITIONED = frozenset(("网上信访", "信访"))
"""Ways of petitioning: listed with channels they are one more, by themselves another matter."""
_MAX_NAME = 10
_LETTERS = frozenset(lex.words_of(lex.LETTERS))
_HANDLED = frozenset(("receive", "receive_new", "handle", "reply", "complete", "transfer"))
_COUNTED = frozenset((lex.OBJECT, lex.KIND, lex.JOINT, lex.LIST, lex.WEAK))
_LEADING = frozenset((lex.RATE, lex.VERB, lex.TOPIC, lex.FEE))
_ENDS_ENTRY = frozenset((lex.BREAK, lex.BRACKET))
_MAX_UNKNOWN = 4
_ANOTHER = re.compile(
    r"(?:和|以及|及(?!时))(?:网格员|[^\d\s,，。;；:：、和及与]{1,12}?(?:群|平台|系统|渠道|窗口|专栏|栏目|信箱|邮箱|网格员))"
    r"(?!.{0,4}(?:对接|联动|联通|衔接|融合|互联|整合|建设))"
)
"""Behind a channel: another one, by its last word."""
_NO_PLACE = re.compile("协助|配合|会同|协同|协调|代表|代|由|经|向|为|对|请|给|报")
_OF_DISCLOSURE = re.compile("信息公开(?:平台|网|专栏|栏目|目录|系统|门户)")
"""县政府信息公开平台: 政府 is the first word of what the platform is for."""
_SCOPE_LEFT = re.compile(r"[\u4e00-\u9fff]{2,7}$")


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens between two commas; brackets are single tokens with ``inner``. Offsets are folded ones."""

    tokens: tuple[Token, ...]
    start: int
    end: int

    @property
    def is_period(self) -> bool:
        """Whether the clause is nothing but a period word: 2020年, 截至目前."""
        inside = [token for token in self.tokens if token.kind in (lex.PERIOD, lex.SINCE)]
        covered = sum(token.end - token.start for token in inside)
        return bool(inside) and covered >= self.end - self.start - 1


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two full stops or semicolons."""

    folded: Folded
    clauses: tuple[Clause, ...]
    start: int
    end: int


def part_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of ``text[start:end]``; items of a breakdown (求助类30件；咨询类…) stay with what they divide."""
    begun: int | None = None
    at = start
    for mark in _END.finditer(text, start, end):
        begun = at if begun is None else begun
        if mark.group()[0] not in "；;" or not _ITEM.match(text, mark.end(), end):
            if mark.start() > begun:
                yield begun, mark.start()
            begun = None
        at = mark.end()
    begun = at if begun is None else begun
    if begun < end:
        yield begun, end


def read_part(text: str, start: int, end: int) -> Part:
    """Tokens and clauses of ``text[start:end]``; numbering in front of it is left out."""
    if numbering := _NUMBERING.match(text, start, end):
        start = numbering.end()
    folded = fold_stretch(text, start, end)
    tokens = _bracketed(tokenize(folded.text))
    clauses = tuple(_clauses(tokens, 0, len(folded.text), folded.text))
    if not _CONTENTS.isdisjoint([token.text for token in tokens]):
        clauses = tuple(_naming_anew(clauses))
    return Part(folded, clauses, start, end)


def _naming_anew(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """收到网民留言30条,办结留言28条: the second names what came in through the first, no other channel.

    So in 县长信箱收到留言30条,办结留言28条; but a website named between brings in messages of its own, if any are named
    beside it.
    """
    came_in: set[str] = set()
    for clause in clauses:
        tokens: list[Token] = []
        brings = any(token.text in _CONTENTS for token in clause.tokens)
        for token in clause.tokens:
            again = token.kind == lex.TOPIC and token.text in came_in
            if (token.kind == lex.MEDIA and brings) or (token.kind == lex.TOPIC and not again):
                came_in = {word for word in _CONTENTS if token.sense == lex.HOTLINE and token.text.endswith(word)}
            elif token.text in _CONTENTS:
                came_in.add(token.text)
            tokens.append(token._replace(kind=lex.OBJECT, sense="", code="") if again else token)
        yield Clause(tuple(tokens), clause.start, clause.end)


def _bracketed(tokens: Sequence[Token]) -> list[Token]:
    """Brackets as single tokens; those inside brackets become breaks, one that never closes is a break too."""
    result: list[Token] = []
    opened: Token | None = None
    inner: list[Token] = []
    depth = 0
    for token in tokens:
        if token.kind == lex.OPEN:
            depth += 1
            if depth == 1:
                opened, inner = token, []
            else:
                inner.append(token._replace(kind=lex.BREAK))
        elif token.kind == lex.CLOSE:
            depth = max(0, depth - 1)
            if opened is not None and depth == 0:
                result.append(Token(lex.BRACKET, opened.start, token.end, "()", inner=tuple(inner)))
                opened = None
            elif opened is not None:
                inner.append(token._replace(kind=lex.BREAK))
        else:
            (inner if opened is not None else result).append(token)
    if opened is not None:
        result.extend((opened._replace(kind=lex.BREAK), *inner))
    return result


def _clauses(tokens: Sequence[Token], start: int, end: int, text: str) -> Iterator[Clause]:
    pending: list[Token] = []
    at = start
    for index, token in enumerate(tokens):
        if token.kind != lex.BREAK:
            pending.append(token)
            continue
        if token.text == ":" and _leads_to_number(tokens, index, end):
            continue
        if token.start > at:
            yield Clause(tuple(_merged(pending, text, at)), at, token.start)
        pending, at = [], token.end
    if end > at:
        yield Clause(tuple(_merged(pending, text, at)), at, end)


def _leads_to_number(tokens: Sequence[Token], at: int, end: int) -> bool:
    """办结率:98%: the colon between a known word and the number that is all it leads to parts nothing."""
    if at == 0 or at + 1 == len(tokens):
        return False
    word, colon, number = tokens[at - 1 : at + 2]
    behind = tokens[at + 2] if at + 2 < len(tokens) else None
    close = word.end == colon.start and colon.end == number.start
    alone = number.end == end if behind is None else number.end == behind.start and behind.kind in _ENDS_ENTRY
    return word.kind in _LEADING and number.kind == lex.NUMBER and close and alone


def bracket_clauses(bracket: Token, text: str) -> tuple[Clause, ...]:
    """The clauses inside a bracket."""
    return tuple(_clauses(bracket.inner, bracket.start + 1, bracket.end - 1, text))


def _merged(tokens: Sequence[Token], text: str, start: int) -> list[Token]:
    scoped: Sequence[Token] = _merged_scopes(tokens, text, start)
    return _merged_topics(_letters_of_site(scoped) if "网站" in text else scoped, text)


def _letters_of_site(tokens: Sequence[Token]) -> Sequence[Token]:
    """处理政府网站群众咨询及民生问题信件79条: the website is the channel through which the letters came."""
    at = next((at for at, token in enumerate(tokens) if token.text.endswith("网站") and token.kind == lex.MEDIA), -1)
    if at < 0 or not any(token.kind == lex.VERB and token.sense in _HANDLED for token in tokens[:at]):
        return tokens
    number = next((token for token in tokens[at:] if token.kind == lex.NUMBER), None)
    if number is None:
        return tokens
    counted = [token for token in tokens[at + 1 :] if token.end <= number.start]
    if not counted or counted[-1].text not in _LETTERS or counted[-1].end != number.start:
        return tokens
    if any(token.kind not in _COUNTED for token in counted):
        return tokens
    unknown = number.start - tokens[at].end - sum(token.end - token.start for token in counted)
    if unknown > _MAX_UNKNOWN:
        return tokens
    channel = tokens[at]._replace(kind=lex.TOPIC, sense=lex.HOTLINE, code="web_message")
    return [*tokens[:at], channel, *tokens[at + 1 :]]


def _merged_scopes(tokens: Sequence[Token], text: str, start: int) -> list[Token]:
    """市政府和市政府办公室 as one scope; a place name that begins the clause belongs to its agency."""
    result: list[Token] = []
    for token, behind in zip(tokens, (*tokens[1:], None), strict=False):
        if token.kind != lex.SCOPE:
            result.append(token)
            continue
        if behind is not None and behind.start == token.end and behind.sense == lex.FOREIGN:
            continue
        if token.text.endswith("政府") and _OF_DISCLOSURE.match(text, token.end):
            continue
        if result and result[-1].kind == lex.SCOPE and result[-1].end == token.start:
            result[-1] = _joined(result[-1], token, text, lex.SCOPE)
            continue
        before = result[-2:]
        if len(before) == 2 and before[0].kind == lex.SCOPE and before[1].kind in (lex.JOINT, lex.LIST):
            del result[-2:]
            result.append(_joined(before[0], token, text, lex.SCOPE))
        else:
            result.append(_with_place(token, result, text, start))
    return result


def _with_place(token: Token, before: Sequence[Token], text: str, start: int) -> Token:
    left = before[-1].end if before else start
    name = _SCOPE_LEFT.match(text, left, token.start)
    if name is None or name.end() != token.start or text[token.start] in "我全本各" or _NO_PLACE.match(name.group()):
        return token
    if before and before[-1].kind not in (lex.PERIOD, lex.AMONG):
        return token
    return token._replace(start=left, text=text[left : token.end])


def _merged_topics(tokens: Sequence[Token], text: str) -> list[Token]:
    """Channels named one after another as one topic: one number over several channels is ``mixed``."""
    result: list[Token] = []
    channel = False
    for word in tokens:
        token = word._replace(kind=lex.MEDIA, sense=lex.FOREIGN) if _is_further_way(result, word) else word
        before = _listed_with(result, token)
        if before is not None:
            first = result[before]
            del result[before:]
            result.append(_joined(first, token, text, lex.TOPIC))
        elif channel and _came_in(result, token):
            result.append(token._replace(kind=lex.OBJECT, sense="", code=""))
        else:
            result.append(token)
        channel = channel or (token.kind == lex.TOPIC and token.sense == lex.HOTLINE)
    return [_with_others(token, text) for token in result]


def _came_in(result: Sequence[Token], token: Token) -> bool:
    """市长信箱留言, 市长信箱受理信访件: what came in through the channel, no topic of its own."""
    if token.text not in _PETITIONS:
        return token.text in _CONTENTS and result[-1].kind not in (lex.LIST, lex.JOINT)
    named, end = result[-1], token.start
    for before in reversed(result):
        named = before
        if before.end != end or before.kind not in (lex.VERB, lex.REPORTED):
            break
        end = before.start
    return named.kind == lex.TOPIC and named.sense == lex.HOTLINE and named.end == end


def _is_further_way(result: Sequence[Token], word: Token) -> bool:
    """投诉电话、信件: another way in, listed with a channel."""
    if word.text not in _WAYS or len(result) < 2 or result[-1].kind not in (lex.LIST, lex.JOINT):
        return False
    return result[-2].kind == lex.TOPIC and result[-2].sense == lex.HOTLINE


def _listed_with(result: Sequence[Token], token: Token) -> int | None:
    """Index of the topic that ``token`` is listed with (、, 和 between, or nothing), None if it stands alone."""
    if token.kind not in _CHANNELLIKE:
        return None
    index = len(result) - 1
    joined = False
    while index >= 0 and result[index].kind in _JOINERS:
        joined = joined or result[index].kind in (lex.LIST, lex.JOINT)
        index -= 1
    if index < 0 or result[index].kind not in _CHANNELLIKE:
        return None
    first = result[index]
    both_named = first.sense == lex.HOTLINE and token.sense == lex.HOTLINE
    if first.end == token.start:
        return index if both_named and token.text not in _CONTENTS else None
    near = token.start - first.end <= 2 * _MAX_NAME
    return index if joined and near else None


def _joined(first: Token, last: Token, text: str, kind: str) -> Token:
    members = (first.inner or (first,)) + (last.inner or (last,))
    joined = Token(kind, first.start, last.end, text[first.start : last.end], inner=members)
    if kind == lex.SCOPE:
        return joined
    if all(member.kind == lex.MEDIA for member in members):
        return joined._replace(kind=lex.MEDIA, sense=lex.FOREIGN)
    senses = {member.sense for member in members if member.kind != lex.MEDIA}
    if lex.HOTLINE in senses:
        senses = {member.sense for member in members if member.kind != lex.MEDIA and member.text not in _PETITIONED}
    sense = senses.pop() if len(senses) == 1 else lex.FOREIGN
    return joined._replace(sense=sense, code=_common_code(members, sense))


def _common_code(members: Sequence[Token], sense: str) -> str:
    """The code that all members share; for channels else ``mixed``, for anything else none."""
    codes = {member.code for member in members if member.code != "agency_phone" or members[-1].text != "12345"}
    if len(codes) == 1:
        return codes.pop()
    return "mixed" if sense == lex.HOTLINE else ""


def _with_others(token: Token, text: str) -> Token:
    """12345热线等, 12345热线和“邻里牵手”工作群: channels that the text or the lexicon does not name are counted too."""
    if token.kind != lex.TOPIC or token.sense != lex.HOTLINE:
        return token
    further = text.startswith("等", token.end) or _ANOTHER.match(text, token.end) is not None
    return token._replace(code="mixed") if further else token
