"""Blends that were found as plain data: shares, masses, values, limits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional, Sequence

from lca_cardato.optimise.choices import Choices, overrides_of
from lca_cardato.optimise.limits import Limit, Ratio, Stock, percent
from lca_cardato.optimise.quantities import Quantity
from lca_cardato.optimise.search import Best
from lca_cardato.results.rounding import number
from lca_cardato.space.paths import with_overrides, without_empty_lines
from lca_cardato.words.told import tell


@dataclass(eq=False)
class Answer:
    """Tells blends as plain data.

    Parameters
    ----------
    choices : Choices
    limits : sequence of Limit
    quantities : dict
        Name -> quantity.
    """

    choices: Choices
    limits: Sequence[Limit]
    quantities: dict[str, Quantity]

    def blend(self, best: Best, lang: str) -> dict[str, Any]:
        """Give a blend."""
        return {
            "combination": best.choice.number,
            "chosen": self.chosen(best),
            "lines": self.lines(best),
            "values": self.values(best),
            "limits": [self.limit(one, best, lang) for one in self.limits],
        }

    def chosen(self, best: Best) -> list[dict[str, Any]]:
        """Give what was chosen beside the shares: ``variant``, or a path and its value."""
        found: list[dict[str, Any]] = []
        space, number_ = self.choices.space, best.choice.number
        for part in reversed(space.parts):
            entry, number_ = number_ % part.size, number_ // part.size
            one: list[dict[str, Any]] = []
            if part.variants:
                one.append({"path": "variant", "value": part.variants[entry][0]})
            one += [{"path": axis.name, "value": axis.text(entry)} for axis in part.axes]
            found[:0] = one
        return found

    def lines(self, best: Best) -> list[dict[str, Any]]:
        """Give the fibres: shares that enter, shares of the product, kg for the batch."""
        choice, weights = best.choice, best.choice.weights(best.shares)
        batch = choice.model.scenario.product.batch
        masses = {part.line.key: part.fresh for part in choice.mixture(best.shares)}
        found = []
        for column, share, weight in zip(choice.columns, best.shares, weights):
            entry = column.line.entry
            fresh = masses.get(column.line.key, Fraction(0))
            found.append({
                "line": column.place,
                "fibre": entry.fibre,
                "origin": entry.origin,
                "lot": entry.lot or "",
                "varied": column.varied,
                "share": percent(share),
                "fraction": str(share),
                "product_share": number(weight * 100),
                "kg_per_kg": number(fresh),
                "kg": number(fresh * batch.amount) if batch else None,
            })  # fmt: skip
        return found

    def values(self, best: Best) -> dict[str, dict[str, Any]]:
        """Give every quantity of a blend, by name."""
        found: dict[str, dict[str, Any]] = {}
        for name, quantity in self.quantities.items():
            if name == "cost" and best.choice.cost is None:
                continue
            ratio = Ratio(name, name, quantity.above, quantity.below, Fraction(0), True)
            value = ratio.value(best.choice, best.shares)
            item = {"unit": quantity.unit, "kind": quantity.kind,
                    "value": number(value / float(quantity.factor)
                                    if isinstance(value, float) else value / quantity.factor)}  # fmt: skip
            if isinstance(value, Fraction):
                item["fraction"] = str(value / quantity.factor)
            found[name] = item
        return found

    def limit(self, limit: Limit, best: Best, lang: str) -> dict[str, Any]:
        """Tell a limit: whether it holds, and how far it is from its end."""
        found: dict[str, Any] = {
            "key": limit.key,
            "told": tell(limit.told, lang),
            "holds": limit.holds(best.choice, best.shares),
        }
        room: Optional[Any] = None
        if isinstance(limit, Ratio):
            value = limit.value(best.choice, best.shares)
            gap = (float(limit.number) - float(value)) / float(limit.factor)
            room = gap if limit.most else -gap
            found.update(
                quantity=limit.name, most=limit.most, unit=limit.unit,
                number=number(limit.number / limit.factor),
            )  # fmt: skip
        elif isinstance(limit, Stock):
            room = limit.left(best.choice, best.shares)
        found["room"] = None if room is None else number(room)
        return found

    def scenario(self, best: Best) -> Any:
        """Give the ordinary scenario of a blend, as nested dicts and lists."""
        typed = {c.place: x for c, x in zip(best.choice.columns, best.shares) if c.varied}
        overrides = overrides_of(self.choices.space, self.choices.shape, best.choice.number, typed)
        data, _ = without_empty_lines(
            with_overrides(self.choices.space.base.document.data, overrides)
        )
        return data
