"""Commented files to start from: a yarn, a fabric, the balance of a year."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import InputError
from lca_cardato.files.atomic import check_free, write_file
from lca_cardato.scenario.convert import names_workbook
from lca_cardato.scenario.entry.start import SYSTEMS, starting_workbook
from lca_cardato.sentence import say

PRODUCTS = ("yarn", "fabric", "balance")
BESIDE = {"balance": {"my-yarn.yaml": "yarn.yaml", "register.csv": "register.csv"}}
"""Kind -> files that it names, which are written beside it unless they are there: template."""


def template_text(name: str, lang: str = "en") -> str:
    """Give a starting file, such as ``yarn`` or ``register.csv``, in its language where it has one."""
    folder = Path(__file__).resolve().parent / "templates"
    stem, _, ending = name.partition(".")
    own = folder / f"{stem}.{lang}.{ending or 'yaml'}"
    return (own if own.is_file() else folder / f"{stem}.{ending or 'yaml'}").read_text("utf-8")


def write_template(file: Path, product: str, lang: str = "en") -> list[Path]:
    """Write a starting file; an existing file is never overwritten.

    Parameters
    ----------
    file : Path
    product : str
        One of `PRODUCTS`.
    lang : str
        Language of its comments and words.

    Returns
    -------
    list of Path
        What was written, `file` last.

    Raises
    ------
    InputError
        ``E215``: a balance as a workbook, or another format of workbooks.
    DiskError
        The file exists (``E503``) or can't be written (``E502``).
    """
    check_free(file, file=True)
    if names_workbook(file):
        if product not in SYSTEMS:
            raise InputError.one(
                "E215", say("a balance is a YAML file"), file=str(file), value=file.suffix,
                suggestion=say("write {name}", name=file.with_suffix(".yaml").name),
            )  # fmt: skip
        write_file(file, starting_workbook(product, lang, file.stem))
        return [file]
    texts = {
        file.parent / name: template_text(source, lang)
        for name, source in BESIDE.get(product, {}).items()
        if not (file.parent / name).exists()
    }
    texts[file] = template_text(product, lang)
    for path, text in texts.items():
        write_file(path, text.encode())
    return list(texts)
