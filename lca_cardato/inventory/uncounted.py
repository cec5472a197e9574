"""Elementary flows of the inventories that no indicator counts, and why that may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Optional

from pydantic import Field

from lca_cardato.inventory.datum import Names
from lca_cardato.lcia.counted import Counted, counted_flows, wanted
from lca_cardato.lcia.flows import Flow, normal_compartment
from lca_cardato.text.fields import StrictModel

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.words.language import Language

Booked = dict[Flow, list[tuple[str, str]]]
"""Flow -> section and id of the records that hold it."""
Doubt = dict[str, Any]
UNCOUNTED, UNEARNED = "uncounted", "unearned"
SHOWN = 3
"""Cures that are named."""


class Uncounted(StrictModel):
    """Flows that a record may hold although no indicator counts them, and why.

    A `compartment` without sub-compartment stands for all of its parts.
    """

    flows: list[str] = Field(min_length=1)
    compartment: str
    reason: Names
    source: Optional[str] = None
    at: str = ""

    def names(self, flow: Flow) -> bool:
        """Tell whether it is about a flow."""
        where = normal_compartment(self.compartment)
        return flow[0] in self.flows and flow[1][: len(where)] == where


def booked_flows(inventory: Inventory) -> Iterator[tuple[str, str, Flow]]:
    """Give section and id of every record that exchanges something with nature, and the flow."""
    for key, dataset in inventory.datasets.items():
        for exchange in dataset.exchanges:
            if exchange.input is None:
                yield "datasets", key, exchange.flow
    for key, step in inventory.steps.items():
        for datum in step.emissions:
            yield "steps", key, (str(datum.emission), normal_compartment(datum.compartment))


def uncounted_flows(inventory: Inventory, counted: Counted) -> Booked:
    """Find flows that have no characterisation factor in any indicator, and no reason for it.

    Parameters
    ----------
    inventory : Inventory
        Whose flows exist, see `lca_cardato.inventory.flows.flow_problems`.
    counted : mapping
        See `lca_cardato.lcia.counted.counted_flows`.

    Returns
    -------
    dict
        Flow -> section and id of the records that hold it; those whose reason stands in the
        section ``uncounted`` are left out.
    """
    found: Booked = {}
    meant: dict[Flow, bool] = {}
    for section, key, flow in booked_flows(inventory):
        if flow in counted:
            continue
        if flow not in meant:
            meant[flow] = any(item.names(flow) for item in inventory.uncounted.values())
        if not meant[flow] and (section, key) not in found.setdefault(flow, []):
            found[flow].append((section, key))
    return {flow: found[flow] for flow in sorted(found)}


def unearned_families(inventory: Inventory, counted: Counted) -> dict[tuple[str, str], list[str]]:
    """Find records that are inventoried for a family of which they book nothing, without a reason.

    Parameters
    ----------
    inventory : Inventory
    counted : mapping

    Returns
    -------
    dict
        Section and id -> families. A unit process or step without any flow of its own only passes
        on what it buys, and is left out; so is a family that ``zeros`` gives a reason for.
    """
    earned: dict[tuple[str, str], set[str]] = {}
    for section, key, flow in booked_flows(inventory):
        earned.setdefault((section, key), set()).update(counted.get(flow, ()))
    found = {}
    for (section, key), families in earned.items():
        record = getattr(inventory, section)[key]
        open_ = set(record.inventoried_for) - families - set(record.zeros)
        if open_:
            found[section, key] = [name for name in record.inventoried_for if name in open_]
    return found


def doubts(inventory: Inventory, counted: Optional[Counted] = None) -> list[Doubt]:
    """Find what counts for nothing, and what is said to be inventoried and is not booked.

    Parameters
    ----------
    inventory : Inventory
    counted : mapping, optional
        Of the flows that the inventory holds, where that is known already; the names that the
        methods want are looked up only where something is wrong.

    Returns
    -------
    list of dict
        ``kind`` and ``records``; of ``uncounted`` also ``flow``, ``compartment`` and ``wanted``
        (names and compartments), of ``unearned`` also ``families``. Plain data.
    """
    counted = counted_flows() if counted is None else counted
    found: list[Doubt] = []
    for flow, users in uncounted_flows(inventory, counted).items():
        cures = [[name, "/".join(where)] for name, where in wanted(flow, counted_flows())[:SHOWN]]
        found.append({
            "kind": UNCOUNTED, "records": ["/".join(user) for user in users],
            "flow": flow[0], "compartment": "/".join(flow[1]), "wanted": cures,
        })  # fmt: skip
    for user, families in unearned_families(inventory, counted).items():
        found.append({"kind": UNEARNED, "records": ["/".join(user)], "families": families})
    return found


def told(doubt: Doubt, words: Language) -> str:
    """Tell a doubt in a sentence, with its cure where there is one."""
    if doubt["kind"] == UNEARNED:
        families = ", ".join(doubt["families"])
        return words("doubt_unearned", record=doubt["records"][0], families=families)
    names = words("doubt_or").join(
        f"'{name}'" if where == doubt["compartment"] else words("doubt_part", name=name, part=where)
        for name, where in doubt["wanted"]
    )
    said = words(
        "doubt_uncounted", flow=doubt["flow"], part=doubt["compartment"],
        records=", ".join(doubt["records"]),
    )  # fmt: skip
    return f"{said} {words('doubt_cure', names=names)}" if names else said
