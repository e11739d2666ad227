"""Every word of the lexicon does what it is listed for: none is shadowed by a longer one or never looked at."""

from __future__ import annotations

from collections import Counter

import pytest

from build.prose import lexicon as lex
from build.prose import read_prose
from build.prose.folding import fold
from build.prose.tokens import tokenize


def topics(domain: str) -> list[lex.Word]:
    return [word for word in lex.lexicon() if word.kind == lex.TOPIC and word.sense == domain]


def words_with_meaning(domain: str) -> list[tuple[str, str]]:
    """(verb, what it means in the domain)."""
    meanings = lex.COLUMNS[domain]
    return [(word, meanings[sense]) for sense in meanings for word in lex.words_of(lex.VERBS[sense])]


def test_every_channel_is_found_under_its_code() -> None:
    wrong = []
    for word in topics(lex.HOTLINE):
        text = f"{word.text}共受理诉求31件。"
        rows = read_prose(text, [(0, len(text))], 2020).hotline
        if [(row.channel, row.received, row.channel_text) for row in rows] != [(word.code, 31, word.text)]:
            wrong.append(word.text)
    assert wrong == []


@pytest.mark.parametrize("word,column", words_with_meaning(lex.HOTLINE))
def test_every_verb_fills_its_column(word: str, column: str) -> None:
    text = f"12345热线工单共{word}31件。"
    rows = read_prose(text, [(0, len(text))], 2020).hotline
    assert [getattr(row, column) for row in rows] == [31]


@pytest.mark.parametrize("word", [word for word in lex.lexicon() if word.kind == lex.RATE], ids=lambda word: word.text)
def test_every_rate_fills_its_column(word: lex.Word) -> None:
    text = f"区长信箱的{word.text}为98%。"
    rows = read_prose(text, [(0, len(text))], 2020).hotline
    expected = [] if word.sense == "foreign" else [98]
    assert [getattr(row, word.sense) for row in rows] == expected


@pytest.mark.parametrize("word", topics(lex.APPLICATIONS), ids=lambda word: word.text)
def test_every_name_of_an_application_is_found(word: lex.Word) -> None:
    text = f"共收到{word.text}9件。"
    assert [row.kind for row in read_prose(text, [(0, len(text))], 2020).statements] == ["applications_received"]


@pytest.mark.parametrize("word,kind", words_with_meaning(lex.APPLICATIONS))
def test_every_outcome_of_an_application_is_found(word: str, kind: str) -> None:
    text = f"依申请公开共{word}9件。"
    assert [row.kind for row in read_prose(text, [(0, len(text))], 2020).statements] == [kind]


@pytest.mark.parametrize("word,suffix", words_with_meaning(lex.REVIEWS))
def test_every_outcome_of_a_review_is_found(word: str, suffix: str) -> None:
    text = f"政府信息公开行政诉讼案件共{word}9件。"
    expected = ["reviews_lawsuit" + suffix]
    assert [row.kind for row in read_prose(text, [(0, len(text))], 2020).statements] == expected


@pytest.mark.parametrize("scope", lex.words_of(lex.SCOPE_WORDS))
def test_every_scope_is_kept(scope: str) -> None:
    text = f"{scope}共收到信息公开申请9件。"
    assert [row.scope_text for row in read_prose(text, [(0, len(text))], 2020).statements] == [scope]


@pytest.mark.parametrize("sense,words", lex.PERIOD_WORDS.items())
def test_every_period_is_read(sense: str, words: str) -> None:
    for word in lex.words_of(words):
        text = f"{word}，12345热线受理诉求9件。"
        periods = [row.period for row in read_prose(text, [(0, len(text))], 2020).hotline]
        assert periods == ([] if sense == "other_year" else ["unstated" if sense == "part" else sense]), word


@pytest.mark.parametrize("word", lex.words_of(lex.SMALL_WORDS[lex.PROMISE]))
def test_no_promise_is_a_figure(word: str) -> None:
    text = f"{word}12345热线办结率98%，满意率95%。"
    assert read_prose(text, [(0, len(text))], 2020).hotline == ()


def test_no_word_stands_for_two_things() -> None:
    seen = Counter((word.text, word.kind, word.sense, word.code) for word in dict.fromkeys(lex.lexicon()))
    meanings = Counter(text for text, *_ in seen)
    assert [text for text, times in meanings.items() if times > 1] == []


@pytest.mark.parametrize("kind", [lex.PROMISE, lex.AMONG, lex.EACH, lex.RESPECTIVELY, lex.SHARE, lex.AVERAGE, lex.TO])
def test_every_small_word_is_one_token(kind: str) -> None:
    for word in lex.words_of(lex.SMALL_WORDS[kind]):
        tokens = tokenize(fold(word, 0, len(word)).text)
        assert [(token.kind, token.text) for token in tokens] == [(kind, word)]
