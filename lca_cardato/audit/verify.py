"""Verify a run folder without a solver: digests, what follows from what, shipped data."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Iterable, Optional

from lca_cardato.audit.checks import Check, digest_of, files_below, files_check
from lca_cardato.audit.compare import Difference, told
from lca_cardato.audit.layout import (
    CALCULATED,
    DOCUMENTS,
    DRAWN,
    FIRST_FORMAT,
    FORMAT,
    FORMATS,
    PAGES,
    RECORD,
    RESULTS,
    TABLES,
)
from lca_cardato.audit.manifest import STATED, manifest_problems
from lca_cardato.audit.program import program
from lca_cardato.audit.read import UNSHAPED, parse, read_file, read_json, reason
from lca_cardato.audit.remade import (
    foreign_problems,
    ledger_problems,
    statement_problems,
    table_problems,
    typed_problems,
)
from lca_cardato.audit.shipped import hold
from lca_cardato.audit.stored import Pages, page_problems
from lca_cardato.audit.sums import (
    amount_problems,
    claim_problems,
    indicator_problems,
    mass_problems,
    value_problems,
)
from lca_cardato.audit.typed import scenario_problems
from lca_cardato.errors import CardatoError, DiskError, IntegrityError, MissingError, shorten
from lca_cardato.files.runs import SUMS
from lca_cardato.sentence import say

REQUIRED = (
    "manifest.json", "result.json", "claims.json", "resolved.json", "contributions.json",
    "run.json",
)  # fmt: skip
HERE = ("data", "program")
"""Checks against the installation that examines; what they find can be accepted."""


def verify_run(
    folder: Path, accept_data: bool = False, pages: Optional[Pages] = None
) -> list[Check]:
    """Verify a run folder.

    Parameters
    ----------
    folder : Path
    accept_data : bool
        Whether shipped data and program may be others than those of this installation; they are
        notes then.
    pages : callable, optional
        Makes the files for people again, which are held against those of the folder.

    Returns
    -------
    list of Check
        ``files``, ``manifest``, ``remade``, ``sums``, ``claims``, ``data``, ``program`` and
        ``stated``.

    Raises
    ------
    DiskError
        The folder is not a run folder (``E501``).
    IntegrityError
        ``E607``: its format is not known.
    """
    if not (folder / SUMS).is_file():
        raise DiskError.one(
            "E501", say("no run folder: {file} is missing", file=SUMS), file=str(folder),
            suggestion=say("name a folder that `assess --out` wrote"),
        )  # fmt: skip
    checks = [files_check(folder)]
    documents = {}
    broken = []
    for name in (*REQUIRED, *([DRAWN] if (folder / DRAWN).exists() else [])):
        try:
            documents[name] = parse(read_file(folder, name))
        except (CardatoError, ValueError) as error:
            broken.append(say("{name}: can't be read: {reason}", name=name, reason=reason(error)))
    if broken:
        return [*checks, Check("manifest", len(REQUIRED), tuple(broken))]
    manifest, result = documents["manifest.json"], documents["result.json"]
    check_format(manifest, folder)
    tool = program()
    ours = manifest.get("tool") == tool
    parts: list[Callable[[], Check]] = [
        lambda: _manifest(folder, manifest, result),
        lambda: _remade(folder, documents, ours, pages if ours else None),
        lambda: _sums(result, documents["contributions.json"], documents["resolved.json"]),
        lambda: _claims(documents["claims.json"], result),
        lambda: _data(folder, own_rules(result), accept_data),
        lambda: _program(manifest, tool, accept_data),
        lambda: _stated(manifest),
    ]
    for part in parts:
        try:
            checks.append(part())
        except UNSHAPED as error:
            problem = say(
                "the documents do not have the expected shape: {error}",
                error=shorten(repr(error), 200),
            )
            checks.append(Check("shape", 1, (problem,)))
        except MissingError:
            raise
        except CardatoError as error:
            checks.append(Check("shape", 1, (reason(error),)))
    return checks


def check_format(manifest: dict[str, Any], folder: Path) -> None:
    """Refuse a run folder of a format that this version does not know.

    Raises
    ------
    IntegrityError
        ``E607``.
    """
    if manifest.get("schema") not in FORMATS:
        raise IntegrityError.one(
            "E607", say("this version reads the formats {formats}", formats=list(FORMATS)), key="schema",
            file=str(folder / "manifest.json"), value=shorten(str(manifest.get("schema"))),
            suggestion=say("examine it with the release that its manifest names"),
        )  # fmt: skip


def manifest_of(folder: Path) -> dict[str, Any]:
    """Read the manifest of a run folder of a known format.

    Raises
    ------
    DiskError, IntegrityError
        ``E501``: not a run folder; ``E607``.
    """
    manifest = read_json(folder, "manifest.json")
    check_format(manifest, folder)
    return manifest


def require_sound(
    folder: Path, accept_data: bool = True, pages: Optional[Pages] = None
) -> list[str]:
    """Refuse a run folder that was changed, before anything of it is shown.

    Parameters
    ----------
    folder : Path
    accept_data : bool
        Whether shipped data and program may be others than those of this installation.
    pages : callable, optional
        As in `verify_run`.

    Returns
    -------
    list of str
        What is other here, where that is accepted.

    Raises
    ------
    IntegrityError
        ``E606``: it was changed; ``E608``: its shipped data or its program are others.
    """
    checks = verify_run(folder, pages=pages)
    changed = [text for check in checks if check.name not in HERE for text in check.problems]
    other = [text for check in checks if check.name in HERE for text in check.problems]
    if changed:
        raise IntegrityError.one(
            "E606",
            say("the run was changed after it was made: {first}", first=changed[0]),
            file=str(folder),
            suggestion=say(
                "`lca-cardato verify {folder}` names all that was changed", folder=folder
            ),
        )
    if other and not accept_data:
        raise IntegrityError.one(
            "E608",
            say(
                "the run does not rest on the data and the program installed here: {first}",
                first=other[0],
            ),
            file=str(folder),
            suggestion=say(
                "see `lca-cardato verify {folder}`; with --accept-data if that is as it should be",
                folder=folder,
            ),
        )
    return other


def _manifest(folder: Path, manifest: dict[str, Any], result: dict[str, Any]) -> Check:
    """The manifest follows from the files that it lists."""
    listed = {**manifest["inputs"], **manifest["outputs"]}
    inputs = {name: read_file(folder, name) for name in files_below(folder, "inputs")}
    wanted = [*(name for name in CALCULATED if name != DRAWN), *files_below(folder, TABLES)]
    drawn = manifest["schema"] != FIRST_FORMAT and not result.get("calculated")
    if drawn or (folder / DRAWN).exists():
        wanted.append(DRAWN)
    wanted += [name for name in PAGES if (folder / name).is_file()]
    outputs = {name: digest_of(folder, name) for name in wanted}
    problems = manifest_problems(manifest, inputs, outputs, result)
    return Check("manifest", len(listed), tuple(problems))


def _remade(
    folder: Path,
    documents: dict[str, dict[str, Any]],
    same_program: bool,
    pages: Optional[Pages],
) -> Check:
    """Tables, statements and ledger are made again from result and manifest."""
    manifest, result = documents["manifest.json"], documents["result.json"]
    newest = RESULTS[FORMAT][-1]
    problems = [
        *([_older(newest)] if same_program and result["schema"] != newest else []),
        *table_problems(folder, result, same_program),
        *statement_problems(folder, manifest),
        *ledger_problems(folder, documents["claims.json"], result, manifest),
        *typed_problems(folder, documents["resolved.json"], result),
        *scenario_problems(folder, documents["claims.json"], documents["resolved.json"], result),
        *foreign_problems(folder, documents["claims.json"], result),
    ]
    if pages is not None and not problems:
        problems += page_problems(folder, manifest, pages)
    return Check("remade", len(files_below(folder, TABLES)) + 4, tuple(problems))


def _older(newest: str) -> str:
    return say("result.json: schema: the program that made the run writes {newest}", newest=newest)


def own_rules(result: dict[str, Any]) -> list[str]:
    """Ids of the rule packs that a result calls the user's own."""
    found = result.get("notices", [])
    names = [name for item in found if item["kind"] == "own_rules" for name in item["added"]]
    return [str(name).removeprefix("rules/") for name in names]


