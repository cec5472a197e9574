"""EcoSpold 1 and single files of EcoSpold 2: every exchange as the format means it."""

import io
import zipfile
from math import log, sqrt

import pyecospold
import pytest
from exchange.ecospold_files import dataset, ecospold1, exchange

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.export import export
from lca_cardato.exchange.formats import read_foreign
from lca_cardato.exchange.take import import_process
from lca_cardato.inventory.load import load_inventory

AIR = 'category="air" subCategory="low population density"'
GROUND = 'category="resource" subCategory="in ground"'
ROWS = [
    exchange(1, "Scoured fibre", 2, "out0"),
    exchange(2, "Electricity, own", 0.5, "in2", "kWh", 'location="IT"'),
    exchange(3, "Methane, fossil", 0.004, "out4",
             about=f'{AIR} uncertaintyType="1" standardDeviation95="1.44"'),
    exchange(4, "Gas, natural, in ground", 3, "in4", "Sm3", GROUND),
    exchange(5, "Sludge", 0.1, "out3", about='location="IT"'),
    exchange(6, "Water, river", 12, "in4", "kg", 'category="resource" subCategory="in water"'),
    exchange(7, "Carbon dioxide, in air", 1, "out4", about='category="resource" subCategory="in air"'),
    exchange(8, "Carbon dioxide, in air", 3, "in4", about='category="resource" subCategory="in air"'),
]  # fmt: skip
POWER = [
    exchange(1, "Electricity, own", 1, "out0", "kWh"),
    exchange(2, "Carbon dioxide, fossil", 400, "out4", "g",
             f'{AIR} uncertaintyType="2" standardDeviation95="40"'),
]  # fmt: skip
WHOLE = ecospold1(
    dataset(1, "Scoured fibre", ROWS), dataset(2, "Electricity, own", POWER, "kWh"),
    dataset(3, "climate", [exchange(1, "x", 1, "out0")], result="true"),
)  # fmt: skip


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def lines(read, name):
    [code] = [code for code, head in read.heads.items() if head.name == name]
    return {line.name: line for line in read.process(code).lines}


@pytest.mark.parametrize("name", ["a.xml", "a.spold", "a.csv"])
def test_ecospold_1_is_read_as_its_schema_means_it(name, tmp_path):
    file = written(tmp_path / name, WHOLE)
    read = read_foreign(file)
    assert read.format == "EcoSpold 1" and [h.name for h in read.heads.values()] == [
        "Scoured fibre", "Electricity, own"
    ]  # fmt: skip
    assert ("ends in" in str(read.told)) == (name == "a.csv") and "climate" not in read.heads
    assert any("impact assessment" in told for told in read.told)
    found = lines(read, "Scoured fibre")
    assert found["Electricity, own"].sibling and not found["Electricity, own"].flow
    methane = found["Methane, fossil"]
    assert methane.categories == ("air", "non-urban air or from high stacks")
    assert methane.spread.scale == pytest.approx(log(sqrt(1.44)), rel=1e-12)
    assert found["Sludge"].waste and not found["Sludge"].flow
    power = lines(read, "Electricity, own")["Carbon dioxide, fossil"]
    assert (power.amount, power.spread.kind, power.spread.scale) == (400, 3, 20)


def test_amounts_agree_with_a_kept_reader(tmp_path):
    """pyecospold, which bw2io uses, sees the same exchanges."""
    root = pyecospold.parse_file_v1(written(tmp_path / "a.xml", WHOLE))
    theirs = [
        (e.name, e.unit, float(e.meanValue), e.groupsStr[0])
        for d in root.datasets for e in d.flowData.exchanges
        if d.number != 3 and e.groupsStr[0] != "ReferenceProduct"
    ]  # fmt: skip
    read = read_foreign(tmp_path / "a.xml")
    ours = [line for code in read.heads for line in read.process(code).lines]
    assert len(theirs) == 8 and len(ours) == 7  # one flow is booked in both directions
    theirs = [one for one in theirs if one[0] != "Carbon dioxide, in air"]
    ours = [line for line in ours if line.name != "Carbon dioxide, in air"]
    for line, (name, unit, amount, group) in zip(ours, theirs):
        assert line.name == name and line.amount == amount
        assert line.flow == (group in ("ToNature", "FromNature"))
        assert unit in (line.unit, "kWh", "Sm3", "g")


