"""Hold `import` against bw2io and olca-schema on real files, outside the suite.

``python compare.py FOLDER``: every workbook and package below FOLDER (clones of ``repositories.csv`` or
anything else). ``python compare.py --fetch FOLDER`` clones them first, each at its commit. None of the files is
part of this repository. ``--json FILE`` keeps the result.

Of every process that both read: name, amount, unit, place, compartment and distribution of each exchange. A
difference that `import` itself tells (a formula evaluated, directions netted) is none. Then every process is
imported with ``--allow-unmatched``. Ends with 1 if something differs without a word.
"""

import argparse
import collections
import contextlib
import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ.setdefault("BRIGHTWAY2_DIR", tempfile.mkdtemp())


def fetch(folder):
    """Clone the repositories of the list, each at its commit, and zip packages that lie in them as loose files."""
    with (HERE / "repositories.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            place = folder / f"{row['repository'].replace('/', '+')}@{row['commit'][:7]}"
            if not place.exists():
                url = f"https://github.com/{row['repository']}"
                git = ["git", "-C", str(place)]
                subprocess.run(["git", "init", "-q", str(place)], check=True)
                subprocess.run(
                    [*git, "fetch", "-q", "--depth", "1", url, row["commit"]], check=True
                )
                subprocess.run([*git, "checkout", "-q", "FETCH_HEAD"], check=True)
            for inside in sorted(place.rglob("processes")):
                if inside.is_dir() and any(inside.glob("*.json")):
                    pack(inside.parent)


def pack(folder):
    """Zip the parts of a package of openLCA beside the folder that holds them."""
    name = folder.with_name(f"{folder.name}.zip")
    if name.exists():
        return
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.rglob("*.json")):
            archive.write(part, str(part.relative_to(folder)))


def once(files):
    """Files of a list, each content once."""
    seen = set()
    for file in sorted(files):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if digest not in seen:
            seen.add(digest)
            yield file


def by_bw2io(file):
    """Activities as bw2io reads them, without links to any database."""
    from bw2io.importers.excel import ExcelImporter
    from bw2io.strategies import (
        convert_uncertainty_types_to_integers,
        csv_drop_unknown,
        csv_numerize,
        csv_restore_booleans,
        csv_restore_tuples,
    )

    steps = [csv_restore_tuples, csv_restore_booleans, csv_numerize, csv_drop_unknown,
             convert_uncertainty_types_to_integers]  # fmt: skip
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = ExcelImporter(str(file))
        data = getattr(book, "data", [])
        for step in steps:
            data = step(data)
    return data


def text(value):
    return "" if value is None else str(value)


def close(one, other):
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))


def differences(process, ours):
    """What bw2io reads otherwise in an activity."""
    from lca_cardato.exchange.foreign_units import unit_of

    rows = [
        row for row in process["exchanges"]
        if row.get("type") not in ("production", "generic production")
        and any(row.get(key) not in (None, "") for key in ("name", "amount", "type", "input"))
    ]  # fmt: skip
    if len(rows) != len(ours.lines):
        yield f"{len(rows)} exchanges, here {len(ours.lines)}"
        return
    for row, line in zip(rows, ours.lines):
        amount = row.get("amount")
        if not isinstance(amount, (int, float)):
            if not ours.problems and not line.told:
                yield f"{line.name}: amount {amount!r}, here {line.amount}"
        elif not close(float(amount), line.amount) and not line.told:
            yield f"{line.name}: amount {amount}, here {line.amount}"
        if text(row.get("name")) != line.name and not isinstance(row.get("name"), tuple):
            yield f"name {row.get('name')!r}, here {line.name!r}"
        if unit_of(text(row.get("unit"))) != line.unit:
            yield f"{line.name}: unit {row.get('unit')!r}, here {line.unit!r}"
        if text(row.get("location")) != line.location:
            yield f"{line.name}: location {row.get('location')!r}, here {line.location!r}"
        categories = tuple(part.strip() for part in row.get("categories") or ())
        if categories[1:] == ("unspecified",):
            categories = categories[:1]
        if categories != line.categories and line.flow:
            yield f"{line.name}: {categories}, here {line.categories}"
        kind = row.get("uncertainty type") or 0
        if isinstance(kind, int) and kind >= 2 and not ours.problems:
            if kind > 5 and not line.lost:
                yield f"{line.name}: distribution {kind} is lost"
            elif kind <= 5:
                for key in ("loc", "scale", "minimum", "maximum"):
                    was, now = row.get(key), getattr(line.spread, key)
                    if isinstance(was, (int, float)) and (now is None or not close(was, now)):
                        yield f"{line.name}: {key} {was}, here {now}"


