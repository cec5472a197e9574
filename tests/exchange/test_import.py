"""Processes from workbooks and openLCA archives: the same scores again, or refused with a reason."""

import os
from pathlib import Path

import pytest
import yaml
from conftest import shipped
from foreign_files import ABOUT, CARBON, MADE, archive, workbook

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.build import product_system
from lca_cardato.exchange.export import export
from lca_cardato.exchange.take import import_process
from lca_cardato.inventory.load import load_inventory
from lca_cardato.words.own import own_name

FIBRE, GRANULATE = "polyamide 6 staple fibre", "polyamide 6 granulate"


@pytest.fixture(scope="module", params=[".xlsx", ".zip"])
def exported(request, assessed, tmp_path_factory):
    file = tmp_path_factory.mktemp("exported") / f"a{request.param}"
    export(assessed("recycled-wool-70"), str(file))
    return file


def scenario(folder, dataset):
    data = shipped("recycled-wool-70")
    [line] = [line for line in data["blend"] if line["fibre"] == "polyamide"]
    line["dataset"] = dataset
    path = folder / f"{dataset}.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def deliver(file, key):
    """Say what an imported process delivers, as whoever uses it for a fibre must."""
    records = yaml.safe_load(file.read_text(encoding="utf-8"))
    records["datasets"][key]["supplies"] = [{"fibre": "polyamide", "origin": "virgin"}]
    file.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")


def assessed_with(path, own=None):
    from lca_cardato.studies.assess import assess

    return assess(path, inventories=own)


def test_a_process_comes_back_with_its_scores(exported, tmp_path):
    """Two unit processes with their inputs linked here, one behind the other."""
    own = tmp_path / "own"
    fibre = import_process(exported, own / "fibre.yaml", FIBRE)
    granulate = import_process(exported, own / "granulate.yaml", GRANULATE)
    assert fibre.key == "polyamide-6-staple-fibre" and granulate.key == "polyamide-6-granulate-2"
    assert sorted(fibre.linked)[:2] == ["electricity-eu", "polyamide-6-granulate"]
    assert fibre.left_out == granulate.left_out == []
    deliver(own / "fibre.yaml", fibre.key)
    inventory = load_inventory(extra=own)
    result = assessed_with(scenario(tmp_path, fibre.key), own)
    shipped_one = assessed_with(scenario(tmp_path, "polyamide-6-fibre"))
    assert list(result.scores) == pytest.approx(list(shipped_one.scores), rel=1e-9, abs=1e-15)
    background = result.background
    other = background.scores[background.row("polyester-fibre")]
    for key, before in [(fibre.key, "polyamide-6-fibre"), (granulate.key, "polyamide-6-granulate")]:
        made, was = inventory.datasets[key], inventory.datasets[before]
        assert (made.kind, made.year, made.geography) == (was.kind, was.year, was.geography)
        ours = background.scores[background.row(before)]
        again = background.scores[background.row(key)]
        assert again == pytest.approx(ours, rel=1e-9, abs=1e-15)
        assert other != pytest.approx(ours, rel=1e-3)
    was = {e.input: e for e in inventory.datasets["polyamide-6-fibre"].exchanges}
    for exchange in inventory.datasets[fibre.key].exchanges:
        before = was[exchange.input]
        assert exchange.class_ == before.class_
        assert exchange.uncertainty.distribution == before.uncertainty.distribution


def test_ecospold_gives_the_same_as_json_ld(assessed, tmp_path):
    """EcoSpold 2 names no works in fields of their own; amounts, links and distributions are the same."""
    records = {}
    for ending in (".zip", ".spold.zip"):
        file = tmp_path / f"a{ending}"
        export(assessed("recycled-wool-70"), str(file))
        own = tmp_path / f"own{ending}"
        import_process(file, own / "a.yaml", FIBRE, source="The export")
        records[ending] = load_inventory(extra=own).datasets["polyamide-6-staple-fibre"]
    one, other = records.values()
    assert (one.year, one.geography, one.product.unit) == (
        other.year,
        other.geography,
        other.product.unit,
    )
    assert len(one.exchanges) == len(other.exchanges) > 1
    for before, after in zip(
        sorted(one.exchanges, key=lambda e: str(e.input or e.flow)),
        sorted(other.exchanges, key=lambda e: str(e.input or e.flow)),
    ):
        assert (before.input, before.class_) == (after.input, after.class_)
        assert float(after.amount) == pytest.approx(float(before.amount), rel=1e-9)
        assert after.uncertainty.distribution == before.uncertainty.distribution


