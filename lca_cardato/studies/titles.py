"""What the columns of a batch are called for people; in files they keep their own names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lca_cardato.space.paths import value_at
from lca_cardato.words.language import LANGUAGES, Language

if TYPE_CHECKING:
    from lca_cardato.batch.columns import Column
    from lca_cardato.claims.packs_model import RulePack
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.space.load import LoadedSpace

KINDS = {
    "row": "row",
    "line": "column_line",
    "cost": "c_cost",
    "questions": "column_questions",
    "problem": "column_problem",
}
"""Kind of column -> key of its name."""
FIGURES = (
    "electricity", "heat", "natural_gas", "loss", "reclaimed", "water_in", "water_evaporated",
    "chemicals", "transport", "packaging", "count",
)  # fmt: skip
"""Parts of a path that are figures with a name of their own."""
LEFT_OUT = ("route", "value", "product")
"""Parts of a path that tell a reader nothing."""


def column_titles(
    space: LoadedSpace,
    inventory: Inventory,
    columns: Sequence[Column],
    packs: Sequence[RulePack],
) -> dict[str, dict[str, str]]:
    """Name the columns of a batch in both languages.

    Parameters
    ----------
    space : LoadedSpace
    inventory : Inventory
    columns : sequence of Column
    packs : sequence of RulePack

    Returns
    -------
    dict
        Language -> column -> name: fibre, step and figure for what varies, the indicator, the claim.
    """
    paths = {axis.name: axis.path for axis in space.axes}
    found: dict[str, dict[str, str]] = {}
    for words in map(Language, LANGUAGES):
        marks = {pack.claim: str(getattr(pack.name, words.lang)) for pack in packs}
        found[words.lang] = {
            c.name: marks.get(c.name, "")
            or (varied_name(paths[c.name], space, inventory, words) if c.name in paths else "")
            or _other(c, words)
            for c in columns
        }
    return found


def _other(column: Column, words: Language) -> str:
    """Name a column that every batch has, or one of the table of an office."""
    if column.kind == "kept":
        return column.name
    if column.kind == "content":
        kind, place, basis = column.name.split("_")
        return words(f"column_{kind}_{place}", basis=words(basis))
    if column.kind == "parameter":  # the named override
        return words("column_variant")
    return words(KINDS.get(column.kind, column.name)).strip()


def varied_name(
    path: tuple[Any, ...], space: LoadedSpace, inventory: Inventory, words: Language
) -> str:
    """Name what a path leads to: the fibre of a share, the step and the figure of a reading."""
    if path[-1] in ("share", "price") and len(path) > 2:
        line = value_at(space.base.document.data, path[:-1])
        name = str(line.get("fibre", path[-2])) if isinstance(line, dict) else str(path[-2])
        told = _named(name, inventory, words)
        return told if path[-1] == "share" else words("column_price", fibre=told)
    if path == ("electricity", "year"):
        return words("choice_grid")
    parts = []
    for place, part in enumerate(path):
        if isinstance(part, int) and path[place - 1] == "blend":
            line = value_at(space.base.document.data, path[: place + 1])
            part = str(line.get("fibre", part)) if isinstance(line, dict) else part
        if part not in (*LEFT_OUT, "blend"):
            parts.append(_named(str(part), inventory, words))
    return ", ".join(parts)


def _named(part: str, inventory: Inventory, words: Language) -> str:
    """Name a fibre, a step or a figure; anything else stays as it is typed."""
    for records in (inventory.fibres, inventory.steps, inventory.datasets):
        if part in records:
            name = str(getattr(records[part].name, words.lang)).split(" (")[0]
            return name[:1].lower() + name[1:]
    return words(part) if part in FIGURES else part.replace("_", " ")
