"""What the card of an inventory record tells: labels with their texts, and its figures."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any, Sequence

from lca_cardato.inventory.kinds import supplied
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.report.tables.cells import NEARLY
from lca_cardato.results.rounding import FULL
from lca_cardato.words.language import Language
from lca_cardato.words.units import unit_name

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.inventory.datum import Datum, Uncertainty
    from lca_cardato.inventory.models import Dataset, Need, Step
    from lca_cardato.inventory.records import Inventory

Figures = list[tuple[str, str, Any]]
"""Kind, name and datum of each figure of a record."""
ORIGINS = ("virgin", "recycled_post_consumer", "recycled_pre_consumer")


def number(value: float) -> str:
    """Write a number with three significant digits, without an exponent where it can be."""
    if value == 0 or not 1e-3 <= abs(value) < 1e6:
        return f"{value:.3g}"
    return f"{value:.{max(0, 2 - floor(log10(abs(value))))}f}"


def spread(item: Uncertainty, words: Language) -> str:
    """Write a distribution shortly."""
    if item.distribution == "lognormal":
        return words("spread_lognormal", gsd=words.decimal(f"{float(item.gsd or 0):g}"))
    if item.distribution == "normal":
        return words("spread_normal", sd=words.decimal(f"{float(item.sd or 0):g}"))
    if item.distribution == "none":
        return words("spread_none")
    low, high = (words.decimal(f"{float(end or 0):g}") for end in (item.min, item.max))
    return f"{words(f'spread_{item.distribution}')} {words('from_to', low=low, high=high)}"


def origin(datum: Datum) -> str:
    """Say where a figure was read, or why it was assumed."""
    if datum.class_ == "assumed":
        return datum.reason
    where = f"{datum.source or ''}{', ' + datum.at if datum.at else ''}"
    return where or datum.note


def amount(datum: Datum, words: Language) -> str:
    """Write the amount, or the formula in its place."""
    if datum.formula is not None:
        inside = ", ".join(f"{k} = {float(v):g}" for k, v in datum.formula.parameters.items())
        return f"{datum.formula.name}({inside})"
    return words.decimal(f"{float(datum.amount or 0):.4g}")


def class_name(datum: Any, words: Language) -> str:
    """Name the class of a figure."""
    return words("class_calculated" if datum.class_ == "calculated" else datum.class_)


def kind_name(kind: str, words: Language) -> str:
    """Name the kind of a dataset."""
    return words(f"kind_{kind}")


def where_when(item: Any, words: Language) -> dict[str, str]:
    """Tell place and year."""
    return {words("card_where_when"): f"{item.geography}, {item.year}"}


def users(inventory: Inventory, key: str, words: Language) -> list[str]:
    """List the datasets, steps, fibres and systems that use a dataset or step."""
    found = [
        words("card_dataset", name=name)
        for name, dataset in inventory.datasets.items()
        if any(e.input == key for e in dataset.exchanges)
    ]
    for name, step in inventory.steps.items():
        linked = [datum.input for _, datum in step.data()] + [step.waste_to]
        linked += [datum.supply for _, datum in step.data()]
        if key in linked:
            found.append(words("card_step", name=name))
    for name, fibre in inventory.fibres.items():
        for kind, supply in fibre.supplies.items():
            if key in (supply.dataset, *supply.steps, *supply.handling.values()):
                found.append(words("card_fibre", name=f"{name}, {words(kind)}"))
    for name, system in inventory.systems.items():
        if key in (*system.steps, *system.plied):
            found.append(words("card_system", name=name))
    return found


def needed(needs: Sequence[Need], words: Language) -> str:
    """Say which steps are needed and why."""
    found = []
    either = f" {words('card_or')} "
    for need in needs:
        steps = either.join(need.one_of)
        if need.when:
            steps = words("card_needed_with", steps=steps, others=either.join(need.when))
        source = f" ({need.source}, {need.at})" if need.source else ""
        found.append(f"{steps}: {getattr(need.reason, words.lang)}{source}")
    return "; ".join(found)


def dataset_card(
    item: Dataset, inventory: Inventory, key: str, words: Language
) -> tuple[dict[str, str], Figures]:
    """Tell a dataset: labels with their texts, and its figures."""
    fibres = {
        f"{fibre}, {words(kind)}" for fibre in inventory.fibres for kind in ORIGINS
        if key in supplied(inventory, fibre, kind)
    } if item.product.unit == "kg" else set()  # fmt: skip
    told = {
        words("c_kind"): kind_name(item.kind, words),
        words("card_category"): (item.category or "").replace("_", " "),
        words("card_supplies"): "; ".join(sorted(fibres)),
        words("card_holds"): ", ".join(item.passed),
        words("card_needs"): needed(item.needed, words),
        words("card_makes"): f"1 {item.product.unit} {item.product.name}",
        **where_when(item, words),
        words("card_technology"): item.technology,
        words("card_inventoried"): inventoried(item.inventoried_for, words),
    }
    rows: Figures = []
    for exchange in item.exchanges:
        if exchange.input:
            rows.append((words("card_input"), exchange.input, exchange))
        else:
            kind = words("card_emission" if exchange.emission else "card_resource")
            rows.append((kind, f"{exchange.flow[0]} / {'/'.join(exchange.flow[1])}", exchange))
    results = [(words("card_result"), name, datum) for name, datum in item.results.items()]
    return told, [*rows, *results]


def step_card(item: Step, words: Language) -> tuple[dict[str, str], Figures]:
    """Tell a step: labels with their texts, and its figures."""
    level = words(f"level_{item.level}")
    told = {
        words("c_kind"): words("card_step_of", level=level, stage=words(item.stage)),
        words("card_technology"): item.technology,
        words("card_inventoried"): inventoried(item.inventoried_for, words),
        words("card_waste_to"): item.waste_to or "",
    }
    rows: Figures = []
    for name, datum in item.data():
        rows.append((words(f"per_{datum.per}"), figure_name(name, words), datum))
        rows += [
            ("", words("card_of_fibre", figure=figure_name(name, words), fibre=fibre), other)
            for fibre, other in datum.by_fibre.items()
        ]
    return told, rows


def figure_name(name: str, words: Language) -> str:
    """Name a figure of a step; an input keeps its id."""
    kind, _, detail = name.partition(".")
    if kind == "emissions":
        return f"{words('stream_emission')} {int(detail) + 1}" if detail.isdecimal() else detail
    if not detail:
        return words(kind) if kind in words else kind
    return detail if kind == "chemicals" else f"{words(kind)}, {words(detail)}"


def inventoried(families: Sequence[str], words: Language) -> str:
    """Name the families of indicators that a record is inventoried for."""
    return "; ".join(
        words("family_water") if name == "water" else words(name).strip() for name in families
    )


def scores(background: Background, row: int, words: Language) -> list[list[str]]:
    """Scores of a unit of a dataset, with how much is inventoried and how much is assumed."""
    found = []
    for column, name in enumerate(background.indicators):
        value = float(background.scores[row, column])
        covered = coverage(background, row, column)
        if covered:
            share = float(background.assumed[row, column]) / value if value else 0.0
            whole = covered >= FULL
            told = f"{covered * 100:.0f} %"
            found.append([
                words(name).strip(), ("" if whole else "≥ ") + words.decimal(f"{value:.4g}"),
                unit_name(words, BY_ID[name].unit),
                NEARLY if not whole and told == "100 %" else told, f"{share * 100:.0f} %",
            ])  # fmt: skip
    return found


def coverage(background: Background, row: int, column: int) -> float:
    """Share of a dataset and of what stands behind it that is booked for an indicator."""
    weight, climate = float(background.weight[row, column]), float(background.climate[row])
    if weight:
        return float(background.covered[row, column]) / weight
    return float(background.covered_climate[row, column]) / climate if climate else 1.0
