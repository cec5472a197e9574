"""SimaPro CSV: read by bw_simapro_csv, evaluated and matched here. The figures are made up."""

import csv
import sys
from math import log, sqrt

import pytest

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.flow_names import find
from lca_cardato.exchange.formats import read_foreign
from lca_cardato.exchange.listed import NAMES, SIMAPRO
from lca_cardato.exchange.simapro_names import aliases, place_of
from lca_cardato.exchange.take import import_process
from lca_cardato.inventory.load import load_inventory

HEAD = """{SimaPro 9.5}
{processes}
{Date: 07/03/2024}
{Time: 15:52:27}
{Project: Wool}
{CSV Format version: 9.0.0}
{CSV separator: Semicolon}
{Decimal separator: ,}
{Date separator: /}
{Short date format: dd/MM/yyyy}
"""
ABOUT = """
Process

Category type
{kind}

Process identifier
{ident}

Type
Unit process

Process name
{name}

Time period
2015-2019

Geography
Italy

Date
07/03/2024

Comment
made up
"""
WOOL = """
Literature references
Rossi 2019;

Products
Wool, scoured {IT}| scouring | Cut-off, U;kg;1;80;not defined;Fibres;
Lanolin {IT}| scouring | Cut-off, U;kg;0,1;20;not defined;Fibres;

Resources
Water, river, IT;in water;m3;0,012;Undefined;0;0;0;
Gas, natural/m3;in ground;m3;0,1;Undefined;0;0;0;

Materials/fuels
Soap, own;kg;loss*0,02;Lognormal;1,44;0;0;soap

Electricity/heat
Electricity, medium voltage {IT}| market for electricity, medium voltage | Cut-off, U;kWh;0,5;Triangle;0;0,4;0,8;

Emissions to air
Carbon dioxide;low. pop.;kg;0,3;Normal;0,0004;0;0;
Methane, biogenic;;g;4;Uniform;0;3;5;
Ammonia, IT;low. pop.;kg;0,001;Undefined;0;0;0;

Emissions to water
COD, Chemical Oxygen Demand;river;g;20;Undefined;0;0;0;

Final waste flows
Mud, wool;;kg;0,05;Undefined;0;0;0;

Waste to treatment
Sludge, own;kg;0,2;Undefined;0;0;0;

Input parameters
loss;1,5;Undefined;0;0;0;No;

Calculated parameters

End
"""
SOAP = """
Products
Soap, own;ton;0,001;100;not defined;Chemicals;

Emissions to air
Carbon dioxide, fossil;;kg;0,9;Undefined;0;0;0;

End
"""
SLUDGE = """
Waste treatment
Sludge, own;kg;1;All waste types;Others;

Emissions to water
Nitrate;groundwater;kg;0,01;Undefined;0;0;0;

End
"""
UNITS = """
Units
ton;Mass;1000;kg
kg;Mass;1;kg

End
"""
WORK = """
Literature reference

Name
Rossi 2019

Documentation link
https://example.org/rossi

Comment
x

Category
Others

Description
x

End
"""


def about(kind, ident, name=""):
    return ABOUT.format(kind=kind, ident=ident, name=name or "Unspecified")


WHOLE = (
    HEAD + about("material", "p1") + WOOL + about("material", "p2") + SOAP
    + about("waste treatment", "p3", "Sludge") + SLUDGE + UNITS + WORK
)  # fmt: skip
SCOURED = "Wool, scoured {IT}| scouring | Cut-off, U"


@pytest.fixture
def file(tmp_path):
    pytest.importorskip("bw_simapro_csv")
    path = tmp_path / "wool.csv"
    path.write_bytes(WHOLE.encode("windows-1252"))
    return path


def lines(read, name):
    [code] = [code for code, head in read.heads.items() if head.product == name]
    process = read.process(code)
    return process, {line.name: line for line in process.lines}


