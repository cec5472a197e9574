"""Bad spaces and tables of `batch` through the command; nothing that it reads is overwritten."""

import io
import os
import sys
import zipfile

import openpyxl
import pytest

from lca_cardato.words.error_codes import FOLDER

BASE = (FOLDER / "base.yaml").read_bytes()
HEAD = "schema: lca-cardato/space/1\nid: s\nbase: s.yaml\n"
GRID = HEAD + "grid: {route.carding.loss.value: [5 %, 6 %]}\n"
ELECTRICITY = "route.carding.electricity.value"


def space(text, out=("--out", "r.csv"), **files):
    return {"s.yaml": BASE, "space.yaml": text, **files}, ["batch", "space.yaml", *out], None


def table(content, options="", name="t.csv"):
    text = f"{HEAD}table: {{file: {name}{options}}}\n"
    return {"s.yaml": BASE, "space.yaml": text, name: content}, ["batch", "space.yaml"], None


def book(**parts):
    """A workbook with one sound sheet, and further parts."""
    stream = io.BytesIO()
    sheet = openpyxl.Workbook()
    sheet.active.append(["product.count"])
    sheet.active.append(["Nm 9"])
    sheet.save(stream)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


# name -> (case, code, file that is named, words)
CASES = {
    "semicolons": (table("product.count;note\nNm 8;a\n"), "E208", "t.csv", "separator: semicolon"),
    "ragged": (table("product.count\nNm 8,x\n"), "E209", "t.csv", "row 2 has more cells"),
    "head twice": (table("product.count,product.count\n1,2\n"), "E209", "t.csv", "head"),
    "no head": (table("product.count,,note\n1,2,3\n"), "E209", "t.csv", "column 2 has no head"),
    "unknown head": (table("prodct.count\nNm 8\n"), "E320", "t.csv", "did you mean 'product'"),
    "nothing": (table(""), "E321", "t.csv", "no head"),
    "a head alone": (table("product.count\n"), "E321", "t.csv", "no rows"),
    "open quote": (table('product.count\n"Nm 8\n'), "E322", "t.csv", "quotes"),
    "latin-1": (table("product.name\ncitt\u00e0\n".encode("latin-1")), "E207", "t.csv", "UTF-8"),
    "utf-16": (table("product.name\na\n".encode("utf-16")), "E207", "t.csv", "UTF-16"),
    "control character": (table("product.name\n\x1b[2J\n"), "E221", "t.csv", "U+001B"),
    "nul": (table("product.name\na\0b\n"), "E221", "t.csv", "U+0000"),
    "long cell": (table("product.name\n" + "x" * 1_000_000 + "\n"), "E210", "t.csv", "10000"),
    "many rows": (table("a\n" * 200_002), "E210", "t.csv", "200000"),
    "italian number": (
        table("route.carding.electricity.value\n1.5 kWh/kg\n", ", decimal: comma"),
        "E101", "t.csv", "1.234,5",
    ),
    "old excel": (table(b"\xd0\xcf\x11\xe0", name="t.xls"), "E207", "t.xls", "UTF-8"),
    "no workbook": (table("a,b\n", name="t.xlsx"), "E322", "t.xlsx", "workbook"),
    "macros": (
        table(book(**{"xl/vbaProject.bin": b"x"}), name="t.xlsx"), "E212", "t.xlsx", "macros",
    ),
    "bomb": (
        table(book(**{"xl/media/a.bin": bytes(150_000_000)}), name="t.xlsx"),
        "E211", "t.xlsx", "unpacks to",
    ),
    "path of a space": (
        space(HEAD + "grid: {route.carding.los.value: [5 %]}\n"), None, None, "E206 ",
    ),
    "part of a space": (
        space(HEAD + "grid: {rout.carding.loss: [5 %]}\n"), "E320", "space.yaml", "mean 'route'",
    ),
    "line of a blend": (
        space(HEAD + "grid: {blend.\u0660.share: [5 %]}\n"), "E320", "space.yaml", "no line called",
    ),
    "huge line number": (
        space(HEAD + f"grid: {{blend.{'9' * 150}.share: [5 %]}}\n"), "E320", "space.yaml", "line",
    ),
    "ends of a range": (
        space(HEAD + "grid: {route.carding.loss.value: {from: 9 %, to: 5 %, points: 3}}\n"),
        "E321", "space.yaml", "below",
    ),
    "too many points": (
        space(HEAD + "grid: {route.carding.loss.value: {from: 1 %, to: 5 %, points: 1e12}}\n"),
        "E321", "space.yaml", "20000000",
    ),
    "too many rows": (
        space(HEAD + "grid: {route.carding.loss.value: {from: 1 %, to: 5 %, points: 100000}, "
              f"{ELECTRICITY}: {{from: 0.1 kWh/kg, to: 0.5 kWh/kg, points: 100000}}}}\n"),
        "E321", "space.yaml", "1000000000",
    ),
    "seed": (
        space(HEAD + "sample: {points: 4, seed: -1, over: {route.carding.loss.value: "
              "{from: 1 %, to: 5 %}}}\n"),
        "E321", "space.yaml", "from 0",
    ),
    "step of a blend": (
        space(HEAD + "simplex: {step: 7 %, lines: [{line: wool}, {line: polyamide}]}\n"),
        "E301", "space.yaml", "no whole number of steps",
    ),
    "base elsewhere": (
        space(GRID.replace("base: s.yaml", "base: ../s.yaml")), "E214", "space.yaml", "`..`",
    ),
    "base is the space": (
        space(GRID.replace("base: s.yaml", "base: space.yaml")), "E215", "space.yaml", "scenario/1",
    ),
    "newer": (space(GRID.replace("space/1", "space/2")), "E218", "space.yaml", "newer lca-cardato"),
    "a list": (space("- a\n"), "E112", "space.yaml", "mapping"),
    "filter": (space(GRID, ["--filter", "climate_change < nan"]), "E323", "input", "a number"),
    "filter in italian": (
        space(GRID, ["--filter", "climate_change < 4,5"]), "E323", "input", "write 4.5",
    ),
    "filter of a column": (
        space(GRID, ["--filter", "climate_chnge < 4"]), "E323", "input", "'climate_change'",
    ),
    "filter that runs": (
        space(GRID, ["--filter", "__import__('os').system('id') < 3"]), "E323", "input", "write e.g.",
    ),
    "pareto": (space(GRID, ["--pareto", "cost,"]), "E323", "input", "no such column"),
    "row": (space(GRID, ["--row", "9"]), "E326", "input", "0 to 1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory, run_all, store):
    return run_all({name: case[0] for name, case in CASES.items()}, tmp_path_factory.mktemp("t"))


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name][1]])
def test_bad_table(results, problems, name):
    done, folder = results[name]
    (files, _, _), code, file, words = CASES[name]
    assert done.returncode == 3, done.stderr
    assert (file, code) in {(f, c) for f, _, _, c in problems(done)}, done.stderr
    assert words in done.stderr
    for named, line, column, _ in problems(done):
        assert named == "input" or file.endswith((".xls", ".xlsx")) or (
            line > 0 and column > 0
        ), done.stderr  # fmt: skip
    assert {path.name for path in folder.iterdir()} == set(files)


