"""The site below a path of another, behind nginx that keeps that path and behind nginx that strips it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from .site_server import Site, free_port, running, wait_until_served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PREFIX = "/open/"
CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location = /robots.txt {{ return 200; }}
        location {prefix} {{
            proxy_pass {address}{target};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


@pytest.fixture(scope="module", params=["kept", "stripped"])
def proxied(site: Site, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as nginx shows it below PREFIX."""
    if NGINX is None:
        if os.environ.get("GONGKAI_REQUIRE_TOOLS"):
            pytest.fail("GONGKAI_REQUIRE_TOOLS is set and nginx is not installed")
        pytest.skip("no nginx on the path")
    folder = tmp_path_factory.mktemp(f"nginx-{request.param}")
    database = folder / "gongkai.db"
    shutil.copy(site.database, database)
    with running(database, "--base-url", PREFIX) as served:
        port = free_port()
        target = "/" if request.param == "stripped" else ""
        configuration = folder / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(folder=folder, port=port, prefix=PREFIX, address=served.address, target=target)
        )
        with subprocess.Popen([NGINX, "-c", str(configuration), "-p", str(folder)], stderr=subprocess.DEVNULL) as nginx:
            try:
                wait_until_served(f"http://127.0.0.1:{port}", nginx)
                yield Site(f"http://127.0.0.1:{port}", Path(database))
            finally:
                nginx.terminate()


LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


@pytest.mark.parametrize(
    "path",
    ["", "gongkai", "gongkai/applications", "gongkai/request_outcomes", "gongkai?sql=select+1", "-/dashboards/overview",
     "gongkai/nothing", "gongkai/reports.json?_size=1", "gongkai/applications?_facet=item&_size=2"],
)  # fmt: skip
def test_every_link_has_the_prefix_once_and_leads_somewhere(proxied: Site, path: str) -> None:
    answer = proxied.get(f"{PREFIX}{path}")
    assert answer.status == (404 if "nothing" in path else 200)
    links = {unescape(link) for link in LINK.findall(answer.text)}
    wrong = [link for link in links if not link.startswith(PREFIX) or PREFIX.rstrip("/") * 2 in link]
    assert wrong == [] and (links or ".json" in path)
    data = sorted(link for link in links if ".json" in link or ".csv" in link)
    assert [link for link in data[:3] if proxied.get(link).status != 200] == []


def test_the_next_page_and_redirects_stay_below_the_prefix(proxied: Site) -> None:
    answer = proxied.json(f"{PREFIX}gongkai/applications.json", _size=2)
    assert answer["next_url"].startswith(f"{proxied.address}{PREFIX}gongkai/applications.json?")
    link = proxied.get(f"{PREFIX}gongkai/applications.csv", _size=2).headers["Link"]
    assert link.startswith(f"<{proxied.address}{PREFIX}gongkai/applications.csv?")
    for path in ("gongkai/", "gongkai/applications?_sort=item&_sort_by_desc=on", "gongkai/reports%2F"):
        assert proxied.get(f"{PREFIX}{path}").status in {200, 404}
    assert proxied.get(PREFIX.rstrip("/")).status in {200, 404}


def test_what_has_not_changed_is_told_through_the_proxy(proxied: Site) -> None:
    tag = proxied.get(f"{PREFIX}gongkai/rules").headers["ETag"]
    assert proxied.get(f"{PREFIX}gongkai/rules", {"If-None-Match": tag}).status == 304


def test_visitors_behind_a_proxy_are_told_apart(proxied: Site) -> None:
    assert proxied.get(f"{PREFIX}gongkai.json", {"X-Forwarded-For": "10.0.0.1"}, sql="select 1").status == 200
