"""Shares of recycled and of carded fibre, in every reading.

The functions use plain arithmetic only: on `fractions.Fraction` they are exact, on floats and on
arrays with a leading scenario axis they serve many blends at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Callable, Mapping, Optional

from lca_cardato.model.massflow import ChainFlows, total
from lca_cardato.model.structure import Line, ProductModel
from lca_cardato.model.system import product_flows

BASES = ("conditioned", "dry")
POINTS = ("product", "blend_input")
SPUN = "spinning"
"""Stage of the last steps whose waste was not spun before."""


@dataclass(frozen=True)
class FibrePart:
    """A fibre of the product; its masses are fractions, floats or arrays over the scenarios.

    Attributes
    ----------
    line : Line
    carded : bool
        Whether its yarn is made by the carding process.
    fresh, product
        Conditioned mass brought in and in the product, kg per kg of product.
    rework
        Own rework that runs with it in the mixture, kg per kg of product: losses put back, stated
        by step or as a line of the blend.
    spun
        The part of the rework that was spun; 0 or below where steps up to the spinning can have
        lost all of it.
    """

    line: Line
    carded: bool
    fresh: Any
    product: Any
    rework: Any
    spun: Any

    def mass(self, point: str, basis: str) -> Any:
        """Mass at a point of the route on a moisture basis."""
        return self.on_basis(self.product if point == "product" else self.fresh, basis)

    def on_basis(self, mass: Any, basis: str) -> Any:
        """Give a conditioned mass of this fibre on a moisture basis."""
        if basis != "dry":
            return mass
        regain = self.line.regain
        return mass / (1 + (regain if isinstance(self.fresh, Fraction) else float(regain)))


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
    return parts_of(model, *product_flows(model, {**values, **(changed or {})}))


def parts_of(
    model: ProductModel, yarns: Mapping[str, ChainFlows], fabric: Optional[ChainFlows]
) -> list[FibrePart]:
    """Masses of every fibre from the flows of the yarns and of the fabric."""
    parts = []
    for index, yarn in enumerate(model.yarns):
        into = fabric.fresh[index] if fabric else 1
        out = fabric.product[index] if fabric else 1
        flows = yarns[yarn.name]
        carded = yarn.carded and any(use.id == "carding" for use in yarn.steps)
        for line in yarn.lines:
            i = line.index
            rework = flows.feed[i] - flows.fresh[i]
            last = max((t for t, u in enumerate(yarn.steps) if u.step.stage == SPUN), default=-1)
            if yarn.rework is None:
                spun = total([0, *(row[i] for row in flows.reclaimed[last + 1 :])])
            else:
                spun = rework - total([0, *(row[i] for row in flows.lost[: last + 1])])
            parts.append(
                FibrePart(
                    line, carded, flows.fresh[i] * into, flows.product[i] * out, rework * into,
                    spun * into,
                )
            )  # fmt: skip
    return parts


def recycled(part: FibrePart) -> bool:
    """Whether a fibre is declared recycled."""
    return part.line.recycled


def share(
    parts: list[FibrePart],
    test: Callable[[FibrePart], bool],
    point: str,
    basis: str,
    all_of: Optional[Callable[[list[FibrePart], str, str], Any]] = None,
) -> Any:
    """Share of the fibres that pass a test; exact where the masses are.

    Parameters
    ----------
    parts : list of FibrePart
    test : callable
    point, basis : str
    all_of : callable, optional
        Gives the mass of all parts where it is known already; `whole` when left out.
    """
    chosen = [part for part in parts if test(part)]
    if len(chosen) in (0, len(parts)):
        return (Fraction if isinstance(parts[0].fresh, Fraction) else float)(bool(chosen))
    return whole(chosen, point, basis) / (all_of or whole)(parts, point, basis)


def whole(parts: list[FibrePart], point: str, basis: str) -> Any:
    """Mass of some fibres."""
    return total([part.mass(point, basis) for part in parts])


def share_with_rework(
    parts: list[FibrePart], basis: str, test: Callable[[FibrePart], bool] = recycled
) -> Any:
    """Share of all that enters the mixture when own rework counts with the fibres of a test."""
    whole = total([p.on_basis(p.fresh + p.rework, basis) for p in parts])
    counted = [p.on_basis((p.fresh if test(p) else 0) + p.rework, basis) for p in parts]
    return total(counted) / whole


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
    needed = Fraction(0)
    for point in POINTS:
        for basis in BASES:
            weight_in = grown.mass(point, basis) / grown.fresh
            weight_out = away.mass(point, basis) / away.fresh
            now = whole(recycled, point, basis) if recycled else 0
            gap = threshold * whole(parts, point, basis) - now
            needed = max(needed, gap / (weight_in * (1 - threshold) + threshold * weight_out))
    if needed > away.fresh:
        return None
    return needed / total([part.fresh for part in parts]), away.line, grown.line
