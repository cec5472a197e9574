"""Random draws of parameters: one stream per parameter, so that adding one changes no other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.model.parameters import Parameter
from lca_cardato.streams import stream

Array = NDArray[np.float64]
Noise = NDArray[np.floating[Any]]
TILE = 1024
# How numbers come from a seed; to be counted up whenever a seed gives other draws than before.
SAMPLING = 3


def padded(count: int) -> int:
    """Numbers that a stream gives for `count` draws: whole tiles of `TILE`."""
    return -(-count // TILE) * TILE


def make_normal(numbers: Noise, room: Noise) -> None:
    """Turn numbers from 0 to 1 into standard normal ones, in place.

    Parameters
    ----------
    numbers : ndarray, shape (streams, multiple of `TILE`)
    room : ndarray like `numbers`
        To work in.

    Notes
    -----
    Box and Muller (1958), A note on the generation of random normal deviates, Annals of
    Mathematical Statistics 29(2), 610-611: sqrt(-2 ln u) cos(2 pi v) and sqrt(-2 ln u) sin(2 pi v)
    from two independent numbers u and v. The first half of a tile holds u, the second one v. With
    24 bits the farthest value is 5.8 standard deviations away, beyond all but one in 10^8 draws.
    """
    shape = (len(numbers), -1, 2, TILE // 2)
    halves, sine = numbers.reshape(shape), room.reshape(shape)[:, :, 0]
    radius, angle = halves[:, :, 0], halves[:, :, 1]
    np.subtract(1.0, radius, out=radius)  # 0 never comes up
    np.log(radius, out=radius)
    radius *= -2.0
    np.sqrt(radius, out=radius)
    angle *= 2.0 * math.pi
    np.sin(angle, out=sine)
    np.cos(angle, out=angle)
    angle *= radius
    radius *= sine


def draw(parameters: Mapping[str, Parameter], samples: int, seed: int) -> dict[str, Array]:
    """Draw every parameter from its distribution.

    Parameters
    ----------
    parameters : mapping
    samples : int
    seed : int

    Returns
    -------
    dict
        Key -> ndarray of shape (samples,); a parameter without distribution repeats its amount.

    Notes
    -----
    Parameters with the same stream move together: they rest on the same figure.
    """
    return {
        key: limited(
            key,
            sample(item.uncertainty, float(item.amount), samples, stream(item.stream or key, seed)),
        )
        for key, item in parameters.items()
    }


def limited(key: str, values: Any) -> Any:
    """Keep draws inside what can be: losses 0 to 95 %, shares 0 to 1, amounts 0 or more."""
    if ".loss" in key:
        return np.clip(values, 0.0, 0.95)
    return np.clip(values, 0.0, 1.0) if key.endswith(".reclaimed") else np.maximum(values, 0.0)


@dataclass(frozen=True)
class Distribution:
    """A distribution in floats.

    Attributes
    ----------
    kind : str
        ``none``, ``lognormal``, ``normal``, ``uniform`` or ``triangular``.
    amount : float
        Deterministic value: median of the lognormal and the triangular, mean of the normal.
    scale : float
        Logarithm of the geometric standard deviation, or the standard deviation.
    low, high : float
        Ends of the uniform and of the triangular.
    """

    kind: str
    amount: float
    scale: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @classmethod
    def of(cls, spread: Optional[Uncertainty], amount: float) -> Distribution:
        """Read the distribution of a figure."""
        kind = spread.distribution if spread is not None else "none"
        if spread is None or kind == "none":
            return cls("none", amount)
        if kind == "lognormal":
            return cls(kind, amount, math.log(float(spread.gsd or 1)))
        if kind == "normal":
            return cls(kind, amount, float(spread.sd or 0))
        low, high = float(spread.min or 0), float(spread.max or 0)
        return cls(kind, min(max(amount, low), high) if kind == "triangular" else amount, 0.0, low,
                   high)  # fmt: skip

    def sample(self, generator: np.random.Generator, samples: int) -> Array:
        """Draw; the first values do not depend on how many are drawn after them."""
        values, alike = np.empty((1, samples)), Alike([self])
        noise = np.empty((2, padded(samples)), dtype=np.float32)
        alike.noise([generator], noise[:1], noise[1:])
        alike.shape(noise[:1, :samples], values)
        return values[0]

    def quantile(self, u: Array) -> Array:
        """Inverse distribution function at probabilities `u`."""
        if self.kind == "none":
            return np.full(np.shape(u), self.amount)
        noise, alike = np.array(u, dtype=float)[None], Alike([self])
        if alike.normal:
            from scipy.special import ndtri

            ndtri(np.clip(noise, 1e-12, 1 - 1e-12), out=noise)
        values = np.empty_like(noise)
        alike.shape(noise, values)
        return values[0]


class Alike:
    """Distributions of one kind, to make values from many numbers at once.

    Parameters
    ----------
    distributions : sequence of Distribution
        All of the same kind.
    """

    def __init__(self, distributions: Sequence[Distribution]) -> None:
        (self.kind,) = {one.kind for one in distributions}
        self.amount, self.scale, self.low, self.high = (
            np.array([[getattr(one, name)] for one in distributions])
            for name in ("amount", "scale", "low", "high")
        )

    @property
    def normal(self) -> bool:
        """Whether values are made from standard normal numbers; else from numbers from 0 to 1."""
        return self.kind in ("lognormal", "normal")

    def noise(self, generators: Sequence[np.random.Generator], noise: Noise, room: Noise) -> None:
        """Draw the numbers behind the values: standard normal, or from 0 to 1.

        Parameters
        ----------
        generators : sequence of numpy.random.Generator
            One per distribution.
        noise : ndarray of float32, shape (distributions, `padded` draws)
            The result. Single precision: its steps, 6e-8 relative, lie far below any sampling
            error.
        room : ndarray like `noise`
            To work in.
        """
        for generator, row in zip(generators, noise):
            generator.random(out=row, dtype=np.float32)
        if self.normal:
            make_normal(noise, room)

    def shape(self, noise: Noise, values: Array, room: Optional[Noise] = None) -> None:
        """Turn standard normal numbers, or numbers from 0 to 1, into values.

        Parameters
        ----------
        noise : ndarray of float32 or float64, shape (distributions, draws)
            Row i belongs to distribution i; overwritten.
        values : ndarray of float64, shape (distributions, draws)
            The result: amounts, spreads and ends count in double precision.
        room : ndarray like `noise`, optional
            To work in.
        """
        if self.kind == "none":
            values[:] = self.amount
        elif self.kind == "lognormal":
            noise *= self.scale.astype(noise.dtype)
            np.exp(noise, out=noise)
            np.multiply(noise, self.amount, out=values)
        elif self.kind == "normal":
            np.multiply(noise, self.scale, out=values)
            values += self.amount
        elif self.kind == "uniform":
            np.multiply(noise, self.high - self.low, out=values)
            values += self.low
        else:
            self._triangular(noise, values, np.empty_like(noise) if room is None else room)

    def _triangular(self, noise: Noise, values: Array, other: Noise) -> None:
        """Draws around the stated amount as their median, with the ends as farthest.

        Notes
        -----
        Half of the draws lie on either side of the amount m. On each side the density falls in a
        straight line from m to the end, on the scale of the logarithm where the range is above 0
        (a tenth and ten times the amount are as far), else on the plain one. With u the
        probability, t = 1 - sqrt(2 u) is the part of the way to the lower end, and
        t = 1 - sqrt(2 (1 - u)) that to the upper one; of the two roots the smaller one holds, so
        that nothing is selected element by element. An amount at an end has all draws on the
        other side.
        """
        low, high, amount, kind = self.low, self.high, self.amount, noise.dtype
        edge = np.finfo(kind)
        share = np.where(amount <= low, 2 * float(edge.tiny), 0.5)
        share = np.where(amount >= high, 1.0 - float(edge.epsneg), share).astype(kind)
        below = noise < share
        np.subtract(1.0, noise, out=other)
        other *= (1.0 / (1.0 - share)).astype(kind)
        noise *= (1.0 / share).astype(kind)
        np.minimum(noise, other, out=noise)
        np.sqrt(noise, out=noise)
        np.subtract(1.0, noise, out=noise)
        plain = np.flatnonzero(low[:, 0] <= 0)
        if len(plain) < len(low):
            safe = np.where(low > 0, amount, 1.0)
            down, up = (np.log(np.where(low > 0, end, 1.0) / safe) for end in (low, high))
            np.multiply(below, (down - up).astype(kind), out=other)
            other += up.astype(kind)
            other *= noise
            np.exp(other, out=other)
            np.multiply(other, amount, out=values)
        for row in plain:
            reach = np.where(below[row], low[row] - amount[row], high[row] - amount[row])
            np.multiply(noise[row], reach, out=values[row])
            values[row] += amount[row]
        np.clip(values, low, high, out=values)


def sample(
    spread: Optional[Uncertainty], amount: float, samples: int, generator: np.random.Generator
) -> Array:
    """Draw from the distribution of a figure; see `Distribution`."""
    return Distribution.of(spread, amount).sample(generator, samples)
