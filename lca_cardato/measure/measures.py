"""Measures that are open for some products: which figures each settles, and what it proves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Sequence

from lca_cardato.calculation.figures import Figure
from lca_cardato.calculation.simulate import Products
from lca_cardato.claims.documents import papers_of
from lca_cardato.claims.evidence import figures_to_prove
from lca_cardato.claims.proven import THINGS
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.structure import Line, ProductModel, StepUse

Piece = tuple[str, str]
"""What is proven: ``figure``, ``origin``, ``trace``, ``electricity`` or ``bought``, and of what."""
OWN = {
    "electricity": "electricity_meter", "heat": "heat_meter", "water_in": "water_meter",
    "water_out": "water_meter", "water_evaporated": "water_meter", "loss": "weighing",
    "reclaimed": "weighing", "chemicals": "dosing_record", "emissions": "emission_analysis",
    "transport": "transport_record",
}  # fmt: skip
"""Figure of a step of the mill's own -> kind of measure."""
ALIKE = ("emissions", "transport")
"""Figures that a contractor's statement does not settle."""
WOOL = "wool"
"""Virgin fibre whose name a claim asks papers for."""
PLANTS = frozenset({"fibre", "material", "chemical", "packaging", "textile_waste"})
"""Categories of datasets of which a plant can be asked; a grid or a lorry can't."""


@dataclass
class Measure:
    """A meter, a paper or an analysis that one can buy.

    Attributes
    ----------
    kind : str
        One of `lca_cardato.measure.costs.KINDS`.
    thing : str
        Step, dataset, line of the blend or place that it is for.
    owner : str
        Company whose step it is; empty where it is anybody's.
    figures : dict
        Place of a product -> uncertain figures that it settles there.
    pieces : dict
        Place of a product -> what it proves there.
    """

    kind: str
    thing: str
    owner: str = ""
    figures: dict[int, list[Figure]] = field(default_factory=dict)
    pieces: dict[int, set[Piece]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Kind and thing, as quotes of one's own name them."""
        return f"{self.kind}/{self.thing}" if self.thing else self.kind

    @property
    def order(self) -> tuple[str, str]:
        """What puts measures in an order where nothing else does."""
        return (self.key, self.owner)


class _Found:
    """Measures by kind, thing and owner."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, str], Measure] = {}

    def of(self, kind: str, thing: str, owner: str = "") -> Measure:
        name = (kind, thing, owner)
        return self.known.setdefault(name, Measure(*name))


def open_measures(products: Products, inventory: Inventory) -> list[Measure]:
    """List the measures that would settle a figure or prove something, of some products.

    Parameters
    ----------
    products : Products
    inventory : Inventory

    Returns
    -------
    list of Measure
        By kind and thing. Figures that are measured already, with what spread they have, are in
        none; nor are those of the background that no plant can be asked for.
    """
    found = _Found()
    for place, item in enumerate(products.foregrounds):
        uses = {use.key: use for use in item.model.all_steps()}
        lines = {line.key: line for yarn in item.model.yarns for line in yarn.lines}
        for figure in item.figures:
            measure = _of_figure(found, item.model, figure, uses, lines)
            if measure is not None:
                measure.figures.setdefault(place, []).append(figure)
        _pieces(found, item.model, place)
    for name, node in products.background.nodes.items():
        if inventory.datasets[name].category not in PLANTS:
            continue
        figures = [*node.flows, *(one for _, _, one, _ in node.inputs if one is not None)]
        known = [figure for figure in figures if id(figure) in products.streams.places]
        if known:
            measure = found.of("supplier_data", name)
            for place in range(len(products.foregrounds)):
                measure.figures[place] = known
    return sorted(found.known.values(), key=lambda measure: measure.order)


def _of_figure(
    found: _Found, model: ProductModel, figure: Figure, uses: dict[str, StepUse],
    lines: dict[str, Line],
) -> Optional[Measure]:  # fmt: skip
    """Measure that settles a figure of the mill or of a default; None where it is measured."""
    owner, _, rest = figure.key.partition(".")
    name, use = rest.partition(".")[0], uses.get(owner)
    if use is None:
        if owner in lines and name == "transport":
            return found.of("transport_record", figure.stream.partition(".")[0], _company(model))
        return None
    given = model.figures.get(figure.key)
    enough = ("measured",) if use.operator == "own" else ("measured", "supplier")
    if (given is not None and given.class_ in enough) or name not in OWN:
        return None
    if name == "transport":
        return found.of("transport_record", "contract", _company(model))
    return _of_step(found, model, use, name)


def _of_step(found: _Found, model: ProductModel, use: StepUse, name: str) -> Measure:
    if use.operator == "own" or name in ALIKE:
        return found.of(OWN[name], use.id, use.company or _company(model))
    kind = "supplier_data" if use.operator == "supplier" else "contractor_statement"
    return found.of(kind, use.id, use.company or "")


def _company(model: ProductModel) -> str:
    return model.scenario.company.name or ""


def _pieces(found: _Found, model: ProductModel, place: int) -> None:
    """Add what the claims miss of a product."""

    def add(measure: Measure, kind: str, of: str) -> None:
        measure.pieces.setdefault(place, set()).add((kind, of))

    company = _company(model)
    for item in [one for some in figures_to_prove(model).values() for one in some]:
        if item.proven:
            continue
        use, name = item.use, item.key.removeprefix(f"{item.use.key}.").partition(".")[0]
        if item.typed and use.operator == "own":
            add(found.of("reading_paper", use.id, use.company or company), "figure", item.key)
        else:
            add(_of_step(found, model, use, name), "figure", item.key)
    papers = papers_of(model)
    for yarn in model.yarns:
        for line in yarn.lines:
            entry = line.entry
            thing = THINGS["recycled" if line.recycled else "wool"]
            if not (line.recycled or (entry.origin == "virgin" and line.fibre.label.en == WOOL)):
                continue
            if not entry.document or papers.origin_gaps(entry, thing):
                paper = found.of("origin_paper", entry.fibre, entry.lot or line.key)
                add(paper, "origin", line.key)
    for use in model.all_steps():
        if use.operator == "supplier" and (
            not use.document or papers.gaps(str(use.document), "bought")
        ):
            add(found.of("supplier_data", use.id, use.company or ""), "bought", use.key)
    trace = model.scenario.traceability
    lines = [line for yarn in model.yarns for line in yarn.lines]
    if (
        trace is None
        or not trace.document
        or (trace.method == "lots" and any(not line.entry.lot for line in lines))
        or papers.gaps(trace.document, "traceability")
    ):
        add(found.of("register", "", company), "trace", "")
    for number, contract in enumerate(model.scenario.contracts()):
        if not contract.from_grid:
            add(found.of("electricity_paper", "", company), "electricity", str(number))


def pieces_of(measures: Sequence[Measure], place: int) -> set[Piece]:
    """Everything that some measures prove of a product."""
    return set().union(*(measure.pieces.get(place, set()) for measure in measures))
