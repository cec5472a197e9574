"""Elementary flows by name and compartment."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Mapping
from xml.parsers import expat

Flow = tuple[str, tuple[str, ...]]
FILE = "ecoinvent elementary flows 3.9.xml"
READ = {"name", "unitName", "compartment", "subcompartment"}
"""Elements of a flow whose text is read."""

FAMILIES = (
    "climate_change", "energy", "water", "acidification", "eutrophication_freshwater",
    "eutrophication_marine", "eutrophication_terrestrial", "ecotoxicity_freshwater",
    "human_toxicity_cancer", "human_toxicity_non_cancer", "ionising_radiation", "land_use",
    "ozone_depletion", "particulate_matter", "photochemical_ozone_formation",
    "resource_use_minerals_metals", "resource_use_fossils",
)  # fmt: skip


@lru_cache(maxsize=4096)
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
    reader = _FlowReader()
    with (data_folder() / "lci" / FILE).open("rb") as file:
        reader.parser.ParseFile(file)
    return tuple(reader.found)


class _FlowReader:
    """Reads the file as it is parsed; a tree of its 60 000 elements takes three times as long."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Flow, str]] = []
        self.texts: dict[str, str] = {}
        self.code, self.open = "", ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: Any) -> None:
        self.open = name if name in READ else ""
        if name == "elementaryExchange":
            self.code, self.texts = attributes.get("id", ""), {}

    def _text(self, text: str) -> None:
        if self.open:
            self.texts[self.open] = self.texts.get(self.open, "") + text

    def _end(self, name: str) -> None:
        self.open = ""
        if name == "elementaryExchange":
            texts = self.texts
            place = f"{texts.get('compartment', '').strip()}/{texts.get('subcompartment', '')}"
            flow = (texts.get("name", ""), normal_compartment(place))
            self.found.append((self.code, flow, texts.get("unitName", "")))


@lru_cache(maxsize=1)
def elementary_flows() -> Mapping[Flow, str]:
    """Elementary flows -> unit as printed; see `listed_flows`."""
    return MappingProxyType({flow: unit for _, flow, unit in listed_flows()})


@lru_cache(maxsize=1)
def flows_by_uuid() -> Mapping[str, Flow]:
    """Code of each elementary flow -> name and categories; see `listed_flows`."""
    return MappingProxyType({code: flow for code, flow, _ in listed_flows()})