def _data(folder: Path, own: list[str], accept: bool) -> Check:
    """Copies of what is shipped are those of this installation."""
    held = hold(folder, own)
    changed = [_told(one) for one in held.changed]
    added = [
        say(
            "the mill's own: {path}: {before} in the run, {now}",
            path=one.path,
            before=told(one.before),
            now=told(one.now),
        )
        for one in held.own
    ]
    return _acceptable("data", held.count, changed, accept, added)


def _told(one: Difference) -> str:
    return say(
        "{path}: {before} in the run, {now} here",
        path=one.path,
        before=told(one.before),
        now=told(one.now),
    )


def _program(manifest: dict[str, Any], tool: dict[str, str], accept: bool) -> Check:
    """The run was made by the program that examines it, and that was sound."""
    problems = []
    made = manifest["tool"]
    if made != tool:
        versions, digests = (
            [str(one.get(key)) for one in (made, tool)] for key in ("version", "sha256")
        )
        problems.append(
            say(
                "made by lca-cardato {made} ({made_sha256}), this is {own} ({own_sha256})",
                made=shorten(versions[0], 20),
                made_sha256=shorten(digests[0], 12),
                own=versions[1],
                own_sha256=shorten(digests[1], 12),
            )
        )
    condition = manifest.get("doctor")
    if condition is not None and condition["sound"] is not True:
        bad = [
            str(item) for value in condition.values() if isinstance(value, list) for item in value
        ]
        problems.append(say("`doctor` called the installation unsound: {names}", names=bad[:5]))
    return _acceptable("program", 1, problems, accept)


