"""The two statutory forms, as data: the one place where items, labels, order, groups and arithmetic stand.

Form ``2019`` is the annex of 国办公开办函〔2019〕60号 (report years 2019 and 2020), form ``2021`` that of
国办公开办函〔2021〕30号 (from report year 2021). The parser, the checks and the lookup tables read from here.

``words`` are spellings under which a label is found, already folded as ``parse.fold`` folds text (no white space,
quotes, numbering or brackets).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FORM_2019 = "2019"
FORM_2021 = "2021"
MIXED = "mixed"
OLDER = "older"
"""The statistics tables of 2008–2018, of which there are many: told apart, and not read."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row label of section 三 or section 二. ``group`` is ``items.item_group``."""

    code: str
    label_zh: str
    label_en: str
    group: str
    words: tuple[str, ...]
    in_2019: bool = True
    in_2021: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of section 三 or section 四, in the order of the form."""

    code: str
    label_zh: str
    label_en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of section 二. ``unit_zh`` is what one counts, or 万元."""

    code: str
    label_zh: str
    label_en: str
    unit_zh: str
    unit_en: str
    words: tuple[str, ...]
    in_2019: bool
    in_2021: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of section 四 or of the hotline table."""

    code: str
    label_zh: str
    label_en: str
    words: tuple[str, ...] = ()


# Section 三, 收到和处理政府信息公开申请情况 --------------------------------------------------------------------

APPLICANTS: tuple[Column, ...] = (
    Column("natural_person", "自然人", "Natural persons", ("自然人",)),
    Column("business", "商业企业", "Businesses", ("商业企业",)),
    Column("research_institution", "科研机构", "Research institutions", ("科研机构",)),
    Column("public_welfare_org", "社会公益组织", "Public-welfare organisations", ("社会公益组织",)),
    Column("legal_service_org", "法律服务机构", "Legal-service organisations", ("法律服务机构",)),
    Column("other_org", "其他", "Other organisations", ("其他",)),
)
TOTAL = Column("total", "总计", "Total", ("总计", "合计"))
APPLICATION_COLUMNS: tuple[str, ...] = (*(column.code for column in APPLICANTS), TOTAL.code)

APPLICATION_ITEMS: tuple[Item, ...] = (
    Item(
        "received",
        "一、本年新收政府信息公开申请数量",
        "1. Requests newly received this year",
        "received",
        (
            "本年新收政府信息公开申请数量",
            "本年新收政府信息公开申请数",
            "本年新收政府信息公开申请",
            "本年新收申请数量",
            "本年度新收政府信息公开申请数量",
            "本年新收",
        ),
    ),
    Item(
        "brought_forward",
        "二、上年结转政府信息公开申请数量",
        "2. Requests brought forward from last year",
        "brought_forward",
        (
            "上年结转政府信息公开申请数量",
            "上年度结转政府信息公开申请数量",
            "上一年结转政府信息公开申请数量",
            "上年结转政府信息公开数量",
            "上年结转政府信息公开申请数",
            "上年结转政府信息公开申请",
            "上年结转申请数量",
            "上年结转",
        ),
    ),
    Item("granted", "三、(一)予以公开", "3.1 Granted in full", "granted", ("予以公开",)),
    Item(
        "partly_granted",
        "三、(二)部分公开",
        "3.2 Granted in part",
        "partly_granted",
        ("部分公开", "部分公开区分处理的只计这一情形不计其他情形"),
    ),
    Item(
        "withheld_state_secret",
        "三、(三)不予公开 1.属于国家秘密",
        "3.3.1 Withheld: state secrets",
        "withheld",
        ("属于国家秘密",),
    ),
    Item(
        "withheld_by_other_law",
        "三、(三)不予公开 2.其他法律行政法规禁止公开",
        "3.3.2 Withheld: disclosure forbidden by other laws or regulations",
        "withheld",
        ("其他法律行政法规禁止公开",),
    ),
    Item(
        "withheld_security",
        "三、(三)不予公开 3.危及“三安全一稳定”",
        "3.3.3 Withheld: national, public or economic security and social stability",
        "withheld",
        ("危及三安全一稳定", "危及三安全一稳定信息", "危及三安全一稳定的"),
    ),
    Item(
        "withheld_third_party",
        "三、(三)不予公开 4.保护第三方合法权益",
        "3.3.4 Withheld: lawful interests of third parties",
        "withheld",
        ("保护第三方合法权益",),
    ),
    Item(
        "withheld_internal",
        "三、(三)不予公开 5.属于三类内部事务信息",
        "3.3.5 Withheld: three kinds of internal affairs",
        "withheld",
        ("属于三类内部事务信息",),
    ),
    Item(
        "withheld_process",
        "三、(三)不予公开 6.属于四类过程性信息",
        "3.3.6 Withheld: four kinds of deliberative information",
        "withheld",
        ("属于四类过程性信息", "属于四类过程信息"),
    ),
    Item(
        "withheld_enforcement_file",
        "三、(三)不予公开 7.属于行政执法案卷",
        "3.3.7 Withheld: administrative enforcement files",
        "withheld",
        ("属于行政执法案卷", "属于行政执法案卷信息"),
    ),
    Item(
        "withheld_statutory_lookup",
        "三、(三)不予公开 8.属于行政查询事项",
        "3.3.8 Withheld: matters for an administrative look-up procedure",
        "withheld",
        ("属于行政查询事项", "属于行政查询事项信息"),
    ),
    Item(
        "unavailable_not_held",
        "三、(四)无法提供 1.本机关不掌握相关政府信息",
        "3.4.1 Unavailable: not held by this authority",
        "unavailable",
        ("本机关不掌握相关政府信息", "本机关不掌握相关信息"),
    ),
    Item(
        "unavailable_needs_creation",
        "三、(四)无法提供 2.没有现成信息需要另行制作",
        "3.4.2 Unavailable: would have to be created",
        "unavailable",
        ("没有现成信息需要另行制作",),
    ),
    Item(
        "unavailable_unclear",
        "三、(四)无法提供 3.补正后申请内容仍不明确",
        "3.4.3 Unavailable: request still unclear after correction",
        "unavailable",
        ("补正后申请内容仍不明确",),
    ),
    Item(
        "not_processed_petition",
        "三、(五)不予处理 1.信访举报投诉类申请",
        "3.5.1 Not processed: petitions, reports and complaints",
        "not_processed",
        ("信访举报投诉类申请", "信访投诉举报类申请"),
    ),
    Item(
        "not_processed_repeat",
        "三、(五)不予处理 2.重复申请",
        "3.5.2 Not processed: repeated requests",
        "not_processed",
        ("重复申请",),
    ),
    Item(
        "not_processed_publication",
        "三、(五)不予处理 3.要求提供公开出版物",
        "3.5.3 Not processed: asks for published works",
        "not_processed",
        ("要求提供公开出版物",),
    ),
    Item(
        "not_processed_excessive",
        "三、(五)不予处理 4.无正当理由大量反复申请",
        "3.5.4 Not processed: excessive requests without good reason",
        "not_processed",
        ("无正当理由大量反复申请",),
    ),
    Item(
        "not_processed_confirmation",
        "三、(五)不予处理 5.要求行政机关确认或重新出具已获取信息",
        "3.5.5 Not processed: asks to confirm or reissue information already obtained",
        "not_processed",
        (
            "要求行政机关确认或重新出具已获取信息",
            "要求行政机关确认或者重新出具已获取信息",
            "要求行政机关确认或重新出具已获得信息",
        ),
    ),
    Item("other", "三、(六)其他处理", "3.6 Other handling", "other", ("其他处理",)),
    Item(
        "other_uncorrected",
        "三、(六)其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "3.6.1 Other: not corrected in time without good reason, no longer processed",
        "other",
        (
            "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
            "申请人无正当理由逾期不补正行政机关不再处理",
            "申请人无正当理由逾期不补正",
        ),
        in_2019=False,
    ),
    Item(
        "other_unpaid",
        "三、(六)其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.6.2 Other: fee not paid in time, no longer processed",
        "other",
        (
            "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
            "申请人逾期未按收费通知要求缴纳费用行政机关不再处理",
            "申请人逾期未按收费通知要求缴纳费用",
        ),
        in_2019=False,
    ),
    Item("other_rest", "三、(六)其他处理 3.其他", "3.6.3 Other: rest", "other", ("其他",), in_2019=False),
    Item("closed", "三、(七)总计", "3.7 All results of the year", "closed", ("总计", "合计")),
    Item(
        "carried_forward",
        "四、结转下年度继续办理",
        "4. Carried forward to next year",
        "carried_forward",
        (
            "结转下年度继续办理",
            "结转下年继续办理",
            "结转下一年度继续办理",
            "结转到下年度继续办理",
            "结转至下年度继续办理",
            "结转下年度办理",
        ),
    ),
)

OUTCOMES: tuple[Channel, ...] = (
    Channel("granted", "予以公开", "Granted in full"),
    Channel("partly_granted", "部分公开", "Granted in part"),
    Channel("withheld", "不予公开", "Withheld"),
    Channel("unavailable", "无法提供", "Unavailable"),
    Channel("not_processed", "不予处理", "Not processed"),
    Channel("other", "其他处理", "Other handling"),
)
"""The six outcome groups of ``applications_by_outcome``; an item belongs to the one its ``group`` names."""

RESULT_ITEMS: tuple[str, ...] = tuple(
    item.code for item in APPLICATION_ITEMS if item.group in {outcome.code for outcome in OUTCOMES}
)
OTHER_ITEM = "other"
OTHER_DETAILS: tuple[str, ...] = ("other_uncorrected", "other_unpaid", "other_rest")
"""Form 2021 splits (六)其他处理 into these; a report prints either the one row or the three."""


def result_items(rows: Iterable[str]) -> tuple[str, ...]:
    """The result rows of a report that has ``rows``: (六)其他处理 as one row, or as its three."""
    return _DETAILED_RESULTS if any(item in OTHER_DETAILS for item in rows) else _PLAIN_RESULTS


_DETAILED_RESULTS = tuple(item for item in RESULT_ITEMS if item != OTHER_ITEM)
_PLAIN_RESULTS = tuple(item for item in RESULT_ITEMS if item not in OTHER_DETAILS)

GROUP_WORDS: dict[str, str] = {
    "本年度办理结果": "results",
    "不予公开": "withheld",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other",
}
"""Labels that carry no figures of their own: what stands below them belongs to the group."""

OLDER_LABELS: tuple[str, ...] = (
    *(
        "主动公开政府信息数",
        "主动公开信息数",
        "主动公开文件数",
        "主动公开规范性文件",
        "制发规范性文件",
        "主动公开重点领域",
    ),
    *("政府公报公开", "政府网站公开", "政务微博公开", "政务微信公开", "其他方式公开", "通过不同渠道和方式公开"),
    *("回应公众关注热点", "回应公众关注", "参加或举办新闻发布会", "政府网站在线访谈", "政策解读稿件", "微博微信回应"),
    *(
        "收到申请数",
        "收到依申请公开",
        "申请总数",
        "当面申请",
        "传真申请",
        "网络申请",
        "网上申请",
        "信函申请",
        "电子邮件申请",
    ),
    *("申请办结数", "按时办结数", "延期办结数", "申请答复数", "答复总数", "属于已主动公开", "已主动公开", "同意公开"),
    *(
        "同意部分公开",
        "部分公开答复",
        "不同意公开",
        "不予公开答复",
        "不属于本行政机关公开",
        "不属于本机关",
        "申请信息不存在",
    ),
    *(
        "信息不存在",
        "告知作出更改补充",
        "告知通过其他途径",
        "非政府信息",
        "涉及国家秘密",
        "涉及商业秘密",
        "涉及个人隐私",
    ),
    *("行政复议数", "行政诉讼数", "维持具体行政行为", "被依法纠错", "其他情形数", "举报投诉数", "行政申诉数"),
    *("依申请公开信息收取的费用", "政府信息公开工作专门机构", "设置政府信息公开查阅点", "从事政府信息公开工作人员"),
    *("专职人员", "兼职人员", "政府信息公开专项经费", "政府信息公开会议", "举办各类培训班", "接受培训人员"),
    *("现场咨询数", "网站咨询数", "电话咨询数", "咨询处理数", "接受公民"),
)
"""How the labels of older tables begin, folded and without numbering; the wording differs by province and year."""

# Section 二, 主动公开政府信息情况 ------------------------------------------------------------------------------

DISCLOSURE_ITEMS: tuple[Item, ...] = (
    Item("government_rule", "规章", "Government rules", "documents", ("规章", "政府规章")),
    Item(
        "normative_document",
        "规范性文件",
        "Normative documents",
        "documents",
        ("规范性文件", "行政规范性文件"),
    ),
    Item(
        "other_document",
        "其他主动公开文件",
        "Other documents disclosed (Hubei)",
        "documents",
        ("其他主动公开文件", "其他主动公开的文件"),
        in_2021=False,
    ),
    Item("licence", "行政许可", "Administrative licences", "decisions", ("行政许可",)),
    Item(
        "other_service",
        "其他对外管理服务事项",
        "Other public management and service matters",
        "decisions",
        ("其他对外管理服务事项",),
        in_2021=False,
    ),
    Item("penalty", "行政处罚", "Administrative penalties", "decisions", ("行政处罚",)),
    Item("compulsion", "行政强制", "Administrative compulsion", "decisions", ("行政强制",)),
    Item(
        "charge",
        "行政事业性收费",
        "Administrative charges",
        "charges",
        ("行政事业性收费", "行政事业性收费项目"),
    ),
    Item(
        "procurement",
        "政府集中采购",
        "Centralised government procurement",
        "procurement",
        ("政府集中采购",),
        in_2021=False,
    ),
)

MEASURES: tuple[Measure, ...] = (
    Measure("made", "本年新制作数量", "Newly made this year", "件", "documents", ("本年新制作数量",), True, False),
    Measure(
        "published", "本年新公开数量", "Newly published this year", "件", "documents", ("本年新公开数量",), True, False
    ),
    Measure(
        "public_total",
        "对外公开总数量",
        "Public in total",
        "件",
        "documents",
        ("对外公开总数量", "对外公开总数"),
        True,
        False,
    ),
    Measure(
        "issued", "本年制发件数", "Issued this year", "件", "documents", ("本年制发件数", "本年制发数"), False, True
    ),
    Measure(
        "repealed", "本年废止件数", "Repealed this year", "件", "documents", ("本年废止件数", "本年废止数"), False, True
    ),
    Measure("in_force", "现行有效件数", "In force", "件", "documents", ("现行有效件数", "现行有效数"), False, True),
    Measure(
        "previous",
        "上一年项目数量",
        "Matters in the previous year",
        "项",
        "matters",
        ("上一年项目数量", "上年项目数量", "上一年度项目数量"),
        True,
        False,
    ),
    Measure(
        "change",
        "本年增/减",
        "Change this year",
        "项",
        "matters",
        ("本年增减", "本年度增减", "本年增", "本年度增"),
        True,
        False,
    ),
    Measure(
        "decisions",
        "处理决定数量",
        "Decisions taken",
        "件",
        "decisions",
        ("处理决定数量", "本年处理决定数量"),
        True,
        True,
    ),
    Measure("projects", "采购项目数量", "Procurement projects", "项", "projects", ("采购项目数量",), True, False),
    Measure(
        "amount",
        "金额",
        "Amount",
        "万元",
        "10,000 yuan",
        ("采购总金额", "本年收费金额", "采购金额", "收费金额"),
        True,
        True,
    ),
)

DISCLOSURE_COLUMNS: dict[tuple[str, str], tuple[str, ...]] = {
    (FORM_2019, "documents"): ("made", "published", "public_total"),
    (FORM_2021, "documents"): ("issued", "repealed", "in_force"),
    (FORM_2019, "decisions"): ("previous", "change", "decisions"),
    (FORM_2021, "decisions"): ("decisions",),
    (FORM_2019, "charges"): ("previous", "change"),
    (FORM_2021, "charges"): ("amount",),
    (FORM_2019, "procurement"): ("projects", "amount"),
}
"""(form, item group) → the measures of that sub-table of section 二, in the order of the form."""

HEADER_SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    FORM_2019: (
        ("documents", "对外公开总"),
        ("documents", "新制作"),
        ("documents", "新公开"),
        ("decisions", "上一年"),
        ("charges", "上一年"),
        ("procurement", "采购项目数量"),
    ),
    FORM_2021: (
        ("documents", "制发件数"),
        ("documents", "废止件数"),
        ("documents", "现行有效"),
        ("decisions", "本年处理决定"),
        ("charges", "收费金额"),
    ),
}
"""Words of a sub-table's header that tell its form. 上一年 stands only in form 2019."""

