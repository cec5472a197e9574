"""Write the page where it was asked for: a folder, one .zip of it, or one HTML file."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lca_cardato.audit.files import below, sums_text
from lca_cardato.errors import DiskError
from lca_cardato.files.atomic import check_free, replace_folder, told, write_file
from lca_cardato.files.runs import SUMS, outside_runs, read_sums
from lca_cardato.sentence import say
from lca_cardato.web.single import single

SHOWN = 5
"""Files of others that a message names."""
MOST_SUMS = 100_000


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add the digests of all files, by which a copy is checked and a page is known as one."""
    return {**files, SUMS: sums_text(files)}


def zip_of(files: Mapping[str, bytes], top: str) -> bytes:
    """Pack the page into a .zip that is the same whenever and wherever it is made.

    Parameters
    ----------
    files : mapping
        Place in the folder -> content.
    top : str
        Folder inside the .zip.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return data.getvalue()


def is_zip(out: Path) -> bool:
    """Whether one .zip was asked for."""
    return out.suffix.lower() == ".zip"


def is_file(out: Path) -> bool:
    """Whether one file was asked for, of either kind."""
    return is_zip(out) or out.suffix.lower() in (".html", ".htm")


def check_out(out: Path, force: bool) -> None:
    """Refuse a place that can't take the page, before it is put together.

    Parameters
    ----------
    out : Path
        New folder, or a file that ends in .zip or .html.
    force : bool
        Whether an earlier page is replaced.

    Raises
    ------
    DiskError
        ``E503``: something is there that may not be replaced; ``E502``: no folder can stand there;
        ``E504``: it lies in a run folder.
    """
    outside_runs(out)
    if is_file(out):
        if out.is_dir():
            check_free(out)
        if not force:
            check_free(out, True, say("name another file, or --force"))
    elif out.is_dir() and force:
        _check_page(out)
    else:
        hint = say("name a new folder, or --force where a page is to be replaced")
        check_free(out, out.is_file(), hint if out.is_dir() else "")
    with told(out):
        above = next(place for place in out.absolute().parents if place.exists())
        if not above.is_dir():
            raise NotADirectoryError(str(above))
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(str(above))


def _check_page(folder: Path) -> None:
    """Refuse to replace a folder that holds anything but a page of this program."""
    try:
        with open(folder / SUMS, encoding="utf-8", errors="replace") as file:
            listed = {*read_sums(file.read(MOST_SUMS)), SUMS}
    except OSError:
        listed = set()
    if "index.html" not in listed:
        raise DiskError.one(
            "E503", say("this folder holds no page of this program; nothing is replaced"),
            file=str(folder), suggestion=say("name a new folder"),
        )  # fmt: skip
    folders = {parent.as_posix() for name in listed for parent in Path(name).parents}
    others = [
        name
        for name, path in below(folder).items()
        if name not in (folders if path.is_dir() and not path.is_symlink() else listed)
    ]
    if others:
        raise DiskError.one(
            "E503", say("other files stand in the folder of the page; nothing is replaced"),
            file=str(folder), value=", ".join(others[:SHOWN]),
            suggestion=say("move them elsewhere, or name a new folder"),
        )  # fmt: skip


def write_page(out: Path, files: Mapping[str, bytes], force: bool = False) -> Path:
    """Write the page; nothing is ever half written.

    Parameters
    ----------
    out : Path
        As `check_out` was asked.
    files : mapping
        Place in the folder -> content.
    force : bool

    Returns
    -------
    Path
        What is opened, or unpacked.

    Raises
    ------
    DiskError
        ``E502``, ``E503``; an earlier page stays as it was.
    """
    check_out(out, force)
    if is_file(out):
        write_file(out, zip_of(files, out.stem) if is_zip(out) else single(files), force)
        return out
    replace_folder(out, files)
    return out / "index.html"
