"""The lot sheet as a verifiable credential: Digital Product Passport of UNTP 0.7.

What the UN's transparency protocol has a term for stands in that term; the rest (composition with
origin classes on both bases, intervals, coverage, data classes, certificates by digest) stands in `characteristics`, which it
leaves open, in the words of the lot sheet. It claims no compliance with any regulation.
"""

from __future__ import annotations

import hashlib
from typing import Any, Iterator, Mapping

from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://vocabulary.uncefact.org/untp/0.7.0/context/",
]
TYPES = ["DigitalProductPassport", "VerifiableCredential"]
SPACE = "urn:lca-cardato"
TOPIC = "https://vocabulary.uncefact.org/ConformityTopic#"
ENDING = ".jsonld"
UNITS = {"kg": "KGM", "MJ": "3B", "m3": "MTQ", "mol": "C34"}
"""First word of an indicator's unit -> code of UN/CEFACT recommendation 20; any other is a count, C62."""
COUNT, PERCENT, KILOGRAM = "C62", "P1", "KGM"
ROLES = {"processing": "processor"}
UNKNOWN = (
    "materialProvenance.originCountry", "producedAtFacility.registeredId", "idScheme (GTIN)",
    "performanceClaim of robustness", "performanceClaim of recyclability", "performanceClaim of repairability",
    "substances of concern of the garment", "care and end of life of the garment",
    "footprint of the garment", "environmental footprint class", "data carrier and registry of the garment",
)  # fmt: skip
"""What a passport of a garment is to hold and a spinner or weaver can't know."""


def credential(sheet: Mapping[str, Any], lang: str = "en") -> dict[str, Any]:
    """Write a lot sheet as a credential.

    Parameters
    ----------
    sheet : mapping
        As `lca_cardato.audit.lot.lot_sheet` makes it.
    lang : str
        Language of names.

    Returns
    -------
    dict
        JSON-LD without proof: a lot sheet that is signed carries its signature itself, whose digest
        the credential names.

    Raises
    ------
    InputError
        ``E386``: the country of production isn't known, as the municipality is not in the list.
    """
    firm, digest = sheet["firm"], sheet["digest"]
    key = (sheet.get("signature") or {}).get("keyid") or _hash(firm["name"])
    words = Language(lang)
    return {
        "@context": CONTEXT,
        "type": TYPES,
        "id": f"{SPACE}:credential:{digest}",
        "name": words("u_name", lot=sheet["lot"], firm=firm["name"]),
        "issuer": {"type": ["CredentialIssuer"], "id": f"{SPACE}:key:{key}", "name": firm["name"]},
        "validFrom": f"{sheet['issued']}T00:00:00Z",
        "issuingSoftware": {
            "id": f"{SPACE}:program:{sheet['program']['sha256']}",
            "name": sheet["program"]["name"],
            "version": sheet["program"]["version"],
            "vendor": {"id": f"{SPACE}:program", "name": sheet["program"]["name"]},
        },
        "credentialSubject": _product(sheet, words),
    }


