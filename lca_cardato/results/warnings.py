"""What a reader of a result should know first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable

import numpy as np

from lca_cardato.inventory.placed import unplaced
from lca_cardato.inventory.scarcity import WORLD
from lca_cardato.inventory.tables import UncountedNote
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.results import breakdown, further
from lca_cardato.results.rounding import FULL, number
from lca_cardato.words.language import Language, Plain

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.results.assessment import Assessment


def warnings(result: Assessment, words: Language) -> list[dict[str, str]]:
    """What the reader should know before using the figures."""
    model = result.main.model
    found: list[tuple[str, dict[str, Any]]] = [*model.warnings]
    defaults = sum(p.origin == "default" for p in model.parameters.values())
    if defaults:
        found.append(("defaults_used", {"count": str(defaults), "all": str(len(model.parameters))}))
    unclassed = [
        p.key for p in model.parameters.values()
        if p.origin == "scenario" and p.data_class == "measured" and not p.evidenced
        and not p.key.rpartition("/")[2].startswith("electricity.")
    ]  # fmt: skip
    if unclassed:
        found.append(("measured_without_evidence", {"keys": ", ".join(unclassed)}))
    covered = np.minimum(breakdown.coverage(result), breakdown.coverage_by_climate(result))
    low = [name for column, name in enumerate(INDICATOR_IDS) if number(covered[column]) < FULL]
    if low:
        found.append(("lower_bounds", {"count": str(len(low)), "all": str(len(INDICATOR_IDS))}))
    own = result.inventory
    used = further.used_datasets(result)
    found += place_unknown(own, used)
    lacking = sorted(key for key in used if own.datasets[key].lacks)
    if lacking:
        found.append(("lacking", {"count": str(len(lacking)), "datasets": lacking}))
    if own.background is not None:
        share = further.background(result)["share_of_climate_change"]
        arguments = {"title": own.background.title, "database": own.background.database}
        found.append(("own_background", {**arguments, "share": f"{share * 100:.0f} %"}))
        left = own.background.uncounted
        if left is not None and left.strangers:
            found.append(("background_flows", uncounted_words(left, words)))
    if own.added or own.overridden:
        keys = [key for _, key in own.overridden]
        count = str(len(own.added))
        found.append(("own_inventory", {"count": count, "keys": keys or ["-"]}))
    strange = further.characterisation(result)["strange"]
    if strange:
        found.append(("factors_strange", {"count": str(len(strange)), "names": strange}))
    if model.scenario.product.boundary == "gate_to_gate":
        found.append(("gate_to_gate", {}))
    if result.elsewhere:
        made, count = result.elsewhere["brightway"], result.elsewhere["checked_scenarios"]
        told = ", ".join(f"{name} {made[name]}" for name in sorted(made))
        found.append(("in_browser", {"versions": told, "count": str(count)}))
    return [{"code": code, "text": words(code, **arguments)} for code, arguments in found]


def place_unknown(inventory: Inventory, used: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """Tell of water that is consumed where no factor of scarcity is known; empty where none is.

    Parameters
    ----------
    inventory : Inventory
    used : iterable of str
        Datasets that are asked about.
    """
    kept = set(used)
    strange = {key: land for key, land in unplaced(inventory).items() if key in kept}
    if not strange:
        return []
    lands = ", ".join(sorted(set(strange.values())))
    world = Plain(inventory.water_factors[WORLD])
    arguments = {"places": lands, "datasets": ", ".join(sorted(strange)), "world": world}
    return [("water_place_unknown", arguments)]


def uncounted_words(left: UncountedNote, words: Language) -> dict[str, str]:
    """Texts that tell which elementary flows of a user's database count nowhere."""
    shares = {
        "share": left.share_strangers, "most": left.most_strangers,
        "without": left.share_without_factor,
    }  # fmt: skip
    texts = {name: words.decimal(f"{value * 100:.2g}") + " %" for name, value in shares.items()}
    counts = {"strangers": str(left.strangers), "flows": str(left.flows)}
    return {**texts, **counts, "dataset": left.most_in or "-"}
