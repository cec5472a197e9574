import ast
import string
from fractions import Fraction as F

import pytest
from conftest import ROOT

from lca_cardato.inventory.models import STAGES
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.words.catalog import TEXTS
from lca_cardato.words.language import Language


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_take_the_same_arguments():
    for key, (english, italian) in TEXTS.items():
        assert english.strip() and italian.strip(), key
        assert fields(english) == fields(italian), key


def test_every_indicator_and_stage_has_a_name():
    assert set(INDICATOR_IDS) | set(STAGES) <= set(TEXTS)


def test_every_message_key_in_the_code_has_a_text():
    """Messages are tuples ('key', {...}); each key must stand in the catalogue."""
    keys = set()
    for path in (ROOT / "lca_cardato").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                first, second = node.elts
                if isinstance(second, ast.Dict) and isinstance(first, ast.Constant):
                    keys |= {first.value} - {None}
    assert {"share_flips", "district_outside", "defaults_used"} <= keys
    assert keys <= set(TEXTS)


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [
        (F(65, 100), "65 %", "65 %"),
        (F(6499, 10000), "64.99 %", "64,99 %"),
        (F(2, 3), "66.67 %", "66,67 %"),
        (F(0), "0 %", "0 %"),
        (F(1), "100 %", "100 %"),
    ],
)
def test_percentages(value, english, italian):
    assert Language("en").show(value) == english
    assert Language("it").show(value) == italian


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (1234.5, "1234"), (0.123456, "0.123"), (1e-7, "1.00e-07")]
)
def test_numbers_have_three_significant_digits(value, text):
    assert Language("en").number(value) == text
