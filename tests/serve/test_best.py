"""The page of the best blend: what is asked is searched, the front is drawn, a blend opens as a scenario."""

import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import ROOT, with_papers
from report.browser import Browser, browser_only

from lca_cardato.studies.optimise import optimise

PORT = 8796
HERE = f"127.0.0.1:{PORT}"
NAME = "recycled-wool-70.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("best")
    with_papers(made)
    text = (ROOT / "scenarios" / NAME).read_text(encoding="utf-8")
    (made / NAME).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def page(folder, store):
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    return Page(TestClient(make_app(folder, "en", PORT), base_url=f"http://{HERE}"))


class Page:
    """The page as a script uses it."""

    def __init__(self, client):
        self.client = client
        self.address = re.search(r'href="(/best/[0-9a-f]+)"', client.get("/").text).group(1)
        self.first = client.get(self.address).text
        self.token = re.search(r'name="token" value="([^"]+)"', self.first).group(1)

    def post(self, place="/found", token=None, lang="en", **boxes):
        data = {"token": self.token if token is None else token, **boxes}
        answer = self.client.post(f"{self.address}{place}?lang={lang}", data=data)
        return answer.status_code, answer.text


def test_what_is_shown_is_what_the_command_finds(page, folder):
    space = {
        "schema": "lca-cardato/space/1", "id": "here", "base": NAME,
        "simplex": {"step": "1 %", "lines": [
            {"line": "0", "min": "60 %", "max": "75 %"}, {"line": "1", "min": "10 %"}, {"line": "2"},
        ]},
        "optimise": {"minimise": "energy", "meets": "cardato-recycled"},
    }  # fmt: skip
    best = optimise(space, folder=folder, checked=False).to_dict()["blends"][0]
    boxes = {
        "low.0": "60",
        "high.0": "75",
        "low.1": "10",
        "goal": "energy",
        "claim": "cardato-recycled",
    }
    status, text = page.post(**boxes)
    assert status == 200
    for line in best["lines"]:
        if line["fraction"] != "0":
            assert line["name"] in text and f"{float(line['share'][:-2]):.2f}" in text
    assert "Proven" in text and text.count('name="point"') == 1


def test_a_front_is_drawn_and_each_of_its_blends_opens_as_a_scenario(page):
    boxes = {
        "goal": "cost", "other": "climate_change", "price.0": "3,20", "price.1": "1.40",
        "price.2": "2.90", "claim": "", "low.2": "5",
    }  # fmt: skip
    status, text = page.post(**boxes)
    points = text.count('name="point"')
    assert status == 200 and "<svg" in text and points > 2
    seen = set()
    for place in (1, points - 1):
        status, form = page.post("/open", point=str(place), **boxes)
        assert status == 200
        shares = re.findall(r'name="blend\[\d\]\.share" type="[a-z]+" value="([^"]*)"', form)
        assert len(shares) >= 2 and sum(float(s.split()[0]) for s in shares) == 100
        seen.add(tuple(shares))
    assert len(seen) == 2


def test_a_front_needs_no_extra(page, bare):
    boxes = {"goal": "cost", "other": "climate_change", "claim": "", "low.2": "5",
             "price.0": "3.20", "price.1": "1.40", "price.2": "2.90"}  # fmt: skip
    status, text = page.post(lang="it", **boxes)
    assert status == 200 and text.count('name="point"') > 2 and "<svg" in text


@pytest.mark.parametrize(
    "boxes, told",
    [
        ({"low.0": "80", "high.0": "20"}, "E321"),
        ({"most": "0.01"}, "no blend holds"),
        ({"goal": "cost"}, "price"),
        ({"low.0": "x"}, "low.0"),
        ({"low.0": "60", "low.1": "60"}, "E3"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "it"])
def test_what_can_not_be_is_told_and_the_boxes_stay(page, boxes, told, lang):
    status, text = page.post(lang=lang, **boxes)
    assert status == 200 and 'class="warning"' in text and "Traceback" not in text
    status, whole = page.post("", lang=lang, **boxes)
    assert status == 200
    for value in boxes.values():
        assert f'value="{value}"' in whole


def test_pages_that_ask_at_once_get_their_own_answers(monkeypatch):
    """Whatever another thread keeps in between, who asked is answered."""
    from types import SimpleNamespace

    from lca_cardato.serve import best

    class Desk:
        path, loaded = ROOT / "scenarios" / "virgin-wool.yaml", None
        best = property(lambda _: None, lambda _, kept: None)  # another's answer came, and went

    monkeypatch.setattr(best, "engine", lambda: SimpleNamespace(data=None))
    monkeypatch.setattr(best, "optimise", lambda space, **_: f"answer to {space}")
    asked = SimpleNamespace(space=lambda base: f"the question of {base}")
    assert best.found(asked, Desk()) == "answer to the question of virgin-wool.yaml"


def test_a_page_of_another_start_is_refused(page):
    assert page.post(token="x")[0] == 403
    assert page.client.get("/best/0123456789abcdef").status_code == 404
    status, _ = page.post("/open", point="99999999999", claim="")
    assert status == 200  # the last one


@pytest.fixture(scope="module")
def served(folder, store):
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "serve", str(folder), "--no-browser", "--port", str(PORT)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    address = process.stdout.readline().split()[0]
    with urllib.request.urlopen(address, timeout=20) as answer:
        found = re.search(r'href="/(best/[0-9a-f]+)"', answer.read().decode()).group(1)
    yield address + found
    process.terminate()
    process.wait(timeout=20)


@browser_only
@pytest.mark.parametrize("lang, width", [("it", 390), ("en", 1280)])
def test_the_best_blend_moves_with_the_sliders(served, lang, width):
    from selenium.webdriver.support.ui import Select

    browser = Browser()
    try:
        page = browser.page
        browser.resize(width)
        page.get(f"{served}?lang={lang}")
        found = page.find_element("id", "found")
        assert browser.axe() == []
        before = found.text
        moved = "const r = arguments[0]; r.value = arguments[1]; r.dispatchEvent(new Event('input', {bubbles: true}))"
        page.execute_script(moved, page.find_element("css selector", '[data-range="low.1"]'), "31")
        until(lambda: found.text != before and "31" in found.text)
        assert page.find_element("id", "low.1").get_attribute("value") == "31"
        Select(page.find_element("id", "other")).select_by_value("water_consumed")
        until(lambda: page.find_elements("css selector", "#found svg"))
        assert browser.axe() == [] and browser.errors() == []
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        browser.close()


def until(what, seconds=20):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come")
