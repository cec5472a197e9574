"""Readings of files as a whole: none is taken twice, and what a reader should know of each."""

from __future__ import annotations

from typing import Any, Mapping

from lca_cardato.model.context import TOTALS, Context
from lca_cardato.model.taken import E375, Derivation
from lca_cardato.scenario.readings import Taken
from lca_cardato.sentence import say
from lca_cardato.words.language import Plain


def taken_twice(context: Context) -> None:
    """Refuse a total that two steps take whole; it would count twice."""
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    paths = {key: path for path, key in context.bound.items()}
    for key, one in context.derivations.items():
        owner, _, figure = key.partition(".")
        kind, step = figure.partition(".")[0], owner.rpartition("/")[2]
        if kind not in TOTALS:
            continue
        place = (one.reading, one.part, kind)
        known = first.setdefault(place, (step, key))
        if known[0] != step:
            context.problem(
                E375,
                say("{step} takes this reading whole already, so it would count twice", step=known[0]),
                (*paths[key], "reading"), one.reading,
                say("divide the meter among its parts, by machine hours or rated power: `by` and `among`"),
            )  # fmt: skip


def warnings_of(
    readings: Mapping[str, Taken], derivations: Mapping[str, Derivation]
) -> list[tuple[str, dict[str, Any]]]:
    """Tell of readings that are used: estimated parts, days without a value, bills that are parted.

    Returns
    -------
    list of (str, dict)
        Code and arguments of each, see `lca_cardato.results.warnings`.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    used = {one.reading for one in derivations.values()}
    for name, taken in readings.items():
        total, named = taken.total, {"name": name, "file": taken.file}
        if name not in used:
            found.append(("reading_unused", {"name": name}))
        if name not in used or total is None:
            continue
        if total.estimated and total.amount:
            share = float(total.estimated / total.amount * 100)
            found.append(("reading_estimated", {**named, "share": Plain(share)}))
        if total.gaps:
            days = sum(gap.days for gap in total.gaps)
            found.append(
                ("reading_gaps", {**named, "count": str(days), "reason": str(taken.reading.reason)})
            )
        if total.short:
            found.append(
                (
                    "reading_short",
                    {**named, "count": str(len(total.short)), "day": str(total.short[0][0])},
                )
            )
        if total.parted:
            found.append(
                ("reading_parted", {**named, "rows": [str(span.row) for span in total.parted]})
            )
        if taken.meter.repeated:
            count = str(len(taken.meter.repeated))
            found.append(
                ("reading_repeated", {**named, "count": count, "row": str(taken.meter.repeated[0])})
            )
    return found
