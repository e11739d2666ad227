"""The words of the clause grammar, as data: channels, verbs, objects, rates, scopes, periods and what they mean.

Written in folded form (half-width, no white space, no quotes). Alternatives are separated by ``|``. The longest
word wins, so that 未办结 is never read as 办结, and 办结率 never as a verb. The meanings are those of LAYOUTS.md
("Hotline sentences", "Arithmetic that should hold") and the notice 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

# Kinds of token ------------------------------------------------------------------------------------------------

NUMBER = "number"
BREAK = "break"  # , : between clauses
LIST = "list"  # 、
OPEN, CLOSE, BRACKET = "open", "close", "bracket"
TOPIC = "topic"  # what the figures speak of: a channel, applications, reviews, fees, or something foreign
MEDIA = "media"  # websites, WeChat …: foreign alone, part of a mixed channel in a list with one
VERB = "verb"
RATE = "rate"
OBJECT = "object"  # what is counted: 工单, 诉求
KIND = "kind"  # a kind of case: 咨询, 投诉
SCOPE = "scope"
PERIOD = "period"
SINCE = "since"  # 截至
GROWTH = "growth"
COMPARED = "compared"  # 较上年, 比去年同期
FROM, TO = "from", "to"  # 由90%提高到95%
SHARE = "share"  # 占
AVERAGE = "average"  # 日均, 单日最高
PROMISE = "promise"  # 确保, 力争, 不低于
REPORTED = "reported"  # 共, 已, 累计: the clause tells what was done
AMONG = "among"  # 其中
SORTED = "sorted"  # 按办件性质分
INCLUDING = "including"  # 含
EXCLUDING = "excluding"  # 不含
EACH = "each"  # 均
RESPECTIVELY = "respectively"  # 分别
JOINT = "joint"  # 和, 及, 并
WEAK = "weak"  # 的, 为, 有: words between a head and its number that mean nothing here
ACCORDING = "according"  # 按照…要求 is no promise
FEE = "fee"  # heads of the fee section

# Domains of a topic ---------------------------------------------------------------------------------------------

HOTLINE, APPLICATIONS, REVIEWS, FEES, FOREIGN = "hotline", "applications", "reviews", "fees", "foreign"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the lexicon: the kind of token it makes, its sense, and for a topic its code."""

    text: str
    kind: str
    sense: str = ""
    code: str = ""


def words_of(text: str) -> list[str]:
    """The alternatives of a lexicon entry."""
    return text.split("|")


def crossed(*parts: str) -> str:
    """Every word made of one alternative of each part, as a lexicon entry."""
    return "|".join("".join(pieces) for pieces in product(*map(words_of, parts)))


# Topics ---------------------------------------------------------------------------------------------------------

