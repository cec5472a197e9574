"""Frictionless description of the tables of a run: fields, types, digests."""

from __future__ import annotations

import csv
import io
from typing import Any

from lca_cardato.files.atomic import sha256


def data_package(name: str, tables: dict[str, str]) -> dict[str, Any]:
    """Describe CSV tables as a data package.

    Parameters
    ----------
    name : str
        Name of the package.
    tables : dict
        File name -> CSV text with a head.

    Returns
    -------
    dict
        ``datapackage.json`` by Frictionless Data Package (paths relative, digests SHA-256).
    """
    return {
        "name": name,
        "resources": [
            {
                "name": file.rpartition(".")[0].replace("_", "-"),
                "path": file,
                "type": "table",
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(text.encode()),
                "hash": f"sha256:{sha256(text.encode())}",
                "schema": {"fields": fields(text)},
            }
            for file, text in sorted(tables.items())
        ],
    }


def fields(text: str) -> list[dict[str, str]]:
    """Names and types of the columns of a CSV text."""
    rows = list(csv.reader(io.StringIO(text)))
    head, body = rows[0], rows[1:]
    return [
        {"name": name, "type": _type([row[index] for row in body])}
        for index, name in enumerate(head)
    ]


def _type(cells: list[str]) -> str:
    filled = [cell for cell in cells if cell]
    if not filled:
        return "string"
    if all(cell in ("True", "False") for cell in filled):
        return "boolean"
    return "number" if all(_number(cell) for cell in filled) else "string"


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell[0] in "-0123456789"
