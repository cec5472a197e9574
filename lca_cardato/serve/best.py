"""What the page of the best blend asks, as a space, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from lca_cardato.charts.picture import Picture
from lca_cardato.errors import CardatoError, Problem
from lca_cardato.report.parts import Block, Text
from lca_cardato.report.stories import optimise as story
from lca_cardato.report.tables import optimise as tables
from lca_cardato.serve.blend import INDICATORS, BlendDesk
from lca_cardato.serve.form.engine import engine
from lca_cardato.studies.best import Found
from lca_cardato.studies.optimise import optimise
from lca_cardato.words.language import Language

SECONDS = 5.0
"""Time of a search, after which the best so far is told."""
POINTS = 9
STEPS = ("1", "2.5", "5", "10")
GOALS = (*INDICATORS, "cost")
FIELDS = ("goal", "other", "claim", "most", "step")


@dataclass(frozen=True)
class Line:
    """A fibre of the blend and its boxes.

    Attributes
    ----------
    place : int
        Its line in the blend.
    name : str
        Name in both languages is that of the blend.
    low, high, price : str
        As they were typed: percent, percent, EUR/kg.
    """

    place: int
    name: str
    low: str
    high: str
    price: str


@dataclass(frozen=True)
class Asked:
    """What stands in the boxes of the page.

    Attributes
    ----------
    lines : list of Line
    goal, other, claim, most, step : str
        What is made small, the second goal of a front, the claim to meet, the most kg CO2-eq, the
        step of the scale in percent; empty where nothing is asked.
    """

    lines: list[Line]
    goal: str
    other: str
    claim: str
    most: str
    step: str

    def space(self, base: str) -> dict[str, Any]:
        """Give it as a space of a scenario file."""
        prices = {
            f"blend.{line.place}.price": f"{line.price} EUR/kg" for line in self.lines if line.price
        }
        section: dict[str, Any] = {
            "limits": [f"climate_change <= {self.most}"] if self.most else []
        }
        if self.other and self.other != self.goal:
            section["front"] = {"of": [self.goal, self.other], "points": str(POINTS)}
        else:
            section["minimise"] = self.goal
        if self.claim:
            section["meets"] = self.claim
        lines = [
            {"line": str(line.place), "min": f"{line.low or 0} %", "max": f"{line.high or 100} %"}
            for line in self.lines
        ]
        space: dict[str, Any] = {
            "schema": "lca-cardato/space/1", "id": "desk", "base": base,
            "simplex": {"step": f"{self.step} %", "lines": lines}, "optimise": section,
        }  # fmt: skip
        return {**space, "variants": {"priced": prices}} if prices else space


@dataclass(frozen=True)
class Shown:
    """What stands beside the boxes.

    Attributes
    ----------
    problems : list of Problem
    head : list of Block
        What was asked and how sure it is.
    chart : Picture or None
        The front.
    blends : list of list of Block
        One, or those of the front.
    """

    problems: list[Problem]
    head: list[Block]
    chart: Optional[Picture]
    blends: list[list[Block]]


def asked(sent: Mapping[str, str], desk: BlendDesk, words: Language) -> Asked:
    """Read the boxes; what is not sent stands as the page begins.

    Parameters
    ----------
    sent : mapping of str to str
        Name of a box -> what was typed.
    desk : BlendDesk
    words : Language

    Returns
    -------
    Asked
    """
    lines = []
    for place, ((_, name), own) in enumerate(zip(desk.lines, desk.rework)):
        if own:
            continue
        low, high, price = (
            sent.get(f"{kind}.{place}", begun).strip().replace(",", ".")
            for kind, begun in (("low", "0"), ("high", "100"), ("price", desk.price(place)))
        )
        lines.append(Line(place, str(getattr(name, words.lang)), low, high, price))
    goal, other, claim, most, step = (sent.get(name, "").strip() for name in FIELDS)
    claims = [pack.claim for pack in desk.packs]
    return Asked(
        lines, goal if goal in GOALS else "climate_change", other if other in GOALS else "",
        claim if claim in claims or "claim" in sent else "cardato-recycled", most.replace(",", "."),
        step if step in STEPS else "1",
    )  # fmt: skip


def found(question: Asked, desk: BlendDesk) -> Found:
    """Search for the best blend, or the front; what was found last is kept, to open a blend of it.

    Raises
    ------
    CardatoError
        What is wrong with the boxes, or no blend holds all of it.
    """
    kept = desk.best
    if kept is None or kept[0] != question:
        searched = optimise(
            question.space(desk.path.name), folder=desk.path.parent, checked=False,
            time_limit=SECONDS, indicators=INDICATORS, solver="exact", data=engine().data,
            base=desk.loaded,
        )  # fmt: skip
        desk.best = kept = question, searched  # another thread may answer another page meanwhile
    result: Found = kept[1]
    return result


def answer(question: Asked, desk: BlendDesk, words: Language) -> Shown:
    """Search, and tell it as the page shows it."""
    try:
        document = found(question, desk).to_dict(words.lang)
    except CardatoError as error:
        return Shown(error.problems, [], None, [])
    several = bool(document["front"])
    blends: list[list[Block]] = []
    for place, blend in enumerate(document["blends"]):
        title = [Text(words("optimise_point", number=str(place)), "lead")] if several else []
        blends.append([*title, tables.blend_table(blend, words), tables.values_table(blend, words)])
        if blend["limits"] and not several:
            blends[-1].append(tables.limits_table(blend, words))
    head: list[Block] = [
        Text(tables.asked(document, words), "lead"), Text(tables.proof(document, words)),
    ]  # fmt: skip
    if several:
        head.append(tables.front_table(document, words))
    return Shown([], head, story.front_chart(document, words) if several else None, blends)
