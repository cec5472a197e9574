"""The form in a browser: a newcomer's path, an address that carries it, keys and screen readers."""

import os
import subprocess
import sys
import time
import urllib.request

import pytest
from report.browser import Browser, browser_only

PORT = 8794
WORDS = {
    "en": ("not proven", "the shares of the blend sum to 100.5 %", "Carded test yarn"),
    "it": ("non dimostrato", "100,5 %", "Filato di prova"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("form")


@pytest.fixture(scope="module")
def served(folder, store):
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "serve", str(folder), "--no-browser", "--port", str(PORT)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    address = process.stdout.readline().split()[0]
    urllib.request.urlopen(address, timeout=20).close()
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def browser(served):
    found = Browser()
    yield Page(found, served)
    found.close()


class Page:
    """The page of the form, as one who types sees it."""

    def __init__(self, browser, address):
        self.browser, self.page, self.address = browser, browser.page, address

    def open(self, query="", fragment=""):
        self.page.get("about:blank")
        self.page.get(f"{self.address}form{query}{fragment}")

    def box(self, name):
        return self.page.find_element("id", f"f:{name}")

    def type(self, name, text):
        box = self.box(name)
        box.clear()
        box.send_keys(text)

    def choose(self, name, value, key="id"):
        from selenium.webdriver.support.ui import Select

        found = self.box(name) if key == "id" else self.page.find_element("name", name)
        Select(found).select_by_value(value)

    def press(self, selector):
        self.page.execute_script(
            "arguments[0].click()", self.page.find_element("css selector", selector)
        )

    def add(self, name):
        self.press(f'button[value="add {name}"]')

    def until(self, what, seconds=20):
        """Wait until something is so, and give it."""
        from selenium.common.exceptions import StaleElementReferenceException as Stale
        from selenium.common.exceptions import WebDriverException

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if found := what():
                    return found
            except (Stale, WebDriverException):
                pass
            time.sleep(0.05)
        raise AssertionError(
            f"{self.status()!r}: {self.page.find_element('id', 'answer').text[:600]}"
        )

    def status(self):
        return self.page.find_element("id", "status").text

    def focus(self):
        return self.page.execute_script("return document.activeElement.id")

    def wide(self):
        return self.page.execute_script("return document.documentElement.scrollWidth")


def fill_in(page, name):
    """What a newcomer types of a yarn; the sum of the shares is wrong at first."""
    page.type("product.name", name)
    page.type("product.count", "8")
    page.type("company.municipality", "Prato")
    page.choose("blend[0].fibre", "wool")
    page.type("blend[0].share", "70")
    page.choose("blend[0].origin", "recycled_post_consumer")
    page.type("blend[0].place", "Prato")
    page.add("blend")
    page.until(lambda: page.focus() == "f:blend[1].fibre")
    page.choose("blend[1].fibre", "polyamide")
    page.type("blend[1].share", "30,5")
    page.choose("blend[1].origin", "virgin")


@browser_only
@pytest.mark.parametrize("lang, width", [("it", 390), ("en", 1280)])
def test_from_an_empty_form_to_a_verdict_and_a_file(browser, folder, command, lang, width):
    verdict, sum_told, name = WORDS[lang]
    page = browser
    page.browser.resize(width)
    page.open(f"?lang={lang}")
    assert page.page.find_element("css selector", "html").get_attribute("lang") == lang
    assert page.browser.axe() == [] and page.wide() <= width
    fill_in(page, name)
    page.until(lambda: sum_told[-7:] in page.page.find_element("id", "answer").text)
    told = page.page.find_element("css selector", '[data-box="blend"] .text').text
    page.until(lambda: page.page.find_element("id", "p:blend").text == told)
    assert page.browser.axe() == []
    page.type("blend[1].share", "30")
    page.until(lambda: verdict in page.status())
    page.choose("new:route", "carding", "name")
    page.add("route")
    page.until(lambda: page.focus() == "f:route[0].@")
    page.choose("new:route[0]", "electricity", "name")
    page.add("route[0]")
    page.until(lambda: page.focus() == "f:route[0].electricity.value")
    page.type("route[0].electricity.value", "163000")
    page.choose("route[0].electricity.value~", "kWh", "name")
    page.until(lambda: "E106" in page.page.find_element("id", "answer").text)
    wrong = page.box("route[0].electricity.value")
    page.until(lambda: wrong.get_attribute("aria-invalid") == "true")
    assert "p:route[0].electricity.value" in wrong.get_attribute("aria-describedby")
    page.type("route[0].electricity.for", "389000")
    figure = page.until(lambda: page.status() if verdict in page.status() else "").split()[0]
    assert page.page.find_elements("css selector", "#answer svg")
    assert page.browser.axe() == [] and page.wide() <= width
    file = f"prova-{lang}-{width}"
    page.page.find_element("name", ":name").send_keys(file)
    page.press('button[formaction="/form/keep"]')
    page.until(
        lambda: "saved=yes" in page.page.current_url and f"{file}.yaml" in page.page.page_source
    )
    assert page.browser.errors() == []
    done = command("assess", folder / f"{file}.yaml", "--lang", lang)
    assert done.returncode == 0 and figure in done.stdout and name in done.stdout
    assert verdict in done.stdout


@browser_only
def test_an_address_carries_the_form_and_nothing_typed_is_lost(browser):
    page = browser
    page.open("?lang=en")
    fill_in(page, "Jarn «è» ☂")
    page.type("blend[1].share", "not yet")
    page.until(lambda: page.page.current_url.count("#1."))
    time.sleep(0.5)
    address = page.page.current_url
    fragment = address[address.index("#") :]
    assert len(fragment) < 900
    page.open("?lang=it", fragment)
    page.until(lambda: page.box("blend[1].share").get_attribute("value") == "not yet")
    assert page.box("product.name").get_attribute("value") == "Jarn «è» ☂"
    assert page.page.find_element("css selector", "html").get_attribute("lang") == "it"
    page.open("?from=file:0123456789abcdef&lang=it", fragment)  # its file is not here
    page.until(lambda: page.box("blend[1].share").get_attribute("value") == "not yet")
    page.browser.errors()  # the page of a file that is not here answers 404
    page.press("#language")  # the other language, with what was typed
    page.until(lambda: page.page.find_element("css selector", "html").get_attribute("lang") == "en")
    page.until(lambda: page.box("blend[1].share").get_attribute("value") == "not yet")
    page.open("?lang=en")  # without the address: what this browser keeps is offered
    page.until(lambda: page.page.find_element("id", "take").is_displayed())
    page.press("#take")
    page.until(lambda: page.box("blend[1].share").get_attribute("value") == "not yet")
    for broken in (fragment[:40], "#1.????", "#2.abc", fragment.replace("#1.", "#"), "#1.AAAA"):
        page.open("?lang=en", broken)
        page.until(lambda: "copy it again" in page.status())
        assert page.box("product.name").get_attribute("value") == ""
    assert page.browser.errors() == []


@browser_only
def test_with_the_keyboard_alone(browser):
    from selenium.webdriver.common.keys import Keys

    page = browser
    page.open("?from=shipped:recycled-wool-70&lang=en")
    page.until(lambda: "meets" in page.status())
    page.type("blend[2].share", "6")
    page.box("blend[2].share").send_keys(Keys.ENTER)  # calculates, and goes to the first problem
    page.until(lambda: page.focus() == "f:blend")
    page.type("blend[2].share", "5")
    page.until(lambda: "meets" in page.status())
    page.choose("product.type", "fabric")  # more is asked for then
    page.until(lambda: page.page.find_elements("id", "f:product.surface_mass"))
    page.until(lambda: page.focus() == "f:product.type")
    page.box("product.type").send_keys(Keys.TAB)
    assert page.focus() == "f:product.name"
    page.press('button[value="remove blend[2]"]')
    page.until(lambda: not page.page.find_elements("id", "f:blend[2].share"))
    focused = page.page.execute_script("return document.activeElement.value")
    assert focused == "add blend"


@browser_only
def test_a_program_started_anew_takes_the_form_over(browser):
    page = browser
    page.open("?lang=en")
    fill_in(page, "Yarn")
    page.page.execute_script("document.querySelector('#form [name=token]').value = 'of before'")
    page.type("blend[1].share", "30")
    page.until(lambda: "load the page again" in page.page.find_element("id", "answer").text)
    page.page.refresh()
    page.until(lambda: "not proven" in page.status())
    assert page.box("blend[1].share").get_attribute("value") == "30"
