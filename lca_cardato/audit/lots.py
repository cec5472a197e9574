"""Lot sheets of a run, held against what its documents say of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, Mapping

from lca_cardato.audit.layout import DOCUMENTS, SCENARIO
from lca_cardato.audit.read import read_json
from lca_cardato.audit.rows import row_problems, rows_of
from lca_cardato.errors import shorten
from lca_cardato.lots.trust import FOLDER, REVOKED
from lca_cardato.results.rounding import number
from lca_cardato.scenario.lots import NamedLot, lot_places, read_lots
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import tree_document

FACTS = ("lot", "firm", "sheet", "signed", "delivered_kg")
"""What a row says of a sheet."""


def lot_files(folder: Path, result: Mapping[str, Any]) -> set[str]:
    """Names of the sheets and keys that a run keeps among its documents."""
    rows = rows_of(result, "lots")
    if not rows:
        return set()
    keys = folder / DOCUMENTS / FOLDER
    found = {f"{FOLDER}/{path.name}" for path in keys.glob("*.pub")} | {f"{FOLDER}/{REVOKED}"}
    return found | {str(row["file"]) for row in rows}


def lot_problems(folder: Path, tree: Any, result: Mapping[str, Any]) -> Iterator[str]:
    """Tell what a run says of its lot sheets otherwise than the copies of them.

    Parameters
    ----------
    folder : Path
        Run folder.
    tree : dict
        The copy of the scenario.
    result : mapping
        ``result.json``.
    """
    document = tree_document(tree, SCENARIO)
    _, unread = read_lots(document, folder / DOCUMENTS)
    for problem in unread:
        yield say("{name}: {told}", name=SCENARIO, told=problem.message)
    rows = [(str(row["file"]), tuple(row[key] for key in FACTS)) for row in rows_of(result, "lots")]
    typed = sorted({name for _, name, _ in lot_places(tree)})
    yield from row_problems("lots", sorted(file for file, _ in rows), typed, SCENARIO)
    for file, said in rows:
        if (found := document.lots.get(file)) is not None:
            yield from row_problems("lots", said, _facts(found), f"{DOCUMENTS}/{file}")
    if document.lots:
        yield from _scores(folder, document.lots)


def _facts(found: NamedLot) -> tuple[str, ...]:
    sheet = found.sheet
    texts = ("".join(sheet.lot), "".join(sheet.firm.name), sheet.digest, found.standing)
    return (*texts, str(sheet.delivered.kg))


def _scores(folder: Path, lots: Mapping[str, NamedLot]) -> Iterator[str]:
    """Scores per kilogram of a lot that are not those of its sheet."""
    scores = read_json(folder, "contributions.json")["unit_scores"]
    for found in lots.values():
        used = scores.get(found.dataset)
        whole = found.sheet.footprint.whole
        for name, value in (used or {}).items():
            if name in whole and value != number(whole[name].value):
                yield say(
                    "contributions.json: unit_scores: {name}: not what {file} says",
                    name=shorten(f"{found.dataset}: {name}"), file=f"{DOCUMENTS}/{found.file.name}",
                )  # fmt: skip