LINE_OWNERS = (
    "|城市|城市服务|社会服务|政府|政务|政务服务|便民|便民服务|便民利民|市民|市民服务|市长|市长公开|公共服务|政府服务|政府公共服务|"
    "政务服务便民|政务便民|政务服务和便民|阳光政务|民生|民生服务|公开|综合服务|政府服务便民|为民服务|民情|"
    "市长专线|政府便民|服务|公众|公众服务"
)
LINE_HEADS = (
    "热线|热线电话|热线平台|服务热线|热线服务|热线服务平台|服务平台|平台|专线|专线电话|公开电话|电话|"
    "服务专线|热线办公室|热线中心|热线受理中心|热线系统|便民平台|受理平台|受理中心|网络平台|服务中心|"
    "服务热线平台|指挥中心|信息平台|工作平台"
)
CITY_LINES = (
    "便民热线|便民服务热线|政务服务热线|政务服务便民热线|政务热线|政府热线|政府服务热线|市民热线|"
    "市民服务热线|市长热线|市长公开电话|市长专线|市长专线电话|市长热线电话|市长服务热线|政府公共服务热线|"
    "公共服务热线|为民服务热线|政府便民热线|阳光政务热线"
)
LEADERS = (
    "市长|县长|区长|州长|省长|盟长|旗长|镇长|乡长|局长|厅长|主任|部长|书记|领导|主席|院长|校长|县委书记|"
    "市委书记|区委书记|书记市长|书记县长|书记区长|省委书记|省长省委书记|主要领导|主任领导|领导干部|委主任|"
    "市政府领导|政府领导|厅(局)长|局(厅)长|局(台)长|县(区)长|区(县)长|市(县)长|县(市)长|区(市)长|镇(乡)长|乡(镇)长"
)
AGENCY_HEADS = "局长|厅长|部长|主任|委主任|院长|校长"
AGENCY_HEAD_LINES = "公开电话|公开热线电话"
"""The head of an agency answers its own telephone; 县长公开电话 is a leader's line."""
LEADER_BOXES = "信箱|邮箱|电子信箱|网上信箱|公开信箱|手机信箱|直通车"
LEADER_LINES = "省长|旗长|盟长|县长|区长|书记|镇长|乡长|局长|州长|省长公开|县长公开|区长公开|领导"
LEADER_LINE_HEADS = "热线|热线电话|热线平台|专线|公开电话|接待热线"
WEB_BOARDS = (
    "网民留言|网友留言|人民网留言|人民网网民留言|人民网网友留言|人民网地方领导留言板|地方领导留言板|"
    "人民网领导留言板|领导留言板|人民网留言板|市长留言板|县长留言板|区长留言板|书记留言板|留言板|网上留言|"
    "在线留言|网站留言|互动留言|群众留言|公众留言|咨询留言|留言咨询|留言|网络问政平台|网络问政|问政平台|"
    "问政留言|网上问政|政民互动平台|政民互动留言|网上咨询|在线咨询|网络咨询|网站咨询|网上信访留言|公众信箱|"
    "互动信箱|网站信箱|民意信箱|政务信箱|网上信箱|公众留言板|百姓呼声|网上民声|民声通道|网上互动|咨询信箱|"
    "投诉信箱|政府公开信箱|政务公开信箱|公开信箱|市民留言|民意直通车|民声直通车|民情直通车|百姓直通车"
)
CONTENTS = (
    "留言|群众留言|公众留言|网民留言|网友留言|咨询留言|留言咨询|热线电话|咨询电话|投诉电话|举报电话|电话咨询|"
    "服务电话|服务热线"
)
"""Channels by themselves; behind a channel in the same clause they are only what came in through it."""
PETITIONS = "信访件|信访事项|信访案件|信访"
"""Foreign by themselves; right behind a channel they are what came in through it."""
AGENCY_LINES = (
    "咨询电话|咨询热线|监督电话|监督热线|举报电话|举报热线|投诉电话|投诉热线|投诉举报电话|投诉举报热线|"
    "值班电话|公开电话|服务电话|办公电话|政策咨询电话|政策咨询热线|政务公开电话|政府信息公开电话|"
    "公众咨询电话|业务咨询电话|对外公开电话|电话咨询|热线电话|服务热线|咨询服务热线|咨询服务电话|"
    "监督举报电话|业务电话|咨询专线"
)
OTHER_LINES = (
    "政风行风热线|行风热线|阳光热线|党风政风热线|民生热线|行风政风热线|连心热线|效能热线|问政热线|"
    "群工系统|群众工作系统|群众工作信息系统"
)
CALLS = "公众来电"
"""Where no line is named before them these are calls to the agency's own telephone; elsewhere what a line counts."""
LETTERS = "信件|来信|邮件|群众来信"
"""What a website brings in where these are counted behind it."""
OTHER_SYSTEMS = (
    "阳光信访|网上信访平台|信访平台|网格化平台|网格化管理平台|网格平台|网格化系统|互联网+督查平台|互联网+督查|"
    "国家政务服务平台"
)
"""Of other matters than those of a line, with cases of their own."""
MEDIA_WORDS = (
    OTHER_SYSTEMS
    + "|政府网站|门户网站|政府门户网站|部门网站|网站|政务微信|微信公众号|微信|政务微博|微博|公众号|政务新媒体|"
    "新媒体|抖音|短视频|客户端|APP|app|小程序|QQ|短信|论坛|贴吧|政务网|电视问政|来信来访|政府信箱|电子邮箱|"
    "电子邮件|邮箱|书信|现场接待|国家平台|省平台|一体化平台|政民互动|中国政府网|"
    "信息公开信箱|政府信息公开信箱"
)
APPLICATION_TOPICS = (
    "政府信息公开申请|信息公开申请|依申请公开政府信息|依申请公开信息|依申请公开|政府信息依申请公开|"
    "信息依申请公开|依申请信息公开|公开政府信息的申请|公开政府信息申请|政府信息申请|申请公开政府信息|"
    "申请政府信息公开|依申请政府信息公开|依申请公开申请|申请信息公开|申请公开信息|依申请"
)
FOREIGN_TOPICS = (
    "人大代表建议|代表建议|人大建议|政协提案|政协委员提案|委员提案|提案|建议提案|议案|人大代表议案|代表议案|"
    "政策解读|解读材料|新闻发布会|发布会|公报|政务舆情|网络舆情|舆情|信访件|信访事项|信访案件|网上信访|信访|"
    "行政许可|行政处罚|行政强制|行政检查|行政审批|许可事项|规范性文件|政策文件|民生实事|专栏|访谈|意见征集|活动|"
    "征集|培训|培训班|会议|政务服务事项|公共服务事项|一件事|不动产|主动公开|主动公开政府信息|主动公开信息|"
    "政府信息主动公开|好差评|督查|巡查|监测|执法|行政调解|仲裁|公证|法律援助|调解|听证|意见箱|调查问卷|问卷|"
    "清单|目录|案卷|工作动态|政务动态|直播间|电台栏目|电视栏目|广播栏目|线索|问题线索|督查件|批示件|领导批示件|"
    "领导批示|批办件|"
    + crossed(
        "领导|巡视组|巡察组|督察组|督查组|督导组|巡视|巡察|督察|环保督察",
        "交办|交办件|交办事项|交办问题|交办案件|转办件",
    )
    + "|上级交办件|上级交办事项|"
    + crossed("巡视|巡察|督察|环保督察|审计|考核", "反馈|反馈问题|反馈意见")
)
RECONSIDERATION = "行政复议|复议案件|复议申请|复议|提出行政复议|提出复议"
LAWSUIT = "行政诉讼|行政应诉|诉讼案件|应诉案件|诉讼|提出行政诉讼|提出诉讼"

