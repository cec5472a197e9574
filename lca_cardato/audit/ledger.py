"""The claim ledger: one row per criterion, with wording, observed values and evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lca_cardato.claims.evidence import figures_to_prove
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, fibre_parts
from lca_cardato.results.evidence import documents_of

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

SCHEMA = "lca-cardato/claims/1"


def claim_ledger(result: Assessment, document: dict[str, Any]) -> dict[str, Any]:
    """Make the ledger.

    Parameters
    ----------
    result : Assessment
    document : dict
        Its result document, whose sentences are taken over.

    Returns
    -------
    dict
        ``rows``: rule pack with digest, criterion, quotation, threshold, observed values as exact
        fractions, verdict, reason, change, evidence; ``fibres``: exact masses from which the
        shares can be formed again.
    """
    digests = {pack.id: digest for pack, digest in result.packs}
    evidence = evidence_of(result)
    rows = []
    for claim in document["claims"]:
        for item in claim["criteria"]:
            rows.append(
                {
                    "claim": claim["id"],
                    "rule_pack": claim["rule_pack"],
                    "rule_pack_sha256": digests[claim["rule_pack"]],
                    "claim_verdict": claim["verdict"],
                    "criterion": item["id"],
                    "kind": item["kind"],
                    "quotes": item["quotes"],
                    "threshold": item["threshold"],
                    "observed": {
                        name: value["fraction"] for name, value in item["observed"].items()
                    },
                    "verdict": item["verdict"],
                    "reason": item["reason"],
                    "change": item["change"],
                    "evidence": evidence.get(item["kind"], []),
                }
            )
    return {
        "schema": SCHEMA,
        "grantor": sorted({claim["grantor"] for claim in document["claims"]}),
        "rows": rows,
        "documents": documents_of(result),
        "fibres": [fibre_row(part) for part in fibre_parts(result.main.model)],
    }


def fibre_row(part: FibrePart) -> dict[str, Any]:
    """Exact masses of a fibre, kg per kg of product, at every point and on every basis."""
    return {
        "fibre": part.line.entry.fibre,
        "origin": part.line.entry.origin,
        "recycled": part.line.recycled,
        "carded": part.carded,
        "regain": str(Fraction(part.line.regain)),
        "lot": part.line.entry.lot or "",
        "document": part.line.entry.document or "",
        "mass": {
            f"{point}/{basis}": str(part.mass(point, basis)) for point in POINTS for basis in BASES
        },
        "rework": str(part.rework),
    }


def evidence_of(result: Assessment) -> dict[str, list[dict[str, str]]]:
    """Documents that the scenario names, by the kind of criterion they speak for."""
    model = result.main.model
    fibres = [
        {"about": line.entry.fibre, "origin": line.entry.origin, "lot": line.entry.lot or "",
         "document": line.entry.document or ""}
        for yarn in model.yarns
        for line in yarn.lines
    ]  # fmt: skip
    measured = []
    for aspect, figures in figures_to_prove(model).items():
        for figure in figures:
            item = model.parameters[figure.key]
            measured.append(
                {"about": figure.key, "aspect": aspect, "class": item.data_class,
                 "period": item.period, "document": item.document,
                 "proven": "yes" if figure.proven else "no"}
            )  # fmt: skip
    trace = model.scenario.traceability
    traced = [] if trace is None else [{"about": trace.method, "document": trace.document or ""}]
    places = [
        {"about": use.key, "municipality": use.municipality or "", "operator": use.operator}
        for use in model.all_steps()
        if use.step.level != "any"
    ]
    return {
        "recycled_share": fibres,
        "carded_share": fibres,
        "declared_share": fibres,
        "bands": fibres,
        "virgin_wool": fibres,
        "composition": fibres,
        "measured": measured,
        "traceability": traced,
        "district": places,
        "carded_in_region": places,
    }
