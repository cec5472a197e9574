"""A chain of firms by their lot sheets: every kilogram at most once, signatures, digests, totals."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Iterator, Optional

from lca_cardato.audit.checks import Check
from lca_cardato.claims.balance import scenarios_in
from lca_cardato.claims.entries import content_digest
from lca_cardato.errors import CardatoError, DiskError, InputError, MissingError, shorten
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import read_bytes
from lca_cardato.files.runs import is_run
from lca_cardato.inventory.load import load_inventory
from lca_cardato.lots.models import LotSheet
from lca_cardato.lots.sheet import MAX_BYTES, kilograms, sheet_of
from lca_cardato.lots.standing import KNOWN
from lca_cardato.lots.trust import Trust, trust_of
from lca_cardato.model.lots import used_kilograms
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.lots import lot_places
from lca_cardato.sentence import say

MARK = b"lca-cardato/lot/"
MOST = 100_000
"""Files that are looked at."""


@dataclass(frozen=True)
class Taken:
    """Kilograms of a lot that somebody took: by a sheet of a run at least, by a scenario exactly.

    Attributes
    ----------
    who : str
        Firm and lot, or file.
    by : str
        The run or the scenario, counted once.
    lot, sheet : str
        Number of the lot, and digest of its sheet.
    kg : Fraction
    """

    who: str
    by: str
    lot: str
    sheet: str
    kg: Fraction


@dataclass
class Chain:
    """What lies in a folder of many firms.

    Attributes
    ----------
    sheets : dict
        Digest -> sheet and the first file that it lies in.
    unread : list of str
        What is wrong with sheets that can't be taken.
    taken : list of Taken
    runs : list of str
        Run folders, which hold readings.
    left_out : list of str
        Scenarios that can't be read, or have no batch.
    run_of : dict
        Id of a run -> the scenario that it was made of, by id and content.
    """

    sheets: dict[str, tuple[LotSheet, str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    run_of: dict[str, str] = field(default_factory=dict)


def verify_chain(folder: Path, keys: Optional[Path] = None) -> list[Check]:
    """Examine the lot sheets of a folder, and the scenarios and runs that name them.

    Parameters
    ----------
    folder : Path
        Sheets at any depth; hidden folders and links to folders are passed over.
    keys : Path, optional
        Folder of trusted and revoked keys; ``keys`` in the folder when left out.

    Returns
    -------
    list of Check
        Masses are added up as exact fractions.

    Raises
    ------
    DiskError, InputError
        ``E501``: no such folder; ``E380``: it holds no lot sheet, or more than 100 000 files; what
        is wrong with the keys.
    MissingError
        ``E510``: a sheet is signed, and the extra ``sign`` is missing.
    """
    if not folder.is_dir():
        raise DiskError.one("E501", say("no such file or folder"), file=str(folder))
    trust = trust_of(keys or folder / "keys")
    chain = Chain()
    for path in _files(folder):
        _read(chain, path, trust)
    if not chain.sheets and not chain.unread:
        raise InputError.one(
            "E380", say("no lot sheet lies in this folder"), file=str(folder),
            suggestion=say("name the folder with the files that `lca-cardato lot` wrote"),
        )  # fmt: skip
    _scenarios(chain, folder)
    return [
        Check("chain_read", len(chain.sheets), tuple(chain.unread), tuple(chain.left_out)),
        _signed(chain, trust),
        Check("chain_made", len(_batches(chain)), tuple(_over_made(chain))),
        Check("chain_upstream", len(chain.taken), tuple(_strangers(chain))),
        Check("chain_taken", len({one.sheet for one in chain.taken}), tuple(_over_taken(chain))),
        Check("chain_papers", len(_papers(chain)), tuple(_over_papers(chain))),
        Check("chain_private", len(chain.sheets), (), tuple(_open_runs(chain))),
    ]


def _files(folder: Path) -> Iterator[Path]:
    """JSON files of a folder and below, in the order of their names."""
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            count += 1
            if count > MOST:
                raise InputError.one(
                    "E380", say("the folder holds more than {count} files", count=MOST),
                    file=str(folder), suggestion=say("name a smaller folder"),
                )  # fmt: skip
            if name.lower().endswith(".json"):
                yield Path(place) / name


def _read(chain: Chain, path: Path, trust: Trust) -> None:
    """Take a sheet in, or note why it can't be."""
    try:
        if path.is_symlink() or path.stat().st_size > MAX_BYTES:
            return
        data = read_bytes(path, MAX_BYTES)
        if MARK not in data:
            return
        sheet = sheet_of(data, str(path))
        refused = trust.refused(sheet, str(path))
        if refused is not None:
            raise InputError([refused])
    except MissingError:
        raise
    except (CardatoError, OSError) as error:
        if isinstance(error, CardatoError):
            problem = error.problems[0]
            chain.unread.append(
                say("{file}: {told}", file=shorten(str(path), 200), told=problem.sentence())
            )
        return
    if sheet.digest in chain.sheets:
        return
    chain.sheets[sheet.digest] = (sheet, str(path))
    for one in sheet.upstream:
        who = f"{sheet.firm.name}, {sheet.lot}"
        chain.taken.append(Taken(who, sheet.run.id, one.lot, one.sha256, one.kg))


