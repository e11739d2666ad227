"""Which language a program speaks. It takes no time to load, for what is said while all else still loads."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # (that of `typing` takes a while to load)
if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (CHINESE, ENGLISH)
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What POSIX asks for the language of messages, in this order; the first that says something decides."""


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: Chinese for any locale zh…, else English."""
    said = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return CHINESE if said.lower().startswith(CHINESE) else ENGLISH
