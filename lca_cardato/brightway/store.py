"""Find, build once and read the store of an inventory."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping, Optional

import numpy as np

from lca_cardato import __version__
from lca_cardato.brightway.build import Progress as Progress
from lca_cardato.brightway.build import build
from lca_cardato.brightway.condensed import Background
from lca_cardato.brightway.line import line, versions
from lca_cardato.errors import DiskError, InputError
from lca_cardato.files.atomic import put_folder, sha256
from lca_cardato.files.home import alone, data_home, writing
from lca_cardato.inventory.kept import keep
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.corrections import FILE as CORRECTIONS
from lca_cardato.sentence import say

FORMAT = 11
FILES = ("arrays.npz", "index.json")
DIGEST = "digest"
KEPT = 4
"""Stores that stay in memory, of those that were read."""


@dataclass(repr=False)
class Store:
    """A built store.

    Attributes
    ----------
    folder : Path
    background : Background
        Condensed background.
    technosphere, biosphere, characterisation : ndarray
        Matrices of the background.
    datasets : list of str
        Order of the technosphere.
    flows : list
        Order of the biosphere: name and categories.
    codes, units : list of str
        Code of each flow in Brightway's biosphere, and its unit; empty for published results.
    library : dict
        Id of a further method -> its characterisation factors, shape (flows,).
    doubts : list of dict
        What counts for nothing, see `lca_cardato.inventory.uncounted.doubts`.
    corrections : dict
        How many factors are corrected, see `lca_cardato.lcia.factors.correction_state`.
    """

    folder: Path
    background: Background
    technosphere: Any
    biosphere: Any
    characterisation: Any
    datasets: list[str]
    flows: list[tuple[str, tuple[str, ...]]]
    codes: list[str]
    units: list[str]
    library: dict[str, Any]
    doubts: list[dict[str, Any]]
    corrections: dict[str, Any]
    _method_digest: str = field(default="", init=False)

    def method_digest(self) -> str:
        """SHA-256 over the factors in use: flow, indicator and value, whatever their order."""
        if not self._method_digest:
            self._method_digest = self._digest_of_factors()
        return self._method_digest

    def _digest_of_factors(self) -> str:
        rows = sorted(
            f"{name}|{'/'.join(categories)}|{indicator}|{float(value)!r}"
            for (name, categories), factors in zip(self.flows, self.characterisation)
            for indicator, value in zip(self.background.indicators, factors)
            if value
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def store_name(inventory_digest: str) -> str:
    """Name of the store: hash of inventories, tool version, corrected factors and Brightway versions."""
    corrected = sha256(CORRECTIONS.read_bytes())
    parts = [
        str(FORMAT), __version__, inventory_digest, corrected, line(), *sorted(versions().values())
    ]  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def open_store(inventory: Inventory, progress: Optional[Progress] = None) -> Store:
    """Open the store of an inventory; build it when it does not exist.

    Parameters
    ----------
    inventory : Inventory
    progress : callable, optional
        Called with (step, steps, text) while the store is built.

    Returns
    -------
    Store

    Raises
    ------
    BusyError
        Another process has been building for more than ten minutes.
    CalculationError
        The build failed.
    InputError
        Elementary flows that do not exist, units that do not fit; all at once.
    DiskError
        The data directory can't be written (``E502``), or has no room for the store (``E507``).
    """
    folder = data_home() / store_name(inventory.digest)
    files = _sound_files(folder)
    if not files:
        from lca_cardato.inventory.flows import flow_problems

        problems = flow_problems(inventory)
        if problems:
            raise InputError(problems)
        _build_locked(folder, inventory, progress)
        files = _sound_files(folder)
    key = (folder, files.get(DIGEST, b""))
    store = _read.get(key)
    if store is None:
        store = read_store(folder, files)
        if len(_read) >= KEPT:
            _read.clear()
        _read[key] = store
    inventory.doubts = store.doubts
    return store


_read: dict[tuple[Path, bytes], Store] = {}


def is_sound(folder: Path) -> bool:
    """Check a store by the digest that was written last."""
    return bool(_sound_files(folder))


def _sound_files(folder: Path) -> dict[str, bytes]:
    """Files of a store, by name; nothing where one is missing or damaged."""
    try:
        files = {name: (folder / name).read_bytes() for name in (*FILES, DIGEST)}
    except OSError:
        return {}
    return files if files[DIGEST] == _digest(files) else {}


def _digest(files: Mapping[str, bytes]) -> bytes:
    total = hashlib.sha256()
    for name in FILES:
        total.update(files[name])
    return f"{total.hexdigest()}\n".encode("ascii")


def _build_locked(folder: Path, inventory: Inventory, progress: Optional[Progress]) -> None:
    with writing(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            if is_sound(folder):
                return
            files = build(inventory, progress)
            keep(inventory)
            shutil.rmtree(folder, ignore_errors=True)
            try:
                put_folder(folder, {**files, DIGEST: _digest(files)})
            except DiskError as error:
                raise DiskError.one(
                    "E507",
                    say(
                        "the inventories can't be installed: {why}",
                        why=error.problems[0].message,
                    ),
                    file=str(folder.parent),
                    suggestion=say(
                        "{bytes} bytes are needed; make room, or set LCA_CARDATO_HOME to a folder that has "
                        "some",
                        bytes=sum(map(len, files.values())),
                    ),
                ) from None


def read_store(folder: Path, files: Mapping[str, bytes]) -> Store:
    """Read a built store."""
    try:
        index = json.loads(files["index.json"])
        with np.load(io.BytesIO(files["arrays.npz"]), allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
    except (KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise DiskError.one(
            "E501", say("the store can't be read: {error}", error=error), file=str(folder)
        ) from None
    flows = [(name, tuple(categories)) for name, categories in index["flows"]]
    return Store(
        folder,
        background_of(
            index["datasets"], flows, index["indicators"], arrays["characterisation"], arrays
        ),
        arrays["technosphere"],
        arrays["biosphere"],
        arrays["characterisation"],
        index["datasets"],
        flows,
        index["codes"],
        index["units"],
        dict(zip(index["library"], arrays["library"].T)),
        index["doubts"],
        index["corrections"],
    )


def background_of(
    datasets: list[str],
    flows: list[tuple[str, tuple[str, ...]]],
    indicators: list[str],
    factors: Any,
    arrays: dict[str, Any],
) -> Background:
    """Condensed background with a row for every dataset and every elementary flow.

    An elementary flow has its characterisation factors as score, no assumed part, and no weight
    in the coverage of its own (its activity decides).
    """
    count, extra = len(datasets), len(flows)
    rows: dict[Any, int] = {name: i for i, name in enumerate(datasets)}
    rows.update({flow: count + i for i, flow in enumerate(flows)})
    used = np.zeros((count + extra, count), dtype=bool)
    used[:count] = arrays["used"]
    return Background(
        indicators=indicators,
        rows=rows,
        scores=np.vstack([arrays["scores"], factors]),
        assumed=np.vstack([arrays["assumed"], np.zeros_like(factors)]),
        assumed_here=arrays["assumed_here"],
        passed_on=arrays["passed_on"],
        covered=np.vstack([arrays["covered"], np.zeros_like(factors)]),
        weight=np.vstack([arrays["weight"], np.zeros_like(factors)]),
        covered_climate=np.vstack([arrays["covered_climate"], np.zeros_like(factors)]),
        climate=np.concatenate([arrays["climate"], np.zeros(extra)]),
        typical=arrays["typical"],
        used=used,
    )
