"""What a fibre is bought as and how it comes: supply, dataset, transport."""

from __future__ import annotations

from lca_cardato.errors import nearest
from lca_cardato.inventory.kinds import choices, supplied
from lca_cardato.inventory.records import OWN
from lca_cardato.inventory.tables import Fibre, Supply
from lca_cardato.model.context import Context
from lca_cardato.model.parameters import Parameter, from_datum
from lca_cardato.scenario.models import BlendLine
from lca_cardato.sentence import say


def supply_of(context: Context, entry: BlendLine, fibre: Fibre, path: tuple) -> Supply:
    """Give what a fibre of an origin is bought as, or note that nothing is known."""
    origin = "virgin" if entry.origin == "undeclared" else entry.origin
    if entry.origin == "undeclared":
        context.warnings.append(("origin_undeclared", {"fibre": fibre.name}))
    found = fibre.supplies.get(origin)
    if found is None:
        valid = supplied(context.inventory, entry.fibre, origin)
        if entry.dataset in valid:
            return Supply(dataset=str(entry.dataset))
        hint = say("known: {names}", names=[key for key in fibre.supplies if key != entry.origin])
        if valid:
            hint = say("{known}; or name a `dataset`: {names}", known=hint, names=valid[:8])
        context.problem(
            "E307",
            say("no supply of {fibre} with origin {origin}", fibre=entry.fibre, origin=origin),
            path + ("origin",),
            entry.origin,
            hint,
        )
        found = next(iter(fibre.supplies.values()))
    return found


def fibre_dataset(context: Context, entry: BlendLine, supply: Supply, path: tuple) -> str:
    """Give the dataset of a blend line, or note why the one that is named can't be it."""
    if entry.dataset is not None:
        valid = supplied(context.inventory, entry.fibre, entry.origin)
        record = context.inventory.datasets.get(entry.dataset)
        if record is None:
            context.problem(
                "E307", say("dataset is not in the inventories"), path + ("dataset",),
                entry.dataset, choices(entry.dataset, valid, context.inventory),
            )  # fmt: skip
        elif record.product.unit != "kg":
            context.problem(
                "E308", say("a fibre dataset must be per kg"), path + ("dataset",), entry.dataset,
                choices(entry.dataset, valid, context.inventory),
            )  # fmt: skip
        elif entry.dataset not in valid:
            layer = context.inventory.layer_of.get(("datasets", entry.dataset))
            said = "virgin" if entry.origin == "undeclared" else entry.origin
            context.problem(
                "E347",
                say(
                    "this dataset does not supply {fibre} of origin {origin}",
                    fibre=entry.fibre,
                    origin=said,
                ),
                path + ("dataset",),
                entry.dataset,
                choices(entry.dataset, valid, context.inventory)
                if layer != OWN
                else say(
                    "a dataset of your own says what it delivers: "
                    "`supplies: [{{fibre: {fibre}, origin: {origin}}}]` in its record",
                    fibre=entry.fibre,
                    origin=said,
                ),
            )
        if entry.handling is not None:
            context.problem(
                "E316",
                say(
                    "`handling` chooses between the datasets of the inventories; with a `dataset` of "
                    "its own there is nothing to choose"
                ),
                path + ("handling",),
                entry.handling,
            )
        return entry.dataset if record is not None else supply.dataset
    if entry.handling is not None:
        chosen = supply.handling.get(entry.handling)
        if chosen is None:
            context.problem(
                "E307", say("no dataset for this co-product handling"), path + ("handling",),
                entry.handling, say("known: {names}", names=list(supply.handling) or say("none")),
            )  # fmt: skip
            return supply.dataset
        return chosen
    return supply.dataset


def legs(
    context: Context, key: str, entry: BlendLine, supply: Supply, path: tuple
) -> list[tuple[str, str]]:
    """Give the ways of a fibre to Prato: (dataset, key of the distance)."""
    modes = context.inventory.transport_modes
    result = []
    if entry.transport is not None:
        for index, leg in enumerate(entry.transport):
            name = f"{key}.transport.{index}"
            line = context.document.position(path + ("transport", index))[0]
            context.bound[path + ("transport", index, "distance")] = name
            context.parameters[name] = Parameter(
                name, leg.distance.amount, "km", "supplier", "scenario",
                file=context.document.name, line=line,
            )  # fmt: skip
            result.append((modes[leg.mode], name))
        return result
    wanted = entry.place or supply.place
    if wanted is None:
        return []
    found = context.inventory.place_named(wanted)
    if found is None and context.inventory.municipality_named(wanted):
        found = context.inventory.place_named("tuscany")
    if found is None:
        names = [n for p in context.inventory.places.values() for n in p.names]
        context.problem(
            "E307", say("place is not known; give `transport` (mode, distance)"),
            path + ("place",), wanted, nearest(wanted, names),
        )  # fmt: skip
        return []
    for index, stage in enumerate(found[1].legs):
        name = f"{key}.transport.{index}"
        where = context.inventory.where[("places", found[0])]
        datum = stage.datum(found[1].country)
        context.parameters[name] = from_datum(
            name, datum, where, stream=f"{found[0]}.transport.{index}"
        )
        result.append((modes[stage.mode], name))
    return result
