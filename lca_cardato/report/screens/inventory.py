"""Inventory records as cards that a textile LCA expert can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lca_cardato.errors import InputError, nearest
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.inventory.datum import Datum, Names, Uncertainty
    from lca_cardato.inventory.models import Dataset, Step
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.inventory.tables import Literature


def number(value: float) -> str:
    """Write a number with three significant digits, without an exponent where it can be."""
    if value == 0 or not 1e-3 <= abs(value) < 1e6:
        return f"{value:.3g}"
    from math import floor, log10

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
    """Print a line per dataset and step, with how much of it is assumed."""
    table = Table(
        "id", "kind", "unit", "where", "year", "assumed", "name", box=None, pad_edge=False
    )
    table.columns[0].overflow = "fold"

    def wanted(key: str, names: Names) -> bool:
        return text.casefold() in f"{key} {names.en} {names.it}".casefold()

    for key, dataset in sorted(inventory.datasets.items()):
        figures = [*dataset.exchanges, *dataset.results.values()]
        assumed = sum(f.class_ == "assumed" for f in figures)
        if wanted(key, dataset.name):
            table.add_row(
                key, dataset.kind.replace("_", " "), dataset.product.unit, dataset.geography,
                str(dataset.year), f"{assumed}/{len(figures)}", getattr(dataset.name, words.lang),
            )  # fmt: skip
    for key, step in inventory.steps.items():
        figures_ = [datum for _, datum in step.data()]
        assumed = sum(f.class_ == "assumed" for f in figures_)
        if wanted(key, step.name):
            table.add_row(
                key, f"step, {step.level}", "kg", "", "", f"{assumed}/{len(figures_)}",
                getattr(step.name, words.lang),
            )  # fmt: skip
    if not table.rows:
        names = [*inventory.datasets, *inventory.steps]
        raise InputError.one(
            "E307", "no dataset or step holds this text", value=text,
            suggestion=nearest(text, names),
        )  # fmt: skip
    console.print(table)


def show_record(
    inventory: Inventory,
    key: str,
    background: Optional[Background],
    words: Language,
    console: Console,
) -> None:
    """Print a dataset, a step or a source as a card.

    Raises
    ------
    InputError
        ``E307`` when nothing has this id.
    """
    if key in inventory.datasets:
        _dataset(inventory, key, inventory.datasets[key], background, words, console)
    elif key in inventory.steps:
        _step(inventory, key, inventory.steps[key], words, console)
    elif key in inventory.sources:
        _source(inventory, key, console)
    else:
        names = [*inventory.datasets, *inventory.steps, *inventory.sources]
        raise InputError.one(
            "E307", "no dataset, step or source has this id", value=key,
            suggestion=nearest(key, names),
        )  # fmt: skip


def _line(console: Console, label: str, text: str) -> None:
    if text:
        console.print(Text(f"{label}: ", style="dim") + Text(text))


def _figures(rows: list[tuple[str, str, Datum]], console: Console) -> None:
    table = Table(
        "", "figure", "amount", "unit", "class", "uncertainty", "year", "from", box=None,
        pad_edge=False,
    )  # fmt: skip
    for kind, name, datum in rows:
        table.add_row(
            kind, name, amount(datum), datum.unit, datum.class_, spread(datum.uncertainty),
            f"{datum.year} {datum.geography}", origin(datum),
        )  # fmt: skip
    console.print(table)
    for _, name, datum in rows:
        if datum.note:
            console.print(Text(f"{name}: {datum.note}", style="dim"))


def _dataset(
    inventory: Inventory,
    key: str,
    item: Dataset,
    background: Optional[Background],
    words: Language,
    console: Console,
) -> None:
    console.print(Text(f"{key}  {getattr(item.name, words.lang)}", style="bold"))
    _line(console, "kind", item.kind.replace("_", " "))
    _line(console, "makes", f"1 {item.product.unit} of {item.product.name}")
    _line(console, "where, when", f"{item.geography}, {item.year}")
    _line(console, "technology", item.technology)
    _line(console, "inventoried for", ", ".join(item.inventoried_for))
    _line(console, "note", item.note)
    _line(console, "file", ":".join(map(str, inventory.where[("datasets", key)])))
    rows: list[tuple[str, str, Any]] = []
    for exchange in item.exchanges:
        if exchange.input:
            rows.append(("input", exchange.input, exchange))
        else:
            kind = "emission" if exchange.emission else "resource"
            rows.append((kind, f"{exchange.flow[0]} / {'/'.join(exchange.flow[1])}", exchange))
    rows += [("result", name, datum) for name, datum in item.results.items()]
    _figures(rows, console)
    if background is not None:
        row = background.rows[key]
        scores = Table(
            "score per unit", "value", "unit", "coverage", "assumed", box=None, pad_edge=False
        )
        for column, name in enumerate(background.indicators):
            value = float(background.scores[row, column])
            covered = coverage(background, row, column)
            if not covered:
                continue
            share = float(background.assumed[row, column]) / value if value else 0.0
            scores.add_row(
                words(name).strip(), f"{value:.4g}", BY_ID[name].unit, f"{covered * 100:.0f} %",
                f"{share * 100:.0f} %",
            )  # fmt: skip
        console.print(scores)
    _published(inventory, key, background, console)
    _tail(inventory, key, {datum.source for _, _, datum in rows}, console)


def coverage(background: Background, row: int, column: int) -> float:
    """Share of a dataset and of what stands behind it that is inventoried for an indicator."""
    weight = float(background.weight[row])
    return float(background.covered[row, column]) / weight if weight else 1.0


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

    table = Table(
        "published elsewhere", "value", "ours", "unit", "taken", "from", "scope", box=None,
        pad_edge=False,
    )  # fmt: skip
    for item in about.values():
        ours = ""
        if item.steps:
            own = step_figure(inventory, item.steps, item.quantity, item.count or "")
            ours = number(to_unit(own, item))
        elif background is not None:
            column = background.indicators.index(item.quantity)
            ours = number(to_unit(float(background.scores[background.rows[key], column]), item))
        table.add_row(
            item.quantity.replace("_", " "), published(item), ours, item.unit, item.taken,
            f"{item.source}, {item.at}", item.scope,
        )  # fmt: skip
    console.print(table)
    for item in about.values():
        console.print(Text(f"{item.source}: {item.note}", style="dim"))


def published(record: Literature) -> str:
    """Write a published value with its range."""
    parts = [] if record.amount is None else [number(float(record.amount))]
    if record.min is not None and record.max is not None:
        between = f"{number(float(record.min))} to {number(float(record.max))}"
        parts.append(f"({between})" if parts else between)
    return " ".join(parts)


def _step(inventory: Inventory, key: str, item: Step, words: Language, console: Console) -> None:
    console.print(Text(f"{key}  {getattr(item.name, words.lang)}", style="bold"))
    _line(console, "kind", f"step of the {item.level}, stage {words(item.stage)}")
    _line(console, "technology", item.technology)
    _line(console, "inventoried for", ", ".join(item.inventoried_for))
    _line(console, "waste goes to", item.waste_to or "")
    _line(console, "note", item.note)
    _line(console, "file", ":".join(map(str, inventory.where[("steps", key)])))
    rows: list[tuple[str, str, Any]] = []
    for name, datum in item.data():
        rows.append((f"per {datum.per}", name, datum))
        rows += [("", f"{name} of {fibre}", other) for fibre, other in datum.by_fibre.items()]
    _figures(rows, console)
    _published(inventory, key, None, console)
    _tail(inventory, key, {datum.source for _, _, datum in rows}, console)


def _tail(inventory: Inventory, key: str, sources: set[Optional[str]], console: Console) -> None:
    _line(console, "used by", "; ".join(users(inventory, key)))
    for name in sorted(name for name in sources if name):
        _source(inventory, name, console)


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
