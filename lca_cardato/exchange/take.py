"""Import a process from another program into an inventory file."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Optional, Sequence

from lca_cardato.errors import DiskError, InputError, nearest
from lca_cardato.exchange.convert import Choices, Import, Taken
from lca_cardato.exchange.imported import MAX_BYTES, Head, Read
from lca_cardato.files.atomic import sha256, write_file
from lca_cardato.files.read import read_bytes
from lca_cardato.files.workbook import check_container
from lca_cardato.inventory.flows import flow_problems
from lca_cardato.inventory.load import load_inventory
from lca_cardato.sentence import joined, say
from lca_cardato.text.fields import ID_PATTERN

CLASSES = ("published", "supplier", "measured")
ENDINGS = (".xlsx", ".zip")


def import_process(
    file: Path, to: Path, process: Optional[str] = None, allow_unmatched: bool = False,
    source: Optional[str] = None, year: Optional[int] = None, class_: str = "published",
    key: Optional[str] = None, database: Optional[str] = None, without: Sequence[str] = (),
    background: Optional[str] = None,
) -> Taken:  # fmt: skip
    """Write a process of another program as an inventory file.

    Inputs become our datasets of the same name, product and place; processes of the same file
    that an input needs and that are not ours come along.

    Parameters
    ----------
    file : Path
        One of the formats of `read_foreign`.
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
    database : str, optional
        Database of the workbook, where it holds several.
    without : sequence of str
        Names of exchanges that are left out, and said so.
    background : str, optional
        ``PROJECT/DATABASE`` of the user's, for inputs that are not ours.

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
        raise DiskError.one("E503", say("the file exists"), file=str(to),
                            suggestion=say("name another"))  # fmt: skip
    if to.suffix != ".yaml":
        raise InputError.one("E324", say("an inventory file ends in .yaml"), file=str(to))
    if class_ not in CLASSES:
        raise InputError.one("E215", say("class of the figures"), key="--class", value=class_[:80],
                             suggestion=nearest(class_, CLASSES))  # fmt: skip
    if key is not None and not re.fullmatch(ID_PATTERN, key):
        raise InputError.one("E216", say("an identifier"), key="--key", value=key[:80],
                             suggestion=say("lower-case letters, digits, '.', '_' and '-'"))  # fmt: skip
    read = read_foreign(file)
    wanted = choose(read, process, database)
    choices = Choices(allow_unmatched, source, year, class_, tuple(without))
    behind = None
    if background is not None:
        from lca_cardato.exchange.behind import Behind

        behind = Behind(background, year)
    work = Import(read, load_inventory(), choices, behind)
    taken = work.take(wanted.code, key)
    text = work.text()
    check_records(text, to)
    write_file(to, text.encode("utf-8"), replace=True)
    return taken


def check_records(text: str, to: Path) -> None:
    """Load an inventory file before it is written where it is wanted.

    Raises
    ------
    InputError
        Its problems, told of the file that is wanted.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / to.name
        place.write_text(text, encoding="utf-8")
        try:
            problems = flow_problems(load_inventory(extra=folder))
        except InputError as error:
            problems = error.problems
        if problems:
            raise InputError(
                replace(one, file=str(to)) if Path(one.file).name == to.name else one
                for one in problems
            )


def choose(read: Read, wanted: Optional[str], database: Optional[str] = None) -> Head:
    """Choose a process by name or code, and by database where the file holds several.

    Raises
    ------
    InputError
        ``E307`` when there is none or more than one.
    """
    heads = list(read.heads.values())
    databases = sorted({head.database for head in heads})
    if database is not None:
        heads = [head for head in heads if head.database == database]
        if not heads:
            raise InputError.one(
                "E307", say("no database of this name in the file"), file=str(read.file),
                key="--database", value=database[:80], suggestion=nearest(database, databases),
            )  # fmt: skip
    found = heads
    if wanted is not None:
        found = [head for head in heads if wanted in (head.code, head.ident)]
        found = found or [head for head in heads if head.name == wanted]
    if len(found) == 1:
        return found[0]
    names = [head.name for head in heads]
    hint: str
    if wanted is None:
        text = say("the file holds {count} processes; choose one", count=len(found))
        hint = say("{names}", names=names[:10])
    elif not found:
        text, hint = say("no process of this name or code"), nearest(wanted, names)
    elif len({head.database for head in found}) > 1:
        text = say("several databases of the file have a process of this name or code")
        hint = say("--database with one of: {names}", names=databases)
    else:
        text = say("several processes have this name")
        hint = say("codes: {codes}", codes=[head.ident for head in found[:5]])
    raise InputError.one("E307", text, file=str(read.file), key="--process",
                         value=(wanted or "")[:80], suggestion=hint)  # fmt: skip


def read_foreign(file: Path) -> Read:
    """Open a file of another program.

    Parameters
    ----------
    file : Path
        A workbook as bw2io writes it (``.xlsx``), or a package of openLCA (``.zip``).

    Raises
    ------
    InputError
        ``E324`` for another ending, ``E210``, ``E211``, ``E212``, ``E214`` and ``E322`` for a
        file that is too large, hostile or unsound.
    DiskError
        ``E501``.
    """
    ending = file.suffix.lower()
    if ending == ".xlsx":
        read = _workbook(file)
    elif ending == ".zip":
        from lca_cardato.exchange.packages import open_package

        read = open_package(file)
    else:
        raise InputError.one(
            "E324", say("a process is read from {endings}", endings=list(ENDINGS)), file=str(file)
        )  # fmt: skip
    if not read.heads:
        raise InputError.one(
            "E322", say("the file holds no process"), file=str(file),
            suggestion=joined(read.told[:3]),
        )  # fmt: skip
    return read


def _workbook(file: Path) -> Read:
    from lca_cardato.exchange.excel_in import head_of, processes_of

    data = read_bytes(file, MAX_BYTES)
    check_container(data, str(file), links=True)
    check_names(data, str(file))
    found, unread = processes_of(data, str(file))
    heads = {code: head_of(process) for code, process in found.items()}
    read = Read(file, sha256(data), "Brightway workbook", heads, found.__getitem__)
    read.told = unread
    return read


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
