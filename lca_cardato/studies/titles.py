"""What the columns of a batch are called for people; in files they keep their own names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lca_cardato.space.paths import value_at
from lca_cardato.words.entry import choice_name, label
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
MODELS = {
    "product": "Product", "company": "Company", "traceability": "Traceability", "yarns": "Yarn",
    "blend": "BlendLine", "route": "StepEntry", "electricity": "Electricity",
}  # fmt: skip
"""Key of a scenario -> the model whose keys stand below it."""
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
            parts.append(_named(str(part), inventory, words, _model(path[:place])))
    return ", ".join(parts)


def chosen_text(path: tuple[Any, ...], value: Any, inventory: Inventory, words: Language) -> str:
    """Write the value of a choice in words: a fibre, a place, a word to choose from by their names.

    Parameters
    ----------
    path : tuple
        What it is a choice of.
    value : str, dict or list
    inventory : Inventory
    words : Language
    """
    if isinstance(value, dict):
        inner = [
            f"{_named(key, inventory, words, _model(path))}: "
            f"{chosen_text((*path, key), item, inventory, words)}"
            for key, item in value.items()
        ]
        return ", ".join(inner)
    if isinstance(value, list):
        return ", ".join(chosen_text(path, item, inventory, words) for item in value)
    text = str(value)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if (told := choice_name(key, text, words.lang)) != text:
        return told
    for records in (inventory.fibres, inventory.steps, inventory.datasets):
        if text in records:
            return str(getattr(records[text].name, words.lang))
    return text


def _model(path: Sequence[Any]) -> str:
    """Model of the keys below a path."""
    names = [p for n, p in enumerate(path) if p in MODELS and (n == 0 or p == "blend")]
    return MODELS[names[-1]] if names else "Scenario"


def _named(part: str, inventory: Inventory, words: Language, model: str = "") -> str:
    """Name a fibre, a step, a figure or another key; anything else stays as it is typed."""
    for records in (inventory.fibres, inventory.steps, inventory.datasets):
        if part in records:
            return _lowered(str(getattr(records[part].name, words.lang)).split(" (")[0])
    if part in FIGURES:
        return words(part)
    told = label(model, part, words.lang)
    return _lowered(told) if told != part else part.replace("_", " ")


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
