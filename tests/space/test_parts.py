import itertools
import warnings
from fractions import Fraction

import numpy as np
import pytest
from conftest import scenario_dict
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_cardato.errors import InputError
from lca_cardato.space.models import Space
from lca_cardato.space.parts import make_parts, simplex_counts
from lca_cardato.text.quantity import parse_share

THREE = [
    {"fibre": "wool", "share": "70 %", "origin": "recycled_post_consumer"},
    {"fibre": "polyamide", "share": "20 %"},
    {"fibre": "viscose", "share": "7 %"},
    {"origin": "in_process_rework", "share": "3 %"},
]
LINES = [{"line": "wool"}, {"line": "1"}, {"line": "viscose"}]
LOSS = "route.carding.loss.value"
POWER = "route.carding.electricity.value"


def make(tmp_path=None, base=None, **data):
    space = Space.model_validate(
        {"schema": "lca-cardato/space/1", "id": "x", "base": "b.yaml", **data}
    )
    return make_parts(space, base or scenario_dict(blend=THREE), tmp_path, "space.yaml")[0]


def code(error):
    return error.value.problems[0].code


# -- simplex ---------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_simplex_lists_every_blend_once(data):
    step = Fraction(1, data.draw(st.sampled_from([4, 5, 10, 20])))
    count = data.draw(st.integers(2, 4))
    grain = step / data.draw(st.sampled_from([1, 2]))
    bounds = []
    for _ in range(count):
        low = grain * data.draw(st.integers(0, 4))
        bounds.append((low, low + grain * data.draw(st.integers(0, 12))))
    whole = data.draw(st.sampled_from([Fraction(1), Fraction(4, 5)]))
    options = [
        [low + step * k for k in range(int((high - low) / step) + 1)] for low, high in bounds
    ]
    expected = [blend for blend in itertools.product(*options) if sum(blend) == whole]
    if not expected:
        with pytest.raises(InputError) as error:
            simplex_counts(whole, step, bounds)
        assert code(error) == "E301"
        return
    counts = simplex_counts(whole, step, bounds)
    found = [tuple(low + step * int(k) for (low, _), k in zip(bounds, row)) for row in counts]
    assert found == expected


def test_simplex_shares_sum_to_the_whole_exactly():
    [part] = make(simplex={"step": "0.5 %", "lines": LINES})
    assert part.size == 97 * 2 * (97 * 2 + 1) // 2 + 97 * 2 + 1
    for index in range(0, part.size, 97):
        shares = [parse_share(axis.text(index)) for axis in part.axes]
        assert sum(shares) == Fraction(97, 100)
        assert [axis.exact(index) / 100 for axis in part.axes] == shares
    assert [axis.name for axis in part.axes] == [f"blend[{i}].share" for i in range(3)]


def test_simplex_with_tiny_steps_is_exact():
    lines = [
        {"line": "wool", "min": "65 %", "max": "65.0000000000003 %"},
        {"line": "polyamide", "min": "24.9999999999997 %", "max": "25 %"},
    ]
    [part] = make(simplex={"step": "0.0000000000001 %", "lines": lines})
    assert part.size == 4
    for index in range(4):
        assert sum(parse_share(axis.text(index)) for axis in part.axes) == Fraction(9, 10)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"step": "7 %"}, "E301"),
        ({"step": "0 %"}, "E321"),
        ({"step": "0.0001 %"}, "E321"),
        ({"step": "0.000000001 %"}, "E321"),
        ({"lines": [{"line": "wool", "min": "99 %"}, {"line": "1"}]}, "E301"),
        ({"lines": [{"line": "wool", "max": "5 %"}, {"line": "1", "max": "5 %"}]}, "E301"),
        ({"lines": [{"line": "wool", "min": "9 %", "max": "5 %"}, {"line": "1"}]}, "E321"),
        ({"lines": [{"line": "wool"}, {"line": "0"}]}, "E320"),
        ({"lines": [{"line": "wool"}, {"line": "silk"}]}, "E320"),
        ({"blend": "product"}, "E320"),
        ({"blend": "yarns.warp.blend"}, "E320"),
    ],
)
def test_simplex_errors(change, expected):
    with pytest.raises(InputError) as error:
        make(simplex={"step": "1 %", "lines": LINES, **change})
    assert code(error) == expected


def test_simplex_needs_sound_fixed_shares():
    broken = [*THREE[:3], {"origin": "in_process_rework", "share": "three"}]
    with pytest.raises(InputError) as error:
        make(base=scenario_dict(blend=broken), simplex={"step": "1 %", "lines": LINES})
    assert code(error) == "E110"


# -- grids -----------------------------------------------------------------------------------


def test_grid_values_and_ranges():
    first, second = make(
        grid={
            "product.count": ["Nm 8", None, "Nm 10"],
            POWER: {"from": "0.3 kWh/kg", "to": "0.6 kWh/kg", "points": "4"},
        }
    )
    assert [first.overrides(i) for i in range(3)] == [
        [(("product", "count"), "Nm 8")],
        [],
        [(("product", "count"), "Nm 10")],
    ]
    assert second.axes[0].numbers.tolist() == [0.3, 0.4, 0.5, 0.6]


def test_range_keeps_its_ends_as_typed():
    high = "65.0000000000001 %"
    [part] = make(grid={LOSS: {"from": "65 %", "to": high, "points": "3"}})
    assert part.axes[0].text(2) == high


def test_range_of_counts():
    [part] = make(grid={"product.count": {"from": "Nm 6", "to": "Nm 12", "points": "3"}})
    assert [part.axes[0].text(i) for i in range(3)] == ["Nm 6", "Nm 9", "Nm 12"]
    with pytest.raises(InputError) as error:
        make(grid={"product.count": {"from": "Nm 2/20", "to": "Nm 2/28", "points": "3"}})
    assert code(error) == "E321"


