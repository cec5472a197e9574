"""What in a run folder follows from the rest of it, made again and held against what lies there."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any, Iterator, Mapping

from lca_cardato.audit.attestation import attestation, crate
from lca_cardato.audit.compare import compare, told
from lca_cardato.audit.files import below
from lca_cardato.audit.layout import (
    ATTESTATION,
    CRATE,
    DOCUMENTS,
    FIRST_FORMAT,
    PACKAGE,
    RECORD,
    TABLES,
    belongs,
)
from lca_cardato.audit.lots import lot_files
from lca_cardato.audit.package import data_package
from lca_cardato.audit.read import parse, read_file, reason
from lca_cardato.errors import CardatoError, shorten
from lca_cardato.files.runs import SUMS
from lca_cardato.results.csv_tables import json_text, tables
from lca_cardato.sentence import say

AHEAD = datetime.timedelta(days=1)
"""How far the clock of another machine may be ahead."""
TICK = datetime.timedelta(seconds=5)
SHARED = ("verdict", "reason", "change", "threshold", "quotes", "kind")
"""What a row of the claim ledger has of its criterion in the result."""


def table_problems(folder: Path, result: dict[str, Any], same_program: bool) -> Iterator[str]:
    """Tables that are not those of the result; one that another release has not is none.

    Parameters
    ----------
    folder : Path
    result : dict
    same_program : bool
        Whether the run was made by the program that examines it.
    """
    texts = {}
    for name, wanted in tables(result).items():
        place = f"{TABLES}/{name}"
        if not (folder / place).is_file():
            if same_program:
                yield say("{place}: missing", place=place)
            continue
        texts[name] = found = read_file(folder, place).decode("utf-8", "replace")
        if found != wanted:
            yield from _cells(place, found, wanted, same_program)
    known = {*texts, Path(PACKAGE).name}
    for name in below(folder / TABLES):
        if name not in known:
            yield say("{place}: no table of a result", place=f"{TABLES}/{name}")
    package = data_package(f"{result['scenario']['id']}-tables", texts)
    yield from _document(folder, PACKAGE, package)


def _cells(place: str, found: str, wanted: str, same_program: bool) -> Iterator[str]:
    """Cells that differ, by row and column."""
    first, second = (list(csv.reader(io.StringIO(text))) for text in (found, wanted))
    heads, ours = first[0] if first else [], second[0]
    for name in heads:
        if name not in ours:
            yield say("{place}: {name}: no column of this table", place=place, name=name)
    if same_program and heads != ours:
        yield say("{place}: its columns are not {ours}", place=place, ours=list(ours))
    if len(first) != len(second):
        yield say(
            "{place}: {count} rows, where the result has {wanted}",
            place=place,
            count=len(first) - 1,
            wanted=len(second) - 1,
        )
    for number, (row, other) in enumerate(zip(first[1:], second[1:]), 1):
        if len(row) != len(heads):
            yield say(
                "{place}: row {number}: {count} cells", place=place, number=number, count=len(row)
            )
            continue
        theirs, these = dict(zip(heads, row)), dict(zip(ours, other))
        for name in ours:
            if name in theirs and theirs[name] != these[name]:
                yield (
                    say(
                        "{place}: row {number}: {name}: {found}, where the result has {wanted}",
                        place=place,
                        number=number,
                        name=name,
                        found=told(theirs[name]),
                        wanted=told(these[name]),
                    )
                )
    if heads == ours and first == second:
        yield say("{place}: the same cells, written in another way", place=place)


def statement_problems(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Attestation, crate and record of the run that do not follow from the manifest."""
    record = parse(read_file(folder, RECORD))
    keys = {"id", "written", "program"} if manifest["schema"] == FIRST_FORMAT else {"id", "written"}
    for key in sorted(set(record) ^ keys):
        if key in keys:
            yield say("{place}: missing", place=f"{RECORD}: {key}")
        else:
            yield say("{place}: no key of this record", place=f"{RECORD}: {key}")
    if record.get("id") != manifest["id"]:
        yield say(
            "{place}: id: {found}, where the manifest has {wanted}",
            place=RECORD,
            found=shorten(str(record.get("id"))),
            wanted=manifest["id"],
        )
    written = str(record.get("written"))
    try:
        moment = datetime.datetime.fromisoformat(written)
        if moment > datetime.datetime.now(datetime.timezone.utc) + AHEAD:
            yield say(
                "{place}: written: {written}: this lies in the future",
                place=RECORD,
                written=written,
            )
    except (TypeError, ValueError):
        yield say(
            "{place}: written: {written}: no date with time and zone",
            place=RECORD,
            written=shorten(written),
        )
    yield from _document(folder, ATTESTATION, attestation(manifest))
    sizes = {name: path.stat().st_size for name, path in below(folder).items() if path.is_file()}
    for name in (CRATE, SUMS):
        sizes.pop(name, None)
    yield from _document(
        folder, CRATE, crate(manifest, sizes, _published(folder, manifest, written))
    )


