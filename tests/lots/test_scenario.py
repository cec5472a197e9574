"""A scenario that rests on lot sheets: figures, masses, evidence, and what is refused."""

import json
import re
import shutil
from fractions import Fraction

import pytest
from audit.forging import edit, resign
from audit.test_sign import pair
from conftest import ROOT
from cryptography.hazmat.primitives.asymmetric import ed25519

from lca_cardato.audit.lot import lot_sheet, write_sheet
from lca_cardato.audit.run import run_files
from lca_cardato.audit.verify import verify_run
from lca_cardato.claims.balance import balance_books
from lca_cardato.errors import InputError
from lca_cardato.files.atomic import write_folder
from lca_cardato.lots.sheet import digest_of, text_of
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess

YARN, CLOTH, WORK = "recycled-wool-70", "recycled-fabric", "contract-spinner"


def cloth_text(lot="lots/lot.json"):
    """The shipped fabric, of a yarn that is bought with its sheet."""
    text = (ROOT / "scenarios" / f"{CLOTH}.yaml").read_text("utf-8")
    text = text[: text.index("blend:\n")] + f"lot: {lot}\n" + text[text.index("route:\n") :]
    text = text.replace("  count: Nm 7\n", "")
    for step in ("blending", "carding", "spinning-ring", "winding"):
        text = re.sub(rf"  {step}:\n    electricity:.*\n", "", text)
    spare = r"  (?:transaction|delivery|meter-(?:blend|card|spin|wind)).*\n"
    return re.sub(spare, "", text)


def yarn_text(lot="lots/work.json", batch="3500 kg"):
    """The shipped yarn, carded and spun by a contract processor with a sheet."""
    text = (ROOT / "scenarios" / f"{YARN}.yaml").read_text("utf-8")
    route = f"route:\n  carding: {{lot: {lot}}}\n"
    text = text[: text.index("route:\n")] + route + text[text.index("traceability:\n") :]
    text = text.replace("batch: 10000 kg", f"batch: {batch}")
    spare = r"  (?:meter-|waste-|water-).*\n"
    return re.sub(spare, "", text)


@pytest.fixture(scope="module")
def made(assessed, tmp_path_factory):
    """A weaver's folder: the sheets of a spinner and of a contract processor, and their key."""
    folder = tmp_path_factory.mktemp("weaver")
    for name in ("lots", "keys", "runs"):
        (folder / name).mkdir()
    shutil.copytree(ROOT / "scenarios" / "documents", folder / "documents")
    pair(folder / "keys", "spinner", ed25519.Ed25519PrivateKey.generate())
    key = (folder / "keys" / "spinner.pem").rename(folder / "spinner.pem")
    scenario = ROOT / "scenarios" / f"{YARN}.yaml"
    write_folder(folder / "runs" / "yarn", run_files(assessed(YARN), scenario, "en"))
    text = (ROOT / "scenarios" / f"{WORK}.yaml").read_text("utf-8")
    (folder / "work.yaml").write_text(
        text.replace("  count: Nm 10\n", "  count: Nm 10\n  batch: 4000 kg\n"), "utf-8"
    )
    work = folder / "work.yaml"
    write_folder(folder / "runs" / "work", run_files(assess(work), work, "en"))
    write_sheet(lot_sheet(folder / "runs" / "yarn", "6000", key=key), folder / "lots" / "lot.json")
    write_sheet(lot_sheet(folder / "runs" / "work", "4000", key=key), folder / "lots" / "work.json")
    (folder / "cloth.yaml").write_text(cloth_text(), "utf-8")
    (folder / "yarn.yaml").write_text(yarn_text(), "utf-8")
    return folder


