"""Letters that look like others."""

import pytest

from lca_cardato.text.companies import same_company
from lca_cardato.text.letters import latin, odd_letters


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("B\u043erea Esempio", ["\u043e"]),
        ("\u0422\u0415\u0425 Srl", ["\u0422", "\u0415", "\u0425"]),
        ("Filatura\u200bEsempio", ["\u200b"]),
        ("LR-2025-\u0391118", ["\u0391"]),
        ("ICEA", []),
        ("Società Tèxtil Müller", []),
        ("ООО Текстиль", []),
        ("Текстиль Italia", []),
        ("日本 Textile", []),
        ("Société Générale \u2116 5", []),
    ],
)
def test_only_what_imitates_is_told(name, odd):
    assert odd_letters(name) == odd


def test_a_name_in_imitated_letters_is_the_same_name():
    assert latin("\u0415sempi\u043e") == "Esempio"
    assert same_company("Filatura \u0415sempi\u043e srl", "Filatura Esempio")
    assert not same_company("Filatura \u0415sempi\u043e", "Filatura Altra")
