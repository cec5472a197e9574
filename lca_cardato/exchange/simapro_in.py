"""Processes of a SimaPro CSV file, whose blocks are read by bw_simapro_csv (extra ``simapro``)."""

from __future__ import annotations

import csv
import re
from io import StringIO
from math import log, sqrt
from typing import Any, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.foreign_units import factor_to, unit_of
from lca_cardato.exchange.formula import FormulaError, Scope
from lca_cardato.exchange.imported import Foreign, Head, Line, Read, link, makers
from lca_cardato.exchange.packages import UNSOUND, Parts
from lca_cardato.exchange.simapro_names import aliases, place_of
from lca_cardato.exchange.system import Spread
from lca_cardato.files.extra import load
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

FLOWS = ("Resources", "Emissions to air", "Emissions to water", "Emissions to soil", "Final waste flows",
         "Non material emissions", "Non material emission", "Social issues", "Economic issues")  # fmt: skip
INPUTS = ("Materials/fuels", "Electricity/heat", "Waste to treatment", "Avoided products")
SCENARIO = ("Waste scenario", "Separated waste", "Remaining waste")
SPREADS = ("Lognormal", "Normal", "Triangle", "Uniform")
Row = dict[str, Any]


def open_simapro(package: Parts, name: str) -> Read:
    """Open a SimaPro CSV file.

    Parameters
    ----------
    package : Parts
    name : str
        Part that is the file.

    Raises
    ------
    InputError
        ``E322`` for what is not sound.
    MissingError
        ``E510``: the extra ``simapro`` is missing.
    """
    what = say("reading SimaPro CSV")
    Process = load("simapro", "bw_simapro_csv.blocks", what).Process
    logger = load("simapro", "loguru", what).logger
    logger.disable("bw_simapro_csv")
    try:
        header, blocks = _blocks(_text(package.bytes(name)))
    except (*UNSOUND, SyntaxError, csv.Error) as error:
        raise package.unsound(error) from None
    if header["kind"].value != "processes":
        raise InputError.one(
            "E322", say("a SimaPro file of {what}, not of processes", what=header["kind"].value),
            file=package.name, suggestion=say("export processes from SimaPro, as CSV"),
        )  # fmt: skip
    above = _scope(
        [b for b in blocks if type(b).__name__.startswith(("Database", "Project"))], None
    )
    units = {
        row["name"]: (row["reference unit name"], row["conversion"])
        for block in blocks if type(block).__name__ == "Units" for row in block.parsed
    }  # fmt: skip
    works = {
        block.parsed.get("Name"): block.parsed
        for block in blocks if type(block).__name__ == "LiteratureReference"
    }  # fmt: skip
    found: dict[str, Foreign] = {}
    for at, block in enumerate((b for b in blocks if isinstance(b, Process)), start=1):
        reader = _Process(block, above, units, works, package.name)
        for process in reader.processes(f"process {at}"):
            found[process.code] = process
    heads = {
        code: Head(code, p.name, p.ident, p.product, p.location, "", p.flow, p.amount < 0)
        for code, p in found.items()
    }
    named = makers(heads.values(), lambda head: [head.flow])
    for process in found.values():
        for line in process.lines:
            link(line, named, [line.product])
    return Read(package.file, package.digest, "SimaPro CSV", heads, found.__getitem__)


