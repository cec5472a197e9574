"""Cost of the fibres, from the prices that a scenario states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.results.rounding import number

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment


def fibre_cost(result: Assessment) -> Optional[dict[str, Any]]:
    """Cost of the fibres per declared unit.

    Returns
    -------
    dict or None
        ``currency``, ``value`` (None while a fibre has no price) and ``lines`` with kg brought in
        (own rework excluded), price per kg and cost; None when the scenario states no price.
    """
    main = result.main
    supply = main.solution.supply[0]
    lines = []
    for yarn in main.model.yarns:
        for line in yarn.lines:
            price = line.entry.price
            mass = float(supply[main.system.line_rows[line.key]])
            lines.append(
                {
                    "line": line.key,
                    "fibre": line.entry.fibre,
                    "kg": number(mass),
                    "price_per_kg": number(price.amount) if price else None,
                    "cost": number(mass * float(price.amount)) if price else None,
                }
            )
    costs = [line["cost"] for line in lines if line["cost"] is not None]
    if not costs:
        return None
    whole = number(sum(costs)) if len(costs) == len(lines) else None
    return {"currency": "EUR", "value": whole, "lines": lines}
