"""Our figures beside published ones: the subject of each `literature` record, calculated."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Callable

import numpy as np

from lca_cardato.calculation.solve import UnitScores, calculate, solve
from lca_cardato.inventory.tables import Literature
from lca_cardato.model import formulas
from lca_cardato.model.cff import cff_material
from lca_cardato.model.massflow import blend_allowance, chain_flows
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess
from lca_cardato.studies.literature import indicator_of, step_figure, to_unit
from lca_cardato.text.yarncount import NE_TO_NM, parse_yarn_count

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.results.assessment import Assessment

NEAR = 0.25
FLOWS = {
    "methane_fossil": ("Methane, fossil", ("air",)),
    "methane_non_fossil": ("Methane, non-fossil", ("air",)),
    "dinitrogen_monoxide": ("Dinitrogen monoxide", ("air",)),
    "carbon_dioxide_fossil": ("Carbon dioxide, fossil", ("air",)),
}
COUNTS = {
    "nm": "Nm {}", "ne_cotton": "Ne {}", "tex": "{} tex", "dtex": "{} dtex", "denier": "{} den",
}  # fmt: skip


def cff(
    quantity: str, background: Background, r1: float, a: float, quality: float, e_v: float,
    e_rec: float, mass: float = 1.0,
) -> float:  # fmt: skip
    """Circular Footprint Formula for a mass of material."""
    return mass * float(cff_material(r1, a, quality, e_v, e_rec))


def input_mass(quantity: str, background: Background, output_mass: float, loss: float) -> float:
    """Mass taken in for a mass put out; `loss` is a fraction of the input."""
    return output_mass * float(chain_flows([1.0], [[loss]], [0.0]).fresh[0])


def allowance(quantity: str, background: Background, **inputs: float) -> float:
    """Agreed allowance of a blend from the dry shares and allowances of its fibres."""
    numbers = sorted(name[6:] for name in inputs if name.startswith("share_"))
    shares = [inputs[f"share_{n}"] for n in numbers]
    return float(blend_allowance(shares, [inputs[f"allowance_{n}"] for n in numbers]))


def conditioned_mass(
    quantity: str, background: Background, dry_mass: float, allowance: float
) -> float:
    """Conditioned mass of a dry mass."""
    return dry_mass * (1 + float(blend_allowance([1.0], [allowance])))


def yarn_count(quantity: str, background: Background, plies: float = 1, **inputs: float) -> float:
    """Count of the plied yarn in another system, a key of `COUNTS`."""
    ((system, value),) = inputs.items()
    count = parse_yarn_count(COUNTS[system].format(f"{value:g}"))
    nm = count.nm / int(plies)
    systems = {
        "nm": nm, "tex": 1000 / nm, "dtex": 10_000 / nm, "denier": 9000 / nm,
        "ne_cotton": nm / NE_TO_NM,
    }  # fmt: skip
    return float(systems[quantity])


def gwp100(quantity: str, background: Background, **inputs: float) -> float:
    """Climate change of emissions to air, kg CO2-eq, by the factors in use."""
    column = background.indicators.index(quantity)
    return sum(
        amount * float(background.scores[background.rows[FLOWS[name]], column])
        for name, amount in inputs.items()
    )


def power_law(quantity: str, background: Background, **inputs: float) -> float:
    """Electricity by a power law of the linear density."""
    return float(formulas.power_law_dtex(**inputs))


def linear(quantity: str, background: Background, **inputs: float) -> float:
    """Electricity linear in the metric count."""
    return float(formulas.linear_nm(**inputs))


WORKED: dict[str, Callable[..., float]] = {
    "cff_material": cff,
    "input_mass": input_mass,
    "blend_allowance": allowance,
    "conditioned_mass": conditioned_mass,
    "yarn_count": yarn_count,
    "gwp100": gwp100,
    "power_law_dtex": power_law,
    "linear_nm": linear,
}
"""Formula that publishes a worked number -> the program's own function."""


