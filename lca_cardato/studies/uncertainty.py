"""Results of paired draws as plain data: intervals, differences, probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Sequence, Union

import numpy as np

from lca_cardato import __version__
from lca_cardato.background.open import DataOptions, Setting, Source, prepare
from lca_cardato.brightway.condensed import Background, chosen_indicators
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.figures import Figure
from lca_cardato.calculation.sampling import SAMPLING
from lca_cardato.calculation.simulate import Products, Simulation, simulate
from lca_cardato.calculation.solve import calculate
from lca_cardato.results.coverage import climate_coverage_of, coverage_of, told_coverage
from lca_cardato.results.further import datasets_behind
from lca_cardato.results.notices import notices, place_notices
from lca_cardato.results.rounding import number, percentiles
from lca_cardato.results.stream_names import stream_name
from lca_cardato.results.warnings import place_unknown
from lca_cardato.words.language import Language

INTERVAL = (2.5, 50.0, 97.5)
DISCERNIBLE = 0.95
DRIVERS = 5
NEAR = 1e-9
"""Numbers that lie no further apart are the same: a last bit decides nothing."""
SCHEMA = "lca-cardato/uncertainty/1"


def deterministic(setting: Setting, indicators: Sequence[str]) -> list[list[float]]:
    """Scores of every product with every figure as stated."""
    background = setting.store.background
    columns = [background.indicators.index(name) for name in indicators]
    found = []
    for model in setting.models:
        scores = calculate(model, background).scores
        found.append([float(scores[column]) for column in columns])
    return found


def notices_of(setting: Setting, lang: str) -> list[dict[str, Any]]:
    """Tell what was questioned in the first product, and what of its data is the user's own."""
    model, data, words = setting.models[0], setting.data, Language(lang)
    background = setting.store.background
    used = datasets_behind(calculate(model, background), background)
    told = [
        {"code": code, "text": words(code, **arguments)}
        for code, arguments in place_unknown(data.inventory, used)
    ]
    found = notices(model.questions, data.inventory, words, data.methods)
    return [*found, *place_notices(told)]


@dataclass(repr=False)
class Uncertainty:
    """Draws of one product.

    Attributes
    ----------
    setting : Setting
    simulation : Simulation
    stated : list of float
        Scores with every figure as stated, one per indicator.
    figures : dict
        Stream -> its figure.
    """

    setting: Setting
    simulation: Simulation
    stated: list[float]
    figures: dict[str, Figure]

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data, with notices in the language."""
        model, words = self.setting.models[0], Language(lang)
        simulation, background = self.simulation, self.setting.store.background
        document = interval_document(simulation, self.stated, background, self.figures)
        main = calculate(model, background)
        whole, climate = coverage_of(main, background), climate_coverage_of(main, background)
        for name, item in document["indicators"].items():
            column = background.indicators.index(name)
            item.update(told_coverage(whole[column], climate[column]))
            for row in item["drivers"]:
                row["name"] = stream_name(row["figure"], self.setting.inventory, words)
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "scenario": {"id": model.scenario.id, "name": model.scenario.product.name},
            "notices": notices_of(self.setting, lang),
            "inventory_sha256": self.setting.inventory.digest,
            **document,
        }


def interval_document(
    simulation: Simulation,
    stated: Sequence[float],
    background: Background,
    figures: Optional[Mapping[str, Figure]] = None,
) -> dict[str, Any]:
    """Intervals of the first product as plain data.

    Parameters
    ----------
    simulation : Simulation
    stated : sequence of float
        Scores with every figure as stated, one per indicator.
    background : Background
        Knows the units.
    figures : mapping, optional
        Stream -> its figure, for the drivers.
    """
    return {
        "seed": simulation.seed,
        "sampling": SAMPLING,
        "samples": int(simulation.scores.shape[2]),
        "figures": simulation.figures,
        "indicators": {
            name: {
                "unit": background.about(name).unit,
                "stated": number(stated[place]),
                **interval(simulation.scores[0, place]),
                "stated_percentile": share_below(simulation.scores[0, place], stated[place]),
                "drivers": drivers(simulation, 0, place, figures or {}),
            }
            for place, name in enumerate(simulation.indicators)
        },
    }


def interval(values: Any) -> dict[str, float]:
    """Median, mean, 95 % interval and standard deviation of draws."""
    low, median, high = percentiles(values, INTERVAL)
    return {
        "median": number(median), "low": number(low), "high": number(high),
        "mean": number(values.mean()), "sd": number(values.std(ddof=1)),
    }  # fmt: skip


def drivers(
    simulation: Simulation, product: int, indicator: int, figures: Mapping[str, Figure]
) -> list[dict[str, Any]]:
    """Figures that explain most of the variance, each alone, and where they stand as stated.

    ``stated_percentile`` is the share of a figure's distribution below its stated amount.
    """
    if not simulation.drivers:
        return []
    best = simulation.drivers[product][indicator][:DRIVERS]
    return [
        {"figure": name, "share": number(share), "stated_percentile": percentile(figures[name])}
        for name, share in best
        if share >= 0.01
    ]


def percentile(figure: Figure) -> float:
    """Share of a figure's distribution below its stated amount, in whole percent."""
    points = np.linspace(0.0005, 0.9995, 1000)
    values = figure.distribution.quantile(points)
    return round(share_below(values, figure.amount), 2)


def share_below(values: Any, stated: float) -> float:
    """Share of the values below a stated one; those that agree with it in nine digits are not."""
    return number(np.mean(values < stated - NEAR * abs(stated)))


def uncertainty(
    source: Source,
    samples: int = 10_000,
    seed: int = 0,
    indicators: Optional[Sequence[str]] = None,
    inventories: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
    tick: Optional[Callable[[int, int], None]] = None,
    background: Optional[str] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
) -> Uncertainty:
    """Draw every uncertain figure of a scenario, its defaults and its background.

    Parameters
    ----------
    source : path, mapping or LoadedScenario
    samples : int
    seed : int
        0 or larger; the same seed gives the same draws, on other machines to six digits.
    indicators : sequence of str, optional
        Climate change, energy and the two water volumes when left out; ``["all"]`` for all.
    inventories : path, optional
        Own folder of inventory files.
    progress, tick : callable, optional
        Called while the inventories are installed, and with (draws done, draws in all).
    background, mapping, methods : optional
        As in `lca_cardato.studies.assess.assess`.

    Returns
    -------
    Uncertainty

    Raises
    ------
    InputError, CalculationError
        As `lca_cardato.studies.assess.assess`; ``E326`` for draws or seed out of range.

    Examples
    --------
    >>> from lca_cardato.api import uncertainty
    >>> uncertainty("scenarios/virgin-wool.yaml", samples=1000).table()   # doctest: +SKIP
    """
    setting = prepare([source], DataOptions(inventories, background, mapping, methods), progress)
    names = chosen_indicators(indicators, setting.store.background)
    products = Products(setting.models, setting.inventory, setting.store, names)
    simulation = simulate(products, samples, seed, drivers=True, tick=tick)
    figures = {figure.stream: figure for figure in products.figures()}
    return Uncertainty(setting, simulation, deterministic(setting, names)[0], figures)
