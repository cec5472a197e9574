"""Everything that a run folder holds, made from an assessment.

``inputs/`` has byte copies of all that was read; ``result.json``, ``claims.json`` and the tables
hold no time, path, host or user; ``run.json`` alone holds the time.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato import __version__
from lca_cardato.audit.attestation import attestation, crate
from lca_cardato.audit.files import sums_text
from lca_cardato.audit.ledger import claim_ledger
from lca_cardato.audit.package import data_package
from lca_cardato.brightway.line import line, versions
from lca_cardato.claims.packs_model import packs_folder
from lca_cardato.errors import IntegrityError
from lca_cardato.files.atomic import sha256
from lca_cardato.files.runs import SUMS
from lca_cardato.results.csv_tables import json_text, tables
from lca_cardato.results.material import Material, shown
from lca_cardato.studies.material import of_assessment

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

SCHEMA = "lca-cardato/run/1"
SCENARIO = "inputs/scenario.yaml"
SHIPPED = "inputs/inventories/shipped"
BACKGROUND = "inputs/inventories/background"
OWN = "inputs/inventories/own"
METHODS = "inputs/methods"
LAYERS = {"shipped": SHIPPED, "background": BACKGROUND, "own": OWN}
RULES = "inputs/rules"
DOCUMENTS = "inputs/documents"


def run_files(
    result: Assessment, scenario: Path, lang: str, rules: Path = packs_folder(),
    material: Optional[Material] = None,
) -> dict[str, bytes]:  # fmt: skip
    """Make the files of a run folder.

    Parameters
    ----------
    result : Assessment
    scenario : Path
        The file that was assessed; its bytes are copied as they were read.
    lang : str
        Language of names and sentences.
    rules : Path
        Folder of the rule packs that were evaluated.
    material : Material, optional
        What a report shows, where it is made already; without uncertainty in it, ``shown.json``
        is left out, as in the folders of older versions.

    Returns
    -------
    dict
        Path inside the folder -> content, ``SHA256SUMS`` last.
    """
    material = material or of_assessment(result, lang)
    document = material.document
    inputs = {SCENARIO: result.scenario_raw or scenario.read_bytes()}
    for layer, kept in result.inventory.files.items():
        inputs.update({f"{LAYERS[layer]}/{name}": data for name, data in kept.items()})
    for number, method in enumerate(result.methods):
        name = f"{METHODS}/{number:03d}-{method.indicator.id[:60]}.json"
        inputs[name] = json_text(method.to_dict()).encode()
    for evidence in result.documents.values():
        name = f"{DOCUMENTS}/{Path(evidence.name).as_posix()}"
        inputs[name] = _unchanged(evidence.path, {evidence.sha256})
    for path in sorted(rules.glob("*.yaml")):
        inputs[f"{RULES}/{path.name}"] = _unchanged(path, {digest for _, digest in result.packs})
    texts = tables(document)
    outputs = {
        "result.json": json_text(document).encode(),
        "claims.json": json_text(claim_ledger(result, document)).encode(),
        "resolved.json": json_text(resolved(result)).encode(),
        "contributions.json": json_text(material.contributions).encode(),
        **({"shown.json": json_text(shown(material)).encode()} if material.uncertainty else {}),
        **{f"tables/{name}": text.encode() for name, text in texts.items()},
        "tables/datapackage.json": json_text(
            data_package(f"{result.main.model.scenario.id}-tables", texts)
        ).encode(),
    }
    manifest = make_manifest(result, lang, inputs, outputs)
    files = {**inputs, **outputs, "manifest.json": json_text(manifest).encode()}
    files["run.json"] = json_text(run_record(manifest)).encode()
    files["attestation.json"] = json_text(attestation(manifest)).encode()
    files["ro-crate-metadata.json"] = json_text(
        crate(manifest, {name: len(data) for name, data in files.items()}, _now())
    ).encode()
    files[SUMS] = sums_text(files)
    return files


def _unchanged(path: Path, digests: set[str]) -> bytes:
    """Bytes of a file that was read before, if it is still the same.

    Raises
    ------
    IntegrityError
        ``E602``.
    """
    data = path.read_bytes()
    if sha256(data) not in digests:
        raise IntegrityError.one(
            "E602", "the file was changed while the run was calculated", file=str(path),
            suggestion="run again",
        )  # fmt: skip
    return data


def run_id(inputs: dict[str, bytes], lang: str) -> str:
    """Name of a run: the same question has the same name, whenever and wherever it is asked."""
    question = {name: sha256(data) for name, data in inputs.items()}
    question["tool"], question["lang"] = __version__, lang
    text = json.dumps(question, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode())[:16]


def make_manifest(
    result: Assessment, lang: str, inputs: dict[str, bytes], outputs: dict[str, bytes]
) -> dict[str, Any]:
    """What was computed, from what and with what; no time and no place."""
    return {
        "schema": SCHEMA,
        "id": run_id(inputs, lang),
        "scenario": result.main.model.scenario.id,
        "tool": {"name": "lca-cardato", "version": __version__, "sha256": code_digest()},
        "options": {"lang": lang},
        "seed": None,
        "brightway": {"line": line(), **versions()},
        "python": {
            "implementation": platform.python_implementation(),
            "version": platform.python_version(),
        },
        "platform": {"system": platform.system(), "machine": platform.machine()},
        "packages": dict(sorted((item.metadata["Name"], item.version) for item in distributions())),
        "digests": {
            "scenario": sha256(inputs[SCENARIO]),
            "inventories": result.inventory.digest,
            "methods": result.method_digest,
            "rules": {pack.id: digest for pack, digest in result.packs},
        },
        "inputs": {name: sha256(inputs[name]) for name in sorted(inputs)},
        "outputs": {name: sha256(outputs[name]) for name in sorted(outputs)},
    }


def code_digest() -> str:
    """SHA-256 over the names and bytes of the program's own source files."""
    package = Path(__file__).resolve().parents[1]
    files = sorted(
        package.rglob("*.py"), key=lambda path: path.relative_to(package).as_posix()
    )  # fmt: skip
    lines = [f"{sha256(f.read_bytes())}  {f.relative_to(package).as_posix()}" for f in files]
    return sha256("\n".join(lines).encode())


