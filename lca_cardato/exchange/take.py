"""Import a process from another program into an inventory file."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Optional, Sequence

from lca_cardato.errors import DiskError, InputError, nearest
from lca_cardato.exchange.convert import Choices, Import, Taken
from lca_cardato.exchange.formats import read_foreign
from lca_cardato.exchange.imported import Head, Read
from lca_cardato.files.atomic import write_file
from lca_cardato.inventory.flows import flow_problems
from lca_cardato.inventory.load import load_inventory
from lca_cardato.sentence import say
from lca_cardato.text.fields import ID_PATTERN

CLASSES = ("published", "supplier", "measured")
SHOWN = 10
"""Names of processes that a message holds at most."""


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
        hint = _some(names)
    elif not found:
        like = [name for name in names if wanted.casefold() in name.casefold()]
        text = say("no process of this name or code")
        hint = _some(like) if like else nearest(wanted, names) or _some(names)
    elif len({head.database for head in found}) > 1:
        text = say("several databases of the file have a process of this name or code")
        hint = say("--database with one of: {names}", names=databases)
    else:
        text = say("several processes have this name")
        hint = say("codes: {codes}", codes=[head.ident for head in found[:5]])
    raise InputError.one("E307", text, file=str(read.file), key="--process",
                         value=(wanted or "")[:80], suggestion=hint)  # fmt: skip


def _some(names: list[str]) -> str:
    """The first names of a file, and how many there are beyond."""
    if len(names) <= SHOWN:
        return say("{names}", names=names)
    return say("{names} and {more} more", names=names[:SHOWN], more=len(names) - SHOWN)
