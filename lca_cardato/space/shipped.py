"""Copies of the shipped scenarios and spaces."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import InputError
from lca_cardato.files.atomic import check_free, write_file
from lca_cardato.scenario.convert import names_workbook, scenario_bytes
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import is_space, shipped_scenario
from lca_cardato.sentence import say
from lca_cardato.space.load import load_space


def copy_shipped(file: Path, name: str, lang: str = "en") -> list[Path]:
    """Copy a shipped scenario and its documents byte by byte; a space brings its base scenario.

    A scenario may be copied into a workbook too.

    Parameters
    ----------
    file : Path
    name : str
        Such as ``virgin-wool`` or ``blends.space``.
    lang : str
        Language of a workbook.

    Returns
    -------
    list of Path
        What was written, `file` last.

    Raises
    ------
    InputError
        ``E215``: no such scenario is shipped; a space as a workbook.
    DiskError
        A file exists (``E503``) or can't be written (``E502``).
    """
    source = shipped_scenario(name)
    base = load_space(source).space.base if is_space(source.name) else source.name
    workbook = names_workbook(file)
    if workbook and is_space(source.name):
        raise InputError.one(
            "E215", say("a space is a YAML file"), file=str(file), value=file.suffix,
            suggestion=say("write {name}", name=file.with_suffix(".yaml").name),
        )  # fmt: skip
    loaded = load_scenario(source.parent / base)
    papers = loaded.files.values()
    copies = {file.parent / paper.name: paper.path.read_bytes() for paper in papers}
    if is_space(source.name):
        copies[file.parent / base] = (source.parent / base).read_bytes()
    copies[file] = scenario_bytes(source, True, lang) if workbook else source.read_bytes()
    for target, data in list(copies.items()):
        if target != file and target.is_file() and target.read_bytes() == data:
            del copies[target]  # it is there already
        else:
            check_free(target, file=True)
    for target, data in copies.items():
        write_file(target, data)
    return list(copies)
