"""Who stands behind a product: company, contractors, lots and how production is traced."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Optional

from lca_cardato.claims.blend import is_processor
from lca_cardato.claims.names import label_text
from lca_cardato.claims.shares import fibre_parts
from lca_cardato.model.structure import ProductModel, StepUse
from lca_cardato.text.companies import same_company
from lca_cardato.words.language import LANGUAGES, Language


def company(model: ProductModel) -> dict[str, str]:
    """Who makes the claim, as the scenario names it; empty where it does not."""
    item = model.scenario.company
    return {
        "name": item.name or "", "municipality": item.municipality or "", "role": item.role,
    }  # fmt: skip


def yarns(model: ProductModel) -> dict[str, Any]:
    """Scenarios and runs that yarns were carried over from; nothing where none was.

    Returns
    -------
    dict
        ``yarns``: a row each with the name of the yarn, `file` as typed, `id` and `sha256` of its
        scenario, `run` and `version` (empty where it was no run), and `company`, empty where it is
        that of the product.
    """
    rows = [
        {
            "yarn": yarn.name, "file": item.file, "id": item.id, "sha256": item.sha256,
            "run": item.run or "", "version": item.version or "",
            "company": (item.company.name or "") if item.company else "",
        }
        for yarn in model.scenario.yarns
        if (item := yarn.yarn) is not None
    ]  # fmt: skip
    return {"yarns": rows} if rows else {}


def lots_taken(model: ProductModel) -> dict[str, Any]:
    """Lot sheets of others that the product rests on; nothing where there is none.

    Returns
    -------
    dict
        ``lots``: a row for each place with `lot`, `firm`, `file` as typed, `sheet` (its digest),
        `signed` (what is known of the signature), `for` (the yarn, or the step), `delivered_kg`, and
        `share`: kg of the lot that 1 kg of the product holds, an exact fraction.
    """
    places = [(yarn.lot, yarn.name, yarn.share) for yarn in model.yarns if yarn.lot]
    for yarn in model.yarns:
        places += [(use.lot, use.id, yarn.share) for use in yarn.steps if use.work]
    places += [(use.lot, use.id, Fraction(1)) for use in model.fabric_steps if use.work]
    rows = []
    for typed, what, share in places:
        found = model.lots[typed]
        rows.append({
            "lot": str(found.sheet.lot), "firm": str(found.sheet.firm.name), "file": typed,
            "sheet": found.sheet.digest, "signed": found.standing, "for": what,
            "delivered_kg": str(found.sheet.delivered.kg), "share": str(share),
        })  # fmt: skip
    return {"lots": rows} if rows else {}


def contractors(model: ProductModel, words: Language) -> list[dict[str, Any]]:
    """List who else has a hand in the product: contractors and suppliers of declared steps.

    Parameters
    ----------
    model : ProductModel
    words : Language

    Returns
    -------
    list of dict
        ``name`` (empty where the scenario names nobody), ``municipality``, ``operator``
        (``contract`` or ``supplier``), ``steps`` with ``step`` and ``name``, and ``documents`` that
        the scenario names beside these steps; in the order of the material.
    """
    found: list[dict[str, Any]] = []
    for use in model.all_steps():
        if use.operator == "own" or not use.declared:
            continue
        name, place = use.company or "", use.municipality or ""
        row = next((row for row in found if _same(row, name, place, use.operator)), None)
        if row is None:
            row = {"name": name, "municipality": place, "operator": use.operator,
                   "steps": [], "documents": []}  # fmt: skip
            found.append(row)
        step = {"step": use.id, "name": getattr(use.step.name, words.lang)}
        if step not in row["steps"]:
            row["steps"].append(step)
        row["documents"] += [key for key in _papers(model, use) if key not in row["documents"]]
    return found


def _same(row: dict[str, Any], name: str, place: str, operator: str) -> bool:
    alike = same_company(row["name"], name) if name and row["name"] else row["name"] == name
    return bool(alike and row["municipality"] == place and row["operator"] == operator)


def _papers(model: ProductModel, use: StepUse) -> list[str]:
    """Documents that stand beside a step and its figures."""
    start = f"{use.key}."
    rows = [model.parameters[key].document for key in model.parameters if key.startswith(start)]
    return list(dict.fromkeys(key for key in [use.document, *rows] if key))


def lots(model: ProductModel, words: Language) -> list[dict[str, str]]:
    """List the lots of fibre that the scenario names, in the order of the blend."""
    return [
        {
            "lot": line.entry.lot, "fibre": line.entry.fibre,
            "name": getattr(line.fibre.name, words.lang), "origin": line.entry.origin,
            "yarn": yarn.name, "document": line.entry.document or "",
        }
        for yarn in model.yarns for line in yarn.lines if line.entry.lot
    ]  # fmt: skip


def traceability(model: ProductModel) -> Optional[dict[str, Any]]:
    """How production is traced, and in which year; None where the scenario does not say."""
    item = model.scenario.traceability
    if item is None:
        return None
    return {"method": item.method, "year": item.year, "document": item.document or ""}


def label(model: ProductModel) -> Optional[dict[str, str]]:
    """Composition for the label (Regulation (EU) No 1007/2011); None for the work of a contractor."""
    if is_processor(model):
        return None
    parts = fibre_parts(model)
    return {lang: label_text(parts, lang) for lang in LANGUAGES}