@pytest.fixture
def place(made, tmp_path):
    shutil.copytree(made, tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture(scope="module")
def cloth(made):
    return assess(made / "cloth.yaml")


@pytest.fixture(scope="module")
def spun(made):
    return assess(made / "yarn.yaml")


def sheet_in(place, name="lot"):
    return json.loads((place / "lots" / f"{name}.json").read_text("utf-8"))


def codes(scenario):
    with pytest.raises(InputError) as error:
        assess(scenario)
    return [problem.code for problem in error.value.problems]


def verdicts(result, claim):
    found = next(one for one in result.claims if one.pack.claim == claim)
    return {one.criterion.kind: one.verdict for one in found.criteria}


def test_the_figures_of_the_yarn_are_those_of_its_sheet(made, cloth):
    """Fabric = kg of yarn per m2 x the sheet's figure, and what the weaver's own steps add."""
    values = cloth.contributions()
    lot = sheet_in(made)["footprint"]["whole"]
    flows = cloth.main.system.fabric_flows
    kg = float(flows.into[0][0]) * 0.42
    for column, name in enumerate(cloth.background.indicators):
        taken = sum(
            values[place, column]
            for place, one in enumerate(cloth.main.system.exchanges)
            if str(one.target).startswith("lot-")
        )
        assert taken == pytest.approx(kg * lot[name]["value"], rel=1e-12)
    assert cloth.deviation < 1e-9  # Brightway solves the same system


def test_a_lot_is_one_contributor_whatever_fibres_are_in_it(made, cloth):
    """Its sheet has one figure: to part it by shares of mass would say of a fibre what nobody knows."""
    from lca_cardato.report.tables.labels import contributor_labels
    from lca_cardato.results import breakdown
    from lca_cardato.results.document import result_document
    from lca_cardato.words.language import Language

    sheet = sheet_in(made)
    rows = breakdown.contributors(cloth, "climate_change")
    found = [row for row in rows if row["input"].startswith("lot-")]
    assert [row["activity"] for row in found] == ["yarn"]
    kg = float(cloth.main.system.fabric_flows.into[0][0]) * 0.42
    whole = sheet["footprint"]["whole"]["climate_change"]["value"]
    assert found[0]["value"] == pytest.approx(kg * whole, rel=1e-9)
    document = result_document(cloth, "it")
    told = contributor_labels(
        document["contributors"]["climate_change"], document["product"], Language("it")
    )
    assert told[0] == f"partita {sheet['lot']} di {sheet['firm']['name']}"


def test_they_count_as_data_of_a_supplier_with_its_coverage(made, cloth):
    from lca_cardato.results import breakdown

    column = cloth.background.indicators.index("climate_change")
    classes = breakdown.by_data_class(cloth)
    assert classes["supplier"][column] > 0.5
    assert sum(classes.values())[column] == pytest.approx(1)
    scarce = cloth.background.indicators.index("ionising_radiation")
    assert sheet_in(made)["footprint"]["whole"]["ionising_radiation"]["coverage"] < 1
    assert breakdown.coverage(cloth)[scarce] < 1


def test_the_claim_sees_shares_places_and_papers_of_the_spinner(cloth):
    found = verdicts(cloth, "cardato-recycled")
    assert found["recycled_share"] == "meets"
    assert verdicts(cloth, "cardato")["carded_share"] == "meets"
    assert found["district"] == "meets"
    assert found["measured"] == "not_proven"  # the weaver's own steps
    parts = {
        part.entry.origin: part.entry.share for y in cloth.main.model.yarns for part in y.lines
    }
    assert parts["recycled_post_consumer"] == Fraction(7, 10)


@pytest.mark.parametrize("what", ["unsigned", "unknown", "papers", "measured", "district"])
def test_without_evidence_behind_it_nothing_is_proven(made, place, what):
    tree = sheet_in(made)
    criterion = "recycled_share"
    if what == "unknown":
        (place / "keys" / "spinner.pub").unlink()
    else:
        tree.pop("signature")
    if what == "papers":
        tree["composition"][0]["covered"] = False
    if what == "measured":
        tree["standing"]["measured"], criterion = "not_proven", "measured"
    if what == "district":
        tree["steps"][-1]["municipality"], criterion = "Biella", "district"
    if what != "unknown":
        tree["digest"] = digest_of(tree)
        (place / "lots" / "lot.json").write_text(text_of(tree), "utf-8")
    result = assess(place / "cloth.yaml")
    assert verdicts(result, "cardato-recycled")[criterion] != "meets"


def test_the_work_is_named_by_its_lot_not_by_the_last_of_its_steps(made, spun):
    from lca_cardato.report.tables.labels import contributor_labels
    from lca_cardato.results.document import result_document
    from lca_cardato.words.language import Language

    sheet, document = sheet_in(made, "work"), result_document(spun)
    rows = document["contributors"]["climate_change"]
    told = contributor_labels(rows, document["product"], Language("en"))
    assert f"lot {sheet['lot']} of {sheet['firm']['name']}" in told


def test_the_work_of_a_contract_processor_stands_in_for_its_steps(made, spun):
    work = sheet_in(made, "work")["footprint"]["whole"]["climate_change"]["value"]
    values, column = spun.contributions(), spun.background.indicators.index("climate_change")
    taken = [
        values[place, column]
        for place, one in enumerate(spun.main.system.exchanges)
        if str(one.target).startswith("lot-")
    ]
    assert taken == [pytest.approx(work, rel=1e-12)]  # 1 kg leaves its last step
    yarn = spun.main.model.yarns[0]
    assert {use.company for use in yarn.steps} == {"Filatura Conto Terzi Esempio"}
    assert not any(use.electricity or use.heat or use.water_in for use in yarn.steps)
    assert all(use.loss for use in yarn.steps if use.id != "winding" or use.loss)
    assert verdicts(spun, "cardato")["measured"] == "meets"
    assert verdicts(spun, "cardato")["district"] == "meets"


@pytest.mark.parametrize("which", ["cloth", "yarn"])
def test_a_run_of_it_is_verified_and_keeps_the_sheets(made, cloth, spun, which, tmp_path):
    result = {"cloth": cloth, "yarn": spun}[which]
    write_folder(tmp_path / "run", run_files(result, made / f"{which}.yaml", "en"))
    assert not [c for c in verify_run(tmp_path / "run") if c.problems]
    kept = tmp_path / "run" / "inputs" / "documents"
    assert (kept / "keys" / "spinner.pub").is_file()
    name = {"cloth": "lot", "yarn": "work"}[which]
    lots = json.loads((tmp_path / "run" / "result.json").read_text("utf-8"))["scenario"]["lots"]
    assert [row["sheet"] for row in lots] == [sheet_in(made, name)["digest"]]
    sheet = lot_sheet(tmp_path / "run", "100")
    assert [(row["lot"], row["sha256"]) for row in sheet["upstream"]] == [
        (sheet_in(made, name)["lot"], sheet_in(made, name)["digest"])
    ]

    def other(document):
        document["scenario"]["lots"][0]["delivered_kg"] = "60000"

    def twice(document):
        lots = document["scenario"]["lots"]
        lots[0]["delivered_kg"] = lots[0]["delivered_kg"].replace("60000", before[0])
        lots.append(lots[0])

    before = [lots[0]["delivered_kg"]]
    for change in (other, twice):
        edit(tmp_path / "run", "result.json", change)
        resign(tmp_path / "run")
        told = [text for c in verify_run(tmp_path / "run") for text in c.problems]
        assert any("scenario.lots" in text for text in told)


def test_a_run_of_it_is_reproduced_byte_by_byte(made, command, tmp_path):
    done = command("assess", made / "cloth.yaml", "--out", tmp_path / "run", "--lang", "it")
    assert done.returncode == 0, done.stderr
    assert "chiave nota" in done.stdout
    again = command("reproduce", tmp_path / "run")
    assert again.returncode == 0 and "byte by byte" in again.stdout, again.stdout


def test_more_than_was_delivered_is_refused(place):
    text = (place / "cloth.yaml").read_text("utf-8").replace("batch: 5000 kg", "batch: 5243 kg")
    (place / "cloth.yaml").write_text(text, "utf-8")
    assert codes(place / "cloth.yaml") == ["E385"]
    (place / "yarn.yaml").write_text(yarn_text(batch="4000.001 kg"), "utf-8")
    assert codes(place / "yarn.yaml") == ["E385"]


@pytest.mark.parametrize("name", ["cloth", "yarn"])
def test_two_products_share_the_kilograms_of_a_lot(place, name):
    first = place / f"{name}.yaml"
    other = re.sub(r"(?m)^id: .*", "id: another", first.read_text("utf-8"))
    (place / "other.yaml").write_text(other, "utf-8")
    alone = {row.key: row.left for row in balance_books([first]).documents()}
    both = {row.key: row.left for row in balance_books([first, place / "other.yaml"]).documents()}
    assert min(alone.values()) >= 0
    assert min(both.values()) < 0


def changed(tree, **more):
    return {**tree, **more}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda tree: changed(tree, schema="lca-cardato/lot/7"), "E381"),
        (lambda tree: changed(tree, batch_kg="20000"), "E382"),
        (lambda tree: resealed(changed(tree, batch_kg="20000")), "E383"),
        (lambda tree: {"schema": "lca-cardato/run/3"}, "E380"),
    ],
)
def test_a_sheet_that_is_not_as_it_was_sent_is_refused(place, change, code):
    (place / "lots" / "lot.json").write_text(text_of(change(sheet_in(place))), "utf-8")
    assert codes(place / "cloth.yaml") == [code]


