"""The best blend of a space, proven: the verb ``optimise``."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union

from lca_cardato import __version__
from lca_cardato.background.open import Data, DataOptions, lotted, open_data
from lca_cardato.brightway.condensed import chosen_indicators
from lca_cardato.brightway.process import start
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.sampling import SAMPLING
from lca_cardato.calculation.solve import UnitScores
from lca_cardato.claims.packs_model import pack_named, shipped_packs
from lca_cardato.errors import CardatoError, InputError, IntegrityError, Problem
from lca_cardato.files.atomic import sha256
from lca_cardato.optimise.answer import Answer
from lca_cardato.optimise.chance import FRESH, FRESH_SEED, Chance
from lca_cardato.optimise.choices import Choices, scenario_of
from lca_cardato.optimise.confirm import CLOSE, Confirm
from lca_cardato.optimise.conflict import smallest_conflict
from lca_cardato.optimise.limits import Limit, bounds_of, percent
from lca_cardato.optimise.mixtures import rules
from lca_cardato.optimise.search import Best, Outcome, Search
from lca_cardato.optimise.shape import Shape, fixed_share, shape_of
from lca_cardato.optimise.specification import Specification, specification
from lca_cardato.results.rounding import number
from lca_cardato.sentence import joined, say
from lca_cardato.space.goals import Optimise
from lca_cardato.space.load import LoadedSpace, load_space
from lca_cardato.space.paths import with_overrides
from lca_cardato.studies.assess import assess_loaded
from lca_cardato.studies.comparable import parted, require_one_kind
from lca_cardato.studies.titles import varied_name
from lca_cardato.text.fields import as_texts
from lca_cardato.words.language import Language
from lca_cardato.words.told import tell

SCHEMA = "lca-cardato/optimise/1"
NOT_CHECKED: Any = {"claims": {}, "check": None}
MOST_CHOICES = 10_000


class NoBlend(InputError):
    """No blend holds all limits (``E329``).

    Attributes
    ----------
    conflict : list of Limit
        The smallest set that was found to contradict itself.
    """

    conflict: Sequence[Limit] = ()


@dataclass(repr=False)
class Found:
    """The best blend, or a front of blends.

    Attributes
    ----------
    space : LoadedSpace
    specification : Specification
    blends : list of Best
        One; of a front in the order of its first goal.
    outcome : Outcome or None
        Of a single goal.
    finished : bool
        Whether all of it is proven.
    search : Search
    answer : Answer
    checks : list of dict
        What the ordinary assessment says of each blend.
    count : int
        Blends in the space.
    digests : dict
    refused : dict
        Combination -> why it can't be calculated.
    verified : list of float
        With a probability: share of fresh draws in which all limits hold, by blend.
    """

    space: LoadedSpace
    specification: Specification
    blends: list[Best]
    outcome: Optional[Outcome]
    finished: bool
    search: Search
    answer: Answer
    checks: list[dict[str, Any]]
    count: int
    digests: dict[str, str]
    refused: dict[int, CardatoError] = field(default_factory=dict)
    verified: list[float] = field(default_factory=list)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data, with its sentences in the language."""
        goals, words = self.specification, Language(lang)
        blends = []
        for best, check in zip_longest(self.blends, self.checks, fillvalue=NOT_CHECKED):
            item = self._named(self.answer.blend(best, lang), best, words)
            claims = {
                name: {**claim, "name": tell(pack_named(name).name, lang)}
                for name, claim in check["claims"].items()
            }
            blends.append({**item, "claims": claims, "check": check["check"]})
        if self.outcome is not None and self.outcome.best is not None:
            value, bound = float(self.outcome.best.value), float(self.outcome.bound)
            blends[0]["goal"] = number(value)
            blends[0]["bound"] = number(bound) if math.isfinite(bound) else None
            known = math.isfinite(bound) and value
            blends[0]["gap"] = number((value - bound) / abs(value)) if known else None
            blends[0]["alike"] = self.outcome.alike
        given = goals.goal.weights if goals.goal else []
        pair = [goal.weights[0][0].name for goal in goals.front or ()]
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "space": self.space.space.id,
            "note": self.space.space.note or "",
            "sha256": self.digests,
            "minimise": [{"name": q.name, "weight": number(w), "unit": q.unit} for q, w in given],
            "front": pair,
            "meets": goals.claims,
            "status": "optimal" if self.finished else "time_limit",
            "chance": self._chance(),
            "combinations": len(self.search.choices),
            "refused": [
                {"combination": key, "why": tell(_why(error), lang)}
                for key, error in sorted(self.refused.items())
            ],
            "blends_in_space": self.count,
            "solver": {"name": "HiGHS", "programs": self.search.solves, "cuts": self.search.cuts},
            "properties": [
                {"name": m.name, "rule": m.rule, "source": m.source,
                 "formula": rules()["rules"][m.rule]["formula"]}
                for m in goals.mixtures
            ],
            "blends": blends,
        }  # fmt: skip

    def _chance(self) -> Optional[dict[str, Any]]:
        """Tell the probability, and what fresh draws say of it."""
        chance = self.search.chance
        if chance is None:
            return None
        return {
            "probability": number(chance.share),
            "draws": chance.draws,
            "seed": chance.seed,
            "given_up": chance.given_up,
            "fresh_draws": FRESH,
            "fresh_seed": chance.seed + FRESH_SEED,
            "verified": [number(share) for share in self.verified],
            "sampling": SAMPLING,
        }

    def _named(self, blend: dict[str, Any], best: Best, words: Language) -> dict[str, Any]:
        """Give fibres and choices of a blend the names that people have for them."""
        inventory, axes = self.search.choices.inventory, {a.name: a for a in self.space.axes}
        for item, column in zip(blend["lines"], best.choice.columns):
            fibre = getattr(column.line.fibre.name, words.lang)
            item["name"] = f"{fibre}, {words(column.line.entry.origin)}"
        for item in blend["chosen"]:
            axis = axes.get(item["path"])
            item["name"] = (
                words("column_variant") if axis is None
                else varied_name(axis.path, self.space, inventory, words)
            )  # fmt: skip
        return blend

    def scenario(self, place: int = 0) -> Any:
        """Give the scenario of a blend as nested dicts and lists."""
        return self.answer.scenario(self.blends[place])


