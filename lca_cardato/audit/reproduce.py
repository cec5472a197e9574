"""Reproduce a run from its copies alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Optional

from lca_cardato.audit.checks import Check
from lca_cardato.audit.compare import ORDER, Difference, compare
from lca_cardato.audit.layout import (
    BACKGROUND,
    CALCULATED,
    DOCUMENTS,
    DRAWN,
    MANIFEST,
    METHODS,
    OWN,
    RULES,
    SCENARIO,
    SHIPPED,
    TABLES,
    WORKBOOK,
    YARNS,
)
from lca_cardato.audit.read import language_of, parse, read_file, read_json, shaped
from lca_cardato.audit.run import run_files
from lca_cardato.audit.stored import Pages
from lca_cardato.audit.verify import manifest_of, own_rules, verify_run
from lca_cardato.errors import CalculationError, InputError, IntegrityError
from lca_cardato.results.document import result_document
from lca_cardato.results.versions import in_version
from lca_cardato.sentence import say
from lca_cardato.studies.material import SAMPLES, of_assessment

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.results.assessment import Assessment

RTOL = 1e-9
EXACT = ("claims.json", MANIFEST)
DRAWN_RTOL = 1e-6
"""Draws agree on other machines to six digits only."""


@dataclass(frozen=True)
class Reproduction:
    """Outcome of a reproduction.

    Attributes
    ----------
    identical : bool
        Whether all is the same: claims and masses exactly, scores within 1e-9; and whether the
        run is sound and rests on the data and the program of this installation.
    bytes_equal : bool
        Whether the files are the same byte by byte.
    differences : list of Difference
    cause : str
        ``""``, ``version``, ``method``, ``data`` or ``unknown``.
    checks : list of Check
        What `lca_cardato.audit.verify.verify_run` found in the folder.
    added : list of Difference
        Keys that this release writes and the older one of the run did not.
    undrawn : bool
        Whether intervals of the run were left as they are, as there are no draws here.
    """

    identical: bool
    bytes_equal: bool
    differences: list[Difference]
    cause: str
    checks: list[Check] = field(default_factory=list)
    added: list[Difference] = field(default_factory=list)
    undrawn: bool = False


@dataclass(frozen=True)
class Means:
    """How a run is calculated again.

    Attributes
    ----------
    inventory : callable
        Folders of a run, as of `lca_cardato.inventory.load.load_inventory` -> Inventory.
    data : callable
        Inventory, further methods, progress -> what the calculation rests on.
    assess : callable
        Scenario, data, rule packs, ids of own rules -> Assessment.
    draws : bool
        Whether it has draws; without them, what rests on draws is not compared.
    """

    inventory: Callable[..., Inventory]
    data: Callable[..., Any]
    assess: Callable[..., Assessment]
    draws: bool = True


def command() -> Means:
    """Give the means of the command: Brightway beside the own solver, and draws."""
    from lca_cardato.background.open import data_of
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.studies.assess import assess_loaded

    return Means(
        load_inventory, data_of, lambda *given: assess_loaded(*given[:3], own_rules=given[3])
    )


def reproduce_run(
    folder: Path, progress: Any = None, accept_data: bool = False, pages: Optional[Pages] = None,
    means: Optional[Means] = None,
) -> Reproduction:  # fmt: skip
    """Compute a run again from ``inputs/`` and compare every file that can be made again.

    Parameters
    ----------
    folder : Path
        Run folder.
    progress : callable, optional
        As in `lca_cardato.studies.assess.assess`.
    accept_data : bool
        Whether shipped data and program may be others than those of this installation.
    pages : callable, optional
        As in `lca_cardato.audit.verify.verify_run`.
    means : Means, optional
        How it is calculated; those of the command when left out.

    Returns
    -------
    Reproduction

    Raises
    ------
    DiskError
        The folder is not a run folder.
    IntegrityError
        ``E602``: an input is not what the manifest says; nothing is calculated from it. ``E607``:
        its format is not known.
    """
    means = means or command()
    checks = verify_run(folder, accept_data, pages)
    manifest, files = _made_again(folder, checks, progress, means)
    older = any(check.name == "program" and check.notes for check in checks)
    compared = [name for name in CALCULATED if name in files]
    now = json.loads(files[MANIFEST])
    with shaped(folder):
        undrawn = not means.draws and DRAWN in manifest["outputs"]
        found = [
            difference
            for name in compared
            for difference in compare(read_json(folder, name), json.loads(files[name]), name)
            if not _tolerated(difference, name) and not (undrawn and _of_draws(difference))
        ]
        found += _methods(manifest, now)
        differences = [one for one in found if not (older and one.added)]
        cause = _cause(differences, manifest, now)
    tables = [name for name in files if name.startswith(f"{TABLES}/")]
    same = all(_bytes(folder, name) == files[name] for name in [*compared, *tables])
    sound = not any(check.problems for check in checks)
    added = [one for one in found if older and one.added]
    return Reproduction(not differences and sound, same, differences, cause, checks, added, undrawn)


def _of_draws(difference: Difference) -> bool:
    """Whether a difference is that nothing was drawn here."""
    path = difference.path
    return difference.now is None and (".interval" in path or path.endswith("reference.draws"))


def _made_again(
    folder: Path, checks: list[Check], progress: Any, means: Means
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Manifest of a run, and all files of the folder made from its inputs."""
    manifest, result = _again(folder, checks, progress, means)
    lang = language_of(folder, manifest)
    with shaped(folder):
        drawn = DRAWN in manifest["outputs"] and means.draws
    schema = str(read_json(folder, "result.json").get("schema"))
    document = in_version(result_document(result, lang), schema)
    material = of_assessment(result, lang, SAMPLES if drawn else 0, document=document)
    return manifest, run_files(result, folder / SCENARIO, lang, folder / RULES, material)


