"""Forged run folders: contents and every digest changed together, through the command."""

import json
import random
import re
import shutil
from fractions import Fraction

import pytest
from audit.forging import content, edit, lists, read, resign, write
from conftest import ROOT

from lca_cardato.audit import reproduce
from lca_cardato.audit.compare import compare
from lca_cardato.audit.layout import FIRST_FORMAT, FORMAT, RESULTS, SECOND_FORMAT
from lca_cardato.audit.run import run_files
from lca_cardato.audit.verify import verify_run
from lca_cardato.claims.packs_model import load_packs, packs_folder, shipped_packs
from lca_cardato.doctor.condition import condition
from lca_cardato.files.atomic import write_folder
from lca_cardato.inventory.load import inventory_root, load_inventory
from lca_cardato.results.csv_tables import json_text
from lca_cardato.results.versions import BEFORE, SCHEMA, SECOND, THIRD, in_version
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess_loaded

NAME = "recycled-wool-70"
SCENARIO = ROOT / "scenarios" / f"{NAME}.yaml"


@pytest.fixture(scope="module")
def honest(assessed):
    return run_files(assessed(NAME), SCENARIO, "en", condition=condition())


@pytest.fixture
def run(honest, tmp_path):
    write_folder(tmp_path / "run", honest)
    return tmp_path / "run"


def table(run, name, old, new):
    path = run / "tables" / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def halve(rows, *names):
    for row in rows:
        row.update({name: row[name] / 2 for name in names})


def all_values(document):
    """Halve every figure of a result that follows from scores."""
    halve(document["indicators"].values(), "value", "per_kg")
    for item in document["indicators"].values():
        halve([item["by_stage"]], *item["by_stage"])
    reference = document["reference"]
    for other in (reference, *reference["alternatives"]):
        halve(other["indicators"].values(), "value")
    halve([row for rows in document["contributors"].values() for row in rows], "value")
    halve([document["electricity"]["climate_change"]], "market_based", "location_based")


def halved(run):
    """Every figure of the result and of its arithmetic, so that all its sums hold."""

    def result(document):
        all_values(document)
        halve([row for rows in document["contributors"].values() for row in rows], "amount")
        halve([document["final_energy"]], *document["final_energy"])

    edit(run, "contributions.json", lambda d: halve(d["rows"], "made_kg", "amount"))
    in_result(run, result)


def halved_scores(run):
    """The same by the scores per unit of the inputs, which need a calculation."""

    def arithmetic(document):
        for scores in document["unit_scores"].values():
            halve([scores], *scores)

    edit(run, "contributions.json", arithmetic)
    in_result(run, all_values)


def halved_figure(run, *, exact=True):
    """The electricity of a step wherever it stands, but in the copy of the scenario."""
    key = "yarn/carding.electricity"

    def values(document):
        row = next(row for row in document["values"] if row["key"] == key)
        row["value"] /= 2
        if exact:
            row["exact"] = str(Fraction(row["exact"]) / 2)

    def result(document):
        next(row for row in document["parameters"] if row["key"] == key)["value"] /= 2

    edit(run, "resolved.json", values)
    edit(run, "result.json", result)
    again_tables(run)


def in_result(run, change):
    edit(run, "result.json", change)
    again_tables(run)


def halved_masses(run):
    """Every mass of the product, of the steps, and of the amounts that are taken."""
    names = ("in", "out", "waste", "rework")

    def result(document):
        for row in document["mass_balance"]["steps"]:
            row.update({name: row[name] / 2 for name in names})
        for name in ("waste", "rework"):
            document["mass_balance"][name] /= 2

    halved(run)
    in_result(run, result)


def paper(run, **said):
    edit(run, "claims.json", lambda d: d["documents"][0].update(said))


def again_tables(run):
    from lca_cardato.audit.run import table_files
    from lca_cardato.results.csv_tables import tables

    document = read(run, "result.json")
    for name, data in table_files(document["scenario"]["id"], tables(document)).items():
        (run / name).write_bytes(data)


def manifest(run, change):
    edit(run, "manifest.json", change)


