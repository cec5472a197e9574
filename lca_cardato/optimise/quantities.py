"""What can be made small or limited, by the names of the columns of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional, Sequence

from lca_cardato.claims.blend import TESTS
from lca_cardato.claims.shares import BASES, POINTS
from lca_cardato.errors import InputError
from lca_cardato.lcia.indicators import Indicator
from lca_cardato.optimise.choices import Choice, Shares
from lca_cardato.optimise.criteria import masses
from lca_cardato.optimise.limits import Corners
from lca_cardato.optimise.mixtures import Mixture
from lca_cardato.sentence import say
from lca_cardato.text.number import nine

COST = "cost"


@dataclass(frozen=True, eq=False)
class Quantity:
    """Something that a blend has an amount of.

    Attributes
    ----------
    name, unit : str
    kind : str
        ``indicator``, ``cost``, ``content`` or ``property``.
    above : callable
        At the corners: per declared unit, or a mass.
    below : callable or None
        For a share: what it is a share of.
    factor : Fraction
        From a typed number to what `above` is in.
    """

    name: str
    unit: str
    kind: str
    above: Corners
    below: Optional[Corners] = None
    factor: Fraction = Fraction(1)


def quantities(indicators: Sequence[Indicator], mixtures: Sequence[Mixture]) -> dict[str, Quantity]:
    """List what there is, by name.

    Parameters
    ----------
    indicators : sequence of Indicator
        In the order of the scores of a `Choice`.
    mixtures : sequence of Mixture
    """
    found: dict[str, Quantity] = {}
    for place, one in enumerate(indicators):
        found[one.id] = Quantity(one.id, one.unit, "indicator", _scores(place))
    found[COST] = Quantity(COST, "EUR", "cost", _cost)
    for kind in ("recycled", "carded"):
        for point in POINTS:
            for basis in BASES:
                name = f"{kind}_{'product' if point == 'product' else 'input'}_{basis}"
                found[name] = Quantity(
                    name, "%", "content", _mass(kind, point, basis), _mass("any", point, basis),
                    Fraction(1, 100),
                )  # fmt: skip
    for item in mixtures:
        found[item.name] = Quantity(item.name, item.unit, "property", item.corners)
    return found


def _scores(place: int) -> Corners:
    return lambda choice: list(choice.scores[place])


def _cost(choice: Choice) -> Sequence[Any]:
    if choice.cost is None:
        missing = [p.line.entry.fibre for p in choice.corners[0] if p.line.entry.price is None]
        raise InputError.one("E321", no_price(missing), key="optimise", suggestion=add_price())
    return choice.cost


def no_price(fibres: Sequence[str]) -> str:
    """Say that a cost can't be told."""
    return say("no cost without the price of every fibre; missing: {fibres}", fibres=fibres)


def add_price() -> str:
    """Say where prices are added."""
    return say("add `price: 3.20 EUR/kg` to the lines, or `blend.wool.price` to the space")


def _mass(kind: str, point: str, basis: str) -> Corners:
    return lambda choice: masses(choice, TESTS[kind], point, basis)


@dataclass(eq=False)
class Goal:
    """What is made small: a sum of quantities with weights.

    Attributes
    ----------
    weights : list of (Quantity, Fraction)
    """

    weights: list[tuple[Quantity, Fraction]]

    @property
    def exact(self) -> bool:
        """Whether its values are fractions."""
        return all(quantity.kind != "indicator" for quantity, _ in self.weights)

    @property
    def key(self) -> str:
        """Tell goals apart."""
        return " + ".join(f"{weight} {quantity.name}" for quantity, weight in self.weights)

    def corners(self, choice: Choice) -> list[Any]:
        """Values of the pure fibres."""
        if self.key not in choice.memory:
            number: Any = Fraction if self.exact else float
            columns = [(q.above(choice), number(weight)) for q, weight in self.weights]
            choice.memory[self.key] = [
                sum((number(values[place]) * weight for values, weight in columns), number(0))
                for place in range(len(choice.columns))
            ]
        found: list[Any] = choice.memory[self.key]
        return found

    def value(self, choice: Choice, shares: Shares) -> Any:
        """Value of a blend: a fraction, or a float where indicators are in it."""
        number: Any = Fraction if self.exact else float
        terms = zip(choice.weights(shares), self.corners(choice))
        return sum((number(weight) * value for weight, value in terms), number(0))

    def below(self, one: Any, other: Any) -> bool:
        """Whether a value is below another one; floats that agree in nine digits are equal."""
        return bool(one < other) if self.exact else nine(one) < nine(other)
