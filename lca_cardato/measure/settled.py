"""A product as it would stand before the claims, had one the papers that are missing.

Nothing here is evidence: the claims' own rules are asked what they would say of papers without a fault.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any, Optional

from lca_cardato.claims.documents import electricity_thing
from lca_cardato.claims.kinds import kinds_table
from lca_cardato.claims.proven import THINGS
from lca_cardato.measure.measures import Piece
from lca_cardato.model.structure import Line, ProductModel, StepUse
from lca_cardato.scenario.evidence import Evidence
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.models import Traceability
from lca_cardato.text.period import latest_day, parse_period
from lca_cardato.text.quantity import Quantity

PLENTY = Quantity(Fraction(10**12), "kg", "10^12 kg")
"""Mass on a paper that is short for no batch."""
BATCH = Quantity(Fraction(1), "kg", "1 kg")
OTHERS = "supplier of this paper"


def to_state(model: ProductModel) -> list[str]:
    """Keys of the scenario that papers need and that only have to be typed in."""
    scenario, found = model.scenario, []
    if not scenario.company.name:
        found.append("company.name")
    if scenario.product.batch is None:
        found.append("product.batch")
    if scenario.production_year is None:
        found.append("traceability.year")
    return found


def year_of(model: ProductModel) -> int:
    """Year of production; where it is not stated the one of most readings, else the last full year."""
    if model.scenario.production_year is not None:
        return model.scenario.production_year
    periods = [parse_period(one.period) for one in model.figures.values() if one.period]
    years = Counter(period.last.year for period in periods)
    if years:
        return min(years, key=lambda year: (-years[year], -year))
    return latest_day().year - 1


class _Papers:
    """Papers that are taken to be there."""

    def __init__(self, year: int, issuer: str) -> None:
        self.year, self.issuer = year, issuer
        self.made: dict[str, Evidence] = {}

    def paper(self, name: str, thing: str, lot: Optional[str] = None, mass: Any = None) -> str:
        """Make a paper without a fault for a thing, and give its name."""
        wanted = kinds_table().things[thing]
        key = f"open-{len(self.made)}-{name}"
        self.made[key] = Evidence.model_construct(
            kind=wanted.kinds[0], file=None, sha256=hashlib.sha256(key.encode()).hexdigest(),
            issuer=OTHERS if wanted.issuer == "other" else self.issuer, date=f"{self.year}-12-31",
            valid_until=None, lot=lot, mass=mass, note=None,
        )  # fmt: skip
        return key


def settled(model: ProductModel, pieces: set[Piece]) -> ProductModel:
    """Give the product as if some things were proven.

    Parameters
    ----------
    model : ProductModel
    pieces : set of Piece
        See `lca_cardato.measure.measures`.

    Returns
    -------
    ProductModel
        A copy with papers, periods and classes in place; masses and figures are the same. What
        only has to be typed (`to_state`) is taken to be typed.
    """
    if not pieces:
        return model
    scenario = model.scenario
    company = scenario.company.name or "the company"
    papers = _Papers(year_of(model), company)
    of: dict[str, set[str]] = {}
    for kind, key in pieces:
        of.setdefault(kind, set()).add(key)
    changes: dict[str, Any] = {}
    lines_of_trace = "trace" in of
    trace = scenario.traceability
    method = trace.method if trace else "calendar_year"
    if lines_of_trace:
        key = papers.paper("register", "traceability")
        changes["traceability"] = Traceability.model_construct(
            method=method, year=papers.year, document=key
        )
    elif scenario.production_year is None:
        changes["traceability"] = Traceability.model_construct(
            method=method, year=papers.year, document=trace.document if trace else None
        )

    def line(one: Line) -> Line:
        entry, steps = one.entry, [step(use) for use in one.steps]
        lot = entry.lot
        if lines_of_trace and method == "lots" and not lot:
            named = scenario.documents.get(entry.document or "")
            lot = (named.lot if named else None) or f"lot {one.key}"
        if one.key in of.get("origin", ()):
            thing = THINGS["recycled" if one.recycled else "wool"]
            made = papers.paper("origin", thing, lot, PLENTY)
            entry = entry.model_copy(update={"document": made})
        return replace(one, entry=entry.model_copy(update={"lot": lot}), steps=steps)

    read = {key.partition(".")[0] for key in of.get("figure", ())}

    def step(use: StepUse) -> StepUse:
        if use.key in of.get("bought", ()):
            use = replace(use, document=papers.paper("bought", "bought"))
        return replace(use, declared=True) if use.key in read else use

    yarns = [
        replace(yarn, lines=[line(one) for one in yarn.lines], steps=[step(u) for u in yarn.steps])
        for yarn in model.yarns
    ]
    contracts = []
    for number, contract in enumerate(scenario.contracts()):
        if str(number) in of.get("electricity", ()):
            made = papers.paper("electricity", electricity_thing(contract))
            contract = contract.model_copy(update={"document": made})
        contracts.append(contract)
    changes["electricity"] = contracts[0]
    changes["yarns"] = _sources(scenario.yarns, contracts[1:])
    uses = {use.key: use for use in model.all_steps()}
    figures = dict(model.figures)
    for key in of.get("figure", ()):
        figures[key] = _figure(papers, uses[key.partition(".")[0]], figures.get(key))
    changes["documents"] = {**scenario.documents, **papers.made}
    changes["company"] = scenario.company.model_copy(update={"name": company})
    batch = scenario.product.batch or BATCH
    changes["product"] = scenario.product.model_copy(update={"batch": batch})
    return replace(
        model, scenario=scenario.model_copy(update=changes), yarns=yarns, figures=figures,
        fabric_steps=[step(use) for use in model.fabric_steps],
        packing=[step(use) for use in model.packing],
    )  # fmt: skip


def _figure(papers: _Papers, use: StepUse, given: Optional[Figure]) -> Figure:
    class_, thing = ("measured", "reading") if use.operator == "own" else ("supplier", "contracted")
    update = {
        "class_": class_, "period": str(papers.year),
        "document": papers.paper("reading", thing),
    }  # fmt: skip
    return (given or Figure.model_construct(for_=None)).model_copy(update=update)


def _sources(yarns: list[Any], contracts: list[Any]) -> list[Any]:
    """Yarns that were made elsewhere, with the contracts of their mills."""
    rest = iter(contracts)
    found = []
    for yarn in yarns:
        if yarn.yarn and yarn.yarn.electricity:
            source = yarn.yarn.model_copy(update={"electricity": next(rest)})
            yarn = yarn.model_copy(update={"yarn": source})
        found.append(yarn)
    return found
