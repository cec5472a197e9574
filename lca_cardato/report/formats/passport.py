"""The figures of a product as neutral JSON-LD, for a digital product passport.

Terms are those of schema.org; what it lacks stands in a namespace of its own and is defined in
the document itself. It certifies nothing and claims no compliance.
"""

from __future__ import annotations

from math import fsum
from typing import Any, Optional

from lca_cardato.report.tables.cells import name_of
from lca_cardato.report.tables.reference import electricity_line
from lca_cardato.words.language import LANGUAGES, Language
from lca_cardato.words.said import one_line

FORMAT = "lca-cardato/passport/1"
SPACE = "urn:lca-cardato:passport:1:"
SCHEMA_ORG = "http://schema.org/"
TYPES = ("Product", "PropertyValue", "QuantitativeValue", "Dataset", "SoftwareApplication",
         "DefinedTerm", "Organization", "PostalAddress")  # fmt: skip
TERMS = ("name", "description", "category", "value", "minValue", "unitText", "unitCode",
         "measurementTechnique", "identifier", "additionalProperty", "subjectOf", "isBasedOn",
         "inLanguage", "softwareVersion", "manufacturer", "address", "addressLocality")  # fmt: skip
OWN = ("format", "declaredUnit", "mass", "boundary", "composition", "Fibre", "fibre", "yarn",
       "origin", "shareConditioned", "shareDry", "recycledContent", "lowerBound", "coverage",
       "dataClasses", "dataClass", "notInventoried", "claims", "SelfAssessment", "rulePack",
       "verdict", "scope", "grantedBy", "criteria", "Criterion", "sha256", "run", "program",
       "notice", "notices", "Notice", "level", "definitions", "lots", "Lot")  # fmt: skip
CHOSEN = ("boundary", "origin", "dataClass", "verdict", "scope", "level", "notInventoried")
"""Own terms whose values are terms too."""
MANY = ("composition", "additionalProperty", "notInventoried", "claims", "criteria",
        "dataClasses", "isBasedOn", "notices", "definitions", "lots")  # fmt: skip
"""Terms that hold a list, also of one."""
VALUES = (
    "cradle_to_gate", "gate_to_gate", "virgin", "recycled_post_consumer", "recycled_pre_consumer",
    "in_process_rework", "undeclared", "measured", "supplier", "published", "assumed", "meets",
    "not_met", "not_proven", "not_applicable", "product", "processing", "questioned", "answered",
    "own",
)  # fmt: skip
NAMED = {
    "gate_to_gate": "gate_to_gate_short", "product": "w_product", "processing": "w_processing",
    "questioned": "p_questioned", "answered": "p_answered", "own": "p_own",
}  # fmt: skip
"""Values whose name has another key in the catalogue."""
UNITS = {"kg": "KGM", "m2": "MTK", "%": "P1", "MJ": "3B", "m3": "MTQ"}
"""Unit codes of UN/CEFACT recommendation 20."""
INVENTORIED = 0.005


