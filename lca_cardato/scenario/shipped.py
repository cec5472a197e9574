"""The scenarios that come with the program, in the wheel or beside the package."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import DiskError, InputError, nearest


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
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data" / "scenarios", package.parent / "scenarios"):
        if folder.is_dir():
            return {path.name.removesuffix(".yaml"): path for path in sorted(folder.glob("*.yaml"))}
    raise DiskError.one("E501", "the shipped scenarios are missing; reinstall lca-cardato")


def shipped_scenario(name: str) -> Path:
    """Give the file of a shipped scenario or space.

    Raises
    ------
    InputError
        ``E215``: no such scenario is shipped.
    """
    found = shipped_scenarios()
    try:
        return found[name.removesuffix(".yaml")]
    except KeyError:
        raise InputError.one(
            "E215", "no such scenario is shipped", value=name,
            suggestion=nearest(name, list(found)),
        ) from None  # fmt: skip


def about(path: Path) -> str:
    """Give what a file says of itself: the comment at its top, as one line."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)
