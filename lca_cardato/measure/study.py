"""What to measure or document next: the study as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Sequence, Union

import numpy as np

from lca_cardato import __version__
from lca_cardato.background.open import DataOptions, Setting, prepare
from lca_cardato.brightway.condensed import chosen_indicators
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.draws import BlockDraws, RandomDraws
from lca_cardato.calculation.sampling import SAMPLING
from lca_cardato.calculation.simulate import Products, one_thread
from lca_cardato.claims.balance import scenarios_in
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.errors import CalculationError, DiskError, InputError, Problem
from lca_cardato.measure.costs import Costs, load_costs
from lca_cardato.measure.measures import Measure, open_measures
from lca_cardato.measure.narrowing import Interval
from lca_cardato.measure.order import Checked, Step, enumerated, greedy
from lca_cardato.measure.proof import Turned, turned
from lca_cardato.results.claims import criterion_document
from lca_cardato.results.rounding import number
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.sentence import say
from lca_cardato.studies.uncertainty import deterministic, notices_of
from lca_cardato.text.number import largest
from lca_cardato.words.language import Language

SCHEMA = "lca-cardato/measure-next/1"
SAMPLES = 16_384
FEWEST, MOST = 2048, 65_536
MANY = 60
"""Scenarios of a folder at most."""


@dataclass(repr=False)
class MeasureNext:
    """What to measure or document next.

    Attributes
    ----------
    setting : Setting
    indicator : str
    samples, seed : int
    stated : list of float
        Score of each product as stated.
    intervals : list of Interval
    measures : list of Measure
    costs : Costs
    steps : list of Step
        Names are places in `measures`.
    checked : list of Checked
    claims : list of Turned
    left_out : list of str
        Files of a folder that are no sound scenario.
    """

    setting: Setting
    indicator: str
    samples: int
    seed: int
    stated: list[float]
    intervals: list[Interval]
    measures: list[Measure]
    costs: Costs
    steps: list[Step]
    checked: list[Checked]
    claims: list[Turned]
    left_out: list[str]

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data, with names in the language."""
        words, models = Language(lang), self.setting.models
        about = self.setting.store.background.about(self.indicator)
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "notices": notices_of(self.setting, lang),
            "inventory_sha256": self.setting.inventory.digest,
            "indicator": self.indicator,
            "unit": about.unit,
            "seed": self.seed,
            "sampling": SAMPLING,
            "samples": self.samples,
            "scenarios": [
                {
                    "id": model.scenario.id, "name": model.scenario.product.name,
                    "stated": number(stated), "low": number(one.low), "high": number(one.high),
                    "reach": number(one.narrowed([_name(m) for m in self.measures])),
                }
                for model, stated, one in zip(models, self.stated, self.intervals)
            ],
            "measures": self._rows(words),
            "order": [
                {
                    "measure": step.name, "cost": number(step.cost),
                    "narrowed": number(step.narrowed), "more": number(step.more),
                    "spent": number(step.spent),
                }
                for step in self.steps
            ],
            "checked": [
                {
                    "budget": number(one.budget), "order": number(one.greedy),
                    "best": number(one.best), "set": list(one.names), "same": one.same,
                }
                for one in self.checked
            ],
            "claims": [self._claim(item, words) for item in self.claims],
            "left_out": self.left_out,
        }  # fmt: skip

    def narrowed(self, names: Sequence[str]) -> float:
        """Mean, over the products, of the part of the interval that goes with some measures."""
        return mean_narrowed(self.intervals, names)

    def _rows(self, words: Language) -> list[dict[str, Any]]:
        """Every measure by itself: those of the order first, then by what they narrow per euro."""
        place = {step.name: i for i, step in enumerate(self.steps)}
        needed = {
            _name(m): [self._claim_name(item) for item in self.claims if m in item.needed]
            for m in self.measures
        }
        rows: list[dict[str, Any]] = []
        for measure in self.measures:
            name, cost = _name(measure), self.costs.of(measure.kind, measure.thing)
            part = self.narrowed([name])
            rows.append({
                "measure": name, "kind": measure.kind, "of": measure.thing, "owner": measure.owner,
                "name": measure_name(measure, self.setting, self.costs, words),
                "cost": number(cost.amount), "cost_low": cost.low, "cost_high": cost.high,
                "cost_class": cost.class_, "cost_source": cost.source, "cost_year": cost.year,
                "cost_geography": cost.geography, "cost_note": cost.note,
                "narrowed": number(part),
                "narrowed_per_100_eur": number(100 * part / cost.amount) if cost.amount else None,
                "explained": number(self._explained(name)),
                "proves": needed[name],
            })  # fmt: skip
        rows.sort(key=lambda row: (
            place.get(row["measure"], len(place)), not row["proves"],
            largest(row["narrowed_per_100_eur"] or 0.0), row["measure"],
        ))  # fmt: skip
        return rows

    def _explained(self, name: str) -> float:
        return float(np.mean([one.explained([name]) for one in self.intervals]))

    def _claim_name(self, item: Turned) -> dict[str, str]:
        return {
            "scenario": self.setting.models[item.place].scenario.id, "claim": item.pack.claim,
        }  # fmt: skip

    def _claim(self, item: Turned, words: Language) -> dict[str, Any]:
        names = [_name(measure) for measure in item.needed]
        costs = [self.costs.of(m.kind, m.thing).amount for m in item.needed]
        left = item.left.criteria if item.left else []
        return {
            **self._claim_name(item),
            "name": getattr(item.pack.name, words.lang),
            "rule_pack": item.pack.id,
            "reached": item.reached,
            "needed": names,
            "cost": number(sum(costs)) if item.reached else None,
            "cheapest": item.best,
            "state": item.state,
            "open": [
                criterion_document(one, words)["title"]
                for one in left if one.verdict not in ("meets", "not_applicable")
            ],
        }  # fmt: skip


