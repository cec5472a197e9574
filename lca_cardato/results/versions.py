"""Earlier versions of the result document, as stored runs hold them."""

from __future__ import annotations

from typing import Any

from lca_cardato.inventory.placed import BY_PLACE
from lca_cardato.results.rounding import FULL, number

SCHEMA = "lca-cardato/result/4"
THIRD = "lca-cardato/result/3"
"""Version before: without company, contractors, lots, documents and label; a stored run of it is read and reproduced."""
SECOND = "lca-cardato/result/2"
"""Coverage by climate change alone, and differences from the reference at any coverage."""
BEFORE = "lca-cardato/result/1"
"""The first version, without `notices`, `verifier` and the alternatives of the reference too."""
LATER = ("own_uncounted", "own_unearned")
"""Kinds of notices that older versions do not have."""
PARTIES = ("company", "contractors", "lots", "traceability", "documents", "readings")
PRODUCT = ("batch_kg", "label")
"""Keys of the product that came with them."""


def in_version(document: dict[str, Any], schema: str) -> dict[str, Any]:
    """Give a result document as it was written in an older version.

    Parameters
    ----------
    document : dict
        As `result_document` makes it.
    schema : str
        Version that is wanted; of this one, and of one that is not known, nothing changes.
    """
    if schema not in (THIRD, SECOND, BEFORE):
        return document
    document = _without_parties(document)
    if schema == THIRD:
        return document
    rows = {
        name: _by_climate(item) for name, item in document["indicators"].items() if name != BY_PLACE
    }
    methods = [_by_climate(item) for item in document["methods"]]
    notices = [one for one in document["notices"] if one["kind"] not in LATER]
    document = document | {
        "schema": SECOND, "notices": notices, "indicators": rows, "methods": methods,
        "reference": _earlier_reference(document),
        "allocation": {k: v for k, v in document["allocation"].items() if k != "end_of_waste"},
    }  # fmt: skip
    document = {key: value for key, value in document.items() if key != "characterisation"}
    if schema == SECOND:
        return document
    later = ("notices", "verifier")
    kept = {key: value for key, value in document.items() if key not in later}
    reference = kept["reference"]
    if reference:
        reference = {key: reference[key] for key in ("id", "name", "indicators")}
    return kept | {"schema": BEFORE, "reference": reference}


def _by_climate(item: dict[str, Any]) -> dict[str, Any]:
    """Give a row with the one coverage that results had before."""
    later = ("coverage_by_climate", "interval")
    kept = {key: value for key, value in item.items() if key not in later}
    share = item["coverage_by_climate"]
    return kept | {"coverage": share, "lower_bound": share < FULL}


def _earlier_reference(document: dict[str, Any]) -> Any:
    """Give the reference as it was told before: at any coverage, with one supply of each fibre."""
    reference = document["reference"]
    if not reference:
        return reference

    def against(table: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name, item in table.items():
            if name == BY_PLACE:
                continue
            own, other = document["indicators"][name]["value"], item["value"]
            gap = number((own - other) / other) if other else None
            found[name] = {"value": other, "difference": gap}
        return found

    keys = ("replaces", "replaces_name", "fibre", "name", "label", "stated")
    firsts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in reference["alternatives"]:
        firsts.setdefault((row["replaces"], row["fibre"]), row)
    several = [one for one, fibre in firsts if fibre != one]
    return {
        "id": reference["id"],
        "name": reference["name"],
        "indicators": against(reference["indicators"]),
        "alternatives": [
            {key: row[key] for key in keys} | {"indicators": against(row["indicators"])}
            for row in firsts.values()
            if row["replaces"] in several
        ],
    }


def _without_parties(document: dict[str, Any]) -> dict[str, Any]:
    """Give a document of the third version."""
    kept = {key: value for key, value in document.items() if key not in PARTIES}
    product = {key: value for key, value in kept["product"].items() if key not in PRODUCT}
    return kept | {"schema": THIRD, "product": product}
