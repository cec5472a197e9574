"""Read a Brightway project of the user's without opening it for writing.

Importing Brightway in the user's folder would create or change files there (a default project,
columns of ``projects.db``). So the files are read directly: SQLite read-only, JSON, and pickles
through an unpickler that makes nothing but plain data. Projects of both lines are understood,
whichever line is installed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import re
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Optional

from lca_cardato.errors import DiskError, InputError, nearest
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import say

PLAIN = {
    ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "complex"),
    ("builtins", "bytearray"), ("collections", "OrderedDict"), ("datetime", "date"),
    ("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone"),
    ("decimal", "Decimal"), ("uuid", "UUID"), ("_codecs", "encode"), ("numpy", "dtype"),
    ("numpy", "ndarray"), ("numpy.core.multiarray", "scalar"),
    ("numpy._core.multiarray", "scalar"), ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"), ("numpy._core.numeric", "_frombuffer"),
    ("numpy.core.numeric", "_frombuffer"),
}  # fmt: skip
"""What a pickle of a Brightway project may name; anything else is refused."""


class _Unpickler(pickle.Unpickler):
    """Unpickler that makes plain data only."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a class of the list, or refuse."""
        if (module, name) not in PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} is not plain data")
        return super().find_class(module, name)


def plain(data: bytes) -> Any:
    """Read a pickle that holds plain data.

    Raises
    ------
    pickle.UnpicklingError
        It names anything else.
    """
    return _Unpickler(io.BytesIO(data)).load()


def user_folder() -> Path:
    """Folder of the user's Brightway projects: ``BRIGHTWAY2_DIR``, or the one of Brightway."""
    from platformdirs import user_data_path

    return Path(os.environ.get("BRIGHTWAY2_DIR") or user_data_path("Brightway3", "pylca"))


def safe_filename(name: str, full: bool) -> str:
    """Folder or file name that Brightway gives a text (bw_processing and bw2data)."""
    text = unicodedata.normalize("NFKD", name)
    safe = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip())
    digest = hashlib.md5(name.encode("utf-8"), usedforsecurity=False).hexdigest()
    return f"{safe}.{digest if full else digest[:8]}"


def read_rows(
    path: Path, query: str, values: tuple[Any, ...] = (), hint: str = ""
) -> Iterator[tuple[Any, ...]]:
    """Rows of a query on an SQLite file; nothing is written, not even beside it.

    Raises
    ------
    DiskError
        ``E501`` when it can't be read; `hint` says what may help.
    """
    journal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if journal.exists() and journal.stat().st_size else "mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)
    except sqlite3.Error as error:
        raise DiskError.one(
            "E501", say("can't be opened: {error}", error=error), file=str(path)
        ) from None
    with closing(connection):
        try:
            yield from connection.execute(query, values)
        except sqlite3.Error as error:
            raise DiskError.one(
                "E501",
                say("can't be read: {reason}", reason=error),
                file=str(path),
                suggestion=hint,
            ) from None


