"""Factors of EF 3.1 that the bundle of bw2io has otherwise than EF 3.1 itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Mapping

from lca_cardato.lcia.flows import Flow, listed_flows
from lca_cardato.lcia.indicators import BY_ID, Indicator

FILE = Path(__file__).resolve().parent / "corrections.yaml"
SAME, MENDED = 1e-6, 0.01
"""How far a factor may be from the one that the bundle had, and from the right one."""
Table = Mapping[str, float]
"""Code of the elementary flow -> factor."""


@dataclass(frozen=True)
class Correction:
    """A factor that is corrected.

    Attributes
    ----------
    indicator : str
        Indicator of EF 3.1, or the name of a category that is none of ours.
    methods : tuple of str
        Names of the methods that take the correction.
    category : tuple of str
        Category of theirs that it belongs to.
    flow : Flow
        Name and categories.
    code : str
        Code of the flow.
    meant : str
        Flow of EF 3.1 whose factor is taken; ``none`` where EF 3.1 has no factor.
    before, now : float
        Factor of the bundle and of EF 3.1; 0 for none.
    reason : str
    """

    indicator: str
    methods: tuple[str, ...]
    category: tuple[str, ...]
    flow: Flow
    code: str
    meant: str
    before: float
    now: float
    reason: str


@dataclass
class State:
    """What became of the corrections of some indicators.

    Attributes
    ----------
    applied : list of Correction
        Their factor takes the place of the bundle's.
    mended : list of Correction
        The bundle has it already.
    strange : list of (Correction, float)
        The bundle has a third value, which stays.
    """

    applied: list[Correction] = field(default_factory=list)
    mended: list[Correction] = field(default_factory=list)
    strange: list[tuple[Correction, float]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Give the number of corrected factors, and the third values by name."""
        return {
            "factors": len(self.applied),
            "strange": sorted(
                f"{one.indicator}: {one.flow[0]} ({'/'.join(one.flow[1])}): {value!r}"
                for one, value in self.strange
            ),
        }


def corrected(indicator: Indicator, table: Table) -> dict[str, float]:
    """Give the factors of an indicator or method with the corrections.

    Parameters
    ----------
    indicator : Indicator
    table : mapping
        Its factors as the bundle has them, by code.
    """
    found = dict(table)
    for one in state([(indicator, table)]).applied:
        if one.now:
            found[one.code] = one.now
        else:
            del found[one.code]
    return found


def state(tables: Iterable[tuple[Indicator, Table]]) -> State:
    """Hold factors of the bundle against the corrections.

    Parameters
    ----------
    tables : iterable of (Indicator, mapping)
        Indicators or methods with their factors as the bundle has them, by code.
    """
    found = State()
    for indicator, table in tables:
        for one in corrections_of(indicator):
            value = table.get(one.code, 0.0)
            if _near(value, one.before, SAME):
                found.applied.append(one)
            elif _near(value, one.now, MENDED):
                found.mended.append(one)
            else:
                found.strange.append((one, value))
    return found


def _near(value: float, other: float, tolerance: float) -> bool:
    """Whether two factors are the same; none is near to none alone, however small the other."""
    return math.isclose(value, other, rel_tol=tolerance)


def corrections_of(indicator: Indicator) -> list[Correction]:
    """Corrections of an indicator or method: those of its category, in the methods that take them."""
    name = indicator.method
    if name is None:
        return []
    return [
        one for one in corrections() if name[0] in one.methods and one.category == tuple(name[1:])
    ]


@lru_cache(maxsize=1)
def corrections() -> tuple[Correction, ...]:
    """Read every corrected factor, with the methods that take it."""
    import yaml

    from lca_cardato.text.yamltree import LOADER

    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=LOADER)
    codes = {flow: code for code, flow, _ in listed_flows()}
    found = []
    for item in data["corrections"]:
        methods = tuple(item.get("methods", data["methods"]))
        for indicator, places in item["factors"].items():
            for place, (before, now) in places.items():
                flow = (item["flow"], tuple(place.split("/", 1)))
                found.append(
                    Correction(
                        indicator, methods, _category(indicator), flow, codes[flow], item["meant"],
                        float(before), float(now), item["reason"],
                    )
                )  # fmt: skip
    return tuple(found)


def _category(indicator: str) -> tuple[str, ...]:
    """Category of an indicator, or the one that is named."""
    if indicator in BY_ID:
        return (BY_ID[indicator].method or ())[1:]
    return tuple(indicator.split(" | "))
