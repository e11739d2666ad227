"""A data set and its catalogue in the terms of schema.org."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai_site.queries import Answers, queries_in
from gongkai_site.texts import Words

QUERIES = queries_in(Path(__file__).with_name("queries"))
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HASH_DIGITS = 12
FILES = (
    ("/gongkai.db", "application/vnd.sqlite3", "SQLite"),
    ("/gongkai.zip", "application/zip", "CSV"),
    ("/gongkai/report_summary.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
    ("/gongkai/report_summary.csv?_stream=on", "text/csv", "CSV"),
)


def data_set(said: Words, language: str, address: str, answers: Answers, version: str) -> dict[str, Any]:
    """The Dataset; the years it covers are left out where no report has one."""
    (extent,) = answers["extent"]
    years = {"temporalCoverage": f"{extent['first_year']}/{extent['last_year']}"} if extent["first_year"] else {}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{address}/gongkai#dataset",
        "name": said["dataset_name"].of(language),
        "alternateName": said["dataset_name"].of("en" if language == "zh" else "zh"),
        "description": said["dataset_description"].of(language),
        "url": f"{address}/gongkai",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": ["zh", "en"],
        "keywords": said["dataset_keywords"].of(language).replace("；", "; ").split("; "),
        "creator": _publisher(said, language, address),
        "spatialCoverage": {"@type": "Place", "name": said["china"].of(language)},
        **years,
        "version": version[:HASH_DIGITS],
        "measurementTechnique": f"{address}/about/method",
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": address + path}
            for path, kind, name in FILES
        ],
    }


def catalogue(said: Words, language: str, address: str, data: dict[str, Any]) -> dict[str, Any]:
    """The DataCatalog that holds ``data``."""
    return {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": f"{address}/#catalogue",
        "name": said["catalogue_name"].of(language),
        "description": said["dataset_description"].of(language),
        "url": f"{address}/",
        "inLanguage": ["zh", "en"],
        "license": LICENCE,
        "publisher": _publisher(said, language, address),
        "dataset": {key: value for key, value in data.items() if key != "@context"},
    }


def _publisher(said: Words, language: str, address: str) -> dict[str, str]:
    return {"@type": "Organization", "name": said["catalogue_name"].of(language), "url": f"{address}/about"}