def test_the_command(exported, command, tmp_path):
    to = tmp_path / "own" / "fibre.yaml"
    done = command("import", exported, "--to", to, "--process", FIBRE, "--key", "polyamide-6-fibre")
    assert done.returncode == 0, done.stderr
    assert "linked to datasets here: " in done.stdout and "inventoried_for" in done.stdout
    done = command("inventory", "check", "--inventories", to.parent)
    assert done.returncode == 0 and "replaces 1 records" in done.stdout, done.stderr
    assert command("import", exported, "--to", to, "--process", FIBRE).returncode == 5


def test_steps_of_a_mill_say_what_is_missing(assessed, tmp_path):
    """A step and the steps behind it, of the same file: neither source nor year stands there."""
    file = tmp_path / "a.zip"
    system = export(assessed("recycled-wool-70"), str(file))
    name = next(
        p.name for p in system.processes if p.code.startswith("fg/") and "winding" in p.code
    )
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", name)
    codes = {problem.code for problem in caught.value.problems}
    assert "E213" in codes and "E315" in codes and not (tmp_path / "own.yaml").exists()


def test_units_are_converted_and_uncertainty_kept(tmp_path):
    """Per 2 kg in the file: 3000 g of CO2 with a lognormal, 7.2 MJ of electricity, triangular."""
    inventory = load_inventory()
    power = inventory.datasets["electricity-eu"]
    rows = [
        *MADE, [*CARBON, None, 2, 8.006367567650246, 0.1],
        [power.name.en, 7.2, "megajoule", power.geography, None, "technosphere", power.product.name,
         5, 7.2, None, 3.6, 9.0],
        [*CARBON[:1], 1e-20, "kilogram", None, "air", "biosphere", None, 3, 1e-20, 1e-21],
        ["Water", 1, "cubic meter", None, "air", "biosphere", None, 6, None, None],
    ]  # fmt: skip
    taken = import_process(workbook(tmp_path / "a.xlsx", rows, ABOUT), tmp_path / "own" / "a.yaml")
    assert taken.left_out == ["Spun things: Water: distribution 6 of stats_arrays"]
    made = load_inventory(extra=tmp_path / "own").datasets["spun-things"]
    carbon, electricity, tiny, _ = made.exchanges
    assert (carbon.unit, float(carbon.amount)) == ("kg", 1.5)
    assert float(carbon.uncertainty.gsd) == pytest.approx(1.1051709180756477)
    assert (electricity.input, electricity.unit) == ("electricity-eu", "kWh")
    assert float(electricity.amount) == pytest.approx(1.0, rel=1e-12)
    found = electricity.uncertainty
    assert [float(found.min), float(found.max)] == pytest.approx([0.5, 1.25])
    assert float(tiny.amount) == pytest.approx(5e-21, rel=1e-12)
    assert float(tiny.uncertainty.sd) == pytest.approx(5e-22, rel=1e-12)
    assert "distribution 6" in made.note and carbon.class_ == "published"
    assert "A paper" in load_inventory(extra=tmp_path / "own").sources[carbon.source].title


def test_what_is_behind_comes_along(tmp_path):
    """An input of the same workbook, and one of the process itself."""
    rows = [
        *MADE, ["Part", 1, "kilogram", "IT", None, "technosphere", "part"],
        ["Spun things", 0.5, "kilogram", "IT", None, "technosphere", "thing"], [],
        ["Activity", "Part"], ["location", "IT"], ["reference product", "part"], ["unit", "gram"],
        ["source", "B"], ["year", 2019], ["Exchanges"],
        ["name", "amount", "unit", "location", "categories", "type", "reference product"],
        ["Part", 1, "gram", "IT", None, "production", "part"], CARBON,
    ]  # fmt: skip
    file = workbook(tmp_path / "a.xlsx", rows, ABOUT)
    taken = import_process(file, tmp_path / "own" / "a.yaml", "Spun things")
    assert (taken.datasets, taken.exchanges) == (["spun-things", "part"], 3)
    found = load_inventory(extra=tmp_path / "own").datasets
    amounts = {e.input: float(e.amount) for e in found["spun-things"].exchanges}
    assert amounts == {"part": 0.5, "spun-things": 0.25}
    [carbon] = found["part"].exchanges
    assert (found["part"].product.unit, found["part"].year) == ("kg", 2019)
    assert float(carbon.amount) == pytest.approx(3000.0)


