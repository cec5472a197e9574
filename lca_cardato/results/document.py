"""The result document: plain data, the same on every machine, without time, path or host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lca_cardato import __version__
from lca_cardato.lcia.indicators import BY_ID, INDICATOR_IDS
from lca_cardato.results import breakdown, comparison, further, parties
from lca_cardato.results.allocation import allocation as shared
from lca_cardato.results.assumptions import assumptions
from lca_cardato.results.claims import claim_document
from lca_cardato.results.cost import fibre_cost
from lca_cardato.results.coverage import told_coverage
from lca_cardato.results.evidence import documents_of
from lca_cardato.results.naming import dataset_name, figure_name, step_name
from lca_cardato.results.notices import notices
from lca_cardato.results.readings import readings_of
from lca_cardato.results.rounding import _rounded, number
from lca_cardato.results.verifier import for_the_verifier
from lca_cardato.results.versions import SCHEMA
from lca_cardato.results.warnings import warnings
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.model.parameters import Parameter
    from lca_cardato.results.assessment import Assessment

CONTRIBUTORS = ("climate_change", "energy", "water_consumed")


def result_document(result: Assessment, lang: str = "en") -> dict[str, Any]:
    """Make the result document.

    Parameters
    ----------
    result : Assessment
    lang : str
        ``"en"`` or ``"it"``; language of names and sentences, never of keys.

    Returns
    -------
    dict
        Follows ``docs/result.schema.json``.
    """
    words = Language(lang)
    model = result.main.model
    scenario = model.scenario
    return {
        "schema": SCHEMA,
        "tool": {"name": "lca-cardato", "version": __version__},
        "language": lang,
        **({"calculated": dict(result.elsewhere)} if result.elsewhere else {}),
        "notices": notices(model.questions, result.inventory, words, result.methods, result.own_rules),
        "scenario": {
            "id": scenario.id,
            "note": scenario.note or "",
            "sha256": result.scenario_digest,
            "inventory_sha256": result.inventory.digest,
            **parties.yarns(model),
            **parties.lots_taken(model),
            "own_inventory": {
                "added": [f"{section}/{key}" for section, key in result.inventory.added],
                "overridden": [f"{section}/{key}" for section, key in result.inventory.overridden],
            },
        },
        "background": further.background(result),
        "characterisation": further.characterisation(result),
        "company": parties.company(model),
        "contractors": parties.contractors(model, words),
        "lots": parties.lots(model, words),
        "traceability": parties.traceability(model),
        "product": product(result, lang),
        "declared_unit": declared_unit(result, words),
        "indicators": indicators(result),
        "methods": further.methods(result),
        "reference": comparison.reference(result, words),
        "final_energy": {k: number(v) for k, v in sorted(breakdown.final_energy(result).items())},
        "electricity": electricity(result),
        "fibre_cost": fibre_cost(result),
        "allocation": allocation(result, lang),
        "contributors": {
            name: [
                {**row, "amount": number(row["amount"]), "value": number(row["value"]),
                 "share": number(row["share"]), "name": dataset_name(result, row["input"], lang),
                 "step_name": step_name(result, row, words)}
                for row in breakdown.contributors(result, name)
            ]
            for name in CONTRIBUTORS
        },
        "assumptions": assumption_rows(result, words),
        "mass_balance": mass_balance(result, words),
        "claims": [
            {**claim_document(claim, words, claim.pack.id in result.own_rules),
             "scope": claim_scope(scenario)}
            for claim in result.claims
        ],
        "documents": documents_of(result),
        "readings": readings_of(result, words),
        "verifier": for_the_verifier(model, words),
        "parameters": [
            parameter_row(p, model.cells.get(p.key, "")) for p in model.parameters.values()
        ],
        "warnings": warnings(result, words),
        "datasets": datasets(result, lang),
    }  # fmt: skip


def product(result: Assessment, lang: str) -> dict[str, Any]:
    """Describe the product."""
    scenario = result.main.model.scenario
    item = scenario.product
    return {
        "type": item.type,
        "name": item.name,
        "boundary": item.boundary,
        "construction": item.construction,
        "batch_kg": number(item.batch.amount) if item.batch else None,
        "label": parties.label(result.main.model),
        "surface_mass_g_m2": number(item.surface_mass.amount) if item.surface_mass else None,
        "yarns": [
            {
                "name": yarn.name,
                "share": number(yarn.share),
                "count": yarn.count.read or yarn.count.text,
                "count_nm": number(yarn.count.nm),
                "plies": yarn.count.plies,
                "system": yarn.system,
                "blend": [
                    {
                        "fibre": line.entry.fibre,
                        "name": getattr(line.fibre.name, lang),
                        "origin": line.entry.origin,
                        "share": str(line.entry.share),
                        "share_percent": number(line.entry.share * 100),
                        "colour": line.colour,
                        "dataset": line.dataset,
                    }
                    for line in yarn.lines
                ],
                "rework_percent": number(yarn.rework * 100) if yarn.rework else 0.0,
                "steps": [use.id for use in yarn.steps],
            }
            for yarn in result.main.model.yarns
        ],
    }


def declared_unit(result: Assessment, words: Language) -> dict[str, Any]:
    """Describe the declared unit."""
    mass = result.main.model.declared_mass_kg
    fabric = result.main.model.scenario.product.type == "fabric"
    return {
        "amount": 1,
        "unit": "m2" if fabric else "kg",
        "mass_kg": number(mass),
        "moisture": "conditioned",
        "text": words("unit_fabric", mass=number(mass * 1000)) if fabric else words("unit_yarn"),
    }


def indicators(result: Assessment) -> dict[str, Any]:
    """All indicators with coverage, stages and data classes."""
    stages = breakdown.by_stage(result)
    classes = breakdown.by_data_class(result)
    covered, by_climate = breakdown.coverage(result), breakdown.coverage_by_climate(result)
    mass = float(result.main.model.declared_mass_kg)
    table = {}
    for column, name in enumerate(INDICATOR_IDS):
        value = result.scores[column]
        table[name] = {
            "value": number(value),
            "unit": BY_ID[name].unit,
            "per_kg": number(value / mass),
            "interval": comparison.spread(result, name),
            **told_coverage(covered[column], by_climate[column]),
            "by_stage": {stage: number(values[column]) for stage, values in stages.items()},
            "by_data_class": {kind: number(values[column]) for kind, values in classes.items()},
        }
    return table


def electricity(result: Assessment) -> dict[str, Any]:
    """Location-based and contract-based climate change."""
    contract = result.main.model.scenario.electricity
    own = result.score("climate_change")
    grid = own
    if result.location is not None:
        column = result.background.indicators.index("climate_change")
        grid = float(result.location.scores[column])
    return {
        "contract": contract.contract,
        "datasets": [name for name, _ in result.main.model.electricity],
        "climate_change": {"market_based": number(own), "location_based": number(grid)},
    }


def allocation(result: Assessment, lang: str) -> dict[str, Any]:
    """Two cut-offs and the Circular Footprint Formula."""
    names = ("climate_change", "energy", "water_consumed")
    table = _rounded(shared(result, names))
    for row in table["materials"]:
        step = row["end_of_waste_step"]
        row["end_of_waste_name"] = getattr(result.inventory.steps[step].name, lang) if step else ""
    assert isinstance(table, dict)
    return table


def assumption_rows(result: Assessment, words: Language) -> list[dict[str, Any]]:
    """Assumed figures behind the result, the heaviest first, with range and reason."""
    rows = []
    for item in assumptions(result):
        row: dict[str, Any] = {"kind": item["kind"], "key": item["key"]}
        if item["kind"] == "figure":
            parameter = result.main.model.parameters[item["key"]]
            row["name"] = figure_name(result, item["key"], words)
            row["reason"] = parameter.reason or parameter.note
            row["unit"] = parameter.unit if parameter.unit != "%" else "fraction"
            row.update(spread(parameter))
        else:
            dataset = result.inventory.datasets[item["key"]]
            figures = [*dataset.exchanges, *dataset.results.values()]
            row["name"] = dataset_name(result, item["key"], words.lang)
            row["reason"] = words(
                "assumed_figures", count=str(sum(f.class_ == "assumed" for f in figures)),
                all=str(len(figures)),
            )  # fmt: skip
        columns = result.background.indicators
        row["shares"] = {name: number(item["shares"][columns.index(name)]) for name in CONTRIBUTORS}
        rows.append(row)
    return rows


def mass_balance(result: Assessment, words: Language) -> dict[str, Any]:
    """Mass balance with names in the language."""
    table = _rounded(breakdown.mass_balance(result))
    assert isinstance(table, dict)
    fibres = {
        line.key: getattr(line.fibre.name, words.lang)
        for yarn in result.main.model.yarns
        for line in yarn.lines
    }
    several = len(result.main.model.yarns) > 1
    for row in table["steps"]:
        name = getattr(result.inventory.steps[row["step"]].name, words.lang)
        owner, _, _ = row["key"].rpartition("/")
        detail = fibres.get(owner, owner if several and owner not in ("fabric", "pack") else "")
        row["name"] = f"{name} ({detail})" if detail else name
    for item in table["fibres"]:
        item["name"] = getattr(result.inventory.fibres[item["fibre"]].name, words.lang)
    return table


def spread(item: Parameter) -> dict[str, float]:
    """Range of a figure, where one is known."""
    found = item.uncertainty
    if found is None or found.min is None or found.max is None:
        return {}
    return {"min": number(found.min), "max": number(found.max)}


def parameter_row(item: Parameter, cell: str) -> dict[str, Any]:
    """One parameter with its evidence."""
    row: dict[str, Any] = {
        "key": item.key,
        "value": number(item.amount),
        "unit": item.unit if item.unit != "%" else "fraction",
        "class": item.data_class,
        "origin": item.origin,
    }
    row.update(spread(item))
    for name in ("source", "at", "period", "document", "reading", "note", "reason"):
        value = getattr(item, name)
        if value:
            row[name] = value
    if item.origin == "scenario" and item.line:
        row["line"] = item.line
    if item.origin == "scenario" and cell:
        row["cell"] = cell
    return row


def datasets(result: Assessment, lang: str) -> list[dict[str, Any]]:
    """Every dataset behind the result, with kind and sources."""
    table = []
    for key in sorted(further.used_datasets(result)):
        dataset = result.inventory.datasets[key]
        figures = [*dataset.exchanges, *dataset.results.values()]
        table.append(
            {
                "id": key,
                "name": getattr(dataset.name, lang),
                "kind": dataset.kind,
                "geography": dataset.geography,
                "year": dataset.year,
                "unit": dataset.product.unit,
                "sources": sorted({f.source for f in figures if f.source}),
                "assumed_figures": sum(f.class_ == "assumed" for f in figures),
                "figures": len(figures),
            }
        )
    return table


def claim_scope(scenario: Any) -> str:
    """Tell what a claim can cover: the product, or only the processing of a contractor."""
    processor = scenario.company.role == "contract_processor"
    outside = scenario.product.boundary == "gate_to_gate"
    return "processing" if processor or outside else "product"
