"""The page as one HTML file: run with -m web (npm, node)."""

import time

import pytest
from report.browser import Browser, browser_only

from lca_cardato.web.room import files_of
from lca_cardato.web.single import single
from lca_cardato.web.write import write_page

pytestmark = pytest.mark.web
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}


@pytest.fixture(scope="module")
def one(tmp_path_factory, folder):
    place = tmp_path_factory.mktemp("single")
    out = write_page(place / "page.html", files := files_of(folder))
    assert out.read_bytes() == single(files) and [out] == list(place.iterdir())
    assert out.stat().st_size < 1.05 * sum(map(len, files.values())) < 12_000_000
    return out


@browser_only
def test_one_file_calculates_shows_a_sheet_and_hands_over_a_run(one, command, tmp_path):
    browser = Browser()
    page = browser.page

    def until(what, frame="view"):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            page.switch_to.default_content()
            if frame:
                page.switch_to.frame(frame)
            if found := what():
                return found
            time.sleep(0.1)
        raise AssertionError(page.find_element("tag name", "body").text[:600])

    def press(selector):
        click = "const here = document.querySelector(arguments[0]); if (here) setTimeout(() => here.click()); return !!here"
        until(lambda: page.execute_script(click, selector))

    try:
        page.execute_cdp_cmd("Network.enable", {})
        page.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
        page.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
        )
        page.get(one.as_uri())
        until(lambda: page.execute_script("return !!window.lcaCardato"), frame=None)
        page.execute_script("page.go('/form?from=shipped:virgin-wool')")
        until(lambda: "kg CO2-eq" in page.find_element("id", "status").text)
        page.find_element("id", "f:blend[0].share").send_keys("x")
        until(lambda: page.find_elements("css selector", '[data-box="blend[0].share"]'))
        page.find_element("id", "f:blend[0].share").send_keys("\ue003")  # backspace
        until(lambda: "kg CO2-eq" in page.find_element("id", "status").text)
        press('.tools button[formaction="/form/report"]')
        until(lambda: page.find_elements("css selector", "main, h1"), frame="document")
        page.switch_to.default_content()
        page.execute_script("document.getElementById('sheet').close()")
        press('button[formaction="/form/run"]')
        press('a[href^="/zip/"]')
        run = until(lambda: next(iter(tmp_path.glob("run-*.zip")), None))
        done = command("verify", run)
        assert done.returncode == 0, done.stdout
        press("header a")
        press('a[href="LICENSES.txt"]')
        until(lambda: "Mozilla" in page.find_element("tag name", "body").text, frame="document")
        page.switch_to.default_content()
        told = page.execute_script(
            "return performance.getEntriesByType('resource').map((one) => one.name)"
        )
        assert not [name for name in told if not name.startswith(("blob:", "data:"))]
        assert not browser.errors()
    finally:
        browser.close()
