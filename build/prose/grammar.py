"""The grammar of numbers in prose: every rule in its order, with a sentence that it takes and the nearest it leaves.

A number goes through the steps from above; the first rule that has something to say decides. What makes it no figure
comes first, then what its form allows: a percentage is a share or a rate, money a fee, and a count has a verb, a list
or a kind of case. ``--explain`` prints the names. The report's year in the examples is 2020.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import bars, channels, counts, governed, growth, lists, money, papers, percents, requests, reviews
from .numbers import BARE, BROKEN, COUNT, HUGE, MONEY, OTHER, PERCENT, POINTS, UNREADABLE
from .point import ClauseRule, Outcome, Point
from .state import State

FIGURES = frozenset((COUNT, MONEY, PERCENT))
"""The forms of numbers that may be a figure."""


@dataclass(frozen=True, slots=True)
class Step:
    """Rules that are tried one after another on numbers of some forms; ``prepare`` is what the words before them and
    behind them mean for all of the rules, and for those of later steps.
    """

    forms: frozenset[str]
    rules: tuple[ClauseRule, ...]
    prepare: Callable[[Point], Point] | None = None


NO_CASES = Step(
    frozenset((OTHER, BARE, POINTS)),
    (ClauseRule("no-cases", "12345热线在5个工作日内办结30件。", "12345热线办结30件。", bars.no_cases),),
)
NOUN_BEHIND = Step(
    frozenset((COUNT,)),
    (ClauseRule("another-noun", "12345热线走访20个村组,受理300件。", "12345热线受理来电20个。", bars.another_noun),),
)
TOO_LARGE = Step(
    frozenset((HUGE,)),
    (ClauseRule("too-large", "12345热线受理诉求300000000000件。", "12345热线受理诉求3000000000件。", bars.too_large),),
)
TORN = Step(
    frozenset((BROKEN,)),
    (ClauseRule("torn", "12345热线受理300-400件。", "12345热线受理300件。", bars.torn),),
)
UNREAD = Step(
    frozenset((UNREADABLE,)),
    (ClauseRule("unreadable", "12345热线受理3〔图片〕2件。", "12345热线受理32件。", bars.unreadable),),
)
PROMISED = Step(
    FIGURES,
    (ClauseRule("promise", "力争12345热线办结率达到99%。", "按照要求,12345热线办结率达到99%。", bars.promise),),
    bars.with_promise_kept,
)
OF_ANOTHER = Step(
    FIGURES,
    (
        ClauseRule("other-year", "2019年12345热线受理300件。", "2020年12345热线受理300件。", bars.other_year),
        ClauseRule(
            "part-of-unread",
            "收到信息公开申请300-400件(予以公开9件)。",
            "收到信息公开申请400件(予以公开9件)。",
            bars.part_of_unread,
        ),
        ClauseRule(
            "unclear-part",
            "全市收到信息公开申请90件,其中市本级30件,办结80件。",
            "全市收到信息公开申请90件,其中市本级30件、各区60件,办结80件。",
            bars.unclear_part,
        ),
    ),
    bars.with_year_counted,
)
LISTED = Step(
    FIGURES,
    (
        ClauseRule(
            "unlike-lists",
            "12345热线分别受理、办结30件、29件和2件。",
            "12345热线分别受理、办结30件、29件。",
            lists.unlike_lists,
        ),
        ClauseRule(
            "changes-of-several",
            "12345热线办结率、满意率分别提升2%、3%。",
            "12345热线办结率、满意率分别提升至98%、97%。",
            lists.changes_of_several,
        ),
        ClauseRule(
            "counts-of-kinds",
            "12345热线投诉受理量、咨询受理量分别为30件、60件。",
            "12345热线受理量、办结量分别为30件、29件。",
            lists.counts_of_kinds,
        ),
        ClauseRule("bare-list", "12345热线受理56件、43件。", "12345热线受理56件、办结43件。", lists.bare_list),
    ),
    lists.with_own_word,
)
CHANGED = Step(
    FIGURES,
    (
        ClauseRule(
            "change-begins", "12345热线办结率由90%提升到95%。", "12345热线由中心直接答复400件。", growth.change_begins
        ),
        ClauseRule("growth", "12345热线受理300件,同比增长5%。", "12345热线受理300件,办结率95%。", growth.growth),
        ClauseRule(
            "compared-with",
            "12345热线受理300件,较上年的280件略多。",
            "12345热线较上年受理280件。",
            growth.compared_with,
        ),
    ),
)
PERCENTAGES = Step(
    frozenset((PERCENT,)),
    (
        ClauseRule("share", "12345热线受理咨询类30件,占10%。", "12345热线受理咨询类30件,办结率90%。", percents.share),
        ClauseRule(
            "given-rate",
            "12345热线办结率、满意率分别为99%、98%。",
            "12345热线办结率99%、满意率98%。",
            percents.given_rate,
        ),
        ClauseRule("rate-named-behind", "12345热线有98%的办结率。", "12345热线办结率98%。", percents.rate_named_behind),
        ClauseRule(
            "rate-reached",
            "12345热线满意率提高3个百分点,达到98%。",
            "12345热线满意率达到98%。",
            percents.rate_reached,
        ),
        ClauseRule(
            "growth-or-rate", "12345热线同比提高办结率98%。", "12345热线办结率提高到98%。", percents.growth_or_rate
        ),
        ClauseRule(
            "rate-of-some",
            "12345热线办结率100%的单位有20个。",
            "12345热线办结率100%,单位有20个。",
            percents.rate_of_some,
        ),
        ClauseRule("rate-within", "12345热线15秒接通率98%。", "12345热线接通率98%。", percents.rate_within),
        ClauseRule(
            "average-rate", "12345热线高于全市平均办结率98%。", "12345热线平均办结率98%。", percents.average_rate
        ),
        ClauseRule(
            "rate-of-a-time",
            "第四季度12345热线办结率98%。",
            "全年12345热线办结率98%。",
            percents.rate_of_a_time,
        ),
        ClauseRule(
            "rate-of-one-kind",
            "12345热线受理300件,督办件办结率98%。",
            "12345热线受理300件,工单办结率98%。",
            percents.rate_of_one_kind,
        ),
        ClauseRule(
            "rate-of-several",
            "12345热线工单300件、区长信箱来信30件,办结率98%。",
            "12345热线工单300件,办结率98%,区长信箱来信30件。",
            percents.rate_of_several,
        ),
        ClauseRule(
            "rate-of-the-class",
            "12345热线受理物业类诉求300件,办结率98%。",
            "12345热线受理诉求300件,其中物业类30件、教育类20件,办结率98%。",
            percents.rate_of_the_class,
        ),
        ClauseRule("rate", "12345热线办结率98%。", "12345热线占98%。", percents.rate),
        ClauseRule("no-rate", "12345热线约98%。", "12345热线办结率约98%。", percents.no_rate),
    ),
    percents.with_rate,
)
SUMS_OF_MONEY = Step(
    frozenset((MONEY,)),
    (
        ClauseRule("no-fee", "本年度未收取信息处理费。", "对未收取信息处理费的申请30件。", money.no_fee),
        ClauseRule("fee", "收取信息处理费300元。", "收取信息处理费3件。", money.fee),
    ),
)
SUBJECTS = Step(
    frozenset((COUNT,)),
    (
        ClauseRule("papers", "公布12345热线办理情况30件。", "12345热线办理情况30件。", papers.papers),
        ClauseRule("average", "12345热线日均受理30件。", "12345热线当日受理30件。", counts.average),
        ClauseRule(
            "some-requests",
            "受理涉及征地的信息公开申请9件。",
            "受理各方面的信息公开申请9件。",
            requests.some_requests,
        ),
        ClauseRule(
            "requests-on-line",
            "信息公开申请方面,接听咨询电话56个,受理书面申请8件。",
            "信息公开申请方面,接听咨询电话56个,受理咨询8件。",
            requests.requests_on_line,
        ),
        ClauseRule(
            "sum-of-channels",
            "办理区长信箱来信90件和12345热线工单共计700件。",
            "办理区长信箱来信90件和12345热线工单700件。",
            channels.sum_of_channels,
        ),
    ),
    governed.with_topic_behind,
)
GOVERNED = Step(
    frozenset((COUNT,)),
    (
        ClauseRule("chosen", "12345热线受理的3件诉求入选案例。", "12345热线受理的300件诉求均已办结。", counts.chosen),
        ClauseRule(
            "more-than-before", "12345热线比上年多受理30件。", "12345热线至少受理30件。", counts.more_than_before
        ),
        ClauseRule(
            "ranked", "12345热线受理量居前三的是水务局300件。", "12345热线受理量居全市前三,受理300件。", counts.ranked
        ),
        ClauseRule(
            "each-of-several",
            "区长信箱和12345热线各受理30件。",
            "区长信箱和12345热线共受理30件。",
            channels.each_of_several,
        ),
        ClauseRule("visits", "咨询电话受理90次,接待来访30人次。", "咨询电话受理90次,接待来电30次。", channels.visits),
        ClauseRule("other-thing", "12345热线督办30件。", "12345热线办结30件。", counts.other_thing),
        ClauseRule(
            "office-apart",
            "信息公开申请转送市水务局办理3件。",
            "信息公开申请市水务局办理3件。",
            requests.office_apart,
        ),
        ClauseRule(
            "office-on-line",
            "受理12345热线工单90件,临江水务局办结8件。",
            "受理12345热线工单90件,办结8件。",
            channels.office_on_line,
        ),
        ClauseRule("no-meaning", "收到信息公开申请9件,审结3件。", "收到信息公开申请9件,办结3件。", counts.no_meaning),
        ClauseRule(
            "several-outcomes",
            "信息公开申请不予公开、无法提供5件。",
            "信息公开申请予以公开、部分公开5件。",
            requests.several_outcomes,
        ),
        ClauseRule(
            "no-requests",
            "收到信息公开申请9次。",
            "收到信息公开申请9件。",
            requests.no_requests,
        ),
        ClauseRule(
            "far-from-topic",
            "发挥12345热线作用,优化流程,加强协作,受理300件。",
            "发挥12345热线作用,优化流程,加强协作,受理诉求300件。",
            governed.far_from_topic,
        ),
        ClauseRule(
            "review-outcome",
            "政府信息公开行政复议案件维持2件。",
            "政府信息公开行政复议案件2件。",
            reviews.review_outcome,
        ),
        ClauseRule(
            "from-whom",
            "12345热线受理工单60件,其中市级转办50件。",
            "12345热线受理工单60件,市级转办50件。",
            channels.from_whom,
        ),
        ClauseRule(
            "to-whom",
            "12345热线受理工单60件,其中转办至水务局50件。",
            "12345热线受理工单60件,其中转办至相关部门50件。",
            channels.to_whom,
        ),
        ClauseRule(
            "one-way",
            "信息公开申请网上受理60件。",
            "信息公开申请受理60件。",
            counts.one_way,
        ),
        ClauseRule(
            "opened-alone",
            "收到信息公开申请9件,公开8件。",
            "收到信息公开申请9件,公开8件,不予公开1件。",
            requests.opened_alone,
        ),
        ClauseRule(
            "received-and-closed",
            "受理答复信息公开申请34件。",
            "受理信息公开申请34件,答复33件。",
            counts.received_and_closed,
        ),
        ClauseRule("at-one-time", "12345热线二次办理60件。", "12345热线办理60件。", counts.at_one_time),
        ClauseRule(
            "of-the-class",
            "12345热线受理物业类诉求300件,办结290件。",
            "12345热线受理诉求300件,办结290件。",
            counts.of_the_class,
        ),
        ClauseRule(
            "accepted", "12345热线收到诉求300件,受理290件。", "12345热线收到诉求300件,受理310件。", counts.accepted
        ),
        ClauseRule(
            "of-all-lines",
            "12345热线受理300件,区长信箱受理60件,共办结350件。",
            "12345热线受理300件,区长信箱受理60件,办结59件。",
            channels.of_all_lines,
        ),
        ClauseRule("verb", "12345热线受理300件。", "12345热线工单为300件。", counts.verb),
    ),
    governed.with_head,
)
BY_THEMSELVES = Step(
    frozenset((COUNT,)),
    (
        ClauseRule("calls", "公众来电3000余条。", "12345热线公众来电3000余条。", channels.calls),
        ClauseRule("fee-notices", "收取信息处理费,收费通知3件。", "收费通知3件。", money.fee_notices),
        ClauseRule(
            "review-total",
            "政府信息公开行政复议3件。",
            "行政复议3件。",
            reviews.review_total,
        ),
    ),
)
CARRIED = Step(
    frozenset((COUNT,)),
    (
        ClauseRule(
            "listed", "受理12345热线工单700件、区长信箱来信60件。", "受理12345热线工单700件、来信60件。", counts.listed
        ),
        ClauseRule(
            "other-system",
            "12345热线受理300件,民意快线平台24件。",
            "12345热线受理300件,网络平台24件。",
            channels.other_system,
        ),
        ClauseRule("verb-after", "12345热线有2件正在办理。", "12345热线有2件。", counts.verb_after),
        ClauseRule(
            "kind-of-case",
            "12345热线受理300件,其中求助类90件。",
            "12345热线求助类90件。",
            channels.kind_of_case,
        ),
        ClauseRule("no-verb", "12345热线工单为300件。", "12345热线受理工单300件。", counts.no_verb),
    ),
    governed.without_whence,
)
GRAMMAR = (
    *(NO_CASES, NOUN_BEHIND, TOO_LARGE, TORN, UNREAD, PROMISED, OF_ANOTHER, LISTED, CHANGED),
    *(PERCENTAGES, SUMS_OF_MONEY, SUBJECTS, GOVERNED, BY_THEMSELVES, CARRIED),
)
"""The steps in their order."""

RULES = tuple(rule for step in GRAMMAR for rule in step.rules)
"""Every rule, in the order in which they are tried."""


_FORMS = frozenset(form for step in GRAMMAR for form in step.forms)
_STEPS = {form: tuple((step.prepare, step.rules) for step in GRAMMAR if form in step.forms) for form in _FORMS}


def decide(point: Point) -> tuple[str, Outcome, State]:
    """The name of the rule that decides on a number, what it says, and the state behind the number."""
    for prepare, rules in _STEPS[point.number.form]:
        if prepare is not None:
            point = prepare(point)
        for rule in rules:
            outcome = rule.read(point)
            if outcome is not None:
                return rule.name, outcome, outcome.state or point.state
    raise ValueError(f"no rule for {point.token.text}")
