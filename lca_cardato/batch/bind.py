"""Tie what varies to the parameters of a product system."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.inventory.records import Inventory
from lca_cardato.model.checks import MEAN_COUNT, count_key
from lca_cardato.model.contract import PHOTOVOLTAIC
from lca_cardato.model.figures import UNITS, figure_parameter
from lca_cardato.model.formulas import evaluate
from lca_cardato.model.structure import ProductModel, YarnUse
from lca_cardato.model.system import MASS, follow, parameter_values, rework_key, share_key
from lca_cardato.scenario.figure import Figure
from lca_cardato.space.axes import Axis
from lca_cardato.space.paths import value_at
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import conversion_factor

Array = NDArray[np.float64]
PARTS_OF_UNIT = Fraction(1, 100)


@dataclass(frozen=True)
class Binding:
    """One axis tied to a parameter: ``amount = factor * number``.

    Attributes
    ----------
    axis : int
        Position of the axis in the space.
    kind : str
        ``figure``, ``share``, ``count``, ``price``, ``mass`` or ``photovoltaic``.
    key : str
        Parameter; for a share the blend line, for a count the yarn.
    factor : Fraction
    """

    axis: int
    kind: str
    key: str
    factor: Fraction


@dataclass
class Bindings:
    """All axes of a space tied to a product system.

    Attributes
    ----------
    model : ProductModel
    items : list of Binding
    constants : dict
        Every parameter as a float.
    prices : dict
        Blend line -> EUR per kg, for lines that have a price.
    """

    model: ProductModel
    items: list[Binding]
    constants: dict[str, float] = field(default_factory=dict)
    prices: dict[str, float] = field(default_factory=dict)


def bind(
    model: ProductModel, data: Any, axes: list[tuple[int, Axis, tuple]], inventory: Inventory
) -> Optional[Bindings]:
    """Tie the axes with numbers to the parameters of a product system.

    Parameters
    ----------
    model : ProductModel
        Resolved for one row of the structure.
    data : tree
        The scenario of that row.
    axes : list of (position, Axis, path)
        Axes with numbers, and where each leads in this scenario; () for a line that is absent.
    inventory : Inventory

    Returns
    -------
    Bindings or None
        None when an axis leads to nothing that can be calculated with numbers; its rows are then
        calculated one by one.
    """
    found = []
    for position, axis, path in axes:
        if not path:
            continue
        if path == ("electricity", "photovoltaic") and axis.unit == "%":
            if len(model.electricity) == 1:
                continue  # 0 % or 100 % in all rows: nothing to calculate with
        item = _binding(position, axis, path, model, data, inventory)
        if item is None:
            return None
        found.append(item)
    prices = {
        line.key: float(line.entry.price.amount)
        for yarn in model.yarns
        for line in yarn.lines
        if line.entry.price is not None
    }
    return Bindings(model, found, parameter_values(model), prices)


def _binding(
    position: int, axis: Axis, path: tuple, model: ProductModel, data: Any, inventory: Inventory
) -> Optional[Binding]:
    last = path[-1]
    unit = axis.unit
    try:
        if path == ("product", "count") or (path[0] == "yarns" and last == "count"):
            if any(figure.by == "length" for figure in model.figures.values()):
                return None
            return Binding(position, "count", _yarn(model, path).name, Fraction(1))
        if path == ("product", "surface_mass"):
            return Binding(position, "mass", MASS, conversion_factor(unit, "g/m2") / 1000)
        if path == ("electricity", "photovoltaic"):
            if unit != "%" or len(model.electricity) != 2:
                return None
            return Binding(position, "photovoltaic", PHOTOVOLTAIC, PARTS_OF_UNIT)
        if len(path) >= 3 and path[-3] == "blend" and last in ("share", "price"):
            key = _line_key(model, path)
            if last == "price" and key == rework_key(_yarn(model, path)):
                return None
            if last == "price":
                return Binding(position, "price", key, conversion_factor(unit, "EUR/kg"))
            if unit != "%" or not _plain_shares(_yarn(model, path)):
                return None
            return Binding(position, "share", key, PARTS_OF_UNIT)
        if last == "distance" and path in model.bound:
            return Binding(position, "figure", model.bound[path], conversion_factor(unit, "km"))
        return _figure(position, unit, path, model, data, inventory)
    except QuantityError:
        return None


def _figure(
    position: int, unit: str, path: tuple, model: ProductModel, data: Any, inventory: Inventory
) -> Optional[Binding]:
    """Tie a figure of a step; its `for`, heating value and the like give the factor."""
    place = path[:-1] if path[-1] == "value" else path
    key = model.bound.get(place)
    if key is None or list(model.bound.values()).count(key) > 1:
        return None
    kind = next((part for part in reversed(place) if part in UNITS), "")
    if not kind:
        return None
    entry = value_at(data, place)
    typed = dict(entry) if isinstance(entry, dict) else {}
    if typed.get("reading") or typed.get("by") == "length":
        return None
    typed["value"] = f"1 {unit}"
    gas = inventory.parameters["lower-to-higher-heating-value"].amount or Fraction(1)
    one = figure_parameter(key, kind, Figure.model_validate(typed), "", 0, gas)
    return Binding(position, "figure", key, one.amount)


def _yarn(model: ProductModel, path: tuple) -> YarnUse:
    return model.yarns[path[1] if path[0] == "yarns" else 0]


def _plain_shares(yarn: YarnUse) -> bool:
    """Whether floats can tell if the shares of a blend sum to 100 %."""
    shares = [line.entry.share for line in yarn.lines] + [yarn.rework or Fraction(0)]
    return all(10**13 % Fraction(share).denominator == 0 for share in shares)


def _line_key(model: ProductModel, path: tuple) -> str:
    """Key of a blend line; own rework has the name of its yarn."""
    yarn = _yarn(model, path)
    wanted = f"{yarn.name}/{path[-2]}"
    return wanted if any(line.key == wanted for line in yarn.lines) else rework_key(yarn)


def values_of(
    bindings: Bindings, numbers: dict[int, Any]
) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """Parameter values of many rows.

    Parameters
    ----------
    bindings : Bindings
    numbers : dict
        Position of an axis -> its typed numbers, ndarray of shape (rows,).

    Returns
    -------
    values : dict
        Parameter key -> float or ndarray of shape (rows,).
    prices : dict
        Blend line -> float or ndarray, EUR per kg.
    doubtful : ndarray of bool or False
        Rows that the calculation of a single scenario must look at: it may refuse them.
    """
    model = bindings.model
    values: dict[str, Any] = dict(bindings.constants)
    prices: dict[str, Any] = dict(bindings.prices)
    shares: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    doubtful: Any = False
    for item in bindings.items:
        amount = numbers[item.axis] * float(item.factor)
        if item.kind == "figure":
            values[item.key] = amount
        elif item.kind == "share":
            shares[item.key] = amount
        elif item.kind == "count":
            counts[item.key] = amount
            doubtful = doubtful | (amount < 0.1) | (amount > 300)
        elif item.kind == "price":
            prices[item.key] = amount
        elif item.kind == "mass":
            values[MASS] = amount
            doubtful = doubtful | (amount <= 0)
        else:
            doubtful = doubtful | (amount > 1)
            for dataset, key in model.electricity:
                values[key] = amount if dataset == PHOTOVOLTAIC else 1.0 - amount
        if item.key.endswith((".loss", ".reclaimed")):
            doubtful = doubtful | (amount > 1)
    _counts(model, counts, values)
    follow(model, values)
    doubtful = doubtful | _blends(model, shares, values)
    return values, prices, doubtful | _checks(bindings, values)


def _counts(model: ProductModel, counts: dict[str, Any], values: dict[str, Any]) -> None:
    """Defaults that a formula gives for the yarn count."""
    if not counts:
        return
    nm = {yarn.name: counts.get(yarn.name, float(yarn.count.nm)) for yarn in model.yarns}
    tex: Any = 0.0
    for yarn in model.yarns:
        tex = tex + float(yarn.share) * yarn.count.plies / nm[yarn.name]
    mean = 1 / tex
    values.update({count_key(yarn): nm[yarn.name] for yarn in model.yarns})
    values[MEAN_COUNT] = mean
    outer = {key for use in [*model.fabric_steps, *model.packing] for key in use.figure_keys()}
    for item in model.formulas:
        here = mean if item.key in outer else nm.get(item.key.split("/")[0], mean)
        coefficients = {k: float(v) for k, v in item.formula.parameters.items()}
        found = evaluate(item.formula.name, coefficients, here, item.formula.outside)
        values[item.key] = found * float(item.factor)


def _blends(model: ProductModel, shares: dict[str, Any], values: dict[str, Any]) -> Any:
    """Shares of the fresh mixtures; rows whose shares don't sum to 100 % are doubtful."""
    doubtful: Any = False
    if not shares:
        return doubtful
    for yarn in model.yarns:
        keys = [line.key for line in yarn.lines]
        if not any(key in shares for key in [*keys, rework_key(yarn)]):
            continue
        rework = shares.get(rework_key(yarn), float(yarn.rework or 0))
        typed = [shares.get(line.key, float(line.entry.share)) for line in yarn.lines]
        whole = sum(typed[1:], typed[0])
        doubtful = doubtful | (abs(whole + rework - 1.0) > 2e-14)
        for line, share in zip(yarn.lines, typed):
            values[share_key(line)] = share / whole
        if yarn.rework is not None:
            values[rework_key(yarn)] = rework
    return doubtful


def _checks(bindings: Bindings, values: dict[str, Any]) -> Any:
    """Rows that a check of the single scenario would refuse."""
    doubtful: Any = False
    model = bindings.model
    for use in model.all_steps():
        for key in use.loss.values():
            doubtful = doubtful | (values[key] >= 1.0)
        if use.water_evaporated:
            doubtful = doubtful | (values[use.water_evaporated] < 0.0)
    for yarn in model.yarns:
        if yarn.rework is None:
            continue
        rework = values.get(rework_key(yarn), float(yarn.rework))
        for line in yarn.lines:
            kept: Any = 1.0
            for use in yarn.steps:
                loss = use.loss.get(line.index, use.loss.get(-1))
                kept = kept * (1.0 - (values[loss] if loss else 0.0))
            doubtful = doubtful | (rework > (1.0 - kept) * (1 - 1e-12))
    return doubtful
