"""Figures and places of the records: that a product can be calculated with them."""

from __future__ import annotations

from typing import Iterator, Optional

from lca_cardato.errors import nearest
from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.models import FIGURE_UNITS, StepDatum
from lca_cardato.inventory.records import Inventory
from lca_cardato.sentence import say

ALSO = {"kg/kg": ("kg/kg", "g/kg", "kg/t"), "L/kg": ("L/kg", "l/kg", "m3/t", "m3/kg")}
"""Unit of a step's figure -> units that it may be given in."""
Found = tuple[str, str, str]
"""Code, message, cure."""


def unusable(inventory: Inventory) -> Iterator[tuple[tuple, Found]]:
    """Give the path of every figure and place that would stop a calculation, and why."""
    for key, fibre in inventory.fibres.items():
        for origin, supply in fibre.supplies.items():
            place = supply.place
            if place is None or inventory.place_named(place):
                continue
            if not inventory.municipality_named(place):
                hint = nearest(place, list(inventory.places))
                yield (
                    ("fibres", key, "supplies", origin),
                    ("E307", say("no place '{place}'", place=place), hint),
                )
    for key, step in inventory.steps.items():
        for name, figure in step.data():
            kind = name.split(".", 1)[0]
            for one in (figure, *figure.by_fibre.values()):
                found = _of_figure(inventory, kind, figure, one)
                if found:
                    yield ("steps", key, kind), found


def _of_figure(inventory: Inventory, kind: str, figure: StepDatum, one: Datum) -> Optional[Found]:
    """Say why a step can't be calculated with a figure."""
    unit = FIGURE_UNITS[kind]
    if figure.input in inventory.datasets:
        unit = f"{inventory.datasets[figure.input].product.unit}/kg"
    if unit == "m3/kg":
        return "E308", say("a chemical is a dataset per kg, not per m3"), ""
    if one.unit not in ALSO.get(unit, (unit,)):
        text = say(
            "{kind} is given in {unit}, not in {typed}", kind=kind, unit=unit, typed=one.unit[:30]
        )
        return "E308", text, say("e.g. unit: '{unit}'", unit=unit)
    amount = one.amount
    if amount is not None and (amount < 0 or (unit == "%" and amount > 100)):
        text = say(
            "{amount:.6g} {unit} is no {kind} of a step", amount=amount, unit=one.unit, kind=kind
        )
        return "E103", text, ""
    if kind == "loss" and amount is not None and amount >= 100:
        return "E303", say("a step can't lose all that enters it"), ""
    return None