RECEIVED = "applications_received"
WITH_BROUGHT_FORWARD = "applications_received_with_brought_forward"
FEE_COLLECTED = "information_fee"
FEE_BILLED = "information_fee_billed"
FEE_NOTICES = "information_fee_notices"
DISCLOSED = "applications_disclosed"
"""予以公开或部分公开 under one number: granted in full and in part together."""

LAST_YEARS = "上年|上年度|上一年|上一年度|去年|往年|年初|以前年度|往年度"
LEFT_OVER = "结转|转结|遗留|顺延|未办结|结转未办结|结转的未办结|遗留未办结|转入|结转办理|结转继续办理|结转受理|转入受理"
NEXT_YEARS = "下年|下年度|下一年|下一年度|次年|明年"
LEFT_WAYS = "结转|结转至|结转到|结转入|顺延|顺延至|顺延到|转|转至|转到|转入|转结|转结至|转接|转接至|转接到|延续至|延至"
GOING_ON = "|办理|继续办理|处理|继续处理|答复|继续答复|办结"
"""结转下年度继续办理, 转下一年办理 and 顺延至次年 are row 四; 上年度结转 and 结转上年度未办结 are row 二."""

# Verbs: one sense a line ------------------------------------------------------------------------------------------

VERBS: dict[str, str] = {
    "receive": (
        "受理|接听|接到|收到|接收|接受|收悉|承接|接办|接单|接待|共收到|共收集|共接到|共接收|共接听|共接待|接收到|"
        "已收到|已接到|接获|收集|受理量|接听量|受理总量|收件|接件|接件量|签收"
    ),
    "receive_new": "新收|新受理|新收到|本年新收|本年度新收|当年新收|新增受理",
    "receive_with": "收办",
    "transfer": (
        "转办|交办|派单|转交|派发|分办|转派|批转|转送|下派|派遣|分派|交转|派转|转办交办|转来|分转|流转|派办|移交办理|转交办理|"
        + crossed("转|转交|移交|移送|转送|交由", "|其他|其它|相关|有关", "机关|部门|单位", "办理|处理|答复|承办")
    ),
    "answer_directly": (
        "直接答复|直接办结|直办|自行处理|自行办理|当场答复|直接解答|直接回复|在线解答|在线答复|即时答复|"
        "现场答复|直接办理|当即答复|即时解答|当场解答|直接处理|现场解答|在线直接答复|电话直接答复|即时办结|"
        "直接受理答复|直接答复解决|直接解决|当场解决|在线办结"
    ),
    "complete": (
        "办理结果|办结|结案|答复完毕|办毕|办理完毕|办理完成|处理完毕|处理完成|回复完毕|完结|办理结案|处理办结|"
        "办结答复|办结归档|完成办理|完成办结"
    ),
    "finish": "完成",
    "handle": "办理|处理|承办|处置|办复|经办|处理处置|办件量|办件总量|办件数|办件数量",
    "reply": "回复|回应|答复|反馈|解答|复函|回信|解答回复",
    "publish_reply": "公开答复|公开回复|公开反馈",
    "pending": (
        "未办结|正在办理|在办|办理中|待办|待办理|尚在办理|正在办理中|尚未办结|未办理完毕|正在处理|处理中|"
        "正按程序办理|正在按程序办理|未结|未到期|正在推进|继续办理|答复中|回复中|"
        + crossed("尚在|正在|仍在|还在|处于|待|未|尚未", "答复|回复|办理|处理|办复")
        + "|"
        + crossed("未到|尚未到|未到达|在|尚在|仍在|还在|处于", "|法定", "答复|办理|办结", "期限|期|时限", "|内")
    ),
    "overdue": (
        crossed("逾期|超期|超时", "|办结|办理|办复|回复|答复|处理|未办|未办结|未办理|未办复|未回复|未答复|未处理")
        + "|"
        + crossed("未按期|未按时|未及时|未按时限", "办结|办理|办复|回复|答复|处理")
    ),
    "brought_forward": "|".join(
        (
            crossed(LAST_YEARS, LEFT_OVER),
            crossed("结转|转结|顺延", LAST_YEARS, "|办理|继续办理|未办结|遗留"),
        )
    ),
    "carried_forward": "结转|顺延|" + crossed(LEFT_WAYS, NEXT_YEARS, GOING_ON),
    "granted": (
        "予以公开|同意公开|全部公开|予以全部公开|全部予以公开|属于主动公开|已主动公开|予以公开答复|同意公开答复|"
        "准予公开|给予公开"
    ),
    "partly_granted": (
        "部分公开|予以部分公开|同意部分公开|部分予以公开|部分公开答复|同意部分公开答复|部份公开|予以部份公开"
    ),
    "disclosed": crossed("公开|予以|同意|全部", "或|或者|和|及|与|以及|、", "部分公开|部分予以公开"),
    "withdrawn": "撤回|自行撤回|主动撤回|撤回申请|自行撤回申请|主动撤回申请|申请人撤回|申请人自行撤回|申请人主动撤回",
    "self_revoked": "自行撤销|主动撤销|撤销申请|自行撤销申请|主动撤销申请|申请人撤销|申请人自行撤销|申请人主动撤销",
    "withheld": "不予公开|不予以公开|不同意公开|决定不予公开|不予公开答复|不同意公开答复",
    "unavailable": (
        "无法提供|本机关无法提供|不存在无法提供|"
        + crossed("信息|政府信息|申请信息|申请的信息|所申请信息|所申请的信息|申请政府信息|申请公开的信息", "不存在")
        + "|"
        + crossed("告知|答复|告知申请人", "不存在|信息不存在|该信息不存在|政府信息不存在|该政府信息不存在")
    ),
    "not_pursued": "不再处理",
    "not_processed": "不予处理|不予以处理|不予受理|不予以受理|不予重复处理",
    "other_outcome": "其他处理|其它处理|其他方式处理|作其他处理|其他情形处理",
    "upheld": (
        "结果维持|维持|维持原具体行政行为|维持具体行政行为|维持原行政行为|驳回诉讼请求|驳回原告诉讼请求|"
        "驳回复议申请|驳回"
    ),
    "corrected": "结果纠正|纠正|被纠正|被纠错|确认违法|撤销|责令重新答复|责令履行",
    "other_result": "其他结果|其它结果|撤诉|终止审理|终止",
    "undecided": "尚未审结|未审结|正在审理|尚在审理|待审结|审理中|尚未办结审理",
    "decided": "审结|已审结",
    "apart": (
        crossed("延期|延长|合并|终止|中止|停止|暂缓|提前|集中", "答复|回复|办理|办结|处理|办复")
        + "|"
        + crossed("跨年|跨年度|重新|再次|重复|补充|更正|变更|代为|拟|需|督促|指导", "答复|回复|办理|办结|处理")
        + "|补正后答复|补正答复"
    ),
    "foreign": (
        "受理能力|办理能力|处理能力|领导接听|受理点|受理窗口|受理渠道|受理机构|受理范围|办理流程|办理环节|处理中心|督办|催办|回访|解决|化解|发布|推送|刊发|整理|梳理|报送|编发|编辑|组织|参加|制作|印发|新增|整改|检查|"
        "抽查|约谈|通报|退回|销号|曝光|立案|召开|举办|开展|采纳|编写|撰写|公布|公示|设置|配置|增设|配备|张贴|"
        "悬挂|上报|报道|建立|建成|设立|开设|开通|整合|归并|撤并|合并|减免|免收|退还|减收|免除|免缴|返还|退回费用|扣分|奖励|处分|问责|"
        "追责|更新|维护|收录|录入|入库|拨打|呼出|外呼|引用|阅读|关注|点击|访问|浏览|登记|注册|修订|制定|出台|"
        "聘用|刊登|转载|转发|协调|研判|不满意|办理时限|办结时限|办理期限|超过时限|压缩|缩短|"
        "批示|签批|调度|不受理|重办|主办|协办|会办|联办|退单|退件|双向转办|双向转接|双向分流|互转|申诉|挂起|延期|催单|剔除|无效|骚扰|漏接|未接|签发|"
        "感谢信|表扬信|感谢电话|锦旗|告知|补正|更正|办理途径|办理渠道|办理方式|办理机关|办理程序|办理条件|处理途径|受理机关|答复机关|"
        "一审|二审|再审|胜诉|败诉|答复书|答复函|答复意见|答复文书|答复通知书|回复函|回复意见|"
        "应办结|应答复|应回复|应办复|应办理|"
        "未受理|未收到|未接到|未接收|未接听|未转办|未派单|未予公开|未予以公开|未公开|未全部公开|未主动公开|不属于主动公开|"
        "不再受理|不再办理|不再答复|不能受理|不能办理|无法受理|无法办理|无法办结|无法处理|无法答复|无法回复|审核|评价|评选|典型案例|生成|形成|提交|提出|采用|提供|送达|接入|满意"
    ),
}

