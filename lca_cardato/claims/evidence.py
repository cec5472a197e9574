"""Criteria about evidence: traceability and measured impacts."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import Any, Optional

from lca_cardato.claims.documents import Papers, electricity_thing, papers_of
from lca_cardato.claims.outcome import CriterionResult, Message
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.inventory.datum import Names
from lca_cardato.lots.standing import KNOWN
from lca_cardato.model.structure import ProductModel, StepUse
from lca_cardato.text.number import largest
from lca_cardato.words.language import Language
from lca_cardato.words.said import Said


def traceability(criterion: Criterion, model: ProductModel) -> CriterionResult:
    """Traceability by lot, or by totals of the calendar year."""
    trace = model.scenario.traceability
    if trace is None:
        return _open_trace(criterion, "trace_missing")
    if not trace.document:
        return _open_trace(criterion, "trace_no_document")
    lines = [line for yarn in model.yarns for line in yarn.lines]
    open_lines = [line for line in lines if not line.entry.lot]
    if trace.method == "lots" and open_lines:
        named = {"fibres": [line.fibre.name for line in open_lines]}
        return _open_trace(criterion, "trace_no_lot", named, "change_lot")
    gaps = papers_of(model).gaps(trace.document, "traceability")
    if gaps:
        return CriterionResult(criterion, "not_proven", {}, gaps, [("change_papers", {})])
    told: Message = ("trace_year", {"year": str(trace.year)})
    if trace.method == "lots":
        told = ("trace_lots", {"count": len(lines)})
    return CriterionResult(criterion, "meets", {}, [told])


def _open_trace(
    criterion: Criterion, key: str, arguments: Optional[dict[str, Any]] = None,
    change: str = "change_trace",
) -> CriterionResult:  # fmt: skip
    reasons = [(key, arguments or {})]
    return CriterionResult(criterion, "not_proven", {}, reasons, [(change, {})])


@dataclass
class ToProve:
    """An energy or water figure of a step, and what stands against it.

    Attributes
    ----------
    use : StepUse
    key : str
        Key of its parameter.
    typed : bool
        Whether it is measured, or stated by the contractor, at all.
    gaps : list of (message key, arguments)
        Why its period and document do not prove it.
    """

    use: StepUse
    key: str
    typed: bool
    gaps: list[Message]

    @property
    def proven(self) -> bool:
        """Whether it proves a measured impact."""
        return self.typed and not self.gaps


def figures_to_prove(model: ProductModel) -> dict[str, list[ToProve]]:
    """List the energy and water figures of the mill's and its contractors' steps, by aspect.

    Returns
    -------
    dict
        ``energy`` and ``water`` -> list of ToProve.

    Notes
    -----
    The company's own steps need measured figures; a contracted step needs a measured or supplier
    figure; each with a period inside the year of production and a document that can prove it.
    Steps at the supplier of the fibre (declared nowhere in the scenario) are counted with the
    contracted ones.
    """
    result: dict[str, list[ToProve]] = {"energy": [], "water": []}
    papers = papers_of(model)
    for use in model.all_steps():
        if use.step.level == "any":
            continue
        energy = [key for key in (use.electricity, *use.heat.values()) if key]
        water = [use.water_in] if use.water_in else []
        for aspect, keys in (("energy", energy), ("water", water)):
            for key in keys:
                result[aspect].append(_to_prove(papers, use, key))
    return result


def _to_prove(papers: Papers, use: StepUse, key: str) -> ToProve:
    own = use.operator == "own" and use.declared
    figure = papers.model.figures.get(key)
    if figure is None or figure.class_ not in (("measured",) if own else ("measured", "supplier")):
        return ToProve(use, key, False, [])
    return ToProve(use, key, True, papers.figure_gaps(figure, "reading" if own else "contracted"))


@dataclass(frozen=True)
class Named:
    """A figure of a step, in the languages."""

    step: Names
    figure: str

    @property
    def en(self) -> str:
        """In English."""
        return f"{self.step.en}: {Language('en')(self.figure)}"

    @property
    def it(self) -> str:
        """In Italian."""
        return f"{self.step.it}: {Language('it')(self.figure)}"


def _figure_of(use: StepUse, key: str) -> str:
    return key.removeprefix(f"{use.key}.").split(".")[0]


def gap_reasons(figures: list[ToProve]) -> list[Message]:
    """Tell each gap once, with the figures that it leaves open."""
    found: dict[str, tuple[Message, list[Named]]] = {}
    for item in figures:
        for gap in item.gaps:
            named = Named(item.use.step.name, _figure_of(item.use, item.key))
            found.setdefault(repr(gap), (gap, []))[1].append(named)
    return [("figures_open", {"gap": gap, "figures": named}) for gap, named in found.values()]


def electricity_proven(model: ProductModel) -> bool:
    """Tell whether electricity other than the grid's has its document; the grid needs none."""
    contracts = model.scenario.contracts()
    return all(one.from_grid or bool(one.document) for one in contracts)


