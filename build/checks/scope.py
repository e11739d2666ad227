"""Whether a figure in prose and the report's tables speak of the same area: the words that limit it decide."""

from __future__ import annotations

from ..report import Identity, Statement
from .wording import Words

AREA_WORDS = frozenset(
    {
        *(f"{whole}{area}" for whole in ("全", "我", "本") for area in "省市县区州旗盟"),
        *("全市各级", "全县各级", "全区各级", "全省各级", "各级各部门", "各级政府", "各级行政机关"),
    }
)
TOWN_WORDS = frozenset(f"{whole}{area}" for whole in ("全", "我", "本") for area in ("镇", "乡", "街道", "街", "苏木"))
OWN_WORDS = frozenset(
    {
        *(f"{whole}{organ}" for whole in "我本" for organ in "局委办厅院馆校"),
        *(f"{whole}{organ}" for whole in "我本" for organ in ("单位", "机关", "部门")),
        *("本级", "全局", "全委", "全厅"),
    }
)  # fmt: skip
PART_WORDS = frozenset({"其中"})

OTHER_SCOPE: Words = ("所指范围与本表不同", "it speaks of another scope than the table")
A_PART: Words = ("只是其中一部分", "it is a part of what was stated before")
OWN_OFFICE: Words = ("可能只指本机关，不含整个地区", "it may count the authority's own office only")


def scope_obstacle(statement: Statement, identity: Identity, part_of_table: bool) -> Words | None:
    """Why ``statement`` cannot be compared with the tables of its report; None if it can.

    ``part_of_table``: the kind is itself one of several parts (an outcome), so that 其中 stands before it by nature.
    """
    words = statement.scope_text
    if not words:
        return None
    if words in PART_WORDS:
        return None if part_of_table else A_PART
    if words in TOWN_WORDS:
        return None if identity.level in {"township", None} else OTHER_SCOPE
    if words in AREA_WORDS:
        return None if identity.scope == "region" else OTHER_SCOPE
    if words in OWN_WORDS or _names(words, identity):
        return None if identity.scope == "own" or identity.level == "township" else OTHER_SCOPE
    return OTHER_SCOPE


def may_be_own_office(identity: Identity) -> bool:
    """Whether unlimited words may mean the government's own office while the table counts the whole area."""
    return identity.scope != "own" and identity.level != "township"


def _names(words: str, identity: Identity) -> bool:
    """Whether ``words`` are the agency's name or its short form: 市政府办公室 for 保山市人民政府办公室."""
    if identity.agency is None or len(words) < 3:
        return False
    agency, named = identity.agency.replace("人民", ""), words.replace("人民", "")
    return agency.endswith(named)
