"""Processes of EcoSpold 1: a file of one or many datasets, or an archive of such files."""

from __future__ import annotations

from math import log, sqrt
from typing import Iterable, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.compartments import of_ecospold
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.imported import Foreign, Head, Line, Read, link, makers, number
from lca_cardato.exchange.jsonld_flows import net
from lca_cardato.exchange.packages import UNSOUND, Parts
from lca_cardato.exchange.system import Spread
from lca_cardato.exchange.xml_in import Node, attribute, each, first, inside, tree
from lca_cardato.sentence import say

REFERENCE, AVOIDED, BYPRODUCT, WASTE, NATURE = "0", "1", "2", "3", "4"


def open_ecospold1(package: Parts, names: Iterable[str]) -> Read:
    """Open files of EcoSpold 1.

    Parameters
    ----------
    package : Parts
    names : iterable of str
        Parts that hold datasets.

    Returns
    -------
    Read
        What is wrong with one dataset stops no other; it is told.
    """
    found: dict[str, Foreign] = {}
    told: list[str] = []
    for part in names:
        try:
            root = tree(package.bytes(part))
        except (*UNSOUND, SyntaxError) as error:
            told.append(say("not read: {part}: {why}", part=part[:120], why=str(error)[:200]))
            continue
        for at, node in enumerate(each(root, "dataset"), start=1):
            place = f"{part}, dataset {at}"
            if attribute(first(node, "dataSetInformation"), "impactAssessmentResult") == "true":
                told.append(say("not read: {part}: {why}", part=place[:120],
                                why=say("a method of impact assessment")))  # fmt: skip
                continue
            try:
                for process in _Dataset(node, place, package.name).processes():
                    found[process.code] = process
            except InputError as error:
                told += [say("not read: {part}: {why}", part=place[:120], why=p.message)
                         for p in error.problems]  # fmt: skip
            except (*UNSOUND, SyntaxError) as error:
                told.append(say("not read: {part}: {why}", part=place[:120], why=str(error)[:200]))
    heads = {
        code: Head(code, p.name, p.ident, p.product, p.location, "", p.flow, p.amount < 0)
        for code, p in found.items()
    }
    units = {code: p.unit for code, p in found.items()}
    named = makers(heads.values(), lambda head: [
        (head.product, head.location, units[head.code]), (head.name, head.location, units[head.code])
    ])  # fmt: skip
    for process in found.values():
        for line in process.lines:
            link(line, named, [(line.name, line.location, line.unit)])
    return Read(package.file, package.digest, "EcoSpold 1", heads, found.__getitem__, told=told)