def passport(document: dict[str, Any], run: Optional[dict[str, Any]] = None) -> dict[str, Any]:
    """Export the figures of a product.

    Parameters
    ----------
    document : dict
        Result document, as `lca_cardato.results.document.result_document` makes it.
    run : dict, optional
        ``id`` of the run and ``sha256`` of its result; without it the digest is that of the
        document as it would be written.

    Returns
    -------
    dict
        JSON-LD; follows ``passport.schema.json`` beside this module.
    """
    words = Language(document["language"])
    digest = run["sha256"] if run else _digest(document)
    indicators = document["indicators"]
    known = [name for name, item in indicators.items() if item["coverage"] >= INVENTORIED]
    unit, found = document["declared_unit"], document.get("notices", [])
    exported: dict[str, Any] = {
        "@context": context(),
        "@id": f"urn:lca-cardato:product:{digest}",
        "@type": "Product",
        "format": FORMAT,
        "notice": _both("p_notice"),
        **({"notices": [_notice(item) for item in found]} if found else {}),
        "name": one_line(document["product"]["name"]),
        "category": document["product"]["type"],
        **_company(document.get("company", {})),
        "declaredUnit": {
            **quantity(unit["amount"], unit["unit"]),
            "description": unit["text"],
            "mass": quantity(unit["mass_kg"], "kg"),
        },
        "boundary": document["product"]["boundary"],
        "measurementTechnique": f"{words('goal_method_text')} {words('p_allocation')}",
        "composition": [_fibre(item) for item in document["mass_balance"]["fibres"]],
    }
    if rows := document.get("lots"):  # results of earlier versions name none
        exported["lots"] = [_lot(row) for row in rows]
    recycled = _recycled(document["mass_balance"]["fibres"])
    if recycled:
        exported["recycledContent"] = recycled
    exported["additionalProperty"] = [_indicator(n, indicators[n], words) for n in known]
    line = electricity_line(document, words)
    if line and "climate_change" in known:
        climate = known.index("climate_change")
        exported["additionalProperty"][climate]["description"] = line
    if missing := [name for name in indicators if name not in known]:
        exported["notInventoried"] = missing  # empty it would not come through other tools
    exported["claims"] = [_claim(claim) for claim in document["claims"]]
    exported["subjectOf"] = _assessment(document, run, digest, words)
    exported["definitions"] = definitions()
    return exported


def context() -> dict[str, Any]:
    """Give the JSON-LD context; it refers to no other document."""
    from lca_cardato.lcia.indicators import INDICATOR_IDS

    terms: dict[str, Any] = {"@version": 1.1, "schema": SCHEMA_ORG, "cardato": SPACE}
    terms.update({name: f"schema:{name}" for name in (*TYPES, *TERMS)})
    terms["propertyID"] = {"@id": "schema:propertyID", "@type": "@vocab"}
    terms["label"] = {"@id": "schema:name", "@container": "@language"}
    terms["meaning"] = {"@id": "schema:description", "@container": "@language"}
    terms.update({name: f"cardato:{name}" for name in (*OWN, *VALUES, *INDICATOR_IDS)})
    for name in CHOSEN:
        terms[name] = {"@id": f"cardato:{name}", "@type": "@vocab"}
    terms["notice"] = {"@id": "cardato:notice", "@container": "@language"}
    for name in MANY:
        term = terms[name]
        terms[name] = {**(term if isinstance(term, dict) else {"@id": term}), "@container": "@set"}
    return terms


def definitions() -> list[dict[str, Any]]:
    """Give the meaning of every term that is not of schema.org, in both languages."""
    from lca_cardato.lcia.indicators import INDICATOR_IDS

    found = [_definition(name, _both(f"t_{name}"), _both(f"d_{name}")) for name in OWN]
    for name in VALUES:
        found.append(_definition(name, _both(NAMED.get(name, name)), _both(f"v_{name}")))
    for name in INDICATOR_IDS:
        shown, meaning = {}, {}
        for words in map(Language, LANGUAGES):
            shown[words.lang] = name_of(words, name)
            meaning[words.lang] = words("d_indicator", method=_method(name, words))
        found.append(_definition(name, shown, meaning))
    return found


def quantity(value: float, unit: str, least: bool = False) -> dict[str, Any]:
    """Write an amount with its unit; ``least`` for a lower bound."""
    item = {"@type": "QuantitativeValue", "minValue" if least else "value": value, "unitText": unit}
    return {**item, "unitCode": UNITS[unit]} if unit in UNITS else item


def _digest(document: dict[str, Any]) -> str:
    from lca_cardato.files.atomic import sha256
    from lca_cardato.results.csv_tables import json_text

    return sha256(json_text(document).encode())


def _both(key: str) -> dict[str, str]:
    return {lang: Language(lang)(key) for lang in LANGUAGES}


def _definition(name: str, label: dict[str, str], meaning: dict[str, str]) -> dict[str, Any]:
    return {"@id": f"cardato:{name}", "@type": "DefinedTerm", "label": label, "meaning": meaning}


def _notice(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Notice", "identifier": item["code"], "level": item["level"],
        "description": item["text"],
    }  # fmt: skip


