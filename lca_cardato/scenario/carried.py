"""Readings of a yarn that a fabric carries over: their files, their names, their period."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Collection, Mapping, Optional

Tree = Any


def carried_readings(
    tree: Tree, yarn: str, year: Optional[int], taken: Collection[str]
) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """Give the readings of a yarn as the file of a fabric holds them.

    Parameters
    ----------
    tree : dict
        Scenario of the yarn, its documents named as in the fabric.
    yarn : str
        Name of the yarn in the fabric.
    year : int, optional
        Year in which the yarn was made: period of readings that state none.
    taken : collection of str
        Names that are taken.

    Returns
    -------
    readings : dict
        Name in the fabric -> reading.
    names : dict
        Name in the yarn's file -> name in the fabric.
    maps : dict
        File of each mapping in the fabric -> as the yarn names it.
    """
    readings: dict[str, Any] = {}
    names: dict[str, str] = {}
    maps: dict[str, str] = {}
    for key, item in (tree.get("readings") or {}).items():
        item = dict(item)
        if item.get("map"):
            place = PurePosixPath("yarns", yarn, item["map"].replace("\\", "/")).as_posix()
            maps[place] = item["map"]
            item["map"] = place
        if not item.get("period") and year:
            item["period"] = str(year)
        new = key
        while new in taken or new in readings:
            new = f"{yarn}.{new}"[:64]
        names[key], readings[new] = new, item
    return readings, names, maps


def meters_renamed(tree: Tree, names: Mapping[str, str]) -> Tree:
    """Give a tree whose figures follow the new names of readings."""
    if isinstance(tree, list):
        return [meters_renamed(item, names) for item in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        key: names.get(value, value)
        if key in ("reading", "lots") and isinstance(value, str)
        else meters_renamed(value, names)
        for key, value in tree.items()
    }
