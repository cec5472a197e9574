"""A result as text: JSON and CSV tables."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from lca_cardato.results.reference_rows import flat_rows
from lca_cardato.words.said import flat

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\0")


def json_text(document: dict[str, Any]) -> str:
    """Write a document as JSON with a fixed order of keys."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


COLUMNS = {
    "notices": "kind level code key place line value factor source slip reason text",
    "indicators": "indicator value unit per_kg coverage coverage_by_climate lower_bound",
    "stages": "indicator stage value unit",
    "data_classes": "indicator class share",
    "contributors": "indicator step=step_name input_name=name input amount unit value share",
    "mass_balance": "key step in_kg=in out_kg=out waste_kg=waste rework_kg=rework",
    "claims": "claim rule_pack criterion verdict reason change",
    "parameters": "key value unit class origin source at period document reason",
    "reference": "indicator replaces fibre dataset supply stated in_range value unit coverage comparable "
    "difference low high",
    "datasets": "id name kind geography year unit assumed_figures figures sources",
}
"""Table -> its columns as files have them, with the key of the rows where that is another."""
LATER = ("coverage_by_climate",)
"""Columns that tables of a stored result of an older version do not have."""


def rows_of(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of a result document, as plain values by key.

    Parameters
    ----------
    document : dict
        Result document, or any part of it.

    Returns
    -------
    dict
        Table -> rows; a table for every key of `COLUMNS`.
    """
    indicators = document.get("indicators", {}).items()
    return {
        "notices": document.get("notices", []),
        "indicators": [{"indicator": name, **item} for name, item in indicators],
        "stages": [
            {"indicator": name, "stage": stage, "value": value, "unit": item["unit"]}
            for name, item in indicators
            for stage, value in item["by_stage"].items()
        ],
        "data_classes": [
            {"indicator": name, "class": kind, "share": value}
            for name, item in indicators
            for kind, value in item["by_data_class"].items()
        ],
        "contributors": [
            {"indicator": name, **row}
            for name, rows in document.get("contributors", {}).items()
            for row in rows
        ],
        "mass_balance": document.get("mass_balance", {}).get("steps", []),
        "claims": [
            {**item, "claim": claim["id"], "rule_pack": claim["rule_pack"], "criterion": item["id"]}
            for claim in document.get("claims", [])
            for item in claim["criteria"]
        ],
        "parameters": document.get("parameters", []),
        "reference": list(flat_rows(document)),
        "datasets": [
            {**row, "sources": " ".join(row["sources"])} for row in document.get("datasets", [])
        ],
    }


def tables(document: dict[str, Any]) -> dict[str, str]:
    """CSV tables of a result document, file name -> text.

    Text cells that a spreadsheet would take for a formula get a leading apostrophe; ends of lines
    become a slash. There are tables of notices and of the virgin reference only where there are any.
    """
    found = rows_of(document)
    made = {}
    for name, columns in COLUMNS.items():
        if name in ("notices", "reference") and not found[name]:
            continue
        given = [c for c in columns.split() if c not in LATER or any(c in r for r in found[name])]
        parts = [column.partition("=") for column in given]
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(head for head, _, _ in parts)
        for row in found[name]:
            writer.writerow(cell(row.get(key or head, "")) for head, _, key in parts)
        made[f"{name}.csv"] = buffer.getvalue()
    return made


def cell(value: Any) -> Any:
    """Give a cell in one line, that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = flat(value)
    return "'" + text if text.startswith(FORMULA_START) else text
