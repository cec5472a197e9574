"""Lot sheets that a scenario names: read, held against the keys that are trusted, and written out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional

from lca_cardato.errors import CardatoError, InputError, MissingError, Problem
from lca_cardato.files.read import inside, read_bytes
from lca_cardato.scenario.evidence import EvidenceFile
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import Document

if TYPE_CHECKING:
    from lca_cardato.lots.models import LotSheet
    from lca_cardato.lots.trust import Trust

KEY = "key:"
"""Begins the key of a file of the folder of keys among the files of a scenario."""
SHEET = "lot:"
"""Begins the key of a sheet among them."""


@dataclass(frozen=True)
class NamedLot:
    """A lot sheet that a scenario names.

    Attributes
    ----------
    sheet : LotSheet
    standing : str
        What is known of who signed it, see `lca_cardato.lots.trust`.
    file : EvidenceFile
    """

    sheet: LotSheet
    standing: str
    file: EvidenceFile

    @property
    def dataset(self) -> str:
        """Id of the dataset that its figures make."""
        return f"lot-{self.sheet.digest[:16]}"


def lot_places(tree: Any) -> Iterator[tuple[tuple, str, bool]]:
    """Find where a scenario names lot sheets.

    Yields
    ------
    tuple of (tuple, str, bool)
        Place, name as typed, and whether it stands for a bought yarn (else at a step).
    """
    if not isinstance(tree, dict):
        return
    yarns = tree.get("yarns")
    listed = [(("yarns", i), y) for i, y in enumerate(yarns if isinstance(yarns, list) else [])]
    for path, part in [((), tree), *listed]:
        if not isinstance(part, dict):
            continue
        if isinstance(part.get("lot"), str):
            yield (*path, "lot"), part["lot"], True
        route = part.get("route")
        for step, entry in route.items() if isinstance(route, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("lot"), str):
                yield (*path, "route", step, "lot"), entry["lot"], False


def read_lots(document: Document, folder: Path) -> tuple[dict[str, EvidenceFile], list[Problem]]:
    """Read the sheets that a scenario names into its document.

    Parameters
    ----------
    document : Document
        Its `lots` are filled: name as typed -> `NamedLot`.
    folder : Path
        Folder that the sheets lie in, and beside them that of the keys.

    Returns
    -------
    files : dict
        Key -> file of each sheet, and of the keys that signed them.
    problems : list of Problem
        ``E214``: outside of the folder; what is wrong with a sheet or a key, see
        `lca_cardato.lots.sheet.sheet_of`; ``E384``: signed with a revoked key.
    """
    places = list(lot_places(document.data))
    files: dict[str, EvidenceFile] = {}
    problems: list[Problem] = []
    if not places:
        return files, problems
    from lca_cardato.lots.trust import FOLDER, REVOKED, trust_of  # heavy; few scenarios name a lot

    try:
        trust = trust_of(folder / FOLDER)
    except MissingError:
        raise
    except CardatoError as error:
        return files, error.problems
    for path, typed, _ in places:
        if typed in document.lots:
            continue
        try:
            found = _read(document, folder, typed, trust)
        except MissingError:
            raise
        except CardatoError as error:
            problems += [_at(document, one, path, typed) for one in error.problems]
            continue
        document.lots[typed] = found
        files[f"{SHEET}{typed}"] = found.file
        signature = found.sheet.signature
        if signature is not None and signature.keyid in trust.keys:
            files.update(_keys(trust.keys[signature.keyid]))
    if trust.revoked:
        files.update(_keys(trust.files[REVOKED]))
    return files, problems


def _read(document: Document, folder: Path, typed: str, trust: Trust) -> NamedLot:
    from lca_cardato.lots.sheet import MAX_BYTES, sheet_of

    place = document.places.get(typed) or inside(
        folder, typed, document.name, "lot", say("in the folder of the scenario")
    )
    if not place.is_file():
        raise InputError.one(
            "E380", say("the lot sheet is not there"), suggestion=say("put the file there")
        )
    data = read_bytes(place, MAX_BYTES, typed)
    sheet = sheet_of(data, typed)
    refused = trust.refused(sheet, typed)
    if refused is not None:
        raise InputError([refused])
    file = EvidenceFile(typed, place, hashlib.sha256(data).hexdigest())
    return NamedLot(sheet, trust.standing(sheet), file)


def _keys(path: Path) -> dict[str, EvidenceFile]:
    from lca_cardato.lots.keys import MAX_BYTES
    from lca_cardato.lots.trust import FOLDER

    data = read_bytes(path, MAX_BYTES)
    file = EvidenceFile(f"{FOLDER}/{path.name}", path, hashlib.sha256(data).hexdigest())
    return {f"{KEY}{path.name}": file}


def _at(document: Document, problem: Problem, path: tuple, typed: str) -> Problem:
    """Tell a problem of a sheet where the scenario names it."""
    text = problem.message
    if problem.key and problem.key != "lot":
        text = say("{key}: {what}", key=problem.key, what=problem.message)
    return document.problem(problem.code, text, path, typed, problem.suggestion)


def yarn_of(found: NamedLot, typed: str, paper: str) -> dict[str, Any]:
    """Write out the yarn of a sheet as if it had been typed.

    Parameters
    ----------
    found : NamedLot
    typed : str
        Name of the sheet.
    paper : str
        Name of the sheet among the documents.

    Returns
    -------
    dict
        ``count``, ``system``, ``blend`` and ``route``: steps are those of the sheet, done by
        its firm as a contractor, with their municipalities and without figures.
    """
    sheet, firm = found.sheet, _plain(found.sheet.firm.name)
    steps: dict[Optional[int], dict[str, Any]] = {}
    for one in sheet.steps:
        entry = {"operator": "contract", "company": firm}
        if one.municipality:
            entry["municipality"] = _plain(one.municipality)
        steps.setdefault(one.of, {})[one.step] = entry
    blend = []
    for number, fibre in enumerate(sheet.composition):
        line: dict[str, Any] = {
            "fibre": fibre.fibre, "share": str(fibre.conditioned), "origin": fibre.origin,
            "lot": _plain(sheet.lot), "document": paper,
        }  # fmt: skip
        if number in steps:
            line["steps"] = steps[number]
        blend.append(line)
    made: dict[str, Any] = {"count": _plain(sheet.product.count or "")}
    if sheet.product.system:
        made["system"] = sheet.product.system
    made["blend"] = blend
    if None in steps:
        made["route"] = steps[None]
    return made


def steps_of(found: NamedLot, typed: str) -> dict[str, dict[str, str]]:
    """Write out the steps of a contract processor's sheet, as `yarn_of` does."""
    firm = _plain(found.sheet.firm.name)
    return {
        one.step: {
            "operator": "contract", "company": firm,
            **({"municipality": _plain(one.municipality)} if one.municipality else {}), "lot": typed,
        }
        for one in found.sheet.steps
        if one.of is None
    }  # fmt: skip


def paper_of(found: NamedLot, typed: str) -> dict[str, str]:
    """Declare a sheet as a document of the scenario."""
    sheet = found.sheet
    return {
        "kind": "lot_sheet", "file": typed, "issuer": _plain(sheet.firm.name), "date": sheet.issued,
        "lot": _plain(sheet.lot), "mass": f"{decimal(sheet.delivered.kg)} kg",
    }  # fmt: skip


def _plain(text: str) -> str:
    """Give a text as a file holds it."""
    return "".join(text)


def decimal(mass: Fraction) -> str:
    """Write a mass as a decimal number; one that has none is cut to the milligram."""
    cut = Fraction(int(mass * 10**6), 10**6)
    whole, rest = divmod(int(cut * 10**6), 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def named_lots(lots: Mapping[str, NamedLot]) -> dict[str, NamedLot]:
    """Give the sheets by the id of their dataset."""
    return {one.dataset: one for one in lots.values()}
