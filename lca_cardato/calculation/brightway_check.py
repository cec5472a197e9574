"""Solve a whole product system, foreground and background, with Brightway."""

from __future__ import annotations

import numpy as np

from lca_cardato.brightway.condensed import Background
from lca_cardato.brightway.line import FLOW_OFFSET, Matrices
from lca_cardato.brightway.process import Answer, ask
from lca_cardato.brightway.store import Store
from lca_cardato.calculation.solve import Calculated
from lca_cardato.errors import IntegrityError
from lca_cardato.model.system import System
from lca_cardato.sentence import say


def ask_brightway(system: System, store: Store) -> Answer:
    """Ask Brightway for scores per declared unit, and go on.

    Parameters
    ----------
    system : System
        Foreground with scalar amounts.
    store : Store

    Returns
    -------
    Future
        Its ``result()`` is one score per indicator, in the order of
        ``store.background.indicators``.
    """
    demand = {len(store.datasets) + 1 + system.demand: system.mass}
    return ask(system_matrices(system, store), demand)


def brightway_scores(system: System, store: Store) -> list[float]:
    """Ask Brightway, and wait; see `ask_brightway`."""
    return ask_brightway(system, store).result()


def system_matrices(system: System, store: Store) -> Matrices:
    """Coordinate lists of background and foreground together.

    Background datasets take ids 1 to n, foreground activities the ids after them, elementary
    flows start at `FLOW_OFFSET`.
    """
    count = len(store.datasets)
    dataset_id = {name: i + 1 for i, name in enumerate(store.datasets)}
    flow_id = {flow: i + FLOW_OFFSET for i, flow in enumerate(store.flows)}
    size = count + len(system.activities)
    technosphere = np.zeros((size, size))
    technosphere[:count, :count] = store.technosphere
    technosphere[range(count, size), range(count, size)] = 1.0
    for row, column, amount in system.links:
        technosphere[count + row, count + column] -= float(amount)
    biosphere = np.zeros((len(store.flows), size))
    biosphere[:, :count] = store.biosphere
    for exchange in system.exchanges:
        column = count + exchange.activity
        if isinstance(exchange.target, str):
            technosphere[dataset_id[exchange.target] - 1, column] -= float(exchange.amount)
        else:
            biosphere[flow_id[exchange.target] - FLOW_OFFSET, column] += float(exchange.amount)
    rows, columns = np.nonzero(technosphere)
    flows, activities = np.nonzero(biosphere)
    factors = store.characterisation
    characterisation = []
    for k in range(factors.shape[1]):
        found = np.nonzero(factors[:, k])[0]
        characterisation.append((found + FLOW_OFFSET, factors[found, k]))
    return Matrices(
        (rows + 1, columns + 1, technosphere[rows, columns]),
        (flows + FLOW_OFFSET, activities + 1, biosphere[flows, activities]),
        characterisation,
    )


RTOL = 1e-9


def check_agreement(scores: list[float], main: Calculated, background: Background) -> float:
    """Hold Brightway against our own solver.

    Returns
    -------
    float
        Largest difference, relative to the sum of absolute contributions.

    Raises
    ------
    IntegrityError
        ``E601`` when it exceeds 1e-9.
    """
    own = main.scores
    scale = np.abs(main.solution.contributions(background)[0]).sum(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    deviation = np.abs(np.array(scores) - own) / scale
    worst = int(np.argmax(deviation))
    if not deviation[worst] <= RTOL:
        raise IntegrityError.one(
            "E601",
            say(
                "Brightway gives {scores!r} and the own solver {own!r} for {indicator}; nothing "
                "is reported",
                scores=scores[worst],
                own=float(own[worst]),
                indicator=background.indicators[worst],
            ),
        )
    return float(deviation[worst])
