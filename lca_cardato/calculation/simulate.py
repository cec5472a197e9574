"""Paired draws of several products: the same figures, the same numbers."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Callable, Optional, Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from lca_cardato.brightway.store import Store
from lca_cardato.calculation.draws import BlockDraws, RandomDraws, Streams, keep_memory
from lca_cardato.calculation.figures import Draws, Figure, foreground
from lca_cardato.calculation.propagate import Propagation
from lca_cardato.calculation.solve import evaluate
from lca_cardato.calculation.uncertain_background import UncertainBackground
from lca_cardato.errors import InputError
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import build_system
from lca_cardato.sentence import say
from lca_cardato.text.number import largest

Array = NDArray[np.float64]
BLOCK = 16_384
MAX_SAMPLES = 1_000_000
MANY, CELLS = 4, 6_000_000
"""Products from which scores per unit of the background pay, and the numbers that they may hold."""


class Products:
    """Several products under uncertainty.

    Parameters
    ----------
    models : sequence of ProductModel
    inventory : Inventory
    store : Store
    indicators : sequence of str
    asked : sequence of sequence of str, optional
        Indicators of each product that are asked for; the scores of the others are NaN.
    """

    def __init__(
        self,
        models: Sequence[ProductModel],
        inventory: Inventory,
        store: Store,
        indicators: Sequence[str],
        asked: Optional[Sequence[Sequence[str]]] = None,
    ) -> None:
        self.indicators = list(indicators)
        self.asked = np.ones((len(models), len(self.indicators)), dtype=bool)
        for row, names in enumerate(asked or ()):
            self.asked[row] = [name in names for name in self.indicators]
        self.foregrounds = [foreground(model) for model in models]
        targets: set[str] = set()
        for item in self.foregrounds:
            system = build_system(item.model, item.constants)
            targets |= {e.target for e in system.exchanges if isinstance(e.target, str)}
        self.background = UncertainBackground(inventory, store, targets, indicators)
        keep_memory()

    def figures(self) -> list[Figure]:
        """List the uncertain figures."""
        found = [figure for item in self.foregrounds for figure in item.figures]
        return found + self.background.figures()

    @cached_property
    def streams(self) -> Streams:
        """Random streams of the uncertain figures."""
        return Streams(self.figures())

    def scores(self, draws: Draws) -> list[Array]:
        """Scores for a block of draws; not for two threads at once.

        Parameters
        ----------
        draws : Draws

        Returns
        -------
        list of ndarray, shape (indicators, draws)
            One per product; NaN where a draw has no sound mass balance.
        """
        propagation = Propagation(self.background)
        propagation.begin(draws)
        found = []
        cells = len(self.background.nodes) * len(self.indicators) * draws.count
        shared = len(self.foregrounds) >= MANY and cells <= CELLS
        units = propagation.unit_scores() if shared else None
        with np.errstate(all="ignore"):
            for item, asked in zip(self.foregrounds, self.asked):
                some = units.of_some(asked) if units is not None else propagation.scores
                one = evaluate(item.model, item.values(draws), some)
                whole = np.all(one.sound)
                found.append(one.scores if whole else np.where(one.sound, one.scores, np.nan))
        return found


@dataclass
class Simulation:
    """Scores of paired draws.

    Attributes
    ----------
    indicators : list of str
    scores : ndarray, shape (products, indicators, draws)
        Per declared unit; column d of every product rests on the same draw.
    seed : int
    figures : int
        Number of uncertain figures that were drawn.
    drivers : list of list of (str, float)
        For each product and indicator, streams with the share of the variance they explain alone
        (squared correlation), largest first; empty when not asked for.
    """

    indicators: list[str]
    scores: Array
    seed: int
    figures: int
    drivers: list[list[list[tuple[str, float]]]]


def simulate(
    products: Products,
    samples: int,
    seed: int,
    drivers: bool = False,
    workers: Optional[int] = None,
    tick: Optional[Callable[[int, int], None]] = None,
) -> Simulation:
    """Draw every uncertain figure and calculate every product with it.

    Parameters
    ----------
    products : Products
    samples : int
        Draws, 2 to 1 000 000.
    seed : int
        0 or larger.
    drivers : bool
        Whether to tell which figures make the spread.
    workers : int, optional
        Threads; the number changes no result.
    tick : callable, optional
        Called with (draws done, draws in all).

    Returns
    -------
    Simulation

    Raises
    ------
    InputError
        ``E326`` when the number of draws or the seed is out of range.
    """
    if not 2 <= samples <= MAX_SAMPLES:
        raise InputError.one(
            "E326",
            say("draws from 2 to {most} are possible", most=MAX_SAMPLES),
            key="samples",
            value=str(samples),
        )
    if seed < 0:
        raise InputError.one("E326", say("a seed is 0 or larger"), key="seed", value=str(seed))
    streams = products.streams
    random = RandomDraws(streams, seed)
    count = len(products.foregrounds)
    scores = np.empty((count, len(products.indicators), samples))
    sums = _Correlations(streams.figures, count, len(products.indicators)) if drivers else None
    threads = workers or min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(threads) as pool, one_thread():
        for start in range(0, samples, BLOCK):
            stop = min(samples, start + BLOCK)
            room = scores[:, :, start:stop]
            _block(products, random, room, pool, threads)
            if sums is not None:
                sums.add(random.values, room)
            if tick:
                tick(stop, samples)
    _check(scores, products)
    told = sums.drivers() if sums is not None else []
    return Simulation(products.indicators, scores, seed, len(streams.figures), told)


def one_thread() -> Any:
    """Let linear algebra work in one thread, as a context.

    The products of flat matrices here take a fifth of a millisecond; with threads of their own
    they wait for each other, ten times as long where the other processor is busy.
    """
    return _blas().limit(limits=1, user_api="blas")


@cache
def _blas() -> ThreadpoolController:
    """Linear algebra libraries of this process."""
    return ThreadpoolController()


def _block(
    products: Products, random: RandomDraws, room: Array, pool: ThreadPoolExecutor, threads: int
) -> None:
    """Draw and calculate a block; `room` has shape (products, indicators, draws).

    Drawing takes long operations that leave the interpreter to other threads; calculating takes
    many short ones, which threads would only take from each other.
    """
    random.begin(room.shape[2])
    groups = iter(range(len(random.streams.groups)))  # each thread takes the next one
    others = [pool.submit(random.fill, groups) for _ in range(1, threads)]
    random.fill(groups)
    for other in others:
        other.result()
    room[:] = products.scores(BlockDraws(random.streams, random.values))


def _check(scores: Array, products: Products) -> None:
    from lca_cardato.errors import CalculationError

    indicators = products.indicators
    missing = ~np.isfinite(scores) & products.asked[:, :, None]
    if missing.any():
        product, indicator, draw = np.argwhere(missing)[0]
        raise CalculationError.one(
            "E304",
            say(
                "draw {draw} of product {product} has no sound mass balance ({indicator})",
                draw=draw,
                product=product + 1,
                indicator=indicators[indicator],
            ),
            key="route",
            suggestion=say("narrow the distribution of losses and rework"),
        )


class _Correlations:
    """Sums for the correlation of every figure with every score."""

    def __init__(self, figures: list[Figure], products: int, indicators: int) -> None:
        self.figures = figures
        self.n = 0
        self.x = np.zeros((2, len(figures)))
        self.y = np.zeros((2, products, indicators))
        self.xy = np.zeros((len(figures), products, indicators))
        self.shift: Any = None

    def add(self, values: Array, scores: Array) -> None:
        """Take in a block; `values` has shape (figures, draws)."""
        if self.shift is None:
            self.shift = (values.mean(axis=1, keepdims=True), scores.mean(axis=2, keepdims=True))
        values, scores = values - self.shift[0], scores - self.shift[1]
        self.n += values.shape[1]
        self.x += [values.sum(axis=1), (values**2).sum(axis=1)]
        self.y += [scores.sum(axis=2), (scores**2).sum(axis=2)]
        self.xy += np.einsum("fd,pid->fpi", values, scores)

    def drivers(self) -> list[list[list[tuple[str, float]]]]:
        """Share of the variance by stream, largest first."""
        n = self.n
        spread_x = self.x[1] / n - (self.x[0] / n) ** 2
        spread_y = self.y[1] / n - (self.y[0] / n) ** 2
        both = self.xy / n - self.x[0][:, None, None] / n * (self.y[0] / n)[None]
        with np.errstate(all="ignore"):
            r2 = both**2 / (spread_x[:, None, None] * spread_y[None])
        r2 = np.where(np.isfinite(r2), r2, 0.0)
        found = []
        for product in range(self.y.shape[1]):
            rows = []
            for indicator in range(self.y.shape[2]):
                best: dict[str, float] = {}
                for place, figure in enumerate(self.figures):
                    value = float(r2[place, product, indicator])
                    best[figure.stream] = max(best.get(figure.stream, 0.0), value)
                rows.append(sorted(best.items(), key=lambda item: (largest(item[1]), item[0])))
            found.append(rows)
        return found
