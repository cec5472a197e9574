"""Files and folders that appear whole or not at all, whatever happens to the process.

Everything is written under a hidden name beside its place, flushed to the disk and renamed. What
a killed process left behind is never read, and is cleared away by a later one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import re
import shutil
import time
from functools import cache
from pathlib import Path
from typing import Iterator, Mapping

from lca_cardato.errors import DiskError
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import say

STALE_SECONDS = 60.0
FOREIGN_SECONDS = 86_400.0
_PARTIAL = re.compile(r"\.(.+)\.(\d+)-([0-9a-f]{8})\.partial")


@cache
def machine() -> str:
    """Mark of the machine, or container, in which the number of a process means this process."""
    parts = [platform.node()]
    with contextlib.suppress(OSError):
        parts.append(os.readlink("/proc/self/ns/pid"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def partial_path(path: Path) -> Path:
    """Name under which a file or folder is written before it is whole."""
    name = f".{path.name}.{os.getpid()}-{machine()}.partial"
    _own.add(name)
    return path.with_name(name)


_own: set[str] = set()
"""Names that this process has given; one with its number that is none of them is an earlier one's."""


def clear_leftovers(folder: Path) -> None:
    """Take away what killed processes left in a folder, whatever they were writing.

    Notes
    -----
    The name holds the number of the process and the mark of its machine. Of this machine, what
    belongs to a process that runs no more goes at once. Of another one that shares the folder,
    nothing can be known of the process: what was not touched for a day goes.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            match = _PARTIAL.fullmatch(entry.name)
            if match is None:
                continue
            path, here = Path(entry.path), match.group(3) == machine()
            if here and os.name != "nt":
                number = int(match.group(2))
                if entry.name not in _own if number == os.getpid() else not _runs(number):
                    _remove(path)
            elif _untouched(path) > (STALE_SECONDS if here else FOREIGN_SECONDS):
                _remove(path)


def _untouched(path: Path) -> float:
    """Seconds since something below a path was written."""
    inner = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    with contextlib.suppress(OSError):
        return time.time() - max(one.lstat().st_mtime for one in (path, *inner))
    return 0.0


def _runs(process: int) -> bool:
    """Whether a process runs on this machine; supposed where it can't be told safely."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk."""
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def told(path: Path, size: int = 0) -> Iterator[None]:
    """Turn an error of the disk into one for people; what was begun is taken away.

    Parameters
    ----------
    path : Path
        What is being written.
    size : int
        Bytes that it needs.

    Raises
    ------
    DiskError
        ``E502``.
    """
    try:
        yield
    except BaseException as error:
        _remove(partial_path(path))
        if not isinstance(error, OSError):
            raise
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1), errno.EFBIG)
        raise DiskError.one(
            "E502", say("can't be written: {reason}", reason=reason(error)), file=str(path),
            suggestion=say("{size} bytes are needed there", size=size) if full and size else '',
        ) from None  # fmt: skip


def put_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder; it must not exist.

    Parameters
    ----------
    folder : Path
    files : mapping
        Path inside the folder, with ``/`` -> content.

    Raises
    ------
    DiskError
        ``E502``; nothing is left behind.
    """
    partial = partial_path(folder)
    with told(folder, sum(map(len, files.values()))):
        folder.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(folder.parent)
        _remove(partial)
        partial.mkdir()
        for name, data in files.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, data)
        for inner in {partial, *((partial / name).parent for name in files)}:
            sync_folder(inner)
        partial.rename(folder)
        sync_folder(folder.parent)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder as `put_folder` does, in place of one that is there.

    Raises
    ------
    DiskError
        ``E502``; the earlier folder stays as it was.
    """
    if not folder.exists():
        put_folder(folder, files)
        return
    made, earlier = (
        partial_path(folder.with_name(f"{folder.name}.{end}")) for end in ("new", "old")
    )
    put_folder(made, files)
    with told(folder):
        try:
            folder.rename(earlier)
            made.rename(folder)
        except OSError:
            if earlier.exists() and not folder.exists():
                earlier.rename(folder)
            _remove(made)
            raise
        sync_folder(folder.parent)
        _remove(earlier)


def put_in_place(partial: Path, path: Path) -> None:
    """Flush a finished file, written under its hidden name, and give it its name.

    Raises
    ------
    DiskError
        ``E502``; the earlier file stays as it was.
    """
    with told(path):
        with open(partial, "rb+") as file:
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_free(path: Path, file: bool = False, hint: str = "") -> None:
    """Refuse an output folder, or a file, that exists.

    Parameters
    ----------
    path : Path
    file : bool
        Whether it was to be a file.
    hint : str
        The cure, where it is not to name another.

    Raises
    ------
    DiskError
        ``E503`` when it exists.
    """
    if path.exists():
        raise DiskError.one(
            "E503",
            say(
                "the file exists; nothing is overwritten"
                if file
                else "the output folder exists; nothing is overwritten"
            ),
            file=str(path),
            suggestion=hint or say("name another file" if file else "name a new folder"),
        )


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder as `put_folder` does, unless it exists.

    Raises
    ------
    DiskError
        ``E503`` when it exists, ``E502`` when it can't be written; nothing is left behind.
    """
    check_free(folder)
    put_folder(folder, files)


def write_file(path: Path, data: bytes, replace: bool = False, hint: str = "") -> None:
    """Write a file beside its place first, then rename it.

    Parameters
    ----------
    path : Path
    data : bytes
    replace : bool
        Whether a file that is there may be replaced.
    hint : str
        What can be done when it is there.

    Raises
    ------
    DiskError
        ``E503`` when it exists, ``E502`` when it can't be written; an earlier file stays as it
        was, nothing is left behind.
    """
    if not replace:
        check_free(path, True, hint)
    partial = partial_path(path)
    with told(path, len(data)):
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(path.parent)
        write_bytes(partial, data)
        partial.replace(path)
        sync_folder(path.parent)