def _tolerated(difference: Difference, name: str) -> bool:
    """Whether a difference can come from another machine."""
    if name in EXACT:
        return False
    if name == DRAWN and difference.path.endswith(f".{ORDER}"):
        return True
    drawn = name == DRAWN or ".interval." in difference.path
    return difference.within(DRAWN_RTOL if drawn else RTOL) or _about_program(difference)


def _methods(manifest: dict[str, Any], now: dict[str, Any]) -> Iterator[Difference]:
    """Characterisation factors in use: the one digest that no copy gives."""
    before, after = (one["digests"]["methods"] for one in (manifest, now))
    yield from compare(before, after, f"{MANIFEST}: digests.methods")


def _bytes(folder: Path, name: str) -> bytes:
    return read_file(folder, name) if (folder / name).is_file() else b""


def recalculate(
    folder: Path, progress: Any = None, means: Optional[Means] = None
) -> tuple[Assessment, bool]:
    """Compute a run again from ``inputs/``.

    Parameters
    ----------
    folder : Path
    progress : callable, optional
    means : Means, optional
        As in `reproduce_run`.

    Returns
    -------
    tuple of (Assessment, bool)
        The result, and whether it is that of the run.

    Raises
    ------
    DiskError, IntegrityError
        As in `reproduce_run`.
    """
    manifest, result = _again(folder, verify_run(folder, True), progress, means or command())
    stored = read_json(folder, "result.json")
    document = result_document(result, language_of(folder, manifest))
    document = json.loads(json.dumps(in_version(document, str(stored.get("schema")))))
    found = compare(stored, document, "result.json")
    return result, all(_tolerated(one, "result.json") for one in found)


def _again(
    folder: Path, checks: list[Check], progress: Any, means: Means
) -> tuple[dict[str, Any], Assessment]:
    from lca_cardato.claims.packs_model import load_packs
    from lca_cardato.lcia.methods import method_of
    from lca_cardato.scenario.load import load_scenario

    manifest = manifest_of(folder)
    _check_inputs(folder, manifest, checks)
    with shaped(folder):
        stored = read_json(folder, "result.json")
        own, elsewhere = own_rules(stored), stored.get("calculated")
        version = str(manifest["tool"]["version"])
    try:
        layers = [folder / name for name in (SHIPPED, OWN, BACKGROUND)]
        root, extra, taken = (layer if layer.is_dir() else None for layer in layers)
        inventory = means.inventory(root, extra, taken)
        files = sorted((folder / METHODS).glob("*.json"))
        with shaped(folder):
            texts = [read_file(folder, f"{METHODS}/{file.name}") for file in files]
            methods = [method_of(parse(text)) for text in texts]
            data = means.data(inventory, methods, progress)
        packs = load_packs(folder / RULES)
        source = WORKBOOK if WORKBOOK in manifest["inputs"] else SCENARIO
        loaded = load_scenario(folder / source, folder / DOCUMENTS)
        yarns = [name for name in manifest["inputs"] if name.startswith(f"{YARNS}/")]
        loaded.document.kept = {name[len(YARNS) + 1 :]: read_file(folder, name) for name in yarns}
        found = means.assess(loaded, data, packs, own)
        with shaped(folder):  # a run from elsewhere says so, and was calculated without draws
            drawn = None if elsewhere else found.drawn
            found = replace(found, drawn=drawn, elsewhere=dict(elsewhere or {}))
        return manifest, found
    except (InputError, CalculationError) as error:
        first = error.problems[0]
        raise IntegrityError.one(
            "E340",
            say(
                "the run was made by lca-cardato {version} from inputs that this installation "
                "does not take: {code} {key}: {why}",
                version=version,
                code=first.code,
                key=first.key,
                why=first.message,
            ),
            file=str(folder),
            value=first.value,
            suggestion=say(
                "reproduce it with the program that made it (version {version}, its digest "
                "stands in manifest.json); `verify` needs no calculation",
                version=version,
            ),
        ) from None


def _check_inputs(folder: Path, manifest: dict[str, Any], checks: list[Check]) -> None:
    problems = [text for check in checks for text in check.problems]
    inputs = [text for text in problems if text.startswith(("inputs/", f"{MANIFEST}: inputs"))]
    with shaped(folder):
        if not (folder / SCENARIO).is_file() or SCENARIO not in manifest["inputs"]:
            raise KeyError(SCENARIO)
    if inputs:
        raise IntegrityError.one(
            "E602",
            say("the inputs are not those of the run: {first}", first=inputs[0]),
            file=str(folder),
            suggestion=say("run `lca-cardato verify` to see all that was changed"),
        )


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
