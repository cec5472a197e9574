"""The indicators and the Brightway methods behind them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, Optional

import yaml

from lca_cardato.lcia.flows import FAMILIES
from lca_cardato.text.yamltree import LOADER


@dataclass(frozen=True)
class Indicator:
    """An impact category or inventory indicator.

    Attributes
    ----------
    id : str
        Key in results.
    unit : str
    family : str
        Family whose inventory it needs; see `lca_cardato.lcia.flows.FAMILIES`.
    method : tuple of str or None
        Method of the bw2io bundle whose characterisation factors are taken; None for the water
        volumes, which are defined here.
    headline : bool
        Whether the marks name it.
    name : str
        Name as its method gives it; empty where the catalogue of texts names it.
    counts : str
        Indicator whose published results count here where a dataset has none of its own.
    """

    id: str
    unit: str
    family: str
    method: Optional[tuple[str, ...]]
    headline: bool = False
    name: str = ""
    counts: str = ""

    def covered_by(self, families: Iterable[str]) -> bool:
        """Whether an inventory of some families tells of it.

        One without a family, such as a damage category, needs all parts of an inventory.
        """
        return ({self.family} if self.family else set(FAMILIES)) <= set(families)


def _read() -> Iterator[Indicator]:
    file = Path(__file__).resolve().parent / "indicators.yaml"
    for key, item in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER).items():
        method = tuple(item["method"]) if "method" in item else None
        yield Indicator(key, item["unit"], item["family"], method, item.get("headline", False))


INDICATORS = tuple(_read())
INDICATOR_IDS = tuple(indicator.id for indicator in INDICATORS)
BY_ID = {indicator.id: indicator for indicator in INDICATORS}
RESULT_ALIASES = {"energy_total": "energy"}

WITHDRAWN_NAMES = (
    "Water, cooling, unspecified natural origin",
    "Water, lake",
    "Water, river",
    "Water, unspecified natural origin",
    "Water, well, in ground",
)
"""Resource flows counted as water withdrawn: fresh water taken from nature. Sea water and water
that turbines pass on are left out."""

CONSUMED_NAME = "Water"
"""Elementary flow to air that counts as water consumed."""