COLUMNS: dict[str, dict[str, str]] = {
    HOTLINE: {
        "receive": "received",
        "receive_new": "received",
        "transfer": "transferred",
        "answer_directly": "answered_directly",
        "complete": "completed",
        "finish": "completed",
        "handle": "handled",
        "reply": "handled",
        "pending": "pending",
        "overdue": "overdue",
    },
    APPLICATIONS: {
        "receive": RECEIVED,
        "receive_new": RECEIVED,
        "receive_with": "applications_handled",
        "handle": "applications_dealt_with",
        "complete": "applications_closed",
        "finish": "applications_closed",
        "reply": "applications_closed",
        "publish_reply": "applications_closed",
        "pending": "applications_carried_forward",
        "brought_forward": "applications_brought_forward",
        "carried_forward": "applications_carried_forward",
        "granted": "applications_granted",
        "opened": "applications_granted",
        "disclosed": DISCLOSED,
        "partly_granted": "applications_partly_granted",
        "withheld": "applications_withheld",
        "unavailable": "applications_unavailable",
        "not_processed": "applications_not_processed",
        "other_outcome": "applications_other",
        "withdrawn": "applications_other",
        "self_revoked": "applications_other",
        "not_pursued": "applications_other",
    },
    REVIEWS: {
        "receive": "",
        "receive_new": "",
        "handle": "",
        "complete": "_closed",
        "decided": "_closed",
        "upheld": "_upheld",
        "corrected": "_corrected",
        "other_result": "_other",
        "withdrawn": "_other",
        "undecided": "_pending",
        "pending": "_pending",
    },
    FEES: {},
}
"""What a verb means in a domain: a column of ``hotline``, a kind of ``statements``, a suffix to the review's kind."""

