"""What Gongkai says to people, in English and Chinese: one catalogue, a file a subject.

``encrypted`` in ``readers.yml`` has the key ``readers.encrypted``. An entry holds ``en`` and ``zh``, with ``{name}``
for what is filled in, and may hold ``one``: the English words where ``count`` is 1. A file is read when one of its
messages is told first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..language import CHINESE, ENGLISH, language_of

FOLDER = Path(__file__).resolve().parent
ENDING = ".yml"


class Message(NamedTuple):
    """The same words in English and in Chinese."""

    en: str
    zh: str

    def within(self, language: str) -> str:
        """The words in ``language`` (``en`` or ``zh``)."""
        return self.zh if language == CHINESE else self.en


def told(key: str, /, **values: object) -> Message:
    """The message of ``key``, ``values`` filled in; a value that is a message itself is filled in language by language.

    Raises KeyError where the catalogue has no such key, or the message a field that has no value.
    """
    subject, _, name = key.partition(".")
    entry = _entries(subject)[name]
    en = entry["one"] if values.get("count") == 1 and "one" in entry else entry["en"]
    return Message(_filled(en, values, ENGLISH), _filled(entry["zh"], values, CHINESE))


def alike(text: str) -> Message:
    """Words that are the same in both languages: a name, or what some other program said."""
    return Message(text, text)


def listed(parts: Iterable[Message | str]) -> Message:
    """Things one after the other: with commas in English, with 、 in Chinese."""
    messages = [_message(part) for part in parts]
    return Message(", ".join(part.en for part in messages), "、".join(part.zh for part in messages))


def any_of(words: Iterable[str]) -> Message:
    """Words of which one may stand there."""
    several = tuple(words)
    return Message(" or ".join(several), "或".join(several))


def sentences(*parts: Message) -> Message:
    """Sentences one after the other; Chinese has no space between them."""
    return Message(" ".join(part.en for part in parts if part.en), "".join(part.zh for part in parts))


_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def speak(language: str | None) -> None:
    """From now on this program speaks ``language``; None: that of the environment."""
    _spoken.set(language)


def spoken(message: Message) -> str:
    """``message`` in the language that this program speaks."""
    return message.within(_spoken.get() or language_of())


def capitalised(message: Message) -> Message:
    """``message`` as a sentence begins with it."""
    return message._replace(en=message.en[:1].upper() + message.en[1:])


def _message(part: Message | str) -> Message:
    return part if isinstance(part, Message) else alike(part)


def _filled(words: str, values: Mapping[str, object], language: str) -> str:
    return words.format_map(
        {name: value.within(language) if isinstance(value, Message) else value for name, value in values.items()}
    )


@cache
def _entries(subject: str) -> Mapping[str, Mapping[str, str]]:
    """Name → language → words, of one subject."""
    import yaml  # noqa: PLC0415 (nobody waits for it who is told nothing)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: Mapping[str, Mapping[str, str]] = yaml.load((FOLDER / f"{subject}{ENDING}").read_bytes(), Loader=loader)
    return entries
