"""The shipped mappings: complete, sound, and with names that the versions really have."""

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from lca_cardato.background.mapping import load_mapping, shipped_mappings

LISTS = {"3.9": "3.9.1", "3.10": "3.10", "3.11": "3.10", "3.12": "3.10"}
CHANGES = {
    "3.11": ["ecoinvent-3.10.1-cutoff-ecoinvent-3.11-cutoff"],
    "3.12": [
        "ecoinvent-3.10.1-cutoff-ecoinvent-3.11-cutoff",
        "ecoinvent-3.11-cutoff-ecoinvent-3.12-cutoff",
    ],
}


@pytest.fixture(scope="module", params=sorted(LISTS))
def mapping(request, inventory):
    return load_mapping(f"ecoinvent-{request.param}-cutoff", inventory)


def published_names(version):
    """Activity, product and location of a version, as randonneur_data lists them."""
    spec = importlib.util.find_spec("randonneur_data")
    assert spec and spec.submodule_search_locations, "install lca-cardato[test]"
    folder = Path(spec.submodule_search_locations[0]) / "data"

    def read(name):
        return json.loads(gzip.decompress((folder / f"{name}.gz").read_bytes()))

    def key(item):
        return item["name"], item["reference product"], item["location"]

    names = {
        key(row["target"]) for row in read(f"simapro-ecoinvent-{LISTS[version]}-cutoff")["replace"]
    }
    for name in CHANGES.get(version, ()):
        changes = read(name)
        for row in changes["replace"] + changes["disaggregate"]:
            names.discard(key(row["source"]))
            names |= {key(target) for target in row.get("targets", [row.get("target")])}
    return names


def test_every_dataset_is_mapped_or_kept_with_a_reason(mapping, inventory):
    assert set(mapping.file.datasets) == set(inventory.datasets)
    taken = [t for t in mapping.file.datasets.values() if t.activity]
    assert len(taken) == 71


def test_the_names_are_those_of_the_version(mapping):
    known = published_names(mapping.file.version)
    named = {
        (t.activity, t.product, t.location) for t in mapping.file.datasets.values() if t.activity
    }
    assert named - known == set()


def test_units_fit(mapping, inventory):
    """Without `amount`, both count in the same unit; waste is taken in as a negative product."""
    from lca_cardato.brightway.exchanges import UNIT_NAMES

    for key, target in mapping.file.datasets.items():
        if target.activity is None:
            continue
        ours = UNIT_NAMES[inventory.datasets[key].product.unit]
        if target.amount is None or abs(target.amount) == 1:
            assert target.unit == ours, key
        waste = target.activity.startswith("treatment of") or "waste" in target.product
        assert (target.factor < 0) == waste, key


def test_the_shipped_ones_are_those_with_a_list():
    assert set(shipped_mappings()) == {*(f"ecoinvent-{v}-cutoff" for v in LISTS), "bafu-2026"}
