"""Random draws of parameters: one stream per parameter, so that adding one changes no other."""

from __future__ import annotations

import hashlib
from typing import Any, Mapping

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
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=spawn_key)))


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


def sample(
    spread: Uncertainty | None, amount: float, samples: int, generator: np.random.Generator
) -> Array:
    """Draw from one distribution.

    Parameters
    ----------
    spread : Uncertainty or None
    amount : float
        Deterministic value: median of the lognormal, mean of the normal, mode of the triangular.
    samples : int
    generator : numpy.random.Generator

    Returns
    -------
    ndarray, shape (samples,)
    """
    kind = spread.distribution if spread is not None else "none"
    if spread is None or kind == "none":
        return np.full(samples, amount)
    if kind == "lognormal":
        return amount * np.exp(np.log(float(spread.gsd or 1)) * generator.standard_normal(samples))
    if kind == "normal":
        return amount + float(spread.sd or 0) * generator.standard_normal(samples)
    low, high = float(spread.min or 0), float(spread.max or 0)
    if kind == "uniform":
        return generator.uniform(low, high, samples)
    return generator.triangular(low, min(max(amount, low), high), high, samples)


def quantile(spread: Uncertainty | None, amount: float, u: Array) -> Array:
    """Inverse distribution function; the counterpart of `sample`.

    Parameters
    ----------
    spread : Uncertainty or None
    amount : float
        As in `sample`.
    u : ndarray
        Probabilities between 0 and 1.

    Returns
    -------
    ndarray
        Of the shape of `u`.
    """
    from scipy.special import ndtri

    kind = spread.distribution if spread is not None else "none"
    if spread is None or kind == "none":
        return np.full(np.shape(u), amount)
    inside = np.clip(u, 1e-12, 1 - 1e-12)
    if kind == "lognormal":
        return amount * np.exp(np.log(float(spread.gsd or 1)) * ndtri(inside))
    if kind == "normal":
        return amount + float(spread.sd or 0) * ndtri(inside)
    low, high = float(spread.min or 0), float(spread.max or 0)
    if kind == "uniform":
        return low + (high - low) * u
    mode = min(max(amount, low), high)
    cut = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u < cut, rising, falling)
