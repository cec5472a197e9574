"""Import a process from another program into an inventory file."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Optional

from lca_cardato.errors import DiskError, InputError, nearest
from lca_cardato.exchange.convert import Import, Taken
from lca_cardato.exchange.imported import MAX_BYTES, Foreign, Read
from lca_cardato.files.atomic import sha256, write_file
from lca_cardato.files.read import read_bytes
from lca_cardato.files.workbook import check_container
from lca_cardato.inventory.flows import flow_problems
from lca_cardato.inventory.load import load_inventory
from lca_cardato.sentence import say
from lca_cardato.text.fields import ID_PATTERN

CLASSES = ("published", "supplier", "measured")


def import_process(
    file: Path, to: Path, process: Optional[str] = None, allow_unmatched: bool = False,
    source: Optional[str] = None, year: Optional[int] = None, class_: str = "published",
    key: Optional[str] = None,
) -> Taken:  # fmt: skip
    """Write a process of a Brightway workbook or of openLCA JSON-LD as an inventory file.

    Inputs become our datasets of the same name, product and place; processes of the same file
    that an input needs and that are not ours come along.

    Parameters
    ----------
    file : Path
    to : Path
        New inventory file.
    process : str, optional
        Name or code, where the file holds several.
    allow_unmatched : bool
        Whether exchanges that are not found here are left out, and said so in the note.
    source : str, optional
        Where the figures come from, for processes of which the file does not say it.
    year : int, optional
        Year of the data, likewise.
    class_ : str
        ``published``, ``supplier`` or ``measured``.
    key : str, optional
        Id of the dataset; made from its name when left out. The id of a shipped one replaces it.

    Returns
    -------
    Taken

    Raises
    ------
    InputError
        Every problem at once: ``E307`` what is not found, ``E308`` units, ``E314`` credits,
        ``E315`` no source, ``E213`` no year, ``E328`` several products; those of `read_foreign`.
    DiskError
        ``E503`` when `to` exists, ``E502``.
    """
    if to.exists():
        raise DiskError.one(
            "E503", say("the file exists"), file=str(to), suggestion=say("name another")
        )
    if to.suffix != ".yaml":
        raise InputError.one("E324", say("an inventory file ends in .yaml"), file=str(to))
    if class_ not in CLASSES:
        raise InputError.one("E215", say("class of the figures"), key="--class", value=class_[:80],
                             suggestion=nearest(class_, CLASSES))  # fmt: skip
    if key is not None and not re.fullmatch(ID_PATTERN, key):
        raise InputError.one("E216", say("an identifier"), key="--key", value=key[:80],
                             suggestion=say("lower-case letters, digits, '.', '_' and '-'"))  # fmt: skip
    read = read_foreign(file)
    wanted = choose(read, process)
    work = Import(read, load_inventory(), allow_unmatched, source, year, class_)
    taken = work.take(wanted, key)
    text = work.text()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / to.name).write_text(text, encoding="utf-8")
        problems = flow_problems(load_inventory(extra=folder))
        if problems:
            raise InputError(problems)
    write_file(to, text.encode("utf-8"), replace=True)
    return taken


def choose(read: Read, wanted: Optional[str]) -> Foreign:
    """Choose a process by name or code.

    Raises
    ------
    InputError
        ``E307`` when there is none or more than one.
    """
    found = list(read.processes.values())
    if wanted is not None:
        found = [p for p in found if wanted in (p.code, p.name)]
    if len(found) == 1:
        return found[0]
    names = [p.name for p in read.processes.values()]
    hint: str
    if wanted is None:
        text = say("the file holds {count} processes; choose one", count=len(found))
        hint = say("valid: {choices}", choices=names[:10])
    elif not found:
        text, hint = say("no process of this name or code"), nearest(wanted, names)
    else:
        text = say("several processes have this name")
        hint = say("codes: {names}", names=[p.code for p in found[:5]])
    raise InputError.one("E307", text, file=str(read.file), key="--process",
                         value=(wanted or "")[:80], suggestion=hint)  # fmt: skip


def read_foreign(file: Path) -> Read:
    """Read the processes of a Brightway workbook or of openLCA JSON-LD.

    Raises
    ------
    InputError
        ``E324`` for another ending, ``E210``, ``E211``, ``E212``, ``E214`` and ``E322`` for a
        file that is too large, hostile or unsound.
    DiskError
        ``E501``.
    """
    ending = file.suffix.lower()
    if ending not in (".xlsx", ".zip"):
        raise InputError.one(
            "E324", say("a process is read from .xlsx (Brightway) or .zip (openLCA JSON-LD)"),
            file=str(file),
        )  # fmt: skip
    data = read_bytes(file, MAX_BYTES)
    check_container(data, str(file))
    check_names(data, str(file))
    if ending == ".xlsx":
        from lca_cardato.exchange.excel_in import processes_of
    else:
        from lca_cardato.exchange.jsonld_in import processes_of
    found = processes_of(data, str(file))
    if not found:
        raise InputError.one("E322", say("the file holds no process"), file=str(file))
    return Read(file, sha256(data), found)


def check_names(data: bytes, file: str) -> None:
    """Refuse parts whose names lead out of a folder; nothing is ever unpacked to the disk."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
                raise InputError.one(
                    "E214", say("a part of the archive has a path out of it"), file=file,
                    value=name[:100],
                )  # fmt: skip
