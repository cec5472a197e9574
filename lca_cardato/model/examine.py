"""Examine the figures of a scenario: fine, questioned, or refused until a reason is written."""

from __future__ import annotations

import re
from typing import Any, Optional

from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.checks import CLOSE, Check, checks_of, values_of_model
from lca_cardato.model.questions import Question
from lca_cardato.model.ranges import Values
from lca_cardato.model.structure import ProductModel
from lca_cardato.text.number import BLANKS
from lca_cardato.text.thousands import question as two_meanings
from lca_cardato.text.thousands import two_readings
from lca_cardato.text.yamltree import Document, dotted
from lca_cardato.words.language import Language, Plain, Word

SLIPS = (1000, 0.001, 10, 0.1, 100, 0.01)
"""Factors that a slip of the pen makes, the commonest first."""
AT_ZERO = {"question_figure": "question_figure_zero"}
"""Text of a question -> text where the number is 0, so that no factor can be told."""
NUMBER = re.compile(r"([+]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?)(.*)", re.DOTALL)


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
        In the order of the scenario.

    Raises
    ------
    InputError
        Figures beyond a hard limit without a reason (``E116``), a number that may be meant in
        thousands and is implausible as it stands (``E115``), a reason for nothing (``E117``).
    """
    values = values_of_model(model)
    problems = _stray_reasons(model, document)
    questions: list[Question] = []
    for check in checks_of(model, inventory):
        if not check.outside(values):
            continue
        found = _question(check, values, model, document)
        refused = _refusal(check, values, found, document) if found.open else None
        if refused is not None:
            problems.append(refused)
        elif not any(other.path == found.path for other in questions):
            questions.append(found)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return sorted(questions, key=lambda item: item.line)


def reason_of(model: ProductModel, path: tuple) -> str:
    """Give the reason that the mill wrote for the value at a path."""
    written = model.scenario.reasons
    for place in (dotted(path), dotted(path + ("value",))):
        if place in written:
            return written[place]
    figure = model.figures.get(model.bound.get(path, ""))
    return (figure.reason or "") if figure is not None else ""


def _stray_reasons(model: ProductModel, document: Document) -> list[Problem]:
    """Find reasons for values that are not there."""
    known = [dotted(path) for path in document.positions if path and path[0] != "reasons"]
    return [
        document.problem(
            "E117", "this place holds no value, so there is nothing to give a reason for",
            ("reasons", place), place, nearest(place, known),
        )
        for place in model.scenario.reasons
        if place not in known
    ]  # fmt: skip


def _question(check: Check, values: Values, model: ProductModel, document: Document) -> Question:
    value, (low, high) = check.value(values), check.inner(values)
    above = high is not None and value > high
    end = high if above else low
    factor = value / end if end else None
    told = {
        **check.about, "value": Plain(value * check.scale), "unit": check.record.unit,
        "low": Plain((low or 0.0) * check.scale),
        "high": Plain((high if high is not None else low or 0.0) * check.scale),
        "side": Word("above" if above else "below"), "limit": ", ".join(filter(None, (check.limit, check.record.source))),
    }  # fmt: skip
    code = check.code
    if value == 0 or not factor:
        code = AT_ZERO[code]
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
        source=check.record.source or check.limit,
        slip=_slip(check, values, typed),
        reason=reason_of(model, check.path),
    )


def _refusal(
    check: Check, values: Values, found: Question, document: Document
) -> Optional[Problem]:
    """Say why a figure is refused, if it is."""
    spot = found.path + ("value",) if found.path + ("value",) in document.positions else found.path
    match = NUMBER.fullmatch(found.typed.strip(BLANKS))
    if match and two_readings(match.group(1)) and _inside(check, values, 1000.0):
        message, cure = two_meanings(match.group(1), match.group(2).strip(BLANKS))
        return document.problem("E115", message, spot, found.typed, cure)
    if not check.outside(values, hard=True):
        return None
    cure = "correct it, or write why it is right: `reason: ...` beside it"
    if spot[-1:] != ("value",):
        cure = f"correct it, or write why it is right: `reasons: {{{dotted(spot)}: ...}}`"
    if found.slip:
        cure = f"is {found.slip} meant? {cure}"
    message = Language("en")(found.code, **found.arguments)
    return document.problem("E116", message, spot, found.typed, cure)


def _inside(check: Check, values: Values, times: float) -> bool:
    """Whether a multiple of the number lies inside its ends."""
    value, (low, high) = check.value(values) * times, check.inner(values)
    return (low is None or value >= low * (1 - CLOSE)) and (
        high is None or value <= high * (1 + CLOSE)
    )


def _slip(check: Check, values: Values, typed: str) -> str:
    """Write the value as it would stand without the likeliest slip of a power of ten."""
    match = NUMBER.fullmatch(typed.strip(BLANKS))
    if match is None or not float(match.group(1)):
        return ""
    for times in SLIPS:
        if _inside(check, values, times):
            return f"{float(match.group(1)) * times:.10g}{match.group(2)}"
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
