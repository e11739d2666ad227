"""Rules for money and counts: what a number counts by its verb, by the words behind it, or by the list it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import lexicon as lex
from .bars import OTHER_YEAR
from .growth import COMPARED
from .heads import (
    LISTED,
    NO_HEAD,
    QUIET,
    adjoins,
    behind_last_break,
    governing,
    joint_verbs,
    last_head,
    last_of,
    numbered,
    outcome_behind,
    reached,
    result_behind,
    topic_behind,
    until_list,
    verb_behind,
)
from .model import COLUMN, ITEM, Decision, Figure
from .numbers import COUNT, MONEY
from .percents import NO_CHANNEL
from .point import Outcome, Point, class_among, class_before, names_class
from .state import State, in_scope, on_topic
from .times import ONE_OF_SEVERAL_TIMES, RUNNING
from .tokens import Token
from .ways import (
    ONE_WAY,
    are_some,
    divides_the_line,
    follows_one_way,
    is_of_one_class,
    is_one_way,
    is_outcome_of_one_way,
    one_way_entry,
)
from .whose import Office, acting_office, is_desk, is_village

FOREIGN_HEAD = "prose.something_else"
_WAIVED = frozenset(lex.words_of(lex.WAIVED))
_MORE_OR_FEWER = re.compile(r"(?<![众最至更大许])[多少]\Z")
_BY_PIECE = re.compile("[/每][件页张份]")
_REVIEW_GAP = 6
_CALLS = frozenset(lex.words_of(lex.CALLS))
_ARRIVALS = frozenset(("receive", "receive_new", "receive_with"))
_ANSWERS = frozenset(("reply", "complete"))
_ACTS = frozenset(("receive", "receive_new", "receive_with", "handle", "complete", "reply"))
_SUMS = frozenset(("共", "共计", "合计", "总计", "合计为", "总计为"))
_BARE_SUM = re.compile("金额(?:共|共计|合计|总计)?为?")
_STATEMENT = 16
"""So many characters hold 信息处理费收取情况:共收取."""
_STATED_FEE = re.compile(r"处理费(?:收取|收费)情况:(?:共?收取)?\Z")
_NOT_OURS = re.compile(
    "作为(?:行政)?复议机[关构]|与(?:政府)?信息公开(?:工作)?无关|[不未]涉及(?:政府)?信息公开|非(?:政府)?信息公开"
)
_SOME_OURS = re.compile("(?:其中|涉及|属于|包括)[^,，;:()\\d]{0,10}信息公开(?:(?!复议|诉讼)[^,，;:()\\d]){0,8}\\d")
"""行政复议9件,其中涉及政府信息公开的2件: the 9 are of any kind."""
_OF_ANY_KIND = re.compile(
    "为(?:共同)?(?:被申请人|被告)|(?:办理|审理|审结|代理)(?:的|了|各类)?(?:行政)?(?:复议|诉讼)(?:案|案件)"
)
"""Cases that an organ decides or pleads, for others too, unless disclosure is named beside them."""
_ON_DISCLOSURE = re.compile("(?:有关|涉及|关于|因|涉)?(?:政府)?信息公开(?:工作)?(?:引起|引发)?(?:方面|类)?的?")
_NO_REQUEST = re.compile("(?:政府)?(?:信息|文件|公文)(?!公开|申请)")
"""不予公开政府信息900条 sorts an agency's papers, it answers no requests."""
_INSTANCES = re.compile("(一审|二审|再审|终审)(?:判决|裁定|法院)?")
_INSTANCE = re.compile(_INSTANCES.pattern + r"\Z")
_SOME_OFFICES = re.compile("各(?:乡镇|镇街|镇|街道)|[市县区]直|下属|所属|直属|派出")
_HANDED_ON = frozenset(("brought_forward", "carried_forward"))
_SORTED_BY = re.compile("公文|文件|发文|属性|主动公开(?:类|的|信息|政府信息)*[0-9]")
_SORTED_AS_ON_REQUEST = re.compile("依申请公开(?:类|的|信息|政府信息|文件|公文)*[0-9]")
_RESULTS = {lex.APPLICATIONS: lex.OUTCOME_SENSES, lex.REVIEWS: lex.REVIEW_SENSES}
_HELPED = re.compile("(?:协助|配合)(?!下|的|开展|做好|完成)")
_APPLICATION_UNITS = frozenset(("件", "条", "份", "宗", "起", "项", "例", "封", "件次", "件(次)"))
_ITEMS = "项"
"""Behind another unit these are the questions that the requests ask."""
_REVIEW_UNITS = frozenset(("件", "起", "宗", "例", "件次", "件(次)"))


# Money --------------------------------------------------------------------------------------------------------------


def fee(point: Point) -> Outcome | None:
    """信息处理费300元."""
    if point.number.form != MONEY:
        return None
    heads = [word for word in point.left if word.kind == lex.FEE]
    if _is_tariff(point) or _is_of_another_verb(point.left, heads):
        return Outcome(reason=FOREIGN_HEAD)
    topic = point.state.topic
    named = heads or _is_sum_of_fees(point)
    if topic is None or topic.sense != lex.FEES or not named or topic.code == lex.FEE_NOTICES:
        return Outcome(reason="prose.no_fee")
    return Outcome((point.figure(COLUMN, topic.code, heads[-1].text if heads else topic.text),))


def _is_sum_of_fees(point: Point) -> bool:
    """收取信息处理费3笔,共计(金额)300元: the sum of what a clause before named, where none has been said yet."""
    state, number = point.state, point.token.start
    near = state.clause - state.topic_clause <= 1 and (state.last is None or state.last.domain != lex.FEES)
    summed = bool(point.left) and all(word.text in _SUMS for word in point.left)
    stated = _BARE_SUM.fullmatch(point.text, point.clause.start, number) or _STATED_FEE.search(
        point.text, max(0, number - _STATEMENT), number
    )
    return near and (summed or stated is not None)