def test_what_is_imported_and_what_is_told(tmp_path):
    taken = import_process(
        written(tmp_path / "a.xml", WHOLE), tmp_path / "own.yaml", "Scoured fibre",
        allow_unmatched=True,
    )  # fmt: skip
    inventory = load_inventory(extra=tmp_path)
    assert taken.datasets == ["scoured-fibre", "electricity-own"]
    made = inventory.datasets["scoured-fibre"]
    figures = {one.input or one.emission or one.resource: one for one in made.exchanges}
    assert float(figures["Methane, fossil"].amount) == pytest.approx(0.002)
    assert figures["Methane, fossil"].year == 2019
    assert float(figures["Water, river"].amount) == pytest.approx(0.006)
    [source] = {figure.source for figure in figures.values()}
    assert "Rossi M., Bianchi L. (2020): Tessuti cardati" in str(inventory.sources[source].title)
    entries = {entry.name: entry for entry in taken.account.entries}
    assert "water, 1000 kg to 1 m3" in str(entries["Water, river"].told)
    assert entries["Sludge"].became == "left out"
    sums = {row["unit"]: row for row in taken.account.sums()}
    assert sums["kg"]["file"] == pytest.approx(0.004 + 0.1 + 12 + 2) and sums["g"]["file"] == 400
    assert sums["kg"]["left_out"] == pytest.approx(0.1)


def test_a_flow_in_both_directions_is_netted(tmp_path):
    entry = [
        entry for entry in import_process(
            written(tmp_path / "a.xml", WHOLE), tmp_path / "own.yaml", "Scoured fibre",
            allow_unmatched=True,
        ).account.entries if entry.name == "Carbon dioxide, in air"
    ]  # fmt: skip
    assert [(one.amount, one.here) for one in entry] == [(2.0, 1.0)]


MADE = [
    exchange(1, "Wool", 4, "out2"), exchange(2, "Lanolin", 1, "out2"),
    exchange(3, "Heat, own", 10, "in2", "MJ", 'location="IT"'),
    exchange(4, "Methane, fossil", 2, "out4", about=AIR),
]  # fmt: skip


def shares(product, heat, methane):
    rows = {3: heat, 4: methane}
    return "".join(
        f'<allocation referenceToCoProduct="{product}" fraction="{share}" allocationMethod="1">'
        f"<referenceToInputOutput>{row}</referenceToInputOutput></allocation>"
        for row, share in rows.items()
    )


def test_co_products_take_the_file_s_own_shares(tmp_path):
    more = shares(1, 90, 75) + shares(2, 10, 25)
    read = read_foreign(
        written(tmp_path / "a.xml", ecospold1(dataset(1, "Scouring", MADE, more=more)))
    )
    assert [head.name for head in read.heads.values()] == ["Wool", "Lanolin"]
    wool, lanolin = (read.process(code) for code in read.heads)
    assert [line.amount for line in wool.lines] == [9, 1.5]
    assert [line.amount for line in lanolin.lines] == [1, 0.5]
    assert (wool.products, wool.amount, lanolin.amount) == (1, 4, 1)


def test_co_products_without_shares_are_refused(tmp_path):
    file = written(tmp_path / "a.xml", ecospold1(dataset(1, "Scouring", MADE)))
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", allow_unmatched=True)
    assert "E328" in {problem.code for problem in caught.value.problems}


def test_an_archive_of_ecospold_1(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.xml", ecospold1(dataset(1, "Scoured fibre", ROWS)))
        archive.writestr("two.xml", ecospold1(dataset(2, "Electricity, own", POWER, "kWh")))
        archive.writestr("broken.xml", "<ecoSpold")
    read = read_foreign(tmp_path / "a.zip")
    assert lines(read, "Scoured fibre")["Electricity, own"].sibling
    assert any("broken.xml" in told for told in read.told)


@pytest.mark.parametrize("name", ["a.spold", "a.xml", "a.zip"])
def test_a_single_file_of_ecospold_2(assessed, tmp_path, name):
    """One file of our own export, as it comes back from its archive."""
    export(assessed("recycled-wool-70"), str(tmp_path / "all.spold.zip"))
    with zipfile.ZipFile(tmp_path / "all.spold.zip") as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    [data] = [d for d in parts.values() if b"polyamide 6 granulate</activityName>" in d]
    (tmp_path / name).write_bytes(data)
    read = read_foreign(tmp_path / name)
    [code] = read.heads
    whole = read_foreign(tmp_path / "all.spold.zip")
    same = whole.process(code)
    one = read.process(code)
    assert read.format == "EcoSpold 2" and one.product == same.product
    assert [line.amount for line in one.lines] == [line.amount for line in same.lines]
    assert ("ends in '.zip'" in str(read.told)) is False
    taken = import_process(tmp_path / name, tmp_path / "own.yaml", allow_unmatched=True, source="x")
    assert len(taken.account.entries) == len(one.lines)


def test_a_document_type_is_refused_wherever_it_stands(tmp_path):
    text = f"<?xml version='1.0'?><!--{' ' * 9000}--><!DOCTYPE ecoSpold [<!ENTITY a 'b'>]>"
    file = written(tmp_path / "a.xml", text + WHOLE.partition("?>")[2])
    with pytest.raises(CardatoError) as caught:
        read_foreign(file)
    assert "a document type" in str(caught.value.problems[0].suggestion)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.spold", text + "<ecoSpold/>")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    with pytest.raises(CardatoError):
        read_foreign(tmp_path / "a.zip")
