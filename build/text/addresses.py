"""Web addresses."""

from __future__ import annotations

from urllib.parse import urlsplit


def government_host(address: str | None) -> str:
    """A government's host name in an address; "" for any other."""
    try:
        host = (urlsplit(address).hostname or "").removesuffix(".") if address else ""
    except ValueError:
        return ""
    return host if host.endswith(".gov.cn") else ""
