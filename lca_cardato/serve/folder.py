"""What a folder holds: runs and scenarios, found anew for every page."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from lca_cardato.audit.files import check_digests
from lca_cardato.audit.read import read_json
from lca_cardato.errors import CardatoError
from lca_cardato.files.read import lies_inside
from lca_cardato.scenario.entry.layout import is_scenario_workbook

DEPTH = 3
MOST = 500
ENDINGS = (".yaml", ".yml", ".xlsx")
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Item:
    """A run or a scenario.

    Attributes
    ----------
    id : str
        Digest of its place; the only name that a page asks for.
    name : str
        Place below the folder.
    path : Path
    document : dict or None
        Result document of a run.
    written : str
    problem : str
        Why it can't be read, or empty.
    """

    id: str
    name: str
    path: Path
    document: Optional[dict[str, Any]] = None
    written: str = ""
    problem: str = ""

    @property
    def workbook(self) -> bool:
        """Whether a scenario is a workbook."""
        return self.path.suffix == ".xlsx"


def find(folder: Path) -> tuple[list[Item], list[Item]]:
    """List runs and scenario files below a folder; links that lead out are left out.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    tuple of (list of Item, list of Item)
        Runs, the newest first, and scenarios by name.
    """
    root = folder.resolve()
    runs: list[Item] = []
    scenarios: list[Item] = []
    for place, folders, files in os.walk(root):
        here = Path(place)
        depth = len(here.relative_to(root).parts)
        if "run.json" in files and {"result.json", "manifest.json"} & {*files, *folders}:
            runs.append(_run(root, here))
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if not f.startswith(".")) if depth < DEPTH else []
        for name in sorted(files):
            path = here / name
            if name.endswith(ENDINGS) and not name.endswith(".space.yaml"):
                if lies_inside(root, str(path.relative_to(root))) and _is_scenario(path):
                    scenarios.append(Item(key_of(root, path), str(path.relative_to(root)), path))
        if len(runs) + len(scenarios) >= MOST:
            break
    runs.sort(key=lambda item: (item.written, item.name), reverse=True)
    return runs, scenarios


def key_of(root: Path, path: Path) -> str:
    """Give the id of a file or folder below the folder."""
    return hashlib.sha256(path.relative_to(root).as_posix().encode()).hexdigest()[:16]


def _is_scenario(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        if path.suffix == ".xlsx":
            return path.stat().st_size <= MAX_BYTES and is_scenario_workbook(path)
        with open(path, encoding="utf-8") as file:
            return "lca-cardato/scenario/" in file.read(4096)
    except (OSError, UnicodeDecodeError):
        return False


def _run(root: Path, path: Path) -> Item:
    name, key = str(path.relative_to(root)) if path != root else path.name, key_of(root, path)
    try:
        for part in ("result.json", "run.json"):
            if (path / part).stat().st_size > MAX_BYTES:
                raise ValueError(f"{part} is larger than {MAX_BYTES} bytes")
            if not lies_inside(root, str((path / part).relative_to(root))):
                raise ValueError(f"{part} is a link out of the folder")
        document, record = read_json(path, "result.json"), read_json(path, "run.json")
        if not str(document["schema"]).startswith("lca-cardato/result/"):
            raise ValueError("not a result")
        _check_shape(document)
        check_digests(path, ("result.json", "run.json"))
        return Item(key, name, path, document, str(record.get("written", "")))
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        CardatoError,
    ) as error:
        return Item(key, name, path, problem=f"{type(error).__name__}: {error}"[:200])


def _check_shape(document: dict[str, Any]) -> None:
    """Read all that the pages show of a run, so that no page fails on it."""
    items = list(document["indicators"].values())
    stages = document["indicators"]["climate_change"]["by_stage"].values()
    texts = [document["product"][key] for key in ("name", "type", "boundary")]
    texts.append(document["declared_unit"]["unit"])
    texts += [item["unit"] for item in items]
    texts += [claim[key] for claim in document["claims"] for key in ("id", "name", "verdict")]
    for item in document.get("notices", []):
        texts += [item[key] for key in ("level", "code", "text")]
        texts += [*item.get("added", []), *item.get("replaced", [])]
    numbers = [*stages, *(item[key] for item in items for key in ("value", "per_kg"))]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is missing")
    for number in numbers:
        if not isinstance(number, (int, float)):
            raise TypeError("a number is missing")
        float(number)
