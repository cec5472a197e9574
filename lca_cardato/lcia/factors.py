"""Characterisation factors of the shipped methods."""

from __future__ import annotations

import json
import zipfile
from typing import Iterable

from lca_cardato.lcia.flows import FlowName, _data, known_flows
from lca_cardato.lcia.indicators import CONSUMED_NAME, WITHDRAWN_NAMES, Indicator
from lca_cardato.lcia.methods import Factors


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
