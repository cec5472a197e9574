"""What each document of a scenario is to prove, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lca_cardato.claims.blend import Content
from lca_cardato.claims.documents import Papers, electricity_thing, papers_of
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.proven import short_documents
from lca_cardato.claims.shares import fibre_parts
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.models import StepEntry
from lca_cardato.text.companies import same_company
from lca_cardato.text.period import parse_period
from lca_cardato.words.said import Said

FIGURES = ("electricity", "water_in", "water_out", "loss", "reclaimed")
ORIGINS = {"virgin": "virgin_origin", "undeclared": "composition"}


@dataclass
class Use:
    """A document in the place where the scenario names it.

    Attributes
    ----------
    document : str
    thing : str
        What it is to prove: one of `lca_cardato.claims.kinds.THINGS`.
    about : tuple
        Message that says for what.
    gaps : list of (message key, arguments)
        Why it does not prove it.
    notes : list of (message key, arguments)
        What is unusual, for a person to look at.
    """

    document: str
    thing: str
    about: Message
    gaps: list[Message]
    notes: list[Message] = field(default_factory=list)


def uses(model: ProductModel) -> list[Use]:
    """List where a scenario names its documents, in its order.

    Parameters
    ----------
    model : ProductModel
    """
    scenario, papers = model.scenario, papers_of(model)
    short = short_documents(Content(model, fibre_parts(model)), "any")
    found = []
    for yarn in model.yarns:
        for line in (line for line in yarn.lines if line.entry.document):
            thing = ORIGINS.get(line.entry.origin, "recycled_origin")
            about = ("use_fibre", {"fibre": line.fibre.name, "share": line.entry.share})
            key = str(line.entry.document)
            gaps = papers.gaps(key, thing)
            if thing != "composition":
                gaps = papers.origin_gaps(line.entry, thing)
            gaps += [gap for gap in short if gap[1]["document"] == key]
            found.append(Use(key, thing, about, gaps))
    names = {use.id: use.step.name for use in model.all_steps()}
    for step, entry, name, figure in _figures(model):
        if figure.document:
            thing = "contracted" if entry and entry.operator == "contract" else "reading"
            thing = {"loss": "loss", "reclaimed": "loss"}.get(name, thing)
            thing = "supplies" if name in ("chemicals", "packaging") else thing
            about = ("use_figure", {"step": names.get(step, step), "figure": (name, {})})
            gaps = papers.figure_gaps(figure, thing)
            found.append(
                Use(figure.document, thing, about, gaps, _notes(papers, figure, entry, thing))
            )
    for bought in model.all_steps():
        if bought.operator == "supplier" and bought.document:
            about = ("use_step", {"step": bought.step.name})
            gaps = papers.gaps(bought.document, "bought")
            found.append(Use(bought.document, "bought", about, gaps))
    for contract in scenario.contracts():
        if contract.document:
            thing = electricity_thing(contract)
            found.append(
                Use(contract.document, thing, (thing, {}), papers.gaps(contract.document, thing))
            )
    trace = scenario.traceability
    if trace and trace.document:
        gaps = papers.gaps(trace.document, "traceability")
        found.append(Use(trace.document, "traceability", (trace.method, {}), gaps))
    return found


def _notes(papers: Papers, figure: Figure, entry: StepEntry | None, thing: str) -> list[Message]:
    """What is no gap, but unusual: another issuer than the contractor, a part of the year."""
    found: list[Message] = []
    issuer = papers.model.scenario.documents[str(figure.document)].issuer
    company = entry.company if entry else None
    if thing == "contracted" and issuer and company and not same_company(issuer, company):
        found.append(("look_issuer", {"issuer": Said(issuer), "company": Said(company)}))
    if figure.period and parse_period(figure.period).days < 365:
        found.append(("look_period", {"period": figure.period}))
    return found


def _figures(model: ProductModel) -> Iterator[tuple[str, StepEntry | None, str, Figure]]:
    """Every figure of the scenario: step, entry of the step, kind of figure, figure."""
    scenario = model.scenario
    routes = [line.steps for line in scenario.blend]
    for yarn in scenario.yarns:
        routes += [*(line.steps for line in yarn.blend), yarn.route]
    for route in [*routes, scenario.route]:
        for step, entry in route.items():
            for name in FIGURES:
                if figure := getattr(entry, name):
                    yield step, entry, name, figure
            for figure in entry.heat:
                yield step, entry, "heat", figure
            for figure in entry.chemicals.values():
                yield step, entry, "chemicals", figure
    for figure in scenario.packaging.values():
        yield "packaging", None, "packaging", figure