def _is_tariff(point: Point) -> bool:
    """信息处理费每件100元, 信息处理费0.5元/页: what one of them costs, or would."""
    by_piece = any(word.kind == lex.AVERAGE for word in point.left)
    head = next((word.end for word in reversed(point.left) if word.kind == lex.FEE), point.token.start)
    return (
        by_piece
        or "标准" in point.text[head : point.token.start]
        or _BY_PIECE.match(point.text, point.token.end) is not None
    )


def _is_of_another_verb(left: Sequence[Token], heads: Sequence[Token]) -> bool:
    """减免信息处理费300元; in 提供政府信息收取信息处理费300元 the fee has a verb of its own."""
    foreign = [word for word in left if word.kind == lex.VERB and word.sense == "foreign"]
    if not foreign or any(word.text in _WAIVED for word in foreign):
        return bool(foreign)
    head = heads[-1] if heads else None
    return head is None or "收" not in head.text or head.start - foreign[-1].end <= 1


def no_fee(point: Point) -> Outcome | None:
    """未收取信息处理费: the words state none, which is 0."""
    token = point.token
    if token.sense != lex.FEES:
        return None
    state = on_topic(point.state, Token(lex.TOPIC, token.start, token.end, token.text, lex.FEES, lex.FEE_COLLECTED))
    return Outcome((point.behind(state).figure(COLUMN, lex.FEE_COLLECTED, token.text),), state=state)


# What a count speaks of ---------------------------------------------------------------------------------------------


def with_topic_behind(point: Point) -> Point:
    """300余件12345热线工单, 1起政府信息公开行政复议案件: the topic directly behind the number is its own."""
    topic = topic_behind(point.token, point.right) or _review_behind(point) or _request_behind(point)
    if topic is None:
        return point
    return point._replace(state=on_topic(point.state, topic), left=(*point.left, topic))


def _review_behind(point: Point) -> Token | None:
    topic = next((word for word in point.right[:3] if word.kind == lex.TOPIC), None)
    if topic is None or topic.sense != lex.REVIEWS:
        return None
    if any(word.kind == lex.NUMBER for word in until_list(point.right)):
        return None
    return topic if _ON_DISCLOSURE.fullmatch(point.text, point.token.end, topic.start) else None


def _request_behind(point: Point) -> Token | None:
    """收到70件申请 under a heading 依申请公开."""
    state, behind = point.state, point.right[0] if point.right else NO_HEAD
    if not state.setting.headed or state.topic is not None or behind.text != "申请":
        return None
    if behind.start != point.token.end or point.text[behind.end : behind.end + 1] in ("表", "书", "人"):
        return None
    head = last_head(point.left)
    if head is None or head.sense not in _ARRIVALS:
        return None
    return Token(lex.TOPIC, behind.start, behind.start, "", lex.APPLICATIONS)


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


def average(point: Point) -> Outcome | None:
    """日均30件 is an entry of a hotline's breakdown, never what it received."""
    first = next((word for word in point.left if word.kind == lex.AVERAGE), None)
    if first is None:
        return None
    if not point.state.on_line:
        return Outcome(reason="prose.per_day")
    return Outcome((point.figure(ITEM, "", point.cleaned(first.start, point.token.start)),))


def some_requests(point: Point) -> Outcome | None:
    """受理涉及征地的政府信息公开申请12件: some of the requests, as is what follows until a topic is named."""
    if not are_some(point):
        return None
    setting = replace(point.state.setting, applications=False)
    return Outcome(reason="prose.some_requests", state=point.state._replace(topic=None, last=None, setting=setting))


def requests_on_line(point: Point) -> Outcome | None:
    """接听咨询电话56个,受理申请8件: requests of which the paragraph speaks, none of the line's cases."""
    state = point.state
    if not (state.on_line and state.setting.applications):
        return None
    if not any(word.kind == lex.OBJECT and word.text == "申请" for word in point.left):
        return None
    return Outcome(reason=FOREIGN_HEAD, state=state._replace(topic=None, last=None))


def sum_of_channels(point: Point) -> Outcome | None:
    """办理甲箱来信90件和乙线工单共计700件: the 700 may hold the 90; 甲线、网格上报等共700件 are of both.

    So are a rate behind it, and what was done.
    """
    last, left = point.state.last, point.left
    if point.state.on_line and _is_one_of_a_list(left):
        return Outcome(reason="prose.channel_or_all", state=point.state._replace(topic=None, last=None))
    if not point.state.on_line or last is None or last.clause != point.state.clause or not left:
        return None
    if left[0].kind == lex.JOINT and left[-1].text in _SUMS and left[-1].end == point.token.start:
        return Outcome(reason="prose.channel_or_all")
    return None


def _is_one_of_a_list(left: Sequence[Token]) -> bool:
    """Whether a channel stands in a list with what no word of the lexicon names, all before one number."""
    at = last_of(left, lex.TOPIC)
    if at < 0 or left[at].sense != lex.HOTLINE or len(left[at].inner) > 1:
        return False
    after, before = (left[at + 1] if at + 1 < len(left) else NO_HEAD), (left[at - 1] if at > 1 else NO_HEAD)
    goes_on = after.kind == lex.LIST and after.start == left[at].end
    listed = before.kind == lex.LIST or (before.kind == lex.JOINT and left[at - 2].kind == lex.OBJECT)
    return goes_on or (listed and before.end == left[at].start)


# The verb of a count ------------------------------------------------------------------------------------------------


def with_head(point: Point) -> Point:
    """The verb that governs the number, what it means here, and whose deed it is; the list goes on with that verb."""
    state = point.state
    outcome = outcome_behind(point.token, point.right) if state.domain == lex.APPLICATIONS else None
    if outcome is not None:
        return _headed(point._replace(left=(outcome,), right=()), outcome)
    since = state.clause - state.pending_clause
    head = governing(point.left) or reached(state.pending, since, point.left, lex.VERB)
    if head is None or _behind_its_number(point) or _only_describes(point):
        return point
    if head.sense != "foreign" and not point.given:
        point = point.behind(state._replace(carry=head, carry_clause=state.clause))
    return _headed(point, head)


