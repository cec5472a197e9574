"""Random draws of uncertain figures: a stream for each, values for many of them at once."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.calculation.figures import Draws, Figure
from lca_cardato.calculation.sampling import TILE, Alike, padded
from lca_cardato.streams import start_streams, stream_key

Array = NDArray[np.float64]
TOGETHER = 32
KEPT = 31 * 2**20


class Streams:
    """Random streams of uncertain figures, one for each.

    Parameters
    ----------
    figures : iterable of Figure

    Attributes
    ----------
    figures : list of Figure
        Those that differ, distributions of one kind together.
    groups : list of (range, Alike)
        Rows of some figures of one kind, and their distributions.
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        known: dict[tuple[Any, ...], list[Figure]] = {}
        for figure in figures:
            known.setdefault(figure.identity, []).append(figure)
        alike = sorted(known.values(), key=lambda some: some[0].distribution.kind)
        self.figures = [some[0] for some in alike]
        self.places = {id(figure): i for i, some in enumerate(alike) for figure in some}
        self.kept = [figure for some in alike for figure in some]  # their ids stay theirs
        self.keys = [stream_key(figure.stream) for figure in self.figures]
        self.groups: list[tuple[range, Alike]] = []
        kinds = groupby(range(len(alike)), lambda row: self.figures[row].distribution.kind)
        for _, rows in kinds:
            some = list(rows)
            for first in range(0, len(some), TOGETHER):
                part = some[first : first + TOGETHER]
                found = Alike([self.figures[row].distribution for row in part])
                self.groups.append((range(part[0], part[-1] + 1), found))
        self._runs: dict[int, tuple[Sequence[Figure], list[tuple[slice, slice]]]] = {}

    def runs(self, figures: Sequence[Figure]) -> list[tuple[slice, slice]]:
        """Runs of figures that stand together: places among `figures`, and rows.

        They are remembered by the list itself, which must not change afterwards.
        """
        known = self._runs.get(id(figures))
        if known is None:
            rows = np.array([self.places[id(figure)] for figure in figures], dtype=int)
            ends = [0, *(np.flatnonzero(np.diff(rows) != 1) + 1).tolist(), len(rows)]
            found = [
                (slice(i, j), slice(int(rows[i]), int(rows[i]) + j - i))
                for i, j in pairwise(ends) if j > i
            ]  # fmt: skip
            known = self._runs[id(figures)] = (figures, found)
        return known[1]


def keep_memory() -> None:
    """Let the process keep the memory of arrays that are freed: new memory is slow.

    Notes
    -----
    The GNU C library returns memory to the system as soon as the end of it is free, and asks for
    it again at the next array, page by page. Once a large block was freed it keeps twice as much.
    The block that is freed for this is never touched, so it takes no memory. Without it draws
    take 1.4 times the time.
    """
    np.empty(KEPT, dtype=np.uint8)


class RandomDraws:
    """Random draws, block after block; each figure has a generator of its own.

    Parameters
    ----------
    streams : Streams
    seed : int
        0 or larger.
    """

    def __init__(self, streams: Streams, seed: int) -> None:
        self.streams = streams
        self.generators = start_streams(streams.keys, seed)
        self.values: Array = np.empty((len(streams.figures), 0))

    def draw(self, count: int) -> BlockDraws:
        """Draw the next `count` values of every figure."""
        self.begin(count)
        self.fill(range(len(self.streams.groups)))
        return BlockDraws(self.streams, self.values)

    def begin(self, count: int) -> None:
        """Make room for the next block of `count` values.

        Raises
        ------
        ValueError
            The block before was no multiple of `TILE`: streams go on in whole tiles.
        """
        if self.values.shape[1] % TILE:
            raise ValueError(f"{self.values.shape[1]} draws, no multiple of {TILE}, were the last")
        if self.values.shape[1] != count:
            self.values = np.empty((len(self.generators), count))

    def fill(self, groups: Iterable[int]) -> None:
        """Draw the block for some groups of figures; several threads may do so at once."""
        count = self.values.shape[1]
        noise, work = (np.empty((TOGETHER, padded(count)), np.float32) for _ in range(2))
        for place in groups:
            rows, alike = self.streams.groups[place]
            here, free = noise[: len(rows)], work[: len(rows)]
            alike.noise([self.generators[row] for row in rows], here, free)
            values = self.values[rows.start : rows.stop]
            alike.shape(here[:, :count], values, free[:, :count])
            for row in rows:
                figure = self.streams.figures[row]
                if figure.bounded:
                    self.values[row] = figure.limited(self.values[row])


class BlockDraws(Draws):
    """Some draws of a block; `values` has shape (figures, draws)."""

    def __init__(self, streams: Streams, values: Array) -> None:
        self.streams, self.values = streams, values
        self.count = values.shape[1]

    def __call__(self, figure: Figure) -> Array:
        """Values of a figure."""
        row: Array = self.values[self.streams.places[id(figure)]]
        return row

    def times(self, figures: Sequence[Figure], factor: Array, result: Array) -> None:
        """Multiply figures by one array; see `Draws`."""
        for some, rows in self.streams.runs(figures):
            np.multiply(self.values[rows], factor, out=result[some])
