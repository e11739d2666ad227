"""Every rule: its code, what it says, why it should hold, where that is laid down, and the function that checks it.

To add a rule, write a function from ``Facts`` to findings (or from two years' ``Facts``) and one entry here; the
database's table ``rules``, the views and the report page take it from this list. ``statement_*`` are templates,
rendered when read: {subject}, {left}, {right}, {difference}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .. import forms
from . import disclosures, form, hotline, oddities, prose, prose_rates, years
from .model import ACROSS_YEARS, FORM, HOTLINE, PROSE, WITHIN, Facts, Finding

WARNING, NOTE = "warning", "note"
"""Severity: a ``warning`` may say ``fails``; a ``note`` only says what a reader should know and never fails."""

NOTICE_2019 = forms.BY_CODE[forms.FORM_2019].notice
NOTICE_2021 = forms.BY_CODE[forms.FORM_2021].notice
REGULATIONS = "《中华人民共和国政府信息公开条例》"
TABLE_TWO = f"{REGULATIONS}第二十条；{NOTICE_2019}附件第二部分"
TABLE_THREE = f"{REGULATIONS}第五十条第一款第二项；{NOTICE_2019}、{NOTICE_2021}附件第三部分"
TABLE_FOUR = f"{REGULATIONS}第五十条第一款第三项；{NOTICE_2019}、{NOTICE_2021}附件第四部分"
PART_FIVE = f"{REGULATIONS}第五十条第一款第四项；{NOTICE_2019}、{NOTICE_2021}附件第五部分"
OWN_WORDS = "报告正文自身的数字（无专门规定） · the report's own words (no provision)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation that should hold; a row of ``rules``. Exactly one of ``check`` and ``compare`` is there."""

    code: str
    kind: str
    severity: str
    label_zh: str
    label_en: str
    statement_zh: str
    statement_en: str
    why_zh: str
    why_en: str
    source: str
    check: Callable[[Facts], Iterator[Finding]] | None = None
    compare: Callable[[Facts, Facts], Iterator[Finding]] | None = None


FORM_RULES: tuple[Rule, ...] = (
    Rule(
        "R1", FORM, WARNING,
        "收办平衡：一 + 二 = 三（七） + 四",
        "Requests in = requests out",
        "{subject}：本年新收加上年结转为{left}，办理结果总计加结转下年度为{right}。",
        "{subject}: received plus brought forward is {left}, closed plus carried forward is {right}.",
        "表头注明各列须满足这一勾稽关系；空格可为任何不小于0的数，不当作0。",
        "The form's header states it for every column; a blank may be any number from 0 up and is not read as 0.",
        TABLE_THREE,
        form.requests_in_and_out,
    ),
    Rule(
        "R2", FORM, WARNING,
        "办理结果相加 = （七）总计",
        "All results add up to 3.7",
        "{subject}：各项办理结果相加为{left}，（七）总计为{right}。",
        "{subject}: the results add up to {left}, row 3.7 says {right}.",
        "第（七）行是第（一）至（六）各行之和。",
        "Row 3.7 is the sum of rows 3.1 to 3.6.",
        TABLE_THREE,
        form.results_add_up,
    ),
    Rule(
        "R3", FORM, WARNING,
        "自然人 + 五类组织 = 总计",
        "Applicants add up to the total",
        "{subject}：各类申请人相加为{left}，总计为{right}。",
        "{subject}: the kinds of applicant add up to {left}, the total says {right}.",
        "总计栏是自然人与五类法人或其他组织之和；栏位不明的数字也计在内。",
        "The total is the sum of natural persons and five kinds of organisation; unplaced figures are counted in.",
        TABLE_THREE,
        form.applicants_add_up,
    ),
    Rule(
        "R4", FORM, WARNING,
        "维持 + 纠正 + 其他 + 未审结 = 总计",
        "Review outcomes add up to the total",
        "{subject}：四种结果相加为{left}，总计为{right}。",
        "{subject}: the four outcomes add up to {left}, the total says {right}.",
        "每一渠道的总计是四种结果之和。",
        "The total of each channel is the sum of its four outcomes.",
        TABLE_FOUR,
        form.review_outcomes_add_up,
    ),
)  # fmt: skip

