"""EcoSpold 2, written by its schema; no library that is kept writes it from plain data."""

from __future__ import annotations

import zipfile
from math import exp
from pathlib import Path
from typing import Any, Union
from xml.etree import ElementTree as Xml

from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.system import Edge, Figure, Flow, Process, ProductSystem, identifier

SPACE = "http://www.EcoInvent.org/EcoSpold02"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOBODY = {"personName": "lca-cardato", "personEmail": "no address"}


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
        edges = list(enumerate([Edge(process.code, 1.0, False), *process.edges]))
        for number, edge in sorted(edges, key=lambda item: item[1].flow):
            self._exchange(flows, process, edge, number)
        for name in sorted({edge.parameter for edge in process.edges if edge.parameter}):
            self._parameter(flows, self.figures[name])
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
        year = process.year or 2000
        period = _child(at, "timePeriod", startDate=f"{year}-01-01", endDate=f"{year}-12-31",
                        isDataValidForEntirePeriod="false")  # fmt: skip
        if not process.year:
            about = _child(period, "comment")
            _text(about, "text", "the years are not stated").set("index", "0")
        scenario = _child(at, "macroEconomicScenario",
                          macroEconomicScenarioId=identifier("scenario", "usual"))  # fmt: skip
        _text(scenario, "name", "Business-as-Usual")

    def _exchange(self, at: Xml.Element, owner: Process, edge: Edge, number: int) -> None:
        """Write an exchange: the product itself at 0, an input or an elementary flow."""
        to = self.flows[edge.target] if edge.flow else self.made[edge.target]
        row = _child(
            at, "elementaryExchange" if edge.flow else "intermediateExchange",
            id=identifier("exchange", self.system.id, owner.code, str(number)),
            unitId=identifier("unit", to.unit), amount=repr(edge.amount),
        )  # fmt: skip
        if edge.parameter:
            row.set("mathematicalRelation", f"{edge.factor!r} * {variable(edge.parameter)}")
        if isinstance(to, Flow):
            row.set("elementaryExchangeId", to.uuid)
        else:
            row.set("intermediateExchangeId", self.product(to.code))
            if number:
                row.set("activityLinkId", self.activity(to.code))
        unit = unit_of(to.unit)
        _text(row, "name", to.name if isinstance(to, Flow) else to.product)
        _text(row, "unitName", "metric ton*km" if unit == "tkm" else unit, 40)
        about = "; ".join(filter(None, (to.comment if isinstance(to, Flow) else "", edge.comment)))
        if about:
            _text(row, "comment", about, 32000)
        _uncertainty(row, edge)
        if isinstance(to, Flow):
            top, below = (*to.categories, "unspecified")[:2]
            part = _child(row, "compartment", subcompartmentId=identifier("part", top, below))
            _text(part, "compartment", top, 40)
            _text(part, "subcompartment", below, 40)
            taken = top == "natural resource"
            _child(row, "inputGroup" if taken else "outputGroup").text = "4"
        else:
            _child(row, "inputGroup" if number else "outputGroup").text = "5" if number else "0"

    def _parameter(self, at: Xml.Element, figure: Figure) -> None:
        row = _child(
            at, "parameter", parameterId=identifier("parameter", self.system.id, figure.name),
            variableName=variable(figure.name), amount=repr(figure.amount),
        )  # fmt: skip
        _text(row, "name", figure.key, 80)
        _text(row, "unitName", figure.unit, 40)
        _uncertainty(row, figure)
        _text(row, "comment", figure.comment, 32000)


def variable(name: str) -> str:
    """Name of a parameter within the 40 characters of the schema."""
    return name if len(name) <= 40 else f"{name[:31]}_{identifier('variable', name)[:8]}"


def _uncertainty(row: Xml.Element, of: Union[Edge, Figure]) -> None:
    spread = of.spread
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
