"""Whole scenarios that are drawn, of every kind that a file can say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.models import SCHEMA
from lca_cardato.web.drawn import amounts
from lca_cardato.web.drawn.amounts import Chance
from lca_cardato.web.drawn.chain import RUN, SHEET, WORK, WORKED, handed_on
from lca_cardato.web.drawn.papers import Papers
from lca_cardato.web.drawn.parts import Parts
from lca_cardato.web.drawn.twists import in_italian, slip

WRONG = 25
"""One in so many scenarios has something that must be refused."""
YARN = "yarns/of-another.yaml"


@dataclass(frozen=True)
class Drawn:
    """A scenario, with what lies beside it.

    Attributes
    ----------
    name, text : str
    files : mapping
        Name beside the scenario -> content.
    lang : str
        Language in which it is answered.
    """

    name: str
    text: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    lang: str = "en"


def drawn(count: int, seed: int = 0, files: bool = True) -> list[Drawn]:
    """Draw scenarios.

    Parameters
    ----------
    count : int
    seed : int
        The same seed draws the same ones.
    files : bool
        Whether files may lie beside them: papers, meter readings, the scenario of a yarn.

    Returns
    -------
    list of Drawn
        Some are refused, and must be by whoever reads them.
    """
    inventory = load_inventory()
    return [_one(inventory, number, f"{seed}/{number}", files) for number in range(count)]


def _one(inventory: Inventory, number: int, seed: str, files: bool) -> Drawn:
    chance = Chance(seed)
    scenario = Whole(chance, inventory, files)
    tree = scenario.tree(f"drawn-{number}")
    if chance.now_and_then(WRONG):
        slip(tree, chance)
    if chance.now_and_then(4):
        tree = in_italian(tree, inventory)
    lang = chance.choice(("en", "it"))
    return Drawn(f"drawn-{number}", _written(tree, chance), scenario.papers.files, lang)


def _written(tree: dict[str, Any], chance: Chance) -> str:
    if chance.now_and_then(2):
        return json.dumps(tree, ensure_ascii=False, indent=1)
    import yaml

    text: str = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)
    return text


class Whole:
    """Draws one scenario.

    Parameters
    ----------
    chance : Chance
    inventory : Inventory
    files : bool
        Whether files may lie beside it.
    """

    def __init__(self, chance: Chance, inventory: Inventory, files: bool = True) -> None:
        self.chance, self.inventory, self.beside = chance, inventory, files
        self.papers = Papers(chance, files)
        self.parts = Parts(chance, inventory, self.papers)
        self.handed = False

    def tree(self, name: str) -> dict[str, Any]:
        """Draw it."""
        chance = self.chance
        fabric = chance.now_and_then(2)
        closed = chance.now_and_then(5)
        product: dict[str, Any] = {"type": "fabric" if fabric else "yarn", "name": f"Drawn ({name})"}  # fmt: skip
        if closed or chance.now_and_then(3):
            product["boundary"] = "gate_to_gate" if closed else "cradle_to_gate"
        if not chance.now_and_then(3):
            product["batch"] = chance.choice(("1200 kg", "0.8 t", "950000 g"))
        tree: dict[str, Any] = {"schema": SCHEMA, "id": name, "product": product}
        if chance.now_and_then(3):
            tree["note"] = "Drawn; “così”, 50 % più o meno"
        if not chance.now_and_then(5):
            tree["company"] = self._company(closed)
        route: dict[str, Any] = {}
        if fabric:
            route = self._fabric(product, closed)
        if fabric and chance.now_and_then(2):
            self._yarns(tree, closed)
        else:
            route = {**self._yarn(tree, closed), **route}
        self._mill(tree, route, fabric)
        return tree

    def _company(self, closed: bool) -> dict[str, Any]:
        chance, found = self.chance, {}
        if not chance.now_and_then(4):
            found["name"] = "Drawn mill"
        if not chance.now_and_then(5):
            found["municipality"] = self.parts.municipality()
        if closed or chance.now_and_then(6):
            found["role"] = "contract_processor" if closed else "producer"
        return found

    def _fabric(self, product: dict[str, Any], closed: bool) -> dict[str, Any]:
        chance = self.chance
        product["construction"] = chance.choice(("woven", "flat_knit", "circular_knit"))
        grams = chance.randint(140, 700)
        product["surface_mass"] = chance.choice((f"{grams} g/m2", f"{grams / 1000} kg/m2", f"{grams} g/m²"))  # fmt: skip
        system = self.inventory.systems[product["construction"]]
        needed = [name for need in system.needed for name in need.one_of]
        return self.parts.route("fabric", system.steps, needed, closed)

    def _yarns(self, tree: dict[str, Any], closed: bool) -> None:
        chance = self.chance
        names = chance.sample(("warp", "weft", "effect", "ground"), chance.randint(1, 4))
        tree["yarns"] = []
        for name, share in zip(names, amounts.shares(chance, len(names))):
            if self.beside and not closed and not self.handed and chance.now_and_then(5):
                tree["yarns"].append({"name": name, "share": share, **self._of_another()})
                continue
            system, blend, count, route = self.parts.yarn(closed)
            yarn: dict[str, Any] = {"name": name, "share": share, "count": count, "blend": blend}
            if system != "woollen" or chance.now_and_then(2):
                yarn["system"] = system
            if route or chance.now_and_then(3):
                yarn["route"] = route
            tree["yarns"].append(yarn)

    def _of_another(self) -> dict[str, str]:
        """Put beside the fabric what another firm hands on: scenario, run or lot sheet of a yarn."""
        self.handed = True
        if self.chance.now_and_then(3):
            self.papers.files |= handed_on()
            return self.chance.choice(({"yarn": RUN}, {"lot": SHEET}))
        other = Whole(self.chance, self.inventory, False)
        product: dict[str, Any] = {"type": "yarn", "name": "Yarn of another"}
        tree: dict[str, Any] = {"schema": SCHEMA, "id": "of-another", "product": product}
        if self.chance.now_and_then(2):
            tree["company"] = {"name": "Filatura di un altro", "municipality": self.parts.municipality()}  # fmt: skip
        other._mill(tree, other._yarn(tree, False), False, readings=False)
        tree.pop("packaging", None)
        self.papers.files[YARN] = json.dumps(tree, ensure_ascii=False, indent=1).encode()
        return {"yarn": YARN}

    def _yarn(self, tree: dict[str, Any], closed: bool) -> dict[str, Any]:
        chance, product = self.chance, tree["product"]
        if product["type"] == "fabric" and self.beside and not closed and chance.now_and_then(6):
            tree |= self._of_another()
            return {}
        system, tree["blend"], product["count"], route = self.parts.yarn(closed)
        if self.beside and system == "woollen" and not closed and chance.now_and_then(8):
            self.papers.files |= handed_on()
            route = {step: {"lot": WORK} for step in WORKED}
        if system != "woollen" or chance.now_and_then(2):
            product["system"] = system
        if chance.now_and_then(4):
            product["twist"] = chance.choice(("180", "320", "250.5"))
        if chance.now_and_then(10):
            tree["reasons"] = {"product.count": "The count is that of the order of the customer"}
        return route

    def _mill(
        self, tree: dict[str, Any], route: dict[str, Any], fabric: bool, readings: bool = True
    ) -> None:
        chance, parts = self.chance, self.parts
        packing = "packing-fabric" if fabric else "packing-yarn"
        if chance.now_and_then(5):
            tree["packaging"] = parts.packaging()
        elif chance.now_and_then(6):
            route[packing] = {"use": "no"} if chance.now_and_then(2) else parts.entry(packing)
        if readings and self.beside and chance.now_and_then(3):
            self._readings(tree, route)
        if route or chance.now_and_then(2):
            tree["route"] = route
        if chance.now_and_then(2):
            tree["electricity"] = parts.electricity()
        if not chance.now_and_then(4):
            traced = {"method": chance.choice(("lots", "calendar_year")), "year": "2025"}
            if not chance.now_and_then(4):
                traced["document"] = self.papers.proof("register")
            tree["traceability"] = traced
        if self.papers.documents:
            tree["documents"] = self.papers.documents
        if self.papers.readings:
            tree["readings"] = self.papers.readings

    def _readings(self, tree: dict[str, Any], route: dict[str, Any]) -> None:
        """Take figures of some steps from files."""
        chance, papers = self.chance, self.papers
        own = [
            step for step, entry in route.items()
            if entry.get("operator", "own") == "own" and entry.get("use") != "no" and "lot" not in entry
        ]  # fmt: skip
        if not own:
            return
        kilograms, typed = amounts.made(chance)
        steps = chance.sample(own, min(len(own), 2))
        kind = chance.choice(("bands", "hours", "plain"))
        split = papers.among(steps) if len(steps) > 1 or chance.now_and_then(2) else {}
        power = papers.reading(kind, kilograms * 0.4 * len(steps), **split)
        lots = papers.reading("lots", kilograms) if kind != "hours" and chance.now_and_then(2) else ""  # fmt: skip
        for number, step in enumerate(steps):
            if number and not split:
                break
            figure: dict[str, Any] = {"reading": power}
            figure |= {"lots": lots} if lots else {"for": typed}
            if step.startswith("spinning") and chance.now_and_then(2):
                figure |= {"by": "length"} if lots else {"by": "length", "mean_count": "Nm 10"}
            if split and number == 0 and chance.now_and_then(3):
                figure["part"] = step
            route[step]["electricity"] = figure
        data = dict(self.inventory.steps[steps[0]].data())
        if "heat.natural_gas" in data:
            total = kilograms * float(data["heat.natural_gas"].amount or 1)
            route[steps[0]]["heat"] = {"reading": papers.reading("gas", total), "for": typed, "carrier": "natural_gas"}  # fmt: skip
        if "water_in" in data:
            total = kilograms * float(data["water_in"].amount or 1)
            route[steps[0]].pop("water_out", None)
            meter = {"meter": "AB-77"} if chance.now_and_then(2) else {}
            route[steps[0]]["water_in"] = {"reading": papers.reading("water", total, **meter), "for": typed}  # fmt: skip
        if lots and steps[0] in ("carding", "blending") and not _has_rework(tree):
            route[steps[0]]["loss"] = {"reading": lots}


def _has_rework(tree: dict[str, Any]) -> bool:
    return any(line.get("origin") == "in_process_rework" for line in tree.get("blend", ()))
