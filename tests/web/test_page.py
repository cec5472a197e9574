"""The way of a newcomer, opened as a folder in a real browser: run with -m web (npm, node)."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from report.browser import Browser, browser_only
from web.page import NAMES, SHEET

from lca_cardato.web.room import files_of

pytestmark = pytest.mark.web
MOST_BYTES = 12_000_000


def test_the_folder_is_small(folder):
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= MOST_BYTES


def test_the_same_program_gives_the_same_page(folder, home, tmp_path):
    """Other zone, hash seed, rights of files, folder and data directory; packed as one file."""
    words = ["web", "--out", "page.zip", "--parts", str(home / "web")]
    program = "import os, sys; os.umask(0o077); from lca_cardato.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C",
             "LCA_CARDATO_HOME": str(tmp_path / "home"), "COLUMNS": "300"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(tmp_path / "page.zip") as archive:
        packed = {name.removeprefix("page/"): archive.read(name) for name in archive.namelist()}
    assert packed == files_of(folder)


@browser_only
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["en", "it"])
def test_from_an_empty_form_to_a_verdict_a_sheet_and_a_run(page, command, lang, width):
    page.look(False)
    page.browser.resize(width)
    page.speak(lang)
    page.sound(width)
    page.fill_in(NAMES[lang])
    figure = page.calculated(lang).split()[0]
    page.sound(width)
    for kind, selector in (("page", '.tools button[formaction="/form/report"]'), ("sheet", '.tools button[formaction="/form/report"]')):  # fmt: skip
        page.look()
        page.run("document.getElementsByName(':as')[0].value = arguments[0]", kind)
        page.press(selector)
        shown = page.until(lambda: page.run(SHEET), frame=False)
        assert NAMES[lang] in shown and figure in shown
        page.page.switch_to.frame("document")
        page.until(lambda: page.run("return document.readyState") == "complete", frame=False)
        page.look(False)
        page.page.switch_to.frame("document")
        assert page.axe() == []
        assert page.run("return document.documentElement.scrollWidth") <= width
        page.look(False)
        page.run("document.getElementById('sheet').close()")
    page.look()
    page.press('button[formaction="/form/run"]')
    page.until(lambda: page.all('a[href^="/zip/"]'))
    page.sound(width)
    page.press('a[href^="/zip/"]')
    run = page.downloaded("run-*.zip")
    page.press('a[href^="/verify/"]')
    page.until(lambda: page.all("p.notice"))
    page.sound(width)
    page.press('a[href^="/reproduce/"]')
    page.until(lambda: page.all("p.notice") and page.all("h1"))
    page.sound(width)
    assert page.requests() == []
    for name in ("verify", "reproduce"):
        done = command(name, run, "--lang", lang)
        assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(run) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/result.json"))
        result = json.loads(archive.read(name))
    assert result["language"] == lang and result["calculated"]["in"] == "browser"
    assert result["calculated"]["checked_scenarios"] == 8


@browser_only
def test_one_who_opens_the_first_file_alone_is_told_what_is_missing(folder, tmp_path):
    """As from inside a .zip, of which Windows unpacks what is opened and nothing else."""
    (tmp_path / "index.html").write_bytes((folder / "index.html").read_bytes())
    browser = Browser()
    try:
        browser.open((tmp_path / "index.html").as_uri())
        told = browser.page.find_element("id", "wait").text
        assert "decompresso" in told and "unpacked" in told
    finally:
        browser.close()


@browser_only
def test_the_notices_open_from_the_first_page(page):
    page.press("header a")
    page.press('a[href="LICENSES.txt"]')
    page.until(lambda: len(page.page.window_handles) == 2)
    page.page.switch_to.window(page.page.window_handles[1])
    assert "Mozilla Public License" in page.text() and "Pyodide" in page.text()
