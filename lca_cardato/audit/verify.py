"""Verify a run folder without a solver: digests, shape, sums and thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator

from lca_cardato.audit.files import read_sums
from lca_cardato.audit.read import UNSHAPED, exact, parse, read_file, reason
from lca_cardato.errors import CardatoError, DiskError
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import lies_inside
from lca_cardato.files.runs import SUMS
from lca_cardato.results.contributions import explain_rows

REQUIRED = (
    "manifest.json", "result.json", "claims.json", "resolved.json", "contributions.json",
    "run.json",
)  # fmt: skip
ROUNDING = 1e-10


@dataclass(frozen=True)
class Check:
    """One check: what was looked at, and what is wrong (nothing when `problems` is empty)."""

    name: str
    count: int
    problems: tuple[str, ...]


def verify_run(folder: Path) -> list[Check]:
    """Verify a run folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    list of Check
        ``files``, ``manifest``, ``sums`` and ``claims``.

    Raises
    ------
    DiskError
        The folder is not a run folder (``E501``).
    """
    if not (folder / SUMS).is_file():
        raise DiskError.one(
            "E501", f"no run folder: {SUMS} is missing", file=str(folder),
            suggestion="name a folder that `assess --out` wrote",
        )  # fmt: skip
    checks = [_files(folder)]
    documents = {}
    broken = []
    for name in REQUIRED:
        try:
            documents[name] = parse(read_file(folder, name))
        except (CardatoError, ValueError) as error:
            broken.append(f"{name}: can't be read: {reason(error)}")
    if broken:
        return [*checks, Check("manifest", len(REQUIRED), tuple(broken))]
    try:
        checks.append(_manifest(folder, documents["manifest.json"], documents["result.json"]))
        checks.append(_sums(documents["result.json"], documents["contributions.json"]))
        checks.append(_claims(documents["claims.json"], documents["result.json"]))
    except UNSHAPED as error:
        problem = f"the documents do not have the expected shape: {error!r}"
        checks.append(Check("shape", 1, (problem,)))
    return checks


def _files(folder: Path) -> Check:
    """Every listed file is there with its digest, and no other file is."""
    listed = read_sums(read_file(folder, SUMS).decode("utf-8", errors="replace"))
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    } - {SUMS}
    problems = [f"{name}: missing" for name in sorted(set(listed) - present)]
    problems += [f"{name}: not listed in {SUMS}" for name in sorted(present - set(listed))]
    for name in sorted(present & set(listed)):
        if (folder / name).is_symlink() or not lies_inside(folder, name):
            problems.append(f"{name}: points outside the folder")
        elif _digest(folder, name) != listed[name]:
            problems.append(f"{name}: its content is not what {SUMS} says")
    return Check("files", len(listed), tuple(problems))


def _digest(folder: Path, name: str) -> str:
    """Digest of a file, empty when it can't be read."""
    try:
        return sha256(read_file(folder, name))
    except CardatoError:
        return ""


def _manifest(folder: Path, manifest: dict[str, Any], result: dict[str, Any]) -> Check:
    """The manifest lists what is there, and the result names the same inputs."""
    problems = []
    listed = {**manifest["inputs"], **manifest["outputs"]}
    for name, digest in listed.items():
        path = folder / name
        if not lies_inside(folder, name) or not path.is_file():
            problems.append(f"{name}: named in the manifest, missing in the folder")
        elif _digest(folder, name) != digest:
            problems.append(f"{name}: its content is not what the manifest says")
    copies = {
        path.relative_to(folder).as_posix() for path in (folder / "inputs").rglob("*")
        if path.is_file()
    }  # fmt: skip
    problems += [
        f"{name}: an input that the manifest does not name"
        for name in sorted(copies - set(manifest["inputs"]))
    ]
    if result["scenario"]["inventory_sha256"] != manifest["digests"]["inventories"]:
        problems.append("result.json rests on other inventories than the manifest says")
    if result["scenario"]["sha256"] != manifest["digests"]["scenario"]:
        problems.append("result.json is of another scenario than the manifest says")
    return Check("manifest", len(listed), tuple(problems))


