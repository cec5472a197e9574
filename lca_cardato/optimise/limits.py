"""Limits of a blend: rows of the program, and the exact answer whether they hold."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Callable, ClassVar, Optional, Sequence

from lca_cardato.optimise.choices import Choice, Shares
from lca_cardato.optimise.program import Program
from lca_cardato.sentence import say
from lca_cardato.text.number import nine

ROOM = 1e-8
"""Relative room that a row over floats gives; nine digits decide."""


@dataclass(eq=False)
class Limit:
    """Something that has to hold.

    Attributes
    ----------
    key : str
        Unique, such as ``limits[0]`` or ``stock.wool``.
    told : str
        What it asks for: a sentence made by `lca_cardato.sentence.say`, or a limit as typed.
    """

    key: str
    told: str
    late: ClassVar[bool] = False
    """Whether it is asked once all others hold, for it takes long."""

    def put(self, program: Program) -> None:
        """Write it into a program."""
        raise NotImplementedError

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Whether it holds for a blend, exactly."""
        raise NotImplementedError

    def learn(self, choice: Choice, shares: Shares, program: Program) -> bool:
        """Cut off more than the blend that failed; whether that could be done."""
        return False


@dataclass(eq=False)
class Bound(Limit):
    """A bound of a share; the lattice of the program holds it."""

    place: int
    low: bool

    def put(self, program: Program) -> None:
        """Nothing to write: see `Program.loosened`."""

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Whether the share is within the bound."""
        for column, share in zip(choice.columns, shares):
            if column.place == self.place:
                return share >= column.low if self.low else share <= column.high
        return True

    @property
    def loosening(self) -> str:
        """Key by which a program leaves it out."""
        return f"{'low' if self.low else 'high'}/{self.place}"


Corners = Callable[[Choice], Sequence[Any]]
"""A quantity at the corners of a combination."""


@dataclass(eq=False)
class Ratio(Limit):
    """A ratio of two quantities, at most or at least a number.

    Attributes
    ----------
    above : callable
        Quantity at the corners; fractions where the limit is decided exactly, else floats.
    below : callable or None
        What it is a share of; None for a quantity per unit of product.
    number : Fraction
    most : bool
        Whether the number is the most, else the least.
    name, unit : str
        Of the quantity; empty where nobody asked for it by name.
    factor : Fraction
        From a number in that unit to `number`.
    """

    above: Corners
    below: Optional[Corners]
    number: Fraction
    most: bool
    name: str = ""
    unit: str = ""
    factor: Fraction = Fraction(1)

    def _gaps(self, choice: Choice, number: Any) -> list[Any]:
        """Quantity minus the number at the corners, times the yield."""
        above = self.above(choice)
        below: Sequence[Any] = self.below(choice) if self.below else [1] * len(above)
        sign = -1 if self.most else 1
        kind: Any = float if isinstance(number, float) else Fraction
        return [
            sign * kind(y) * (a - number * kind(b)) for y, a, b in zip(choice.yields, above, below)
        ]

    def put(self, program: Program) -> None:
        """Write it as one row."""
        choice = program.choice
        number: Any = self.number
        if isinstance(self.above(choice)[0], float):
            number = float(number) * (1 + ROOM if self.most else 1 - ROOM)
        program.row(self._gaps(choice, number))

    def value(self, choice: Choice, shares: Shares) -> Any:
        """Give the quantity of a blend."""
        weights, above = choice.weights(shares), self.above(choice)
        if isinstance(above[0], float):
            return sum(float(w) * a for w, a in zip(weights, above))
        whole = sum((w * a for w, a in zip(weights, above)), Fraction(0))
        if self.below is None:
            return whole
        return whole / sum((w * b for w, b in zip(weights, self.below(choice))), Fraction(0))

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Decide by fractions, or by nine digits where the quantity is a float."""
        found: Any = self.value(choice, shares)
        number: Any = self.number
        if isinstance(found, float):
            found, number = nine(found), nine(float(number))
        return bool(found <= number if self.most else found >= number)


