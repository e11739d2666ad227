"""What the head of a page states in fields: labels in any shape, and the values behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..document import Document
from ..parse.cells import PrintedCell
from ..text.fold import CACHE_SIZE, fold, without_pinyin

HEAD = 6000
"""Characters in which a page says when and by whom it was published."""

TITLE_LABELS = r"(?:信\s*息|文\s*件|公\s*文|文\s*章|中\s*文)?\s*(?:名\s*称|标\s*题|题\s*[名目])|主\s*题|中\s*文\s*名"
"""The field whose value is the title of what the page shows."""

_FIELDS = [
    "索引号",
    "信息索引号",
    "发布机构",
    "发布机关",
    "发布单位",
    "发布者",
    "发文机关",
    "发文单位",
    "制发机关",
    "公开主体",
    "公开单位",
    "公开责任部门",
    "责任部门",
    "发布日期",
    "发布时间",
    "发文日期",
    "生成日期",
    "成文日期",
    "公开日期",
    "公开时间",
    "公开方式",
    "公开形式",
    "公开范围",
    "公开类别",
    "公开目录",
    "信息分类",
    "信息类别",
    "主题分类",
    "体裁分类",
    "组配分类",
    "分类",
    "栏目",
    "文号",
    "发文字号",
    "信息名称",
    "文件名称",
    "名称",
    "标题",
    "来源",
    "信息来源",
    "文章来源",
    "时间",
    "浏览量",
    "浏览次数",
    "点击数",
    "主题词",
    "关键词",
    "有效性",
    "效力状态",
    "效力属性",
    "体裁",
    "责任编辑",
    "作者",
    "字体",
    "字号",
    "打印",
    "分享",
]
_LABELS = frozenset(_FIELDS) | {
    *("题名", "公文名称", "信息标题", "文件标题", "文章标题", "公文标题"),
    *("题目", "主题", "文章题目", "中文名", "中文名称", "编制单位", "编制机关", "编制机构"),
}
_FIELD_NAME = "|".join(r"\s*".join(name) for name in _FIELDS)
_NEXT_FIELD = r"[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,7}[ \u3000]*[:：]"
_FIELD_END = rf"(?=[\s\t]+(?:{_FIELD_NAME}|{_NEXT_FIELD})|[\t|]|[ \u00a0]{{3,}}|\n|$)"
FIELD_BEHIND = re.compile(rf"[ \t\u00a0\u3000|]+(?:{_FIELD_NAME})[ \t\u3000]*[:：].*$")
"""The fields that follow a title on its line."""

_INDEX = re.compile(rf"索\s*引\s*号\s*[:：|]?[ \t\u00a0|]*(?P<value>(?!{_FIELD_NAME})[^\n|]*?\d[^\n|]*?){_FIELD_END}")
_INDEX_BELOW = re.compile(r"索\s*引\s*号\s*[:：]?\s*\n\s*(?P<value>(?=[^\n]*\d)[A-Za-z0-9][\w\-/.()]{3,40})[ \t]*\n")
"""The number on the line below its name."""

PUBLISHER = re.compile(
    r"(?:发[ \u3000\u00a0]*布[ \u3000\u00a0]*机[ \u3000\u00a0]*[构关]|公开主体|发布单位|发文机关|发文单位|"
    r"制发机关|公开单位|公开责任部门|编制(?:单位|机[关构])(?=\s*[:：|]))\s*[:：|]?[ \t\u00a0|]*"
    rf"(?P<value>[^\n\t|]{{2,40}}?){_FIELD_END}"
)
SOURCE = re.compile(rf"来\s*源\s*[:：|][ \t\u00a0|]*(?P<value>[\u4e00-\u9fff]{{4,30}}?){_FIELD_END}")
ADDRESS = re.compile(r"(?:地\s*址|办公地点?|办公场所)\s*[:：]\s*(?P<value>[^\n,，;；。)）]{4,40})")
"""Where the authority is to be found: its name and place in full, as it says itself."""


@lru_cache(maxsize=CACHE_SIZE)
def is_label(text: str) -> bool:
    """Whether a cell is the name of a field of a page's head, in whatever shape."""
    return len(text) <= LONGEST_LABEL and _letters(text).strip(":|") in _LABELS


LONGEST_LABEL = 16


def _letters(text: str) -> str:
    return without_pinyin(fold(text))


def with_labels_whole(words: Iterable[PrintedCell]) -> list[PrintedCell]:
    """The words of a row, a label whose characters stand apart (标    题) as one."""
    whole: list[PrintedCell] = []
    for word in words:
        whole.append(word)
        if len(_letters(word.text).strip(":")) != 1:
            continue
        for count in range(LONGEST_APART, 1, -1):
            apart = whole[-count:]
            letters = [_letters(letter.text).strip(":") for letter in apart]
            if len(apart) == count and all(len(letter) == 1 for letter in letters) and "".join(letters) in _LABELS:
                whole[-count:] = [apart[0]._replace(text="".join(letters), end=apart[-1].end)]
                break
    return whole


LONGEST_APART = 6
"""Characters of a label that may stand apart."""


@lru_cache(maxsize=CACHE_SIZE)
def field_of(text: str) -> str:
    """The label with which a cell begins that holds label and value (发布机构:东明县教育局), folded; "" if none."""
    label, colon, value = text.replace("：", ":").partition(":")
    return fold(label) if colon and value.strip() and is_label(label) else ""


BULLETS = " \t\r\n\u00a0\u3000•·●◆■▪►※"
"""White space, and signs that a page sets before the entries of a list."""


def find_index_number(document: Document, head: str) -> str | None:
    """The index number (索引号) that the page states."""
    match = _INDEX.search(head) or _INDEX_BELOW.search(head)
    number = match["value"].strip(BULLETS) if match is not None else ""
    if number and len(number) <= 60:
        return number
    return document.fact("index_number")
