"""Report of what to measure or document next."""

from __future__ import annotations

from typing import Any

from lca_cardato.charts import charts
from lca_cardato.charts.picture import Picture
from lca_cardato.report.parts import Block, Report, Section, Text
from lca_cardato.report.stories.many import frame
from lca_cardato.report.tables import measure as tables
from lca_cardato.report.tables.cells import short
from lca_cardato.report.tables.notices import notice_blocks, notice_section
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME

BARS = 15


def measure_report(document: dict[str, Any], lang: str) -> Report:
    """Make the report of what to measure next.

    Parameters
    ----------
    document : dict
        As `lca_cardato.measure.study.MeasureNext.to_dict` gives it in the language.
    lang : str

    Returns
    -------
    Report
        Intervals of the products, measures in their order, what proves the claims, and on what the
        costs rest.
    """
    words = Language(lang)
    first: list[Block] = [tables.scenarios_table(document, words)]
    if (left := tables.left_out(document, words)) is not None:
        first.append(left)
    table, claims = tables.measures_table(document, words), tables.claims_table(document, words)
    order: list[Block] = [Text(words("measure_none"))] if table is None else [table]
    if any(row["narrowed"] >= tables.FAINT for row in document["measures"]):
        order.insert(0, narrowing_chart(document, words))
    order += tables.notes(document, words) if table is not None else []
    proven: list[Block] = []
    if claims is not None:
        proven = [claims, Text(words("measure_claims_note"), "note")]
    costs: list[Block] = [tables.costs_table(document, words)] if tables.told(document) else []
    costs += filter(None, [tables.costs_line(document, words)])
    sections = [
        notice_section(notice_blocks(document["notices"], words), words),
        Section("summary", words("sec_summary"), first),
        Section("measures", words("measure_title"), order),
        Section("claims", words("sec_claims"), proven),
        Section("costs", words("measure_costs_title"), costs),
    ]
    subtitle = ", ".join(words.quote(item["name"], NAME) for item in document["scenarios"])
    return frame("measures", words, words("measure_title"), subtitle, document, [], sections)


def narrowing_chart(document: dict[str, Any], words: Language) -> Picture:
    """Draw by how much each measure narrows the interval by itself."""
    rows = [row for row in tables.told(document) if row["narrowed"] >= tables.FAINT][:BARS]
    bars = [(row["name"], row["narrowed"] * 100) for row in rows]
    title = f"{short(words, document['indicator'])}: {words('measure_alone')}"
    return charts.bars(words, "narrowed", title, words("measure_alone_alt"), "%", bars)