FORGED = {
    "tables: all claims meet": (
        lambda run: table(run, "claims.csv", "not_proven", "meets"), (), "tables/claims.csv: row"
    ),
    "tables: a column more": (
        lambda run: (run / "tables/stages.csv").write_text("x,y\n1,2\n", "utf-8"), (), "no column"
    ),
    "attestation: wrong subjects": (
        lambda run: edit(run, "attestation.json", lambda d: d["subject"][0]["digest"].update(sha256="0" * 64)),
        ("attestation.json",), "attestation.json: subject[claims.json].digest.sha256",
    ),
    "manifest: another version": (
        lambda run: manifest(run, lambda d: d["tool"].update(version="9.9.9")), (), "tool.version"
    ),
    "manifest: another digest of the program": (
        lambda run: manifest(run, lambda d: d["tool"].update(sha256="0" * 64)), (), "this is 0.1.0"
    ),
    "manifest: another run id": (
        lambda run: manifest(run, lambda d: d.update(id="0" * 16)), ("manifest.json",), "manifest.json: id"
    ),
    "another date": (
        lambda run: edit(run, "run.json", lambda d: d.update(written="2024-01-01T00:00:00+00:00")),
        (), "datePublished",
    ),
    "a date to come": (
        lambda run: edit(run, "run.json", lambda d: d.update(written="2999-01-01T00:00:00+00:00")),
        (), "future",
    ),
    "a rule pack is missing": (
        lambda run: (run / "inputs/rules/cardato-2016-published.yaml").unlink(), (), "rules: cardato"
    ),
    "an inventory is missing": (
        lambda run: (run / "inputs/inventories/shipped/water-waste/water.yaml").unlink(), (), "inventories:"
    ),
    "a table is missing": (lambda run: (run / "tables/claims.csv").unlink(), (), "claims.csv: missing"),
    "the draws are missing": (lambda run: (run / "shown.json").unlink(), (), "shown.json"),
    "the ledger is missing": (lambda run: (run / "claims.json").unlink(), (), "claims.json"),
    "a file more": (lambda run: (run / "note.txt").write_text("x", "utf-8"), (), "note.txt"),
    "a table more": (lambda run: (run / "tables/x.csv").write_text("x", "utf-8"), (), "tables/x.csv"),
    "an input more": (lambda run: (run / "inputs/x.yaml").write_text("x", "utf-8"), (), "inputs/x.yaml"),
    "a link": (lambda run: (run / "link.json").symlink_to("result.json"), (), "link.json"),
    "an inventory of the shipped layer": (
        lambda run: change_text(run / "inputs/inventories/shipped/water-waste/water.yaml", "0.55", "0.05"),
        (), "0.05 in the run, 0.55 here",
    ),
    "a municipality": (
        lambda run: change_text(
            run / "inputs/inventories/shipped/reference/places.yaml", 'district: "no"', 'district: "yes"'
        ), (), "municipalities/",
    ),
    "a comment of the shipped layer": (
        lambda run: append(run / "inputs/inventories/shipped/water-waste/water.yaml", "# changed\n"),
        (), "comments or layout",
    ),
    "figures halved with their sums": (halved, (), "kg made is not what leaves the step"),
    "masses halved": (halved_masses, (), "what leaves the last step is not the product"),
    "a figure halved": (halved_figure, (), "yarn/carding.electricity: exact: not what inputs/"),
    "a value beside its exact number": (
        lambda run: halved_figure(run, exact=False), (), "value: not the exact number beside it"
    ),
    "a reference": (
        lambda run: in_result(
            run, lambda d: d["reference"]["indicators"]["climate_change"].update(value=99.0)
        ), (), "the difference does not follow",
    ),
    "an alternative of the reference": (
        lambda run: in_result(
            run, lambda d: d["reference"]["alternatives"][0]["indicators"]["energy"].update(value=9.0)
        ), (), "alternatives[0]: energy",
    ),
    "a value per kg": (
        lambda run: in_result(run, lambda d: d["indicators"]["energy"].update(per_kg=1.0)), (), "per kg"
    ),
    "a contributor": (
        lambda run: in_result(
            run, lambda d: d["contributors"]["climate_change"][0].update(value=0.1, share=0.1)
        ), (), "contributors: climate_change",
    ),
    "an observed percentage": (
        lambda run: in_result(
            run, lambda d: d["claims"][1]["criteria"][0]["observed"]["R-65-PRODUCT/dry"].update(percent=90.0)
        ), (), "the percentage is not the fraction",
    ),
    "electricity from the contract": (
        lambda run: in_result(
            run, lambda d: d["electricity"]["climate_change"].update(market_based=0.1)
        ), (), "market_based",
    ),
    "final energy": (
        lambda run: in_result(run, lambda d: d["final_energy"].update(electricity=0.1)), (), "final_energy"
    ),
    "the product's name": (
        lambda run: in_result(run, lambda d: d["product"].update(name="Another")), (), "product.name"
    ),
    "another company": (
        lambda run: in_result(run, lambda d: d["company"].update(name="Another")), (), "company.name"
    ),
    "another contractor": (
        lambda run: in_result(run, lambda d: d["contractors"][0].update(name="Another")),
        (), "contractors: Another",
    ),
    "a contractor elsewhere": (
        lambda run: in_result(run, lambda d: d["contractors"][0].update(municipality="Biella")),
        (), "contractors: sorting: not what",
    ),
    "a contractor is hidden": (
        lambda run: in_result(run, lambda d: d["contractors"].pop()), (), "dyeing-stock: missing"
    ),
    "another lot": (
        lambda run: in_result(run, lambda d: d["lots"][0].update(lot="X-1")), (), "result.json: lots"
    ),
    "another year": (
        lambda run: in_result(run, lambda d: d["traceability"].update(year=2024)), (), "traceability"
    ),
    "a document is hidden": (
        lambda run: in_result(run, lambda d: d["documents"].pop()), (), "result.json: documents"
    ),
    "a document's issuer": (lambda run: paper(run, issuer="TÜV"), (), "issuer: not what inputs/"),
    "a document's mass": (lambda run: paper(run, mass_kg="84000"), (), "mass_kg: not what inputs/"),
    "a document's kind": (lambda run: paper(run, kind="declaration"), (), "kind: not what inputs/"),
    "a document more": (
        lambda run: edit(
            run, "claims.json",
            lambda d: d["documents"].append({**d["documents"][0], "id": "other", "file": ""}),
        ), (), "not in both ledger and inputs/",
    ),
    "a fibre's lot": (
        lambda run: edit(run, "claims.json", lambda d: d["fibres"][0].update(lot="LR-2025-999")),
        (), "lot and document are those of no line",
    ),
    "a threshold": (
        lambda run: change_text(
            run / "inputs/rules/cardato-recycled-2014-published.yaml", "threshold: 65 %", "threshold: 20 %"
        ), (), "20 % in the run, 65 % here",
    ),
}  # fmt: skip