def workbook(file, total):
    """Compare a workbook; False where it holds no activity."""
    from lca_cardato.errors import CardatoError
    from lca_cardato.exchange.excel_in import processes_of

    start = time.perf_counter()
    try:
        data = by_bw2io(file)
    except Exception as error:
        data, why = [], f"{type(error).__name__}: {error}"
    else:
        why = ""
    middle = time.perf_counter()
    try:
        found, _ = processes_of(file.read_bytes(), str(file))
    except CardatoError as error:
        if data:
            total["unread"].append((str(file), str(error)))
            return data
        return []
    end = time.perf_counter()
    if not found:
        return []
    total["seconds"][0] += middle - start
    total["seconds"][1] += end - middle
    if why:
        total["bw2io"].append((str(file), why[:200]))
    ours = list(found.values())
    theirs = [
        p
        for p in data
        if (p.get("type") or "process") in ("process", "processwithreferenceproduct")
    ]
    if data and len(theirs) != len(ours):
        total["different"].append((str(file), f"{len(theirs)} activities, here {len(ours)}"))
    for process, own in zip(theirs, ours):
        total["processes"] += 1
        total["exchanges"] += len(own.lines)
        for what in differences(process, own):
            total["different"].append((str(file), f"{own.name}: {what}"))
    return ours


def package(file, total):
    """Compare an openLCA package with what its own library reads."""
    import olca_schema as lca

    from lca_cardato.errors import CardatoError
    from lca_cardato.exchange.formats import read_foreign

    try:
        read = read_foreign(file)
    except CardatoError as error:
        total["unread"].append((str(file), str(error)[:300]))
        return None
    if read.format == "EcoSpold 2":
        ecospold(file, read, total)
        return read
    with zipfile.ZipFile(file) as archive:
        names = {
            Path(n).stem: n for n in archive.namelist() if n.split("/")[-2:-1] == ["processes"]
        }
        for code in read.heads:
            raw = json.loads(archive.read(names[code]))
            own = read.process(code)
            total["processes"] += 1
            total["exchanges"] += len(own.lines)
            for row in raw.get("exchanges") or []:  # openLCA 1 -> the names of openLCA 2
                for was, now in (("input", "isInput"), ("avoidedProduct", "isAvoidedProduct"),
                                 ("quantitativeReference", "isQuantitativeReference")):  # fmt: skip
                    row.setdefault(now, row.get(was, False))
            try:
                process = lca.Process.from_dict(raw)
            except Exception as error:
                total["olca"].append((str(file), f"{type(error).__name__}: {error}"[:200]))
                continue
            wanted = collections.Counter()
            for row in process.exchanges or []:
                if not row.is_quantitative_reference:
                    wanted[row.flow.id] += (row.amount or 0.0) * (-1 if row.is_input else 1)
            told = (
                bool(own.told)
                or own.products > 1
                or own.problems
                or any(line.told for line in own.lines)
            )
            whole = sum(abs(v) for v in wanted.values())
            mine = sum(abs(line.amount) for line in own.lines)
            units = {(row.unit.name if row.unit else "") for row in process.exchanges or []}
            if not told and "" not in units and abs(whole - mine) > 1e-9 * whole:
                total["different"].append((str(file), f"{own.name}: sum {whole}, here {mine}"))
    return read


