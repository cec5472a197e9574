"""Exact masses of the fibres of many rows, and which rows have the same shares."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.batch.bind import Bindings
from lca_cardato.claims.blend import Groups
from lca_cardato.claims.shares import FibrePart, fibre_parts
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import rework_key, share_key
from lca_cardato.space.axes import Part


class Exact:
    """Exact masses of rows that share a product system, remembered by what decides them.

    Parameters
    ----------
    parts : sequence of Part
        Of the space.
    bindings : Bindings
    entries : list of ndarray, shape (rows,)
        Entry of every part.
    memory : dict
        What was found before.
    most : int
        Groups of rows with equal shares that may be remembered.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        bindings: Bindings,
        entries: list[NDArray[np.int64]],
        memory: dict[int, list[FibrePart]],
        most: int,
    ) -> None:
        self.entries, self.memory, self.most = entries, memory, most
        self._groups: dict[tuple[int, ...], Optional[Groups]] = {}
        self.model: ProductModel = bindings.model
        places = []
        for number, part in enumerate(parts):
            places += [(number, axis) for axis in part.axes]
        self.items = [
            (item, *places[item.axis])
            for item in bindings.items
            if item.kind == "share" or item.key.endswith(".reclaimed") or ".loss" in item.key
        ]
        everything = {number: parts[number].size for _, number, _ in self.items}
        shares = {n: parts[n].size for item, n, _ in self.items if item.kind == "share"}
        one = len(self.model.yarns) == 1
        self.shares = shares
        self.sizes = {
            "mass": everything,
            "blend_input": shares if one else everything,
            "product": shares if one and _same_losses(self.model) else everything,
        }

    def groups(self, point: str) -> Optional[Groups]:
        """Group all rows by their exact shares at a point; see `lca_cardato.claims.blend.Content`."""
        sizes = self.sizes[point]
        key = tuple(sizes)
        if key not in self._groups:
            size = math.prod(sizes.values())
            self._groups[key] = self._grouped(sizes, size) if size <= self.most else None
        return self._groups[key]

    def _grouped(self, sizes: dict[int, int], size: int) -> Groups:
        codes = np.zeros(len(self.entries[0]), dtype=np.int64)
        for number, entries in sizes.items():
            codes *= entries
            codes += self.entries[number]
        runs = np.concatenate(([0], np.flatnonzero(codes[1:] != codes[:-1]) + 1))
        numbers, first = np.unique(codes[runs], return_index=True)
        return Groups(size, numbers, runs[first], codes)

    def codes(self, rows: NDArray[np.intp], point: str) -> NDArray[np.int64]:
        """Number the entries that the shares at a point depend on."""
        code = np.zeros(len(rows), dtype=np.int64)
        for number, size in self.sizes[point].items():
            code = code * size + self.entries[number][rows]
        return code

    def __call__(self, row: int) -> list[FibrePart]:
        """Exact masses of a row."""
        code = int(self.codes(np.array([row]), "mass")[0])
        found = self.memory.get(code)
        if found is None:
            if len(self.memory) > 20_000:
                self.memory.clear()
            found = fibre_parts(self.model, self._changed(self._typed(row)))
            self.memory[code] = found
        return found

    def at(self, row: int, point: str) -> list[FibrePart]:
        """Exact masses of a row, or what is in their proportions at a point of the route."""
        if self.sizes[point] is not self.shares:
            return self(row)
        changed = self._changed(self._typed(row))
        (yarn,) = self.model.yarns
        parts = []
        for line, stated in zip(yarn.lines, yarn.shares):
            share = changed.get(share_key(line), stated)
            parts.append(FibrePart(line, False, share, share, Fraction(0), Fraction(0)))
        return parts

    def _typed(self, row: int) -> dict[str, Fraction]:
        return {
            item.key: axis.exact(int(self.entries[number][row])) * item.factor
            for item, number, axis in self.items
        }

    def _changed(self, typed: dict[str, Fraction]) -> dict[str, Fraction]:
        changed = {k: v for k, v in typed.items() if ".loss" in k or k.endswith(".reclaimed")}
        for yarn in self.model.yarns:
            rework = typed.get(rework_key(yarn), yarn.rework)
            if rework_key(yarn) not in typed and not any(x.key in typed for x in yarn.lines):
                continue
            fresh = 1 - (yarn.rework or Fraction(0))
            shares = [
                typed.get(line.key, fresh * share) for line, share in zip(yarn.lines, yarn.shares)
            ]
            whole = sum(shares, Fraction(0))
            for line, share in zip(yarn.lines, shares):
                changed[share_key(line)] = share / whole
            if rework is not None:
                changed[rework_key(yarn)] = rework
        return changed


def _same_losses(model: ProductModel) -> bool:
    """Whether all fibres of the yarn lose the same in every step; their shares then stay."""
    for use in model.yarns[0].steps:
        keys = {use.loss.get(line.index, use.loss.get(-1)) for line in model.yarns[0].lines}
        if len(keys) > 1:
            return False
    return True
