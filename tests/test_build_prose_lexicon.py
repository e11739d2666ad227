"""Every word of the clause reader against a list kept by hand: what a figure beside it is, and that it is one word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.yaml_files import content_of

from build.prose import Prose, read_prose
from build.prose import lexicon as lex
from build.prose.folding import fold_stretch
from build.prose.numbers import number_at
from build.prose.tokens import tokenize

WORDS: dict[str, Any] = content_of(Path(__file__).parent / "data" / "prose_words.yml")
COUNT = 31


def words(text: str) -> list[str]:
    """The words of an entry; ∅ stands for none."""
    return [word.replace("∅", "") for word in text.split()]


def joined(*parts: str) -> list[str]:
    """Every product of one word of each part."""
    return ["".join(pieces) for pieces in product(*map(words, parts))]


def verbs_of(entry: dict[str, Any]) -> list[str]:
    return [*words(entry.get("words", "")), *(verb for parts in entry.get("products", ()) for verb in joined(*parts))]


def channels(entry: dict[str, str]) -> list[str]:
    return [*words(entry.get("words", "")), *(joined(entry["first"], entry["last"]) if "first" in entry else ())]


def lines_12345() -> Iterator[str]:
    """The names of the hotline 12345, by its number with owner and head, and by a name alone."""
    for owner, head in product(words(WORDS["lines_12345"]["owners"]), words("∅ " + WORDS["lines_12345"]["heads"])):
        yield from (f"12345{owner}{head}",) if head or not owner else ()
        yield from (f"{owner}{head}12345", f"{owner}12345{head}") if head and owner else ()
    for head in words(WORDS["lines_12345"]["heads"]):
        yield from (f"{head}12345", f"{head}(12345)")
    for name in words(WORDS["channels"]["hotline_12345"]["words"]):
        yield from (name, f"{name}12345", f"{name}(12345)", f"{name}平台")


AGENCY_PHONES = channels(WORDS["channels"]["agency_phone"])
LEADER_LINES = [
    line
    for line in joined(WORDS["leader_lines"]["first"], WORDS["leader_lines"]["last"])
    if line not in AGENCY_PHONES and line not in channels(WORDS["channels"]["other"])
]
CHANNELS: dict[str, list[str]] = {
    **{code: channels(entry) for code, entry in WORDS["channels"].items()},
    "hotline_12345": list(lines_12345()),
    "leader_lines": LEADER_LINES,
}
ON_TIME = [f"{words_}率" for words_ in joined(WORDS["on_time"]["first"], WORDS["on_time"]["last"])]
ON_TIME += words(WORDS["on_time"]["due"])
SATISFACTION = [stem + head for stem, head in product(words(WORDS["satisfaction"]), ("满意率", "满意度"))]
RATES = {**{column: words(text) for column, text in WORDS["rates"].items()}, "on_time_rate": ON_TIME}
GROWN = {
    way: [lead + word for lead in ("", *words(WORDS["growth"]["leads"])) for word in words(WORDS["growth"][way])]
    for way in ("up", "down")
}
COMPARED = [word + year for word, year in product("较比与同", words(WORDS["growth"]["compared_years"]))]


def read(text: str) -> Prose:
    return read_prose(text, [(0, len(text))], 2020)


def wrong(frame: str, listed: Iterable[str], expected: Any, found: Any) -> list[tuple[str, Any]]:
    """The words that give something else than ``expected`` in the frame; ``found`` takes the prose and the word."""
    answers = ((word, found(read(frame.format(word)), word)) for word in listed)
    return [(word, answer) for word, answer in answers if answer != expected]


def filled(prose: Prose, word: str = "") -> list[tuple[str, int]]:
    """The columns of counts that are filled."""
    counts = ("received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue")
    return [(name, getattr(row, name)) for row in prose.hotline for name in counts if getattr(row, name) is not None]


def kinds(prose: Prose, word: str = "") -> list[tuple[str, Any]]:
    return [(row.kind, int(row.value)) for row in prose.statements]


@pytest.mark.parametrize("entry", WORDS["verbs"], ids=lambda entry: entry["name"])
def test_a_count_behind_a_verb_is_what_the_verb_means(entry: dict[str, Any]) -> None:
    means, verbs = entry.get("means", {}), verbs_of(entry)
    column, kind, suffix = (means.get(domain) for domain in ("hotline", "applications", "reviews"))
    assert wrong("12345热线工单共{}31件。", verbs, [(column, COUNT)] if column else [], filled) == []
    stated = [] if suffix is None else [("reviews_lawsuit" + suffix, COUNT)]
    assert wrong("政府信息公开行政诉讼案件共{}31件。", verbs, stated, kinds) == []
    if entry["name"] != "opened":
        assert wrong("依申请公开共{}31件。", verbs, [(kind, COUNT)] if kind else [], kinds) == []


@pytest.mark.parametrize("code", sorted(CHANNELS))
def test_every_channel_is_found_under_its_code(code: str) -> None:
    published = "leader_mailbox" if code == "leader_lines" else code

    def found(prose: Prose, word: str) -> Any:
        return [(row.channel, row.received, row.channel_text == word) for row in prose.hotline]

    assert wrong("{}共受理诉求31件。", CHANNELS[code], [(published, COUNT, True)], found) == []


def test_every_name_of_a_request_or_a_review_is_found() -> None:
    topics = WORDS["topics"]
    assert wrong("共收到{}31件。", words(topics["applications"]), [("applications_received", COUNT)], kinds) == []
    for code in ("reviews_reconsideration", "reviews_lawsuit"):
        assert wrong("因政府信息公开被{}31件。", words(topics[code]), [(code, COUNT)], kinds) == []
    for code, courses in WORDS["courses"].items():
        assert wrong("因政府信息公开被{}31件。", words(courses), [(code, COUNT)], kinds) == []


def test_what_is_of_another_thing_is_no_figure() -> None:
    none: list[Any] = []
    others = [*words(WORDS["topics"]["foreign"]), *words(WORDS["media"])]
    assert wrong("12345热线升级，{}共31件。", others, none, lambda prose, word: filled(prose)) == []


@pytest.mark.parametrize("column", sorted(RATES))
def test_every_rate_fills_its_column(column: str) -> None:
    def found(prose: Prose, word: str) -> Any:
        return [getattr(row, column, None) for row in prose.hotline]

    assert wrong("区长信箱的{}为98%。", RATES[column], [] if column == "foreign" else [98], found) == []


def test_every_satisfaction_keeps_its_words() -> None:
    answered = [(98, True)]
    assert (
        wrong(
            "区长信箱的{}为98%。",
            SATISFACTION,
            answered,
            lambda prose, word: [(row.satisfaction_rate, row.satisfaction_kind == word) for row in prose.hotline],
        )
        == []
    )


def test_every_scope_is_kept() -> None:
    def found(prose: Prose, word: str) -> Any:
        return [row.scope_text == word for row in prose.statements]

    assert wrong("{}共收到信息公开申请31件。", words(WORDS["scopes"]), [True], found) == []


def test_every_owner_is_the_authority_itself() -> None:
    def found(prose: Prose, word: str) -> Any:
        return [row.owner for row in prose.hotline]

    assert wrong("{}12345热线共受理诉求31件。", words(WORDS["self_owners"]), ["self"], found) == []


@pytest.mark.parametrize("sense", sorted(WORDS["periods"]))
def test_every_period_is_read(sense: str) -> None:
    published = {"other_year": [], "part": ["unstated"]}.get(sense, [sense])

    def found(prose: Prose, word: str) -> Any:
        return [row.period for row in prose.hotline]

    assert wrong("{}，12345热线受理诉求31件。", words(WORDS["periods"][sense]), published, found) == []


def test_every_head_of_a_fee_is_found() -> None:
    for kind in ("information_fee", "information_fee_billed"):
        assert wrong("就信息处理费，{}31元。", words(WORDS["fees"][kind]), [(kind, COUNT)], kinds) == []
    notices = "information_fee_notices"
    assert wrong("就信息处理费，{}31件。", words(WORDS["fees"][notices]), [(notices, COUNT)], kinds) == []
    assert wrong("{}提供政府信息收取的信息处理费31元。", words(WORDS["waived"]), [], kinds) == []


@pytest.mark.parametrize("way,change", [("up", COUNT), ("down", -COUNT)])
def test_every_word_of_growth_has_its_direction(way: str, change: int) -> None:
    yearly = [word for word in GROWN[way] if not word.startswith(("环比", "年均"))]
    grown = [("applications_received", 90), ("applications_received_change", change)]
    assert wrong("收到信息公开申请90件，{}31件。", yearly, grown, kinds) == []
    others = [word for word in GROWN[way] if word not in yearly]
    assert wrong("收到信息公开申请90件，{}31件。", others, grown[:1], kinds) == []


def test_what_is_only_compared_with_is_no_figure() -> None:
    answered = [("applications_received", 90)]
    assert wrong("收到信息公开申请90件，{}的31件略多。", COMPARED, answered, kinds) == []


def test_no_promise_is_a_figure() -> None:
    def found(prose: Prose, word: str) -> Any:
        return list(prose.hotline)

    assert wrong("{}12345热线办结率98%，满意率95%。", words(WORDS["small"]["promise"]), [], found) == []


def test_what_comes_in_is_known_for_what_it_is() -> None:
    came_in = WORDS["came_in"]
    handled = [("handled", COUNT)]

    def of_channel(prose: Prose, word: str) -> Any:
        return [(row.channel, row.handled) for row in prose.hotline]

    through_box = [("leader_mailbox", COUNT)]
    assert wrong("县长信箱办理{}31件。", words(came_in["contents"]), through_box, of_channel) == []
    assert wrong("县长信箱办理{}31件。", words(came_in["petitions"]), through_box, of_channel) == []
    assert wrong("办理政府网站{}31件。", words(came_in["letters"]), handled, filled) == []
    assert wrong("{}31件。", words(came_in["calls"]), [("received", COUNT)], filled) == []
    received = [("received", 90)]
    assert wrong("12345热线受理诉求90件，{}受理31件。", words(came_in["manners"]), received, filled) == []

    def mixed(prose: Prose, word: str) -> Any:
        return [row.channel for row in prose.hotline]

    assert wrong("受理12345热线、{}31件。", words(came_in["ways"]), ["mixed"], mixed) == []


@pytest.mark.parametrize("form", sorted(WORDS["units"]))
def test_every_unit_makes_its_form_of_number(form: str) -> None:
    found = {unit: number_at(f"31{unit}", 0) for unit in words(WORDS["units"][form])}
    forms = {unit: (found_[0].form, found_[0].unit) for unit, found_ in found.items() if found_ is not None}
    assert forms == {unit: (form, unit) for unit in words(WORDS["units"][form])}


def test_the_lexicon_has_these_words_and_no_others() -> None:
    """A word that is taken out of the lexicon, or put in, is taken out of or put into the list, with what it means."""
    verbs = [verb for entry in WORDS["verbs"] if entry["name"] != "opened" for verb in verbs_of(entry)]
    topics = [word for text in WORDS["topics"].values() for word in words(text)]
    named = [word for code in CHANNELS for word in CHANNELS[code]]
    periods = [word for text in WORDS["periods"].values() for word in words(text)]
    fees = [word for text in WORDS["fees"].values() for word in words(text)]
    small = [word for text in WORDS["small"].values() for word in words(text)]
    rates = [word for listed in RATES.values() for word in listed]
    growth = [*GROWN["up"], *GROWN["down"], *COMPARED, "同比", "环比", "相比"]
    listed = {*verbs, *topics, *named, *words(WORDS["media"]), *rates, *SATISFACTION, *words(WORDS["scopes"])}
    listed |= {*periods, *fees, *small, *growth}
    assert {word.text for word in lex.lexicon() if word.text} == listed
    manners = words(WORDS["came_in"]["manners"])
    assert (sorted(lex.MANNERS), sorted(lex.words_of(lex.WAIVED))) == (sorted(manners), sorted(words(WORDS["waived"])))


@pytest.mark.parametrize("kind", sorted(WORDS["small"]))
def test_every_small_word_is_one_token(kind: str) -> None:
    read_as = {word: [(token.kind, token.text) for token in tokenize(word)] for word in words(WORDS["small"][kind])}
    assert {word: tokens for word, tokens in read_as.items() if tokens != [(kind, word)]} == {}


def test_no_word_stands_for_two_things() -> None:
    seen = Counter((word.text, word.kind, word.sense, word.code) for word in dict.fromkeys(lex.lexicon()))
    meanings = Counter(text for text, *_ in seen)
    assert [text for text, times in meanings.items() if times > 1] == []


def test_no_word_is_changed_by_folding() -> None:
    """A word that folding would change could never be found."""
    changed = [
        word.text
        for word in lex.lexicon()
        if word.text and fold_stretch(word.text, 0, len(word.text)).text != word.text
    ]
    assert changed == []
