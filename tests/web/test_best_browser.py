"""The best blend of the page in a real browser: run with -m web (npm, node)."""

import pytest
import yaml
from conftest import shipped
from report.browser import browser_only
from web.page import MOVE

pytestmark = pytest.mark.web


@browser_only
@pytest.mark.parametrize("lang, width", [("it", 390), ("en", 1280)])
def test_the_best_blend_moves_with_the_sliders_and_opens_in_the_form(page, tmp_path, lang, width):
    page.look(False)
    page.browser.resize(width)
    page.speak(lang)
    path = tmp_path / "mill.yaml"
    path.write_text(yaml.safe_dump(shipped("recycled-wool-70"), sort_keys=False), "utf-8")
    page.drop(path)
    page.until(lambda: page.value("product.name"))
    page.press("header a")
    page.press('a[href^="/best/"]')
    said = {"it": "Dimostrato", "en": "Proven"}[lang]
    before = page.until(lambda: said in page.found("found").text and page.found("found").text)
    assert page.axe() == []
    page.run(MOVE, page.page.find_element("css selector", '[data-range="low.1"]'), "31")
    page.until(lambda: page.found("found").text != before and "31" in page.found("found").text)
    page.run(MOVE, page.found("most"), "0.01")
    page.until(lambda: "E329" in page.found("found").text)
    page.run(MOVE, page.found("most"), "")
    for place, price in enumerate(("3.20", "1,40", "2.90")):
        page.run(MOVE, page.found(f"price.{place}"), price)
    select = "arguments[0].value = 'cost'; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))"
    page.run(select, page.found("other"))
    page.until(lambda: len(page.all("#found circle")) > 1)
    page.sound(width)
    told = page.all("#found section")[-1].text.replace(",", ".")
    page.press('#found section:last-of-type button[name="point"]')
    shares = 'input[name^="blend["][name$="].share"]'
    typed = page.until(lambda: [one.get_attribute("value") for one in page.all(shares)])
    found = [float(share.replace(",", ".").split()[0]) for share in typed]
    assert sum(found) == 100 and all(f"{share:.2f}" in told for share in found)
    assert page.browser.errors() == []
    assert page.requests() == []
