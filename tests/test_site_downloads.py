"""CSV and JSON: whole where they are asked for whole, told where they are cut, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from .site_server import Site, running, serve_settings

MOST = int(serve_settings()["max_returned_rows"])
REPORTS = MOST + 700
MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i FROM n"


@pytest.fixture(scope="module")
def large(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with more reports than a query may return rows."""
    database = tmp_path_factory.mktemp("large") / "gongkai.db"
    shutil.copy(site.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        for table, key in (("reports", "id"), ("report_summary", "report")):
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            first = f"SELECT * FROM {table} WHERE agency = '南昌市人民政府' LIMIT 1"
            values = ", ".join("printf('a%09d', i)" if name == key else name for name in columns)
            connection.execute(
                f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {REPORTS}) "
                f"INSERT INTO {table} SELECT {values} FROM n, ({first})"
            )
    with running(database) as served:
        yield served


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV, its header included."""
    return list(csv.reader(io.StringIO(text)))


def test_a_cut_query_says_so_to_programs(site: Site) -> None:
    for path in ("/gongkai.csv", "/gongkai.json"):
        assert site.get(path, sql=MANY.format(MOST + 1)).headers["X-Gongkai-Truncated"] == "true"
        assert site.get(path, sql=MANY.format(MOST)).headers["X-Gongkai-Truncated"] is None
    answer = site.get("/gongkai.json", sql=MANY.format(MOST + 1), _shape="array")
    assert answer.headers["X-Gongkai-Truncated"] == "true"


def test_a_page_of_a_table_leads_to_the_next(site: Site) -> None:
    for form in ("csv", "json"):
        answer = site.get(f"/gongkai/applications.{form}", _size=20)
        assert answer.headers["X-Gongkai-Truncated"] == "true"
        address, _, relation = answer.headers["Link"].partition(";")
        assert 'rel="next"' in relation and f".{form}?" in address and "_nocount" not in address
        whole = site.get(f"/gongkai/applications.{form}", _size=1000)
        assert whole.headers["X-Gongkai-Truncated"] is None


def test_pages_of_csv_joined_are_the_table(site: Site) -> None:
    path, rows = "/gongkai/applications.csv?_size=50", []
    while path:
        answer = site.get(path)
        rows += rows_of(answer.text)[1:]
        link = answer.headers["Link"] or ""
        path = link[1 : link.index(">")].removeprefix(site.address) if 'rel="next"' in link else ""
    assert rows == rows_of(site.get("/gongkai/applications.csv?_stream=on").text)[1:]


def test_a_canned_query_is_cut_and_told_or_whole(large: Site) -> None:
    cut = large.get("/gongkai/disclosure_rates.csv", year="all")
    assert len(rows_of(cut.text)) == MOST + 1
    assert cut.headers["X-Gongkai-Truncated"] == "true" and "_stream=on" in cut.headers["Link"]
    whole = large.get("/gongkai/disclosure_rates.csv", year="all", _stream="on")
    with large.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM report_summary").fetchone()
    assert count > MOST
    assert len(rows_of(whole.text)) == count + 1 and whole.headers["X-Gongkai-Truncated"] is None
    assert rows_of(whole.text)[: MOST + 1] == rows_of(cut.text)


def test_a_table_streams_whole_with_its_labels(large: Site) -> None:
    rows = rows_of(large.get("/gongkai/report_summary.csv", _stream="on", _labels="on").text)
    with large.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM report_summary").fetchone()
    assert len(rows) == count + 1 > MOST
    place = rows[0].index("report_label")
    assert {row[place] for row in rows[1:]} >= {"南昌市人民政府 2020"}


def test_filters_and_columns_hold_for_a_whole_table(site: Site) -> None:
    text = site.get("/gongkai/applications.csv", _stream="on", item="received", _col="total", _sort_desc="total").text
    rows = rows_of(text)
    with site.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM applications WHERE item = 'received'").fetchone()
    assert rows[0] == ["report", "item", "total"] and len(rows) == count + 1
    totals = [int(row[2]) for row in rows[1:] if row[2]]
    assert totals == sorted(totals, reverse=True)


def test_past_the_time_limit_csv_answers_as_json_does(site: Site) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    for form in ("csv", "json"):
        assert site.get(f"/gongkai.{form}", sql=endless, _timelimit=100).status == 400


def test_a_csv_of_sql_that_does_not_run_is_refused(site: Site) -> None:
    assert site.get("/gongkai.csv", sql="SELECT nonsense").status == 400


CELLS = "SELECT '=1+1' AS a, '+1' AS b, '-' AS c, '@x' AS d, char(9) || 'x' AS e, -5 AS f, -2.5 AS g, '公', NULL"


def test_formulas_are_neutralised_for_excel_only_and_numbers_stay_numbers(site: Site) -> None:
    plain = rows_of(site.get("/gongkai.csv", sql=CELLS).text)[1]
    assert plain == ["=1+1", "+1", "-", "@x", "\tx", "-5", "-2.5", "公", ""]
    excel = rows_of(site.get("/gongkai.csv", sql=CELLS, _excel="on").text.removeprefix("\ufeff"))[1]
    assert excel == ["'=1+1", "'+1", "'-", "'@x", "'\tx", "-5", "-2.5", "公", ""]
