"""What of a product is held against which limit: each a number and its ends, for one or for many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterator, Optional

from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.limits import Limit
from lca_cardato.inventory.models import StepDatum
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.ranges import Ends, Values, mixed, range_of, summed
from lca_cardato.model.steps import loss_group
from lca_cardato.model.structure import Line, ProductModel, StepUse, YarnUse
from lca_cardato.model.system import share_key
from lca_cardato.words.language import Word

CLOSE = 1e-9
"""A number that lies on its limit as far as floats can tell is inside."""
MEAN_COUNT = "product.count"


@dataclass(frozen=True)
class Check:
    """A number of a product and the limit that it is held against.

    Attributes
    ----------
    key : str
        Parameter, or dotted path of a value that is no parameter.
    path : tuple
        Where it stands in the scenario.
    limit : str
        Id of the record of the limit.
    record : Limit
    value : callable
        Values -> number or array, in the unit of calculation.
    ends : callable, optional
        Values -> range that the limit multiplies; None where it is a number of its own.
    uses : frozenset of str
        Keys of the values that it depends on.
    code : str
        Key of its text.
    about : dict
        Arguments of the text.
    """

    key: str
    path: tuple
    limit: str
    record: Limit
    value: Callable[[Values], Any]
    ends: Optional[Ends] = None
    uses: frozenset[str] = frozenset()
    code: str = "question_figure"
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """How many of the unit that people read are 1 of the unit of calculation."""
        return 100.0 if self.record.unit == "%" else 1.0

    def inner(self, values: Values) -> tuple[Any, Any]:
        """Ends outside of which the number is questioned; None where there is no end."""
        return self._ends(values, self.record.low, self.record.high)

    def hard(self, values: Values) -> tuple[Any, Any]:
        """Ends outside of which it is refused without a reason."""
        return self._ends(values, self.record.hard_low, self.record.hard_high)

    def _ends(self, values: Values, low: Any, high: Any) -> tuple[Any, Any]:
        if self.ends is None:
            given = [None if end is None else float(end) / self.scale for end in (low, high)]
            return given[0], given[1]
        below, above = self.ends(values)
        return (
            None if low is None else below * float(low),
            None if high is None else above * float(high),
        )

    def outside(self, values: Values, hard: bool = False) -> Any:
        """Whether the number lies outside its ends: a truth value, or an array of them."""
        low, high = self.hard(values) if hard else self.inner(values)
        value = self.value(values)
        found: Any = False
        if low is not None:
            found = found | (value < low * (1 - CLOSE))
        if high is not None:
            found = found | (value > high * (1 + CLOSE))
        return found & (value != 0) if self.record.zero == "yes" else found


def count_key(yarn: YarnUse) -> str:
    """Key of the count of a yarn among the values."""
    return f"{yarn.name}.count"


def values_of_model(model: ProductModel) -> dict[str, Any]:
    """Give every number that a check may ask for, as floats."""
    values: dict[str, Any] = {key: float(p.amount) for key, p in model.parameters.items()}
    for yarn in model.yarns:
        values[count_key(yarn)] = float(yarn.count.nm)
        for line, share in zip(yarn.lines, yarn.shares):
            values[share_key(line)] = float(share)
    tex = sum(y.share / y.count.resultant_nm for y in model.yarns)
    values[MEAN_COUNT] = float(1 / tex)
    return values


def checks_of(model: ProductModel, inventory: Inventory) -> list[Check]:
    """List what is held against a limit, in the order of the scenario's steps."""
    return list(_Checks(model, inventory).all())


