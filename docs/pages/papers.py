"""The documents of the shipped scenarios: readings as CSV, papers of others as PDF.

``python docs/pages/papers.py``

Everything is made from the scenarios themselves: the monthly readings of a meter sum up to the
figures that name it, a certificate repeats the lot, the mass and the issuer that are declared. All
companies are made up, and every document says so.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator

import yaml

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
NOTE = (
    "Illustrative document of a made-up company; an example of lca-cardato, no proof of anything."
)
MONTHS = (9, 9, 10, 9, 10, 9, 8, 2, 10, 10, 9, 5)  # of a year's work; the mill rests in August
PRODUCT = 120_000  # kg a year, where a figure is typed per kg
MIXED = Fraction(400_000)  # kg a year into a step, where a loss is typed
BASES = {"kWh/kg": "kWh", "L/kg": "L", "MJ/kg": "MJ", "Sm3/kg": "Sm3"}
TITLES = {
    "transaction_certificate": "Transaction certificate",
    "delivery_note": "Delivery note",
    "declaration": "Declaration",
    "invoice": "Bills of the year",
}
PAPER = """
#let data = json(bytes(sys.inputs.paper))
#set document(title: data.title)
#set page(paper: "a5", margin: 15mm)
#set text(size: 10pt, lang: "en")
#show heading: set text(weight: "regular")
= #data.title
#v(4mm)
#grid(columns: (35mm, 1fr), row-gutter: 3mm, ..data.rows.flatten().map(t => [#t]))
#v(6mm)
#data.note
"""


def named(data: Any, path: tuple = ()) -> Iterator[tuple[tuple, dict[str, Any]]]:
    """Give every part of a scenario that names a document, with its path."""
    if isinstance(data, dict):
        if "document" in data:
            yield path, data
        for key, item in data.items():
            yield from named(item, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from named(item, (*path, index))


def shares(total: Fraction, whole: bool) -> list[Fraction]:
    """Part a year's total into months: whole numbers where it is one, exact otherwise."""
    parts = [total * month / sum(MONTHS) for month in MONTHS]
    if whole:
        parts = [Fraction(int(part)) for part in parts]
        parts[-1] += total - sum(parts)
    return parts


def monthly(label: str, figure: dict[str, Any], into: Fraction = MIXED) -> list[list[str]]:
    """Give the readings of a figure, month by month; they sum up to what was typed."""
    number, _, unit = str(figure["value"]).partition(" ")
    value = Fraction(number)
    if unit == "%":
        amounts, masses, unit = shares(into * value / 100, True), shares(into, True), "kg"
    elif "for" in figure:
        mass = Fraction(str(figure["for"]).split()[0])
        amounts, masses = shares(value, True), shares(mass, True)
    else:
        masses, unit = shares(Fraction(PRODUCT), True), BASES[unit]
        amounts = [mass * value for mass in masses]
    return [
        [f"2025-{month:02d}", label, f"{float(amount):.12g}", unit, f"{float(mass):.12g}"]
        for month, (amount, mass) in enumerate(zip(amounts, masses), 1)
    ]


def table(key: str, data: dict[str, Any], item: dict[str, Any]) -> str:
    """Write the readings or the register that a document holds."""
    head, rows = ["month", "what", "amount", "unit", "of_kg"], []
    for path, part in named(data):
        if part["document"] != key:
            continue
        if path == ("traceability",):
            head, rows = ["day", "lot", "fibre", "kg", "to"], register(data)
        elif path == ("electricity",):
            rows += monthly("photovoltaic", {"value": "0.3 kWh/kg"})
        else:
            names = [str(name) for name in path if name not in ("route", "steps", "heat", 0)]
            step = data["route"].get(path[-2], {})
            lost = Fraction(step["loss"]["value"].split()[0]) / 100 if "loss" in step else 1
            rows += monthly(" ".join(names), part, MIXED * lost if "reclaimed" in path else MIXED)
    lines = [f"# {NOTE}", f"# {item['issuer']}, {item['date']}", ",".join(head)]
    return "\n".join([*lines, *(",".join(row) for row in rows)]) + "\n"


def register(data: dict[str, Any]) -> list[list[str]]:
    """Write the lots that the scenario names, as they went into the mixture."""
    rows = []
    for line in data["blend"]:
        mass = data["documents"].get(line.get("document"), {}).get("mass", "1000 kg")
        rows.append(["2025-04-20", line["lot"], line["fibre"], mass.split()[0], data["id"]])
    return rows


def paper(key: str, data: dict[str, Any], item: dict[str, Any]) -> bytes:
    """Write a paper of another company as PDF."""
    import typst

    rows = [["Issued by", item["issuer"]], ["Date", item["date"]], ["For", data["company"]["name"]]]
    for path, part in named(data):
        if part["document"] != key:
            continue
        if "fibre" in part:
            origin = part.get("origin", "").replace("_", " ")
            rows.append(["Goods", f"{part['fibre']}, {origin}, {part['share']} of the mixture"])
        elif "value" in part:
            names = [str(name) for name in path if name not in ("route", "steps", "blend", 0, 1)]
            of = f" for {part['for']}" if "for" in part else ""
            rows.append([" ".join(names), f"{part['value']}{of}, {part.get('period', '')}"])
        elif path == ("electricity",):
            rows.append(["Cancelled for", f"electricity of 2025, {part['dataset']}"])
    rows += [[name.capitalize(), item[name]] for name in ("lot", "mass") if name in item]
    told = {"title": TITLES[item["kind"]], "rows": rows, "note": NOTE}
    found: Any = typst.compile(
        PAPER.encode(), format="pdf", sys_inputs={"paper": json.dumps(told)},
        ignore_system_fonts=True, timestamp=0, pdf_tags=False,
    )  # fmt: skip
    return bytes(found)


def papers(tables_only: bool = False) -> Iterator[tuple[Path, bytes]]:
    """Make every document of the shipped scenarios.

    Parameters
    ----------
    tables_only : bool
        Leave out the papers, whose bytes depend on the version of typst.
    """
    for file in sorted(SCENARIOS.glob("*.yaml")):
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for key, item in data.get("documents", {}).items():
            if tables_only and item["file"].endswith(".pdf"):
                continue
            write = paper if item["file"].endswith(".pdf") else table
            made = write(key, data, item)
            yield SCENARIOS / item["file"], made if isinstance(made, bytes) else made.encode()


if __name__ == "__main__":
    for path, content in papers():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
