"""Every figure of the shipped inventories is traceable, sound and linked."""

import pytest

from lca_cardato.brightway.exchanges import UNIT_NAMES
from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.models import Dataset
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import conversion_factor


def figures(inventory):
    for key, dataset in inventory.datasets.items():
        for index, exchange in enumerate(dataset.exchanges):
            yield f"{key}[{index}]", exchange
        for name, datum in dataset.results.items():
            yield f"{key}.{name}", datum
    for key, step in inventory.steps.items():
        for name, datum in step.data():
            yield f"{key}.{name}", datum
            for fibre, other in datum.by_fibre.items():
                yield f"{key}.{name}.{fibre}", other
    for key, datum in inventory.parameters.items():
        yield key, datum


def test_every_figure_has_a_source_record_or_an_explicit_assumption(inventory):
    for where, datum in figures(inventory):
        if datum.class_ == "assumed":
            assert datum.reason, where
            assert datum.uncertainty.min is not None, where
            assert datum.uncertainty.max is not None, where
        else:
            definition = datum.class_ == "calculated" and datum.uncertainty.distribution == "none"
            assert datum.source in inventory.sources or (definition and datum.note), where


def test_every_figure_has_year_geography_unit_and_uncertainty(inventory):
    for where, datum in figures(inventory):
        assert 1970 <= datum.year <= 2026, where
        assert datum.geography, where
        assert datum.unit, where
        assert datum.uncertainty.distribution != "none" or datum.uncertainty.reason or datum.note, (
            where
        )


def used_sources(inventory):
    used = {datum.source for _, datum in figures(inventory) if datum.source}
    used |= {fibre.regain.source for fibre in inventory.fibres.values()}
    used |= {leg.source for place in inventory.places.values() for leg in place.legs if leg.source}
    used |= {item.source for item in inventory.cff.values()}
    used |= {item.source for item in inventory.literature.values()}
    used |= {item.source for item in inventory.limits.values() if item.source}
    used |= {item.source for item in inventory.uncounted.values() if item.source}
    used |= {item.source for item in inventory.scarcity.values()}
    records = [*inventory.datasets.values(), *inventory.steps.values()]
    used |= {zero.source for item in records for zero in item.zeros.values() if zero.source}
    return used


def test_every_source_is_cited_somewhere(inventory):
    texts = " ".join(
        [f"{d.note} {d.reason}" for _, d in figures(inventory)]
        + [d.note for d in inventory.datasets.values()]
        + [s.note for s in inventory.steps.values()]
    )
    unused = set(inventory.sources) - used_sources(inventory)
    compared = {"manifesto-2024-distretto", "ispra-413-2025"}  # cited in words only
    compared |= {"premise-biofuels-2024", "lovering-2022"}  # in docs/solved-inventories.csv
    assert {key for key in unused if key not in texts} <= compared


def test_sources_have_full_references_and_licences(inventory):
    for key, source in inventory.sources.items():
        assert source.title and source.authors and source.licence, key
        assert source.url or source.doi or source.publisher, key
        assert 1900 <= source.year <= 2026, key
        if source.read == "secondary":
            assert source.note, f"{key}: a figure read second-hand names the work it was read in"


def test_nothing_of_closed_databases_is_an_input(inventory):
    for key in used_sources(inventory):
        source = inventory.sources[key]
        text = f"{key} {source.title} {source.publisher}".lower()
        for closed in ("ecoinvent", "idemat", "base impacts", "woolmark"):
            assert closed not in text, key


def test_step_units_fit_the_model(inventory):
    wanted = {
        "electricity": "kWh/kg", "heat": "MJ/kg", "water_in": "L/kg", "water_evaporated": "L/kg",
        "chemicals": "kg/kg",
    }  # fmt: skip
    for key, step in inventory.steps.items():
        for name, datum in step.data():
            kind = name.split(".")[0]
            if kind in ("loss", "reclaimed"):
                assert datum.unit == "%", key
                assert datum.amount is not None and 0 <= datum.amount < 100, key
            elif kind in wanted:
                assert conversion_factor(datum.unit, wanted[kind]) > 0, f"{key}.{name}"


def test_elementary_flow_units_are_those_of_biosphere3(inventory):
    for key, dataset in inventory.datasets.items():
        for exchange in dataset.exchanges:
            if exchange.input is None:
                assert exchange.unit in UNIT_NAMES or conversion_factor(exchange.unit, "kg"), key


def test_supply_shares_of_a_mix_do_not_exceed_what_losses_explain(inventory):
    """A mix of electricity takes 1 kWh plus losses."""
    for key, dataset in inventory.datasets.items():
        taken = sum(
            e.amount for e in dataset.exchanges
            if e.input and e.input.startswith("electricity-") and e.unit == "kWh"
        )  # fmt: skip
        if dataset.product.unit == "kWh" and taken > 0.5:
            assert 0.999 <= float(taken) <= 1.15, key