ON_TOP = frozenset(("另有", "另外"))
"""Words of AMONG that add to what was said before: what was brought forward is then no part of it."""

MANNERS = (
    *("电话", "书面", "口头", "当面", "邮件", "邮寄", "信函", "短信", "传真", "网络", "网上", "线上", "在线", "线下"),
    *("现场", "微信", "语音", "多媒体", "互联网", "来信", "来访", "来电", "人工", "智能", "自助", "夜间"),
)
"""Ways of asking and answering: right before a verb they make its number that of one way."""

OUTCOME_SENSES = frozenset(
    (
        *("granted", "partly_granted", "disclosed", "withheld", "unavailable", "not_processed", "other_outcome"),
        *("withdrawn", "self_revoked", "not_pursued", "carried_forward"),
    )
)
REVIEW_SENSES = frozenset(("upheld", "corrected", "other_result", "withdrawn", "undecided"))
"""A case has one outcome: a number behind two of them is that of both together."""
COURT_RESULTS = frozenset(("胜诉", "败诉"))
DISCLOSED_SENSES = frozenset(("granted", "partly_granted"))
RESULT_SENSES = {APPLICATIONS: OUTCOME_SENSES, REVIEWS: REVIEW_SENSES}
"""What may have become of a case, by domain."""
ARRIVALS = frozenset(("receive", "receive_new", "receive_with"))
HANDED_ON = frozenset(("brought_forward", "carried_forward"))
"""From one year to the next."""
SUMS = frozenset(("共", "共计", "合计", "总计", "合计为", "总计为"))
"""Words that make a number the sum of what stands before it."""

# Rates ------------------------------------------------------------------------------------------------------------

ON_TIME_STEMS = "按时|按期|及时|限时|如期|准时|按时限|依法按时|到期|到期件|已到期"
ON_TIME_HEADS = "|办结|办复|回复|答复|反馈|办理|处理|处办|结案|办毕|响应办结"
DUE_RATES = "应办结率|应结办结率|应办办结率|应答复率|应回复率|应办复率|应办结件办结率|应办件办结率|应结件办结率"
"""Rates of what was due, which are no rates of all."""
SATISFACTION_STEMS = (
    "|群众|市民|回访|综合|服务|办理|办件|办理结果|总体|平均|电话|工单|办结|诉求人|群众回访|电话回访|群众综合|"
    "办理满意|来电人|社会|热线|公众|处理|结果|用户|当事人|诉求|办理工作|市民回访|企业和群众|企业|服务对象|"
    "综合服务|群众总体|平均综合|回访群众|反馈|基本|工单回访|来电群众|办结回访|投诉人|抽查|抽样|抽样回访|"
    "随机回访|测评|群众测评"
)
RATES: dict[str, str] = {
    "completion_rate": (
        "办结率|结案率|办毕率|综合办结率|总办结率|工单办结率|完结率|总体办结率|累计办结率|办件办结率|平均办结率"
    ),
    "reply_rate": ("办复率|回复率|答复率|反馈率|回应率|综合办复率|总回复率|工单回复率"),
    "connect_rate": (
        "接通率|电话接通率|热线接通率|来电接通率|综合接通率|人工接通率|平均接通率|呼叫接通率|话务接通率|接听率"
    ),
    "direct_rate": (
        "直接答复率|直办率|在线解答率|直接解答率|当场答复率|在线答复率|直接办结率|即时答复率|在线直接解答率|"
        "在线直接答复率|现场解答率|在线办结率|即时办结率|当场办结率"
    ),
    "foreign": (
        "回访率|响应率|签收率|转办率|解决率|诉求解决率|问题解决率|不满意率|退单率|办理率|处理率|知晓率|"
        "参与率|公开率|覆盖率|上线率|处办率|见面率|联系率|见面沟通率|受理率|派单率|准确率|差评率|好评率|"
        "整改率|合格率|开通率|发布率|更新率|化解率|成功率|重办率|逾期率|超期率|按时签收率|按时转办率|"
        "按时响应率|转派率|交办率|正确率|网办率|达标率|兑现率|解读率|采纳率|维持率|纠错率|纠正率|应诉率|"
        "签收及时率|接收及时率|接单及时率|受理及时率|响应及时率|转办及时率|派单及时率|发布及时率|更新及时率|公开及时率|"
        "非常满意率|非常满意度|很满意率|很满意度|比较满意率|较满意率|满意以上率|出庭率|胜诉率|败诉率|一次办结率|一次性办结率|首次办结率|当日办结率|当天办结率|督办办结率"
    ),
}
RATE_KINDS: dict[str, str] = {
    "completion_rate": "applications_completion_rate",
    "on_time_rate": "applications_on_time_rate",
    "reply_rate": "applications_reply_rate",
    "satisfaction_rate": "applications_satisfaction_rate",
}

# Objects, scopes, periods, and the small words ----------------------------------------------------------------------

