"""The workbook to start from: what a mill is asked for, with nothing made up in it."""

from __future__ import annotations

from lca_cardato.files.sheets import Cell
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.entry.cells import identifier
from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.scenario.entry.rows import Row
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.words.entry import choice_name, reading_name

SYSTEMS = {"yarn": ("woollen",), "fabric": ("woollen", "woven")}
"""Kind of product -> systems of the inventories whose steps are asked for."""


def starting_workbook(product: str, lang: str, name: str) -> bytes:
    """Make the workbook of a product of which nothing is known yet.

    Parameters
    ----------
    product : str
        ``yarn`` or ``fabric``.
    lang : str
    name : str
        Name of the file without its ending; the identifier is made of it.

    Returns
    -------
    bytes
        With a row for the electricity of each usual step; a row without a value says nothing yet.
    """
    inventory = load_inventory()
    tree = {"id": identifier(name), "product": {"type": product}}
    return workbook_bytes(tree, lang, inventory, _prompts(inventory, product, lang))


def _prompts(inventory: Inventory, product: str, lang: str) -> list[Row]:
    steps = names_in(inventory, "steps", lang)
    return [
        {
            "@step": Cell(steps[key]),
            "@reading": Cell(reading_name("electricity", lang)),
            "@unit": Cell("kWh"),
            "class": Cell(choice_name("class", "measured", lang)),
        }
        for system in SYSTEMS[product]
        for key in inventory.systems[system].steps
        if inventory.steps[key].figures.electricity is not None
    ]
