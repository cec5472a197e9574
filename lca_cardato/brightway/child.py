"""Start a process of our own, from a Python or from a program that was frozen with it.

A frozen program (PyInstaller) has no Python to start: the program itself is started again, with
`FLAG` as its first argument, and its entry calls `serve_child` before anything else.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

FLAG = "--lca-cardato-child"
PACKAGE = __name__.partition(".")[0]
_CODE = (
    "import sys; sys.path[:] = sys.argv.pop(1).split('\\n'); "
    f"from {__name__} import run_module; run_module(sys.argv[1:])"
)

_served = False


def serve_child() -> None:
    """Do a child's work and end, where this process was started as one; else do nothing.

    The first thing that the entry of a program does; without it a frozen program starts no child.
    """
    global _served
    _served = True
    if sys.argv[1:2] == [FLAG]:
        run_module(sys.argv[2:])
        sys.exit(0)


def run_module(arguments: list[str]) -> None:
    """Call ``main(arguments)`` of the module of ours that the first argument names."""
    name, *rest = arguments
    if name.partition(".")[0] == PACKAGE:
        import_module(name).main(rest)


def can_start() -> bool:
    """Whether a child can be started.

    A frozen program that never called `serve_child` would start itself anew, and so on without
    end; a Python that is part of another program may not know its own file.
    """
    return bool(sys.executable) and (_served or not getattr(sys, "frozen", False))


def command(module: str, *arguments: str) -> list[str]:
    """Give the command that starts a child.

    Parameters
    ----------
    module : str
        Module of ours whose ``main(arguments)`` does the work.
    *arguments : str

    Returns
    -------
    list of str
        The child of a Python finds its modules where this process does, and not in the folder in
        which the user happens to be.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG, module, *arguments]
    isolated = ["-I"] if sys.flags.isolated else []
    return [sys.executable, *isolated, "-c", _CODE, "\n".join(_places()), module, *arguments]


def _places() -> list[str]:
    """Where this process finds modules, ours first."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return [root, *(place for place in sys.path if place not in ("", root))]


def environment(**more: str) -> dict[str, str]:
    """Surroundings of a child: ours, texts in UTF-8, without a date that NumPy would stop at."""
    found = {**os.environ, "PYTHONUTF8": "1", **more}
    found.pop("SOURCE_DATE_EPOCH", None)
    return found
