"""Company, contractors, lots and papers of a result, held against the copy of the scenario."""

from __future__ import annotations

from typing import Any, Iterator, Mapping

from lca_cardato.audit.layout import SCENARIO
from lca_cardato.errors import shorten
from lca_cardato.sentence import say

ROLE = "producer"
"""What a company is where the scenario does not say."""
Hand = tuple[str, str, str, str]
"""Step, operator, company and municipality."""


def parties_problems(
    tree: Any, ledger: Mapping[str, Any], result: Mapping[str, Any]
) -> Iterator[str]:
    """Tell what a result says of those behind a product otherwise than the scenario.

    Parameters
    ----------
    tree : dict
        The copy of the scenario, as it was typed.
    ledger, result : mapping
        ``claims.json`` and ``result.json``; results before version 4 name nobody.
    """
    if "company" not in result:
        return
    said = tree.get("company") or {}
    for name, default in (("name", ""), ("municipality", ""), ("role", ROLE)):
        if _plain(result["company"][name]) != _plain(said.get(name) or default):
            yield say(
                "result.json: company.{name}: not what {file} says",
                name=name,
                file=SCENARIO,
            )
    yield from _hands(tree, result)
    lots = [(_plain(row["lot"]), row["document"]) for row in result["lots"]]
    typed = [
        (_plain(line["lot"]), line.get("document") or "")
        for line in _lines(tree)
        if line.get("lot")
    ]
    if lots != typed:
        yield say("result.json: lots: not those of {file}", file=SCENARIO)
    traced = tree.get("traceability")
    year = str((traced or {}).get("year") or "")
    now = result["traceability"]
    if bool(now) != bool(traced) or (now and str(now["year"] or "") != year):
        yield say("result.json: traceability: not what {file} says", file=SCENARIO)
    if result["documents"] != ledger["documents"]:
        yield say("result.json: documents: not those of claims.json")


def _hands(tree: Any, result: Mapping[str, Any]) -> Iterator[str]:
    """Hold steps that others do against those of the scenario."""
    used = {row["step"] for row in result["mass_balance"]["steps"]}
    typed = {hand for hand in _typed(tree) if hand[0] in used}
    found = [
        ((step["step"], row["operator"], row["name"], row["municipality"]), row)
        for row in result["contractors"]
        for step in row["steps"]
    ]
    told = {(step, who, _plain(town)) for (step, who, _, town), _ in found}
    names = {_plain(hand[2]) for hand in typed}
    for (step, who, name, town), _ in found:
        if (step, who, _plain(town)) not in {(h[0], h[1], h[3]) for h in typed}:
            yield say(
                "result.json: contractors: {step}: not what {file} says",
                step=shorten(step),
                file=SCENARIO,
            )
        elif _plain(name) not in names:
            yield say(
                "result.json: contractors: {name}: no company of {file}",
                name=shorten(name),
                file=SCENARIO,
            )
    for step, who, _, town in sorted(typed):
        if (step, who, town) not in told:
            yield say("result.json: contractors: {step}: missing", step=shorten(step))


def _typed(tree: Any) -> Iterator[Hand]:
    """List the steps that a scenario gives to others."""
    places = [
        tree.get("route") or {},
        *(yarn.get("route") or {} for yarn in tree.get("yarns") or []),
    ]
    places += [line.get("steps") or {} for line in _lines(tree)]
    for steps in places:
        for name, entry in steps.items():
            item = entry or {}
            who = item.get("operator") or "own"
            if who != "own" and item.get("use") != "no":
                yield name, who, _plain(item.get("company")), _plain(item.get("municipality"))


def _lines(tree: Any) -> list[Any]:
    """Lines of all blends in their order."""
    blends = [tree.get("blend") or [], *(yarn["blend"] for yarn in tree.get("yarns") or [])]
    return [line for blend in blends for line in blend]


def _plain(text: Any) -> str:
    return " ".join(str(text or "").split())
