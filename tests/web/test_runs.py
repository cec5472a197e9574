"""Runs of the command in the page, and of the page by the command: run with -m web (npm, node)."""

import pytest
from audit.forging import lists
from conftest import ROOT
from report.browser import browser_only
from web.page import SHEET as SHOWN
from web.page import packed

from lca_cardato.web.drawn.chain import RUN, SHEET, WORK
from lca_cardato.web.drawn.scenarios import drawn
from lca_cardato.web.room import lay_out

pytestmark = pytest.mark.web
SCENARIOS = ROOT / "scenarios"
MOST = 120
"""Drawn scenarios among which those with readings, and with what others hand on, are looked for."""


def examined(page, path):
    """Drop a run; it is sound, and comes out the same."""
    page.drop(path)
    page.until(lambda: page.all("main p.notice, main p.warning") and page.all('a[href^="/zip/"]'), 120)  # fmt: skip
    assert not page.all("p.warning"), page.text()
    page.press('a[href^="/reproduce/"]')
    page.until(lambda: "not drawn again" in page.text(), 120)
    assert page.all("p.notice") and not page.all("p.warning"), page.text()
    page.press('a[href^="/run/"]')
    assert "</table>" in page.until(lambda: page.run(SHOWN), frame=False)
    page.run("document.getElementById('sheet').close()")


@browser_only
def test_a_run_of_the_command_is_verified_and_calculated_again(page, command, tmp_path):
    run = tmp_path / "run"
    assert command("assess", SCENARIOS / "recycled-wool-70.yaml", "--out", run).returncode == 0
    examined(page, packed(run, tmp_path / "made.zip"))
    page.press("header a")
    page.press('a[href^="/run/"]')
    assert "3.60" in page.until(lambda: page.run(SHOWN), frame=False)
    page.run("document.getElementById('sheet').close()")
    report = (run / "report.html").read_text("utf-8")
    (run / "report.html").write_text(report.replace("3.60", "2.60"), "utf-8")
    lists(run)
    page.drop(packed(run, tmp_path / "forged.zip"))
    told = "report.html: not what follows from result.json"
    page.until(lambda: page.all("p.warning") and told in page.text(), 120)
    result = (run / "result.json").read_bytes()
    (run / "result.json").write_bytes(result.replace(b"3.6", b"3.5", 1))
    page.drop(packed(run, tmp_path / "changed.zip"))
    page.until(lambda: page.all("p.warning"), 120)
    assert page.requests() == []


@pytest.fixture(scope="module")
def chosen(store):
    """Drawn scenarios with readings, with the run of a yarn, with its lot sheet, with work of others."""
    asked = drawn(MOST)
    signs = {"readings": "readings", "yarn-run": RUN, "yarn-lot": SHEET, "work-lot": WORK}
    return {kind: [one for one in asked if sign in one.text] for kind, sign in signs.items()}


@browser_only
def test_runs_of_every_kind_of_the_command_are_sound_in_the_page(page, command, tmp_path, chosen):
    runs = {}
    for name, lang in (("recycled-fabric", "en"), ("virgin-wool", "it")):
        runs[name] = tmp_path / name
        made = command("assess", SCENARIOS / f"{name}.yaml", "--out", runs[name], "--lang", lang)
        assert made.returncode == 0, made.stderr
    for kind, found in chosen.items():
        for one in found:  # some are refused, as they must be
            lay_out(tmp_path / "beside", {one.name: one.files})
            scenario = tmp_path / "beside" / one.name / "mine.yaml"
            scenario.write_text(one.text, encoding="utf-8")
            runs[kind] = tmp_path / f"of-{kind}"
            if command("assess", scenario, "--out", runs[kind]).returncode == 0:
                break
    for name, run in runs.items():
        examined(page, packed(run, tmp_path / f"{name}.zip"))
    assert page.requests() == []


@browser_only
def test_the_run_of_a_fabric_goes_from_the_page_to_the_command(page, command):
    page.look()
    page.run("parent.page.go('/form?from=shipped:recycled-fabric')")
    page.until(lambda: page.found("f:product.construction"))
    page.press('button[formaction="/form/run"]')
    page.press('a[href^="/zip/"]')
    run = page.downloaded("run-*.zip")
    for name in ("verify", "reproduce"):
        done = command(name, run)
        assert done.returncode == 0, done.stdout + done.stderr
    assert page.requests() == []
