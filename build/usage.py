"""What argparse itself says (the headings of a help, what is wrong with a command line), in the program's language.

argparse asks ``gettext`` for each of its words through the name ``_``; here it asks the catalogue instead. Words that
the catalogue does not have stay English.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import cache

from .messages import Message, spoken, told


def tell_usage_in_our_language() -> None:
    """From now on every command line of this process is explained in the language that the program speaks."""
    vars(argparse)["_"] = own_words


def own_words(words: str) -> str:
    """argparse's ``words`` in the language that this program speaks; it fills in what stands behind ``%``."""
    message = known_words().get(words)
    return words if message is None else spoken(message)


@cache
def known_words() -> Mapping[str, Message]:
    """argparse's words, as it asks for them."""
    value = "%(value)r"
    return {
        "usage: ": told("usage.usage"),
        "positional arguments": told("usage.positional_arguments"),
        "options": told("usage.options"),
        "show this help message and exit": told("usage.show_help"),
        "%(prog)s: error: %(message)s\n": told("usage.error", prog="%(prog)s", message="%(message)s"),
        "argument %(argument_name)s: %(message)s": told(
            "usage.of_argument", name="%(argument_name)s", message="%(message)s"
        ),
        "the following arguments are required: %s": told("usage.required", names="%s"),
        "unrecognized arguments: %s": told("usage.unrecognized", words="%s"),
        "expected one argument": told("usage.one_expected"),
        "expected at least one argument": told("usage.some_expected"),
        "ignored explicit argument %r": told("usage.none_expected", value="%r"),
        "invalid choice: %(value)r (choose from %(choices)s)": told(
            "usage.invalid_choice", value=value, choices="%(choices)s"
        ),
        "invalid %(type)s value: %(value)r": told("usage.invalid_value", value=value, kind="%(type)s"),
        "not allowed with argument %s": told("usage.not_allowed_with", name="%s"),
        "ambiguous option: %(option)s could match %(matches)s": told(
            "usage.ambiguous", option="%(option)s", matches="%(matches)s"
        ),
    }