def _headed(point: Point, head: Token) -> Point:
    if head.sense == "foreign":
        return point._replace(head=head)
    state = _of_applications(point, head, adjoins(_from(head, point.left), point.token))
    last_end = max((decision.token.end for decision in point.decisions[-1:]), default=0)
    by_office = not state.bracket and state.domain in (lex.APPLICATIONS, lex.HOTLINE)
    office = acting_office(point.text, head, point.left, last_end) if by_office else None
    if state.domain == lex.APPLICATIONS and (obstacle := _not_of_all(point, head)):
        office = Office("", obstacle)
    if office is not None and not office.obstacle and state.domain == lex.APPLICATIONS:
        state = in_scope(state, head._replace(text=office.words))
    results = _RESULTS.get(state.domain, frozenset())
    outcomes = frozenset(state.sense(word) for word in joint_verbs(point.left)) & results
    column = lex.DISCLOSED if outcomes == lex.DISCLOSED_SENSES else state.column(head)
    return point._replace(state=state, head=head, column=column, outcomes=outcomes, office=office)


def _not_of_all(point: Point, head: Token) -> str:
    """Why what ``head`` counts was not done with the requests in general; empty if it may have been.

    告知通过其他途径办理3件: what the applicant was told to do; 上年结转办结2件: what was done with those left over.
    """
    if head.sense not in _DONE:
        return ""
    since = max([point.clause.start, *(decision.token.end for decision in point.decisions[-1:])])
    if _TOLD_TO.search(point.text, since, head.start):
        return "prose.passed_on"
    before = [word for word in point.left if word.end <= head.start and word.kind not in (*QUIET, lex.TOPIC)]
    of_last_year = bool(before) and point.state.sense(before[-1]) == "brought_forward"
    listed = len(before) > 1 and before[-2].kind in (*LISTED, lex.INCLUDING)
    return "prose.some_requests" if of_last_year and not listed else ""


_DONE = frozenset(("receive", "handle", "reply", "complete", "finish")) | lex.OUTCOME_SENSES
_TOLD_TO = re.compile(
    "(?:告知|建议|引导|指引)(?!书)[^,，;:并后\\d]{0,16}?(?:通过|经由|向|[到去]|其[他它]|有关|相关|有权|主管)[^,，;:并后\\d]{0,16}\\Z"
)


def _from(head: Token, left: Sequence[Token]) -> Sequence[Token]:
    return [head, *(word for word in left if word.start >= head.end)]


def _of_applications(point: Point, head: Token, near: bool) -> State:
    """予以公开5件 after a sentence on applications needs no topic of its own, nor does 上年结转1件 under a heading."""
    state = point.state
    free = state.topic is None or (state.domain == lex.FOREIGN and state.topic_clause != state.clause)
    told = head.sense in lex.OUTCOME_SENSES or (head.sense == "brought_forward" and state.setting.headed)
    if not (free and near and state.setting.applications and told):
        return state
    if _counts_other_cases(point) or any(one.reason == ONE_WAY for one in point.decisions):
        return state
    if follows_one_way(point, head):
        return state
    topic = Token(lex.TOPIC, head.start, head.start, "", lex.APPLICATIONS)
    return state._replace(topic=topic, topic_clause=state.clause)


def _counts_other_cases(point: Point) -> bool:
    """受理许可事项300件,不予受理40件: the 40 are of the 300; not so behind 召开会议3次, 主动公开300件, 网站公开3件."""
    topic = point.state.topic
    if topic is None or topic.kind == lex.MEDIA or "主动" in topic.text:
        return False
    behind = [one.token for one in point.decisions if one.token.start > topic.start]
    return any(numbered(token).unit in _APPLICATION_UNITS for token in behind)


def _behind_its_number(point: Point) -> bool:
    """2件维持、1件撤销: 维持 belongs to the number before it."""
    left = point.left
    last = point.decisions[-1].token.end if point.decisions else None
    apart = last is not None and 0 <= left[0].start - last <= 1
    first = next((word for word in left if word.kind not in QUIET), left[-1])
    return apart and first.kind == lex.VERB and left[-1].kind in LISTED


def _only_describes(point: Point) -> bool:
    """办理甲线300件、乙线转办件20件: 转办 says where the cases came from, as it would behind 办理 itself."""
    state, left = point.state, point.left
    if state.carry is None:
        return False
    here = state.carry_clause == state.clause and left[0].kind == lex.LIST
    if here and len(left) > 2 and left[1].kind == lex.VERB and left[2].text != "件":
        return False
    if not here and not _passed_on(point):
        return False
    return governing((state.carry, *left[here:])) is state.carry


def _passed_on(point: Point) -> bool:
    """办理甲线300件,乙线转办件20件: the same in the clause behind, if it names whose cases they are.

    Behind 受理甲线300件 乙线转办20件 says what was done with them.
    """
    state, left, verb = point.state, point.left, governing(point.left)
    whose = left[0].kind in (lex.TOPIC, lex.SCOPE) and state.carry_clause == state.clause - 1
    if verb is None or state.carry is None or (state.carry.sense in _ARRIVALS and verb.end == point.token.start):
        return False
    return whose and left[0].start == point.clause.start and verb.sense == "transfer"


def more_than_before(point: Point) -> Outcome | None:
    """比上年多受理5件, 比上年受理多5件: by how many more, or fewer."""
    if point.head is None:
        return None
    ends = (point.head.start, point.token.start) if point.state.compared is not None else (point.head.start,)
    if not any(_MORE_OR_FEWER.search(point.text, max(0, end - 2), end) for end in ends):
        return None
    return Outcome(reason=COMPARED)


def ranked(point: Point) -> Outcome | None:
    """受理量居前三的是水务局300件, 受理诉求较多的镇为临江镇300件: of the first, as are the numbers behind it."""
    state, head = point.state, point.head
    if head is None or point.column is None or (state.of_parts and state.last is not None):
        return None
    if _RANKED.search(point.text, head.end, point.token.start) is None:
        return None
    return Outcome(reason="prose.ranked", state=state._replace(topic=None, last=None, carry=None))