WITHIN_RULES: tuple[Rule, ...] = (
    Rule(
        "count_unsound", WITHIN, WARNING,
        "件数应为不小于0的整数",
        "A count is a whole number, 0 or more",
        "{subject}：印作{left}。",
        "{subject}: {left} is printed.",
        "件数不可能为负或带小数（“本年增/减”可以为负）。只列出不合的单元格。",
        "A number of cases is never negative nor a fraction (a change may be negative). Only unsound cells are listed.",
        f"{TABLE_TWO};{TABLE_THREE};{TABLE_FOUR}",
        form.unsound_counts,
    ),
    Rule(
        "published_within_total", WITHIN, WARNING,
        "本年新公开 ≤ 对外公开总数量",
        "Newly published ≤ public in total",
        "{subject}：本年新公开{left}，对外公开总数量{right}。",
        "{subject}: {left} newly published, {right} public in total.",
        "当年新公开的文件也是对外公开的文件。",
        "What was published this year is public.",
        TABLE_TWO,
        disclosures.published_within_total,
    ),
    Rule(
        "made_not_public", WITHIN, NOTE,
        "本年新制作多于对外公开总数量",
        "More newly made than public in total",
        "{subject}：本年新制作{left}，对外公开总数量{right}。",
        "{subject}: {left} newly made, {right} public in total.",
        "新制作的文件可以不公开，所以并不矛盾，只作说明。只在出现时列出。",
        "What is made need not be public, so this is no contradiction, only a note. Listed only where it occurs.",
        TABLE_TWO,
        disclosures.made_but_not_public,
    ),
    Rule(
        "decisions_as_matters", WITHIN, NOTE,
        "处理决定数量恰等于事项数",
        "Decisions equal the number of matters",
        "{subject}：处理决定数量{left}，上一年项目数量加本年增减为{right}。",
        "{subject}: {left} decisions; previous matters plus change make {right}.",
        "处理决定按件计，事项按项计，两者相等多半是把事项数填成了件数。只在出现且不少于10时列出。",
        "Decisions and matters are counted differently; where they are equal one may stand for the other. "
        "Listed only where it occurs, from 10 up.",
        TABLE_TWO,
        disclosures.decisions_written_as_matters,
    ),
    Rule(
        "unit_missing", WITHIN, WARNING,
        "金额未注明单位",
        "An amount of money states its unit",
        "{subject}：表中印作{left}，单元格与表头均须注明单位，方可换算为万元。",
        "{subject}: printed as {left}; the cell or the header must state the unit, or it is not published.",
        "没有单位的金额可能相差一万倍，因此不公布。",
        "Without a unit an amount may be wrong by a factor of 10,000, so it is not published.",
        f"{TABLE_TWO}；{NOTICE_2021}附件第二部分",
        disclosures.unit_missing,
    ),
    Rule(
        "township_rules", WITHIN, WARNING,
        "乡镇无权制定规章",
        "Townships make no government rules",
        "{subject}：印作{left}。",
        "{subject}: {left} is printed.",
        "规章只能由国务院部门和省级、设区的市、自治州人民政府制定；乡镇报告所列“公开”的规章可能是上级的，不作判断。",
        "Only departments of the State Council and governments of provinces, cities with districts and autonomous "
        "prefectures make rules; rules that a township publishes may be a higher authority's: not judged.",
        "《中华人民共和国立法法》第九十一条、第九十三条（2023年修正；修正前为第八十条、第八十二条）",
        disclosures.township_with_rules,
    ),
    Rule(
        "section_title", WITHIN, NOTE,
        "标题用了另一部分的标题",
        "A section carries another section's title",
        "{subject}：标题与另一部分相同，本部分自己的标题没有出现。",
        "{subject}: the title is another section's, and the section's own is missing.",
        "表格按内容归入各部分，不受标题影响；只在出现时列出。",
        "Tables are read by their contents, whatever the title says. Listed only where it occurs.",
        f"{NOTICE_2019}、{NOTICE_2021}附件（报告格式）",
        oddities.borrowed_titles,
    ),
    Rule(
        "plan_year", WITHIN, NOTE,
        "计划段落的年份不是下一年",
        "A plan is not for the coming year",
        "{subject}：计划段落写的是{left}年，下一年是{right}年。",
        "{subject}: the plan names {left}; the coming year is {right}.",
        "改进打算应在下一年；写成报告年份多半沿用旧稿。只在出现时列出。",
        "Improvements are planned for the coming year; the report's own year often remains from a draft. "
        "Listed only where it occurs.",
        PART_FIVE,
        oddities.past_plans,
    ),
    Rule(
        "problems_empty", WITHIN, NOTE,
        "“存在的主要问题及改进情况”没有内容",
        "The section on problems is empty",
        "{subject}：标题之下没有内容。",
        "{subject}: there is nothing below the title.",
        "条例要求写明；也可能是抄本缺失。只在出现时列出。",
        "The Regulations require it; the copy may be incomplete. Listed only where it occurs.",
        PART_FIVE,
        oddities.empty_problems,
    ),
)  # fmt: skip

