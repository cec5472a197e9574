"""Check a database of the user's against a mapping, and set its scores beside the open ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Sequence, Union

from lca_cardato.background.mapping import Match, load_mapping
from lca_cardato.background.overlay import Taken, UserBackground, open_background, taken_scores
from lca_cardato.background.project import projects, split_name
from lca_cardato.background.terms import credit_of
from lca_cardato.brightway.store import Progress, open_store
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.indicators import BY_ID

COMPARED = ("climate_change", "energy", "water_consumed")
SCHEMA = "lca-cardato/background-check/1"


@dataclass
class BackgroundCheck:
    """A user's database, matched, with scores per unit beside the open ones.

    Attributes
    ----------
    user : UserBackground
    inventory : Inventory
    own, open : dict
        Dataset -> scores of `COMPARED` per unit of our product.
    found : Taken
        Scores, and the elementary flows that count nowhere.
    """

    user: UserBackground
    inventory: Inventory
    own: dict[str, list[float]]
    open: dict[str, list[float]]
    found: Taken

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data."""
        matrices = self.user.matrices
        return {
            "schema": SCHEMA,
            "project": self.user.project.name,
            "database": self.user.database,
            "databases_behind": matrices.databases[1:],
            "mapping": self.user.mapping.name,
            "title": self.user.mapping.title,
            "sha256": matrices.digest,
            "processes": len(matrices.processes),
            "elementary_flows": len(matrices.flows),
            "unknown_flows": list(self.found.left.strangers),
            "uncounted": self.found.uncounted,
            "credit": credit_of(self.user.mapping.file, self.user.database),
            "datasets": [self._row(item, lang) for item in self.user.matches],
        }

    def _row(self, item: Match, lang: str) -> dict[str, Any]:
        key, process, because = item.dataset, item.process, item.target.because
        row: dict[str, Any] = {"dataset": key}
        if process is None:
            row["open"] = item.target.open
        else:
            row.update(
                activity=process.name, product=process.product, location=process.location,
                unit=process.unit, amount=float(item.target.factor),
                **({"because": because} if because else {}),
            )  # fmt: skip
        ours = self.inventory.datasets[key]
        row.update(name=getattr(ours.name, lang), unit_of_ours=ours.product.unit)
        if key in self.own:
            row["own"] = dict(zip(COMPARED, self.own[key]))
            row["open_inventories"] = dict(zip(COMPARED, self.open[key]))
        return row


def check_background(
    name: str, mapping: Optional[Union[str, Path]] = None, progress: Optional[Progress] = None
) -> BackgroundCheck:
    """Check a user's database.

    Parameters
    ----------
    name : str
        ``PROJECT/DATABASE``.
    mapping : str or path, optional
        The one that fits best when left out.
    progress : callable, optional

    Returns
    -------
    BackgroundCheck

    Raises
    ------
    InputError
        ``E327``: every process of the mapping that is not there, with the nearest ones.
    """
    project, database = split_name(name)
    inventory = load_inventory()
    chosen = load_mapping(mapping, inventory) if mapping is not None else None
    user = open_background(project, database, chosen, inventory, progress)
    indicators = [BY_ID[one] for one in COMPARED]
    found = taken_scores(user, indicators, [])
    taken = [key for key, _, _ in user.taken]
    background = open_store(inventory, progress).background
    columns = [background.indicators.index(one) for one in COMPARED]
    rows = {key: background.scores[background.rows[key], columns] for key in taken}
    shipped = {key: [float(value) for value in row] for key, row in rows.items()}
    own = {key: list(map(float, row)) for key, row in zip(taken, found.scores)}
    return BackgroundCheck(user, inventory, own, shipped, found)


def list_databases() -> list[dict[str, Any]]:
    """Databases of the user's Brightway projects.

    Returns
    -------
    list of dict
        ``name`` as ``--background`` takes it, ``backend`` and ``processes`` where Brightway
        noted them.
    """
    return [
        {
            "name": f"{project.name}/{database}",
            "processes": note.get("number"),
            "depends": sorted(note.get("depends") or []),
        }
        for project in sorted(projects().values(), key=lambda p: p.name)
        for database, note in sorted(project.databases().items())
    ]


def list_methods(project: Optional[str], words: Sequence[str] = ()) -> list[dict[str, str]]:
    """Shipped methods, or those of a project, whose name holds all words."""
    from lca_cardato.background.methods import joined
    from lca_cardato.background.project import find_project
    from lca_cardato.lcia.methods import groups, library

    if project is not None:
        rows = [
            {"group": project, "id": "", "name": joined(name), "unit": str(note.get("unit", ""))}
            for name, note in sorted(find_project(project).methods().items())
        ]
    else:
        shipped = library()
        rows = [
            {"group": group, "id": key, "name": shipped[key].name, "unit": shipped[key].unit}
            for group, (_, keys) in groups().items()
            for key in keys
        ]
    wanted = [word.lower() for word in words]
    return [
        row
        for row in rows
        if all(word in f"{row['group']} {row['id']} {row['name']}".lower() for word in wanted)
    ]
