"""Processes of ILCD: an archive of data sets, or a process with the data sets beside it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Callable, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.compartments import of_ilcd
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.formula import FormulaError, Scope
from lca_cardato.exchange.ilcd_parts import (
    exchange,
    name_of,
    references,
    scope_of,
    spread_of,
    uuid_of,
)
from lca_cardato.exchange.imported import Foreign, Head, Line, Read, link, makers, number
from lca_cardato.exchange.jsonld_flows import net
from lca_cardato.exchange.listed import PROPERTIES, ef_flows
from lca_cardato.exchange.packages import UNSOUND, Parts
from lca_cardato.exchange.xml_in import Node, attribute, each, first, inside, text, tree
from lca_cardato.sentence import say

FOLDERS = ("processes", "flows", "flowproperties", "unitgroups")
ELEMENTARY, WASTE = "Elementary flow", "Waste flow"


def open_ilcd(package: Parts) -> Read:
    """Open data sets of ILCD; those that processes name are read when they are needed.

    Parameters
    ----------
    package : Parts

    Returns
    -------
    Read
        What is wrong with one process stops no other; it is told.
    """
    reader = _Reader(package)
    return Read(
        package.file, package.digest, "ILCD", reader.heads, reader.process, told=reader.told
    )


class _Reader:
    def __init__(self, package: Parts) -> None:
        self.package = package
        self.index: dict[str, dict[str, str]] = {folder: {} for folder in FOLDERS}
        for name in package.names():
            path = PurePosixPath(name)
            if path.suffix.lower() == ".xml" and path.parent.name.lower() in FOLDERS:
                self.index[path.parent.name.lower()][uuid_of(path.stem)] = name
        if not self.index["processes"] and len(package.names()) == 1:
            self.index["processes"] = {"": package.names()[0]}
        self.kept: dict[tuple[str, str], Optional[Node]] = {}
        self.heads: dict[str, Head] = {}
        self.parts: dict[str, tuple[str, str]] = {}
        self.told: list[str] = []
        for part in self.index["processes"].values():
            try:
                self.head(part)
            except (*UNSOUND, SyntaxError, InputError) as error:
                why = (
                    error.problems[0].message if isinstance(error, InputError) else str(error)[:200]
                )
                self.told.append(say("not read: {part}: {why}", part=part[:120], why=why))
        self.makers = makers(self.heads.values(), lambda head: [head.flow] if head.flow else [])

    def head(self, part: str) -> None:
        """Note what the process of a part is called and what it makes."""
        root = tree(self.package.bytes(part))
        ident, name = text(root, "UUID") or part, name_of(root)
        place = attribute(first(root, "locationOfOperationSupplyOrProduction"), "location")
        chosen = references(root)
        for number_ in chosen or [""]:
            code = f"{ident}#{number_}" if len(chosen) > 1 else ident
            row = exchange(root, number_)
            flow = attribute(first(row, "referenceToFlowDataSet"), "refObjectId")
            title = f"{name}: {text(row, 'shortDescription')}" if len(chosen) > 1 else name
            waste = self.kind(flow) == WASTE
            self.heads[code] = Head(code, title, ident, "", place, "", flow, waste)
            self.parts[code] = (part, number_)

    def entity(self, folder: str, code: str) -> Optional[Node]:
        """Read a data set that another one names; None where it is not there."""
        key = (folder, code)
        if key not in self.kept:
            part = self.index[folder].get(code) or self.package.beside(folder, code)
            self.kept[key] = (
                self.sound(part, lambda: tree(self.package.bytes(part))) if part else None
            )
        return self.kept[key]

    def sound(self, part: str, work: Callable[[], Any]) -> Any:
        """Do something with a part, and tell what is wrong with it as people want it."""
        try:
            return work()
        except InputError:
            raise
        except (*UNSOUND, SyntaxError) as error:
            raise self.package.unsound(error, part) from None

    def kind(self, flow: str) -> str:
        """Type of a flow, by its data set or because it is one of EF; empty where it is not known."""
        stored = self.entity("flows", flow)
        if stored is not None:
            return text(stored, "typeOfDataSet")
        return ELEMENTARY if flow in ef_flows() else ""

    def unit(self, flow: str) -> str:
        """Unit in which amounts of a flow are counted; empty where it is not known."""
        stored = self.entity("flows", flow)
        if stored is None:
            return ef_flows()[flow].unit if flow in ef_flows() else ""
        chosen = text(stored, "referenceToReferenceFlowProperty")
        for one in each(stored, "flowProperty"):
            if attribute(one, "dataSetInternalID") != chosen:
                continue
            code = attribute(first(one, "referenceToFlowPropertyDataSet"), "refObjectId")
            group = first(self.entity("flowproperties", code), "referenceToReferenceUnitGroup")
            units = self.entity("unitgroups", attribute(group, "refObjectId"))
            base = text(units, "referenceToReferenceUnit")
            for unit in each(units, "unit"):
                if attribute(unit, "dataSetInternalID") == base:
                    return unit_of(text(unit, "name"))
            return PROPERTIES.get(code, "")
        return ""

    def process(self, code: str) -> Foreign:
        """Read a process."""
        part, chosen = self.parts[code]
        found: Foreign = self.sound(
            part, lambda: self.read(code, tree(self.package.bytes(part)), chosen)
        )
        return found

    def read(self, code: str, root: Node, chosen: str) -> Foreign:
        """Turn a process into plain data; `chosen` is the number of its reference flow."""
        head = self.heads[code]
        year = re.match("[0-9]{4}", text(first(root, "time"), "referenceYear"))
        sources = [
            text(one, "shortDescription")
            for one in inside(first(root, "dataSourcesTreatmentAndRepresentativeness"), "referenceToDataSource")
        ]  # fmt: skip
        found = Foreign(
            code, head.name, "", "", 1.0, head.location,
            text(first(root, "dataSetInformation"), "generalComment"), "; ".join(filter(None, sources)),
            int(year.group()) if year else None, ident=head.ident, flow=head.flow,
        )  # fmt: skip
        scope, rows = scope_of(root), list(inside(first(root, "exchanges"), "exchange"))
        others = 0
        for at, row in enumerate(rows, start=1):
            flow = attribute(first(row, "referenceToFlowDataSet"), "refObjectId")
            kind, is_input = self.kind(flow), text(row, "exchangeDirection") == "Input"
            name = text(first(row, "referenceToFlowDataSet"), "shortDescription")
            amount = self.amount(found, row, scope, f"{found.name}: {name}")
            if chosen and attribute(row, "dataSetInternalID") == chosen:
                found.product, found.amount, found.unit = name, amount[0], self.unit(flow)
                found.told += amount[1]
                if not found.unit:
                    self.missing(found, flow)
                continue
            if kind not in ("", ELEMENTARY) and is_input == (kind == WASTE) and amount[0]:
                others += 1
                continue
            found.lines.append(self.line(found, row, (flow, kind, name), amount, f"exchange {at}"))
        if not chosen or not found.product:
            found.problems.append(
                Problem("E322", say("a process without one reference flow"), self.package.name,
                        key=found.name[:200])
            )  # fmt: skip
        found.lines = net(found.lines)
        self.allocate(found, rows, chosen, others)
        return found

    def missing(self, found: Foreign, flow: str) -> None:
        """Say that the data set of the product is not there, so that its unit is not known."""
        found.problems.append(
            Problem("E322", say("the data set of the flow {code} is missing, and with it the unit", code=flow),
                    self.package.name, key=found.name[:200],
                    suggestion=say("give the whole package (.zip), or the folders `flows`, `flowproperties` and `unitgroups` beside `processes`"))
        )  # fmt: skip

    def line(
        self, found: Foreign, row: Node, what: tuple[str, str, str], amount: tuple[float, list[str]],
        place: str,
    ) -> Line:  # fmt: skip
        """Read an exchange that is not the product."""
        flow, kind, name = what
        is_input = text(row, "exchangeDirection") == "Input"
        line = Line(
            kind == ELEMENTARY, name, self.unit(flow), amount[0], place=place, waste=kind == WASTE,
            comment=text(row, "generalComment"), told=list(amount[1]), code=flow,
        )  # fmt: skip
        line.spread, line.lost = spread_of(row, amount[0])
        if line.flow:
            stored = self.entity("flows", flow)
            if stored is not None:
                line.name = name_of(stored) or name
                levels = inside(first(stored, "elementaryFlowCategorization"), "category")
                line.categories = of_ilcd([(one.text or "").strip() for one in levels])
            elif flow in ef_flows():
                line.categories = ef_flows()[flow].flow[1]
            if is_input != (line.categories[:1] == ("natural resource",)):
                line.amount = -line.amount
                line.told.append(say("booked on the other side"))
            return line
        if not kind:
            line.told.append(say("the data set of the flow is missing"))
            line.flow = not is_input
            if line.flow:
                return line
        line.location = text(row, "location")
        line.product, line.database = name, ""
        link(line, self.makers, [flow])
        if line.sibling:
            maker = self.heads[line.sibling]
            line.code, line.name, line.location = maker.ident, maker.name, maker.location
        return line

    def amount(
        self, found: Foreign, row: Node, scope: Scope, where: str
    ) -> tuple[float, list[str]]:
        """Amount of an exchange: its mean times its variable, and what was told of it."""
        told: list[str] = []
        mean = number(
            text(row, "meanAmount") or text(row, "resultingAmount"), self.package.name, where
        )
        stated, variable = text(row, "resultingAmount"), text(row, "referenceToVariable")
        if not variable:
            if stated and number(stated, self.package.name, where) != mean:
                return number(stated, self.package.name, where), told
            return mean, told
        try:
            value = mean * scope.evaluate(variable)
        except FormulaError as error:
            if not stated:
                found.problems.append(
                    Problem("E104", say("a formula that can't be evaluated: {why}", why=error.why),
                            self.package.name, key=where[:200], value=variable[:80])
                )  # fmt: skip
            told.append(say("formula {formula} can't be evaluated ({why}); the stated amount counts",
                            formula=variable[:80], why=error.why))  # fmt: skip
            return number(stated or mean, self.package.name, where), told
        if stated and abs(value - float(stated)) > 1e-9 * abs(value):
            told.append(say("formula {formula} gives {value:.6g}, the column amount says {was}",
                            formula=variable[:80], value=value, was=stated))  # fmt: skip
        return value, told

    def allocate(self, found: Foreign, rows: list[Node], chosen: str, others: int) -> None:
        """Take the shares of the product, where every exchange has one; else tell the co-products."""
        if not others:
            return
        shares: dict[str, float] = {}
        for at, row in enumerate(rows, start=1):
            for one in each(row, "allocation"):
                if attribute(one, "internalReferenceToCoProduct") == chosen:
                    shares[f"exchange {at}"] = (
                        number(one.get("allocatedFraction"), self.package.name, found.name) / 100.0
                    )
        if not found.lines or any(line.place not in shares for line in found.lines):
            found.products = 1 + others
            return
        for line in found.lines:
            share = shares[line.place]
            line.amount *= share
            line.spread = line.spread.times(share) if line.spread else None
            line.told.append(say("its allocated share is {share:.6g}", share=share))
        found.told.append(
            say("{count} co-products; the file's own allocation of each exchange", count=others)
        )
