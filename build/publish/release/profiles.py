"""What machines read of a release: Data Package, Croissant and DCAT-AP, each one JSON document of a content's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import schema
from .content import DATE, Both, Column, Content, Holding

NAME = "gongkai"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release: its path in the folder, length and SHA-256 in hexadecimal digits.

    ``holding``: the table or view that it holds, None for the database.
    """

    path: str
    size: int
    sha256: str
    holding: Holding | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, and its name in the EU's list of file types, where that has one."""

    media_type: str
    file_type: str = ""


FORMATS: Mapping[str, Format] = {
    ".csv": Format("text/csv", "CSV"),
    ".parquet": Format("application/vnd.apache.parquet", "PARQUET"),
    ".xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ".gz": Format("application/gzip", "GZIP"),
    ".zst": Format("application/zstd"),
}
"""By a file's ending."""


def format_of(file: File) -> Format:
    """The kind of ``file``."""
    return FORMATS[file.path[file.path.rindex(".") :]]


def title_of(content: Content) -> Both:
    """What the collection is called."""
    return content.words("linked_data", "dataset_name")


def description_of(content: Content) -> Both:
    """What the collection is."""
    return content.words("linked_data", "dataset_description")


def keywords_of(content: Content) -> list[str]:
    """Words under which the collection is looked for, in both languages."""
    zh, en = content.words("linked_data", "dataset_keywords")
    return [*filter(None, zh.split("；")), *filter(None, en.split("; "))]


def _present(members: Mapping[str, Any]) -> Json:
    """The members that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


# Data Package ------------------------------------------------------------------------------------------------------

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_PACKAGE_TYPES = {schema.INTEGER: "integer", schema.REAL: "number", schema.TEXT: "string", DATE: "date"}


def data_package(content: Content, files: Sequence[File]) -> Json:
    """datapackage.json (Data Package v2) over the plain CSV files."""
    release = content.release
    licence = {"name": release["licence"], "path": release["licence_url"], "title": content.said("licence_terms").en}
    return _present(
        {
            "$schema": PACKAGE_PROFILE,
            "name": NAME,
            "title": title_of(content).joined(" / "),
            "description": description_of(content).joined("\n\n"),
            "homepage": release["homepage"],
            "version": content.version,
            "created": f"{release['date']}T00:00:00Z" if release["date"] else None,
            "keywords": keywords_of(content),
            "licenses": [_present(licence)] if licence["name"] or licence["path"] else [],
            "sources": [{"title": content.said("source").joined(" / ")}],
            "contributors": [{"title": content.said("title").joined(" / ")}],
            "citation": content.said("citation").en,
            "resources": [_resource(file, file.holding) for file in files if file.holding is not None],
        }
    )


def _resource(file: File, holding: Holding) -> Json:
    return _present(
        {
            "name": holding.name,
            "type": "table",
            "path": file.path,
            "title": holding.title.joined(" / "),
            "description": holding.description.joined("\n\n"),
            "format": "csv",
            "mediatype": format_of(file).media_type,
            "encoding": "utf-8",
            "bytes": file.size,
            "hash": f"sha256:{file.sha256}",
            "schema": _table_schema(holding),
        }
    )


def _table_schema(holding: Holding) -> Json:
    return _present(
        {
            "fields": [_package_field(column) for column in holding.columns],
            "primaryKey": list(holding.key),
            "foreignKeys": [
                {
                    "fields": [each.column],
                    "reference": {
                        "resource": "" if each.target == holding.name else each.target,
                        "fields": [each.target_column],
                    },
                }
                for each in holding.references
            ],
            "missingValues": [""],
        }
    )


def _package_field(column: Column) -> Json:
    return _present(
        {
            "name": column.name,
            "type": _PACKAGE_TYPES[column.kind],
            "title": column.title.joined(" / "),
            "description": column.meaning.joined(),
            "unit": column.unit.joined(" / "),
            "missing": column.null.joined(" / "),
            "codeList": column.code_list,
            "constraints": {"required": True} if column.required else {},
        }
    )


# Croissant ---------------------------------------------------------------------------------------------------------

_CROISSANT_TYPES = {
    schema.INTEGER: "sc:Integer",
    schema.REAL: "sc:Float",
    schema.TEXT: "sc:Text",
    DATE: "sc:Date",
}
CROISSANT = "http://mlcommons.org/croissant/"
CROISSANT_PROFILE = f"{CROISSANT}1.0"
CROISSANT_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": CROISSANT,
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": f"{CROISSANT}RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The terms of Croissant 1.0."""