# Section 四, 政府信息公开行政复议、行政诉讼情况 ----------------------------------------------------------------

REVIEW_OUTCOMES: tuple[Column, ...] = (
    Column("upheld", "结果维持", "Upheld", ("结果维持",)),
    Column("corrected", "结果纠正", "Corrected", ("结果纠正",)),
    Column("other", "其他结果", "Other results", ("其他结果",)),
    Column("pending", "尚未审结", "Pending", ("尚未审结",)),
)
REVIEW_COLUMNS: tuple[str, ...] = (*(column.code for column in REVIEW_OUTCOMES), TOTAL.code)
REVIEW_CHANNELS: tuple[Channel, ...] = (
    Channel("reconsideration", "行政复议", "Administrative reconsideration", ("行政复议",)),
    Channel(
        "lawsuit_direct",
        "未经复议直接起诉",
        "Lawsuits without prior reconsideration",
        ("未经复议直接起诉",),
    ),
    Channel("lawsuit_after_reconsideration", "复议后起诉", "Lawsuits after reconsideration", ("复议后起诉",)),
)

# Hotlines and mailboxes, from the prose ------------------------------------------------------------------------

HOTLINE_CHANNELS: tuple[Channel, ...] = (
    Channel("hotline_12345", "12345政务服务便民热线", "12345 government hotline"),
    Channel("leader_mailbox", "领导信箱(热线)", "Leaders' mailboxes and lines"),
    Channel("web_message", "网民留言", "Messages left on the web"),
    Channel("agency_phone", "部门电话", "An agency's own telephone"),
    Channel("other", "其他热线或渠道", "Another hotline or channel"),
    Channel("mixed", "多个渠道合计", "Several channels together"),
)