@dataclass(frozen=True)
class Compared:
    """A published value with ours.

    Attributes
    ----------
    key : str
    record : Literature
    ours : float
        In the unit of the record.
    """

    key: str
    record: Literature
    ours: float

    @property
    def published(self) -> float:
        """The published value, or the middle of its range."""
        if self.record.amount is not None:
            return float(self.record.amount)
        assert self.record.min is not None and self.record.max is not None
        return float(self.record.min + self.record.max) / 2

    @property
    def ratio(self) -> float:
        """Ours over the published value."""
        return self.ours / self.published if self.published else float("nan")

    @property
    def verdict(self) -> str:
        """``inside``, ``below`` or ``above`` a range; ``near`` or ``apart`` without one."""
        low, high = self.record.min, self.record.max
        if low is None or high is None:
            return "near" if abs(self.ratio - 1) <= NEAR else "apart"
        slack = 1e-9 * abs(float(high))
        if self.ours < float(low) - slack:
            return "below"
        return "above" if self.ours > float(high) + slack else "inside"


def fibre_at_the_mill(
    inventory: Inventory, background: Background, fibre: str, origin: str, handling: str = ""
) -> np.ndarray:
    """Impact of 1 kg of undyed fibre as it enters the mixture, transport and losses included.

    Returns
    -------
    ndarray, shape (indicators,)
    """
    line = {"fibre": fibre, "share": "100 %", "origin": origin}
    if handling:
        line["handling"] = handling
    scenario = {
        "schema": "lca-cardato/scenario/1", "id": "comparison",
        "product": {"type": "yarn", "name": "comparison", "count": "Nm 10"}, "blend": [line],
    }  # fmt: skip
    system = calculate(resolve(load_scenario(scenario), inventory), background).system
    return solve(system, UnitScores(background), system.line_rows["yarn/0"]).scores[:, 0]


def scenario_value(result: Assessment, record: Literature, column: int) -> float:
    """Value of a scenario per kg of product, or what it saves against virgin fibre.

    Raises
    ------
    KeyError
        A saving is asked of a scenario without recycled fibre.
    """
    own = result.scores[column] / float(result.main.model.declared_mass_kg)
    if record.quantity == indicator_of(record):
        return own
    if result.reference is None:
        raise KeyError(f"{record.scenario} has no recycled fibre to compare")
    other = float(result.reference.scores[column]) / float(result.main.model.declared_mass_kg)
    if record.quantity.endswith("_saved"):
        return other - own
    return (own - other) / other * 100


def compare(
    inventory: Inventory,
    background: Background,
    key: str,
    assessed: Callable[[str], Assessment],
) -> Compared:
    """Calculate our value for one literature record.

    Parameters
    ----------
    inventory : Inventory
    background : Background
    key : str
        Id of the record.
    assessed : callable
        Gives the assessment of a shipped scenario by name.

    Returns
    -------
    Compared

    """
    record = inventory.literature[key]
    if record.formula:
        inputs = {name: float(value) for name, value in record.inputs.items()}
        ours = WORKED[record.formula](record.quantity, background, **inputs)
        return Compared(key, record, ours)
    if record.steps:
        ours = step_figure(inventory, record.steps, record.quantity, record.count or "")
        return Compared(key, record, to_unit(ours, record))
    column = background.indicators.index(indicator_of(record))
    if record.dataset:
        ours = float(background.scores[background.rows[record.dataset], column])
    elif record.fibre:
        scores = fibre_at_the_mill(
            inventory, background, record.fibre, str(record.origin), record.handling or ""
        )
        ours = float(scores[column])
    else:
        ours = scenario_value(assessed(str(record.scenario)), record, column)
    return Compared(key, record, to_unit(ours, record))


def compare_all(inventory: Inventory, background: Background, scenarios: Path) -> list[Compared]:
    """Compare every literature record, in the order of the files.

    Parameters
    ----------
    inventory : Inventory
    background : Background
    scenarios : Path
        Folder of the shipped scenarios.

    Returns
    -------
    list of Compared
    """
    cache: dict[str, Assessment] = {}

    def assessed(name: str) -> Assessment:
        if name not in cache:
            cache[name] = assess(scenarios / f"{name}.yaml")
        return cache[name]

    return [compare(inventory, background, key, assessed) for key in inventory.literature]