_RANKED = re.compile(
    r"居前|靠前|排名|排前|[位名]列|[位名]居|前[一二三四五六七八九十\d]{1,2}[位名的类项个大]|集中(?:在|于|为)|依次|"
    r"[最较]?[多高大]的(?:是|为|有|[^,，:;\d]{0,8}[是为有:])"
)


def each_of_several(point: Point) -> Outcome | None:
    """甲箱和乙线各受理50件: of each, not of both together."""
    topic = point.state.topic
    if topic is None or len(topic.inner) < 2 or point.head is None or point.given:
        return None
    each = any(point.text.endswith(("各", "各自"), 0, end) for end in (point.head.start, point.token.start))
    return Outcome(reason="prose.each_of_several") if each else None


def chosen(point: Point) -> Outcome | None:
    """受理的3件诉求入选案例 tells of three of them; 受理的300件诉求均已办结 of all."""
    head, start = point.head, point.token.start
    if (
        head is None
        or point.column is None
        or head.sense not in _ACTS
        or point.text[head.end : start] not in ("的", "了的")
    ):
        return None
    if any(
        word.kind in (lex.EACH, lex.REPORTED) or word.text == "全部"
        for word in point.clause.tokens
        if word.start > start
    ):
        return None
    return Outcome(reason="prose.chosen")


def visits(point: Point) -> Outcome | None:
    """受理咨询电话90次,接待来访30人次: who came in person called no line, and what follows may be of either."""
    state, head = point.state, point.head
    if head is None or not state.on_line or not head.text.endswith("接待"):
        return None
    if any(word.kind == lex.TOPIC and word.start >= head.end for word in point.left):
        return None
    at_a_counter = _AT_A_COUNTER.search(point.text, 0, head.start + head.text.index("接待"))
    if at_a_counter is None and _IN_PERSON.search(point.text, head.end, point.token.start) is None:
        return None
    return Outcome(reason=FOREIGN_HEAD, state=state._replace(topic=None, last=None))


_AT_A_COUNTER = re.compile(r"(?:窗口|大厅|柜台|上门|面对面)(?:共|累计)?\Z")
_IN_PERSON = re.compile("来访(?!来[电信])|上门|到访|来人")


def other_thing(point: Point) -> Outcome | None:
    """督办30件, 培训3次: another thing counted ends a topic that had no figure."""
    if point.head is None or point.head.sense != "foreign":
        return None
    asked = point.state.on_line and point.head.text in _ASKED
    equipped = point.state.on_line and _EQUIPMENT.search(point.text, point.head.end, point.token.start) is not None
    of_the_topic = asked or equipped or (point.state.topic is not None and point.head.text in _RETURNED)
    return Outcome(reason="prose.no_meaning" if of_the_topic else FOREIGN_HEAD)


_ASKED = frozenset(("回访", "满意", "不满意"))
"""Whom a line asked, and what they said, is still of the line: 回访90件,满意88件,满意率97.8%."""
_EQUIPMENT = re.compile("(?:座席|坐席|席位|话务员|接线员|话务人员|专线|中继线|线路)(?:共|共计|达|为)?\\Z")
"""With what a line works is of the line, too: 设立话务座席8个,受理12775件."""
_RETURNED = frozenset(("退件", "退单"))
"""What was sent back is of what came in: 接件900件,退件20件,办结880件."""


def office_apart(point: Point) -> Outcome | None:
    """转市水务局办理3件, 甲局、乙局受理5件, 协助市政府答复2件: not the office whose report this is, or not it alone."""
    office, head = point.office, point.head
    if head is None or point.state.domain != lex.APPLICATIONS:
        return None
    if office is not None and office.obstacle:
        return Outcome(reason=office.obstacle)
    helped = _HELPED.search(point.text, max(point.clause.start, behind_last_break(point.text, head.start)), head.start)
    return Outcome(reason="prose.several_offices") if helped is not None else None


def office_on_line(point: Point) -> Outcome | None:
    """受理12345工单90件,县水务局办结8件: what one office did is an entry of the line's breakdown, and so is what all
    those of one kind did (县直部门办结8件), villages (村办理8件) and desks of the line (企业专席受理8件).

    What follows is then of that office too, until a channel is named again; behind villages it may be of all.
    """
    state = point.state
    some = _offices_of_a_kind(point)
    doer = point.office.words if point.office is not None else some
    below = is_village(doer) or is_desk(doer)
    if not doer or not state.on_line or (not below and any(word.kind == lex.TOPIC for word in point.left)):
        return None
    if state.last is None:
        return Outcome(reason="prose.several_offices", state=state._replace(topic=None)) if some or below else None
    entry, label = one_way_entry(point), point.label()
    if entry.figures and point.head is not None and doer not in label:
        entry = Outcome((point.figure(ITEM, "", doer + label),))
    return entry if is_village(doer) else entry._replace(state=state._replace(topic=None))


def _offices_of_a_kind(point: Point) -> str:
    """各镇, 县直部门: a scope that is some of those who work on a line's cases; empty if it is none, or all of them."""
    before = [word for word in point.left if point.head is not None and word.end <= point.head.start]
    doer = next((word for word in reversed(before) if word.kind not in QUIET), NO_HEAD)
    return doer.text if doer.kind == lex.SCOPE and _SOME_OFFICES.search(doer.text) else ""


def no_meaning(point: Point) -> Outcome | None:
    """维持3件 of requests, 收到30件 of nothing: the verb means nothing there."""
    if point.head is None or point.column is not None or point.state.domain == lex.REVIEWS:
        return None
    if _are_requests_of_one_way(point):
        return Outcome(reason=ONE_WAY)
    return Outcome(reason="prose.no_meaning" if point.state.topic else NO_CHANNEL)


def _are_requests_of_one_way(point: Point) -> bool:
    """信函收到申请5件,予以公开2件 behind a sentence on requests: some of them, and so is what became of these."""
    head = point.head
    if head is None or point.state.topic is not None or not point.state.setting.applications:
        return False
    return head.sense in _ARRIVALS and is_one_way(point, head)