def _product(sheet: Mapping[str, Any], words: Language) -> dict[str, Any]:
    firm, made = sheet["firm"], sheet["product"]
    town = firm.get("municipality", "")
    if not town or load_inventory().municipality_named(town) is None:
        raise InputError.one(
            "E386", say("a passport names the country of production, and the municipality is not in the list"),
            key="company.municipality", value=town,
            suggestion=say("write `company.municipality` in the scenario and assess it again"),
        )  # fmt: skip
    place = f"{SPACE}:facility:{_hash(firm['name'], town)}"
    kind = made["kind"]
    return {
        "type": ["Product"],
        "id": f"{SPACE}:lot:{sheet['digest']}",
        "name": made["name"],
        "description": words("u_notice"),
        "idScheme": {"id": f"{SPACE}:lot", "name": words("u_scheme")},
        "idGranularity": "batch",
        "batchNumber": sheet["lot"],
        "productCategory": [
            {"schemeId": f"{SPACE}:kind", "schemeName": "lca-cardato", "code": kind, "name": words(f"u_{kind}")}
        ],
        "producedAtFacility": {"type": ["Facility"], "id": place, "name": f"{firm['name']}, {town}"},
        "countryOfProduction": {"countryCode": "IT", "countryName": "Italy"},
        "relatedParty": [
            {
                "role": ROLES.get(kind, "manufacturer"),
                "party": {"type": ["Party"], "id": f"{SPACE}:firm:{_hash(firm['name'])}", "name": firm["name"]},
            }
        ],
        "dimensions": {"weight": {"value": _decimal(sheet["delivered"]["kg"]), "unit": KILOGRAM}},
        "relatedDocument": [
            {"linkURL": f"{SPACE}:lot:{sheet['digest']}", "linkName": words("u_sheet"),
             "mediaType": "application/json"}
        ],
        "characteristics": {
            name: sheet[name]
            for name in ("year", "composition", "recycled", "certificates", "steps", "upstream", "footprint",
                         "method", "run", "standing")
        } | {"notKnown": list(UNKNOWN)},
        "performanceClaim": list(_claims(sheet, words)),
    }  # fmt: skip


def _claims(sheet: Mapping[str, Any], words: Language) -> Iterator[dict[str, Any]]:
    whole, own = sheet["footprint"]["whole"], sheet["footprint"]["own_stage"]
    method = {"type": ["Criterion"], "id": f"{SPACE}:method:{sheet['method']['characterisation_sha256']}",
              "name": sheet["method"]["indicators"]}  # fmt: skip
    cradle = sheet["method"]["boundary"] == "cradle_to_gate"
    yield _claim(
        sheet, "footprint", words("u_whole" if cradle else "u_work"), "environment.emissions", method,
        [_indicator(name, row, words) for name, row in whole.items()],
    )  # fmt: skip
    if own:
        yield _claim(
            sheet, "own-stage", words("u_own"), "environment.emissions", method,
            [_indicator(name, row, words) for name, row in own.items()],
        )  # fmt: skip
    rows = [
        {
            "metric": _metric(f"{origin}:{basis}", words("u_recycled", origin=words(origin), basis=words(f"u_{basis}"))),
            "measure": {"value": _decimal(share) * 100, "unit": PERCENT},
        }
        for origin, shares in sheet["recycled"].items()
        for basis, share in shares.items()
    ]  # fmt: skip
    if rows:
        content = {
            "type": ["Criterion"],
            "id": f"{SPACE}:recycled-content",
            "name": words("u_content"),
        }
        yield _claim(sheet, "recycled", words("u_content"), "circularity.content", content, rows)


def _claim(
    sheet: Mapping[str, Any], key: str, name: str, topic: str, criterion: dict[str, Any],
    rows: list[dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    year = sheet.get("year")
    period = {"startDate": f"{year}-01-01", "endDate": f"{year}-12-31"} if year else None
    return {
        "type": ["Claim"],
        "id": f"{SPACE}:claim:{sheet['digest']}:{key}",
        "name": name,
        "conformityTopic": [{"type": ["ConformityTopic"], "id": f"{TOPIC}{topic}", "name": topic}],
        "referenceCriteria": [criterion],
        "claimDate": sheet["issued"],
        **({"applicablePeriod": period} if period else {}),
        "claimedPerformance": rows,
    }


def _indicator(name: str, row: Mapping[str, Any], words: Language) -> dict[str, Any]:
    unit = str(row["unit"])
    measure = {"value": row["value"], "unit": UNITS.get(unit.split(" ")[0], COUNT)}
    return {"metric": _metric(name, f"{words(name).strip()}, {unit}/kg"), "measure": measure}


def _metric(key: str, name: str) -> dict[str, Any]:
    return {"type": ["PerformanceMetric"], "id": f"{SPACE}:metric:{key}", "name": name}


def _decimal(text: str) -> float:
    over, _, under = text.partition("/")
    return float(f"{float(over) / float(under or 1):.12g}")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
