"""Random draws of parameters: one stream per parameter, so that adding one changes no other."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any, Mapping, Optional

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
    digest = hashlib.sha256(key.encode()).digest()
    spawn_key = tuple(int.from_bytes(digest[i : i + 4], "big") for i in (0, 4, 8, 12))
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=spawn_key)))


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
        values = np.empty(samples)
        self.sample_into(generator, values)
        return values

    def sample_into(self, generator: np.random.Generator, values: Array) -> None:
        """Draw as many values as `values` holds, into it."""
        if self.kind == "none":
            values[:] = self.amount
        elif self.kind == "lognormal":
            generator.standard_normal(out=values)
            values *= self.scale
            np.exp(values, out=values)
            values *= self.amount
        elif self.kind == "normal":
            generator.standard_normal(out=values)
            values *= self.scale
            values += self.amount
        else:
            generator.random(out=values)
            if self.kind == "uniform":
                values *= self.high - self.low
                values += self.low
            else:
                values[:] = self.quantile(values)

    def quantile(self, u: Array) -> Array:
        """Inverse distribution function at probabilities `u`."""
        if self.kind == "none":
            return np.full(np.shape(u), self.amount)
        if self.kind in ("lognormal", "normal"):
            from scipy.special import ndtri

            normal = ndtri(np.clip(u, 1e-12, 1 - 1e-12)) * self.scale
            return (
                self.amount * np.exp(normal) if self.kind == "lognormal" else self.amount + normal
            )
        width = self.high - self.low
        if self.kind == "uniform":
            return self.low + width * u
        left, right = self.amount - self.low, self.high - self.amount
        rising = u * width < left
        root = np.sqrt(np.where(rising, u * (width * left), (1.0 - u) * (width * right)))
        return np.where(rising, self.low + root, self.high - root)


def sample(
    spread: Optional[Uncertainty], amount: float, samples: int, generator: np.random.Generator
) -> Array:
    """Draw from the distribution of a figure; see `Distribution`."""
    return Distribution.of(spread, amount).sample(generator, samples)
