"""Characterise the elementary flows of a user's database with the factors of our indicators."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from typing import Any, Iterable, Sequence
from xml.etree import ElementTree

import numpy as np

from lca_cardato.background.matrices import Flow
from lca_cardato.impact.indicators import CONSUMED_NAME, WITHDRAWN_NAMES, Indicator
from lca_cardato.impact.methods import Factors, Method
from lca_cardato.inventory.flows import FILE, SPACE
from lca_cardato.inventory.models import normal_compartment

FlowName = tuple[str, tuple[str, ...]]


def _data() -> Path:
    """Folder of the data that bw2io carries, found without importing Brightway."""
    spec = importlib.util.find_spec("bw2io")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data"


def known_flows() -> dict[str, FlowName]:
    """Elementary flows that bw2io carries: code -> name and categories."""
    found = {}
    for item in ElementTree.parse(_data() / "lci" / FILE).getroot():
        compartment = item.find(f"{SPACE}compartment")
        assert compartment is not None
        parts = "/".join(child.text or "" for child in compartment)
        found[item.get("id", "")] = (item.findtext(f"{SPACE}name", ""), normal_compartment(parts))
    return found


def tables(indicators: Iterable[Indicator]) -> list[Factors]:
    """Characterisation factors of indicators and shipped methods, by code and by name."""
    with zipfile.ZipFile(_data() / "lcia" / "lcia_39_ecoinvent.zip") as archive:
        bundle = {tuple(m["name"]): m["exchanges"] for m in json.loads(archive.read("data.json"))}
    flows = known_flows()
    found = []
    for indicator in indicators:
        if indicator.method is None:
            names = {f: 1.0 for f in flows.values() if is_volume(indicator.id, f)}
            wide = {(name, parts[0]): 1.0 for name, parts in names}
            found.append(Factors({}, names, wide))
            continue
        by_code = {e["input"][1]: float(e["amount"]) for e in bundle[indicator.method]}
        by_name = {flows[code]: value for code, value in by_code.items() if code in flows}
        found.append(Factors(by_code, by_name))
    return found


def is_volume(indicator: str, flow: FlowName) -> bool:
    """Tell whether a flow counts in a water volume."""
    name, categories = flow
    if indicator == "water_withdrawn":
        return name in WITHDRAWN_NAMES and categories[0] == "natural resource"
    return name == CONSUMED_NAME and categories[0] == "air"


def characterisation(
    flows: Sequence[Flow], indicators: Sequence[Indicator], methods: Sequence[Method]
) -> Any:
    """Characterisation factors of a user's flows.

    Parameters
    ----------
    flows : sequence of Flow
    indicators : sequence of Indicator
        Indicators and shipped methods.
    methods : sequence of Method
        Methods with factors of their own.

    Returns
    -------
    ndarray, shape (flows, indicators + methods)
    """
    found = [*tables(indicators), *(m.factors for m in methods if m.factors is not None)]
    return np.array(
        [[t.of(flow.key[1], flow.name, flow.categories) for t in found] for flow in flows]
    ).reshape(len(flows), len(found))


def strangers(flows: Iterable[Flow]) -> list[Flow]:
    """Flows that our lists know neither by code nor by name: no method of ours counts them."""
    known = known_flows()
    names = set(known.values())
    return [f for f in flows if f.key[1] not in known and (f.name, f.categories) not in names]