def electricity_gaps(papers: Papers) -> list[Message]:
    """Tell why the document of electricity other than the grid's does not prove it."""
    return [
        gap
        for contract in papers.model.scenario.contracts()
        if contract.document and not contract.from_grid
        for gap in papers.gaps(contract.document, electricity_thing(contract))
    ]


def _grouped(
    missing: list[tuple[StepUse, str]], weights: dict[str, float]
) -> list[tuple[Any, str, float]]:
    """Sum the open figures of a step over fibres, heaviest first."""
    groups: dict[tuple[str, str], tuple[Any, str, float]] = {}
    for use, key in missing:
        figure = _figure_of(use, key)
        _, _, before = groups.get((use.id, figure), (None, "", 0.0))
        groups[use.id, figure] = (use.step.name, figure, before + weights.get(key, 0.0))
    return sorted(groups.values(), key=lambda group: largest(group[2]))


def measured(
    criterion: Criterion, model: ProductModel, weights: dict[str, float]
) -> CriterionResult:
    """Energy and water of every step rest on measured figures with period and document."""
    figures = figures_to_prove(model)
    result = CriterionResult(criterion, "meets")
    everything = figures["energy"] + figures["water"]
    missing = [(item.use, item.key) for item in everything if not item.typed]
    missing.sort(key=lambda item: (largest(weights.get(item[1], 0.0)), item[1]))
    if not everything and not model.lots:
        result.verdict = "not_proven"
        result.reasons.append(("measured_none", {}))
        return result
    if missing:
        result.verdict = "not_proven"
        arguments = {
            "count": sum(item.proven for item in everything),
            "all": len(everything),
            "weight": fsum(weights.get(key, 0.0) for _, key in missing),
        }
        result.reasons.append(("measured_missing", arguments))
        listed = _grouped(missing, weights)
        result.changes.append(("change_measure", {"figures": listed}))
    if told := gap_reasons(everything):
        result.verdict = "not_proven"
        unproven = sum(bool(item.gaps) for item in everything)
        result.reasons += [("measured_gaps", {"count": unproven, "all": len(everything)}), *told]
        result.changes.append(("change_papers", {}))
    for one in model.lots.values():
        named = {"lot": Said(one.sheet.lot), "firm": Said(one.sheet.firm.name)}
        if one.sheet.standing.measured != "meets" or one.standing != KNOWN:
            key = "lot_measured" if one.standing == KNOWN else f"lot_{one.standing}"
            result.verdict = "not_proven"
            result.reasons.append((key, named))
            result.changes.append(("change_lot_measured", named))
    papers = papers_of(model)
    bought = [use for use in model.all_steps() if use.operator == "supplier" and not use.document]
    used = [use for use in model.all_steps() if use.operator == "supplier" and use.document]
    gaps = [gap for use in used for gap in papers.gaps(str(use.document), "bought")]
    gaps += electricity_gaps(papers)
    if gaps:
        result.verdict = "not_proven"
        result.reasons += [gap for i, gap in enumerate(gaps) if gap not in gaps[:i]]
        result.changes.append(("change_papers", {}))
    if bought:
        result.verdict = "not_proven"
        steps = list({use.id: use.step.name for use in bought}.values())
        result.reasons.append(("step_bought", {"steps": steps}))
        result.changes.append(("change_bought", {}))
    if model.outside:
        result.verdict = "not_proven"
        result.reasons.append(("step_outside", {"steps": list(model.outside)}))
    if not electricity_proven(model):
        result.verdict = "not_proven"
        result.reasons.append(("electricity_unproven", {}))
        result.changes.append(("change_electricity", {}))
    if not figures["water"] and not model.lots:
        result.verdict = "not_proven"
        result.reasons.append(("water_missing", {}))
        result.changes.append(("change_water", {}))
    if result.verdict == "meets":
        result.reasons.append(("measured_all", {"count": len(everything)}))
    return result
