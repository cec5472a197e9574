"""Make lca_cardato/exchange/renamed_flows.csv from randonneur_data (CC BY 4.0): ``python renamed.py``.

Names of elementary flows of ecoinvent 2.2 to 3.8 lead forward, those of 3.10 and 3.11 back, to the list of
3.9 that bw2io carries. A pair whose amounts differ has a factor.
"""

from pathlib import Path

import randonneur_data

from lca_cardato.exchange import flow_names
from lca_cardato.lcia.flows import elementary_flows

FILE = Path(flow_names.__file__).with_name("renamed_flows.csv")
FORWARD = [
    ("2.2", "ecoinvent-2.2-biosphere-ecoinvent-3.0-biosphere"),
    ("3.01", "ecoinvent-3.01-biosphere-ecoinvent-3.1-biosphere"),
    ("3.3", "ecoinvent-3.3-biosphere-ecoinvent-3.4-biosphere"),
    ("3.4", "ecoinvent-3.4-biosphere-ecoinvent-3.5-biosphere"),
    ("3.5", "ecoinvent-3.5-biosphere-ecoinvent-3.6-biosphere"),
    ("3.6", "ecoinvent-3.6-biosphere-ecoinvent-3.7-biosphere"),
    ("3.7", "ecoinvent-3.7-biosphere-ecoinvent-3.8-biosphere"),
    ("3.8", "ecoinvent-3.8-biosphere-ecoinvent-3.9-biosphere"),
]
BACK = [
    ("3.10", "ecoinvent-3.9.1-biosphere-ecoinvent-3.10-biosphere"),
    ("3.11", "ecoinvent-3.10.1-biosphere-ecoinvent-3.11-biosphere"),
]


def pairs(name):
    """Names of two versions that differ, with the factor from the old amount to the new one."""
    data = randonneur_data.Registry().get_file(name)
    found = set()
    for row in [*data.get("replace", []), *data.get("update", [])]:
        old, new = row["source"].get("name"), row["target"].get("name")
        if old and new and old != new:
            found.add((old, new, row.get("conversion_factor", 1.0)))
    return found


def table():
    """Rows of the table: name, name in 3.9, factor, version in which the flow is called so."""
    ours = {name for name, _ in elementary_flows()}
    steps = [(version, pairs(name)) for version, name in FORWARD]
    steps_back = [
        (version, {(new, old, 1 / factor) for old, new, factor in pairs(name)})
        for version, name in BACK
    ]
    found = set()
    for chain in (steps, steps_back[::-1]):
        for at, (version, step) in enumerate(chain):
            for was, now, factor in step:
                ends, later = {(now, factor)}, chain[at + 1 :]
                for _, further in later:
                    ends |= {(n, f * g) for e, f in ends for o, n, g in further if o == e}
                found |= {
                    (was, name, round(f, 12), version)
                    for name, f in ends
                    if name in ours and "(obsolete)" not in name and "(obsolete)" not in name
                }
    first = {}
    for was, name, factor, version in sorted(found):
        if was != name:
            first.setdefault((was, name, factor), version)
    rows = [
        f'"{was}","{name}",{factor:.12g},{version}'
        for (was, name, factor), version in first.items()
    ]
    return "name,name_3_9,factor,version\n" + "\n".join(sorted(rows)) + "\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
