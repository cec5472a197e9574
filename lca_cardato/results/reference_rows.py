"""Rows of the table of the virgin reference, from a result document alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def flat_rows(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of a table: the reference by indicator, then its alternatives by indicator.

    Parameters
    ----------
    document : dict
        Result document.
    """
    found = document.get("reference") or {}
    if "ranges" not in found:  # of an earlier version
        return
    for name, item in found["indicators"].items():
        unit = document["indicators"][name]["unit"]
        yield {
            "indicator": name,
            "supply": found["id"],
            "stated": True,
            "unit": unit,
            **_flat(item),
        }
    for row in found.get("alternatives", []):
        for name, item in row["indicators"].items():
            unit = document["indicators"][name]["unit"]
            kept = {key: row[key] for key in ("replaces", "fibre", "dataset", "supply", "stated")}
            kept["in_range"] = row["same_label"] and item["comparable"] and name in found["ranges"]
            yield {"indicator": name, "unit": unit, **kept, **_flat(item)}


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    ends = item["interval"] or {"low": "", "high": ""}
    gap = "" if item["difference"] is None else item["difference"]
    return {**item, "difference": gap, "low": ends["low"], "high": ends["high"]}
