"""What differs between the two lines of Brightway: 2.4 (bw2calc 1.x) and 2.5 (bw2calc 2 and 3).

Both are driven with matrices in memory: bw2calc alone calculates, and no project is opened or made.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import sys
import warnings
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Callable

import numpy as np
from numpy.typing import NDArray

FLOW_OFFSET = 1_000_000


@lru_cache(maxsize=1)
def line() -> str:
    """Tell the installed line, ``"2.4"`` or ``"2.5"``."""
    return "2.4" if version("bw2calc").split(".")[0] == "1" else "2.5"


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("bw2data", "bw2calc", "bw2io")}


def versions() -> dict[str, str]:
    """Versions of the Brightway packages."""
    return dict(_versions())


def import_bw2calc() -> Any:
    """Import bw2calc without bw2data, and without its hints and log lines on the screen.

    bw2calc takes bw2data where it finds it, to read projects. That is half of the time of its
    import, and makes or changes a default project in the user's folder; neither is wanted here.
    """
    if sys.modules.get("bw2calc") is not None:
        return sys.modules["bw2calc"]
    hidden = "bw2data" not in sys.modules
    with warnings.catch_warnings(), io.StringIO() as nowhere:
        warnings.simplefilter("ignore")
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            if hidden:
                sys.modules["bw2data"] = None  # type: ignore[assignment]
            try:
                import bw2calc
            finally:
                if hidden:
                    del sys.modules["bw2data"]
    return bw2calc


@dataclass
class Matrices:
    """A product system as coordinate lists.

    Attributes
    ----------
    technosphere : tuple of (rows, columns, values)
        Ids of products and activities count from 1; production positive, use negative.
    biosphere : tuple of (rows, columns, values)
        Ids of flows count from `FLOW_OFFSET`.
    characterisation : list of (rows, values)
        One pair per indicator.
    """

    technosphere: tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
    biosphere: tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
    characterisation: list[tuple[NDArray[Any], NDArray[Any]]]


def scores(matrices: Matrices, demand: dict[int, float]) -> list[float]:
    """Solve a product system with Brightway and characterise it.

    Parameters
    ----------
    matrices : Matrices
    demand : dict
        Product id -> amount.

    Returns
    -------
    list of float
        One score per indicator.
    """
    bw2calc = import_bw2calc()
    solved = _solved_24 if line() == "2.4" else _solved_25
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lca, load = solved(bw2calc, matrices, demand)
        result = []
        for matrix in _factor_matrices(lca, matrices, load):
            if matrix is None:
                result.append(0.0)
                continue
            lca.characterization_matrix = matrix
            lca.lcia_calculation()
            result.append(float(lca.score))
    return result


_made: dict[str, list[Any]] = {}
MADE = 8


def _factor_matrices(lca: Any, matrices: Matrices, load: Callable[[Any, Any], None]) -> list[Any]:
    """Characterisation matrices as Brightway makes them, kept for the next system like this.

    They depend on the factors and on the rows that the flows have got, and on nothing else. None
    stands for a method with a factor for no flow of the system: Brightway refuses it.
    """
    flows = lca.biosphere_dict if line() == "2.4" else lca.dicts.biosphere
    total = hashlib.sha256(repr(sorted(flows.items())).encode())
    for rows, values in matrices.characterisation:
        total.update(repr((rows.tolist(), values.tolist())).encode())
    key = total.hexdigest()
    if key not in _made:
        found: list[Any] = []
        for rows, values in matrices.characterisation:
            if len(rows):
                load(rows, values)
            found.append(lca.characterization_matrix if len(rows) else None)
        if len(_made) >= MADE:
            _made.clear()
        _made[key] = found
    return _made[key]


Solved = tuple[Any, Callable[[Any, Any], None]]


def _solved_25(bw2calc: Any, matrices: Matrices, demand: dict[int, float]) -> Solved:
    """Give the solved LCA, and what loads the factors of a method into it."""
    import bw_processing as bwp

    def vector(matrix: str, rows: Any, columns: Any, values: Any, flip: Any = None) -> Any:
        package = bwp.create_datapackage()
        indices = np.zeros(len(rows), dtype=bwp.INDICES_DTYPE)
        indices["row"], indices["col"] = rows, columns
        package.add_persistent_vector(
            matrix=matrix, indices_array=indices, data_array=np.asarray(values, dtype=float),
            name=matrix, flip_array=flip,
        )  # fmt: skip
        return package

    def load(rows: Any, values: Any) -> None:
        lca.load_lcia_data([vector("characterization_matrix", rows, np.ones_like(rows), values)])

    rows, columns, values = matrices.technosphere
    system = [
        vector("technosphere_matrix", rows, columns, np.abs(values), values < 0),
        vector("biosphere_matrix", *matrices.biosphere),
    ]
    lca = bw2calc.LCA(demand, data_objs=system)
    lca.lci()
    return lca, load


def _solved_24(bw2calc: Any, matrices: Matrices, demand: dict[int, float]) -> Solved:
    class InMemoryLCA(bw2calc.LCA):  # type: ignore[misc, name-defined]
        """LCA whose arrays come from memory; bw2calc accepts arrays in place of file paths."""

        def get_array_filepaths(self) -> tuple[Any, Any, None, None]:
            return [_system_array_24(matrices)], None, None, None

        def load(self, rows: Any, values: Any) -> None:
            self.method_filepath = [_method_array_24(rows, values)]
            self.load_lcia_data()

    lca = InMemoryLCA(demand)
    lca.load_lci_data(fix_dictionaries=False)
    lca._biosphere_dict = lca.biosphere_dict
    lca.build_demand_array()
    lca.lci_calculation()
    return lca, lca.load


_UNCERTAINTY_24 = [
    ("uncertainty_type", np.uint8), ("amount", np.float32), ("loc", np.float32),
    ("scale", np.float32), ("shape", np.float32), ("minimum", np.float32),
    ("maximum", np.float32), ("negative", np.bool_),
]  # fmt: skip
_DOUBLES_24 = [(n, np.float64 if t is np.float32 else t) for n, t in _UNCERTAINTY_24]


def _system_array_24(matrices: Matrices) -> NDArray[Any]:
    """Structured array of the 2.4 line; type 0 production, 1 use, 2 biosphere."""
    fields = [("input", np.uint32), ("output", np.uint32), ("row", np.uint32)]
    fields += [("col", np.uint32), ("type", np.uint8)]
    rows, columns, values = matrices.technosphere
    flows, activities, amounts = matrices.biosphere
    array = np.zeros(len(rows) + len(flows), dtype=fields + _DOUBLES_24)
    part = array[: len(rows)]
    part["input"], part["output"], part["amount"] = rows, columns, np.abs(values)
    part["type"] = np.where(values < 0, 1, 0)
    rest = array[len(rows) :]
    rest["input"], rest["output"], rest["amount"], rest["type"] = flows, activities, amounts, 2
    array["row"] = array["col"] = np.iinfo(np.uint32).max
    return array


def _method_array_24(rows: NDArray[Any], values: NDArray[Any]) -> NDArray[Any]:
    from bw2calc.utils import global_index

    fields = [("flow", np.uint32), ("geo", np.uint32), ("row", np.uint32), ("col", np.uint32)]
    array = np.zeros(len(rows), dtype=fields + _DOUBLES_24)
    array["flow"], array["amount"] = rows, values
    array["geo"] = 0 if global_index is None else global_index
    array["row"] = array["col"] = np.iinfo(np.uint32).max
    return array
