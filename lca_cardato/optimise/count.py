"""How many blends a space has, without listing them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Sequence

from lca_cardato.optimise.shape import Shape, fixed_share
from lca_cardato.space.load import LoadedSpace
from lca_cardato.space.paths import with_overrides


def blends_in(space: LoadedSpace, shape: Shape) -> int:
    """Count the blends of a space: whole steps shared out in each of its combinations."""
    counted: dict[Fraction, int] = {}
    total = 0
    most = [int((line.high - line.low) // shape.step) for line in shape.lines]
    low = sum((line.low for line in shape.lines), Fraction(0))
    for number_ in range(space.size):
        data = with_overrides(space.base.document.data, space.overrides(number_))
        steps = (1 - fixed_share(data, shape) - low) / shape.step
        if steps not in counted:
            whole = steps.denominator == 1 and steps >= 0
            counted[steps] = ways(int(steps), most) if whole else 0
        total += counted[steps]
    return total


def ways(total: int, most: Sequence[int]) -> int:
    """Count the ways to share out a number of steps, each line taking no more than its most.

    Notes
    -----
    The coefficient of ``z^total`` in the product of ``(1 - z^(most + 1)) / (1 - z)``.

    Examples
    --------
    >>> ways(3, [3, 3]), ways(3, [1, 2])
    (4, 1)
    """
    signs: dict[int, int] = {0: 1}
    for limit in most:
        for power, sign in list(signs.items()):
            if power + limit + 1 <= total:
                signs[power + limit + 1] = signs.get(power + limit + 1, 0) - sign
    lines = len(most) - 1
    return sum(sign * math.comb(total - power + lines, lines) for power, sign in signs.items())
