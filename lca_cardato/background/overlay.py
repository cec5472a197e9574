"""Make inventory records from a user's database: each takes the scores of one of its processes."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Sequence, Union

import numpy as np

from lca_cardato import __version__
from lca_cardato.background.flows import Uncounted, characterisation, told, uncounted
from lca_cardato.background.mapping import (
    Mapping,
    Match,
    Target,
    likely_mapping,
    load_mapping,
    match,
)
from lca_cardato.background.matrices import Process, UserMatrices, load_matrices
from lca_cardato.background.project import Project, split_name
from lca_cardato.background.terms import credit_of
from lca_cardato.brightway.factorise import unit_scores
from lca_cardato.brightway.line import FLOW_OFFSET, Matrices
from lca_cardato.brightway.process import scores
from lca_cardato.brightway.store import Progress
from lca_cardato.errors import InputError, IntegrityError
from lca_cardato.files.atomic import sha256, write_file
from lca_cardato.files.home import data_home
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.models import Dataset
from lca_cardato.inventory.placed import BY_PLACE
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.flows import FAMILIES
from lca_cardato.lcia.indicators import INDICATORS, RESULT_ALIASES, Indicator
from lca_cardato.lcia.methods import Method
from lca_cardato.sentence import say

FORMAT = 2
RTOL = 1e-9
SOURCE = "user-background"
NAME = "background.yaml"
STEPS = 4
NOT_NAMED = "the mapping does not name it"


@dataclass(frozen=True)
class UserBackground:
    """A database of the user's, matched with our background."""

    project: Project
    database: str
    mapping: Mapping
    matrices: UserMatrices
    matches: list[Match]

    @property
    def taken(self) -> list[tuple[str, Target, Process]]:
        """Our datasets that take a process of the user's, each with it."""
        return [(m.dataset, m.target, m.process) for m in self.matches if m.process is not None]


def background_folder(
    name: str, methods: Sequence[Method] = (), mapping: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
) -> Path:  # fmt: skip
    """Give the folder of inventory records taken from a user's database; make it once.

    Parameters
    ----------
    name : str
        ``PROJECT/DATABASE``.
    methods : sequence of Method
        Methods that are computed beside the indicators.
    mapping : str or Path, optional
        Name of a shipped mapping or a file; the one that fits best when left out.
    progress : callable, optional
        Called with (step, steps, text).

    Returns
    -------
    Path
        Folder for the argument ``background`` of `lca_cardato.inventory.load.load_inventory`.

    Raises
    ------
    InputError
        Unknown names; ``E327``, one for each process of the mapping that the database does not
        hold, with the nearest ones.
    IntegrityError
        ``E601`` when Brightway's scores differ by more than 1e-9.
    """
    project, database = split_name(name)
    inventory = load_inventory()
    chosen = load_mapping(mapping, inventory) if mapping is not None else None
    parts = [
        str(FORMAT), __version__, project.stamp(), str(project.folder), database,
        inventory.digest, sha256(chosen.data) if chosen else "",
        *(_identity(method) for method in methods),
    ]  # fmt: skip
    folder = data_home() / "backgrounds" / sha256("\0".join(parts).encode())[:24]
    file, mark = folder / NAME, folder / "digest"
    with contextlib.suppress(OSError):
        if mark.read_bytes() == sha256(file.read_bytes()).encode():
            return folder
    user = open_background(project, database, chosen, inventory, progress)
    data = overlay_text(user, inventory, methods, progress).encode()
    write_file(file, data, replace=True)
    write_file(mark, sha256(data).encode(), replace=True)
    return folder


def _identity(method: Method) -> str:
    factors = method.factors
    if factors is None:
        return method.indicator.id
    rows = (factors.by_code, factors.by_name, factors.by_compartment)
    return json.dumps([method.indicator.id, *(sorted(map(str, t.items())) for t in rows)])


def open_background(
    project: Project, database: str, mapping: Optional[Mapping], inventory: Inventory,
    progress: Optional[Progress] = None,
) -> UserBackground:  # fmt: skip
    """Read a user's database and match it.

    Raises
    ------
    InputError
        ``E327`` with every process that was not found.
    """
    if progress:
        progress(0, STEPS, say("reading {database}, once", database=database))
    matrices = load_matrices(project, database)
    mapping = mapping or likely_mapping(matrices.processes, inventory)
    matches, problems = match(mapping, matrices.processes)
    if problems:
        raise InputError(problems)
    return UserBackground(project, database, mapping, matrices, matches)


@dataclass(frozen=True)
class Taken:
    """Scores of one unit of each of our datasets that takes a process of the user's.

    Attributes
    ----------
    scores : ndarray, shape (datasets taken, indicators + methods)
        In the unit of our product, checked by Brightway.
    left : Uncounted
        Elementary flows that count nowhere.
    uncounted : dict
        How much of what is booked they are; see `lca_cardato.background.flows.told`.
    """

    scores: Any
    left: Uncounted
    uncounted: dict[str, Any]


