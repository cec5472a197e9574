"""Examine the figures of a scenario: fine, questioned, or refused until a reason is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Collection, Iterable, Iterator, Optional

from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.checks import CLOSE, Check, Makers, by_quantity, values_of_model
from lca_cardato.model.checks_figures import OfFigures
from lca_cardato.model.checks_product import OfProduct
from lca_cardato.model.checks_together import OfFiguresTogether
from lca_cardato.model.names import names_asked
from lca_cardato.model.papers import papers_asked
from lca_cardato.model.questions import Question
from lca_cardato.model.ranges import Values
from lca_cardato.model.structure import ProductModel
from lca_cardato.sentence import say
from lca_cardato.text.number import BLANKS
from lca_cardato.text.thousands import COUNTED, plain, two_readings
from lca_cardato.text.thousands import question as two_meanings
from lca_cardato.text.yamltree import Document, dotted
from lca_cardato.text.yarncount import turned
from lca_cardato.words.language import Between, Plain, Word
from lca_cardato.words.told import Words

SLIPS = (10, 0.1, 100, 0.01, 1000, 0.001)
"""Factors that a slip of the pen makes, the smallest first."""
AT_ZERO = {
    "question_figure": "question_figure_zero",
    "question_value": "question_value_zero",
}
"""Text of a question -> text where the number is 0, so that no factor can be told."""
NUMBER = re.compile(r"((?:Nm|Ne)\s*)?([+]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?)(\D.*|)", re.S)
MAKERS: tuple[type[Makers], ...] = (OfFigures, OfProduct, OfFiguresTogether)


def checks_of(model: ProductModel, inventory: Inventory) -> list[Check]:
    """List what is held against a limit: figures, product, figures against each other."""
    limits = by_quantity(inventory)
    return [check for maker in MAKERS for check in maker(model, inventory, limits).all()]


def examine(model: ProductModel, document: Document, inventory: Inventory) -> list[Question]:
    """Hold the figures of a product against the limits of the inventory.

    Parameters
    ----------
    model : ProductModel
    document : Document
        Text of the scenario, for positions.
    inventory : Inventory
        Whose `limits` count.

    Returns
    -------
    list of Question
        In the order of the scenario, one per value.

    Raises
    ------
    InputError
        Figures beyond a hard limit without a reason (``E116``), a number that may be meant in
        thousands and is implausible as it stands (``E115``), a reason for nothing (``E117``).
    """
    examined = held_against(model, document, checks_of(model, inventory))
    stray = _stray_reasons(model, document)
    if examined.refused or stray:
        raise Refused([*stray, *examined.refused.values()], [] if stray else examined.beyond)
    asked = examined.questions
    if document.cells:
        asked = [replace(one, cell=document.cell(spot_of(document, one.path))) for one in asked]
    return sorted(asked, key=lambda item: item.line)


def refusals(
    model: ProductModel, document: Document, inventory: Inventory, unsure: Collection[str]
) -> list[Problem]:
    """Figures that are refused, and reasons for nothing, of a scenario that goes no further.

    Parameters
    ----------
    model : ProductModel
    document : Document
    inventory : Inventory
    unsure : collection of str
        Keys of values that are not yet known; what hangs on them is not asked.
    """
    checks = [one for one in checks_of(model, inventory) if not set(unsure) & set(one.uses)]
    refused = held_against(model, document, checks).refused
    return [*_stray_reasons(model, document), *refused.values()]


class Refused(InputError):
    """Figures that are refused until a reason is written.

    Attributes
    ----------
    beyond : list of (str, str)
        Place and limit of each; empty where something else is wrong too.
    """

    def __init__(self, problems: Iterable[Problem], beyond: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(sorted(problems, key=lambda item: (item.line, item.column)))
        self.beyond = list(beyond)


@dataclass
class Examined:
    """What came out of an examination.

    Attributes
    ----------
    questions : list of Question
        One per value, also of those that are refused.
    refused : dict
        Path -> problem.
    beyond : list of (str, str)
        Place and limit of what lies beyond a hard end, in the order of the checks.
    """

    questions: list[Question] = field(default_factory=list)
    refused: dict[tuple, Problem] = field(default_factory=dict)
    beyond: list[tuple[str, str]] = field(default_factory=list)


def held_against(model: ProductModel, document: Document, checks: list[Check]) -> Examined:
    """Hold every value against its limits (`checks_of`) and collect what is questioned or refused."""
    values = values_of_model(model)
    result = Examined()
    typed = [*_blends(model, document), *names_asked(model, document)]
    found: dict[tuple, Question] = {
        item.path: replace(item, reason=reason_of(model, item.path)) for item in typed
    }
    for check in checks:
        if not check.outside(values):
            continue
        question = _question(check, values, model, document)
        if question.open:
            question = _answered_beside(question, check, values, model, document)
        known = found.get(check.path)
        if known is None or (known.reason_at and question.open):
            found[check.path] = question
        problem = _refusal(check, values, question, model, document) if question.open else None
        if problem is not None and check.path not in result.refused:
            result.refused[check.path] = problem
            result.beyond.append((question.place, check.limit))
    if any(problem.code != "E116" for problem in result.refused.values()):
        result.beyond = []
    for item in papers_asked(model, document):  # what lies outside its range is asked about as such
        found.setdefault(item.path, replace(item, reason=reason_of(model, item.path)))
    result.questions = list(found.values())
    return result


def reason_of(model: ProductModel, path: tuple) -> str:
    """Give the reason that the mill wrote for the value at a path, or for the figure around it."""
    written = model.scenario.reasons
    for place in (dotted(path), dotted((*path, "value"))):
        if place in written:
            return written[place]
    for spot in (path, path[:-1]):
        figure = model.figures.get(model.bound.get(spot, ""))
        if figure is not None and figure.reason:
            return figure.reason
    return ""


def _stray_reasons(model: ProductModel, document: Document) -> list[Problem]:
    """Find reasons for values that are not there."""
    if not model.scenario.reasons:
        return []
    known = [dotted(path) for path in document.positions if path and path[0] != "reasons"]
    return [
        document.problem(
            "E117", say("this place holds no value, so there is nothing to give a reason for"),
            ("reasons", place), place, nearest(place, known),
        )
        for place in model.scenario.reasons
        if place not in known
    ]  # fmt: skip


def _blends(model: ProductModel, document: Document) -> Iterator[Question]:
    """Ask about lines without a share, and about lines that stand twice.

    Lines of one fibre and origin are two deliveries where lot, document, place, colour or dataset
    differ, or only one of them states it.
    """
    scenario = model.scenario
    for index, yarn in enumerate(scenario.all_yarns()):
        base: tuple = ("yarns", index, "blend") if scenario.yarns else ("blend",)
        seen: dict[tuple, int] = {}
        for place, line in enumerate(yarn.blend):
            path, code = (*base, place), ""
            same = (
                line.fibre, line.origin, line.lot, line.document, line.place, line.colour, line.dataset,
            )  # fmt: skip
            if not line.share and line.origin != "in_process_rework":
                path, code = (*path, "share"), "question_no_share"
            elif same in seen:
                code = "question_same_fibre"
            seen.setdefault(same, place + 1)
            if code:
                told = {"fibre": line.fibre, "first": str(seen[same]), "second": str(place + 1)}
                yield Question(
                    dotted(path), path, typed_at(document, path) or line.fibre, code, told,
                    document.name, document.position(path)[0],
                )  # fmt: skip


def _question(check: Check, values: Values, model: ProductModel, document: Document) -> Question:
    value, (low, high) = check.value(values), check.told(values)
    above = high is not None and value > high
    end = high if above else low
    factor = value / end if end else None
    ends = (None if end is None else Plain(end * check.scale) for end in (low, high))
    unit = "" if check.record.unit == "1" else check.record.unit
    told: dict[str, Any] = {**check.about, "value": Plain(value * check.scale), "unit": unit}
    told["low"], told["high"] = ends
    told["range"] = Between(told["low"], told["high"], unit)
    told["side"] = Word("above" if above else "below")
    code = check.code
    if value == 0 or not factor:
        code = AT_ZERO.get(code, code)
    else:
        told["times"] = Plain(factor if above else 1 / factor)
    typed = typed_at(document, check.path)
    return Question(
        key=check.key,
        path=check.path,
        typed=typed,
        code=code,
        arguments=told,
        file=document.name,
        line=document.position(check.path)[0],
        factor=factor,
        source=", ".join(filter(None, (check.limit, check.record.source))),
        slip=_slip(check, values, typed) if check.slips else "",
        reason=reason_of(model, check.path),
        place=dotted(spot_of(document, check.path)),
    )


def _answered_beside(
    question: Question, check: Check, values: Values, model: ProductModel, document: Document
) -> Question:
    """Take over the reason of another figure where that one is the outlier."""
    for path, is_outlier in check.causes:
        reason = reason_of(model, path)
        if reason and is_outlier(values):
            at = dotted(spot_of(document, path))
            return replace(question, reason=reason, reason_at=at)
    return question


def spot_of(document: Document, path: tuple) -> tuple:
    """Give the path of a value itself: a figure that has more to it has a `value` inside."""
    inside = (*path, "value")
    return inside if inside in document.positions else path


def _refusal(
    check: Check, values: Values, found: Question, model: ProductModel, document: Document
) -> Optional[Problem]:
    """Say why a figure is refused, if it is."""
    spot = spot_of(document, found.path)
    match = NUMBER.fullmatch(found.typed.strip(BLANKS))
    if match and check.slips and two_readings(match.group(2)) and _inside(check, values, 1000.0):
        message, cure = two_meanings(match.group(2), match.group(3).strip(BLANKS))
        return document.problem("E115", message, spot, found.typed, cure)
    if not check.refused(values):
        return None
    cure = say("correct it, or write why it is right: `reason: ...` beside it")
    if not any(place in model.bound for place in (found.path, found.path[:-1])):
        cure = say(
            "correct it, or write why it is right: `reasons: {{{spot}: ...}}`", spot=dotted(spot)
        )
    if found.slip:
        cure = say("is {slip} meant? {cure}", slip=found.slip, cure=cure)
    message = say(
        "{why} (limit {limit})", why=Words(found.code, found.arguments), limit=check.limit
    )
    return document.problem("E116", message, spot, found.typed, cure)


def _inside(check: Check, values: Values, times: float) -> bool:
    """Whether a multiple of the number lies inside its ends."""
    value, (low, high) = check.value(values) * times, check.told(values)
    return (low is None or value >= low * (1 - CLOSE)) and (
        high is None or value <= high * (1 + CLOSE)
    )


def _slip(check: Check, values: Values, typed: str) -> str:
    """Write the value as it would stand without the likeliest slip of a power of ten."""
    typed = turned(typed)
    plies, slash, single = typed.strip(BLANKS).rpartition("/")
    plied = slash and plies[-1:].isdigit()  # Nm 2/28: the slip lies in the 28
    match = NUMBER.fullmatch(single if plied else typed.strip(BLANKS))
    if match is None or not float(match.group(2)):
        return ""
    before = f"{plies}/" if plied else match.group(1) or ""
    for times in SLIPS:
        if _inside(check, values, times):
            number, unit = f"{float(match.group(2)) * times:.10g}", match.group(3)
            number = plain(number) if unit.strip(BLANKS) in COUNTED else number
            return f"{before}{number}{unit}"
    return ""


def typed_at(document: Document, path: tuple) -> str:
    """Give the text of a value as it was typed."""
    node: Any = document.data
    for part in path:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return ""
    if isinstance(node, dict):
        node = node.get("value", "")
    return node if isinstance(node, str) else ""
