"""The rules of the grammar: each takes the sentence that it names, and leaves the one beside it."""

from __future__ import annotations

import pytest

from build.prose.clauses import read_part
from build.prose.grammar import RULES
from build.prose.matcher import walk
from build.prose.point import ClauseRule
from build.prose.state import Setting

YEAR = 2020


def deciding(text: str) -> set[str]:
    """The rules that decide on the numbers of a sentence, those included that only pass a number over."""
    ours = text.find("信息公开")
    setting = Setting(YEAR, ours if ours >= 0 else None, ours >= 0, "信息处理费" in text)
    walked = walk(read_part(text, 0, len(text.rstrip("。"))), setting)
    return {decision.rule for decision in (*walked.decisions, *walked.passed_over)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_takes_its_example_and_leaves_the_other(rule: ClauseRule) -> None:
    assert rule.name in deciding(rule.takes)
    assert rule.name not in deciding(rule.leaves)


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_an_example_is_decided_alike_whatever_stood_before_it() -> None:
    """No rule keeps anything from one sentence to the next."""
    before = [deciding(rule.takes) for rule in RULES]
    assert [deciding(rule.takes) for rule in reversed(RULES)] == before[::-1]
