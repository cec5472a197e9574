"""The best blend: `optimise`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import console, installing, print_json
from lca_cardato.cli.options import (
    Basis,
    IndicatorsOption,
    JsonOption,
    Lang,
    LangOption,
    SeedOption,
    Written,
    argument,
    option,
    spread,
)
from lca_cardato.errors import InputError
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.studies.best import Found


class Solver(str, Enum):
    """Who proposes blends."""

    highs = "highs"
    exact = "exact"


@spread
def optimise(
    space: Annotated[
        Path, argument("SPACE", "Space file (YAML) with a section `optimise`.", complete.spaces)
    ],
    minimise: Annotated[
        Optional[str],
        option("--minimise", "What is made small: cost or an indicator.", complete.indicators),
    ] = None,
    front: Annotated[
        Optional[str], option("--front", "Front of two goals, e.g. climate_change,cost.")
    ] = None,
    points: Annotated[Optional[int], option("--points", "Points of the front, at most.")] = None,
    meets: Annotated[
        Optional[list[str]],
        option("--meets", "Claim to meet, or CLAIM=READING; repeatable.", complete.packs),
    ] = None,
    limit: Annotated[
        Optional[list[str]],
        option(
            "--limit", "Limit, e.g. 'climate_change <= 4'; repeatable, beside those of the file."
        ),
    ] = None,
    probability: Annotated[
        Optional[str],
        option("--probability", "Share of the draws in which claims and limits hold, e.g. '95 %'."),
    ] = None,
    seed: SeedOption = 0,
    time_limit: Annotated[
        float,
        option("--time-limit", "Seconds for the search; then the best so far is told.", min=0),
    ] = 60.0,
    solver: Annotated[
        Solver,
        option("--solver", "Who proposes blends: HiGHS, or whole numbers; both find the same."),
    ] = Solver.highs,
    scenario: Annotated[
        Optional[int],
        option("--scenario", "Print this blend as a scenario and stop; 0 is the first.", min=0),
    ] = None,
    indicators: IndicatorsOption = None,
    json_: JsonOption = False,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Find the best blend of a space, proven: shares, suppliers, choices, under claims and limits."""
    from lca_cardato.api.reports import report_of
    from lca_cardato.report.screens.optimise import render_optimise
    from lca_cardato.studies.optimise import optimise

    written.check("optimisation")
    with installing() as progress:
        found = optimise(
            space, changes=_changes(minimise, front, points, meets, probability),
            more_limits=limit or [], seed=seed, time_limit=time_limit, solver=solver.value, indicators=indicators, progress=progress, **basis.arguments(),
        )  # fmt: skip
    written.write(lambda: report_of(found, lang.value))
    if scenario is not None:
        _print_scenario(found, scenario, space.name)
    elif json_:
        print_json(found.to_dict(lang.value))
    else:
        render_optimise(found.to_dict(lang.value), Language(lang.value), console())


def _changes(
    minimise: Optional[str],
    front: Optional[str],
    points: Optional[int],
    meets: Optional[list[str]],
    probability: Optional[str],
) -> dict[str, Any]:
    """Keys of the section that the options take the place of."""
    found: dict[str, Any] = {}
    if minimise is not None:
        found["minimise"] = minimise
    if front is not None:
        found["front"] = {"of": [part.strip() for part in front.split(",")]}
        if points is not None:
            found["front"]["points"] = points
    elif points is not None:
        raise InputError.one(
            "E321", say("only a front has points"), key="--points", value=str(points),
            suggestion=say("add --front climate_change,cost"),
        )  # fmt: skip
    if probability is not None:
        found["probability"] = probability
    if meets:
        pairs = [text.partition("=") for text in meets]
        found["meets"] = {claim.strip(): reading.strip() or "every" for claim, _, reading in pairs}
    return found


def _print_scenario(found: Found, place: int, name: str) -> None:
    """Print a blend as a scenario file."""
    import yaml

    if place >= len(found.blends):
        raise InputError.one(
            "E326", say("blends from 0 to {last} were found", last=len(found.blends) - 1),
            key="--scenario", value=str(place),
        )  # fmt: skip
    data = found.scenario(place)
    data["id"] = f"{data['id']}-best"[:64]
    for key, paper in found.space.base.files.items():  # where it will lie, they may not
        del data["documents"][key]["file"]
        data["documents"][key]["sha256"] = paper.sha256
    print(f"# Best blend of {name}, made from {found.space.space.base}.")
    print(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100), end="")
