"""Formulas that publish a worked number: the program's own functions, called by name."""

from __future__ import annotations

from typing import Callable

from lca_cardato.model import formulas
from lca_cardato.model.cff import cff_material
from lca_cardato.model.massflow import chain_flows


def cff(r1: float, a: float, quality: float, e_v: float, e_rec: float, mass: float = 1.0) -> float:
    """Circular Footprint Formula for a mass of material."""
    return mass * float(cff_material(r1, a, quality, e_v, e_rec))


def input_mass(output: float, loss: float) -> float:
    """Mass taken in for a mass put out, ``output / (1 - loss)``; `loss` as a fraction."""
    return output * float(chain_flows([1.0], [[loss]], [0.0]).fresh[0])


WORKED: dict[str, Callable[..., float]] = {
    "cff_material": cff,
    "input_mass": input_mass,
    "power_law_dtex": lambda dtex, **rest: float(formulas.power_law_dtex(dtex, **rest)),
    "linear_nm": lambda nm, **rest: float(formulas.linear_nm(nm, **rest)),
}
