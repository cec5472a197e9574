"""What a report needs of a stored run: opened, and calculated only where it is not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.audit.layout import DRAWN
from lca_cardato.audit.read import language_of, read_file, read_json, shaped
from lca_cardato.audit.stored import stored
from lca_cardato.audit.verify import require_sound
from lca_cardato.errors import IntegrityError
from lca_cardato.files.atomic import sha256
from lca_cardato.results.material import Material
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.audit.reproduce import Means


def of_run(
    folder: Path, lang: Optional[str], progress: Any = None, accept_data: bool = False,
    means: Optional[Means] = None,
) -> Material:  # fmt: skip
    """Gather what the report of a run folder needs.

    Parameters
    ----------
    folder : Path
    lang : str, optional
        Language of the run when left out.
    progress : callable, optional
        As in `lca_cardato.studies.assess.assess`.
    accept_data : bool
        Whether shipped data and program may be others than those of this installation.
    means : Means, optional
        How it is calculated again; those of the command when left out. Where they have no draws, a
        run that has them is shown in its own language.

    Returns
    -------
    Material
        As it is stored; of a run without ``shown.json``, and in another language than that of the
        run, what is not stored is calculated again.

    Raises
    ------
    DiskError
        ``E501``: not a run folder.
    IntegrityError
        ``E605``: the run was written in another language and this version gives other figures;
        ``E606``: it was changed; ``E608``: its shipped data or its program are others.
    """
    require_sound(folder, accept_data)
    manifest = read_json(folder, "manifest.json")
    written = language_of(folder, manifest)
    if means is not None and not means.draws and (folder / DRAWN).is_file():
        lang = written
    if (folder / DRAWN).is_file() and (lang or written) == written:
        with shaped(folder):
            material = stored(folder, manifest, written)
    else:
        material = _recalculated(folder, lang or written, written, progress, means)
    of_written(material, folder)
    return material


def _recalculated(
    folder: Path, lang: str, written: str, progress: Any, means: Optional[Means]
) -> Material:
    from lca_cardato.audit.reproduce import recalculate
    from lca_cardato.studies.material import SAMPLES, of_assessment

    result, same = recalculate(folder, progress, means)
    material = of_assessment(
        result, lang, SAMPLES if same and (means is None or means.draws) else 0
    )
    material.digest = sha256(read_file(folder, "result.json"))
    if lang == written:
        material.document = read_json(folder, "result.json")
        material.contributions = read_json(folder, "contributions.json")
    elif not same:
        raise IntegrityError.one(
            "E605",
            say(
                "this version gives other figures than the run holds; a report in another "
                "language would show those"
            ),
            file=str(folder),
            value=str(lang),
            suggestion=say(
                "--lang {written}, or: lca-cardato reproduce {folder}",
                written=written,
                folder=folder,
            ),
        )
    return material


def of_written(material: Material, folder: Path) -> None:
    """Add what a run folder says of itself."""
    record = read_json(folder, "run.json")
    with shaped(folder):
        material.run, material.written = str(record["id"]), str(record["written"])
    material.folder = folder.name