def _name(measure: Measure) -> str:
    return f"{measure.key} ({measure.owner})" if measure.owner else measure.key


def measure_name(measure: Measure, setting: Setting, costs: Costs, words: Language) -> str:
    """Name a measure in the language: kind, and what it is for."""
    inventory = setting.inventory
    kind = str(getattr(costs.table.kinds[measure.kind].name, words.lang))
    thing = measure.thing
    if not thing:
        return kind
    if thing == "contract":
        told = words("measure_contract")
    else:
        records = (inventory.steps, inventory.datasets, inventory.fibres)
        record = next((group[thing] for group in records if thing in group), None)
        told = (
            str(getattr(record.name, words.lang)).split(" (")[0]
            if record is not None
            else thing.replace("-", " ").title()
        )
    if measure.kind == "origin_paper" and measure.owner:
        told = f"{told}, {measure.owner}"
    return f"{kind}: {told}"


def mean_narrowed(intervals: Sequence[Interval], names: Sequence[str]) -> float:
    """Mean, over some products, of the part of the interval that goes."""
    return float(np.mean([one.narrowed(names) for one in intervals]))


def measure_next(
    source: Union[str, Path, LoadedScenario, Sequence[Union[str, Path, LoadedScenario]]],
    indicator: str = "climate_change",
    costs: Optional[Union[str, Path, Costs]] = None,
    budget: Optional[float] = None,
    samples: int = SAMPLES,
    seed: int = 0,
    inventories: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
    background: Optional[str] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
) -> MeasureNext:
    """Rank meters, papers and analyses by what they narrow and prove per euro.

    Parameters
    ----------
    source : path, LoadedScenario or sequence of them
        Scenario, or a folder: all scenarios in it, each with the same weight.
    indicator : str
    costs : path or Costs, optional
        Quotes of one's own in place of the shipped costs.
    budget : float, optional
        EUR that may be spent.
    samples : int
        Draws, 2048 to 65536.
    seed : int
    inventories, progress, background, mapping, methods : optional
        As in `lca_cardato.studies.assess.assess`.

    Returns
    -------
    MeasureNext

    Raises
    ------
    InputError
        As `lca_cardato.studies.assess.assess`; ``E307`` unknown indicator or kind of measure,
        ``E326`` draws, seed or budget out of range, ``E361`` a folder without a scenario.
    CalculationError
        ``E304`` a draw has no sound mass balance.

    Examples
    --------
    >>> from lca_cardato.api import measure_next
    >>> measure_next("scenarios/virgin-wool.yaml").to_dict()["order"]      # doctest: +SKIP
    """
    _check(samples, seed, budget)
    table = costs if isinstance(costs, Costs) else load_costs(Path(costs) if costs else None)
    loaded, left_out = _sources(source)
    setting = prepare(loaded, DataOptions(inventories, background, mapping, methods), progress)
    name = chosen_indicators([indicator], setting.store.background)[0]
    products = Products(setting.models, setting.inventory, setting.store, [name])
    with one_thread():
        intervals, measures = _drawn(products, setting, samples, seed)
        prices = {m.order: table.of(m.kind, m.thing).amount for m in measures}

        def narrowed(names: Sequence[str]) -> float:
            return mean_narrowed(intervals, names)

        named = {_name(m): prices[m.order] for m in measures if narrowed([_name(m)])}
        steps = greedy(narrowed, named, budget)
        checked = enumerated(narrowed, named, steps)
    packs = [pack for pack, _ in shipped_packs()]
    claims = [
        item
        for place, model in enumerate(setting.models)
        for item in turned(model, place, packs, setting.inventory, measures, prices)
    ]
    stated = [row[0] for row in deterministic(setting, [name])]
    return MeasureNext(
        setting, name, samples, seed, stated, intervals, measures, table, steps, checked, claims,
        left_out,
    )  # fmt: skip


