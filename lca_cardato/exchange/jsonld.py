"""openLCA JSON-LD, by olca-schema."""

from __future__ import annotations

from math import exp
from pathlib import Path
from typing import Any, Optional

import olca_schema as lca
from olca_schema.zipio import ZipWriter

from lca_cardato.exchange.jsonld_reference import Quantities, oldest, place_id
from lca_cardato.exchange.system import Figure, Process, ProductSystem, Spread, identifier


def write_jsonld(system: ProductSystem, path: Path) -> None:
    """Write a product system as openLCA JSON-LD.

    Parameters
    ----------
    system : ProductSystem
    path : Path
        New .zip file; one that is there is replaced.

    Notes
    -----
    Elementary flows keep the UUIDs of Brightway's biosphere (ecoinvent's); units, flow
    properties and places have the ids of openLCA's reference data. An indicator of a published
    study is an elementary flow of its own, with a factor of 1 in its category.
    """
    path.unlink(missing_ok=True)  # olca-schema adds to what is there
    with ZipWriter(path) as archive:
        writer = _Writer(archive, system)
        writer.origins()
        writer.flows()
        for process in system.processes:
            writer.process(process)
        writer.methods()
        writer.whole()
        writer.quantities.write_used()


class _Writer:
    def __init__(self, archive: ZipWriter, system: ProductSystem) -> None:
        self.archive, self.data = archive, system
        self.quantities = Quantities(self._write)
        self.flow_refs: dict[str, dict[str, lca.Ref]] = {}
        self.origin_refs: dict[str, lca.Ref] = {}
        self.process_refs = {
            process.code: lca.Process(
                id=self._id(process.code, "process"), name=process.name
            ).to_ref()
            for process in system.processes
        }
        self.figures = {figure.name: figure for figure in system.parameters}
        self.shared = {flow.code for flow in system.flows if not flow.own}
        self.resources = {
            flow.code for flow in system.flows if flow.categories[0] == "natural resource"
        }

    def _id(self, code: str, kind: str) -> str:
        """UUID of a process or its product; foreground ones belong to their scenario."""
        return identifier(kind, self.data.id if self.data.in_foreground(code) else "open", code)

    def _write(self, entity: Any) -> lca.Ref:
        self.archive.write(entity)
        return entity.to_ref()

    def origins(self) -> None:
        """Write places and works that the processes name."""
        for place in dict.fromkeys(process.location for process in self.data.processes):
            self.origin_refs["place:" + place] = self._write(
                oldest(lca.Location(id=place_id(place), name=place, code=place))
            )
        for text in dict.fromkeys(t for process in self.data.processes for t in process.sources):
            self.origin_refs[text] = self._write(
                lca.Source(id=identifier("source", text), name=text, text_reference=text)
            )

    def flows(self) -> None:
        """Write elementary flows and products."""
        for flow in self.data.flows:
            self._flow(
                flow.code, flow.unit, id=flow.uuid, name=flow.name,
                flow_type=lca.FlowType.ELEMENTARY_FLOW, description=flow.comment or None,
                category="/".join(["Elementary flows", *flow.categories]),
            )  # fmt: skip
        for process in self.data.processes:
            self._flow(
                process.code, process.unit, id=self._id(process.code, "flow"),
                name=process.product, flow_type=lca.FlowType.PRODUCT_FLOW,
                category="lca-cardato", location=self.origin_refs["place:" + process.location],
            )  # fmt: skip

    def _flow(self, code: str, unit_name: str, **about: Any) -> None:
        unit, quantity = self.quantities.unit(unit_name)
        factor = lca.FlowPropertyFactor(
            flow_property=quantity, conversion_factor=1.0, is_ref_flow_property=True
        )
        made = lca.Flow(flow_properties=[factor], **about)
        flow = self._write(oldest(made) if code in self.shared else made)
        self.flow_refs[code] = {"flow": flow, "unit": unit, "flow_property": quantity}

    def process(self, process: Process) -> None:
        """Write a process with its parameters."""
        place = "foreground" if self.data.in_foreground(process.code) else "background"
        about = lca.ProcessDocumentation(sources=[self.origin_refs[t] for t in process.sources])
        if process.year:
            about.valid_from, about.valid_until = f"{process.year}-01-01", f"{process.year}-12-31"
        exchanges = [self._exchange(1, process.code, 1.0, False)]
        exchanges[0].is_quantitative_reference = True
        for number, edge in enumerate(process.edges, start=2):
            taken = not edge.flow or edge.target in self.resources
            row = self._exchange(number, edge.target, edge.amount, taken)
            row.description = edge.comment or None
            row.uncertainty = _uncertainty(edge.spread, edge.amount)
            if edge.parameter:
                row.amount_formula = f"{edge.factor!r} * {edge.parameter}"
            if not edge.flow:
                row.default_provider = self.process_refs[edge.target]
            exchanges.append(row)
        named = sorted({edge.parameter for edge in process.edges if edge.parameter})
        self.archive.write(
            lca.Process(
                id=self.process_refs[process.code].id, name=process.name,
                process_type=lca.ProcessType.UNIT_PROCESS, category=f"lca-cardato/{place}",
                description=process.comment, tags=[process.stage] if process.stage else None,
                location=self.origin_refs["place:" + process.location],
                process_documentation=about, exchanges=exchanges, last_internal_id=len(exchanges),
                parameters=[self._parameter(self.figures[name]) for name in named],
            )
        )  # fmt: skip

    def _exchange(self, number: int, code: str, amount: float, is_input: bool) -> lca.Exchange:
        return lca.Exchange(
            internal_id=number, amount=amount, is_input=is_input, is_avoided_product=False,
            is_quantitative_reference=False, **self.flow_refs[code],
        )  # fmt: skip

    def _parameter(self, figure: Figure) -> lca.Parameter:
        return lca.Parameter(
            id=identifier("parameter", self.data.id, figure.name), name=figure.name,
            value=figure.amount, description=f"{figure.unit}; {figure.comment}",
            is_input_parameter=True, parameter_scope=lca.ParameterScope.PROCESS_SCOPE,
            uncertainty=_uncertainty(figure.spread, figure.amount),
        )  # fmt: skip

    def methods(self) -> None:
        """Write the indicators, and the method that holds them."""
        categories = []
        for method in self.data.methods:
            factors = [
                lca.ImpactFactor(value=value, **self.flow_refs[code])
                for code, value in method.factors.items()
            ]
            category = lca.ImpactCategory(
                id=identifier("category", self.data.id, method.id), name=method.name,
                ref_unit=method.unit, description=f"lca-cardato: {method.id}",
                impact_factors=factors,
            )  # fmt: skip
            categories.append(self._write(category))
        self.archive.write(
            lca.ImpactMethod(
                id=identifier("method", self.data.id), name=f"lca-cardato, {self.data.id}",
                description="Factors of the flows of this product system.",
                impact_categories=categories,
            )
        )  # fmt: skip

    def whole(self) -> None:
        """Write the product system with its links."""
        demand = self.flow_refs[self.data.demand]
        links = [
            lca.ProcessLink(
                process=self.process_refs[process.code],
                provider=self.process_refs[edge.target],
                flow=self.flow_refs[edge.target]["flow"],
                exchange=lca.ExchangeRef(internal_id=number),
            )
            for process in self.data.processes
            for number, edge in enumerate(process.edges, start=2)
            if not edge.flow
        ]
        self.archive.write(
            lca.ProductSystem(
                id=identifier("system", self.data.id), name=self.data.name,
                description=self.data.declared_unit, process_links=links,
                processes=list(self.process_refs.values()),
                ref_process=self.process_refs[self.data.demand],
                ref_exchange=lca.ExchangeRef(internal_id=1), target_amount=1.0,
                target_unit=demand["unit"], target_flow_property=demand["flow_property"],
            )
        )  # fmt: skip


def _uncertainty(spread: Optional[Spread], amount: float) -> Optional[lca.Uncertainty]:
    if spread is None:
        return None
    kinds = lca.UncertaintyType
    if spread.kind == 2:
        return lca.Uncertainty(
            distribution_type=kinds.LOG_NORMAL_DISTRIBUTION, geom_mean=abs(amount),
            geom_sd=exp(spread.scale or 0.0),
        )  # fmt: skip
    if spread.kind == 3:
        return lca.Uncertainty(
            distribution_type=kinds.NORMAL_DISTRIBUTION, mean=spread.loc, sd=spread.scale
        )
    kind = kinds.TRIANGLE_DISTRIBUTION if spread.kind == 5 else kinds.UNIFORM_DISTRIBUTION
    return lca.Uncertainty(
        distribution_type=kind, minimum=spread.minimum, maximum=spread.maximum, mode=spread.loc
    )
