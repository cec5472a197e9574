"""EcoSpold 2, written by its schema; no library that is kept writes it from plain data."""

from __future__ import annotations

import zipfile
from math import exp
from pathlib import Path
from typing import Any, Optional
from xml.etree import ElementTree as Xml

from lca_cardato.exchange.system import Edge, Figure, Process, ProductSystem, Spread, identifier

SPACE = "http://www.EcoInvent.org/EcoSpold02"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOBODY = {"personName": "lca-cardato", "personEmail": "no address"}
SHORT = {
    "kilogram": "kg", "megajoule": "MJ", "kilowatt hour": "kWh", "cubic meter": "m3",
    "square meter": "m2", "square meter-year": "m2*year", "kilo Becquerel": "kBq",
    "standard cubic meter": "Sm3", "ton kilometer": "metric ton*km", "tkm": "metric ton*km",
}  # fmt: skip


def write_ecospold(system: ProductSystem, path: Path) -> None:
    """Write a product system as EcoSpold 2: a zip with a file for each process.

    Parameters
    ----------
    system : ProductSystem
    path : Path
        New .zip file.

    Notes
    -----
    Inputs name the process that makes them (``activityLinkId``); elementary flows keep the UUIDs
    of ecoinvent. The format has no place for the factors of methods nor for the demand: the last
    process of the product bears its name. Names are cut to the 120 characters of the schema.
    """
    Xml.register_namespace("", SPACE)
    writer = _Writer(system)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for process in system.processes:
            name = f"datasets/{writer.activity(process.code)}_{writer.product(process.code)}.spold"
            tree = writer.dataset(process)
            Xml.indent(tree)
            archive.writestr(name, Xml.tostring(tree, encoding="utf-8", xml_declaration=True))


def flow_id(code: str, own: bool) -> str:
    """UUID of an elementary flow: ecoinvent's, or one of ours for a published result."""
    return identifier("flow", code) if own else code