def _published(folder: Path, manifest: Mapping[str, Any], written: str) -> str:
    """Date that the crate should have: of the first releases, one of the same moment."""
    if manifest["schema"] == FIRST_FORMAT:
        with contextlib.suppress(CardatoError, ValueError, LookupError, TypeError):
            said = str(parse(read_file(folder, CRATE))["@graph"][1]["datePublished"])
            both = [datetime.datetime.fromisoformat(text) for text in (said, written)]
            if abs(both[0] - both[1]) <= TICK:
                return said
    return written


def _document(folder: Path, name: str, wanted: dict[str, Any]) -> Iterator[str]:
    """Differences of a JSON file and what it should be."""
    try:
        data = read_file(folder, name)
        if data == json_text(wanted).encode():
            return
        found = parse(data)
    except (CardatoError, ValueError) as error:
        why = reason(error) if isinstance(error, ValueError) else say("can not be read")
        yield say("{place}: {why}", place=name, why=why)
        return
    differences = list(compare(found, json.loads(json.dumps(wanted)), name))
    for one in differences:
        yield say(
            "{path}: {found}, where {wanted} follows from the rest",
            path=one.path,
            found=told(one.before),
            wanted=told(one.now),
        )
    if not differences:
        yield say("{name}: the same values, written in another way", name=name)


def foreign_problems(
    folder: Path, ledger: Mapping[str, Any], result: Mapping[str, Any]
) -> Iterator[str]:
    """Files that no run has, even where sums, manifest and crate list them."""
    rows = ledger.get("documents")
    kept = None if rows is None else {str(row["file"]) for row in rows}
    if kept is not None:
        kept |= {str(row["map"]) for row in result.get("readings", []) if row["map"]}
        kept |= lot_files(folder, result)
    for name, path in below(folder).items():
        if path.is_file() and not belongs(name, kept):
            yield say("{name}: no file of a run", name=shorten(name))


def ledger_problems(
    folder: Path, ledger: dict[str, Any], result: dict[str, Any], manifest: dict[str, Any]
) -> Iterator[str]:
    """Rows of the claim ledger that are not those of the result, documents that are others."""
    wanted = {
        (claim["id"], item["id"]): (claim, item)
        for claim in result["claims"]
        for item in claim["criteria"]
    }
    rows = {(row["claim"], row["criterion"]): row for row in ledger["rows"]}
    for key in sorted(set(wanted) ^ set(rows)):
        place = "the claim ledger" if key in wanted else "the result"
        yield say("{key}: missing in {place}", key="/".join(key), place=place)
    for key in sorted(set(wanted) & set(rows)):
        (claim, item), row = wanted[key], rows[key]
        pairs = [(row.get(name), item.get(name), name) for name in SHARED]
        pairs.append((row["claim_verdict"], claim["verdict"], "claim_verdict"))
        pairs.append((row["rule_pack"], claim["rule_pack"], "rule_pack"))
        observed = {name: value["fraction"] for name, value in item["observed"].items()}
        pairs.append((row["observed"], observed, "observed"))
        digest = manifest["digests"]["rules"].get(claim["rule_pack"])
        pairs.append((row["rule_pack_sha256"], digest, "rule_pack_sha256"))
        for before, now, name in pairs:
            if before != now:
                yield say(
                    "claims.json: {key}: {name}: not what the result has",
                    key="/".join(key),
                    name=name,
                )
    for row in ledger.get("documents", []):
        file = f"{DOCUMENTS}/{row['file']}"
        if row["file"] and manifest["inputs"].get(file) != row["sha256"]:
            yield say(
                "claims.json: documents: {id}: {file} is another file",
                id=shorten(str(row["id"])),
                file=shorten(file),
            )


def typed_problems(folder: Path, resolved: dict[str, Any], result: dict[str, Any]) -> Iterator[str]:
    """Figures of the result that are not those typed."""
    rows = {row["key"]: row for row in resolved["values"]}
    lines: dict[str, list[str]] = {}
    for row in resolved["values"]:
        if "typed" not in row:
            continue
        file = str(row["file"])
        if file not in lines:
            lines[file] = read_file(folder, file).decode("utf-8-sig").splitlines()
        at = row["line"] - 1
        if not 0 <= at < len(lines[file]) or lines[file][at].strip() != row["typed"]:
            yield say(
                "resolved.json: {key}: typed: this does not stand in {file}:{line}",
                key=row["key"],
                file=file,
                line=row["line"],
            )
    found = {row["key"]: row for row in result["parameters"]}
    for key in sorted(set(found) ^ set(rows)):
        yield say("{key}: not in both resolved.json and result.json", key=shorten(str(key)))
    for key in sorted(set(found) & set(rows)):
        one, other = found[key], rows[key]
        near = abs(one["value"] - other["value"]) <= 1e-11 * abs(other["value"])
        if not near or any(one[name] != other[name] for name in ("unit", "class", "origin")):
            yield say("{key}: not the same in resolved.json and result.json", key=shorten(str(key)))
