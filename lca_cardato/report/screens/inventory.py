"""Inventory records as cards that a textile LCA expert can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from rich.console import Console
from rich.text import Text

from lca_cardato.errors import InputError, nearest
from lca_cardato.inventory.kinds import supplied
from lca_cardato.report.formats.terminal_grid import prose
from lca_cardato.report.formats.terminal_list import Listing
from lca_cardato.report.screens import limits
from lca_cardato.report.screens.cards import (
    ORIGINS,
    amount,
    class_name,
    coverage,
    dataset_card,
    kind_name,
    needed,
    number,
    origin,
    scores,
    spread,
    step_card,
    users,
)
from lca_cardato.results.rounding import FULL
from lca_cardato.sentence import say
from lca_cardato.words.find import one_of, proposal
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.inventory.datum import Names
    from lca_cardato.inventory.models import Dataset, Step
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.inventory.tables import Literature


def list_records(inventory: Inventory, words: Language, console: Console, text: str = "") -> None:
    """Print a line per dataset, step and limit, with how much of it is assumed."""
    rows: list[tuple[Names, list[str]]] = []
    for key, dataset in sorted(inventory.datasets.items()):
        where = [dataset.product.unit, dataset.geography, str(dataset.year)]
        assumed = _assumed([*dataset.exchanges, *dataset.results.values()])
        rows.append((dataset.name, [key, kind_name(dataset.kind, words), *where, assumed]))
    for key, step in inventory.steps.items():
        assumed = _assumed([datum for _, datum in step.data()])
        rows.append(
            (
                step.name,
                [key, f"{words('c_step')}, {words(f'level_{step.level}')}", "kg", "", "", assumed],
            )
        )
    for key, limit in inventory.limits.items():
        where = [limit.unit, limit.geography, str(limit.year), _assumed([limit])]
        rows.append((limit.name, [key, words("card_limit"), *where]))
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
    heads = ("c_id", "c_kind", "c_unit", "c_geography", "c_year", "assumed", "c_name")
    console.print(Listing([words(head) for head in heads], found))


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
        told, rows = dataset_card(item, inventory, key, words)
    elif key in inventory.steps:
        kind, item = "steps", inventory.steps[key]
        (told, rows), background = step_card(item, words), None
    elif key in inventory.limits:
        _limit(inventory, key, words, console)
        return
    elif key in inventory.sources:
        _source(inventory, key, words, console)
        return
    else:
        show_reference(inventory, key, words, console)
        return
    console.print(Text(f"{key}  {getattr(item.name, words.lang)}", style="bold"))
    told[words("x_note")] = item.note
    told[words("card_file")] = ":".join(map(str, inventory.where[kind, key]))
    for label, text in told.items():
        _line(console, label, text)
    heads = ("c_amount", "c_unit", "c_class", "card_spread", "c_year", "c_source")
    figures = [
        [name, kind, amount(datum, words), datum.unit, class_name(datum, words),
         spread(datum.uncertainty, words), f"{datum.year} {datum.geography}", origin(datum)]
        for kind, name, datum in rows
    ]  # fmt: skip
    console.print(Listing([words("x_figure"), "", *map(words, heads)], figures))
    for _, name, datum in rows:
        if datum.note:
            console.print(prose((f"{name}: {datum.note}", "dim")))
    if background is not None:
        keys = ("card_score", "c_value", "c_unit", "c_coverage", "assumed")
        found = scores(background, background.rows[key], words)
        console.print(Listing([words(head) for head in keys], found))
    _published(inventory, key, background, words, console)
    _line(console, words("card_users"), "; ".join(users(inventory, key, words)))
    for source in sorted({datum.source for _, _, datum in rows if datum.source}):
        _source(inventory, source, words, console)


def _limit(inventory: Inventory, key: str, words: Language, console: Console) -> None:
    limit = inventory.limits[key]
    console.print(Text(f"{key}  {getattr(limit.name, words.lang)}", style="bold"))
    told = {**limits.about(limit, words), words("x_note"): limit.note}
    told[words("card_file")] = ":".join(map(str, inventory.where["limits", key]))
    for label, text in told.items():
        _line(console, label, text)
    console.print(limits.table(limit, words))
    if limit.source:
        _source(inventory, limit.source, words, console)


def show_reference(inventory: Inventory, key: str, words: Language, console: Console) -> None:
    """Print a system with the steps that it needs, or a fibre with the datasets that supply it."""
    told: dict[str, str] = {}
    if key in inventory.systems:
        section, system = "systems", inventory.systems[key]
        name = system.name
        told[words("card_steps")] = ", ".join(system.steps)
        told[words("card_steps_plied")] = ", ".join(system.plied)
        told[words("card_needs")] = needed(system.needed, words)
    else:
        section, fibre = "fibres", inventory.fibres[key]
        name = fibre.name
        told[words("c_label")] = getattr(fibre.label, words.lang)
        for origin in ORIGINS:
            told[words(origin)] = ", ".join(supplied(inventory, key, origin))
    console.print(Text(f"{key}  {getattr(name, words.lang)}", style="bold"))
    for label, text in told.items():
        _line(console, label, text)
    _line(console, words("card_file"), ":".join(map(str, inventory.where[section, key])))


def _line(console: Console, label: str, text: str) -> None:
    if text:
        console.print(prose((f"{label}: ", "dim"), (text, "")))


def _published(
    inventory: Inventory, key: str, background: Optional[Background], words: Language,
    console: Console,
) -> None:  # fmt: skip
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
            ours = words.decimal(number(to_unit(own, item)))
        elif background is not None:
            column = background.indicators.index(item.quantity)
            row = background.rows[key]
            ours = words.decimal(number(to_unit(float(background.scores[row, column]), item)))
            ours = ours if coverage(background, row, column) >= FULL else f"≥ {ours}"
        rows.append([
            words(item.quantity).strip().replace("_", " "), words.decimal(published(item)), ours, item.unit, item.taken,
            f"{item.source}, {item.at}", item.scope,
        ])  # fmt: skip
    heads = (
        "card_elsewhere",
        "c_value",
        "card_ours",
        "c_unit",
        "card_taken",
        "c_source",
        "card_scope",
    )
    console.print(Listing([words(head) for head in heads], rows))
    for item in about.values():
        console.print(prose((f"{item.source}: {item.note}", "dim")))


def published(record: Literature) -> str:
    """Write a published value with its range."""
    parts = [] if record.amount is None else [number(float(record.amount))]
    if record.min is not None and record.max is not None:
        between = f"{number(float(record.min))} to {number(float(record.max))}"
        parts.append(f"({between})" if parts else between)
    return " ".join(parts)


def _source(inventory: Inventory, key: str, words: Language, console: Console) -> None:
    item = inventory.sources[key]
    address = f"https://doi.org/{item.doi}" if item.doi else item.url
    read, basis = words(f"read_{item.read}"), words(f"basis_{item.basis}")
    told = (
        f"{item.authors} ({item.year}). {item.title}. {item.publisher}. {address} "
        f"{words('card_licence')}: {item.licence}. {words('card_read')}: {read}. "
        f"{words('card_basis')}: {basis}. {item.note}".rstrip()
    )
    console.print(prose((f"[{key}] ", "bold"), (told, "")))
