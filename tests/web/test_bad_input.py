"""Files that are no scenario and no run: a sentence with the cure, and the page goes on (-m web)."""

import zipfile

import pytest
from report.browser import browser_only

pytestmark = pytest.mark.web


def files(folder):
    """Name and code of each; all are written into the folder."""
    written = {
        "a.pdf": (b"%PDF-1.7", "E206"),
        "large.yaml": (b"schema: lca-cardato/scenario/1\nnote: " + b"x" * 5_000_000, "E210"),
        "plain.yaml": (b"a: [1", "E2"),
        "latin.yaml": ("schema: lca-cardato/scenario/1\nid: è".encode("latin-1"), "E204"),
        "other.yaml": (b"a: 1\n", "E206"),
        "empty.yaml": (b"", "E2"),
        "cut.zip": (b"PK\x03\x04" + b"\0" * 40, "E614"),
    }
    for name, (data, code) in written.items():
        (folder / name).write_bytes(data)
        yield folder / name, code
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("run/SHA256SUMS", b"\0" * 100_000_000)
    yield folder / "bomb.zip", "E211"


@browser_only
@pytest.mark.parametrize(
    "lang, cure", [("en", "drop a scenario"), ("it", "trascinare uno scenario")]
)
def test_what_is_no_scenario_and_no_run_is_told_and_the_page_goes_on(page, tmp_path, lang, cure):
    page.speak(lang)
    page.fill_in("Kept")
    page.calculated(lang)
    for path, code in files(tmp_path):
        page.press("header a")
        page.until(lambda: page.found("file"))
        page.drop(path)
        told = page.until(lambda code=code: code in page.text() and page.text())
        assert "Traceback" not in told and "Error:" not in told, told
        if code == "E206" and path.suffix == ".pdf":
            assert cure in told
    page.press("header a")
    page.press('a[href="/form?from=yarn"]')
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Kept")
    page.calculated(lang)
    assert "name: Kept" in page.as_yaml()
    assert page.requests() == []
