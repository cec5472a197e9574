"""Whether each source says where it has its figures from, and whether the figures agree with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.errors import Problem
from lca_cardato.inventory.datum import BASES
from lca_cardato.inventory.lopsided import figures
from lca_cardato.inventory.records import OWN
from lca_cardato.sentence import either, say

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory


def basis_problems(inventory: Inventory) -> list[Problem]:
    """Find sources without a `basis`, and `measured` figures of a source that measured nothing.

    A source of the user's own may leave its basis out: it counts as compiled, and no figure is
    held against it.

    Returns
    -------
    list of Problem
        ``E315``, at the record of the source or of the figure.
    """
    problems = []
    for key, source in inventory.sources.items():
        file, line = inventory.where["sources", key]
        own = inventory.layer_of.get(("sources", key)) == OWN
        if not own and "basis" not in source.model_fields_set:
            text = say("the source does not say where it has its figures from: `basis`")
            hint = say("write one of {choices}", choices=either(list(BASES)))
            problems.append(Problem("E315", text, file, line, 0, f"sources.{key}", "", hint))
    for section, key, name, datum in figures(inventory):
        told = inventory.sources.get(datum.source or "")
        if datum.class_ != "measured" or told is None or "basis" not in told.model_fields_set:
            continue
        if told.basis != "measured":
            file, line = inventory.where[section, key]
            text = say(
                "{name} is `measured`, but its source '{source}' says that its figures are {basis}",
                name=name, source=datum.source, basis=told.basis,
            )  # fmt: skip
            hint = say("correct `basis` of the source, or `class` of the figure")
            problems.append(Problem("E315", text, file, line, 0, f"{section}.{key}", "", hint))
    return problems