def several_outcomes(point: Point) -> Outcome | None:
    """不予公开、无法提供5件: both together; only 予以公开 and 部分公开 have a kind of their own."""
    if point.column in (None, lex.DISCLOSED) or len(point.outcomes) <= 1:
        return None
    return Outcome(reason="prose.several_outcomes")


def no_requests(point: Point) -> Outcome | None:
    """不予公开政府信息900条 sorts papers; 收到申请9次, 涉及3项 counts no requests."""
    state, unit = point.state, point.number.unit
    if point.head is None or point.column is None or state.domain != lex.APPLICATIONS:
        return None
    if point.outcomes and (_NO_REQUEST.match(point.text, point.head.end) or _sorts_papers(point)):
        return Outcome(reason="prose.information")
    questions = unit == _ITEMS and state.last is not None and state.last.number.unit != _ITEMS
    if not (unit in _APPLICATION_UNITS or _is_pieces(point)) or questions:
        return Outcome(reason="prose.not_in_applications")
    return None


def _is_pieces(point: Point) -> bool:
    """新收信息公开申请3个, 不予公开2个: right behind what is counted; 信息公开申请受理点3个 are others."""
    named = point.left[-1] if point.left else NO_HEAD
    counted = named.kind == lex.TOPIC or named.text == "申请" or point.state.sense(named) in lex.OUTCOME_SENSES
    return point.number.unit == "个" and counted and named.end == point.token.start


def _sorts_papers(point: Point) -> bool:
    """制发公文90件,其中主动公开50件、依申请公开30件、不予公开10件: how papers may be made public.

    With another outcome beside it 不予公开10件 is one, too.
    """
    told = {word.sense for clause in point.part.clauses for word in clause.tokens} & lex.OUTCOME_SENSES
    if told != {"withheld"}:
        return False
    return all(sorts.search(point.text) for sorts in (_SORTED_AS_ON_REQUEST, _SORTED_BY))


def far_from_topic(point: Point) -> Outcome | None:
    """The channel was named more than a clause ago, and nothing of it has been counted since."""
    if point.head is None or point.column is None or _near_topic(point.state, point.left, point.right):
        return None
    return Outcome(reason="prose.channel_too_far")


