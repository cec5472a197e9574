"""Inventory records as cards that a textile LCA expert can read."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any, Optional, Sequence, Union

from rich.console import Console
from rich.text import Text

from lca_cardato.errors import InputError, nearest
from lca_cardato.inventory.kinds import supplied
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.report.formats.terminal import listing
from lca_cardato.report.screens import limits
from lca_cardato.sentence import say
from lca_cardato.words.find import one_of, proposal
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.inventory.datum import Datum, Names, Uncertainty
    from lca_cardato.inventory.models import Dataset, Need, Step
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.inventory.tables import Literature

Figures = list[tuple[str, str, Any]]
"""Kind, name and datum of each figure of a record."""


ORIGINS = ("virgin", "recycled_post_consumer", "recycled_pre_consumer")


def number(value: float) -> str:
    """Write a number with three significant digits, without an exponent where it can be."""
    if value == 0 or not 1e-3 <= abs(value) < 1e6:
        return f"{value:.3g}"
    return f"{value:.{max(0, 2 - floor(log10(abs(value))))}f}"


def spread(item: Uncertainty) -> str:
    """Write a distribution shortly."""
    if item.distribution == "lognormal":
        return f"lognormal, gsd {float(item.gsd or 0):g}"
    if item.distribution == "normal":
        return f"normal, sd {float(item.sd or 0):g}"
    if item.distribution == "none":
        return "exact"
    return f"{item.distribution} {float(item.min or 0):g} to {float(item.max or 0):g}"


def origin(datum: Datum) -> str:
    """Say where a figure was read, or why it was assumed."""
    if datum.class_ == "assumed":
        return datum.reason
    where = f"{datum.source or ''}{', ' + datum.at if datum.at else ''}"
    return where or datum.note


def amount(datum: Datum) -> str:
    """Write the amount, or the formula in its place."""
    if datum.formula is not None:
        inside = ", ".join(f"{k} = {float(v):g}" for k, v in datum.formula.parameters.items())
        return f"{datum.formula.name}({inside})"
    return f"{float(datum.amount or 0):.4g}"


def users(inventory: Inventory, key: str) -> list[str]:
    """List the datasets, steps and fibres that use a dataset or step."""
    found = [
        f"dataset {name}"
        for name, dataset in inventory.datasets.items()
        if any(e.input == key for e in dataset.exchanges)
    ]
    for name, step in inventory.steps.items():
        linked = [datum.input for _, datum in step.data()] + [step.waste_to]
        linked += [datum.supply for _, datum in step.data()]
        if key in linked:
            found.append(f"step {name}")
    for name, fibre in inventory.fibres.items():
        for kind, supply in fibre.supplies.items():
            if key in (supply.dataset, *supply.steps, *supply.handling.values()):
                found.append(f"fibre {name}, {kind}")
    for name, system in inventory.systems.items():
        if key in (*system.steps, *system.plied):
            found.append(f"system {name}")
    return found


def list_records(inventory: Inventory, words: Language, console: Console, text: str = "") -> None:
    """Print a line per dataset, step and limit, with how much of it is assumed."""
    rows: list[tuple[Names, list[str]]] = []
    for key, dataset in sorted(inventory.datasets.items()):
        where = [dataset.product.unit, dataset.geography, str(dataset.year)]
        assumed = _assumed([*dataset.exchanges, *dataset.results.values()])
        rows.append((dataset.name, [key, dataset.kind.replace("_", " "), *where, assumed]))
    for key, step in inventory.steps.items():
        assumed = _assumed([datum for _, datum in step.data()])
        rows.append((step.name, [key, f"step, {step.level}", "kg", "", "", assumed]))
    for key, limit in inventory.limits.items():
        where = [limit.unit, limit.geography, str(limit.year), _assumed([limit])]
        rows.append((limit.name, [key, "limit", *where]))
    found = [
        [*cells, getattr(name, words.lang)]
        for name, cells in rows
        if text.casefold() in f"{cells[0]} {name.en} {name.it}".casefold()
    ]
    if not found:
        names = [*inventory.datasets, *inventory.steps, *inventory.limits]
        raise InputError.one(
            "E307", say("no dataset, step or limit holds this text"), value=text,
            suggestion=nearest(text, names),
        )  # fmt: skip
    table = listing(("id", "kind", "unit", "where", "year", "assumed", "name"), found)
    table.columns[0].overflow = "fold"
    console.print(table)


def _assumed(figures: list[Any]) -> str:
    """Say how many of some figures are assumed."""
    return f"{sum(figure.class_ == 'assumed' for figure in figures)}/{len(figures)}"


def _meant(inventory: Inventory, typed: str) -> str:
    """Id of a record, by its id or its name in either language.

    Raises
    ------
    InputError
        ``E307`` when nothing has this id or name, or several have.
    """
    names: dict[str, list[str]] = {}
    for records in (
        inventory.steps, inventory.fibres, inventory.systems, inventory.datasets, inventory.limits,
        inventory.sources,
    ):  # fmt: skip
        for key, item in records.items():
            name: Any = getattr(item, "name", None)
            names.setdefault(key, []).extend([name.en, name.it] if name else [])
    key = one_of(typed, names)
    if not key:
        text = say("no dataset, step, system, fibre, limit or source has this id or name")
        raise InputError.one("E307", text, value=typed, suggestion=proposal(typed, names))
    return key


def show_record(
    inventory: Inventory,
    key: str,
    background: Optional[Background],
    words: Language,
    console: Console,
) -> None:
    """Print a dataset, a step, a limit or a source as a card.

    Raises
    ------
    InputError
        ``E307`` when nothing has this id or name.
    """
    item: Union[Dataset, Step]
    key = _meant(inventory, key)
    if key in inventory.datasets:
        kind, item = "datasets", inventory.datasets[key]
        told, rows = _dataset(item, inventory, key, words)
    elif key in inventory.steps:
        kind, item = "steps", inventory.steps[key]
        (told, rows), background = _step(item, words), None
    elif key in inventory.limits:
        _limit(inventory, key, words, console)
        return
    elif key in inventory.sources:
        _source(inventory, key, console)
        return
    else:
        show_reference(inventory, key, words, console)
        return
    console.print(Text(f"{key}  {getattr(item.name, words.lang)}", style="bold"))
    told = {**told, "note": item.note, "file": ":".join(map(str, inventory.where[kind, key]))}
    for label, text in told.items():
        _line(console, label, text)
    heads = ("", "figure", "amount", "unit", "class", "uncertainty", "year", "from")
    figures = [
        [kind, name, amount(datum), datum.unit, datum.class_, spread(datum.uncertainty),
         f"{datum.year} {datum.geography}", origin(datum)]
        for kind, name, datum in rows
    ]  # fmt: skip
    console.print(listing(heads, figures))
    for _, name, datum in rows:
        if datum.note:
            console.print(Text(f"{name}: {datum.note}", style="dim"))
    if background is not None:
        scores = _scores(background, background.rows[key], words)
        console.print(listing(("score per unit", "value", "unit", "coverage", "assumed"), scores))
    _published(inventory, key, background, console)
    _line(console, "used by", "; ".join(users(inventory, key)))
    for source in sorted({datum.source for _, _, datum in rows if datum.source}):
        _source(inventory, source, console)


def _limit(inventory: Inventory, key: str, words: Language, console: Console) -> None:
    limit = inventory.limits[key]
    console.print(Text(f"{key}  {getattr(limit.name, words.lang)}", style="bold"))
    told = {**limits.about(limit, words), "note": limit.note}
    told["file"] = ":".join(map(str, inventory.where["limits", key]))
    for label, text in told.items():
        _line(console, label, text)
    console.print(limits.table(limit, words))
    if limit.source:
        _source(inventory, limit.source, console)


def show_reference(inventory: Inventory, key: str, words: Language, console: Console) -> None:
    """Print a system with the steps that it needs, or a fibre with the datasets that supply it."""
    told: dict[str, str] = {}
    if key in inventory.systems:
        section, system = "systems", inventory.systems[key]
        name = system.name
        told["steps"] = ", ".join(system.steps)
        told["steps when plied"] = ", ".join(system.plied)
        told["needed"] = needed(system.needed, words)
    else:
        section, fibre = "fibres", inventory.fibres[key]
        name = fibre.name
        told["name on the label"] = getattr(fibre.label, words.lang)
        for origin in ORIGINS:
            told[origin] = ", ".join(supplied(inventory, key, origin))
    console.print(Text(f"{key}  {getattr(name, words.lang)}", style="bold"))
    for label, text in told.items():
        _line(console, label, text)
    _line(console, "file", ":".join(map(str, inventory.where[section, key])))


def needed(needs: Sequence[Need], words: Language) -> str:
    """Say which steps are needed and why."""
    found = []
    for need in needs:
        when = f", with {' or '.join(need.when)}" if need.when else ""
        source = f" ({need.source}, {need.at})" if need.source else ""
        reason = getattr(need.reason, words.lang)
        found.append(f"{' or '.join(need.one_of)}{when}: {reason}{source}")
    return "; ".join(found)


def _line(console: Console, label: str, text: str) -> None:
    if text:
        console.print(Text(f"{label}: ", style="dim") + Text(text))


def _dataset(
    item: Dataset, inventory: Inventory, key: str, words: Language
) -> tuple[dict[str, str], Figures]:
    fibres = {
        f"{fibre}, {origin}" for fibre in inventory.fibres for origin in ORIGINS
        if key in supplied(inventory, fibre, origin)
    } if item.product.unit == "kg" else set()  # fmt: skip
    told = {
        "kind": item.kind.replace("_", " "),
        "category": (item.category or "").replace("_", " "),
        "supplies": "; ".join(sorted(fibres)),
        "holds": ", ".join(item.passed),
        "needs": needed(item.needed, words),
        "makes": f"1 {item.product.unit} of {item.product.name}",
        "where, when": f"{item.geography}, {item.year}",
        "technology": item.technology,
        "inventoried for": ", ".join(item.inventoried_for),
    }
    rows: Figures = []
    for exchange in item.exchanges:
        if exchange.input:
            rows.append(("input", exchange.input, exchange))
        else:
            kind = "emission" if exchange.emission else "resource"
            rows.append((kind, f"{exchange.flow[0]} / {'/'.join(exchange.flow[1])}", exchange))
    return told, rows + [("result", name, datum) for name, datum in item.results.items()]


def _step(item: Step, words: Language) -> tuple[dict[str, str], Figures]:
    told = {
        "kind": f"step of the {item.level}, stage {words(item.stage)}",
        "technology": item.technology,
        "inventoried for": ", ".join(item.inventoried_for),
        "waste goes to": item.waste_to or "",
    }
    rows: Figures = []
    for name, datum in item.data():
        rows.append((f"per {datum.per}", name, datum))
        rows += [("", f"{name} of {fibre}", other) for fibre, other in datum.by_fibre.items()]
    return told, rows


def _scores(background: Background, row: int, words: Language) -> list[list[str]]:
    """Scores of a unit of a dataset, with how much is inventoried and how much is assumed."""
    found = []
    for column, name in enumerate(background.indicators):
        value = float(background.scores[row, column])
        covered = coverage(background, row, column)
        if covered:
            share = float(background.assumed[row, column]) / value if value else 0.0
            found.append([
                words(name).strip(), f"{value:.4g}", BY_ID[name].unit, f"{covered * 100:.0f} %",
                f"{share * 100:.0f} %",
            ])  # fmt: skip
    return found


def coverage(background: Background, row: int, column: int) -> float:
    """Share of a dataset and of what stands behind it that is booked for an indicator."""
    weight, climate = float(background.weight[row, column]), float(background.climate[row])
    if weight:
        return float(background.covered[row, column]) / weight
    return float(background.covered_climate[row, column]) / climate if climate else 1.0


def _published(
    inventory: Inventory, key: str, background: Optional[Background], console: Console
) -> None:
    """Compare with what others published about the same dataset or step."""
    about = {
        name: item
        for name, item in inventory.literature.items()
        if item.dataset == key or item.steps == [key]
    }
    if not about:
        return
    from lca_cardato.studies.literature import step_figure, to_unit

    rows = []
    for item in about.values():
        ours = ""
        if item.steps:
            own = step_figure(inventory, item.steps, item.quantity, item.count or "")
            ours = number(to_unit(own, item))
        elif background is not None:
            column = background.indicators.index(item.quantity)
            ours = number(to_unit(float(background.scores[background.rows[key], column]), item))
        rows.append([
            item.quantity.replace("_", " "), published(item), ours, item.unit, item.taken,
            f"{item.source}, {item.at}", item.scope,
        ])  # fmt: skip
    heads = ("published elsewhere", "value", "ours", "unit", "taken", "from", "scope")
    console.print(listing(heads, rows))
    for item in about.values():
        console.print(Text(f"{item.source}: {item.note}", style="dim"))


def published(record: Literature) -> str:
    """Write a published value with its range."""
    parts = [] if record.amount is None else [number(float(record.amount))]
    if record.min is not None and record.max is not None:
        between = f"{number(float(record.min))} to {number(float(record.max))}"
        parts.append(f"({between})" if parts else between)
    return " ".join(parts)


def _source(inventory: Inventory, key: str, console: Console) -> None:
    item = inventory.sources[key]
    address = f"https://doi.org/{item.doi}" if item.doi else item.url
    console.print(
        Text(f"[{key}] ", style="bold")
        + Text(
            f"{item.authors} ({item.year}). {item.title}. {item.publisher}. {address} "
            f"Licence: {item.licence}. Read: {item.read}. {item.note}".rstrip()
        )
    )