OBJECTS = (
    "工单|诉求|诉求件|来电|来信|来件|来访|案件|事项|问题|办件|办理件|件|单|电话|"
    "来电诉求|热线工单|群众来电|群众来信|群众诉求|信件|邮件|反映|反映问题|话务|话务量|来电量|呼入量|工单量|"
    "诉求量|事件|民意|民情|各类事项|事务|公众来电|群众来访|服务诉求|合理诉求|有效工单|有效诉求|有效来电|市民来电|群众问题|申请|"
    "申请件|批件|信息件|函件"
)
WAYS = "来信|来访|来电|信件|邮件|群众来信|群众来访|群众来电"
"""Listed with a channel (投诉电话、信件), these are further channels; elsewhere they are what is counted."""
KINDS = (
    "咨询件|投诉件|求助件|举报件|建议件|表扬件|咨询|投诉|举报|求助|建议|"
    "意见|表扬|感谢|意见建议|投诉举报|咨询投诉|非警务警情|求决|申诉求决|其他|纠错|检举"
)
WEAK_WORDS = (
    "的|为|有|达|保持在|稳定在|维持在|高达|是|了|计|群众|市民|公众|各类|有关|相关|件数|"
    "涉及|数量|总数|总量|数|量|公民|企业|全部|按时|按期|及时|妥善|予以|进行|得到|按照要求|按要求|按规定|规定时限|"
    "规定时间|规定期限|法定期限|法定时限|规定时限内|要求时限|合计为|总计为|相关部门|等|做到|实现|依法|成功|"
    "承办单位|承办部门|责任单位|责任部门|办理单位|办理部门|职能部门|主办单位|主办部门|处理单位|处理部门|成员单位|"
    "法人|其他组织|其它组织|社会组织|法人组织|其他社会组织|公益组织|社会公益组织|处理结果|答复结果"
)

SCOPE_WORDS = (
    "区县|县区|县市区|全市|全县|全区|全省|全州|全旗|全镇|全乡|全局|全系统|全街道|全委|我市|我县|我区|我省|我州|我旗|我镇|我乡|"
    "我局|我委|我办|我厅|我院|我街道|我单位|我机关|我校|本市|本县|本区|本省|本级|本局|本委|本办|本厅|本机关|"
    "本单位|本街道|本镇|本乡|本部门|市本级|县本级|区本级|省本级|州本级|市级|县级|区级|省级|市直部门|县直部门|"
    "区直部门|市直各部门|县直各部门|市直单位|县直单位|区直单位|各县区|各县市区|各县市|各区县|各县|各区|"
    "各乡镇|各镇街|各部门|各单位|市级部门|县级部门|区级部门|市直机关|县直机关|各镇|各街道|各级各部门|"
    "各级行政机关|各级政府|县(市、区)|各县(市、区)|各县(市)区|各区(市)县|各县(区)|各市(县)|各市(州)|各市县|各市州|各州市|各盟市|"
    "各旗县区|各旗县|各地市|各设区市|各地|下属单位|所属单位|直属单位|各直属单位|下级单位|派出机构|"
    + crossed("各级政府|各级人民政府", "及|和|及其", "部门|各部门|所属部门")
)
SELF_OWNERS = (
    "我局|我委|我办|我厅|我院|我街道|我单位|本局|本委|本办|本厅|本机关|本单位|本街道|我区|我县|我镇|我乡|"
    "本区|本县|全县|全区|全局"
)
OTHER_AREA = "another area"
OWNER_MARKS: dict[str, str] = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    **dict.fromkeys(("州", "盟", "区", "县", "旗", "镇", "乡", "街道"), OTHER_AREA),
}
"""How the words before a line end → whose it is."""

COMPARED_YEARS = (
    "上年|去年|上一年|上年度|上一年度|往年|前年|去年同期|上年同期|上一年同期|上年度同期|同期|上年相比|"
    "去年相比|去年同比|往年相比|去年同期相比|上年同期相比|上年度相比"
)
GROWTH_UP = (
    "增长|增加|上升|提高|提升|上涨|升高|增幅|增幅达|多了|增|增长率|"
    "上浮|进步|攀升|跃升|回升|净增|净增长|净增加|递增|高出"
)
GROWTH_DOWN = "下降|减少|降低|降幅|下滑|回落|降|少了|降幅达|下浮|下跌|递减|缩减"
GROWTH_LEADS = "同比|环比|同期|年均"

