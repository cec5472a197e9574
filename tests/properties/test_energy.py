"""Energy and losses: more of them never makes a product better."""

from contextlib import suppress

from conftest import scenario_dict
from hypothesis import assume, given
from hypothesis import strategies as st
from properties.helpers import assert_close, changed, supplied
from properties.strategies import examples, scenarios, text_of

from lca_cardato.errors import InputError
from lca_cardato.inventory.models import CARRIER_DATASETS


def raised(bench, data, number, low, high, **figures):
    """Key of a step, and the same product with one figure of that step at two levels."""
    steps = bench.model(data).all_steps()
    assume(steps)
    key = steps[number % len(steps)].key
    pair = []
    for level in (low, high):
        typed = {name: typing(level) for name, typing in figures.items()}
        pair.append(bench.solved(changed(data, key, **typed)))
    return key, *pair


def adds_exactly(bench, low, high, score, amount):
    """The higher level adds `amount` units of `score`, and climate change never falls."""
    assert high.scores[bench.climate] >= low.scores[bench.climate]
    if score[bench.climate] > 0:
        assert high.scores[bench.climate] > low.scores[bench.climate]
    assert_close(high.scores, low.scores + score * amount, bench.scale(high))


wh = st.integers(0, 20_000)
more = st.integers(1, 20_000)


@examples(30)
@given(data=scenarios(), number=st.integers(0, 40), base=wh, step=more)
def test_more_electricity_never_lowers_climate_change(bench, data, number, base, step):
    """More kWh/kg of any step adds exactly its electricity to every indicator.

    Climate change rises strictly where the electricity of the step has a score above 0.
    """
    key, low, high = raised(
        bench, data, number, base, base + step,
        electricity=lambda n: f"{text_of(n, -3)} kWh/kg",
    )  # fmt: skip
    model = high.model
    use = next(use for use in model.all_steps() if use.key == key)
    if use.operator == "own":
        parts = [(name, float(model.parameters[p].amount)) for name, p in model.electricity]
    else:
        parts = [(model.grid, 1.0)]
    score = sum(share * bench.scores(name) for name, share in parts)
    adds_exactly(bench, low, high, score, step / 1000 * supplied(low, key))


@examples(30)
@given(
    data=scenarios(),
    number=st.integers(0, 40),
    carrier=st.sampled_from(sorted(CARRIER_DATASETS)),
    base=wh,
    step=more,
)
def test_more_heat_never_lowers_climate_change(bench, data, number, carrier, base, step):
    """More MJ/kg of any carrier in any step adds exactly that heat to every indicator."""
    key, low, high = raised(
        bench, data, number, base, base + step,
        heat=lambda n: [{"value": f"{text_of(n, -3)} MJ/kg", "carrier": carrier}],
    )  # fmt: skip
    score = bench.scores(CARRIER_DATASETS[carrier])
    adds_exactly(bench, low, high, score, step / 1000 * supplied(low, key))


@examples(30)
@given(
    data=scenarios(), number=st.integers(0, 40), base=st.integers(0, 400), step=st.integers(1, 400)
)
def test_a_higher_loss_never_lowers_climate_change(bench, data, number, base, step):
    """A step that loses more needs more of everything before it; rework only softens that."""
    try:
        _, low, high = raised(
            bench, data, number, base, base + step,
            loss=lambda n: f"{text_of(n, -1)} %",
        )  # fmt: skip
    except InputError as error:  # a lower loss than the rework that the blend lists
        assert {problem.code for problem in error.problems} == {"E310"}
        return
    slack = 1e-12 * bench.scale(high)[bench.climate]
    assert high.scores[bench.climate] >= low.scores[bench.climate] - slack


@examples(30)
@given(data=scenarios(), part=st.integers(0, 100))
def test_own_photovoltaics_replace_the_bought_electricity(bench, data, part):
    """The score is linear in the share of own photovoltaic electricity."""
    contract = data.get("electricity", {})

    def score(share):
        return bench.solved({**data, "electricity": {**contract, "photovoltaic": share}})

    none, whole = score("0 %"), score("100 %")
    mixed, share = score(f"{part} %"), part / 100
    expected = (1 - share) * none.scores + share * whole.scores
    assert_close(mixed.scores, expected, bench.scale(none) + bench.scale(whole))


# -- what is not so, with the smallest example -----------------------------------------------------


def test_the_parts_of_the_electricity_sum_to_one(bench):
    """Bought and own photovoltaic electricity together are all the electricity that is used."""
    contract = {
        "contract": "guarantees_of_origin",
        "dataset": "electricity-photovoltaic-own",
        "photovoltaic": "30 %",
    }
    with suppress(InputError):
        model = bench.model(scenario_dict(electricity=contract))
        assert sum(model.parameters[key].amount for _, key in model.electricity) == 1


def test_a_tiny_figure_with_an_interval_is_read_or_refused(bench):
    """A figure near 0 with `plus_minus` is calculated, or named as a problem of the file."""
    figure = {"value": "1e-12 kWh/kg", "plus_minus": "0.01 %"}
    with suppress(InputError):
        bench.model(scenario_dict(route={"carding": {"electricity": figure}}))


def test_without_energy_nothing_is_charged(bench):
    """All energy at 0 leaves no exchange of electricity or heat with an amount."""
    names = ("blending", "carding", "spinning-ring", "winding", "packing-yarn")
    route = {n: {"electricity": "0 kWh/kg", "heat": "0 MJ/kg"} for n in names}
    data = scenario_dict(route=route)
    data["blend"][0]["steps"] = {
        n: {"electricity": "0 kWh/kg", "heat": "0 MJ/kg"} for n in ("sorting", "tearing")
    }
    found = bench.solved(data)
    amounts = found.solution.amounts[0]
    assert not any(
        amount
        for e, amount in zip(found.system.exchanges, amounts)
        if e.role in ("electricity", "heat")
    )
