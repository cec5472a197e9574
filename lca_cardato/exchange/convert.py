"""A process of another program turned into a record of an inventory file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Optional

import yaml

from lca_cardato.brightway.condense import RESULT
from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.imported import Foreign, Line, Read
from lca_cardato.exchange.match import Matcher, factor_to, uncertainty, written
from lca_cardato.inventory.datum import DATA_CLASSES
from lca_cardato.inventory.models import PRODUCT_UNITS
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.tables import SCHEMA
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

PUBLISHED = ", published result"
NOTE, COMMENT = 1900, 400


@dataclass
class Taken:
    """What was imported.

    Attributes
    ----------
    key : str
        Id of the dataset that was asked for.
    datasets : list of str
        Ids of all datasets of the file, that one first.
    exchanges : int
    linked : list of str
        Our datasets that inputs were linked to.
    left_out : list of str
        Exchanges that are missing and details that have no place in an inventory.
    """

    key: str
    datasets: list[str] = field(default_factory=list)
    exchanges: int = 0
    linked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class Import:
    """One import under way.

    Parameters
    ----------
    read : Read
    inventory : Inventory
        The shipped one.
    allow, source, year, class_
        As in `lca_cardato.exchange.take.import_process`.
    """

    def __init__(
        self, read: Read, inventory: Inventory, allow: bool, source: Optional[str],
        year: Optional[int], class_: str,
    ) -> None:  # fmt: skip
        self.read, self.file, self.allow = read, str(read.file), allow
        self.source, self.year, self.class_ = source, year, class_
        self.inventory, self.matcher = inventory, Matcher(inventory, self.file)
        self.keys: dict[str, str] = {}
        self.waiting: list[Foreign] = []
        self.problems: list[Problem] = []
        self.sources: dict[str, Any] = {}
        self.datasets: dict[str, Any] = {}

    def take(self, wanted: Foreign, key: Optional[str]) -> Taken:
        """Convert a process and what it needs of the same file.

        Raises
        ------
        InputError
            Every problem at once.
        """
        self.taken = Taken(self.key(wanted, key))
        while self.waiting:
            process = self.waiting.pop(0)
            self.datasets[self.keys[process.code]] = self.dataset(process)
        if self.problems:
            raise InputError(self.problems)
        self.taken.datasets = list(self.datasets)
        self.taken.linked = list(dict.fromkeys(self.taken.linked))
        return self.taken

    def text(self) -> str:
        """Give the inventory file."""

        class Plain(yaml.SafeDumper):
            def ignore_aliases(self, data: Any) -> bool:
                return True

        name = "".join(letter for letter in self.read.file.name if letter.isprintable())
        head = f"# From {name} (SHA-256 {self.read.digest}); written by lca-cardato import.\n"
        data = {"schema": SCHEMA, "sources": self.sources, "datasets": self.datasets}
        return head + yaml.dump(data, Dumper=Plain, sort_keys=False, allow_unicode=True, width=110)

    def key(self, process: Foreign, given: Optional[str] = None) -> str:
        """Id of a process, which waits for its turn; no shipped one unless it is asked for."""
        if process.code not in self.keys:
            base = given or slug(process.name)
            found, count = base, 1
            taken = set(self.keys.values()) | (set() if given else set(self.inventory.datasets))
            while found in taken:
                count += 1
                found = f"{base[:60]}-{count}"
            self.keys[process.code] = found
            self.waiting.append(process)
        return self.keys[process.code]

    def report(self, code: str, text: str, process: Foreign, hint: str = "") -> None:
        """Note a problem of a process."""
        self.problems.append(Problem(code, text, self.file, key=process.name, suggestion=hint))

    def dataset(self, process: Foreign) -> dict[str, Any]:
        """Give the record of a process."""
        year = process.year or self.year
        if year is None:
            self.report("E213", say("the file does not say of which year the data are"), process,
                        "--year")  # fmt: skip
        if process.products != 1:
            self.report(
                "E328",
                say("the process has {products} products", products=process.products),
                process,
                say("allocate first"),
            )
        unit, scale = self.reference(process)
        notes: list[str] = []
        exchanges, results = [], {}
        for line in process.lines:
            row = self.line(process, line, scale, notes)
            if row is not None and line.categories == RESULT:
                results[line.name.removesuffix(PUBLISHED)] = row
            elif row is not None:
                exchanges.append(row)
        rests = any(row.get("class") != "assumed" for row in [*exchanges, *results.values()])
        text = process.source or self.source or ""
        if rests and not text:
            self.report("E315", say("the file does not say where the figures come from"), process,
                        "--source TEXT")  # fmt: skip
        if process.lines and not exchanges and not results and not self.problems:
            self.report("E317", say("nothing is left of the process"), process)
        self.taken.exchanges += len(exchanges) + len(results)
        self.taken.left_out += [f"{process.name}: {text}" for text in notes]
        name = process.name[:NOTE] or process.code
        note = "; ".join([*(["left out: " + ", ".join(notes)] if notes else []), process.comment])
        result: dict[str, Any] = {
            "name": {"en": name, "it": name},
            "kind": "published_result" if results else "unit_process",
            "product": {"name": process.product[:NOTE] or name, "unit": unit},
            "geography": process.location or "GLO", "year": str(year), "inventoried_for": [],
            "note": clean(note, NOTE),
            "defaults": {
                **({"source": self.record(text, year, bool(process.source))} if rests else {}),
                "class": self.class_, "at": clean(f"{self.read.file.name}, {process.name}", COMMENT),
                "year": str(year),
                "geography": process.location or "GLO",
            },
        }  # fmt: skip
        return {**result, **({"exchanges": exchanges} if exchanges else {}),
                **({"results": results} if results else {})}  # fmt: skip

    def record(self, text: str, year: Optional[int], stated: bool) -> str:
        """Record of a source, as the file or the user names it."""
        for key, record in self.sources.items():
            if record["title"] == clean(text, NOTE) and record["year"] == str(year):
                return key
        key = f"imported-{len(self.sources) + 1}-{self.taken.key}"[:64].rstrip("-")
        whose = "the file names it" if stated else "named by whoever imported the file"
        self.sources[key] = {
            "title": clean(text, NOTE), "authors": "see the title", "year": str(year),
            "licence": "not stated; find out before passing the figures on",
            "kind": "dataset", "read": "secondary",
            "note": clean(f"{whose}; figures read in {self.read.file.name}", NOTE),
        }  # fmt: skip
        return key

    def reference(self, process: Foreign) -> tuple[str, float]:
        """Unit of the product, and the factor from the lines to 1 of it."""
        if not process.amount > 0:
            self.report("E314", say("the reference amount is not above 0"), process)
            return "kg", 1.0
        for unit in PRODUCT_UNITS:
            try:
                return unit, 1.0 / (process.amount * float(factor_to(process.unit, unit)))
            except QuantityError:
                continue
        self.report("E308", say("unit of the product: '{unit}'", unit=process.unit), process,
                    say("one that converts to {units}", units=list(PRODUCT_UNITS)))  # fmt: skip
        return "kg", 1.0

    def line(
        self, process: Foreign, line: Line, scale: float, notes: list[str]
    ) -> Optional[dict[str, Any]]:
        """Give the figure of an exchange, None where it is refused, left out or 0."""
        if not line.amount:
            return None
        if line.credit or (line.amount < 0 and line.name != "Water"):
            self.report(
                "E314", say("'{name}': a credit or an amount below 0", name=line.name), process
            )
            return None
        found = self.target(process, line)
        if found is None:
            problem = self.matcher.unmatched(line, process)
            if self.allow:
                notes.append(f"{line.name} ({line.amount * scale:.6g} {line.unit})")
            else:
                self.problems.append(problem)
            return None
        where, unit = found
        try:
            factor = float(factor_to(line.unit, unit)) * scale
        except QuantityError as error:
            self.report(
                "E308",
                say("'{name}': {why}", name=line.name, why=error.message),
                process,
                error.suggestion,
            )
            return None
        amount = line.amount * factor
        spread, lost = uncertainty(line.spread, amount, factor)
        lost = line.lost or lost
        if lost:
            notes.append(f"{line.name}: {lost}")
        row = {**where, "amount": written(amount), "unit": unit, "uncertainty": spread}
        stated = line.comment.partition(";")[0].strip()
        if stated == "assumed":
            if spread["distribution"] not in ("uniform", "triangular"):
                self.report("E315", say("'{name}' is assumed, and the file gives no range", name=line.name),
                            process)  # fmt: skip
            return {**row, "class": stated, "reason": clean(line.comment, COMMENT)}
        about = {"class": stated} if stated in DATA_CLASSES else {}
        return {**row, **about, **({"note": clean(line.comment, COMMENT)} if line.comment else {})}

    def target(self, process: Foreign, line: Line) -> Optional[tuple[dict[str, str], str]]:
        """What a line leads to, as an exchange names it, and the unit that is wanted."""
        if line.flow:
            flow = self.matcher.flow(line)
            if flow is None:
                return None
            if line.categories == RESULT:
                return {}, line.unit
            kind = "resource" if flow[1][0] == "natural resource" else "emission"
            unit = self.matcher.flows[flow]
            return {kind: flow[0], "compartment": "/".join(flow[1])}, unit
        if line.sibling == process.code:
            return {"input": self.keys[process.code]}, self.reference(process)[0]
        ours = self.matcher.dataset(line)
        if ours:
            self.taken.linked.append(ours)
            return {"input": ours}, self.inventory.datasets[ours].product.unit
        if line.sibling:
            maker = self.read.processes[line.sibling]
            return {"input": self.key(maker)}, self.reference(maker)[0]
        return None


def slug(text: str) -> str:
    """Identifier made from a name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "process"


def clean(text: str, length: int) -> str:
    """Text of a file without control characters, within the length that a field takes."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:length]
