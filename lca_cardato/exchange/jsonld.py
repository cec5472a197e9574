"""openLCA JSON-LD, by olca-schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from lca_cardato.exchange.system import ProductSystem, Spread, identifier

SYMBOLS = {"tkm": "t*km", "unit": "Item(s)", "m2*year": "m2*a"}
LONG = {
    "kilogram": "kg", "megajoule": "MJ", "kilowatt hour": "kWh", "cubic meter": "m3",
    "square meter": "m2", "square meter-year": "m2*a", "kilo Becquerel": "kBq", "unit": "Item(s)",
    "ton kilometer": "t*km", "standard cubic meter": "m3",
}  # fmt: skip


def write_jsonld(system: ProductSystem, path: Path) -> None:
    """Write a product system as openLCA JSON-LD.

    Parameters
    ----------
    system : ProductSystem
    path : Path
        New .zip file.

    Notes
    -----
    Elementary flows keep the UUIDs of Brightway's biosphere (ecoinvent's); units and flow
    properties are those of openLCA's reference data. An indicator of a published study is an
    elementary flow of its own, with a factor of 1 in its category.
    """
    import olca_schema as lca
    from olca_schema.zipio import ZipWriter

    with ZipWriter(path) as archive:
        writer = _Writer(lca, archive, system)
        for step in (writer.units, writer.origins, writer.flows, writer.processes, writer.methods,
                     writer.whole):  # fmt: skip
            step()


class _Writer:
    def __init__(self, lca: Any, archive: Any, system: ProductSystem) -> None:
        self.lca, self.archive, self.data = lca, archive, system
        self.own_units: dict[str, tuple[Any, Any, Any]] = {}
        self.flow_refs: dict[str, tuple[Any, str]] = {}
        self.process_refs: dict[str, Any] = {}
        self.origin_refs: dict[str, Any] = {}

    def unit(self, name: str) -> tuple[Any, Any]:
        """Unit and flow property of openLCA, or of our own where it has none."""
        from olca_schema import units

        symbol = SYMBOLS.get(name) or LONG.get(name) or name
        found = units.unit_ref(symbol)
        if found is not None:
            return found, units.property_ref(symbol)
        if name not in self.own_units:
            unit = self.lca.Unit(id=identifier("unit", name), name=name, conversion_factor=1.0)
            unit.is_ref_unit = True
            group = self.lca.UnitGroup(id=identifier("units", name), name=f"Units of {name}")
            group.units = [unit]
            quantity = self.lca.FlowProperty(id=identifier("property", name), name=name)
            quantity.unit_group = group.to_ref()
            reference = self.lca.Ref(ref_type=self.lca.RefType.Unit, id=unit.id, name=name)
            self.archive.write(group)
            self.archive.write(quantity)
            self.own_units[name] = reference, quantity.to_ref(), group
        return self.own_units[name][:2]

    def units(self) -> None:
        """Write the unit groups and quantities that are not openLCA's."""
        for name in {f.unit for f in self.data.flows} | {p.unit for p in self.data.processes}:
            self.unit(name)

    def flows(self) -> None:
        kinds = self.lca.FlowType
        for flow in self.data.flows:
            code = flow.code if not flow.own else identifier("flow", flow.code)
            entity = self._flow(code, flow.name, flow.unit, kinds.ELEMENTARY_FLOW)
            entity.category = "/".join(["Elementary flows", *flow.categories])
            self.flow_refs[flow.code] = entity.to_ref(), flow.unit
            self.archive.write(entity)
        for process in self.data.processes:
            code = self._id(process.code, "flow")
            entity = self._flow(code, process.product, process.unit, kinds.PRODUCT_FLOW)
            entity.location = self.origin_refs["place:" + process.location]
            entity.category = "lca-cardato"
            self.flow_refs[process.code] = entity.to_ref(), process.unit
            self.archive.write(entity)

    def _flow(self, code: str, name: str, unit: str, kind: Any) -> Any:
        _, quantity = self.unit(unit)
        entity = self.lca.Flow(id=code, name=name, flow_type=kind)
        entity.flow_properties = [
            self.lca.FlowPropertyFactor(
                flow_property=quantity, conversion_factor=1.0, is_ref_flow_property=True
            )
        ]
        return entity

    def _id(self, code: str, kind: str) -> str:
        """UUID of a process or its product; foreground ones belong to their scenario."""
        place = self.data.id if code.startswith("fg/") or code == self.data.demand else "open"
        return identifier(kind, place, code)

    def origins(self) -> None:
        """Write places and works that the processes name."""
        for place in dict.fromkeys(process.location for process in self.data.processes):
            entity = self.lca.Location(id=identifier("location", place), name=place, code=place)
            self.origin_refs["place:" + place] = entity.to_ref()
            self.archive.write(entity)
        for text in dict.fromkeys(t for process in self.data.processes for t in process.sources):
            source = self.lca.Source(id=identifier("source", text), name=text, text_reference=text)
            self.origin_refs[text] = source.to_ref()
            self.archive.write(source)

    def processes(self) -> None:
        for process in self.data.processes:
            self.process_refs[process.code] = self.lca.Ref(
                ref_type=self.lca.RefType.Process, id=self._id(process.code, "process"),
                name=process.name,
            )  # fmt: skip
        figures = {figure.name: figure for figure in self.data.parameters}
        for process in self.data.processes:
            reference = self.process_refs[process.code]
            entity = self.lca.Process(id=reference.id, name=process.name)
            entity.process_type = self.lca.ProcessType.UNIT_PROCESS
            foreground = process.code.startswith("fg/") or process.code == self.data.demand
            entity.category = "lca-cardato/" + ("foreground" if foreground else "background")
            entity.description = process.comment
            entity.tags = [process.stage] if process.stage else None
            entity.location = self.origin_refs["place:" + process.location]
            about = self.lca.ProcessDocumentation()
            about.sources = [self.origin_refs[text] for text in process.sources]
            if process.year:
                about.valid_from, about.valid_until = (
                    f"{process.year}-01-01",
                    f"{process.year}-12-31",
                )
            entity.process_documentation = about
            entity.exchanges = [self._exchange(1, process.code, 1.0, False)]
            entity.exchanges[0].is_quantitative_reference = True
            named = {edge.parameter for edge in process.edges if edge.parameter}
            entity.parameters = [self._parameter(figures[name]) for name in sorted(named)]
            for number, edge in enumerate(process.edges, start=2):
                taken = not edge.flow or self._is_resource(edge.target)
                row = self._exchange(number, edge.target, edge.amount, taken)
                row.description = edge.comment or None
                row.uncertainty = self._spread(edge.spread, edge.amount)
                if edge.parameter and figures[edge.parameter].amount:
                    factor = edge.amount / figures[edge.parameter].amount
                    row.amount_formula = f"{factor!r} * {edge.parameter}"
                if not edge.flow:
                    row.default_provider = self.process_refs[edge.target]
                entity.exchanges.append(row)
            entity.last_internal_id = len(entity.exchanges)
            self.archive.write(entity)

    def _is_resource(self, code: str) -> bool:
        flow = next(f for f in self.data.flows if f.code == code)
        return flow.categories[0] == "natural resource"

    def _exchange(self, number: int, code: str, amount: float, is_input: bool) -> Any:
        flow, name = self.flow_refs[code]
        unit, quantity = self.unit(name)
        return self.lca.Exchange(
            internal_id=number, amount=amount, flow=flow, unit=unit, flow_property=quantity,
            is_input=is_input, is_quantitative_reference=False, is_avoided_product=False,
        )  # fmt: skip

    def _parameter(self, figure: Any) -> Any:
        entity = self.lca.Parameter(
            id=identifier("parameter", self.data.id, figure.name), name=figure.name,
            value=figure.amount, description=f"{figure.unit}; {figure.comment}",
        )  # fmt: skip
        entity.is_input_parameter = True
        entity.parameter_scope = self.lca.ParameterScope.PROCESS_SCOPE
        entity.uncertainty = self._spread(figure.spread, figure.amount)
        return entity

    def _spread(self, spread: Optional[Spread], amount: float) -> Any:
        if spread is None:
            return None
        from math import exp

        kinds = self.lca.UncertaintyType
        made = self.lca.Uncertainty()
        if spread.kind == 2:
            made.distribution_type = kinds.LOG_NORMAL_DISTRIBUTION
            made.geom_mean, made.geom_sd = abs(amount), exp(spread.scale or 0.0)
        elif spread.kind == 3:
            made.distribution_type = kinds.NORMAL_DISTRIBUTION
            made.mean, made.sd = spread.loc, spread.scale
        else:
            triangular = spread.kind == 5
            made.distribution_type = (
                kinds.TRIANGLE_DISTRIBUTION if triangular else kinds.UNIFORM_DISTRIBUTION
            )
            made.minimum, made.maximum = spread.minimum, spread.maximum
            made.mode = spread.loc if triangular else None
        return made

    def methods(self) -> None:
        categories = []
        for method in self.data.methods:
            entity = self.lca.ImpactCategory(
                id=identifier("category", self.data.id, method.id), name=method.name,
                ref_unit=method.unit, description=f"lca-cardato: {method.id}",
            )  # fmt: skip
            entity.impact_factors = []
            for code, value in method.factors.items():
                flow, name = self.flow_refs[code]
                unit, quantity = self.unit(name)
                entity.impact_factors.append(
                    self.lca.ImpactFactor(flow=flow, value=value, unit=unit, flow_property=quantity)
                )
            self.archive.write(entity)
            categories.append(entity.to_ref())
        whole = self.lca.ImpactMethod(
            id=identifier("method", self.data.id), name=f"lca-cardato, {self.data.id}",
            description="Factors of the flows of this product system.",
        )  # fmt: skip
        whole.impact_categories = categories
        self.archive.write(whole)

    def whole(self) -> None:
        """Write the product system with its links."""
        system = self.lca.ProductSystem(
            id=identifier("system", self.data.id), name=self.data.name,
            description=self.data.declared_unit,
        )  # fmt: skip
        unit, quantity = self.unit(self.data.processes[0].unit)
        system.ref_process = self.process_refs[self.data.demand]
        system.ref_exchange = self.lca.ExchangeRef(internal_id=1)
        system.target_amount, system.target_unit = 1.0, unit
        system.target_flow_property = quantity
        system.processes = list(self.process_refs.values())
        system.process_links = [
            self.lca.ProcessLink(
                process=self.process_refs[process.code], provider=self.process_refs[edge.target],
                flow=self.flow_refs[edge.target][0],
                exchange=self.lca.ExchangeRef(internal_id=number),
            )
            for process in self.data.processes
            for number, edge in enumerate(process.edges, start=2)
            if not edge.flow
        ]  # fmt: skip
        self.archive.write(system)
