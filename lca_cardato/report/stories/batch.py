"""Report of a batch: ranking, Pareto front, map of three fibres, all at once."""

from __future__ import annotations

import re
from math import fsum
from typing import Any

from lca_cardato import __version__
from lca_cardato.batch.frame import frame_of
from lca_cardato.batch.run import BatchResult
from lca_cardato.charts import charts_many
from lca_cardato.report.parts import VERDICTS, Block, Cell, Column, Report, Section, Table, Text
from lca_cardato.report.stories.many import frame
from lca_cardato.report.tables.batch import titled
from lca_cardato.report.tables.cells import heads, short, shown, unit_of
from lca_cardato.report.tables.notices import notice_blocks, notice_section
from lca_cardato.text.number import nine
from lca_cardato.words.language import Language
from lca_cardato.words.told import tell
from lca_cardato.words.units import display

BEST = 200
SHOWN = 20_000
CLAIMS = ("cardato-recycled", "cardato")
SHARE = re.compile(r"^blend\..*share$|^blend\[\d+\]\.share$")


def batch_document(result: BatchResult, lang: str = "en") -> dict[str, Any]:
    """A batch as plain data: columns, ranges, verdicts and problems.

    Parameters
    ----------
    result : BatchResult
    lang : str
        Language of the notices, of problems and of what columns mean.

    Returns
    -------
    dict
    """
    summary = result.summary
    return {
        "schema": "lca-cardato/batch-summary/1",
        "tool": {"name": "lca-cardato", "version": __version__},
        "notices": result.notices.get(lang, []),
        "rows": result.rows,
        "kept": summary.rows,
        "columns": [
            {"name": c.name, "unit": c.unit, "meaning": tell(c.meaning, lang), "kind": c.kind}
            for c in result.columns
        ],
        "ranges": {
            name: {"least": low, "least_row": int(at), "largest": high, "largest_row": int(to)}
            for name, (low, at, high, to) in summary.ranges.items()
        },
        "verdicts": summary.verdicts,
        "problems": [{"row": p.row, "text": tell(p.text, lang)} for p in summary.problems],
        "problem_count": summary.problem_count,
        "file": result.out.name if result.out else None,
        "checked": result.checked,
    }


def batch_report(result: BatchResult, lang: str) -> Report:
    """Make the report of a batch.

    Parameters
    ----------
    result : BatchResult
    lang : str

    Returns
    -------
    Report
        Pictures and ranking are made from at most 20 000 rows, evenly chosen, and say so.
    """
    words, document = Language(lang), batch_document(result, lang)
    table, whole = rows_of(result)
    kinds = {c.name: c for c in result.columns}
    label = {c.name: titled(result, words, c.name, True) for c in result.columns}
    claim = next((c for c in CLAIMS if c in table and len(set(table[c])) > 1), "cardato")
    note = words("batch_sampled", shown=str(len(table)), count=str(whole))
    sections = [
        notice_section(notice_blocks(document["notices"], words), words),
        Section("summary", words("sec_summary"), _summary(document, words, label)),
        Section("ranking", words("sec_ranking"), [_ranking(table, whole, kinds, label, words)]),
        Section("front", words("sec_front"), _front(table, kinds, claim, words)),
        Section("simplex", words("sec_simplex"), _simplex(table, label, claim, words)),
        Section("parallel", words("sec_parallel"), _parallel(table, kinds, label, claim, words)),
        Section("problems", words("sec_problems"), _problems(document, words)),
    ]
    if whole > len(table):
        sections[3].blocks.insert(0, Text(note, "note"))
    facts = [(words("rep_rows"), str(result.rows)), (words("rep_file"), document["file"] or "")]
    title = words("rep_batch", count=str(result.rows))
    subtitle = ", ".join(label[c.name] for c in result.columns if c.kind == "parameter")
    return frame("batch", words, title, subtitle, document, facts, sections)


