"""Processes of EcoSpold 2: an archive of ``.spold`` files, or one of them."""

from __future__ import annotations

from math import sqrt
from typing import Iterable, Optional

from lca_cardato.errors import Problem
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.imported import Foreign, Head, Line, Read, link, makers, number
from lca_cardato.exchange.packages import UNSOUND, Parts
from lca_cardato.exchange.system import Spread
from lca_cardato.exchange.xml_in import Node, each, first, text, tree
from lca_cardato.sentence import say

REFERENCE, BYPRODUCT = "0", "2"


def open_ecospold(package: Parts, names: Iterable[str]) -> Read:
    """Open files of EcoSpold 2.

    Parameters
    ----------
    package : Parts
    names : iterable of str
        Parts that hold a dataset each.

    Returns
    -------
    Read
        What is wrong with one file stops no other; it is told.
    """
    found: dict[str, Foreign] = {}
    told: list[str] = []
    for part in names:
        try:
            process = _process(tree(package.bytes(part)), package.name)
        except (*UNSOUND, SyntaxError) as error:
            told.append(say("not read: {part}: {why}", part=part[:120], why=str(error)[:200]))
            continue
        found[process.code] = process
    heads = {
        code: Head(code, p.name, p.ident, p.product, p.location, "", p.flow, p.amount < 0)
        for code, p in found.items()
    }
    named = makers(heads.values(), lambda head: [(head.ident, head.flow), ("", head.flow)])
    for process in found.values():
        for line in process.lines:
            activity, product = line.code, line.database
            link(line, named, [(activity, product)] if activity else [("", product)])
            line.database = ""
            if line.sibling:
                maker = found[line.sibling]
                line.name, line.location = maker.name, maker.location
    return Read(package.file, package.digest, "EcoSpold 2", heads, found.__getitem__, told=told)


def _process(root: Node, file: str) -> Foreign:
    activity = first(root, "activity")
    flows = first(root, "flowData")
    if activity is None or flows is None:
        raise ValueError("no activity")
    code, name = activity.get("id", ""), text(activity, "activityName")
    period, source = first(root, "timePeriod"), first(root, "dataGeneratorAndPublication")
    begin = (period.get("startDate", "") if period is not None else "")[:4]
    author = "" if source is None else source.get("publishedSourceFirstAuthor", "")
    process = Foreign(
        code, name, "", "", 0.0, text(first(root, "geography"), "shortname"),
        text(first(activity, "generalComment"), "text"), author,
        int(begin) if begin.isdigit() else None, 0, ident=code,
    )  # fmt: skip
    for at, node in enumerate(each(flows, "intermediateExchange"), start=1):
        amount = number(node.get("amount"), file, name)
        group = text(node, "outputGroup")
        if group == REFERENCE and amount:
            process.products += 1
            process.product, process.unit = text(node, "name"), unit_of(text(node, "unitName"))
            process.amount, process.flow = amount, node.get("intermediateExchangeId", "")
        elif group == BYPRODUCT and amount:
            process.products += 1
        elif not group or amount:
            line = _line(node, amount, f"exchange {at}", False)
            line.code, line.database = (
                node.get("activityLinkId", ""),
                node.get("intermediateExchangeId", ""),
            )
            line.product, line.waste = (
                line.name,
                bool(group) and group not in (REFERENCE, BYPRODUCT),
            )
            process.lines.append(line)
    for at, node in enumerate(each(flows, "elementaryExchange"), start=1):
        amount = number(node.get("amount"), file, name)
        line = _line(node, amount, f"elementary exchange {at}", True)
        line.code = node.get("elementaryExchangeId", "")
        place = next((n for n in each(node, "compartment") if len(n)), None)
        below = text(place, "subcompartment")
        if place is not None:
            inner = [n for n in each(place, "compartment") if not len(n)]
            top = (inner[0].text or "").strip() if inner else ""
            line.categories = tuple(p for p in (top, "" if below == "unspecified" else below) if p)
        process.lines.append(line)
    process.code = f"{code}_{process.flow}"
    if process.products == 0:
        process.products = 1
        process.problems.append(
            Problem("E322", say("a process without one reference flow"), file, key=name[:200],
                    suggestion=say("mark what it makes as its quantitative reference and export again"))
        )  # fmt: skip
        process.amount, process.unit = 1.0, "kg"
    return process


def _line(node: Node, amount: float, place: str, flow: bool) -> Line:
    line = Line(flow, text(node, "name"), unit_of(text(node, "unitName")), amount, place=place,
                comment=text(node, "comment"))  # fmt: skip
    given = first(node, "uncertainty")
    if given is not None:
        line.spread, line.lost = _spread(given)
    return line


def _spread(given: Node) -> tuple[Optional[Spread], str]:
    for kind, names in {"lognormal": ("mu",), "normal": ("meanValue",)}.items():
        node = first(given, kind)
        if node is not None:
            square = float(
                node.get("varianceWithPedigreeUncertainty") or node.get("variance") or "nan"
            )
            scale = sqrt(square) if square >= 0 else None
            middle = node.get(names[0])
            return Spread(
                2 if kind == "lognormal" else 3, float(middle) if middle else None, scale
            ), ""
    for kind, number_ in {"triangular": 5, "uniform": 4}.items():
        node = first(given, kind)
        if node is not None:
            low, high, mode = (node.get(n) for n in ("minValue", "maxValue", "mostLikelyValue"))
            ends = (float(low) if low else None, float(high) if high else None)
            return Spread(number_, float(mode) if mode else None, None, *ends), ""
    names_ = [child.tag.rsplit("}", 1)[-1] for child in given]
    return None, say("distribution {kind}", kind=names_[0] if names_ else "undefined")
