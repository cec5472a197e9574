"""The scenarios that come with the program, in the wheel or beside the package."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import InputError, nearest
from lca_cardato.files.read import shipped_folder
from lca_cardato.sentence import say


def shipped_scenarios() -> dict[str, Path]:
    """List the shipped scenarios and spaces.

    Returns
    -------
    dict
        Name such as ``recycled-wool-70``, or ``blends.space`` for the space -> file.

    Raises
    ------
    DiskError
        ``E501``: the installation is not whole.
    """
    files = sorted(shipped_folder("scenarios").glob("*.yaml"))
    return {path.name.removesuffix(".yaml"): path for path in files}


def is_space(name: str) -> bool:
    """Whether the name of a shipped file is that of a space."""
    return name.removesuffix(".yaml").endswith(".space")


def shipped_scenario(name: str) -> Path:
    """Give the file of a shipped scenario or space.

    Raises
    ------
    InputError
        ``E215``: no such scenario is shipped.
    """
    found = shipped_scenarios()
    wanted = name.removesuffix(".yaml")
    if wanted not in found:
        hint = nearest(name, list(found))
        raise InputError.one(
            "E215", say("no such scenario is shipped"), value=name, suggestion=hint
        )
    return found[wanted]


def about(path: Path) -> str:
    """Give what a file says of itself: the comment at its top, as one line, in English."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)
