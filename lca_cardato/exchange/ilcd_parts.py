"""What stands in a process of ILCD: names, reference flows, parameters, distributions."""

from __future__ import annotations

import re
from math import log, sqrt
from typing import Optional

from lca_cardato.exchange.formula import Scope
from lca_cardato.exchange.system import Spread
from lca_cardato.exchange.xml_in import Node, attribute, each, first, inside, text
from lca_cardato.sentence import say

NAME = (
    "baseName",
    "treatmentStandardsRoutes",
    "mixAndLocationTypes",
    "functionalUnitFlowProperties",
)


def uuid_of(stem: str) -> str:
    """UUID in the name of a part, which may have the version behind it."""
    match = re.match(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", stem)
    return match.group().lower() if match else stem


def name_of(root: Node) -> str:
    """Name of a data set with its parts, as openLCA joins them."""
    name = first(first(root, "dataSetInformation"), "name")
    return ", ".join(filter(None, (text(name, part) for part in NAME)))


def references(root: Node) -> list[str]:
    """Numbers of the exchanges that are reference flows."""
    found = each(first(root, "quantitativeReference"), "referenceToReferenceFlow")
    return [(one.text or "").strip() for one in found]


def exchange(root: Node, number_: str) -> Optional[Node]:
    """Exchange of a number; None where there is none."""
    rows = inside(first(root, "exchanges"), "exchange")
    return next((row for row in rows if attribute(row, "dataSetInternalID") == number_), None)


def scope_of(root: Node) -> Scope:
    """Parameters of a process."""
    amounts, formulas = {}, {}
    for one in each(first(root, "mathematicalRelations"), "variableParameter"):
        name, formula, mean = attribute(one, "name"), text(one, "formula"), text(one, "meanValue")
        if formula:
            formulas[name] = formula
        try:
            amounts[name] = float(mean)
        except ValueError:
            continue
    return Scope(amounts, formulas, None, fold=True)


def spread_of(row: Node, amount: float) -> tuple[Optional[Spread], str]:
    """Distribution: `relativeStandardDeviation95In` is the squared geometric deviation of a lognormal."""
    kind = text(row, "uncertaintyDistributionType")

    def figure(name: str) -> Optional[float]:
        try:
            return float(text(row, name))
        except ValueError:
            return None

    deviation, low, high = (
        figure(name) for name in ("relativeStandardDeviation95In", "minimumAmount", "maximumAmount")
    )
    if kind == "log-normal":
        if not deviation or deviation <= 1 or not amount:
            return Spread(2), ""
        return Spread(2, log(abs(amount)), log(sqrt(deviation))), ""
    if kind == "normal":
        return Spread(3, amount, None if deviation is None else abs(amount) * deviation / 200), ""
    if kind in ("triangular", "uniform"):
        return Spread(5 if kind == "triangular" else 4, amount if kind == "triangular" else None,
                      None, low, high), ""  # fmt: skip
    return None, "" if kind in ("", "undefined") else say("distribution {kind}", kind=kind[:20])
