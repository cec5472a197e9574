"""The same product in another way: from virgin fibre, or with the mix of the grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Optional

from lca_cardato.errors import InputError
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.tables import Fibre
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.models import RECYCLED_ORIGINS, BlendLine

FAMILIES = {"synthetic": "man-made", "pet-bottle": "man-made"}
"""Record for recycled material -> family of fibres; any other record is a family of its own."""


@dataclass(frozen=True)
class Alternative:
    """The virgin reference with another fibre of the same family in place of a recycled one.

    Attributes
    ----------
    replaced : str
        Id of the recycled fibre, as the scenario calls it.
    fibre : str
        Id of the virgin fibre that is taken; the same one first.
    model : ProductModel
    """

    replaced: str
    fibre: str
    model: ProductModel


def virgin_reference(loaded: LoadedScenario, inventory: Inventory) -> Optional[ProductModel]:
    """Replace every recycled fibre by virgin fibre of its name, by default supply and place.

    The name is that of the label (Regulation (EU) No 1007/2011).

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
    fibres = recycled_fibres(loaded)
    if not fibres or not all(_virgin(inventory, name) for name in fibres):
        return None
    return _from_virgin(loaded, inventory, {})


def recycled_fibres(loaded: LoadedScenario) -> list[str]:
    """List the recycled fibres of a product from cradle to gate, each once, as they are written."""
    scenario = loaded.scenario
    if scenario.product.boundary == "gate_to_gate":
        return []
    lines = [line for yarn in scenario.all_yarns() for line in yarn.blend]
    return list(dict.fromkeys(line.fibre for line in lines if line.origin in RECYCLED_ORIGINS))


def virgin_alternatives(loaded: LoadedScenario, inventory: Inventory) -> list[Alternative]:
    """Make the virgin reference with each other virgin fibre that a recycled one could stand for.

    What a recycled fibre was before is stated by the mill. A costly fibre makes the reference
    larger, so the fibres of the same family (wool and hair, other natural fibres, man-made ones)
    stand beside it.

    Parameters
    ----------
    loaded : LoadedScenario
        Of a product that has a `virgin_reference`.
    inventory : Inventory

    Returns
    -------
    list of Alternative
        By recycled fibre, then in the order of the inventories; nothing for a fibre that is alone
        in its family. Fibres with which the route can't be resolved are left out.
    """
    found = []
    for name in recycled_fibres(loaded):
        family = _family(inventory.fibres[name])
        for other, record in inventory.fibres.items():
            if other == name or _family(record) != family or not _virgin(inventory, other):
                continue
            try:
                model = _from_virgin(loaded, inventory, {name: other})
            except InputError:
                continue
            found.append(Alternative(name, other, model))
    return found


def _virgin(inventory: Inventory, fibre: str) -> bool:
    record = inventory.fibres.get(fibre)
    return record is not None and "virgin" in record.supplies


def _family(fibre: Fibre) -> str:
    if fibre.keratin == "yes":
        return "wool and hair"
    return FAMILIES.get(fibre.cff or "", fibre.cff or "")


def _from_virgin(
    loaded: LoadedScenario, inventory: Inventory, others: Mapping[str, str]
) -> ProductModel:
    """Resolve the scenario with virgin in place of recycled fibre, some of it of another name."""
    scenario = loaded.scenario

    def swapped(blend: list[BlendLine]) -> list[BlendLine]:
        return [
            virgin_line(line, inventory, others.get(line.fibre))
            if line.origin in RECYCLED_ORIGINS
            else line
            for line in blend
        ]

    if scenario.yarns:
        yarns = [y.model_copy(update={"blend": swapped(y.blend)}) for y in scenario.yarns]
        changed = scenario.model_copy(update={"yarns": yarns})
    else:
        changed = scenario.model_copy(update={"blend": swapped(scenario.blend)})
    return resolve(LoadedScenario(changed, loaded.document), inventory, examined=False)


def virgin_line(line: BlendLine, inventory: Inventory, fibre: Optional[str] = None) -> BlendLine:
    """Give the virgin counterpart of a recycled line of a blend, of another fibre if one is named."""
    supply = inventory.fibres[line.fibre].supplies.get(line.origin)
    colour = line.colour or (supply.colour if supply else None)
    return line.model_copy(
        update={
            "fibre": fibre or line.fibre,
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
    """Give the same product with the location-based mix alone; None when it has no other.

    Photovoltaics of the mill's own are taken out too.
    """
    contract = loaded.scenario.electricity
    if contract.from_grid:
        return None
    plain = contract.model_copy(
        update={"contract": "grid", "dataset": None, "photovoltaic": Fraction(0)}
    )
    scenario = loaded.scenario.model_copy(update={"electricity": plain})
    return resolve(LoadedScenario(scenario, loaded.document), inventory, examined=False)
