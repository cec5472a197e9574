"""The blend that is optimised: its lines, bounds and step, as the space file states them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lca_cardato.errors import InputError
from lca_cardato.sentence import say
from lca_cardato.space.load import LoadedSpace
from lca_cardato.space.paths import parse_path, value_at
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import parse_share

REWORK = "in_process_rework"


@dataclass(frozen=True)
class Varied:
    """A fibre whose share is looked for.

    Attributes
    ----------
    place : int
        Its line in the blend of the base scenario.
    name : str
        As the space file calls it.
    low, high : Fraction
        Bounds of its share, fractions of 1.
    """

    place: int
    name: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Shape:
    """What varies in the blend.

    Attributes
    ----------
    path : tuple
        Path of the blend.
    step : Fraction
        Step of the mill's scale; a share is its least share plus whole steps.
    lines : tuple of Varied
    file : str
        Name of the space file, for messages.
    """

    path: tuple
    step: Fraction
    lines: tuple[Varied, ...]
    file: str

    def paths(self) -> list[tuple]:
        """Path of the share of every line."""
        return [(*self.path, line.place, "share") for line in self.lines]


def shape_of(space: LoadedSpace) -> Shape:
    """Read the simplex of a space.

    Raises
    ------
    InputError
        ``E321`` when it has none or a step or bound can't be, ``E320`` when a line is not there, is
        own rework or varies twice.
    """
    simplex, file = space.space.simplex, str(space.inputs[-1].name)
    if simplex is None:
        raise InputError.one(
            "E321", say("the blend does not vary, so there is no best one"), file=file, key="simplex",
            suggestion=say("add `simplex` with the fibres, their bounds and the step of the scale"),
        )  # fmt: skip
    base = space.base.document.data
    path = parse_path(simplex.blend, base, file)
    blend = value_at(base, path)
    if not isinstance(blend, list) or path[-1] != "blend":
        raise InputError.one("E320", say("this is not a blend"), file=file, key=simplex.blend)
    found: list[Varied] = []
    for entry in simplex.lines:
        place = line_place(entry.line, base, path, file)
        if any(other.place == place for other in found):
            raise InputError.one("E320", say("a line varies twice"), file=file, key="simplex.lines")
        if blend[place].get("origin") == REWORK:
            raise InputError.one(
                "E320", say("own rework is no fibre to choose: its share stays as stated"), file=file,
                key=f"simplex.lines.{entry.line}",
            )  # fmt: skip
        found.append(Varied(place, entry.line, entry.min, entry.max))
    if simplex.step <= 0 or any(line.low > line.high for line in found):
        raise InputError.one(
            "E321", say("a step above 0 and `min` below `max`"), file=file, key="simplex"
        )
    return Shape(path, simplex.step, tuple(found), file)


def line_place(name: str, base: Any, path: tuple, file: str) -> int:
    """Find a line of the blend by its number, fibre or lot."""
    blend = value_at(base, path)
    lots = [i for i, line in enumerate(blend) if line.get("lot") == name]
    if len(lots) == 1:
        return lots[0]
    dots = ".".join(str(part) for part in path)
    return int(parse_path(f"{dots}.{name}.share", base, file)[-2])


def fixed_share(data: Any, shape: Shape) -> Fraction:
    """Sum of the shares that do not vary, in a scenario.

    Raises
    ------
    InputError
        ``E110`` for a line without a sound share.
    """
    varied = {line.place for line in shape.lines}
    fixed = Fraction(0)
    for index, line in enumerate(value_at(data, shape.path) or []):
        if index in varied:
            continue
        try:
            fixed += parse_share(line["share"])
        except (QuantityError, KeyError, TypeError):
            key = ".".join(str(part) for part in (*shape.path, index))
            raise InputError.one(
                "E110", say("the base scenario has no sound share here"), file=shape.file, key=key
            ) from None
    return fixed