def run_record(manifest: dict[str, Any]) -> dict[str, Any]:
    """When the run took place; the only record that two equal runs do not share."""
    return {"id": manifest["id"], "written": _now(), "program": Path(sys.argv[0]).name}


def _now() -> str:
    """Time in UTC; ``SOURCE_DATE_EPOCH`` sets it, as reproducible builds do."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    zone = datetime.timezone.utc
    try:
        return datetime.datetime.fromtimestamp(int(epoch), zone).isoformat()
    except (ValueError, OverflowError, OSError):  # not given, or no date that there can be
        pass
    return datetime.datetime.now(zone).replace(microsecond=0).isoformat()


def _copy_of(result: Assessment, file: str) -> str:
    """Where the copy of an inventory file stands in the run folder."""
    inventory = result.inventory
    for layer, folder in reversed(list(zip(inventory.layers, inventory.folders))):
        path = Path(file)
        if path.is_relative_to(folder):
            return f"{LAYERS[layer]}/{path.relative_to(folder).as_posix()}"
    return f"{SHIPPED}/{file}"


def resolved(result: Assessment) -> dict[str, Any]:
    """Every value of the calculation with where it was typed, exact and as a number."""
    model = result.main.model
    lines = result.scenario_text.splitlines()
    rows = []
    for item in model.parameters.values():
        row: dict[str, Any] = {
            "key": item.key,
            "exact": str(item.amount),
            "value": float(item.amount),
            "unit": item.unit if item.unit != "%" else "fraction",
            "class": item.data_class,
            "origin": item.origin,
            "file": SCENARIO if item.origin == "scenario" else _copy_of(result, item.file),
            "line": item.line,
        }
        if item.origin == "scenario" and 0 < item.line <= len(lines):
            row["typed"] = lines[item.line - 1].strip()
        for name in ("source", "at", "period", "document", "reason"):
            if getattr(item, name):
                row[name] = getattr(item, name)
        rows.append(row)
    return {"schema": "lca-cardato/resolved/1", "values": rows}