def _percent(share: float, least: bool = False) -> dict[str, Any]:
    return quantity(float(f"{share * 100:.12g}"), "%", least)


def _fibre(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Fibre", "name": item["name"], "fibre": item["fibre"], "origin": item["origin"],
        "yarn": item["yarn"], "shareConditioned": _percent(item["share"]),
        "shareDry": _percent(item["share_dry"]),
    }  # fmt: skip


def _company(item: dict[str, str]) -> dict[str, Any]:
    """Name the company; nothing where the scenario names none. Contractors stay in the report."""
    if not item.get("name"):
        return {}
    place = one_line(item["municipality"])
    address = {"address": {"@type": "PostalAddress", "addressLocality": place}} if place else {}
    return {"manufacturer": {"@type": "Organization", "name": one_line(item["name"]), **address}}


def _lot(item: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "Lot", "identifier": one_line(item["lot"]), "name": item["name"],
        "fibre": item["fibre"], "origin": item["origin"], "yarn": item["yarn"],
    }  # fmt: skip


def _recycled(fibres: list[dict[str, Any]]) -> Optional[dict[str, Any]]:
    """Recycled content; a lower bound while the origin of a fibre is not declared."""
    if not fibres:
        return None
    parts = [item for item in fibres if item["origin"].startswith("recycled")]
    least = any(item["origin"] == "undeclared" for item in fibres)
    return {
        "shareConditioned": _percent(fsum(item["share"] for item in parts), least),
        "shareDry": _percent(fsum(item["share_dry"] for item in parts), least),
    }


def _method(indicator: str, words: Language) -> str:
    from lca_cardato.inventory.placed import BY_PLACE
    from lca_cardato.lcia.indicators import BY_ID

    if indicator == BY_PLACE:
        return words("p_place_method")
    method = BY_ID[indicator].method
    return ", ".join(method) if method else words("p_water_method")


def _indicator(name: str, item: dict[str, Any], words: Language) -> dict[str, Any]:
    """Write an indicator; a lower bound has no value but a least value."""
    return {
        **quantity(item["value"], item["unit"], item["lower_bound"]),
        "@type": "PropertyValue",
        "propertyID": name,
        "name": name_of(words, name),
        "measurementTechnique": _method(name, words),
        "lowerBound": item["lower_bound"],
        "coverage": _percent(item["coverage"]),
        "dataClasses": [
            {**_percent(share), "@type": "PropertyValue", "dataClass": kind}
            for kind, share in item["by_data_class"].items()
        ],
    }


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "SelfAssessment",
        "identifier": claim["id"],
        "name": claim["name"],
        "rulePack": claim["rule_pack"],
        "verdict": claim["verdict"],
        "scope": claim["scope"],
        "grantedBy": claim["grantor"],
        "criteria": [
            {"@type": "Criterion", "identifier": item["id"], "name": item["title"],
             "verdict": item["verdict"], "description": item["reason"]}
            for item in claim["criteria"]
        ],
    }  # fmt: skip


def _assessment(
    document: dict[str, Any], run: Optional[dict[str, Any]], digest: str, words: Language
) -> dict[str, Any]:
    """Where the figures come from."""
    scenario, tool = document["scenario"], document["tool"]
    based = [("scenario", scenario["sha256"], scenario["id"]),
             ("inventory", scenario["inventory_sha256"], words("dig_inventories"))]  # fmt: skip
    item: dict[str, Any] = {
        "@id": f"urn:lca-cardato:result:{digest}",
        "@type": "Dataset",
        "name": words("p_about", name=words.quote(document["product"]["name"])),
        "inLanguage": words.lang,
        "sha256": digest,
    }
    if run:
        item["run"] = run["id"]
    item["isBasedOn"] = [
        {"@id": f"urn:lca-cardato:{kind}:{value}", "@type": "Dataset", "name": name,
         "sha256": value}
        for kind, value, name in based
    ]  # fmt: skip
    item["program"] = {
        "@type": "SoftwareApplication", "name": tool["name"], "softwareVersion": tool["version"],
    }  # fmt: skip
    return item
