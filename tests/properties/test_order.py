"""Order carries no meaning: of lines, keys, readings, yarns, and of the inventory's files."""

import copy
import random
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from properties.helpers import (
    FABRIC,
    Bench,
    amounts,
    assert_close,
    assert_stages_close,
)  # fmt: skip
from properties.strategies import examples, records, scenarios

from lca_cardato.brightway.build import build
from lca_cardato.brightway.exchanges import UNIT_NAMES, dataset_amounts
from lca_cardato.brightway.store import read_store
from lca_cardato.inventory.load import inventory_root, load_inventory
from lca_cardato.inventory.records import SECTIONS
from lca_cardato.lcia.flows import elementary_flows
from lca_cardato.text.yamltree import read_document

seeds = st.integers(0, 10**9)


def shuffled(node, chance, lists=()):
    """Turn mappings round everywhere, and the lists under the keys in `lists`."""

    def walk(value, key):
        if isinstance(value, dict):
            keys = list(value)
            chance.shuffle(keys)
            return {name: walk(value[name], name) for name in keys}
        if isinstance(value, list):
            items = [walk(item, None) for item in value]
            if key in lists:
                chance.shuffle(items)
            return items
        return value

    return walk(node, None)


def same_results(bench, one, two):
    """Scores, stages and declared mass agree to the last rounding."""
    whole = bench.scale(one)
    assert_close(two.scores, one.scores, whole)
    assert_stages_close(bench.stages(two), bench.stages(one), whole)
    assert two.system.mass == one.system.mass


@examples(25)
@given(data=scenarios(), seed=seeds)
def test_order_of_keys_and_of_step_readings(bench, data, seed):
    """Mappings written in another order give the very same figures and the same results."""
    turned = shuffled(data, random.Random(seed))
    one, two = bench.solved(data), bench.solved(turned)
    assert amounts(two.model) == amounts(one.model)
    assert [u.key for u in two.model.all_steps()] == [u.key for u in one.model.all_steps()]
    assert np.array_equal(two.solution.supply, one.solution.supply)
    same_results(bench, one, two)
    assert bench.verdicts(turned) == bench.verdicts(data)


@examples(25)
@given(data=scenarios(), seed=seeds)
def test_order_of_lines_yarns_legs_and_carriers(bench, data, seed):
    """Blend lines, yarns, transport legs and heat carriers may be listed in any order."""
    turned = shuffled(data, random.Random(seed), ("blend", "yarns", "transport", "heat"))
    one, two = bench.solved(data), bench.solved(turned)
    assert amounts(two.model, unordered=True) == amounts(one.model, unordered=True)
    same_results(bench, one, two)
    assert bench.verdicts(turned) == bench.verdicts(data)


@examples(25)
@given(data=scenarios(kind="fabric"), seed=seeds)
def test_names_of_yarns(bench, data, seed):
    """A yarn may have any name."""
    renamed = copy.deepcopy(data)
    names = random.Random(seed).sample(["a", "zz", "fabric", "pack", "yarn", "0", "w.1"], 3)
    for yarn, name in zip(renamed.get("yarns", []), names):
        yarn["name"] = name
    one, two = bench.solved(data), bench.solved(renamed)
    same_results(bench, one, two)
    assert bench.verdicts(renamed) == bench.verdicts(data)


def test_names_of_yarns_in_what_to_measure(bench):
    """With a dot in the name of a yarn the figures to measure keep their names."""
    data = copy.deepcopy(FABRIC)
    data["yarns"][0]["name"] = "warp.1"
    result = bench.assessed(data).to_dict()
    texts = [c["change"] for claim in result["claims"] for c in claim["criteria"]]
    assert not any("1/carding" in text for text in texts if text)


# -- inventory files -------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def pieces():
    """Every record of the shipped inventories as YAML text of its own, by section."""
    found = {section: [] for section in SECTIONS}
    orders = []
    for path in sorted(inventory_root().rglob("*.yaml")):
        data = read_document(path).data
        for section in SECTIONS:
            for key, value in (data.get(section) or {}).items():
                text = yaml.dump(
                    {key: value}, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10**6
                )
                found[section].append("".join(f"  {line}\n" for line in text.splitlines()))
        orders += data.get("step_order") or []
    return found, orders