def taken_scores(
    user: UserBackground, indicators: Sequence[Indicator], methods: Sequence[Method]
) -> Taken:
    """Score what is taken from a user's database, and tell what counts nowhere."""
    matrices, left = user.matrices, uncounted(user.matrices.flows)
    factors = np.hstack([characterisation(matrices.flows, indicators, methods), left.mass])
    found = unit_scores(matrices.technosphere, matrices.biosphere, factors)
    rows = np.array([process.row for _, _, process in user.taken], dtype=np.intp)
    check_with_brightway(matrices, factors, rows, found[rows])
    amounts = np.array([float(target.factor) for _, target, _ in user.taken])
    values = amounts[:, None] * found[rows]
    masses, keys = values[:, -left.mass.shape[1] :], [key for key, _, _ in user.taken]
    return Taken(values[:, : -left.mass.shape[1]], left, told(left, masses, keys))


def check_with_brightway(matrices: UserMatrices, factors: Any, rows: Any, found: Any) -> None:
    """Hold the scores against Brightway: one unit of every product that is taken, at once.

    Raises
    ------
    IntegrityError
        ``E601``.
    """
    technosphere, biosphere = matrices.technosphere.tocoo(), matrices.biosphere.tocoo()
    lists = Matrices(
        (technosphere.row + 1, technosphere.col + 1, technosphere.data),
        (biosphere.row + FLOW_OFFSET, biosphere.col + 1, biosphere.data),
        [(np.flatnonzero(each) + FLOW_OFFSET, each[each != 0]) for each in factors.T],
    )
    demand = {int(row) + 1: 1.0 for row in np.unique(rows)}
    _, first = np.unique(rows, return_index=True)
    expected, scale = found[first].sum(axis=0), np.abs(found[first]).sum(axis=0)
    given = np.array(scores(lists, demand))
    deviation = np.abs(given - expected) / np.where(scale > 0, scale, 1.0)
    if not deviation.max(initial=0.0) <= RTOL:
        raise IntegrityError.one(
            "E601",
            say(
                "Brightway's scores of the background differ by {gap:.1e}; nothing is reported",
                gap=float(deviation.max()),
            ),
        )


def overlay_text(
    user: UserBackground, inventory: Inventory, methods: Sequence[Method],
    progress: Optional[Progress] = None,
) -> str:  # fmt: skip
    """Write the inventory file of a user's database."""
    said = progress or (lambda step, steps, text: None)
    said(1, STEPS, "scores of the database, once")
    shipped = [one for one in INDICATORS if one.id != BY_PLACE]  # scores have lost their places
    indicators = [*shipped, *(one.indicator for one in methods if one.factors is None)]
    own = [one for one in methods if one.factors is not None]
    columns = [*indicators, *(one.indicator for one in own)]
    found = taken_scores(user, indicators, own)
    credit = credit_of(user.mapping.file, user.database)
    taken = [key for key, _, _ in user.taken]
    kept = {key: NOT_NAMED for key in inventory.datasets if key not in taken}
    kept.update({i.dataset: str(i.target.open) for i in user.matches if i.process is None})
    file = user.mapping.file
    title = f"{user.mapping.title}, database {user.database}"
    document: dict[str, Any] = {
        "schema": "lca-cardato/inventory/1",
        "title": f"Scores taken from {title}",
        "background": {
            "title": user.mapping.title, "project": user.project.name, "database": user.database,
            "mapping": user.mapping.name, "mapping_sha256": sha256(user.mapping.data),
            "sha256": user.matrices.digest, "taken": taken, "kept": kept,
            "methods": {one.id: one.unit for one in columns[len(shipped) :]},
            "credit": credit, "uncounted": found.uncounted,
        },
        "sources": {
            SOURCE: {
                "title": title, "authors": file.database, "year": file.year,
                "licence": f"licence of {file.database}; scores of its processes are not passed on"
                + (f". {credit}" if credit else ""),
                "kind": "dataset", "read": "full",
                "note": f"Brightway project {user.project.name}; SHA-256 of the matrices "
                f"{user.matrices.digest}",
            }
        },
        "datasets": {
            key: _record(user.mapping, inventory.datasets[key], target, process, columns, row)
            for (key, target, process), row in zip(user.taken, found.scores)
        },
    }  # fmt: skip
    said(2, STEPS, "records written")
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _record(
    mapping: Mapping, ours: Dataset, target: Target, process: Process,
    columns: Sequence[Indicator], row: Any,
) -> dict[str, Any]:  # fmt: skip
    file = mapping.file
    names = {name: alias for alias, name in RESULT_ALIASES.items()}
    suffix = f" ({file.database} {file.version})"
    parts = (process.name, process.product, process.location, process.unit, target.code)
    label = " | ".join(part for part in parts if part)
    factor = f"{float(target.factor):g} {process.unit} per {ours.product.unit}"
    why = f"; {target.because}" if target.because else ""
    return {
        "name": {"en": ours.name.en + suffix, "it": ours.name.it + suffix},
        "kind": "published_result",
        "product": {"name": ours.product.name, "unit": ours.product.unit},
        "geography": process.location,
        "year": file.year,
        "technology": label,
        "inventoried_for": list(FAMILIES),
        "note": f"{factor}{why}" + (f". {target.note}" if target.note else ""),
        "defaults": {
            "class": "published", "source": SOURCE, "at": label, "year": file.year,
            "geography": process.location, "uncertainty": {"distribution": "none"},
        },
        "results": {
            names.get(one.id, one.id): {"amount": repr(float(value)), "unit": one.unit}
            for one, value in zip(columns, row)
        },
    }  # fmt: skip
