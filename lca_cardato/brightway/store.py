"""Find, build once and read the store of an inventory."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

import numpy as np

from lca_cardato import __version__
from lca_cardato.brightway.condensed import Background
from lca_cardato.brightway.line import line, versions
from lca_cardato.errors import CalculationError, DiskError, InputError
from lca_cardato.files.home import alone, data_home, writing
from lca_cardato.inventory.records import Inventory

Progress = Callable[[int, int, str], None]
FORMAT = 5


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

    def method_digest(self) -> str:
        """SHA-256 over the factors in use: flow, indicator and value, whatever their order."""
        rows = sorted(
            f"{name}|{'/'.join(categories)}|{indicator}|{float(value)!r}"
            for (name, categories), factors in zip(self.flows, self.characterisation)
            for indicator, value in zip(self.background.indicators, factors)
            if value
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def store_name(inventory_digest: str) -> str:
    """Name of the store: hash of inventories, tool version and Brightway versions."""
    parts = [str(FORMAT), __version__, inventory_digest, line(), *sorted(versions().values())]
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
        The data directory can't be written.
    """
    folder = data_home() / store_name(inventory.digest)
    if not is_sound(folder):
        from lca_cardato.inventory.flows import flow_problems

        problems = flow_problems(inventory)
        if problems:
            raise InputError(problems)
        _build_locked(folder, inventory, progress)
    return read_store(folder)


def is_sound(folder: Path) -> bool:
    """Check a store by the digest that was written last."""
    try:
        digest = (folder / "digest").read_text(encoding="ascii").strip()
        return digest == _digest(folder)
    except (OSError, UnicodeDecodeError):
        return False


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for name in ("arrays.npz", "index.json"):
        total.update((folder / name).read_bytes())
    return total.hexdigest()


def _build_locked(folder: Path, inventory: Inventory, progress: Optional[Progress]) -> None:
    with writing(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            if is_sound(folder):
                return
            partial = folder.with_name(folder.name + ".partial")
            for leftover in (partial, folder):
                shutil.rmtree(leftover, ignore_errors=True)
            partial.mkdir()
            _run_build(partial, inventory, progress)
            (partial / "digest").write_text(_digest(partial) + "\n", encoding="ascii")
            partial.rename(folder)


def _run_build(partial: Path, inventory: Inventory, progress: Optional[Progress]) -> None:
    folders = [f"{k}={f.resolve()}" for k, f in zip(inventory.layers, inventory.folders)]
    command = [sys.executable, "-m", "lca_cardato.brightway.build", str(partial), *folders]
    environment = dict(os.environ, PYTHONUTF8="1")
    root = str(Path(__file__).resolve().parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(
        [root, *filter(None, [environment.get("PYTHONPATH")])]
    )
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, env=environment, text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        assert process.stdout is not None
        for text in process.stdout:
            parts = text.rstrip("\n").split("\t")
            if progress and len(parts) == 3:
                progress(int(parts[0]), int(parts[1]), parts[2])
        if process.wait() == 0:
            return
        complaints.seek(0)
        last = complaints.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    raise CalculationError.one(
        "E402", "the inventories could not be installed: " + (last[0] if last else "no message")
    )


def read_store(folder: Path) -> Store:
    """Read a built store."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    try:
        with np.load(folder / "arrays.npz", allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise DiskError.one("E501", f"the store can't be read: {error}", file=str(folder)) from None
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
        weight=np.concatenate([arrays["weight"], np.zeros(extra)]),
        used=used,
    )
