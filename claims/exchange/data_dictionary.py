"""Descriptions of the CSV: the data dictionary, the Frictionless data package."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.utils.translation import override

from claims.exchange.columns import COLUMNS


def data_dictionary() -> str:
    """Return the data dictionary as CSV: columns, types, meanings."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "type", "meaning"])
    with override("en"):
        writer.writerows((one.name, one.kind, str(one.meaning)) for one in COLUMNS)
    return out.getvalue()


def data_package(site: str) -> dict:
    """Return the description of claims.csv as a Frictionless data package."""
    with override("en"):
        fields = [
            {"name": one.name, "type": one.kind, "description": str(one.meaning)}
            for one in COLUMNS
        ]
    return {
        "name": "claims",
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
