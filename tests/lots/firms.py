"""Chains of many firms, made from one real sheet."""

import hashlib
from fractions import Fraction

from lca_cardato.lots.sheet import sealed, text_of


def sheet_like(tree, ink, firm, lot, batch, delivered=None, upstream=()):
    """A signed sheet of another firm and run, with documents of its own."""
    made = {k: v for k, v in tree.items() if k not in ("digest", "signature")}
    mark = hashlib.sha256(f"{firm} {lot}".encode()).hexdigest()
    names = {
        one["sha256"]: hashlib.sha256(f"{one['sha256']} {mark}".encode()).hexdigest()
        for one in tree["certificates"]
    }
    made["certificates"] = [
        {**one, "sha256": names[one["sha256"]], "kg": batch} for one in tree["certificates"]
    ]
    made["composition"] = [
        {**one, "certificates": [names[key] for key in one["certificates"]]}
        for one in tree["composition"]
    ]
    made.update(
        lot=lot, firm={"name": firm, "municipality": "Prato"}, batch_kg=batch,
        delivered={"kg": delivered or batch}, upstream=list(upstream),
        run={"id": mark[:16], "result_sha256": mark},
    )  # fmt: skip
    return sealed(made, ink)


def chain_of(tree, ink, firms, lots):
    """Firms in a row: each lot but those of the first firm takes all of one lot of the firm before."""
    each, found, before = lots // firms, [], []
    for firm in range(firms):
        now = []
        for number in range(each):
            batch = f"{1000 + number}.5"
            upstream = []
            if before:
                source = before[number]
                upstream = [{"lot": source["lot"], "sha256": source["digest"],
                             "kg": str(Fraction(source["delivered"]["kg"]))}]  # fmt: skip
            now.append(
                sheet_like(tree, ink, f"Firm {firm}", f"L{firm}-{number}", batch, upstream=upstream)
            )
        found += now
        before = now
    return found


def save(sheets, folder):
    """Write each sheet into the folder of its firm."""
    for one in sheets:
        place = folder / one["firm"]["name"].lower().replace(" ", "")
        place.mkdir(exist_ok=True)
        (place / f"{one['lot']}.json").write_text(text_of(one), "utf-8")
