"""A background of the size and density of the large commercial ones, from a seed."""

from __future__ import annotations

import numpy as np
from scipy import sparse


def background(processes=20_000, flows=2_000, seed=0):
    """Make a productive background with loops.

    Parameters
    ----------
    processes, flows : int
    seed : int

    Returns
    -------
    technosphere : csc_matrix, shape (processes, processes)
        Diagonal 1; use is negative, about 12 inputs per process.
    biosphere : csc_matrix, shape (flows, processes)
        15 to 50 exchanges per process.
    characterisation : ndarray, shape (flows, 4)

    Notes
    -----
    Three kinds of inputs, as in a real database: common services and materials (3 % of the
    processes, a few of them used by nearly all), processes of the same branch that stand before,
    and now and then any process, which closes loops through the common ones. What a process uses
    sums to less than 0.9 of its output, so every column is diagonally dominant and the inverse
    is not negative.
    """
    generator = np.random.default_rng(seed)
    common = max(8, processes * 3 // 100)
    weight = 1.0 / np.arange(1, common + 1)
    weight /= weight.sum()
    many = np.clip(generator.poisson(12, processes), 3, 30)
    column = np.repeat(np.arange(processes), many)
    total = len(column)
    services = generator.choice(common, total, p=weight)
    before = np.maximum(column - generator.integers(1, 40, total), 0)
    anyone = generator.integers(0, processes, total)
    kind = generator.random(total)
    loops = (column < common) & (kind > 0.97)
    row = np.where(kind < 0.7, services, before)
    row = np.where(loops, anyone, row)
    kept = row != column
    row, column = row[kept], column[kept]
    used = sparse.csc_matrix(
        (generator.lognormal(-2.0, 1.5, len(row)), (row, column)), shape=(processes, processes)
    )
    used.sum_duplicates()
    sums = np.asarray(used.sum(axis=0)).ravel()
    share = generator.uniform(0.3, 0.9, processes)
    used = used @ sparse.diags(np.divide(share, sums, out=np.zeros(processes), where=sums > 0))
    technosphere = (sparse.identity(processes, format="csc") - used).tocsc()

    many = generator.integers(15, 51, processes)
    column = np.repeat(np.arange(processes), many)
    often = 1.0 / (np.arange(flows) + 10.0)
    row = generator.choice(flows, len(column), p=often / often.sum())
    amounts = generator.lognormal(-4.0, 2.0, len(column))
    biosphere = sparse.csc_matrix((amounts, (row, column)), shape=(flows, processes))
    biosphere.sum_duplicates()

    factors = generator.lognormal(0.0, 1.5, (flows, 4))
    factors[generator.random((flows, 4)) > 0.15] = 0.0
    return technosphere, biosphere, factors
