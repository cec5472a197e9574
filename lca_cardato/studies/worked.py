"""Formulas that publish a worked number: the program's own functions, called by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lca_cardato.model import formulas
from lca_cardato.model.cff import cff_material
from lca_cardato.model.massflow import blend_allowance, chain_flows
from lca_cardato.text.yarncount import NE_TO_NM, parse_yarn_count

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background

FLOWS = {
    "methane_fossil": ("Methane, fossil", ("air",)),
    "methane_non_fossil": ("Methane, non-fossil", ("air",)),
    "dinitrogen_monoxide": ("Dinitrogen monoxide", ("air",)),
    "carbon_dioxide_fossil": ("Carbon dioxide, fossil", ("air",)),
}
COUNTS = {
    "nm": "Nm {}", "ne_cotton": "Ne {}", "tex": "{} tex", "dtex": "{} dtex", "denier": "{} den",
}  # fmt: skip


def cff(
    quantity: str, background: Background, r1: float, a: float, quality: float, e_v: float,
    e_rec: float, mass: float = 1.0,
) -> float:  # fmt: skip
    """Circular Footprint Formula for a mass of material."""
    return mass * float(cff_material(r1, a, quality, e_v, e_rec))


def input_mass(quantity: str, background: Background, output_mass: float, loss: float) -> float:
    """Mass taken in for a mass put out; `loss` is a fraction of the input."""
    return output_mass * float(chain_flows([1.0], [[loss]], [0.0]).fresh[0])


def allowance(quantity: str, background: Background, **inputs: float) -> float:
    """Agreed allowance of a blend from the dry shares and allowances of its fibres."""
    numbers = sorted(name[6:] for name in inputs if name.startswith("share_"))
    shares = [inputs[f"share_{n}"] for n in numbers]
    return float(blend_allowance(shares, [inputs[f"allowance_{n}"] for n in numbers]))


def conditioned_mass(
    quantity: str, background: Background, dry_mass: float, allowance: float
) -> float:
    """Conditioned mass of a dry mass."""
    return dry_mass * (1 + float(blend_allowance([1.0], [allowance])))


def yarn_count(quantity: str, background: Background, plies: float = 1, **inputs: float) -> float:
    """Count of the plied yarn in another system, a key of `COUNTS`."""
    ((system, value),) = inputs.items()
    count = parse_yarn_count(COUNTS[system].format(f"{value:g}"))
    nm = count.nm / int(plies)
    systems = {
        "nm": nm, "tex": 1000 / nm, "dtex": 10_000 / nm, "denier": 9000 / nm,
        "ne_cotton": nm / NE_TO_NM,
    }  # fmt: skip
    return float(systems[quantity])


def gwp100(quantity: str, background: Background, **inputs: float) -> float:
    """Climate change of emissions to air, kg CO2-eq, by the factors in use."""
    column = background.indicators.index(quantity)
    return sum(
        amount * float(background.scores[background.rows[FLOWS[name]], column])
        for name, amount in inputs.items()
    )


def power_law(quantity: str, background: Background, **inputs: float) -> float:
    """Electricity by a power law of the linear density."""
    return float(formulas.power_law_dtex(**inputs))


def linear(quantity: str, background: Background, **inputs: float) -> float:
    """Electricity linear in the metric count."""
    return float(formulas.linear_nm(**inputs))


WORKED: dict[str, Callable[..., float]] = {
    "cff_material": cff,
    "input_mass": input_mass,
    "blend_allowance": allowance,
    "conditioned_mass": conditioned_mass,
    "yarn_count": yarn_count,
    "gwp100": gwp100,
    "power_law_dtex": power_law,
    "linear_nm": linear,
}
