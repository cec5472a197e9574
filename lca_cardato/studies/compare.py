"""Products side by side: values, differences, stages, claims, and how sure the order is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional, Sequence, Union

import numpy as np

from lca_cardato import __version__
from lca_cardato.background.open import OPEN, DataOptions, Setting, Source, prepare
from lca_cardato.brightway.condensed import chosen_indicators
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.sampling import SAMPLING
from lca_cardato.calculation.simulate import Products, Simulation, simulate
from lca_cardato.errors import InputError
from lca_cardato.inventory.models import STAGES
from lca_cardato.inventory.records import Inventory
from lca_cardato.results.assessment import Assessment
from lca_cardato.results.breakdown import coverage
from lca_cardato.results.comparison import COVERED, comparable
from lca_cardato.results.comparison import interval as spread
from lca_cardato.results.document import result_document
from lca_cardato.results.moves import moves
from lca_cardato.results.notices import place_notices
from lca_cardato.results.rounding import number
from lca_cardato.sentence import say
from lca_cardato.studies.assess import assess_loaded
from lca_cardato.studies.comparable import (
    Unlike,
    as_notices,
    require_comparable,
    unlike,
    years_stated,
)
from lca_cardato.studies.paired import quickly
from lca_cardato.studies.uncertainty import DISCERNIBLE, NEAR, interval, share_below
from lca_cardato.words.language import Language

SCHEMA = "lca-cardato/comparison/2"


@dataclass(repr=False)
class Comparison:
    """Several products side by side; the first is the reference.

    Attributes
    ----------
    setting : Setting
    results : list of Assessment
    indicators : list of str
    simulation : Simulation or None
        Paired draws.
    quick : Simulation or None
        A few paired draws for the intervals of the differences, where no number was asked for.
    """

    setting: Setting
    results: list[Assessment]
    indicators: list[str]
    simulation: Optional[Simulation]
    quick: Optional[Simulation] = None

    def names(self) -> list[str]:
        """Ids of the scenarios, with the background where there are several; numbered if twice."""
        ids = [result.main.model.scenario.id for result in self.results]
        return named(ids, [result.inventory for result in self.results])

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data."""
        documents = [result_document(result, lang) for result in self.results]
        words, names = Language(lang), self.names()
        found = unlike(self.results, words)
        claims: dict[str, dict[str, Any]] = {}
        for document in documents:
            for claim in document["claims"]:
                item = claims.setdefault(
                    claim["id"],
                    {"name": claim["name"], "family": claim["family"], "verdicts": []},
                )
                item["verdicts"].append(claim["verdict"])
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "language": lang,
            "inventory_sha256": self.setting.inventory.digest,
            "differences": as_notices(found, names, words),
            "same_basis": not found and years_stated(self.results),
            "scenarios": [
                {"id": name, "name": d["product"]["name"], "sha256": d["scenario"]["sha256"],
                 "declared_unit": d["declared_unit"], "background": d["background"],
                 "notices": [*d["notices"], *place_notices(d["warnings"])]}
                for name, d in zip(names, documents)
            ],
            "indicators": {name: self._indicator(name, documents) for name in self.indicators},
            "moves": [
                {"first": names[one], "second": names[two],
                 "indicators": moves(self.results[one], self.results[two], self.indicators, lang)}
                for one, two in self._grounds()
            ],
            "claims": claims,
            "covered_from": COVERED,
            "uncertainty": self._uncertainty(found) if self.simulation else None,
        }  # fmt: skip

    def _grounds(self) -> list[tuple[int, int]]:
        """Places of the same scenario on its first background and on each of the others."""
        first: dict[str, int] = {}
        pairs = []
        for place, result in enumerate(self.results):
            one = first.setdefault(result.scenario_digest, place)
            if one != place and _ground(result) != _ground(self.results[one]):
                pairs.append((one, place))
        return pairs

    def _indicator(self, name: str, documents: list[dict[str, Any]]) -> dict[str, Any]:
        items = [
            document["indicators"].get(name)
            or next(row for row in document["methods"] if row["id"] == name)
            for document in documents
        ]
        values = [item["value"] for item in items]
        stages: dict[str, list[float]] = {}
        for place, item in enumerate(items):
            for stage, value in item["by_stage"].items():
                stages.setdefault(stage, [0.0] * len(items))[place] = number(value)
        stages = {stage: stages[stage] for stage in STAGES if stage in stages}
        first = items[0]["coverage"]
        told = [not place or comparable(first, one["coverage"]) for place, one in enumerate(items)]
        gaps = [value - values[0] for value in values]
        return {
            "unit": items[0]["unit"],
            **({"name": items[0]["name"]} if "name" in items[0] else {}),
            "values": [number(value) for value in values],
            "coverage": [item["coverage"] for item in items],
            "comparable": told,
            "difference": [number(gap) if one else None for gap, one in zip(gaps, told)],
            "difference_relative": [
                number(gap / abs(values[0])) if one and values[0] else None
                for gap, one in zip(gaps, told)
            ],
            "difference_interval": [
                self._interval(name, place) if place and one else None
                for place, one in enumerate(told)
            ],
            "by_stage": stages,
        }

    def _told(self, name: str, place: int) -> bool:
        """Whether a product can be compared with the first one in an indicator."""
        column = self.results[0].background.indicators.index(name)
        first, other = (float(coverage(self.results[i])[column]) for i in (0, place))
        return comparable(first, other)

    def _interval(self, name: str, place: int) -> Optional[dict[str, float]]:
        """Paired 95 % interval of the relative difference of a product from the first one."""
        drawn = self.simulation or self.quick
        if drawn is None:
            return None
        draws = drawn.scores[:, drawn.indicators.index(name)]
        return spread(draws[place], draws[0])

    def _uncertainty(self, found: list[Unlike]) -> dict[str, Any]:
        simulation = self.simulation
        assert simulation is not None
        indicators = {}
        for place, name in enumerate(self.indicators):
            draws = simulation.scores[:, place]
            pairs = []
            for other in range(1, len(draws)):
                gap = draws[other] - draws[0]
                gap[np.abs(gap) <= NEAR * np.abs(draws[0])] = 0.0
                lower = float(np.mean(gap > 0) + np.mean(gap == 0) / 2)
                pairs.append(
                    {"first": self.names()[0], "second": self.names()[other],
                     "comparable": self._told(name, other),
                     "probability_first_lower": number(lower),
                     "difference": interval(gap),
                     "discernible": self._told(name, other)
                     and max(lower, 1 - lower) >= DISCERNIBLE,
                     "differs": list(dict.fromkeys(u.kind for u in found if u.between(0, other)))}
                )  # fmt: skip
            products = [
                {**interval(values), "stated_percentile": share_below(values, one)}
                for values, one in zip(draws, (result.score(name) for result in self.results))
            ]
            indicators[name] = {"products": products, "pairs": pairs}
        return {
            "seed": simulation.seed,
            "sampling": SAMPLING,
            "samples": int(simulation.scores.shape[2]),
            "figures": simulation.figures,
            "discernible_from": DISCERNIBLE,
            "indicators": indicators,
        }


