from fractions import Fraction as F

import pytest

from lca_cardato.text.number import QuantityError
from lca_cardato.text.yarncount import parse_yarn_count


@pytest.mark.parametrize(
    ("text", "nm", "plies"),
    [
        ("Nm 10", F(10), 1),
        ("10 Nm", F(10), 1),
        ("Nm 2/28", F(28), 2),
        ("100 tex", F(10), 1),
        ("1000 dtex", F(10), 1),
        ("900 den", F(10), 1),
        ("100 tex x2", F(10), 2),
    ],
)
def test_counts(text, nm, plies):
    count = parse_yarn_count(text)
    assert (count.nm, count.plies) == (nm, plies)


def test_resultant_count_and_dtex():
    count = parse_yarn_count("Nm 2/28")
    assert count.resultant_nm == 14
    assert float(count.dtex) == pytest.approx(357.142857)


def test_english_count_by_its_definition():
    assert float(parse_yarn_count("Ne 16").nm) == pytest.approx(16 * 1.6933618, rel=1e-7)


@pytest.mark.parametrize(
    "text", ["Nm 0", "10", "Nm", "Nm -3", "Nm 1,5", "Nm 2/", "10 kg", "Nm 9999"]
)
def test_other_texts_are_refused(text):
    with pytest.raises(QuantityError) as caught:
        parse_yarn_count(text)
    assert caught.value.code in ("E108", "E101")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("Nm 16/2", "write Nm 2/16"),
        ("Nm 28/2", "write Nm 2/28"),
        ("Ne 30/1", "write Ne 1/30"),
        ("Nm 3/2", "write 2 Nm x 3 or 3 Nm x 2"),
        ("Nm 2/4", "write 4 Nm x 2 or 2 Nm x 4"),
    ],
)
def test_the_other_order_of_the_trade_is_asked_about(text, cure):
    """The cure is read again, as what it says."""
    with pytest.raises(QuantityError) as caught:
        parse_yarn_count(text)
    assert (caught.value.code, caught.value.suggestion) == ("E108", cure)
    assert parse_yarn_count(cure.removeprefix("write ").partition(" or ")[0])


def test_one_reading_is_plain():
    assert parse_yarn_count("Nm 2/2").plies == parse_yarn_count("Nm 2/16").plies == 2
    assert parse_yarn_count("Nm 6/12").plies == 6
