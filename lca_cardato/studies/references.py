"""The same product in another way: from virgin fibre, or with the mix of the grid."""

from __future__ import annotations

from typing import Optional

from lca_cardato.inventory.records import Inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.models import RECYCLED_ORIGINS, BlendLine


def virgin_reference(loaded: LoadedScenario, inventory: Inventory) -> Optional[ProductModel]:
    """Replace every recycled fibre by virgin fibre of its kind, by default supply and place.

    A shade-sorted fibre becomes one that is dyed as loose stock, because the shade that sorting
    gave has to come from dyeing. All other figures of the scenario stay.

    Parameters
    ----------
    loaded : LoadedScenario
    inventory : Inventory

    Returns
    -------
    ProductModel or None
        None when the product holds no recycled fibre, or one for which there is no virgin supply.
    """
    scenario = loaded.scenario
    if scenario.product.boundary == "gate_to_gate":
        return None
    lines = [line for yarn in scenario.all_yarns() for line in yarn.blend]
    recycled = [line for line in lines if line.origin in RECYCLED_ORIGINS]
    if not recycled:
        return None
    for line in recycled:
        fibre = inventory.fibres.get(line.fibre)
        if fibre is None or "virgin" not in fibre.supplies:
            return None

    def swapped(blend: list[BlendLine]) -> list[BlendLine]:
        return [
            virgin_line(line, inventory) if line.origin in RECYCLED_ORIGINS else line
            for line in blend
        ]

    if scenario.yarns:
        yarns = [y.model_copy(update={"blend": swapped(y.blend)}) for y in scenario.yarns]
        changed = scenario.model_copy(update={"yarns": yarns})
    else:
        changed = scenario.model_copy(update={"blend": swapped(scenario.blend)})
    return resolve(LoadedScenario(changed, loaded.document), inventory, examined=False)


def virgin_line(line: BlendLine, inventory: Inventory) -> BlendLine:
    """Give the virgin counterpart of a recycled line of a blend."""
    supply = inventory.fibres[line.fibre].supplies[line.origin]
    colour = line.colour or supply.colour
    return line.model_copy(
        update={
            "origin": "virgin",
            "dataset": None,
            "handling": None,
            "place": None,
            "transport": None,
            "steps": {},
            "colour": "to_dye" if colour == "shade_sorted" else colour,
        }
    )


def grid_reference(loaded: LoadedScenario, inventory: Inventory) -> Optional[ProductModel]:
    """Give the same product with the location-based mix; None when the contract is the grid."""
    contract = loaded.scenario.electricity
    if contract.contract == "grid":
        return None
    plain = contract.model_copy(update={"contract": "grid", "dataset": None})
    scenario = loaded.scenario.model_copy(update={"electricity": plain})
    return resolve(LoadedScenario(scenario, loaded.document), inventory, examined=False)