@pytest.mark.parametrize(
    "ends",
    [
        {"from": "0.6 kWh/kg", "to": "0.3 kWh/kg", "points": "3"},
        {"from": "0.3 kWh/kg", "to": "0.3 kWh/kg", "points": "3"},
        {"from": "0.3 kWh/kg", "to": "0.6 MJ/kg", "points": "3"},
        {"from": "0.3", "to": "0.6", "points": "3"},
        {"from": "0.3 kWh/kg", "to": "0.6 kWh/kg", "points": "1"},
        {"from": "0.3 kWh/kg", "to": "0.6 kWh/kg", "points": "2.5"},
        {"from": "0.3 kWh/kg", "to": "0.6 kWh/kg", "points": "1e9"},
    ],
)
def test_wrong_ranges(ends):
    with pytest.raises(InputError) as error:
        make(grid={POWER: ends})
    assert code(error) == "E321"


def test_an_empty_list_is_refused():
    with pytest.raises(InputError) as error:
        make(grid={POWER: []})
    assert code(error) == "E321"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("blend.0.share", "blend.wool.share"),
        ("route.carding.electricity", POWER),
        (POWER, "route.carding.electricity"),
        ("route.carding.electricity.class", "route.carding.electricity"),
        ("blend.0.share", "blend"),
    ],
)
def test_a_value_varies_in_one_place(first, second):
    with pytest.raises(InputError) as error:
        make(grid={first: ["1 %"], second: ["2 %"]})
    assert code(error) == "E320"


def test_a_part_of_what_was_replaced_may_vary():
    parts = make(grid={"blend": [THREE], "blend.0.share": ["70 %"]})
    assert [part.size for part in parts] == [1, 1]


# -- samples ---------------------------------------------------------------------------------


def sample(method="latin_hypercube", points=64, seed=0, over=None):
    ranges = over or {LOSS: ("2 %", "9 %"), POWER: ("0.3 kWh/kg", "0.6 kWh/kg")}
    over = {path: {"from": low, "to": high} for path, (low, high) in ranges.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        [part] = make(
            sample={"method": method, "points": str(points), "seed": str(seed), "over": over}
        )
    return {axis.path: axis.numbers for axis in part.axes}


@pytest.mark.parametrize("points", [1, 2, 7, 64, 1000])
def test_latin_hypercube_has_one_point_in_every_stratum(points):
    for numbers, (low, high) in zip(sample(points=points).values(), ((2, 9), (0.3, 0.6))):
        strata = np.floor((numbers - low) / (high - low) * points).astype(int)
        assert sorted(strata) == list(range(points))


@pytest.mark.parametrize("method", ["latin_hypercube", "sobol"])
def test_seeds(method):
    first, again, other = sample(method, seed=0), sample(method, seed=0), sample(method, seed=1)
    for path in first:
        assert (first[path] == again[path]).all()
        assert not (first[path] == other[path]).any()
    names = list(first)
    scaled = [(first[name] - low) / (high - low) for name, low, high in
              ((names[0], 2, 9), (names[1], 0.3, 0.6))]  # fmt: skip
    assert not np.allclose(scaled[0], scaled[1])


@pytest.mark.parametrize("method", ["latin_hypercube", "sobol"])
def test_a_dimension_more_changes_no_other(method):
    two = sample(method)
    more = {LOSS: ("2 %", "9 %"), POWER: ("0.3 kWh/kg", "0.6 kWh/kg"),
            "product.count": ("Nm 6", "Nm 12")}  # fmt: skip
    three = sample(method, over=more)
    for path, numbers in two.items():
        assert (three[path] == numbers).all()
    if method == "latin_hypercube":
        turned = sample(method, over=dict(reversed(more.items())))
        for path, numbers in three.items():
            assert (turned[path] == numbers).all()


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_sobol_fills_the_interval_evenly(seed):
    points = 128
    for numbers, (low, high) in zip(sample("sobol", points, seed).values(), ((2, 9), (0.3, 0.6))):
        assert (numbers >= low).all()
        assert (numbers < high).all()
        counts, _ = np.histogram(numbers, bins=16, range=(low, high))
        assert abs(counts - points / 16).max() <= 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"seed": "0.5"}, "E321"),
        ({"seed": "-1"}, "E321"),
        ({"points": "0"}, "E321"),
        ({"points": "1.5"}, "E321"),
        ({"over": {"blend.0.share": {"from": "1 %", "to": "2 %"}}}, "E320"),
        ({"over": {"blend.9.price": {"from": "1 EUR/kg", "to": "2 EUR/kg"}}}, "E320"),
        ({"over": {LOSS: {"from": "1 %", "to": "2 kg"}}}, "E321"),
    ],
)
def test_wrong_samples(change, expected):
    over = {LOSS: {"from": "1 %", "to": "2 %"}}
    with pytest.raises(InputError) as error:
        make(sample={"points": "4", "seed": "0", "over": over, **change})
    assert code(error) == expected


def test_tables_and_variants(tmp_path):
    (tmp_path / "t.csv").write_text(
        "blend.wool.share,product.count\n70 %,Nm 8\n,Nm 2/28\n", encoding="utf-8"
    )
    variants, table = make(
        tmp_path,
        table={"file": "t.csv"},
        variants={"a": {"product.count": "Nm 8"}, "b": {"company": {"municipality": "Prato"}}},
    )
    assert variants.structures == 2
    assert variants.overrides(1) == [(("company",), {"municipality": "Prato"})]
    assert table.overrides(1) == [(("product", "count"), "Nm 2/28")]
    assert table.axes[0].numbers is None
    assert table.axes[1].numbers.tolist() == [8.0, 28.0]
