"""ILCD: packages, and a process with its data sets beside it."""

import zipfile
from math import log, sqrt

import pytest
from exchange.ecospold_files import (
    CO2,
    ENERGY,
    GAS,
    MASS,
    ilcd_exchange,
    ilcd_flow,
    ilcd_process,
    uuid,
)

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.formats import read_foreign
from lca_cardato.exchange.take import import_process
from lca_cardato.inventory.load import load_inventory

TOP, HEAT, BURNT, WASTE, CO, LAKE = (uuid(n) for n in range(1, 7))
LOGNORMAL = """<uncertaintyDistributionType>log-normal</uncertaintyDistributionType>
<relativeStandardDeviation95In>1.21</relativeStandardDeviation95In>"""
VARIABLE = "<referenceToVariable>twice</referenceToVariable>"
RELATIONS = """<mathematicalRelations><variableParameter name="base"><meanValue>1.5</meanValue></variableParameter>
<variableParameter name="twice"><formula>2 * base</formula><meanValue>3</meanValue></variableParameter>
</mathematicalRelations>"""
ROWS = [
    ilcd_exchange(0, TOP, "Combed top", "Output", 2),
    ilcd_exchange(1, HEAT, "Heat, own", "Input", 5, VARIABLE).replace(
        "<resultingAmount>5", "<resultingAmount>15"),
    ilcd_exchange(2, CO2, "carbon dioxide (fossil)", "Output", 0.4, LOGNORMAL),
    ilcd_exchange(3, GAS, "natural gas", "Input", 72),
    ilcd_exchange(4, WASTE, "Noil for disposal", "Output", 0.1),
    ilcd_exchange(5, CO, "Carbon monoxide, fossil", "Output", 0.02),
]  # fmt: skip
BURN = [
    ilcd_exchange(0, HEAT, "Heat, own", "Output", 1),
    ilcd_exchange(1, CO2, "CO2", "Output", 0.06),
]
AIR = ("Emissions", "Emissions to air", "Emissions to urban air close to ground")
PARTS = {
    f"ILCD/processes/{uuid(11)}_01.00.000.xml": ilcd_process(uuid(11), "Combing", ROWS, "0", RELATIONS),
    f"ILCD/processes/{uuid(12)}_01.00.000.xml": ilcd_process(uuid(12), "Boiler", BURN),
    f"ILCD/flows/{TOP}.xml": ilcd_flow(TOP, "Combed top", "Product flow"),
    f"ILCD/flows/{HEAT}_01.00.000.xml": ilcd_flow(HEAT, "Heat, own", "Product flow", quantity=ENERGY),
    f"ILCD/flows/{WASTE}.xml": ilcd_flow(WASTE, "Noil for disposal", "Waste flow"),
    f"ILCD/flows/{CO}.xml": ilcd_flow(CO, "Carbon monoxide, fossil", "Elementary flow", AIR),
    "ILCD/contacts/x.xml": "<contactDataSet xmlns='http://lca.jrc.it/ILCD/Contact'/>",
}  # fmt: skip


def package(path, parts=PARTS):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def folder(path, parts=PARTS):
    for name, text in parts.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path / "ILCD" / "processes" / f"{uuid(11)}_01.00.000.xml"


def lines(read, name):
    [code] = [code for code, head in read.heads.items() if head.name == name]
    process = read.process(code)
    return process, {line.name: line for line in process.lines}


def test_a_package_is_read_as_the_format_means_it(tmp_path):
    read = read_foreign(package(tmp_path / "a.zip"))
    assert read.format == "ILCD" and not read.told
    combing, found = lines(read, "Combing, at plant")
    assert (combing.product, combing.unit, combing.amount, combing.year) == (
        "Combed top", "kg", 2, 2018)  # fmt: skip
    assert (combing.location, combing.source, combing.products) == ("IT", "A paper", 1)
    heat = found["Boiler, at plant"]
    assert (heat.amount, heat.unit, heat.told) == (15, "MJ", []) and heat.sibling
    dioxide = found["carbon dioxide (fossil)"]
    assert dioxide.flow and dioxide.code == CO2
    assert dioxide.spread.scale == pytest.approx(log(sqrt(1.21)), rel=1e-12)
    assert found["Noil for disposal"].waste and not found["Noil for disposal"].flow
    assert found["Carbon monoxide, fossil"].categories == ("air", "urban air close to ground")


def test_amounts_agree_with_a_kept_reader(tmp_path):
    """pyilcd, where it is installed, sees the same exchanges."""
    pyilcd = pytest.importorskip("pyilcd")
    file = folder(tmp_path)
    root = pyilcd.parse_file_process_dataset(str(file))
    theirs = [
        (str(one.referenceToFlowDataSet.refObjectId), float(one.resultingAmount))
        for one in root.exchanges.exchanges
    ]
    read = read_foreign(file)
    process, found = lines(read, "Combing, at plant")
    ours = [(process.flow, process.amount)]
    heat = {"Heat, own": HEAT}
    ours += [(heat.get(one.product, one.code), one.amount) for one in found.values()]
    assert sorted(ours) == sorted(theirs)


