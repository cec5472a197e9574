"""What stands beside the figures: virgin fibres that it could have been, and the mix of the grid."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Block, Cell, Column, Table, Text
from lca_cardato.report.tables.cells import (
    INVENTORIED,
    heads,
    share_cell,
    short,
    shown,
    unit_of,
)
from lca_cardato.words.language import Language
from lca_cardato.words.units import STAGE_COLUMNS, THREE, percent, saved, signed, signed_whole

ENDS = ("least", "most")
PLAINLY = 0.005
"""By so much another fibre saves less that the difference is told first."""


def _alternatives(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of the result document; one of an earlier version has none."""
    found: list[dict[str, Any]] = (document["reference"] or {}).get("alternatives", [])
    return found


def comparison_heads(words: Language) -> list[Column]:
    """Heads of `comparison_cells`."""
    return heads(words, "#c_reference", "#c_reference_coverage %", "#c_difference %", "#c_interval")


def comparison_cells(words: Language, indicator: str, item: dict[str, Any]) -> list[Cell]:
    """An indicator of the reference: value, coverage, difference and its paired 95 % interval.

    An earlier version of the result has no coverage of the reference, so no difference is told.
    """
    covered = item.get("coverage")
    return [
        shown(words, indicator, item["value"]),
        Cell("") if covered is None else share_cell(words, covered),
        gap_cell(words, item),
        Cell(interval_text(words, item)),
    ]


def gap_cell(words: Language, item: dict[str, Any]) -> Cell:
    """Difference where it may be told; else that it can't be compared."""
    if not item.get("comparable"):
        return Cell(words("not_comparable"), None, "open")
    gap = item["difference"]
    return Cell(signed(words, gap), None if gap is None else gap * 100)


def interval_text(words: Language, item: dict[str, Any]) -> str:
    """Paired 95 % interval of a difference; empty where there is none."""
    found = item.get("interval")
    if not found:
        return ""
    low, high = (signed_whole(words, found[end]) for end in ("low", "high"))
    return words("from_to", low=low, high=f"{high} %")


def alternatives(document: dict[str, Any], words: Language) -> list[Table]:
    """Difference to the product from each virgin fibre that a recycled fibre could stand for.

    Parameters
    ----------
    document : dict
        Result document.
    words : Language

    Returns
    -------
    list of Table
        One for each indicator; none where there is nothing beside the fibre of the label.
    """
    found = _alternatives(document)
    return (
        [_alternatives_of(document, words, name) for name in found[0]["indicators"]]
        if found
        else []
    )


def _alternatives_of(document: dict[str, Any], words: Language, name: str) -> Table:
    found = _alternatives(document)
    several = len({item["replaces"] for item in found}) > 1
    columns = heads(words, *(["c_recycled_fibre"] if several else []), "c_supply", "c_label")
    columns.append(
        Column(short(words, name), unit_of(words, name, document["indicators"][name]["unit"]), True)
    )
    columns += heads(words, "#c_difference %", "#c_interval")
    rows = []
    for item in found:
        mark = f" ({words('as_stated')})" if item["stated"] else ""
        value = item["indicators"][name]
        row = [Cell(item["replaces_name"])] if several else []
        row += [Cell(item.get("supply", item["name"]) + mark), Cell(item["label"])]
        row += [shown(words, name, value["value"]), gap_cell(words, value)]
        rows.append([*row, Cell(interval_text(words, value))])
    title = f"{words('tab_alternatives')}: {short(words, name)}"
    note = words("alternatives_note")
    return Table(f"alternatives_{name}", title, columns, rows, note=note, folded=True)


def comparison_lines(document: dict[str, Any], words: Language) -> tuple[list[Block], list[Block]]:
    """Tell what is saved against virgin fibre, as a range by the fibre that it replaces.

    Returns
    -------
    tuple of (list of Block, list of Block)
        The range as headline, or why climate change can't be compared; then its ends, the fibre of
        the label and their intervals.
    """
    reference = document["reference"]
    ranges = reference.get("ranges", {})
    label = reference_label(document, words)
    first: list[Block] = []
    then: list[Block] = []
    for name in THREE:
        stated = reference["indicators"][name]
        if found := ranges.get(name):
            first.append(_range_line(words, name, label, found))
            then.append(_range_ends(words, name, found, stated))
        elif stated.get("comparable") and stated["difference"] is not None:
            told = f"{short(words, name)}: {_told(words, stated)} ({label})"
            first.append(Text(told, "lead"))
        elif name == "climate_change" and "comparable" in stated:
            first.append(Text(_open(document, words, name, label), "lead"))
    then += _other_fibres(document, words)
    draws = reference.get("draws")
    if draws:
        share = percent(words, reference["covered_from"])
        then.append(Text(words("not_comparable_note", share=share, **_as_text(draws)), "note"))
    return first, then


def range_told(words: Language, found: dict[str, Any]) -> tuple[str, bool]:
    """Tell a range of differences; a saving that can't be told from 0 is no saving.

    Parameters
    ----------
    words : Language
    found : dict
        ``least`` and ``most`` with ``difference`` and, where there are draws, its ``interval``.

    Returns
    -------
    tuple of (str, bool)
        The range, and whether both of its ends read alike.
    """
    gaps = {end: found[end]["difference"] for end in ENDS}
    unclear = {end: not discernible(found[end]) for end in ENDS}
    if all(unclear.values()):
        return words("gap_none"), True
    if max(gaps.values()) > 0:
        told = {end: signed(words, gap) for end, gap in gaps.items()}
        return words("from_to", low=told["most"], high=told["least"]), False
    told = {end: saved(words, gap) for end, gap in gaps.items()}
    if unclear["least"]:
        return words("gap_up_to", most=f"{told['most']} %"), False
    if told["least"] == told["most"]:
        return words("gap_saves", most=f"{told['most']} %"), True
    return words("gap_range", least=told["least"], most=f"{told['most']} %"), False


