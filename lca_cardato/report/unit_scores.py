"""Scores of every dataset per unit, as a table that shows a change of data in the diff.

``python -m lca_cardato.report.unit_scores > docs/unit-scores.csv``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lca_cardato.brightway.store import Store
    from lca_cardato.inventory.load import Inventory

COLUMNS = (
    "climate_change", "energy", "water_withdrawn", "water_consumed", "acidification",
    "eutrophication_marine", "eutrophication_terrestrial", "particulate_matter",
    "photochemical_ozone_formation", "resource_use_fossils",
)  # fmt: skip


def unit_scores(inventory: Inventory, store: Store) -> str:
    """Write the table: dataset, unit, scores with six significant digits, assumed share.

    Returns
    -------
    str
        CSV text.
    """
    background = store.background
    climate = background.indicators.index("climate_change")
    lines = [",".join(["dataset", "unit", *COLUMNS, "assumed_share_of_climate_change"])]
    for name in store.datasets:
        row = background.rows[name]
        cells = [name, inventory.datasets[name].product.unit]
        for column in COLUMNS:
            value = float(background.scores[row, background.indicators.index(column)])
            cells.append(f"{value:.6g}")
        score = float(background.scores[row, climate])
        share = float(background.assumed[row, climate]) / score if score else 0.0
        cells.append(f"{share:.3f}")
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from lca_cardato.brightway.line import isolate
    from lca_cardato.brightway.store import open_store
    from lca_cardato.inventory.load import load_inventory

    isolate()
    shipped = load_inventory()
    print(unit_scores(shipped, open_store(shipped)), end="")
