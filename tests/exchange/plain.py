"""Read an exported product system with its own library and score it, in a process of its own.

``python plain.py KIND FILE DATABASE METHODS``: KIND is ``bw2package``, ``excel``, ``project``,
``ecospold2`` or ``jsonld``; the last line printed is JSON: indicator -> score of one declared unit, by matrices in
double precision; under ``stored`` the same by the methods that came along, and under ``brightway`` the score of climate
change as Brightway gives it.

``python plain.py biosphere FOLDER`` makes a Brightway directory with its elementary flows; the other
calls work on a copy of the one that ``BIOSPHERE`` names.
"""

import json
import os
import shutil
import sys
import tempfile
import warnings
import zipfile

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve


def solved(rows, flows, demand):
    """Inventory of one unit of `demand`; rows: (process, target, amount), target or flow."""
    places = {code: i for i, code in enumerate(sorted({p for p, *_ in rows}))}
    entries = [(places[t], places[p], a) for p, t, a in rows]
    i, j, a = zip(*entries)
    matrix = coo_matrix((a, (i, j)), shape=(len(places),) * 2).tocsc()
    wanted = np.zeros(len(places))
    wanted[places[demand]] = 1.0
    supply = spsolve(matrix, wanted)
    found = {}
    for process, flow, amount in flows:
        found[flow] = found.get(flow, 0.0) + amount * supply[places[process]]
    return found


def biosphere(folder):
    warnings.simplefilter("ignore")
    os.environ["BRIGHTWAY2_DIR"] = folder
    import bw2data
    import bw2io

    bw2data.projects.set_current("other")
    bw2io.create_default_biosphere3()
    bw2io.create_core_migrations()


def with_flows(place):
    """A Brightway directory that holds the elementary flows."""
    return shutil.copytree(os.environ["BIOSPHERE"], os.path.join(place, "brightway"))


def brightway(kind, file, database, methods, place):
    warnings.simplefilter("ignore")
    os.environ["BRIGHTWAY2_DIR"] = file if kind == "project" else with_flows(place)
    import bw2data

    bw2data.projects.set_current("mine" if kind == "project" else "other")
    if kind != "project":
        import bw2io
    if kind == "bw2package":
        bw2io.BW2Package.import_file(file)
        bw2io.BW2Package.import_file(file.removesuffix(".bw2package") + ".methods.bw2package")
    elif kind == "excel":
        book = bw2io.ExcelImporter(file)
        book.apply_strategies()
        assert not list(book.unlinked), [e["name"] for e in book.unlinked][:5]
        book.write_database()
        exec(documented("Impact categories"), {"workbook": file})
    rows, flows, made = [], [], {}
    for node in bw2data.Database(database):
        if node.get("type") == "emission":
            continue
        for exchange in node.exchanges():
            kind_, amount, target = exchange["type"], exchange["amount"], exchange["input"]
            if kind_ == "production":
                rows.append((node["code"], target[1], amount))
                made[node["code"]] = node
            elif kind_ == "technosphere":
                rows.append((node["code"], target[1], -amount))
            else:
                flows.append((node["code"], target[1], amount))
    found = solved(rows, flows, "product")
    scores = {
        method["id"]: sum(found.get(code, 0.0) * value for code, value in method["factors"].items())
        for method in methods
    }
    names = [name for name in bw2data.methods if name[-1] == "climate_change"]
    if names:
        import bw2calc

        lca = bw2calc.LCA({made["product"]: 1}, names[0])
        lca.lci()
        lca.lcia()
        scores["brightway"] = lca.score
        stored = {}
        for name in bw2data.methods:
            for key, value, *_ in bw2data.Method(name).load():
                code = bw2data.get_activity(key)["code"] if isinstance(key, int) else key[1]
                stored[name[-1]] = stored.get(name[-1], 0.0) + value * found.get(code, 0.0)
        scores["stored"] = stored
    return scores


def documented(word):
    """Code of docs/exchange.md that names a word, without the line that names the file."""
    page = os.path.join(os.path.dirname(__file__), *(os.pardir,) * 2, "docs", "exchange.md")
    with open(page, encoding="utf-8") as handle:
        blocks = handle.read().split("```python\n")[1:]
    [code] = [block.split("```")[0] for block in blocks if word in block]
    return "\n".join(line for line in code.splitlines() if not line.startswith("workbook = "))


def ecospold(file, methods, folder):
    """By bw2io's importer; DATABASE is the name of the product, flows go by their UUIDs."""
    warnings.simplefilter("ignore")
    os.environ["BRIGHTWAY2_DIR"] = with_flows(folder)
    import bw2data
    import bw2io

    bw2data.projects.set_current("other")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    book = bw2io.SingleOutputEcospold2Importer(
        os.path.join(folder, "datasets"), "spold", "biosphere3", use_mp=False
    )
    book.apply_strategies()
    own = {"indicator result"}
    assert all(own & set(e.get("categories") or own) for e in book.unlinked)
    rows, flows = [], []
    for node in book.data:
        for exchange in node["exchanges"]:
            if exchange["type"] == "biosphere":
                flows.append((node["code"], exchange["flow"], exchange["amount"]))
            else:
                sign = 1 if exchange["type"] == "production" else -1
                rows.append((node["code"], exchange["input"][1], sign * exchange["amount"]))
    [demand] = [node["code"] for node in book.data if node["name"] == methods["demand"]]
    found = solved(rows, flows, demand)
    return {
        method["id"]: sum(found.get(code, 0.0) * value for code, value in method["factors"].items())
        for method in methods["methods"]
    }


def jsonld_inventory(file):
    """Elementary flows of one declared unit, and what an archive of openLCA says of its indicators."""
    import olca_schema as lca
    from olca_schema.zipio import ZipReader

    with ZipReader(file) as archive:
        rows, flows = [], []
        for process in archive.read_each(lca.Process):
            for exchange in process.exchanges:
                if exchange.is_quantitative_reference:
                    rows.append((process.id, process.id, exchange.amount))
                elif exchange.default_provider:
                    rows.append((process.id, exchange.default_provider.id, -exchange.amount))
                else:
                    flows.append((process.id, exchange.flow.id, exchange.amount))
        system = next(iter(archive.read_each(lca.ProductSystem)))
        assert len(system.process_links) == len(rows) - len(system.processes)
        return solved(rows, flows, system.ref_process.id), list(
            archive.read_each(lca.ImpactCategory)
        )


def jsonld(file):
    found, categories = jsonld_inventory(file)
    return {
        category.description.partition(": ")[2]: sum(
            found.get(factor.flow.id, 0.0) * factor.value for factor in category.impact_factors
        )
        for category in categories
    }


def scores(kind, file, database, methods):
    if kind == "jsonld":
        return jsonld(file)
    with open(methods, encoding="utf-8") as handle, tempfile.TemporaryDirectory() as place:
        told = json.load(handle)
        if kind == "ecospold2":
            return ecospold(file, told, place)
        return brightway(kind, file, database, told, place)


if __name__ == "__main__":
    if sys.argv[1] == "biosphere":
        biosphere(sys.argv[2])
    else:
        print("\n" + json.dumps(scores(*sys.argv[1:])))