def _acceptable(
    name: str, count: int, problems: Iterable[str], accept: bool, notes: Iterable[str] = ()
) -> Check:
    found = tuple(problems)
    if accept:
        return Check(
            name,
            count,
            (),
            (*(say("accepted: {what}", what=text) for text in found), *notes),
            bool(found),
        )
    return Check(name, count, found, tuple(notes))


def _stated(manifest: dict[str, Any]) -> Check:
    """What nobody can make again: it stands as the mill states it."""
    notes = [
        say("{place}: written: the date", place=RECORD),
        say("manifest.json: {keys}: the machine", keys=list(STATED)),
    ]
    notes += [
        say("{name}: what it says", name=name)
        for name in manifest["inputs"]
        if name.startswith(f"{DOCUMENTS}/")
    ]
    return Check("stated", len(notes), (), tuple(notes))


def _sums(result: dict[str, Any], arithmetic: dict[str, Any], resolved: dict[str, Any]) -> Check:
    """Every total is the sum of its parts, every amount follows from figures and masses."""
    problems = [
        *indicator_problems(result, arithmetic),
        *amount_problems(result, arithmetic, resolved),
        *mass_problems(result, resolved),
        *value_problems(resolved),
    ]
    count = 3 * len(result["indicators"]) + len(result["mass_balance"]["steps"])
    return Check("sums", count, tuple(problems))


def _claims(ledger: dict[str, Any], result: dict[str, Any]) -> Check:
    """Shares follow from the masses, verdicts from the shares, claims from their criteria."""
    return Check("claims", len(ledger["rows"]), tuple(claim_problems(ledger, result)))
