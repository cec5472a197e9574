"""Claims as functions."""

import pytest

from lca_cardato import api
from lca_cardato.errors import InputError


def test_verdicts_of_the_claims_that_are_asked_for(assessed):
    found = api.claims_check(assessed("recycled-wool-70"), "cardato", "cardato-recycled")
    assert found.met
    assert [c["id"] for c in found.claims] == ["cardato", "cardato-recycled"]
    assert repr(found) == "<ClaimsCheck recycled-wool-70: Cardato meets; Cardato Recycled meets>"
    assert "district" in found.table().loc["cardato"].index


def test_what_is_not_met_is_told(assessed):
    found = api.claims_check(assessed("worsted-mix"), "cardato")
    assert not found.met
    assert "not met" in found._repr_html_()
    everything = api.claims_check(assessed("worsted-mix"))
    assert len(everything.claims) > 5


def test_an_unknown_pack():
    with pytest.raises(InputError):
        api.claims_check(api.example("virgin-wool"), "cardatto")


def test_papers_to_collect():
    papers, italian = api.checklist("cardato-recycled"), api.checklist("cardato-recycled", "it")
    assert list(papers.columns) == ["criterion", "paper", "where", "counts", "verifier"]
    assert list(papers["criterion"]) == list(italian["criterion"])
    assert not set(papers["paper"]) & set(italian["paper"])
