"""Brightway formats, written by Brightway itself in a process of its own.

It reads a product system from a file and writes it into the project that ``BRIGHTWAY2_DIR`` and the
job name, as a workbook, or as a bw2package.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from lca_cardato.brightway.exchanges import UNIT_NAMES

PREFIX = "lca-cardato"
METHODS = ".methods"
"""End of the temporary name of the methods of a package."""


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Write a product system into a project, and from there into a file.

    Parameters
    ----------
    job : dict
        ``system`` (see `lca_cardato.exchange.system.ProductSystem.to_dict`), ``project``,
        ``database``, ``format`` (``brightway``, ``excel`` or ``bw2package``), ``force`` and
        ``path`` of a file.

    Returns
    -------
    dict
        ``error`` where the database is there already.
    """
    import bw2data

    bw2data.projects.set_current(job["project"])
    name = job["database"]
    if name in bw2data.databases and not job["force"]:
        return {"error": "exists"}
    system = job["system"]
    biosphere = _biosphere(bw2data, {f["code"] for f in system["flows"] if not f["own"]})
    if name in bw2data.databases:
        bw2data.Database(name).delete(warn=False)
    bw2data.Database(name).write(_nodes(system, name, biosphere))
    _parameters(bw2data, system, name)
    methods: dict[tuple[str, ...], Any] = {
        (PREFIX, name, one["id"]): (
            one["unit"], one["name"],
            [((biosphere.get(code, name), code), value) for code, value in one["factors"].items()],
        )
        for one in system["methods"]
    }  # fmt: skip
    for key, (unit, title, factors) in methods.items():
        entry = bw2data.Method(key)
        if not entry.registered:
            entry.register()
        entry.metadata["unit"] = unit
        entry.metadata["description"] = title
        entry.write(factors)
    if job["format"] == "excel":
        from lca_cardato.exchange.workbook import write_workbook

        write_workbook(name, methods, job["path"])
    elif job["format"] == "bw2package":
        _package(bw2data, name, methods, job["path"])
    return {}


def _package(bw2data: Any, name: str, methods: dict[Any, Any], path: str) -> None:
    """Write the database as one package and the methods as another.

    Activity Browser takes packages of one database alone. Stored methods of the 2.5 line name
    flows by ids of their project, so the keys of the flows are written in their place.
    """
    from bw2io import BW2Package

    made = BW2Package.export_obj(bw2data.Database(name), filename="system")
    shutil.move(str(made), path)
    rows = []
    for key, (_, _, factors) in methods.items():
        row = BW2Package._prepare_obj(bw2data.Method(key))
        row["data"] = factors
        rows.append(row)
    BW2Package._write_file(path + METHODS, rows)


def _biosphere(bw2data: Any, codes: set[str]) -> dict[str, str]:
    """Database that holds each elementary flow; Brightway's own is made where there is none."""
    found: dict[str, str] = {}
    for name in sorted(name for name in bw2data.databases if "biosphere" in name):
        if codes <= found.keys():
            break
        for node in bw2data.Database(name):
            if node["code"] in codes:
                found.setdefault(node["code"], name)
    if codes <= found.keys():
        return found
    if "biosphere3" in bw2data.databases:
        raise SystemExit(f"biosphere3 lacks flows: {sorted(codes - found.keys())[:5]}")
    import bw2io

    bw2io.create_default_biosphere3()
    return _biosphere(bw2data, codes)


def _nodes(system: dict[str, Any], name: str, biosphere: dict[str, str]) -> dict[Any, Any]:
    nodes: dict[Any, Any] = {}
    known = {f["code"]: f for f in system["flows"]}
    for flow in known.values():
        if flow["own"]:
            nodes[name, flow["code"]] = {
                "name": flow["name"], "unit": flow["unit"], "type": "emission",
                "categories": tuple(flow["categories"]), "exchanges": [],
                "comment": flow["comment"],
            }  # fmt: skip
    made = {process["code"]: process for process in system["processes"]}
    for process in made.values():
        key = (name, process["code"])
        rows: list[dict[str, Any]] = [
            {"input": key, "amount": 1.0, "type": "production", "name": process["product"],
             "unit": UNIT_NAMES.get(process["unit"], process["unit"])}
        ]  # fmt: skip
        for edge in process["edges"]:
            code = edge["target"]
            about = known[code] if edge["flow"] else made[code]
            row = {
                "input": (biosphere.get(code, name), code), "amount": edge["amount"],
                "type": "biosphere" if edge["flow"] else "technosphere",
                "comment": edge["comment"], "name": about["name"],
                "unit": UNIT_NAMES.get(about["unit"], about["unit"]),
                **_uncertainty(edge["spread"], edge["amount"]),
            }  # fmt: skip
            if edge["flow"]:
                row["categories"] = tuple(about["categories"])
            else:
                row["reference product"], row["location"] = about["product"], about["location"]
            if edge["parameter"]:
                row["formula"] = f"{edge['factor']!r} * {edge['parameter']}"
            rows.append(row)
        nodes[key] = {
            "name": process["name"], "reference product": process["product"],
            "unit": UNIT_NAMES.get(process["unit"], process["unit"]),
            "location": process["location"], "comment": process["comment"], "type": "process",
            "tags": {"stage": process["stage"]} if process["stage"] else {}, "exchanges": rows,
            **{k: v for k, v in [("stage", process["stage"]), ("year", process["year"]),
                                 ("source", "; ".join(process["sources"]))] if v},
        }  # fmt: skip
    return nodes


def _uncertainty(spread: Any, amount: float) -> dict[str, Any]:
    if spread is None:
        return {"uncertainty type": 0}
    found = {name: value for name, value in spread.items() if value is not None}
    found["uncertainty type"] = found.pop("kind")
    if spread["kind"] == 2:
        found["negative"] = amount < 0
    return found


def _parameters(bw2data: Any, system: dict[str, Any], name: str) -> None:
    """Database parameters, and the exchanges that are proportional to them."""
    from bw2data.parameters import ActivityParameter, DatabaseParameter, parameters

    DatabaseParameter.delete().where(DatabaseParameter.database == name).execute()
    if not system["parameters"]:
        return
    rows = [
        {"name": f["name"], "amount": f["amount"], "unit": f["unit"], "comment": f["comment"],
         **_uncertainty(f["spread"], f["amount"])}
        for f in system["parameters"]
    ]  # fmt: skip
    parameters.new_database_parameters(rows, name)
    for process in system["processes"]:
        if not any(edge["parameter"] for edge in process["edges"]):
            continue
        group = f"{name}:{process['code']}"
        node = bw2data.get_activity((name, process["code"]))
        ActivityParameter.delete().where(ActivityParameter.group == group).execute()
        local = [{"name": "one", "amount": 1.0, "database": name, "code": process["code"]}]
        parameters.new_activity_parameters(local, group)
        parameters.add_exchanges_to_group(group, node)


def main(arguments: list[str]) -> None:
    """Do the job of a file and lay the answer beside it."""
    file = Path(arguments[0])
    warnings.simplefilter("ignore")
    noise = io.StringIO()
    with contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise):
        answer = run(json.loads(file.read_text(encoding="utf-8")))
    file.with_name("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)  # Brightway's atexit hooks have nothing left to do
