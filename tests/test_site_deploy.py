"""What docs/deploy/ holds for servers: each file is taken by the program that it is for, and does what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from gongkai_site.publication import forget, held

from .site_server import ROOT, Site, free_port, wait_until_served

FILES = ROOT / "docs" / "deploy"
SERVED_AT = "127.0.0.1:8001"
NAMES_OF_NGINX = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program(name: str) -> str:
    """The program of that name; without it the test is skipped, but not where all tools are asked for."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin")
    if found is None:
        if os.environ.get("GONGKAI_REQUIRE_TOOLS"):
            pytest.fail(f"GONGKAI_REQUIRE_TOOLS is set and {name} is not installed")
        pytest.skip(f"no {name} on the path")
    return found


@contextmanager
def started(command: list[str], port: int) -> Iterator[str]:
    """The address at which a server that was started answers."""
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_served(address, process)
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def behind_nginx(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site behind nginx as docs/deploy/nginx.conf has it, but for ports and folders."""
    nginx, folder, port = program("nginx"), tmp_path_factory.mktemp("nginx"), free_port()
    words = (FILES / "nginx.conf").read_text(encoding="utf-8")
    words = words.replace(f"    server {SERVED_AT};", f"    server {site.address.removeprefix('http://')};")
    words = words.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/cache/nginx", str(folder))
    assert SERVED_AT not in words and "/var/" not in words and "listen 80;" not in words
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in NAMES_OF_NGINX)
    whole = folder / "nginx.conf"
    around = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
    if os.getuid() == 0:  # its workers would be somebody who may not write here
        around += " user root;"
    whole.write_text(f"{around} http {{ access_log off; {paths}\n{words} }}", encoding="utf-8")
    with started([nginx, "-c", str(whole), "-p", str(folder)], port) as address:
        yield Site(address, site.database)


def kept(site: Site, path: str, **headers: str) -> tuple[str, str]:
    """What nginx says of its copy of ``path``'s answer, and the answer's language."""
    request = urllib.request.Request(f"{site.address}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        language = re.search(r'<html lang="([a-z]+)', answer.read().decode())
        return answer.headers["X-Cache"], language[1] if language else ""


def test_nginx_keeps_each_answer_once_for_all_who_read_the_same_language(behind_nginx: Site) -> None:
    assert [kept(behind_nginx, "/en/gongkai/reports")[0] for _ in range(2)] == ["MISS", "HIT"]
    chinese, english = {"Accept-Language": "zh-CN"}, {"Accept-Language": "en"}
    for asked, language in ((chinese, "zh"), (english, "en"), (chinese, "zh"), (english, "en")):
        state, told = kept(behind_nginx, "/gongkai/rules", **asked)
        assert told == language
    assert state == "HIT"


def test_nginx_keeps_no_refusal(behind_nginx: Site) -> None:
    states = []
    for _ in range(2):
        with pytest.raises(urllib.error.HTTPError) as refused:
            kept(behind_nginx, "/gongkai/reports?_sort=nonsense")
        assert refused.value.code == 400
        states.append(refused.value.headers["X-Cache"])
        refused.value.close()
    assert states == ["MISS", "MISS"]


def test_whole_tables_come_through_nginx(behind_nginx: Site, site: Site) -> None:
    path = "/gongkai/checks.csv?_stream=on&_size=max"
    assert behind_nginx.get(path).body == site.get(path).body


def test_caddy_passes_on_what_the_site_answers(site: Site, tmp_path: Path) -> None:
    caddy, port = program("caddy"), free_port()
    words = (FILES / "Caddyfile").read_text(encoding="utf-8")
    assert words.count(SERVED_AT) == words.count("gongkai.example.org {") == 1
    words = words.replace(SERVED_AT, site.address.removeprefix("http://"))
    words = words.replace("gongkai.example.org {", f"http://127.0.0.1:{port} {{")
    here = tmp_path / "Caddyfile"
    here.write_text("{\n\tadmin off\n}\n" + words, encoding="utf-8")
    with started([caddy, "run", "--adapter", "caddyfile", "--config", str(here)], port) as address:
        answered = Site(address, site.database).get("/en/gongkai/reports")
    assert answered.status == 200 and '<html lang="en' in answered.text


def test_systemd_takes_the_unit_and_finds_it_closed(tmp_path: Path) -> None:
    analyze = program("systemd-analyze")
    words = (FILES / "gongkai.service").read_text(encoding="utf-8")
    assert words.count("/opt/gongkai/bin/gongkai serve") == 1
    unit = tmp_path / "gongkai.service"
    unit.write_text(words.replace("/opt/gongkai/bin/gongkai", sys.executable), encoding="utf-8")
    verified = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stderr
    looked = [analyze, "security", "--offline=true", "--threshold=20", str(unit)]
    assert subprocess.run(looked, capture_output=True, check=False).returncode == 0


def instructions(name: str) -> list[list[str]]:
    """The words of each instruction ``name`` of the Dockerfile, its continued lines joined."""
    words = (FILES / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.split()[1:] for line in words.splitlines() if line.startswith(f"{name} ")]


def test_the_image_takes_what_there_is_and_runs_as_nobody_in_particular() -> None:
    copied = [words for words in instructions("COPY") if not words[0].startswith("--from")]
    assert copied == [[".", "."]], "the whole checkout, of which the first stage makes the package"
    assert instructions("USER") == [["10001:10001"]] and len(instructions("FROM")) == 2
    assert all(":" in image and not image.endswith(":latest") for image, *_ in instructions("FROM"))
    (run,) = instructions("RUN")
    assert "gongkai build reports --output /publication/gongkai.db" in " ".join(run)
    served = re.findall('"([^"]*)"', " ".join(instructions("ENTRYPOINT")[0]))
    assert served == ["/opt/gongkai/bin/gongkai", "serve", "/publication/gongkai.db"]


def test_the_image_says_that_it_is_well_only_while_it_is(site: Site) -> None:
    (health,) = instructions("HEALTHCHECK")
    words = " ".join(health)
    command = re.findall(r'"((?:[^"])*)"', words[words.index("[") :])
    assert command[0] == "/opt/gongkai/bin/python"
    for address, works in ((site.address, True), (f"http://127.0.0.1:{free_port()}", False)):
        code = command[2].replace(f"http://{SERVED_AT}", address)
        done = subprocess.run([sys.executable, command[1], code], capture_output=True, check=False)
        assert (done.returncode == 0) is works


def test_a_database_in_a_place_that_cannot_be_written_is_served_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "gongkai.db"
    database.write_bytes(b"of no matter here")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert held(database) == database
    forget(database)
    assert sorted(tmp_path.iterdir()) == [database]


def test_the_files_ask_for_what_there_is() -> None:
    helped = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "serve.py"), "--help"], capture_output=True, text=True, check=True
    ).stdout
    unit = (FILES / "gongkai.service").read_text(encoding="utf-8").splitlines()
    started_by = [word for line in unit if line.startswith("ExecStart=") for word in shlex.split(line)]
    options = {found for word in [*instructions("CMD")[-1], *started_by] for found in re.findall("--[a-z-]+", word)}
    assert options == {"--host", "--port"} and all(option in helped for option in options)
