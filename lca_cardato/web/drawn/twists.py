"""The same scenario in Italian words, and slips that must be refused."""

from __future__ import annotations

from typing import Any, Callable

from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.web.drawn.amounts import Chance
from lca_cardato.words.entry import choice_name

_NAMED = {
    "fibre": "fibres", "supply": "water_datasets", "place": "places",
}  # fmt: skip
_KEYED = {"route": "steps", "steps": "steps", "chemicals": "chemical_datasets", "packaging": "packaging_datasets"}  # fmt: skip
_CHOSEN = (
    "origin", "colour", "handling", "mode", "system", "construction", "role", "contract", "class", "operator", "carrier",
    "boundary", "method", "kind",
)  # fmt: skip


def in_italian(tree: dict[str, Any], inventory: Inventory) -> dict[str, Any]:
    """Write names of fibres, steps, datasets, and words to choose from as they are called in Italian."""
    names = {
        one: names_in(inventory, one, "it") for one in {*_NAMED.values(), *_KEYED.values()}
    }  # fmt: skip

    def said(node: Any, above: str) -> Any:
        if isinstance(node, list):
            return [said(one, above) for one in node]
        if not isinstance(node, dict):
            return node
        found = {}
        for key, value in node.items():
            called = names[_KEYED[above]].get(key, key) if above in _KEYED else key
            if isinstance(value, str) and key in _NAMED:
                found[called] = names[_NAMED[key]].get(value, value)
            elif isinstance(value, str) and key in _CHOSEN and above not in _KEYED:
                found[called] = choice_name(key, value, "it")
            else:
                found[called] = said(value, key if above not in _KEYED else "")
        return found

    whole: dict[str, Any] = said(tree, "")
    return whole


# -- what must be refused --------------------------------------------------------------------------
def _blend_of(tree: dict[str, Any]) -> list[dict[str, Any]]:
    owner = tree if "blend" in tree else next((y for y in tree.get("yarns", ()) if "blend" in y), {})  # fmt: skip
    lines: list[dict[str, Any]] = owner.get("blend", [])
    return lines


def _comma(tree: dict[str, Any], chance: Chance) -> None:
    tree["product"]["batch"] = chance.choice(("1.200,5 kg", "1,5 t", "1'200 kg", "1 200 kg"))


def _more(tree: dict[str, Any], chance: Chance) -> None:
    for line in _blend_of(tree)[:1]:
        line["share"] = chance.choice(("99.99 %", "65 %", "101 %", "-5 %", "1/7", "70"))


def _unknown(tree: dict[str, Any], chance: Chance) -> None:
    for line in _blend_of(tree)[:1]:
        line[chance.choice(("fibre", "origin", "dataset", "document", "handling"))] = "wooll"


def _unit(tree: dict[str, Any], chance: Chance) -> None:
    step = chance.choice(("carding", "blending", "weaving", "nowhere"))
    entry = tree.setdefault("route", {}).setdefault(step, {})
    entry["electricity"] = chance.choice(("450 kWh/kg", "0.45", "0.45 kWh", "0.45 kwh/kg", "0 kWh/kg", "1 L/kg"))  # fmt: skip


def _left_out(tree: dict[str, Any], chance: Chance) -> None:
    tree["product"].pop(chance.choice(("name", "type", "count", "surface_mass", "construction")), None)  # fmt: skip


def _key(tree: dict[str, Any], chance: Chance) -> None:
    tree[chance.choice(("blends", "rout", "products"))] = "x"
    tree["traceability"] = {"method": "lot", "year": "2031"}


_SLIPS: tuple[Callable[[dict[str, Any], Chance], None], ...] = (
    _comma, _more, _unknown, _unit, _left_out, _key,
)  # fmt: skip


def slip(tree: dict[str, Any], chance: Chance) -> None:
    """Put one thing into a scenario that must be refused, where it has the place for it."""
    chance.choice(_SLIPS)(tree, chance)
