"""A number of a product and the limit that it is held against, for one scenario or for many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

from lca_cardato.inventory.limits import Limit
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.ranges import Ends, Values
from lca_cardato.model.structure import ProductModel, YarnUse
from lca_cardato.model.system import MASS, share_key
from lca_cardato.text.yamltree import dotted

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
    slips : bool
        Whether the typed value is the number itself, so that a slip of the pen shows in it.
    causes : tuple
        Of figures held against each other: path of another one, and values -> whether that one
        is the outlier; its reason answers for both.
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
    slips: bool = True
    causes: tuple[tuple[tuple, Callable[[Values], Any]], ...] = ()

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

    def outside(self, values: Values) -> Any:
        """Whether the number lies outside its ends: a truth value, or an array of them.

        What lies outside a hard end is outside, also where there is no inner one.
        """
        return self._beyond(values, self.told(values))

    def refused(self, values: Values) -> Any:
        """Whether it lies outside the hard ends."""
        return self._beyond(values, self.hard(values))

    def told(self, values: Values) -> tuple[Any, Any]:
        """Ends that are told: the inner ones, else the hard ones."""
        record = self.record
        low = record.low if record.low is not None else record.hard_low
        high = record.high if record.high is not None else record.hard_high
        return self._ends(values, low, high)

    def _beyond(self, values: Values, ends: tuple[Any, Any]) -> Any:
        value, (low, high) = self.value(values), ends
        found: Any = False
        if low is not None:
            found = value < low * (1 - CLOSE)
        if high is not None:
            above = value > high * (1 + CLOSE)
            found = above if low is None else found | above
        return found & (value != 0) if self.record.zero == "yes" else found


def count_key(yarn: YarnUse) -> str:
    """Key of the count of a yarn among the values."""
    return f"{yarn.name}.count"


def price_key(line: str) -> str:
    """Key of the price of a blend line among the values."""
    return f"{line}.price"


def values_of_model(model: ProductModel) -> dict[str, Any]:
    """Give every number that a check may ask for, as floats."""
    values: dict[str, Any] = {key: float(p.amount) for key, p in model.parameters.items()}
    for yarn in model.yarns:
        values[count_key(yarn)] = float(yarn.count.nm)
        for line, share in zip(yarn.lines, yarn.shares):
            values[share_key(line)] = float(share)
            if line.entry.price is not None:
                values[price_key(line.key)] = float(line.entry.price.amount)
    tex = sum(y.share / y.count.resultant_nm for y in model.yarns)
    values[MEAN_COUNT] = float(1 / tex)
    if model.scenario.product.surface_mass is not None:
        values[MASS] = float(model.declared_mass_kg)
    return values


ByQuantity = Mapping[str, list[tuple[str, Limit]]]


def by_quantity(inventory: Inventory) -> ByQuantity:
    """Give the limits of an inventory by what they are about."""
    found: dict[str, list[tuple[str, Limit]]] = {}
    for name, limit in inventory.limits.items():
        found.setdefault(limit.quantity, []).append((name, limit))
    return found


class Makers:
    """What the makers of checks share: the product, the limits by quantity, paths of figures."""

    def __init__(self, model: ProductModel, inventory: Inventory, limits: ByQuantity) -> None:
        self.model, self.inventory, self.limits = model, inventory, limits
        self.paths = {key: path for path, key in model.bound.items()}

    def all(self) -> Iterator[Check]:
        """Give the checks in the order of the scenario."""
        raise NotImplementedError

    def own(self, *keys: Optional[str]) -> list[str]:
        """Which of some parameters the scenario gives."""
        return [key for key in keys if key and key in self.model.figures]

    def absolute(
        self,
        quantity: str,
        of: str,
        path: tuple,
        value: Callable[[Values], Any],
        uses: Iterable[str] = (),
        **told: Any,
    ) -> Iterator[Check]:
        """Hold a number against the limits of its kind that are numbers of their own.

        Parameters
        ----------
        quantity : str
        of : str
            Step, spinning system or the like that the limit must be for.
        path : tuple
        value : callable
        uses : iterable of str
        **told
            Further attributes of the check.
        """
        for name, limit in self.limits.get(quantity, ()):
            if limit.relative == "no" and (not limit.of or of in limit.of):
                key = told.get("key") or self.model.bound.get(path) or dotted(path)
                rest = {name: item for name, item in told.items() if name != "key"}
                yield Check(key, path, name, limit, value, uses=frozenset(uses), **rest)


def constant(value: float) -> Callable[[Values], float]:
    """Give a number that no value changes."""
    return lambda values: value
