"""Nodes and exchanges as they are stored in a Brightway project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

POSITIVE = {"production", "generic production", "substitution"}
NEGATIVE = {"technosphere", "generic consumption"}
PRODUCTION = {"production", "generic production"}
FLOWS = {"biosphere"}
Key = tuple[str, str]


@dataclass
class Edge:
    """An exchange: what it ends in, what it comes from, its type and amount."""

    output: Key
    input: Key
    kind: str
    amount: float


class Node(NamedTuple):
    """A node: its id, names, type, and what else is stored of it, packed."""

    id: int
    name: str
    product: str
    location: str
    kind: str
    data: bytes
