"""Our figures beside published ones: the subject of each `literature` record, calculated."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Callable

import numpy as np

from lca_cardato.calculation.solve import UnitScores, calculate, solve
from lca_cardato.errors import CardatoError, InputError, Problem, nearest
from lca_cardato.inventory.tables import Literature
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.model.formulas import evaluate
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.worked import WORKED
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import conversion_factor
from lca_cardato.text.yarncount import parse_yarn_count

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.inventory.models import StepDatum
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.results.assessment import Assessment

STEP_UNITS = {"electricity": "kWh/kg", "heat": "MJ/kg", "water_in": "L/kg", "loss": "%"}
NEAR = 0.25
ENDINGS = ("_saved", "_difference")


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
    line = {"fibre": fibre, "share": "100 %", "origin": origin, "document": "comparison"}
    if handling:
        line["handling"] = handling
    scenario = {
        "schema": "lca-cardato/scenario/1", "id": "comparison",
        "product": {"type": "yarn", "name": "comparison", "count": "Nm 10"}, "blend": [line],
    }  # fmt: skip
    system = calculate(resolve(load_scenario(scenario), inventory), background).system
    return solve(system, UnitScores(background), system.line_rows["yarn/0"]).scores[:, 0]


def step_figure(inventory: Inventory, steps: list[str], quantity: str, count: str) -> float:
    """Sum of a default figure over steps, in the unit of `STEP_UNITS`.

    Raises
    ------
    KeyError
        The quantity is not a figure of a step.
    """
    nm = float(parse_yarn_count(count).nm) if count else 1.0
    whole = 0.0
    for name in steps:
        step = inventory.steps[name]
        for key, datum in step.data():
            if key.split(".", 1)[0] == quantity:
                whole += _datum(datum, quantity, nm)
    return whole


def _datum(datum: StepDatum, quantity: str, nm: float) -> float:
    if datum.formula is not None:
        values = {name: float(value) for name, value in datum.formula.parameters.items()}
        return float(evaluate(datum.formula.name, values, nm, datum.formula.outside))
    factor = 1 if datum.unit == "%" else conversion_factor(datum.unit, STEP_UNITS[quantity])
    return float((datum.amount or 0) * factor)


def indicator_of(record: Literature) -> str:
    """Indicator of a record; ``climate_change_saved`` is about climate change."""
    for ending in ENDINGS:
        if record.scenario and record.quantity.endswith(ending):
            return record.quantity[: -len(ending)]
    return record.quantity


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


def indicator_unit(indicator: str) -> str:
    """Unit of an indicator without the reference substance: ``kg CO2-eq`` gives ``kg``."""
    return BY_ID[indicator].unit.split(" ", 1)[0]


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

    Raises
    ------
    InputError
        ``E316`` when the quantity or the formula is not known, ``E308`` when the unit does not
        fit the quantity.
    """
    record = inventory.literature[key]
    try:
        if record.formula:
            return Compared(
                key, record, WORKED[record.formula](record.quantity, background, **_inputs(record))
            )
        if record.steps:
            ours = step_figure(inventory, record.steps, record.quantity, record.count or "")
        else:
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
    except (KeyError, ValueError) as error:
        raise _wrong(inventory, key, "E316", f"nothing of ours to compare: {error}") from None
    except QuantityError as error:
        raise _wrong(inventory, key, "E308", str(error)) from None


def literature_problems(inventory: Inventory) -> list[Problem]:
    """Find literature records that nothing of ours can be compared with.

    Returns
    -------
    list of Problem
        ``E316`` for an unknown quantity or formula, ``E308`` for a unit that does not fit.
    """
    problems = []
    for key, record in inventory.literature.items():
        file, line = inventory.where[("literature", key)]
        known = list(WORKED) if record.formula else list(STEP_UNITS if record.steps else BY_ID)
        wanted = record.formula or indicator_of(record)
        text = hint = ""
        if wanted not in known:
            text, hint = f"nothing of ours to compare with '{wanted}'", nearest(wanted, known)
        elif not record.formula:
            try:
                to_unit(1.0, record)
            except QuantityError as error:
                text, hint = f"unit of {record.quantity}: {error}", error.suggestion
        if text:
            code = "E308" if wanted in known else "E316"
            problems.append(Problem(code, text, file, line, 0, f"literature.{key}", "", hint))
    return problems


def _wrong(inventory: Inventory, key: str, code: str, message: str) -> CardatoError:
    file, line = inventory.where[("literature", key)]
    return InputError.one(code, message, file=file, line=line, key=f"literature.{key}")


def _inputs(record: Literature) -> dict[str, float]:
    return {name: float(value) for name, value in record.inputs.items()}


def to_unit(ours: float, record: Literature) -> float:
    """Convert our value from the unit of its quantity to the unit of a record.

    Raises
    ------
    KeyError
        The quantity is neither an indicator nor a figure of a step.
    QuantityError
        The unit does not fit the quantity.
    """
    table = STEP_UNITS if record.steps else None
    unit = table[record.quantity] if table else indicator_unit(indicator_of(record))
    if record.quantity.endswith("_difference"):
        unit = "%"
    return ours if unit == record.unit else ours * float(conversion_factor(unit, record.unit))


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
    from lca_cardato.studies.assess import assess

    cache: dict[str, Assessment] = {}

    def assessed(name: str) -> Assessment:
        if name not in cache:
            cache[name] = assess(scenarios / f"{name}.yaml")
        return cache[name]

    return [compare(inventory, background, key, assessed) for key in inventory.literature]
