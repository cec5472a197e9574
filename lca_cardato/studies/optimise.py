"""The best blend of a space, proven: the verb ``optimise``."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union

from lca_cardato.background.open import Data, DataOptions, lotted, open_data
from lca_cardato.brightway.condensed import chosen_indicators
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.solve import UnitScores
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.errors import InputError, IntegrityError
from lca_cardato.files.atomic import sha256
from lca_cardato.optimise.answer import Answer
from lca_cardato.optimise.choices import Choices, scenario_of
from lca_cardato.optimise.confirm import CLOSE, Confirm
from lca_cardato.optimise.count import blends_in
from lca_cardato.optimise.limits import percent
from lca_cardato.optimise.search import Best, Outcome, Search
from lca_cardato.optimise.shape import shape_of
from lca_cardato.optimise.solvers import SOLVERS
from lca_cardato.optimise.specification import Specification, specification
from lca_cardato.results.rounding import number
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.sentence import say
from lca_cardato.space.goals import Optimise
from lca_cardato.space.load import LoadedSpace, load_space
from lca_cardato.studies.best import Found
from lca_cardato.studies.comparable import parted, require_one_kind
from lca_cardato.studies.no_blend import no_blend
from lca_cardato.text.fields import as_texts

MOST_CHOICES = 10_000


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
    solver: str = "highs",
    data: Optional[Data] = None,
    base: Optional[LoadedScenario] = None,
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
    solver : {"highs", "exact"}
        Which of the two solvers proposes blends; both find the same.
    data : Data, optional
        What it rests on, where that is open already; nothing that is named for it counts then.
    base : LoadedScenario, optional
        Base scenario of a mapping, where it is loaded already.

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
        from lca_cardato.brightway.process import start

        start()
    space = source if isinstance(source, LoadedSpace) else load_space(
        source, folder=folder, listed=False, base=base
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
    if data is None:
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
        raise InputError([replace(one, file=shape.file) for one in choices.refused[0].problems])
    confirm = Confirm(choices, spec.claims, known, [known.indicators.index(n) for n in names])
    search = Search(choices, shape.step, SOLVERS[solver](), confirm, began + time_limit)
    if given.probability is not None:
        from lca_cardato.optimise.chance import Chance

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
        no_blend(search, spec, shape, finished, time_limit, list(confirm.refused.values()))
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
        blends_in(space, shape), digests, choices.refused,
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


def _checked(
    answer: Answer, best: Best, spec: Specification, data: Data, names: Sequence[str]
) -> dict[str, Any]:
    """Assess a blend as an ordinary scenario, and hold the program against it.

    Raises
    ------
    IntegrityError
        ``E601`` when a score differs by more than 1e-9 relative.
    """
    from lca_cardato.studies.assess import assess_loaded

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
