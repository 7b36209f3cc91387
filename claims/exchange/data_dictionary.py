"""Descriptions of the files: data dictionaries of CSV and JSON Lines, data package."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.utils.translation import override

from claims.exchange.columns import COLUMNS
from claims.exchange.dialect import DIALECT
from claims.exchange.record_fields import CLAIM_FIELDS
from claims.exchange.whole_records import described


def data_dictionary() -> str:
    """Return the data dictionary of the CSV as CSV: columns, types, meanings."""
    return _table((one.name, one) for one in COLUMNS)


def record_dictionary() -> str:
    """Return the data dictionary of JSON Lines as CSV: paths, types, meanings.

    A path names a field inside others, `speaker.aliases[].name`; `[]`: each.
    """
    return _table(described(CLAIM_FIELDS))


# By the name of the file, /data/columns.csv.
DICTIONARIES = {"columns": data_dictionary, "fields": record_dictionary}


def _table_schema_field(column):
    field = {
        "name": column.name,
        "type": column.kind,
        "description": str(column.meaning),
    }
    if column.values:
        field["constraints"] = {"enum": list(column.values)}
    return field


def _table(rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "type", "meaning"])
    with override("en"):
        writer.writerows((name, one.kind, str(one.meaning)) for name, one in rows)
    return out.getvalue()


def data_package(site: str) -> dict:
    """Return the description of claims.csv as a Frictionless data package."""
    with override("en"):
        fields = [_table_schema_field(one) for one in COLUMNS]
    return {
        "name": "claims",
        # Of columns and values, as in manifest.json.
        "version": f"{DIALECT}.0.0",
        "title": settings.FACTCHECK["NAME"],
        "homepage": site,
        "licenses": [
            {
                "title": settings.FACTCHECK["DATA_LICENCE"],
                "path": settings.FACTCHECK["DATA_LICENCE_URL"],
            }
        ],
        "resources": [
            {
                "name": "claims",
                "path": "claims.csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": fields,
                    "primaryKey": ["id"],
                    "missingValues": [""],
                },
            }
        ],
    }