def test_what_is_imported_and_what_is_told(tmp_path):
    """Natural gas in MJ becomes standard cubic metres by EF 3.1's own calorific value, 36 MJ."""
    taken = import_process(
        package(tmp_path / "a.zip"),
        tmp_path / "own.yaml",
        "Combing, at plant",
        allow_unmatched=True,
    )
    inventory = load_inventory(extra=tmp_path)
    figures = {
        one.input or one.emission or one.resource: one
        for one in inventory.datasets[taken.key].exchanges
    }
    assert float(figures["Gas, natural"].amount) == pytest.approx(72 / 36 / 2)
    assert float(figures["Carbon dioxide, fossil"].amount) == 0.2
    assert float(figures["boiler-at-plant"].amount) == 7.5
    assert any("EF 3.1" in text for text in taken.renamed)
    assert [entry.name for entry in taken.account.left_out()] == ["Noil for disposal"]
    sums = {row["unit"]: row["file"] for row in taken.account.sums()}
    assert sums == {"MJ": 15 + 72, "kg": pytest.approx(0.4 + 0.1 + 0.02 + 0.06)}


def test_a_process_finds_the_data_sets_beside_it(tmp_path):
    read = read_foreign(folder(tmp_path))
    process, found = lines(read, "Combing, at plant")
    assert process.unit == "kg" and found["Heat, own"].unit == "MJ"
    assert found["Carbon monoxide, fossil"].categories == ("air", "urban air close to ground")


def test_without_the_data_set_of_the_product_its_unit_is_asked_for(tmp_path):
    file = tmp_path / "alone.xml"
    file.write_text(PARTS[f"ILCD/processes/{uuid(11)}_01.00.000.xml"], encoding="utf-8")
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", allow_unmatched=True)
    [problem] = [p for p in caught.value.problems if p.code == "E322"]
    assert TOP in problem.message and "flowproperties" in problem.suggestion
    assert not (tmp_path / "own.yaml").exists()


def test_flows_beside_a_file_never_lie_outside_their_folder(tmp_path):
    """A code of a flow that is a path is no file."""
    (tmp_path / "secret.xml").write_text(ilcd_flow(TOP, "x", "Product flow"), encoding="utf-8")
    text = PARTS[f"ILCD/processes/{uuid(11)}_01.00.000.xml"].replace(TOP, "../../secret")
    file = tmp_path / "ILCD" / "processes" / "a.xml"
    file.parent.mkdir(parents=True)
    (tmp_path / "ILCD" / "flows").mkdir()
    file.write_text(text, encoding="utf-8")
    [code] = (read := read_foreign(file)).heads
    assert any("secret" in problem.message for problem in read.process(code).problems)


def shared(number, flow, name, side, amount, *shares):
    parts = "".join(
        f'<allocation internalReferenceToCoProduct="{product}" allocatedFraction="{share}"/>'
        for product, share in enumerate(shares)
    )
    return ilcd_exchange(number, flow, name, side, amount, f"<allocations>{parts}</allocations>")


@pytest.mark.parametrize(("shares", "amounts"), [((80, 20), (0.8, 0.2)), ((), None)])
def test_co_products(shares, amounts, tmp_path):
    """With shares of each exchange each reference flow is a process; without they are refused."""
    rows = [
        ilcd_exchange(0, TOP, "Combed top", "Output", 1), ilcd_exchange(1, HEAT, "Heat", "Output", 3),
        shared(2, CO2, "CO2", "Output", 1, *shares),
    ]  # fmt: skip
    one = f"ILCD/processes/{uuid(11)}_01.00.000.xml"
    parts = {**PARTS, one: ilcd_process(uuid(11), "Combing", rows, "0 1")}
    read = read_foreign(package(tmp_path / "a.zip", parts))
    found = [read.process(code) for code in read.heads if code.startswith(uuid(11))]
    assert [process.amount for process in found] == [1, 3]
    if amounts:
        assert tuple(process.lines[0].amount for process in found) == amounts
        assert [process.products for process in found] == [1, 1]
    else:
        assert [process.products for process in found] == [2, 2]


def test_other_data_sets_of_ilcd_say_what_they_are(tmp_path):
    file = tmp_path / "flow.xml"
    file.write_text(ilcd_flow(TOP, "x", "Product flow", (), MASS), encoding="utf-8")
    with pytest.raises(CardatoError) as caught:
        read_foreign(file)
    assert (caught.value.problems[0].code, "flowDataSet" in str(caught.value)) == ("E324", True)
