"""Packages that a base installation does without: which extra brings them, and how it is added here."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from lca_cardato.errors import MissingError, shorten
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
    """Whether a module is installed; it is not imported."""
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def require(extra: str, what: str) -> None:
    """Refuse what an extra is needed for, before anything is calculated or written.

    Parameters
    ----------
    extra : str
        One of `EXTRAS`.
    what : str
        What needs it: a sentence, such as ``say("a batch")``.

    Raises
    ------
    MissingError
        ``E510``.
    """
    if missing := absent(extra):
        raise MissingError.one(
            "E510",
            say(
                "{what} needs the extra `{extra}`, which is not installed ({names})",
                what=what,
                extra=extra,
                names=missing,
            ),
            file=PROGRAM,
            suggestion=cure(extra),
        )


def load(extra: str, module: str, what: str) -> Any:
    """Import a module of what an extra brings.

    Parameters
    ----------
    extra : str
        One of `EXTRAS`.
    module : str
        Such as ``pyarrow.parquet``.
    what : str
        As in `require`.

    Raises
    ------
    MissingError
        ``E510``: the extra is not installed, or the module is there and can't be loaded.
    """
    require(extra, what)
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
            suggestion=cure(extra),
        ) from None


def cure(extra: str) -> str:
    """Say how an extra is added to the environment that runs."""
    if getattr(sys, "frozen", False):
        return say(
            "make the frozen program again in an environment with the extra `{extra}`", extra=extra
        )
    return say("install it: {command}", command=command(extra))


def command(extra: str) -> str:
    """Give the command that adds an extra to the environment that runs.

    pip is asked through the interpreter; it takes the program itself as installed, however that
    was done, and adds what the extra names. An environment without pip is one of uv.
    """
    wanted = f'"{PROGRAM}[{extra}]"'
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
    return f'"{path}"' if " " in path else path
