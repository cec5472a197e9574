"""Digests of the program itself: its code, and the data that come with it."""

from __future__ import annotations

from pathlib import Path

from lca_cardato import __version__
from lca_cardato.audit.files import below
from lca_cardato.errors import DiskError
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import shipped_folder
from lca_cardato.sentence import say

NAME = "lca-cardato"
SHIPPED = ("inventories", "scenarios")


def program() -> dict[str, str]:
    """Name, version and digests of the program that runs.

    Returns
    -------
    dict
        ``sha256`` over every file of the program, ``data_sha256`` over those that are no Python:
        inventories, rule packs, methods, units, texts, templates, shipped scenarios. They are the
        same from a wheel and from a checkout.
    """
    if _stated:
        return dict(_stated)
    lines = {name: f"{sha256(path.read_bytes())}  {name}" for name, path in program_files().items()}
    data = [line for name, line in lines.items() if not name.endswith(".py")]
    return {
        "name": NAME,
        "version": __version__,
        "sha256": sha256("\n".join(lines.values()).encode()),
        "data_sha256": sha256("\n".join(data).encode()),
    }


_stated: dict[str, str] = {}


def state(made_of: dict[str, str]) -> None:
    """Take what `program` gave for the files that this program was compiled from."""
    _stated.update(made_of)


def program_files() -> dict[str, Path]:
    """Files of the program by their names inside it, in the order of the names.

    Raises
    ------
    DiskError
        ``E501``: the installation is not whole.
    """
    package = Path(__file__).resolve().parents[1]
    found = {
        f"lca_cardato/{name}": path
        for name, path in _kept(package).items()
        if not name.startswith("_data/")
    }
    for folder in SHIPPED:
        root = shipped_folder(folder)
        found.update({f"{folder}/{name}": path for name, path in _kept(root).items()})
    if not found:
        raise DiskError.one(
            "E501", say("the program's own files are missing; reinstall lca-cardato")
        )
    return {name: found[name] for name in sorted(found)}


def _kept(root: Path) -> dict[str, Path]:
    """Files below a folder but caches and hidden ones."""
    return {
        name: path
        for name, path in below(root).items()
        if path.is_file()
        and not any(part.startswith(".") or part == "__pycache__" for part in name.split("/"))
        and not name.endswith((".pyc", ".pyo"))
    }