def test_it_is_read_as_simapro_means_it(file):
    read = read_foreign(file)
    assert read.format == "SimaPro CSV" and len(read.heads) == 4
    wool, found = lines(read, SCOURED)
    assert (wool.amount, wool.unit, wool.year, wool.location, wool.source) == (
        1, "kg", 2015, "IT", "Rossi 2019: https://example.org/rossi")  # fmt: skip
    assert len(found) == 10
    soap = found["Soap, own"]  # a formula over a parameter of the process, and the share of 80 %
    assert soap.amount == pytest.approx(0.8 * 1.5 * 0.02) and soap.sibling
    assert soap.spread.scale == pytest.approx(log(sqrt(1.44)))
    dioxide = found["Carbon dioxide"]
    assert dioxide.amount == pytest.approx(0.24)
    assert dioxide.spread.scale == pytest.approx(sqrt(0.0004) * 0.8)
    methane = found["Methane, biogenic"].spread
    assert (methane.minimum, methane.maximum) == (pytest.approx(2.4), pytest.approx(4))
    assert found["Sludge, own"].waste and found["Sludge, own"].sibling
    lanolin, of_lanolin = lines(read, "Lanolin {IT}| scouring | Cut-off, U")
    assert lanolin.amount == 0.1
    assert of_lanolin["Carbon dioxide"].amount == pytest.approx(0.06)


def test_amounts_agree_with_the_kept_reader(file):
    """bw_simapro_csv evaluates formulas by itself; amounts agree row by row."""
    from bw_simapro_csv import SimaProCSV
    from bw_simapro_csv.blocks import Process

    blocks = SimaProCSV(file, stderr_logs=False, write_logs=False)
    theirs = [
        (row["name"], row["amount"])
        for block in blocks if isinstance(block, Process)
        for kind, part in block.blocks.items()
        if kind not in ("Products", "Waste treatment") and not kind.endswith("parameters")
        for row in part.parsed
    ]  # fmt: skip
    read = read_foreign(file)
    first = lines(read, SCOURED)[0].lines
    rest = [line for name in ("Soap, own", "Sludge, own") for line in lines(read, name)[0].lines]
    ours = [(x.name, x.amount / 0.8) for x in first] + [(x.name, x.amount) for x in rest]
    assert sorted(n for n, _ in ours) == sorted(n for n, _ in theirs)
    for (_, amount), (_, theirs_amount) in zip(sorted(ours), sorted(theirs)):
        assert amount == pytest.approx(theirs_amount, rel=1e-12)


def test_what_is_imported_and_what_is_told(file, tmp_path):
    taken = import_process(file, tmp_path / "own.yaml", SCOURED, True, "A letter")
    inventory = load_inventory(extra=tmp_path)
    assert taken.datasets == ["wool-scoured-it-scouring-cut-off-u", "soap-own", "sludge"]
    made = inventory.datasets[taken.key]
    figures = {one.input or one.emission or one.resource: one for one in made.exchanges}
    assert float(figures["Water, river"].amount) == pytest.approx(0.0096)
    assert float(figures["Ammonia"].amount) == pytest.approx(0.0008)
    assert float(figures["Methane, non-fossil"].amount) == pytest.approx(0.0032)
    assert float(figures["soap-own"].amount) == pytest.approx(0.024)
    assert float(figures["sludge"].amount) == pytest.approx(0.16)
    assert figures["Carbon dioxide, fossil"].compartment == "air/non-urban air or from high stacks"
    told = " ".join(taken.renamed)
    assert "'Carbon dioxide' in Emissions to air/low. pop. is 'Carbon dioxide, fossil'" in told
    left = {entry.name for entry in taken.account.left_out()}
    assert "Mud, wool" in left and len(taken.account.entries) == 12
    sums = {row["unit"]: row for row in taken.account.sums()}
    assert sums["g"]["file"] == pytest.approx(0.8 * 24) and sums["m3"]["file"] == pytest.approx(
        0.0896
    )