def change_text(path, old, new):
    text = path.read_text("utf-8")
    assert old in text, f"{path} holds no {old}"
    path.write_text(text.replace(old, new), "utf-8")


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize("kind", FORGED)
def test_verify_finds_it_and_nothing_is_shown(run, command, kind, tmp_path):
    forge, kept, word = FORGED[kind]
    forge(run)
    resign(run, *kept)
    done = command("verify", run)
    assert done.returncode == 6 and word in done.stdout, done.stdout
    if "data: x" not in done.stdout:
        done = command("report", run, tmp_path / "r.html")
        assert done.returncode == 6 and not (tmp_path / "r.html").exists()


@pytest.mark.parametrize(
    "name",
    ["note.txt", ".approved", "résult.json", "inputs/x.txt", "inputs/rules/more/x.yaml",
     "inputs/rules/x.yml", "inputs/methods/x.txt", "inputs/documents/more.pdf",
     "inputs/inventories/shipped/x.yml", "inputs/inventories/else/x.yaml"],
)  # fmt: skip
def test_a_file_more_is_told_though_everything_lists_it(run, command, name):
    (run / name).parent.mkdir(parents=True, exist_ok=True)
    (run / name).write_text("id: x\n", "utf-8")
    lists(run)
    for words in ("verify", "reproduce"):
        done = command(words, run)
        assert done.returncode == 6 and f"{name}: no file of a run" in done.stdout + done.stderr


def test_an_empty_folder_is_told(run, command):
    (run / "signed by the auditor").mkdir()
    done = command("verify", run)
    assert done.returncode == 6 and "signed by the auditor: an empty folder" in done.stdout


@pytest.mark.parametrize("text", ["{}", "[1", '{"id": "own", "factors": {}}', '{"id": ["x"]}'])
def test_a_method_of_another_shape_is_told_by_reproduce(run, command, text):
    (run / "inputs/methods").mkdir()
    (run / "inputs/methods/x.json").write_text(text, "utf-8")
    lists(run)
    done = command("reproduce", run)
    assert done.returncode == 6 and "E604" in done.stderr, done


