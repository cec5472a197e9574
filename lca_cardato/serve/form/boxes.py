"""What the page of the form is made of: boxes with labels, groups of them, groups that repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union


@dataclass(frozen=True)
class Box:
    """A box with its label.

    Attributes
    ----------
    name, label, hint, value : str
    kind : str
        ``text``, ``area``, ``date`` or ``select``.
    options : tuple of (str, str)
        Of a select: what is sent, and what is read.
    units : tuple of str
        Units to choose from beside it.
    unit : str
        The chosen one.
    proposals : str
        Id of the list of texts to propose.
    needed, redraw : bool
        Whether it must be filled in, and changes what else is shown.
    """

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    unit: str = ""
    proposals: str = ""
    needed: bool = False
    redraw: bool = False


@dataclass
class Group:
    """Boxes and parts under one heading.

    Attributes
    ----------
    name, title : str
    boxes, rare : list of Box
        Those that are shown, and those that are folded away.
    parts : list of Group or Repeat
    kinds : list of (str, str)
        Readings that can be added to it.
    removable, open : bool
        Whether it can be taken out, and whether its folded boxes are shown.
    """

    name: str
    title: str
    boxes: list[Box] = field(default_factory=list)
    rare: list[Box] = field(default_factory=list)
    parts: list[Union[Group, Repeat]] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    removable: bool = False
    open: bool = False


@dataclass
class Repeat:
    """Groups of one kind, to which others can be added.

    Attributes
    ----------
    name, title, one : str
        `one` is what an entry is called.
    groups : list of Group
    names : tuple of (str, tuple of (str, str))
        Names of which one is chosen for a new entry, in groups with a heading; empty where it is
        typed, or has none.
    """

    name: str
    title: str
    one: str
    groups: list[Group] = field(default_factory=list)
    names: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
