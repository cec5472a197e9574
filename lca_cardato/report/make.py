"""From a run folder or a fresh result to report files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.errors import InputError

if TYPE_CHECKING:
    from lca_cardato.report.document import Report
    from lca_cardato.results.assessment import Assessment
    from lca_cardato.results.material import Material

FORMATS = ("html", "pdf", "xlsx", "json", "jsonld")
SAMPLES = 2000
BARS = 12


def of_assessment(result: Assessment, lang: str, samples: int = SAMPLES, seed: int = 0) -> Material:
    """Gather what the report of a fresh result needs.

    Parameters
    ----------
    result : Assessment
    lang : str
    samples : int
        Draws of the uncertainty; 0 for none.
    seed : int

    Returns
    -------
    Material
    """
    from lca_cardato.files.atomic import sha256
    from lca_cardato.results.contributions import contributions
    from lca_cardato.results.csv_tables import json_text
    from lca_cardato.results.evidence import documents_of
    from lca_cardato.results.material import Material
    from lca_cardato.words.language import Language

    words = Language(lang)
    document = result.to_dict(lang)
    material = Material(
        document, sha256(json_text(document).encode()), contributions(result, words),
        dict(result.inventory.sources),
        digests=[
            (words("dig_scenario"), result.scenario_digest),
            (words("dig_inventories"), result.inventory.digest),
            (words("dig_methods"), result.method_digest),
            *[(pack.id, digest) for pack, digest in result.packs],
        ],
    )  # fmt: skip
    material.documents = documents_of(result)
    if samples:
        _spread(material, result, samples, seed)
    return material


def _spread(material: Material, result: Assessment, samples: int, seed: int) -> None:
    """Add uncertainty, and the figures that move climate change most, one at a time."""
    from lca_cardato.background.open import data_of
    from lca_cardato.calculation.simulate import Products, simulate
    from lca_cardato.uncertainty.results import interval_document
    from lca_cardato.uncertainty.sensitivity import one_at_a_time
    from lca_cardato.words.units import STAGE_COLUMNS

    document = material.document
    names = [n for n in STAGE_COLUMNS if document["indicators"][n]["coverage"] >= 0.005]
    store = data_of(result.inventory, result.methods).store
    products = Products([result.main.model], result.inventory, store, names)
    simulation = simulate(products, samples, seed)
    stated = [result.score(name) for name in names]
    material.uncertainty = interval_document(simulation, stated, store.background)
    if "climate_change" in names:
        place = names.index("climate_change")
        rows = one_at_a_time(products, place)
        rows.sort(key=lambda row: -abs(row["high"] - row["low"]))
        material.tornado = rows[:BARS]


def of_run(folder: Path, lang: Optional[str], progress: Any = None) -> Material:
    """Gather what the report of a run folder needs.

    Parameters
    ----------
    folder : Path
    lang : str, optional
        Language of the run when left out.
    progress : callable, optional
        As in `lca_cardato.impact.assess.assess`.

    Returns
    -------
    Material

    Raises
    ------
    DiskError
        ``E501``: not a run folder.
    IntegrityError
        ``E602``: the inputs are not those of the run; ``E605``: the run was written in another
        language and this version gives other figures.
    """
    from lca_cardato.audit.read import read_file, read_json
    from lca_cardato.audit.reproduce import language_of, recalculate
    from lca_cardato.errors import IntegrityError
    from lca_cardato.files.atomic import sha256

    written = language_of(folder, read_json(folder, "manifest.json"))
    result, same = recalculate(folder, progress)
    material = of_assessment(result, lang or written, SAMPLES if same else 0)
    if (lang or written) == written:
        material.document = read_json(folder, "result.json")
        material.contributions = read_json(folder, "contributions.json")
        material.digest = sha256(read_file(folder, "result.json"))
    elif not same:
        raise IntegrityError.one(
            "E605", "this version gives other figures than the run holds; a report in another "
            "language would show those", file=str(folder), value=str(lang),
            suggestion=f"--lang {written}, or: lca-cardato reproduce {folder}",
        )  # fmt: skip
    of_written(material, folder)
    return material


def of_written(material: Material, folder: Path) -> None:
    """Add what a run folder says of itself."""
    from lca_cardato.audit.read import read_json, shaped

    record = read_json(folder, "run.json")
    with shaped(folder):
        material.run, material.written = str(record["id"]), str(record["written"])
    material.folder = folder.name


def check_targets(
    files: Sequence[Path], charts: Optional[Path] = None, force: bool = False,
    kind: str = "assessment",
) -> None:  # fmt: skip
    """Refuse report files that can't be, before anything is calculated.

    Parameters
    ----------
    files : sequence of Path
        Their endings name the formats.
    charts : Path, optional
        Folder for pictures.
    force : bool
        Whether files that are there may be replaced.
    kind : str
        Kind of report; the passport is of one product.

    Raises
    ------
    InputError
        ``E215``: unknown endings, all at once.
    DiskError
        ``E503``: a file or the folder exists; ``E504``: it would lie in a run folder.
    """
    from lca_cardato.errors import DiskError, Problem
    from lca_cardato.files.atomic import check_free
    from lca_cardato.files.runs import outside_runs

    possible = [form for form in FORMATS if kind == "assessment" or form != "jsonld"]
    valid = "valid endings: " + ", ".join(f".{form}" for form in possible)
    problems = [
        Problem("E215", "ending of a report file", file=str(file), value=file.suffix, suggestion=valid)
        for file in files if file.suffix[1:].lower() not in possible
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    for file in files:
        outside_runs(file)
        if file.exists() and not force:
            raise DiskError.one(
                "E503", "the file exists; nothing is overwritten", file=str(file),
                suggestion="name another file, or --force",
            )  # fmt: skip
    if charts is not None:
        outside_runs(charts)
        check_free(charts)


def render(
    report: Report, form: str, document: dict[str, Any], run: Optional[dict[str, Any]] = None
) -> bytes:
    """Write a report in a format.

    Parameters
    ----------
    report : Report
    form : str
        One of `FORMATS`.
    document : dict
        What the report was made from, for JSON and JSON-LD.
    run : dict, optional
        Id and digest of the run, for JSON-LD.

    Returns
    -------
    bytes
    """
    from lca_cardato.results.csv_tables import json_text

    if form == "html":
        from lca_cardato.report.html import html_text

        return html_text(report).encode()
    if form == "pdf":
        from lca_cardato.report.pdf import pdf_bytes

        return pdf_bytes(report)
    if form == "xlsx":
        from lca_cardato.report.xlsx import xlsx_bytes

        return xlsx_bytes(report)
    if form == "jsonld":
        from lca_cardato.report.passport import passport

        return json_text(passport(document, run)).encode()
    return json_text(document).encode()


def write_reports(
    report: Report,
    document: dict[str, Any],
    files: Sequence[Path],
    charts: Optional[Path] = None,
    force: bool = False,
) -> list[Path]:
    """Write a report in the formats that the file endings name, and its pictures.

    Parameters
    ----------
    report : Report
    document : dict
        What the report was made from.
    files : sequence of Path
    charts : Path, optional
        New folder for the pictures as SVG and PNG.
    force : bool
        Whether files that are there may be replaced.

    Returns
    -------
    list of Path
        What was written. All formats are made before the first is written, and each file
        appears whole or not at all.
    """
    from lca_cardato.files.atomic import write_file, write_folder

    check_targets(files, charts, force, report.kind)
    run = {"id": report.run, "sha256": report.digest} if report.run else None
    made = {file: render(report, file.suffix[1:].lower(), document, run) for file in files}
    pictures = {}
    if charts is not None:
        from lca_cardato.report.charts import picture_files

        pictures = picture_files(report)
    for file, data in made.items():
        write_file(file, data, force, "name another file, or --force")
    if charts is None:
        return list(made)
    write_folder(charts, pictures)
    return [*made, charts]
