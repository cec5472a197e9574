"""The verbs on run folders as functions: save, verify, reproduce, explain, diff."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Union

from lca_cardato.api.dressed import Reproduction
from lca_cardato.api.notebook import Brief, Shown, table_of
from lca_cardato.audit.archive import opened
from lca_cardato.audit.checks import Check
from lca_cardato.audit.compare import Difference
from lca_cardato.audit.diff import diff_runs, notices_of
from lca_cardato.audit.read import read_json, shaped
from lca_cardato.audit.reproduce import reproduce_run
from lca_cardato.audit.run import resolved, run_files
from lca_cardato.audit.verify import require_sound, verify_run
from lca_cardato.doctor.condition import condition
from lca_cardato.errors import DiskError
from lca_cardato.files.atomic import check_free, write_folder
from lca_cardato.report.folder import pages
from lca_cardato.results.contributions import contributions, explained
from lca_cardato.results.document import result_document
from lca_cardato.results.notices import in_a_line
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.brightway.store import Progress
    from lca_cardato.results.assessment import Assessment

Folder = Union[str, Path]
ROWS = 8


@dataclass(repr=False)
class Verification(Shown):
    """What was checked in a run folder, and what is wrong.

    Attributes
    ----------
    run : str
        Name of the folder.
    checks : list of Check
    """

    run: str
    checks: list[Check]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(check.problems for check in self.checks)

    @property
    def notes(self) -> list[str]:
        """What is no fault but to be known: own data, what was accepted, what can't be checked."""
        return [text for check in self.checks for text in check.notes]

    @property
    def problems(self) -> list[str]:
        """All that is wrong."""
        return [text for check in self.checks for text in check.problems]

    def table(self) -> Any:
        """Give the checks as a pandas table, a row per check."""
        rows = [{"check": c.name, "looked_at": c.count, "problems": len(c.problems),
                 "first": c.problems[0] if c.problems else ""} for c in self.checks]  # fmt: skip
        return table_of(rows, index="check")

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        rows = [[c.name, str(c.count), "; ".join(c.problems[:3]) or "none"] for c in self.checks]
        told = "sound" if self.sound else f"{len(self.problems)} problems: {self.problems[0]}"
        columns = ["check", "looked at", "problems"]
        return Brief(f"run {self.run}", [told], columns, rows, told)


@dataclass(repr=False)
class RunDiff(Shown):
    """What differs between two runs.

    Attributes
    ----------
    first, second : str
        Names of the folders.
    parts : dict
        ``basis``, ``notices``, ``program``, ``scenario``, ``data``, ``method``, ``values``, ``results``, ``verdicts`` ->
        differences.
    told : list of str
        What each run tells before its figures, in a line; empty where it is nothing.
    """

    first: str
    second: str
    parts: dict[str, list[Difference]]
    told: list[str] = field(default_factory=list)

    def table(self) -> Any:
        """Give the differences as a pandas table, a row each."""
        rows = [(part, d.path, d.before, d.now, d.relative)
                for part, found in self.parts.items() for d in found]  # fmt: skip
        return table_of(rows, ["part", "path", "before", "now", "relative"])

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        rows = [[part, str(len(found)), "; ".join(d.path for d in found[:3])]
                for part, found in self.parts.items()]  # fmt: skip
        told = [f"{part} {len(found)}" for part, found in self.parts.items() if found]
        head = f"{self.first} and {self.second}"
        columns = ["part", "differences", "first"]
        pairs = zip((self.first, self.second), self.told)
        apart = [Language("en")("diff_not_comparable")] if self.parts["basis"] else []
        line = "; ".join([*apart, *(f"{run}: {text}" for run, text in pairs if text)])
        return Brief(head, told or ["no difference"], columns, rows, first=line)