# What a check speaks of ----------------------------------------------------------------------------------------------


def check_subjects() -> tuple[tuple[str, str, str], ...]:
    """(fragment of the report page, Chinese, English) of every cell that the form's own relations speak of."""
    columns = (*APPLICANTS, TOTAL)
    applications = (
        (
            f"applications-{item.code}-{column.code}",
            f"{item.label_zh}·{column.label_zh}",
            f"{item.label_en}, {column.label_en}",
        )
        for item in APPLICATION_ITEMS
        for column in columns
    )
    reviews = (
        (
            f"reviews-{channel.code}-{column.code}",
            f"{channel.label_zh}·{column.label_zh}",
            f"{channel.label_en}, {column.label_en}",
        )
        for channel in REVIEW_CHANNELS
        for column in (*REVIEW_OUTCOMES, TOTAL)
    )
    disclosures = (
        (
            f"disclosures-{item.code}-{measure.code}",
            f"{item.label_zh}·{measure.label_zh}",
            f"{item.label_en}, {measure.label_en}",
        )
        for item in DISCLOSURE_ITEMS
        for measure in MEASURES
        if any(measure.code in measures for (_, group), measures in DISCLOSURE_COLUMNS.items() if group == item.group)
    )
    return (*applications, *disclosures, *reviews)
