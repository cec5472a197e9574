"""Tables and sentences of comparisons, uncertainty and sensitivity, from their documents."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.report.tables.cells import (
    bound,
    heads,
    name_of,
    number,
    share_cell,
    short,
    shown,
    unit_of,
)
from lca_cardato.report.tables.reference import gap_cell, interval_text
from lca_cardato.words.language import Language
from lca_cardato.words.units import percent

ROWS = 60
Interval = tuple[str, str, str, list[float], float]
"""Indicator, unit, scenario, (low, median, high), stated; in the unit that is shown."""


def draws_line(found: dict[str, Any], words: Language) -> str:
    """Tell how many draws there were, of how many figures, with which seed."""
    keys = ("samples", "figures", "seed")
    return words("draws_head", **{key: str(found[key]) for key in keys})


def sensitivity_note(document: dict[str, Any], words: Language, left: str) -> str:
    """Tell how a sensitivity was found; ``left`` is the share that was screened out."""
    keys = ("trajectories", "points", "seed")
    told = {key: str(document[key]) for key in keys}
    return words("sensitivity_note", left=left, **told)


def sentence(words: Language, pair: dict[str, Any]) -> str:
    """Say in words whether two products can be told apart."""
    if not pair["comparable"]:
        return words("pair_not_comparable", first=pair["first"], second=pair["second"])
    share = pair["probability_first_lower"]
    first, second = pair["first"], pair["second"]
    if share < 0.5:
        first, second, share = second, first, 1 - share
    key = "pair_discernible" if pair["discernible"] else "pair_open"
    told = words.decimal(f"{share * 100:.1f}") + " %"
    text = words(key, first=first, second=second, percent=told)
    if not pair["differs"]:
        return text
    what = ", ".join(words(f"unlike_{kind}") for kind in pair["differs"])
    return f"{text} {words('pair_differs', what=what)}"


def unit_text(document: dict[str, Any], words: Language) -> str:
    """Tell the declared unit; of square metres whose mass differs, each."""
    texts = dict.fromkeys(item["declared_unit"]["text"] for item in document["scenarios"])
    return f"{words('declared_unit')}: {'; '.join(texts)}"


def comparison_note(document: dict[str, Any], words: Language) -> str:
    """Say on what the products are compared: no more than is the same."""
    return words("comparison_note" if document["same_basis"] else "comparison_note_differs")


def compared(document: dict[str, Any], words: Language, names: list[str]) -> Table:
    """Indicators side by side, with the difference from the first."""
    rows = []
    for name, item in document["indicators"].items():
        row = [Cell(name_of(words, name)), Cell(unit_of(words, name, item["unit"]))]
        for place, value in enumerate(item["values"]):
            row.append(bound(words, name, {"coverage": item["coverage"][place]}, value))
            if place:
                row += difference_cells(words, item, place)
        rows.append(row)
    columns = heads(words, "c_indicator", "c_unit")
    for place, name in enumerate(names):
        columns.append(Column(name, numeric=True))
        if place:
            columns.append(Column(f"{words('c_difference')} {place + 1}", "%", numeric=True))
            columns.append(Column(f"{words('c_interval')} {place + 1}", numeric=True))
            columns.append(Column(f"{words('c_coverage')} 1 / {place + 1}", numeric=True))
    return Table("indicators", words("compare_title"), columns, rows)


def stages(document: dict[str, Any], words: Language, name: str, key: str = "") -> Table:
    """An indicator of each product by stage, with the whole, a lower bound where it is one."""
    item, names = document["indicators"][name], [one["id"] for one in document["scenarios"]]
    rows = [
        [Cell(words(stage)), *(shown(words, name, value) for value in values)]
        for stage, values in item["by_stage"].items()
    ]
    wholes = zip(item["values"], item["coverage"])
    total = [bound(words, name, {"coverage": covered}, value) for value, covered in wholes]
    rows.append([Cell(words("total")), *total])
    unit = unit_of(words, name, item["unit"])
    label = item.get("name") or short(words, name)
    columns = [*heads(words, "c_stage"), *[Column(s, unit, numeric=True) for s in names]]
    title = f"{words('h_stages')}: {label} ({unit})"
    return Table(key, title, columns, rows, total=True, folded=bool(key))


def difference_cells(words: Language, item: dict[str, Any], place: int) -> list[Cell]:
    """Difference of a product from the first, its paired interval, and the coverage of both."""
    gap = {
        "comparable": item["comparable"][place], "difference": item["difference_relative"][place],
        "interval": item["difference_interval"][place],
    }  # fmt: skip
    covered = " / ".join(percent(words, item["coverage"][one]) for one in (0, place))
    return [gap_cell(words, gap), Cell(interval_text(words, gap)), Cell(covered)]


def claim_table(document: dict[str, Any], words: Language, names: list[str]) -> Table:
    """Verdicts side by side."""
    rows = [
        [Cell(claim["name"]), *[Cell(words(v), None, v) for v in claim["verdicts"]]]
        for claim in document["claims"].values()
    ]
    columns = [*heads(words, "sec_claims"), *[Column(name) for name in names]]
    return Table("claims_table", words("sec_claims"), columns, rows, note=words("mean_self"))


def pairs(found: dict[str, Any], words: Language) -> Table:
    """How probably a product is lower than another, from paired draws."""
    rows = []
    for name, item in found["indicators"].items():
        for pair in item["pairs"]:
            below = 100 * pair["probability_first_lower"]
            told = Cell(words.decimal(f"{below:.1f}") + " %", below)
            rows.append([Cell(short(words, name)), Cell(pair["first"]), Cell(pair["second"]), told,
                         Cell(sentence(words, pair))])  # fmt: skip
    columns = [*heads(words, "c_indicator"), Column("A"), Column("B"),
               *heads(words, "#c_probability %", "c_description")]  # fmt: skip
    return Table("pairs", words("tab_pairs"), columns, rows)


def intervals(words: Language, found: list[Interval]) -> Table:
    """Stated value, median and 95 % interval of every indicator and product."""
    rows = [
        [Cell(short(words, name)), Cell(scenario), number(words, stated),
         *[number(words, value) for value in values], Cell(unit)]
        for name, unit, scenario, values, stated in found
    ]  # fmt: skip
    columns = [*heads(words, "c_indicator"), Column("scenario"),
               *heads(words, "#c_stated", "#c_low", "#c_median", "#c_high", "c_unit")]  # fmt: skip
    return Table("intervals_table", words("interval_95"), columns, rows)


def drivers(document: dict[str, Any], words: Language) -> Table:
    """Figures that spread an indicator most."""
    rows = [
        [Cell(short(words, name)), Cell(row["name"]), share_cell(words, row["share"])]
        for name, item in document["indicators"].items()
        for row in item["drivers"]
    ]
    columns = heads(words, "c_indicator", "figure", "#variance_share %")
    return Table("drivers", words("tab_drivers"), columns, rows)


def option_name(words: Language, option: str) -> str:
    """Name an option of a choice in the language."""
    from lca_cardato.studies.switches import END_OF_WASTE, FORMULA

    if option == END_OF_WASTE:
        return words("option_end_of_waste")
    return words.decimal(option) if option.startswith(FORMULA) else words(option)


def figures(document: dict[str, Any], words: Language) -> Table:
    """What an indicator hangs on, figure by figure."""
    name = document["indicator"]
    unit = unit_of(words, name, document["unit"])
    rows = [
        [Cell(row["name"]),
         *[shown(words, name, row[key]) for key in ("low", "high", "mu_star", "sigma")],
         number(words, row["s1"]), number(words, row["st"])]
        for row in document["figures"][:ROWS]
    ]  # fmt: skip
    columns = [
        *heads(words, "figure", f"#c_low {unit}", f"#c_high {unit}"),
        Column("Morris μ*", unit, True), Column("Morris σ", unit, True),
        Column("Sobol S1", numeric=True), Column("Sobol ST", numeric=True),
    ]  # fmt: skip
    note = sensitivity_note(document, words, percent(words, document["screened_out"]))
    return Table("figures", words("sensitivity_title"), columns, rows, note=note, tool=True)


def switches(document: dict[str, Any], words: Language) -> Table:
    """Choices that are no figures, with the score of each option."""
    name = document["indicator"]
    rows = [
        [Cell(words(f"choice_{row['choice']}")),
         Cell(option_name(words, row["option"]) + (" *" if row["stated"] else "")),
         shown(words, name, row["value"])]
        for row in document["switches"]
    ]  # fmt: skip
    columns = [*heads(words, "choice", "option"),
               Column(short(words, name), unit_of(words, name, document["unit"]), True)]  # fmt: skip
    title, note = words("switches_title"), words("switches_note")
    return Table("switches", title, columns, rows, note=note)