@dataclass(frozen=True)
class Project:
    """A Brightway project on the disk."""

    name: str
    folder: Path

    @property
    def lci(self) -> Path:
        """The SQLite file with processes and exchanges."""
        return self.folder / "lci" / "databases.db"

    def databases(self) -> dict[str, dict[str, Any]]:
        """Databases of the project with what Brightway notes about them."""
        return dict(self._json("databases.json", {}))

    def methods(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Methods of the project with what Brightway notes about them."""
        return {tuple(name): data for name, data in self._json("methods.json", [])}

    def factors(self, method: tuple[str, ...]) -> list[tuple[Any, float, str]]:
        """Characterisation factors of a method.

        Returns
        -------
        list of (key, factor, location)
            The key is (database, code), or the id of the flow; the location is ``GLO`` where
            there is none.
        """
        note = self.methods()[method]
        path = self.folder / "intermediate" / f"{note['abbreviation']}.pickle"
        try:
            rows = plain(path.read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError) as error:
            raise DiskError.one(
                "E501", say("the method can't be read: {error}", error=error), file=str(path)
            ) from None
        found = []
        for row in rows:
            amount = row[1]["amount"] if isinstance(row[1], dict) else row[1]
            place = row[2] if len(row) > 2 else "GLO"
            key = row[0] if isinstance(row[0], int) else tuple(row[0])
            found.append((key, float(amount), str(place)))
        return found

    def stamp(self) -> str:
        """Short text that changes when a database of the project does."""
        state = self.lci.stat()
        with open(self.lci, "rb") as file:
            header = file.read(100)
        text = f"{self.lci.resolve()}|{state.st_size}|{state.st_mtime_ns}|{header[24:28].hex()}"
        return hashlib.sha256(text.encode()).hexdigest()

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on the database of processes.

        Raises
        ------
        DiskError
            ``E501`` when it can't be read.
        """
        return read_rows(self.lci, query, values, say("is the project open in another program?"))

    def _json(self, name: str, empty: Any) -> Any:
        path = self.folder / name
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return empty
        except (OSError, ValueError) as error:
            raise DiskError.one(
                "E501", say("can't be read: {reason}", reason=reason(error)), file=str(path)
            ) from None


def projects(folder: Optional[Path] = None) -> dict[str, Project]:
    """Brightway projects of a user.

    Parameters
    ----------
    folder : Path, optional
        Folder of the projects; see `user_folder`.

    Returns
    -------
    dict
        Name -> project, those of both lines; projects whose folder is gone are left out.

    Raises
    ------
    DiskError
        ``E501`` when there are no projects, or their list can't be read.
    """
    folder = folder or user_folder()
    path = folder / "projects.db"
    if not path.is_file():
        raise DiskError.one(
            "E501", say("no Brightway projects here"), file=str(folder),
            suggestion=say("set BRIGHTWAY2_DIR to the folder of your Brightway projects"),
        )  # fmt: skip
    found = {}
    columns = {row[1] for row in read_rows(path, "PRAGMA table_info(projectdataset)")}
    extra = "full_hash" if "full_hash" in columns else "1"
    for name, full in read_rows(path, f"SELECT name, {extra} FROM projectdataset"):
        for whole in (bool(full), not full):
            place = folder / safe_filename(name, whole)
            if place.is_dir():
                found[name] = Project(name, place)
                break
    return found


def refuse_path(name: str, key: str = "--background") -> None:
    """Refuse the path of a folder in place of a name, whatever lies on the machine.

    Raises
    ------
    InputError
        ``E307``.
    """
    if re.match(r"$|[/\\~]|[A-Za-z]:[/\\]", name) or ".." in re.split(r"[/\\]", name):
        raise InputError.one(
            "E307", say("no Brightway project of this name"), key=key, value=name[:80],
            suggestion=say("a project is named, without its folder; BRIGHTWAY2_DIR names the folder"),
        )  # fmt: skip


def find_project(name: str) -> Project:
    """Find a project by its name.

    Raises
    ------
    InputError
        ``E307`` with the nearest name, or for a path in place of a name.
    """
    refuse_path(name)
    known = projects()
    if name not in known:
        raise InputError.one(
            "E307",
            say("no Brightway project of this name"),
            key="--background",
            value=name[:80],
            file=str(user_folder()),
            suggestion=nearest(name, list(known))
            or say("projects: {names}", names=", ".join(sorted(known))[:300]),
        )
    return known[name]


def split_name(text: str) -> tuple[Project, str]:
    """Read ``PROJECT/DATABASE``; both names may hold a slash.

    Raises
    ------
    InputError
        ``E215`` without a slash, ``E307`` when the project or the database is unknown.
    """
    if "/" not in text.strip("/"):
        raise InputError.one(
            "E215",
            say("a background is written PROJECT/DATABASE"),
            key="--background",
            value=text[:80],
            suggestion=say(
                "e.g. my-project/ecoinvent-3.10-cutoff; `lca-cardato background list` shows what "
                "there is"
            ),
        )
    refuse_path(text)
    known = projects()
    cuts = [i for i, letter in enumerate(text) if letter == "/"]
    for cut in cuts:
        if text[:cut] in known:
            project, database = known[text[:cut]], text[cut + 1 :]
            names = project.databases()
            if database in names:
                return project, database
            raise InputError.one(
                "E307", say("the project '{name}' holds no database of this name", name=project.name),
                key="--background", value=database[:80],
                suggestion=nearest(database, list(names))
                or say("databases: {names}", names=", ".join(sorted(names))[:300]),
            )  # fmt: skip
    return find_project(text[: cuts[0]]), text[cuts[0] + 1 :]
