"""Processes of openLCA's JSON-LD, of openLCA 1 and 2, read part by part.

Only the processes that are needed are read whole, with the flows, places and units that they name; a
value that JSON does not know (``NaN``) matters only where it is a figure of theirs.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Callable, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.foreign_units import EXACT_CASE, MULTIPLES, NAMES, unit_of
from lca_cardato.exchange.formula import FormulaError, Scope
from lca_cardato.exchange.imported import Foreign, Head, Line, Read, link, makers, number
from lca_cardato.exchange.jsonld_flows import categories_of, net, spread_of
from lca_cardato.exchange.packages import UNSOUND, Package
from lca_cardato.sentence import say
from lca_cardato.text.quantity import SYMBOLS

FOLDERS = ("processes", "flows", "locations", "unit_groups", "parameters", "categories")
ALLOCATED = ("PHYSICAL_ALLOCATION", "ECONOMIC_ALLOCATION")
PRODUCT, WASTE, ELEMENTARY = "PRODUCT_FLOW", "WASTE_FLOW", "ELEMENTARY_FLOW"
Data = dict[str, Any]


def open_jsonld(package: Package) -> Read:
    """Open a package.

    Raises
    ------
    InputError
        ``E322`` for what is not sound.
    """
    reader = _Reader(package)
    return Read(
        package.file,
        package.digest,
        "openLCA JSON-LD",
        reader.heads,
        reader.process,
        told=reader.told,
    )


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.index: dict[str, dict[str, str]] = {folder: {} for folder in FOLDERS}
        for part in package.parts:
            path = PurePosixPath(part.filename)
            if path.suffix == ".json" and path.parent.name in FOLDERS:
                self.index[path.parent.name][path.stem] = part.filename
        self.kept: dict[tuple[str, str], Data] = {}
        self.units: Optional[dict[str, tuple[str, float]]] = None
        self.heads: dict[str, Head] = {}
        self.told: list[str] = []
        self.globals: Optional[Scope] = None
        for code, stored in self.index["processes"].items():
            try:
                self.head(code)
            except UNSOUND as error:  # stops no other process
                self.told.append(
                    say("not read: {part}: {why}", part=stored[:120], why=str(error)[:200])
                )
        self.makers = makers(self.heads.values(), lambda head: [head.flow] if head.flow else [])

    def head(self, code: str) -> None:
        """Note what a process is called and what it makes; the rest of it is read when needed."""
        data = self.package.json(self.index["processes"][code])
        if str(data.get("processType", "")) == "LCI_RESULT" and not data.get("exchanges"):
            self.told.append(
                say("process '{name}' has no exchanges", name=str(data.get("name"))[:80])
            )
        made = [e for e in _rows(data) if _is_reference(e)]
        flow = str(made[0]["flow"].get("@id", "")) if len(made) == 1 else ""
        self.heads[code] = Head(
            code, str(data.get("name") or code), code, "", "", "", flow,
            len(made) == 1 and self.kind(made[0]["flow"]) == WASTE,
        )  # fmt: skip

    def sound(self, code: str, work: Callable[[], Any]) -> Any:
        """Do something with a part, and tell what is wrong with it as people want it."""
        try:
            return work()
        except InputError:
            raise
        except UNSOUND as error:
            raise self.package.unsound(error, code) from None

    def entity(self, folder: str, code: str) -> Data:
        """Read an entity that a process names; empty where the package does not hold it."""
        if code not in self.index[folder]:
            return {}
        key = (folder, code)
        if key not in self.kept:
            data = self.sound(code, lambda: self.package.json(self.index[folder][code]))
            names = ("flowType", "category", "name", "code", "location", "path")
            self.kept[key] = {name: data[name] for name in names if name in data}
        return self.kept[key]

    def kind(self, flow: Data) -> str:
        """Type of a flow: that of the package, else what the exchange says."""
        stored = self.entity("flows", str(flow.get("@id", ""))).get("flowType")
        return str(stored or flow.get("flowType") or "")

    def process(self, code: str) -> Foreign:
        """Read a process."""
        data = self.sound(code, lambda: self.package.json(self.index["processes"][code]))
        found: Foreign = self.sound(code, lambda: self.read(code, data))
        return found

    def read(self, code: str, data: Data) -> Foreign:
        """Turn a process as it is stored into plain data."""
        name = str(data.get("name") or code)
        about = data.get("processDocumentation") or {}
        year = re.match("[0-9]{4}", str(about.get("validFrom") or about.get("validUntil") or ""))
        sources = [s.get("name") for s in about.get("sources") or [] if s and s.get("name")]
        found = Foreign(
            code, name, "", "", 1.0, self.place(data.get("location")), str(data.get("description") or ""),
            "; ".join(map(str, sources)), int(year.group()) if year else None, ident=code,
        )  # fmt: skip
        scope = self.scope(data)
        made: list[Data] = []
        others: list[Data] = []
        for row in _rows(data):
            kind = self.kind(row["flow"])
            is_input = bool(row.get("isInput", row.get("input")))
            if _is_reference(row):
                made.append(row)
            elif kind == ELEMENTARY or _avoided(row) or is_input == (kind == PRODUCT):
                found.lines.append(self.line(found, row, kind, is_input, scope))
            else:
                others.append(row)
        if len(made) != 1:
            found.problems.append(
                Problem("E322", say("a process without one reference flow"), self.package.name, key=name[:200],
                        suggestion=say("mark what it makes as its quantitative reference and export again"))
            )  # fmt: skip
            found.unit = "kg"
            return found
        reference = made[0]
        found.product = str(reference["flow"].get("name") or "")
        found.flow = str(reference["flow"].get("@id", ""))
        found.unit, factor = self.unit(reference)
        found.amount = self.amount(found, reference, scope, name, found.told) * factor
        found.lines = net(found.lines)
        for at, line in enumerate(found.lines, start=1):
            line.place = f"exchange {at}"
        self.allocate(found, data, others)
        return found

    def allocate(self, found: Foreign, data: Data, others: list[Data]) -> None:
        """Take the share of the reference product, where the process says by what it is allocated."""
        if not others:
            return
        method = str(data.get("defaultAllocationMethod", ""))
        shares = [
            row.get("value") for row in data.get("allocationFactors") or []
            if row.get("allocationType") == method
            and str((row.get("product") or {}).get("@id", "")) == found.flow
        ]  # fmt: skip
        if method in ALLOCATED and len(shares) == 1 and isinstance(shares[0], (int, float)):
            share = number(shares[0], self.package.name, found.name)
            for line in found.lines:
                line.amount *= share
                line.spread = line.spread.times(share) if line.spread else None
            words = {ALLOCATED[0]: say("physical"), ALLOCATED[1]: say("economic")}
            found.told.append(
                say("{count} co-products; {method} allocation of the file, share {share:.6g}",
                    count=len(others), method=words[method], share=share)
            )  # fmt: skip
        else:
            found.products = 1 + len(others)

    def line(self, process: Foreign, row: Data, kind: str, is_input: bool, scope: Scope) -> Line:
        """Read an exchange."""
        flow, provider = row["flow"], row.get("defaultProvider")
        name = str(flow.get("name") or "")
        told: list[str] = []
        unit, factor = self.unit(row)
        amount = self.amount(process, row, scope, f"{process.name}: {name}", told) * factor
        line = Line(
            kind == ELEMENTARY, name, unit, amount, credit=_avoided(row),
            comment=str(row.get("description") or ""), waste=kind == WASTE, told=told,
        )  # fmt: skip
        if factor != 1.0:
            stated = str((row.get("unit") or {}).get("name") or "")
            line.told.append(say("1 {unit} is {factor:.6g} {base} in the package", unit=stated,
                                 factor=factor, base=unit))  # fmt: skip
        line.spread, line.lost = spread_of(row.get("uncertainty"), factor)
        if line.flow:
            line.code = str(flow.get("@id", ""))
            line.categories = categories_of(self.path(flow))
            if is_input != (line.categories[:1] in (("natural resource",), ("resource",))):
                line.amount = -line.amount
                line.told.append(say("booked on the other side"))
            return line
        if provider:
            line.code = str(provider.get("@id", ""))
        link(line, {**{head: [head] for head in [line.code] if head in self.heads}, **self.makers},
             [line.code, str(flow.get("@id", ""))])  # fmt: skip
        line.product, line.name = name, str((provider or {}).get("name") or "")
        line.location = self.place((provider or {}).get("location"))
        if line.sibling:
            maker = self.heads[line.sibling]
            line.code, line.name = maker.code, maker.name
        line.name = line.name or name
        return line

    def amount(
        self, process: Foreign, row: Data, scope: Scope, where: str, told: list[str]
    ) -> float:
        """Amount of an exchange, by its formula where there is one."""
        formula, stated = row.get("amountFormula"), row.get("amount", 0.0)
        if formula:
            try:
                value = scope.evaluate(str(formula))
            except FormulaError as error:
                if not stated:
                    process.problems.append(
                        Problem(
                            "E104", say("a formula that can't be evaluated: {why}", why=error.why),
                            self.package.name, key=where[:200], value=str(formula)[:80],
                            suggestion=say("write its value, or declare what it names as a parameter"),
                        )
                    )  # fmt: skip
                told.append(say("formula {formula} can't be evaluated ({why}); the stated amount counts",
                                formula=str(formula)[:80], why=error.why))  # fmt: skip
            else:
                if abs(value - float(stated or 0.0)) > 1e-9 * abs(value):
                    told.append(say("formula {formula} gives {value:.6g}, the column amount says {was}",
                                    formula=str(formula)[:80], value=value, was=stated))  # fmt: skip
                return value
        try:
            return number(stated, self.package.name, where)
        except InputError as error:
            process.problems += error.problems
            return 0.0

    def scope(self, data: Data) -> Scope:
        """Parameters of a process over those of the package."""
        if self.globals is None:
            own = [
                self.sound(c, lambda n=n: self.package.json(n))
                for c, n in self.index["parameters"].items()
            ]
            self.globals = _scope(own, None)
        return _scope(data.get("parameters") or [], self.globals)

    def unit(self, row: Data) -> tuple[str, float]:
        """Unit of an exchange; one that is known only to the package becomes its reference unit."""
        unit = row.get("unit") or {}
        name = str(unit.get("name") or "")
        known = unit_of(name)
        if (
            known in EXACT_CASE
            or name.lower() in MULTIPLES
            or name.lower() in NAMES
            or known in SYMBOLS
            or not unit.get("@id")
        ):
            return known, 1.0
        if self.units is None:
            self.units = {}
            for code, part in self.index["unit_groups"].items():
                group = self.sound(code, lambda p=part: self.package.json(p))
                units = group.get("units") or []
                base = next((u for u in units if u.get("isRefUnit", u.get("referenceUnit"))), None)
                if base is not None:
                    for one in units:
                        pair = (str(base["name"]), float(one["conversionFactor"]))
                        self.units[str(one.get("@id"))] = pair
        base_name, factor = self.units.get(str(unit["@id"]), (name, 1.0))
        own = unit_of(base_name)
        return (own, factor) if own in NAMES.values() or own in ("t", "J") else (known, 1.0)

    def place(self, location: Any) -> str:
        """Code of a place."""
        if not isinstance(location, dict):
            return str(location or "")
        stored = self.entity("locations", str(location.get("@id", "")))
        return str(stored.get("code") or location.get("name") or stored.get("name") or "")

    def path(self, flow: Data) -> str:
        """Path of the category of a flow, as openLCA 2 writes it."""
        stored = self.entity("flows", str(flow.get("@id", ""))).get("category")
        if isinstance(stored, str):
            return stored
        if flow.get("categoryPath"):
            return "/".join(map(str, flow["categoryPath"]))
        if isinstance(stored, dict):
            return self.chain(stored)
        return str(flow.get("category") or "")

    def chain(self, category: Data, depth: int = 0) -> str:
        """Path of a category of openLCA 1, whose parents are entities."""
        if category.get("categoryPath"):
            return "/".join([*map(str, category["categoryPath"]), str(category.get("name", ""))])
        held = self.entity("categories", str(category.get("@id", "")))
        above = held.get("category")
        name = str(held.get("name") or category.get("name") or "")
        if isinstance(above, dict) and depth < 20:
            return f"{self.chain(above, depth + 1)}/{name}"
        return name


def _rows(data: Data) -> list[Data]:
    rows = data.get("exchanges") or []
    if not isinstance(rows, list) or not all(
        isinstance(r, dict) and isinstance(r.get("flow"), dict) for r in rows
    ):
        raise ValueError("its exchanges are no list of exchanges")
    return rows


def _is_reference(row: Data) -> bool:
    return bool(row.get("isQuantitativeReference", row.get("quantitativeReference")))


def _avoided(row: Data) -> bool:
    return bool(row.get("isAvoidedProduct", row.get("avoidedProduct")))


def _scope(rows: list[Data], above: Optional[Scope]) -> Scope:
    amounts, formulas = {}, {}
    for row in rows:
        name = str(row.get("name") or "")
        if name and isinstance(row.get("value"), (int, float)):
            amounts[name] = float(row["value"])
        is_input = row.get("isInputParameter", row.get("inputParameter", True))
        if name and row.get("formula") and not is_input:
            formulas[name] = str(row["formula"])
    return Scope(amounts, formulas, above, fold=True)
