"""Lots, orders and what an order asks of its lots, in exact fractions."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Iterator, Mapping, Optional, Sequence

from lca_cardato.claims.shares import BASES, POINTS

Kilograms = Mapping[str, Fraction]
"""Lot -> kilograms of it, as it enters the mixture."""


@dataclass(frozen=True)
class Lot:
    """A lot in stock: one fibre of one origin.

    Attributes
    ----------
    id : str
    kg : Fraction
        In stock, conditioned.
    fibre, label : str
        Fibre of the inventory, and its name on the label.
    regain : Fraction
        Agreed moisture allowance, share of the dry mass.
    origin : str
        As in a scenario.
    document : str
        Paper that proves the origin; empty where there is none.
    colour : str
        Folded as it is compared; empty for one that goes with any.
    finest : Fraction, optional
        Nm up to which it can be spun.
    loss : Fraction
        Share that is lost on the way into the product.
    cost : Fraction
        EUR/kg.
    line : int
        Row of the table.
    """

    id: str
    kg: Fraction
    fibre: str
    label: str
    regain: Fraction
    origin: str
    document: str
    colour: str
    finest: Optional[Fraction]
    loss: Fraction
    cost: Fraction
    line: int = 0

    @property
    def recycled(self) -> bool:
        """Whether it is declared recycled and a paper says so."""
        return self.origin.startswith("recycled") and bool(self.document)

    def weight(self, point: str, basis: str) -> Fraction:
        """Mass of a kilogram of it at a point of the route on a moisture basis."""
        kept = 1 - self.loss if point == "product" else Fraction(1)
        return kept / (1 + self.regain) if basis == "dry" else kept


@dataclass(frozen=True)
class Order:
    """An order: kilograms of product with its claim.

    Attributes
    ----------
    id : str
    kg : Fraction
        Of product, conditioned.
    nm : Fraction, optional
        Count of the single yarn.
    colour : str
    claim : str
        Claim to keep; empty for none.
    recycled : Fraction, optional
        Recycled share that the claim asks for.
    virgin_wool : bool
        Whether all wool has to be virgin, with a paper.
    fibres : mapping
        Name on the label -> share of it at least.
    price : Fraction, optional
        EUR/kg.
    line : int
    """

    id: str
    kg: Fraction
    nm: Optional[Fraction]
    colour: str
    claim: str
    recycled: Optional[Fraction]
    virgin_wool: bool
    fibres: Mapping[str, Fraction] = field(default_factory=dict)
    price: Optional[Fraction] = None
    line: int = 0

    def takes_colour(self, lot: Lot) -> bool:
        """Whether a lot has the colour of the order."""
        return not self.colour or not lot.colour or lot.colour == self.colour

    def takes_count(self, lot: Lot) -> bool:
        """Whether a lot can be spun to the count of the order."""
        return self.nm is None or lot.finest is None or self.nm <= lot.finest

    def takes_name(self, lot: Lot) -> bool:
        """Whether a lot may stand in the order, for the name *virgin wool*."""
        wool = lot.label == "wool"
        return not self.virgin_wool or not wool or (lot.origin == "virgin" and bool(lot.document))

    def takes(self, lot: Lot) -> bool:
        """Whether a lot may go into the order at all."""
        return self.takes_colour(lot) and self.takes_count(lot) and self.takes_name(lot)

    def rows(self, lots: Sequence[Lot]) -> Iterator[tuple[Fraction, ...]]:
        """Give what has to be 0 or more: coefficients of the kilograms of some lots, each once.

        The claim's share at both points of the route and on both moisture bases, as the rule packs
        read it, and the shares of fibres in the conditioned product.
        """
        found: dict[tuple[Fraction, ...], None] = {}
        if self.recycled is not None:
            for point in POINTS:
                for basis in BASES:
                    row = [
                        (lot.recycled - self.recycled) * lot.weight(point, basis) for lot in lots
                    ]
                    found[tuple(map(Fraction, row))] = None
        for name, share in self.fibres.items():
            row = [
                ((lot.label == name) - share) * lot.weight("product", "conditioned") for lot in lots
            ]
            found[tuple(map(Fraction, row))] = None
        yield from found