def _why(error: CardatoError) -> str:
    return joined(problem.sentence() for problem in error.problems[:3])


def optimise(
    source: Union[str, Path, Mapping[str, Any], LoadedSpace],
    *,
    changes: Optional[Mapping[str, Any]] = None,
    more_limits: Sequence[str] = (),
    time_limit: float = 60.0,
    checked: bool = True,
    seed: int = 0,
    indicators: Optional[Sequence[str]] = None,
    inventories: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
    background: Optional[str] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
    folder: Optional[Path] = None,
) -> Found:
    """Find the best blend of a space.

    Parameters
    ----------
    source : path, mapping or LoadedSpace
        Space with a section ``optimise``; one that is loaded was loaded with ``listed=False``.
    changes : mapping, optional
        Keys of the section that take the place of those in the file.
    more_limits : sequence of str
        Limits beside those of the section.
    time_limit : float
        Seconds for the search; what is best by then is given with its gap.
    checked : bool
        Whether the blends are assessed in the end; without it the answer has no ``check``.
    seed : int
        Of the draws, where a probability is asked for; the fresh ones have the next.
    indicators : sequence of str, optional
        Told of the blends; climate change, energy and the two water volumes when left out. Those
        that goals and limits name are told anyway.
    inventories, progress, background, mapping, methods : optional
        As in `lca_cardato.studies.assess.assess`.
    folder : path, optional
        Where the base scenario of a mapping lies.

    Returns
    -------
    Found

    Raises
    ------
    NoBlend
        ``E329``: no blend holds all limits; the smallest set that contradicts itself is named.
    InputError
        What is wrong with the space or its section.
    IntegrityError
        ``E601``: the assessment does not agree with the program.

    Examples
    --------
    >>> from lca_cardato.studies.optimise import optimise
    >>> optimise("scenarios/best.space.yaml").to_dict()["blends"][0]["lines"]  # doctest: +SKIP
    """
    began = time.monotonic()
    if checked:
        start()
    space = source if isinstance(source, LoadedSpace) else load_space(
        source, folder=folder, listed=False
    )  # fmt: skip
    shape, given = (
        shape_of(space),
        _section(space, {**(changes or {}), **_more(space, changes, more_limits)}),
    )
    if space.size > MOST_CHOICES:
        raise InputError.one(
            "E321",
            say("{count} combinations of choices; at most {most} are looked at", count=space.size,
                most=MOST_CHOICES),
            file=shape.file, suggestion=say("vary less beside the shares, or calculate them: batch"),
        )  # fmt: skip
    require_one_kind(parted(space, ()))
    data = open_data(DataOptions(inventories, background, mapping, methods), progress)
    data = lotted(data, [space.base])
    store, known = data.store, data.store.background
    named = {*given.minimise, *(given.front.of if given.front else ())}
    named |= {text.split("<")[0].split(">")[0].strip() for text in given.limits}
    names = list(chosen_indicators(indicators, known))
    names += [name for name in known.indicators if name in named and name not in names]
    choices = Choices(space, shape, data.inventory, UnitScores(known, names))
    spec = specification(given, choices, [known.about(name) for name in names])
    if next(iter(choices), None) is None:
        raise InputError(choices.refused[0].problems)
    confirm = Confirm(choices, spec.claims, known, [known.indicators.index(n) for n in names])
    search = Search(choices, shape.step, confirm, began + time_limit)
    if given.probability is not None:
        told = say(
            "claims and limits hold in {share} of the draws", share=percent(given.probability)
        )
        search.chance = Chance(
            "probability", told, given.probability, spec.limits, data.inventory, store, names,
            seed=seed,
        )  # fmt: skip
    blends, outcome, finished = _searched(search, spec)
    verified = _verified(search, blends)
    while _tightened(search, verified):
        blends, outcome, finished = _searched(search, spec)
        verified = _verified(search, blends)
    if not blends:
        _no_blend(search, spec, shape, finished, time_limit)
    answer = Answer(choices, spec.limits, spec.quantities)
    checks = [_checked(answer, best, spec, data, names) for best in blends] if checked else []
    digests = {
        "space": space.digest,
        "section": sha256(repr(given).encode()),
        "inventory": data.inventory.digest,
        "method": store.method_digest(),
    }
    return Found(
        space, spec, blends, outcome, finished, search, answer, checks,
        _count(choices, space, shape), digests, choices.refused,
        verified,
    )  # fmt: skip