def _scenarios(chain: Chain, folder: Path) -> None:
    """Take in what scenarios and runs of the folder take of the lots that they name."""
    inventory = None
    for file, documents, own in scenarios_in(folder):
        where = file.parent.parent if is_run(file.parent.parent) else file
        if where is not file:
            chain.runs.append(str(where))
        try:
            loaded = load_scenario(file, documents)
            lots = loaded.document.lots
            if not lots or not any(True for _ in lot_places(loaded.document.data)):
                continue
            inventory = inventory or load_inventory()
            model = resolve(loaded, load_inventory(extra=own) if own else inventory, examined=False)
            batch = loaded.scenario.product.batch
            if batch is None:
                chain.left_out.append(say("{file}: no batch is stated", file=str(where)))
                continue
            name = f"{loaded.scenario.id} {content_digest(loaded)}"
            if where is not file:
                chain.run_of[_run_id(where)] = name
            for typed, share in used_kilograms(model):
                sheet = lots[typed].sheet
                kg = share * Fraction(batch.amount)
                chain.taken.append(Taken(str(where), name, sheet.lot, sheet.digest, kg))
        except MissingError:
            raise
        except CardatoError as error:
            told = error.problems[0].sentence()
            chain.left_out.append(say("{file}: {told}", file=str(where), told=told))


def _run_id(where: Path) -> str:
    """Id of a run folder, made of its files: what is written there may be that of another run."""
    from lca_cardato.audit.manifest import run_id
    from lca_cardato.audit.read import read_file, read_json, shaped

    try:
        with shaped(where):
            manifest = read_json(where, "manifest.json")
            names = [name for name in manifest["inputs"] if ".." not in Path(name).parts]
            inputs = {name: sha256(read_file(where / "inputs", name[7:])) for name in names}
            version, lang = manifest["tool"]["version"], manifest["options"]["lang"]
            return run_id(inputs, str(version), str(lang))
    except CardatoError:
        return ""


def _signed(chain: Chain, trust: Trust) -> Check:
    """Who signed: one that is not signed, or by whom is not known, is told."""
    open_ = [
        say("{file}: {firm}: {standing}", file=shorten(path, 200), firm=sheet.firm.name,
            standing=say("not signed") if sheet.signature is None else say("signed with an unknown key"))
        for sheet, path in chain.sheets.values()
        if trust.standing(sheet) != KNOWN
    ]  # fmt: skip
    return Check("chain_signed", len(chain.sheets) - len(open_), (), tuple(open_))


def _batches(chain: Chain) -> dict[tuple[str, str], list[tuple[LotSheet, str]]]:
    """Sheets by firm and run: those of one batch."""
    found: dict[tuple[str, str], list[tuple[LotSheet, str]]] = defaultdict(list)
    for sheet, path in chain.sheets.values():
        found["".join(sheet.firm.name), sheet.run.id].append((sheet, path))
    return found