def ecospold(file, read, total):
    """Compare files of EcoSpold 2 with what bw2io's extractor reads."""
    from bw2io.extractors.ecospold2 import Ecospold2DataExtractor

    from lca_cardato.exchange.foreign_units import unit_of

    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if not name.endswith(".spold"):
                continue
            (Path(folder) / "one.spold").write_bytes(archive.read(name))
            theirs = Ecospold2DataExtractor.extract_activity(folder, "one.spold", "x")
            made = [e for e in theirs["exchanges"] if e["type"] == "production" and e["amount"]]
            code = f"{theirs['activity']}_{made[0]['flow'] if made else ''}"
            if code not in read.heads:
                total["different"].append((str(file), f"{name} is not read"))
                continue
            own = read.process(code)
            total["processes"] += 1
            total["exchanges"] += len(own.lines)
            wanted = [e for e in theirs["exchanges"] if e["type"] != "production"]
            wanted.sort(key=lambda e: e["type"] == "biosphere")
            if len(wanted) != len(own.lines):
                total["different"].append(
                    (str(file), f"{own.name}: {len(wanted)} exchanges, here {len(own.lines)}")
                )
                continue
            for row, line in zip(wanted, own.lines):
                if (
                    not close(float(row["amount"]), line.amount)
                    or unit_of(row["unit"]) != line.unit
                ):
                    what = f"{own.name}: {row['name']} {row['amount']} {row['unit']}, here {line.amount} {line.unit}"
                    total["different"].append((str(file), what))


def imports(read, processes, total, every):
    """What `import --allow-unmatched` makes of every process.

    Each process is converted once. It is refused where it, or a process that comes along with it, is; of
    every so many the whole import is done, to see that it says the same, and its file is loaded.
    """
    from pydantic import ValidationError

    from lca_cardato.exchange.convert import Choices, Import, Taken
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.inventory.models import Dataset

    work = Import(read, load_inventory(), Choices(True, "the file", 2020))
    own, needs, left, bare = {}, {}, {}, set()
    for code in processes:
        work.wanted, work.taken, work.problems = code, Taken(""), [*read.problems]
        work.records.references.clear()
        work.key(work.process(code))
        record = work.records.dataset(work.process(code))
        own[code] = work.problems
        codes = {key: one for one, key in work.keys.items()}
        inputs = {row.get("input") for row in record.get("exchanges", [])}
        needs[code] = {codes[key] for key in inputs if key in codes}
        left[code] = len(work.taken.account.left_out())
        if not record.keys() & {"exchanges", "results"}:
            bare.add(code)
        if not own[code]:
            try:
                Dataset.model_validate(record)
            except ValidationError as error:
                total["unsound"].append((str(read.file), code, str(error)[:300]))
    for code in processes:
        chain = reach(code, needs)
        problems = [problem for one in chain for problem in own[one]]
        if problems:
            refused(code, problems, total)
        else:
            total["imported"][1] += 1
            total["imported"][0] += not any(left[one] for one in chain)
            total["empty"] += code in bare
        total["at"] += 1
        if total["at"] % every == 0:
            whole(read, code, bool(problems), total)