def _more(
    space: LoadedSpace, changes: Optional[Mapping[str, Any]], limits: Sequence[str]
) -> dict[str, Any]:
    """Give all limits where some are asked for beside those of the section."""
    if not limits:
        return {}
    own = space.space.optimise
    kept = (changes or {}).get("limits", own.limits if own else [])
    return {"limits": [*kept, *limits]}


def _section(space: LoadedSpace, changes: Optional[Mapping[str, Any]]) -> Optimise:
    """Give the section of a space, with what is asked for in its place."""
    from pydantic import ValidationError

    from lca_cardato.text.fields import problems_of
    from lca_cardato.text.yamltree import tree_document

    own = space.space.optimise
    if not changes:
        if own is None:
            raise InputError.one(
                "E321", say("the space does not say what is best"), file=str(space.inputs[-1].name),
                key="optimise", suggestion=say("add `optimise: {{minimise: cost}}`"),
            )  # fmt: skip
        return own
    asked = {key: value for key, value in changes.items() if value is not None}
    kept = {} if own is None else {
        name: getattr(own, name) for name in own.model_fields_set if name not in asked
    }  # fmt: skip
    if "minimise" in asked:
        kept.pop("front", None)
    if "front" in asked:
        kept.pop("minimise", None)
    typed: dict[str, Any] = as_texts(asked)
    document = tree_document(typed, "optimise")
    try:
        return Optimise.model_validate({**kept, **typed})
    except ValidationError as error:
        raise InputError(problems_of(error, document, Optimise)) from None


def _searched(search: Search, spec: Specification) -> tuple[list[Best], Optional[Outcome], bool]:
    """Search for the goal or for the front."""
    limits = [*spec.limits, *([search.chance] if search.chance else [])]
    if spec.front is not None:
        blends, finished = search.front(spec.front, spec.points, limits)
        return blends, None, finished
    assert spec.goal is not None
    outcome = search.minimise(spec.goal, limits)
    return [outcome.best] if outcome.best else [], outcome, outcome.finished


def _tightened(search: Search, verified: Sequence[float]) -> bool:
    """Ask for more draws where too few of the fresh ones hold; whether that could be done."""
    chance = search.chance
    if chance is None or not verified or min(verified) >= float(chance.share):
        return False
    return chance.tighten(min(verified))


def _verified(search: Search, blends: Sequence[Best]) -> list[float]:
    """Share of fresh draws in which all limits hold, by blend; nothing without a probability."""
    if search.chance is None:
        return []
    return [search.chance.fresh(best.choice, best.shares) for best in blends]