def test_a_result_of_an_older_version_hides_nothing(run, command):
    """Results of version 1 had no notices and no list for the verifier."""
    assert [*RESULTS[FORMAT]] == [SCHEMA] and [*RESULTS[SECOND_FORMAT]] == [SECOND, THIRD]
    assert BEFORE in RESULTS[FIRST_FORMAT]

    def older(document):
        document["schema"] = BEFORE
        for name in ("notices", "verifier"):
            del document[name]
        if document["reference"]:
            document["reference"].pop("alternatives", None)

    edit(run, "result.json", older)
    again_tables(run)
    lists(run)
    for words in ("verify", "reproduce"):
        done = command(words, run)
        assert done.returncode == 6 and "no result of such a run" in done.stdout


def test_a_result_of_the_version_before_is_none_of_this_program(run, command):
    """It would show one coverage in place of two, or hide who stands behind the product."""
    second = in_version(read(run, "result.json"), SECOND)
    (run / "result.json").write_text(json_text(second), "utf-8")
    again_tables(run)
    edit(run, "manifest.json", lambda document: document.update(schema=SECOND_FORMAT))
    lists(run)
    done = command("verify", run)
    assert done.returncode == 6 and "the program that made the run writes" in done.stdout


@pytest.mark.parametrize("name", ["result.json", "claims.json", "shown.json", "contributions.json"])
def test_a_key_that_stands_twice_is_refused(run, command, name):
    text = (run / name).read_text("utf-8")
    (run / name).write_text('{"schema": "approved",' + text[1:], "utf-8")
    lists(run)
    for words in ("verify", "reproduce", "explain", "report"):
        done = command(words, run)
        assert done.returncode in (5, 6) and "schema stands twice" in done.stdout + done.stderr


def test_a_number_beyond_all_floats_is_told(run, command):
    edit(run, "contributions.json", lambda d: d["rows"][0].update(amount=10**400))
    lists(run)
    for words in ("verify", "reproduce", "explain", "report"):
        assert command(words, run).returncode == 6


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("halved", halved_scores),
        ("warnings", lambda run: edit(run, "result.json", lambda d: d["warnings"].clear())),
    ],
)
def test_reproduce_finds_what_needs_a_calculation(run, command, name, change):
    change(run)
    resign(run)
    assert command("verify", run).returncode == 0, "else it is a case of the list above"
    done = command("reproduce", run)
    assert done.returncode == 6 and "in the run" in done.stdout


@pytest.mark.parametrize("schema", ["lca-cardato/run/0", "lca-cardato/run/7", None, 2])
def test_an_unknown_format_is_refused(run, command, schema):
    manifest(run, lambda d: d.update(schema=schema))
    resign(run)
    for words in (["verify"], ["reproduce"], ["explain"], ["report"], ["diff", run]):
        done = command(*words, run)
        assert done.returncode == 6 and "E607" in done.stderr, (words, done)


def test_what_was_changed_is_shown_by_no_command(run, command):
    edit(run, "result.json", lambda d: d["indicators"]["climate_change"].update(value=1.0))
    resign(run)
    for words in (["explain"], ["report"], ["open"], ["diff", run]):
        done = command(*words, run)
        assert done.returncode == 6 and "E606" in done.stderr and "verify" in done.stderr


@pytest.fixture(scope="module")
def mill(tmp_path_factory, home):
    """Runs of installations that somebody edited: all follows from the edited data."""

    def make(name, folder, file, old, new):
        place = tmp_path_factory.mktemp("mill")
        shutil.copytree(folder, place / "data")
        change_text(place / "data" / file, old, new)
        if folder == packs_folder():
            inventory, packs, rules = load_inventory(), load_packs(place / "data"), place / "data"
        else:
            inventory, packs, rules = (
                load_inventory(place / "data"),
                shipped_packs(),
                packs_folder(),
            )
        result = assess_loaded(load_scenario(SCENARIO), inventory, packs, own_rules=())
        write_folder(place / "run", run_files(result, SCENARIO, "en", rules, condition=condition()))
        return place / "run"

    return make


