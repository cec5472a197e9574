"""What a report needs of an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.files.atomic import sha256
from lca_cardato.results.contributions import contributions
from lca_cardato.results.csv_tables import json_text
from lca_cardato.results.document import result_document
from lca_cardato.results.evidence import documents_of
from lca_cardato.results.material import Material
from lca_cardato.results.rounding import number
from lca_cardato.results.stream_names import stream_name
from lca_cardato.text.number import gap, largest
from lca_cardato.words.language import Language
from lca_cardato.words.units import STAGE_COLUMNS

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

SAMPLES = 2000
BARS = 12


def of_assessment(
    result: Assessment, lang: str, samples: int = SAMPLES, seed: int = 0,
    document: Optional[dict[str, Any]] = None,
) -> Material:  # fmt: skip
    """Gather what the report of a fresh result needs.

    Parameters
    ----------
    result : Assessment
    lang : str
    samples : int
        Draws of the uncertainty; 0 for none.
    seed : int
    document : dict, optional
        Result document in that language, where it is made already.

    Returns
    -------
    Material
    """
    words = Language(lang)
    document = document or result_document(result, lang)
    material = Material(
        document, sha256(json_text(document).encode()), contributions(result, words),
        dict(result.inventory.sources),
        digests=[
            (words("dig_scenario"), result.scenario_digest),
            (words("dig_inventories"), result.inventory.digest),
            (words("dig_methods"), result.method_digest),
            *[(pack.id, digest) for pack, digest in result.packs],
        ],
        documents=documents_of(result),
    )  # fmt: skip
    if samples:
        _spread(material, result, samples, seed)
    return material


def _spread(material: Material, result: Assessment, samples: int, seed: int) -> None:
    """Add uncertainty, and the figures that move climate change most, one at a time."""
    from lca_cardato.background.open import data_of
    from lca_cardato.calculation.simulate import Products, simulate
    from lca_cardato.studies.sensitivity import one_at_a_time
    from lca_cardato.studies.uncertainty import interval_document

    document = material.document
    words = Language(document["language"])
    names = [n for n in STAGE_COLUMNS if document["indicators"][n]["coverage"] >= 0.005]
    store = data_of(result.inventory, result.methods).store
    products = Products([result.main.model], result.inventory, store, names)
    simulation = simulate(products, samples, seed)
    stated = [result.score(name) for name in names]
    material.uncertainty = interval_document(simulation, stated, store.background)
    if "climate_change" in names:
        place = names.index("climate_change")
        rows = one_at_a_time(products, place)
        rows.sort(key=lambda row: (largest(gap(row["low"], row["high"])), row["figure"]))
        material.tornado = [
            {
                "figure": row["figure"],
                "name": stream_name(row["figure"], result.inventory, words),
                "low": number(row["low"]),
                "high": number(row["high"]),
            }
            for row in rows[:BARS]
        ]
