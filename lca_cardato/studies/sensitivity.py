"""Which figures and choices the result hangs on: Morris, Sobol, one at a time, switches."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from importlib.metadata import version
from math import fsum
from pathlib import Path
from typing import Any, Optional, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from lca_cardato import __version__
from lca_cardato.background.open import DataOptions, Setting, Source, prepare
from lca_cardato.brightway.condensed import chosen_indicators
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.figures import Figure, QuantileDraws
from lca_cardato.calculation.simulate import Products
from lca_cardato.errors import InputError
from lca_cardato.files.extra import require
from lca_cardato.results.rounding import number
from lca_cardato.results.stream_names import stream_name
from lca_cardato.sentence import say
from lca_cardato.studies.switches import Switch, switches
from lca_cardato.studies.uncertainty import deterministic, notices_of
from lca_cardato.text.number import largest
from lca_cardato.words.language import Language

Array = NDArray[np.float64]
SCHEMA = "lca-cardato/sensitivity/1"
ENDS = (0.025, 0.975)
LEVELS = 4
TRAJECTORIES = 20
BLOCK = 4096
NOISE = 1e-11
MAX_POINTS = 65_536
NEEDS = {"sensitivity": say("a sensitivity analysis")}
"""Extra that it needs, and what needs it."""


@dataclass(repr=False)
class Sensitivity:
    """How one indicator answers to every uncertain figure and to the choices of method.

    Attributes
    ----------
    setting : Setting
    indicator : str
    stated : float
        Score with every figure as stated.
    rows : list of dict
        One per stream: ``figure``, ``low`` and ``high`` (score at the 2.5 % and 97.5 % point of
        the figure alone), ``mu_star`` and ``sigma`` (Morris), ``s1``, ``st`` and their confidence
        half-widths (Sobol; None where the screening left the figure out).
    switches : list of Switch
        Scores under other choices.
    seed, trajectories, points : int
    screened_out : float
        Share of the Morris means that belongs to figures without Sobol indices.
    """

    setting: Setting
    indicator: str
    stated: float
    rows: list[dict[str, Any]]
    switches: list[Switch] = field(default_factory=list)
    seed: int = 0
    trajectories: int = 0
    points: int = 0
    screened_out: float = 0.0

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data, with notices in the language."""
        model, words = self.setting.models[0], Language(lang)
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "scenario": {"id": model.scenario.id, "name": model.scenario.product.name},
            "notices": notices_of(self.setting, lang),
            "inventory_sha256": self.setting.inventory.digest,
            "indicator": self.indicator,
            "unit": self.setting.store.background.about(self.indicator).unit,
            "stated": number(self.stated),
            "seed": self.seed,
            "trajectories": self.trajectories,
            "points": self.points,
            "drawn_with": drawn_with(),
            "screened_out": number(self.screened_out),
            "figures": [
                {"name": stream_name(row["figure"], self.setting.inventory, words),
                 **{k: number(v) if isinstance(v, float) else v for k, v in row.items()}}
                for row in self.rows
            ],
            "switches": [
                {"choice": s.choice, "option": s.option, "value": number(s.value),
                 "stated": s.stated}
                for s in self.switches
            ],
        }  # fmt: skip


def sensitivity(
    source: Source,
    indicator: str = "climate_change",
    seed: int = 0,
    trajectories: int = TRAJECTORIES,
    points: int = 1024,
    screen: int = 15,
    inventories: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
    background: Optional[str] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
) -> Sensitivity:
    """Tell which figures and choices an indicator hangs on.

    Parameters
    ----------
    source : path, mapping or LoadedScenario
    indicator : str
    seed : int
    trajectories : int
        Morris trajectories, over all uncertain figures.
    points : int
        Base points of the Sobol indices, a power of 2; ``points * (screen + 2)`` evaluations.
    screen : int
        How many figures, the weightiest by Morris, get Sobol indices; the others stay as stated.
    inventories : path, optional
    progress : callable, optional
    background, mapping, methods : optional
        As in `lca_cardato.studies.assess.assess`.

    Returns
    -------
    Sensitivity

    Raises
    ------
    MissingError
        ``E510``: the extra ``sensitivity`` is not installed.
    InputError
        ``E307`` unknown indicator, ``E326`` numbers out of range.

    Notes
    -----
    Figures vary within their 95 % interval for Morris and over their whole distribution for Sobol
    (Saltelli et al. 2010; Jansen 1999 as in SALib). Figures of one stream move together.
    """
    require(NEEDS)
    if points < 2 or points & (points - 1) or points > MAX_POINTS or not 2 <= trajectories <= 1000:
        raise InputError.one(
            "E326",
            say(
                "points: a power of 2 up to {most}; trajectories: 2 to 1000",
                most=MAX_POINTS,
            ),
            value=f"{points}, {trajectories}",
        )
    if seed < 0 or screen < 1:
        raise InputError.one("E326", say("seed from 0, screen from 1"), value=f"{seed}, {screen}")
    setting = prepare([source], DataOptions(inventories, background, mapping, methods), progress)
    name = chosen_indicators([indicator], setting.store.background)[0]
    products = Products(setting.models, setting.inventory, setting.store, [name])
    stated = deterministic(setting, [name])[0][0]
    rows = one_at_a_time(products)
    names = [row["figure"] for row in rows]
    screened = _morris(products, names, rows, trajectories, seed)
    for row in rows:  # what moves the score in its last digits alone does not move it
        row["mu_star"] = row["mu_star"] if row["mu_star"] > NOISE * abs(stated) else 0.0
    best = sorted(range(len(names)), key=lambda i: (largest(rows[i]["mu_star"]), names[i]))[:screen]
    if best:
        _sobol(products, [names[i] for i in best], [rows[i] for i in best], points, seed)
    whole = fsum(row["mu_star"] for row in rows)
    left = whole - fsum(rows[i]["mu_star"] for i in best)
    rows.sort(key=lambda row: (largest(row["st"] or 0.0), largest(row["mu_star"]), row["figure"]))
    return Sensitivity(
        setting, name, stated, rows, switches(setting, name), seed, screened, points,
        left / whole if whole else 0.0,
    )  # fmt: skip


