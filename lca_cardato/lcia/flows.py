"""Elementary flows by name and compartment."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

Flow = tuple[str, tuple[str, ...]]
FILE = "ecoinvent elementary flows 3.9.xml"
SPACE = "{http://www.EcoInvent.org/EcoSpold02}"

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


def data_folder() -> Path:
    """Folder of the data that bw2io carries, found without importing Brightway."""
    spec = importlib.util.find_spec("bw2io")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data"


@lru_cache(maxsize=1)
def listed_flows() -> tuple[tuple[str, Flow, str], ...]:
    """Read the elementary flows that come with bw2io.

    Returns
    -------
    tuple of (code, flow, unit)
        The flow is its name and categories (an unspecified sub-compartment dropped), the unit as
        printed there.
    """
    found = []
    for item in ElementTree.parse(data_folder() / "lci" / FILE).getroot():
        compartment = item.find(f"{SPACE}compartment")
        assert compartment is not None
        parts = "/".join(child.text or "" for child in compartment)
        flow = (item.findtext(f"{SPACE}name", ""), normal_compartment(parts))
        found.append((item.get("id", ""), flow, item.findtext(f"{SPACE}unitName", "")))
    return tuple(found)


def elementary_flows() -> dict[Flow, str]:
    """Elementary flows -> unit as printed; see `listed_flows`."""
    return {flow: unit for _, flow, unit in listed_flows()}


def flows_by_uuid() -> dict[str, Flow]:
    """Code of each elementary flow -> name and categories; see `listed_flows`."""
    return {code: flow for code, flow, _ in listed_flows()}
