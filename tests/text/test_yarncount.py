from fractions import Fraction as F

import pytest

from lca_cardato.text.number import QuantityError
from lca_cardato.text.yarncount import parse_yarn_count, turned


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
    ("text", "nm", "plies", "read"),
    [
        ("Nm 16/2", F(16), 2, "Nm 2/16"),
        ("Nm 28/2", F(28), 2, "Nm 2/28"),
        ("28/2 Nm", F(28), 2, "Nm 2/28"),
        ("Nm 3.5/2", F(7, 2), 2, "Nm 2/3.5"),
        ("Nm 120/2", F(120), 2, "Nm 2/120"),
        ("Nm 16/1", F(16), 1, "Nm 1/16"),
        ("tex 50/2", F(20), 2, "tex 2/50"),
        ("50/2 tex", F(20), 2, "tex 2/50"),
        ("100/2 dtex", F(100), 2, "dtex 2/100"),
        ("den 90/3", F(100), 3, "den 3/90"),
        ("2/28 Nm", F(28), 2, ""),
        ("2/50 tex", F(20), 2, ""),
        ("Nm 1/14", F(14), 1, ""),
        ("Nm 6/12", F(12), 6, ""),
    ],
)
def test_both_orders_of_the_trade_are_read_where_one_is_plausible(text, nm, plies, read):
    count = parse_yarn_count(text)
    assert (count.nm, count.plies, count.text, count.read) == (nm, plies, text, read)
    assert turned(text) == (read or text)
    if read:  # what is told is read again as the same
        again = parse_yarn_count(read)
        assert (again.nm, again.plies, again.read) == (nm, plies, "")


def test_english_counts_too():
    one, other = parse_yarn_count("Ne 30/2"), parse_yarn_count("Ne 2/30")
    assert (one.nm, one.plies, one.read) == (other.nm, 2, "Ne 2/30")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("Nm 3/2", "write 2 Nm x 3 or 3 Nm x 2"),
        ("Nm 2/4", "write 4 Nm x 2 or 2 Nm x 4"),
        ("Nm 4/1", "write 1 Nm x 4 or 4 Nm x 1"),
        ("Ne 4/3", "write 3 Ne x 4 or 4 Ne x 3"),
        ("dtex 167/48", "write 167 dtex, with x 2 for two plies"),
        ("dtex 60/120", "write 60 dtex, with x 2 for two plies"),
        ("Nm 28/14", "write 28 Nm, with x 2 for two plies"),
    ],
)
def test_two_readings_and_none_are_asked_about(text, cure):
    """The cure is read again, as what it says."""
    with pytest.raises(QuantityError) as caught:
        parse_yarn_count(text)
    assert (caught.value.code, caught.value.suggestion) == ("E108", cure)
    first = cure.removeprefix("write ").partition(" or ")[0].partition(",")[0]
    assert parse_yarn_count(first).read == ""


def test_one_reading_is_plain():
    assert parse_yarn_count("Nm 2/2").plies == parse_yarn_count("Nm 2/16").plies == 2
    assert parse_yarn_count("Nm 6/12").plies == 6
