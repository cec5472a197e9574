"""The virgin reference: what a recycled fibre is called can't make the difference larger unseen."""

import hashlib
import json
import re

import pytest
from conftest import ROOT, declared, scenario_dict
from openpyxl import load_workbook

from lca_cardato import api
from lca_cardato.calculation.solve import calculate
from lca_cardato.inventory.load import load_inventory
from lca_cardato.report.formats.passport import passport
from lca_cardato.results.document import result_document
from lca_cardato.results.versions import BEFORE, in_version
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.references import grid_reference, virgin_alternatives, virgin_reference
from lca_cardato.words.language import Language

POST = "recycled_post_consumer"


def yarn(*fibres, **changes):
    """A yarn of recycled fibres."""
    shares = {1: (100,), 3: (50, 30, 20)}[len(fibres)]
    blend = [{"fibre": f, "share": f"{s} %", "origin": POST} for f, s in zip(fibres, shares)]
    return load_scenario(declared(scenario_dict(blend=blend, **changes)))


def scores(loaded, inventory, store):
    """Climate change of the reference and of each alternative, by the fibre that is taken."""
    names = list(store.background.indicators)
    place = names.index("climate_change")
    found = {
        (one.replaced, one.fibre): calculate(one.model, store.background).scores[place]
        for one in virgin_alternatives(loaded, inventory)
        if not one.undyed and one.dataset == inventory.fibres[one.fibre].supplies["virgin"].dataset
    }
    reference = virgin_reference(loaded, inventory)
    return calculate(reference, store.background).scores[place], found


def test_a_costlier_name_gives_the_same_alternatives(inventory, store):
    wool, beside_wool = scores(yarn("wool"), inventory, store)
    cashmere, beside_cashmere = scores(yarn("cashmere"), inventory, store)
    assert cashmere > 3 * wool
    assert beside_wool["wool", "cashmere"] == pytest.approx(cashmere, rel=1e-12)
    assert beside_cashmere["cashmere", "wool"] == pytest.approx(wool, rel=1e-12)
    hair = {key for key, fibre in inventory.fibres.items() if fibre.keratin == "yes"}
    assert {fibre for _, fibre in beside_wool} == hair - {"wool"}


def test_each_recycled_fibre_has_its_family(inventory):
    found = virgin_alternatives(yarn("wool", "polyester", "cotton"), inventory)
    by_fibre = {}
    for one in found:
        by_fibre.setdefault(one.replaced, set()).add(one.fibre)
    assert list(by_fibre) == ["wool", "polyester", "cotton"]
    assert {"polyamide", "acrylic"} <= by_fibre["polyester"]
    assert {"viscose", "flax"} <= by_fibre["cotton"]
    assert not by_fibre["wool"] & by_fibre["polyester"]
    for one in found:
        lines = [line.entry for yarn_ in one.model.yarns for line in yarn_.lines]
        assert {line.origin for line in lines} == {"virgin"}
        assert len(lines) == 3 and one.fibre in {line.fibre for line in lines}


def test_nothing_where_nothing_is_recycled_or_known(inventory):
    virgin = [{"fibre": "wool", "share": "100 %", "origin": "virgin"}]
    assert virgin_alternatives(load_scenario(scenario_dict(blend=virgin)), inventory) == []
    product = {"type": "yarn", "name": "x", "count": "Nm 8", "boundary": "gate_to_gate"}
    gate = {"blending": {}, "carding": {}, "spinning-ring": {}}
    outside = yarn("wool", product=product, route=gate)
    assert virgin_alternatives(outside, inventory) == []


def test_a_fibre_without_recycled_supply_of_its_own(inventory):
    """Its waste is named as a dataset; the reference is virgin fibre of its name all the same."""
    line = {"fibre": "camel", "share": "100 %", "origin": POST, "colour": "undyed",
            "dataset": "textile-waste-post-consumer-collected",
            "steps": {"sorting": {}, "tearing": {}}}  # fmt: skip
    loaded = load_scenario(declared(scenario_dict(blend=[line])))
    model = virgin_reference(loaded, inventory)
    assert model.yarns[0].lines[0].dataset == inventory.fibres["camel"].supplies["virgin"].dataset


