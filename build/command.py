"""``gongkai build|serve|fetch|explain|release``: the command of an installed package."""

from __future__ import annotations

import argparse
import runpy
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from .interruption import end_while_loading
from .messages import spoken, told
from .options import add_version, words_of
from .publication import publication_folder
from .usage import tell_usage_in_our_language

WRONG_USAGE = 2


@dataclass(frozen=True, slots=True)
class Command:
    """``means``: the message that says what it does. ``run``: does it with the words behind its name; its exit code.

    ``extra``: the name under which pip installs what it needs besides.
    """

    name: str
    means: str
    run: Callable[[list[str]], int]
    extra: str = ""


def _build(words: list[str]) -> int:
    end_while_loading()
    from .__main__ import run  # noqa: PLC0415 (a command loads what it needs)

    return run(words, "gongkai build")


def _explain(words: list[str]) -> int:
    from .__main__ import explain_main  # noqa: PLC0415 (a command loads what it needs)

    return explain_main(words, "gongkai explain")


def _serve(words: list[str]) -> int:
    sys.argv = ["gongkai serve", *words]
    runpy.run_path(str(publication_folder() / "scripts" / "serve.py"), run_name="__main__")
    return 0


def _module(name: str) -> Callable[[list[str]], int]:
    """The ``main`` of a module of this package."""

    def run(words: list[str]) -> int:
        code: int = import_module(name, __package__).main(words)
        return code

    return run


COMMANDS = (
    Command("build", "command.command_build", _build),
    Command("serve", "command.command_serve", _serve),
    Command("fetch", "command.command_fetch", _module(".fetching.command"), extra="fetch"),
    Command("explain", "command.command_explain", _explain),
    Command("release", "command.command_release", _module(".publish.release.command"), extra="release"),
)
"""A command is one entry here."""


def main(arguments: list[str]) -> int:
    """Run one command; its exit code. Wrong usage ends in SystemExit 2."""
    tell_usage_in_our_language()
    options = _asked_for(arguments)
    command = next(each for each in COMMANDS if each.name == options.command)
    sys.argv[0] = f"gongkai {command.name}"
    try:
        return command.run(options.words)
    except ModuleNotFoundError as error:
        if not command.extra or f"{error.name}.".startswith(f"{__package__}."):
            raise
        words = told("command.missing_packages", command=sys.argv[0], package=error.name, extra=command.extra)
        sys.stderr.write(f"{spoken(words)}\n")
        return WRONG_USAGE


def _asked_for(arguments: list[str]) -> argparse.Namespace:
    listing = "\n".join(f"  {each.name:10}{spoken(told(each.means))}" for each in COMMANDS)
    parser = argparse.ArgumentParser(
        prog="gongkai",
        description=words_of(told("command.commands")),
        epilog=listing,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_version(parser)
    parser.add_argument("command", choices=[each.name for each in COMMANDS], metavar="COMMAND")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")
    return parser.parse_args(arguments)


def run() -> None:
    """The program ``gongkai``."""
    sys.exit(main(sys.argv[1:]))
