"""Commented scenario files to start from."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import DiskError


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
    try:
        with open(file, "x", encoding="utf-8", newline="\n") as handle:
            handle.write(template_text(product))
    except FileExistsError:
        raise DiskError.one(
            "E503", "the file exists; nothing is overwritten", file=str(file)
        ) from None
    except OSError as error:
        raise DiskError.one(
            "E502", f"can't be written: {error.strerror or error}", file=str(file)
        ) from None
