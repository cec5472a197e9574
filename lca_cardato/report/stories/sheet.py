"""What a sheet for the customer says, from the material of one assessment."""

from __future__ import annotations

from typing import Any, Optional
from xml.sax.saxutils import escape

from lca_cardato.charts import charts
from lca_cardato.charts.chart_style import colour
from lca_cardato.charts.picture import Picture
from lca_cardato.report.sheet import Headline, Sheet, Verdict, bar_svg
from lca_cardato.report.tables.assessment import CLASSES, background_line
from lca_cardato.report.tables.cells import INVENTORIED, short
from lca_cardato.results.material import Material
from lca_cardato.results.notices import in_a_line
from lca_cardato.words.language import Language
from lca_cardato.words.said import LONGEST, one_line
from lca_cardato.words.units import display, percent

FIGURES = ("climate_change", "energy", "water_consumed")
MARKS = ("cardato", "cardato-recycled")
LOTS, OTHERS = 12, 14
"""Lots and neighbouring claims that a page has room for; the report has all."""
NAME, PLACE, LOT = LONGEST, 80, 60
"""Characters that are shown of a name, of a place and of a lot."""


def sheet(material: Material) -> Sheet:
    """Make the sheet of one assessment.

    Parameters
    ----------
    material : Material

    Returns
    -------
    Sheet
        In the language of the result document.
    """
    document = material.document
    words = Language(document["language"])
    marks = [claim for claim in document["claims"] if claim["id"] in MARKS]
    others = [claim for claim in document["claims"] if claim["id"] not in MARKS]
    left = len(others) - OTHERS
    return Sheet(
        words.lang, _company(document, words), one_line(document["product"]["name"], NAME),
        _alerts(document, words), _facts(document, words),
        [_headline(material, name, words) for name in FIGURES], _scope(document, words),
        _chart(document, words), [_verdict(claim, words) for claim in marks],
        [_verdict(claim, words) for claim in others[:OTHERS]],
        words("sheet_more", count=str(left)) if left > 0 else "",
        _careful(document["claims"], words),
        _check(material, words), code_of(material.digest), _of_run(material, words),
    )  # fmt: skip


def code_of(digest: str) -> str:
    """Name of a result, as the passport figures call it too."""
    return f"urn:lca-cardato:result:{digest}"


def _company(document: dict[str, Any], words: Language) -> str:
    found = document.get("company") or {}
    name, place = (
        one_line(found.get("name", ""), NAME),
        one_line(found.get("municipality", ""), PLACE),
    )
    if not name:
        return words("sheet_no_company")
    role = words("sheet_processor") if found["role"] == "contract_processor" else ""
    return ", ".join(part for part in (name, place, role) if part)


def _alerts(document: dict[str, Any], words: Language) -> list[str]:
    found = [in_a_line(document.get("notices", []), words), background_line(document, words)]
    return [text for text in found if text]


def _facts(document: dict[str, Any], words: Language) -> list[tuple[str, str]]:
    product, traced = document["product"], document.get("traceability") or {}
    counts = dict.fromkeys(one_line(yarn["count"], LOT) for yarn in product["yarns"])
    label, batch = product.get("label"), product.get("batch_kg")
    lots = list(dict.fromkeys(one_line(row["lot"], LOT) for row in document.get("lots", [])))
    told = ", ".join(lots[:LOTS])
    if len(lots) > LOTS:
        told = words("sheet_and_more", text=told, count=str(len(lots) - LOTS))
    return [
        (words("rep_unit"), document["declared_unit"]["text"]),
        (words("sheet_count"), ", ".join(counts)),
        (words("sheet_label"), label[words.lang] if label else words("sheet_no_label")),
        (words("sheet_lots"), told or words("sheet_none")),
        (words("sheet_batch"), f"{words.readable(batch)} kg" if batch else words("sheet_none")),
        (words("sheet_year"), str(traced.get("year") or words("sheet_none"))),
    ]


