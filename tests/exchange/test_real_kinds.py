"""Kinds of rows that real workbooks and packages hold: read as bw2io and openLCA read them, and told."""

import json
import subprocess
import sys

import openpyxl
import pytest
from foreign_files import ABOUT, CARBON, MADE, archive, workbook

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.flow_names import FEDEFL, find
from lca_cardato.exchange.formula import FormulaError, Scope
from lca_cardato.exchange.take import import_process
from lca_cardato.inventory.load import load_inventory


def taken(file, tmp_path, **options):
    """What was made of a file, and the datasets in it."""
    to = tmp_path / "own" / "a.yaml"
    to.unlink(missing_ok=True)
    options = {"source": "A paper", "year": 2020, **options}
    found = import_process(file, to, **options)
    return found, load_inventory(extra=to.parent).datasets


def amounts(dataset):
    return {e.input or e.flow[0]: float(e.amount) for e in dataset.exchanges}


def book(path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


HEADS = ["name", "amount", "unit", "location", "categories", "type", "reference product",
         "formula", "database"]  # fmt: skip


def test_blank_rows_unknown_and_one_bad_activity(tmp_path):
    """Blank rows anywhere; (Unknown) is empty; what is wrong with another activity does not matter."""
    rows = [
        ["Database", "mine"], ["Activity", "Spun things"], ["location", "(Unknown)"],
        ["unit", "kilogram"], ["Exchanges"], [], HEADS, [],
        ["Spun things", 1, "kilogram", None, None, "production", "thing"], [],
        ["Carbon dioxide, fossil", 2, "kilogram", "(Unknown)", "air", "biosphere"], [],
        ["Methane, fossil", 3, "kilogram", None, "air", "biosphere"],
        ["Activity", "Bad"], ["unit", "kilogram"], ["Exchanges"], HEADS, ["x", "much", "kg", None, None, "?"],
        ["Activity", "Empty"], ["unit", "kilogram"],
    ]  # fmt: skip
    file = book(tmp_path / "a.xlsx", rows)
    for typed, named in {"spun": "Spun things", "zzz": "valid: Spun things, Bad, Empty"}.items():
        with pytest.raises(CardatoError, match="no process of this name") as refused:
            taken(file, tmp_path, process=typed)
        assert str(refused.value.problems[0].suggestion) == named
    found, datasets = taken(file, tmp_path, process="Spun things")
    assert amounts(datasets["spun-things"]) == {
        "Carbon dioxide, fossil": 2.0,
        "Methane, fossil": 3.0,
    }
    assert datasets["spun-things"].geography == "GLO"
    assert found.account.sums() == [{"unit": "kg", "file": 5.0, "taken": 5.0, "left_out": 0.0}]
    with pytest.raises(CardatoError) as caught:
        taken(file, tmp_path, process="Bad")
    assert {problem.code for problem in caught.value.problems} >= {"E104", "E215"}


def test_formulas_over_declared_parameters(tmp_path):
    """Of the activity before database and project; a chemical formula beside a true 0 is none."""
    rows = [
        ["Database", "mine"], [], ["Project parameters"], ["name", "amount", "formula"],
        ["share", 0.1, None], ["twice", 0, "share * 2"], [],
        ["Database parameters"], ["name", "amount"], ["share", 0.5], [],
        ["Activity", "Spun things"], ["unit", "kilogram"], ["Parameters"], ["name", "amount"],
        ["own", 10], ["Exchanges"], HEADS,
        ["Spun things", 1, "kilogram", None, None, "production"],
        ["Carbon dioxide, fossil", 0, "kilogram", None, "air", "biosphere", None, "own * share + twice"],
        ["Methane, fossil", 0, "kilogram", None, "air", "biosphere", None, "CH4"],
    ]  # fmt: skip
    found, datasets = taken(book(tmp_path / "a.xlsx", rows), tmp_path)
    assert amounts(datasets["spun-things"]) == {"Carbon dioxide, fossil": pytest.approx(5.2)}
    carbon, methane = found.account.entries
    assert "formula own * share + twice gives 5.2" in carbon.told[0]
    assert (methane.became, methane.told) == ("zero", [])


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 * x ^ 2", 18.0), ("if(x > 2; 1; 0)", 1.0), ("x / 0", None), ("y", None), ("x.__class__", None),
     ("9 ** 9 ** 9 ** 9", None), ("a", None), ("z", 2.0**60 * 3)],
)  # fmt: skip
def test_formulas_are_arithmetic_and_end(text, value):
    """Circles, attributes and towers of powers are refused; chains that double are evaluated once each."""
    chain = {f"z{i}": f"z{i - 1} + z{i - 1}" for i in range(1, 61)}
    scope = Scope({"x": 3.0}, {"a": "b", "b": "a", "z0": "x", "z": "z60", **chain})
    if value is None:
        with pytest.raises(FormulaError):
            scope.evaluate(text)
    else:
        assert scope.evaluate(text) == value