def _near_topic(state: State, left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether the channel still holds: a figure of it stands between, or the thing counted is named here.

    The outcomes of applications are the statute's words: they need no more naming.
    """
    if state.last is not None or state.clause - state.topic_clause <= 1:
        return True
    results = _RESULTS.get(state.domain, frozenset())
    if any(word.sense in results for word in (*left, *right[:2])):
        return True
    return any(word.kind in (lex.OBJECT, lex.KIND, lex.REPORTED) for word in (*left, *right[:1]))


def review_outcome(point: Point) -> Outcome | None:
    """政府信息公开行政复议维持2件; 一审维持2件 may stand again in 二审维持2件."""
    if point.head is None or point.column is None or point.state.domain != lex.REVIEWS:
        return None
    if point.column and _is_of_one_instance(point, point.head):
        return Outcome(reason="prose.one_instance")
    if point.column == lex.COLUMNS[lex.REVIEWS]["complete"] and _are_more_than_the_reviews(point):
        return Outcome(reason="prose.other_reviews")
    return _review(point, point.head, point.column)


def _are_more_than_the_reviews(point: Point) -> bool:
    """行政复议5件,维持3件,办结80件: the 80 are other cases, unless some were left from the year before."""
    told = [numbered(one.token).value for one in point.decisions if one.clause >= point.state.topic_clause]
    left_over = any(word.sense == "brought_forward" for clause in point.part.clauses for word in clause.tokens)
    return bool(told) and not left_over and point.number.value > sum(told)


def _is_of_one_instance(point: Point, head: Token) -> bool:
    here = _INSTANCE.search(point.text, max(0, head.start - 4), head.start)
    return here is not None and len({instance[1] for instance in _INSTANCES.finditer(point.text)}) > 1


def _review(point: Point, head: Token | None, suffix: str) -> Outcome:
    topic = point.state.topic
    if topic is None or not topic.code or not _is_ours(point, topic):
        return Outcome(reason="prose.other_reviews")
    if not (point.number.unit in _REVIEW_UNITS or _is_pieces(point)):
        return Outcome(reason="prose.not_in_cases")
    label = head.text if head is not None and suffix else topic.text
    return Outcome((point.figure(COLUMN, topic.code + suffix, label),))


def _is_ours(point: Point, topic: Token) -> bool:
    """Whether information disclosure has been spoken of before the topic; 行政复议126件 alone are of any kind."""
    of_any_kind = _OF_ANY_KIND.search(point.text) and "信息公开" not in point.text
    of_any_kind = of_any_kind or (_SOME_OURS.search(point.text) and "信息公开" not in _SOME_OURS.sub("", point.text))
    ours = None if of_any_kind or _NOT_OURS.search(point.text) else point.state.setting.ours
    return ours is not None and ours < point.part.folded.offsets[max(topic.start, topic.end - 1)]


def to_whom(point: Point) -> Outcome | None:
    """受理1560件,其中交办至各村900件、县直部门660件: what some of those got to whom cases were passed on."""
    state, head = point.state, point.head
    if head is None or point.column is None or not (state.on_line and state.among and head.sense == "transfer"):
        return None
    to = _TO_WHOM.match(point.text, head.end, point.token.start)
    return one_way_entry(point) if to is not None and not _TO_ALL.search(to.group()) else None


_TO_WHOM = re.compile(r"(?:至|到|给|由)[^,，:;\d]{2,16}\Z")
_TO_ALL = re.compile("相关|有关|各[级有部单地成承责]|承办|责任|成员|职能|主办")


def from_whom(point: Point) -> Outcome | None:
    """收到工单60件,其中市级下派50件: whence a part of them came."""
    state, head, left = point.state, point.head, point.left
    if head is None or point.column is None or not (state.on_line and state.among and head.sense == "transfer"):
        return None
    at = next((index for index, word in enumerate(left) if word is head), 0)
    if at == 0 or left[at - 1].kind != lex.SCOPE or left[at - 1].end != head.start:
        return None
    within = point.behind(state._replace(scope=state.last.scope if state.last else ""))
    return one_way_entry(within)._replace(state=within.state)


def one_way(point: Point) -> Outcome | None:
    """网上受理60件: what came in, or was answered, by one way of several.

    What was done with requests that came by one way, 网上受理申请60件,办结58件, is done with those alone where all that
    came have not been counted before.
    """
    if point.head is None or point.column is None:
        return None
    if is_of_one_class(point, point.head):
        return Outcome(reason="prose.one_class")
    if is_outcome_of_one_way(point, point.head):
        return Outcome(reason=ONE_WAY)
    if not is_one_way(point, point.head):
        return None
    entry = one_way_entry(point)
    came = point.state.domain == lex.APPLICATIONS and point.head.sense in _ARRIVALS
    if came and _received_before(point) is None:
        return entry._replace(state=point.state._replace(topic=None, last=None))
    return entry


def opened_alone(point: Point) -> Outcome | None:
    """公开30件 with no other outcome beside it may be anything that was made public."""
    if point.head is None or point.head.sense != "opened" or point.column is None:
        return None
    others = lex.OUTCOME_SENSES - {"carried_forward"}
    if any(word.sense in others for clause in point.part.clauses for word in clause.tokens):
        return None
    return Outcome(reason="prose.made_public")


def received_and_closed(point: Point) -> Outcome | None:
    """受理答复34件, 受理并按时答复34件: both, of the same number; 收到回复34件 were replies that came."""
    head, column = point.head, point.column
    if head is None or column is None or head.sense not in _ANSWERS:
        return None
    before = [word for word in point.left if word.end <= head.start]
    received = before[at] if (at := last_of(before, lex.VERB)) >= 0 else NO_HEAD
    between = point.text[received.end : head.start]
    arrived = point.state.column(received) if received.sense in _ARRIVALS else None
    if not arrived or _AND_IN_TIME.fullmatch(between) is None or (received.text.endswith("到") and not between):
        return None
    both = _column_figure(point._replace(head=received), received, arrived), _column_figure(point, head, column)
    return Outcome(both)


_AND_IN_TIME = re.compile("|并(?:均|已|全部|都)?(?:按[时期]|及时|如期|依法|规范)?")


def accepted(point: Point) -> Outcome | None:
    """收到申请57件,受理50件: of those that came in, which are more."""
    head, column, last = point.head, point.column, point.state.last
    if head is None or last is None or head.text != "受理" or column not in ("received", *_RECEIVED):
        return None
    if any(word.kind not in QUIET or word.kind == lex.OBJECT for word in point.left if word is not head):
        return None
    came = _received_before(point)
    if came is None or came.topic is not point.state.topic or not came.label.endswith("收到"):
        return None
    return Outcome((point.figure(ITEM, "", head.text),)) if point.number.value < came.number.value else None


def _received_before(point: Point) -> Figure | None:
    """The last number in this part of what came in."""
    told = (one for decision in reversed(point.decisions) for one in decision.figures)
    return next((one for one in told if one.role == COLUMN and one.column in ("received", *_RECEIVED)), None)


_RECEIVED = (lex.RECEIVED, lex.WITH_BROUGHT_FORWARD)


def _may_be_of_some_named(point: Point) -> bool:
    """受理900件,疑难件20件,办结15件: of the 20, which no verb counts; 有效工单890件,办结880件 are of all."""
    last = point.decisions[-1] if point.decisions else None
    spoken_of = point.state.domain in (lex.HOTLINE, lex.APPLICATIONS)
    if not spoken_of or point.state.bracket or last is None or last.figures or last.clause != point.state.clause - 1:
        return False
    named, clause = numbered(last.token), point.part.clauses[last.clause]
    before = [word for word in clause.tokens if word.end <= last.token.start]
    came = point.head is not None and point.head.sense in _ARRIVALS
    if came or named.form != COUNT or named.value < point.number.value or any(word.kind in _NAMED for word in before):
        return False
    label = point.text[clause.start : last.token.start]
    return _SOME_CASES.search(label) is not None and _is_counted_before(point)


def _is_counted_before(point: Point) -> bool:
    """Whether a number in this part says what came in, or how many were dealt with."""
    told = (one for decision in point.decisions for one in decision.figures)
    return any(one.role == COLUMN and one.sense in (*_ARRIVALS, *_ANSWERS, "handle") for one in told)


_NAMED = frozenset((lex.TOPIC, lex.VERB))
_SOME_CASES = re.compile(
    r"(?:(?<!有效)(?<![撤退])[件的]|[^各分两三多几]类|(?:涉及|疑难|复杂|重点|重大|紧急|热点|重复|历史|批示)[\u4e00-\u9fff]{0,6})\Z"
)


def of_the_class(point: Point) -> Outcome | None:
    """受理物业类诉求300件,办结290件: of those, as may be what 受理900件,其中投诉类300件,办结290件 ends with."""
    if point.head is None or point.column is None:
        return None
    among = class_among(point)
    is_part = (
        class_before(point) is not None
        or _may_be_of_some_named(point)
        or (among is not None and point.number.value <= among.number.value)
    )
    if not is_part or any(word.kind in (lex.TOPIC, lex.AMONG) for word in point.left):
        return None
    if names_class(point.kind_label()):
        return None
    return Outcome(reason="prose.of_one_kind", state=point.state._replace(topic=None, last=None))


def at_one_time(point: Point) -> Outcome | None:
    """一次办结55件, 二次办理35件: some of all, done the first time or again."""
    head = point.head
    if head is None or not _ONE_TIME.search(point.text, max(0, head.start - 3), head.start):
        return None
    return Outcome(reason="prose.of_one_kind")


_ONE_TIME = re.compile(rf"{ONE_OF_SEVERAL_TIMES}\Z")


def of_all_lines(point: Point) -> Outcome | None:
    """甲线受理90件,乙箱受理60件,共办结149件: of both, where only the second is the topic."""
    state, head = point.state, point.head
    if not state.on_line or head is None or point.column is None or any(word.kind == lex.TOPIC for word in point.left):
        return None
    told = [one for decision in point.decisions for one in decision.figures if one.role == COLUMN]
    counts = [one for one in told if one.domain == lex.HOTLINE and one.number.form == COUNT]
    others = [one for one in counts if one.topic is not state.topic]
    if not others or any(one.column == point.column for one in others):
        return None
    own = [one.number.value for one in counts if one.topic is state.topic]
    summed = any(word.text in _SUMS for word in point.left)
    if not own or not (summed or point.number.value > max(own)):
        return None
    return Outcome(reason="prose.channel_or_all", state=state._replace(topic=None, last=None))


def verb(point: Point) -> Outcome | None:
    """受理300件, 办结298件."""
    if point.head is None or point.column is None:
        return None
    return Outcome((_of_all_years(point, _column_figure(point, point.head, point.column)),))


def _of_all_years(point: Point, figure: Figure) -> Figure:
    """2022年受理300件,累计受理5000件: behind the year's own number a larger one of 累计 is that of all years."""
    if figure.role != COLUMN or not any(word.text in RUNNING for word in point.left):
        return figure
    alike = (figure.topic, figure.column, figure.scope, figure.period)
    told = (one for decision in point.decisions for one in decision.figures if one.role == COLUMN)
    own = [one.number.value for one in told if (one.topic, one.column, one.scope, one.period) == alike]
    is_larger = bool(own) and figure.period == "year" and own[-1] < figure.number.value
    return replace(figure, period="cumulative", partial=True) if is_larger else figure


def _column_figure(point: Point, head: Token, column: str) -> Figure:
    if column == lex.RECEIVED and head.sense == "receive" and point.state.with_brought_forward:
        column = lex.WITH_BROUGHT_FORWARD
    kind, phrase = point.kind_label(), point.label()
    if kind and (point.state.of_parts or names_class(kind)):
        arrived = column in ("received", lex.RECEIVED)
        return point.figure(ITEM, "", kind if arrived else head.text + kind)
    return point.figure(COLUMN, column, head.text, sense=head.sense, kind_label=kind, phrase=phrase)


# Counts without a verb of their own ---------------------------------------------------------------------------------


def calls(point: Point) -> Outcome | None:
    """公众来电3000余条: calls that came, with no verb."""
    topic = point.state.topic
    if topic is None or topic.text not in _CALLS or not point.left or point.left[-1].text != topic.text:
        return None
    if point.left[-1].end != point.token.start:
        return None
    return Outcome((point.figure(COLUMN, "received", topic.text, sense="receive"),))


def fee_notices(point: Point) -> Outcome | None:
    """发出收费通知3件."""
    heads = [word for word in point.left if word.kind == lex.FEE]
    if not heads or heads[-1].sense != lex.FEE_NOTICES or not point.state.setting.fees:
        return None
    return Outcome((point.figure(COLUMN, lex.FEE_NOTICES, heads[-1].text),))


def review_total(point: Point) -> Outcome | None:
    """政府信息公开行政复议3件; of 诉讼1件胜诉、1件败诉 the 1 is not all, and 上年结转行政诉讼2件 are another year's."""
    left, at = point.left, last_of(point.left, lex.TOPIC)
    if at < 0 or left[at].sense != lex.REVIEWS:
        return None
    if any(word.kind == lex.VERB and word.sense in _HANDED_ON for word in left[:at]):
        return None
    if not point.given and not adjoins(left[at:], point.token, _REVIEW_GAP):
        return None
    if (result := _result_of_some(point, left[at])) is not None:
        return _counted(_review(point, result, lex.COLUMNS[lex.REVIEWS][result.sense]))
    return None if result_behind(point.token, point.right) else _counted(_review(point, None, ""))


def _result_of_some(point: Point, topic: Token) -> Token | None:
    """行政复议5件,其中3件复议机关驳回申请: the result behind a topic that stands behind its number, where the 3 are
    a part of those that have been counted.
    """
    if topic.start < point.token.end or topic not in point.right:
        return None
    counted = (one for decision in point.decisions for one in decision.figures if one.role == COLUMN)
    if not point.state.of_parts and not any(one.column == topic.code for one in counted):
        return None
    result = verb_behind([word for word in point.right if word is not topic])
    return result if result is not None and result.sense in lex.REVIEW_SENSES else None


def _counted(outcome: Outcome) -> Outcome | None:
    """The outcome if it has figures: where it has none, another rule may."""
    return outcome if outcome.figures else None


def listed(point: Point) -> Outcome | None:
    """受理甲线3000件、乙线200件: the verb of a list holds for every channel (or scope) in it.

    乙线物业类200件 are one class of the line's cases.
    """
    state, left, carry = point.state, point.left, point.state.carry
    if carry is None or state.clause - state.carry_clause > 1:
        return None
    named = state.on_line and any(word.kind == lex.TOPIC and word.sense == lex.HOTLINE for word in left)
    scoped = last_of(left, lex.SCOPE) >= 0 and last_of(left, lex.AMONG) >= 0
    column = state.column(carry)
    if not (named or scoped) or not column:
        return None
    if named and _has_several_columns(point):
        return Outcome(reason="prose.no_verb")
    behind = point.cleaned(max((word.end for word in left if word.kind == lex.TOPIC), default=0), point.token.start)
    if named and names_class(behind):
        return Outcome((point.figure(ITEM, "", behind),), state=state._replace(carry_clause=state.clause))
    first = min(state.topic_clause, state.carry_clause)
    phrase = point.label() or (_channel_named(left) if state.bracket else "")
    more = {"sense": carry.sense, "carried": True, "topic_clause": first, "phrase": phrase}
    figure = point.figure(COLUMN, column, carry.text, **more)
    return Outcome((figure,), state=state._replace(carry_clause=state.clause))


def _channel_named(left: Sequence[Token]) -> str:
    """办理甲线等工单90件(甲线70件,乙线20件): the channels are what the parts are of."""
    at = last_of(left, lex.TOPIC)
    return left[at].text if at >= 0 else ""


def _has_several_columns(point: Point) -> bool:
    """受理甲线90件、办结80件,乙线7件: the 7 came in, or were done."""
    counts = [decision.figures[0] for decision in point.decisions if decision.figures]
    counts = [figure for figure in counts if figure.role == COLUMN and figure.number.form == COUNT]
    return len({figure.column for figure in counts if figure.topic is counts[-1].topic}) > 1


def without_whence(point: Point) -> Point:
    """Behind 省长信箱转派23件 the number of 市长信箱41件 is of no channel that one could tell."""
    named = point.state.on_line and any(word.kind == lex.TOPIC and word.sense == lex.HOTLINE for word in point.left)
    return point.behind(point.state._replace(topic=None)) if named and _came_from(point) else point


def _came_from(point: Point) -> bool:
    """省长信箱转派23件,市长信箱41件: a 转派 behind its channel says whence the cases came, and opens no list."""
    carry = point.state.carry
    if carry is None or point.state.clause - point.state.carry_clause > 1:
        return False
    if carry.sense != "transfer" or any(word.kind == lex.VERB for word in point.left):
        return False
    clause = next((one for one in point.part.clauses if one.start <= carry.start < one.end), None)
    return clause is not None and any(word.kind == lex.TOPIC and word.end <= carry.start for word in clause.tokens)


def other_system(point: Point) -> Outcome | None:
    """受理12345热线520件,民意快线平台46件: what came through a system that no word of the lexicon names.

    A rate behind it, or what was done, may be of either.
    """
    state, left = point.state, point.left
    if not state.on_line or state.last is None or state.of_parts:
        return None
    if any(
        word.kind not in QUIET and word.kind != lex.KIND
        for word in left[1 if left[:1] and left[0].kind in LISTED else 0 :]
    ):
        return None
    since = max(point.clause.start, behind_last_break(point.text, point.token.start))
    named = _SYSTEM.match(point.text, since, point.token.start)
    if named is None or _OWN_SYSTEM.match(named["name"]):
        return None
    return Outcome(reason=FOREIGN_HEAD, state=state._replace(topic=None, last=None))


_SYSTEM = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?:平台|系统|信箱|邮箱|专栏|栏目|网)")
_OWN_SYSTEM = re.compile(
    "该|[本此]平|热线|网络|互联|电话|语音|人工|线上|线下|网上|移动|手机|统一|受理|工单|话务|呼叫|其中|微信|短信|自助"
)
"""Ways in, and what one may call the line itself."""


