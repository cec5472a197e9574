"""A process of another program as plain data, and the file that it comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Callable, Hashable, Iterable, Iterator, Mapping, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.system import Spread
from lca_cardato.sentence import say

MAX_BYTES = 50_000_000


@dataclass
class Line:
    """An exchange.

    Attributes
    ----------
    flow : bool
        Whether it is an elementary flow.
    name, product, location : str
        Of the process that makes it, or of the flow.
    unit : str
        As ours, where it is known.
    amount : float
        Per `Foreign.amount` of the process, in `unit`; an input of a process, or what an
        elementary flow is in its own direction.
    categories : tuple of str
        Of an elementary flow.
    code : str
        UUID of the flow or process, if the file gives it.
    database : str
        Database that the process of the other side lies in, if the file gives it.
    sibling : str
        Key of the process of the same file that makes it; empty for none.
    credit : bool
        Whether it is a substitution or an avoided product.
    waste : bool
        Whether the file itself says that the product is waste, which is counted as treated.
    place : str
        Where it stands in the file.
    told : list of str
        What was made of it while it was read: a formula evaluated, directions netted.
    lost : str
        What of the exchange has no place here.
    aliases : tuple of (str, str, str)
        Further names by which its process may be known: of the process, of its product, its place.
    """

    flow: bool
    name: str
    unit: str
    amount: float
    product: str = ""
    location: str = ""
    categories: tuple[str, ...] = ()
    code: str = ""
    database: str = ""
    sibling: str = ""
    spread: Optional[Spread] = None
    comment: str = ""
    credit: bool = False
    waste: bool = False
    place: str = ""
    told: list[str] = field(default_factory=list)
    lost: str = ""
    aliases: tuple[tuple[str, str, str], ...] = ()

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Names by which the process of the other side may be known, the surest first."""
        yield self.name, self.product, self.location
        yield from self.aliases


@dataclass
class Foreign:
    """A process; `amount` of its product in `unit` is what the lines belong to.

    Attributes
    ----------
    code : str
        Its key in the file: one process alone has it.
    products : int
        How many products it makes.
    flow : str
        Code of its product, if the file gives one.
    database : str
        Database that it belongs to, if the file says so.
    ident : str
        Code as the file gives it.
    problems : list of Problem
        What is wrong with it; told where the process is taken, so that it stops no other one.
    left : list of (str, float, str)
        Name, amount and unit of rows that are no exchange for us.
    told : list of str
        What was made of the process while it was read.
    """

    code: str
    name: str
    product: str
    unit: str
    amount: float
    location: str
    comment: str = ""
    source: str = ""
    year: Optional[int] = None
    products: int = 1
    flow: str = ""
    database: str = ""
    ident: str = ""
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@dataclass
class Head:
    """What a process can be chosen and found by, before it is read."""

    code: str
    name: str
    ident: str
    product: str = ""
    location: str = ""
    database: str = ""
    flow: str = ""
    waste: bool = False


@dataclass
class Read:
    """A file that was opened: its path and digest, its processes by key.

    Attributes
    ----------
    format : str
        What it is, for people.
    heads : dict
        Key -> what the process is called.
    process : callable
        Reads a process by its key; only those that are needed are read whole.
    problems : list of Problem
        What is wrong with the file, whichever process is taken.
    told : list of str
        What of the file was not read.
    """

    file: Path
    digest: str
    format: str
    heads: dict[str, Head]
    process: Callable[[str], Foreign]
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def number(text: object, file: str, where: str) -> float:
    """Read a finite number.

    Raises
    ------
    InputError
        ``E104``.
    """
    try:
        value = float(str(text))
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputError.one(
            "E104", say("not a number"), file=file, key=where[:200], value=str(text)[:80]
        )
    return value


def makers(
    heads: Iterable[Head], keys: Callable[[Head], Iterable[Hashable]]
) -> dict[Hashable, list[str]]:
    """Give the processes that can be found by each key."""
    found: dict[Hashable, list[str]] = {}
    for head in heads:
        for key in set(keys(head)):
            found.setdefault(key, []).append(head.code)
    return found


def link(line: Line, found: Mapping[Hashable, list[str]], keys: Iterable[Hashable]) -> None:
    """Name the process of the same file that makes an input, where it is one alone.

    Parameters
    ----------
    line : Line
        Its `sibling` is set.
    found : mapping
        As `makers` gives it.
    keys : iterable
        What the line can be found by, the surest first.
    """
    if line.flow:
        return
    for key in keys:
        hits = found.get(key, [])
        if len(hits) == 1:
            line.sibling = hits[0]
            return
