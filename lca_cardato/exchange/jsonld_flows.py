"""Exchanges of openLCA: compartments, distributions, flows booked in both directions."""

from __future__ import annotations

from math import log
from typing import Any, Hashable, Optional

from lca_cardato.exchange.compartments import ours
from lca_cardato.exchange.imported import Line
from lca_cardato.exchange.system import Spread
from lca_cardato.sentence import say

FEDERAL = ("emission", "resource")
MEDIA = ("air", "water", "ground", "biotic", "soil")


def categories_of(text: str) -> tuple[str, ...]:
    """Compartment of a flow by the path of its category.

    Those of the Federal LCA Commons (``Elementary flows/emission/air/...``) stay as they are.
    """
    parts = [part.strip() for part in text.split("/") if part.strip()]
    if parts[:1] and parts[0].lower() in ("elementary flows", "flows"):
        parts = parts[1:]
    if not parts:
        return ()
    if parts[0].lower() in FEDERAL and (len(parts) < 2 or parts[1].lower() in MEDIA):
        return tuple(part.lower() for part in parts)
    return ours(parts[0], "/".join(parts[1:]))


def net(lines: list[Line]) -> list[Line]:
    """Net what an elementary flow has in both directions, as openLCA does.

    Parameters
    ----------
    lines : list of Line
        Amounts on the other side of a flow's own direction are below 0.
    """
    found: list[Line] = []
    first: dict[Hashable, Line] = {}
    other = {_flow(line) for line in lines if line.flow and line.amount < 0}
    for line in lines:
        key = _flow(line)
        if not line.flow or key not in other or key not in first:
            found.append(line)
            if line.flow:
                first.setdefault(key, line)
            continue
        kept = first[key]
        kept.spread = None
        kept.told.append(
            say(
                "netted with {amount:.6g} {unit} of the same flow",
                amount=line.amount,
                unit=line.unit,
            )
        )
        kept.amount += line.amount
    return found


def _flow(line: Line) -> Hashable:
    """What makes an elementary flow of a file the same as another one."""
    return line.code or (line.name, line.categories), line.unit


def spread_of(given: Any, factor: float) -> tuple[Optional[Spread], str]:
    """Distribution of an exchange, and what of it can't be read."""
    kind = str((given or {}).get("distributionType") or "")
    if not kind or kind == "NONE":
        return None, ""

    def figure(name: str) -> Optional[float]:
        value = given.get(name)
        return float(value) * factor if isinstance(value, (int, float)) and value == value else None

    if kind.startswith("LOG_NORMAL"):
        middle, gsd = given.get("geomMean"), given.get("geomSd")
        if not isinstance(gsd, (int, float)) or not gsd > 0:
            return Spread(2), ""
        center = log(abs(middle) * factor) if isinstance(middle, (int, float)) and middle else None
        return Spread(2, center, log(gsd)), ""
    if kind.startswith("NORMAL"):
        return Spread(3, figure("mean"), figure("sd")), ""
    if kind.startswith("UNIFORM"):
        return Spread(4, None, None, figure("minimum"), figure("maximum")), ""
    if kind.startswith("TRIANGLE"):
        return Spread(5, figure("mode"), None, figure("minimum"), figure("maximum")), ""
    return None, say("distribution {kind}", kind=kind)