def verb_after(point: Point) -> Outcome | None:
    """2件正在办理, 其中298件已办结; not 2件次年办结."""
    head = verb_behind(point.right)
    if head is None:
        return None
    if _is_done_in_another_year(point, head):
        return Outcome(reason=OTHER_YEAR)
    state = _of_applications(point, head, _is_right_behind(point, head))
    column = state.column(head)
    if not column or not _near_topic(state, point.left, point.right):
        return None
    within = point._replace(state=state, head=head)
    if state.domain != lex.REVIEWS:
        return Outcome((_column_figure(within, head, column),), state=state)
    outcome = _review(within, head, column) if head.sense in lex.REVIEW_SENSES else Outcome()
    return outcome._replace(state=state) if outcome.figures else None


def _is_right_behind(point: Point, head: Token) -> bool:
    """6件结转下年度, 6件申请结转下年度."""
    between = point.text[point.token.end : head.start]
    return between == "" or (between == "申请" and head.sense in _HANDED_ON)


def _is_done_in_another_year(point: Point, head: Token) -> bool:
    """2件次年办结, 2件于2024年1月办结 in the report of 2023."""
    words = [word for word in point.right if word.end <= head.start and word.kind == lex.PERIOD]
    year = point.state.setting.year
    return any(word.sense == "other_year" or (None not in (year, word.year) and word.year != year) for word in words)


