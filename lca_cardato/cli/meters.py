"""What a file of a meter or a lot sheet holds, and the mapping that is kept beside it: `meters`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import print_json, show_table
from lca_cardato.cli.options import ForceOption, JsonOption, Lang, LangOption, argument, option
from lca_cardato.errors import InputError

if TYPE_CHECKING:
    from lca_cardato.words.language import Language

SHOWN = 12
"""Meters of a file that are shown; the document has them all."""


def meters(
    file: Annotated[Path, argument("FILE", "Bill, curve or lot sheet: CSV or XLSX.", complete.meter_files)],
    map_: Annotated[
        Optional[Path],
        option("--map", "Mapping of its columns; else FILE.map.yaml, where it is there.", metavar="MAP"),
    ] = None,
    write: Annotated[
        Optional[Path], option("--write", "Write the mapping as it was recognised.", metavar="MAP")
    ] = None,
    period: Annotated[
        Optional[str], option("--period", "What is summed, e.g. 2025; all that is there when left out.")
    ] = None,
    json_: JsonOption = False,
    force: ForceOption = False,
    lang: LangOption = Lang.en,
) -> None:  # fmt: skip
    """Show what was read of a file of meters or lots: columns, unit, months, sum, gaps, overlaps."""
    from lca_cardato.files.atomic import write_file
    from lca_cardato.files.read import read_bytes
    from lca_cardato.meters.mapping import PLAIN, read_mapping
    from lca_cardato.meters.propose import (
        described,
        draft_text,
        mapping_beside,
        mapping_text,
        scenario_lines,
    )
    from lca_cardato.meters.read import read_meters
    from lca_cardato.meters.sheet import MAX_BYTES
    from lca_cardato.words.language import Language

    words, span = Language(lang.value), _period(period)
    data = read_bytes(file, MAX_BYTES)
    beside = mapping_beside(file)
    used = map_ or (beside if beside.is_file() else None)
    mapping = read_mapping(used)[0] if used else PLAIN
    try:
        found = read_meters(data, str(file), mapping)
    except InputError as error:
        if write is not None and any(problem.code == "E370" for problem in error.problems):
            write_file(write, draft_text(data, file.name).encode(), force)
            print(words("meters_draft", file=str(write)))
        raise
    if write is not None:
        write_file(write, mapping_text(found, mapping).encode(), force)
        used = write
    told = described(found, span)
    if json_:
        print_json(told)
        return
    _show(told, words)
    print()
    print(words("meters_scenario"))
    print("\n".join(scenario_lines(found, file, used)))
    if write is not None:
        print()
        print(words("meters_written", file=str(write)))


def _period(typed: Optional[str]) -> Any:
    from lca_cardato.text.number import QuantityError
    from lca_cardato.text.period import parse_period

    if typed is None:
        return None
    try:
        return parse_period(typed)
    except QuantityError as error:
        raise InputError.one(
            error.code, error.message, key="--period", value=typed, suggestion=error.suggestion
        ) from None


def _show(told: dict[str, Any], words: Language) -> None:
    marks = [words(f"meters_layout_{told['layout']}")]
    if told["step"]:
        marks.append(words("meters_step", minutes=str(told["step"])))
    if told["separator"]:
        marks.append(words("meters_separator", name=words(f"meters_{told['separator']}")))
    marks.append(words(f"meters_decimal_{told['decimal']}"))
    print(f"{told['file']}: {', '.join(marks)}")
    rows = [
        [words(f"meters_role_{role}"), ", ".join(heads)] for role, heads in told["columns"].items()
    ]
    show_table([words("meters_holds"), words("meters_column")], rows)
    print()
    for meter in told["meters"][:SHOWN]:
        _show_meter(meter, words)
    if len(told["meters"]) > SHOWN:
        print(words("meters_more", count=str(len(told["meters"]) - SHOWN)))
    if told["rows_without_amount"]:
        print(words("meters_dropped", count=str(told["rows_without_amount"])))


def _show_meter(meter: dict[str, Any], words: Language) -> None:
    name = meter["meter"] or words("meters_unnamed")
    ends = (
        words("meters_from_to", first=meter["period"][0], last=meter["period"][1])
        if meter["period"]
        else ""
    )
    if "lots" in meter:
        masses = [
            f"{words(f'meters_{key}')} {words.number(meter[f'{key}_kg'])} kg"
            for key in ("mass_in", "mass_out") if meter[f"{key}_kg"] is not None
        ]  # fmt: skip
        print(
            "  ".join(filter(None, [words("meters_lots", count=str(meter["lots"])), ends, *masses]))
        )
        if meter["articles"]:
            print(words("meters_articles", names=", ".join(meter["articles"][:SHOWN])))
        return
    total = f"{exact(meter['amount'], words)} {meter['unit']}"
    of = words(f"meters_of_{meter['measures']}")
    print(f"{name}: {of}, {ends}: {total}")
    if meter["energy"]:
        print(f"  {words('meters_energy', amount=exact(meter['energy'], words))}")
    unit = meter["unit"]
    show_table(
        [words("meters_month"), unit], [[m, exact(v, words)] for m, v in meter["months"].items()]
    )
    for line in _remarks(meter, words):
        print(f"  {line}")


def _remarks(meter: dict[str, Any], words: Language) -> list[str]:
    lines = [
        words("meters_gap" if first != last else "meters_gap_day", first=first, last=last)
        for first, last in meter["gaps"]
    ]
    lines = lines or [words("meters_no_gap")]
    lines += [
        words("meters_short", day=day, count=str(count), of=str(of))
        for day, count, of in meter["short"]
    ]
    lines += [
        words("meters_parted", first=first, last=last, row=str(row))
        for first, last, row in meter["parted"]
    ]
    if meter["repeated"]:
        lines.append(words("meters_repeated", rows=", ".join(map(str, meter["repeated"][:SHOWN]))))
    if meter["estimated"]:
        share = meter["estimated"] / meter["amount"] if meter["amount"] else 1.0
        amount = f"{exact(meter['estimated'], words)} {meter['unit']}"
        lines.append(words("meters_estimated", amount=amount, share=words.percent(Fraction(share))))
    return lines


def exact(value: float, words: Language) -> str:
    """Write a sum with the digits that it has."""
    return words.decimal(f"{value:.10g}")
