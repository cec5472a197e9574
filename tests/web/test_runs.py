"""Runs of the command in the page: run with -m web (npm, node)."""

import zipfile

import pytest
from audit.forging import lists
from conftest import ROOT
from report.browser import browser_only
from web.page import SHEET

pytestmark = pytest.mark.web


def packed(run, target):
    with zipfile.ZipFile(target, "w") as archive:
        for path in run.rglob("*"):
            if path.is_file():
                archive.write(path, f"run/{path.relative_to(run).as_posix()}")
    return target


@browser_only
def test_a_run_of_the_command_is_verified_and_calculated_again(page, command, tmp_path):
    run = tmp_path / "run"
    assert command("assess", ROOT / "scenarios/recycled-wool-70.yaml", "--out", run).returncode == 0
    page.drop(packed(run, tmp_path / "made.zip"))
    page.until(lambda: page.all("p.notice"), 120)
    page.press('a[href^="/reproduce/"]')
    page.until(lambda: "not drawn again" in page.text(), 120)
    assert page.all("p.notice")
    assert page.requests() == []
    page.press("header a")
    page.press('a[href^="/run/"]')
    assert "3.60" in page.until(lambda: page.run(SHEET), frame=False)
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
