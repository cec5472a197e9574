"""Municipalities as addresses name them."""

import pytest


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("59013 Montemurlo", "Montemurlo"),
        ("MONTEMURLO (Prato)", "Montemurlo"),
        ("Prato (PO)", "Prato"),
        ("I-59100 Prato (PO), Italia", "Prato"),
        ("Prato, PO", "Prato"),
        ("51031 Agliana PT", "Agliana"),
        ("Poggio  a Caiano", "Poggio a Caiano"),
        ("Prato (FI)", None),
        ("Montemurlo (Firenze)", None),
        ("6773 Prato (TI)", None),
        ("Prato (Svizzera)", None),
        ("Prato Sesia", None),
        ("Via Biella 3, Prato", None),
        ("", None),
    ],
)
def test_a_municipality_is_known_by_its_address(inventory, typed, found):
    place = inventory.municipality_named(typed)
    assert (place and place[0]) == found