SMALL_WORDS: dict[str, str] = {
    SINCE: "截至|截止|截止到|截至到|截止至",
    FROM: "由|从",
    TO: (
        "提升到|提升至|提高到|提高至|上升到|上升至|增长到|增长至|增加到|增加至|升至|增至|升到|下降到|下降至|"
        "降至|减少到|减少至|达到|达到了|缩减至|" + crossed("上浮|攀升|跃升|回升|下浮|下跌|递增|递减", "到|至")
    ),
    SHARE: (
        "占|占比|占比为|占比达|占总数的|占总数|占总量的|占总量|占比约|占全部|占办件总量的|比例为|比例达|约占|"
        "分别占|占总件数的|占受理总量的"
    ),
    AVERAGE: (
        "日均|平均每天|每天平均|平均每日|每日平均|每天|每日|日平均|月均|平均每月|每月平均|每月|月平均|每周|"
        "周均|单日|单日最高|最高日|人均|高峰期|峰值|最高峰|年均|每年|平均每年|每季度|每人|每件|每起|"
        "单日最高受理|每百件|每万人|单月|单周|单日最多|最高|最多|最高达|最多达"
    ),
    PROMISE: (
        "每|扣|确保|力争|争取|要求|应当|必须|务必|不低于|不少于|不得|目标|承诺|计划|下一步|下一年|明年|今后|将继续|"
        "将进一步|将力争|拟于|预计|须在|应在|须于|应于|努力实现|努力做到|达标值|考核指标|保证|规定|原则上|"
        "需在|如果|有望|推动实现|以期|杜绝|防止|指标要求|标准为|将实现|将达到|下年度|不超过|不多于|不高于|"
        "要达到|要做到|要保持|要实现|下月|下个月|下季度|不大于|不小于|方可|未达到|未达|应达|应达到|须达|须达到|需达|需达到|低于|每低于|每高于|的给予|的扣|扣减|设定|合同约定|旨在|为实现"
    ),
    REPORTED: "共|共计|总计|合计|已|已经|实际|一共|总共",
    AMONG: "其中|其余|剩余|包括|分别是|具体为|主要为|主要是|另有|另外",
    INCLUDING: "含|包含",
    EXCLUDING: "不含|不包含|不包括|不计|未含|不计入",
    EACH: "均|均为|均达|均达到|都|皆|各为|双双",
    RESPECTIVELY: "分别|分别为|分别达|分别达到|依次为",
    JOINT: "和|及|与|以及|并|暨|或|并且|同|跟",
    ACCORDING: "按照|根据|对照|遵照|依据|依照|按",
}
PERIOD_WORDS: dict[str, str] = {
    "year": "全年|本年度|本年|今年|今年以来|本年以来|年度内|年内|当年|一年来|一年以来|报告期内|全年度|2020年全年",
    "cumulative": (
        "累计|累计共|开通以来|上线以来|运行以来|成立以来|启用以来|开通运行以来|整合以来|自开通以来|"
        "自成立以来|自运行以来|自上线以来|近年来|历年|开展以来|实施以来|施行以来|设立以来|组建以来|启动以来|建立以来|本届政府以来|换届以来|"
        "历史累计|历年累计|本届政府|任期内|多年来"
    ),
    "to_date": (
        "截至目前|截止目前|目前|迄今|至今|到目前为止|截至到目前|截止到目前|截至当前|目前为止|去年以来|"
        "截至年底|截止年底|截至年末|截至发稿|截至报告日"
    ),
    "other_year": "去年|上年|上年度|上一年|上一年度|往年|前年|上年同期|去年同期|去年全年",
    "part": (
        "上半年|下半年|一季度|二季度|三季度|四季度|第一季度|第二季度|第三季度|第四季度|前三季度|疫情期间|"
        "春节期间|前三个季度"
    ),
    "month": "本月|当月|上月",
}

FEE_TOTAL = "总金额"
FEE_NAMES = frozenset(("信息处理费", "政府信息公开信息处理费", "政府信息处理费", FEE_TOTAL))
"""Words that name a fee and do not say whether it was billed or collected."""

WAIVED = "减免|免收|退还|减收|免除|免缴|返还|退回费用"
"""Verbs that make a fee one that was not collected, wherever they stand before it."""

FEE_HEADS: dict[str, str] = {
    FEE_COLLECTED: (
        "信息处理费|政府信息公开信息处理费|政府信息处理费|实际收取的总金额|实际收取总金额|实际收取|实收|"
        "收取金额|收费金额|收取总金额|收取总额|收取信息处理费|收取的信息处理费|收取政府信息公开信息处理费|实际收取金额|"
        "实际收到的总金额|实际收到总金额|实际收到金额|实际收费|实际收费金额|实际收费总金额|实际收费的总金额|"
        "总金额"
    ),
    FEE_BILLED: "通知总金额|收费通知总金额|收费通知金额|应收|通知金额|通知的总金额|应收总金额",
    FEE_NOTICES: (
        "收费通知|发出收费通知|收费通知件数|发出收费通知的件数|发出收费通知件数|收费通知书|发出收费通知的数量"
    ),
}

CASE_UNITS = (
    "件次|件(次)|人次|件|条|个|次|起|宗|封|通|单|例|份|项|批次|笔|人(次)|个(次)|条次|通次|批|起次|件条|则|票|户次"
)
"""Units in which cases are counted; what stands behind 个 or 项 must not be another noun."""
STRICT_UNITS = frozenset(CASE_UNITS.split("|")) - {"件", "件次", "件(次)", "宗", "起", "封"}
MONEY_UNITS = "元|元人民币"
OTHER_UNITS = (
    "个工作日|个百分比|工作日|个月|个小时|小时|分钟|秒|天|日|年|月|号|人|名|家|个部门|个单位|个县|个乡镇|部|"
    "级|位|倍|度|项目|所|场|场次|期|篇|岁|周|周年|版|类|项次|大类|小类|座席|个座席|席|条线|平方米|公里|字|"
    "款|章|路|分|层|座|套|台|批复|个领域|届|代|件套|件实事|个环节|成|户|块|线"
)
PERCENT_UNITS = "%"
POINT_UNITS = "个百分点|百分点|‰"


def _words(text: str, kind: str, sense: str = "", code: str = "") -> Iterator[Word]:
    return (Word(word, kind, sense, code) for word in words_of(text))