def rows_of(result: BatchResult) -> tuple[dict[str, list[Any]], int]:
    """Columns of at most 20 000 rows, evenly chosen, and how many there are."""
    if result.selected is not None:
        table = result.selected
        whole = table.num_rows
        step = -(-whole // SHOWN) or 1
        return table.take(list(range(0, whole, step))).to_pydict(), whole
    assert result.out is not None
    whole = result.summary.rows
    step = -(-whole // SHOWN) or 1
    if result.out.suffix.lower() == ".parquet":
        import pyarrow.parquet as pq

        found: dict[str, list[Any]] = {}
        start = 0
        for batch in pq.ParquetFile(result.out).iter_batches():
            places = [i for i in range(batch.num_rows) if (start + i) % step == 0]
            start += batch.num_rows
            for name, values in batch.take(places).to_pydict().items():
                found.setdefault(name, []).extend(values)
        return found, whole
    rows_ = frame_of(result).iloc[::step]
    return {str(name): [_there(v) for v in rows_[name].tolist()] for name in rows_.columns}, whole


def _there(value: Any) -> Any:
    """Give None for a value that is not there, which a table of numbers holds as NaN."""
    return None if isinstance(value, float) and value != value else value


def _summary(document: dict[str, Any], words: Language, label: dict[str, str]) -> list[Block]:
    text = words(
        "batch_rows", count=str(document["rows"]), kept=str(document["kept"]),
        bad=str(document["problem_count"]),
    )  # fmt: skip
    units = {c["name"]: c["unit"] for c in document["columns"]}
    rows = []
    for name, found in document["ranges"].items():
        low, high = (shown(words, name, found[k]) for k in ("least", "largest"))
        rows.append([
            Cell(label[name]), Cell(unit_of(words, name, units[name])), low,
            Cell(str(found["least_row"]), found["least_row"]), high,
            Cell(str(found["largest_row"]), found["largest_row"]),
        ])  # fmt: skip
    columns = heads(words, "column", "c_unit", "#least", "#row", "#largest", "#row")
    counts = [
        [Cell(label[name]), *[Cell(str(found.get(v, 0)), found.get(v, 0)) for v in VERDICTS]]
        for name, found in document["verdicts"].items()
    ]
    counted = heads(words, "sec_claims", *(f"#{verdict}" for verdict in VERDICTS))
    return [
        Text(text, "lead"), Table("ranges", words("batch_ranges"), columns, rows),
        Table("verdicts", words("tab_verdicts"), counted, counts, note=words("mean_self")),
    ]  # fmt: skip


def _ranking(
    table: dict[str, list[Any]],
    whole: int,
    kinds: dict[str, Any],
    label: dict[str, str],
    words: Language,
) -> Table:
    """The best rows; what is the same in all of them is told below, once."""
    by = next((n for n, c in kinds.items() if c.kind == "indicator" and n in table), "row")
    order = sorted(
        (i for i, v in enumerate(table[by]) if v is not None and v == v),
        key=lambda i: (nine(table[by][i]), i),
    )[:BEST]
    names = [n for n, c in kinds.items() if n in table and c.kind not in ("problem", "questions")]
    names = [n for n in names if kinds[n].kind != "content" or n.startswith("recycled_product")]
    found = {n: [_ranked(words, n, kinds[n], table[n][i]) for i in order] for n in names}
    same = [
        n for n in names
        if kinds[n].kind in ("parameter", "verdict", "cost", "content")
        and len({cell.text for cell in found[n]}) == 1 < len(order)
    ]  # fmt: skip
    columns = [
        Column(label[n], unit_of(words, n, kinds[n].unit),
               kinds[n].kind in ("indicator", "cost", "content", "row") or _numeric(found[n]))
        for n in names if n not in same
    ]  # fmt: skip
    rows = [[found[n][place] for n in names if n not in same] for place in range(len(order))]
    alike = [
        f"{label[n]} {found[n][0].text} {unit_of(words, n, kinds[n].unit)}".strip()
        for n in same if found[n][0].text
    ]  # fmt: skip
    note = words("batch_same", told="; ".join(alike)) if alike else ""
    title = words("batch_best", shown=str(len(rows)), count=str(whole), column=label[by])
    return Table("ranking", title, columns, rows, note=note, tool=True)


def _ranked(words: Language, name: str, column: Any, value: Any) -> Cell:
    """Write a cell of the ranking."""
    if value is None:
        return Cell("")
    if column.kind == "verdict":
        return Cell(words(str(value)), None, str(value))
    if isinstance(value, (int, float)) and column.kind != "row":
        return shown(words, name, float(value))
    return Cell(str(value), float(value) if column.kind == "row" else None)


def _numeric(cells: list[Cell]) -> bool:
    """Whether a column holds numbers alone."""
    return all(cell.value is not None for cell in cells if cell.text)


def _front(
    table: dict[str, list[Any]], kinds: dict[str, Any], claim: str, words: Language
) -> list[Block]:
    names = [n for n, c in kinds.items() if c.kind == "indicator" and n in table]
    costs = [v for v in table.get("cost", []) if v is not None and v == v]
    other = "cost" if costs else next((n for n in names[1:]), None)
    if not names or other is None:
        return []
    points: list[dict[str, Any]] = []
    for i, (x, y) in enumerate(zip(table[other], table[names[0]])):
        if x is None or y is None or x != x or y != y:
            continue
        points.append({"x": display(other, x, "")[0], "y": display(names[0], y, "")[0],
                       "label": f"{words('row')} {table['row'][i]}", "front": False,
                       "group": table.get(claim, [""] * (i + 1))[i] or ""})  # fmt: skip
    least = float("inf")
    for point in sorted(points, key=lambda p: (nine(p["x"]), nine(p["y"]))):
        if nine(point["y"]) < least:
            least, point["front"] = nine(point["y"]), True
    if not points:
        return []
    axes = []
    for name in (other, names[0]):
        title = words("c_cost") if name == "cost" else short(words, name)
        axes.append(f"{title}, {unit_of(words, name, kinds[name].unit)}")
    alt = words("alt_front", claim=claim)
    return [charts_many.scatter(words, "front", words("sec_front"), alt, axes[0], axes[1], points)]


def _simplex(
    table: dict[str, list[Any]], label: dict[str, str], claim: str, words: Language
) -> list[Block]:
    shares = [n for n in table if SHARE.match(n)]
    varied = [n for n in shares if len(set(table[n])) > 1]
    if len(varied) != 3 or "climate_change" not in table:
        return []
    best: dict[tuple[float, float, float], tuple[float, str]] = {}
    for i, value in enumerate(table["climate_change"]):
        parts = [table[n][i] for n in varied]
        if value is None or value != value or any(p is None for p in parts):
            continue
        whole = fsum(float(p) for p in parts)
        if not whole:
            continue
        a, b, c = (float(p) / whole for p in parts)
        verdict = str(table[claim][i]) if claim in table else ""
        if (a, b, c) not in best or nine(value) < nine(best[a, b, c][0]):
            best[a, b, c] = (float(value), verdict)
    points = [(*key, *found) for key, found in sorted(best.items())]
    if len(points) < 3:
        return []
    corners = (label[varied[0]], label[varied[1]], label[varied[2]])
    alt = words("alt_simplex", claim=claim)
    title = words("sec_simplex")
    return [charts_many.ternary(words, "simplex", title, alt, corners, points, "kg CO2-eq")]


def _parallel(
    table: dict[str, list[Any]],
    kinds: dict[str, Any],
    label: dict[str, str],
    claim: str,
    words: Language,
) -> list[Block]:
    axes = [
        name for name, column in kinds.items()
        if column.kind in ("parameter", "indicator", "cost") and _varies(table.get(name, []))
    ][:9]  # fmt: skip
    if len(axes) < 3:
        return []
    lines = [
        ([display(n, float(table[n][i]), "")[0] for n in axes], str(table.get(claim, [""])[i]))
        for i in range(len(table["row"]))
    ]
    alt = words("alt_parallel", claim=claim)
    names = [label[n] for n in axes]
    return [charts_many.parallel(words, "parallel", words("sec_parallel"), alt, names, lines)]


def _varies(values: list[Any]) -> bool:
    plain = all(isinstance(v, (int, float)) and v == v for v in values)
    return plain and len(set(values)) > 1


def _problems(document: dict[str, Any], words: Language) -> list[Block]:
    if not document["problems"]:
        return []
    rows = [[Cell(str(p["row"]), p["row"]), Cell(p["text"])] for p in document["problems"]]
    columns = heads(words, "#row", "c_description")
    return [Table("problems", words("sec_problems"), columns, rows, folded=True)]
