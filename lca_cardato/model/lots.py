"""Lots of others in a product: their datasets, their steps, and the kilograms that are used."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional

from lca_cardato.inventory.datum import Datum, Names, Source
from lca_cardato.inventory.models import Dataset
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.supplied import Told
from lca_cardato.lcia.flows import FAMILIES
from lca_cardato.model.context import Context
from lca_cardato.model.massflow import total
from lca_cardato.model.parameters import Parameter
from lca_cardato.model.steps import StepResolver
from lca_cardato.model.structure import Line, ProductModel, StepUse
from lca_cardato.model.system import product_flows
from lca_cardato.scenario.lots import NamedLot, named_lots
from lca_cardato.scenario.models import BlendLine, StepEntry
from lca_cardato.sentence import say
from lca_cardato.words.said import Said

if TYPE_CHECKING:
    from lca_cardato.lots.models import LotSheet, Whole

WIDTH = 2 * 1.959964
"""Standard deviations between the ends of a 95 % interval."""
SUPPLIED = "supplied"
"""Layer of these datasets."""
WORK = "lot"
"""Last part of the key of the figure that takes a lot."""


def with_lots(inventory: Inventory, lots: Mapping[str, NamedLot]) -> Inventory:
    """Give the inventory with a dataset for each lot sheet; the same where it has them all.

    Parameters
    ----------
    inventory : Inventory
    lots : mapping
        Sheets of a scenario, as `lca_cardato.scenario.lots.read_lots` leaves them in its document.
    """
    new = {key: one for key, one in named_lots(lots).items() if key not in inventory.datasets}
    if not new:
        return inventory
    return replace(
        inventory,
        datasets={**inventory.datasets, **{k: _dataset(k, one.sheet) for k, one in new.items()}},
        sources={**inventory.sources, **{k: _source(one.sheet) for k, one in new.items()}},
        where={
            **inventory.where,
            **{("datasets", k): (one.file.name, 0) for k, one in new.items()},
        },
        layer_of={**inventory.layer_of, **{("datasets", k): SUPPLIED for k in new}},
        supplied={**inventory.supplied, **{k: _told(one.sheet) for k, one in new.items()}},
    )


def _names(sheet: LotSheet) -> Names:
    """Name the dataset of a sheet in both languages."""
    return Names(
        en=f"lot {sheet.lot} of {sheet.firm.name}", it=f"partita {sheet.lot} di {sheet.firm.name}"
    )


def _source(sheet: LotSheet) -> Source:
    return Source(
        title=f"Lot sheet {sheet.lot}", authors=sheet.firm.name, year=int(sheet.issued[:4]),
        licence="of the firm", kind="datasheet", read="full", basis="calculated",
    )  # fmt: skip


def _dataset(key: str, sheet: LotSheet) -> Dataset:
    year = sheet.year or int(sheet.issued[:4])
    results = {
        name: Datum.model_validate({
            "amount": repr(row.value), "unit": row.unit, "source": key, "at": "footprint.whole",
            "year": year, "geography": "IT", "class": "supplier", "uncertainty": _spread(row),
        })
        for name, row in sheet.footprint.whole.items()
    }  # fmt: skip
    return Dataset(
        name=_names(sheet), kind="published_result", category="material",
        product={"name": sheet.product.name, "unit": "kg"}, geography="IT", year=year,
        inventoried_for=list(FAMILIES), results=results,
    )  # fmt: skip


def _spread(row: Whole) -> dict[str, str]:
    """Distribution of a figure: a lognormal as wide as the interval that the sheet states."""
    low, high, value = row.low or 0.0, row.high or 0.0, row.value
    if value > 0 and low > 0 and high > low:
        gsd = (high / low) ** (1 / WIDTH)
        if gsd > 1.0005:
            return {"distribution": "lognormal", "gsd": f"{gsd:.6g}"}
    return {"distribution": "none"}


def _told(sheet: LotSheet) -> dict[str, Told]:
    return {
        name: Told(row.value, row.coverage, row.coverage_by_climate, row.classes.get("assumed", 0.0))
        for name, row in sheet.footprint.whole.items()
    }  # fmt: skip


def figure(context: Context, key: str, found: NamedLot) -> str:
    """Add the figure by which 1 kg of a product takes 1 kg of a lot, as data of the supplier."""
    name = f"{key}.{WORK}"
    context.parameters[name] = Parameter(
        name, Fraction(1), "kg/kg", "supplier", "scenario", file=context.document.name,
        source=found.dataset,
    )  # fmt: skip
    return name


def bare_step(context: Context, key: str, name: str, entry: Optional[StepEntry]) -> StepUse:
    """Give a step whose figures stand in a lot sheet: only where it is done, and by whom."""
    item = entry or StepEntry(operator="contract")
    return StepUse(
        key=key, id=name, step=context.inventory.steps[name], municipality=item.municipality,
        operator=item.operator, company=item.company, declared=True,
    )  # fmt: skip


def worked(
    context: Context, key: str, name: str, entry: StepEntry, path: tuple, nm: Fraction,
    lines: Optional[list[Line]] = None, fibre: str = "",
) -> StepUse:  # fmt: skip
    """Give a step of a contract processor who hands over a lot sheet.

    The last of its steps takes the work, per kg that leaves it; what is lost on the way is the
    customer's own material, so a loss is its own figure or the default.
    """
    typed = str(entry.lot)
    found: NamedLot = context.document.lots[typed]
    use = bare_step(context, key, name, entry)
    use.lot = typed
    covered = [one.step for one in found.sheet.steps if one.of is None]
    if fibre or name not in covered or found.sheet.product.kind != "processing":
        context.problem(
            "E386", say("the sheet is not of this step; it holds {steps}", steps=covered),
            (*path, "lot"), typed, say("name it at one of its own steps"),
        )  # fmt: skip
        return use
    if entry.company != found.sheet.firm.name or entry.operator != "contract":
        context.problem(
            "E386", say("the sheet is of {firm}", firm=found.sheet.firm.name), (*path, "company"),
            entry.company or "", say("leave out who did it; it stands in the lot sheet"),
        )  # fmt: skip
    for word in ("electricity", "heat", "water_in", "water_out", "chemicals", "document"):
        if getattr(entry, word):
            context.problem(
                "E386", say("this stands in the lot sheet"), (*path, word), hint=say("leave it out here")
            )  # fmt: skip
    step, where = use.step, context.inventory.where[("steps", name)]
    StepResolver(context).losses(use, entry, step, path, where, nm, lines, fibre)
    if name == max(covered, key=context.inventory.step_rank):
        use.work, use.dataset = figure(context, key, found), found.dataset
    return use


def known_steps(context: Context, names: Any, path: tuple, level: tuple[str, ...]) -> list[str]:
    """Give the steps of a sheet that this inventory has at a level, in the order of the process."""
    found = []
    for name in names:
        step = context.inventory.steps.get(name)
        if step is None or step.level not in level:
            context.problem(
                "E386", say("the sheet names a step that is not known here"), path, str(name),
                say("ask for a sheet by this release"),
            )  # fmt: skip
        else:
            found.append(name)
    return sorted(found, key=context.inventory.step_rank)


def bought_line(
    context: Context, key: str, index: int, entry: BlendLine, path: tuple, found: NamedLot, combed: bool
) -> Optional[Line]:  # fmt: skip
    """Give a fibre of a bought yarn: its burden is that of the lot.

    Returns
    -------
    Line or None
        None where the fibre is not known, which is noted.
    """
    fibre = context.inventory.fibres.get(entry.fibre)
    if fibre is None:
        context.problem(
            "E386", say("the sheet names a fibre that is not known here"), (*path, "fibre"), entry.fibre,
            say("ask for a sheet by this release"),
        )  # fmt: skip
        return None
    origin = "virgin" if entry.origin == "undeclared" else entry.origin
    supply = fibre.supplies.get(origin) or next(iter(fibre.supplies.values()))
    names = known_steps(context, entry.steps, (*path, "steps"), ("fibre",))
    regain = fibre.regain.combed if combed and fibre.regain.combed else fibre.regain.carded
    return Line(
        key=key, index=index, entry=entry, fibre=fibre, supply=supply, dataset=found.dataset,
        virgin_dataset=None, colour=entry.colour or "undyed", regain=Fraction(regain),
        steps=[bare_step(context, f"{key}/{n}", n, entry.steps.get(n)) for n in names], legs=[],
        taken=figure(context, key, found),
    )  # fmt: skip


def used_kilograms(model: ProductModel) -> Iterator[tuple[str, Fraction]]:
    """Work out how much of each sheet a kilogram of the product takes.

    Yields
    ------
    tuple of (str, Fraction)
        Name of the sheet as typed, and kg per kg of product.
    """
    exact = {key: Fraction(item.amount) for key, item in model.parameters.items()}
    _, fabric = product_flows(model, exact)
    for place, yarn in enumerate(model.yarns):
        if yarn.lot:
            yield yarn.lot, Fraction(1) if fabric is None else Fraction(fabric.into[0][place])
    yield from contracted_kilograms(model)


def contracted_kilograms(model: ProductModel) -> Iterator[tuple[str, Fraction]]:
    """Work out the same of the sheets of contract processors alone."""
    if not any(use.work for use in model.all_steps()):
        return
    exact = {key: Fraction(item.amount) for key, item in model.parameters.items()}
    yarns, fabric = product_flows(model, exact)
    for place, yarn in enumerate(model.yarns):
        share = Fraction(1) if fabric is None else Fraction(fabric.into[0][place])
        for number, use in enumerate(yarn.steps):
            if use.work:
                yield use.lot, share * Fraction(total(yarns[yarn.name].out[number]))
    for number, use in enumerate(model.fabric_steps):
        if use.work and fabric is not None:
            yield use.lot, Fraction(total(fabric.out[number]))


def held_to_lots(context: Context, model: ProductModel, places: Mapping[str, tuple]) -> None:
    """Refuse a batch that takes more of a lot than was delivered of it."""
    batch = model.scenario.product.batch
    if batch is None or not batch.amount:
        return
    from lca_cardato.lots.sheet import kilograms

    used: dict[str, Fraction] = {}
    for typed, share in used_kilograms(model):
        used[typed] = used.get(typed, Fraction(0)) + share * Fraction(batch.amount)
    for typed, mass in used.items():
        sheet = context.document.lots[typed].sheet
        if mass > sheet.delivered.kg:
            context.problem(
                "E385",
                say(
                    "the batch takes {mass} kg of lot {lot}, and {kg} kg of it were delivered",
                    mass=kilograms(mass), lot=sheet.lot, kg=kilograms(sheet.delivered.kg),
                ),
                places[typed], typed,
                say("name the sheets of all lots that went into the batch, or a smaller batch"),
            )  # fmt: skip


def lot_warnings(lots: Mapping[str, NamedLot]) -> list[tuple[str, dict[str, Any]]]:
    """Tell what is known of who made the sheets, and what their own runs leave open."""
    found: list[tuple[str, dict[str, Any]]] = []
    for one in named_lots(lots).values():
        named = {"lot": Said(one.sheet.lot), "firm": Said(one.sheet.firm.name)}
        found.append((f"lot_{one.standing}", named))
        if one.sheet.standing.questions:
            count = str(one.sheet.standing.questions)
            found.append(("lot_questions", {**named, "count": count}))
        if one.sheet.standing.own_data:
            found.append(("lot_own_data", named))
    return found
