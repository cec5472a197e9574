"""Make lca_cardato/exchange/fedefl_flows.csv from the Federal LCA Commons Elementary Flow List.

``python fedefl.py CLONE`` with a clone of github.com/USEPA/fedelemflowlist (MIT): a flowable is ours where the
names are the same, where one flow alone of ours has its CAS number, or where `BY_HAND` says so.
"""

import csv
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from lca_cardato.exchange import flow_names
from lca_cardato.lcia.flows import FILE as LIST
from lca_cardato.lcia.flows import data_folder

FILE = Path(flow_names.__file__).with_name("fedefl_flows.csv")
KINDS = ("Chemicals", "Groups", "Geological", "Biological", "Other")
SHARED = {"124-38-9", "74-82-8", "630-08-0", "7732-18-5"}
BY_HAND = {
    # the list has no flows of fossil origin: what is not said to be biogenic counts as fossil
    "Carbon dioxide": "Carbon dioxide, fossil",
    "Carbon monoxide": "Carbon monoxide, fossil",
    "Methane": "Methane, fossil",
    "Carbon dioxide, biogenic": "Carbon dioxide, non-fossil",
    "Carbon monoxide, biogenic": "Carbon monoxide, non-fossil",
    "Methane, biogenic": "Methane, non-fossil",
    "Particulate matter, ≤ 2.5μm": "Particulate Matter, < 2.5 um",
    "Particulate matter, > 2.5μm and ≤ 10μm": "Particulate Matter, > 2.5 um and < 10um",
    "Particulate matter, > 10μm": "Particulate Matter, > 10 um",
    "Nonmethane volatile organic compounds": "NMVOC, non-methane volatile organic compounds",
    "Crude oil": "Oil, crude",
    "Natural gas": "Gas, natural",
    "Coal": "Coal, hard, unspecified",
    "Coal, anthracite": "Coal, hard, unspecified",
    "Coal, bituminous": "Coal, hard, unspecified",
    "Coal, sub-bituminous": "Coal, hard, unspecified",
    "Coal, lignite": "Coal, brown",
    "Uranium oxide": "Uranium",
    "Uranium ore": "Uranium",
    "Energy, solar": "Energy, solar, converted",
    "Energy, wind": "Energy, kinetic (in wind), converted",
    "Energy, hydro": "Energy, potential (in hydropower reservoir), converted",
    "Energy, geothermal": "Energy, geothermal, converted",
    "Biological Oxygen Demand": "BOD5, Biological Oxygen Demand",
    "Chemical Oxygen Demand": "COD, Chemical Oxygen Demand",
    "Dissolved Organic Carbon": "DOC, Dissolved Organic Carbon",
    "Total Organic Carbon": "TOC, Total Organic Carbon",
    "Total dissolved solids": "Dissolved solids",
    "Total suspended solids": "Suspended solids, unspecified",
}


def ours():
    """Names of our flows, and those of each CAS number."""
    names, numbers = set(), defaultdict(set)
    for node in ElementTree.parse(data_folder() / "lci" / LIST).getroot():
        children = {child.tag.rsplit("}", 1)[-1]: child for child in node.iter()}
        name = children["name"].text
        names.add(name)
        number = (node.get("casNumber") or "").lstrip("0")
        if number:
            numbers[number].add(name)
    return names, numbers


def table(clone):
    names, numbers = ours()
    lower = {name.lower(): name for name in names}
    lower.update({was.lower(): was for was in flow_names.renamed()})
    rows = {}
    for kind in KINDS:
        path = f"HEAD:fedelemflowlist/input/{kind}Flowables.csv"
        text = subprocess.run(
            ["git", "-C", clone, "show", path], capture_output=True, check=True
        ).stdout
        for row in csv.DictReader(text.decode("utf-8-sig").splitlines()):
            name, number = row["Flowable"].strip(), row["CAS No"].strip().lstrip("0")
            if name in BY_HAND:
                rows[name] = BY_HAND[name]
            elif name.lower() in lower:
                rows[name] = lower[name.lower()]
            elif number not in SHARED and len(numbers.get(number, ())) == 1:
                [rows[name]] = numbers[number]
    rows.update({n: to for n, to in BY_HAND.items() if to in names})
    assert all(to in names or to in flow_names.renamed() for to in rows.values())
    return "flowable,name\n" + "".join(
        f'"{a}","{b}"\n' for a, b in sorted(rows.items()) if not re.search('"', a + b)
    )


if __name__ == "__main__":
    FILE.write_text(table(sys.argv[1]), encoding="utf-8")
