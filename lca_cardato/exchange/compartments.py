"""Compartments of elementary flows as other programs write them -> those of Brightway's biosphere3."""

from __future__ import annotations

TOPS = {
    "emission to air": "air", "emission to water": "water", "emission to soil": "soil",
    "emissions to air": "air", "emissions to water": "water", "emissions to soil": "soil",
    "airborne emissions": "air", "waterborne emissions": "water", "resource": "natural resource",
    "air": "air", "water": "water", "soil": "soil",
    "resources": "natural resource", "raw materials": "natural resource", "raw": "natural resource",
}  # fmt: skip
BELOW = {
    ("air", "high population density"): "urban air close to ground",
    ("air", "high. pop."): "urban air close to ground",
    ("air", "low population density"): "non-urban air or from high stacks",
    ("air", "low. pop."): "non-urban air or from high stacks",
    ("air", "low. pop., long-term"): "low population density, long-term",
    ("air", "stratosphere + troposphere"): "lower stratosphere + upper troposphere",
    ("water", "lake"): "surface water",
    ("water", "river"): "surface water",
    ("water", "river, long-term"): "surface water",
    ("water", "fossil-"): "ground-",
    ("water", "ground water"): "ground-",
    ("water", "groundwater"): "ground-",
    ("water", "ground water, long-term"): "ground-, long-term",
    ("water", "groundwater, long-term"): "ground-, long-term",
    ("water", "fossilwater"): "ground-, long-term",
}
"""Those of openLCA, EcoSpold 1 and SimaPro; as `bw2io.compatibility` has them, that of fossil water of
SimaPro as in randonneur_data (context of SimaPro 9)."""
NONE = ("", "unspecified", "(unspecified)")
EF = {
    "Emissions to air, unspecified": ("air",),
    "Emissions to urban air close to ground": ("air", "urban air close to ground"),
    "Emissions to non-urban air or from high stacks": ("air", "non-urban air or from high stacks"),
    "Emissions to air, unspecified (long-term)": ("air", "low population density, long-term"),
    "Emissions to lower stratosphere and upper troposphere":
        ("air", "lower stratosphere + upper troposphere"),
    "Emissions to water, unspecified": ("water",),
    "Emissions to water, unspecified (long-term)": ("water", "ground-, long-term"),
    "Emissions to fresh water": ("water", "surface water"),
    "Emissions to sea water": ("water", "ocean"),
    "Emissions to soil, unspecified": ("soil",),
    "Emissions to agricultural soil": ("soil", "agricultural"),
    "Emissions to non-agricultural soil": ("soil", "industrial"),
    "Resources from ground": ("natural resource", "in ground"),
    "Resources from water": ("natural resource", "in water"),
    "Resources from air": ("natural resource", "in air"),
    "Resources from biosphere": ("natural resource", "biotic"),
    "Land use": ("natural resource", "land"),
    "Land occupation": ("natural resource", "land"),
    "Land transformation": ("natural resource", "land"),
}  # fmt: skip
"""Categories of ILCD, the lowest that is known counts."""


def ours(top: str, below: str) -> tuple[str, ...]:
    """Compartment of openLCA, EcoSpold 1 or SimaPro."""
    top, below = TOPS.get(top.strip().lower(), top.strip()), below.strip()
    if below.lower() in NONE:
        return (top,)
    return (top, BELOW.get((top, below), below))


def of_ecospold(category: str, below: str) -> tuple[str, ...]:
    """Compartment of EcoSpold 1."""
    return ours(category, below)


def of_ilcd(levels: list[str]) -> tuple[str, ...]:
    """Compartment of ILCD by its categories, the highest first."""
    for level in reversed(levels):
        if level in EF:
            return EF[level]
    return tuple(levels[-1:])
