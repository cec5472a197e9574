import pytest
from conftest import ROOT

from lca_cardato.errors import InputError
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario

TEXT = (ROOT / "scenarios/recycled-wool-70.yaml").read_text(encoding="utf-8")
SHAPE = {"count: Nm 8": "count: Nm x", "municipality: Prato": "municipal: Prato"}
MEANING = {
    "fibre: polyamide": "fibre: poliamide",
    "  carding:\n": "  cardatura:\n",
    "  packaging: {}\n": "",
    "value: 6.5 %": "value: 6.5 kWh",
    "traceability:": "packaging: {carta: 3 g/kg}\ntraceability:",
}


def problems(folder, *changes):
    text = TEXT
    for change in changes:
        for old, new in change.items():
            text = text.replace(old, new, 1)
    file = folder / "scenario.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught, all_at_once():
        loaded = load_scenario(file, ROOT / "scenarios")
        from lca_cardato.inventory.load import load_inventory

        resolve(loaded, load_inventory())
    return {(p.code, p.line, p.key) for p in caught.value.problems}


def test_names_and_figures_are_told_with_the_shape(tmp_path):
    shape, meaning = problems(tmp_path, SHAPE), problems(tmp_path, MEANING)
    assert {code for code, _, _ in shape} == {"E108", "E206"}
    assert {code for code, _, _ in meaning} == {"E105", "E307"}
    both = problems(tmp_path, SHAPE, MEANING)
    assert both == shape | meaning


def test_shares_are_summed_though_another_part_is_wrong(tmp_path):
    found = problems(tmp_path, SHAPE, {"share: 70 %": "share: 60 %"})
    assert ("E301", "blend") in {(code, key) for code, _, key in found}


def test_what_has_no_shape_at_all_is_told_once(tmp_path):
    file = tmp_path / "scenario.yaml"
    file.write_text("blend: 3\nroute: [a]\nyarns: {a: [b]}\npackaging: x\nid: [1]\n", "utf-8")
    with pytest.raises(InputError) as caught, all_at_once():
        load_scenario(file)
    keys = [p.key for p in caught.value.problems]
    assert len(keys) == len(set(keys))
