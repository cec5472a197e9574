"""Elementary flows of SimaPro and of ILCD (EF 3.1) and those of ours that they are.

The tables are made from randonneur_data 0.7.2 (Chris Mutel, UNEP GLAD mapping task force; CC BY 4.0) by
``tests/exchange/listed.py``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lca_cardato.lcia.flows import Flow, flows_by_uuid

HERE = Path(__file__).resolve().parent
SIMAPRO = HERE / "simapro_flows.csv"
"""Name, compartment and unit of SimaPro 9, code of our flow, factor from the amount to ours."""
NAMES = HERE / "simapro_names.csv"
"""Names of SimaPro that are another name here, whatever the compartment."""
EF = HERE / "ef_flows.csv"
"""UUIDs of EF 3.1 (those of ILCD), the codes of our flows, factor from the amount to ours."""
PROPERTIES = {
    "93a60a56-a3c8-11da-a746-0800200b9a66": "kg", "93a60a56-a3c8-11da-a746-0800200c9a66": "MJ",
    "93a60a56-a3c8-17da-a746-0800200c9a66": "kBq", "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",
    "93a60a56-a3c8-21da-a746-0800200c9a66": "m2*year", "93a60a56-a3c8-22da-a746-0800200c9a66": "m3",
}  # fmt: skip
"""Flow properties of ILCD (mass, net calorific value, radioactivity, area, area times time, volume) and
their reference units, as EF 3.1 uses them."""


@dataclass(frozen=True)
class Listed:
    """A flow of ours that a flow of another list is; `unit` is that of the other list."""

    flow: Flow
    unit: str
    factor: float = 1.0


@lru_cache(maxsize=1)
def simapro_flows() -> dict[tuple[str, str], list[Listed]]:
    """Name and compartment of SimaPro (``Emissions to air/low. pop.``) -> flows, one for each unit."""
    found: dict[tuple[str, str], list[Listed]] = {}
    for row in _rows(SIMAPRO):
        one = Listed(flows_by_uuid()[row["code"]], row["unit"], float(row["factor"]))
        found.setdefault((row["name"], row["compartment"]), []).append(one)
    return found


@lru_cache(maxsize=1)
def simapro_names() -> dict[str, str]:
    """Name of SimaPro -> name of ours."""
    return {row["name"]: row["ours"] for row in _rows(NAMES)}


@lru_cache(maxsize=1)
def ef_flows() -> dict[str, Listed]:
    """UUID of a flow of EF 3.1 -> flow of ours."""
    units = {"m2*a": "m2*year"}
    return {
        row["uuid"]: Listed(
            flows_by_uuid()[row["code"]], units.get(row["unit"], row["unit"]), float(row["factor"])
        )
        for row in _rows(EF)
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
