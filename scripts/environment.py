"""Make the environment in which everything runs: python3 scripts/environment.py .venv requirements.txt.

Run by `make` with the Python of the system, before anything is installed: it needs nothing but Python, of any version
that can still say that it is too old. Nothing half-made is left behind. Installing itself is pip's work, afterwards.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)

# As in build/messages, which cannot be read yet: there is no YAML before something is installed.
WORDS = {
    "too_old": (
        "Python {oldest} or newer is needed; this is {version}. make PYTHON=/path/to/python{oldest} serve",
        "需要 Python {oldest} 或更新版本，当前为 {version}。make PYTHON=/path/to/python{oldest} serve",
    ),
    "no_venv": (
        "this Python ({python}) cannot make environments: its module {module} is missing. On Debian and Ubuntu it is "
        "in a package of its own: sudo apt install python3-venv (or python{version}-venv). Nothing was made.",
        "这个 Python（{python}）不能建立环境：缺少模块 {module}。在 Debian 和 Ubuntu 上，它在单独的软件包里："
        "sudo apt install python3-venv（或 python{version}-venv）。什么也没有建立。",
    ),
    "not_made": (
        "{folder}: the environment could not be made, and nothing was left behind: {reason}",
        "{folder}：环境没有建成，也没有留下任何东西：{reason}",
    ),
    "no_pip": (
        "{folder}: there is an environment without pip, which could not be added ({reason}); remove the folder",
        "{folder}：环境里没有 pip，也装不上（{reason}）；请删去这个文件夹",
    ),
    "interrupted": (
        "{folder}: interrupted; nothing was left behind",
        "{folder}：已中断，没有留下任何东西",
    ),
    "installing": (
        "Setting up {folder}: pip installs {count} packages ({file}). The first time this takes one to two minutes.",
        "正在建立 {folder}：用 pip 安装 {count} 个软件包（{file}）。第一次需要一到两分钟。",
    ),
}


def main(arguments: list[str]) -> int:
    """Make the environment where there is none, and say what pip is about to do. 2: it cannot be made."""
    folder, requirements = Path(arguments[0]), Path(arguments[1])
    obstacle = obstacle_to_environments()
    if obstacle is None:
        print(said("installing", folder=folder, count=packages_of(requirements), file=requirements), file=sys.stderr)
        obstacle = _without_pip(folder) if (folder / "bin" / "python").exists() else _not_made(folder)
    if obstacle is not None:
        print(obstacle, file=sys.stderr)
    return 0 if obstacle is None else 2


def said(key: str, **values: object) -> str:
    """Words in the language of the environment variables, Chinese or English."""
    asked = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return WORDS[key][asked.lower().startswith("zh")].format_map(values)


def obstacle_to_environments() -> str | None:
    """Why this Python makes no environments; None: it does."""
    version = "{}.{}".format(*sys.version_info)
    if sys.version_info < OLDEST:
        return said("too_old", oldest="{}.{}".format(*OLDEST), version=version)
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            return said("no_venv", python=sys.executable, module=module, version=version)
    return None


def _not_made(folder: Path) -> str | None:
    """Make the environment; why it could not be, None: it was. What was there before is left alone."""
    was_there = folder.exists()
    try:
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
    except (OSError, KeyboardInterrupt) as error:
        reason = said("interrupted", folder=folder) if isinstance(error, KeyboardInterrupt) else str(error)
    else:
        if made.returncode == 0:
            return None
        lines = (made.stderr + made.stdout).strip().splitlines()
        reason = said("not_made", folder=folder, reason=lines[-1] if lines else made.returncode)
    if not was_there:
        shutil.rmtree(folder, ignore_errors=True)
    return reason


def _without_pip(folder: Path) -> str | None:
    """Why there is no pip in an environment that is there; None: there is, perhaps only from now on."""
    python = str(folder / "bin" / "python")
    for module in (("pip", "--version"), ("ensurepip", "--upgrade")):
        ended = subprocess.run([python, "-m", *module], capture_output=True, text=True, check=False)
        if ended.returncode == 0:
            return None
    lines = ended.stderr.strip().splitlines()
    return said("no_pip", folder=folder, reason=lines[-1] if lines else ended.returncode)


def packages_of(requirements: Path) -> int:
    """How many packages are installed for a file of requirements: as many as its lock file pins, where there is one."""
    lock = requirements.with_suffix(".lock")
    lines = (lock if lock.is_file() else requirements).read_text(encoding="utf-8").splitlines()
    return sum("==" in line and not line.startswith(("#", " ")) for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