def test_the_production_row_counts(tmp_path):
    """3.6 MJ of what the activity counts in kWh; the unit of the row is that of its amount."""
    rows = [["Spun things", 3.6, "megajoule", "IT", None, "production", "thing"], CARBON]
    file = workbook(tmp_path / "a.xlsx", rows, ABOUT)
    _, datasets = taken(file, tmp_path)
    assert datasets["spun-things"].product.unit == "MJ"
    assert amounts(datasets["spun-things"]) == {"Carbon dioxide, fossil": pytest.approx(3 / 3.6)}


def test_several_databases_and_a_code_twice(tmp_path):
    """The wanted database is named; a row that names another database is not the own process."""

    def activity(database, amount, code="c"):
        return [["Database", database], ["Activity", "Thing"], ["code", code], ["unit", "kilogram"],
                ["Exchanges"], HEADS, ["Thing", 1, "kilogram", None, None, "production"],
                ["Carbon dioxide, fossil", amount, "kilogram", None, "air", "biosphere"],
                ["Thing", 0.5, "kilogram", None, None, "technosphere", None, None, "elsewhere"], []]  # fmt: skip

    file = book(tmp_path / "a.xlsx", [*activity("one", 1.0), *activity("two", 2.0)])
    with pytest.raises(CardatoError, match="--database with one of: one, two"):
        taken(file, tmp_path, process="c")
    _, datasets = taken(file, tmp_path, database="two", allow_unmatched=True)
    assert amounts(datasets["thing"]) == {"Carbon dioxide, fossil": 2.0}
    file = book(tmp_path / "b.xlsx", [*activity("one", 1.0), *activity("one", 2.0)])
    with pytest.raises(CardatoError, match="stands twice"):
        taken(file, tmp_path, process="c#2", allow_unmatched=True)


def test_waste_is_treated_and_a_credit_is_refused(tmp_path):
    """A treatment makes -1 and takes -0.2; what makes +1 and is taken as -0.2 is a credit."""

    def behind(sign):
        return [["Activity", "Part"], ["location", "IT"], ["reference product", "part"], ["unit", "kilogram"],
                ["Exchanges"], ["name", "amount", "unit", "location", "categories", "type", "reference product"],
                ["Part", sign, "kilogram", "IT", None, "production", "part"], CARBON]  # fmt: skip

    rows = [*MADE, ["Part", -0.4, "kilogram", "IT", None, "technosphere", "part"], []]
    file = workbook(tmp_path / "a.xlsx", [*rows, *behind(-1)], ABOUT)
    found, datasets = taken(file, tmp_path, process="Spun things")
    assert amounts(datasets["spun-things"]) == {"part": 0.2}
    assert amounts(datasets["part"]) == {"Carbon dioxide, fossil": 3.0}
    file = workbook(tmp_path / "b.xlsx", [*MADE, CARBON, *rows[1:], *behind(1)], ABOUT)
    with pytest.raises(CardatoError) as caught:
        taken(file, tmp_path, process="Spun things")
    assert [p.code for p in caught.value.problems] == ["E314"]
    assert '--without "Part"' in caught.value.problems[0].suggestion
    found, _ = taken(file, tmp_path, process="Spun things", without=["Part"])
    assert [e.name for e in found.account.left_out()] == ["Part"]
    with pytest.raises(CardatoError, match="no exchange of this name"):
        taken(file, tmp_path, process="Spun things", without=["Part", "Pert"])