class _Dataset:
    """A dataset: one process, or one for each co-product where it says how it is allocated."""

    def __init__(self, node: Node, place: str, file: str) -> None:
        self.node, self.place, self.file = node, place, file
        self.about = first(node, "referenceFunction")
        self.number = attribute(node, "number")
        if self.about is None:
            raise ValueError("no reference function")
        self.name = attribute(self.about, "name")
        self.rows = list(inside(first(node, "flowData"), "exchange"))
        self.shares: dict[str, dict[str, float]] = {}
        for one in inside(first(node, "flowData"), "allocation"):
            share = number(one.get("fraction"), file, self.name) / 100.0
            for row in inside(one, "referenceToInputOutput"):
                key = (row.text or "").strip()
                self.shares.setdefault(attribute(one, "referenceToCoProduct"), {})[key] = share

    def processes(self) -> list[Foreign]:
        """Give what the dataset holds."""
        made = [row for row in self.rows if _group(row) in (("out", REFERENCE), ("out", BYPRODUCT))]
        made = [row for row in made if number(row.get("meanValue"), self.file, self.name)]
        if len(made) > 1 and all(attribute(row, "number") in self.shares for row in made):
            return [
                self.process(row, len(made), self.shares[attribute(row, "number")]) for row in made
            ]
        if len(made) == 1:
            return [self.process(made[0], 1)]
        found = self.process(next((r for r in made if _group(r)[1] == REFERENCE), None), len(made))
        return [found]

    def process(
        self, product: Optional[Node], count: int, shares: Optional[dict[str, float]] = None
    ) -> Foreign:
        """Read the process of a product; that of the reference function where no exchange is one."""
        about = self.about if product is None else product
        name = attribute(about, "name") or self.name
        found = Foreign(
            f"{self.place}: {name}", name if shares else self.name, name,
            unit_of(attribute(about, "unit")), 0.0,
            attribute(first(self.node, "geography"), "location"),
            attribute(self.about, "generalComment"), self.source(), self.year(), ident=self.number,
            flow=attribute(product, "number"),
        )  # fmt: skip
        if product is None:
            found.amount = number(attribute(self.about, "amount"), self.file, name)
            found.told.append(
                say("no exchange is the product; that of the reference function counts")
            )
        else:
            found.amount = number(product.get("meanValue"), self.file, name)
        found.products = max(count, 1) if shares is None else 1
        if shares is not None:
            found.told.append(
                say("{count} co-products; the file's own allocation of each exchange", count=count)
            )
        for at, row in enumerate(self.rows, start=1):
            if _group(row) not in (("out", REFERENCE), ("out", BYPRODUCT)):
                share = 1.0 if shares is None else shares.get(attribute(row, "number"), 0.0)
                found.lines.append(self.line(found, row, at, share))
        found.lines = net(found.lines)
        return found

    def line(self, found: Foreign, row: Node, at: int, share: float) -> Line:
        """Read an exchange that is no product of the process."""
        side, group = _group(row)
        amount = number(row.get("meanValue"), self.file, f"{found.name}: {row.get('name')}") * share
        line = Line(
            group == NATURE, attribute(row, "name"), unit_of(attribute(row, "unit")), amount,
            location=attribute(row, "location"), comment=attribute(row, "generalComment"),
            place=f"exchange {at}", credit=(side, group) == ("out", AVOIDED),
            waste=(side, group) == ("out", WASTE),
        )  # fmt: skip
        line.spread, line.lost = _spread(row, share)
        if line.flow:
            line.location = ""
            line.categories = of_ecospold(attribute(row, "category"), attribute(row, "subCategory"))
            if (side == "in") != (line.categories[:1] == ("natural resource",)):
                line.amount = -line.amount
                line.told.append(say("booked on the other side"))
        if share != 1.0:
            line.told.append(say("its allocated share is {share:.6g}", share=share))
        if not side:
            found.problems.append(
                Problem("E322", say("an exchange that is neither input nor output"), self.file,
                        key=f"{found.name}: {line.name}"[:200])
            )  # fmt: skip
        return line

    def source(self) -> str:
        """Work that the dataset was published in; else all that it names."""
        works = {attribute(one, "number"): one for one in each(self.node, "source")}
        chosen = attribute(
            first(self.node, "dataGeneratorAndPublication"), "referenceToPublishedSource"
        )
        named = [works[chosen]] if chosen in works else list(works.values())
        texts = []
        for one in named:
            authors = ", ".join(
                filter(None, (attribute(one, "firstAuthor"), attribute(one, "additionalAuthors")))
            )
            year = attribute(one, "year")[:4]
            texts.append(f"{authors}{f' ({year})' if year else ''}: {attribute(one, 'title')}")
        return "; ".join(texts)

    def year(self) -> Optional[int]:
        """First year of the data."""
        period = first(self.node, "timePeriod")
        for name in ("startYear", "startYearMonth", "startDate"):
            begin = first(period, name)
            year = (begin.text or "").strip()[:4] if begin is not None else ""
            if year.isdigit():
                return int(year)
        return None


def _group(row: Node) -> tuple[str, str]:
    """Side of an exchange (``in``, ``out``, empty) and its group."""
    for side, name in {"in": "inputGroup", "out": "outputGroup"}.items():
        for child in inside(row, name):
            return side, (child.text or "").strip()
    return "", ""


def _spread(row: Node, share: float) -> tuple[Optional[Spread], str]:
    """Distribution: `standardDeviation95` is the squared geometric deviation, or twice the deviation."""
    kind = attribute(row, "uncertaintyType") or "0"
    mean, deviation, low, high, mode = (
        _figure(row, name)
        for name in ("meanValue", "standardDeviation95", "minValue", "maxValue", "mostLikelyValue")
    )

    def scaled(value: Optional[float]) -> Optional[float]:
        return None if value is None else value * share

    if kind == "1":
        if not deviation or deviation < 1 or not mean or not share:
            return Spread(2), ""
        return Spread(2, log(abs(mean * share)), log(sqrt(deviation))), ""
    if kind == "2":
        return Spread(3, scaled(mean), None if deviation is None else deviation / 2 * share), ""
    if kind == "3":
        return Spread(5, scaled(mode), None, scaled(low), scaled(high)), ""
    if kind == "4":
        return Spread(4, None, None, scaled(low), scaled(high)), ""
    return None, "" if kind == "0" else say("distribution {kind}", kind=kind[:20])


def _figure(row: Node, name: str) -> Optional[float]:
    try:
        return float(attribute(row, name))
    except ValueError:
        return None
