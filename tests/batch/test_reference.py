from conftest import ROOT

from lca_cardato.batch.reference import reference_page


def test_the_page_of_space_files_is_generated():
    page = (ROOT / "docs" / "space.md").read_text(encoding="utf-8")
    assert page == reference_page(), "run: python -m lca_cardato.batch.reference > docs/space.md"
