"""Mass flows of blends in which every fibre keeps its own losses, with closed rework loops.

The functions use plain arithmetic only, so they run on floats, on numpy arrays with a leading
scenario axis, and on `fractions.Fraction` where eligibility is decided exactly.

Losses are input-based, ``m_in = m_out / (1 - loss)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, Optional, Sequence


@dataclass
class ChainFlows:
    """Mass flows of several fibres through the same steps, per kg of the chain's product.

    Attributes
    ----------
    fresh : list, one per fibre
        Fibre brought in, kg.
    feed : list, one per fibre
        Fibre at the input of the first step, rework included, kg.
    into, out, lost, reclaimed : list of list
        ``[step][fibre]`` mass into the step, out of it, lost in it, and the part of the loss
        that goes back to the first step, kg.
    product : list, one per fibre
        Fibre in the product; sums to 1 kg.
    """

    fresh: list[Any]
    feed: list[Any]
    into: list[list[Any]]
    out: list[list[Any]]
    lost: list[list[Any]]
    reclaimed: list[list[Any]]
    product: list[Any]


def chain_flows(
    shares: Sequence[Any],
    losses: Sequence[Sequence[Any]],
    reclaimed: Sequence[Any],
    rework: Optional[Any] = None,
) -> ChainFlows:
    """Flows of a blend through a chain of steps, per kg of product.

    Parameters
    ----------
    shares : sequence
        Share of each fibre in the fresh mixture; they sum to 1.
    losses : sequence of sequence
        ``[step][fibre]`` loss as a fraction of the step's input.
    reclaimed : sequence
        ``[step]`` share of the step's loss that is put back into the mixture.
    rework : optional
        Share of rework in the mixture as declared by the mill. It replaces `reclaimed`: each
        fibre then returns in the mixture's own composition.

    Returns
    -------
    ChainFlows

    Notes
    -----
    With ``S_t`` the yield up to step t, fibre i returns ``R_i = sum_t q_t * loss_t,i * S_t,i`` of
    its feed, so that ``fresh_i = feed_i * (1 - R_i)``. A declared rework share ``r`` sets
    ``R_i = r`` for every fibre; it can't exceed what the steps lose.
    """
    fibres = range(len(shares))
    survival: list[list[Any]] = [[1 + 0 * share for share in shares]]
    for step in losses:
        survival.append([survival[-1][i] * (1 - step[i]) for i in fibres])
    loss_of_feed = [[survival[t][i] * losses[t][i] for i in fibres] for t in range(len(losses))]
    back: list[list[Any]]
    if rework is None:
        back = [[reclaimed[t] * loss_of_feed[t][i] for i in fibres] for t in range(len(losses))]
    else:
        whole = [total([0 * shares[i], *(row[i] for row in loss_of_feed)]) for i in fibres]
        back = [
            [_ratio(rework * loss_of_feed[t][i], whole[i]) for i in fibres]
            for t in range(len(losses))
        ]
    returned = [total([0 * shares[i], *(row[i] for row in back)]) for i in fibres]
    feed = [shares[i] / (1 - returned[i]) for i in fibres]
    product = [feed[i] * survival[-1][i] for i in fibres]
    scale = 1 / total(product)
    feed = [value * scale for value in feed]
    return ChainFlows(
        fresh=[shares[i] * scale for i in fibres],
        feed=feed,
        into=[[feed[i] * survival[t][i] for i in fibres] for t in range(len(losses))],
        out=[[feed[i] * survival[t + 1][i] for i in fibres] for t in range(len(losses))],
        lost=[[feed[i] * row[i] for i in fibres] for row in loss_of_feed],
        reclaimed=[[feed[i] * row[i] for i in fibres] for row in back],
        product=[value * scale for value in product],
    )


def _ratio(above: Any, below: Any) -> Any:
    """Divide; 0 where there is no loss to divide (then there is no rework either)."""
    if hasattr(below, "shape"):
        import numpy as np

        return np.divide(above, below, out=np.zeros_like(above + below), where=below != 0)
    return above / below if below else 0 * above


def total(parts: Sequence[Any]) -> Any:
    """Sum that keeps the kind of number of its parts.

    Added one by one: the built-in `sum` rounds floats otherwise from Python 3.12 on.
    """
    return reduce(add, parts)


def blend_allowance(dry: Sequence[Any], allowances: Sequence[Any]) -> Any:
    """Agreed moisture allowance of a blend, as a fraction of its dry mass.

    ``r = sum d_i * r_i``, with dry shares ``d_i`` that sum to 1 and the agreed allowances
    ``r_i`` of Regulation (EU) No 1007/2011, Annex IX.

    Parameters
    ----------
    dry, allowances : sequence
        Shares of the dry mass, and allowances as fractions.

    Returns
    -------
    number or ndarray

    Examples
    --------
    >>> round(blend_allowance([0.75, 0.25], [0.1825, 0.0625]), 4)
    0.1525
    """
    return total([share * allowance for share, allowance in zip(dry, allowances)])


def dry_shares(shares: Sequence[Any], regains: Sequence[Any]) -> list[Any]:
    """Convert shares of conditioned mass to shares of dry mass.

    ``dry_i = m_i / (1 + r_i)``, with the agreed allowances ``r_i`` of Regulation (EU)
    No 1007/2011, Annex IX.

    Parameters
    ----------
    shares, regains : sequence
        Conditioned shares, and moisture as a fraction of the dry mass.

    Returns
    -------
    list
        Shares of the dry mass; they sum to 1.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> dry = dry_shares([F(65, 100), F(35, 100)], [F(17, 100), F(15, 1000)])
    >>> round(float(dry[0]) * 100, 2)
    61.7
    """
    dry = [share / (1 + regain) for share, regain in zip(shares, regains)]
    whole = total(dry)
    return [part / whole for part in dry]
