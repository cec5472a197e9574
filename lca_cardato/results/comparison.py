"""The product beside what it would be from virgin fibre: where it can be compared, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.calculation.solve import Calculated
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.results.breakdown import coverage
from lca_cardato.results.coverage import coverage_of
from lca_cardato.results.rounding import number, percentiles
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

COVERED = 0.95
"""Coverage that both sides need: below it, what is missing can be larger than the difference."""
BESIDE = ("climate_change", "energy", "water_consumed")
"""Indicators of the alternatives of the reference."""
ENDS = (2.5, 50.0, 97.5)


@dataclass(frozen=True)
class Beside:
    """The reference with another virgin fibre in place of a recycled one.

    Attributes
    ----------
    replaced, fibre : str
        Recycled fibre as the scenario calls it, and the virgin one that is taken.
    dataset : str
        Its supply.
    undyed : bool
        Whether it is left undyed where the recycled fibre is shade-sorted.
    calculated : Calculated
    """

    replaced: str
    fibre: str
    dataset: str
    undyed: bool
    calculated: Calculated


@dataclass(frozen=True)
class Drawn:
    """Paired draws of the product, the reference and its alternatives, in this order.

    Attributes
    ----------
    indicators : tuple of str
    scores : ndarray, shape (products, indicators, draws)
        NaN for the indicators of an alternative that are not in `BESIDE`.
    seed : int
    """

    indicators: tuple[str, ...]
    scores: NDArray[np.float64]
    seed: int


def comparable(own: float, other: float) -> bool:
    """Whether a difference is told: both sides are covered to `COVERED` or more."""
    return min(own, other) >= COVERED


def interval(own: Any, other: Any) -> Optional[dict[str, float]]:
    """Paired 95 % interval of a relative difference.

    Parameters
    ----------
    own, other : ndarray, shape (draws,)
        Scores of the product and of what it is compared with, draw by draw.

    Returns
    -------
    dict or None
        ``low``, ``median`` and ``high``; None where a draw of the other is 0.
    """
    if not np.all(other):
        return None
    low, median, high = percentiles((own - other) / np.abs(other), ENDS)
    return {"low": number(low), "median": number(median), "high": number(high)}


def spread(result: Assessment, name: str) -> Optional[dict[str, float]]:
    """Median and 95 % interval of the draws of an indicator; None where it was not drawn."""
    drawn = result.drawn
    if drawn is None or name not in drawn.indicators:
        return None
    values = drawn.scores[0, drawn.indicators.index(name)]
    low, median, high = percentiles(values, ENDS)
    return {"low": number(low), "median": number(median), "high": number(high)}


def reference(result: Assessment, words: Language) -> Any:
    """The same product from virgin fibre, or None where it holds no recycled fibre."""
    if result.reference is None:
        return None
    sides = _Sides(result)
    rows, drawn = sides.rows(words), result.drawn
    table = sides.against(result.reference, 1, INDICATOR_IDS)
    return {
        "id": "virgin_fibre",
        "name": words("reference_name"),
        "covered_from": COVERED,
        "draws": {"samples": drawn.scores.shape[2], "seed": drawn.seed} if drawn else None,
        "indicators": table,
        "ranges": {n: found for n in BESIDE if (found := sides.range(n, table[n], rows))},
        "alternatives": [row for _, row in rows],
    }


class _Sides:
    """The product on one side, and what it is compared with on the other.

    Parameters
    ----------
    result : Assessment
        With a reference.
    """

    def __init__(self, result: Assessment) -> None:
        self.result, self.background = result, result.background
        self.columns = {name: i for i, name in enumerate(self.background.indicators)}
        self.covered = coverage(result)

    def draws(self, name: str, place: int) -> Optional[NDArray[np.float64]]:
        """Draws of a product for an indicator; 0 is the product itself, 1 the reference."""
        drawn = self.result.drawn
        if drawn is None or name not in drawn.indicators or place >= len(drawn.scores):
            return None
        row: NDArray[np.float64] = drawn.scores[place, drawn.indicators.index(name)]
        return row

    def gap(self, name: str, theirs: float, draws: Any) -> dict[str, Any]:
        """How far the product lies from a score, relative to it, with the paired interval."""
        own = self.result.scores[self.columns[name]]
        drawn = self.draws(name, 0)
        return {
            "difference": number((own - theirs) / abs(theirs)) if theirs else None,
            "interval": None if draws is None or drawn is None else interval(drawn, draws),
        }

    def against(self, other: Calculated, place: int, names: Sequence[str]) -> dict[str, Any]:
        """Indicators of another product per declared unit, and how far this one lies from them.

        Each has ``value``, ``coverage``, ``comparable``, ``difference`` and ``interval``; the last
        two are None where it is not comparable.
        """
        covered = coverage_of(other, self.background)
        table = {}
        for name in names:
            column = self.columns[name]
            theirs, share = float(other.scores[column]), float(covered[column])
            told = comparable(float(self.covered[column]), share)
            found = {"difference": None, "interval": None}
            if told:
                found = self.gap(name, theirs, self.draws(name, place))
            table[name] = {
                "value": number(theirs), "coverage": number(share), "comparable": told, **found
            }  # fmt: skip
        return table

    def rows(self, words: Language) -> list[tuple[int, dict[str, Any]]]:
        """Virgin fibres that each recycled fibre could stand for, with their place in the draws.

        That of the label first, then its other supplies, then the other fibres of the family.
        """
        result = self.result
        assert result.reference is not None
        found = []
        for name in dict.fromkeys(one.replaced for one in result.alternatives):
            stated = result.inventory.fibres[name].supplies["virgin"].dataset
            first = Beside(name, name, stated, False, result.reference)
            some = [(1, first), *((i + 2, one) for i, one in enumerate(result.alternatives))]
            found += [(i, self.row(words, one, i)) for i, one in some if one.replaced == name]
        return found

    def row(self, words: Language, one: Beside, place: int) -> dict[str, Any]:
        """One of them."""
        inventory, lang = self.result.inventory, words.lang
        record, replaced = inventory.fibres[one.fibre], inventory.fibres[one.replaced]
        supply = getattr(inventory.datasets[one.dataset].name, lang)
        return {
            "replaces": one.replaced,
            "replaces_name": getattr(replaced.name, lang),
            "fibre": one.fibre,
            "name": getattr(record.name, lang),
            "label": getattr(record.label, lang),
            "dataset": one.dataset,
            "supply": f"{supply}, {words('undyed')}" if one.undyed else supply,
            "undyed": one.undyed,
            "same_label": record.label.en == replaced.label.en,
            "stated": place == 1,
            "indicators": self.against(one.calculated, place, BESIDE),
        }

    def range(
        self, name: str, stated: dict[str, Any], rows: Sequence[tuple[int, dict[str, Any]]]
    ) -> Optional[dict[str, Any]]:
        """Smallest and largest difference over the virgin fibres of the same label.

        Several recycled fibres are at the same end together: their parts of the reference add up,
        but for losses that differ by fibre (about a thousandth).
        """
        if stated["difference"] is None:
            return None
        alike = [one for one in rows if one[1]["same_label"]]
        found = [one for one in alike if one[1]["indicators"][name]["comparable"]]
        if len(found) < 2:
            return None
        groups: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for one in sorted(found, key=lambda one: one[1]["indicators"][name]["value"]):
            groups.setdefault(one[1]["replaces"], []).append(one)
        return {
            "least": self.end(name, stated["value"], [some[0] for some in groups.values()]),
            "most": self.end(name, stated["value"], [some[-1] for some in groups.values()]),
            "of": len(found),
            "left_out": len(alike) - len(found),
        }

    def end(
        self, name: str, stated: float, some: Sequence[tuple[int, dict[str, Any]]]
    ) -> dict[str, Any]:
        """One end of the range, with one fibre in place of each recycled one."""
        values = [row["indicators"][name]["value"] for _, row in some]
        value = sum(values) - (len(values) - 1) * stated
        reference, draws = self.draws(name, 1), None
        if reference is not None:
            draws = reference.copy()
            for place, _ in some:
                other = self.draws(name, place)
                draws += reference * 0.0 if other is None else other - reference
        supplies = "; ".join(row["supply"] for _, row in some)
        datasets = [row["dataset"] for _, row in some]
        return {
            "supply": supplies, "datasets": datasets, "value": number(value),
            **self.gap(name, value, draws),
        }  # fmt: skip
