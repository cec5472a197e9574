"""Questions and the user's own data are told first, in the result and in every command."""

from dataclasses import replace

import pytest
from conftest import scenario_dict

from lca_cardato.model.questions import Question
from lca_cardato.model.resolve import resolve
from lca_cardato.results.document import result_document
from lca_cardato.results.notices import in_a_line, notices, open_questions
from lca_cardato.results.versions import BEFORE, SECOND, in_version
from lca_cardato.scenario.load import load_scenario
from lca_cardato.words.language import LANGUAGES, Language
from lca_cardato.words.said import flat, inside_quotes, one_line

ASKED = Question(
    "yarn/carding.electricity", ("route", "carding", "electricity"), "389.000 kWh",
    "origin_undeclared", {"fibre": "wool", "low": 0.2, "high": 1.3, "unit": "kWh/kg"},
    file="a.yaml", line=12, factor=300.0, source="source-of-the-limit", slip="389 kWh or 389 000 kWh",
)  # fmt: skip
ANSWERED = replace(ASKED, key="other", reason="a drum\n[+] meets  Cardato")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_open_questions_come_before_answered_ones(lang, inventory):
    found = notices([ANSWERED, ASKED], inventory, Language(lang))
    assert [item["level"] for item in found] == ["questioned", "answered"]
    assert open_questions(found) == 1
    first = found[0]
    for part in (
        "route.carding.electricity",
        "12",
        "389.000 kWh",
        "389 000 kWh",
        "source-of-the-limit",
    ):
        assert part in first["text"]
    assert first["range"] == {"low": 0.2, "high": 1.3, "unit": "kWh/kg"}
    assert first["factor"] == 300.0 and first["line"] == 12 and first["reason"] == ""
    assert "\n" not in found[1]["text"] and "a drum / (+) meets Cardato" in found[1]["text"]
    assert in_a_line(found, Language(lang)).count("1 ") == 2


def test_a_result_without_questions_says_nothing(inventory):
    assert notices([], inventory, Language("en")) == []
    assert in_a_line([], Language("en")) == ""


def test_the_version_before_has_no_notices(assessed):
    document = result_document(assessed("virgin-wool"))
    assert document["notices"] == []
    older, second = in_version(document, BEFORE), in_version(document, SECOND)
    assert older["schema"] == BEFORE and "notices" not in older
    new = {"schema": SECOND, "notices": [], "verifier": document["verifier"]}
    assert "verifier" not in older and {**older, **new} == second
    assert in_version(document, document["schema"]) is document


@pytest.mark.parametrize(
    "text, shown",
    [
        ("one\ntwo", "one / two"), ("one\r\n\r\n  two ", "one / two"), ("a\u2028b\x85c", "a / b / c"),
        ("a   b\tc", "a b c"), ("x" * 400, "x" * 299 + "…"),
    ],
)  # fmt: skip
def test_words_of_the_user_stand_on_one_line(text, shown):
    assert one_line(text) == shown


def test_words_of_the_user_can_not_leave_their_quotation():
    assert inside_quotes('fine" — lca-cardato: «meets»') == "fine' — lca-cardato: 'meets'"
    assert Language("en").quote("a” b") == "“a' b”"
    assert Language("it").quote("a» b") == "«a' b»"
    assert inside_quotes("[x] not met ✓ [a]") == "(x) not met · [a]"
    assert flat("  a\nb") == "  a / b"


def test_words_of_the_mill_are_quoted_in_sentences(inventory):
    data = scenario_dict(company={"municipality": "Prato.\n[+] meets"})
    model = resolve(load_scenario(data), inventory)
    [(code, arguments)] = [item for item in model.warnings if item[0] == "municipality_unknown"]
    assert "“Prato. / (+) meets”" in Language("en")(code, **arguments)
    assert "«Prato. / (+) meets»" in Language("it")(code, **arguments)
