"""Readings of a result, held against the files that lie in the run folder."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator, Mapping

from lca_cardato.audit.layout import DOCUMENTS, SCENARIO
from lca_cardato.audit.read import exact
from lca_cardato.errors import CardatoError, MissingError, shorten
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.readings import Taken
from lca_cardato.sentence import say


def readings_problems(
    folder: Path, tree: Any, resolved: Mapping[str, Any], result: Mapping[str, Any]
) -> Iterator[str]:
    """Tell what a result says of its readings otherwise than the files do.

    Parameters
    ----------
    folder : Path
    tree : dict
        The copy of the scenario, as it was typed.
    resolved, result : mapping
        ``resolved.json`` and ``result.json``; results before version 4 have no readings.
    """
    rows = {str(row["name"]): row for row in result.get("readings", [])}
    typed = tree.get("readings") or {}
    if not rows and not typed:
        return
    for name in sorted(set(rows) ^ set(typed)):
        yield say(
            "result.json: readings: {name}: not in both result and {file}",
            name=shorten(name),
            file=SCENARIO,
        )
    try:
        taken = load_scenario(folder / SCENARIO, folder / DOCUMENTS).readings
    except MissingError:
        raise
    except CardatoError as error:
        yield say("{file}: readings: {why}", file=SCENARIO, why=error.problems[0].message)
        return
    values = {str(row["key"]): row for row in resolved["values"]}
    for name in sorted(set(rows) & set(taken)):
        yield from _reading(rows[name], taken[name])
        for figure in rows[name]["figures"]:
            yield from _figure(rows[name], figure, taken[name], values)


def _reading(row: Mapping[str, Any], taken: Taken) -> Iterator[str]:
    total = taken.total
    wanted = {
        "file": taken.file, "sha256": taken.sha256, "map_sha256": taken.map_sha256, "period": taken.period,
        "meter": taken.meter.name, "unit": taken.meter.unit, "exact": str(total.amount) if total else "",
        "lots": len(taken.lots), "by": str(taken.reading.by or ""),
    }  # fmt: skip
    if taken.reading.among:
        wanted["parts"] = [[part, str(share)] for part, share in taken.shares().items()]
    for key, value in wanted.items():
        found = (
            [[part["name"], part["share"]] for part in row["parts"]] if key == "parts" else row[key]
        )
        if found != value:
            yield say("result.json: readings: {name}: {key}: not what the file says",
                      name=shorten(str(row["name"])), key=key)  # fmt: skip


def _figure(
    row: Mapping[str, Any], figure: Mapping[str, Any], taken: Taken, values: Mapping[str, Any]
) -> Iterator[str]:
    """The figure follows from total, share, mass and counts, and is the one that was calculated with."""
    share, amount, value = (exact(figure[key]) for key in ("share", "amount", "exact"))
    right = share == (taken.shares().get(str(figure["part"])) if figure["part"] else Fraction(1))
    if taken.total and taken.meter.measures == "electricity":
        right = right and amount == taken.total.amount * share
    follows = amount / exact(figure["mass_kg"]) if figure["mass_kg"] else amount
    if figure["count_nm"]:
        follows *= exact(figure["count_nm"]) / exact(figure["mean_count_nm"])
    used = values.get(str(figure["key"]), {}).get("exact")
    out = str(figure["key"]).endswith(".water_out")  # counts by what is left of the water taken in
    if not right or follows != value or (used != figure["exact"] and not (out and used is None)):
        yield say("result.json: readings: {name}: {key}: does not follow from the file",
                  name=shorten(str(row["name"])), key=shorten(str(figure["key"])))  # fmt: skip