def resealed(tree):
    return {**tree, "digest": digest_of(tree)}


def test_a_revoked_key_and_a_missing_file_are_refused(place, command):
    key = sheet_in(place)["signature"]["keyid"]
    (place / "keys" / "revoked.txt").write_text(f"{key}\n", "utf-8")
    assert codes(place / "cloth.yaml") == ["E384"]
    for lang, word in (("en", "revoked"), ("it", "revocata")):
        done = command("validate", place / "cloth.yaml", "--lang", lang)
        assert done.returncode == 3 and word in done.stderr
    (place / "keys" / "revoked.txt").unlink()
    (place / "lots" / "lot.json").unlink()
    assert codes(place / "cloth.yaml") == ["E380"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (lambda: cloth_text("lots/work.json"), ["E386"]),
        (lambda: yarn_text("lots/lot.json"), ["E386"]),
        (lambda: cloth_text("../lot.json"), ["E214"]),
        (lambda: cloth_text("cloth.yaml"), ["E380"]),
        (lambda: cloth_text().replace("lot: lots", "blend: []\nlot: lots"), ["E386"]),
        (lambda: yarn_text().replace("carding:", "carding-x:"), ["E307"]),
        (
            lambda: yarn_text().replace("work.json}", "work.json, electricity: 0.4 kWh/kg}"),
            ["E386"],
        ),
        (lambda: yarn_text().replace("lot: LR-2025-118", "lot: lots/lot.json"), ["E386"]),
    ],
)
def test_a_sheet_in_the_wrong_place_is_refused(place, text, found):
    (place / "new.yaml").write_text(text(), "utf-8")
    assert codes(place / "new.yaml")[: len(found)] == found