def kind_of_case(point: Point) -> Outcome | None:
    """求助类3000件: a kind of case, in a breakdown or listed beside another kind."""
    state = point.state
    if not state.on_line or any(word.kind in (lex.TOPIC, lex.MEDIA, lex.RATE) for word in point.left):
        return None
    if state.last is None or state.last.carried:
        return None
    label = point.label()
    kinds = last_of(point.left, lex.KIND) >= 0 or label.endswith("类") or _is_another_way(label, state.last)
    if not label or not (kinds or state.of_parts):
        return None
    if _came_in_person(point, label):
        return Outcome(reason=ONE_WAY, state=state._replace(topic=None, last=None))
    alike = (state.last.kind_label in lex.MANNERS) == (label in lex.MANNERS)
    demoted = not state.of_parts and bool(state.last.kind_label) and alike
    before = _first_of_kinds(point, state.last) if demoted else None
    return Outcome((point.figure(ITEM, "", label),), before=before)


def _came_in_person(point: Point, label: str) -> bool:
    """咨询电话接听90次,当面咨询30次: no part of the calls, unless 其中 or a bracket behind the line says so."""
    return _FACE_TO_FACE.fullmatch(label) is not None and not divides_the_line(point)


_FACE_TO_FACE = re.compile("(?:当面|现场|面对面|窗口|柜台|上门)(?:咨询|求助|投诉|反映|问询|来访)?类?")


def _is_another_way(label: str, last: Figure) -> bool:
    """来电90件、来信20件: beside one way of asking another."""
    return label in lex.MANNERS and last.kind_label in lex.MANNERS and label != last.kind_label


def _first_of_kinds(point: Point, last: Figure) -> Decision | None:
    """受理咨询200件、投诉100件: the 200 are not all that was received, but the first of the kinds."""
    decision = point.decisions[-1]
    if not decision.figures or decision.figures[-1] is not last:
        return None
    item = replace(last, role=ITEM, column="", label=last.kind_label)
    return replace(decision, figures=(*decision.figures[:-1], item))


def no_verb(point: Point) -> Outcome | None:
    """What is left: a count of nothing that is known."""
    return Outcome(reason="prose.no_verb")
