"""A scenario from one kind of file into the other: YAML and workbook, nothing lost but comments."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import InputError
from lca_cardato.files.atomic import check_free, write_file
from lca_cardato.inventory.load import load_inventory
from lca_cardato.scenario.entry.names import spell_out
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.open import open_scenario
from lca_cardato.sentence import say
from lca_cardato.text.yamlwrite import yaml_text

WORKBOOK, YAML = (".xlsx",), (".yaml", ".yml")


def names_workbook(file: Path) -> bool:
    """Tell whether a file to write is to be a workbook, by its ending.

    Raises
    ------
    InputError
        ``E215``: a format of workbooks that is not written.
    """
    ending = file.suffix.lower()
    if ending in (".xls", ".xlsm", ".xlsb", ".ods"):
        raise InputError.one(
            "E215", say("workbooks are written as .xlsx"), file=str(file), value=ending,
            suggestion=say("write {name}", name=file.with_suffix(".xlsx").name),
        )  # fmt: skip
    return ending in WORKBOOK


def scenario_bytes(source: Path, workbook: bool, lang: str) -> bytes:
    """Write the scenario of a file, as it stands there.

    Parameters
    ----------
    source : Path
        File of a sound scenario.
    workbook : bool
        Whether as a workbook; else as YAML.
    lang : str
        Language of the workbook.
    """
    document, _ = open_scenario(source)
    spell_out(document)
    if workbook:
        return workbook_bytes(document.data, lang, load_inventory())
    return yaml_text(document.data).encode()


def convert(source: Path, target: Path, lang: str) -> list[Path]:
    """Convert a file; an existing one is never overwritten.

    Parameters
    ----------
    source, target : Path
        Each a workbook or YAML; what is to be written, the ending says.
    lang : str
        Language of a workbook.

    Returns
    -------
    list of Path
        Files of documents that `target` names and that do not lie beside it.

    Raises
    ------
    InputError
        `source` is no sound scenario; ``E215`` for another ending.
    DiskError
        `target` exists (``E503``) or can't be written (``E502``).
    """
    workbook = names_workbook(target)
    if not workbook and target.suffix.lower() not in YAML:
        raise InputError.one(
            "E215", say("a scenario is a .yaml or an .xlsx file"), file=str(target),
            value=target.suffix, suggestion=say("write {name}", name=target.with_suffix(".yaml").name),
        )  # fmt: skip
    check_free(target, file=True)
    loaded = load_scenario(source)
    write_file(target, scenario_bytes(source, workbook, lang))
    wanted = (Path(one.name) for one in loaded.files.values())
    return [name for name in wanted if not (target.parent / name).is_file()]
