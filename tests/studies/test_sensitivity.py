"""Tornado, Morris, Sobol and switches."""

import numpy as np
import pytest
from conftest import ROOT

from lca_cardato.api import sensitivity
from lca_cardato.calculation.figures import Figure
from lca_cardato.errors import InputError
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.studies import sensitivity as module

UNIFORM = Uncertainty(distribution="uniform", min="0", max="1")
SMALL = {"trajectories": 6, "points": 64, "screen": 4}


def shipped(name, **options):
    return sensitivity(ROOT / "scenarios" / f"{name}.yaml", **{**SMALL, **options})


@pytest.fixture(scope="module")
def recycled(home):
    return shipped("recycled-wool-70")


@pytest.fixture(scope="module")
def virgin(home):
    return shipped("virgin-wool")


class Sum:
    """A product whose score is a weighted sum of uniform figures, and a product of two."""

    def __init__(self, weights, together=0.0):
        self.weights, self.together = weights, together
        self.all = [Figure(f"f{i}", f"f{i}", 0.5, UNIFORM) for i in range(len(weights))]

    def figures(self):
        return self.all

    def scores(self, draws):
        values = [draws(figure) for figure in self.all]
        found = sum(w * v for w, v in zip(self.weights, values))
        return [[found + self.together * (values[0] - 0.5) * (values[1] - 0.5)]]


def sobol(product, points=1024):
    names = [figure.stream for figure in product.all]
    rows = module.one_at_a_time(product)
    module._morris(product, names, rows, 20, 0)
    module._sobol(product, names, rows, points, 0)
    return rows


def test_additive_case():
    weights = np.array([4.0, 2.0, 1.0])
    rows = sobol(Sum(weights))
    expected = weights**2 / np.sum(weights**2)
    assert [row["s1"] for row in rows] == pytest.approx(expected, abs=0.02)
    assert [row["st"] for row in rows] == pytest.approx(expected, abs=0.02)
    assert sum(row["s1"] for row in rows) == pytest.approx(1.0, abs=0.02)
    assert [row["sigma"] for row in rows] == pytest.approx([0.0] * 3, abs=1e-9)
    ratios = [row["mu_star"] / rows[0]["mu_star"] for row in rows]
    assert ratios == pytest.approx([1.0, 0.5, 0.25], rel=1e-9)


def test_an_interaction_shows_in_the_totals_only():
    rows = sobol(Sum([1.0, 1.0, 1.0], together=6.0))
    main, mixed = 1 / 12, 36 / 144
    whole = 3 * main + mixed
    assert [row["s1"] for row in rows] == pytest.approx([main / whole] * 3, abs=0.04)
    assert [row["st"] for row in rows[:2]] == pytest.approx([(main + mixed) / whole] * 2, abs=0.04)
    assert rows[2]["st"] == pytest.approx(main / whole, abs=0.04)
    assert rows[0]["sigma"] > 0.1 and rows[2]["sigma"] < 1e-9


def test_tornado_of_a_known_sum():
    product = Sum([4.0, -2.0])
    rows = module.one_at_a_time(product)
    assert [(row["low"], row["high"]) for row in rows] == [
        pytest.approx((4 * 0.025 - 1, 4 * 0.975 - 1)),
        pytest.approx((2 - 2 * 0.025, 2 - 2 * 0.975)),
    ]


@pytest.mark.parametrize("which", ["recycled", "virgin"])
def test_tornado_holds_the_stated_value(which, request):
    """A figure stated inside its 95 % range, alone, gives scores on both sides of the stated."""
    found = request.getfixturevalue(which)
    from lca_cardato.calculation.simulate import Products
    from lca_cardato.studies.uncertainty import percentile

    setting = found.setting
    figures = Products(
        setting.models, setting.inventory, setting.store, [found.indicator]
    ).figures()
    where = {}
    for figure in figures:
        where.setdefault(figure.stream, []).append(percentile(figure))
    assert {row["figure"] for row in found.rows} == set(where)
    inside = 0
    for row in found.rows:
        if not all(0.03 < place < 0.97 for place in where[row["figure"]]):
            continue
        inside += 1
        low, high = sorted((row["low"], row["high"]))
        room = 1e-9 * found.stated
        if ".loss" in row["figure"] or ".reclaimed" in row["figure"]:
            room = 1e-3 * found.stated  # a loss changes both masses and waste
        assert low - room <= found.stated <= high + room, row["figure"]
    assert inside > 0.7 * len(found.rows)


