"""The last digits of a float decide no order in a result."""

import itertools

from lca_cardato.results.contributions import explain_rows
from lca_cardato.text.number import largest


def test_the_largest_comes_first_and_the_last_digits_do_not_count():
    assert sorted([1.0, -2.0, 3.0], key=largest) == [3.0, 1.0, -2.0]
    assert largest(0.1 + 0.2) == largest(0.3)
    assert largest(0.3000001) < largest(0.3)


def test_equal_rows_stand_in_the_order_of_their_keys_on_every_machine():
    amounts = {"a": 0.3, "b": 0.1 + 0.2, "c": 0.2, "d": -(0.1 + 0.2)}
    for keys in itertools.permutations(amounts):
        rows = [{"key": key, "input": "x", "amount": amounts[key]} for key in keys]
        document = {"rows": rows, "unit_scores": {"x": {"climate_change": 1.0}}}
        found = [row["key"] for row in explain_rows(document, "climate_change")]
        assert found == ["a", "b", "d", "c"]
