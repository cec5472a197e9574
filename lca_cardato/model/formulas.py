"""Published formulas, one pure function each.

All functions take and return floats or numpy arrays and keep to the units in their names.
"""

from __future__ import annotations

from typing import Any, Callable


def power_law_dtex(
    dtex: Any, a: float, b: float, factor: float = 1.0, constant: float = 0.0
) -> Any:
    """Electricity of spinning as a power law of the linear density.

    ``e = factor * a * dtex**b + constant``

    Parameters
    ----------
    dtex : float or ndarray
        Linear density of the single yarn, dtex (g per 10 km).
    a, b : float
        Coefficients; `a` in kWh/kg.
    factor : float
        Material factor.
    constant : float
        Term that does not depend on count, kWh/kg.

    Returns
    -------
    float or ndarray
        Electricity, kWh per kg of yarn.

    Notes
    -----
    Shape of the ring-spinning model of the Carbonfact LCA database for footwear and apparel
    (2026), methodology ring-spun 3.1.6, doi 10.5281/zenodo.21102755. A fit to its table
    (dtex 45 to 600: 21.4, 6.74, 3.50, 2.29, 1.69, 1.05 kWh/kg) gives about
    ``1758 * dtex**-1.163``; the coefficients printed beside the table do not reproduce it.

    Examples
    --------
    >>> round(float(power_law_dtex(200.0, 1758.0, -1.163)), 2)
    3.71
    """
    return factor * a * dtex**b + constant


def linear_nm(nm: Any, slope: float, constant: float = 0.0) -> Any:
    """Electricity linear in the metric count, ``e = slope * nm + constant``.

    Parameters
    ----------
    nm : float or ndarray
        Metric count of the yarn, km/kg.
    slope : float
        kWh/kg per unit of metric count.
    constant : float
        kWh/kg.

    Returns
    -------
    float or ndarray
        Electricity, kWh/kg.

    Notes
    -----
    Ecobalyse (MTES-MCT) uses ``4/50 * Nm`` for ring and ``2/50 * Nm`` for open-end spinning.

    Examples
    --------
    >>> linear_nm(10.0, 0.08)
    0.8
    """
    return slope * nm + constant


FORMULAS: dict[str, tuple[str, Callable[..., Any]]] = {
    "power_law_dtex": ("dtex", power_law_dtex),
    "linear_nm": ("nm", linear_nm),
}


def evaluate(name: str, parameters: dict[str, float], nm: Any, outside: str = "") -> Any:
    """Evaluate a formula of the inventory for a yarn count.

    Parameters
    ----------
    name : str
        Key of `FORMULAS`.
    parameters : dict
        Coefficients. ``nm_min``/``nm_max`` or ``dtex_min``/``dtex_max`` bound the validity.
    nm : float or ndarray
        Metric count, km/kg.
    outside : str
        ``"clamp"`` keeps the value at the bound of the validity; otherwise the formula is
        carried on and the caller warns.

    Returns
    -------
    float or ndarray
        kWh/kg.

    Raises
    ------
    KeyError
        Unknown formula.
    """
    import numpy as np

    kind, function = FORMULAS[name]
    bounds = {k: v for k, v in parameters.items() if k.endswith(("_min", "_max"))}
    rest = {k: v for k, v in parameters.items() if k not in bounds}
    value = 10_000.0 / nm if kind == "dtex" else nm
    if outside == "clamp":
        low, high = bounds.get(f"{kind}_min", 0.0), bounds.get(f"{kind}_max", np.inf)
        value = np.clip(value, low, high)
        value = float(value) if np.ndim(value) == 0 else value
    return function(value, **rest)


def within_validity(parameters: dict[str, float], nm: float) -> bool:
    """Tell whether a count lies inside the validity that the inventory states."""
    dtex = 10_000.0 / nm
    return parameters.get("nm_min", 0.0) <= nm <= parameters.get(
        "nm_max", float("inf")
    ) and parameters.get("dtex_min", 0.0) <= dtex <= parameters.get("dtex_max", float("inf"))
