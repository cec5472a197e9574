"""Flows between processes as a table for Sankey diagrams: source, target, value."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Iterator, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.exchange.solved import Solved, solved
from lca_cardato.exchange.system import ProductSystem
from lca_cardato.results.csv_tables import cell

HEADS = ("source", "target", "value", "unit", "indicator", "share", "source_id", "target_id")
AMOUNT = "amount"
"""In the column of the indicator: what goes from process to process, in the unit of its product."""
DIRECT = "direct"
"""Id of the node that stands for what a process exchanges with nature itself."""
Array = NDArray[np.float64]
Row = tuple[str, str, float, str, str, Optional[float], str, str]


def write_sankey(system: ProductSystem, path: Path, direct: str) -> None:
    """Write every flow between two processes of a product system as a table.

    Parameters
    ----------
    system : ProductSystem
    path : Path
        New .csv file.
    direct : str
        Name of the node that stands for emissions and resources of a process itself.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows(system, direct):
        writer.writerow(map(cell, row))
    path.write_text(text.getvalue(), encoding="utf-8")


def rows(system: ProductSystem, direct: str) -> Iterator[Row]:
    """Give the flows of one declared unit: amounts first, then indicator by indicator.

    Parameters
    ----------
    system : ProductSystem
    direct : str

    Yields
    ------
    tuple
        As `HEADS`; the share is that of the score, None for amounts. A flow that is booked below 0, such as fibre that returns into its mixture, is
        turned round. What comes into a process (with what it exchanges with nature itself)
        leaves it, in every indicator; what comes into the last one is the score.

    Notes
    -----
    With the technosphere ``A``, the direct burden ``d`` of each process and the supply ``x`` of one
    declared unit, a process carries ``s = A^-T d`` per unit of its product; the flow of an input is
    its amount, times ``x`` of who takes it, times ``s`` of what is taken.
    """
    made = solved(system)
    names = {process.code: process.name for process in system.processes}
    units = {process.code: process.unit for process in system.processes}

    def turned(source: str, target: str, value: float, unit: str, of: str, whole: float) -> Row:
        if value < 0:
            source, target, value = target, source, -value
        name, onto = (names.get(code, direct) for code in (source, target))
        return name, onto, value, unit, of, value / whole if whole else None, source, target

    for source, target, value in _inputs(system, made):
        if value:
            yield turned(source, target, value, units[source], AMOUNT, 0.0)
    for method in system.methods:
        own = _direct(system, made, method.factors)
        carried = made.carried(own)
        whole = float(carried[made.place[system.demand]])
        for code, place in made.place.items():
            value = float(own[place] * made.supply[place])
            if value:
                yield turned(DIRECT, code, value, method.unit, method.id, whole)
        for source, target, amount in _inputs(system, made):
            value = amount * float(carried[made.place[source]])
            if value:
                yield turned(source, target, value, method.unit, method.id, whole)


def _inputs(system: ProductSystem, made: Solved) -> Iterator[tuple[str, str, float]]:
    """Inputs of processes with what goes through them for one declared unit; one row a pair."""
    for process in system.processes:
        found: dict[str, float] = {}
        for edge in process.edges:
            if not edge.flow:
                found[edge.target] = found.get(edge.target, 0.0) + edge.amount
        supply = float(made.supply[made.place[process.code]])
        for source, amount in found.items():
            yield source, process.code, amount * supply


def _direct(system: ProductSystem, made: Solved, factors: dict[str, float]) -> Array:
    """Burden of each process by what it exchanges with nature itself, per unit of its product."""
    found = np.zeros(len(made.place))
    for process in system.processes:
        for edge in process.edges:
            if edge.flow:
                found[made.place[process.code]] += edge.amount * factors.get(edge.target, 0.0)
    return found