def write_apart(folder, seed, files):
    """Write all records, in another order, into files and folders with other names."""
    chance = random.Random(seed)
    found, orders = pieces()
    contents = [{section: [] for section in SECTIONS} for _ in range(files)]
    for section, texts in found.items():
        for text in chance.sample(texts, len(texts)):
            chance.choice(contents)[section].append(text)
    holder = chance.randrange(files)
    for index, content in enumerate(contents):
        name = folder / chance.choice("abc") / f"{chance.randrange(10**6)}-{index}.yaml"
        name.parent.mkdir(parents=True, exist_ok=True)
        lines = ["schema: lca-cardato/inventory/1\n"]
        for section, texts in chance.sample(list(content.items()), len(content)):
            if texts:
                lines += [f"{section}:\n", *texts]
        if index == holder:
            lines.append("step_order: [" + ", ".join(orders) + "]\n")
        name.write_text("".join(lines), encoding="utf-8")


def sample():
    """Scenarios of the shipped folder and a small fabric of two yarns."""
    root = inventory_root().parent / "scenarios"
    names = ("recycled-wool-70", "knit-polyester-blend", "cashmere-blend", "contract-spinner")
    return [str(root / f"{name}.yaml") for name in names] + [FABRIC]


@pytest.mark.parametrize(("seed", "files"), [(1, 3), (2, 12), (3, 40)])
def test_inventory_files_split_and_named_otherwise(bench, tmp_path, seed, files):
    """The same records in other files are the same inventory: tables, amounts, results.

    `step_order` is one list and stays whole. The digest covers names and bytes, so it differs.
    """
    write_apart(tmp_path, seed, files)
    other = load_inventory(tmp_path)
    whole = load_inventory()
    for section in SECTIONS:
        assert getattr(other, section) == getattr(whole, section), section
    assert other.step_order == bench.inventory.step_order
    assert other.digest != bench.inventory.digest
    units = flow_units()
    for key, dataset in bench.inventory.datasets.items():
        ours = dataset_amounts(other.datasets[key], other, units)
        assert sorted(ours, key=str) == sorted(
            dataset_amounts(dataset, bench.inventory, units), key=str
        )
    for source in sample():
        one, two = bench.solved(source), Bench(other, bench.store).solved(source)
        assert amounts(two.model) == amounts(one.model)
        assert np.array_equal(two.scores, one.scores)


@lru_cache(maxsize=1)
def flow_units():
    """Units of the elementary flows by the names that Brightway gives them."""
    return {flow: UNIT_NAMES.get(unit, unit) for flow, unit in elementary_flows().items()}


def test_the_background_of_other_files_is_the_same(bench, tmp_path):
    """The arrays that are built from the same records in other files are the same, bit for bit."""
    write_apart(tmp_path / "apart", 1, 7)
    other = load_inventory(tmp_path / "apart")
    built = read_store(tmp_path, build(other))
    assert (built.datasets, built.flows) == (bench.store.datasets, bench.store.flows)
    for name in ("technosphere", "biosphere", "characterisation"):
        assert np.array_equal(getattr(built, name), getattr(bench.store, name)), name
    for name, column in bench.store.library.items():
        assert np.array_equal(built.library[name], column), name
    for name in (
        "scores",
        "assumed",
        "assumed_here",
        "passed_on",
        "covered",
        "weight",
        "covered_climate",
        "climate",
        "typical",
        "used",
    ):
        found = getattr(built.background, name)
        assert np.allclose(found, getattr(bench.background, name), rtol=1e-12, atol=0), name
    for source in sample():
        one, two = bench.solved(source), Bench(other, built).solved(source)
        same_results(bench, one, two)


def test_no_name_of_a_place_leads_to_two_places():
    """Places are found by name, so no name may stand for two, whatever the order of the files."""
    owner = {}
    for key, place in records().places.items():
        for name in {key, *(n.casefold() for n in place.names)}:
            assert owner.setdefault(name, key) == key, name
    towns = [name.casefold() for name in records().municipalities]
    assert len(towns) == len(set(towns))


@examples(10)
@given(seed=seeds)
def test_order_of_fibres_and_places_in_memory(bench, seed):
    """Tables of an inventory in another order lead to the same model."""
    chance = random.Random(seed)
    tables = {
        name: dict(chance.sample(list(table.items()), len(table)))
        for name in SECTIONS
        if isinstance(table := getattr(bench.inventory, name), dict)
    }
    other = replace(bench.inventory, **tables)
    for source in sample():
        turned = Bench(other, bench.store)
        assert amounts(turned.model(source)) == amounts(bench.model(source))
