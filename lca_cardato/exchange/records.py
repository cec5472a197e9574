"""A process from elsewhere written as a dataset of an inventory file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.brightway.condense import RESULT
from lca_cardato.exchange.account import LEFT_OUT, Entry
from lca_cardato.exchange.foreign_units import SERVICES, factor_to, own_unit
from lca_cardato.exchange.imported import Foreign
from lca_cardato.exchange.lines import COMMENT, Lines, clean
from lca_cardato.exchange.match import written
from lca_cardato.inventory.models import PRODUCT_UNITS
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

if TYPE_CHECKING:
    from lca_cardato.exchange.convert import Import

PUBLISHED = ", published result"
NOTE = 1900
Record = dict[str, Any]


class Records:
    """Writes the datasets of an import.

    Parameters
    ----------
    work : Import
        The import under way.
    """

    def __init__(self, work: Import) -> None:
        self.work = work
        self.lines = Lines(work)
        self.references: dict[str, tuple[str, float, str]] = {}

    def dataset(self, process: Foreign) -> Record:
        """Give the record of a process; what is wrong with it is noted."""
        work = self.work
        work.problems += process.problems
        year = process.year or work.year
        if year is None:
            work.report("E213", say("the file does not say of which year the data are"), process,
                        "--year")  # fmt: skip
        if process.products != 1:
            work.report("E328", say("the process has {count} products", count=process.products),
                        process, say("allocate first"))  # fmt: skip
        work.details = [*process.told]
        if process.amount < 0:
            work.details.append(say("a treatment: its production stands below 0 in the file"))
        unit, scale, base = self.reference(process)
        if base != unit:
            work.details.append(say("1 unit of the product is 1 {unit}", unit=base))
        begin = len(work.taken.account.entries)
        exchanges, results = self.figures(process, scale)
        missing = [
            f"{entry.name} ({entry.amount * scale:.6g} {entry.unit})"
            for entry in work.taken.account.entries[begin:] if entry.became == LEFT_OUT
        ]  # fmt: skip
        rows = [*exchanges, *results.values()]
        rests = any(row.get("class") != "assumed" for row in rows)
        text = process.source or work.source or ""
        if rests and not text:
            work.report("E315", say("the file does not say where the figures come from"), process,
                        "--source TEXT")  # fmt: skip
        lacks = [*missing]
        if not rows and not lacks:
            lacks.append(say("every exchange, the file gives none") if not process.lines
                         else say("every exchange, all of them are 0 in the file"))  # fmt: skip
        if not rows and not work.allow and not work.problems:
            self.nothing(process)
        work.taken.exchanges += len(rows)
        work.taken.told += [say("{name}: {text}", name=process.name, text=t) for t in work.details]
        notes = [*missing, *dict.fromkeys(map(str, work.details))]
        work.taken.left_out += [f"{process.name}: {text}" for text in notes]
        name = process.name[:NOTE] or process.code
        note = "; ".join([*(["left out: " + ", ".join(notes)] if notes else []), process.comment])
        return {
            "name": {"en": name, "it": name},
            "kind": "published_result" if results else "unit_process",
            "product": {"name": process.product[:NOTE] or name, "unit": unit},
            "geography": process.location or "GLO", "year": str(year), "inventoried_for": [],
            "note": clean(note, NOTE),
            **({"lacks": [clean(text, NOTE) for text in lacks]} if lacks else {}),
            "defaults": {
                **({"source": self.source(text, year, bool(process.source))} if rests else {}),
                "class": work.class_, "at": clean(f"{work.read.file.name}, {process.name}", COMMENT),
                "year": str(year),
                "geography": process.location or "GLO",
            },
            **({"exchanges": exchanges} if exchanges else {}),
            **({"results": results} if results else {}),
        }  # fmt: skip

    def figures(self, process: Foreign, scale: float) -> tuple[list[Record], dict[str, Record]]:
        """Figures of the exchanges, and of published results by indicator."""
        exchanges: list[Record] = []
        results: dict[str, Record] = {}
        first: dict[tuple[str, ...], tuple[Record, Entry, int]] = {}
        for line in process.lines:
            row = self.lines.figure(process, line, scale)
            if row is None:
                continue
            if line.categories == RESULT:
                results[line.name.removesuffix(PUBLISHED)] = row
                continue
            entry = self.work.taken.account.entries[-1]
            where = tuple(
                row.get(key, "") for key in ("input", "emission", "resource", "compartment")
            )
            key = (*where, row["amount"], row.get("class", ""))
            if key not in first:
                first[key] = (row, entry, 1)
                exchanges.append(row)
                continue
            self.add(process, *first[key])
            first[key] = (*first[key][:2], first[key][2] + 1)
            entry.told.append(say("the same exchange as another one; both stand in one sum"))
        return exchanges, results

    def add(self, process: Foreign, row: Record, entry: Entry, count: int) -> None:
        """Add an exchange that stands in the process again, with the same amount."""
        row["amount"] = written(entry.here * (count + 1))
        if row["uncertainty"] != {"distribution": "none"}:
            row["uncertainty"] = {"distribution": "none"}
            text = say("stands in the process more than once; the sum keeps no distribution")
            entry.told.append(text)
            self.work.details.append(f"{entry.name}: {text}")

    def nothing(self, process: Foreign) -> None:
        """Refuse a process of which nothing is left."""
        self.work.report(
            "E317", say("nothing is left of the process"), process,
            say("its inputs may lie in your own background: --background PROJECT/DATABASE; or "
                "--allow-unmatched takes it as an empty dataset that says what it lacks"),
        )  # fmt: skip

    def source(self, text: str, year: Optional[int], stated: bool) -> str:
        """Record of a source, as the file or the user names it."""
        for key, record in self.work.sources.items():
            if record["title"] == clean(text, NOTE) and record["year"] == str(year):
                return key
        key = f"imported-{len(self.work.sources) + 1}-{self.work.taken.key}"[:64].rstrip("-")
        whose = "the file names it" if stated else "named by whoever imported the file"
        self.work.sources[key] = {
            "title": clean(text, NOTE), "authors": "see the title", "year": str(year),
            "licence": "not stated; find out before passing the figures on",
            "kind": "dataset", "read": "secondary",
            "note": clean(f"{whose}; figures read in {self.work.read.file.name}", NOTE),
        }  # fmt: skip
        return key

    def reference(self, process: Foreign) -> tuple[str, float, str]:
        """Unit of the product, the factor from the lines to 1 of it, and what 1 counts.

        Returns
        -------
        str
            Unit here.
        float
            From the amounts of the lines to 1 of the product.
        str
            Unit that 1 of the product counts: that unit, one of a service (km, h, person*km), or
            one that the file alone knows.
        """
        if process.code in self.references:
            return self.references[process.code]
        found = self.references[process.code] = self._reference(process)
        return found

    def _reference(self, process: Foreign) -> tuple[str, float, str]:
        amount = abs(process.amount)
        if not amount:
            self.work.report("E314", say("the reference amount is 0"), process,
                             say("write how much of the product the amounts belong to"))  # fmt: skip
            return "kg", 1.0, "kg"
        for unit in (*PRODUCT_UNITS, *SERVICES):
            try:
                scale = 1.0 / (amount * float(factor_to(process.unit, unit)))
            except QuantityError:
                continue
            if unit in PRODUCT_UNITS:
                return unit, scale, unit
            return "unit", scale, unit
        if own_unit(process.unit):
            return "unit", 1.0 / amount, process.unit
        self.work.report("E308", say("unit of the product: '{unit}'", unit=process.unit), process,
                    say("one that converts to {units}", units=[*PRODUCT_UNITS, *SERVICES]))  # fmt: skip
        return "kg", 1.0, "kg"