def reach(code, needs):
    """A process and all that come along with it."""
    found, waiting = {code}, [code]
    while waiting:
        for one in needs[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found


def refused(code, problems, total):
    """Count a refusal, and whether the cure that it names opens it."""
    codes = "+".join(sorted({problem.code for problem in problems}))
    total["refused"].update([codes])
    total["no cure"] += [(code, str(p)[:300]) for p in problems if not p.suggestion]
    total["samples"].setdefault(codes, str(problems[0])[:300])
    total["cured"] += all("--without" in p.suggestion for p in problems)


def whole(read, code, is_refused, total):
    """Import a process as the command does, and load its file."""
    from lca_cardato.errors import CardatoError
    from lca_cardato.exchange.convert import Choices, Import
    from lca_cardato.exchange.take import check_records
    from lca_cardato.inventory.load import load_inventory

    choices = Choices(True, "the file", 2020)
    work = Import(read, load_inventory(), choices)
    total["checked"].append(code)
    try:
        work.take(code, None)
    except CardatoError as error:
        if not is_refused:
            total["unsound"].append((str(read.file), code, str(error)[:300]))
        names = {p.suggestion.arguments.get("name") for p in error.problems
                 if p.code == "E314" and hasattr(p.suggestion, "arguments")}  # fmt: skip
        if {p.code for p in error.problems} == {"E314"} and all(names):
            work = Import(
                read, load_inventory(), Choices(True, "the file", 2020, without=tuple(names))
            )
            try:
                work.take(code, None)
            except CardatoError as again:
                total["unsound"].append((str(read.file), code, f"cure: {again}"[:300]))
        return
    if is_refused:
        total["unsound"].append((str(read.file), code, "imported, though it was refused"))
    try:
        check_records(work.text(), Path("x.yaml"))
    except CardatoError as error:
        total["unsound"].append((str(read.file), code, str(error)[:300]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fetch", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--every", type=int, default=100, help="of as many processes one is imported whole"
    )
    parser.add_argument("--no-import", action="store_true")
    given = parser.parse_args()
    if given.fetch:
        fetch(given.folder)
    from lca_cardato.exchange.excel_in import head_of
    from lca_cardato.exchange.imported import Read

    total = {
        "workbooks": 0, "packages": 0, "processes": 0, "exchanges": 0, "seconds": [0.0, 0.0],
        "different": [], "unread": [], "bw2io": [], "olca": [], "imported": [0, 0], "checked": [],
        "refused": collections.Counter(), "no cure": [], "samples": {}, "at": 0, "empty": 0, "cured": 0,
        "unsound": [],
    }  # fmt: skip
    for file in once(given.folder.rglob("*.xlsx")):
        ours = workbook(file, total)
        if not ours or isinstance(ours[0], dict):
            continue
        total["workbooks"] += 1
        found = {process.code: process for process in ours}
        heads = {code: head_of(process) for code, process in found.items()}
        if not given.no_import:
            read = Read(file, "", "workbook", heads, found.__getitem__)
            imports(read, found, total, given.every)
    for file in once(given.folder.rglob("*.zip")):
        read = package(file, total)
        if read is not None:
            total["packages"] += 1
            if not given.no_import:
                imports(read, read.heads, total, given.every)
    bw, own = total["seconds"]
    print(f"{total['workbooks']} workbooks, {total['packages']} packages, {total['processes']} processes, "
          f"{total['exchanges']} exchanges")  # fmt: skip
    print(f"differences without a word: {len(total['different'])}")
    for file, what in total["different"][:20]:
        print(f"  {Path(file).name}: {what}")
    print(f"not read: {len(total['unread'])}")
    for file, what in total["unread"][:30]:
        print(f"  {Path(file).name}: {what.replace(file, '')[:200]}")
    print(
        f"read here, not by bw2io: {len(total['bw2io'])}; not by olca-schema: {len(total['olca'])}"
    )
    whole = max(1, total["processes"])
    print(f"imported: {total['imported'][0]}, with --allow-unmatched {total['imported'][1]} "
          f"({total['imported'][1] / whole:.1%}); files checked again: {len(total['checked'])}")  # fmt: skip
    print(f"of them empty: {total['empty']}; refused, and --without NAME opens it: {total['cured']}; "
          f"inventory files that are not sound: {len(total['unsound'])}")  # fmt: skip
    for file, code, what in total["unsound"][:10]:
        print(f"  {Path(file).name}, {code}: {what}")
    for codes, count in total["refused"].most_common(12):
        print(f"  refused {codes}: {count}, e.g. {total['samples'][codes]}")
    print(f"refusals without a cure: {len(total['no cure'])}", *total["no cure"][:3], sep="\n  ")
    print(
        f"reading the workbooks: bw2io {bw:.1f} s, import {own:.1f} s, ratio {own / max(bw, 1e-9):.2f}"
    )
    if given.json:
        given.json.write_text(json.dumps(total, indent=1, default=dict), encoding="utf-8")
    return 1 if total["different"] or total["unsound"] else 0


if __name__ == "__main__":
    sys.exit(main())