def test_a_bad_row_is_told_and_the_others_have_results(command, tmp_path, store):
    lines = ["0.42 kWh/kg", '"0,5 kWh/kg"', "0.43", "0.44 kWh/kg"]
    (files, *_) = table("\n".join([ELECTRICITY, *lines]) + "\n")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = command("batch", "space.yaml", "--out", "r.csv", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"row 3: E101 {ELECTRICITY}: decimal comma or thousands separator (typed: 0,5 kWh/kg); "
        "write 0.5 (decimal point, no separators)",
        f"row 4: E105 {ELECTRICITY}: the unit is missing (typed: 0.43); "
        "write for instance 0.43 kWh/kg",
    ]
    rows = (tmp_path / "r.csv").read_text("utf-8").splitlines()
    assert len(rows) == 5


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("out", ["t.csv", "link.csv"])
def test_a_table_is_never_overwritten_by_its_result(command, tmp_path, store, out, force):
    files, arguments, _ = table("route.carding.loss.value\n5 %\n")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    if hasattr(os, "symlink") and os.name == "posix":
        (tmp_path / "link.csv").symlink_to("t.csv")
    elif out == "link.csv":
        pytest.skip("symbolic links need rights here")
    done = command(*arguments, "--out", out, *force, cwd=tmp_path)
    assert (done.returncode, "E503" in done.stderr) == (5, True), done.stderr
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "route.carding.loss.value\n5 %\n"


def test_what_is_no_result_of_this_batch_stays(command, tmp_path, store):
    for name, content in space(GRID)[0].items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "r.csv").write_text("years of work\n", encoding="utf-8")
    run = ["batch", "space.yaml", "--out", "r.csv"]
    done = command(*run, cwd=tmp_path)
    assert (done.returncode, "E503" in done.stderr) == (5, True), done.stderr
    assert "--force" in done.stderr
    assert (tmp_path / "r.csv").read_text(encoding="utf-8") == "years of work\n"
    assert command(*run, "--force", cwd=tmp_path).returncode == 0
    first = (tmp_path / "r.csv").read_bytes()
    assert command(*run, cwd=tmp_path).returncode == 0  # its own result is made again
    assert (tmp_path / "r.csv").read_bytes() == first
    (tmp_path / "space.yaml").write_text(GRID.replace("6 %", "7 %"), encoding="utf-8")
    done = command(*run, cwd=tmp_path)
    assert (done.returncode, "E503" in done.stderr) == (5, True), done.stderr


def test_a_thousand_products_in_half_a_gigabyte(tmp_path, store):
    """A bad row among a thousand is listed; the others are calculated."""
    resource = pytest.importorskip("resource")
    import subprocess

    values = [f"{0.3 + row / 5000:.4f} kWh/kg" for row in range(999)] + ["5 kWh"]
    (files, *_) = table("\n".join([ELECTRICITY, *values]) + "\n")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = subprocess.run(
        [sys.executable, "-m", "lca_cardato", "batch", "space.yaml", "--out", "r.csv"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (512 << 20, 512 << 20)),
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith("row 1001: E106 ")
    assert len((tmp_path / "r.csv").read_text("utf-8").splitlines()) == 1001