def _drawn(
    products: Products, setting: Setting, samples: int, seed: int
) -> tuple[list[Interval], list[Measure]]:
    """Draw the products, and tell their intervals by what each measure would settle."""
    random = RandomDraws(products.streams, seed)
    random.begin(samples)
    random.fill(range(len(products.streams.groups)))
    scores = products.scores(BlockDraws(products.streams, random.values))
    if not all(np.isfinite(one).all() for one in scores):
        raise CalculationError.one(
            "E304", say("some draws have no sound mass balance"), key="route",
            suggestion=say("narrow the distribution of losses and rework"),
        )  # fmt: skip
    measures = open_measures(products, setting.inventory)
    rows = products.streams.places
    intervals = [
        Interval(score[0], {
            _name(m): random.values[sorted({rows[id(f)] for f in m.figures[place]})]
            for m in measures if m.figures.get(place)
        })
        for place, score in enumerate(scores)
    ]  # fmt: skip
    return intervals, measures


def _check(samples: int, seed: int, budget: Optional[float]) -> None:
    if not FEWEST <= samples <= MOST:
        raise InputError.one(
            "E326", say("draws from {fewest} to {most} are possible", fewest=FEWEST, most=MOST),
            key="samples", value=str(samples),
        )  # fmt: skip
    if seed < 0:
        raise InputError.one("E326", say("a seed is 0 or larger"), key="seed", value=str(seed))
    if budget is not None and not 0 <= budget < float("inf"):
        raise InputError.one(
            "E326", say("a budget is an amount of 0 EUR or more"), key="budget", value=str(budget)
        )


def _sources(source: Any) -> tuple[list[Any], list[str]]:
    """Scenarios of a file, a folder or a list; and the files of a folder that are none."""
    if isinstance(source, (list, tuple)):
        return list(source), []
    if not isinstance(source, (str, Path)) or not Path(source).is_dir():
        if isinstance(source, (str, Path)) and not Path(source).exists():
            raise DiskError.one("E501", say("no such file or folder"), file=str(source))
        return [source], []
    found: list[LoadedScenario] = []
    problems: list[Problem] = []
    for file, documents, _ in scenarios_in(Path(source)):
        try:
            found.append(load_scenario(file, documents))
        except InputError as error:
            problems += error.problems[:1]
    if problems and not found:
        raise InputError(problems)
    if not found:
        raise InputError.one(
            "E361", say("no scenario and no run folder lies in this folder"), file=str(source),
            suggestion=say("name the folder that holds them"),
        )  # fmt: skip
    if len(found) > MANY:
        raise InputError.one(
            "E326", say("{count} scenarios lie in this folder; up to {most} are possible", count=len(found), most=MANY),
            file=str(source), suggestion=say("name a folder that holds fewer"),
        )  # fmt: skip
    return found, [f"{one.file}: {one.code}" for one in problems]
