"""An exchange of another program turned into a figure of an inventory file, and its account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.brightway.condense import RESULT
from lca_cardato.errors import Problem
from lca_cardato.exchange.account import LEFT_OUT, ZERO, Entry
from lca_cardato.exchange.foreign_units import converts, factor_to
from lca_cardato.exchange.imported import Foreign, Line
from lca_cardato.exchange.match import uncertainty, written
from lca_cardato.exchange.wastes import is_waste
from lca_cardato.inventory.datum import DATA_CLASSES
from lca_cardato.sentence import joined, say
from lca_cardato.text.number import QuantityError

if TYPE_CHECKING:
    from lca_cardato.exchange.convert import Import

COMMENT = 400
WATER = 1000.0
"""Density of water, kg/m3, as the Federal LCA Commons and ecoinvent count it."""


class Lines:
    """Converts the exchanges of processes.

    Parameters
    ----------
    work : Import
        The import under way: its matcher, its options, its processes.
    """

    def __init__(self, work: Import) -> None:
        self.work = work

    def figure(self, process: Foreign, line: Line, scale: float) -> Optional[dict[str, Any]]:
        """Give the figure of an exchange, None where it is refused, left out or 0.

        Parameters
        ----------
        process : Foreign
        line : Line
        scale : float
            From its amounts to 1 of the product.
        """
        entry = Entry(
            process.name, line.name, line.place, line.amount, line.unit, told=[*line.told]
        )
        self.work.taken.account.entries.append(entry)
        if line.name in self.work.without or line.product in self.work.without:
            self.work.used.update({line.name, line.product} & self.work.without)
            self.leave(entry, say("left out by --without"))
            return None
        if not line.amount:
            entry.became = ZERO
            return None
        treated = line.waste or (not line.flow and self.is_treated(line))
        negative = line.amount < 0 and line.name != "Water"
        if line.credit or (negative and not treated) or (treated and self.avoided(line)):
            self.credit(process, line)
            return None
        target = self.target(process, line)
        if target is None:
            if not self.work.allow:
                self.work.problems.append(self.work.matcher.unmatched(line, process))
                return None
            self.leave(
                entry,
                say("no flow of this name here" if line.flow else "no dataset of this name here"),
            )
            return None
        where, unit, factor, why = target
        if treated and line.amount < 0:
            entry.told.append(say("waste that is treated, booked below 0"))
        amount = abs(line.amount) if treated else line.amount
        if why:
            entry.told.append(why)
        return self.row(entry, process, line, where, unit, amount, factor * scale)

    def row(
        self, entry: Entry, process: Foreign, line: Line, where: dict[str, str], unit: str,
        amount: float, factor: float,
    ) -> Optional[dict[str, Any]]:  # fmt: skip
        """Write a figure with its distribution."""
        sign = -1.0 if amount != line.amount else 1.0
        entry.here, entry.unit_here = amount * factor, unit
        entry.target = next(iter(where.values()), line.name)
        spread, lost = uncertainty(line.spread, amount * factor, factor * sign)
        for text in (line.lost, lost):
            if text:
                entry.told.append(text)
                self.work.details.append(f"{line.name}: {text}")
        row = {**where, "amount": written(amount * factor), "unit": unit, "uncertainty": spread}
        stated = line.comment.partition(";")[0].strip()
        if stated == "assumed":
            if spread["distribution"] not in ("uniform", "triangular"):
                self.work.report(
                    "E315", say("'{name}' is assumed, and the file gives no range", name=line.name),
                    process,
                )  # fmt: skip
            return {**row, "class": stated, "reason": clean(line.comment, COMMENT)}
        about = {"class": stated} if stated in DATA_CLASSES else {}
        return {**row, **about, **({"note": clean(line.comment, COMMENT)} if line.comment else {})}

    def leave(self, entry: Entry, why: str) -> None:
        """Leave an exchange out, and say so."""
        entry.became = LEFT_OUT
        entry.told.append(why)

    def credit(self, process: Foreign, line: Line) -> None:
        """Refuse a credit, with the way to go on without it."""
        self.work.problems.append(
            Problem(
                "E314", say("'{name}': a credit or an amount below 0", name=line.name),
                self.work.file, key=process.name, value=f"{line.amount:g} {line.unit}",
                suggestion=say(
                    "system expansion is not taken here; --without \"{name}\" leaves it out and says so",
                    name=line.name,
                ),
            )
        )  # fmt: skip

    def is_treated(self, line: Line) -> bool:
        """Whether an input is waste that goes to its treatment.

        A process of the file says it by the sign of its production, a dataset of ours by its
        category; of what is in neither, ecoinvent's names say it.
        """
        work = self.work
        if line.sibling:
            return work.process(line.sibling).amount < 0
        if line.amount >= 0:
            return False
        ours = work.matcher.dataset(line) or work.matcher.by_mapping(line)
        if ours:
            return work.matcher.takes_waste(ours)
        return is_waste(line.name, line.product)

    def avoided(self, line: Line) -> bool:
        """Whether a treatment of the same file is booked as taken away."""
        if line.waste:
            return line.amount < 0
        return bool(line.sibling) and line.amount > 0

    def target(
        self, process: Foreign, line: Line
    ) -> Optional[tuple[dict[str, str], str, float, str]]:
        """What a line leads to as an exchange names it, its unit, the factor to it, and how."""
        if line.flow:
            return self.flow(process, line)
        work = self.work
        if line.sibling == process.code:
            unit, _, base = work.records.reference(process)
            return self.input(process, line, work.keys[process.code], unit, base)
        ours = work.matcher.dataset(line)
        if ours:
            work.taken.linked.append(ours)
            unit = work.inventory.datasets[ours].product.unit
            return self.input(process, line, ours, unit, unit)
        if line.sibling:
            maker = work.process(line.sibling)
            unit, _, base = work.records.reference(maker)
            return self.input(process, line, work.key(maker), unit, base)
        ours = work.matcher.by_mapping(line)
        if ours:
            work.taken.linked.append(ours)
            unit = work.inventory.datasets[ours].product.unit
            why = say("'{name}' is our '{key}' in a shipped mapping", name=line.name, key=ours)
            return self.input(process, line, ours, unit, unit, why)
        behind = work.behind.find(line) if work.behind is not None else None
        if behind is not None:
            return self.input(process, line, behind.key, behind.unit, behind.base, behind.why)
        return None

    def input(
        self, process: Foreign, line: Line, key: str, unit: str, base: str, why: str = ""
    ) -> tuple[dict[str, str], str, float, str]:
        """Factor to the unit of a dataset, in whose product `base` counts 1 each."""
        return {"input": key}, unit, self.factor(process, line, base), why

    def flow(
        self, process: Foreign, line: Line
    ) -> Optional[tuple[dict[str, str], str, float, str]]:
        """What an elementary flow is here."""
        known = self.work.matcher.flow(line)
        if known is None:
            return None
        if line.categories == RESULT:
            return {}, line.unit, 1.0, ""
        name, categories = known.flow
        kind = "resource" if categories[0] == "natural resource" else "emission"
        unit, factor = self.work.matcher.flows[known.flow], known.factor
        why = known.why
        if known.unit:  # counted in another quantity, unless the file has it in ours
            try:
                factor = float(factor_to(line.unit, unit))
            except QuantityError:
                factor *= self.factor(process, line, known.unit)
        elif unit == "m3" and name.startswith("Water") and converts(line.unit, "kg"):
            factor *= float(factor_to(line.unit, "kg")) / WATER
            why = joined([why, say("water, 1000 kg to 1 m3")])
        elif unit == "Sm3" and converts(line.unit, "m3"):
            factor *= float(factor_to(line.unit, "m3"))
            why = joined(
                [
                    why,
                    say("gas in m3 of ecoinvent 3.8 and before is in Sm3 of 3.9 (randonneur_data)"),
                ]
            )
        else:
            factor *= self.factor(process, line, unit)
        if known.why:
            self.work.taken.renamed[known.why] = self.work.taken.renamed.get(known.why, 0) + 1
        return {kind: name, "compartment": "/".join(categories)}, unit, factor, why

    def factor(self, process: Foreign, line: Line, unit: str) -> float:
        """Factor to a unit; a problem is noted where there is none."""
        try:
            return float(factor_to(line.unit, unit))
        except QuantityError as error:
            text = say("'{name}': {text}", name=line.name, text=error.message)
            cure = say('--without "{name}" leaves it out and says so', name=line.name)
            self.work.report("E308", text, process, joined([error.suggestion, cure]))
            return 0.0


def clean(text: str, length: int) -> str:
    """Text of a file without control characters, within the length that a field takes."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:length]
