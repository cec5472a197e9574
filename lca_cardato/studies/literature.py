"""Published values: what of ours each `literature` record is about, and in which unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.errors import Problem, nearest
from lca_cardato.inventory.tables import Literature
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.model.formulas import evaluate
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import conversion_factor
from lca_cardato.text.yarncount import parse_yarn_count

if TYPE_CHECKING:
    from lca_cardato.inventory.models import StepDatum
    from lca_cardato.inventory.records import Inventory

STEP_UNITS = {"electricity": "kWh/kg", "heat": "MJ/kg", "water_in": "L/kg", "loss": "%"}
FORMULAS = (
    "cff_material",
    "input_mass",
    "blend_allowance",
    "conditioned_mass",
    "yarn_count",
    "gwp100",
    "power_law_dtex",
    "linear_nm",
)
"""Formulas that publish a worked number; the page of published values knows how to call them."""
ENDINGS = ("_saved", "_difference")


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


def indicator_unit(indicator: str) -> str:
    """Unit of an indicator without the reference substance: ``kg CO2-eq`` gives ``kg``."""
    return BY_ID[indicator].unit.split(" ", 1)[0]


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
        known = list(FORMULAS) if record.formula else list(STEP_UNITS if record.steps else BY_ID)
        wanted = record.formula or indicator_of(record)
        text = hint = ""
        if wanted not in known:
            text = say("nothing of ours to compare with '{wanted}'", wanted=wanted)
            hint = nearest(wanted, known)
        elif not record.formula:
            try:
                to_unit(1.0, record)
            except QuantityError as error:
                text = say("unit of {what}: {why}", what=record.quantity, why=error.message)
                hint = error.suggestion
        if text:
            code = "E308" if wanted in known else "E316"
            problems.append(Problem(code, text, file, line, 0, f"literature.{key}", "", hint))
    return problems


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
    same = (unit,) if table else (unit, BY_ID[indicator_of(record)].unit)
    return ours if record.unit in same else ours * float(conversion_factor(unit, record.unit))
