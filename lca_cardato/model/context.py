"""What the parts of the resolution share: the scenario, its document, and what is collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Mapping, Optional

from lca_cardato.errors import Problem
from lca_cardato.inventory.datum import Names
from lca_cardato.inventory.kinds import choices, of_kind
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.figures import figure_parameter
from lca_cardato.model.parameters import Parameter
from lca_cardato.model.structure import CountFormula, Derived
from lca_cardato.model.taken import Derivation, derivation, dressed
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.models import Company, Scenario
from lca_cardato.scenario.readings import Taken
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.yamltree import Document

PLACES = {
    "water supply": (("water",), "m3"),
    "electricity": (("electricity",), "kWh"),
    "chemical": (("chemical",), "kg"),
    "packaging": (("packaging",), "kg"),
}
"""Place of a scenario -> kinds and unit of the datasets that may stand there."""
NAMED = {
    "water supply": say("water supply"), "electricity": say("electricity"),
    "chemical": say("chemical"), "packaging": say("packaging"),
}  # fmt: skip
"""Place of a scenario -> what a message calls it."""
TOTALS = ("electricity", "heat", "water_in", "water_out", "chemicals", "packaging")
MEANT_FOR = {
    "for_": TOTALS,
    "output": ("electricity",),
    "load": ("electricity",),
    "carrier": ("heat",),
    "heating_value": ("heat",),
    "heating_value_basis": ("heat",),
    "coefficient": ("heat",),
    "lots": TOTALS,
    "mean_count": TOTALS,
    "supply": ("water_in",),
}
"""Kinds of figures that a key beside the value has a meaning for."""


@dataclass
class Context:
    """Collects parameters, warnings and problems on the way through a scenario.

    Attributes
    ----------
    maker : Company, optional
        Who made the yarn that is resolved, where it is not the company of the scenario.
    """

    scenario: Scenario
    document: Document
    inventory: Inventory
    parameters: dict[str, Parameter] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    bound: dict[tuple, str] = field(default_factory=dict)
    derived: list[Derived] = field(default_factory=list)
    formulas: list[CountFormula] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    outside: list[Names] = field(default_factory=list)
    maker: Optional[Company] = None
    readings: Mapping[str, Taken] = field(default_factory=dict)
    derivations: dict[str, Derivation] = field(default_factory=dict)

    def problem(
        self, code: str, message: str, path: tuple, value: str = "", hint: str = ""
    ) -> None:
        """Note a problem of the scenario."""
        self.problems.append(self.document.problem(code, message, path, value, hint))

    @property
    def home(self) -> Optional[str]:
        """Municipality of the company whose steps are resolved."""
        return (self.maker or self.scenario.company).municipality

    def of_kind(self, dataset: str, place: str, path: tuple) -> bool:
        """Tell whether a dataset may stand in a place of `PLACES`, or note why it can't."""
        categories, unit = PLACES[place]
        valid = of_kind(self.inventory, categories, unit)
        if dataset in valid:
            return True
        record = self.inventory.datasets.get(dataset)
        if record is None:
            text = say("dataset of the {place} is not in the inventories", place=NAMED[place])
            self.problem("E307", text, path, dataset, choices(dataset, valid, self.inventory))
            return False
        hint = choices(dataset, valid, self.inventory)
        if record.category is None:
            hint = say(
                "a dataset of your own says what it is: `category: {category}`",
                category=categories[0],
            )
        if record.category == "packaging":
            hint = say("what the product is packed in stands in `packaging`")
        what = (record.category or "").replace("_", " ") or say("a dataset of no stated kind")
        self.problem(
            "E348",
            say(
                "{place} is expected, per {unit}; this is {what}, per {other}",
                place=NAMED[place],
                unit=unit,
                what=what,
                other=record.product.unit,
            ),
            path,
            dataset,
            hint,
        )
        return False

    def misplaced(self, kind: str, figure: Figure, path: tuple) -> None:
        """Note keys that mean nothing beside a figure of this kind."""
        for name, kinds in MEANT_FOR.items():
            if getattr(figure, name) is not None and kind not in kinds:
                key = name.rstrip("_")
                self.problem(
                    "E206", say("`{key}` means nothing for {kind}", key=key, kind=kind), path + (key,),
                    hint=say("it goes with {kinds}", kinds=kinds),
                )  # fmt: skip

    def own(
        self, key: str, kind: str, figure: Figure, path: tuple, nm: Fraction = Fraction(1)
    ) -> Optional[Parameter]:
        """Turn a figure of the scenario into a parameter, or note why it can't be used."""
        line = self.document.position(path)[0]
        gas = self.inventory.parameters["lower-to-higher-heating-value"].amount or Fraction(1)
        self.bound[path] = key
        self.figures[key] = figure
        self.misplaced(kind, figure, path)
        try:
            derived = None
            if figure.reading is not None:
                step = key.partition(".")[0].rpartition("/")[2]
                derived = derivation(kind, figure, step, nm, self.readings, gas)
                weighed = kind not in ("loss", "reclaimed")
                taken = self.readings[figure.reading]
                figure = dressed(figure, taken, derived.mass if weighed else None)
                self.figures[key], self.derivations[key] = figure, derived
            return figure_parameter(key, kind, figure, self.document.name, line, gas, nm, derived)
        except QuantityError as error:
            names = ("reading", "value") if figure.reading else ("value",)
            spots = [path + (name,) for name in names if path + (name,) in self.document.positions]
            typed = figure.reading or figure.value
            self.problem(error.code, error.message, (spots or [path])[0], typed, error.suggestion)
            return None
