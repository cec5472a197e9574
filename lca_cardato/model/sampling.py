"""Random draws of parameters: one stream per parameter, so that adding one changes no other."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.model.parameters import Parameter

Array = NDArray[np.float64]


def stream(key: str, seed: int) -> np.random.Generator:
    """Random generator of a parameter.

    Parameters
    ----------
    key : str
        Key of the parameter; its SHA-256 names the stream.
    seed : int
        0 or larger.

    Returns
    -------
    numpy.random.Generator

    Notes
    -----
    ``SeedSequence(seed, spawn_key)`` with a spawn key from the name: the draws of a parameter
    depend on its name and on the seed alone.
    """
    return start_streams([stream_key(key)], seed)[0]


def stream_key(key: str) -> NDArray[np.uint32]:
    """Spawn key of a stream: the first 128 bits of the SHA-256 of its name."""
    return np.frombuffer(hashlib.sha256(key.encode()).digest()[:16], dtype=">u4").astype(np.uint32)


def start_streams(keys: Sequence[NDArray[np.uint32]], seed: int) -> list[np.random.Generator]:
    """Random generators of some spawn keys.

    Notes
    -----
    A seed sequence joins the 32-bit words of the seed, at least four, and those of the spawn key;
    joined here for all, they give the same states in half the time.
    """
    words = [(seed >> shift) & 0xFFFFFFFF for shift in range(0, max(128, seed.bit_length()), 32)]
    entropy = np.empty((len(keys), len(words) + 4), dtype=np.uint32)
    entropy[:, : len(words)] = words
    for row, key in zip(entropy, keys):
        row[len(words) :] = key
    bits, sequence, generator = np.random.SFC64, np.random.SeedSequence, np.random.Generator
    return [generator(bits(sequence(row))) for row in entropy]  # type: ignore[arg-type]


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
        Deterministic value: median of the lognormal, mean of the normal, mode of the triangular.
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
        values, alike = np.empty(samples), Alike([self])
        alike.noise(generator, values)
        alike.shape(values[None])
        return values

    def quantile(self, u: Array) -> Array:
        """Inverse distribution function at probabilities `u`."""
        if self.kind == "none":
            return np.full(np.shape(u), self.amount)
        values, alike = np.array(u, dtype=float), Alike([self])
        if alike.normal:
            from scipy.special import ndtri

            ndtri(np.clip(u, 1e-12, 1 - 1e-12), out=values)
        alike.shape(values[None])
        return values


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

    def noise(self, generator: np.random.Generator, values: Array) -> None:
        """Draw the numbers behind the values: standard normal, or from 0 to 1."""
        if self.normal:
            generator.standard_normal(out=values)
        else:
            generator.random(out=values)

    def shape(self, values: Array, room: Optional[Array] = None) -> None:
        """Turn standard normal numbers, or numbers from 0 to 1, into values, in place.

        Parameters
        ----------
        values : ndarray, shape (distributions, draws)
            Row i belongs to distribution i.
        room : ndarray, shape (distributions, draws), optional
            To work in.
        """
        if self.kind == "none":
            values[:] = self.amount
        elif self.kind == "lognormal":
            values *= self.scale
            np.exp(values, out=values)
            values *= self.amount
        elif self.kind == "normal":
            values *= self.scale
            values += self.amount
        elif self.kind == "uniform":
            values *= self.high - self.low
            values += self.low
        else:
            self._triangular(values, np.empty_like(values) if room is None else room)

    def _triangular(self, values: Array, other: Array) -> None:
        """Inverse distribution function: away from the mode, towards one end, by a square root.

        Notes
        -----
        With m the mode, c its probability and u the probability: m - (1 - sqrt(u / c)) (m - low)
        below it, m + (1 - sqrt((1 - u) / (1 - c))) (high - m) above. Of the two fractions the
        smaller one holds, so that nothing is selected element by element.
        """
        low, high, width = self.low, self.high, self.high - self.low
        # a mode at an end leaves the other side a probability that no draw reaches
        share = np.clip((self.amount - low) / width, np.finfo(float).tiny, 1.0 - 2.0**-53)
        below = values < share
        np.subtract(1.0, values, out=other)
        other *= 1.0 / (1.0 - share)
        values *= 1.0 / share
        np.minimum(values, other, out=values)
        np.sqrt(values, out=values)
        np.subtract(1.0, values, out=values)
        np.multiply(below, -width, out=other)
        other += high - self.amount
        values *= other
        values += self.amount
        np.clip(values, low, high, out=values)


def sample(
    spread: Optional[Uncertainty], amount: float, samples: int, generator: np.random.Generator
) -> Array:
    """Draw from the distribution of a figure; see `Distribution`."""
    return Distribution.of(spread, amount).sample(generator, samples)