class _Writer:
    def __init__(self, system: ProductSystem) -> None:
        self.system = system
        self.flows = {flow.code: flow for flow in system.flows}
        self.made = {process.code: process for process in system.processes}
        self.figures = {figure.name: figure for figure in system.parameters}

    def activity(self, code: str) -> str:
        return identifier("process", self.system.id, code)

    def product(self, code: str) -> str:
        return identifier("product", self.system.id, code)

    def dataset(self, process: Process) -> Xml.Element:
        root = Xml.Element(f"{{{SPACE}}}ecoSpold")
        tree = _child(root, "activityDataset")
        self._describe(_child(tree, "activityDescription"), process)
        flows = _child(tree, "flowData")
        self._intermediate(flows, process, Edge(process.code, 1.0, False), 0)
        for number, edge in enumerate(process.edges, start=1):
            if not edge.flow:
                self._intermediate(flows, process, edge, number)
        for number, edge in enumerate(process.edges, start=1):
            if edge.flow:
                self._elementary(flows, process, edge, number)
        for name in sorted({edge.parameter for edge in process.edges if edge.parameter}):
            _parameter(flows, self.figures[name], self.system.id)
        model = identifier("model", "cut-off")
        validation = _child(tree, "modellingAndValidation")
        _text(_child(validation, "representativeness", systemModelId=model), "systemModelName",
              "Cut-off")  # fmt: skip
        person = {"personId": identifier("person", "lca-cardato"), **NOBODY}
        about = _child(tree, "administrativeInformation")
        _child(about, "dataEntryBy", **person)
        _child(about, "dataGeneratorAndPublication", isCopyrightProtected="false", **person)
        _child(about, "fileAttributes", majorRelease="1", minorRelease="0", majorRevision="0",
               minorRevision="0")  # fmt: skip
        return root

    def _describe(self, at: Xml.Element, process: Process) -> None:
        activity = _child(
            at, "activity", id=self.activity(process.code), type="1", specialActivityType="0",
            activityNameId=identifier("name", process.name),
        )  # fmt: skip
        _text(activity, "activityName", process.name, 120)
        texts = [process.comment, *(f"Source: {text}" for text in process.sources)]
        comment = _child(activity, "generalComment")
        for index, text in enumerate(text for text in texts if text):
            _text(comment, "text", text, 32000).set("index", str(index))
        if process.stage:
            _child(activity, "tag").text = process.stage
        place = _child(at, "geography", geographyId=identifier("location", process.location))
        _text(place, "shortname", process.location, 40)
        _child(at, "technology")
        start, end = (process.year or 2000,) * 2
        period = _child(at, "timePeriod", startDate=f"{start}-01-01", endDate=f"{end}-12-31",
                        isDataValidForEntirePeriod="false")  # fmt: skip
        if not process.year:
            about = _child(period, "comment")
            _text(about, "text", "the years are not stated").set("index", "0")
        scenario = _child(at, "macroEconomicScenario",
                          macroEconomicScenarioId=identifier("scenario", "usual"))  # fmt: skip
        _text(scenario, "name", "Business-as-Usual")

    def _intermediate(self, at: Xml.Element, owner: Process, edge: Edge, number: int) -> None:
        process = self.made[edge.target]
        row = self._exchange(at, "intermediateExchange", owner, edge, number)
        row.set("intermediateExchangeId", self.product(edge.target))
        if number:
            row.set("activityLinkId", self.activity(edge.target))
        self._fill(row, process.product, process.unit, edge)
        _child(row, "inputGroup" if number else "outputGroup").text = "5" if number else "0"

    def _elementary(self, at: Xml.Element, owner: Process, edge: Edge, number: int) -> None:
        flow = self.flows[edge.target]
        row = self._exchange(at, "elementaryExchange", owner, edge, number)
        row.set("elementaryExchangeId", flow_id(flow.code, flow.own))
        self._fill(row, flow.name, flow.unit, edge)
        top, below = (*flow.categories, "unspecified")[:2]
        part = _child(row, "compartment", subcompartmentId=identifier("part", top, below))
        _text(part, "compartment", top, 40)
        _text(part, "subcompartment", below, 40)
        taken = top == "natural resource"
        _child(row, "inputGroup" if taken else "outputGroup").text = "4"

    def _exchange(
        self, at: Xml.Element, kind: str, owner: Process, edge: Edge, number: int
    ) -> Xml.Element:
        unit = self.flows[edge.target].unit if edge.flow else self.made[edge.target].unit
        row = _child(
            at, kind, id=identifier("exchange", self.system.id, owner.code, str(number)),
            unitId=identifier("unit", unit), amount=repr(edge.amount),
        )  # fmt: skip
        if edge.parameter and self.figures[edge.parameter].amount:
            factor = edge.amount / self.figures[edge.parameter].amount
            row.set("mathematicalRelation", f"{factor!r} * {variable(edge.parameter)}")
        return row

    def _fill(self, row: Xml.Element, name: str, unit: str, edge: Edge) -> None:
        _text(row, "name", name, 120)
        _text(row, "unitName", SHORT.get(unit, unit), 40)
        if edge.comment:
            _text(row, "comment", edge.comment, 32000)
        _uncertainty(row, edge.spread, edge.amount)


def variable(name: str) -> str:
    """Name of a parameter within the 40 characters of the schema."""
    return name if len(name) <= 40 else f"{name[:31]}_{identifier('variable', name)[:8]}"


def _parameter(at: Xml.Element, figure: Figure, place: str) -> None:
    row = _child(
        at, "parameter", parameterId=identifier("parameter", place, figure.name),
        variableName=variable(figure.name), amount=repr(figure.amount),
    )  # fmt: skip
    _text(row, "name", figure.key, 80)
    _text(row, "unitName", figure.unit, 40)
    _uncertainty(row, figure.spread, figure.amount)
    _text(row, "comment", figure.comment, 32000)


def _uncertainty(row: Xml.Element, spread: Optional[Spread], amount: float) -> None:
    if spread is None:
        return
    at = _child(row, "uncertainty")
    if spread.kind in (2, 3):
        assert spread.loc is not None and spread.scale is not None
        variance = repr(spread.scale**2)
        found = {"variance": variance, "varianceWithPedigreeUncertainty": variance}
        if spread.kind == 2:
            _child(at, "lognormal", meanValue=repr(exp(spread.loc)), mu=repr(spread.loc), **found)
        else:
            _child(at, "normal", meanValue=repr(spread.loc), **found)
        return
    found = {"minValue": repr(spread.minimum), "maxValue": repr(spread.maximum)}
    if spread.kind == 5:
        found["mostLikelyValue"] = repr(spread.loc)
    _child(at, "triangular" if spread.kind == 5 else "uniform", **found)


def _child(at: Xml.Element, name: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(at, f"{{{SPACE}}}{name}", attributes)


def _text(at: Xml.Element, name: str, text: Any, length: int = 120) -> Xml.Element:
    child = _child(at, name)
    child.set(LANG, "en")
    child.text = "".join(c for c in str(text) if c.isprintable() or c == "\n")[:length]
    return child
