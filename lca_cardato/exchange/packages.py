"""Archives and single files of other programs: looked at before they unpack, read part by part."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from lca_cardato.errors import DiskError, InputError
from lca_cardato.files.read import read_bytes
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import say

MAX_PARTS = 50_000
MAX_PACKED, MAX_UNPACKED, MAX_PART = 200_000_000, 2_000_000_000, 50_000_000
MAX_RATIO, SMALL = 100, 1_000_000
UNSOUND = (
    zipfile.BadZipFile, zlib.error, ValueError, TypeError, KeyError, AttributeError, RecursionError,
    NotImplementedError, RuntimeError, EOFError, IndexError,
)  # fmt: skip


class Parts(Protocol):
    """Something of parts that are read one by one: an archive, or a single file."""

    file: Path
    name: str
    digest: str

    def names(self) -> list[str]:
        """Names of the parts."""

    def bytes(self, name: str) -> bytes:
        """Read a part."""

    def beside(self, folder: str, code: str) -> str:
        """Name of the part of a UUID in a folder beside that of the file; empty where there is none."""

    def unsound(self, error: BaseException, name: str = "") -> InputError:
        """Say that it can't be read."""


class Single:
    """A file that is no archive, and files in folders beside its own (``../flows``), as ILCD has them.

    Parameters
    ----------
    file : Path

    Raises
    ------
    InputError
        ``E210`` too large.
    DiskError
        ``E501``.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.name = file, str(file)
        self.data = read_bytes(file, MAX_PART)
        self.digest = hashlib.sha256(self.data).hexdigest()

    def names(self) -> list[str]:
        """Name of the file, with its folder."""
        return [f"{self.file.resolve().parent.name}/{self.file.name}"]

    def bytes(self, name: str) -> bytes:
        """Read the file, or one that `beside` found."""
        if name in self.names():
            return self.data
        return read_bytes(self.file.resolve().parent.parent / name, MAX_PART)

    def beside(self, folder: str, code: str) -> str:
        """Name of the file of a UUID in a folder beside that of this one; empty where there is none."""
        whole = self.file.resolve().parent.parent
        if not re.fullmatch(r"[0-9A-Za-z-]{1,64}", code) or not (whole / folder).is_dir():
            return ""
        found = sorted((whole / folder).glob(f"{code}*.xml"))
        return f"{folder}/{found[-1].name}" if found else ""

    def unsound(self, error: BaseException, name: str = "") -> InputError:
        """Say that the file can't be read."""
        return _unsound(self.name, error, "" if name in self.names() else name)


class Package:
    """An archive on the disk, of which single parts are read.

    Parameters
    ----------
    file : Path

    Raises
    ------
    InputError
        ``E210`` too large, ``E211`` it unpacks to too much, ``E212`` encrypted, ``E214`` a path out
        of it, ``E322`` no sound archive.
    DiskError
        ``E501``.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.name = file, str(file)
        try:
            size = file.stat().st_size
            if size > MAX_PACKED:
                raise InputError.one(
                    "E210", say("the file has {size} bytes, at most {max_bytes} are read", size=size,
                                max_bytes=MAX_PACKED), file=self.name,
                )  # fmt: skip
            digest = hashlib.sha256()
            with open(file, "rb") as handle:
                while block := handle.read(1_000_000):
                    digest.update(block)
            self.digest = digest.hexdigest()
            self.archive = zipfile.ZipFile(file)
        except (OSError, ValueError) as error:
            raise DiskError.one("E501", reason(error), file=self.name) from None
        except zipfile.BadZipFile as error:
            raise self.unsound(error) from None
        self.parts = self.archive.infolist()
        self.check()

    def check(self) -> None:
        """Refuse an archive by its list of parts."""
        unpacked = sum(part.file_size for part in self.parts)
        swollen = any(
            part.file_size > SMALL and part.file_size > MAX_RATIO * part.compress_size
            for part in self.parts
        )
        large = any(part.file_size > MAX_PART for part in self.parts)
        if unpacked > MAX_UNPACKED or len(self.parts) > MAX_PARTS or swollen or large:
            raise InputError.one(
                "E211", say("the file unpacks to {unpacked} bytes in {count} parts", unpacked=unpacked,
                            count=len(self.parts)), file=self.name,
                suggestion=say("at most {bytes} bytes, {parts} parts and {times} times the packed size",
                               bytes=MAX_UNPACKED, parts=MAX_PARTS, times=MAX_RATIO),
            )  # fmt: skip
        for part in self.parts:
            path = PurePosixPath(part.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
                raise InputError.one(
                    "E214", say("a part of the archive has a path out of it"), file=self.name,
                    value=part.filename[:100],
                )  # fmt: skip
            if part.flag_bits & 1:
                raise InputError.one(
                    "E212",
                    say("the file holds {what}", what=say("encrypted parts")),
                    file=self.name,
                )

    def names(self) -> list[str]:
        """Names of the parts that are no folders."""
        return [part.filename for part in self.parts if not part.is_dir()]

    def beside(self, folder: str, code: str) -> str:
        """Give nothing: all of an archive lies in it."""
        return ""

    def bytes(self, name: str) -> bytes:
        """Read a part, never more of it than the archive's list says."""
        with self.archive.open(name) as stream:
            data = stream.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise ValueError(f"{name} is longer than the archive says")
        return data

    def json(self, name: str) -> dict[str, Any]:
        """Read a part as JSON."""
        found = json.loads(self.bytes(name))
        if not isinstance(found, dict):
            raise ValueError(f"{name} holds no object")
        return found

    def unsound(self, error: BaseException, name: str = "") -> InputError:
        """Say that the archive can't be read."""
        return _unsound(self.name, error, name)


def _unsound(file: str, error: BaseException, name: str) -> InputError:
    text = f"{name}: {error}" if name else str(error) or type(error).__name__
    problem = InputError.one("E322", say("not sound: {text}", text=text[:200]), file=file)
    return InputError(problem.problems)
