"""Parts of a drawn scenario: steps with their figures, fibres, yarns, electricity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from lca_cardato.inventory.kinds import of_kind, supplied
from lca_cardato.inventory.models import CARRIER_DATASETS, StepDatum
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.contract import grid_years
from lca_cardato.scenario.models import COLOURS, ORIGINS
from lca_cardato.web.drawn import amounts
from lca_cardato.web.drawn.amounts import Chance
from lca_cardato.web.drawn.papers import Papers

PRICES = ("4.2 EUR/kg", "4200 EUR/t", "0.9 EUR/kg", "2.35 EUR/kg")
FIRMS = ("Carbonizzo Due", "Filatura & Figli S.r.l.", "Tessitura Quattro")
ELSEWHERE = ("Atlantis", "Schio")
REWORK, DEFAULT_ELECTRICITY, DEFAULT_LOSS = "in_process_rework", 0.5, 1.0
PLIED, FILAMENT = "twisting", "polyester-filament"


class Parts:
    """Draws what a scenario is made of.

    Parameters
    ----------
    chance : Chance
    inventory : Inventory
        Fibres, steps and datasets to draw from.
    papers : Papers
        Takes what is referred to.
    """

    def __init__(self, chance: Chance, inventory: Inventory, papers: Papers) -> None:
        self.chance, self.inventory, self.papers = chance, inventory, papers
        self.lots = 0

    # -- steps -------------------------------------------------------------------------------------
    def steps_of(self, level: str) -> list[str]:
        """Steps of a level."""
        return [name for name, step in self.inventory.steps.items() if step.level == level]

    def municipality(self) -> str:
        """Draw a municipality; now and then one that no list holds."""
        known = [*self.inventory.municipalities]
        return self.chance.choice(ELSEWHERE if self.chance.now_and_then(8) else known)

    def figure(self, typed: dict[str, Any], **more: Any) -> Any:
        """Put evidence to a typed amount, or leave it alone in its short form."""
        found = {**typed, **more, **self.papers.evidence()}
        return found["value"] if set(found) == {"value"} else found

    def entry(self, step: str, closed: bool = False, back: bool = False) -> dict[str, Any]:
        """Draw what is known of a step.

        Parameters
        ----------
        step : str
        closed : bool
            Gate to gate: only the own steps count.
        back : bool
            Whether the mixture has own rework, which rests on the losses.
        """
        chance, record = self.chance, self.inventory.steps[step]
        found: dict[str, Any] = {}
        if not closed and chance.now_and_then(2):
            found["operator"] = chance.choice(("own", "contract", "contract", "supplier"))
            if found["operator"] == "contract" and chance.now_and_then(2):
                found["company"] = chance.choice(FIRMS)
            if found["operator"] == "supplier" and not chance.now_and_then(3):
                found["document"] = self.papers.proof("declaration")
        if chance.now_and_then(2):
            found["municipality"] = self.municipality()
        defaults = dict(record.data())
        if found.get("operator") != "supplier" and not chance.now_and_then(4):
            found |= self._figures(step, defaults, record.level, back)
        if chance.now_and_then(8):
            found["use"] = "yes"
        return found

    def _figures(
        self, step: str, defaults: dict[str, StepDatum], level: str, back: bool
    ) -> dict[str, Any]:
        chance, found = self.chance, {}
        if not chance.now_and_then(3):
            middle = _middle(defaults.get("electricity"), DEFAULT_ELECTRICITY)
            found["electricity"] = self.figure(
                amounts.electricity(chance, chance.around(middle), step)
            )
        heat = _middle(defaults.get("heat.natural_gas"), 0.0)
        if (heat and chance.now_and_then(2)) or chance.now_and_then(12):
            found["heat"] = self._heat(heat or 1.0)
        water = _middle(defaults.get("water_in"), 0.0)
        if water and chance.now_and_then(2):
            taken = chance.around(water)
            supply = {"supply": chance.choice(of_kind(self.inventory, ("water",), "m3"))} if chance.now_and_then(2) else {}  # fmt: skip
            found["water_in"] = self.figure(amounts.water(chance, taken), **supply)
            if chance.now_and_then(2):
                found["water_out"] = self.figure(
                    amounts.water(chance, taken * chance.uniform(0.85, 0.97))
                )
        if not back and "loss" in defaults and chance.now_and_then(3):
            loss = chance.around(_middle(defaults["loss"], DEFAULT_LOSS))
            found["loss"] = self.figure({"value": amounts.percent(chance, min(loss, 60))})
        if not back and level == "yarn" and "loss" in defaults and chance.now_and_then(5):
            found["reclaimed"] = self.figure(
                {"value": amounts.percent(chance, chance.randint(10, 70))}
            )
        chemicals = [key.split(".", 1)[1] for key in defaults if key.startswith("chemicals.")]
        if chemicals and chance.now_and_then(3):
            found["chemicals"] = self._masses({
                name: _middle(defaults[f"chemicals.{name}"], 0.01)
                for name in chance.some(chemicals, 3)
            })  # fmt: skip
            if level != "any" and chance.now_and_then(4):
                others = of_kind(self.inventory, ("chemical",), "kg")
                found["chemicals"] |= self._masses({chance.choice(others): 0.01})
        return found

    def _heat(self, whole: float) -> Any:
        chance = self.chance
        carriers = chance.choice([["natural_gas"], ["natural_gas"], chance.sample(list(CARRIER_DATASETS), 2), chance.sample(list(CARRIER_DATASETS), 1)])  # fmt: skip
        found = []
        for carrier in carriers:
            typed = amounts.heat(chance, chance.around(whole) / len(carriers), carrier)
            found.append({**typed, "carrier": carrier, **self.papers.evidence()})
        return found[0] if len(found) == 1 and chance.now_and_then(3) else found

    def _masses(self, middles: dict[str, float]) -> dict[str, Any]:
        return {
            name: self.figure(amounts.mass(self.chance, self.chance.around(middle)))
            for name, middle in middles.items()
        }

    def packaging(self) -> dict[str, Any]:
        """Draw packaging of one's own."""
        kinds = of_kind(self.inventory, ("packaging",), "kg")
        return self._masses(dict.fromkeys(self.chance.sample(kinds, 2), 0.02))

    def route(
        self, level: str, default: Sequence[str], needed: Sequence[str], closed: bool, back: bool = False
    ) -> dict[str, Any]:  # fmt: skip
        """Draw a route: entries of some default steps, some further ones, some left out."""
        chance = self.chance
        found: dict[str, Any] = {}
        for step in default:
            if chance.now_and_then(2):
                found[step] = self.entry(step, closed, back)
            elif step not in needed and not back and chance.now_and_then(8):
                found[step] = {"use": "no"}
        if chance.now_and_then(3):
            further = [s for s in self.steps_of(level) if s not in default and _fits(s, found, default)]  # fmt: skip
            for step in chance.some(further, 2):
                found.setdefault(step, self.entry(step, closed, back))
        return found

    # -- fibres ------------------------------------------------------------------------------------
    def line(self, closed: bool = False) -> dict[str, Any]:
        """Draw a fibre of a blend, its share left out."""
        chance, fibres = self.chance, self.inventory.fibres
        fibre = chance.choice([name for name in fibres if name != FILAMENT])
        origin = chance.choice([*fibres[fibre].supplies, *[o for o in ORIGINS[-1:] if chance.now_and_then(2)]])  # fmt: skip
        supply = fibres[fibre].supplies["virgin" if origin == "undeclared" else origin]
        found: dict[str, Any] = {"fibre": fibre, "origin": origin}
        if origin == "undeclared" and chance.now_and_then(2):
            del found["origin"]
        recycled = origin.startswith("recycled")
        if chance.now_and_then(2):
            found["colour"] = chance.choice([c for c in COLOURS if recycled or c != "shade_sorted"])
        if chance.now_and_then(2):
            found["place"] = chance.choice([*self.inventory.places])
        elif chance.now_and_then(3):
            found["transport"] = [
                {"mode": mode, "distance": amounts.kilometres(chance, 12000 if mode in ("ship", "air") else 1200)}
                for mode in chance.some([*self.inventory.transport_modes], 3)
            ]  # fmt: skip
        if supply.handling and chance.now_and_then(2):
            found["handling"] = chance.choice([*supply.handling])
        elif chance.now_and_then(5):
            found["dataset"] = chance.choice(supplied(self.inventory, fibre, origin))
        if recycled and chance.now_and_then(3):
            found["steps"] = {
                step: self.entry(step, closed)
                for step in chance.sample(["sorting", "tearing", "carbonising", "carbonising-dry", "washing-recycled"], 2)
            }  # fmt: skip
        elif chance.now_and_then(5):
            step = chance.choice(self.steps_of("fibre"))
            found["steps"] = {step: self.entry(step, closed)}
        if chance.now_and_then(3):
            found["price"] = chance.choice(PRICES)
        if chance.now_and_then(2):
            self.lots += 1
            found["lot"] = f"L-{self.lots}"
        if not chance.now_and_then(4):
            kind = "transaction_certificate" if recycled else "delivery_note"
            found["document"] = (
                self.papers.any_kind()
                if chance.now_and_then(8)
                else self.papers.proof(kind, found.get("lot", ""))
            )
        return found

    def blend(self, back: bool, closed: bool) -> list[dict[str, Any]]:
        """Draw a blend of one fibre or more, with own rework where it is asked for."""
        chance = self.chance
        taken = chance.randint(1, 3) if back else 0
        lines = [self.line(closed) for _ in range(chance.choice([1, 2, 2, 3, 3, 4, 6]))]
        shares = amounts.shares(chance, len(lines), taken)
        found = [{**line, "share": share} for line, share in zip(lines, shares)]
        if back:
            found.insert(chance.randint(0, len(found)), {"origin": REWORK, "share": f"{taken} %"})
        return found

    def yarn(self, closed: bool, system: Optional[str] = None) -> tuple[str, list[Any], str, dict]:
        """Draw a yarn: system, blend, count and route that fit together."""
        chance = self.chance
        system = system or chance.choice(
            ("woollen", "woollen", "woollen", "worsted", "bought_yarn")
        )
        if system == "bought_yarn" and chance.now_and_then(2):
            line = {"fibre": FILAMENT, "share": "100 %", "origin": "virgin"}
            return system, [line], chance.choice(("150 den", "167 dtex", "Nm 60")), {}
        back = system == "woollen" and chance.now_and_then(4)
        record = self.inventory.systems[system]
        route = self.route(
            "yarn",
            record.steps,
            [name for need in record.needed for name in need.one_of],
            closed,
            back,
        )
        if system == "bought_yarn":
            for step in ("carding", "spinning-ring"):
                route[step] = {"operator": "supplier"}
        if system == "woollen" and chance.now_and_then(8):
            route["spinning-ring"] = {"use": "no"}
            route["spinning-mule"] = self.entry("spinning-mule", closed, back)
        count = amounts.count(chance)
        if system != "bought_yarn" and "2" in count.partition("/")[0] and chance.now_and_then(2):
            route[PLIED] = self.entry(PLIED, closed, back)
        return system, self.blend(back, closed), count, route

    # -- the mill ----------------------------------------------------------------------------------
    def electricity(self) -> dict[str, Any]:
        """Draw a contract of electricity."""
        chance, found = self.chance, {}
        kind = chance.choice(("grid", "grid", "supplier_mix", "guarantees_of_origin"))
        if kind != "grid" or chance.now_and_then(2):
            found["contract"] = kind
        if kind != "grid":
            options = of_kind(self.inventory, ("electricity",), "kWh")
            found["dataset"] = chance.choice([one for one in options if "photovoltaic" not in one])
        if chance.now_and_then(2):
            year, path = chance.choice(grid_years(self.inventory.datasets))
            found["year"] = year
            if path and chance.now_and_then(2):
                found["path"] = path
        if chance.now_and_then(3):
            found["photovoltaic"] = amounts.percent(chance, chance.choice([0, 5, 12.5, 20, 60, 100]))  # fmt: skip
        if chance.now_and_then(2):
            found["class"] = chance.choice(("measured", "supplier", "published", "assumed"))
            found["document"] = self.papers.proof("contract")
        return found


def _middle(datum: Optional[StepDatum], otherwise: float) -> float:
    if datum is None or datum.amount is None:
        return otherwise
    return float(datum.amount)


def _fits(step: str, found: dict[str, Any], default: Sequence[str]) -> bool:
    """Whether a further step goes with a route: one spinning, one way of preparing the fibre."""
    one = ("spinning", "card", "comb", "warp", "weav", "knit")
    return not step.startswith(one) and step != PLIED
