"""Whether products can be compared: what may not differ, and what has to be told where it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

import numpy as np

from lca_cardato.errors import InputError, Problem
from lca_cardato.inventory.records import OWN
from lca_cardato.model.structure import ProductModel
from lca_cardato.results.assessment import Assessment
from lca_cardato.results.further import used_datasets
from lca_cardato.sentence import say
from lca_cardato.space.load import LoadedSpace
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.batch.select import Condition

YEAR = "production_year"


@dataclass(frozen=True)
class Unlike:
    """Something that is not the same for all products.

    Attributes
    ----------
    kind : str
        What differs; its name is the text ``unlike_`` and this.
    values : tuple of str
        Product by product.
    """

    kind: str
    values: tuple[str, ...]

    def between(self, first: int, second: int) -> bool:
        """Whether two of the products differ in it."""
        return self.values[first] != self.values[second]


def require_comparable(names: Sequence[str], models: Sequence[ProductModel]) -> None:
    """Refuse products of another boundary or declared unit.

    Parameters
    ----------
    names : sequence of str
    models : sequence of ProductModel
        In the same order.

    Raises
    ------
    InputError
        ``E349``, for each thing that differs.
    """
    products = [model.scenario.product for model in models]
    problems = apart(names, [one.boundary for one in products], [one.type for one in products])
    if problems:
        raise InputError(problems)


def apart(names: Sequence[str], boundaries: Sequence[str], types: Sequence[str]) -> list[Problem]:
    """Tell what forbids to compare products.

    Parameters
    ----------
    names : sequence of str
    boundaries, types : sequence of str
        ``product.boundary`` and ``product.type`` of each, in the same order.

    Returns
    -------
    list of Problem
        ``E349``, for each thing that differs.
    """
    found = [
        (say("boundary"), "product.boundary", boundaries,
         say("state the same boundary in each, or look at each alone: `assess`")),
        (say("declared unit"), "product.type", ["1 m2" if one == "fabric" else "1 kg" for one in types],
         say("compare yarn with yarn and fabric with fabric: a square metre of cloth and a kilogram of "
             "yarn do different things")),
    ]  # fmt: skip
    problems = []
    for what, key, values, cure in found:
        if len(set(values)) > 1:
            each = "; ".join(f"{name}: {value}" for name, value in zip(names, values))
            problems.append(
                Problem(
                    "E349",
                    say("not comparable: the {what} differs ({each})", what=what, each=each),
                    key=key,
                    suggestion=cure,
                )
            )
    return problems


NEVER_BESIDE = (("product", "boundary"), ("product", "type"))
"""What a space may vary, and what then parts its rows."""


def parted(space: LoadedSpace, where: Sequence[Condition]) -> dict[str, list[str]]:
    """Axes of a space whose rows can't be compared with each other, and that no condition settles.

    Parameters
    ----------
    space : LoadedSpace
    where : sequence of Condition
        Conditions that rows must fulfil.

    Returns
    -------
    dict
        Column -> its values, in the order in which they come first.
    """
    settled = {one.column for one in where if one.operation in ("=", "==")}
    found = {}
    for axis in space.axes:
        if axis.path in NEVER_BESIDE and axis.name not in settled:
            _, first = np.unique(axis.structure, return_index=True)
            values = list(dict.fromkeys(str(axis.text(int(i))) for i in sorted(first)))
            if len(values) > 1:
                found[axis.name] = values
    return found


def require_one_kind(apart: dict[str, list[str]]) -> None:
    """Refuse to rank rows that can't be compared.

    Raises
    ------
    InputError
        ``E349``, for each column that parts them.
    """
    problems = [
        Problem(
            "E349",
            say("rows of a different {name} are not ranked against each other", name=name),
            key=name,
            value=", ".join(values),
            suggestion=say("choose one: --filter '{name} == {value}'", name=name, value=values[0]),
        )
        for name, values in apart.items()
    ]
    if problems:
        raise InputError(problems)


def unlike(results: Sequence[Assessment], words: Language) -> list[Unlike]:
    """Find what differs between products that can be compared, beside the products themselves.

    Parameters
    ----------
    results : sequence of Assessment
    words : Language

    Returns
    -------
    list of Unlike
        Year of production, year of the grid mix, contract of electricity, background, data of the
        user's own, mass of a square metre, and handling of co-products, where they differ.
    """
    finders: dict[str, Callable[[Assessment, Language], str]] = {
        YEAR: _year, "grid": _grid, "contract": _contract, "background": _background,
        "own_data": _own_data, "mass": _mass,
    }  # fmt: skip
    rows = [
        Unlike(kind, tuple(find(result, words) for result in results))
        for kind, find in finders.items()
    ]
    rows += _handling(results, words)
    return [row for row in rows if len(set(row.values)) > 1]


def years_stated(results: Sequence[Assessment]) -> bool:
    """Whether every product states its year of production."""
    return all(_stated_year(result) is not None for result in results)


def _stated_year(result: Assessment) -> Optional[int]:
    return result.main.model.scenario.production_year


def _year(result: Assessment, words: Language) -> str:
    year = _stated_year(result)
    return words("unlike_none") if year is None else str(year)


def _grid(result: Assessment, words: Language) -> str:
    dataset = result.inventory.datasets[result.main.model.grid]
    return f"{getattr(dataset.name, words.lang)} ({dataset.year})"


def _contract(result: Assessment, words: Language) -> str:
    model = result.main.model
    parts = [
        f"{words.decimal(f'{float(100 * model.parameters[key].amount):.4g}')} % "
        f"{getattr(result.inventory.datasets[name].name, words.lang)}"
        for name, key in model.electricity
        if name != model.grid
    ]
    return ", ".join(parts) or words("unlike_grid_only")


def _background(result: Assessment, words: Language) -> str:
    note = result.inventory.background
    return f"{words.quote(note.title)} ({note.sha256[:12]})" if note else words("unlike_shipped")


def _own_data(result: Assessment, words: Language) -> str:
    layers = result.inventory.layer_of
    own = sorted(key for key in used_datasets(result) if layers[("datasets", key)] == OWN)
    return ", ".join(own) or words("notice_none")


def _mass(result: Assessment, words: Language) -> str:
    model = result.main.model
    if model.scenario.product.surface_mass is None:
        return ""
    return f"{words.number(float(model.declared_mass_kg) * 1000)} g/m2"


def _handling(results: Sequence[Assessment], words: Language) -> list[Unlike]:
    """Find fibres of several products whose co-products are handled in different ways."""
    found: list[dict[str, set[str]]] = []
    for result in results:
        chosen: dict[str, set[str]] = {}
        for yarn in result.main.model.yarns:
            for line in yarn.lines:
                way = line.entry.handling
                said = words(way) if way else words("unlike_default")
                chosen.setdefault(getattr(line.fibre.name, words.lang), set()).add(said)
        found.append(chosen)
    shared = sorted(set.intersection(*(set(chosen) for chosen in found)))
    rows = [tuple(", ".join(sorted(chosen[name])) for chosen in found) for name in shared]
    return [
        Unlike("handling", tuple(f"{name}: {value}" for value in row))
        for name, row in zip(shared, rows)
    ]


def as_notices(
    found: Sequence[Unlike], names: Sequence[str], words: Language
) -> list[dict[str, Any]]:
    """Write what differs as notices, each with the value of every product."""
    rows = []
    for item in found:
        told = "; ".join(f"{name}: {value}" for name, value in zip(names, item.values))
        text = words("unlike_text", what=words(f"unlike_{item.kind}"), values=told)
        rows.append({"kind": item.kind, "level": "differs", "code": "differs", "text": text,
                     "values": list(item.values)})  # fmt: skip
    return rows
