"""Commented files to start from: a yarn, a fabric, the balance of a year."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.files.atomic import check_free, write_file

PRODUCTS = ("yarn", "fabric", "balance")
BESIDE = {"balance": {"my-yarn.yaml": "yarn.yaml", "register.csv": "register.csv"}}
"""Kind -> files that it names, which are written beside it unless they are there: template."""


def template_text(name: str) -> str:
    """Give a starting file, such as ``yarn`` or ``register.csv``."""
    folder = Path(__file__).resolve().parent / "templates"
    return (folder / (name if "." in name else f"{name}.yaml")).read_text(encoding="utf-8")


def write_template(file: Path, product: str) -> list[Path]:
    """Write a starting file; an existing file is never overwritten.

    Parameters
    ----------
    file : Path
    product : str
        One of `PRODUCTS`.

    Returns
    -------
    list of Path
        What was written, `file` last.

    Raises
    ------
    DiskError
        The file exists (``E503``) or can't be written (``E502``).
    """
    check_free(file, file=True)
    texts = {
        file.parent / name: template_text(source)
        for name, source in BESIDE.get(product, {}).items()
        if not (file.parent / name).exists()
    }
    texts[file] = template_text(product)
    for path, text in texts.items():
        write_file(path, text.encode())
    return list(texts)
