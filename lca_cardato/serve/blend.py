"""A scenario whose blend is moved by sliders."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import numpy as np

from lca_cardato.errors import InputError

INDICATORS = ("climate_change", "energy", "water_withdrawn", "water_consumed")


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
        from lca_cardato.brightway.store import open_store
        from lca_cardato.claims.packs_model import shipped_packs
        from lca_cardato.inventory.load import load_inventory
        from lca_cardato.model.resolve import resolve
        from lca_cardato.scenario.load import load_scenario

        self.path = path
        self.text = path.read_text(encoding="utf-8-sig")
        self.inventory = load_inventory()
        self.model = resolve(load_scenario(path), self.inventory)
        self.lines = [(line.key, line.fibre.name) for line in self.model.yarns[0].lines]
        self.shares = [
            Decimal(s.numerator) / Decimal(s.denominator) * 100 for s in self.model.yarns[0].shares
        ]
        self.nodes = share_nodes(self.text)
        if len(self.nodes) != len(self.lines):
            raise InputError.one(
                "E316", "only a product with one blend can be tried", file=path.name
            )
        self.store = open_store(self.inventory)
        self.packs = [pack for pack, _ in shipped_packs()]

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

        check_sum(shares)
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
        raise InputError.one("E112", f"{count} shares are expected", value=str(len(values)))
    for place, value in enumerate(values):
        try:
            share = Decimal(str(value).strip().replace(",", ".") if len(str(value)) <= 20 else "x")
        except InvalidOperation:
            share = Decimal("NaN")
        if not share.is_finite() or not 0 <= share <= 100 or -share.as_tuple().exponent > 6:  # type: ignore[operator]
            problems.append(
                Problem("E110", "a share is from 0 to 100 %", key=f"blend[{place}].share",
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
            "E301", f"the shares sum to {whole:f} %, not to 100 %", key="blend",
            suggestion=f"difference {100 - whole:+f} %",
        )  # fmt: skip
