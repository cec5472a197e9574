"""Methods, mappings, balances, inventories and outputs that can't be, through the command."""

import os

import pytest

from lca_cardato.words.error_codes import FOLDER

BASE = (FOLDER / "base.yaml").read_bytes()
METHOD = """schema: lca-cardato/method/1
id: mine
name: mine
unit: kg
source: own
factors:
  - {flow: "Carbon dioxide, fossil", compartment: air, factor: 1}
"""
YEAR = """schema: lca-cardato/year/1
year: 2025
stock:
  recycled_post_consumer: {purchased: 1000 kg}
  virgin: {purchased: 1000 kg}
products:
  - {scenario: s.yaml, mass: 100 kg}
"""
OWN = "schema: lca-cardato/inventory/1\n"
DATASET = (
    OWN
    + """datasets:
  mine:
    name: {en: mine, it: mio}
    kind: unit_process
    product: {name: mine, unit: kg}
    geography: IT
    year: 2025
    inventoried_for: [climate_change]
    exchanges:
      - {EXCHANGE, class: assumed, reason: an example, year: 2025,
         geography: IT, uncertainty: {distribution: uniform, min: 0.1, max: 9}}
"""
)


def method(was="", new=""):
    text = METHOD.replace(was, new) if was else METHOD
    return {"s.yaml": BASE, "m.yaml": text}, ["assess", "s.yaml", "--method", "m.yaml"], None


def year(was, new):
    assert was in YEAR
    return {"s.yaml": BASE, "y.yaml": YEAR.replace(was, new)}, ["claims", "year", "y.yaml"], None


def own(text, **files):
    arguments = ["inventory", "check", "--inventories", "own"]
    return {"own/a.yaml": text, **files}, arguments, None


def exchange(text):
    return own(DATASET.replace("EXCHANGE", text))


def assess(*arguments, prepare=None, command="assess", **files):
    return {"s.yaml": BASE, **files}, [command, "s.yaml", *arguments], prepare


