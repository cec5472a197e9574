"""The page: escaped, closed to the network, usable with and without JavaScript."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report.browser import Browser, browser_only
from report.conftest import HOSTILE, SVG

from lca_cardato.report.formats.html import html_text, safe_svg
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.studies.material import of_assessment


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.fixture(scope="module")
def page(hostile):
    return html_text(hostile)


@pytest.fixture(scope="module")
def real(assessed):
    return html_text(assessment_report(of_assessment(assessed("recycled-wool-70"), "it", 200)))


@pytest.fixture(scope="module")
def browser():
    found = Browser()
    yield found
    found.close()


@pytest.fixture
def opened(browser, tmp_path, page):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    browser.resize(1280)
    browser.dark(False)
    browser.open((tmp_path / "page.html").as_uri())
    return browser


def test_names_stay_text(page):
    outline = Outline()
    outline.feed(page)
    assert outline.tags.count("script") == 1
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert not [a for a in outline.attributes if a[1].startswith("on")]
    assert len(outline.ids) == len(set(outline.ids))
    assert "\u202e" not in page


@pytest.mark.parametrize("which", ["page", "real"])
def test_policy_allows_this_style_and_script_alone(which, request):
    text = request.getfixturevalue(which)
    policy = (
        re.search(r'Content-Security-Policy" content="([^"]+)"', text)
        .group(1)
        .replace("&#39;", "'")
    )
    assert policy.startswith("default-src 'none'")
    for kind, tag in (("script", "script"), ("style", "style")):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    outline = Outline()
    outline.feed(text)
    outside = [
        a for a in outline.attributes if a[1] in ("src", "href") and not a[2].startswith("#")
    ]
    assert outside == []
    assert not [a for a in outline.attributes if a[1] == "style"]


@pytest.mark.parametrize(
    "bad",
    [
        SVG.replace("<rect", "<script>1</script><rect"),
        SVG.replace("<rect", '<rect onclick="x()"'),
        SVG.replace("<rect", '<rect fill="url(https://example.org/x)"'),
        SVG.replace("<rect", "<style>@import url(//x)</style><rect"),
        SVG.replace("<rect", '<image href="https://example.org/x.png"/><rect'),
    ],
)
def test_pictures_with_more_than_shapes_are_refused(hostile, bad):
    picture = hostile.pictures()[0]
    assert 'fill="#0b6b34"' in safe_svg(picture) and "style=" not in safe_svg(picture)
    with pytest.raises(ValueError):
        safe_svg(replace(picture, draw=lambda _: bad))


@browser_only
def test_no_name_runs_and_nothing_is_asked_of_the_network(opened):
    assert opened.errors() == []
    assert HOSTILE[:20] in opened.page.find_element("css selector", "h1").text
    asked = opened.page.execute_script("return performance.getEntriesByType('resource').length")
    assert asked == 0


@browser_only
def test_tables_sort_filter_and_take_limits(opened):
    page = opened.page

    def shown():
        script = (
            "return [...document.querySelectorAll('#table-tool tbody tr')].filter(r => !r.hidden)"
            ".map(r => Number(r.cells[1].dataset.v))"
        )
        return page.execute_script(script)

    assert len(shown()) == 10
    button = page.find_elements("css selector", "#table-tool thead button")[1]
    page.execute_script("arguments[0].click()", button)
    assert shown() == sorted(shown())
    page.execute_script("arguments[0].click()", button)
    assert shown() == sorted(shown(), reverse=True)
    head = page.find_elements("css selector", "#table-tool thead th")[1]
    assert head.get_attribute("aria-sort") == "descending"
    page.find_element("css selector", "input[type=search]").send_keys("row 3")
    assert shown() == [3.5]
    page.execute_script(
        "const s = document.querySelector('input[type=search]'); s.value = '';"
        "s.dispatchEvent(new Event('input'));"
        "const r = document.querySelector('.limits input'); r.value = 50;"
        "r.dispatchEvent(new Event('input'));"
    )
    assert sorted(shown()) == [0.5, 1.5, 2.5, 3.5, 4.5]
    assert "5 of 10" in page.find_element("css selector", ".tools [role=status]").text


@browser_only
def test_choice_and_tip(opened):
    page = opened.page
    options = page.find_elements("css selector", ".choice .option")
    assert [o.is_displayed() for o in options] == [True, False]
    page.execute_script(
        "const s = document.querySelector('.choice select'); s.selectedIndex = 1;"
        "s.dispatchEvent(new Event('change'));"
    )
    assert [o.is_displayed() for o in options] == [False, True]
    page.execute_script(
        "const m = document.querySelector('#picture-one [aria-label=\"fibre: 3.54 kg\"]');"
        "m.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 50, clientY: 50}));"
    )
    tip = page.find_element("id", "tip")
    assert tip.is_displayed() and tip.text == "fibre: 3.54 kg"
    assert opened.errors() == []


@browser_only
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_accessible_and_narrow(opened, real, tmp_path, dark):
    (tmp_path / "real.html").write_text(real, encoding="utf-8")
    opened.dark(dark)
    opened.open((tmp_path / "real.html").as_uri())
    assert opened.axe() == []
    opened.resize(360)
    opened.open((tmp_path / "real.html").as_uri())
    width = opened.page.execute_script("return document.documentElement.scrollWidth")
    assert width <= 360
    assert opened.axe() == []


@browser_only
def test_hostile_page_is_accessible_and_narrow(opened):
    opened.resize(360)
    assert opened.axe() == []
    assert opened.page.execute_script("return document.documentElement.scrollWidth") <= 360
