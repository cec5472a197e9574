"""Typed figures held against the papers they name: a table of a meter, a register, a lot sheet.

A paper that is a table is read as `lca-cardato meters` reads it; where it is plain which of its meters
a figure is from, both numbers must agree, save for the digits that were typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Iterator, Optional

from lca_cardato.errors import CardatoError
from lca_cardato.files.read import read_bytes
from lca_cardato.meters.cells import plain
from lca_cardato.meters.spans import Lot, Meter, Summed, summed
from lca_cardato.model.questions import Question
from lca_cardato.model.structure import ProductModel, StepUse
from lca_cardato.model.taken import FITS, LITRES
from lca_cardato.scenario.figure import Figure
from lca_cardato.text.number import QuantityError
from lca_cardato.text.period import Period, parse_period
from lca_cardato.text.quantity import parse_quantity
from lca_cardato.text.yamltree import Document, dotted
from lca_cardato.words.language import Plain, Word

TOLERANCE = Fraction(1, 200)
"""Relative difference that is no question: what rounding of a paper's rows makes."""
MAX_BYTES = 5_000_000
TABLES = (".csv", ".xlsx", ".txt")
UNITS = {
    "electricity": "kWh",
    "heat": "MJ",
    "water_in": "L",
    "water_out": "L",
    "loss": "%",
    "reclaimed": "%",
}
_DIGITS = re.compile(r"[+]?(\d*)\.?(\d*)")


@dataclass
class _Held:
    """A figure with the meter of its paper."""

    key: str
    path: tuple
    kind: str
    figure: Figure
    meter: Meter
    named: bool
    value: Fraction


def papers_asked(model: ProductModel, document: Document) -> Iterator[Question]:
    """Ask about figures that are not what their paper says.

    Parameters
    ----------
    model : ProductModel
    document : Document
        Text of the scenario.

    Yields
    ------
    Question
        Without a reason; the caller adds what the mill wrote.
    """
    groups: dict[tuple[str, str, str], list[_Held]] = defaultdict(list)
    steps = {use.key: use for use in model.all_steps()}
    for path, key in model.bound.items():
        held = _held(path, key, model, steps)
        if held is not None:
            place = (
                held.figure.document or "",
                held.meter.name,
                held.key if held.named else held.kind,
            )
            groups[place].append(held)
    for found in groups.values():
        yield from _compared(found, document)


def _held(path: tuple, key: str, model: ProductModel, steps: dict[str, StepUse]) -> Optional[_Held]:
    """Find the meter of a typed figure; None where no paper can tell."""
    figure = model.figures.get(key)
    kind = key.partition(".")[2].partition(".")[0]
    if (
        figure is None
        or figure.reading
        or kind not in UNITS
        or not figure.period
        or figure.by == "length"
        or not model.varied.isdisjoint((path, path[:-1], (*path, "value")))
    ):
        return None
    file = model.files.get(figure.document or "")
    use = steps.get(key.partition(".")[0])
    if file is None or use is None or file.path.suffix.lower() not in TABLES:
        return None
    fitting = [meter for meter in _meters(file.path, file.sha256) if meter.measures in FITS[kind]]
    named = [meter for meter in fitting if _about(meter, use, kind)]
    if len(named) != 1 and len(fitting) != 1:
        return None
    parameter = model.parameters.get(key)
    if parameter is None:
        return None
    meter = named[0] if len(named) == 1 else fitting[0]
    return _Held(key, path, kind, figure, meter, len(named) == 1, parameter.amount)


@lru_cache(maxsize=256)
def _meters(path: Path, sha256: str) -> tuple[Meter, ...]:
    """Meters of a paper; none where it is no table of meters."""
    from lca_cardato.meters.read import read_meters

    del sha256  # a file that has changed is read again
    try:
        return tuple(read_meters(read_bytes(path, MAX_BYTES), path.name).meters.values())
    except CardatoError:
        return ()


def _about(meter: Meter, use: StepUse, kind: str) -> bool:
    """Whether the name of a meter tells the step, and no other kind of figure."""
    label = f" {plain(meter.name)} "
    names = {
        plain(use.id),
        *(plain(text).split(" ")[0] for text in (use.step.name.en, use.step.name.it)),
    }
    if not any(f" {name} " in label for name in names if len(name) > 3):
        return False
    others = [plain(one) for one in UNITS if one != kind]
    return not any(f" {one} " in label for one in others)


