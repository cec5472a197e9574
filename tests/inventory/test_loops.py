"""Loops among datasets: those that fade are calculated, the others refused and named."""

import json

import pytest

from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory

SPREAD = {"distribution": "uniform", "min": "0.0001", "max": "5000"}


def dataset(unit, *exchanges):
    common = {"class": "assumed", "reason": "an example", "year": 2025, "geography": "IT"}
    return {
        "name": {"en": "a", "it": "a"}, "kind": "unit_process",
        "product": {"name": "a", "unit": unit}, "geography": "IT", "year": 2025,
        "inventoried_for": ["climate_change"],
        "exchanges": [{**e, **common, "uncertainty": SPREAD} for e in exchanges],
    }  # fmt: skip


def load(folder, **datasets):
    data = {"schema": "lca-cardato/inventory/1", "datasets": datasets}
    (folder / "own.yaml").write_text(json.dumps(data, indent=1), encoding="utf-8")
    return load_inventory(extra=folder)


def pair(back):
    """Heat needs 2 MJ of power per MJ; power needs some heat, in another unit."""
    return {
        "heat": dataset("MJ", {"input": "power", "amount": "2", "unit": "MJ"}),
        "power": dataset("kWh", {"input": "heat", **back}),
    }


@pytest.mark.parametrize(
    "back",
    [
        {"amount": "1.79", "unit": "MJ"},  # 2 MJ are 0.5556 kWh: a gain of 0.994
        {"amount": "0.497", "unit": "kWh"},
    ],
)
def test_a_loop_that_fades_is_accepted(tmp_path, back):
    assert "heat" in load(tmp_path, **pair(back)).datasets


@pytest.mark.parametrize(
    "back",
    [
        {"amount": "1.8", "unit": "MJ"},  # a gain of exactly 1
        {"amount": "0.5", "unit": "kWh"},
        {"amount": "7", "unit": "MJ"},  # solvable, with negative scores
    ],
)
def test_a_loop_without_an_end_is_refused_by_name(tmp_path, back):
    with pytest.raises(InputError, match="E304") as error:
        load(tmp_path, **pair(back))
    (problem,) = error.value.problems
    assert problem.line > 1 and problem.key in ("datasets.heat", "datasets.power")
    assert "heat <- power <- heat" in problem.message


def test_a_loop_through_a_shipped_dataset_is_refused(tmp_path):
    """Electricity from a dataset that needs more electricity than it makes."""
    mine = dataset("kWh", {"input": "electricity-it-mv", "amount": "1.2", "unit": "kWh"})
    with pytest.raises(InputError, match="E304"):
        load(
            tmp_path, mine=mine,
            **{"electricity-it-mv": dataset("kWh", {"input": "mine", "amount": "1", "unit": "kWh"})},
        )  # fmt: skip


def test_what_lies_before_and_behind_a_loop_is_not_named(tmp_path):
    kg = {"unit": "kg", "amount": "1"}
    with pytest.raises(InputError) as error:
        load(
            tmp_path, before=dataset("kg", {"input": "loop", **kg}),
            loop=dataset("kg", {"input": "loop", **kg}, {"input": "behind", **kg}),
            behind=dataset("kg", {"emission": "Carbon dioxide, fossil", "compartment": "air", **kg}),
        )  # fmt: skip
    (problem,) = error.value.problems
    assert problem.message.endswith(": loop <- loop")
