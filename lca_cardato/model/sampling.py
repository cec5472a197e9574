"""Random draws of parameters: one stream per parameter, so that adding one changes no other."""

from __future__ import annotations

import hashlib
from typing import Mapping

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
    """
    return {
        key: sample(item.uncertainty, float(item.amount), samples, stream(key, seed))
        for key, item in parameters.items()
    }


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
