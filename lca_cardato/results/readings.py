"""Readings that were taken from files: what was read, how it is divided, which figures follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.model.figures import UNITS
from lca_cardato.results.naming import figure_name
from lca_cardato.results.rounding import number
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.model.taken import Derivation
    from lca_cardato.results.assessment import Assessment
    from lca_cardato.scenario.readings import Taken


def readings_of(result: Assessment, words: Language) -> list[dict[str, Any]]:
    """List the readings of a scenario.

    Parameters
    ----------
    result : Assessment
    words : Language

    Returns
    -------
    list of dict
        Each with its file and mapping and their digests, meter, period, ``amount`` in ``unit`` and
        ``exact``, the ``rows`` that count, what of it is estimated, the ``parts`` that it is divided
        among and the ``figures`` that follow, each with its ``rule`` in words.
    """
    readings = result.main.model.readings
    return [_reading(name, taken, result, words) for name, taken in readings.items()]


def _reading(name: str, taken: Taken, result: Assessment, words: Language) -> dict[str, Any]:
    total, reading = taken.total, taken.reading
    rows = list(total.rows) if total else _rows(taken)
    figures = [
        {"name": figure_name(result, key, words), **_figure(key, one, taken, words)}
        for key, one in result.main.model.derivations.items()
        if one.reading == name
    ]
    return {
        "name": name,
        "document": str(reading.document),
        "file": taken.file,
        "sha256": taken.sha256,
        "map": str(reading.map or ""),
        "map_sha256": taken.map_sha256,
        "meter": taken.meter.name,
        "measures": taken.meter.measures,
        "unit": taken.meter.unit,
        "period": taken.period,
        "amount": number(total.amount) if total else None,
        "exact": str(total.amount) if total else "",
        "energy_mj": number(total.energy) if total and total.energy else None,
        "estimated": number(total.estimated) if total else 0.0,
        "rows": rows,
        "lots": len(taken.lots),
        "gap_days": sum(gap.days for gap in total.gaps) if total else 0,
        "reason": str(reading.reason or ""),
        "by": str(reading.by or ""),
        "parts": _parts(taken),
        "figures": figures,
    }


def _rows(taken: Taken) -> list[int]:
    found = [lot.row for lot in taken.lots]
    return [min(found), max(found)] if found else [0, 0]


def _parts(taken: Taken) -> list[dict[str, Any]]:
    if not taken.reading.among:
        return []
    total = taken.total
    return [
        {
            "name": part,
            "share": str(share),
            "amount": number(total.amount * share) if total else None,
        }
        for part, share in taken.shares().items()
    ]


def _figure(key: str, one: Derivation, taken: Taken, words: Language) -> dict[str, Any]:
    kind = key.partition(".")[2].partition(".")[0]
    return {
        "key": key,
        "part": one.part,
        "share": str(one.share),
        "amount": str(one.amount),
        "mass_kg": None if one.mass is None else str(one.mass),
        "mass_from": one.mass_from,
        "count_nm": None if one.count is None else str(one.count),
        "mean_count_nm": None if one.mean_count is None else str(one.mean_count),
        "value": number(one.value),
        "unit": "fraction" if UNITS[kind] == "%" else UNITS[kind],
        "exact": str(one.value),
        "rule": rule_of(key, one, taken, words),
    }


def rule_of(key: str, one: Derivation, taken: Taken, words: Language) -> str:
    """Say how a figure follows from its reading, in the order of the arithmetic.

    Parameters
    ----------
    key : str
        Key of the figure.
    one : Derivation
    taken : Taken
    words : Language
    """
    owner, _, figure = key.partition(".")
    kind, step = figure.partition(".")[0], owner.rpartition("/")[2]
    first, last = taken.total.rows if taken.total else _rows(taken)
    unit = {"electricity": "kWh", "heat": "MJ", "water_in": "L", "water_out": "L"}.get(kind, "kg")
    whole = one.amount / one.share if one.share else one.amount
    place = {"file": taken.file, "first": str(first), "last": str(last)}
    parts = [words("rule_total", amount=_digits(whole, words), unit=unit, **place)]
    if taken.total and taken.meter.measures == "gas":
        gas = {"volume": _digits(taken.total.amount, words), "amount": _digits(whole, words)}
        heat = whole / taken.total.amount if taken.total.amount else 0
        parts = [words("rule_gas", **gas, value=_digits(heat, words), **place)]
    if one.part:
        by = words(f"rule_by_{taken.reading.by}")
        told = {"share": words.percent(one.share), "by": by}
        own = one.part == step
        parts.append(
            words("rule_share", **told) if own else words("rule_part", part=one.part, **told)
        )
    if one.mass is not None:
        origin = words("rule_from_lots", name=one.mass_from)
        if one.mass_from in ("for", "file"):
            origin = words(f"rule_from_{one.mass_from}")
        parts.append(words("rule_mass", mass=_digits(one.mass, words), origin=origin))
    if one.count is not None:
        told = {"count": _digits(one.count, words), "mean": _digits(one.mean_count, words)}
        parts.append(words("rule_length", **told))
    return " ".join(parts)


def _digits(value: Optional[Any], words: Language) -> str:
    return words.decimal(
        f"{float(value or 0):.6g}" if abs(value or 0) < 1e6 else f"{float(value or 0):.0f}"
    )