def test_edited_data_of_a_whole_installation_are_told_and_can_be_accepted(mill, command, tmp_path):
    run = mill("dyes", inventory_root(), "water-waste/water.yaml", "0.55", "0.45")
    done = command("verify", run)
    assert done.returncode == 6 and "0.45 in the run, 0.55 here" in done.stdout
    again = command("reproduce", run)
    assert again.returncode == 6 and "0.45 in the run, 0.55 here" in again.stdout
    assert "--accept-data" in again.stdout
    accepted = command("reproduce", run, "--accept-data")
    assert accepted.returncode == 0 and "accepted: inventories: " in accepted.stdout
    assert command("verify", run, "--accept-data").returncode == 0
    done = command("report", run, tmp_path / "r.json")
    assert done.returncode == 6 and "E608" in done.stderr and "--accept-data" in done.stderr
    assert command("report", run, tmp_path / "r.json", "--accept-data").returncode == 0
    told = command("explain", run)
    assert told.returncode == 0 and re.search(r"warning: \d differences?", told.stderr)


def test_edited_rules_of_a_whole_installation_are_told(mill, command):
    run = mill("rules", packs_folder(), "cardato-recycled-2014-published.yaml",
               "threshold: 65 %", "threshold: 20 %")  # fmt: skip
    done = command("verify", run)
    assert done.returncode == 6 and "20 % in the run, 65 % here" in done.stdout
    assert reproduce.reproduce_run(run, accept_data=True).identical


def test_own_data_are_listed_as_own(tmp_path, command, home):
    from lca_cardato.studies.assess import assess

    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(ROOT / "inventories" / "water-waste" / "water.yaml", own)
    change_text(own / "water.yaml", "0.55", "0.65")
    result = assess(SCENARIO, own)
    write_folder(tmp_path / "run", run_files(result, SCENARIO, "en"))
    done = command("verify", tmp_path / "run")
    assert done.returncode == 0 and "the mill's own: own: datasets/" in done.stdout
    assert "0.65 in the run, 0.55" in done.stdout


def test_a_swapped_document_is_found(tmp_path, command, home):
    from lca_cardato.studies.assess import assess

    paper = "\ndocuments:\n  paper-9: {kind: other, file: paper.txt}\n"
    text = SCENARIO.read_text("utf-8")
    text = text.replace("\ndocuments:\n", paper) if "\ndocuments:\n" in text else text + paper
    folder = tmp_path / "mill"
    shutil.copytree(SCENARIO.parent, folder)
    (folder / "s.yaml").write_text(text, "utf-8")
    (folder / "paper.txt").write_text("honest", "utf-8")
    run = tmp_path / "run"
    write_folder(run, run_files(assess(folder / "s.yaml"), folder / "s.yaml", "en"))
    done = command("verify", run)
    assert done.returncode == 0 and "inputs/documents/paper.txt: what it says" in done.stdout
    (run / "inputs/documents/paper.txt").write_text("forged", "utf-8")
    resign(run)
    done = command("verify", run)
    assert done.returncode == 6 and "paper.txt is another file" in done.stdout


def leaves(value, path=()):
    """Paths of all single values of a document."""
    if isinstance(value, (dict, list)) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in pairs:
            yield from leaves(item, (*path, key))
    else:
        yield path


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value * (1 + 1e-5) if value else 1
    return "x" if value is None or isinstance(value, (dict, list)) else f"{value}x"


def changed_field(document, path, drop):
    *way, last = path
    for key in way:
        document = document[key]
    if drop:
        del document[last]
    else:
        document[last] = other(document[last])


def test_any_single_field_is_found(honest, run, monkeypatch):
    """A field of any JSON file is changed or taken out, and every digest is made again."""
    made = json.loads(honest["manifest.json"]), honest
    monkeypatch.setattr(reproduce, "_made_again", lambda *_: made)
    dice = random.Random(17)
    names = sorted(name for name in honest if name.endswith(".json"))
    missed = []
    sound = content(run)
    for name in names:
        paths = list(leaves(read(run, name)))
        for path in dice.sample(paths, min(len(paths), 5)):
            document = json.loads(honest[name])
            drop = dice.random() < 0.25
            changed_field(document, path, drop)
            write(run, name, document)
            resign(run, *[name] if drop else [])
            if content(run) != sound:
                if not any(check.problems for check in verify_run(run)):
                    if reproduce.reproduce_run(run).identical:
                        missed.append((name, path))
            for file, data in content(run).items():
                if data != honest[file]:
                    (run / file).write_bytes(honest[file])
    assert missed == [], missed


def test_rows_are_compared_by_their_key():
    """Another order is one difference, and no value is held against that of another row."""
    rows = [{"key": "a", "x": 1.0}, {"key": "b", "x": 2.0}, {"key": "c", "x": 2.0}]
    found = list(compare(rows, [rows[0], rows[2], rows[1]], "f"))
    assert [one.path for one in found] == ["f: order"]
