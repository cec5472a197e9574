"""What is fuzzed: each target takes bytes and may raise nothing but the errors meant for people.

A target is an ordinary function, so that the kept corpus runs in the suite without the fuzzer.
"""

from __future__ import annotations

import functools
import os
import tempfile
from fractions import Fraction
from pathlib import Path

from lca_cardato.calculation.solve import calculate
from lca_cardato.errors import CardatoError, Problem
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import LoadedScenario, validate_document
from lca_cardato.space.models import TableFile
from lca_cardato.space.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS, read_table
from lca_cardato.studies.assess import assess_loaded
from lca_cardato.text.arithmetic import parse_expression
from lca_cardato.text.number import QuantityError, parse_number
from lca_cardato.text.quantity import SYMBOLS, parse_quantity, parse_share
from lca_cardato.text.yamltree import decode, parse_document
from lca_cardato.text.yarncount import parse_yarn_count

UNITS = ("kWh/kg", "kg", "MJ", "L/kg", "km", "EUR/kg", "MJ/Sm3", "g/m2", "kW", "h", "kg/kg")
LARGEST = Fraction(10) ** 15


def quantity(data: bytes) -> None:
    """Numbers, quantities, shares, arithmetic and yarn counts; the first byte picks which."""
    if not data:
        return
    text = data[1:].decode("utf-8", "surrogateescape")
    which = data[0] % (len(UNITS) + 4)
    try:
        if which < len(UNITS):
            found = parse_quantity(text, UNITS[which])
            assert found.unit == UNITS[which] and found.amount >= 0
            assert found.amount <= LARGEST * 10**9
            again = parse_quantity(f" {text} ", UNITS[which]) if len(text) < 60 else found
            assert again.amount == found.amount
            assert any(symbol in text for symbol in SYMBOLS)
        elif which == len(UNITS):
            value = parse_number(text)
            assert abs(value) <= LARGEST
            assert abs(float(value) - float(text)) <= 1e-12 * abs(
                float(value)
            )  # the same to Python
        elif which == len(UNITS) + 1:
            assert 0 <= parse_share(text) <= 1
        elif which == len(UNITS) + 2:
            assert isinstance(parse_expression(text), Fraction)
        else:
            count = parse_yarn_count(text)
            assert count.nm > 0 and 1 <= count.plies < 100
    except QuantityError as error:
        assert error.code[:2] == "E1" and str(error)


def _told(problems: list[Problem]) -> None:
    assert problems
    for problem in problems:
        text = str(problem)
        assert problem.code[0] == "E" and problem.code[1:].isdigit()
        assert problem.message and "Traceback" not in text and len(text) < 5000


@functools.cache
def _inventory():
    return load_inventory()


@functools.cache
def _packs():
    from lca_cardato.claims.packs_model import shipped_packs

    return shipped_packs()


@functools.cache
def _store():
    from lca_cardato.brightway.store import open_store

    return open_store(_inventory())


def scenario(data: bytes) -> None:
    """A scenario file, resolved against the inventories when it is valid."""
    try:
        document = parse_document(decode(data, "scenario.yaml"), "scenario.yaml")
        resolve(LoadedScenario(validate_document(document), document), _inventory())
    except CardatoError as error:
        _told(error.problems)


def assessment(data: bytes) -> None:
    """A scenario file, calculated and judged; every score a finite number."""
    try:
        document = parse_document(decode(data, "scenario.yaml"), "scenario.yaml")
        loaded = LoadedScenario(validate_document(document), document)
        model = resolve(loaded, _inventory())
        assert all(abs(score) < 1e300 for score in calculate(model, _store().background).scores)
        result_document(assess_loaded(loaded, _inventory(), _packs()), "it")
    except CardatoError as error:
        _told(error.problems)


@functools.cache
def folder() -> Path:
    """A folder in memory where the system has one."""
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="lca-cardato-fuzz-", dir=shared))


def inventory(data: bytes) -> None:
    """A folder with one inventory file: shape, links, units."""
    place = folder() / "inventory"
    place.mkdir(exist_ok=True)
    (place / "own.yaml").write_bytes(data)
    try:
        load_inventory(place)
    except CardatoError as error:
        _told(error.problems)


def _table(data: bytes, table: TableFile) -> None:
    (folder() / table.file).write_bytes(data)
    try:
        heads, rows, _, read = read_table(folder(), table, "space.yaml")
    except CardatoError as error:
        _told(error.problems)
        return
    assert read == data
    assert len(set(heads)) == len(heads) <= MAX_COLUMNS and all(heads)
    assert 0 < len(rows) <= MAX_ROWS and all(len(row) == len(heads) for row in rows)
    assert all(cell is None or len(cell) <= MAX_CELL + 9 for row in rows for cell in row)


def csv(data: bytes) -> None:
    """A CSV; the first byte picks the declared dialect."""
    if not data:
        return
    separator = (None, "comma", "semicolon", "tab")[data[0] % 4]
    decimal = ("point", "comma")[data[0] // 4 % 2]
    _table(data[1:], TableFile(file="t.csv", separator=separator, decimal=decimal))


def xlsx(data: bytes) -> None:
    """A workbook."""
    _table(data, TableFile(file="t.xlsx"))


TARGETS = {
    function.__name__: function
    for function in (quantity, scenario, inventory, csv, xlsx, assessment)
}
