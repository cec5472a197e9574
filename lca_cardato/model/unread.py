"""Names and figures of a scenario that goes no further: what would be refused later is told now."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Optional

from pydantic import ValidationError

from lca_cardato.errors import Problem
from lca_cardato.inventory.kinds import choices, near, of_kind
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.context import PLACES
from lca_cardato.model.figures import UNITS, figure_parameter
from lca_cardato.scenario.entry.layout import rank
from lca_cardato.scenario.figure import Figure
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import parse_share
from lca_cardato.text.yamltree import Document


def together(first: list[Problem], more: list[Problem]) -> list[Problem]:
    """Put problems together: those of a place that has one already are left out."""
    told = {(p.line, p.column, p.key) for p in first}
    added = [p for p in more if (p.line, p.column, p.key) not in told]
    return (
        sorted(first + added, key=lambda p: (p.file, p.line, p.column, rank(p.key)))
        if added
        else first
    )


def unread(document: Document, inventory: Inventory) -> list[Problem]:
    """Find unknown names, figures of another dimension and shares that don't sum to 100 %.

    Parameters
    ----------
    document : Document
        Scenario; nothing is known of its shape.
    inventory : Inventory

    Returns
    -------
    list of Problem
        ``E307``, ``E348``, ``E301`` and those of figures.
    """
    return _Reader(document, inventory).scenario()


class _Reader:
    """Walks through a tree of any shape; what has another shape was told already."""

    def __init__(self, document: Document, inventory: Inventory) -> None:
        self.document, self.inventory = document, inventory
        self.problems: list[Problem] = []
        gas = inventory.parameters["lower-to-higher-heating-value"].amount
        self.gas = gas or Fraction(1)

    def scenario(self) -> list[Problem]:
        tree: Any = self.document.data
        self.yarn(tree, ())
        for index, yarn in enumerate(_list(tree, "yarns")):
            self.yarn(yarn, ("yarns", index))
        for name, entry in _dict(tree, "packaging").items():
            self.dataset(name, "packaging", ("packaging", name))
            self.figure("packaging", entry, ("packaging", name))
        grid = _dict(tree, "electricity").get("dataset")
        if isinstance(grid, str):
            self.dataset(grid, "electricity", ("electricity", "dataset"))
        return self.problems

    def note(self, code: str, message: str, path: tuple, value: str = "", hint: str = "") -> None:
        self.problems.append(self.document.problem(code, message, path, value, hint))

    def yarn(self, tree: Any, path: tuple) -> None:
        """Look at a blend and a route: those of the scenario, or of one of its yarns."""
        lines = _list(tree, "blend")
        for index, line in enumerate(lines):
            self.line(line, (*path, "blend", index))
        self.shares(lines, (*path, "blend"))
        self.route(_dict(tree, "route"), (*path, "route"))

    def line(self, line: Any, path: tuple) -> None:
        if not isinstance(line, dict):
            return
        fibre, dataset = line.get("fibre"), line.get("dataset")
        known = self.inventory.fibres
        if isinstance(fibre, str) and fibre not in known and fibre != "same-blend":
            text = say("fibre is not known")
            self.note("E307", text, (*path, "fibre"), fibre, near(fibre, known))
        if isinstance(dataset, str) and dataset not in self.inventory.datasets:
            hint = near(dataset, self.inventory.datasets)
            self.note(
                "E307", say("dataset is not in the inventories"), (*path, "dataset"), dataset, hint
            )
        self.route(_dict(line, "steps"), (*path, "steps"))

    def shares(self, lines: list[Any], path: tuple) -> None:
        try:
            total = sum((parse_share(line["share"]) for line in lines), Fraction(0))
        except (QuantityError, TypeError, LookupError, AttributeError):
            return  # told by its place
        if lines and total != 1:
            text = say("the shares sum to {total:.10g} %, not to 100 %", total=float(total * 100))
            self.note("E301", text, path)

    def route(self, steps: dict[str, Any], path: tuple) -> None:
        for name, entry in steps.items():
            if name not in self.inventory.steps:
                hint = near(name, self.inventory.steps)
                self.note("E307", say("step is not known"), (*path, name), name, hint)
            for kind, figure in entry.items() if isinstance(entry, dict) else ():
                self.kind(kind, figure, (*path, name, kind))

    def kind(self, kind: str, figure: Any, path: tuple) -> None:
        if kind == "chemicals" and isinstance(figure, dict):
            for name, amount in figure.items():
                self.dataset(name, "chemical", (*path, name))
                self.figure(kind, amount, (*path, name))
        elif kind == "heat" and isinstance(figure, list):
            for index, one in enumerate(figure):
                self.figure(kind, one, (*path, index))
        elif kind in UNITS:
            self.figure(kind, figure, path)
            supply = figure.get("supply") if isinstance(figure, dict) else None
            if isinstance(supply, str):
                self.dataset(supply, "water supply", (*path, "supply"))

    def dataset(self, name: str, place: str, path: tuple) -> None:
        valid = of_kind(self.inventory, *PLACES[place])
        if name not in self.inventory.datasets and name not in valid:
            text = say("dataset is not in the inventories")
            self.note("E307", text, path, name, choices(name, valid, self.inventory))

    def figure(self, kind: str, typed: Any, path: tuple) -> None:
        value: Optional[Any] = typed.get("value") if isinstance(typed, dict) else typed
        if not isinstance(value, str):
            return
        try:
            figure = Figure.model_validate(typed if isinstance(typed, dict) else {"value": value})
            figure_parameter("", kind, figure, "", 0, self.gas)
        except QuantityError as error:
            spot = (*path, "value") if isinstance(typed, dict) else path
            self.note(error.code, error.message, spot, value, error.suggestion)
        except ValidationError:
            return  # its shape was told


def _list(tree: Any, key: str) -> list[Any]:
    found = tree.get(key) if isinstance(tree, dict) else None
    return found if isinstance(found, list) else []


def _dict(tree: Any, key: str) -> dict[str, Any]:
    found = tree.get(key) if isinstance(tree, dict) else None
    return found if isinstance(found, dict) else {}
