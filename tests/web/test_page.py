"""The page without a server, opened as a folder in a real browser: run with -m web (npm, node)."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import axe_core_python
import pytest
from conftest import ROOT
from report.browser import Browser, browser_only

from lca_cardato.web.room import files_of

pytestmark = pytest.mark.web
NAMES = {"en": "Carded test yarn", "it": "Filato di prova"}
MOST_BYTES = 12_000_000
NOT_PROVEN = {"en": "not proven", "it": "non dimostrato"}


@pytest.fixture
def page(folder, tmp_path):
    found = Page(folder, tmp_path)
    yield found
    found.browser.close()


class Page:
    """The page as one who types sees it: its pages stand in a frame."""

    def __init__(self, folder, downloads):
        self.browser, self.downloads = Browser(), downloads
        self.page = self.browser.page
        self.page.execute_cdp_cmd("Network.enable", {})
        self.page.execute_cdp_cmd(
            "Network.emulateNetworkConditions",
            {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0},
        )
        self.page.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
        )
        self.address = (folder / "index.html").as_uri()
        self.open()

    def open(self):
        self.page.get(self.address)
        self.until(lambda: self.page.execute_script("return !!window.lcaCardato"), frame=False)
        self.until(lambda: self.found("f:product.name"))

    def until(self, what, seconds=60, frame=True):
        from selenium.common.exceptions import WebDriverException

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.page.switch_to.default_content()
                if frame:
                    self.page.switch_to.frame("view")
                if found := what():
                    return found
            except WebDriverException:
                pass
            time.sleep(0.05)
        raise AssertionError(self.text()[:600])

    def found(self, name):
        return self.page.find_element("id", name)

    def text(self):
        return self.page.find_element("tag name", "body").text

    def type(self, name, text):
        box = self.found(f"f:{name}")
        box.clear()
        box.send_keys(text)

    def choose(self, name, value):
        from selenium.webdriver.support.ui import Select

        Select(self.found(f"f:{name}")).select_by_value(value)

    def press(self, selector):
        self.until(lambda: self.page.find_elements("css selector", selector))
        self.page.execute_script(
            "arguments[0].click()", self.page.find_element("css selector", selector)
        )

    def drop(self, path):
        self.press("header a")
        self.until(lambda: self.found("file")).send_keys(str(path))

    def axe(self):
        """Serious and critical findings of axe-core in the frame."""
        script = next(Path(axe_core_python.__file__).parent.rglob("axe*.js"))
        self.page.execute_script(script.read_text(encoding="utf-8") + "; window.axe = axe;")
        found = self.page.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations));"
        )
        return [
            (item["id"], node["html"][:160])
            for item in found if item["impact"] in ("serious", "critical") for node in item["nodes"]
        ]  # fmt: skip

    def requests(self):
        """What the page asked of anything but itself."""
        self.page.switch_to.default_content()
        told = self.page.execute_script(
            "return performance.getEntriesByType('resource').map((one) => one.name)"
        )
        return [one for one in told if not one.startswith(("file:", "blob:", "data:"))]


def fill_in(page, name):
    page.type("product.name", name)
    page.type("product.count", "8")
    page.type("company.municipality", "Prato")
    page.choose("blend[0].fibre", "wool")
    page.type("blend[0].share", "70")
    page.choose("blend[0].origin", "recycled_post_consumer")
    page.press('button[value="add blend"]')
    page.until(lambda: page.found("f:blend[1].fibre"))
    page.choose("blend[1].fibre", "polyamide")
    page.type("blend[1].share", "30")
    page.choose("blend[1].origin", "virgin")


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
@pytest.mark.parametrize("lang, width", [("it", 390), ("en", 1280)])
def test_from_an_empty_form_to_a_verdict_a_sheet_and_a_run(page, command, lang, width):
    page.page.switch_to.default_content()
    page.browser.resize(width)
    page.until(lambda: True)
    if lang == "it":
        page.press("#language")
        page.until(lambda: "Nulla viene inviato in rete" in page.text())
    assert page.axe() == []
    fill_in(page, NAMES[lang])
    told = page.until(
        lambda: NOT_PROVEN[lang] in page.found("status").text and page.found("status").text
    )
    figure = told.split()[0]
    assert page.axe() == []
    assert page.page.execute_script("return document.documentElement.scrollWidth") <= width
    page.page.execute_script("document.getElementsByName(':as')[0].value = 'sheet'")
    page.press('.tools button[formaction="/form/report"]')
    sheet = (
        "return document.getElementById('sheet').open && document.getElementById('document').srcdoc"
    )
    shown = page.until(lambda: page.page.execute_script(sheet), frame=False)
    assert NAMES[lang] in shown and figure in shown
    page.page.execute_script("document.getElementById('sheet').close()")
    page.until(lambda: True)
    page.press('button[formaction="/form/run"]')
    page.press('a[href^="/zip/"]')
    run = page.until(lambda: next(iter(page.downloads.glob("run-*.zip")), None))
    done = command("verify", run, "--lang", lang)
    assert done.returncode == 0, done.stdout
    again = command("reproduce", run, "--lang", lang)
    assert again.returncode == 0, again.stdout
    with zipfile.ZipFile(run) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/result.json"))
        result = json.loads(archive.read(name))
    assert (
        result["calculated"]["in"] == "browser" and result["calculated"]["checked_scenarios"] >= 8
    )
    page.press('a[href^="/reproduce/"]')
    page.until(lambda: page.page.find_elements("css selector", "p.notice"))
    assert page.requests() == []


@browser_only
def test_a_run_of_the_command_is_verified_and_calculated_again(page, command, tmp_path):
    run = tmp_path / "run"
    assert command("assess", ROOT / "scenarios/recycled-wool-70.yaml", "--out", run).returncode == 0
    packed = tmp_path / "made.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in run.rglob("*"):
            if path.is_file():
                archive.write(path, f"run/{path.relative_to(run).as_posix()}")
    page.drop(packed)
    page.until(lambda: page.page.find_elements("css selector", "p.notice"), 120)
    page.press('a[href^="/reproduce/"]')
    page.until(lambda: "not drawn again" in page.text(), 120)
    assert page.page.find_elements("css selector", "p.notice")
    result = (run / "result.json").read_bytes()
    (run / "result.json").write_bytes(result.replace(b"3.6", b"3.5", 1))
    with zipfile.ZipFile(packed, "w") as archive:
        for path in run.rglob("*"):
            if path.is_file():
                archive.write(path, f"run/{path.relative_to(run).as_posix()}")
    page.drop(packed)
    page.until(lambda: page.page.find_elements("css selector", "p.warning"), 120)


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


@browser_only
def test_what_is_no_scenario_and_no_run_is_told_and_the_page_goes_on(page, tmp_path):
    fill_in(page, "Kept")
    page.until(lambda: NOT_PROVEN["en"] in page.found("status").text)
    bomb, other, large, plain = (
        tmp_path / name for name in ("bomb.zip", "a.pdf", "large.yaml", "plain.yaml")
    )
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("run/SHA256SUMS", b"\0" * 100_000_000)
    other.write_bytes(b"%PDF-1.7")
    large.write_bytes(b"schema: lca-cardato/scenario/1\nnote: " + b"x" * 5_000_000)
    plain.write_text("a: [1", encoding="utf-8")
    for path, code in ((bomb, "E211"), (other, "E206"), (large, "E210"), (plain, "E2")):
        page.drop(path)
        page.until(lambda code=code: code in page.text())
    page.press("header a")
    page.press('a[href="/form?from=yarn"]')
    page.until(lambda: page.found("take").is_displayed())
    page.press("#take")
    page.until(lambda: page.found("f:product.name").get_attribute("value") == "Kept")
