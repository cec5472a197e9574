"""Tables of an assessment as pandas: numbers in full, keys as in the result document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from lca_cardato.errors import InputError, nearest
from lca_cardato.results.document import result_document

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

Rows = list[dict[str, Any]]


def frame(result: Assessment, name: str, lang: str = "en") -> Any:
    """Make a table; see `lca_cardato.api.dressed.Assessment.table`."""
    import pandas

    if name not in FRAMES:
        raise InputError.one(
            "E307", "there is no such table of an assessment", value=name,
            suggestion=nearest(name, list(FRAMES)),
        )  # fmt: skip
    make, index = FRAMES[name]
    table = pandas.DataFrame(make(result, lang))
    return table.set_index(index) if len(table) else table


def _indicators(result: Assessment, lang: str) -> Rows:
    from lca_cardato.report.tables.cells import name_of
    from lca_cardato.words.language import Language

    document, words = result_document(result, lang), Language(lang)
    reference = document["reference"]
    rows = []
    for key, item in document["indicators"].items():
        row = {
            "indicator": key, "name": name_of(words, key), "value": item["value"],
            "unit": item["unit"], "per_kg": item["per_kg"], "coverage": item["coverage"],
            "lower_bound": item["lower_bound"],
        }  # fmt: skip
        if reference:
            other = reference["indicators"][key]
            row.update(virgin_fibre=other["value"], difference=other["difference"])
        rows.append(row)
    for item in document["methods"]:
        row = {k: item.get(k) for k in ("name", "value", "unit", "coverage", "lower_bound")}
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
    from lca_cardato.results.contributions import contributions, explain_rows
    from lca_cardato.words.language import Language

    document = contributions(result, Language(lang))
    whole = result.score("climate_change")
    kept = ("key", "stage", "step_name", "input", "name", "amount", "unit", "score", "value")
    return [
        {**{k: row[k] for k in kept}, "share": row["value"] / whole if whole else None,
         "parameter": row["parameter"]}
        for row in explain_rows(document, "climate_change")
    ]  # fmt: skip


def _mass(result: Assessment, lang: str) -> Rows:
    rows = result_document(result, lang)["mass_balance"]["steps"]
    kept = ("key", "step", "name", "in", "out", "waste", "rework")
    return [{k: row[k] for k in kept} for row in rows]


def _claims(result: Assessment, lang: str) -> Rows:
    return [
        {"claim": claim["id"], "criterion": item["id"], "title": item["title"],
         "verdict": item["verdict"], "reason": item["reason"], "change": item["change"]}
        for claim in result_document(result, lang)["claims"] for item in claim["criteria"]
    ]  # fmt: skip


def _verdicts(result: Assessment, lang: str) -> Rows:
    return [
        {"claim": c["id"], "name": c["name"], "family": c["family"], "rule_pack": c["rule_pack"],
         "verdict": c["verdict"]}
        for c in result_document(result, lang)["claims"]
    ]  # fmt: skip


def _assumptions(result: Assessment, lang: str) -> Rows:
    rows = result_document(result, lang)["assumptions"]
    kept = ("key", "name", "kind", "min", "max", "unit")
    return [{**{k: row.get(k) for k in kept}, **row["shares"], "reason": row["reason"]}
            for row in rows]  # fmt: skip


def _parameters(result: Assessment, lang: str) -> Rows:
    kept = ("key", "value", "unit", "class", "origin", "line", "period", "document", "source")
    return [{k: row.get(k) for k in kept} for row in result_document(result, lang)["parameters"]]


FRAMES: dict[str, tuple[Callable[[Assessment, str], Rows], Any]] = {
    "indicators": (_indicators, "indicator"),
    "stages": (_parts("by_stage", "stage"), "stage"),
    "contributions": (_contributions, "key"),
    "mass_balance": (_mass, "key"),
    "data_classes": (_parts("by_data_class", "class"), "class"),
    "assumptions": (_assumptions, "key"),
    "parameters": (_parameters, "key"),
    "verdicts": (_verdicts, "claim"),
    "claims": (_claims, ["claim", "criterion"]),
}
"""Name -> how its rows are made, and which columns name a row."""
