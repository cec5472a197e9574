"""Reproduce a run from its copies alone, and compare two runs value by value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Optional

from lca_cardato.audit.read import language_of, read_file, read_json, shaped
from lca_cardato.audit.run import (
    BACKGROUND,
    DOCUMENTS,
    METHODS,
    OWN,
    RULES,
    SCENARIO,
    SHIPPED,
    run_files,
)
from lca_cardato.errors import IntegrityError
from lca_cardato.results.document import in_version, result_document
from lca_cardato.studies.material import SAMPLES, of_assessment

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

RTOL = 1e-9
EXACT = ("claims.json",)
COMPARED = ("result.json", "claims.json", "resolved.json", "contributions.json", "shown.json")
DRAWN = 1e-6
"""Draws agree on other machines to six digits only."""


@dataclass(frozen=True)
class Difference:
    """A value that differs between two runs.

    Attributes
    ----------
    path : str
        File and path of the value, such as ``result.json: indicators.climate_change.value``.
    before, now : Any
        Both values; None where one is missing.
    """

    path: str
    before: Any
    now: Any

    @property
    def relative(self) -> Optional[float]:
        """Relative difference of two numbers, None for anything else."""
        if not _number(self.before) or not _number(self.now):
            return None
        scale = max(abs(self.before), abs(self.now))
        return abs(self.before - self.now) / scale if scale else 0.0


@dataclass(frozen=True)
class Reproduction:
    """Outcome of a reproduction.

    Attributes
    ----------
    identical : bool
        Whether all is the same: claims and masses exactly, scores within 1e-9.
    bytes_equal : bool
        Whether the files are the same byte by byte.
    differences : list of Difference
    cause : str
        ``""``, ``version``, ``method``, ``data`` or ``unknown``.
    """

    identical: bool
    bytes_equal: bool
    differences: list[Difference]
    cause: str


def reproduce_run(folder: Path, progress: Any = None) -> Reproduction:
    """Compute a run again from ``inputs/`` and compare.

    Parameters
    ----------
    folder : Path
        Run folder.
    progress : callable, optional
        As in `lca_cardato.studies.assess.assess`.

    Returns
    -------
    Reproduction

    Raises
    ------
    DiskError
        The folder is not a run folder.
    IntegrityError
        ``E602``: an input is not what the manifest says; nothing is calculated from it.
    """
    manifest, result = _again(folder, progress)
    lang = language_of(folder, manifest)
    with shaped(folder):
        drawn = "shown.json" in manifest["outputs"]
    schema = str(read_json(folder, "result.json").get("schema"))
    document = in_version(result_document(result, lang), schema)
    material = of_assessment(result, lang, SAMPLES if drawn else 0, document=document)
    files = run_files(result, folder / SCENARIO, lang, folder / RULES, material)
    compared = [name for name in COMPARED if name in files]
    differences = [
        difference
        for name in compared
        for difference in compare(read_json(folder, name), json.loads(files[name]), name)
        if name in EXACT or not _close(difference, DRAWN if name == "shown.json" else RTOL)
    ]
    differences = [d for d in differences if not _about_program(d)]
    same = all(read_file(folder, name) == files[name] for name in compared)
    now = json.loads(files["manifest.json"])
    with shaped(folder):
        cause = _cause(differences, manifest, now)
    return Reproduction(not differences, same, differences, cause)


def recalculate(folder: Path, progress: Any = None) -> tuple[Assessment, bool]:
    """Compute a run again from ``inputs/``.

    Parameters
    ----------
    folder : Path
    progress : callable, optional

    Returns
    -------
    tuple of (Assessment, bool)
        The result, and whether it is that of the run.

    Raises
    ------
    DiskError, IntegrityError
        As in `reproduce_run`.
    """
    manifest, result = _again(folder, progress)
    stored = read_json(folder, "result.json")
    document = result_document(result, language_of(folder, manifest))
    document = json.loads(json.dumps(in_version(document, str(stored.get("schema")))))
    found = compare(stored, document, "result.json")
    return result, all(_close(d) or _about_program(d) for d in found)


def _again(folder: Path, progress: Any) -> tuple[dict[str, Any], Assessment]:
    from lca_cardato.background.open import data_of
    from lca_cardato.claims.packs_model import load_packs
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.lcia.methods import method_of
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.studies.assess import assess_loaded

    manifest = read_json(folder, "manifest.json")
    _check_inputs(folder, manifest)
    layers = [folder / name for name in (SHIPPED, OWN, BACKGROUND)]
    inventory = load_inventory(*(layer if layer.is_dir() else None for layer in layers))
    files = sorted((folder / METHODS).glob("*.json"))
    methods = [method_of(read_json(folder, f"{METHODS}/{file.name}")) for file in files]
    packs = load_packs(folder / RULES)
    loaded = load_scenario(folder / SCENARIO, folder / DOCUMENTS)
    data = data_of(inventory, methods, progress)
    return manifest, assess_loaded(loaded, data, packs, own_rules=_own_rules(folder))


def _own_rules(folder: Path) -> list[str]:
    """Ids of the rule packs that were the user's own where the run was calculated."""
    with shaped(folder):
        found = read_json(folder, "result.json").get("notices", [])
        ids = [name for item in found if item["kind"] == "own_rules" for name in item["added"]]
        return [str(name).removeprefix("rules/") for name in ids]


