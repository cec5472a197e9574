"""The inventory in memory: records by section, with their layers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Optional

from lca_cardato.inventory.datum import Datum, Source
from lca_cardato.inventory.limits import Limit
from lca_cardato.inventory.models import Dataset, Step
from lca_cardato.inventory.scarcity import Scarcity, water_factors
from lca_cardato.inventory.supplied import Supplied
from lca_cardato.inventory.tables import (
    BackgroundNote,
    CffSet,
    Fibre,
    Literature,
    Municipality,
    Place,
    System,
)
from lca_cardato.inventory.uncounted import Uncounted

ADDRESS = re.compile(
    r"(?:(?:(?:I|IT)\s?-\s?)?[0-9]{5}[\s,-]{1,3})?"
    r"(?P<name>[^\d(),;/]{1,100}?)"
    r"(?:\s?\(\s?(?P<brackets>[^\W\d_]{2,30})\s?\)|\s?[,/-]\s?(?P<apart>[A-Za-z]{2})|\s(?P<behind>[A-Z]{2}))?"
    r"(?:\s?[,-]\s?(?:Italia|Italy))?",
)
"""As addresses are written: ``Prato (PO)``, ``59013 Montemurlo``, ``MONTEMURLO (Prato)``."""
SHIPPED, BACKGROUND, OWN = "shipped", "background", "own"


SECTIONS = (
    "sources", "datasets", "steps", "fibres", "places", "municipalities", "systems", "cff",
    "transport_modes", "parameters", "literature", "limits", "uncounted",
    "scarcity",
)  # fmt: skip


@dataclass(repr=False)
class Inventory:
    """All datasets, steps, sources and reference tables, keyed by id.

    Attributes
    ----------
    where : dict
        ``(section, id) -> (file, line)``.
    added, overridden : list of (section, id)
        What a folder of the user's own adds and replaces.
    background : BackgroundNote or None
        Database of the user's that the background was taken from.
    folders, layers : list
        Folders that were read, the shipped one first, and what each of them is: `SHIPPED`,
        `BACKGROUND` or `OWN`.
    layer_of : dict
        ``(section, id) -> layer`` that gave the record.
    files : dict
        Layer -> relative name -> bytes of each file, as they were read.
    digest : str
        SHA-256 over the names and bytes of the files.
    doubts : list of dict
        What counts for nothing, see `lca_cardato.inventory.uncounted.doubts`; known once the
        store of the inventory was opened.
    supplied : dict
        Datasets that lot sheets stand for, and what the sheets tell of each indicator.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    fibres: dict[str, Fibre] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    cff: dict[str, CffSet] = field(default_factory=dict)
    transport_modes: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Datum] = field(default_factory=dict)
    literature: dict[str, Literature] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)
    uncounted: dict[str, Uncounted] = field(default_factory=dict)
    scarcity: dict[str, Scarcity] = field(default_factory=dict)
    step_order: list[str] = field(default_factory=list)
    where: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    added: list[tuple[str, str]] = field(default_factory=list)
    overridden: list[tuple[str, str]] = field(default_factory=list)
    background: Optional[BackgroundNote] = None
    folders: list[Path] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    layer_of: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    digest: str = ""
    trees: dict[str, Any] = field(default_factory=dict)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    supplied: dict[str, Supplied] = field(default_factory=dict)

    @cached_property
    def water_factors(self) -> dict[str, float]:
        """Scarcity of water by place; see `lca_cardato.inventory.scarcity.water_factors`."""
        return water_factors(self.scarcity)

    def step_rank(self, step: str) -> int:
        """Place of a step in the order of the process."""
        order = self.step_order
        return order.index(step) if step in order else len(order)

    def place_named(self, name: str) -> Optional[tuple[str, Place]]:
        """Find a place by its id or one of its names, whatever the case."""
        wanted = name.strip().casefold()
        places = self.places.items()
        return next((p for p in places if wanted in (p[0], *map(str.casefold, p[1].names))), None)

    def municipality_named(self, name: str) -> Optional[tuple[str, Municipality]]:
        """Find a municipality by name, whatever the case.

        Its postal code may stand before it, its province behind it: two letters, or the name
        of another municipality of the list in the same province.
        """
        match = ADDRESS.fullmatch(" ".join(name.split()))
        if match is None:
            return None
        province = match["brackets"] or match["apart"] or match["behind"]
        found = self._municipality(match["name"])
        if found is None or province is None or province.upper() == found[1].province:
            return found
        capital = self._municipality(province)
        return found if capital and capital[1].province == found[1].province else None

    def _municipality(self, name: str) -> Optional[tuple[str, Municipality]]:
        wanted = name.casefold()
        items = self.municipalities.items()
        return next((one for one in items if one[0].casefold() == wanted), None)
