"""What is not in the installation: the interpreter of the browser, and one compiled package.

Both come from public registries, in pinned versions whose digests stand here; nothing else is
taken. The folder that is made of them needs no network.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Optional

from lca_cardato.errors import DiskError
from lca_cardato.files.atomic import sha256, write_file
from lca_cardato.files.extra import there
from lca_cardato.files.home import data_home
from lca_cardato.sentence import say
from lca_cardato.web.node import program, run

PYODIDE = "314.0.7"
PYTHON = "3.14"
TAGS = ("cp314", "pyemscripten_2026_0_wasm32")
"""ABI and platform of that Pyodide, as PEP 783 names them."""
INTERPRETER = f"pyodide-{PYODIDE}.tgz"
DIGESTS = {
    INTERPRETER: "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    "pydantic_core-2.50.4-cp314-cp314-pyemscripten_2026_0_wasm32.whl":
        "e6da138a1ecc1341c8b788a5ee822670b03788e1f5decf7af9d461de6e508b8e",
    "pydantic_core-2.50.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl":
        "b2910ec0fa5aeb9bef70156f2b79f4783978fdcfaa7b2f1b5d1814458d2e79a1",
}  # fmt: skip
"""File -> SHA-256; pydantic_core in the versions that pydantic asks for."""
WAIT = 300.0


@dataclass(frozen=True)
class Parts:
    """What was gathered.

    Attributes
    ----------
    interpreter : dict
        File of Pyodide's package -> content.
    core : dict
        File of pydantic_core's wheel -> content.
    versions : dict
        ``pyodide`` and ``pydantic-core`` -> version.
    node : str
        The program `node`, which compiles the modules.
    """

    interpreter: dict[str, bytes]
    core: dict[str, bytes]
    versions: dict[str, str]
    node: str


def gather(folder: Optional[Path] = None) -> Parts:
    """Gather the parts: from a folder, or by `npm` and `pip`, kept in the data directory.

    Parameters
    ----------
    folder : Path, optional
        Where the files lie, by the names in `DIGESTS`; they are fetched when left out.

    Returns
    -------
    Parts

    Raises
    ------
    DiskError
        ``E509``: a part is missing, can't be fetched, or is not the pinned one; `node` is missing.
    """
    wanted = version("pydantic_core")
    wheel = f"pydantic_core-{wanted}-{TAGS[0]}-{TAGS[0]}-{TAGS[1]}.whl"
    if wheel not in DIGESTS:
        raise DiskError.one(
            "E509", say("this version of pydantic is not known to run in the browser"),
            value=f"pydantic {version('pydantic')}, pydantic_core {wanted}",
            suggestion=say("install the version that constraints.txt names"),
        )  # fmt: skip
    node = program("node", say("it compiles the modules; Node.js 20 or newer brings it"))
    kept = folder or data_home() / "web"
    found = {name: _part(kept, name, folder is None) for name in (INTERPRETER, wheel)}
    with tarfile.open(fileobj=io.BytesIO(found[INTERPRETER])) as package:
        interpreter = {
            member.name.removeprefix("package/"): package.extractfile(member).read()  # type: ignore[union-attr]
            for member in package.getmembers()
            if member.isfile()
        }
    with zipfile.ZipFile(io.BytesIO(found[wheel])) as archive:
        core = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    return Parts(interpreter, core, {"pyodide": PYODIDE, "pydantic-core": wanted}, node)


def _part(folder: Path, name: str, may_fetch: bool) -> bytes:
    path = folder / name
    if may_fetch and not path.is_file():
        _fetch(path)
    try:
        data = path.read_bytes()
    except OSError:
        raise DiskError.one(
            "E509", say("a part of the page for the browser is missing"), file=str(path),
            suggestion=say("fetch it where there is a network: {command}", command=" ".join(_command(name))),
        ) from None  # fmt: skip
    if sha256(data) != DIGESTS[name]:
        raise DiskError.one(
            "E509", say("this is not the file whose digest is pinned"), file=str(path),
            value=sha256(data), suggestion=say("delete it and fetch it again"),
        )  # fmt: skip
    return data


def _command(name: str) -> list[str]:
    if name == INTERPRETER:
        return ["npm", "pack", f"pyodide@{PYODIDE}"]
    wheel = name.split("-")
    return [
        "pip", "download", "--no-deps", "--only-binary=:all:", "--implementation=cp",
        f"--python-version={PYTHON}", f"--abi={TAGS[0]}", f"--platform={TAGS[1]}",
        f"pydantic-core=={wheel[1]}",
    ]  # fmt: skip


def _fetch(path: Path) -> None:
    command = _command(path.name)
    if command[0] == "npm":
        whole = [program("npm", say("it fetches Pyodide; Node.js brings it")), *command[1:]]
    elif there("pip"):
        whole = [sys.executable, "-m", *command]
    else:  # uv and pipx leave it out of the environment of a program
        whole = [program("pip", say("it fetches pydantic_core; Python brings it")), *command[1:]]
    with tempfile.TemporaryDirectory() as room:
        _, said = run(whole, Path(room), WAIT)
        told = said.strip().splitlines()[-1:]
        made = Path(room) / path.name
        if not made.is_file():
            raise DiskError.one(
                "E509", say("a part of the page for the browser can't be fetched"), value="".join(told)[:200],
                suggestion=say(
                    "run `{command}` where there is a network, and name its folder with --parts",
                    command=" ".join(command),
                ),
            )  # fmt: skip
        write_file(path, made.read_bytes(), replace=True)
