"""Read files that people name: whole, never more than a limit, never out of a folder."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISFIFO
from typing import Union

from lca_cardato.errors import DiskError, InputError
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import say


def read_bytes(path: Union[str, Path], max_bytes: int, name: str = "") -> bytes:
    """Read a file that may hold so many bytes and no more.

    The limit holds for what is really read, so that neither a device nor a file that grows
    meanwhile fills the memory.

    Parameters
    ----------
    path : str or Path
    max_bytes : int
    name : str
        Name for messages; the path when left out.

    Returns
    -------
    bytes

    Raises
    ------
    DiskError
        ``E501`` when it can't be read.
    InputError
        ``E210`` when it is larger.
    """
    path, name = Path(path), name or str(path)
    try:
        if path.is_dir():
            raise DiskError.one("E501", say("this is a folder, not a file"), file=name)
        status = path.stat()
        if S_ISFIFO(status.st_mode) and path.parts[1:2] not in (("dev",), ("proc",)):
            raise DiskError.one("E501", say("this is a named pipe, not a file"), file=name)
        size = status.st_size
        if size > max_bytes:
            raise InputError.one(
                "E210",
                say(
                    "the file has {size} bytes, at most {max_bytes} are read",
                    size=size,
                    max_bytes=max_bytes,
                ),
                file=name,
            )
        with open(path, "rb") as file:
            data = file.read(size + 1)
            if len(data) > size:  # it grows, or has no size, as a device
                data += file.read(max_bytes + 1 - len(data))
    except FileNotFoundError:
        raise DiskError.one("E501", say("no such file"), file=name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise DiskError.one(
            "E501", say("can't be read: {reason}", reason=reason(error)), file=name
        ) from None
    if len(data) > max_bytes:
        raise InputError.one(
            "E210", say("the file has more than {max_bytes} bytes", max_bytes=max_bytes), file=name
        )
    return data


def shipped_folder(name: str) -> Path:
    """Give a folder that comes with the program: in the wheel, or beside the package.

    Parameters
    ----------
    name : str
        ``inventories`` or ``scenarios``.

    Raises
    ------
    DiskError
        ``E501``: the installation is not whole.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise DiskError.one(
        "E501", say("the shipped {name} are missing; reinstall lca-cardato", name=name)
    )


def lies_inside(folder: Path, name: str) -> bool:
    """Tell whether a name leads into a folder or below, links followed; absolute names never do."""
    try:
        path = (folder / name).resolve()
        return not Path(name).is_absolute() and path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a NUL, a loop of links, a name too long
        return False


def inside(folder: Path, name: str, file: str, key: str, what: str) -> Path:
    """Give the path of a file that must lie in a folder or below, links followed.

    Parameters
    ----------
    folder : Path
    name : str
        Name as typed, relative to the folder.
    file, key : str
        Where the name stands, for messages.
    what : str
        What the folder is, for messages.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        ``E214`` when it does not.
    """
    if not lies_inside(folder, name):
        raise InputError.one(
            "E214", say("the file must lie {what} or below", what=what), file=file, key=key, value=name,
            suggestion=say("give a path relative to that folder, without `..`"),
        )  # fmt: skip
    return folder / name
