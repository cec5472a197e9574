"""What another firm of the chain hands on: the run of its yarn, and lot sheets."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

RUN, SHEET, WORK = "runs/yarn", "lots/yarn.json", "lots/work.json"
SPINNER, PROCESSOR = "recycled-wool-70", "contract-spinner"
WORKED = ("carding",)
"""A step of the sheet of the contract processor."""
CLOCK, MOMENT = "SOURCE_DATE_EPOCH", "1773619200"
"""When all of it is handed on, whatever day it is: 16 March 2026, in seconds since 1970."""


@lru_cache(maxsize=1)
def handed_on() -> dict[str, bytes]:
    """Assess a shipped yarn and the work of a contract processor by the command, and hand them on.

    Returns
    -------
    dict
        Name beside a scenario -> content: the run folder of the yarn, its lot sheet, that of the
        contract processor; not signed.
    """
    from lca_cardato.audit.lot import lot_sheet
    from lca_cardato.files.read import shipped_folder
    from lca_cardato.lots.sheet import text_of

    base, found = shipped_folder("scenarios"), {}
    yarn = (base / f"{SPINNER}.yaml").read_text(encoding="utf-8")
    work = (base / f"{PROCESSOR}.yaml").read_text(encoding="utf-8")
    work = work.replace("  count: Nm 10\n", "  count: Nm 10\n  batch: 4000 kg\n")
    with tempfile.TemporaryDirectory() as room, _at(MOMENT):
        for name, text, kilograms, sheet in (
            ("yarn", yarn, "6000", SHEET),
            ("work", work, "4000", WORK),
        ):
            run = _run(text, base, Path(room) / name)
            found[sheet] = text_of(lot_sheet(run, kilograms)).encode()
            if sheet == SHEET:
                found |= _files(run)
    return found  # fmt: skip


@contextlib.contextmanager
def _at(moment: str) -> Iterator[None]:
    """Let what is written be dated as of a moment."""
    before = os.environ.get(CLOCK)
    os.environ[CLOCK] = moment
    try:
        yield
    finally:
        del os.environ[CLOCK]
        if before is not None:
            os.environ[CLOCK] = before


def _run(text: str, base: Path, place: Path) -> Path:
    from lca_cardato.audit.run import run_files
    from lca_cardato.files.atomic import write_folder
    from lca_cardato.serve.form.engine import engine, loaded_text
    from lca_cardato.studies.assess import assess_loaded

    opened = engine()
    result = assess_loaded(loaded_text(text, base), opened.data, opened.packs)
    write_folder(place, run_files(result, base, "en"))
    return place


def _files(run: Path) -> dict[str, bytes]:
    return {
        f"{RUN}/{path.relative_to(run).as_posix()}": path.read_bytes()
        for path in sorted(run.rglob("*"))
        if path.is_file()
    }
