"""What a file of another program is, by what stands in it and not by its ending."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Callable, Iterable, Optional
from xml.etree import ElementTree

from lca_cardato.errors import DiskError
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import Sentence, say

WORKBOOK, JSON_LD, ECOSPOLD_2, ECOSPOLD_1, ILCD, SIMAPRO = (
    "Brightway workbook", "openLCA JSON-LD", "EcoSpold 2", "EcoSpold 1", "ILCD", "SimaPro CSV",
)  # fmt: skip
ENDINGS = {
    WORKBOOK: (".xlsx",), JSON_LD: (".zip",), ECOSPOLD_2: (".spold", ".xml", ".zip"),
    ECOSPOLD_1: (".xml", ".spold", ".zip"), ILCD: (".xml", ".zip"), SIMAPRO: (".csv",),
}  # fmt: skip
SPACES = {
    "http://www.EcoInvent.org/EcoSpold02": ECOSPOLD_2, "http://www.EcoInvent.org/EcoSpold01": ECOSPOLD_1,
    "http://lca.jrc.it/ILCD/Process": ILCD,
}  # fmt: skip
HEAD = 65_536
SNIFFED = 200
"""Bytes of a part, and parts of an archive, that are looked at."""


def recognise(file: Path) -> str:
    """Say what a file is.

    Returns
    -------
    str
        One of the formats; ``zip`` for an archive that is no workbook; empty where it is none.

    Raises
    ------
    DiskError
        ``E501``.
    """
    try:
        with open(file, "rb") as handle:
            head = handle.read(HEAD)
    except (OSError, ValueError) as error:
        raise DiskError.one("E501", reason(error), file=str(file)) from None
    if head.startswith(b"PK"):
        return WORKBOOK if _is_workbook(file) else "zip"
    return of_text(head)


def of_text(head: bytes) -> str:
    """Format of a file that is no archive, by how it begins; empty where it is none."""
    if root := xml_root(head):
        return SPACES.get(root[0], "")
    start = head.lstrip(b'\xef\xbb\xbf \t\r\n"')[:4096].lower()
    is_simapro = start.startswith(b"{") and (
        start.startswith(b"{simapro") or b"{csv separator" in start
    )
    return SIMAPRO if is_simapro else ""


def of_parts(names: list[str], read: Callable[[str], bytes]) -> str:
    """Format of an archive, by its folders and by the first of its XML files; empty for none."""
    folders = {
        (PurePosixPath(n).parent.name.lower(), PurePosixPath(n).suffix.lower()) for n in names
    }
    if ("processes", ".json") in folders:
        return JSON_LD
    if ("processes", ".xml") in folders:
        return ILCD
    for name in xml_names(names)[:SNIFFED]:
        found = of_text(read(name)[:HEAD])
        if found:
            return found
    return ECOSPOLD_2 if any(n.lower().endswith(".spold") for n in names) else ""


def xml_names(names: Iterable[str]) -> list[str]:
    """Parts that may hold a dataset in XML, those of ``.spold`` first."""
    parts = [name for name in names if name.lower().endswith((".spold", ".xml"))]
    return sorted(parts, key=lambda name: (not name.lower().endswith(".spold"), name))


def xml_root(head: bytes) -> Optional[tuple[str, str]]:
    """Namespace and name of the first element of what begins so; None for what is no XML."""
    parser = ElementTree.XMLParser(target=_Root())
    try:
        parser.feed(head)
    except _Found as found:
        space, _, name = found.tag.rpartition("}")
        return space.lstrip("{"), name
    except ElementTree.ParseError:
        pass
    return None


class _Found(Exception):
    """The first element of a document."""

    def __init__(self, tag: str) -> None:
        self.tag = tag


class _Root:
    """Reads no further than the first element, so that no entity is ever expanded."""

    def start(self, tag: str, _: Any) -> None:
        raise _Found(tag)

    def close(self) -> None:
        """End without an element."""


def what_it_is(file: Path) -> Sentence:
    """Say what a file is that holds no process which is read."""
    with open(file, "rb") as handle:
        head = handle.read(HEAD)
    if root := xml_root(head):
        if root[0].startswith("http://lca.jrc.it/ILCD"):
            return say(
                "an ILCD data set of another kind ({name}); give the package or the process",
                name=root[1][:60],
            )
        return say("XML of another kind ({name})", name=root[1][:60])
    for begin, what in _KINDS.items():
        if head.startswith(begin):
            return what
    if re.match(rb"\s*[{\[]\s*[\[{\"]", head):
        return say("JSON; of openLCA's JSON-LD the whole package (.zip) is read")
    return say("a file in a format that is not read")


_KINDS = {
    b"\xd0\xcf\x11\xe0": say("an Excel workbook of before 2007 (.xls); save it as .xlsx"),
    b"SQLite format 3": say("an SQLite database; of a Brightway project name PROJECT/DATABASE with --background"),
    b"%PDF": say("a PDF; no figures are read from it"),
    b"BZh": say("a file packed by bzip2, such as a bw2package; put that into a Brightway project and name PROJECT/DATABASE with --background"),
    b"\x1f\x8b": say("a file packed by gzip; unpack it"),
    b"7z\xbc\xaf": say("an archive of 7-Zip; pack it as .zip"),
}  # fmt: skip


def _is_workbook(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names)
