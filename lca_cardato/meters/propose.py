"""What was read of a file, as plain data, and the mapping that says it once and for all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from lca_cardato.meters.cells import plain
from lca_cardato.meters.mapping import SCHEMA, Mapping
from lca_cardato.meters.rows import MeterFile
from lca_cardato.meters.spans import Meter, Summed, summed, whole_period
from lca_cardato.text.period import Period
from lca_cardato.text.yamltree import decode

SUFFIX = ".map.yaml"
STATED = (
    "measures",
    "unit",
    "year",
    "factor",
    "coefficient",
    "heating_value",
    "corrections",
    "meter",
)
"""Keys of a mapping that a proposal keeps as they were stated."""


def mapping_beside(path: Path) -> Path:
    """Name of the mapping that is kept beside a file: ``curve.csv.map.yaml``."""
    return path.with_name(path.name + SUFFIX)


def described(found: MeterFile, period: Optional[Period] = None) -> dict[str, Any]:
    """Describe what was read.

    Parameters
    ----------
    found : MeterFile
    period : Period, optional
        What is summed; of each meter all that the file holds when left out.

    Returns
    -------
    dict
        ``layout``, ``separator``, ``decimal``, ``step`` in minutes, ``columns`` (role -> heads) and
        ``meters``, each with its ``amount`` in ``unit``, ``months``, ``gaps``, ``short`` days,
        ``repeated`` rows, ``estimated`` amount and, of gas, ``energy`` in MJ (PCS). Amounts are floats;
        dates are written by ISO 8601.
    """
    heads = found.sheet.heads
    columns = {
        role: [heads[column] for column in places] for role, places in found.sheet.columns.items()
    }
    if found.sheet.slots:
        ends = [heads[place] for place in (min(found.sheet.slots), max(found.sheet.slots))]
        columns["values"] = ends
    return {
        "file": found.sheet.name,
        "layout": found.layout,
        "separator": found.sheet.separator,
        "decimal": found.decimal,
        "step": found.step or None,
        "at_end": found.at_end,
        "head": found.sheet.head + 1,
        "columns": columns,
        "rows_without_amount": found.dropped,
        "meters": [_meter(meter, period) for meter in found.meters.values()],
    }


def _meter(meter: Meter, period: Optional[Period]) -> dict[str, Any]:
    row: dict[str, Any] = {"meter": meter.name, "measures": meter.measures, "unit": meter.unit}
    if meter.lots:
        return {**row, **_lots(meter)}
    span = period or whole_period(meter)
    assert span is not None  # a meter without lots has spans
    total = summed(meter, span)
    return {
        **row,
        "period": [str(span.first), str(span.last)],
        **_sum(total),
        "repeated": meter.repeated,
    }


def _sum(total: Summed) -> dict[str, Any]:
    return {
        "amount": float(total.amount),
        "energy": None if total.energy is None or not total.count else float(total.energy) or None,
        "of_kg": None if total.of_mass is None else float(total.of_mass) or None,
        "estimated": float(total.estimated),
        "rows": list(total.rows),
        "values": total.count,
        "months": {name: float(value) for name, value in total.months.items()},
        "gaps": [[str(gap.first), str(gap.last)] for gap in total.gaps],
        "short": [[str(day), missing, of] for day, missing, of in total.short],
        "parted": [[str(span.first), str(span.last), span.row] for span in total.parted],
    }  # fmt: skip


def _lots(meter: Meter) -> dict[str, Any]:
    days = [lot.day for lot in meter.lots if lot.day]
    masses = {
        f"{name}_kg": float(sum(found)) if (found := [getattr(lot, name) for lot in meter.lots]) and None not in found else None
        for name in ("mass_in", "mass_out")
    }  # fmt: skip
    ends = [str(min(days)), str(max(days))] if days else None
    articles = sorted({lot.article for lot in meter.lots if lot.article})
    return {"period": ends, "lots": len(meter.lots), **masses, "articles": articles}


def mapping_text(found: MeterFile, stated: Mapping) -> str:
    """Write the mapping of a file that was read, as YAML.

    Parameters
    ----------
    found : MeterFile
    stated : Mapping
        By which it was read; what it states beside the columns is kept.
    """
    sheet = found.sheet
    lines = [f"# How {sheet.name} is read.", f"schema: {SCHEMA}"]
    if sheet.separator:
        lines.append(f"separator: {sheet.separator}")
    lines.append(f"decimal: {found.decimal}")
    if stated.encoding != "utf-8":
        lines.append(f"encoding: {stated.encoding}")
    if stated.sheet:
        lines.append(f"sheet: {quoted(stated.sheet)}")
    lines.append(f"head: {sheet.head + 1}")
    if found.layout == "curve":
        lines.append(f"times: {'end' if found.at_end else 'start'}")
    lines += [
        f"{key}: {_written(value)}" for key in STATED if (value := getattr(stated, key)) is not None
    ]
    if stated.measures is None and len({m.measures for m in found.meters.values()}) == 1:
        lines.append(f"measures: {next(iter(found.meters.values())).measures}")
    lines.append("columns:")
    for role, places in sheet.columns.items():
        heads = [quoted(sheet.heads[place]) for place in places]
        lines.append(f"  {role}: {heads[0] if len(heads) == 1 else '[' + ', '.join(heads) + ']'}")
    return "\n".join(lines) + "\n"


def draft_text(data: bytes, name: str) -> str:
    """Write a mapping to fill in, of a file whose heads are not understood: its first lines as notes."""
    try:
        lines = decode(data, name).splitlines()
    except Exception:  # another encoding: what stands in it is told as far as it is ASCII
        lines = data.decode("ascii", "replace").splitlines()
    shown = [] if data[:4] == b"PK\x03\x04" else [f"# {line[:150]}" for line in lines[:5]]
    return "\n".join([
        f"# How {name} is read: put the heads of its columns in, take out what it does not have.",
        *shown, f"schema: {SCHEMA}", "separator: semicolon   # comma, semicolon or tab",
        "decimal: comma         # 1.234,5; point: 1234.5", "unit: kWh              # kWh, MWh, GJ, Smc, mc, L, kg, q, t",
        "columns:", "  date: Data           # or month: Mese, or from: Dal and to: Al",
        "  amount: Consumo      # or register: Lettura", "",
    ])  # fmt: skip


def _written(value: Any) -> str:
    return quoted(str(getattr(value, "text", value)))


def quoted(text: str) -> str:
    """Write a text so that YAML reads it as it is."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        text
        if text.replace("-", "").replace("_", "").isalnum() and text.isascii()
        else f'"{escaped}"'
    )