def test_renamed_flows_are_told(tmp_path):
    old = [["Mercury", 1, "kilogram", None, "air", "biosphere"],
           ["Particulates, < 2.5 um", 2, "kilogram", None, "air::urban air close to ground", "biosphere"]]  # fmt: skip
    found, datasets = taken(workbook(tmp_path / "a.xlsx", [*MADE, *old]), tmp_path)
    assert amounts(datasets["spun-things"]) == {
        "Mercury II": 0.5,
        "Particulate Matter, < 2.5 um": 1.0,
    }
    assert "'Mercury' of ecoinvent 3.8 is 'Mercury II' of 3.9" in found.renamed


def test_the_table_of_names_is_that_of_randonneur_data():
    pytest.importorskip("randonneur_data")
    from exchange import renamed

    assert renamed.FILE.read_text(encoding="utf-8") == renamed.table()


def test_flows_of_the_federal_commons():
    """By name, CAS and compartment; fuels by energy; every target of the table is a flow here."""
    assert find("Nitrous oxide", ("emission", "air")).flow == ("Dinitrogen monoxide", ("air",))
    assert find("Carbon dioxide", ("resource", "air")).flow[0] == "Carbon dioxide, in air"
    gas = find("Natural gas", ("resource", "ground", "subterranean"))
    assert (gas.unit, gas.factor) == ("MJ", pytest.approx(1 / 36))
    assert find("Volatile organic compounds", ("emission", "air")) is None
    assert FEDEFL.read_text(encoding="utf-8").count("\n") > 1000


SPREADS = [
    ([2, None, -0.3], "sigma -0.3"), ([2, None, None], "without its sigma"),
    ([3, 2.0, 0.1], "mean of the normal distribution 2"), ([3, 1.0, None], "without a deviation"),
    ([2, 0.0, 0.3, 0.5, 1.5], "bounds 0.5 to 1.5"),
]  # fmt: skip


@pytest.mark.parametrize(("spread", "told"), SPREADS)
def test_distributions_that_change_are_told(spread, told, tmp_path):
    rows = [
        ["Spun things", 1, "kilogram", "IT", None, "production", "thing"],
        ["Carbon dioxide, fossil", 1, "kilogram", None, "air", "biosphere", None, *spread],
    ]
    found, datasets = taken(workbook(tmp_path / "a.xlsx", rows), tmp_path)
    assert any(told in text for text in found.left_out) and told in datasets["spun-things"].note


def package(tmp_path, exchanges, old=False, **more):
    """A package of openLCA with one process, by hand; `old` writes the fields of openLCA 1."""
    names = {"isInput": "input", "isQuantitativeReference": "quantitativeReference"}
    kinds = {"p": "PRODUCT_FLOW", "river": "ELEMENTARY_FLOW", "co2": "ELEMENTARY_FLOW"}
    where = {"river": "Elementary flows/resource/water/fresh water body/river",
             "co2": "Elementary flows/emission/air", "p": "Products"}  # fmt: skip
    labels = {"p": "thing", "river": "Water, fresh", "co2": "Carbon dioxide"}
    rows = []
    for flow, amount, is_input, unit, *extra in exchanges:
        row = {"flow": {"@id": flow, "name": labels[flow]}, "amount": amount, "isInput": is_input,
               "unit": {"name": unit}, "isQuantitativeReference": flow == "p", **dict(*extra)}  # fmt: skip
        rows.append({names.get(k, k) if old else k: v for k, v in row.items()})
    parts = {f"flows/{f}.json": {"@id": f, "flowType": kinds[f], "name": labels[f], "category": where[f]}
             for f in kinds}  # fmt: skip
    parts["locations/x.json"] = '{"@id": "x", "latitude": NaN}'
    parts["processes/a.json"] = {"@id": "a", "name": "Thing", "exchanges": rows, **more}
    return archive(tmp_path / "a.zip", parts)


