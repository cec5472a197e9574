"""Make the tables of SimaPro's and ILCD's elementary flows: ``python listed.py``.

Of randonneur_data (CC BY 4.0): SimaPro 9 -> ecoinvent 3.9, with the manual matches of names, and the flows of
EF 3.1 (whose UUIDs are those of ILCD) that the flows of ecoinvent 3.9.1 became. Of several flows of ours that
became one of EF, the one of the same name, or of the compartment that EF means, is taken; else none.
"""

import csv
import io
import math
import re
from pathlib import Path

import randonneur_data

from lca_cardato.exchange import flow_names, listed
from lca_cardato.exchange.compartments import of_ilcd, ours
from lca_cardato.exchange.flow_names import _named
from lca_cardato.exchange.foreign_units import factor_to, unit_of
from lca_cardato.lcia.flows import listed_flows
from lca_cardato.text.number import QuantityError

SIMAPRO = ("SimaPro-9-ecoinvent-3.9-biosphere", "SimaPro-9-ecoinvent-3.9-biosphere-manual-matches")
EF = "ecoinvent-3.9.1-biosphere-EF-3.1-biosphere"
MEANT = {"natural gas": "Gas, natural"}
"""Of several flows that became one, the one that its name means."""
HOLDING = re.compile(r"Particulates(, < 10 um.*|, unspecified)?|VOC.*")
"""Flows that hold what other flows hold, as for the Federal LCA Commons; they stay unmatched."""
OURS = {code: (flow, unit) for code, flow, unit in listed_flows()}


def rows_of(name):
    data = randonneur_data.Registry().get_file(name)
    return [*data.get("update", []), *data.get("replace", [])]


def written(head, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *sorted(rows)])
    return text.getvalue()


def simapro():
    """Name, compartment and unit of SimaPro, code of our flow, factor from the amount to ours."""
    found = set()
    for row in rows_of(SIMAPRO[0]):
        source, target = row["source"], row["target"]
        if target["identifier"] not in OURS or HOLDING.fullmatch(source["name"]):
            continue
        code = said_to_be_biogenic(source["name"], target["identifier"])
        code = renamed_by_ecoinvent(source, code)
        factor = float(row["conversion_factor"])
        if math.isnan(factor):  # another quantity, or a unit that the list does not know
            try:
                factor = float(factor_to(source["unit"], OURS[code][1]))
            except QuantityError:
                continue
        found.add((source["name"], "/".join(filter(None, source["context"])), source["unit"],
                   code, f"{factor:.12g}"))  # fmt: skip
    kept = [row for row in found if not known_without(row)]
    return written(("name", "compartment", "unit", "code", "factor"), kept)


def said_to_be_biogenic(name, code):
    """Code of the fossil flow for carbon that is not said to be biogenic.

    The list makes "Carbon dioxide" non-fossil (so that it counts 0), and "Methane" the one or the other by
    its compartment. Here what is not said to be biogenic counts as fossil, as for other lists.
    """
    (ours, place), _ = OURS[code]
    if ", non-fossil" not in ours or "fossil" in name or "biogenic" in name.lower():
        return code
    codes = {flow: key for key, (flow, _) in OURS.items()}
    return codes.get((ours.replace(", non-fossil", ", fossil"), place), code)


def renamed_by_ecoinvent(source, code):
    """Code of the flow that ecoinvent's own renames give for the name, where it is another one.

    The list has chromium without oxidation state as chromium VI in water by a synonym, and III in air;
    ecoinvent renamed it to chromium III everywhere.
    """
    own = _named(source["name"], ours(*source["context"]))
    if own is None or own.flow == OURS[code][0] or own.factor != 1.0:
        return code
    codes = {flow: key for key, (flow, _) in OURS.items()}
    changed = OURS[codes[own.flow]][1] == OURS[code][1]
    return codes[own.flow] if changed else code


def known_without(row):
    """Whether the flow of a row is found by its name alone, without the list."""
    name, place, unit, code, factor = row
    found = flow_names.simapro(name, (*place.split("/", 1), "")[:2], unit_of(unit), listed=False)
    if found is None or found.flow != OURS[code][0]:
        return False
    try:
        return math.isclose(float(factor_to(unit, OURS[code][1])), float(factor), rel_tol=1e-9)
    except QuantityError:
        return False


def simapro_names():
    """Names of SimaPro and ours, of any compartment."""
    ours = {flow[0] for flow, _ in OURS.values()}
    found = {
        (row["source"]["name"], row["target"]["name"]) for row in rows_of(SIMAPRO[1])
        if row["target"]["name"] in ours and not HOLDING.fullmatch(row["source"]["name"])
    }  # fmt: skip
    return written(("name", "ours"), found)


def ef():
    """UUID of a flow of EF, code of ours, unit of EF, factor from its amount to ours."""
    held = {}
    for row in rows_of(EF):
        if row["source"]["uuid"] in OURS:
            held.setdefault(row["target"]["uuid"], []).append(row)
    found = set()
    for code, rows in held.items():
        there, name = of_ilcd(rows[0]["target"]["context"]), rows[0]["target"]["name"]
        best = [r for r in rows if OURS[r["source"]["uuid"]][0][1] == there] or rows
        wanted = {name.lower(), MEANT.get(name, "").lower()}
        same = [r for r in best if OURS[r["source"]["uuid"]][0][0].lower() in wanted]
        chosen = {(r["source"]["uuid"], r.get("conversion_factor", 1.0)) for r in (same or best)}
        if len(chosen) == 1:
            ours, factor = chosen.pop()
            found.add((code, ours, rows[0]["target"]["unit_name"], f"{1 / factor:.12g}"))
    return written(("uuid", "code", "unit", "factor"), found)


if __name__ == "__main__":
    here = Path(listed.__file__).parent
    (here / "simapro_names.csv").write_text(simapro_names(), encoding="utf-8")
    (here / "simapro_flows.csv").write_text(simapro(), encoding="utf-8")
    (here / "ef_flows.csv").write_text(ef(), encoding="utf-8")
