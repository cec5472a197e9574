"""Files of documents in the page: a claim is proven by them, and the run carries them to the command."""

import json
import zipfile

import pytest
from conftest import ROOT
from report.browser import browser_only

from lca_cardato.web.papers import keep, kept

pytestmark = pytest.mark.web
SCENARIO = ROOT / "scenarios/recycled-wool-70.yaml"
PAPERS = ROOT / "scenarios/documents/recycled-wool-70"


def test_documents_are_put_where_a_scenario_names_them(tmp_path):
    (tmp_path / "mine.yaml").write_bytes(SCENARIO.read_bytes())
    for path in PAPERS.iterdir():
        keep(tmp_path, path.name, path.read_bytes())
    below = tmp_path / "documents/recycled-wool-70"
    assert {path.name: path.read_bytes() for path in below.iterdir()} == {
        path.name: path.read_bytes() for path in PAPERS.iterdir()
    }
    assert kept(tmp_path) == sorted(path.name for path in PAPERS.iterdir())


@browser_only
def test_a_dropped_scenario_meets_its_claims_once_its_documents_are_there(page, tmp_path, command):
    page.drop(SCENARIO)
    page.until(lambda: "E220" in page.text())
    box = page.until(lambda: page.found("papers"))
    box.send_keys("\n".join(str(path) for path in sorted(PAPERS.iterdir())))
    page.until(lambda: page.found("status").text.count(": meets") == 2)
    assert "lot-register-2025.csv" in page.found("papers-told").text
    page.press('button[formaction="/form/run"]')
    page.press('a[href^="/zip/"]')
    run = page.until(lambda: next(iter(tmp_path.glob("run-*.zip")), None))
    assert command("verify", run).returncode == 0
    with zipfile.ZipFile(run) as archive:
        names = archive.namelist()
        result = json.loads(archive.read(next(n for n in names if n.endswith("/result.json"))))
    assert sum("/inputs/documents/" in name for name in names) == len([*PAPERS.iterdir()])
    assert {c["id"]: c["verdict"] for c in result["claims"]}["cardato-recycled"] == "meets"