def croissant(content: Content, files: Sequence[File]) -> Json:
    """croissant.json (Croissant 1.0): a record set a plain CSV file.

    Foreign keys are left to datapackage.json: what loads Croissant joins the tables that a field refers to, and gives
    more records than there are rows.
    """
    held = [(file, file.holding) for file in files if file.holding is not None]
    release = content.release
    return _present(
        {
            "@context": CROISSANT_CONTEXT,
            "@type": "sc:Dataset",
            "name": title_of(content).en,
            "alternateName": title_of(content).zh,
            "description": description_of(content).joined(),
            "conformsTo": CROISSANT_PROFILE,
            "citeAs": content.said("citation").en,
            "license": release["licence_url"] or content.said("licence_terms").en,
            "url": release["homepage"],
            "version": content.version,
            "datePublished": release["date"],
            "inLanguage": ["zh", "en"],
            "keywords": keywords_of(content),
            "creator": {"@type": "sc:Organization", "name": content.said("title").joined(" / ")},
            "isAccessibleForFree": True,
            "distribution": [_file_object(file) for file, _ in held],
            "recordSet": [_record_set(file, holding) for file, holding in held],
        }
    )


def _file_object(file: File) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": format_of(file).media_type,
        "sha256": file.sha256,
    }


def _record_set(file: File, holding: Holding) -> Json:
    return _present(
        {
            "@type": "cr:RecordSet",
            "@id": holding.name,
            "name": holding.name,
            "description": holding.description.joined() or holding.title.joined(" / "),
            "key": [{"@id": f"{holding.name}/{name}"} for name in holding.key],
            "field": [_croissant_field(file, holding, column) for column in holding.columns],
        }
    )


def _croissant_field(file: File, holding: Holding, column: Column) -> Json:
    return _present(
        {
            "@type": "cr:Field",
            "@id": f"{holding.name}/{column.name}",
            "name": column.name,
            "description": column.meaning.joined() or column.title.joined(" / "),
            "dataType": _CROISSANT_TYPES[column.kind],
            "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
        }
    )


# DCAT-AP -----------------------------------------------------------------------------------------------------------

EU = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DCAT_CONTEXT: Json = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DATASET, CATALOGUE = "#dataset", "#catalogue"


def dcat(content: Content, files: Sequence[File]) -> Json:
    """dcat.jsonld (DCAT-AP): the catalogue, its data set, and every file as a distribution."""
    publisher = {"@id": "#publisher", "@type": "foaf:Agent", "foaf:name": _texts(content.said("title"))}
    about = {"dct:title": _texts(title_of(content)), "dct:description": _texts(description_of(content))}
    home = {"foaf:homepage": _link(content.release["homepage"])} if content.release["homepage"] else {}
    return {
        "@context": DCAT_CONTEXT,
        "@graph": [
            publisher,
            {
                "@id": CATALOGUE,
                "@type": "dcat:Catalog",
                **about,
                **home,
                "dct:publisher": _link("#publisher"),
                "dcat:dataset": _link(DATASET),
            },
            _dcat_dataset(content, files, about),
            *(_distribution(content, file) for file in files),
        ],
    }


def _dcat_dataset(content: Content, files: Sequence[File], about: Json) -> Json:
    zh, en = content.words("linked_data", "dataset_keywords")
    keywords = [{"@value": word, "@language": "zh"} for word in filter(None, zh.split("；"))]
    keywords += [{"@value": word, "@language": "en"} for word in filter(None, en.split("; "))]
    return _present(
        {
            "@id": DATASET,
            "@type": "dcat:Dataset",
            **about,
            "dct:identifier": f"{NAME}-{content.version}",
            "owl:versionInfo": content.version,
            "dct:issued": _typed(content.release["date"], "date"),
            "dct:publisher": _link("#publisher"),
            "dct:creator": _link("#publisher"),
            "dct:language": [_link(f"{EU}language/{code}") for code in ("ZHO", "ENG")],
            "dct:spatial": _link(f"{EU}country/CHN"),
            "dct:temporal": _years(content),
            "dcat:theme": _link(f"{EU}data-theme/GOVE"),
            "dcat:keyword": keywords,
            "dcat:distribution": [_link(file.path) for file in files],
        }
    )


def _years(content: Content) -> Json | None:
    if content.first_year is None:
        return None
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _typed(f"{content.first_year}-01-01", "date"),
        "dcat:endDate": _typed(f"{content.last_year}-12-31", "date"),
    }


def _distribution(content: Content, file: File) -> Json:
    form, licence = format_of(file), content.release["licence_url"]
    return _present(
        {
            "@id": file.path,
            "@type": "dcat:Distribution",
            "dct:title": _texts(file.holding.title) if file.holding else file.path,
            "dcat:accessURL": _link(file.path),
            "dcat:downloadURL": _link(file.path),
            "dct:format": _link(f"{EU}file-type/{form.file_type}") if form.file_type else None,
            "dcat:mediaType": _link(f"{MEDIA_TYPES}{form.media_type}"),
            "dcat:byteSize": _typed(str(file.size), "nonNegativeInteger"),
            "dct:license": _link(licence) if licence else None,
            "dct:rights": _texts(content.said("licence_terms")),
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": _link("spdx:checksumAlgorithm_sha256"),
                "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
            },
        }
    )


def _texts(text: Both) -> list[Json]:
    return [
        {"@value": words, "@language": language} for language, words in zip(text._fields, text, strict=True) if words
    ]


def _link(address: str | None) -> Json:
    return {"@id": address}


def _typed(value: str | None, kind: str) -> Json | None:
    return {"@value": value, "@type": f"xsd:{kind}"} if value else None
