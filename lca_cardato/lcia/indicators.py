"""The indicators and the Brightway methods behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional

from lca_cardato.lcia.flows import FAMILIES

GWP = "global warming potential (GWP100)"
CED = "Cumulative Energy Demand (CED)"


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


def _ef(*names: str) -> tuple[str, ...]:
    return ("EF v3.1", *names)


INDICATORS: tuple[Indicator, ...] = (
    Indicator("climate_change", "kg CO2-eq", "climate_change", _ef("climate change", GWP), True),
    Indicator(
        "climate_change_fossil", "kg CO2-eq", "climate_change", _ef("climate change: fossil", GWP)
    ),
    Indicator(
        "climate_change_biogenic",
        "kg CO2-eq",
        "climate_change",
        _ef("climate change: biogenic", GWP),
    ),
    Indicator(
        "climate_change_land_use",
        "kg CO2-eq",
        "climate_change",
        _ef("climate change: land use and land use change", GWP),
    ),
    Indicator("energy", "MJ", "energy", (CED, "total", "energy content (HHV)"), True),
    Indicator(
        "energy_non_renewable",
        "MJ",
        "energy",
        (CED, "energy resources: non-renewable", "energy content (HHV)"),
    ),
    Indicator(
        "energy_renewable",
        "MJ",
        "energy",
        (CED, "energy resources: renewable", "energy content (HHV)"),
    ),
    Indicator("water_withdrawn", "m3", "water", None, True),
    Indicator("water_consumed", "m3", "water", None, True),
    Indicator(
        "water_scarcity",
        "m3 world-eq",
        "water",
        _ef(
            "water use", "user deprivation potential (deprivation-weighted water consumption)"
        ),
    ),
    Indicator(
        "acidification", "mol H+-eq", "acidification",
        _ef("acidification", "accumulated exceedance (AE)"),
    ),
    Indicator(
        "eutrophication_freshwater", "kg P-eq", "eutrophication_freshwater",
        _ef("eutrophication: freshwater",
            "fraction of nutrients reaching freshwater end compartment (P)"),
    ),
    Indicator(
        "eutrophication_marine", "kg N-eq", "eutrophication_marine",
        _ef("eutrophication: marine",
            "fraction of nutrients reaching marine end compartment (N)"),
    ),
    Indicator(
        "eutrophication_terrestrial", "mol N-eq", "eutrophication_terrestrial",
        _ef("eutrophication: terrestrial", "accumulated exceedance (AE)"),
    ),
    Indicator(
        "particulate_matter", "disease incidence", "particulate_matter",
        _ef("particulate matter formation", "impact on human health"),
    ),
    Indicator(
        "photochemical_ozone_formation", "kg NMVOC-eq", "photochemical_ozone_formation",
        _ef("photochemical oxidant formation: human health",
            "tropospheric ozone concentration increase"),
    ),
    Indicator(
        "ozone_depletion", "kg CFC-11-eq", "ozone_depletion",
        _ef("ozone depletion", "ozone depletion potential (ODP)"),
    ),
    Indicator(
        "ionising_radiation", "kBq U235-eq", "ionising_radiation",
        _ef("ionising radiation: human health",
            "human exposure efficiency relative to u235"),
    ),
    Indicator("land_use", "points", "land_use", _ef("land use", "soil quality index")),
    Indicator(
        "ecotoxicity_freshwater", "CTUe", "ecotoxicity_freshwater",
        _ef("ecotoxicity: freshwater",
            "comparative toxic unit for ecosystems (CTUe)"),
    ),
    Indicator(
        "human_toxicity_cancer", "CTUh", "human_toxicity_cancer",
        _ef("human toxicity: carcinogenic", "comparative toxic unit for human (CTUh)"),
    ),
    Indicator(
        "human_toxicity_non_cancer", "CTUh", "human_toxicity_non_cancer",
        _ef("human toxicity: non-carcinogenic", "comparative toxic unit for human (CTUh)"),
    ),
    Indicator(
        "resource_use_fossils", "MJ", "resource_use_fossils",
        _ef("energy resources: non-renewable",
            "abiotic depletion potential (ADP): fossil fuels"),
    ),
    Indicator(
        "resource_use_minerals_metals", "kg Sb-eq", "resource_use_minerals_metals",
        _ef("material resources: metals/minerals",
            "abiotic depletion potential (ADP): elements (ultimate reserves)"),
    ),
)  # fmt: skip

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