@dataclass(repr=False)
class Explanation(Shown):
    """The arithmetic behind an indicator.

    Attributes
    ----------
    indicator, unit : str
    value : float
    rows : list of dict
        As `lca_cardato.results.contributions.explain_rows` gives them, each with ``figure``: what is
        known of the figure behind it (class, file, line, text as typed, source), or None.
    notices : list of dict
        What was questioned and what is the user's own, as in the result document.
    """

    indicator: str
    unit: str
    value: float
    rows: list[dict[str, Any]]
    notices: list[dict[str, Any]] = field(default_factory=list)

    def table(self) -> Any:
        """Give the rows as pandas, the largest first: made x per kg x score = value."""
        kept = ("step_name", "name", "made_kg", "per_kg", "amount", "unit", "score", "value")
        told = ("class", "file", "line", "typed", "document", "source", "reason")
        rows = [
            {**{k: row[k] for k in kept}, "parameter": row["parameter"],
             **{k: (row["figure"] or {}).get(k) for k in told}}
            for row in self.rows
        ]  # fmt: skip
        return table_of(rows).astype({"line": "Int64"})

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        rows = []
        for row in self.rows[:ROWS]:
            found = row["figure"]
            where = f"{found['file']}:{found['line']}" if found else ""
            taken = f"{row['amount']:.4g} {row['unit']}"
            rows.append([row["step_name"], row["name"], taken, f"{row['value']:.4g}", where])
        columns = ["step", "input", "amount", self.unit, "where its figure stands"]
        told = f"{self.value:.6g} {self.unit}, the sum of {len(self.rows)} products"
        first = in_a_line(self.notices, Language("en"))
        return Brief(self.indicator, [told], columns, rows, told, first)


def save(result: Assessment, folder: Folder, lang: str = "en") -> Path:
    """Write the run folder of an assessment: inputs, result, tables, proof.

    Parameters
    ----------
    result : Assessment
        Made from a file; what came as a mapping has no file that could be proved.
    folder : path
        New folder.
    lang : str
        ``"en"`` or ``"it"``.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DiskError
        ``E503``: it exists; ``E501``: the scenario did not come from a file.
    """
    if not result.scenario_raw:
        raise DiskError.one("E501", say("a run folder holds the scenario's file; assess a file"))
    check_free(Path(folder))
    files = run_files(result, Path(), lang, condition=condition(), pages=pages)
    write_folder(Path(folder), files)
    return Path(folder)


def verify(run: Folder, accept_data: bool = False) -> Verification:
    """Check a run folder without calculating: digests, sums, thresholds.

    Parameters
    ----------
    run : path
        Folder that `save` or ``assess --out`` wrote.
    accept_data : bool
        Whether shipped data and program may be others than those of this installation.

    Returns
    -------
    Verification

    Raises
    ------
    DiskError
        ``E501``: it is no run folder.
    IntegrityError
        ``E607``: a format that is not known.
    """
    with opened(Path(run)) as folder:
        return Verification(Path(run).name, verify_run(folder, accept_data, pages))


def reproduce(
    run: Folder, progress: Optional[Progress] = None, accept_data: bool = False
) -> Reproduction:
    """Calculate a run again from its own copies, and compare.

    Parameters
    ----------
    run : path
    progress : callable, optional
        Called with (step, steps, text) while the inventories are installed, once.
    accept_data : bool
        As for `verify`.

    Returns
    -------
    Reproduction

    Raises
    ------
    DiskError, IntegrityError
        It is no run folder (``E501``); its inputs were changed (``E602``).
    """
    with opened(Path(run)) as folder:
        return Reproduction.of(reproduce_run(folder, progress, accept_data, pages))


def diff(first: Folder, second: Folder) -> RunDiff:
    """Show what changed between two runs: inputs, data, method, results, verdicts.

    Parameters
    ----------
    first, second : path

    Returns
    -------
    RunDiff
    """
    one, other = Path(first), Path(second)
    with opened(one) as first_folder, opened(other) as second_folder:
        found = diff_runs(first_folder, second_folder)
        folders = (first_folder, second_folder)
        told = [in_a_line(notices_of(run), Language("en")) for run in folders]
    return RunDiff(one.name, other.name, found, told)


def explain(source: Union[Folder, Assessment], indicator: str = "climate_change") -> Explanation:
    """Give the arithmetic behind an indicator, down to file, line and source.

    Parameters
    ----------
    source : path or Assessment
        Run folder, or a fresh result.
    indicator : str

    Returns
    -------
    Explanation

    Raises
    ------
    InputError
        ``E307``: there is no such indicator.
    DiskError, IntegrityError
        ``E501``, ``E604``: not a run folder; ``E606``: it was changed.
    """
    if isinstance(source, (str, Path)):
        with opened(Path(source)) as folder:
            require_sound(folder)
            result, arithmetic, values = (
                read_json(folder, name)
                for name in ("result.json", "contributions.json", "resolved.json")
            )
        trusted: Any = shaped(Path(source))
    else:
        result, values = result_document(source), resolved(source)
        arithmetic = contributions(source, Language("en"))
        trusted = nullcontext()
    with trusted:
        item, rows = explained(result, arithmetic, values, indicator)
        return Explanation(indicator, item["unit"], item["value"], rows, result.get("notices", []))
