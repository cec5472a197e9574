"""Rows of a workbook: cells as text, tables with heads, exchanges and parameters."""

from __future__ import annotations

from typing import Any, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.formula import FormulaError, Scope
from lca_cardato.exchange.imported import Line, number
from lca_cardato.exchange.system import Spread
from lca_cardato.files.workbook import Sheet
from lca_cardato.sentence import say

KINDS = {"undefined": 0, "no": 1, "lognormal": 2, "normal": 3, "uniform": 4, "triangular": 5}
INPUTS = ("technosphere", "generic consumption")
UNKNOWN = "(unknown)"
Fields = dict[str, str]


def cell(value: Any) -> str:
    """Text of a cell; bw2io's token for an empty one is empty."""
    if value is None:
        return ""
    text = (
        value.strip()
        if isinstance(value, str)
        else repr(value)
        if isinstance(value, (int, float))
        else str(value)
    )
    return "" if text.lower() == UNKNOWN else text


def filled(row: list[Any]) -> bool:
    """Whether anything stands in a row."""
    return any(value is not None and value != "" for value in row)


def fields_of(heads: list[str], row: list[Any]) -> Fields:
    """Cells of a row by the heads of their columns, empty ones left out."""
    return {head: text for head, value in zip(heads, row) if head and (text := cell(value))}


def labelled(rows: list[list[Any]]) -> list[Fields]:
    """Rows of a table below its heads."""
    if not rows:
        return []
    heads = [cell(value).lower() for value in rows[0]]
    return [fields_of(heads, row) for row in rows[1:]]


def scope_of(rows: list[Fields], above: Optional[Scope]) -> Scope:
    """Parameters of a table."""
    amounts = {}
    for row in rows:
        try:
            amounts[row.get("name", "")] = number(row.get("amount", ""), "", "")
        except InputError:
            continue
    formulas = {row["name"]: row["formula"] for row in rows if row.get("formula") and "name" in row}
    return Scope({name: value for name, value in amounts.items() if name}, formulas, above)


class Reader:
    """Reads the exchanges of an activity; what is wrong is noted, and stops no other activity.

    Parameters
    ----------
    file : str
        Name for messages.
    sheet : Sheet
    process : str
        Name of the activity.
    """

    def __init__(self, file: str, sheet: Sheet, process: str) -> None:
        self.file, self.sheet, self.process = file, sheet, process
        self.problems: list[Problem] = []
        self.bare = set(sheet.formulas)

    def problem(
        self, code: str, text: str, where: str, value: str = "", suggestion: str = ""
    ) -> None:
        """Note what is wrong."""
        self.problems.append(
            Problem(code, text, self.file, key=where[:200], value=value[:80], suggestion=suggestion)
        )

    def number(self, text: Optional[str], where: str) -> float:
        """Read a number, 0 with a problem noted where it is none."""
        try:
            return number(text or "", self.file, where)
        except InputError as error:
            self.problems += error.problems
            return 0.0

    def amount(self, row: Fields, where: str, scope: Scope, told: list[str]) -> float:
        """Amount of a row: its formula, where that names declared parameters, else the number."""
        formula, stated = row.get("formula", ""), row.get("amount", "")
        if formula and scope.is_formula(formula):
            try:
                value = scope.evaluate(formula)
            except FormulaError as error:
                if stated not in ("", "0", "0.0"):
                    told.append(
                        say("formula {formula} can't be evaluated ({why}); the stated amount counts",
                            formula=formula[:80], why=error.why)
                    )  # fmt: skip
                    return self.number(stated, where)
                self.problem(
                    "E104", say("a formula that can't be evaluated: {why}", why=error.why), where,
                    formula,
                    say("write its value, or declare what it names as a parameter"),
                )  # fmt: skip
                return 0.0
            was = self.number(stated, where) if stated else None
            if was is None or abs(was - value) > 1e-12 * max(abs(was), abs(value)):
                told.append(
                    say("formula {formula} gives {value:.6g}, the column amount says {was}",
                        formula=formula[:100], value=value, was=stated or "-")
                )  # fmt: skip
            return value
        return self.number(stated, where)

    def exchanges(
        self, block: list[tuple[int, list[Any]]], scope: Scope
    ) -> tuple[list[Fields], list[Line]]:
        """Production rows as they stand, and the other exchanges.

        Parameters
        ----------
        block : list of (int, list)
            Rows with their numbers, heads first.
        scope : Scope
        """
        if not block:
            return [], []
        heads = [cell(value).lower() for value in block[0][1]]
        made, lines = [], []
        for at, row in block[1:]:
            fields = fields_of(heads, row)
            if not {"name", "amount", "type", "input"} & set(fields):
                continue  # a remark below the table
            where = f"{self.process}: {fields.get('name', '')}"
            for column, head in enumerate(heads, start=1):
                if head == "amount" and (at, column) in self.bare and not fields.get("formula"):
                    self.problem(
                        "E322", say("a formula has no value in the workbook"),
                        f"{self.sheet.name}, row {at}",
                        suggestion=say("open it in a spreadsheet program and save it, or paste values"),
                    )  # fmt: skip
            if fields.get("type") in ("production", "generic production"):
                made.append(fields)
                continue
            line = self.line(fields, where, scope)
            line.place = f"{self.sheet.name}, row {at}"
            lines.append(line)
        return made, lines

    def line(self, row: Fields, where: str, scope: Scope) -> Line:
        """Read an exchange."""
        kind = row.get("type", "")
        if kind not in ("biosphere", "substitution", *INPUTS):
            self.problem(
                "E215", say("type of an exchange"), where, kind,
                say("technosphere, biosphere, production or substitution"),
            )  # fmt: skip
        told: list[str] = []
        database, code = _input(row.get("input", ""))
        line = Line(
            kind == "biosphere", row.get("name", ""), unit_of(row.get("unit", "")),
            self.amount(row, where, scope, told), row.get("reference product", ""),
            row.get("location", ""), categories_of(row.get("categories", "")),
            code or row.get("code", ""), row.get("database", "") or database,
            credit=kind == "substitution", comment=row.get("comment", ""), told=told,
        )  # fmt: skip
        if line.flow:
            line.database = ""
        self.spread(line, row, where)
        return line

    def spread(self, line: Line, row: Fields, where: str) -> None:
        """Read the distribution of an exchange."""
        given = row.get("uncertainty type", "") or "0"
        word = given.lower().split(" ")[0]
        kind = KINDS[word] if word in KINDS else int(self.number(given, where))
        if kind in (2, 3, 4, 5):
            line.spread = Spread(kind, **{
                key: self.number(row[key], where) if row.get(key) else None
                for key in ("loc", "scale", "minimum", "maximum")
            })  # fmt: skip
        elif kind > 5:
            line.lost = say("distribution {kind} of stats_arrays", kind=kind)


def categories_of(text: str) -> tuple[str, ...]:
    """Compartment of an elementary flow, *unspecified* below it dropped."""
    text = text.strip("()").replace("', '", "::").replace("'", "") if text.startswith("(") else text
    parts = tuple(part.strip() for part in text.split("::") if part.strip())
    return parts[:1] if parts[1:] == ("unspecified",) else parts


def _input(text: str) -> tuple[str, str]:
    """Database and code of the column ``input``."""
    text = text.strip("()").replace("', '", "::").replace("'", "") if text.startswith("(") else text
    database, _, code = text.partition("::")
    return (database.strip(), code.strip()) if code else ("", "")
