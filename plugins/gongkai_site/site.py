"""Datasette with a page's language: its metadata and its addresses are those of the request under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from datasette.app import Datasette
from datasette.url_builder import Urls
from datasette.utils import PrefixedUrlString

from .language import DEFAULT, is_same_in_all, language_now, spoken_now
from .texts import Text


class Addresses(Urls):  # type: ignore[misc]
    """Datasette's addresses: a page's lead on in the language that was chosen, data have one address."""

    def path(self, path: str, format: str | None = None) -> PrefixedUrlString:
        """``path`` below the site's prefix and the language."""
        return self._one_for_all(super().path(path, format))

    def table(self, database: str, table: str, format: str | None = None) -> PrefixedUrlString:
        """The address of a table."""
        return self._one_for_all(super().table(database, table, format))

    def query(self, database: str, query: str, format: str | None = None) -> PrefixedUrlString:
        """The address of a canned query."""
        return self._one_for_all(super().query(database, query, format))

    def row(self, database: str, table: str, row_path: str, format: str | None = None) -> PrefixedUrlString:
        """The address of a row."""
        return self._one_for_all(super().row(database, table, row_path, format))

    def _one_for_all(self, address: str) -> PrefixedUrlString:
        root, chosen = self.ds.root, spoken_now().chosen
        led = f"{root}{chosen}/"
        if chosen and address.startswith(led) and is_same_in_all("/" + address[len(led) :]):
            return PrefixedUrlString(root + address[len(led) :])
        return PrefixedUrlString(address)


class _WhoMaySee:
    """As much of a Datasette as it takes to say who may see a table: of its metadata only what speaks of that."""

    _metadata_recursive_update = Datasette._metadata_recursive_update
    allows = Datasette._table_permission_allows

    def __init__(self, sources: Iterable[Any]) -> None:
        self._sources = [_permissions(source) for source in sources]

    def _metadata_sources(self, *_: str | None) -> list[Any]:
        return self._sources


def _permissions(source: Any) -> Any:
    """``source`` without what says nothing of permissions; anything but a dictionary as it is."""
    if not isinstance(source, dict):
        return source
    kept = {key: value for key, value in source.items() if key == "allow"}
    inner = {key: source[key] for key in ("databases", "tables") if isinstance(source.get(key), dict)}
    return kept | {key: {name: _permissions(each) for name, each in held.items()} for key, held in inner.items()}


class SpeakingDatasette(Datasette):  # type: ignore[misc]
    """A Datasette whose ``metadata`` is given once a language."""

    def __init__(self, *, metadata: Mapping[str, Mapping[str, Any]], **options: Any) -> None:
        self.metadata_in: Mapping[str, Mapping[str, Any]] = metadata
        self._allowed: dict[tuple[str, str], list[Any]] = {}
        self._told: dict[tuple[Any, ...], Any] = {}
        super().__init__(metadata=dict(metadata[DEFAULT]), **options)

    @property
    def root(self) -> str:
        """The site's path on its host, with a slash at either end, without a language."""
        root: str = super().setting("base_url")
        return root

    @property
    def urls(self) -> Addresses:
        """The addresses of pages, in the language of the request."""
        return Addresses(self)

    def setting(self, key: str) -> Any:
        """As Datasette's own; ``base_url`` is what every link begins with, the chosen language too."""
        value = super().setting(key)
        chosen = spoken_now().chosen
        return f"{value}{chosen}/" if key == "base_url" and chosen else value

    def _metadata_sources(self, key: str | None, database: str | None, table: str | None) -> Iterator[Any]:
        *hooks, _ = super()._metadata_sources(key, database, table)
        yield from hooks
        yield self.metadata_in[language_now()]

    def metadata(
        self, key: str | None = None, database: str | None = None, table: str | None = None, fallback: bool = True
    ) -> Any:
        """As Datasette's own, put together once a language: Datasette does so for every cell of a page."""
        asked = (language_now(), key, database, table, fallback)
        if asked not in self._told:
            self._told[asked] = super().metadata(key, database, table, fallback)
        return dict(self._told[asked]) if key is None else self._told[asked]

    def _table_permission_allows(self, database: str, table: str) -> list[Any]:
        # Who may see a table does not change; Datasette copies all metadata each time that it is asked.
        if (database, table) not in self._allowed:
            sources = self._metadata_sources("tables", database, None)
            self._allowed[database, table] = _WhoMaySee(sources).allows(database, table)
        return self._allowed[database, table]

    def text_in_all(self, *keys: str) -> Text | None:
        """The text of the metadata below ``keys``, in every language; None where there is none."""
        found: dict[str, Any] = dict(self.metadata_in)
        for key in keys:
            found = {language: (held or {}).get(key) for language, held in found.items()}
        return Text(**found) if all(found.values()) else None