def test_what_is_wrong_beside_a_sheet_is_told_where_it_stands(place, command):
    """Also where the sheet is named at a second step, which is none of its own."""
    text = yarn_text().replace(
        "carding: {lot: lots/work.json}",
        "carding: {lot: lots/work.json, electricity: 0.4 kWh/kg}\n  weaving: {lot: lots/work.json}",
    )
    (place / "x.yaml").write_text(text, "utf-8")
    done = command("validate", place / "x.yaml")
    assert done.returncode == 3 and "E386 route.carding.electricity" in done.stderr
    (place / "x.yaml").write_text(cloth_text("lots/work.json"), "utf-8")
    told = command("validate", place / "x.yaml", "--lang", "it").stderr
    assert "la scheda è di una lavorazione di un terzista, e il prodotto è un tessuto" in told


def test_a_workbook_names_it_too(place, tmp_path):
    from lca_cardato.scenario.convert import convert

    convert(place / "cloth.yaml", place / "cloth.xlsx", "it")
    first, second = (load_scenario(place / f"cloth.{end}").scenario for end in ("yaml", "xlsx"))
    assert first.yarns == second.yarns and first.documents == second.documents


def test_without_what_checks_signatures_nothing_is_called_unsound(
    made, cloth, command, bare, tmp_path
):
    """A tool that is not installed is no fault of a sheet, a run or a folder."""
    folder = tmp_path / "w"
    shutil.copytree(made, folder)
    write_folder(folder / "run", run_files(cloth, made / "cloth.yaml", "en"))
    for line in (
        "assess cloth.yaml --out new", "verify run", "reproduce run", "verify --chain .",
        "claims balance .", "measure-next .",
    ):  # fmt: skip
        done = command(*line.split(), cwd=folder)
        assert (done.returncode, done.stdout) == (2, ""), line
        [told] = done.stderr.splitlines()
        assert "E510" in told and told.endswith('"lca-cardato[sign]"'), line
    assert not (folder / "new").exists()


def test_blends_of_a_base_that_rests_on_a_sheet(place):
    """What a contract processor's sheet brings is there for every blend, in a batch as in optimise."""
    from lca_cardato.studies.batch import batch
    from lca_cardato.studies.optimise import optimise

    space = {
        "schema": "lca-cardato/space/1", "id": "best", "base": "yarn.yaml",
        "simplex": {"step": "5 %", "lines": [{"line": "wool", "min": "60 %"}, {"line": "polyamide"},
                                             {"line": "viscose"}]},
        "optimise": {"minimise": "climate_change"},
    }  # fmt: skip
    (place / "best.space.yaml").write_text(json.dumps(space), "utf-8")
    rows = batch(place / "best.space.yaml").selected.to_pydict()
    found = optimise(place / "best.space.yaml", checked=False)
    assert found.finished
    assert found.blends[0].value == pytest.approx(min(rows["climate_change"]))
