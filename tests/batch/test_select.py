import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_cardato.batch.columns import Column
from lca_cardato.batch.select import (
    Condition,
    Goal,
    Selection,
    filtered,
    pareto_front,
    parse_condition,
    parse_goals,
)
from lca_cardato.errors import InputError

COLUMNS = [
    Column("row", "", "", "row"),
    Column("blend[0].share", "%", "", "parameter"),
    Column("blend[0].origin", "", "", "parameter"),
    Column("climate_change", "kg CO2-eq", "", "indicator"),
    Column("cost", "EUR", "", "cost"),
    Column("recycled_product_dry", "%", "", "content"),
    Column("cardato-recycled", "", "", "verdict"),
    Column("problem", "", "", "problem"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("climate_change < 4", Condition("climate_change", "<", 4.0)),
        ("climate_change<4 kg CO2-eq", Condition("climate_change", "<", 4.0)),
        ("recycled_product_dry >= 65 %", Condition("recycled_product_dry", ">=", 65.0)),
        ("recycled_product_dry>=65%", Condition("recycled_product_dry", ">=", 65.0)),
        ("blend[0].share != 70", Condition("blend[0].share", "!=", 70.0)),
        ("cost = 1e1 EUR", Condition("cost", "=", 10.0)),
        ("cardato-recycled == meets", Condition("cardato-recycled", "==", "meets")),
        ("cardato-recycled != 'not_met'", Condition("cardato-recycled", "!=", "not_met")),
        ("blend[0].origin = virgin", Condition("blend[0].origin", "=", "virgin")),
        ("row > 3", Condition("row", ">", 3.0)),
    ],
)
def test_conditions(text, expected):
    assert parse_condition(text, COLUMNS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "climate_change", "climate_change < ", "< 4", "climat_change < 4", "climate_change < four",
        "climate_change < 4 kg", "cardato-recycled > meets", "blend[0].origin < virgin",
        "recycled_product_dry >= 65 kg", "",
    ],
)  # fmt: skip
def test_wrong_conditions(text):
    with pytest.raises(InputError) as error:
        parse_condition(text, COLUMNS)
    assert error.value.problems[0].code == "E323"


def test_a_near_name_is_proposed():
    with pytest.raises(InputError) as error:
        parse_condition("climat_change < 4", COLUMNS)
    assert "climate_change" in error.value.problems[0].suggestion


def test_goals():
    assert parse_goals("climate_change, max:recycled_product_dry,min:cost", COLUMNS) == [
        Goal("climate_change"), Goal("recycled_product_dry", True), Goal("cost"),
    ]  # fmt: skip
    for text in ("cardato-recycled", "", "blend[0].origin", "climate_change,nothing", "problem"):
        with pytest.raises(InputError) as error:
            parse_goals(text, COLUMNS)
        assert error.value.problems[0].code == "E323"


def words(values):
    return pa.array(values, pa.string()).dictionary_encode()


def batch_of(**columns):
    count = len(next(iter(columns.values())))
    data = {"row": pa.array(range(count), pa.int64())}
    for name, values in columns.items():
        data[name] = words(values) if isinstance(values[0], str) else pa.array(values, pa.float64())
    return pa.RecordBatch.from_pydict(data)


def rows_of(table):
    return table.column("row").to_pylist()


def test_rows_without_a_result_fulfil_no_condition():
    nan = float("nan")
    batch = batch_of(a=[1.0, nan, 3.0, None], v=["meets", None, "not_met", "meets"])
    for operation, value, expected in (
        ("!=", 3.0, [0]), ("==", 3.0, [2]), (">=", 1.0, [0, 2]), ("<", 3.0, [0]), ("<=", 3.0, [0, 2]),
        (">", 1.0, [2]), ("=", 1.0, [0]),
    ):  # fmt: skip
        assert rows_of(filtered(batch, [Condition("a", operation, value)])) == expected
    assert rows_of(filtered(batch, [Condition("v", "!=", "meets")])) == [2]
    assert rows_of(filtered(batch, [Condition("v", "==", "meets")])) == [0, 3]
    both = [Condition("v", "==", "meets"), Condition("a", "<", 9.0)]
    assert rows_of(filtered(batch, both)) == [0]
    assert filtered(batch, []) is batch


def brute(values):
    return [
        i for i, one in enumerate(values)
        if not any((other <= one).all() and (other < one).any() for other in values)
    ]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3), st.integers(0, 40), st.integers(0, 2**32 - 1), st.integers(1, 8))
def test_pareto_front_is_that_of_brute_force(columns, rows, seed, levels):
    values = np.random.default_rng(seed).integers(0, levels, (rows, columns)).astype(float)
    assert pareto_front(values).tolist() == brute(values)


def test_pareto_front_over_several_blocks():
    values = np.random.default_rng(0).random((9000, 2))
    front = pareto_front(values)
    ordered = values[front][np.argsort(values[front][:, 0])]
    assert (np.diff(ordered[:, 1]) < 0).all()
    for point in np.delete(values, front, axis=0):
        assert ((values[front] <= point).all(axis=1)).any()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 40))
def test_pieces_change_no_selection(seed, piece, top):
    generator = np.random.default_rng(seed)
    a, b = generator.integers(0, 6, (2, 40)).astype(float)
    a[generator.integers(0, 40, 4)] = np.nan
    batch = batch_of(a=a.tolist(), b=b.tolist())
    sound = [i for i in range(40) if a[i] == a[i]]
    by = sorted(sound, key=lambda i: (a[i], -b[i], i))
    goals = [Goal("a"), Goal("b", True)]
    front = [sound[i] for i in brute(np.column_stack([a, -b])[sound])]
    for selection, expected in (
        (Selection(top=top, by=goals), by[:top]),
        (Selection(pareto=goals), sorted(front, key=by.index)),
        (Selection(pareto=goals, top=2), sorted(front, key=by.index)[:2]),
    ):
        assert selection.narrows
        kept = None
        for start in range(0, 40, piece):
            kept = selection.reduce(kept, batch.slice(start, piece))
        assert rows_of(selection.best(kept)) == expected
    assert not Selection().narrows
    assert not Selection([Condition("a", "<", 1.0)]).narrows


def test_top_takes_the_first_rows_of_a_tie():
    batch = batch_of(a=[2.0, 1.0, 1.0, 1.0, 0.5, 1.0])
    selection = Selection(top=3, by=[Goal("a")])
    assert rows_of(selection.best(selection.reduce(None, batch))) == [4, 1, 2]


def test_nothing_left_to_choose_from():
    batch = batch_of(a=[float("nan")] * 3)
    for selection in (Selection(top=3, by=[Goal("a")]), Selection(pareto=[Goal("a")])):
        assert rows_of(selection.best(selection.reduce(None, batch))) == []
        assert rows_of(selection.best(selection.reduce(None, batch.slice(0, 0)))) == []
