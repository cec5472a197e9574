"""Documents and lots that may be the same under another name, told as questions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lca_cardato.claims.books import Books, DocumentBalance, total

GROUNDS = ("content", "parts", "name", "file", "lot", "said", "spelling")
ANY_LOT = ("content", "lot", "spelling")
"""Kinds of likeness, the surest first; other lots do not speak against those of the second list."""


@dataclass
class Alike:
    """Documents that may be one.

    Attributes
    ----------
    documents : list of DocumentBalance
    grounds : list of str
        Of `GROUNDS`.
    lots : list of str
        Spellings of the lot, where they differ.
    """

    documents: list[DocumentBalance]
    grounds: list[str]
    lots: list[str]

    @property
    def documented(self) -> Fraction:
        """The largest mass of one of them, kg."""
        return max(row.documented for row in self.documents)

    @property
    def claimed(self) -> Fraction:
        """What is claimed on all of them, kg."""
        return total(self.documents)

    @property
    def over(self) -> bool:
        """Whether more is claimed than there is, if they are one."""
        return self.claimed > self.documented


def alike(books: Books) -> list[Alike]:
    """Find documents that may be one.

    Parameters
    ----------
    books : Books

    Returns
    -------
    list of Alike
        By the name of their first document.

    Notes
    -----
    Two documents are alike when one file is the other with a byte more at an end; when lot and
    mass are the same; when their lots differ in the way of writing alone; and, unless they are of
    different lots, when a large part of both files is the same, or name, or file name, and mass,
    or issuer, date and mass.
    """
    sets = _Sets()
    grounds: dict[str, set[str]] = {}
    lots: dict[str, set[str]] = {}
    for ground in GROUNDS:
        for rows in books.groups(ground):
            for same in [rows] if ground in ANY_LOT else _of_one_lot(rows):
                keys = [row[0] for row in same]
                spelled = {row[2] for row in same if row[2]}
                if len(set(keys)) < 2 or (ground == "spelling" and len(spelled) < 2):
                    continue
                sets.join(keys)
                grounds.setdefault(keys[0], set()).add(ground)
                if len(spelled) > 1 and ground in ("lot", "spelling"):
                    lots.setdefault(keys[0], set()).update(spelled)
    found = []
    for members in sets.groups():
        told = {ground for key in members for ground in grounds.get(key, ())}
        spelled = {lot for key in members for lot in lots.get(key, ())}
        documents = sorted((books.document(key) for key in members), key=lambda d: (d.names, d.key))
        found.append(Alike(documents, [g for g in GROUNDS if g in told], sorted(spelled)))
    return sorted(found, key=lambda one: (one.documents[0].names, one.documents[0].key))


def _of_one_lot(rows: list[tuple]) -> list[list[tuple]]:
    """Part rows of (key, lot, typed lot) by their lots; one without a lot may be of any."""
    lots = {row[1] for row in rows if row[1]}
    if len(lots) < 2:
        return [rows]
    return [[row for row in rows if row[1] == lot] for lot in sorted({row[1] for row in rows})]


class _Sets:
    """Sets of keys that are joined."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def top(self, key: str) -> str:
        while self.above.setdefault(key, key) != key:
            self.above[key] = key = self.above[self.above[key]]
        return key

    def join(self, keys: list[str]) -> None:
        first = self.top(keys[0])
        for key in keys[1:]:
            self.above[self.top(key)] = first

    def groups(self) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for key in self.above:
            found.setdefault(self.top(key), []).append(key)
        return [sorted(keys) for keys in found.values()]