def _over_made(chain: Chain) -> Iterator[str]:
    """Batches of which more was delivered than was made."""
    for (firm, run), rows in _batches(chain).items():
        made = min(sheet.batch_kg for sheet, _ in rows)
        if len({sheet.batch_kg for sheet, _ in rows}) > 1:
            yield say(
                "{firm}, run {run}: its sheets state several masses of the batch",
                firm=firm,
                run=run,
            )
        given = sum((sheet.delivered.kg for sheet, _ in rows), Fraction(0))
        if given > made:
            yield say(
                "{firm}, lot {lot}: {given} kg were delivered with {count} sheets, {made} kg were made"
                " ({files})",
                firm=firm, lot=rows[0][0].lot, given=kilograms(given), count=len(rows),
                made=kilograms(made), files=[shorten(path, 120) for _, path in rows[:5]],
            )  # fmt: skip


def _by_lot(chain: Chain) -> dict[str, dict[str, Taken]]:
    """Digest of a sheet -> run or scenario -> what it took; of two statements the larger."""
    found: dict[str, dict[str, Taken]] = defaultdict(dict)
    for one in chain.taken:
        by = chain.run_of.get(one.by, one.by)
        before = found[one.sheet].get(by)
        if before is None or one.kg > before.kg:
            found[one.sheet][by] = one
    return found


def _over_taken(chain: Chain) -> Iterator[str]:
    """Lots of which more was taken than was delivered."""
    for digest, rows in _by_lot(chain).items():
        if digest not in chain.sheets:
            continue
        sheet, path = chain.sheets[digest]
        whole = sum((one.kg for one in rows.values()), Fraction(0))
        if whole > sheet.delivered.kg:
            yield say(
                "{file}: lot {lot} of {firm}: {whole} kg are claimed, {kg} kg were delivered ({who})",
                file=shorten(path, 200), lot=sheet.lot, firm=sheet.firm.name, whole=kilograms(whole),
                kg=kilograms(sheet.delivered.kg),
                who=[shorten(f"{one.who}: {kilograms(one.kg)} kg", 120) for one in list(rows.values())[:5]],
            )  # fmt: skip


def _strangers(chain: Chain) -> Iterator[str]:
    """Lots that somebody took and whose sheet is not there, or has another number."""
    for one in chain.taken:
        found = chain.sheets.get(one.sheet)
        if found is None:
            yield say(
                "{who}: the sheet of lot {lot} is not there, or was changed ({digest})",
                who=shorten(one.who, 200), lot=one.lot, digest=one.sheet[:16],
            )  # fmt: skip
        elif found[0].lot != one.lot:
            yield say(
                "{who}: lot {lot} is called {other} in its sheet",
                who=shorten(one.who, 200), lot=one.lot, other=found[0].lot,
            )  # fmt: skip


def _papers(chain: Chain) -> dict[str, dict[tuple[str, str], tuple[Fraction, Optional[Fraction]]]]:
    """Certificate -> batch -> kilograms of its fibre in the batch, and the mass that it states."""
    found: dict[str, dict[tuple[str, str], tuple[Fraction, Optional[Fraction]]]] = defaultdict(dict)
    for batch, rows in _batches(chain).items():
        sheet = rows[0][0]
        stated = {one.sha256: one.kg for one in sheet.certificates}
        for digest in stated:
            share = sum(
                (row.conditioned for row in sheet.composition if digest in row.certificates),
                Fraction(0),
            )
            found[digest][batch] = (share * sheet.batch_kg, stated[digest])
    return found


def _over_papers(chain: Chain) -> Iterator[str]:
    """Certificates that batches of one or several firms rest on with more fibre than they state."""
    for digest, rows in _papers(chain).items():
        stated = [mass for _, mass in rows.values() if mass is not None]
        whole = sum((kg for kg, _ in rows.values()), Fraction(0))
        if stated and whole > min(stated):
            yield say(
                "certificate {digest}: {whole} kg of its fibre are in the batches of {firms}, it is of {kg} kg",
                digest=digest[:16], whole=kilograms(whole), kg=kilograms(min(stated)),
                firms=sorted({firm for firm, _ in rows})[:5],
            )  # fmt: skip


def _open_runs(chain: Chain) -> Iterator[str]:
    """Run folders, which hold the readings of their firm."""
    for path in chain.runs:
        yield say(
            "{file}: a run folder, which holds the readings of its firm", file=shorten(path, 200)
        )