def _crossed(lefts: str, rights: str, sense: str, code: str, kind: str = TOPIC) -> Iterator[Word]:
    return (Word(left + right, kind, sense, code) for left, right in product(words_of(lefts), words_of(rights)))


def _city_lines() -> Iterator[Word]:
    for owner, head in product(words_of(LINE_OWNERS), words_of("|" + LINE_HEADS)):
        if head or not owner:
            yield Word(f"12345{owner}{head}", TOPIC, HOTLINE, "hotline_12345")
        if owner and head:
            yield Word(f"{owner}{head}12345", TOPIC, HOTLINE, "hotline_12345")
            yield Word(f"{owner}12345{head}", TOPIC, HOTLINE, "hotline_12345")
    for head in words_of(LINE_HEADS):
        yield Word(f"{head}12345", TOPIC, HOTLINE, "hotline_12345")
        yield Word(f"{head}(12345)", TOPIC, HOTLINE, "hotline_12345")
    yield from _words(CITY_LINES, TOPIC, HOTLINE, "hotline_12345")
    for line in words_of(CITY_LINES):
        yield Word(f"{line}12345", TOPIC, HOTLINE, "hotline_12345")
        yield Word(f"{line}(12345)", TOPIC, HOTLINE, "hotline_12345")
        yield Word(f"{line}平台", TOPIC, HOTLINE, "hotline_12345")


def _topics() -> Iterator[Word]:
    yield from _city_lines()
    yield from _crossed(LEADERS, LEADER_BOXES, HOTLINE, "leader_mailbox")
    answered_by_agency = set(words_of(crossed(AGENCY_HEADS, AGENCY_HEAD_LINES)))
    leader_lines = _crossed(LEADER_LINES, LEADER_LINE_HEADS, HOTLINE, "leader_mailbox")
    yield from (word for word in leader_lines if word.text not in answered_by_agency)
    yield from _crossed(AGENCY_HEADS, AGENCY_HEAD_LINES, HOTLINE, "agency_phone")
    yield from _words(WEB_BOARDS, TOPIC, HOTLINE, "web_message")
    yield from _words(AGENCY_LINES, TOPIC, HOTLINE, "agency_phone")
    yield from _words(OTHER_LINES, TOPIC, HOTLINE, "other")
    yield from _words(MEDIA_WORDS, MEDIA, FOREIGN)
    yield from _words(APPLICATION_TOPICS, TOPIC, APPLICATIONS)
    yield from _words(FOREIGN_TOPICS, TOPIC, FOREIGN)
    yield from _words(RECONSIDERATION, TOPIC, REVIEWS, "reviews_reconsideration")
    yield from _words(LAWSUIT, TOPIC, REVIEWS, "reviews_lawsuit")


def _rates() -> Iterator[Word]:
    for column, words in RATES.items():
        yield from _words(words, RATE, column)
    for stem, head in product(words_of(ON_TIME_STEMS), words_of(ON_TIME_HEADS)):
        yield Word(f"{stem}{head}率", RATE, "on_time_rate")
    yield from _words(DUE_RATES, RATE, "on_time_rate")
    for stem, head in product(words_of(SATISFACTION_STEMS), ("满意率", "满意度")):
        yield Word(stem + head, RATE, "satisfaction_rate")


def _growth() -> Iterator[Word]:
    for sense, words in (("up", GROWTH_UP), ("down", GROWTH_DOWN)):
        yield from _words(words, GROWTH, sense)
        for lead, word in product(words_of(GROWTH_LEADS), words_of(words)):
            yield Word(lead + word, GROWTH, sense)
    for word, year in product("较比与同", words_of(COMPARED_YEARS)):
        yield Word(word + year, COMPARED)
    yield from _words("同比|环比|相比", COMPARED)


def lexicon() -> Iterator[Word]:
    """Every word of the grammar. Where one text stands twice, the later one counts."""
    yield from _words(WEAK_WORDS, WEAK)
    yield from _words(OBJECTS, OBJECT)
    yield from _words(KINDS, KIND)
    for kind, words in SMALL_WORDS.items():
        yield from _words(words, kind)
    for sense, words in PERIOD_WORDS.items():
        yield from _words(words, PERIOD, sense)
    for sense, words in VERBS.items():
        yield from _words(words, VERB, sense)
    yield from _words(SCOPE_WORDS, SCOPE)
    yield from _growth()
    yield from _topics()
    yield from _rates()
    for sense, words in FEE_HEADS.items():
        yield from _words(words, FEE, sense)


class Dictionary:
    """Finds the longest word of a lexicon that begins at a place."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = {word.text: word for word in words if word.text}
        lengths: dict[str, set[int]] = {}
        for text in self._words:
            lengths.setdefault(text[:2], set()).add(len(text))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}

    def starts(self) -> tuple[frozenset[str], frozenset[str]]:
        """The single characters that are words, and the pairs of characters with which longer words begin."""
        singles = frozenset(start for start in self._lengths if len(start) == 1)
        return singles, frozenset(start for start in self._lengths if len(start) == 2)

    def longest_at(self, text: str, at: int) -> Word | None:
        """The longest word at ``at`` in folded text, None if none begins there."""
        for length in self._lengths.get(text[at : at + 2], ()):
            word = self._words.get(text[at : at + length])
            if word is not None and len(word.text) == length:
                return word
        return self._words.get(text[at])
