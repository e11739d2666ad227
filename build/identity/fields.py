"""What the head of a page states in fields: its index number and who published it."""

from __future__ import annotations

import re

from ..document import Document

_FIELDS = [
    "索引号",
    "发布机构",
    "发文机关",
    "发布日期",
    "发布时间",
    "生成日期",
    "成文日期",
    "公开日期",
    "公开目录",
    "信息分类",
    "主题分类",
    "文号",
    "发文字号",
    "名称",
    "标题",
    "来源",
    "时间",
    "浏览量",
    "浏览次数",
    "点击数",
    "主题词",
    "有效性",
    "体裁",
    "责任编辑",
    "作者",
    "字体",
    "字号",
    "打印",
    "分享",
]
_FIELD_NAME = "|".join(r"\s*".join(name) for name in _FIELDS)
_NEXT_FIELD = r"[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,7}[ \u3000]*[:：]"
_FIELD_END = rf"(?=[\s\t]+(?:{_FIELD_NAME}|{_NEXT_FIELD})|[\t|]|[ \u00a0]{{3,}}|\n|$)"
_INDEX = re.compile(rf"索\s*引\s*号\s*[:：|]?[ \t\u00a0|]*(?P<value>(?!{_FIELD_NAME})[^\n|]*?\d[^\n|]*?){_FIELD_END}")
_INDEX_BELOW = re.compile(r"索\s*引\s*号\s*[:：]?\s*\n\s*(?P<value>(?=[^\n]*\d)[A-Za-z0-9][\w\-/.()]{3,40})[ \t]*\n")
"""The number on the line below its name."""

PUBLISHER = re.compile(
    r"(?:发布机构|公开主体|发布单位|发文机关|公开责任部门)\s*[:：|]?[ \t\u00a0|]*"
    rf"(?P<value>[^\n\t|]{{2,40}}?){_FIELD_END}"
)
SOURCE = re.compile(rf"来\s*源\s*[:：|][ \t\u00a0|]*(?P<value>[\u4e00-\u9fff]{{4,30}}?){_FIELD_END}")


def find_index_number(document: Document, head: str) -> str | None:
    match = _INDEX.search(head) or _INDEX_BELOW.search(head)
    if match is not None and len(match["value"].strip()) <= 60:
        return match["value"].strip()
    return document.fact("index_number")
