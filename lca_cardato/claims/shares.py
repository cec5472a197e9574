"""Exact shares of recycled and of carded fibre, in every reading."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Callable, Mapping, Optional

from lca_cardato.model.massflow import ChainFlows
from lca_cardato.model.structure import Line, ProductModel
from lca_cardato.model.system import product_flows

BASES = ("conditioned", "dry")
POINTS = ("product", "blend_input")


@dataclass(frozen=True)
class FibrePart:
    """A fibre of the product.

    Attributes
    ----------
    line : Line
    carded : bool
        Whether its yarn is made by the carding process.
    fresh, product : Fraction
        Conditioned mass brought in and in the product, kg per kg of product.
    rework : Fraction
        Own rework that runs with it in the mixture, kg per kg of product.
    declared_rework : Fraction
        The part of it that the scenario lists as a line of the blend.
    """

    line: Line
    carded: bool
    fresh: Fraction
    product: Fraction
    rework: Fraction
    declared_rework: Fraction

    def mass(self, point: str, basis: str) -> Fraction:
        """Mass at a point of the route on a moisture basis."""
        amount = self.product if point == "product" else self.fresh
        return amount / (1 + self.line.regain) if basis == "dry" else amount


def fibre_parts(
    model: ProductModel, changed: Optional[Mapping[str, Fraction]] = None
) -> list[FibrePart]:
    """Exact masses of every fibre, per kg of product (conditioned).

    Parameters
    ----------
    model : ProductModel
    changed : mapping, optional
        Parameters, and shares of the blend (`lca_cardato.model.system.share_key`), that differ
        from those of the model.

    Returns
    -------
    list of FibrePart
    """
    values = {key: item.amount for key, item in model.parameters.items()}
    values.update(changed or {})
    yarns, fabric = product_flows(model, values)
    parts = []
    for index, yarn in enumerate(model.yarns):
        into = Fraction(fabric.fresh[index]) if fabric else Fraction(1)
        out = Fraction(fabric.product[index]) if fabric else Fraction(1)
        flows: ChainFlows = yarns[yarn.name]
        for line in yarn.lines:
            i = line.index
            rework = Fraction(flows.feed[i] - flows.fresh[i]) * into
            parts.append(
                FibrePart(
                    line=line,
                    carded=yarn.carded and any(use.id == "carding" for use in yarn.steps),
                    fresh=Fraction(flows.fresh[i]) * into,
                    product=Fraction(flows.product[i]) * out,
                    rework=rework,
                    declared_rework=rework if yarn.rework is not None else Fraction(0),
                )
            )
    return parts


def share(
    parts: list[FibrePart], test: Callable[[FibrePart], bool], point: str, basis: str
) -> Fraction:
    """Share of the fibres that pass a test, exact."""
    whole = sum((part.mass(point, basis) for part in parts), Fraction(0))
    return sum((part.mass(point, basis) for part in parts if test(part)), Fraction(0)) / whole


def share_with_rework(parts: list[FibrePart], basis: str) -> Fraction:
    """Recycled share at blend input when own rework listed in the blend counts as recycled."""

    def dry(part: FibrePart, mass: Fraction) -> Fraction:
        return mass / (1 + part.line.regain) if basis == "dry" else mass

    whole = sum((dry(p, p.fresh + p.declared_rework) for p in parts), Fraction(0))
    recycled = sum(
        (dry(p, (p.fresh if p.line.recycled else Fraction(0)) + p.declared_rework) for p in parts),
        Fraction(0),
    )
    return recycled / whole


def replacement_needed(
    parts: list[FibrePart], threshold: Fraction
) -> Optional[tuple[Fraction, Line, Line]]:
    """Smallest exchange of virgin for recycled fibre that meets a threshold in every reading.

    The largest virgin fibre is replaced by the largest recycled one, or, where there is none, by
    recycled fibre of its own kind.

    Returns
    -------
    tuple or None
        Share of the fresh mixture to replace (exact), the line that gives way, the line that
        grows; None when there is nothing left to replace.
    """
    parts = [part for part in parts if part.fresh]
    virgin = [part for part in parts if not part.line.recycled]
    if not virgin:
        return None
    away = max(virgin, key=lambda part: part.fresh)
    recycled = [part for part in parts if part.line.recycled]
    grown = max(recycled, key=lambda part: part.fresh) if recycled else away
    fresh = sum((part.fresh for part in parts), Fraction(0))
    needed = Fraction(0)
    for point in POINTS:
        for basis in BASES:
            weight_in = grown.mass(point, basis) / grown.fresh
            weight_out = away.mass(point, basis) / away.fresh
            whole = sum((part.mass(point, basis) for part in parts), Fraction(0))
            now = sum((p.mass(point, basis) for p in parts if p.line.recycled), Fraction(0))
            gap = threshold * whole - now
            needed = max(needed, gap / (weight_in * (1 - threshold) + threshold * weight_out))
    if needed > away.fresh:
        return None
    return needed / fresh, away.line, grown.line
