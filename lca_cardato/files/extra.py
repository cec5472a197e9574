"""Packages that a base installation does without: which extra brings them, and how it is added here."""

from __future__ import annotations

import os
import shlex
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Mapping

from lca_cardato.errors import MissingError, Problem, shorten
from lca_cardato.sentence import say

PROGRAM = "lca-cardato"
EXTRAS: dict[str, tuple[str, ...]] = {
    "reports": ("typst", "vl_convert"),
    "batch": ("pyarrow",),
    "sensitivity": ("SALib",),
    "sign": ("securesystemslib", "cryptography"),
    "notebook": ("altair",),
    "cluster": ("distributed", "pyarrow"),
    "simapro": ("bw_simapro_csv", "loguru"),
}
"""Extra of ``pyproject.toml`` -> modules that are imported of what it brings."""
ALL = ("reports", "batch", "sensitivity")
"""What the extra ``all`` brings."""


def absent(extra: str) -> list[str]:
    """Name the modules of an extra that are not installed; nothing is imported."""
    return [name for name in EXTRAS[extra] if not there(name)]


def there(name: str) -> bool:
    """Whether a module is installed; it is not imported. A folder of that name is no module."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return False
    return spec is not None and spec.origin is not None


def require(needs: Mapping[str, str]) -> None:
    """Refuse what extras are needed for, before anything is calculated or written.

    Parameters
    ----------
    needs : mapping
        Of `EXTRAS`, what needs each: a sentence, such as ``{"batch": say("a batch")}``.

    Raises
    ------
    MissingError
        ``E510``: each that is missing, and one command that adds them all.
    """
    missing = {extra: names for extra in needs if (names := absent(extra))}
    if missing:
        told = cure(*missing)
        raise MissingError([
            Problem(
                "E510",
                say(
                    "{what} needs the extra `{extra}`, which is not installed ({names})",
                    what=needs[extra], extra=extra, names=names,
                ),
                file=PROGRAM, suggestion=told,
            )
            for extra, names in missing.items()
        ])  # fmt: skip


def load(extra: str, module: str, what: str) -> Any:
    """Import a module of what an extra brings.

    Parameters
    ----------
    extra : str
        One of `EXTRAS`.
    module : str
        Such as ``pyarrow.parquet``.
    what : str
        What needs it: a sentence, such as ``say("this picture")``.

    Raises
    ------
    MissingError
        ``E510``: the extra is not installed, or the module is there and can't be loaded.
    """
    require({extra: what})
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingError.one(
            "E510",
            say(
                "{what} needs {module}, which is there but can't be loaded: {error}",
                what=what,
                module=module,
                error=shorten(str(error), 200),
            ),
            file=PROGRAM,
            suggestion=say("`lca-cardato doctor` looks at the installation"),
        ) from None


def cure(*extras: str) -> str:
    """Say how extras are added to the environment that runs."""
    if getattr(sys, "frozen", False):
        return say(
            "make the frozen program again in an environment with the extra `{extra}`",
            extra=",".join(extras),
        )
    return say("install it: {command}", command=command(*extras))


def command(*extras: str) -> str:
    """Give the command that adds extras to the environment that runs.

    pip is asked through the interpreter; it takes the program itself as installed, however that
    was done, and adds what the extras name. An environment without pip is one of uv.
    """
    wanted = f'"{PROGRAM}[{",".join(extras)}]"'
    python = _quoted(sys.executable or "python")
    if there("pip"):
        return f"{python} -m pip install {wanted}"
    return f"uv pip install --python {python} {wanted}"


def _quoted(path: str) -> str:
    """Write a path as a shell takes it, from the folder where the user stands where that is shorter."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        near = path
    if not near.startswith("..") and os.sep in near:
        path = near
    if os.name == "nt":
        return f'"{path}"' if " " in path else path
    return shlex.quote(path)
