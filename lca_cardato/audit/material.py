"""What a report needs of a stored run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.studies.material import SAMPLES, of_assessment

if TYPE_CHECKING:
    from lca_cardato.results.material import Material


def of_run(folder: Path, lang: Optional[str], progress: Any = None) -> Material:
    """Gather what the report of a run folder needs.

    Parameters
    ----------
    folder : Path
    lang : str, optional
        Language of the run when left out.
    progress : callable, optional
        As in `lca_cardato.studies.assess.assess`.

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