def test_a_credit_is_refused_with_the_cure(file, tmp_path):
    text = WHOLE.replace("Materials/fuels\n", "Avoided products\nOther soap;kg;1;Undefined;0;0;0;\n\n"
                         "Materials/fuels\n", 1)  # fmt: skip
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", SCOURED, True, "A letter")
    assert [p.code for p in caught.value.problems] == ["E314"]
    taken = import_process(
        file, tmp_path / "own.yaml", SCOURED, True, "A letter", without=["Other soap"]
    )
    assert "Other soap" in {entry.name for entry in taken.account.left_out()}


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("loss*0,02", "loss*missing", "E104"),
        ("loss*0,02", "__import__('os').getcwd()", "E104"),
        ("loss*0,02", "9^9^9^9", "E104"),
        ("{processes}", "{methods}", "E322"),
    ],
)
def test_bad_files(file, tmp_path, was, becomes, code):
    """Formulas are arithmetic over parameters; nothing else is ever evaluated."""
    file.write_text(WHOLE.replace(was, becomes), encoding="utf-8")
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", SCOURED, allow_unmatched=True)
    assert code in {problem.code for problem in caught.value.problems}
    assert not (tmp_path / "own.yaml").exists()


def test_without_the_extra_the_cure_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(WHOLE, encoding="utf-8")
    for name in ("bw_simapro_csv", "bw_simapro_csv.blocks"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(CardatoError) as caught:
        read_foreign(tmp_path / "a.csv")
    [problem] = caught.value.problems
    assert (problem.code, "lca-cardato[simapro]" in problem.suggestion) == ("E510", True)


@pytest.mark.parametrize(
    ("name", "place", "unit", "flow", "factor"),
    [
        ("Carbon dioxide", ("Emissions to air", ""), "kg", ("Carbon dioxide, fossil", ("air",)), 1),
        ("Methane", ("Emissions to air", "low. pop."), "kg",
         ("Methane, fossil", ("air", "non-urban air or from high stacks")), 1),
        ("Methane, biogenic", ("Emissions to air", ""), "kg", ("Methane, non-fossil", ("air",)), 1),
        ("Chromium", ("Emissions to water", "river"), "kg", ("Chromium III", ("water", "surface water")), 1),
        ("Water, lake, NL", ("Resources", "in water"), "m3",
         ("Water, lake", ("natural resource", "in water")), 1),
        ("Particulates, < 2.5 um", ("Emissions to air", "high. pop."), "kg",
         ("Particulate Matter, < 2.5 um", ("air", "urban air close to ground")), 1),
        ("Particulates, < 10 um", ("Emissions to air", "high. pop."), "kg", None, 0),
        ("Radon-222", ("Emissions to air", ""), "Bq", ("Radon-222", ("air",)), 0.001),
        ("Mud, wool", ("Final waste flows", ""), "kg", None, 0),
    ],
)  # fmt: skip
def test_flows_of_simapro(name, place, unit, flow, factor):
    """Carbon that is not said to be biogenic counts as fossil; ecoinvent's own renames go first."""
    from lca_cardato.exchange.foreign_units import factor_to
    from lca_cardato.lcia.flows import elementary_flows

    found = find(name, place, "", unit)
    assert (found and found.flow) == flow
    if found:
        whole = float(factor_to(unit, elementary_flows()[flow]))
        assert whole == factor


def test_the_tables_are_those_of_their_source():
    """Made again from randonneur_data, where it is installed."""
    pytest.importorskip("randonneur_data")
    from exchange import listed

    from lca_cardato.exchange.listed import EF

    assert NAMES.read_text(encoding="utf-8") == listed.simapro_names()
    assert EF.read_text(encoding="utf-8") == listed.ef()
    with SIMAPRO.open(encoding="utf-8", newline="") as rows:
        assert len(list(csv.DictReader(rows))) > 700
    assert SIMAPRO.read_text(encoding="utf-8") == listed.simapro()


def test_names_of_processes():
    name = "Electricity, medium voltage {IT}| market for | Cut-off, U"
    assert aliases(name)[0] == ("market for electricity, medium voltage",
                                "electricity, medium voltage", "IT")  # fmt: skip
    assert aliases("Soy oil, refined, at plant/kg/RNA")[0] == (
        "Soy oil, refined, at plant/kg",
        "",
        "RNA",
    )
    assert (place_of("Rice {RoW}| x | U"), place_of("Rice"), aliases("Rice")) == ("RoW", "", ())