def _no_blend(
    search: Search, spec: Specification, shape: Shape, finished: bool, limit: float
) -> None:
    """Say why there is none."""
    file = shape.file
    if not finished:
        raise NoBlend.one(
            "E329", say("no blend was found in {seconds:g} s, and none is proven not to be there",
                        seconds=limit), file=file, key="optimise",
            suggestion=say("give it more time: --time-limit"),
        )  # fmt: skip
    search.deadline = time.monotonic() + limit
    choice = next(iter(search.choices))
    names = {line.place: line.name for line in shape.lines}
    bounds = bounds_of(choice, names)
    conflict, smallest = smallest_conflict(search, spec.limits, bounds)
    if not conflict:
        room = choice.whole - sum((c.low for c in choice.columns), Fraction(0))
        raise NoBlend.one(
            "E329",
            say("what is left to share out is {room:.6g} %, no whole number of steps of {step:.6g} %",
                room=room * 100, step=shape.step * 100),
            file=file, key="simplex", suggestion=say("change `step` or the `min` of a line"),
        )  # fmt: skip
    told = [limit.told for limit in conflict]
    keys = [one.key for one in conflict]
    if search.chance is not None:  # they may well hold together as stated
        told.append(search.chance.told)
        keys.append(search.chance.key)
    if len(told) == 1:
        text = say("no blend holds this: {limits}", limits=joined(told))
    elif smallest:
        text = say("no blend holds all of these, the fewest that contradict each other: {limits}",
                   limits=joined(told))  # fmt: skip
    else:
        text = say("no blend holds all of these; without any one of them there is one: {limits}",
                   limits=joined(told))  # fmt: skip
    error = NoBlend([Problem("E329", text, file, key=", ".join(keys),
                             suggestion=say("loosen one of them, or add a fibre"))])  # fmt: skip
    error.conflict = conflict
    raise error


def _checked(
    answer: Answer, best: Best, spec: Specification, data: Data, names: Sequence[str]
) -> dict[str, Any]:
    """Assess a blend as an ordinary scenario, and hold the program against it.

    Raises
    ------
    IntegrityError
        ``E601`` when a score differs by more than 1e-9 relative.
    """
    choices, choice = answer.choices, best.choice
    typed = {c.place: x for c, x in zip(choice.columns, best.shares) if c.varied}
    loaded = scenario_of(choices.space, choices.shape, choice.number, typed)
    packs = [item for item in shipped_packs() if item[0].claim in spec.claims]
    result = assess_loaded(loaded, data, packs)
    gaps = {}
    for place, name in enumerate(names):
        expected, found = result.score(name), choice.score(place, best.shares)
        gaps[name] = abs(found - expected) / (abs(expected) or 1.0)
    worst = max(gaps.values(), default=0.0)
    if worst > CLOSE:
        raise IntegrityError.one(
            "E601",
            say("the assessment of the blend differs from the program by {gap:.3g}", gap=worst),
        )
    claims = {
        item.pack.claim: {
            "reading": spec.claims[item.pack.claim],
            "verdict": item.verdict,
            "observed": {
                name: str(value) for one in item.criteria for name, value in one.observed.items()
            },
        }
        for item in result.claims
    }
    return {
        "claims": claims,
        "check": {
            "by": "assess",
            "largest_relative_difference": number(worst),
            "brightway_deviation": number(result.deviation),
        },
    }


def _count(choices: Choices, space: LoadedSpace, shape: Shape) -> int:
    """Count the blends of a space, without listing them."""
    counted: dict[Fraction, int] = {}
    total = 0
    most = [int((line.high - line.low) // shape.step) for line in shape.lines]
    low = sum((line.low for line in shape.lines), Fraction(0))
    for number_ in range(space.size):
        data = with_overrides(space.base.document.data, space.overrides(number_))
        steps = (1 - fixed_share(data, shape) - low) / shape.step
        if steps not in counted:
            whole = steps.denominator == 1 and steps >= 0
            counted[steps] = ways(int(steps), most) if whole else 0
        total += counted[steps]
    return total


def ways(total: int, most: Sequence[int]) -> int:
    """Count the ways to share out a number of steps, each line taking no more than its most.

    Notes
    -----
    The coefficient of ``z^total`` in the product of ``(1 - z^(most + 1)) / (1 - z)``.

    Examples
    --------
    >>> ways(3, [3, 3]), ways(3, [1, 2])
    (4, 1)
    """
    signs: dict[int, int] = {0: 1}
    for limit in most:
        for power, sign in list(signs.items()):
            if power + limit + 1 <= total:
                signs[power + limit + 1] = signs.get(power + limit + 1, 0) - sign
    lines = len(most) - 1
    return sum(sign * math.comb(total - power + lines, lines) for power, sign in signs.items())
