"""Export a product system: choose the format, check the target, write whole or not at all."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from lca_cardato.brightway import child
from lca_cardato.errors import CalculationError, DiskError, InputError, nearest
from lca_cardato.exchange.build import product_system
from lca_cardato.exchange.system import ProductSystem
from lca_cardato.files.atomic import write_file
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

FORMATS = {
    "excel": ".xlsx",
    "bw2package": ".bw2package",
    "jsonld": ".zip",
    "ecospold2": ".spold.zip",
    "sankey": ".csv",
}
BRIGHTWAY = "brightway"
CLOCKS = {"jsonld": (1980, 2107), "ecospold2": (1980, 2107), "sankey": (1, 9999)}
"""Format -> first and last year that it can be written in: a zip knows no other dates."""
BRIGHTWAY_CLOCK = 2024, 2092
"""Years in which bw2data has numbers for what it writes."""
METHODS = ".methods"
"""What the name of a package has before its ending, where it holds the methods."""


def format_of(target: str, wanted: Optional[str]) -> str:
    """Choose the format by its name, or by the ending of the file.

    Raises
    ------
    InputError
        ``E215`` for a format that is not known, or can't be told from the ending.
    """
    names = [BRIGHTWAY, *FORMATS]
    if wanted is not None:
        if wanted not in names:
            raise InputError.one(
                "E215", say("format is not known"), key="--format", value=wanted,
                suggestion=nearest(wanted, names),
            )  # fmt: skip
        return wanted
    for name, ending in sorted(FORMATS.items(), key=lambda item: -len(item[1])):
        if target.endswith(ending):
            return name
    raise InputError.one(
        "E215", say("the format can't be told from the name"), value=target[:80],
        suggestion=say(
            "endings: {names}; or --format brightway with PROJECT/DATABASE",
            names=list(FORMATS.values()),
        ),
    )  # fmt: skip


def files_of(path: Path, chosen: str) -> list[Path]:
    """Files that an export writes: a package has its methods in another one beside it."""
    if chosen == "bw2package":
        ending = FORMATS[chosen]
        return [path, path.with_name(path.name.removesuffix(ending) + METHODS + ending)]
    return [path]


def export(
    result: Assessment, target: str, format_: Optional[str] = None, force: bool = False,
    lang: str = "en",
) -> ProductSystem:  # fmt: skip
    """Write the product system of an assessment for another program.

    Parameters
    ----------
    result : Assessment
    target : str
        New file; or ``PROJECT/DATABASE`` of the user's Brightway for the format ``brightway``.
    format_ : str, optional
        ``brightway``, ``excel``, ``bw2package``, ``jsonld``, ``ecospold2`` or ``sankey``; by the
        ending when left out.
    force : bool
        Whether an existing file or database is replaced.
    lang : str
        Language of names and comments.

    Returns
    -------
    ProductSystem
        What was written.

    Raises
    ------
    InputError
        ``E215`` for the format; ``E503`` when the target exists; ``E307`` for an unknown project.
    CalculationError
        ``E402`` when Brightway can't write it.
    DiskError
        ``E502``; ``E506`` for a clock that the format can't be written by.
    """
    chosen = format_of(target, format_)
    check_clock(chosen)
    if chosen == BRIGHTWAY:
        return _into_project(result, target, force, lang)
    path = Path(target)
    files = files_of(path, chosen)
    for file in files:
        if file.exists() and not force:
            raise DiskError.one(
                "E503",
                say("the file exists"),
                file=str(file),
                suggestion=say("name another, or add --force"),
            )
    if not path.parent.is_dir():
        raise DiskError.one("E502", say("no such folder"), file=str(path.parent))
    system = product_system(result, lang)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        if chosen == "jsonld":
            from lca_cardato.exchange.jsonld import write_jsonld

            write_jsonld(system, made)
        elif chosen == "ecospold2":
            from lca_cardato.exchange.ecospold import write_ecospold

            write_ecospold(system, made)
        elif chosen == "sankey":
            from lca_cardato.exchange.sankey import write_sankey
            from lca_cardato.words.language import Language

            write_sankey(system, made, Language(lang)("export_direct"))
        else:
            home = Path(folder) / "brightway"
            home.mkdir()
            job = {"project": "export", "database": result.main.model.scenario.id}
            _brightway(system, {**job, "format": chosen, "path": str(made)}, home, folder)
        for file in reversed(files):
            part = made if file == path else made.with_name(made.name + METHODS)
            write_file(file, part.read_bytes(), replace=True)
    return system


def _into_project(result: Assessment, target: str, force: bool, lang: str) -> ProductSystem:
    from lca_cardato.background.project import projects, refuse_path, user_folder

    project, _, database = target.rpartition("/")
    if not project or not database:
        raise InputError.one(
            "E215", say("a database in a project is written PROJECT/DATABASE"), value=target[:80]
        )
    refuse_path(target, "target")
    folder = user_folder()
    known = list(projects(folder)) if (folder / "projects.db").exists() else []
    if project not in known:
        raise InputError.one(
            "E307", say("no Brightway project of this name"), value=project[:80], file=str(folder),
            suggestion=nearest(project, known) or say("make it in Brightway first"),
        )  # fmt: skip
    system = product_system(result, lang)
    with tempfile.TemporaryDirectory() as place:
        job = {"project": project, "database": database, "format": BRIGHTWAY, "force": force}
        _brightway(system, job, folder, place)
    return system


def check_clock(chosen: str) -> None:
    """Refuse a clock that a format has no dates or numbers for.

    Raises
    ------
    DiskError
        ``E506``.
    """
    first, last = CLOCKS.get(chosen, BRIGHTWAY_CLOCK)
    year = time.gmtime().tm_year
    if not first <= year <= last:
        raise DiskError.one(
            "E506",
            say(
                "the clock of this machine says {year}; this format is written with the time, "
                "from {first} to {last}",
                year=year,
                first=first,
                last=last,
            ),
            file=chosen,
            suggestion=say("set the clock"),
        )


def _brightway(system: ProductSystem, job: dict, home: Path, folder: str) -> None:
    """Let Brightway write, in a process of its own with the given folder of projects."""
    file = Path(folder) / "job.json"
    whole = {"force": False, "path": "", **job, "system": system.to_dict()}
    file.write_text(json.dumps(whole), encoding="utf-8")
    environment = child.environment(BRIGHTWAY2_DIR=str(home))
    environment.pop("BRIGHTWAY2_OUTPUT_DIR", None)
    done = subprocess.run(
        child.command("lca_cardato.exchange.brightway", str(file)), env=environment,
        capture_output=True, text=True, encoding="utf-8", errors="replace",
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    answer = file.with_name("answer.json")
    if done.returncode or not answer.exists():
        last: list[str] = done.stderr.strip().splitlines()[-1:] or [say("no message")]
        raise CalculationError.one("E402", say("Brightway can't write it: {why}", why=last[0]))
    if json.loads(answer.read_text(encoding="utf-8")).get("error") == "exists":
        raise DiskError.one(
            "E503", say("the database exists in the project"), value=job["database"],
            suggestion=say("name another, or add --force"),
        )  # fmt: skip
