"""A result as text: JSON and CSV tables."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\0")


def json_text(document: dict[str, Any]) -> str:
    """Write a document as JSON with a fixed order of keys."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def tables(document: dict[str, Any]) -> dict[str, str]:
    """CSV tables of a result document, file name -> text.

    Text cells that a spreadsheet would take for a formula get a leading apostrophe.
    """
    indicators = document["indicators"]
    rows: list[list[Any]] = [
        [name, item["value"], item["unit"], item["per_kg"], item["coverage"], item["lower_bound"]]
        for name, item in indicators.items()
    ]
    stages = [
        [name, stage, value, item["unit"]]
        for name, item in indicators.items()
        for stage, value in item["by_stage"].items()
    ]
    classes = [
        [name, kind, value]
        for name, item in indicators.items()
        for kind, value in item["by_data_class"].items()
    ]
    contributors = [
        [name, row["step_name"], row["name"], row["input"], row["amount"], row["unit"],
         row["value"], row["share"]]
        for name, table in document["contributors"].items()
        for row in table
    ]  # fmt: skip
    claims = [
        [claim["id"], claim["rule_pack"], item["id"], item["verdict"], item["reason"],
         item["change"]]
        for claim in document["claims"]
        for item in claim["criteria"]
    ]  # fmt: skip
    mass = [
        [row["key"], row["step"], row["in"], row["out"], row["waste"], row["rework"]]
        for row in document["mass_balance"]["steps"]
    ]
    parameters = [
        [row["key"], row["value"], row["unit"], row["class"], row["origin"],
         row.get("source", ""), row.get("at", ""), row.get("period", ""), row.get("document", ""),
         row.get("reason", "")]
        for row in document["parameters"]
    ]  # fmt: skip
    datasets = [
        [row["id"], row["name"], row["kind"], row["geography"], row["year"], row["unit"],
         row["assumed_figures"], row["figures"], " ".join(row["sources"])]
        for row in document["datasets"]
    ]  # fmt: skip
    heads = {
        "indicators.csv": (["indicator", "value", "unit", "per_kg", "coverage", "lower_bound"], rows),
        "stages.csv": (["indicator", "stage", "value", "unit"], stages),
        "data_classes.csv": (["indicator", "class", "share"], classes),
        "contributors.csv": (
            ["indicator", "step", "input_name", "input", "amount", "unit", "value", "share"],
            contributors,
        ),
        "mass_balance.csv": (["key", "step", "in_kg", "out_kg", "waste_kg", "rework_kg"], mass),
        "claims.csv": (
            ["claim", "rule_pack", "criterion", "verdict", "reason", "change"], claims,
        ),
        "parameters.csv": (
            ["key", "value", "unit", "class", "origin", "source", "at", "period", "document",
             "reason"], parameters,
        ),
        "datasets.csv": (
            ["id", "name", "kind", "geography", "year", "unit", "assumed_figures", "figures",
             "sources"], datasets,
        ),
    }  # fmt: skip
    return {name: _csv(head, body) for name, (head, body) in heads.items()}


def _csv(head: list[str], body: list[list[Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    for row in body:
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_START):
        return "'" + value
    return value
