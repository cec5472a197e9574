"""Tables of an assessment as pandas: numbers in full, keys as in the result document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from lca_cardato.api.notebook import table_of
from lca_cardato.errors import InputError, nearest
from lca_cardato.report.tables.cells import name_of
from lca_cardato.results.contributions import contributions, explain_rows
from lca_cardato.results.csv_tables import rows_of
from lca_cardato.results.document import result_document
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

Rows = list[dict[str, Any]]
COVERED = ("coverage", "coverage_by_climate", "lower_bound")


def frame(result: Assessment, name: str, lang: str = "en") -> Any:
    """Make a table; see `lca_cardato.api.dressed.Assessment.table`."""
    if name in PLAIN:
        return plain_frame(result_document(result, lang), name)
    if name not in FRAMES:
        raise InputError.one(
            "E307", say("there is no such table of an assessment"), value=name,
            suggestion=nearest(name, [*FRAMES, *PLAIN]),
        )  # fmt: skip
    make, index = FRAMES[name]
    return table_of(make(result, lang), index=index)


def plain_frame(document: dict[str, Any], name: str) -> Any:
    """Make a table of `PLAIN` from a result document, or from the part of it that it needs."""
    columns, index = PLAIN[name]
    verdicts = [{**claim, "claim": claim["id"]} for claim in document.get("claims", [])]
    rows = {**rows_of(document), "verdicts": verdicts}[name]
    kept = [{key: row.get(key) for key in columns.split()} for row in rows]
    return table_of(kept, index=index)


def _indicators(result: Assessment, lang: str) -> Rows:
    document, words = result_document(result, lang), Language(lang)
    reference = document["reference"]
    rows = []
    for key, item in document["indicators"].items():
        kept = {key: item[key] for key in ("value", "unit", "per_kg", *COVERED)}
        drawn = item["interval"] or {"median": None, "low": None, "high": None}
        row = {"indicator": key, "name": name_of(words, key), **kept, **drawn}
        if reference:
            other = reference["indicators"][key]
            ends = other["interval"] or {"low": None, "high": None}
            row.update(
                virgin_fibre=other["value"], virgin_fibre_coverage=other["coverage"],
                difference=other["difference"], difference_low=ends["low"],
                difference_high=ends["high"],
            )  # fmt: skip
        rows.append(row)
    for item in document["methods"]:
        row = {key: item.get(key) for key in ("name", "value", "unit", *COVERED)}
        rows.append({"indicator": item["id"], **row})
    return rows


def _parts(key: str, part: str) -> Callable[[Assessment, str], Rows]:
    """Stages, or classes of data: a row each, a column per indicator."""

    def make(result: Assessment, lang: str) -> Rows:
        table: dict[str, dict[str, Any]] = {}
        for name, item in result_document(result, lang)["indicators"].items():
            for one, value in item[key].items():
                table.setdefault(one, {part: one})[name] = value
        return list(table.values())

    return make


def _contributions(result: Assessment, lang: str) -> Rows:
    document = contributions(result, Language(lang))
    whole = result.score("climate_change")
    kept = ("key", "stage", "step_name", "input", "name", "amount", "unit", "score", "value")
    return [
        {**{k: row[k] for k in kept}, "share": row["value"] / whole if whole else None,
         "parameter": row["parameter"]}
        for row in explain_rows(document, "climate_change")
    ]  # fmt: skip


def _assumptions(result: Assessment, lang: str) -> Rows:
    rows = result_document(result, lang)["assumptions"]
    kept = ("key", "name", "kind", "min", "max", "unit")
    return [{**{k: row.get(k) for k in kept}, **row["shares"], "reason": row["reason"]}
            for row in rows]  # fmt: skip


FRAMES: dict[str, tuple[Callable[[Assessment, str], Rows], str]] = {
    "indicators": (_indicators, "indicator"),
    "stages": (_parts("by_stage", "stage"), "stage"),
    "contributions": (_contributions, "key"),
    "data_classes": (_parts("by_data_class", "class"), "class"),
    "assumptions": (_assumptions, "key"),
}
"""Table -> how its rows are made, and which column names a row."""
PLAIN: dict[str, tuple[str, Any]] = {
    "notices": ("kind level code key line value factor source slip reason text", "kind"),
    "mass_balance": ("key step name in out waste rework", "key"),
    "parameters": ("key value unit class origin line period document source reason", "key"),
    "reference": (
        "indicator replaces fibre supply stated in_range value unit coverage comparable difference "
        "low high",
        ["indicator", "supply"],
    ),
    "verdicts": ("claim name family rule_pack verdict", "claim"),
    "claims": ("claim criterion title verdict reason change", ["claim", "criterion"]),
}
"""Table of rows that stand in the document -> its columns, and which of them name a row."""