def discernible(end: dict[str, Any]) -> bool:
    """Whether the 95 % interval of a difference leaves out 0; also where there is none."""
    reach = end.get("interval")
    return not reach or not reach["low"] <= 0 <= reach["high"]


def unclear_ends(words: Language, name: str, found: dict[str, Any]) -> list[Text]:
    """Say which ends of a range can't be told from 0, and with which fibre; nothing for none."""
    ends = [found[end] for end in ENDS if not discernible(found[end])]
    told = {end["supply"]: _told(words, end) for end in ends}
    return [
        Text(words("gap_unclear", indicator=short(words, name), supply=supply, gap=gap))
        for supply, gap in told.items()
    ]


def _range_line(words: Language, name: str, label: str, found: dict[str, Any]) -> Text:
    told, alike = range_told(words, found)
    key = "range_alike" if alike else "range_line"
    return Text(words(key, indicator=short(words, name), label=label, told=told), "lead")


def reference_label(document: dict[str, Any], words: Language) -> str:
    """Name what the product is compared with: virgin fibre of the label."""
    fibres = dict.fromkeys(row["label"] for row in _alternatives(document) if row["stated"])
    return words("range_virgin", label=", ".join(fibres)) if fibres else words("c_reference")


def _range_ends(words: Language, name: str, found: dict[str, Any], stated: dict[str, Any]) -> Text:
    least, most = found["least"], found["most"]
    beside = words(
        "range_ends", indicator=short(words, name), least=least["supply"], least_gap=_told(words, least), most=most["supply"],
        most_gap=_told(words, most), count=str(found["of"]), stated=_told(words, stated),
    )  # fmt: skip
    if found["left_out"]:
        beside += " " + words("range_left_out", count=str(found["left_out"]))
    return Text(beside)


def costlier(document: dict[str, Any], words: Language) -> list[Text]:
    """Tell the other fibres of a family where one of them would save less than the range.

    A mill that names a costly fibre makes the difference larger: here it is seen.
    """
    found = document["reference"].get("ranges", {}).get("climate_change")
    others = [
        row["indicators"]["climate_change"]["difference"]
        for row in _alternatives(document)
        if not row.get("same_label") and row["indicators"]["climate_change"].get("comparable")
    ]
    least = found["least"]["difference"] if found else None
    if least is None or not others or max(others) - least < PLAINLY:
        return []
    return _other_fibres(document, words)


def _other_fibres(document: dict[str, Any], words: Language) -> list[Text]:
    """Tell the difference of climate change from other fibres than that of the label."""
    by_fibre: dict[str, list[dict[str, Any]]] = {}
    for row in _alternatives(document):
        if row["indicators"]["climate_change"].get("comparable") and (
            row["stated"] or not row.get("same_label")
        ):
            by_fibre.setdefault(row["replaces_name"], []).append(row)
    lines: list[Text] = []
    for name, rows in by_fibre.items():
        parts = [
            f"{row['name']} {_told(words, row['indicators']['climate_change'])}" for row in rows
        ]
        told = {"fibre": name, "stated": parts[0], "others": "; ".join(parts[1:])}
        if len(parts) > 1 and rows[0]["stated"]:
            lines.append(Text(words("alternatives_line", **told)))
    return lines


def _told(words: Language, item: dict[str, Any]) -> str:
    """A difference with its interval, in words."""
    gap, found = signed(words, item["difference"]), item["interval"]
    if not found:
        return gap
    low, high = (signed_whole(words, found[end]) for end in ("low", "high"))
    return words("gap_interval", gap=gap, low=low, high=f"{high} %")


def _open(document: dict[str, Any], words: Language, name: str, label: str) -> str:
    reference = document["reference"]
    own, other = (d["indicators"][name]["coverage"] for d in (document, reference))
    shares = (percent(words, share) for share in (own, other, reference["covered_from"]))
    told = dict(zip(("own", "other", "share"), shares))
    return words("alternatives_open", indicator=short(words, name), name=label, **told)


def _as_text(values: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in values.items()}


def draws_line(document: dict[str, Any], words: Language) -> str:
    """Tell that values are stated ones, with median and interval of the draws; empty without any."""
    parts = []
    for name in STAGE_COLUMNS:
        item = document["indicators"][name]
        if not (found := item.get("interval")) or item["coverage"] < INVENTORIED:
            continue
        told = {end: shown(words, name, found[end]).text for end in ("median", "low", "high")}
        if item["lower_bound"]:
            told["median"] = f"≥ {told['median']}"
        unit = unit_of(words, name, item["unit"])
        parts.append(words("drawn_part", indicator=short(words, name), unit=unit, **told))
    return words("drawn_line", parts="; ".join(parts)) if parts else ""


def electricity_line(document: dict[str, Any], words: Language) -> str:
    """Tell climate change by contract and by the mix of the grid; empty where both are the same."""
    values = document["electricity"]["climate_change"]
    own, grid = values["market_based"], values["location_based"]
    if own == grid:
        return ""
    return words("location_based", own=words.number(own), value=words.number(grid))
