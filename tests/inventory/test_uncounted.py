"""Flows that no indicator counts, and families of which nothing is booked, are told with a cure."""

import pytest
from conftest import own_dataset

from lca_cardato.brightway.store import open_store
from lca_cardato.inventory.flows import flow_problems
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.uncounted import doubts, told, uncounted_flows, unearned_families
from lca_cardato.lcia.counted import counted_flows, wanted
from lca_cardato.lcia.flows import elementary_flows
from lca_cardato.results.notices import notices
from lca_cardato.words.language import Language


def own(tmp_path, exchanges, families="climate_change", more=""):
    """A folder with one dataset: flows as (name, compartment)."""
    text = own_dataset(exchanges, families, more)
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    return load_inventory(extra=tmp_path)


def test_every_shipped_flow_counts_or_has_its_reason(inventory):
    found = [one for one in doubts(inventory) if one["kind"] == "uncounted"]
    assert not found, [told(one, Language("en")) for one in found]


def test_every_reason_is_about_flows_that_exist_and_do_not_count(inventory):
    counted, flows = counted_flows(), elementary_flows()
    assert inventory.uncounted
    for key, item in inventory.uncounted.items():
        assert item.reason.en and item.reason.it and (item.source or item.at), key
        meant = [flow for flow in flows if item.names(flow)]
        assert {name for name, _ in meant} == set(item.flows), key
        assert not [flow for flow in meant if flow in counted], key


@pytest.mark.parametrize(
    ("flow", "names"),
    [
        (("Mercury", ("air",)), ["Mercury II"]),
        (("Zinc", ("water", "surface water")), ["Zinc II"]),
        (("Copper", ("soil",)), ["Copper ion"]),
        (("Arsenic", ("air",)), ["Arsenic ion"]),
        (("Chromium IV", ("air", "urban air close to ground")), ["Chromium III", "Chromium VI"]),
        (("COD, Chemical Oxygen Demand", ("water",)), []),
    ],
)
def test_the_name_that_the_method_wants_is_the_cure(flow, names):
    assert wanted(flow, counted_flows()) == [(name, flow[1]) for name in names]


def test_a_part_of_the_compartment_that_counts_is_the_cure():
    found = wanted(("Phosphate", ("water", "ocean")), counted_flows())
    assert ("Phosphate", ("water", "surface water")) in found
    assert {name for name, _ in found} == {"Phosphate"}


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ["No indicator counts 'Chromium IV'", "wants 'Chromium III' or 'Chromium VI'",
                "books nothing for energy"]),
        ("it", ["Nessun indicatore conta 'Chromium IV'", "vuole 'Chromium III' o 'Chromium VI'",
                "non registra nulla per energy"]),
    ],
)  # fmt: skip
def test_own_data_are_told_with_the_cure(tmp_path, home, lang, texts):
    """In the notices of every output with figures, once the store is open; also from a kept store."""
    flows = [("Chromium IV", "air/urban air close to ground"), ("Methane, fossil", "air")]
    for _ in range(2):
        records = own(tmp_path, flows, "climate_change, energy")
        open_store(records)
        found = notices((), records, Language(lang))
        said = " ".join(one["text"] for one in found)
        assert [text for text in texts if text not in said] == []
        assert {one["kind"] for one in found} >= {"own_uncounted", "own_unearned"}


def test_a_part_of_a_compartment_is_said_with_its_name(tmp_path):
    records = own(tmp_path, [("Zinc II", "air/low population density, long-term")])
    [doubt] = [one for one in doubts(records) if one["kind"] == "uncounted"]
    assert "'Zinc II' in 'air'" in told(doubt, Language("en"))


def test_inventory_check_names_flow_and_cure(tmp_path, command):
    own(tmp_path, [("Chromium IV", "air/urban air close to ground")], "climate_change")
    done = command("inventory", "check", "--inventories", tmp_path)
    assert done.returncode == 0
    assert "The method wants 'Chromium III' or 'Chromium VI'" in done.stdout
    assert "datasets/made-up books nothing for climate_change" in done.stdout


def test_shipped_data_alone_give_no_notice(inventory, store):
    assert inventory.doubts == [] and notices((), inventory, Language("en")) == []


def test_a_plain_name_of_a_metal_is_refused_with_the_name_that_counts(tmp_path):
    problem = flow_problems(own(tmp_path, [("Mercury", "air")]))[0]
    assert problem.code == "E307" and "Mercury II" in problem.suggestion


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Zinc", "'Zinc II'"), ("Copper", "'Copper ion'"), ("Chromium", "'Chromium III' or 'Chromium VI'")],
)  # fmt: skip
def test_a_metal_in_water_is_never_taken_for_a_radionuclide(tmp_path, name, wanted):
    """``Zinc-65`` is spelled most like ``Zinc``."""
    problem = flow_problems(own(tmp_path, [(name, "water/surface water")]))[0]
    assert problem.suggestion == f"did you mean {wanted}?"


def test_a_flow_of_ones_own_that_nothing_counts_is_found(tmp_path):
    chromium = ("Chromium IV", ("air", "urban air close to ground"))
    records = own(
        tmp_path, [("Chromium IV", "air/urban air close to ground"), ("Methane, fossil", "air")]
    )
    assert uncounted_flows(records, counted_flows()) == {chromium: [("datasets", "made-up")]}


def test_a_reason_of_ones_own_is_taken(tmp_path):
    (tmp_path / "why.yaml").write_text(
        "schema: lca-cardato/inventory/1\nuncounted:\n  chromium-iv:\n    flows: [Chromium IV]\n"
        "    compartment: air\n    reason: {en: a test, it: una prova}\n",
        encoding="utf-8",
    )
    records = own(tmp_path, [("Chromium IV", "air/urban air close to ground")])
    assert uncounted_flows(records, counted_flows()) == {}


def test_every_family_of_a_shipped_record_is_booked_or_reasoned(inventory):
    found = unearned_families(inventory, counted_flows())
    assert found == {}, "book a flow of the family, or write why not in `zeros`"


def test_a_family_is_earned_by_a_flow_or_by_a_reason(tmp_path):
    families = "climate_change, acidification, energy"
    mine = ("datasets", "made-up")

    def open_of(exchanges, more=""):
        records = own(tmp_path, exchanges, families, more)
        return unearned_families(records, counted_flows()).get(mine, [])

    carbon = ("Carbon dioxide, fossil", "air")
    assert open_of([carbon]) == ["acidification", "energy"]
    assert open_of([carbon, ("Ammonia", "air")]) == ["energy"]
    reason = "    zeros: {energy: {reason: it burns nothing}}\n"
    assert open_of([carbon, ("Ammonia", "air")], reason) == []


def test_a_process_that_only_passes_on_what_it_buys_needs_no_reason(inventory):
    mixes = [
        key for key, item in inventory.datasets.items()
        if item.exchanges and all(e.input for e in item.exchanges) and item.inventoried_for
    ]  # fmt: skip
    assert mixes
    found = unearned_families(inventory, counted_flows())
    assert not [key for key in mixes if ("datasets", key) in found]
