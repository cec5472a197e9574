"""Make lca_cardato/exchange/waste_products.csv from the categories of premise: ``python wastes.py FILE``.

FILE is ``premise/data/utils/export/simapro_categories.csv`` of polca/premise at d74d45b (BSD-3-Clause), which gives
a category for every activity and product of ecoinvent. Written are the products that names alone get wrong: those
whose market is a treatment of waste, which no word says, and those that a word makes waste and whose market is
that of a good.
"""

import csv
import sys
from pathlib import Path

from lca_cardato.exchange import wastes

HEAD = "product,waste"


def table(file):
    """Text of the table."""
    with open(file, encoding="utf-8", newline="") as opened:
        rows = [(r["name"], r["product"].strip(), r["category"]) for r in csv.DictReader(opened)]
    treated = {product for name, product, _ in rows if name.startswith("treatment of")}
    markets = {}
    for name, product, category in sorted(rows, key=lambda row: not row[0].startswith("market ")):
        if name in (f"market for {product}", f"market group for {product}") or product in treated:
            markets.setdefault(product, category)
    found = []
    for product, category in sorted(markets.items()):
        waste = category == "waste treatment" and product in treated
        good = category not in ("waste treatment", "") and product not in treated
        if wastes.named(product) != waste and (waste or good):
            found.append((product, str(int(waste))))
    text = [HEAD, *(f'"{product}",{waste}' for product, waste in found)]
    return "\n".join(text) + "\n"


if __name__ == "__main__":
    Path(wastes.FILE).write_text(table(sys.argv[1]), encoding="utf-8")
