"""Probability that numeric criteria hold, and the streams behind it."""

import numpy as np
import pytest
from conftest import scenario_dict

from lca_cardato.calculation.sampling import draw, sample
from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.claims.probability import probabilities, sampled_shares
from lca_cardato.claims.shares import fibre_parts, share
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.streams import stream


def model_of(inventory, percent, fibre="polyester"):
    blend = [
        {"fibre": "wool", "share": f"{percent} %", "origin": "recycled_post_consumer",
         "document": "x"},
        {"fibre": fibre, "share": f"{100 - percent} %", "origin": "virgin"},
    ]  # fmt: skip
    return resolve(load_scenario(scenario_dict(blend=blend)), inventory)


def found(inventory, percent, samples=500, seed=0):
    model = model_of(inventory, percent)
    claims = [evaluate(pack, model, inventory, {}) for pack, _ in shipped_packs()]
    return probabilities(claims, model, samples, seed)


def test_far_from_the_threshold_it_is_certain(inventory):
    key = ("cardato-recycled-2014-published", "recycled-share")
    assert set(found(inventory, 95)[key].values()) == {1.0}
    assert set(found(inventory, 20)[key].values()) == {0.0}


def test_at_the_mixture_nothing_varies_and_the_typed_share_counts(inventory):
    key = ("cardato-recycled-2014-published", "recycled-share")
    probability = found(inventory, 65)[key]
    assert probability["blend_input/conditioned"] == 1.0
    assert probability["blend_input/dry"] == 0.0


def test_without_spread_the_draws_are_the_exact_shares(inventory):
    from dataclasses import replace

    model = model_of(inventory, 65)
    still = {k: replace(p, uncertainty=None) for k, p in model.parameters.items()}
    shares = sampled_shares(replace(model, parameters=still), 3, 0)
    exact = share(fibre_parts(model), lambda p: p.line.recycled, "product", "dry")
    assert shares["recycled"]["product/dry"] == pytest.approx([float(exact)] * 3, rel=1e-12)


def test_the_same_seed_gives_the_same_and_another_gives_another(inventory):
    model = model_of(inventory, 70)
    first = draw(model.parameters, 10, 0)
    assert all(np.array_equal(first[k], v) for k, v in draw(model.parameters, 10, 0).items())
    other = draw(model.parameters, 10, 1)
    assert any(not np.array_equal(first[k], other[k]) for k in first)


def test_one_parameter_more_changes_no_other_draw(inventory):
    parameters = dict(model_of(inventory, 70).parameters)
    less = dict(list(parameters.items())[:-3])
    whole, part = draw(parameters, 10, 7), draw(less, 10, 7)
    assert all(np.array_equal(whole[key], part[key]) for key in part)


@pytest.mark.parametrize(
    ("spread", "amount", "mean", "deviation"),
    [
        ({"distribution": "none", "reason": "exact"}, 2.0, 2.0, 0.0),
        ({"distribution": "normal", "sd": "0.5"}, 2.0, 2.0, 0.5),
        ({"distribution": "uniform", "min": "1", "max": "4"}, 2.0, 2.5, 3 / 12**0.5),
        ({"distribution": "triangular", "min": "1", "max": "4"}, 2.5, 2.413, 0.6403),  # median 2.5
        ({"distribution": "lognormal", "gsd": "1.2"}, 2.0, 2.0 * np.exp(np.log(1.2) ** 2 / 2),
         0.3724),
    ],
)  # fmt: skip
def test_moments_of_the_distributions(spread, amount, mean, deviation):
    """Mean and standard deviation by the textbook formulas."""
    item = Uncertainty.model_validate(spread)
    values = sample(item, amount, 200_000, stream("x", 0))
    assert values.mean() == pytest.approx(mean, rel=0.005)
    assert values.std() == pytest.approx(deviation, rel=0.01, abs=1e-12)


def test_the_command_prints_seed_and_draws(command):
    from conftest import ROOT

    path = ROOT / "scenarios" / "recycled-threshold-65.yaml"
    shown = command("claims", "check", path, "--samples", "200", "--seed", "3").stdout
    assert "200" in shown and "seed 3" in shown and "100.0 %" in shown
