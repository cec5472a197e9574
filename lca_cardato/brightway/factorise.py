"""Scores per unit of a large background: one factorisation, kept on disk."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.errors import CalculationError
from lca_cardato.files.atomic import write_file
from lca_cardato.sentence import say

Array = NDArray[np.float64]
DIGEST = 32  # bytes


def unit_scores(
    technosphere: Any, biosphere: Any, characterisation: Any, cache: Optional[Path] = None
) -> Array:
    """Score of one unit of every product of a background.

    Parameters
    ----------
    technosphere : sparse array, shape (processes, processes)
        Production positive, use negative.
    biosphere : sparse array, shape (flows, processes)
    characterisation : array, shape (flows, indicators)
    cache : path, optional
        Folder in which scores are kept under the digest of the matrices.

    Returns
    -------
    ndarray, shape (processes, indicators)

    Raises
    ------
    CalculationError
        ``E304`` when the technosphere is singular.

    Notes
    -----
    ``s = inv(A)^T B^T C``: one sparse LU factorisation (SuperLU) and one solve per indicator with
    the transposed matrix give the scores of every process, however many there are; an inventory
    per process is never formed.
    """
    from scipy.sparse import csc_matrix
    from scipy.sparse.linalg import splu

    system = csc_matrix(technosphere, dtype=np.float64)
    flows = csc_matrix(biosphere, dtype=np.float64)
    factors = np.asarray(characterisation, dtype=np.float64)
    path = None if cache is None else cache / f"{_digest(system, flows, factors)}.scores"
    kept = None if path is None else _kept(path)
    if kept is not None:
        return kept
    try:
        factorised = splu(system)
    except RuntimeError as error:
        raise CalculationError.one(
            "E304", say("the background can't be solved: {error}", error=error)
        ) from None
    direct = flows.T @ factors
    scores = np.column_stack([factorised.solve(column, trans="T") for column in direct.T])
    if not np.isfinite(scores).all():
        raise CalculationError.one("E304", say("the background can't be solved: it is singular"))
    if path is not None:
        _keep(path, scores)
    return scores


def _digest(*matrices: Any) -> str:
    total = hashlib.sha256()
    for matrix in matrices:
        parts = [matrix]
        if hasattr(matrix, "indptr"):
            parts = [matrix.indptr, matrix.indices, matrix.data]
        for part in parts:
            total.update(str((part.dtype, part.shape)).encode())
            total.update(np.ascontiguousarray(part).data)
    return total.hexdigest()


def _keep(path: Path, scores: Array) -> None:
    """Write scores after their SHA-256."""
    buffer = io.BytesIO()
    np.save(buffer, scores)
    data = buffer.getvalue()
    write_file(path, hashlib.sha256(data).digest() + data, replace=True)


def _kept(path: Path) -> Optional[Array]:
    """Read scores; None where there are none, or the file is damaged and is made anew."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(raw[DIGEST:]).digest() != raw[:DIGEST]:
        return None
    return np.asarray(np.load(io.BytesIO(raw[DIGEST:]), allow_pickle=False), dtype=np.float64)