@pytest.mark.parametrize("old", [False, True])
def test_directions_are_netted_and_units_converted(old, tmp_path):
    """10 000 kg in and 8 000 kg out of one flow are 2 m3; per lb av of the product; NaN is not read."""
    file = package(tmp_path, [("p", 1.0, False, "lb av"), ("river", 10_000.0, True, "kg"),
                              ("river", 8_000.0, False, "kg"), ("co2", 2.0, False, "kg")], old)  # fmt: skip
    found, datasets = taken(file, tmp_path)
    assert amounts(datasets["thing"]) == pytest.approx(
        {"Water, river": 2 / 0.45359237, "Carbon dioxide, fossil": 2 / 0.45359237}
    )
    assert any("netted with -8000 kg" in text for text in found.account.entries[0].told)
    file = package(tmp_path, [("p", 1.0, False, "kg"), ("co2", 1.8, True, "kg")], old)
    with pytest.raises(CardatoError, match="E314"):
        taken(file, tmp_path)


def test_formulas_and_services_of_openlca(tmp_path):
    file = package(tmp_path, [("p", 2.0, False, "p*km"), ("co2", 0.0, False, "kg", {"amountFormula": "X * 2"})],
                   parameters=[{"name": "x", "value": 3.0, "isInputParameter": True}])  # fmt: skip
    _, datasets = taken(file, tmp_path)
    assert datasets["thing"].product.unit == "unit" and amounts(datasets["thing"]) == {
        "Carbon dioxide, fossil": 3.0
    }
    assert "1 unit of the product is 1 person*km" in datasets["thing"].note


def test_large_packages_are_read_part_by_part(tmp_path, monkeypatch):
    """Only what is needed is read; the number of parts is bounded."""
    file = package(tmp_path, [("p", 1.0, False, "kg"), ("co2", 2.0, False, "kg")])
    import zipfile

    from lca_cardato.exchange import packages

    with zipfile.ZipFile(file, "a") as made:
        for i in range(2_100):
            made.writestr(f"flows/{i}.json", "not even JSON")
    read = []
    plain = packages.Package.bytes
    monkeypatch.setattr(
        packages.Package, "bytes", lambda own, name: read.append(name) or plain(own, name)
    )
    _, datasets = taken(file, tmp_path)
    assert amounts(datasets["thing"]) == {"Carbon dioxide, fossil": 2.0} and len(read) < 10
    monkeypatch.setattr(packages, "MAX_PARTS", 2_000)
    with pytest.raises(CardatoError, match="E211"):
        taken(file, tmp_path)


def test_the_command_tells_the_account(tmp_path, command):
    rows = [*MADE, ["Mercury", 1, "kilogram", None, "air", "biosphere"], ["x", 3, "kilogram", "RER", None, "technosphere", "x"]]  # fmt: skip
    file = workbook(tmp_path / "a.xlsx", rows, ABOUT)
    done = command("import", file, "--to", tmp_path / "a.yaml", "--allow-unmatched")
    assert done.returncode == 0, done.stderr
    assert "exchanges in the file: 2; taken: 1; left out: 1; amounts of 0: 0" in done.stdout
    assert "1 exchange: 'Mercury' of ecoinvent 3.8 is 'Mercury II' of 3.9" in done.stdout
    done = command("import", file, "--to", tmp_path / "b.yaml", "--allow-unmatched", "--json")
    rows = json.loads(done.stdout)["account"]["exchanges"]
    assert [(row["became"], row["here"]) for row in rows] == [("taken", 0.5), ("left out", 0.0)]


def test_openpyxl_says_nothing_on_standard_error(tmp_path):
    """A style without a default makes openpyxl warn; people see the result alone."""
    file = workbook(tmp_path / "a.xlsx", [*MADE, CARBON], ABOUT)
    code = ("import sys, warnings; from pathlib import Path; from lca_cardato.files import workbook as w;"
            "import openpyxl; plain = openpyxl.load_workbook;"
            "openpyxl.load_workbook = lambda *a, **k: (warnings.warn('style'), plain(*a, **k))[1];"
            f"w.read_sheets(Path({str(file)!r}).read_bytes(), 'a', 5, 99, 99)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
