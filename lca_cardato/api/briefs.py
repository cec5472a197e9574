"""What results of calculations tell at a glance: in a line, and in a small table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lca_cardato.api.notebook import Brief
from lca_cardato.report.tables.cells import short
from lca_cardato.report.tables.reference import electricity_line
from lca_cardato.results.notices import in_a_line
from lca_cardato.results.rounding import FULL
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME
from lca_cardato.words.units import STAGE_COLUMNS, display

if TYPE_CHECKING:
    from lca_cardato.batch.run import BatchResult

SHOWN = 8
WORDS = Language("en")
GRANT = "Only the Chamber of Commerce grants the mark."


def figure(name: str, value: float, unit: str, lower: bool = False) -> str:
    """Write a score with its unit, in the unit of the floor."""
    number, unit = display(name, value, unit)
    return f"{'≥ ' if lower else ''}{WORDS.number(number)} {unit}"


def of_assessment(document: dict[str, Any]) -> Brief:
    """Name, declared unit, the four indicators, the marks."""
    facts, rows = [document["declared_unit"]["text"]], []
    for name in STAGE_COLUMNS:
        item = document["indicators"][name]
        if item["coverage"] < 0.005:
            continue
        text = figure(name, item["value"], item["unit"], item["lower_bound"])
        rows.append([short(WORDS, name), text])
        if name == "climate_change":
            facts.append(f"{short(WORDS, name).lower()} {text}")
    if line := electricity_line(document, WORDS):
        facts.append(line)
    marks = [claim for claim in document["claims"] if claim["family"] == "mark"]
    told = [[claim["name"], WORDS(claim["verdict"])] for claim in marks]
    facts.append(", ".join(" ".join(row) for row in told))
    product = WORDS.quote(document["product"]["name"], NAME)
    head = f"{document['scenario']['id']} ({product})"
    columns = [document["declared_unit"]["text"], "result"]
    return Brief(head, facts, columns, rows + told, GRANT, in_a_line(document["notices"], WORDS))


def of_comparison(document: dict[str, Any]) -> Brief:
    """Values side by side, the marks, how sure the order is."""
    names = [item["id"] for item in document["scenarios"]]
    rows, facts = [], []
    for name, item in document["indicators"].items():
        values = [
            figure(name, value, item["unit"], covered is not None and covered < FULL)
            for value, covered in zip(item["values"], item["coverage"])
        ]
        rows.append([item.get("name") or short(WORDS, name), *values])
        if name == "climate_change":
            facts.append(f"climate change {', '.join(values)}")
    for claim in document["claims"].values():
        if claim["family"] == "mark":
            rows.append([claim["name"], *[WORDS(v) for v in claim["verdicts"]]])
    draws = document["uncertainty"]
    note = ""
    if draws:
        note = f"{draws['samples']} paired draws, seed {draws['seed']}"
        facts.append(note)
    unit = document["scenarios"][0]["declared_unit"]["text"]
    first = [(item["id"], in_a_line(item["notices"], WORDS)) for item in document["scenarios"]]
    told = [item["text"] for item in document["differences"]]
    line = "; ".join([*told, *(f"{name}: {text}" for name, text in first if text)])
    return Brief(", ".join(names), [unit, *facts], [unit, *names], rows, note, line)


def of_uncertainty(document: dict[str, Any]) -> Brief:
    """Stated value, median and 95 % interval of every indicator."""
    rows, facts = [], []
    for name, item in document["indicators"].items():
        values = [
            figure(name, item[key], item["unit"]) for key in ("stated", "median", "low", "high")
        ]
        rows.append([item.get("name") or short(WORDS, name), *values])
        if name == "climate_change":
            facts.append(f"climate change {values[1]} (95 %: {values[2]} to {values[3]})")
    facts.append(f"{document['samples']} draws, seed {document['seed']}")
    columns = ["indicator", "stated", "median", "2.5 %", "97.5 %"]
    first = in_a_line(document["notices"], WORDS)
    return Brief(document["scenario"]["id"], facts, columns, rows, facts[-1], first)


def of_sensitivity(document: dict[str, Any]) -> Brief:
    """The weightiest figures with their ends and total index."""
    name, unit = document["indicator"], document["unit"]
    rows = [
        [row["figure"], figure(name, row["low"], unit), figure(name, row["high"], unit),
         "" if row["st"] is None else f"{row['st']:.2f}"]
        for row in document["figures"][:SHOWN]
    ]  # fmt: skip
    facts = [figure(name, document["stated"], unit)]
    if rows:
        facts.append("hangs most on " + ", ".join(row[0] for row in rows[:3]))
    note = f"The {len(rows)} weightiest of {len(document['figures'])} figures." if rows else ""
    head = f"{document['scenario']['id']}, {short(WORDS, name).lower()}"
    columns = ["figure", "at its low end", "at its high end", "Sobol total index"]
    return Brief(head, facts, columns, rows, note, in_a_line(document["notices"], WORDS))


def of_batch(result: BatchResult) -> Brief:
    """Ranges of the indicators and the cost, verdicts of the marks."""
    summary = result.summary
    kept = f", {result.selected.num_rows} kept" if result.selected is not None else ""
    rows, facts = [], []
    for column in result.columns:
        if column.kind in ("indicator", "cost") and column.name in summary.ranges:
            low, at, high, to = summary.ranges[column.name]
            ends = [figure(column.name, value, column.unit) for value in (low, high)]
            label = short(WORDS, column.name) if column.kind == "indicator" else "Cost of fibres"
            rows.append([label, f"{ends[0]} (row {at})", f"{ends[1]} (row {to})"])
            if column.name == "climate_change":
                facts.append(f"climate change {ends[0]} to {ends[1]}")
    counts = [f"{claim} {_counted(summary.verdicts[claim])}"
              for claim in ("cardato", "cardato-recycled") if claim in summary.verdicts]  # fmt: skip
    if summary.problem_count:
        counts.append(f"{summary.problem_count} rows without a result")
    columns = ["column", "least", "largest"]
    head = f"{result.rows} rows{kept}"
    first = in_a_line(result.notices.get("en", []), WORDS)
    return Brief(head, facts + counts, columns, rows, "; ".join(counts), first)


def _counted(verdicts: dict[str, Any]) -> str:
    return ", ".join(f"{WORDS(name)} {count}" for name, count in sorted(verdicts.items()))


def of_optimum(document: dict[str, Any]) -> Brief:
    """Shares, values of the goals, verdicts of every blend, and whether it is proven."""
    goals = document["front"] or [item["name"] for item in document["minimise"]]
    rows = []
    for blend in document["blends"]:
        shares = ", ".join(
            f"{item['name']} {item['share']}" for item in blend["lines"] if item["fraction"] != "0"
        )
        values = [blend["values"][name] for name in goals if name in blend["values"]]
        told = [figure(name, item["value"], item["unit"]) for name, item in zip(goals, values)]
        rows.append([shares, *told])
    proven = document["status"] == "optimal"
    facts = [f"{document['blends_in_space']} blends", "proven" if proven else "not proven"]
    columns = ["blend", *(short(WORDS, name) if name in STAGE_COLUMNS else name for name in goals)]
    return Brief(document["space"], facts, columns, rows[:SHOWN])


def of_measure_next(document: dict[str, Any]) -> Brief:
    """Interval, what to buy in order, claims that papers would prove."""
    rows = {row["measure"]: row for row in document["measures"]}
    told = [
        [rows[step["measure"]]["name"], f"{step['cost']:.0f}", f"{step['narrowed'] * 100:.0f} %"]
        for step in document["order"][:SHOWN]
    ]
    unit = document["unit"]
    facts = [
        f"{item['id']} {figure(document['indicator'], item['low'], unit)} to "
        f"{figure(document['indicator'], item['high'], unit)}"
        for item in document["scenarios"][:SHOWN]
    ]
    facts += [
        f"{item['claim']} for {item['cost']:.0f} EUR"
        for item in document["claims"]
        if item["reached"]
    ]
    head = short(WORDS, document["indicator"]).lower()
    columns = ["measure", "EUR", "interval narrowed by"]
    return Brief(head, facts, columns, told, "", in_a_line(document["notices"], WORDS))
