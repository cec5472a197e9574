"""The best blend of the page in a real browser: run with -m web (npm, node)."""

import time
from pathlib import Path

import axe_core_python
import pytest
import yaml
from conftest import shipped
from report.browser import Browser, browser_only

from lca_cardato.files.atomic import write_folder
from lca_cardato.web.build import page_files

pytestmark = pytest.mark.web
MOVE = "const r = arguments[0]; r.value = arguments[1]; r.dispatchEvent(new Event('input', {bubbles: true}))"


@pytest.fixture(scope="module")
def opened(tmp_path_factory, store):
    place = tmp_path_factory.mktemp("best") / "page"
    write_folder(place, page_files())
    return place


class Seen:
    """The page, opened as a folder; what stands in its frame is looked at."""

    def __init__(self, folder):
        self.browser = Browser()
        self.page = self.browser.page
        self.page.get((folder / "index.html").as_uri())
        self.until(lambda: self.found("f:product.name"))

    def until(self, what, seconds=60):
        from selenium.common.exceptions import WebDriverException

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.page.switch_to.default_content()
                self.page.switch_to.frame("view")
                if found := what():
                    return found
            except WebDriverException:
                pass
            time.sleep(0.05)
        raise AssertionError(self.page.find_element("tag name", "body").text[:600])

    def found(self, name):
        return self.page.find_element("id", name)

    def press(self, selector):
        found = self.until(lambda: self.page.find_elements("css selector", selector))
        self.page.execute_script("arguments[0].click()", found[0])

    def axe(self):
        """Serious and critical findings of axe-core in the frame."""
        script = next(Path(axe_core_python.__file__).parent.rglob("axe*.js"))
        self.page.execute_script(script.read_text(encoding="utf-8") + "; window.axe = axe;")
        found = self.page.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations));"
        )
        return [item["id"] for item in found if item["impact"] in ("serious", "critical")]


@pytest.fixture
def page(opened):
    found = Seen(opened)
    yield found
    found.browser.close()


@browser_only
@pytest.mark.parametrize("lang, width", [("it", 390), ("en", 1280)])
def test_the_best_blend_moves_with_the_sliders_and_opens_in_the_form(page, tmp_path, lang, width):
    driver = page.page
    page.browser.resize(width)
    if lang == "it":
        page.press("#language")
        page.until(lambda: page.found("language").text == "English")
    path = tmp_path / "mill.yaml"
    path.write_text(yaml.safe_dump(shipped("recycled-wool-70"), sort_keys=False), "utf-8")
    page.press("header a")
    page.until(lambda: page.found("file")).send_keys(str(path))
    page.until(lambda: page.found("f:product.name").get_attribute("value"))
    page.press("header a")
    page.press('a[href^="/best/"]')
    said = {"it": "Dimostrato", "en": "Proven"}[lang]
    before = page.until(lambda: said in page.found("found").text and page.found("found").text)
    assert page.axe() == []
    driver.execute_script(MOVE, driver.find_element("css selector", '[data-range="low.1"]'), "31")
    page.until(lambda: page.found("found").text != before and "31" in page.found("found").text)
    driver.execute_script(MOVE, page.found("most"), "0.01")
    page.until(lambda: "E329" in page.found("found").text)
    driver.execute_script(MOVE, page.found("most"), "")
    for place, price in enumerate(("3.20", "1,40", "2.90")):
        driver.execute_script(MOVE, page.found(f"price.{place}"), price)
    select = "arguments[0].value = 'cost'; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))"
    driver.execute_script(select, page.found("other"))
    page.until(lambda: len(driver.find_elements("css selector", "#found circle")) > 1)
    assert page.axe() == []
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    told = driver.find_elements("css selector", "#found section")[-1].text.replace(",", ".")
    page.press('#found section:last-of-type button[name="point"]')
    shares = 'input[name^="blend["][name$="].share"]'
    typed = page.until(
        lambda: [one.get_attribute("value") for one in driver.find_elements("css selector", shares)]
    )
    found = [float(share.replace(",", ".").split()[0]) for share in typed]
    assert sum(found) == 100 and all(f"{share:.2f}" in told for share in found)
    assert page.browser.errors() == []