def _headline(material: Material, name: str, words: Language) -> Headline:
    item = material.document["indicators"][name]
    value, unit = display(name, item["value"], item["unit"])
    known = item["coverage"] >= INVENTORIED
    shares = item["by_data_class"]
    parts = [
        (colour(kind), shares[kind], escape(f"{words(kind)}: {percent(words, shares[kind])}"))
        for kind in CLASSES
    ]
    told = [(kind, words(kind), percent(words, shares[kind])) for kind in CLASSES]
    heard = ", ".join(f"{label} {part}" for _, label, part in told)
    bar = Picture(f"bar_{name}", words("h_classes"), heard, lambda _: bar_svg(parts))
    if not known:
        return Headline(short(words, name), "", "", [words("not_inventoried")], [], bar)
    sign = "≥ " if item["lower_bound"] else ""
    key = "sheet_least" if item["lower_bound"] else "sheet_coverage"
    lines = [words(key, share=percent(words, item["coverage"]))]
    if interval := _interval(material, name, words):
        lines.insert(0, interval)
    return Headline(short(words, name), sign + words.number(value), unit, lines, told, bar)


def _interval(material: Material, name: str, words: Language) -> str:
    found = (material.uncertainty or {}).get("indicators", {}).get(name)
    if not found:
        return ""
    low, high = (words.number(display(name, found[end], "")[0]) for end in ("low", "high"))
    return words("sheet_interval", low=low, high=high)


def _scope(document: dict[str, Any], words: Language) -> str:
    texts = [words(f"goal_boundary_{document['product']['boundary']}")]
    inside = document["product"]["boundary"] == "cradle_to_gate"
    origins = [line["origin"] for yarn in document["product"]["yarns"] for line in yarn["blend"]]
    if inside and any(origin.startswith("recycled") for origin in origins):
        texts.append(words("p_allocation"))
    return " ".join([*texts, words("goal_method_text")])


def _chart(document: dict[str, Any], words: Language) -> Optional[Picture]:
    """Shares of the stages in the three figures."""
    bars = []
    for name in FIGURES:
        item = document["indicators"][name]
        if item["value"] and item["coverage"] >= INVENTORIED:
            parts = {key: 100 * part / item["value"] for key, part in item["by_stage"].items()}
            bars.append((short(words, name), parts))
    if not bars:
        return None
    order = list(document["indicators"][FIGURES[0]]["by_stage"])
    return charts.stacked_bars(
        words, "stages", words("pic_stages"), words("pic_stages_alt"), "%", bars, order,
        {key: words(key) for key in order},
    )  # fmt: skip


def _verdict(claim: dict[str, Any], words: Language) -> Verdict:
    told = ""
    if claim["verdict"] in ("not_met", "not_proven"):
        against = [item for item in claim["criteria"] if item["verdict"] == claim["verdict"]]
        told = "; ".join(item["title"] for item in against)
    return Verdict(one_line(claim["name"], LONGEST), claim["verdict"], told)


def _careful(claims: list[dict[str, Any]], words: Language) -> list[str]:
    """Say what a verdict is and what it covers, and who grants a mark."""
    covers = [words("scope_processing")] if any(c["scope"] == "processing" for c in claims) else []
    grantors = [claim["grantor"] for claim in claims if claim["id"] in MARKS]
    return [words("sheet_careful"), *dict.fromkeys(grantors), *covers]


def _check(material: Material, words: Language) -> list[str]:
    if not material.run:
        return [words("sheet_no_run")]
    folder = one_line(material.folder, PLACE)
    return [words("sheet_verify"), f"lca-cardato verify {folder} --digest {material.digest}"]


def _of_run(material: Material, words: Language) -> list[tuple[str, str]]:
    tool = material.document["tool"]
    rows = [
        (words("rep_run"), material.run), (words("rep_written"), material.written),
        (words("rep_program"), f"{tool['name']} {tool['version']}"),
        (words("rep_digest"), material.digest),
    ]  # fmt: skip
    return [(label, text) for label, text in rows if text]
