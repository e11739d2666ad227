"""What --explain prints of a sentence."""

from __future__ import annotations

from build.messages import speak
from build.prose import explain_prose


def explained(text: str) -> list[str]:
    return list(explain_prose(text, [(0, len(text))], 2020))


def test_every_clause_is_shown_with_its_words_and_decisions() -> None:
    shown = explained("12345热线受理诉求300件，办结率99%。")
    assert shown == [
        "[0:22] 12345热线受理诉求300件，办结率99%",
        "  clause 1: 12345热线受理诉求300件",
        "    words: 12345热线/topic:hotline_12345 受理/verb:receive 诉求/object 300件/number",
        "    300件 -> hotline_12345: received = 300件 (受理, period unstated) [verb]",
        "  clause 2: 办结率99%",
        "    words: 办结率/rate:completion_rate 99%/number",
        "    99% -> hotline_12345: completion_rate = 99% (办结率, period unstated) [rate]",
    ]


def test_what_is_left_says_why() -> None:
    reasons = {
        "力争12345热线办结率达到99%。": "a promise or a rule",
        "12345热线解决率99%。": "a rate that has no column",
        "12345热线督办30件。": "counts something else",
        "2019年12345热线受理300件。": "of another year",
        "12345热线工单为300件。": "no verb in the clause",
        "12345热线受理300-400件。": "a range",
    }
    for text, reason in reasons.items():
        assert any("-> left: " in line and reason in line for line in explained(text)), text


def test_a_figure_that_no_row_takes_is_said_not_to_be_published() -> None:
    shown = explained("受理12345热线工单700件、区长信箱来信60件，办结率99%。")
    assert [line for line in shown if "99% ->" in line and "not published" in line]
    assert not [line for line in shown if "700件 ->" in line and "not published" in line]
    assert any("not published" in line for line in explained("受理政府信息公开申请约200件。"))


def test_a_sentence_that_is_too_long_is_said_not_to_be_read() -> None:
    assert explained("12345热线受理300件，" * 1000)[0].startswith("not read: ")


def test_nothing_is_printed_of_prose_without_our_words() -> None:
    assert explained("全年公开信息300条。") == []


def test_what_was_read_is_explained_in_chinese_too() -> None:
    speak("zh")
    try:
        shown = explained("12345热线受理诉求300件，督办30件。")
    finally:
        speak(None)
    assert shown[1] == "  分句 1：12345热线受理诉求300件"
    assert any("hotline_12345：received = 300件（受理，期间 unstated）" in line for line in shown)
    assert any("略去：所计为其他事项" in line for line in shown)
