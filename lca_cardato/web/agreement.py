"""How far the page and the command agree: figures, verdicts, whole result documents, refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lca_cardato.audit.compare import compare

RTOL = 1e-12
"""Of an indicator."""
ROUNDED = 1e-11
"""Of a number in a result document: there it has twelve digits."""
MOST = 200
"""Characters of a value that is shown."""


@dataclass
class Agreement:
    """How far the page and the command agree.

    Attributes
    ----------
    scenarios : int
        Calculated by both.
    refused : int
        Refused by both, for the same reasons at the same places.
    figures : int
        Indicators that were compared.
    largest : float
        Largest relative difference of an indicator.
    values : int
        Values of result documents that were compared, of every kind.
    verdicts : Counter
        Verdict -> how often it was given.
    differences : list of str
        Indicators that differ by more than `RTOL`, other values of the result that are not the
        same, refusals that are others.
    """

    scenarios: int = 0
    refused: int = 0
    figures: int = 0
    largest: float = 0.0
    values: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, name: str, page: Mapping[str, Any], command: Mapping[str, Any]) -> None:
        """Compare what both gave for a scenario.

        Parameters
        ----------
        name : str
        page, command : mapping
            ``scores`` and the result ``document``, or ``problems`` as they are told.
        """
        if "scores" not in page or "scores" not in command:
            if page == command:
                self.refused += 1
            else:
                self._differ(name, "refusal", page.get("problems"), command.get("problems"))
            return
        self.scenarios += 1
        for key, value in command["scores"].items():
            self.figures += 1
            size = max(abs(value), abs(page["scores"][key]))
            gap = abs(page["scores"][key] - value) / size if size else 0.0
            self.largest = max(self.largest, gap)
            if gap > RTOL:
                self._differ(name, key, page["scores"][key], value)
        for one in compare(command["document"], page["document"], name):
            if one.path.startswith(f"{name}: claims") or not one.within(ROUNDED):
                self._differ(one.path, "", one.now, one.before)
        self.values += _count(command["document"])
        self.verdicts.update(claim["verdict"] for claim in command["document"]["claims"])

    def _differ(self, name: str, what: str, page: Any, command: Any) -> None:
        told = [repr(one)[:MOST] for one in (page, command)]
        self.differences.append(": ".join([name, *([what] if what else []), " / ".join(told)]))


def _count(node: Any) -> int:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else None
    return 1 if inner is None else sum(map(_count, inner))
