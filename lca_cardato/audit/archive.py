"""A run folder that somebody sent as a .zip: looked at, then unpacked to a folder that goes again."""

from __future__ import annotations

import contextlib
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from lca_cardato.audit.read import MAX_BYTES
from lca_cardato.errors import CardatoError, DiskError, InputError, IntegrityError, shorten
from lca_cardato.files.runs import SUMS, is_junk
from lca_cardato.sentence import Sentence, say

MAX_UNPACKED = 1_000_000_000
MAX_FILES = 20_000
LONGEST = 240
CHUNK = 1 << 20
SHOWN = 5
WINDOWS = 0
"""As an archive names the system that wrote it."""
TOLD = ("file", "message", "value", "suggestion")
"""Fields of a problem that may name the folder."""
_FORBIDDEN = '\\:*?"<>|'
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextlib.contextmanager
def opened(run: Path) -> Iterator[Path]:
    """Give a run folder: the folder itself, or what a .zip of one holds.

    Parameters
    ----------
    run : Path
        Folder, or file that ends with ``.zip``.

    Yields
    ------
    Path
        The folder; of a .zip a temporary one of its name, which is taken away afterwards. Problems
        name the .zip.

    Raises
    ------
    InputError
        ``E211``: it unpacks to too much.
    IntegrityError
        ``E614``: it is broken or not safe to unpack.
    DiskError
        ``E501``: there is no run folder in it; ``E502``.
    """
    if run.suffix.lower() != ".zip" or not run.is_file():
        yield run
        return
    with tempfile.TemporaryDirectory(prefix="lca-cardato-") as place:
        try:
            yield _unpacked(run, Path(place).resolve() / run.stem)
        except CardatoError as error:
            raise _renamed(error, place, run) from None


def _renamed(error: CardatoError, place: str, run: Path) -> CardatoError:
    """Let problems name the archive in place of the folder that it was unpacked to."""
    inside = Path(place).resolve() / run.stem
    folders = [str(path) for path in (*_runs(inside), inside)] if inside.is_dir() else [str(inside)]

    def told(text: Any) -> Any:
        if isinstance(text, Sentence):
            arguments = {name: told(value) for name, value in text.arguments.items()}
            return Sentence(text.template, text.many, arguments)
        if not isinstance(text, (str, Path)):
            return text
        found = str(text)
        for folder in folders:
            found = found.replace(folder, str(run))
        return found

    return type(error)([
        replace(one, **{name: told(getattr(one, name)) for name in TOLD}) for one in error.problems
    ])  # fmt: skip


def _unpacked(run: Path, place: Path) -> Path:
    place.mkdir()
    try:
        with open(run, "rb") as file:
            if not zipfile.is_zipfile(file):
                _refuse(run, say("it is broken, or no .zip: its end is missing"))
        with zipfile.ZipFile(run) as archive:
            parts = _sound_parts(run, archive)
            room = MAX_UNPACKED
            for part in parts:
                room -= _write(run, archive, part, place / part.filename, room)
    except _BROKEN as error:
        _refuse(
            run, say("it is broken: {why}", why=shorten(str(error) or type(error).__name__, 100))
        )
    except OSError as error:
        raise DiskError.one(
            "E502", say("can't be unpacked: {why}", why=error.strerror or str(error)), file=str(run)
        ) from None
    found = _runs(place)
    if len(found) > 1:
        names = ", ".join(path.relative_to(place).as_posix() for path in found[:SHOWN])
        raise DiskError.one(
            "E501", say("{count} run folders lie in it", count=len(found)), file=str(run),
            value=shorten(names, 200), suggestion=say("pack each of them as a .zip of its own"),
        )  # fmt: skip
    if not found:
        raise DiskError.one(
            "E501", say("no run folder in it: {name} is missing", name=SUMS), file=str(run),
            suggestion=say("pack a folder that `assess --out` wrote, whole"),
        )  # fmt: skip
    return found[0]


def _runs(place: Path) -> list[Path]:
    """Run folders that were unpacked, however deep they lie; what lies in one is part of it."""
    if (place / SUMS).is_file():
        return [place]
    return [one for path in sorted(place.iterdir()) if path.is_dir() for one in _runs(path)]


def _sound_parts(run: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Files of an archive, where all of it may be unpacked; what systems add of their own is left."""
    listed = archive.infolist()
    if len(listed) > MAX_FILES or sum(part.file_size for part in listed) > MAX_UNPACKED:
        _too_much(run)
    found: dict[str, zipfile.ZipInfo] = {}
    for part in listed:
        part.filename = _with_slashes(part)
        path = PurePosixPath(part.filename)
        mode = part.external_attr >> 16
        if (
            path.is_absolute() or ".." in path.parts or len(part.filename) > LONGEST
            or any(letter in _FORBIDDEN or not letter.isprintable() for letter in part.filename)
            or any(name != name.rstrip(" .") for name in path.parts)
        ):  # fmt: skip
            _refuse(
                run, say("{name} is no name of a file in a folder", name=shorten(part.filename, 80))
            )
        if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or not stat.S_IFMT(mode)):
            _refuse(run, say("{name} is a link or a device", name=shorten(part.filename, 80)))
        if part.flag_bits & 1:
            _refuse(run, say("it is protected by a password"))
        if part.is_dir() or is_junk(part.filename):
            continue
        if path.as_posix().casefold() in found:
            _refuse(run, say("{name} stands twice in it", name=shorten(part.filename, 80)))
        found[path.as_posix().casefold()] = part
    return list(found.values())


def _with_slashes(part: zipfile.ZipInfo) -> str:
    """Name of a file in an archive; Windows PowerShell 5 parts its folders by backslashes."""
    if part.create_system == WINDOWS and "/" not in part.filename:
        return part.filename.replace("\\", "/")
    return part.filename


def _write(
    run: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path, room: int
) -> int:
    """Unpack one file; what it really holds counts, not what the archive says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size, most = 0, min(room, MAX_BYTES)
    with archive.open(part) as packed, open(path, "xb") as file:
        while data := packed.read(CHUNK):
            size += len(data)
            if size > most:
                _too_much(run)
            file.write(data)
    return size


def _too_much(run: Path) -> NoReturn:
    raise InputError.one(
        "E211", say("it unpacks to too much for a run folder"), file=str(run),
        suggestion=say(
            "at most {bytes} bytes in {count} files, {each} in one; unpack it yourself if you trust it",
            bytes=MAX_UNPACKED, count=MAX_FILES, each=MAX_BYTES,
        ),
    )  # fmt: skip


def _refuse(run: Path, why: str) -> NoReturn:
    raise IntegrityError.one(
        "E614", say("it can't be unpacked safely: {why}", why=why), file=str(run),
        suggestion=say("ask for the run folder packed anew, as it was written"),
    )  # fmt: skip