@dataclass(eq=False)
class Stock(Limit):
    """What lies in the store of some lines, in kg for the whole batch."""

    places: tuple[int, ...]
    kilograms: Fraction

    def lines(self, choice: Choice) -> set[str]:
        """Keys of the lines that are taken from it."""
        return {c.line.key for c in choice.columns if c.place in self.places}

    def _corners(self, choice: Choice) -> list[Any]:
        """Taken per kg of product at the corners, kg."""
        keys = self.lines(choice)
        return [
            sum((part.fresh for part in corner if part.line.key in keys), Fraction(0))
            for corner in choice.corners
        ]

    def per_product(self, choice: Choice) -> Fraction:
        """What there is per kg of product, kg."""
        batch = choice.model.scenario.product.batch
        assert batch is not None
        return self.kilograms / batch.amount

    def put(self, program: Program) -> None:
        """Write it as one row."""
        choice, has = program.choice, self.per_product(program.choice)
        program.row([y * (has - a) for y, a in zip(choice.yields, self._corners(choice))])

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Whether the batch takes no more than there is."""
        return self.left(choice, shares) >= 0

    def left(self, choice: Choice, shares: Shares) -> Fraction:
        """Give what stays in the store, kg."""
        taken = zip(choice.weights(shares), self._corners(choice))
        batch = choice.model.scenario.product.batch
        assert batch is not None
        return self.kilograms - batch.amount * sum((w * a for w, a in taken), Fraction(0))


@dataclass(eq=False)
class Number(Limit):
    """How many fibres a blend has."""

    number: int
    most: bool

    def put(self, program: Program) -> None:
        """Write it over the binaries."""
        sign = -1 if self.most else 1
        used = [program.used(place) for place in range(len(program.choice.columns))]
        program.steps({}, dict.fromkeys(used, sign), sign * self.number)

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Count them."""
        count = sum(1 for share in shares if share)
        return count <= self.number if self.most else count >= self.number


@dataclass(eq=False)
class Least(Limit):
    """The least share of a fibre that is used."""

    share: Fraction

    def put(self, program: Program) -> None:
        """Write a row for every fibre that varies."""
        for place, column in enumerate(program.choice.columns):
            if column.varied:
                low, _ = program.ends[place]
                most = -((column.low - self.share) // program.step)
                if most > low:
                    program.steps({place: 1}, {program.used(place): -(most - low)}, low)

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Hold every share against it."""
        return all(
            not share or share >= self.share or not column.varied
            for column, share in zip(choice.columns, shares)
        )


@dataclass(eq=False)
class Together(Limit):
    """Lines that are all in the blend or none of them; or one of them at most."""

    places: tuple[int, ...]
    apart: bool

    def _columns(self, choice: Choice) -> list[int]:
        return [i for i, column in enumerate(choice.columns) if column.place in self.places]

    def put(self, program: Program) -> None:
        """Write it over the binaries."""
        used = [program.used(place) for place in self._columns(program.choice)]
        if self.apart:
            program.steps({}, dict.fromkeys(used, -1), -1)
            return
        for one, other in zip(used, [*used[1:], *used[:1]]):
            if one != other:
                program.steps({}, {one: 1, other: -1}, 0)

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Look at which are there."""
        found = [bool(shares[place]) for place in self._columns(choice)]
        return sum(found) <= 1 if self.apart else all(found) or not any(found)


def bounds_of(choice: Choice, names: dict[int, str]) -> list[Bound]:
    """Bounds of the shares as limits, so that they can be named where nothing fits."""
    found = []
    for column in choice.columns:
        if not column.varied:
            continue
        name = names[column.place]
        if column.low > 0:
            text = say("{line}: at least {share}", line=name, share=percent(column.low))
            found.append(Bound(f"simplex.{name}.min", text, column.place, True))
        if column.high < 1:
            text = say("{line}: at most {share}", line=name, share=percent(column.high))
            found.append(Bound(f"simplex.{name}.max", text, column.place, False))
    return found


def percent(share: Fraction) -> str:
    """Write a share."""
    from lca_cardato.space.axes import percent_text

    return percent_text(share)
