"""The bounds in force: metadata.yml's ``plugins: web-server``, over the defaults that stand here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MEBIBYTE = 1024 * 1024
PLUGIN = "web-server"


@dataclass(frozen=True)
class Bounds:
    """What a visitor may take. metadata.yml says in words what each is for."""

    memory_mebibytes: int = 1024
    server_mebibytes: int = 352
    sql_places: int = 2
    download_places: int = 2
    page_threads: int = 3
    result_mebibytes: int = 32
    answer_mebibytes: int = 64
    download_mebibytes: int = 2048
    render_seconds: float = 10
    download_seconds: float = 120
    wait_seconds: float = 3
    download_wait_seconds: float = 30
    retry_after_seconds: int = 10
    most_waiting: int = 40
    most_address_bytes: int = 16_384
    most_parameters: int = 200
    rows_on_a_page: int = 1000
    long_answers: int = 2
    kept_mebibytes: int = 256
    workbook_cells: int = 4_000_000
    send_seconds: float = 60
    slow_query_ms: int = 1000
    nice: int = 10
    log_addresses: bool = False

    @property
    def child_bytes(self) -> int:
        """Memory of one process apart beyond what it begins with, so that all together stay within the whole."""
        places = self.sql_places + self.download_places
        return (self.memory_mebibytes - self.server_mebibytes) * MEBIBYTE // places


def bounds_of(datasette: Any) -> Bounds:
    """The bounds of this site. Raises TypeError for a name that is no bound."""
    given: Mapping[str, Any] = datasette.plugin_config(PLUGIN) or {}
    return Bounds(**given)