class _Checks:
    """Makes the checks of a product."""

    def __init__(self, model: ProductModel, inventory: Inventory) -> None:
        self.model, self.inventory = model, inventory
        self.paths = {key: path for path, key in model.bound.items()}
        self.limits: dict[str, list[tuple[str, Limit]]] = {}
        for name, limit in inventory.limits.items():
            self.limits.setdefault(limit.quantity, []).append((name, limit))

    def all(self) -> Iterator[Check]:
        for yarn in self.model.yarns:
            for line in yarn.lines:
                for use in line.steps:
                    yield from self.step(use, count_key(yarn), line=line)
            for use in yarn.steps:
                yield from self.step(use, count_key(yarn), yarn=yarn)
        for use in [*self.model.fabric_steps, *self.model.packing]:
            yield from self.step(use, MEAN_COUNT)

    def own(self, *keys: Optional[str]) -> list[str]:
        """Which of some parameters the scenario gives."""
        return [key for key in keys if key and key in self.model.figures]

    def step(
        self, use: StepUse, count: str, line: Optional[Line] = None, yarn: Optional[YarnUse] = None
    ) -> Iterator[Check]:
        """Figures of a step against the ranges of its defaults, or against what any step takes."""
        figures = use.step.figures
        for key in self.own(use.electricity):
            yield from self.figure(
                use, "electricity", [key], self.range(figures.electricity, count)
            )
        heats = self.own(*use.heat.values())
        if heats:
            known = [range_of(datum, count) for datum in figures.heat]
            yield from self.figure(use, "heat", heats, summed(known) if known else None)
        for key in self.own(use.water_in):
            yield from self.figure(use, "water_in", [key], self.range(figures.water_in, count))
        if self.own(f"{use.key}.water_out") and use.water_evaporated:
            self.paths[use.water_evaporated] = self.paths[f"{use.key}.water_out"]
            ends = self.range(figures.water_evaporated, count)
            yield from self.figure(use, "water_evaporated", [use.water_evaporated], ends)
        for key in self.own(use.loss.get(-1)):
            yield from self.figure(use, "loss", [key], self.loss(use, count, line, yarn))
        for key in self.own(use.reclaimed):
            yield from self.figure(use, "reclaimed", [key], self.range(use.step.reclaimed, count))
        for name, key in use.chemicals.items():
            if not self.own(key):
                continue
            datum = next((d for d in use.step.chemicals if d.input == name), None)
            kind = "packaging" if use.step.stage == "packaging" else "chemicals"
            what = self.inventory.datasets[name].name
            yield from self.figure(use, kind, [key], self.range(datum, count), what)

    def range(self, datum: Optional[StepDatum], count: str) -> Optional[Ends]:
        return None if datum is None else range_of(datum, count)

    def loss(
        self, use: StepUse, count: str, line: Optional[Line], yarn: Optional[YarnUse]
    ) -> Optional[Ends]:
        """Range of a loss that the mill states for all fibres together."""
        if use.step.loss is None:
            return None
        special: dict[str, Datum] = use.step.loss.by_fibre
        if line is not None:
            return range_of(special.get(line.entry.fibre, use.step.loss), count)
        if yarn is None:
            return range_of(use.step.loss, count)
        parts = []
        for item in yarn.lines:
            group = loss_group(yarn.lines, item.index, item.entry.fibre, special)
            parts.append((share_key(item), range_of(special.get(group, use.step.loss), count)))
        return mixed(parts)

    def figure(
        self, use: StepUse, quantity: str, keys: list[str], ends: Optional[Ends], what: Any = None
    ) -> Iterator[Check]:
        """Hold a figure, or the sum of several, against the limits of its kind."""
        path = self.paths[keys[0]]
        uses = {*keys, *(_asked(ends) if ends else ())}
        about = {"step": use.step.name, "figure": what or Word(quantity)}

        def value(values: Values) -> Any:
            return sum((values[key] for key in keys[1:]), values[keys[0]])

        for name, limit in self.limits.get(quantity, []):
            relative = limit.relative == "yes"
            if limit.of and use.id not in limit.of:
                continue
            if (relative and ends is None) or (not relative and ends is not None and not limit.of):
                continue
            yield Check(
                keys[0], path, name, limit, value, ends if relative else None, frozenset(uses),
                about=about,
            )  # fmt: skip


class _Asked(dict):
    """Notes which values are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> float:
        self.keys_asked.add(key)
        return 1.0


def _asked(ends: Ends) -> set[str]:
    """Which values a range depends on."""
    asked = _Asked()
    ends(asked)
    return asked.keys_asked
