"""Scores per unit of the background: all that others see of Brightway."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from lca_cardato.errors import CalculationError, InputError
from lca_cardato.lcia.indicators import BY_ID, Indicator
from lca_cardato.model.system import FlowKey
from lca_cardato.sentence import say
from lca_cardato.words.find import named, one_of, proposal

Array = NDArray[np.float64]


@dataclass(repr=False)
class Background:
    """Scores of the background per unit.

    Attributes
    ----------
    indicators : list of str
        Indicator ids; the last axis of every array.
    rows : dict
        Dataset id or elementary flow -> row.
    scores : ndarray, shape (rows, indicators)
        Impact per unit of dataset product, or per unit of elementary flow.
    assumed : ndarray, shape (rows, indicators)
        The part of the score that rests on assumed figures of the background.
    assumed_here : ndarray, shape (datasets, indicators)
        The burden that enters through the assumed figures of a dataset, per unit of its product.
    passed_on : ndarray, shape (datasets, datasets)
        ``[i, j]``: units of j behind one unit of i that are reached without an assumed figure;
        ``assumed = passed_on @ assumed_here``.
    covered : ndarray, shape (rows, indicators)
        What the datasets behind the row have booked that are inventoried for the indicator, in
        its unit (absolute).
    weight : ndarray, shape (rows, indicators)
        The same, and what the others are estimated to miss; see `lca_cardato.brightway.gaps`.
    covered_climate : ndarray, shape (rows, indicators)
        Climate change (absolute) of the datasets behind the row that are inventoried for the
        indicator, kg CO2-eq per unit.
    climate : ndarray, shape (rows,)
        Climate change (absolute) of all datasets behind the row, kg CO2-eq per unit.
    typical : ndarray, shape (indicators,)
        Score per kg CO2-eq that a process typically has of its own.
    used : ndarray of bool, shape (rows, rows)
        Which datasets stand behind a row.
    further : dict
        Methods that were asked for beside the indicators, by id; the last columns.
    """

    indicators: list[str]
    rows: dict[Union[str, FlowKey], int]
    scores: Array
    assumed: Array
    assumed_here: Array
    passed_on: Array
    covered: Array
    weight: Array
    covered_climate: Array
    climate: Array
    typical: Array
    used: NDArray[np.bool_]
    further: dict[str, Indicator] = field(default_factory=dict)
    _known: dict[tuple[str, ...], NDArray[np.bool_]] = field(
        default_factory=dict, init=False, compare=False
    )

    def row(self, target: Union[str, FlowKey]) -> int:
        """Row of a dataset or an elementary flow.

        Raises
        ------
        CalculationError
            ``E307`` when it is not in the background.
        """
        row = self.rows.get(target)
        if row is None:
            raise CalculationError.one(
                "E307", say("'{target}' is not in the background", target=target), key="inventories"
            )
        return row

    def about(self, name: str) -> Indicator:
        """Give an indicator or further method by id."""
        return self.further.get(name) or BY_ID[name]

    def known_for(self, families: tuple[str, ...]) -> NDArray[np.bool_]:
        """Which indicators an inventory of some families tells of, shape (indicators,)."""
        known = self._known.get(families)
        if known is None:
            told = [self.about(name).covered_by(families) for name in self.indicators]
            known = self._known[families] = np.array(told)
        return known


FOUR = ("climate_change", "energy", "water_withdrawn", "water_consumed")


def chosen_indicators(wanted: Optional[Sequence[str]], background: Background) -> list[str]:
    """Indicators and further methods by id, or by name in either language.

    The four that the marks speak of and the further methods when none is named; all for ``all``.

    Raises
    ------
    InputError
        ``E307`` for an unknown name.
    """
    if not wanted:
        return [*FOUR, *background.further]
    names: list[str] = []
    for item in wanted:
        names += [part.strip() for part in item.split(",") if part.strip()]
    if names == ["all"]:
        return list(background.indicators)
    known = named(background.indicators)
    known.update({key: [background.about(key).name] for key in background.further})
    found = [one_of(name, known) for name in names]
    if "" in found:
        name = names[found.index("")]
        raise InputError.one(
            "E307", say("indicator is not known"), key="indicators", value=name[:80],
            suggestion=proposal(name, known),
        )  # fmt: skip
    return list(dict.fromkeys(found))
