"""The solvers of a program, by name: HiGHS, and one in whole numbers that needs no library."""

from __future__ import annotations

from typing import Callable

from lca_cardato.optimise.linear import Make


def highs() -> Make:
    """Give HiGHS, which works in floats."""
    from lca_cardato.optimise.highs import Highs

    return Highs


def exact() -> Make:
    """Give the solver in whole numbers: the one that a browser has."""
    from lca_cardato.optimise.exact import Exact

    return Exact


SOLVERS: dict[str, Callable[[], Make]] = {"highs": highs, "exact": exact}