def _compared(found: list[_Held], document: Document) -> Iterator[Question]:
    """Hold the figures of one meter against what it says."""
    first = found[0]
    period = parse_period(first.figure.period or "")
    paper = _paper(first, period)
    if paper is None:
        return
    typed, stated, unit = paper
    if len(found) > 1:  # parts of one meter, of which others may be behind it too
        rest = [pair for one in found[1:] if (pair := _paper(one, period))]
        typed += sum((pair[0] for pair in rest), Fraction(0))
        if typed <= stated * (1 + TOLERANCE):
            return
    slack = max(TOLERANCE, _rounding(first.figure.value))
    if abs(typed - stated) <= slack * max(abs(stated), abs(typed)):
        return
    told = {"typed": Plain(float(typed)), "stated": Plain(float(stated)), "unit": unit,
            "document": first.figure.document or "", "figure": Word(first.kind)}  # fmt: skip
    value = first.figure.value
    factor = float(typed / stated) if stated else None
    yield Question(
        first.key, first.path, value, "question_paper", told, document.name,
        document.position(first.path)[0], factor, place=dotted(_spot(document, first.path)),
    )  # fmt: skip


def _spot(document: Document, path: tuple) -> tuple:
    inside = (*path, "value")
    return inside if inside in document.positions else path


def _paper(held: _Held, period: Period) -> Optional[tuple[Fraction, Fraction, str]]:
    """Typed and stated number in one unit; None where they can't be compared."""
    meter, kind, figure = held.meter, held.kind, held.figure
    unit = UNITS[kind]
    if meter.lots:
        share = _lost(meter.lots, period) if kind == "loss" else None
        return None if share is None else (held.value * 100, share * 100, unit)
    total = summed(meter, period)
    if not total.count:
        return None
    stated = _in_unit(meter, total, kind)
    if stated is None:
        return None
    if unit == "%":
        return (held.value * 100, stated / total.of_mass * 100, unit) if total.of_mass else None
    typed, unit = (held.value, unit) if meter.measures != "gas" else (_volume(figure), "Sm3")
    if typed is None:
        return None
    per_kg = typed if meter.measures != "gas" or figure.for_ is None else typed / figure.for_.amount
    if total.of_mass:
        return per_kg, stated / total.of_mass, f"{unit}/kg"
    if figure.for_ is None:
        return None
    return per_kg * figure.for_.amount, stated, unit


def _volume(figure: Figure) -> Optional[Fraction]:
    """Sm3 of gas as typed, a total or per kg; None where it was typed as energy."""
    for unit, factor in (("Sm3", Fraction(1)), ("m3", figure.coefficient)):
        for wanted in (unit, f"{unit}/kg"):
            try:
                amount = parse_quantity(figure.value, wanted).amount
            except QuantityError:
                continue
            return amount * factor if factor is not None else None
    return None


def _in_unit(meter: Meter, total: Summed, kind: str) -> Optional[Fraction]:
    if meter.measures == "water":
        return total.amount * LITRES
    if kind == "heat" and meter.unit == "kWh":
        return total.amount * Fraction(18, 5)
    return total.amount


def _lost(lots: list[Lot], period: Period) -> Optional[Fraction]:
    kept = [lot for lot in lots if lot.day is None or period.first <= lot.day <= period.last]
    if not kept or any(lot.mass_in is None or lot.mass_out is None for lot in kept):
        return None
    entered = sum((Fraction(lot.mass_in or 0) for lot in kept), Fraction(0))
    left = sum((Fraction(lot.mass_out or 0) for lot in kept), Fraction(0))
    return (entered - left) / entered if entered else None


def _rounding(text: str) -> Fraction:
    """Half a unit of the last digit that was typed, relative to the number."""
    found = _DIGITS.match(text.strip())
    whole, decimals = found.groups() if found else ("", "")
    digits = (whole + decimals).lstrip("0")
    if not digits:
        return Fraction(0)
    kept = digits.rstrip("0") if not decimals else digits
    return Fraction(1, 2) / int(kept or digits) if len(kept) < 3 or decimals else Fraction(0)
