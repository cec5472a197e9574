"""Commented scenario files to start from."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.files.atomic import write_file


def template_text(product: str) -> str:
    """Give the starting file for a ``yarn`` or a ``fabric``."""
    folder = Path(__file__).resolve().parent / "templates"
    return (folder / f"{product}.yaml").read_text(encoding="utf-8")


def write_template(file: Path, product: str) -> None:
    """Write a starting file; an existing file is never overwritten.

    Raises
    ------
    DiskError
        The file exists (``E503``) or can't be written (``E502``).
    """
    write_file(file, template_text(product).encode())