def _ground(result: Assessment) -> Optional[str]:
    note = result.inventory.background
    return None if note is None else note.sha256


def named(ids: list[str], inventories: list[Inventory]) -> list[str]:
    """Name products by id and, where there are several, background; numbered where it is twice."""
    notes = [inventory.background for inventory in inventories]
    if len({note and note.sha256 for note in notes}) > 1:
        ids = [f"{name}, {note.title if note else OPEN}" for name, note in zip(ids, notes)]
    return [f"{name} ({n + 1})" if ids.count(name) > 1 else name for n, name in enumerate(ids)]


def compare(
    sources: Sequence[Source],
    samples: int = 0,
    seed: int = 0,
    indicators: Optional[Sequence[str]] = None,
    inventories: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
    tick: Optional[Callable[[int, int], None]] = None,
    background: Union[str, Sequence[str], None] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
) -> Comparison:
    """Compare products; the first is the reference.

    Parameters
    ----------
    sources : sequence of path, mapping or LoadedScenario
        Two or more scenarios.
    samples : int
        Paired draws; 0 for none. Figures that products share are drawn once for all of them.
    seed : int
    indicators : sequence of str, optional
        Climate change, energy and the two water volumes when left out; ``["all"]`` for all.
    inventories : path, optional
    progress, tick : callable, optional
    background : str or sequence of str, optional
        ``PROJECT/DATABASE`` of the user's Brightway, or ``open`` for the shipped background;
        with several, every scenario is calculated with each of them. One scenario alone is
        compared with itself on the shipped background.
    mapping, methods : optional
        As in `lca_cardato.studies.assess.assess`.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        Fewer than two scenarios, or draws over several backgrounds (``E326``); boundary or
        declared unit differ (``E349``); or as `lca_cardato.studies.assess.assess`.
    """
    grounds = [background] if background is None or isinstance(background, str) else background
    grounds = list(dict.fromkeys(grounds)) or [None]
    if len(sources) == 1 and grounds not in ([None], [OPEN]) and len(grounds) == 1:
        grounds = [OPEN, *grounds]
    if not 2 <= len(sources) * len(grounds) <= 20:
        raise InputError.one(
            "E326", say("name 2 to 20 scenarios to compare"), value=str(len(sources)),
            suggestion=say("for more, write a space and use `batch`"),
        )  # fmt: skip
    from lca_cardato.claims.packs_model import shipped_packs

    if samples and len(grounds) > 1:
        raise InputError.one(
            "E326", say("draws are paired within one background"), key="--samples", value=str(samples),
            suggestion=say("name one background, or leave the draws out"),
        )  # fmt: skip
    own = next((ground for ground in grounds if ground not in (None, OPEN)), None)
    options = [
        DataOptions(inventories, ground, mapping if ground == own or own is None else None,
                    methods, own)
        for ground in grounds
    ]  # fmt: skip
    settings = [prepare(sources, option, progress) for option in options]
    setting = settings[0]
    ids = [model.scenario.id for model in setting.models]
    require_comparable(named(ids, [setting.inventory] * len(ids)), setting.models)
    names = chosen_indicators(indicators, setting.store.background)
    results = [
        assess_loaded(loaded, one.data, shipped_packs())
        for loaded in setting.loaded
        for one in settings
    ]
    simulation, quick = None, None
    if len(grounds) == 1:
        products = Products(setting.models, setting.inventory, setting.store, names)
        if samples:
            simulation = simulate(products, samples, seed, tick=tick)
        else:
            quick = quickly(products)
    return Comparison(setting, results, names, simulation, quick)
