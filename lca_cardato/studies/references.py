"""The same product in another way: from virgin fibre, or with the mix of the grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Optional

from lca_cardato.errors import InputError
from lca_cardato.inventory.kinds import supplied
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.tables import Fibre
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.models import RECYCLED_ORIGINS, BlendLine, Scenario, Yarn

GRID_ALONE = {"contract": "grid", "dataset": None, "photovoltaic": Fraction(0)}
FAMILIES = {"synthetic": "man-made", "pet-bottle": "man-made"}
"""Record for recycled material -> family of fibres; any other record is a family of its own."""


@dataclass(frozen=True)
class Swap:
    """What is taken in place of a recycled fibre; the default supply without a dataset."""

    fibre: str
    dataset: Optional[str] = None
    undyed: bool = False


@dataclass(frozen=True)
class Alternative:
    """The virgin reference with another fibre of the same family in place of a recycled one.

    Attributes
    ----------
    replaced : str
        Id of the recycled fibre, as the scenario calls it.
    fibre : str
        Id of the virgin fibre that is taken; the same one first.
    dataset : str
        Its supply.
    undyed : bool
        Whether it is left undyed where a shade-sorted fibre is replaced.
    model : ProductModel
    """

    replaced: str
    fibre: str
    dataset: str
    undyed: bool
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
    if scenario.product.boundary == "gate_to_gate" or _bought(scenario):
        return []
    lines = [line for yarn in scenario.all_yarns() for line in yarn.blend]
    return list(dict.fromkeys(line.fibre for line in lines if line.origin in RECYCLED_ORIGINS))


def _bought(scenario: Scenario) -> bool:
    """Whether recycled fibre came in a lot of somebody else, whose virgin counterpart nobody knows."""
    return any(
        yarn.lot and any(line.origin in RECYCLED_ORIGINS for line in yarn.blend)
        for yarn in scenario.yarns
    )


def virgin_alternatives(loaded: LoadedScenario, inventory: Inventory) -> list[Alternative]:
    """Make the virgin reference with each other virgin fibre that a recycled one could stand for.

    What a recycled fibre was before is stated by the mill. A costly fibre makes the reference
    larger, so the other supplies of the fibre (where it grew, how its burden is shared with meat),
    each dyed and undyed where the recycled fibre brings its shade along, and the fibres of the
    same family (wool and hair, other natural fibres, man-made ones) stand beside it.

    Parameters
    ----------
    loaded : LoadedScenario
        Of a product that has a `virgin_reference`.
    inventory : Inventory

    Returns
    -------
    list of Alternative
        By recycled fibre: those of its label, then the others, in the order of the inventories.
        Fibres with which the route can't be resolved are left out.
    """
    found = []
    for name in recycled_fibres(loaded):
        for swap in _swaps(loaded, name, inventory):
            try:
                model = _from_virgin(loaded, inventory, {name: swap})
            except InputError:
                continue
            dataset = swap.dataset or inventory.fibres[swap.fibre].supplies["virgin"].dataset
            found.append(Alternative(name, swap.fibre, dataset, swap.undyed, model))
    return found


def _swaps(loaded: LoadedScenario, name: str, inventory: Inventory) -> list[Swap]:
    """What can stand in place of a recycled fibre, without the stated one."""
    own, fibres = inventory.fibres[name], inventory.fibres
    family = [f for f, r in fibres.items() if _family(r) == _family(own) and _virgin(inventory, f)]
    alike = [f for f in family if f == name or fibres[f].label == own.label]
    swaps = [Swap(f) for f in alike]
    swaps += [Swap(name, dataset) for dataset in other_supplies(inventory, name)]
    if any(
        line.fibre == name and _colour(line, inventory) == "shade_sorted"
        for yarn in loaded.scenario.all_yarns()
        for line in yarn.blend
        if line.origin in RECYCLED_ORIGINS
    ):
        swaps += [replace(one, undyed=True) for one in swaps]
    return [one for one in swaps if one != Swap(name)] + [Swap(f) for f in family if f not in alike]


def other_supplies(inventory: Inventory, fibre: str) -> list[str]:
    """Virgin supplies of a fibre beside the default one, as they reach a blend without a step.

    Tops and other material that has passed a step of the yarn are left out.
    """
    default = inventory.fibres[fibre].supplies["virgin"].dataset
    found = []
    for key in supplied(inventory, fibre, "virgin"):
        record = inventory.datasets[key]
        ready = all(inventory.steps[step].level == "fibre" for step in record.passed)
        if key != default and ready and not record.needed and record.product.unit == "kg":
            found.append(key)
    return found


def _place(inventory: Inventory, fibre: str, dataset: str) -> Optional[str]:
    """Place that a supply comes from: the least specific one of its country.

    None, for the default of the fibre, where that lies in the country, or none does.
    """
    country = inventory.datasets[dataset].geography
    default = inventory.places.get(inventory.fibres[fibre].supplies["virgin"].place or "")
    found = [key for key, place in inventory.places.items() if place.country == country]
    if not found or (default is not None and default.country == country):
        return None

    def width(key: str) -> Fraction:
        return sum((leg.max - leg.min for leg in inventory.places[key].legs), Fraction(0))

    return max(found, key=width)


def _virgin(inventory: Inventory, fibre: str) -> bool:
    record = inventory.fibres.get(fibre)
    return record is not None and "virgin" in record.supplies


def _family(fibre: Fibre) -> str:
    if fibre.keratin == "yes":
        return "wool and hair"
    return FAMILIES.get(fibre.cff or "", fibre.cff or "")


def _from_virgin(
    loaded: LoadedScenario, inventory: Inventory, others: Mapping[str, Swap]
) -> ProductModel:
    """Resolve the scenario with virgin in place of recycled fibre, some of it another one."""
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
    return resolve(
        LoadedScenario(changed, loaded.document, readings=loaded.readings),
        inventory,
        examined=False,
    )


def virgin_line(line: BlendLine, inventory: Inventory, swap: Optional[Swap] = None) -> BlendLine:
    """Give the virgin counterpart of a recycled line of a blend, another one if it is named."""
    fibre = swap.fibre if swap else line.fibre
    dataset = swap.dataset if swap else None
    colour = _colour(line, inventory)
    if colour == "shade_sorted":
        colour = "undyed" if swap and swap.undyed else "to_dye"
    return line.model_copy(
        update={
            "fibre": fibre,
            "origin": "virgin",
            "dataset": dataset,
            "handling": None,
            "place": _place(inventory, fibre, dataset) if dataset else None,
            "transport": None,
            "steps": {},
            "colour": colour,
        }
    )


def _colour(line: BlendLine, inventory: Inventory) -> Optional[str]:
    supply = inventory.fibres[line.fibre].supplies.get(line.origin)
    return line.colour or (supply.colour if supply else None)


def grid_reference(loaded: LoadedScenario, inventory: Inventory) -> Optional[ProductModel]:
    """Give the same product with the location-based mix alone; None when it has no other.

    Photovoltaics of the mill's own are taken out too.
    """
    if loaded.scenario.from_grid:
        return None
    yarns = [_from_grid(yarn) for yarn in loaded.scenario.yarns]
    plain = loaded.scenario.electricity.model_copy(update=GRID_ALONE)
    scenario = loaded.scenario.model_copy(update={"electricity": plain, "yarns": yarns})
    again = LoadedScenario(scenario, loaded.document, readings=loaded.readings)
    return resolve(again, inventory, examined=False)


def _from_grid(yarn: Yarn) -> Yarn:
    """Give a yarn spun with the location-based mix."""
    source = yarn.yarn
    if source is None or source.electricity is None:
        return yarn
    plain = source.electricity.model_copy(update=GRID_ALONE)
    return yarn.model_copy(update={"yarn": source.model_copy(update={"electricity": plain})})
