"""What changed between two runs: inputs, data, method, results, verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lca_cardato.audit.compare import Difference, compare
from lca_cardato.audit.layout import SCENARIO, WORKBOOK
from lca_cardato.audit.read import read_json, shaped
from lca_cardato.audit.verify import require_sound

PRODUCT = ("type", "boundary", "construction", "surface_mass_g_m2")
YARN = ("share", "count", "system", "rework_percent", "steps")
LINE = ("fibre", "origin", "dataset", "colour")
CONTRACT = ("contract", "datasets")
"""What goes into a calculation beside its figures: of the product, a yarn, a fibre, electricity."""
BASIS = ("product.boundary", "declared_unit.unit")
"""What two results have in common where they can be compared."""
PARTS = (
    "basis",
    "notices",
    "program",
    "scenario",
    "data",
    "method",
    "values",
    "results",
    "verdicts",
)


def diff_runs(first: Path, second: Path) -> dict[str, list[Difference]]:
    """Compare two run folders.

    Parameters
    ----------
    first, second : Path

    Returns
    -------
    dict
        Part (a member of `PARTS`) -> differences. ``basis`` are boundary and declared unit, without
        which figures can't be compared, ``notices`` are what was questioned and what is
        the user's own, ``values`` what went into the calculation: product, blend, contract and
        figures, ``results`` the indicators, ``verdicts`` the claims and criteria. Numbers that have a
        unit have it beside them.

    Raises
    ------
    DiskError
        One of them is not a run folder.
    IntegrityError
        ``E604``: the documents have another shape; ``E606``: one of them was changed.
    """
    for folder in (first, second):
        require_sound(folder)
    with shaped(first, second):
        return _changes(first, second)


def _changes(first: Path, second: Path) -> dict[str, list[Difference]]:
    manifests = [read_json(folder, "manifest.json") for folder in (first, second)]
    results = [read_json(folder, "result.json") for folder in (first, second)]
    found: dict[str, list[Difference]] = {part: [] for part in PARTS}
    found["basis"] += unlike_basis(results[0], results[1])
    told = [_by_place(result.get("notices", [])) for result in results]
    found["notices"] += compare(told[0], told[1], "notices")
    for key in ("tool", "brightway", "python", "packages"):
        found["program"] += compare(manifests[0][key], manifests[1][key], key)
    for name in sorted({*manifests[0]["inputs"], *manifests[1]["inputs"]}):
        before, now = (manifest["inputs"].get(name) for manifest in manifests)
        if before != now:
            part = "scenario" if name in (SCENARIO, WORKBOOK) else "data"
            found[part].append(Difference(name, _short(before), _short(now)))
    for key in ("methods", "rules"):
        before, now = (manifest["digests"][key] for manifest in manifests)
        found["method"] += compare(before, now, key)
    found["values"] += compare(_product(results[0]), _product(results[1]), "product")
    values = [_by_key(result["parameters"]) for result in results]
    found["values"] += _with_units(values[0], values[1])
    for name in dict.fromkeys(name for result in results for name in result["indicators"]):
        before, now = (result["indicators"].get(name, {}) for result in results)
        if before.get("value") != now.get("value"):
            unit = str(before.get("unit") or now.get("unit") or "")
            row = Difference(
                f"indicators: {name}", before.get("value"), now.get("value"), unit=unit
            )
            found["results"].append(row)
    verdicts = [
        {
            claim["id"]: {
                "verdict": claim["verdict"],
                **{item["id"]: item["verdict"] for item in claim["criteria"]},
            }
            for claim in result["claims"]
        }
        for result in results
    ]
    found["verdicts"] += compare(verdicts[0], verdicts[1], "claims")
    return found


def unlike_basis(first: dict[str, Any], second: dict[str, Any]) -> list[Difference]:
    """Find what forbids to compare two result documents."""
    rows = []
    for path in BASIS:
        part, key = path.split(".")
        before, now = (str(document[part][key]) for document in (first, second))
        if before != now:
            rows.append(Difference(path, before, now))
    return rows


def notices_of(folder: Path) -> list[dict[str, Any]]:
    """Give what a stored run tells before its figures; nothing for one of the version before."""
    with shaped(folder):
        found = read_json(folder, "result.json").get("notices", [])
        return [{**item, "text": str(item["text"]), "level": str(item["level"])} for item in found]


def _by_place(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Notices by kind and figure, with what decides them; not the sentences."""
    kept = ("level", "value", "factor", "reason", "files", "added", "replaced")
    return {
        "/".join(filter(None, (row["kind"], row.get("key"), row["code"]))): {
            name: row[name] for name in kept if name in row
        }
        for row in rows
    }


def _short(digest: Any) -> Any:
    return digest[:12] if isinstance(digest, str) else None


def _product(result: dict[str, Any]) -> dict[str, Any]:
    """What the product is made of: each yarn with its lines by place, what holds for all of it."""
    product, yarns = result["product"], {}
    for yarn in product["yarns"]:
        told = {key: yarn[key] for key in YARN if key in yarn}
        told["blend"] = {
            f"{place} ({line['name']})": {**{key: line[key] for key in LINE if key in line},
                                          "share": f"{line['share_percent']:.12g} %"}
            for place, line in enumerate(yarn["blend"])
        }  # fmt: skip
        yarns[yarn["name"]] = told
    electricity = result.get("electricity", {})
    return {
        **{key: product[key] for key in PRODUCT if key in product},
        "yarns": yarns,
        "electricity": {key: str(electricity[key]) for key in CONTRACT if key in electricity},
    }


def _with_units(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Difference]:
    """Differences of figures; their numbers with the unit, where it is the same in both."""
    for row in compare(before, now, "parameters"):
        key, _, name = row.path.removeprefix("parameters: ").rpartition(".")
        units = {rows[key]["unit"] for rows in (before, now) if "unit" in rows.get(key, {})}
        known = name == "value" and len(units) == 1
        yield replace(row, unit=str(next(iter(units)))) if known else row


def _by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Parameters by key, with what decides them; the line of a value may move."""
    kept = ("value", "unit", "class", "origin", "document", "period", "source")
    return {row["key"]: {name: row[name] for name in kept if name in row} for row in rows}