_AGAINST_ZH = "{subject}：正文为{left}，表中对应为{right}。"
_AGAINST_EN = "{subject}: the prose says {left}, the figure in the table is {right}."
_READINGS_ZH = (
    "正文与表格应一致。按文字所容许的各种口径依次核对，说明哪一种相符；限定语所指范围不同、相差悬殊或可能只指本机关的，"
    "不作判断。"
)
_READINGS_EN = (
    "Prose and table should agree. The readings that the words allow are tried in turn and the one that holds is "
    "named; words of another scope, figures far apart, and what may count the own office only are not judged."
)


def _prose_rule(
    code: str, label_zh: str, label_en: str, source: str, check: Callable[[Facts], Iterator[Finding]]
) -> Rule:
    return Rule(
        code, PROSE, WARNING, label_zh, label_en, _AGAINST_ZH, _AGAINST_EN, _READINGS_ZH, _READINGS_EN, source, check
    )


PROSE_RULES: tuple[Rule, ...] = (
    _prose_rule(
        "prose_received", "正文的受理数与表格", "Requests received, prose against table", TABLE_THREE,
        prose.against_table(
            "applications_received",
            "applications_received_with_brought_forward",
            "applications_handled",
            "applications_dealt_with",
        ),
    ),
    _prose_rule(
        "prose_brought_forward", "正文的上年结转数与表格", "Requests brought forward, prose against table", TABLE_THREE,
        prose.against_table("applications_brought_forward"),
    ),
    _prose_rule(
        "prose_closed", "正文的办结数与表格", "Requests closed, prose against table", TABLE_THREE,
        prose.against_table("applications_closed"),
    ),
    _prose_rule(
        "prose_carried_forward", "正文的结转下年数与表格", "Requests carried forward, prose against table", TABLE_THREE,
        prose.against_table("applications_carried_forward"),
    ),
    _prose_rule(
        "prose_outcome", "正文的各项结果与表格", "An outcome, prose against table", TABLE_THREE,
        prose.outcomes_against_table,
    ),
    _prose_rule(
        "prose_outcomes", "正文所列结果相加与表格总计", "Outcomes of the prose, added, against the table", TABLE_THREE,
        prose.outcome_lists_against_total,
    ),
    _prose_rule(
        "prose_reconsiderations", "正文的行政复议数与表格", "Reconsiderations, prose against table", TABLE_FOUR,
        prose.reviews_against_table("reviews_reconsideration"),
    ),
    _prose_rule(
        "prose_lawsuits", "正文的行政诉讼数与表格", "Lawsuits, prose against table", TABLE_FOUR,
        prose.reviews_against_table("reviews_lawsuit"),
    ),
    Rule(
        "prose_share", PROSE, WARNING,
        "正文的占比与所列数字",
        "A share in the prose, recomputed",
        "{subject}：按所列数字为{left}%，印作{right}%。",
        "{subject}: the stated numbers make {left}%, {right}% is printed.",
        "占比可由正文所列数字重算，容差为所印末位的半个单位；截去尾数的另作说明。",
        "A share follows from the numbers stated, to half a unit of its last place; one that was cut is explained.",
        OWN_WORDS,
        prose_rates.shares,
    ),
    Rule(
        "prose_growth", PROSE, WARNING,
        "正文的增长率与所列数字",
        "Growth in the prose, recomputed",
        "{subject}：按所列数字为{left}%，印作{right}%。",
        "{subject}: the stated numbers make {left}%, {right}% is printed.",
        "增长率 = 增减数 ÷ 上年数，须正文同时写明本年数与增减数才能重算。",
        "Growth is the change over last year's number; it is recomputed where this year's and the change are stated.",
        OWN_WORDS,
        prose_rates.growth,
    ),
    Rule(
        "prose_completion_rate", PROSE, NOTE,
        "正文的办结率与表格",
        "Completion rate of requests, recomputed",
        "{subject}：按表中数字为{left}%，印作{right}%。",
        "{subject}: the table makes {left}%, {right}% is printed.",
        "办结率可能只就到期申请计算，所以不符时不作判断。",
        "The rate may be one of requests due, so that a difference is not judged.",
        TABLE_THREE,
        prose_rates.completion_rates,
    ),
    Rule(
        "fee_collected", PROSE, NOTE,
        "信息处理费：实收 ≤ 通知金额",
        "Information fee: collected ≤ billed",
        "{subject}：实收{left}，通知金额{right}。",
        "{subject}: {left} collected, {right} billed.",
        "实收可能含上年通知的费用，所以不符时不作判断。",
        "What was collected may have been billed the year before, so that a difference is not judged.",
        f"{REGULATIONS}第四十二条；{NOTICE_2021}",
        prose_rates.fee_collected,
    ),
)  # fmt: skip

