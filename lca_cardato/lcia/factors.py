"""Characterisation factors of the shipped methods: bw2io carries them, and is not imported.

Those that its bundle has otherwise than EF 3.1 are corrected; see `lca_cardato.lcia.corrections`.
"""

from __future__ import annotations

import json
import re
import zipfile
from typing import Any, Iterable, Optional

from lca_cardato.lcia.corrections import corrected, state
from lca_cardato.lcia.flows import Flow, data_folder, flows_by_uuid, listed_flows
from lca_cardato.lcia.indicators import CONSUMED_NAME, INDICATORS, WITHDRAWN_NAMES, Indicator
from lca_cardato.lcia.methods import Factors

FILE = "lcia_39_ecoinvent.zip"
_NAME = re.compile(r'"name": (?=\[)')


def tables(indicators: Iterable[Indicator]) -> list[Factors]:
    """Characterisation factors of indicators and shipped methods, by code and by name."""
    indicators, flows = list(indicators), flows_by_uuid()
    found = []
    for indicator, by_code in zip(indicators, factors_by_code(indicators)):
        by_name = {flows[code]: value for code, value in by_code.items() if code in flows}
        if indicator.method is None:
            wide = {(name, parts[0]): 1.0 for name, parts in by_name}
            found.append(Factors({}, by_name, wide))
        else:
            found.append(Factors(by_code, by_name))
    return found


def factors_by_code(
    indicators: Iterable[Indicator], found: Optional[list[dict[str, float]]] = None
) -> list[dict[str, float]]:
    """Characterisation factors of indicators and shipped methods.

    Parameters
    ----------
    indicators : iterable of Indicator
    found : list of dict, optional
        Their `bundled` factors, where they were read already.

    Returns
    -------
    list of dict
        Code of the elementary flow -> factor, for each indicator, corrected; the water volumes,
        which have no method, count 1 for each flow that they name.
    """
    indicators = list(indicators)
    volumes = [(code, flow) for code, flow, _ in listed_flows()]
    return [
        {code: 1.0 for code, flow in volumes if is_volume(one.id, flow)}
        if one.method is None
        else corrected(one, table)
        for one, table in zip(indicators, found or bundled(indicators))
    ]


def bundled(indicators: Iterable[Indicator]) -> list[dict[str, float]]:
    """Factors of indicators and shipped methods as the bundle has them; see `factors_by_code`."""
    indicators = list(indicators)
    bundle = _methods({one.method for one in indicators if one.method is not None})
    return [
        {e["input"][1]: float(e["amount"]) for e in bundle[one.method]} if one.method else {}
        for one in indicators
    ]


def correction_state(found: list[dict[str, float]]) -> dict[str, Any]:
    """Tell how many factors of the indicators are corrected, and where the bundle has a third value.

    Parameters
    ----------
    found : list of dict
        `bundled` factors, those of `INDICATORS` first.

    Returns
    -------
    dict
        ``factors`` and ``strange``; see `lca_cardato.lcia.corrections.State`.
    """
    return state(zip(INDICATORS, found)).to_dict()


def is_volume(indicator: str, flow: Flow) -> bool:
    """Tell whether a flow counts in a water volume."""
    name, categories = flow
    if indicator == "water_withdrawn":
        return name in WITHDRAWN_NAMES and categories[0] == "natural resource"
    return name == CONSUMED_NAME and categories[0] == "air"


def _methods(wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Exchanges of methods by name.

    The file holds 762 methods in 40 MB, so only those that are asked for are read: an object of
    the list starts at the last brace before its name. Where that does not lead to all of them,
    the whole file is read.
    """
    with zipfile.ZipFile(data_folder() / "lcia" / FILE) as archive:
        text = archive.read("data.json").decode("utf-8")
    decoder, found = json.JSONDecoder(), {}
    for match in _NAME.finditer(text):
        name = tuple(decoder.raw_decode(text, match.end())[0])
        if name in wanted:
            item, _ = decoder.raw_decode(text, text.rfind("{", 0, match.start()))
            if tuple(item["name"]) == name:
                found[name] = item["exchanges"]
    if found.keys() != wanted:
        found = {tuple(item["name"]): item["exchanges"] for item in json.loads(text)}
    return found
