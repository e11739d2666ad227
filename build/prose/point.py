"""One number where it stands: its words on both sides, the state that holds there, and what a rule may say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import lexicon as lex
from .clauses import Clause, Part
from .heads import LISTED, behind_last_break
from .model import COLUMN, ITEM, Decision, Figure
from .numbers import Number
from .state import State
from .tokens import Token
from .whose import Office

FOREIGN_HEAD = "prose.something_else"
"""Why a number is none of ours whose verb is another matter's."""
MAX_LABEL = 20
_LABEL_EDGES = re.compile(
    r"^(?:[的共是了已、,，:占]|有(?!效|责)|为(?!民)|达(?!标)|计(?!划)|约(?!谈))+|[的共有为达计是约了已、,，:占]+$"
)
_CLASS = re.compile(
    "[^各分两三多几]类|^涉[^及事案]|^(?:企业|个人)(?![和及与、]|群众|市民)|疫情|警情|表扬|感谢"
    "|(?:涉及|关于)(?![我本全各该的部多等]|其[他它]).{2}|[^各多个]方面|[^各多个]领域"
    "|反映的?(?!的|各|有关|相关|热点|难点|合理|急|民生|群众|市民|公众|企业|问题|事项|诉求|意见)[\u4e00-\u9fff]{2,}(?:问题|事项|诉求)$"
)


class Outcome(NamedTuple):
    """What a rule says: figures, or none and why. ``state`` holds behind the number, None if it is the point's own.

    ``passed``: the number ends no stretch of words, and nobody asks what became of it. ``before``: the decision on
    the number before, as it is to be read now.
    """

    figures: tuple[Figure, ...] = ()
    reason: str = ""
    state: State | None = None
    passed: bool = False
    before: Decision | None = None


class Point(NamedTuple):
    """A number with the words since the last number (``left``) and those to the end of the clause (``right``), in the
    folded ``text`` of the part.

    ``decisions`` are those on the numbers before it. ``given``: 分别 gave it its word, the only one on its left.
    Of a percentage: ``rate_at`` is the index in ``left`` of the last rate, -1 if there is none.
    Of a count: ``head`` is the verb that governs it, ``column`` what that verb means here (None: nothing), ``outcomes``
    the outcomes that stand side by side before it, ``office`` whose deed the verb is.
    """

    part: Part
    state: State
    decisions: Sequence[Decision]
    token: Token
    left: Sequence[Token]
    right: Sequence[Token]
    number: Number
    text: str
    given: bool = False
    rate_at: int = -1
    head: Token | None = None
    column: str | None = None
    outcomes: frozenset[str] = frozenset()
    office: Office | None = None

    @property
    def clause(self) -> Clause:
        """The clause (round the bracket, if the number stands in one)."""
        return self.part.clauses[self.state.clause]

    def behind(self, state: State) -> Point:
        """The same number in another state."""
        return self if state is self.state else self._replace(state=state)

    def figure(self, role: str, column: str, label: str, **more: Any) -> Figure:
        """The number bound to what it counts; ``more`` are further fields of the figure."""
        state, left = self.state, self.left
        values: dict[str, Any] = {
            "topic_clause": state.topic_clause,
            "each": any(word.kind == lex.EACH for word in left),
            "among": state.of_parts,
            "limited": state.among,
            "partial": state.time.partial,
            **more,
        }
        return Figure(
            state.domain,
            state.topic,
            role,
            column,
            label,
            self.number,
            state.clause,
            scope=state.scope,
            period=state.time.period,
            **values,
        )

    def label(self, left: Sequence[Token] | None = None, end: int | None = None) -> str:
        """The words between the last break and ``end`` (the number), without fillers; empty if that names no kind."""
        left, end = self.left if left is None else left, self.token.start if end is None else end
        edges = [behind_last_break(self.text, end), self.clause.start]
        edges.extend(word.end for word in left if word.kind in (lex.AMONG, lex.SORTED, lex.NUMBER))
        edges.extend(decision.token.end for decision in self.decisions[-1:] if decision.token.end <= end)
        return self.cleaned(max(edges), end)

    def kind_label(self) -> str:
        """咨询 in 受理咨询200件, 来电 in 受理来电90件, where all counted is that; empty for 诉求, or for several."""
        if self.head is None or not self.state.on_line:
            return ""
        between = [word for word in self.left if word.start >= self.head.end]
        named = max((word.end for word in between if word.kind in (lex.TOPIC, lex.NUMBER)), default=self.head.end)
        words = self.cleaned(named, self.token.start)
        if not words or any(word.kind in LISTED for word in between):
            return ""
        return words if names_class(words) or _ends_in_kind(between) or words in lex.MANNERS else ""

    def cleaned(self, start: int, end: int) -> str:
        """The folded words without fillers at their edges; empty if they are too long for a name, or hold a digit."""
        label = _LABEL_EDGES.sub("", self.text[start:end])
        return label if len(label) <= MAX_LABEL and not any(character.isdigit() for character in label) else ""


def names_class(words: str) -> bool:
    """Whether words call what is counted a class of cases: 求助类, 涉疫, 企业诉求, 关于供水的, 反映的停水问题."""
    return bool(_CLASS.search(words))


def class_before(point: Point) -> Figure | None:
    """The one class of cases of which alone the channel's figures told: 受理物业类诉求300件, and nothing of all."""
    told = [figure for decision in point.decisions for figure in decision.figures if figure.topic is point.state.topic]
    items = [figure for figure in told if figure.role == ITEM]
    if not point.state.on_line or len(items) != 1 or any(figure.role == COLUMN for figure in told):
        return None
    return items[0] if names_class(items[0].label) else None


def class_among(point: Point) -> Figure | None:
    """The only class behind 其中, named last: 其中投诉类300件,办结290件 goes on with it, or with all."""
    told = [figure for decision in point.decisions for figure in decision.figures if figure.topic is point.state.topic]
    if not told or not point.state.on_line or told[-1].role != ITEM or not names_class(told[-1].label):
        return None
    return told[-1] if told[-1].limited and sum(figure.limited for figure in told) == 1 else None


def _ends_in_kind(words: Sequence[Token]) -> bool:
    """投诉, 投诉工单: the last word that is counted is a kind, or what directly follows one."""
    counted = [word for word in words if word.kind in (lex.OBJECT, lex.KIND)]
    if len(counted) > 1 and counted[-1].kind == lex.OBJECT and counted[-2].end == counted[-1].start:
        counted.pop()
    return bool(counted) and counted[-1].kind == lex.KIND


@dataclass(frozen=True, slots=True)
class ClauseRule:
    """A rule of the grammar: a name, a sentence with a number that it ``takes``, one whose numbers it all ``leaves``.

    ``read`` says what a number is, None where the rule has nothing to say of it.
    """

    name: str
    takes: str
    leaves: str
    read: Callable[[Point], Outcome | None]
