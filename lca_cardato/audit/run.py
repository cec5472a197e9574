"""Everything that a run folder holds, made from an assessment.

``inputs/`` has byte copies of all that was read; ``result.json``, ``claims.json`` and the tables
hold no time, path, host or user; ``run.json`` alone holds the time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.audit.attestation import attestation, crate
from lca_cardato.audit.files import sums_text
from lca_cardato.audit.layout import (
    ATTESTATION,
    CRATE,
    DOCUMENTS,
    DRAWN,
    LAYERS,
    MANIFEST,
    METHODS,
    PACKAGE,
    RECORD,
    RULES,
    SCENARIO,
    SHIPPED,
    TABLES,
    WORKBOOK,
    YARNS,
)
from lca_cardato.audit.ledger import claim_ledger
from lca_cardato.audit.manifest import id_of, make_manifest, run_record
from lca_cardato.audit.package import data_package
from lca_cardato.audit.stored import Pages, for_people
from lca_cardato.claims.packs_model import packs_folder
from lca_cardato.errors import IntegrityError
from lca_cardato.files.atomic import sha256
from lca_cardato.files.runs import SUMS, is_junk
from lca_cardato.results.csv_tables import json_text, tables
from lca_cardato.results.material import Material, shown
from lca_cardato.sentence import say
from lca_cardato.studies.material import of_assessment

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment


def run_files(
    result: Assessment, scenario: Path, lang: str, rules: Path = packs_folder(),
    material: Optional[Material] = None, condition: Optional[dict[str, Any]] = None,
    pages: Optional[Pages] = None,
) -> dict[str, bytes]:  # fmt: skip
    """Make the files of a run folder.

    Parameters
    ----------
    result : Assessment
    scenario : Path
        The file that was assessed; its bytes are copied as they were read, those of a workbook
        beside the text that was made of it.
    lang : str
        Language of names and sentences.
    rules : Path
        Folder of the rule packs that were evaluated.
    material : Material, optional
        What a report shows, where it is made already; without uncertainty in it, ``shown.json``
        is left out, as in the folders of older versions.
    condition : dict, optional
        What `lca_cardato.doctor.condition` says of the installation.
    pages : callable, optional
        Makes the files for people, as `lca_cardato.report.folder.pages` does.

    Returns
    -------
    dict
        Path inside the folder -> content, ``SHA256SUMS`` last.
    """
    material = material or of_assessment(result, lang)
    document = material.document
    inputs = {SCENARIO: result.scenario_raw or scenario.read_bytes()}
    if result.scenario_workbook:
        inputs[WORKBOOK] = result.scenario_workbook
    for layer, kept in result.inventory.files.items():
        inputs.update({f"{LAYERS[layer]}/{name}": data for name, data in kept.items()})
    for number, method in enumerate(result.methods):
        name = f"{METHODS}/{number:03d}-{method.indicator.id[:60]}.json"
        inputs[name] = json_text(method.to_dict()).encode()
    for evidence in result.documents.values():
        name = f"{DOCUMENTS}/{Path(evidence.name).as_posix()}"
        inputs[name] = _unchanged(evidence.path, {evidence.sha256})
    inputs.update({f"{YARNS}/{name}": data for name, data in result.kept.items()})
    for path in sorted(path for path in rules.glob("*.yaml") if not is_junk(path.name)):
        inputs[f"{RULES}/{path.name}"] = _unchanged(path, {digest for _, digest in result.packs})
    texts = tables(document)
    outputs = {
        "result.json": json_text(document).encode(),
        "claims.json": json_text(claim_ledger(result, document)).encode(),
        "resolved.json": json_text(resolved(result)).encode(),
        "contributions.json": json_text(material.contributions).encode(),
        **({DRAWN: json_text(shown(material)).encode()} if material.uncertainty else {}),
        **table_files(document["scenario"]["id"], texts),
    }
    if pages is not None and material.uncertainty:
        outputs.update(for_people(material, id_of(inputs, lang), pages))
    manifest = make_manifest(result, lang, inputs, outputs, condition)
    files = {**inputs, **outputs, MANIFEST: json_text(manifest).encode()}
    record = run_record(manifest)
    files[RECORD] = json_text(record).encode()
    files[ATTESTATION] = json_text(attestation(manifest)).encode()
    sizes = {name: len(data) for name, data in files.items()}
    files[CRATE] = json_text(crate(manifest, sizes, record["written"])).encode()
    files[SUMS] = sums_text(files)
    return files


def table_files(scenario: str, texts: dict[str, str]) -> dict[str, bytes]:
    """Tables with their description, by place in the folder."""
    package = data_package(f"{scenario}-tables", texts)
    return {
        **{f"{TABLES}/{name}": text.encode() for name, text in texts.items()},
        PACKAGE: json_text(package).encode(),
    }


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
            "E602", say("the file was changed while the run was calculated"), file=str(path),
            suggestion=say("run again"),
        )  # fmt: skip
    return data


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
