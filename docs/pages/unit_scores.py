"""Scores and coverage of every dataset, as tables that show a change of data in the diff.

``python docs/pages/unit_scores.py > docs/unit-scores.csv``
``python docs/pages/unit_scores.py coverage > docs/unit-coverage.csv``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.report.screens.cards import coverage

if TYPE_CHECKING:
    from lca_cardato.brightway.store import Store
    from lca_cardato.inventory.records import Inventory

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


def unit_coverage(inventory: Inventory, store: Store) -> str:
    """Write the table: dataset, share of each indicator's inventory that exists, percent.

    Returns
    -------
    str
        CSV text.

    Notes
    -----
    What is booked, of what is booked and known to be missing, as in the coverage of a result.
    """
    background = store.background
    lines = [",".join(["dataset", *background.indicators])]
    for name in store.datasets:
        row = background.rows[name]
        cells = [
            f"{coverage(background, row, column) * 100:.0f}"
            for column in range(len(background.indicators))
        ]
        lines.append(",".join([name, *cells]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    from lca_cardato.brightway.store import open_store
    from lca_cardato.inventory.load import load_inventory

    shipped = load_inventory()
    table = unit_coverage if sys.argv[1:] == ["coverage"] else unit_scores
    print(table(shipped, open_store(shipped)), end="")
