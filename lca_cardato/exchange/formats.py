"""Formats of other programs that processes are read from."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Optional

from lca_cardato.errors import InputError
from lca_cardato.exchange import recognise
from lca_cardato.exchange.imported import MAX_BYTES, Read
from lca_cardato.exchange.packages import Package, Parts, Single
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import read_bytes
from lca_cardato.files.workbook import check_container
from lca_cardato.sentence import joined, say


def read_foreign(file: Path) -> Read:
    """Open a file of another program; what it is, is told by what stands in it.

    Parameters
    ----------
    file : Path
        A workbook as bw2io writes it, a package of openLCA (JSON-LD), EcoSpold 1 or 2 or ILCD (a file
        or an archive), or a CSV file of SimaPro.

    Raises
    ------
    InputError
        ``E324`` for none of these, ``E210``, ``E211``, ``E212``, ``E214`` and ``E322`` for a file that
        is too large, hostile or unsound.
    DiskError
        ``E501``.
    """
    kind, ending = recognise.recognise(file), file.suffix.lower()
    if kind == recognise.WORKBOOK or (not kind and ending == ".xlsx"):
        read = _workbook(file)
    elif kind == "zip" or (not kind and ending == ".zip"):
        read = open_package(file)
    elif kind:
        single = Single(file)
        read = open_parts(kind, single, single.names())
    else:
        endings = sorted({end for ends in recognise.ENDINGS.values() for end in ends})
        raise InputError.one(
            "E324", say("this is {what}", what=recognise.what_it_is(file)), file=str(file),
            suggestion=say("a process is read from {endings}", endings=endings),
        )  # fmt: skip
    if not read.heads:
        raise InputError.one(
            "E322", say("the file holds no process"), file=str(file),
            suggestion=joined(read.told[:3]),
        )  # fmt: skip
    if ending not in recognise.ENDINGS[read.format]:
        read.told.insert(
            0, say("the file ends in '{ending}', and is {what}", ending=ending, what=read.format)
        )
    return read


def open_parts(kind: str, parts: Parts, names: list[str]) -> Read:
    """Open what holds datasets in a format of text."""
    if kind == recognise.ILCD:
        from lca_cardato.exchange.ilcd_in import open_ilcd

        return open_ilcd(parts)
    if kind == recognise.ECOSPOLD_1:
        from lca_cardato.exchange.ecospold1_in import open_ecospold1

        return open_ecospold1(parts, names)
    if kind == recognise.SIMAPRO:
        from lca_cardato.exchange.simapro_in import open_simapro

        return open_simapro(parts, names[0])
    from lca_cardato.exchange.ecospold_in import open_ecospold

    return open_ecospold(parts, names)


def _workbook(file: Path) -> Read:
    from lca_cardato.exchange.excel_in import head_of, processes_of

    data = read_bytes(file, MAX_BYTES)
    check_container(data, str(file), links=True)
    check_names(data, str(file))
    found, unread = processes_of(data, str(file))
    heads = {code: head_of(process) for code, process in found.items()}
    read = Read(file, sha256(data), recognise.WORKBOOK, heads, found.__getitem__)
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


def open_package(file: Path) -> Read:
    """Open an archive of openLCA (JSON-LD), EcoSpold 1 or 2, or ILCD, or of one CSV file of SimaPro.

    Raises
    ------
    InputError
        As `Package`; ``E322`` where nothing of the kind is in it.
    """
    package = Package(file)
    names = package.names()
    kind = recognise.of_parts(names, package.bytes)
    if kind == recognise.JSON_LD:
        from lca_cardato.exchange.jsonld_in import open_jsonld

        return open_jsonld(package)
    if kind:
        return open_parts(kind, package, recognise.xml_names(names))
    inside: Optional[str] = next(
        (n for n in names if n.lower().endswith((".zip", ".xlsx", ".csv"))), None
    )
    raise InputError.one(
        "E322", say("the archive holds no process that is read"),
        file=str(file), value=inside or "",
        suggestion=say("take the file inside it") if inside else
        say("export JSON-LD from openLCA, or give a single file"),
    )  # fmt: skip
