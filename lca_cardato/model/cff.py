"""How the burden of recycling is shared: the Circular Footprint Formula, and the end of waste."""

from __future__ import annotations

from typing import Any, Optional

from lca_cardato.model.structure import Line, StepUse

FIBRE_AGAIN = ("tearing", "wet-pulling", "opening-yarn-waste")
"""Steps that make fibre of textile waste: with them it is ready for a new product."""


def cff_material(r1: Any, a: Any, quality: Any, e_v: Any, e_rec: Any) -> Any:
    """Burden of the material of a product by the Circular Footprint Formula.

    ``(1 - R1) * Ev + R1 * (A * Erec + (1 - A) * Ev * Qsin/Qp)``

    Parameters
    ----------
    r1 : float or ndarray
        Share of recycled material at the output of the material stage.
    a : float
        Allocation factor between the two life cycles, 0 to 1.
    quality : float
        Quality ratio ``Qsin/Qp``, 0 to 1.
    e_v, e_rec : float or ndarray
        Burden of 1 kg of virgin and of recycled material (any indicator).

    Returns
    -------
    float or ndarray
        Burden per kg of material.

    Notes
    -----
    PEFCR Apparel and Footwear (draft 1.2, line 1056) and Recommendation (EU) 2021/2279,
    Annex I. At ``A = 1`` it equals the cut-off.

    Examples
    --------
    >>> round(0.207 * cff_material(1.0, 0.8, 0.5, 80.3, 0.5), 3)
    1.745
    """
    return (1 - r1) * e_v + r1 * (a * e_rec + (1 - a) * e_v * quality)


def end_of_waste_step(line: Line) -> Optional[StepUse]:
    """Give the step of a recycled fibre at which it is no longer waste.

    Parameters
    ----------
    line : Line

    Returns
    -------
    StepUse or None
        The last of `FIBRE_AGAIN`; None for virgin fibre, and for recycled fibre that is bought as
        such, whose dataset does not tell which part lies before.

    Notes
    -----
    The Joint Research Centre proposes that textile waste ceases to be waste after recycling, in
    mechanical recycling where the output can go into new textiles, and not after sorting
    (as quoted by EuRIC, 2025). The proposal is no law.
    """
    if not line.recycled:
        return None
    return next((use for use in reversed(line.steps) if use.id in FIBRE_AGAIN), None)
