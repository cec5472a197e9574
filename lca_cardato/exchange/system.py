"""A product system with everything behind it, as plain data that every format is written from."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from math import log
from typing import Any, Optional

SPACE = uuid.UUID("6f8a2c0e-6a44-5d0b-9f0e-0d6a3f5b7c11")


@dataclass
class Spread:
    """Distribution of an amount, with the ids of stats_arrays.

    2 lognormal (`loc`, `scale` of the logarithm), 3 normal, 4 uniform, 5 triangular.
    """

    kind: int
    loc: Optional[float] = None
    scale: Optional[float] = None
    minimum: Optional[float] = None
    maximum: Optional[float] = None

    def times(self, factor: float) -> Spread:
        """Give the distribution of the amount multiplied by something above 0."""
        ends = [None if end is None else end * factor for end in (self.minimum, self.maximum)]
        if self.kind == 2:
            middle = None if self.loc is None or factor <= 0 else self.loc + log(factor)
            return Spread(2, middle, self.scale, *ends)
        figures = [None if f is None else f * factor for f in (self.loc, self.scale)]
        return Spread(self.kind, *figures, *ends)


@dataclass
class Edge:
    """An exchange of a process.

    Attributes
    ----------
    target : str
        Code of a process or of a flow.
    amount : float
        In the unit of the target; an input of a process, or an elementary flow.
    flow : bool
        Whether it is an elementary flow.
    comment : str
    spread : Spread or None
    parameter : str
        Name of the parameter that the amount is proportional to; empty for none.
    factor : float
        From that parameter to the amount.
    """

    target: str
    amount: float
    flow: bool
    comment: str = ""
    spread: Optional[Spread] = None
    parameter: str = ""
    factor: float = 0.0


@dataclass
class Process:
    """A process that makes 1 of its reference product.

    Attributes
    ----------
    stage : str
        Stage of the foreground; empty behind it.
    year : int or None
        Of the data.
    sources : list of str
        Where its figures were read.
    """

    code: str
    name: str
    product: str
    unit: str
    location: str
    stage: str
    comment: str
    edges: list[Edge] = field(default_factory=list)
    year: Optional[int] = None
    sources: list[str] = field(default_factory=list)


@dataclass
class Flow:
    """An elementary flow; `own` ones are not in Brightway's biosphere.

    Attributes
    ----------
    comment : str
        Who counts it, where only the methods of this export do.
    """

    code: str
    name: str
    categories: list[str]
    unit: str
    own: bool
    comment: str = ""

    @property
    def uuid(self) -> str:
        """UUID of the flow: ecoinvent's, or one of ours for a published result."""
        return identifier("flow", self.code) if self.own else self.code


@dataclass
class Figure:
    """A parameter of the foreground."""

    name: str
    key: str
    amount: float
    unit: str
    comment: str
    spread: Optional[Spread] = None


@dataclass
class Method:
    """An indicator with the factors of the flows in the system."""

    id: str
    name: str
    unit: str
    factors: dict[str, float]


@dataclass
class ProductSystem:
    """A product system with everything behind it.

    Attributes
    ----------
    id, name, declared_unit : str
    demand : str
        Code of the process that makes one declared unit.
    processes, flows, parameters, methods : list
    scores : dict
        Indicator -> score of one declared unit, for whoever checks the file.
    """

    id: str
    name: str
    declared_unit: str
    demand: str
    processes: list[Process]
    flows: list[Flow]
    parameters: list[Figure]
    methods: list[Method]
    scores: dict[str, float]

    def in_foreground(self, code: str) -> bool:
        """Whether a process is a step of the product, not one behind it."""
        return code.startswith("fg/") or code == self.demand

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return asdict(self)


def identifier(kind: str, *parts: str) -> str:
    """UUID of a thing, the same in every run."""
    return str(uuid.uuid5(SPACE, "|".join([kind, *parts])))