def drawn_with() -> dict[str, str]:
    """Versions of the packages that turn a seed into trajectories and points."""
    return {name: version(name) for name in ("SALib", "numpy", "scipy")}


def _scores(products: Products, names: Sequence[str], points: Array, place: int = 0) -> Array:
    """Score at given probabilities; one column per stream, NaN leaves it as stated."""
    found = np.empty(len(points))
    for start in range(0, len(points), BLOCK):
        block = points[start : start + BLOCK]
        columns = {name: block[:, i] for i, name in enumerate(names)}
        scores = products.scores(_StatedDraws(columns, len(block)))[0][place]
        found[start : start + BLOCK] = scores
    return found


class _StatedDraws(QuantileDraws):
    """Values at given probabilities; where the probability is NaN, the figure as stated."""

    def __call__(self, figure: Figure) -> Array:
        u = self.columns.get(figure.stream)
        if u is None:
            return np.full(self.count, figure.amount)
        stated = np.isnan(u)
        values = figure.distribution.quantile(np.where(stated, 0.5, u))
        return np.where(stated, figure.amount, figure.limited(values))


def one_at_a_time(products: Products, place: int = 0) -> list[dict[str, Any]]:
    """One figure at a time, at both ends of its 95 % interval.

    Parameters
    ----------
    products : Products
        The first one counts.
    place : int
        Place of the indicator.

    Returns
    -------
    list of dict
        ``figure``, ``low`` and ``high`` (scores), and room for the indices of `Sensitivity`.
    """
    names = list(dict.fromkeys(figure.stream for figure in products.figures()))
    points = np.full((2 * len(names), len(names)), np.nan)
    for column in range(len(names)):
        points[2 * column, column], points[2 * column + 1, column] = ENDS
    scores = np.empty(len(points))
    for start in range(0, len(points), 512):
        block = points[start : start + 512]
        moved = np.flatnonzero(~np.isnan(block).all(axis=0))
        scores[start : start + 512] = _scores(
            products, [names[int(i)] for i in moved], block[:, moved], place
        )
    return [
        {"figure": name, "low": float(scores[2 * i]), "high": float(scores[2 * i + 1]),
         "mu_star": 0.0, "sigma": 0.0, "s1": None, "s1_conf": None, "st": None, "st_conf": None}
        for i, name in enumerate(names)
    ]  # fmt: skip


def _salib_seed(seed: int) -> int:
    """Seed for SALib: its older line takes 0 for none, and none above 32 bits."""
    return int(np.random.SeedSequence(seed).generate_state(1)[0]) or 1


def _morris(
    products: Products, names: Sequence[str], rows: list[dict[str, Any]], count: int, seed: int
) -> int:
    """Elementary effects (Morris 1991), mean of their absolute values (Campolongo 2007)."""
    if len(names) < 2:
        for row in rows:
            row["mu_star"] = abs(row["high"] - row["low"])
        return 0
    from SALib.analyze import morris as analysis
    from SALib.sample import morris

    problem = {"num_vars": len(names), "names": list(names), "bounds": [list(ENDS)] * len(names)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        points = morris.sample(problem, count, num_levels=LEVELS, seed=_salib_seed(seed))
        found = analysis.analyze(
            problem,
            points,
            _scores(products, names, points),
            num_levels=LEVELS,
            seed=_salib_seed(seed),
        )
    for place, row in enumerate(rows):
        row["mu_star"] = float(np.nan_to_num(found["mu_star"][place]))
        row["sigma"] = float(np.nan_to_num(found["sigma"][place]))
    return count


def _sobol(
    products: Products, names: Sequence[str], rows: list[dict[str, Any]], points: int, seed: int
) -> None:
    """First-order and total indices."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol

    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sampled = sobol.sample(problem, points, calc_second_order=False, seed=_salib_seed(seed))
        scores = _scores(products, names, np.clip(sampled, 1e-6, 1 - 1e-6))
        spread = float(scores.std())
        if spread <= 1e-12 * abs(float(scores.mean())):
            return
        found = analysis.analyze(
            problem,
            (scores - scores.mean()) / spread,
            calc_second_order=False,
            seed=_salib_seed(seed),
        )
    for place, row in enumerate(rows):
        for key, column in (
            ("s1", "S1"),
            ("s1_conf", "S1_conf"),
            ("st", "ST"),
            ("st_conf", "ST_conf"),
        ):
            row[key] = float(found[column][place])