def test_water_is_balanced_in_every_dataset(inventory):
    """Water taken from nature leaves to water, to air, with the product, or to treatment."""
    for key, dataset in inventory.datasets.items():
        if "water" not in dataset.inventoried_for or dataset.kind != "unit_process":
            continue
        if key.startswith(("water-", "wastewater")):
            continue  # supply and treatment carry one end of the mill's balance each
        taken = returned = 0.0
        for e in dataset.exchanges:
            if e.resource and e.resource.startswith("Water,") and e.unit == "m3":
                taken += float(e.amount)
            if e.emission == "Water":
                returned += float(e.amount)
        assert returned <= taken * 1.001 + 1e-9, key


def test_every_dataset_reaches_the_biosphere_or_a_published_result(store):
    column = store.background.indicators.index("climate_change")
    zero = [
        name for name in store.datasets
        if store.background.scores[store.background.rows[name], column] == 0
    ]  # fmt: skip
    assert all("reuse" in name or "collected" in name for name in zero), zero


def test_names_in_both_languages(inventory):
    for table in (inventory.datasets, inventory.steps, inventory.fibres, inventory.systems):
        for key, item in table.items():
            assert item.name.en.strip() and item.name.it.strip(), key


def test_shares_of_regain_are_the_agreed_allowances(inventory):
    """Regulation (EU) No 1007/2011, Annex IX."""
    percent = {key: float(f.regain.carded) * 100 for key, f in inventory.fibres.items()}
    assert percent["wool"] == pytest.approx(17.0)
    assert float(inventory.fibres["wool"].regain.combed) == pytest.approx(0.1825)
    assert percent["polyamide"] == pytest.approx(6.25)
    assert percent["polyester"] == pytest.approx(1.5)
    assert percent["viscose"] == pytest.approx(13.0)
    assert percent["cotton"] == pytest.approx(8.5)


def test_the_district_has_twelve_municipalities(inventory):
    assert sum(m.district == "yes" for m in inventory.municipalities.values()) == 12


def test_all_errors_of_a_folder_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "schema: lca-cardato/inventory/1\n"
        "datasets:\n"
        "  x:\n"
        "    name: {en: x, it: x}\n"
        "    kind: unit_process\n"
        "    product: {name: x, unit: kg}\n"
        "    geography: IT\n"
        "    year: 2024\n"
        "    inventoried_for: [climat]\n"
        "    exchanges:\n"
        "      - {input: y, amount: 1, unit: kg, year: 2024, geography: IT, class: published,"
        " uncertainty: {distribution: lognormal, gsd: 0.9}}\n",
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text("schema: lca-cardato/inventory/1\nwhat: 1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_inventory(tmp_path)
    found = {(p.file, p.code) for p in caught.value.problems}
    assert {("a.yaml", "E215"), ("a.yaml", "E305"), ("b.yaml", "E206")} <= found
    assert all(p.line for p in caught.value.problems)


def test_links_and_units_are_checked(tmp_path):
    text = (
        "schema: lca-cardato/inventory/1\n"
        "datasets:\n"
        "  x:\n"
        "    name: {{en: x, it: x}}\n"
        "    kind: unit_process\n"
        "    product: {{name: x, unit: kg}}\n"
        "    geography: IT\n"
        "    year: 2024\n"
        "    inventoried_for: [climate_change]\n"
        "    defaults: {{year: 2024, geography: IT, class: assumed, reason: test,"
        " uncertainty: {{distribution: uniform, min: 0, max: 2}}}}\n"
        "    exchanges:\n"
        "      - {{input: {target}, amount: 1, unit: {unit}}}\n"
    )
    for target, unit, code in (("z", "kg", "E307"), ("x", "kWh", "E308")):
        (tmp_path / "a.yaml").write_text(text.format(target=target, unit=unit), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_inventory(tmp_path)
        assert [p.code for p in caught.value.problems] == [code]


def test_a_dataset_is_one_of_two_kinds():
    with pytest.raises(ValueError):
        Dataset.model_validate(
            {
                "name": {"en": "x", "it": "x"}, "kind": "unit_process",
                "product": {"name": "x", "unit": "kg"}, "geography": "IT", "year": 2024,
                "inventoried_for": [],
            }
        )  # fmt: skip


def test_a_unit_of_another_dimension_is_refused():
    with pytest.raises(QuantityError):
        conversion_factor("L", "kg")


@pytest.mark.parametrize(
    "line", ['input: natural-gas-burned', 'emission: "Carbon dioxide, fossil"\n        compartment: air']
)  # fmt: skip
def test_credits_and_offsets_are_refused(tmp_path, line):
    unit = "MJ" if "gas" in line else "kg"
    (tmp_path / "own.yaml").write_text(
        f"""schema: lca-cardato/inventory/1
datasets:
  offset:
    name: {{en: "forest project", it: "progetto forestale"}}
    kind: unit_process
    product: {{name: credit, unit: kg}}
    geography: IT
    year: 2025
    inventoried_for: [climate_change]
    exchanges:
      - {line}
        amount: -1
        unit: {unit}
        year: 2025
        geography: IT
        class: assumed
        reason: made up for this test
        uncertainty: {{distribution: uniform, min: -2, max: 0}}
""",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        load_inventory(extra=tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["E314"]
