"""Elementary flows by name and compartment."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Iterator
from xml.etree import ElementTree

Flow = tuple[str, tuple[str, ...]]


FILE = "ecoinvent elementary flows 3.9.xml"


SPACE = "{http://www.EcoInvent.org/EcoSpold02}"


def elementary_flows() -> dict[Flow, str]:
    """Read the elementary flows that come with bw2io.

    Returns
    -------
    dict
        Name and categories (an unspecified sub-compartment dropped) -> unit as printed there.
    """
    return {flow: unit for _, flow, unit in _listed()}


def flows_by_uuid() -> dict[str, Flow]:
    """UUID of each elementary flow that comes with bw2io -> name and categories."""
    return {uuid: flow for uuid, flow, _ in _listed()}


def _listed() -> Iterator[tuple[str, Flow, str]]:
    spec = importlib.util.find_spec("bw2io")
    assert spec is not None and spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "data" / "lci" / FILE
    for item in ElementTree.parse(path).getroot():
        compartment = item.find(f"{SPACE}compartment")
        assert compartment is not None
        name = item.findtext(f"{SPACE}name", "")
        parts = "/".join(child.text or "" for child in compartment)
        flow = (name, normal_compartment(parts))
        yield item.get("id", ""), flow, item.findtext(f"{SPACE}unitName", "")


FAMILIES = (
    "climate_change", "energy", "water", "acidification", "eutrophication_freshwater",
    "eutrophication_marine", "eutrophication_terrestrial", "ecotoxicity_freshwater",
    "human_toxicity_cancer", "human_toxicity_non_cancer", "ionising_radiation", "land_use",
    "ozone_depletion", "particulate_matter", "photochemical_ozone_formation",
    "resource_use_minerals_metals", "resource_use_fossils",
)  # fmt: skip


def normal_compartment(text: str) -> tuple[str, ...]:
    """Split ``air/urban air close to ground``; an *unspecified* sub-compartment is dropped."""
    parts = tuple(part.strip() for part in text.split("/", 1))
    return parts[:1] if len(parts) == 2 and parts[1] == "unspecified" else parts


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