def test_all_that_is_not_found_is_told_at_once(tmp_path):
    rows = [
        *MADE, ["Carbon dioxide, fosil", 1, "kilogram", None, "air", "biosphere"], CARBON,
        ["electricity, Europe Union", 1, "kilowatt hour", "RER", None, "technosphere", "electricity"],
        ["nothing like it", 1, "kilogram", "RER", None, "technosphere", "x"],
    ]  # fmt: skip
    file = workbook(tmp_path / "a.xlsx", rows, ABOUT)
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own" / "a.yaml")
    problems = caught.value.problems
    assert [problem.code for problem in problems] == ["E307"] * 3
    assert problems[0].suggestion.startswith("did you mean 'Carbon dioxide, fossil'?; --allow")
    assert "electricity" in problems[1].suggestion
    taken = import_process(file, tmp_path / "own" / "a.yaml", allow_unmatched=True)
    assert len(taken.left_out) == 3 and taken.exchanges == 1
    note = load_inventory(extra=tmp_path / "own").datasets["spun-things"].note
    assert note.startswith("left out: Carbon dioxide, fosil (0.5 kg), electricity, Europe Union")


def test_nothing_is_invented(tmp_path):
    """No source, no year; with --source the user answers for it, and assumptions stay such."""
    assumed = [*CARBON, None, 4, None, None, 2000, 4000, "assumed; a guess"]
    file = workbook(tmp_path / "a.xlsx", [*MADE, CARBON])
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "a.yaml")
    assert [p.code for p in caught.value.problems] == ["E213", "E315"]
    given = {"source": "Letter of the supplier", "year": 2022, "class_": "supplier"}
    import_process(file, tmp_path / "own" / "a.yaml", **given)
    inventory = load_inventory(extra=tmp_path / "own")
    [figure] = inventory.datasets["spun-things"].exchanges
    assert (figure.class_, figure.year) == ("supplier", 2022)
    assert inventory.sources[figure.source].title == own_name("Letter of the supplier")
    file = workbook(tmp_path / "b.xlsx", [*MADE, assumed])
    import_process(file, tmp_path / "other" / "a.yaml", year=2022)
    [figure] = load_inventory(extra=tmp_path / "other").datasets["spun-things"].exchanges
    assert (figure.class_, figure.source, float(figure.uncertainty.max)) == ("assumed", None, 2.0)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([*MADE, ["x", 1, "kilogram", "IT", None, "substitution", "x"]], "E314"),
        ([*MADE, [*CARBON[:1], -1, *CARBON[2:]]], "E314"),
        ([*MADE, *MADE, CARBON], "E328"),
        ([*MADE, [*CARBON[:2], "megajoule", *CARBON[3:]]], "E308"),
        ([[*MADE[0][:2], "ton", *MADE[0][3:]], CARBON], "E308"),
        ([*MADE, [CARBON[0], "much", *CARBON[2:]]], "E104"),
        ([*MADE, [*CARBON[:5], "emission"]], "E215"),
        ([*MADE], "E317"),
    ],
)
def test_what_no_inventory_holds_is_refused(rows, code, tmp_path):
    file = workbook(tmp_path / "a.xlsx", rows, ABOUT)
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml")
    assert code in {problem.code for problem in caught.value.problems}
    assert os.listdir(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("a.zip", {"processes/a.json": b"0" * 30_000_000}, "E211"),
        ("a.zip", {"../processes/a.json": "{}"}, "E214"),
        ("a.zip", {"/etc/processes/a.json": "{}"}, "E214"),
        ("a.zip", {"C:\\processes\\a.json": "{}"}, "E214"),
        ("a.zip", {"processes/a.json": "[" * 100_000}, "E322"),
        ("a.zip", {"processes/a.json": "[]"}, "E322"),
        ("a.zip", {"processes/a.json": {"@id": "a", "exchanges": [{"input": True}]}}, "E322"),
        ("a.zip", {"processes/a.json": {"@id": "a", "name": "x", "exchanges": []}}, "E322"),
        ("a.zip", {"processes/a.json": {"@id": "a", "exchanges": "x"}}, "E322"),
        ("a.zip", {"flows/a.json": {"@id": "a"}}, "E322"),
        ("a.zip", {"ILCD/processes/a.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "E322"),
        ("a.xlsx", {"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "E212"),
        ("a.xlsx", {"xl/vbaProject.bin": "x"}, "E212"),
        ("a.csv", {"x": "x"}, "E322"),
    ],
)  # fmt: skip
def test_hostile_files(name, parts, code, tmp_path):
    file = archive(tmp_path / name, parts)
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml")
    assert caught.value.problems[0].code == code, caught.value
    assert os.listdir(tmp_path) == [name]


def test_a_file_too_large(tmp_path):
    file = tmp_path / "a.xlsx"
    with open(file, "wb") as handle:
        handle.truncate(50_000_001)
    with pytest.raises(CardatoError, match="E210"):
        import_process(file, tmp_path / "own.yaml")


def test_an_archive_of_openlca(tmp_path):
    """Names and compartments of openLCA, a waste that goes out to its treatment, no providers."""
    import olca_schema as lca
    from olca_schema.zipio import ZipWriter

    inventory = load_inventory()
    key = "waste-synthetic-incineration"
    ours = inventory.datasets[key]
    mass = lca.Ref(id="u", name="kg")
    product = lca.Flow(id="p", name="thing", flow_type=lca.FlowType.PRODUCT_FLOW)
    waste = lca.Flow(id="w", name=ours.product.name, flow_type=lca.FlowType.WASTE_FLOW)
    part = lca.Flow(id="q", name="part", flow_type=lca.FlowType.PRODUCT_FLOW)
    lead = lca.Flow(id="l", name="Lead II", flow_type=lca.FlowType.ELEMENTARY_FLOW)
    lead.category = "Elementary flows/Emission to water/river"

    def row(flow, amount, is_input, **more):
        return lca.Exchange(flow=flow.to_ref(), amount=amount, is_input=is_input, unit=mass, **more)

    place = lca.Location(id="it", name="Italy", code=ours.geography)
    treatment = lca.Ref(id="t", name=ours.name.en, location=ours.geography)
    about = lca.ProcessDocumentation(
        valid_from="2019-01-01", sources=[lca.Ref(id="s", name="EPD 7")]
    )
    main = lca.Process(id="a", name="Thing", location=place.to_ref(), process_documentation=about)
    main.exchanges = [
        row(product, 1.0, False, is_quantitative_reference=True),
        row(waste, 0.1, False, default_provider=treatment),
        row(lead, 0.002, False, uncertainty=lca.Uncertainty(
            distribution_type=lca.UncertaintyType.LOG_NORMAL_DISTRIBUTION, geom_mean=0.002, geom_sd=1.5)),
        row(part, 1.1, True),
    ]  # fmt: skip
    behind = lca.Process(id="b", name="Part", process_documentation=about)
    behind.exchanges = [
        row(part, 1.0, False, is_quantitative_reference=True),
        row(lead, 0.1, False),
    ]
    with ZipWriter(tmp_path / "a.zip") as made:
        for entity in (product, waste, part, lead, place, main, behind):
            made.write(entity)
    taken = import_process(tmp_path / "a.zip", tmp_path / "own" / "a.yaml", "Thing")
    assert (taken.datasets, taken.linked) == (["thing", "part"], [key])
    found = load_inventory(extra=tmp_path / "own").datasets
    amounts = {e.input or e.flow: float(e.amount) for e in found["thing"].exchanges}
    assert amounts == {key: 0.1, ("Lead II", ("water", "surface water")): 0.002, "part": 1.1}
    assert float(found["thing"].exchanges[1].uncertainty.gsd) == pytest.approx(1.5)
    assert (found["thing"].geography, found["part"].geography) == (ours.geography, "GLO")


def test_nothing_stays_behind(exported, tmp_path):
    """Only the file that was asked for, in a folder that had been there or not."""
    import_process(exported, tmp_path / "own" / "a.yaml", FIBRE)
    assert [p.name for p in Path(tmp_path).rglob("*") if p.is_file()] == ["a.yaml"]


def test_years_and_works_are_exported(assessed):
    system = product_system(assessed("recycled-wool-70"))
    fibre = next(p for p in system.processes if p.code == "polyamide-6-fibre")
    assert fibre.year == 2021 and any("Carbonfact" in text for text in fibre.sources)