def _text(data: bytes) -> str:
    """Text of a file: UTF-8 where it is that, else Windows-1252, as SimaPro writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("sloppy-windows-1252")


def _blocks(text: str) -> tuple[Row, list[Any]]:
    """Header and blocks of a file, with formulas as they stand in it.

    The reader of bw_simapro_csv evaluates formulas with asteval and writes logs; here neither is done.
    """
    from bw_simapro_csv import SimaProCSV
    from bw_simapro_csv.blocks import EmptyBlock
    from bw_simapro_csv.csv_reader import BeKindRewind
    from bw_simapro_csv.header import parse_header

    class File(SimaProCSV):  # type: ignore[misc]
        def __init__(self, text: str) -> None:
            data = StringIO(text)
            header, lines = parse_header(data)
            self.header, self.uses_end_text, self.blocks = header.model_dump(), False, []
            rows = csv.reader(data, delimiter=self.header["delimiter"], strict=True)
            reader = BeKindRewind(rows, clean_elements=True, offset=lines)
            while block := self.get_next_block(reader, self.header):
                if block is not EmptyBlock:
                    self.blocks.append(block)

    file = File(text)
    return file.header, file.blocks


class _Process:
    """A block of a process: one process for each of its products."""

    def __init__(
        self, block: Any, above: Scope, units: dict[str, tuple[str, float]],
        works: dict[str, Row], file: str,
    ) -> None:  # fmt: skip
        self.about: Row = block.parsed["metadata"]
        self.rows: dict[str, list[Row]] = {name: part.parsed for name, part in block.blocks.items()}
        self.units, self.works, self.file = units, works, file
        own = [part for name, part in block.blocks.items() if name.endswith(" parameters")]
        self.scope = _scope(own, above)

    def processes(self, place: str) -> list[Foreign]:
        """Give the processes of the block."""
        made = [*self.rows.get("Products", []), *self.rows.get("Waste treatment", [])]
        made += self.rows.get("Waste scenario", [])
        return [self.process(row, len(made), place) for row in made]

    def process(self, row: Row, count: int, place: str) -> Foreign:
        """Read the process of a product."""
        name, product = self.name("Process name"), str(row["name"])
        title = name if name and count == 1 else product
        where, about = place_of(product), self.name("Geography")
        if not where and re.fullmatch(r"[A-Z]{2,3}(-[A-Z]{2,3})?", about):
            where, about = about, ""
        year = re.search(r"\b(?:19|20)\d\d\b", self.name("Time period"))
        ident = self.name("Process identifier") or place
        found = Foreign(
            f"{place}: {product}", title, product, "", 0.0, where, self.name("Comment"), self.source(),
            int(year.group()) if year else None, ident=ident, flow=product,
        )  # fmt: skip
        if about and not where:
            found.told.append(say("geography in the file: {text}", text=about[:80]))
        amount = self.amount(found, row)
        found.unit, factor = self.unit(row)
        treats = not self.rows.get("Products")
        found.amount = -abs(amount * factor) if treats else amount * factor
        share = self.share(found, row) if count > 1 else 1.0
        if count > 1:
            found.told.append(
                say("{count} co-products; the file allocates {share:.6g} to this one", count=count,
                    share=share)
            )  # fmt: skip
        if any(self.rows.get(name) for name in SCENARIO):
            found.problems.append(
                Problem("E322", say("a waste scenario parts what it is given by kinds of waste, which an inventory does not know"),
                        self.file, key=title[:200], suggestion=say("take the treatments that it names"))
            )  # fmt: skip
        at = 0
        for name in (*INPUTS, *FLOWS):
            for one in self.rows.get(name, []):
                at += 1
                found.lines.append(self.line(found, name, one, share, at))
        return found

    def name(self, key: str) -> str:
        """A text about the process, empty where SimaPro has none."""
        text = str(self.about.get(key) or "").strip()
        return "" if text.lower() in ("unspecified", '""', "''") else text

    def source(self) -> str:
        """Works that the process names."""
        texts = []
        for one in self.about.get("Literature references") or []:
            work = self.works.get(one["reference"], {})
            texts.append(
                ": ".join(filter(None, (one["reference"], work.get("Documentation link"))))
            )
        return "; ".join(texts)

    def line(self, found: Foreign, kind: str, row: Row, share: float, at: int) -> Line:
        """Read an exchange."""
        unit, factor = self.unit(row)
        amount = self.amount(found, row)
        line = Line(
            kind in FLOWS, str(row["name"]), unit, amount * factor * share, place=f"exchange {at}",
            comment=str(row.get("comment") or ""), credit=kind == "Avoided products",
            waste=kind == "Waste to treatment",
        )  # fmt: skip
        if factor != 1.0:
            line.told.append(
                say("{unit} is {factor:.6g} {other} in the file", unit=row["unit"], factor=factor,
                    other=unit)
            )  # fmt: skip
        if share != 1.0:
            line.told.append(say("its allocated share is {share:.6g}", share=share))
        line.spread, line.lost = self.spread(found, row, amount, factor * share)
        if line.flow:
            line.categories = (kind, str((row.get("context") or ("", ""))[1]))
        else:
            line.product, line.location = line.name, place_of(line.name)
            line.aliases = aliases(line.name)
        return line

    def unit(self, row: Row) -> tuple[str, float]:
        """Unit of a row, and the factor to it: that of the file where it is none that is known."""
        name = str(row["unit"])
        if name in self.units:
            base, factor = self.units[name]
            try:
                factor_to(name, unit_of(base))
            except QuantityError:
                return unit_of(base), float(factor)
        return unit_of(name), 1.0

    def amount(self, found: Foreign, row: Row) -> float:
        """Amount of a row, by its formula where it has one."""
        return self.evaluated(found, row, "amount", "formula")

    def share(self, found: Foreign, row: Row) -> float:
        """Share of a product."""
        return self.evaluated(found, row, "allocation", "allocation_formula") / 100.0

    def evaluated(self, found: Foreign, row: Row, amount: str, formula: str) -> float:
        if amount in row:
            return float(row[amount])
        text = str(row.get(formula, ""))
        try:
            return self.scope.evaluate(text)
        except FormulaError as error:
            found.problems.append(
                Problem("E104", say("a formula that can't be evaluated: {why}", why=error.why), self.file,
                        key=f"{found.name}: {row['name']}"[:200], value=text[:80])
            )  # fmt: skip
            return 0.0

    def spread(
        self, found: Foreign, row: Row, amount: float, factor: float
    ) -> tuple[Optional[Spread], str]:
        """Distribution of a row: squared geometric deviation, variance, or ends."""
        kind = str(row.get("kind") or "Undefined")
        if kind == "Undefined":
            return None, ""
        if kind not in SPREADS:
            return None, say("distribution {kind}", kind=kind[:20])
        first, low, high = (_number(row.get(f"field{at}")) for at in (1, 2, 3))
        middle = amount * factor
        if kind == "Lognormal":
            scale = log(sqrt(first)) if first and first > 1 else None
            return Spread(2, log(abs(middle)) if middle else None, scale), ""
        if kind == "Normal":
            return Spread(3, middle, sqrt(first) * abs(factor) if first and first > 0 else None), ""
        ends = [None if end is None else end * factor for end in (low, high)]
        return Spread(
            5 if kind == "Triangle" else 4, middle if kind == "Triangle" else None, None, *ends
        ), ""


def _scope(blocks: list[Any], above: Optional[Scope]) -> Scope:
    """Parameters of blocks: those of the database, of the project, of a process."""
    amounts: dict[str, float] = {}
    formulas: dict[str, str] = {}
    for block in sorted(blocks, key=lambda b: type(b).__name__.startswith("Project")):
        for row in block.parsed:
            name = str(row["name"])
            if "formula" in row:
                formulas[name] = str(row["formula"])
            else:
                amounts[name] = float(row["amount"])
    return Scope(amounts, formulas, above, fold=True)


def _number(text: Any) -> Optional[float]:
    try:
        return float(str(text).replace(",", "."))
    except ValueError:
        return None
