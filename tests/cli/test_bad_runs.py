"""Run folders that somebody changed or made up, handed to every command that reads them."""

import json
import os
import shutil

import pytest

from lca_cardato.audit.files import sums_text
from lca_cardato.files.runs import SUMS
from lca_cardato.words.error_codes import FOLDER


@pytest.fixture(scope="module")
def sound(command, tmp_path_factory, store):
    folder = tmp_path_factory.mktemp("sound")
    shutil.copy(FOLDER / "base.yaml", folder / "s.yaml")
    done = command("assess", "s.yaml", "--out", "run", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "run"


def text(name, content):
    def change(run):
        (run / name).write_text(content, encoding="utf-8")

    return change


def edit(name, alter):
    def change(run):
        document = json.loads((run / name).read_text(encoding="utf-8"))
        alter(document)
        (run / name).write_text(json.dumps(document), encoding="utf-8")

    return change


def gone(name):
    def change(run):
        shutil.rmtree(run / name) if (run / name).is_dir() else (run / name).unlink()

    return change


def pipe(name):
    def change(run):
        (run / name).unlink(missing_ok=True)
        os.mkfifo(run / name)

    return change


def link(name, to):
    def change(run):
        (run / name).symlink_to(to)

    return change


def huge(name):
    def change(run):
        with open(run / name, "r+b" if (run / name).exists() else "wb") as file:
            file.truncate(200_000_000_000)  # a hole, no bytes on the disk

    return change


def resigned(*changes):
    """Changes after which the digests are made anew, as somebody would who hides them."""

    def change(run):
        for one in changes:
            one(run)
        try:
            manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
            from lca_cardato.files.atomic import sha256

            for name in manifest["outputs"]:
                manifest["outputs"][name] = sha256((run / name).read_bytes())
            (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        except (ValueError, LookupError, TypeError, OSError):
            pass
        files = [path for path in run.rglob("*") if path.is_file() and path.name != SUMS]
        present = {path.relative_to(run).as_posix(): path.read_bytes() for path in files}
        (run / SUMS).write_bytes(sums_text(present))

    return change


def nan(document):
    document["indicators"]["climate_change"]["value"] = float("nan")


def observed(value):
    def alter(document):
        for row in document["rows"]:
            row["observed"] = dict.fromkeys(row["observed"], value)

    return edit("claims.json", alter)


def weightless(document):
    for fibre in document["fibres"]:
        fibre["mass"] = dict.fromkeys(fibre["mass"], "0")


VERIFY, DIFF = ["verify", "run"], ["diff", "run", "run"]
DEEP = "[" * 100_000
# name -> (change, arguments, exit code, words)
CASES = {
    "a changed result": (text("result.json", "{}"), VERIFY, 6, "result.json: its content"),
    "changed claims": (text("claims.json", "{}"), VERIFY, 6, "claims.json: its content"),
    "nothing there": (shutil.rmtree, VERIFY, 5, "E501"),
    "no manifest": (gone("manifest.json"), VERIFY, 6, "manifest.json: missing"),
    "no rules": (resigned(gone("inputs/rules")), ["reproduce", "run"], 6, "E602"),
    "another language": (
        resigned(edit("manifest.json", lambda d: d["options"].update(lang="xx"))),
        ["report", "run", "a.html"], 6, "E606",
    ),
    "not a number": (resigned(edit("result.json", nan)), VERIFY, 6, "NaN is no number"),
    "an infinite number": (
        resigned(text("result.json", '{"indicators": 1e999}')), VERIFY, 6, "1e999 is no number",
    ),
    "a huge exponent": (resigned(observed("1e999999999")), VERIFY, 6, "not an exact number"),
    "a division by zero": (resigned(observed("1/0")), VERIFY, 6, "shape"),
    "fibres without mass": (resigned(edit("claims.json", weightless)), VERIFY, 6, "shape"),
    "a huge whole number": (
        resigned(edit("contributions.json", lambda d: d["rows"][0].update(made_kg=10**400))),
        VERIFY, 6, "shape",
    ),
    "no draws in what is shown": (
        resigned(edit("shown.json", lambda d: d.update(uncertainty={"samples": 1}))),
        ["report", "run", "a.html"], 6, "E606",
    ),
    "a word for a number": (
        resigned(edit("shown.json", lambda d: d["tornado"][0].update(low="x"))),
        ["report", "run", "a.html"], 6, "E606",
    ),
    "terminal codes": (
        resigned(edit("manifest.json", lambda d: d.update(tool="\x1b[2J"))), DIFF, 6, "E606",
    ),
    "terminal codes of a file": (
        text("a\x1b[2J", ""), VERIFY, 6, "[2J: not listed",
    ),
    "a link out": (resigned(link("x", "/etc/passwd")), VERIFY, 6, "x: a link"),
    "a link to nothing": (link("x", "nowhere"), VERIFY, 6, "x: not listed"),
    "a loop of links": (link("x", "."), VERIFY, 6, "x: not listed"),
    "a pipe": (pipe("x"), VERIFY, 6, "x: not listed"),
    "a pipe for the result": (pipe("result.json"), VERIFY, 6, "named pipe"),
    "a pipe for the sums": (pipe(SUMS), VERIFY, 5, "E501"),
    "a huge file": (huge("result.json"), VERIFY, 6, "200000000 are read"),
    "a huge foreign file": (huge("x"), VERIFY, 6, "x: not listed"),
    "a report in it": (text("x", ""), ["report", "run", "run/a.html"], 5, "E504"),
    "charts in it": (text("x", ""), ["report", "run", "a.html", "--charts", "run/c"], 5, "E504"),
}  # fmt: skip
WHOLE = [["verify", "run"], ["reproduce", "run"], ["report", "run", "a.html"], DIFF]
for label, broken in {
    "a list": text("manifest.json", "[]"),
    "no object": text("result.json", "null"),
    "deep": text("result.json", DEEP),
    "another encoding": lambda run: (run / "result.json").write_bytes(b"\xff\xfe{}"),
}.items():
    for arguments in [*WHOLE, ["explain", "run"]]:
        code = 5 if arguments[0] == "reproduce" else 6
        short = label in ("no object", "another encoding") and arguments[0] not in (
            "verify",
            "diff",
        )
        if not short and not (label == "a list" and arguments[0] == "explain"):
            words = "can't be read"
            CASES[f"{label} for {arguments[0]}"] = (resigned(broken), arguments, code, words)
for arguments in WHOLE[1:]:
    CASES[f"empty manifest for {arguments[0]}"] = (
        resigned(text("manifest.json", "{}")), arguments, 6, "E607",
    )  # fmt: skip
CASES["empty result for explain"] = (resigned(text("result.json", "{}")), ["explain", "run"], 6, "E606")  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory, run_all, sound):
    def made(change):
        def prepare(folder):
            shutil.copytree(sound, folder / "run")
            change(folder / "run")

        return prepare

    cases = {name: ({}, arguments, made(change)) for name, (change, arguments, *_) in CASES.items()}
    return run_all(cases, tmp_path_factory.mktemp("runs"))


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
@pytest.mark.parametrize("name", list(CASES))
def test_bad_run(results, problems, name):
    done, folder = results[name]
    _, _, code, words = CASES[name]
    told = problems(done)
    assert done.returncode == code, (done.stdout, done.stderr)
    assert words in done.stdout + done.stderr, (done.stdout, done.stderr)
    assert (code == 6 and not told) or len(told) == 1
    assert all(line.isprintable() for line in done.stdout.splitlines())
    assert {path.name for path in folder.iterdir()} <= {"run"}
