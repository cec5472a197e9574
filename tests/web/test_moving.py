"""Sliders, the way back, loading again, two tabs: run with -m web (npm, node)."""

import json

import pytest
import yaml
from conftest import ROOT, shipped
from report.browser import browser_only
from web.page import MOVE

pytestmark = pytest.mark.web
SCENARIO = ROOT / "scenarios/recycled-wool-70.yaml"


@browser_only
@pytest.mark.parametrize("lang, width", [("it", 390), ("en", 1280)])
def test_a_blend_is_moved_by_sliders_and_saved(page, command, tmp_path, lang, width):
    page.look(False)
    page.browser.resize(width)
    page.speak(lang)
    mill = tmp_path / "mill.yaml"
    mill.write_text(yaml.safe_dump(shipped(SCENARIO.stem), sort_keys=False), "utf-8")
    page.drop(mill)
    page.until(lambda: page.value("product.name"))
    page.press("header a")
    page.press('a[href^="/blend/"]')
    cell = lambda: page.all('[data-score="climate_change"]')[0].text  # noqa: E731
    before = page.until(cell)
    page.sound(width)
    page.run(MOVE, page.all('[data-range="0"]')[0], "40")
    page.until(lambda: cell() != before)
    assert page.found("sum").text == "100"
    assert page.all('[data-gap="climate_change"]')[0].text.startswith("+")
    page.sound(width)
    page.press('button[formaction^="/save/"]')
    saved = page.downloaded("*-blend.yaml")
    done = command("assess", saved, "--json")
    assert done.returncode == 0, done.stderr
    page.look()
    value = json.loads(done.stdout)["indicators"]["climate_change"]["value"]
    assert float(cell().split()[0].replace(",", ".")) == pytest.approx(value, rel=0.005)
    assert page.requests() == []


@browser_only
def test_the_way_back_leads_through_the_pages(page):
    page.look()
    page.type("product.name", "Of the first form")
    page.press("header a")
    page.press('a[href="/form?from=fabric"]')
    page.until(lambda: page.found("f:product.construction"))
    page.page.back()
    page.until(lambda: page.found("file"))
    page.page.back()
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Of the first form")
    page.page.forward()
    page.until(lambda: page.found("file"))
    page.page.forward()
    page.until(lambda: page.found("f:product.construction"))
    assert page.browser.errors() == []


@browser_only
def test_what_was_typed_is_there_after_loading_again(page):
    page.fill_in("In the middle")
    shown = page.calculated()
    page.page.refresh()
    page.press("#take")
    page.until(lambda: page.value("product.name") == "In the middle")
    assert page.calculated() == shown
    page.drop(SCENARIO)
    page.until(lambda: page.value("product.name").startswith("Carded yarn"))
    page.type("product.name", "Of a file")
    page.page.refresh()
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Of a file")


@browser_only
def test_two_tabs_keep_what_is_typed_in_each(page):
    page.fill_in("In the first")
    shown = page.calculated()
    first = page.page.current_window_handle
    page.page.switch_to.new_window("tab")
    page.open()
    page.press("#leave")
    page.type("product.name", "In the second")
    page.until(lambda: page.found("status").text)
    page.page.switch_to.window(first)
    page.look()
    assert page.value("product.name") == "In the first" and page.calculated() == shown
    page.page.refresh()
    page.press("#take")
    page.until(lambda: page.value("product.name") == "In the first")
    assert page.calculated() == shown
