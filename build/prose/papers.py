"""The rule for papers: what was published about cases, which is counted beside them in the same words."""

from __future__ import annotations

import re

from .heads import behind_last_break
from .point import FOREIGN_HEAD, Outcome, Point


def papers(point: Point) -> Outcome | None:
    """公布12345热线办理情况12条, 公开信箱答复内容30条: what was written of the cases, not the cases."""
    since = max([point.clause.start, *(decision.token.end for decision in point.decisions[-1:])])
    written = _PAPERS.search(point.text, since, point.token.start)
    if written is None:
        return Outcome(reason=FOREIGN_HEAD) if _is_listed_with_papers(point) else None
    by_unit = point.number.unit in _PAPER_UNITS and written["what"] != "结果"
    published = _PUBLISHED.search(point.text, since, point.token.start) is not None
    return Outcome(reason=FOREIGN_HEAD) if by_unit or published else None


def _is_listed_with_papers(point: Point) -> bool:
    """发布解读4条、群众留言回复9条: the 9 may be published answers; 、办理群众留言9条 has its own verb."""
    if point.number.unit not in _PAPER_UNITS:
        return False
    start = behind_last_break(point.text, point.token.start)
    named = _NOUN_WITH_VERB.match(point.text, start, point.token.start)
    return named is not None and _PAPERS_LISTED.search(point.text, 0, start) is not None


_NOUN_WITH_VERB = re.compile(
    r"[^\d,，;:]*(?:留言|[信邮]箱|来信|信件|咨询|投诉|问政|诉求|建议)的?(?:办理|办结|处理|办复|答复|回复|回应|反馈|解答)"
)
_PAPERS_LISTED = re.compile(
    r"(?:(?<!信息|政务|申请)公开|公布|发布|公示|刊[登发]|编发|推送|转载|上传|更新)[^,，、;:\d]*\d+余?[条项份次个则]"
    r"(?:[^,，;:]*、|(?:[,，、](?![^,，、\d]*(?:办|复|受理|收|接|处理|转))[^,，、;:\d]{2,12}\d+余?[条项份次个则])+[,，、])\Z"
)
"""Papers by one verb, in a list that goes on; behind a comma only where another entry without a verb stands between."""
_PAPERS = re.compile(
    "(?:办理|办结|处理|办复|受理|答复|回复|回应|反馈|解答)的?"
    "(?P<what>(?:情况|内容|结果|信息|动态|摘要|选登|典型|案例|公示)+)(?:共计?|约|近|达|为)?\\Z"
)
_PUBLISHED = re.compile("(?<!信息|政务|申请)公开(?!电话|申请)|公布|发布|公示|刊[登发]|编发|推送")
_PAPER_UNITS = frozenset(("条", "项", "份", "次", "个", "则"))
