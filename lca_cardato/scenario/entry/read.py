"""Read a workbook as a scenario: its sheets put together to the text tree of a file."""

from __future__ import annotations

from difflib import get_close_matches

from lca_cardato.errors import InputError, Problem
from lca_cardato.files.sheets import read_sheets
from lca_cardato.scenario.entry.assemble import Assembly
from lca_cardato.scenario.entry.grid import Grid, grid_of
from lca_cardato.scenario.entry.layout import FORMS, LISTS, MORE, OPTIONAL, sheet_named, sheets
from lca_cardato.scenario.entry.names import spell_out
from lca_cardato.scenario.models import SCHEMA
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import Document, parse_document
from lca_cardato.text.yamlwrite import yaml_text
from lca_cardato.words.entry import choices_of, section_name
from lca_cardato.words.find import called
from lca_cardato.words.language import LANGUAGES

MAX_ROWS = 2_000
MAX_COLUMNS = 100


def read_scenario_workbook(data: bytes, name: str) -> tuple[Document, list[Problem]]:
    """Read a workbook that `lca_cardato.scenario.entry.write` made and a person filled in.

    Parameters
    ----------
    data : bytes
    name : str
        Name of the file, for messages.

    Returns
    -------
    document : Document
        The tree with its YAML as `text`, and the cell of every value.
    problems : list of Problem
        What a cell says that can't be read; the rest is in the document.

    Raises
    ------
    InputError
        The file is no workbook that can be read (``E210``, ``E211``, ``E212``, ``E322``), or a sheet
        is missing.
    """
    grids, problems = _grids(data, name)
    work = Assembly(name, problems)
    for title in FORMS:
        work.form(title, grids[title])
    for title, take in (
        ("yarns", work.yarn), ("blend", work.fibre), ("transport", work.leg),
        ("route", work.step), ("readings", work.reading), ("documents", work.paper),
        ("meters", work.meter), ("parts", work.part), ("reasons", work.reason), (MORE, work.more),
    ):  # fmt: skip
        for row in grids[title].rows() if title in grids else ():
            take(row)
    _ask_of_fabric(work)
    _ask_for_more(work, grids)
    tree = {"schema": SCHEMA, **work.ordered()}
    named = Document(name, tree, cells={(): sheet_title(grids["product"]), **work.cells})
    problems += spell_out(named)
    text = yaml_text(named.data)
    document = parse_document(text, name)
    document.raw, document.workbook, document.cells = text.encode(), data, named.cells
    return document, problems


def _ask_for_more(work: Assembly, grids: dict[str, Grid]) -> None:
    """Ask for the count and the first fibre, unless the file or the lot sheet of the yarn brings them."""
    brought = ("yarn", "lot")
    if any(work.tree.get(key) for key in brought):
        return
    yarns = work.tree.get("yarns", [])
    if not work.lines and not any(key in yarn for yarn in yarns for key in brought):
        work.fibre(grids["blend"].row(grids["blend"].begin + 1))
        work.missing(("blend", 0, "fibre"))
    if not work.yarns:
        work.missing(("product", "count"))


def _ask_of_fabric(work: Assembly) -> None:
    """Ask for what a fabric can't do without."""
    product = work.tree.get("product", {})
    if "fabric" in called(product.get("type", ""), choices_of("type", ("yarn", "fabric"))):
        work.missing(("product", "surface_mass"))
        work.missing(("product", "construction"))


def sheet_title(grid: Grid) -> str:
    """Name a sheet for a message."""
    return f"{grid.title}!A1"


def _grids(data: bytes, name: str) -> tuple[dict[str, Grid], list[Problem]]:
    """Find the sheets of a scenario among those of the file.

    Raises
    ------
    InputError
        A sheet is missing, or stands twice.
    """
    found: dict[str, Grid] = {}
    strangers: list[str] = []
    problems: list[Problem] = []
    for sheet in read_sheets(data, name, MAX_ROWS, MAX_COLUMNS):
        key = sheet_named(sheet.name)
        if key == LISTS:
            continue
        if key is None:
            strangers.append(sheet.name)
        elif key in found:
            raise InputError.one(
                "E201", say("the sheets {one} and {other} are the same",
                            one=found[key].title, other=sheet.name),
                file=name, key=f"{sheet.name}!A1", suggestion=say("keep one of them"),
            )  # fmt: skip
        else:
            found[key] = grid_of(sheet, key, name, problems)
    missing = [key for key in sheets() if key not in found and key not in OPTIONAL]
    if missing:
        raise InputError([_missing(key, strangers, name) for key in missing])
    return found, problems


def _missing(key: str, strangers: list[str], name: str) -> Problem:
    titles = [section_name(key, lang) for lang in LANGUAGES]
    told = " / ".join(dict.fromkeys(titles))
    meant = [one for one in strangers if len(strangers) == 1 or get_close_matches(one, titles)]
    if meant:
        cure = say("a sheet is called {sheet}: give it that name again", sheet=meant[0])
    else:
        cure = say("a sheet without entries stays in the workbook, empty; `lca-cardato new FILE.xlsx` "
                   "makes one with every sheet")  # fmt: skip
    return Problem("E322", say("the sheet {sheet} is missing", sheet=told), name, key=told,
                   suggestion=cure)  # fmt: skip
