"""Condensed scores of the background as one JSON text: written by Brightway's store, read without it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Mapping

import numpy as np

from lca_cardato.brightway.condensed import Background
from lca_cardato.brightway.store import Store

SCHEMA = "lca-cardato/condensed/1"
TABLES = ("scores", "assumed", "assumed_here", "passed_on", "covered", "weight", "covered_climate")
ROWS = ("climate", "typical")


def packed(store: Store, versions: Mapping[str, str]) -> bytes:
    """Write the condensed background of a store.

    Parameters
    ----------
    store : Store
    versions : mapping
        Package -> version, of the Brightway that made it.

    Returns
    -------
    bytes
        JSON in UTF-8. Floats are written so that they are read as the same; rows of which most is 0
        as pairs of place and value.
    """
    background = store.background
    document = {
        "schema": SCHEMA,
        "versions": dict(sorted(versions.items())),
        "factors_sha256": store.method_digest(),
        "indicators": background.indicators,
        "datasets": store.datasets,
        "flows": [[name, list(categories)] for name, categories in store.flows],
        "tables": {name: _sparse(getattr(background, name)) for name in TABLES},
        "rows": {name: getattr(background, name).tolist() for name in ROWS},
        "used": [[int(place) for place in np.flatnonzero(row)] for row in background.used],
        "doubts": store.doubts,
        "corrections": store.corrections,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _sparse(table: Any) -> dict[str, Any]:
    rows = []
    for row in table:
        found: list[Any] = []
        for place in np.flatnonzero(row):
            found += [int(place), float(row[place])]
        rows.append(found)
    return {"columns": int(table.shape[1]), "rows": rows}


def unpacked(data: bytes) -> tuple[Store, dict[str, Any]]:
    """Read a condensed background.

    Parameters
    ----------
    data : bytes
        As `packed` wrote it.

    Returns
    -------
    tuple of (Store, dict)
        A store without the matrices that only Brightway needs; ``versions`` of Brightway and
        ``sha256`` of the data.

    Raises
    ------
    ValueError, KeyError
        It is no condensed background of this version.
    """
    document = json.loads(data)
    if document["schema"] != SCHEMA:
        raise ValueError(f"a condensed background of another version: {document['schema']}")
    flows = [(name, tuple(categories)) for name, categories in document["flows"]]
    rows: dict[Any, int] = {name: place for place, name in enumerate(document["datasets"])}
    rows.update({flow: len(rows) + place for place, flow in enumerate(flows)})
    tables: dict[str, Any] = {name: _whole(document["tables"][name]) for name in TABLES}
    columns = len(document["datasets"])
    used = np.zeros((len(document["used"]), columns), dtype=bool)
    for row, some in enumerate(document["used"]):
        used[row, some] = True
    tables.update({name: np.array(document["rows"][name]) for name in ROWS})
    background = Background(indicators=document["indicators"], rows=rows, used=used, **tables)
    factors = background.scores[columns:]  # of a flow, its factors are its scores
    store = Store(
        Path("."), background, None, None, factors, document["datasets"], flows, [], [], {},
        document["doubts"], document["corrections"],
    )  # fmt: skip
    store._method_digest = document["factors_sha256"]
    return store, {"versions": document["versions"], "sha256": hashlib.sha256(data).hexdigest()}


def _whole(table: Mapping[str, Any]) -> Any:
    columns = table["columns"]
    flat = [0.0] * (len(table["rows"]) * columns)
    for number, pairs in enumerate(table["rows"]):
        start = number * columns
        for place, value in zip(pairs[::2], pairs[1::2]):
            flat[start + place] = value
    return np.array(flat).reshape(-1, columns)
