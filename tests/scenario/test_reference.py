from conftest import ROOT

from lca_cardato.scenario.reference import reference_page


def test_schema_page_is_up_to_date():
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    assert page == reference_page(), (
        "run: python -m lca_cardato.scenario.reference > docs/scenario.md"
    )
