"""Elementary flows as other lists and versions of lists name them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Optional

from lca_cardato.exchange.compartments import ours
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.listed import Listed, ef_flows, simapro_flows, simapro_names
from lca_cardato.lcia.factors import tables
from lca_cardato.lcia.flows import Flow, elementary_flows, flows_by_uuid
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.sentence import say

SIMAPRO = ("Resources", "Raw materials", "Emissions to air", "Emissions to water", "Emissions to soil",
           "Airborne emissions", "Waterborne emissions", "Final waste flows", "Non material emissions",
           "Non material emission", "Social issues", "Economic issues")  # fmt: skip
REGION = re.compile(
    r", (?:[A-Z]{2}(?:-[A-Z]{2,3})?|RER|GLO|RoW|RNA|RAS|RLA|RAF|OCE|Europe without Switzerland)$"
)
"""Country or region behind the name of a flow of SimaPro."""
HERE = Path(__file__).resolve().parent
RENAMED = HERE / "renamed_flows.csv"
"""Names of elementary flows of ecoinvent 2.2 to 3.11 and those of 3.9: randonneur_data 0.7.2 (Chris
Mutel and others), CC BY 4.0, followed from version to version; a pair may have a factor."""
FEDEFL = HERE / "fedefl_flows.csv"
"""Flowables of the Federal LCA Commons Elementary Flow List (U.S. EPA, MIT) that are flows of ours: by
the same name, by a CAS number that one flow alone has, or named by hand."""
FUEL = "resource_use_fossils"
WATER = {
    "river": "Water, river", "lake": "Water, lake", "subterranean": "Water, well, in ground",
    "": "Water, unspecified natural origin", "ocean": "Water, salt, ocean",
}  # fmt: skip
FRESH, SALINE = ("Water, fresh", "Water"), ("Water, saline", "Water, brackish")


@dataclass(frozen=True)
class Known:
    """An elementary flow of ours that one of a file is.

    Attributes
    ----------
    flow : Flow
    factor : float
        From its amount, in its unit, to that of ours.
    unit : str
        Unit of that amount, where it is not the unit that the file gives; else empty.
    why : str
        How it was found; empty for the same name or code.
    """

    flow: Flow
    factor: float = 1.0
    unit: str = ""
    why: str = ""


@lru_cache(maxsize=1)
def renamed() -> dict[str, list[tuple[str, float, str]]]:
    """Name in another version -> name in 3.9, factor, that version."""
    found: dict[str, list[tuple[str, float, str]]] = {}
    with RENAMED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["name"], []).append(
                (row["name_3_9"], float(row["factor"]), row["version"])
            )
    return found


@lru_cache(maxsize=1)
def flowables() -> dict[str, str]:
    """Flowable of the Federal LCA Commons -> name of ours."""
    with FEDEFL.open(encoding="utf-8", newline="") as file:
        return {row["flowable"]: row["name"] for row in csv.DictReader(file)}


def find(name: str, categories: tuple[str, ...], code: str = "", unit: str = "") -> Optional[Known]:
    """Find an elementary flow by its code, by name and compartment, or by an older or newer name.

    Parameters
    ----------
    name : str
    categories : tuple of str
        As Brightway writes them, or as the Federal LCA Commons do (``emission``, ``air``, ...).
    code : str
        UUID; empty where there is none.
    unit : str
        Unit of its amount.
    """
    if code in flows_by_uuid():
        return Known(flows_by_uuid()[code])
    if code in ef_flows():
        one = ef_flows()[code]
        why = say("EF 3.1: '{name}' is '{ours}' in {there}", name=name, ours=one.flow[0],
                  there="/".join(one.flow[1]))  # fmt: skip
        return Known(one.flow, one.factor, _other_unit(one), why)
    if is_simapro(categories):
        return simapro(name, (*categories, "")[:2], unit)
    if categories[:1] in (("emission",), ("resource",)):
        return _federal(name, categories)
    return _named(name, categories)


def _named(name: str, categories: tuple[str, ...]) -> Optional[Known]:
    if (name, categories) in elementary_flows():
        return Known((name, categories))
    return _other_version(name, categories)


def is_simapro(categories: tuple[str, ...]) -> bool:
    """Whether a compartment is written as SimaPro does."""
    return categories[:1] in [(top,) for top in SIMAPRO]


def simapro(name: str, place: tuple[str, ...], unit: str, listed: bool = True) -> Optional[Known]:
    """Find a flow of SimaPro: by the list, by its name, or without the country behind its name.

    Parameters
    ----------
    name : str
    place : tuple of str
        Compartment and the one below it, as SimaPro writes them.
    unit : str
    listed : bool
        Whether the list is asked; without it the name alone counts.
    """
    plain = REGION.sub("", name)
    spots = list(dict.fromkeys((place, (place[0], ""))))
    looks = [_by_list, _by_name, _by_match] if listed else [_by_name, _by_match]
    for look, called, spot in product(looks, dict.fromkeys((name, plain)), spots):
        found = look(called, spot, unit)
        if found is None:
            continue
        if (name, ours(*place)) == found.flow:
            return found
        why = say("SimaPro: '{name}' in {place} is '{ours}' in {there}", name=name,
                  place="/".join(filter(None, place)), ours=found.flow[0],
                  there="/".join(found.flow[1]))  # fmt: skip
        return Known(found.flow, found.factor, found.unit, why)
    return None


def _by_list(name: str, place: tuple[str, ...], unit: str) -> Optional[Known]:
    listed = simapro_flows().get((name, "/".join(filter(None, place))), [])
    for one in sorted(listed, key=lambda one: unit_of(one.unit) != unit):
        return Known(one.flow, one.factor, _other_unit(one))
    return None


def _other_unit(one: Listed) -> str:
    """Unit of another list, where it is not that of our flow."""
    unit = unit_of(one.unit)
    return unit if one.factor != 1.0 or unit != elementary_flows()[one.flow] else ""


def _by_name(name: str, place: tuple[str, ...], _: str) -> Optional[Known]:
    return _named(name, ours(*place))


def _by_match(name: str, place: tuple[str, ...], _: str) -> Optional[Known]:
    return _named(simapro_names().get(name, ""), ours(*place))


def _other_version(name: str, categories: tuple[str, ...]) -> Optional[Known]:
    hits = [
        (now, factor, version)
        for now, factor, version in renamed().get(name, [])
        if (now, categories) in elementary_flows()
    ]
    if len({now for now, _, _ in hits}) != 1:
        return None
    now, factor, version = hits[0]
    why = say(
        "'{name}' of ecoinvent {version} is '{now}' of 3.9", name=name, version=version, now=now
    )
    return Known((now, categories), factor, why=why)


def _federal(name: str, categories: tuple[str, ...]) -> Optional[Known]:
    parts = [part.lower() for part in categories]
    if name in (*FRESH, *SALINE):
        return _water(name, parts)
    ours = flowables().get(name)
    if ours is None:
        return None
    if (name, parts[:2]) == ("Carbon dioxide", ["resource", "air"]):
        ours = "Carbon dioxide, in air"
    for place in places(parts):
        known = find(ours, place)
        if known is not None:
            break
    else:
        return None
    told = say("Federal LCA Commons: '{name}' in {place} is '{ours}' in {there}", name=name,
               place="/".join(categories), ours=known.flow[0], there="/".join(known.flow[1]))  # fmt: skip
    energy = _energies().get(known.flow, 0.0) if parts[0] == "resource" else 0.0
    if energy and elementary_flows()[known.flow] != "MJ":
        told = say("{text}, by its net calorific value of {energy:g} MJ in EF 3.1", text=told,
                   energy=energy)  # fmt: skip
        return Known(known.flow, known.factor / energy, "MJ", told)
    return Known(known.flow, known.factor, why=told)


@lru_cache(maxsize=1)
def _energies() -> dict[Flow, float]:
    """Net calorific value of fuels in the unit of their flow, MJ, as EF 3.1 counts it."""
    return dict(tables([BY_ID[FUEL]])[0].by_name)


def _water(name: str, parts: list[str]) -> Optional[Known]:
    """Water of the Federal LCA Commons, which is counted in kg."""
    salt = name in SALINE
    if parts[0] == "emission":
        flow: Flow = (
            "Water",
            next((p for p in places(parts) if ("Water", p) in elementary_flows()), ()),
        )
    else:
        kind = next((key for key in WATER if key and key in parts), "ocean" if salt else "")
        flow = (WATER[kind] if not salt or kind == "ocean" else "Water, salt, sole",
                ("natural resource", "in water"))  # fmt: skip
    if flow not in elementary_flows():
        return None
    why = say("Federal LCA Commons: '{name}' in {place} is '{ours}', 1000 kg to 1 m3", name=name,
              place="/".join(parts), ours=flow[0])  # fmt: skip
    return Known(flow, 0.001, "kg", why)


def places(parts: list[str]) -> list[tuple[str, ...]]:
    """Compartments of ours for one of the Federal LCA Commons, the nearest first."""
    rest = set(parts[2:])
    medium = parts[1] if len(parts) > 1 else ""
    if parts[0] == "resource":
        near = {"ground": "in ground", "water": "in water", "air": "in air", "biotic": "biotic"}
        return [("natural resource", near.get(medium, "in ground"))]
    if medium == "air":
        below = "urban air close to ground" if rest & {"urban", "ground-level"} else ""
        below = (
            "non-urban air or from high stacks" if rest & {"rural", "high", "very high"} else below
        )
        below = "lower stratosphere + upper troposphere" if "stratosphere" in rest else below
        return [("air", below), ("air",)] if below else [("air",)]
    if medium == "water":
        below = "surface water" if rest & {"fresh water body", "river", "lake"} else ""
        below = "ocean" if rest & {"ocean", "saline water body"} else below
        below = "ground-" if "subterranean" in rest else below
        return [("water", below), ("water",)] if below else [("water",)]
    if medium == "ground":
        below = next((b for b in ("agricultural", "industrial", "forestry") if b in rest), "")
        return [("soil", below), ("soil",)] if below else [("soil",)]
    return []