def _sums(result: dict[str, Any], arithmetic: dict[str, Any]) -> Check:
    """Contributions and stages sum to the indicator, classes to 1, masses close in every step."""
    problems = []
    for row in arithmetic["rows"]:
        if abs(row["made_kg"] * row["per_kg"] - row["amount"]) > 1e-9 * abs(row["amount"]):
            problems.append(f"{row['key']}: the amount is not kg made times amount per kg")
    count = 0
    for name, item in result["indicators"].items():
        count += 3
        parts = [row["value"] for row in explain_rows(arithmetic, name)]
        if abs(sum(parts) - item["value"]) > 1e-9 * (sum(map(abs, parts)) or 1.0):
            problems.append(f"{name}: amounts times unit scores do not sum to the value")
        scale = sum(abs(value) for value in item["by_stage"].values()) or 1.0
        if abs(sum(item["by_stage"].values()) - item["value"]) > ROUNDING * scale:
            problems.append(f"{name}: the stages do not sum to the value")
        classes = sum(item["by_data_class"].values())
        if item["value"] and abs(classes - 1) > 1e-9:
            problems.append(f"{name}: the shares of the data classes do not sum to 1")
    for row in result["mass_balance"]["steps"]:
        count += 1
        gap = row["in"] - row["out"] - row["waste"] - row["rework"]
        if abs(gap) > 1e-9:
            problems.append(f"{row['key']}: {gap:g} kg are missing in the mass balance")
    return Check("sums", count, tuple(problems))


def _claims(ledger: dict[str, Any], result: dict[str, Any]) -> Check:
    """Shares follow from the masses, verdicts from the shares, claims from their criteria."""
    problems = []
    verdicts: dict[str, list[str]] = {}
    for row in ledger["rows"]:
        verdicts.setdefault(row["claim"], []).append(row["verdict"])
        problems += [f"{row['claim']}/{row['criterion']}: {text}" for text in _row(row, ledger)]
    order = ("not_applicable", "meets", "not_proven", "not_met")
    for claim in result["claims"]:
        found = max(verdicts.get(claim["id"], ["not_proven"]), key=order.index)
        if found != claim["verdict"]:
            problems.append(f"{claim['id']}: the verdict is not the worst of its criteria")
    return Check("claims", len(ledger["rows"]), tuple(problems))


KINDS = {
    "carded_share": "carded", "recycled_share": "recycled", "declared_share": "recycled",
    "bands": "recycled",
}  # fmt: skip
POINTS = {
    "PRODUCT": "product", "INPUT": "blend_input", "C-60-A": "blend_input", "C-60-B": "product",
}  # fmt: skip


def _row(row: dict[str, Any], ledger: dict[str, Any]) -> Iterator[str]:
    observed = {name: exact(value) for name, value in row["observed"].items()}
    kind = KINDS.get(row["kind"])
    for name, value in observed.items():
        reading, _, basis = name.partition("/")
        point = next((p for ending, p in POINTS.items() if reading.endswith(ending)), None)
        if kind and point and value != _share(ledger["fibres"], kind, f"{point}/{basis}"):
            yield f"{name} does not follow from the masses of the fibres"
    if row["threshold"] is None or not observed:
        return
    passed = [value >= exact(row["threshold"]) for value in observed.values()]
    if row["verdict"] == "meets" and not all(passed):
        yield "meets, although a reading lies below the threshold"
    if row["verdict"] == "not_met" and all(passed):
        yield "not met, although every reading reaches the threshold"


def _share(fibres: list[dict[str, Any]], kind: str, key: str) -> Fraction:
    whole = sum((exact(fibre["mass"][key]) for fibre in fibres), Fraction(0))
    part = sum((exact(f["mass"][key]) for f in fibres if f[kind]), Fraction(0))
    return part / whole
