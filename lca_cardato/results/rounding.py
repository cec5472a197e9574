"""Digits of numbers in results."""

from __future__ import annotations

from typing import Any, Sequence

DIGITS = 12


FULL = 0.9995


def number(value: Any) -> float:
    """Round to twelve significant digits, so that platforms print the same."""
    rounded = float(f"{float(value):.{DIGITS}g}")
    return rounded + 0.0 if rounded else 0.0


def percentiles(values: Any, ends: Sequence[float]) -> list[float]:
    """Percentiles of draws, those of `numpy.percentile` in a third of its time.

    Parameters
    ----------
    values : ndarray, shape (draws,)
    ends : sequence of float
        Percent, 0 to 100.

    Notes
    -----
    Linear between neighbours: definition 7 of Hyndman and Fan (1996), Am. Stat. 50(4), 361-365.
    """
    import numpy as np  # a stored run is shown without it

    ordered = np.sort(values)
    found = []
    for end in ends:
        place = end / 100 * (len(ordered) - 1)
        below = int(place)
        low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
        found.append(float(low + (high - low) * (place - below)))
    return found


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_rounded(v) for v in value]
    if isinstance(value, float):
        return number(0.0 if abs(value) < 1e-13 else value)
    return value