def _check_inputs(folder: Path, manifest: dict[str, Any]) -> None:
    from lca_cardato.audit.verify import verify_run

    problems = [text for check in verify_run(folder) for text in check.problems]
    inputs = [text for text in problems if text.startswith("inputs/")]
    with shaped(folder):
        if not (folder / SCENARIO).is_file() or SCENARIO not in manifest["inputs"]:
            raise KeyError(SCENARIO)
    if inputs:
        raise IntegrityError.one(
            "E602", f"the inputs are not those of the run: {inputs[0]}", file=str(folder),
            suggestion="run `lca-cardato verify` to see all that was changed",
        )  # fmt: skip


def compare(before: Any, now: Any, name: str) -> Iterator[Difference]:
    """Differences of two JSON documents, in the order of the first.

    Parameters
    ----------
    before, now : Any
    name : str
        What the documents are called in the path of a difference.

    Yields
    ------
    Difference
    """
    yield from _compare(before, now, f"{name}: ")


def _compare(before: Any, now: Any, path: str) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(now, dict):
        for key in [*before, *(key for key in now if key not in before)]:
            dot = "" if path.endswith(": ") else "."
            yield from _compare(before.get(key), now.get(key), f"{path}{dot}{key}")
    elif isinstance(before, list) and isinstance(now, list):
        names = [_label(item, index) for index, item in enumerate(before)]
        for index in range(max(len(before), len(now))):
            label = names[index] if index < len(names) else str(index)
            first = before[index] if index < len(before) else None
            second = now[index] if index < len(now) else None
            yield from _compare(first, second, f"{path}[{label}]")
    elif before != now:
        yield Difference(path, before, now)


def _label(item: Any, index: int) -> str:
    """Name of an element of a list: its key or id where it has one."""
    if isinstance(item, dict):
        for key in ("key", "id", "criterion", "input"):
            if isinstance(item.get(key), str):
                return str(item[key])
    return str(index)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _close(difference: Difference, tolerance: float = RTOL) -> bool:
    """Whether two numbers agree within the tolerance for scores.

    Shares and differences near zero are the rest of large terms, hence the absolute bound.
    """
    relative = difference.relative
    if relative is None:
        return False
    return relative <= tolerance or abs(difference.before - difference.now) <= 1e-12


def _about_program(difference: Difference) -> bool:
    return difference.path == "result.json: tool.version"


def _cause(differences: list[Difference], before: dict[str, Any], now: dict[str, Any]) -> str:
    """Likely cause of a difference."""
    if not differences:
        return ""
    if before["digests"]["methods"] != now["digests"]["methods"]:
        return "method"
    if before["tool"] != now["tool"]:
        return "version"
    return "data" if before["inputs"] != now["inputs"] else "unknown"
