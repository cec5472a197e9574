"""The arithmetic of a result, written so that a pocket calculator can redo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Sequence

from lca_cardato.errors import InputError
from lca_cardato.results.naming import dataset_name, step_name
from lca_cardato.results.rounding import number
from lca_cardato.sentence import say
from lca_cardato.text.number import largest
from lca_cardato.words.find import named, one_of, proposal

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment
    from lca_cardato.words.language import Language

SCHEMA = "lca-cardato/contributions/1"


def contributions(result: Assessment, words: Language) -> dict[str, Any]:
    """List every exchange of the product system with its factors.

    Returns
    -------
    dict
        ``rows``: kg made by the activity per declared unit, amount taken per kg made, their
        product, the parameter behind it; ``unit_scores``: input -> indicator -> score per unit.
        An indicator is the sum of ``amount * unit score`` over the rows.
    """
    import numpy as np  # here, so that a stored run is read without it

    system, solution = result.main.system, result.main.solution
    rows, used = [], {}
    for index, exchange in enumerate(system.exchanges):
        amount = float(solution.amounts[0][index])
        if not amount:
            continue
        activity = system.activities[exchange.activity]
        target = exchange.target if isinstance(exchange.target, str) else exchange.target[0]
        dataset = result.inventory.datasets.get(target)
        made = float(solution.supply[0][exchange.activity])
        used[target] = solution.rows[index]
        row = {"activity": activity.key, "step": activity.step, "stage": exchange.stage}
        rows.append(
            {
                "key": f"{activity.key} <- {target} ({exchange.parameter or exchange.role})",
                "step_name": step_name(result, row, words),
                "input": target,
                "name": dataset_name(result, target, words.lang),
                "kind": dataset.kind if dataset else "elementary flow",
                "sources": sorted({f.source for f in dataset.exchanges if f.source}
                                  | {f.source for f in dataset.results.values() if f.source})
                if dataset else [],
                "stage": exchange.stage,
                "role": exchange.role,
                "made_kg": number(made),
                "per_kg": number(np.ravel(exchange.amount)[0]),
                "amount": number(amount),
                "unit": dataset.product.unit if dataset else _flow_unit(result, exchange.parameter),
                "parameter": exchange.parameter or "",
            }
        )  # fmt: skip
    scores = {
        target: {
            name: number(result.background.scores[row, column])
            for column, name in enumerate(result.background.indicators)
        }
        for target, row in sorted(used.items())
    }
    return {"schema": SCHEMA, "rows": rows, "unit_scores": scores}


def _flow_unit(result: Assessment, parameter: Any) -> str:
    """Unit of an elementary flow: that of its figure, water in m3."""
    item = result.main.model.parameters.get(parameter)
    unit = item.unit.partition("/")[0] if item else "L"
    return "m3" if unit in ("L", "l", "m3") else unit


def explain_rows(document: dict[str, Any], indicator: str) -> list[dict[str, Any]]:
    """Rows of an indicator with unit score and value, the largest first.

    Parameters
    ----------
    document : dict
        As `contributions` makes it.
    indicator : str

    Returns
    -------
    list of dict

    Raises
    ------
    KeyError
        No such indicator.
    """
    rows = []
    for row in document["rows"]:
        score = document["unit_scores"][row["input"]][indicator]
        rows.append({**row, "score": score, "value": row["amount"] * score})
    return sorted(rows, key=lambda row: (largest(abs(row["value"])), row["key"]))


def explained(
    result: dict[str, Any], arithmetic: dict[str, Any], values: dict[str, Any], indicator: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Find an indicator or method of a result, and the rows that add up to it.

    Parameters
    ----------
    result, arithmetic, values : dict
        ``result.json``, ``contributions.json`` and ``resolved.json`` of a run.
    indicator : str
        Id, or name in either language.

    Returns
    -------
    tuple of (dict, list of dict)
        What the result says of it, with its ``id``; rows as of `explain_rows`, each with ``figure``: what is known
        of the figure behind it, or None.

    Raises
    ------
    InputError
        ``E307``: there is no such indicator.
    """
    known = {**result["indicators"], **{row["id"]: row for row in result.get("methods", [])}}
    names = {**named(known), **{row["id"]: [row["name"]] for row in result.get("methods", [])}}
    key = one_of(indicator, names)
    if not key:
        raise InputError.one(
            "E307", say("no such indicator"), value=indicator,
            suggestion=proposal(indicator, names) or say("a step is asked for with --step"),
        )  # fmt: skip
    figures = {row["key"]: row for row in values["values"]}
    rows = explain_rows(arithmetic, key)
    found = [{**row, "figure": figures.get(row["parameter"])} for row in rows]
    return {"id": key, **known[key]}, found


def of_step(
    rows: list[dict[str, Any]], step: str, names: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Rows of one step.

    Parameters
    ----------
    rows : list of dict
        As of `explain_rows`.
    step : str
        Id, or a name.
    names : mapping
        Step -> its names in every language, of those that are known.

    Raises
    ------
    InputError
        ``E307``: nothing of the product comes from such a step.
    """
    places = [row["key"].partition(" <- ")[0].rpartition("/")[2] for row in rows]
    here = {place: [row["step_name"], *names.get(place, ())] for place, row in zip(places, rows)}
    key = one_of(step, here)
    if not key:
        raise InputError.one(
            "E307", say("no such step in this product"), key="--step", value=step,
            suggestion=proposal(step, here),
        )  # fmt: skip
    return [row for place, row in zip(places, rows) if place == key]
