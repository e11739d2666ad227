"""The statutory forms, as data: the one place where sections, items, labels, order, groups and arithmetic stand.

A form is an entry of ``FORMS``, from the oldest on; what the forms share (items, columns, measures, sections) is
listed once above it. The parser, the checks, the lookup tables and the printed layout read from here.

``words`` are spellings under which a label is found, already folded as ``text.fold`` folds text (no white space,
quotes, numbering or brackets).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

FORM_2019 = "2019"
FORM_2021 = "2021"
MIXED = "mixed"
OLDER = "older"
"""The statistics tables of 2008–2018, of which there are many: told apart, and not read."""


Words = tuple[str, str]
"""Something said in Chinese and in English (or, where so stated, in simplified and in traditional characters)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row label of section 三 or section 二. ``group`` is ``items.item_group``."""

    code: str
    label_zh: str
    label_en: str
    group: str
    words: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of section 四 or of the hotline table."""

    code: str
    label_zh: str
    label_en: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form. ``code``: ``reports.form``; ``notice``: what prescribes it, from report year ``first_year`` on.

    ``applications``: the rows of section 三 as printed, in order. ``instead``: a row that some reports print → the rows
    of the form that it stands for. ``disclosures``: the rows of section 二, ``optional`` those that only some places
    print. ``measures``: item group → the columns of its sub-table of section 二, in order. ``signs``: item group →
    words of that sub-table's header that tell the form. ``headings``: (item group, measure) → the heading in
    Chinese and English, where the form words a measure otherwise than ``MEASURES``.
    """

    code: str
    notice: str
    first_year: int
    applications: tuple[str, ...]
    disclosures: tuple[str, ...]
    measures: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[str, ...]]
    headings: Mapping[tuple[str, str], Words]
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()

    def has(self, code: str) -> bool:
        """Whether reports in this form may print the item or the measure ``code``."""
        groups = (self.applications, self.instead, self.disclosures, *self.measures.values())
        return any(code in codes for codes in groups)


@dataclass(frozen=True, slots=True)
class FormSection:
    """One of the six sections of a report. ``title`` is the form's, in Chinese and English.

    ``signs``: words of which such a title has one, as agencies write it. ``own``: those that no other section's title
    has. ``on_pages``: what finds the heading on a web page, in simplified and in traditional characters.
    """

    number: str
    title: Words
    signs: tuple[str, ...]
    own: tuple[str, ...]
    on_pages: Words


SECTIONS: tuple[FormSection, ...] = (
    FormSection("一", ("总体情况", "Overview"), ("总体情况", "概述", "基本情况"), (), ("总体情况", "總體情況")),
    FormSection(
        "二",
        ("主动公开政府信息情况", "Information disclosed on own initiative"),
        ("主动公开政府信息", "主动公开信息情况", "主动公开情况"),
        ("主动公开",),
        ("主动公开政府信息", "主動公開政府"),
    ),
    FormSection(
        "三",
        ("收到和处理政府信息公开申请情况", "Requests received and dealt with"),
        ("政府信息公开申请", "依申请公开情况", "依申请公开政府信息"),
        ("政府信息公开申请", "依申请公开"),
        ("收到和处理", "收到和處理"),
    ),
    FormSection(
        "四",
        ("政府信息公开行政复议、行政诉讼情况", "Reconsiderations and lawsuits"),
        ("行政复议", "行政诉讼", "复议诉讼"),
        ("复议", "诉讼"),
        ("行政复议", "行政復議"),
    ),
    FormSection(
        "五",
        ("存在的主要问题及改进情况", "Problems and improvements"),
        ("主要问题", "存在问题", "存在的问题", "改进情况", "改进措施"),
        ("主要问题", "存在问题", "存在的问题", "改进"),
        ("主要问题", "主要問題"),
    ),
    FormSection(
        "六",
        ("其他需要报告的事项", "Other matters to report"),
        ("其他需要报告", "其他报告事项", "需要报告的其他事项", "需要说明的事项"),
        ("其他需要报告", "其他报告事项"),
        ("其他需要报告", "其他需要報告"),
    ),
)
OVERVIEW, DISCLOSURE_SECTION, APPLICATION_SECTION, REVIEW_SECTION, PROBLEM_SECTION, REST_SECTION = SECTIONS
REST_TITLES = frozenset({"其他", "其他事项", "其他情况"})
"""Titles of section 六 that say nothing but that it is the rest."""

CONTENT: Words = ("信息内容", "Content")
APPLICANTS_ABOVE: Words = ("申请人情况", "Applicants")
ORGANISATIONS_ABOVE: Words = ("法人或其他组织", "Legal persons or other organisations")
RESULTS_ABOVE: Words = ("三、本年度办理结果", "3. Results of the year")
LAWSUITS_ABOVE: Words = ("行政诉讼", "Administrative lawsuits")
RELATION_REMARK: Words = (
    "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
    "(In each column rows 1 and 2 add up to rows 3 and 4)",
)
"""Headings of the tables that are no column and no row of figures: they stand above several."""

HEADER_WORDS = tuple(zh for zh, _ in (CONTENT, APPLICANTS_ABOVE, ORGANISATIONS_ABOVE, LAWSUITS_ABOVE))

TABLE_WORDS: tuple[str, ...] = (
    *("自然人", "申请人情况", "商业企业", "予以公开", "规范性文件", "行政许可", "行政处罚", "结果维持", "尚未审结"),
    *("申請人情況", "商業企業", "予以公開", "規範性文件", "行政許可", "行政處罰", "結果維持", "尚未審結"),
)
"""Words of the statutory tables, in simplified and in traditional characters; a grid with two of them is one."""

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
    ),
    Item("other_rest", "三、(六)其他处理 3.其他", "3.6.3 Other: rest", "other", ("其他",)),
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
    ),
    Item("licence", "行政许可", "Administrative licences", "decisions", ("行政许可",)),
    Item(
        "other_service",
        "其他对外管理服务事项",
        "Other public management and service matters",
        "decisions",
        ("其他对外管理服务事项",),
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
    ),
)

MEASURES: tuple[Measure, ...] = (
    Measure("made", "本年新制作数量", "Newly made this year", "件", "documents", ("本年新制作数量",)),
    Measure("published", "本年新公开数量", "Newly published this year", "件", "documents", ("本年新公开数量",)),
    Measure("public_total", "对外公开总数量", "Public in total", "件", "documents", ("对外公开总数量", "对外公开总数")),
    Measure("issued", "本年制发件数", "Issued this year", "件", "documents", ("本年制发件数", "本年制发数")),
    Measure("repealed", "本年废止件数", "Repealed this year", "件", "documents", ("本年废止件数", "本年废止数")),
    Measure("in_force", "现行有效件数", "In force", "件", "documents", ("现行有效件数", "现行有效数")),
    Measure(
        "previous",
        "上一年项目数量",
        "Matters in the previous year",
        "项",
        "matters",
        ("上一年项目数量", "上年项目数量", "上一年度项目数量"),
    ),
    Measure(
        "change", "本年增/减", "Change this year", "项", "matters", ("本年增减", "本年度增减", "本年增", "本年度增")
    ),
    Measure("decisions", "处理决定数量", "Decisions taken", "件", "decisions", ("处理决定数量", "本年处理决定数量")),
    Measure("projects", "采购项目数量", "Procurement projects", "项", "projects", ("采购项目数量",)),
    Measure("amount", "金额", "Amount", "万元", "10,000 yuan", ("采购总金额", "本年收费金额", "采购金额", "收费金额")),
)

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
        ("未经复议直接起诉", "未经行政复议直接起诉", "未经复议直接起诉的行政诉讼", "未经复议直接提起行政诉讼"),
    ),
    Channel(
        "lawsuit_after_reconsideration",
        "复议后起诉",
        "Lawsuits after reconsideration",
        ("复议后起诉", "行政复议后起诉", "复议后起诉的行政诉讼", "复议后提起行政诉讼"),
    ),
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

# The forms -----------------------------------------------------------------------------------------------------------


def _all_but(items: Iterable[Item], *left_out: str) -> tuple[str, ...]:
    return tuple(item.code for item in items if item.code not in left_out)


CLAUSES: tuple[tuple[str, Words, tuple[str, ...]], ...] = (
    (
        "article20_1",
        ("第二十条第(一)项", "Article 20, item 1"),
        ("government_rule", "normative_document", "other_document"),
    ),
    ("article20_5", ("第二十条第(五)项", "Article 20, item 5"), ("licence", "other_service")),
    ("article20_6", ("第二十条第(六)项", "Article 20, item 6"), ("penalty", "compulsion")),
    ("article20_8", ("第二十条第(八)项", "Article 20, item 8"), ("charge",)),
    ("article20_9", ("第二十条第(九)项", "Article 20, item 9"), ("procurement",)),
)
"""Clauses of article 20 of the Regulations, each the title of a sub-table of section 二 → the items of that table."""

FORMS: tuple[Form, ...] = (
    Form(
        FORM_2019,
        "国办公开办函〔2019〕60号",
        2019,
        _all_but(APPLICATION_ITEMS, *OTHER_DETAILS),
        _all_but(DISCLOSURE_ITEMS),
        measures={
            "documents": ("made", "published", "public_total"),
            "decisions": ("previous", "change", "decisions"),
            "charges": ("previous", "change"),
            "procurement": ("projects", "amount"),
        },
        signs={
            "documents": ("对外公开总", "新制作", "新公开"),
            "decisions": ("上一年",),
            "charges": ("上一年",),
            "procurement": ("采购项目数量",),
        },
        headings={("procurement", "amount"): ("采购总金额", "Amount in total")},
        optional=frozenset({"other_document"}),
    ),
    Form(
        FORM_2021,
        "国办公开办函〔2021〕30号",
        2021,
        _all_but(APPLICATION_ITEMS, OTHER_ITEM),
        _all_but(DISCLOSURE_ITEMS, "other_document", "other_service", "procurement"),
        measures={
            "documents": ("issued", "repealed", "in_force"),
            "decisions": ("decisions",),
            "charges": ("amount",),
        },
        signs={
            "documents": ("制发件数", "废止件数", "现行有效"),
            "decisions": ("本年处理决定",),
            "charges": ("收费金额",),
        },
        headings={
            ("decisions", "decisions"): ("本年处理决定数量", "Decisions taken this year"),
            ("charges", "amount"): ("本年收费金额", "Charged this year"),
        },
        instead={OTHER_ITEM: OTHER_DETAILS},
    ),
)
"""Every form that is read, from the oldest on."""

BY_CODE: dict[str, Form] = {form.code: form for form in FORMS}
IN_EVERY_FORM: frozenset[str] = frozenset(
    item.code for item in (*APPLICATION_ITEMS, *DISCLOSURE_ITEMS) if all(form.has(item.code) for form in FORMS)
)
"""Items that reports in any form may print."""

PRINTED_IN_EVERY_FORM: frozenset[str] = frozenset.intersection(*(frozenset(form.applications) for form in FORMS))
"""Rows of section 三 that every form itself prints."""

DISCLOSURE_COLUMNS: dict[tuple[str, str], tuple[str, ...]] = {
    (form.code, group): measures for form in FORMS for group, measures in form.measures.items()
}
"""(form, item group) → the measures of that sub-table of section 二, in the order of the form."""

DISCLOSURE_GROUPS: dict[str, str] = {item.code: item.group for item in DISCLOSURE_ITEMS}
"""Item of section 二 → the sub-table that holds its row."""

MOST_MEASURES: dict[str, int] = {
    group: max(len(measures) for (_, where), measures in DISCLOSURE_COLUMNS.items() if where == group)
    for group in set(DISCLOSURE_GROUPS.values())
}
"""Sub-table of section 二 → how many columns it has in the form that gives it most."""


def _ways_to_print_results(form: Form) -> Iterator[tuple[str, ...]]:
    """The result rows as the form prints them, then with each row that stands for several of them."""
    ways = (
        form.applications,
        *((*(code for code in form.applications if code not in several), one) for one, several in form.instead.items()),
    )
    for rows in ways:
        yield tuple(code for code in RESULT_ITEMS if code in rows)


_RESULTS: tuple[tuple[str, ...], ...] = tuple(
    dict.fromkeys(results for form in FORMS for results in _ways_to_print_results(form))
)
_LATER_RESULTS = frozenset(RESULT_ITEMS) - frozenset(_RESULTS[0])


def result_items(rows: Iterable[str]) -> tuple[str, ...]:
    """The result rows of a report that has ``rows``: as the oldest form prints them that has all those found.

    (六)其他处理, above all, is one row, or three.
    """
    return _results_of(frozenset(rows))


@lru_cache(maxsize=64)
def _results_of(found: frozenset[str]) -> tuple[str, ...]:
    later = found & _LATER_RESULTS
    fitting = [results for results in _RESULTS if later.issubset(results)] or [_RESULTS[-1]]
    return max(fitting, key=lambda results: len(found.intersection(results)))


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