def test_a_fibre_of_ones_own_is_alone_in_its_family(tmp_path, inventory):
    (tmp_path / "own.yaml").write_text(
        """schema: lca-cardato/inventory/1
fibres:
  nettle:
    name: {en: nettle, it: ortica}
    label: {en: nettle, it: ortica}
    regain: {carded: 12 %, source: eu-1007-2011, at: Annex IX}
    supplies:
      virgin: {dataset: flax-fibre}
      recycled_post_consumer: {dataset: textile-waste-post-consumer-collected, steps: [sorting, tearing]}
""",
        encoding="utf-8",
    )
    own = load_inventory(extra=tmp_path)
    assert virgin_reference(yarn("nettle"), own) is not None
    assert {one.fibre for one in virgin_alternatives(yarn("nettle"), own)} <= {"nettle"}


def test_version_before_has_no_alternatives(assessed):
    document = result_document(assessed("recycled-wool-70"))
    assert document["reference"]["alternatives"]
    before = in_version(document, BEFORE)
    assert list(before["reference"]) == ["id", "name", "indicators"]
    assert document["reference"]["alternatives"]


@pytest.mark.parametrize(
    "lang, said",
    [("en", "recycled cashmere compared with virgin cashmere -9"),
     ("it", "cashmere (riciclata) confrontata con la vergine: cashmere -9")],
)  # fmt: skip
def test_cashmere_in_place_of_wool_is_seen_in_every_output(command, tmp_path, lang, said):
    honest = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    text = honest.replace("fibre: wool", "fibre: cashmere", 1)
    assert text != honest
    text = re.sub(
        r"file: ([^,}]+)", lambda m: f"sha256: {hashlib.sha256(m[1].encode()).hexdigest()}", text
    )
    (tmp_path / "mill.yaml").write_text(text, encoding="utf-8")
    files = ["--report", "r.html", "--report", "r.xlsx"]
    done = command("assess", "mill.yaml", "--lang", lang, *files, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    assert said in shown
    document = json.loads(
        command("assess", "mill.yaml", "--json", "--lang", lang, cwd=tmp_path).stdout
    )
    rows = document["reference"]["alternatives"]
    assert rows[0]["fibre"] == "cashmere" and rows[0]["stated"]
    assert set(rows[0]["indicators"]) == {"climate_change", "energy", "water_consumed"}
    of = {
        row["fibre"]: row["indicators"]["climate_change"]["difference"]
        for row in rows
        if not row["undyed"]
    }
    assert of["cashmere"] < -0.97 and -0.9 < of["wool"] < -0.87
    stated = document["reference"]["indicators"]["climate_change"]
    assert rows[0]["indicators"]["climate_change"] == stated
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    sheets = load_workbook(tmp_path / "r.xlsx")
    cells = " ".join(str(c.value) for s in sheets for row in s for c in row)
    for name in (rows[1]["supply"], rows[3]["supply"]):
        assert name in html and name in cells


def test_photovoltaics_have_a_figure_of_the_grid_too(inventory):
    grid = load_scenario(scenario_dict())
    assert grid_reference(grid, inventory) is None
    for contract in ({}, {"contract": "supplier_mix", "dataset": "electricity-it-residual"}):
        sunny = load_scenario(scenario_dict(electricity={"photovoltaic": "40 %", **contract}))
        model = grid_reference(sunny, inventory)
        [(dataset, key)] = model.electricity
        assert dataset == model.grid and model.parameters[key].amount == 1


@pytest.mark.parametrize(
    "lang, said",
    [("en", "with the mix of the grid alone"), ("it", "con il solo mix di rete")],
)  # fmt: skip
def test_electricity_has_both_figures_in_every_output(command, tmp_path, lang, said):
    scenario = ROOT / "scenarios" / "knit-polyester-blend.yaml"
    files = [word for name in ("r.html", "r.xlsx") for word in ("--report", tmp_path / name)]
    done = command("assess", scenario, "--lang", lang, *files)
    assert done.returncode == 0, done.stderr
    values = json.loads(command("assess", scenario, "--json").stdout)["electricity"][
        "climate_change"
    ]
    assert values["location_based"] > values["market_based"]
    words = Language(lang)
    told = [words.number(values[key]) for key in ("market_based", "location_based")]
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    sheets = load_workbook(tmp_path / "r.xlsx")
    cells = " ".join(str(c.value) for s in sheets for row in s for c in row)
    for text in (done.stdout, html, cells):
        text = " ".join(text.split())
        place = text.index(said)
        assert all(value in text[place - 120 : place] for value in told)
    document = result_document(api.assess(scenario), lang)
    exported = passport(document)["additionalProperty"]
    assert [said in item.get("description", "") for item in exported].count(True) == 1
    assert "grid alone" in str(api.assess(scenario))