def test_screening(recycled):
    screened = [row for row in recycled.rows if row["st"] is not None]
    assert len(screened) == 4
    left = [row["mu_star"] for row in recycled.rows if row["st"] is None]
    assert min(row["mu_star"] for row in screened) >= max(left)
    whole = sum(row["mu_star"] for row in recycled.rows)
    assert recycled.screened_out == pytest.approx(sum(left) / whole)
    assert [row["st"] for row in screened] == sorted((row["st"] for row in screened), reverse=True)


def test_seed(recycled):
    assert shipped("recycled-wool-70").to_dict() == recycled.to_dict()
    other = shipped("recycled-wool-70", seed=1)
    assert other.stated == recycled.stated
    first = {row["figure"]: row for row in recycled.rows}
    assert any(row["mu_star"] != first[row["figure"]]["mu_star"] for row in other.rows)
    for row in other.rows:  # the tornado draws nothing
        assert (row["low"], row["high"]) == (
            first[row["figure"]]["low"], first[row["figure"]]["high"],
        )  # fmt: skip


def test_stated_is_the_score_of_the_scenario(recycled, assessed):
    assert recycled.stated == pytest.approx(
        assessed("recycled-wool-70").score("climate_change"), rel=1e-12
    )
    document = recycled.to_dict()
    assert document["unit"] == "kg CO2-eq"
    assert (document["trajectories"], document["points"]) == (6, 64)
    assert list(recycled.table().index) == [row["figure"] for row in recycled.rows]


def options(found, choice):
    return {s.option: s for s in found.switches if s.choice == choice}


def test_switches_of_recycled_wool(recycled):
    allocation = options(recycled, "allocation")
    assert {"cut-off", "CFF"} < set(allocation)
    assert sum(name.startswith("CFF, A = ") for name in allocation) >= 2
    assert [name for name, s in allocation.items() if s.stated] == ["cut-off"]
    assert allocation["cut-off"].value == pytest.approx(recycled.stated, rel=1e-9)
    assert allocation["CFF"].value > allocation["cut-off"].value
    assert options(recycled, "handling") == {}


def test_switches_of_virgin_wool(virgin):
    handling = options(virgin, "handling")
    assert set(handling) == {"biophysical", "protein_mass", "economic"}
    assert sum(s.stated for s in handling.values()) == 1
    assert len({s.value for s in handling.values()}) == 3


@pytest.mark.parametrize("which", ["recycled", "virgin"])
def test_switches_of_the_grid(which, request):
    found = request.getfixturevalue(which)
    grid = options(found, "grid")
    assert len(grid) >= 2 and all(name[:4].isdigit() for name in grid)
    ahead = {name: s.value for name, s in grid.items() if len(name) > 4}
    assert len(ahead) == 6 and "2030 National Trends" in ahead
    assert list(grid) == sorted(grid)
    assert sum(s.stated for s in grid.values()) == 1
    assert len({s.value for s in grid.values()}) == len(grid)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": 100}, {"points": 0}, {"points": 1}, {"points": -2}, {"points": 131_072},
        {"trajectories": 1}, {"trajectories": 1001}, {"seed": -1}, {"screen": 0},
    ],
    ids=str,
)  # fmt: skip
def test_numbers_out_of_range(wrong):
    with pytest.raises(InputError) as caught:
        shipped("recycled-wool-70", **wrong)
    assert caught.value.problems[0].code == "E326"


def test_unknown_indicator():
    with pytest.raises(InputError) as caught:
        shipped("recycled-wool-70", indicator="climate_chnage")
    assert caught.value.problems[0].code == "E307"
    assert "climate_change" in str(caught.value.problems[0])


def test_a_constant_score_has_no_indices():
    flat = Sum([1.0, 1.0])
    flat.scores = lambda draws: [[np.full(draws.count, 3.0)]]
    for row in sobol(flat, 16):
        assert row["s1"] is None and row["st"] is None
        assert row["mu_star"] == 0.0 and row["low"] == row["high"] == 3.0