HOTLINE_RULES: tuple[Rule, ...] = (
    Rule(
        "hotline_completed", HOTLINE, WARNING,
        "热线：办结 ≤ 受理",
        "Hotline: completed ≤ received",
        "{subject}：办结{left}，受理{right}。",
        "{subject}: {left} completed, {right} received.",
        "办结的来自受理的；文字提到以前年度的事项时另作说明，约数不核对。",
        "What is completed was received; words about earlier years explain more, approximate figures are not checked.",
        OWN_WORDS,
        hotline.completed_within_received,
    ),
    Rule(
        "hotline_rate", HOTLINE, WARNING,
        "热线：比率与所列件数",
        "Hotline: a rate, recomputed",
        "{subject}：按所列件数为{left}%，印作{right}%。",
        "{subject}: the stated numbers make {left}%, {right}% is printed.",
        "比率可由同句件数重算，容差为所印末位的半个单位；截去尾数、另一分母相符的另作说明；办复率与直接答复率的分母不明，不作判断。",
        "A rate follows from the counts beside it, to half a unit of its last place; one that was cut, or agrees by "
        "another base, is explained; the base of reply rates and of rates of direct answers is open: not judged.",
        OWN_WORDS,
        hotline.rates,
    ),
    Rule(
        "hotline_breakdown", HOTLINE, NOTE,
        "热线：转办 + 直接答复",
        "Hotline: transferred + answered directly",
        "{subject}：转办加直接答复为{left}，对应数为{right}。",
        "{subject}: transferred plus answered directly is {left}, the figure is {right}.",
        "两项相加等于受理或办结，核对对象指明是哪一个；分项可能不全，不符时不作判断。",
        "They add up to what was received or completed: the subject says which. A list may be incomplete: not judged.",
        OWN_WORDS,
        hotline.breakdown_by_way,
    ),
    Rule(
        "hotline_kinds", HOTLINE, NOTE,
        "热线：分类件数相加",
        "Hotline: the kinds of case, added",
        "{subject}：分类相加为{left}，对应数为{right}。",
        "{subject}: the kinds add up to {left}, the figure is {right}.",
        "分类相加等于受理、办结或办理，核对对象指明是哪一个；分类可能只举几种，不符时不作判断。",
        "They add up to what was received, completed or handled: the subject says which. A list may name a few only.",
        OWN_WORDS,
        hotline.breakdown_by_kind,
    ),
    Rule(
        "hotline_shares", HOTLINE, NOTE,
        "热线：分类占比",
        "Hotline: shares of the kinds of case",
        "{subject}：第一项按件数为{left}%，印作{right}%。",
        "{subject}: the first makes {left}%, {right}% is printed.",
        "各项占比用同一分母重算；没有一个分母全部相符时不作判断。",
        "The shares are recomputed with one base for all; where none fits all, nothing is judged.",
        OWN_WORDS,
        hotline.breakdown_shares,
    ),
)  # fmt: skip

_YEARS_ZH = "口径调整、机构合并也会造成不符，所以跨年的结果另列，不与报告内部的混计。"
_YEARS_EN = (
    "A change of scope or a merger of agencies has the same effect: shown and counted apart from what is within "
    "a report."
)

YEAR_RULES: tuple[Rule, ...] = (
    Rule(
        "years_carried", ACROSS_YEARS, WARNING,
        "上年报告的结转下年度 = 本年的上年结转",
        "Carried forward last year = brought forward this year",
        "{subject}：上年报告结转下年度{left}，本年报告上年结转{right}。",
        "{subject}: the earlier report carries forward {left}, this one brings forward {right}.",
        _YEARS_ZH, _YEARS_EN, TABLE_THREE,
        compare=years.carried_over,
    ),
    Rule(
        "years_in_force", ACROSS_YEARS, WARNING,
        "上年现行有效 + 制发 = 现行有效 + 废止",
        "In force last year + issued = in force + repealed",
        "{subject}：上年现行有效加本年制发为{left}，现行有效加本年废止为{right}。",
        "{subject}: in force a year ago plus issued is {left}, in force plus repealed is {right}.",
        _YEARS_ZH, _YEARS_EN, f"{REGULATIONS}第二十条；{NOTICE_2021}附件第二部分",
        compare=years.in_force,
    ),
    Rule(
        "years_matters", ACROSS_YEARS, WARNING,
        "上年的项目数量 + 增减 = 本年所载上一年项目数量",
        "Matters last year + change = previous matters this year",
        "{subject}：按上年报告为{left}，本年报告所载上一年为{right}。",
        "{subject}: the earlier report makes it {left}, this one says {right}.",
        _YEARS_ZH, _YEARS_EN, TABLE_TWO,
        compare=years.matters,
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*FORM_RULES, *WITHIN_RULES, *PROSE_RULES, *HOTLINE_RULES, *YEAR_RULES)
"""Every rule, in the order of ``rules.sort_order``."""
