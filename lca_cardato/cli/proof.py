"""Proof: `verify`, `reproduce`, `explain`, `diff` of run folders."""

from __future__ import annotations

import contextlib
import sys
from getpass import getpass
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import console, installing, leave, show_first
from lca_cardato.cli.options import (
    AcceptDataOption,
    ForceOption,
    Lang,
    LangOption,
    RunFolder,
    argument,
    option,
    unpacked,
)
from lca_cardato.errors import EXIT_INTEGRITY, CardatoError, InputError, shorten
from lca_cardato.sentence import say
from lca_cardato.words.language import Language
from lca_cardato.words.said import Said, one_line
from lca_cardato.words.told import tell

if TYPE_CHECKING:
    from lca_cardato.audit.checks import Check

SHOWN = 20
"""Rows of a list that are shown."""


@unpacked("run")
def verify(
    run: Annotated[
        Optional[Path],
        argument("[RUN]", "Folder that `assess --out` wrote, or its .zip.", complete.runs),
    ] = None,
    key: Annotated[
        Optional[Path],
        option("--key", "Public key (PEM): the run must be signed with it.", metavar="FILE"),
    ] = None,
    envelope: Annotated[
        Optional[Path],
        option("--envelope", "Envelope of the signature; else RUN.dsse.json.", metavar="FILE"),
    ] = None,
    digest: Annotated[
        Optional[str],
        option("--digest", "Digest on a sheet or in its code: the result must be that one."),
    ] = None,
    chain: Annotated[
        Optional[Path],
        option(
            "--chain", "Folder with the lot sheets of many firms, in place of a run.", metavar="DIR"
        ),
    ] = None,
    keys: Annotated[
        Optional[Path],
        option("--keys", "With --chain: folder of trusted keys; else `keys` in it.", metavar="DIR"),
    ] = None,
    accept_data: AcceptDataOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Check a run folder without calculating: digests, sums, shipped data, a signature, a sheet."""
    if run is None or chain is not None:
        _verify_chain(run, chain, keys, Language(lang.value))
        return
    from lca_cardato.audit.verify import HERE, verify_run
    from lca_cardato.report.folder import pages

    words = Language(lang.value)
    checks = verify_run(run, accept_data, pages)
    _show_told(run, words)
    _show_checks(checks, words)
    bad = {check.name for check in checks if check.problems}
    if not bad - {*HERE}:
        _show_run(run, words)
    if digest is not None and not _is_result(run, digest):
        print(f"[x] {words('verify_digest_other', digest=shorten(digest, 100))}")
        leave(EXIT_INTEGRITY)
    if digest is not None:
        print(f"[+] {words('verify_digest')}")
    if key is not None:
        from lca_cardato.audit.sign import check_signature

        name, count = check_signature(run, key, envelope)
        print(f"[+] {words('verify_signed', count=str(count), key=name)}")
    if not bad:
        print(words("verify_accepted" if _accepted(checks) else "verify_sound"))
        return
    print(words("verify_unsound" if bad - {*HERE} else "verify_other"))
    leave(EXIT_INTEGRITY)


def _verify_chain(
    run: Optional[Path], chain: Optional[Path], keys: Optional[Path], words: Language
) -> None:
    """Examine the lot sheets of a folder."""
    if chain is None or run is not None:
        raise InputError.one(
            "E213", say("name either a run folder, or a folder of lot sheets by --chain"), key="RUN"
        )
    from lca_cardato.audit.chain import verify_chain

    checks = verify_chain(chain, keys)
    _show_checks(checks, words)
    bad = any(check.problems for check in checks)
    print(words("chain_unsound" if bad else "chain_sound"))
    if bad:
        leave(EXIT_INTEGRITY)


def _show_run(run: Path, words: Language) -> None:
    """Name product, company and result of a run that was not changed."""
    from lca_cardato.audit.read import parse, read_file, shaped
    from lca_cardato.files.atomic import sha256
    from lca_cardato.report.screens.run import run_lines

    data = read_file(run, "result.json")
    with shaped(run):
        for line in run_lines(parse(data), sha256(data), words):
            print(line)


def _is_result(run: Path, digest: str) -> bool:
    """Whether a digest, or the name of a result that ends with it, is that of a run."""
    from lca_cardato.audit.read import read_file
    from lca_cardato.files.atomic import sha256

    wanted = digest.strip().rpartition(":")[2].lower()
    return sha256(read_file(run, "result.json")) == wanted


def attest(
    run: RunFolder,
    key: Annotated[Path, option("--key", "Private key (PEM, PKCS 8).", metavar="FILE")],
    out: Annotated[
        Optional[Path], option("--out", "Envelope to write; else RUN.dsse.json.", metavar="FILE")
    ] = None,
    force: ForceOption = False,
    accept_data: AcceptDataOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Sign a run that verifies: an in-toto statement in a DSSE envelope beside the folder."""
    from lca_cardato.audit.sign import attest as signed
    from lca_cardato.report.folder import pages

    words = Language(lang.value)
    ask = (lambda: getpass(words("ask_password"))) if sys.stdin.isatty() else None
    path, name, count = signed(run, key, out, accept_data, force, ask, pages)
    print(f"{path}: {words('attested', count=str(count), key=name)}")


@unpacked("run")
def reproduce(
    run: RunFolder, accept_data: AcceptDataOption = False, lang: LangOption = Lang.en
) -> None:
    """Calculate a run again from its own copies and compare; exit 6 when it differs."""
    from lca_cardato.audit.reproduce import reproduce_run
    from lca_cardato.audit.verify import HERE
    from lca_cardato.report.folder import pages

    words = Language(lang.value)
    with installing() as progress:
        outcome = reproduce_run(run, progress, accept_data, pages)
    checks = outcome.checks
    _show_told(run, words)
    _show_checks([check for check in checks if check.problems or check.notes], words)
    if outcome.added:
        count, path = str(len(outcome.added)), shorten(outcome.added[0].path, 300)
        print(words("reproduced_added", count=count, path=path))
    if outcome.identical:
        print(words("reproduced_bytes" if outcome.bytes_equal else "reproduced"))
        return
    if not outcome.differences:
        bad = {check.name for check in checks if check.problems}
        print(words("reproduced_not" if bad - {*HERE} else "verify_other"))
        leave(EXIT_INTEGRITY)
    from lca_cardato.report.screens.changes import value_told

    first = outcome.differences[0]
    print(
        words(
            "differs",
            path=shorten(first.path, 300),
            before=value_told(first.before, words),
            now=value_told(first.now, words),
        )
    )
    if first.relative is not None:
        print(words("differs_relative", value=f"{first.relative:.3g}"))
    print(words("differs_count", count=str(len(outcome.differences))))
    key = f"cause_{outcome.cause}"
    print(words(key if key in words else "cause_unknown"))
    leave(EXIT_INTEGRITY)


def _show_told(run: Path, words: Language) -> None:
    """Print what a run tells before its figures; of one that can't be read, the checks tell."""
    from lca_cardato.audit.diff import notices_of

    with contextlib.suppress(CardatoError):
        show_first(notices_of(run), words)


def _show_checks(checks: list[Check], words: Language) -> None:
    for check in checks:
        mark = "x" if check.problems else "-" if check.name == "stated" else "+"
        print(f"[{mark}] {words(f'verify_{check.name}', count=str(check.count))}")
        for texts in (check.problems, check.notes):
            for text in texts[:SHOWN]:
                print(f"      {shorten(tell(text, words.lang), 300)}")
            if len(texts) > SHOWN:
                print(f"      {words('and_more', count=len(texts) - SHOWN)}")


def _accepted(checks: list[Check]) -> bool:
    return any(check.accepted for check in checks)


@unpacked("run")
def explain(
    run: RunFolder,
    indicator: Annotated[
        str,
        argument(
            "[INDICATOR]",
            "Indicator, by its id or its name in either language.",
            complete.indicators,
        ),
    ] = "climate_change",
    step: Annotated[
        Optional[str], option("--step", "This step alone, by its id or name.", complete.steps)
    ] = None,
    lang: LangOption = Lang.en,
) -> None:
    """Print the arithmetic behind a figure, down to file, line and source."""
    from lca_cardato.audit.read import shaped

    _warn(run, lang.value)
    with shaped(run):
        _explain(run, indicator, step, lang.value)


@unpacked("first", "second")
def diff(
    first: RunFolder,
    second: Annotated[Path, argument("RUN", "The other run folder, or its .zip.", complete.runs)],
    lang: LangOption = Lang.en,
) -> None:
    """Show what changed between two runs: inputs, data, method, results, verdicts."""
    from lca_cardato.audit.diff import diff_runs, notices_of
    from lca_cardato.report.formats.terminal import show
    from lca_cardato.report.parts import Block, Text
    from lca_cardato.report.screens.changes import changed
    from lca_cardato.report.tables.notices import of_several

    words = Language(lang.value)
    for folder in (first, second):
        _warn(folder, lang.value)
    found = diff_runs(first, second)
    told = [(one_line(str(run)), notices_of(run)) for run in (first, second)]
    basis = found["basis"]
    values = "; ".join(f"{row.path}: {row.before} / {row.now}" for row in basis)
    first_told: list[Block] = [Text(words("diff_not_comparable"), "alert")] if basis else []
    first_told += [Text(values, "notice")] if basis else []
    show([*first_told, *of_several(told, words)], words, console())
    for part, rows in found.items():
        if not rows:
            print(words("diff_same", part=words(f"diff_{part}")))
            continue
        if basis and part == "results":
            print(f"{words('diff_results')}: {words('diff_not_compared', values=values)}")
            continue
        print(f"{words(f'diff_{part}')}: {len(rows)}")
        for row in rows[:SHOWN]:
            print(f"  {changed(row, part, words)}")
        if len(rows) > SHOWN:
            print(f"  {words('and_more', count=len(rows) - SHOWN)}")


def _warn(run: Path, lang: str) -> None:
    """Refuse a run that was changed; say on standard error when it rests on other data."""
    from lca_cardato.audit.verify import require_sound

    other = require_sound(run)
    if other:
        told = Language(lang)("other_here", count=str(len(other)), run=str(run))
        print(told, file=sys.stderr)


def _explain(run: Path, indicator: str, step: Optional[str], lang: str) -> None:
    from lca_cardato.audit.diff import notices_of
    from lca_cardato.audit.read import read_json
    from lca_cardato.report.formats.terminal import show
    from lca_cardato.report.parts import Cell, Column, Table, Text
    from lca_cardato.results.contributions import explained, of_step
    from lca_cardato.words.units import unit_name

    words = Language(lang)
    result = read_json(run, "result.json")
    show_first(notices_of(run), words)
    item, rows = explained(
        result, read_json(run, "contributions.json"),
        read_json(run, "resolved.json"), indicator,
    )  # fmt: skip
    indicator = item["id"]
    if step is not None:
        from lca_cardato.inventory.load import load_inventory

        steps = load_inventory().steps
        rows = of_step(rows, step, {k: [v.name.en, v.name.it] for k, v in steps.items()})
    rules = {
        figure["key"]: figure["rule"]
        for reading in result.get("readings", [])
        for figure in reading["figures"]
    }
    keys = ("c_step", "c_input", "x_made", "x_per_kg", "c_amount", "x_score", "c_value")
    notes: list[str] = []
    cells = []
    shown = [row for row in rows if abs(row["value"]) >= 1e-3 * abs(item["value"])]
    for row in shown:
        mark = ""
        if row["figure"]:
            note = _note(len(notes) + 1, row["figure"], words)
            rule = rules.get(row["figure"]["key"])
            notes.append(f"{note}: {one_line(rule)}" if rule else note)
            mark = f" [{len(notes)}]"
        numbers = (
            f"{row['made_kg']:.6g}", f"{row['per_kg']:.6g}{mark}",
            f"{row['amount']:.6g} {row['unit']}", f"{row['score']:.6g}", f"{row['value']:.6g}",
        )  # fmt: skip
        cells.append([row["step_name"], row["name"], *map(words.decimal, numbers)])
    rest = fsum(row["value"] for row in rows[len(shown) :])
    screen = console()
    whole = words.decimal(f"{item['value']:.9g}")
    screen.print(
        f"{item.get('name') or words(indicator).strip()}: {whole} {unit_name(words, item['unit'])}"
    )
    columns = [Column(words(key), left=place < 2) for place, key in enumerate(keys)]
    table = Table("", "", columns, [[Cell(text) for text in row] for row in cells])
    count, told = str(len(rows) - len(shown)), words.decimal(f"{rest:.6g}")
    whole = words.decimal(f"{fsum(row['value'] for row in rows):.9g}")
    below = [words("x_rest", count=count, value=told), words("x_sum", value=whole), *notes]
    show([table, *map(Text, [*below, words("x_show")])], words, screen)


def _note(number: int, value: dict[str, Any], words: Language) -> str:
    where = f"{value['file']}:{value['line']}" if value["line"] else value["file"]
    from lca_cardato.words.units import unit_name

    amount = words.decimal(f"{value['value']:.6g}")
    parts = [f"{value['key']} = {amount} {unit_name(words, value['unit'])}", words(value["class"])]
    for name in ("typed", "source", "at", "document", "period"):
        if value.get(name):
            text = str(value[name])
            parts.append(words.quote(text) if name == "typed" else one_line(text))
    if value.get("reason"):
        scenario = value.get("origin") == "scenario"
        text = Said(value["reason"]) if scenario else one_line(value["reason"])
        parts.append(words("said_reason", text=text) if scenario else text)
    return f"[{number}] {', '.join(parts)} ({where})"
