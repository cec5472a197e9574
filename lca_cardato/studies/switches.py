"""Choices of method as switches: recycling allocation, wool co-products, electricity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lca_cardato.background.open import Setting
from lca_cardato.calculation.solve import calculate
from lca_cardato.errors import CardatoError
from lca_cardato.model.contract import grid_years
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.models import BlendLine, Scenario
from lca_cardato.studies.assess import assess_loaded

END_OF_WASTE, FORMULA = "cut-off at end of waste", "CFF, A = "
"""Options of the allocation; the second is followed by the factor A."""


@dataclass(frozen=True)
class Switch:
    """Score under one option of a choice.

    Attributes
    ----------
    choice : str
        ``allocation``, ``handling`` or ``grid``.
    option : str
    value : float
    stated : bool
        Whether it gives the score of the scenario as it stands.
    """

    choice: str
    option: str
    value: float
    stated: bool


def switches(setting: Setting, indicator: str) -> list[Switch]:
    """Scores of a scenario under every option of the choices it has."""
    return [
        *_allocation(setting, indicator),
        *_handling(setting, indicator),
        *_grid(setting, indicator),
    ]


def _allocation(setting: Setting, indicator: str) -> list[Switch]:
    """Two cut-offs, and the Circular Footprint Formula with its factor A."""
    from lca_cardato.claims.packs_model import shipped_packs

    result = assess_loaded(setting.loaded[0], setting.data, shipped_packs()[:1])
    document: dict[str, Any] = result_document(result)["allocation"] or {}
    if indicator not in document.get("cff", {}) or not document["materials"]:
        return []
    found = [Switch("allocation", "cut-off", document["cut_off"][indicator], True)]
    value = document["end_of_waste"][indicator]
    found.append(Switch("allocation", END_OF_WASTE, value, False))
    found.append(Switch("allocation", "CFF", document["cff"][indicator], False))
    for factor, value in document["sensitivity"][indicator].items():
        found.append(Switch("allocation", f"{FORMULA}{factor}", value, False))
    return found


def _handling(setting: Setting, indicator: str) -> list[Switch]:
    """How the farm's burden is shared between wool and meat, for all wool at once."""
    scenario = setting.loaded[0].scenario
    model = setting.models[0]
    options: list[str] = []
    for yarn in model.yarns:
        for line in yarn.lines:
            if line.entry.dataset is None:
                options += [o for o in line.supply.handling if o not in options]
    found = []
    for option in options:

        def change(line: BlendLine, option: str = option) -> BlendLine:
            fibre = setting.inventory.fibres.get(line.fibre)
            supply = fibre.supplies.get("virgin") if fibre else None
            if line.origin not in ("virgin", "undeclared") or line.dataset or supply is None:
                return line
            return (
                line.model_copy(update={"handling": option}) if option in supply.handling else line
            )

        changed = scenario.model_copy(
            update={
                "blend": [change(line) for line in scenario.blend],
                "yarns": [
                    yarn.model_copy(update={"blend": [change(line) for line in yarn.blend]})
                    for yarn in scenario.yarns
                ],
            }
        )
        found += _switch("handling", option, setting, changed, indicator)
    return found


def _grid(setting: Setting, indicator: str) -> list[Switch]:
    """Grid mix of every year that the inventories hold, of a year to come by every published path."""
    scenario = setting.loaded[0].scenario
    if scenario.electricity.contract != "grid":
        return []
    from fractions import Fraction

    found = []
    for year, path in grid_years(setting.inventory.datasets):
        update = {"year": Fraction(year), "path": path}
        contract = scenario.electricity.model_copy(update=update)
        changed = scenario.model_copy(update={"electricity": contract})
        option = f"{year} {path.replace('_', ' ').title()}" if path else year
        found += _switch("grid", option, setting, changed, indicator)
    return found


def _switch(
    choice: str, option: str, setting: Setting, scenario: Scenario, indicator: str
) -> list[Switch]:
    """Score of a changed scenario; none where it can't be calculated."""
    stated = setting.loaded[0]
    loaded = LoadedScenario(scenario, stated.document, readings=stated.readings)
    try:
        model = resolve(loaded, setting.inventory, examined=False)
    except CardatoError:
        return []
    value = score_of(model, setting, indicator)
    before = score_of(setting.models[0], setting, indicator)
    return [Switch(choice, option, value, abs(value - before) <= 1e-12 * abs(before))]


def score_of(model: ProductModel, setting: Setting, indicator: str) -> float:
    """Score of a product system with every figure as stated."""
    background = setting.store.background
    scores = calculate(model, background).scores
    return float(scores[background.indicators.index(indicator)])