def pipe(name):
    def prepare(folder):
        (folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(folder / name)

    return prepare


def link(name, to):
    def prepare(folder):
        (folder / name).symlink_to(to)

    return prepare


DOCUMENT = BASE.replace(
    b"id: example", b"id: example\ndocuments:\n  tc: {kind: other, file: tc.pdf}"
)
# name -> (case, exit code, code, words)
CASES = {
    # methods
    "factor nan": (method("factor: 1", "factor: nan"), 3, "E102", "m.yaml:7:64"),
    "factor too large": (
        method("factor: 1", "factor: '= " + "*".join(["1e15"] * 22) + "'"), 3, "E109", "range",
    ),
    "factor by zero": (method("factor: 1", "factor: '= 1/0'"), 3, "E104", "zero"),
    "unknown flow": (method("fossil", "fosil"), 3, "E307", "'Carbon dioxide, fossil'"),
    "unknown compartment": (method("air", "sky"), 3, "E307", "compartments: air"),
    "name of an indicator": (method("id: mine", "id: climate_change"), 3, "E201", "always"),
    "newer method": (method("method/1", "method/2"), 3, "E218", "newer"),
    "no method": (method(METHOD, ""), 3, "E112", "m.yaml:1:1"),
    "method of no name": (assess("--method", "nope"), 3, "E307", "shipped: "),
    "pipe for a method": (assess("--method", "m.yaml", prepare=pipe("m.yaml")), 5, "E501", "pipe"),
    # backgrounds
    "mapping without background": (assess("--mapping", "m.yaml"), 3, "E316", "--background"),
    "background without project": (assess("--background", "x"), 3, "E215", "PROJECT/DATABASE"),
    "background elsewhere": (assess("--background", "../x/y"), 3, "E307", "no Brightway project"),
    # balances of a year
    "year newer": (year("year/1", "year/2"), 3, "E218", "newer"),
    "year with a comma": (year("1000 kg}\n  v", "'1.000,5 kg'}\n  v"), 3, "E101", "1000.5"),
    "year with less than nothing": (
        year("1000 kg}\n  v", "1000 kg, sold: 2000 kg}\n  v"), 3, "E310", "y.yaml:4:3",
    ),
    "year of another origin": (year("  virgin", "  vrigin"), 3, "E215", "did you mean 'virgin'"),
    "year out of the folder": (year("s.yaml", "../s.yaml"), 3, "E214", "y.yaml:7:16"),
    "year of itself": (year("s.yaml", "y.yaml"), 3, "E215", "'lca-cardato/scenario/1'"),
    "year without the scenario": (year("s.yaml", "q.yaml"), 5, "E501", "no such file"),
    # inventories
    "inventory newer": (own(OWN.replace("/1", "/2")), 3, "E218", "newer"),
    "inventory of nothing": (own(""), 3, "E112", "a.yaml:1:1"),
    "unknown table": (own(OWN + "datsets: {}\n"), 3, "E206", "did you mean 'datasets'"),
    "link to nothing": (
        exchange("input: electricity-it-mw, amount: 1, unit: kWh"), 3, "E307", "did you mean",
    ),
    "unit of a link": (
        exchange("input: electricity-it-mv, amount: 1, unit: kg"), 3, "E308", "kWh",
    ),
    "feeds on itself": (exchange("input: mine, amount: 1, unit: kg"), 3, "E304", "mine <- mine"),
    "gives more than it takes": (exchange("input: mine, amount: 2, unit: kg"), 3, "E304", "mine <- mine"),
    "pipe for an inventory": (
        ({}, ["inventory", "check", "--inventories", "own"], pipe("own/a.yaml")), 5, "E501", "pipe",
    ),
    "no folder": (assess("--inventories", "nope"), 5, "E501", "no such folder"),
    # documents and scenarios
    "link out of the folder": (
        ({"s.yaml": DOCUMENT}, ["validate", "s.yaml"], link("tc.pdf", "/etc/passwd")),
        3, "E214", "s.yaml:4:27",
    ),
    "loop of links": (
        ({"s.yaml": DOCUMENT}, ["validate", "s.yaml"], link("tc.pdf", "tc.pdf")), 3, "E214", "tc",
    ),
    "a folder": (({}, ["validate", "."], None), 5, "E501", "folder"),
    "a link to itself": (({}, ["validate", "l"], link("l", "l")), 5, "E501", "l: E501"),
    "nothing": (({}, ["validate", ""], None), 5, "E501", "folder"),
    "a long name": (({}, ["validate", "a" * 5000], None), 5, "E501", "too long"),
    # options
    "negative draws": (assess("--samples", "-1", command="uncertainty"), 3, "E326", "2 to 1000000"),
    "huge draws": (assess("--samples", "9" * 30, command="uncertainty"), 3, "E326", "1000000"),
    "negative seed": (assess("--seed", "-1", command="uncertainty"), 3, "E326", "0 or larger"),
    "odd points": (assess("--points", "3", command="sensitivity"), 3, "E326", "power of 2"),
    "one to compare": (assess(command="compare"), 3, "E326", "2 to 20"),
    "unknown indicator": (
        assess("--indicators", "clmate_change", command="uncertainty"), 3, "E307", "climate_change",
    ),
    "code with terminal codes": (({}, ["explain-error", "\x1b[2J"], None), 3, "E307", "errors.md"),
    # outputs
    "output on the input": (assess("--out", "s.yaml"), 5, "E503", "new folder"),
    "output below the input": (assess("--out", "s.yaml/run"), 5, "E502", "s.yaml/run"),
    "output with a long name": (assess("--out", "r" * 250), 5, "E502", "too long"),
    "report on the input": (assess("--report", "s.yaml", "--force"), 3, "E215", ".html"),
    "report on a folder": (
        assess("--report", "d.html", "--force", **{"d.html/x": ""}), 5, "E502", "d.html",
    ),
    "report in the run": (assess("--out", "run", "--report", "run/a.html"), 5, "E504", "beside"),
    "charts for the run": (assess("--out", "run", "--charts", "run"), 5, "E504", "beside"),
    "new on a file": (({"s.yaml": BASE}, ["new", "s.yaml"], None), 5, "E503", "another file\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory, run_all, store):
    return run_all({name: case[0] for name, case in CASES.items()}, tmp_path_factory.mktemp("f"))


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
@pytest.mark.parametrize("name", list(CASES))
def test_bad_file(results, problems, name):
    done, folder = results[name]
    (files, _, prepare), exit_code, code, words = CASES[name]
    found = problems(done)
    assert done.returncode == exit_code, (done.stdout, done.stderr)
    assert code in {item[-1] for item in found}, done.stderr
    assert words in done.stderr
    left = {path.name for path in folder.iterdir()}
    assert prepare is not None or left == {name.split("/")[0] for name in files}
    for file, content in files.items():
        stored = (folder / file).read_bytes()
        assert stored == (content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("options", [["--lang", "xx"], ["--samples", "many"], ["--nonsense"]])
def test_a_wrong_command_line(command, tmp_path, options):
    done = command("uncertainty", "s.yaml", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and options[0] in done.stderr


def test_a_report_that_is_named_twice_is_written_once(command, tmp_path, store):
    (tmp_path / "s.yaml").write_bytes(BASE)
    done = command("assess", "s.yaml", "--report", "a.json", "--report", "a.json", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count("a.json: written") == 1
