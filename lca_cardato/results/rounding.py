"""Digits of numbers in results."""

from __future__ import annotations

from typing import Any

DIGITS = 12


FULL = 0.9995


def number(value: Any) -> float:
    """Round to twelve significant digits, so that platforms print the same."""
    rounded = float(f"{float(value):.{DIGITS}g}")
    return rounded + 0.0 if rounded else 0.0


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_rounded(v) for v in value]
    if isinstance(value, float):
        return number(0.0 if abs(value) < 1e-13 else value)
    return value