def scenario_lines(found: MeterFile, path: Path, mapping: Optional[Path]) -> list[str]:
    """Lines by which a scenario takes the meters of a file; dates and issuer are left to fill in."""
    lines = ["readings:"]
    for number, meter in enumerate(found.meters.values(), start=1):
        span = whole_period(meter)
        parts = [f"document: {quoted(short_name(path))}"]
        if mapping is not None:
            parts.append(f"map: {quoted(mapping.as_posix())}")
        if len(found.meters) > 1 and meter.name:
            parts.append(f"meter: {quoted(meter.name)}")
        if span is not None:
            parts.append(f'period: "{_told(span)}"')
        lines.append(f"  {meter.measures}-{number}: {{{', '.join(parts)}}}")
    kind = "register" if found.layout == "lots" else "meter_readings"
    lines += [
        "documents:",
        f"  {quoted(short_name(path))}: {{kind: {kind}, file: {quoted(path.as_posix())}, issuer: ..., date: ...}}",
    ]
    return lines


def short_name(path: Path) -> str:
    """Short name of a document by its file: lower case, no blanks.

    Examples
    --------
    >>> short_name(Path("Curve di Carico 2025.CSV"))
    'curve-di-carico-2025.csv'
    """
    bare = plain(path.stem).replace(" ", "-").replace("%", "") or "file"
    return f"{bare[:50]}{path.suffix.lower()}"


def _told(span: Period) -> str:
    """Write a period as briefly as it can be: a year, months, days."""
    year = Period(span.first.replace(month=1, day=1), span.first.replace(month=12, day=31))
    return str(span.first.year) if span == year else f"{span.first}/{span.last}"
