"""A scenario whose blend is moved by sliders."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, Optional

import numpy as np

from lca_cardato.errors import InputError
from lca_cardato.inventory.datum import Names
from lca_cardato.sentence import say

INDICATORS = ("climate_change", "energy", "water_withdrawn", "water_consumed")
REWORK = Names(en="own rework", it="scarti propri reimmessi")
TYPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,6})?")


class BlendDesk:
    """Impacts and verdicts of other blends of a scenario.

    Parameters
    ----------
    path : Path
        Scenario file with one blend.

    Raises
    ------
    InputError
        The scenario is wrong, or has several yarns.
    """

    def __init__(self, path: Path) -> None:
        from lca_cardato.background.open import lotted
        from lca_cardato.model.resolve import resolve
        from lca_cardato.scenario.load import load_scenario
        from lca_cardato.serve.form.engine import engine

        self.path = path
        self.text = path.read_text(encoding="utf-8-sig")
        opened = engine()
        self.best: Optional[tuple[Any, Any]] = None
        """What was asked last of the page of the best blend, and what was found."""
        self.loaded = loaded = load_scenario(path)
        data = lotted(opened.data, [loaded])
        self.inventory, self.store = data.inventory, data.store
        self.model = resolve(loaded, self.inventory)
        self.nodes = share_nodes(self.text)
        blend = loaded.scenario.blend
        if not blend or len(self.nodes) != len(blend):
            raise InputError.one(
                "E316", say("a product of several yarns has several blends; only one can be tried here"),
                file=path.name,
            )  # fmt: skip
        self.blend = blend
        found = iter(self.model.yarns[0].lines)
        self.rework = [line.origin == "in_process_rework" for line in blend]
        self.lines = [
            (f"rework/{place}", REWORK) if own else ((line := next(found)).key, line.fibre.name)
            for place, own in enumerate(self.rework)
        ]
        self.shares = [
            Decimal(s.share.numerator) / Decimal(s.share.denominator) * 100 for s in blend
        ]
        self.packs = [pack for pack, _ in opened.packs]

    def price(self, place: int) -> str:
        """Price of a line of the blend as a number of EUR/kg; empty where there is none."""
        stated = self.blend[place].price
        return "" if stated is None else f"{float(stated):g}"

    def evaluate(self, shares: list[Decimal]) -> dict[str, Any]:
        """Calculate a blend by the vectorised engine.

        Parameters
        ----------
        shares : list of Decimal
            Percent, in the order of the blend; their sum is 100.

        Returns
        -------
        dict
            ``scores`` by indicator, ``verdicts`` by rule pack, ``recycled`` on both bases,
            ``problems``.

        Raises
        ------
        InputError
            ``E301``: the shares do not sum to 100 %.
        """
        from lca_cardato.batch.evaluate import SHARE_COLUMNS, Evaluator
        from lca_cardato.claims.outcome import ORDER
        from lca_cardato.space.load import load_space

        self.check(shares)
        space = {
            "schema": "lca-cardato/space/1", "id": "desk", "base": self.path.name,
            "variants": {"now": {f"blend.{i}.share": f"{s:f} %" for i, s in enumerate(shares)}},
        }  # fmt: skip
        loaded = load_space(space, self.path.parent)
        evaluator = Evaluator(loaded, self.inventory, self.store.background, self.packs, INDICATORS)
        rows = evaluator.rows(0, 1)
        problems = [problem.text for problem in rows.problems]
        recycled = {
            basis: float(rows.shares[SHARE_COLUMNS.index(f"recycled/product/{basis}"), 0]) * 100
            for basis in ("conditioned", "dry")
        }
        codes = [int(code) for code in rows.verdicts[:, 0]]
        return {
            "scores": {
                name: None if np.isnan(value) else float(value)
                for name, value in zip(INDICATORS, rows.scores[:, 0])
            },
            "verdicts": {
                pack.claim: ORDER[code]
                for pack, code in zip(self.packs, codes)
                if code < len(ORDER)
            },
            "recycled": None if problems else recycled,
            "problems": problems,
        }

    def check(self, shares: list[Decimal]) -> None:
        """Refuse shares of which no product can be made.

        Raises
        ------
        InputError
            ``E301``: they do not sum to 100 %; ``E316``: none of the own rework is taken back.
        """
        check_sum(shares)
        if any(own and share == 0 for own, share in zip(self.rework, shares)):
            raise InputError.one(
                "E316",
                say(
                    "without any own rework the steps give back what is usual; take its line out of "
                    "the scenario to see that"
                ),
                key="blend",
            )

    def scenario_text(self, shares: list[Decimal]) -> str:
        """Give the scenario file with other shares and nothing else changed."""
        check_sum(shares)
        text = self.text
        for (start, stop), share in reversed(list(zip(self.nodes, shares))):
            text = f"{text[:start]}{share:f} %{text[stop:]}"
        return text


def share_nodes(text: str) -> list[tuple[int, int]]:
    """Places of the shares of the blend in the text of a scenario."""
    import yaml

    from lca_cardato.text.yamltree import LOADER

    root = yaml.compose(text, Loader=LOADER)
    found: list[tuple[int, int]] = []
    for key, value in getattr(root, "value", []):
        if key.value != "blend" or not isinstance(value, yaml.SequenceNode):
            continue
        for line in value.value:
            for name, share in getattr(line, "value", []):
                if name.value == "share":
                    found.append((share.start_mark.index, share.end_mark.index))
    return found


def read_shares(values: list[str], count: int) -> list[Decimal]:
    """Read percentages as they were typed.

    Raises
    ------
    InputError
        Every one that is not a number from 0 to 100, and a wrong count.
    """
    from lca_cardato.errors import Problem

    problems, shares = [], []
    if len(values) != count:
        raise InputError.one(
            "E112", say("{count} shares are expected", count=count), value=str(len(values))
        )
    for place, value in enumerate(values):
        typed = str(value).strip(" ")
        share = Decimal(typed.replace(",", ".")) if TYPED.fullmatch(typed) else Decimal(-1)
        if not 0 <= share <= 100:
            problems.append(
                Problem("E110", say("a share is from 0 to 100 %"), key=f"blend[{place}].share",
                        value=str(value)[:40])
            )  # fmt: skip
        shares.append(share)
    if problems:
        raise InputError(problems)
    return shares


def check_sum(shares: list[Decimal]) -> None:
    """Refuse shares that do not sum to 100 %."""
    whole = sum(shares, Decimal(0))
    if whole != 100:
        raise InputError.one(
            "E301", say("the shares sum to {total:.10g} %, not to 100 %", total=float(whole)), key="blend",
            suggestion=say("difference {gap:+f} %", gap=100 - whole),
        )  # fmt: skip
