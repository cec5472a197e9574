"""The documentation site: built without a warning, closed in itself, tutorials up to date.

Needs the extra ``docs``; run with ``-m site``.
"""

import os
import re
import subprocess
import sys
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest
from conftest import ROOT
from report.browser import Browser, browser_only

pytestmark = pytest.mark.site
DOCS = ROOT / "docs"
TUTORIALS = ("auditor", "consultant", "engineer")
VOID = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src",
        "video": "src", "audio": "src", "object": "data", "embed": "src"}  # fmt: skip


class Page(HTMLParser):
    """What a page holds and where it points."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.loaded, self.lang = set(), [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.anchors |= {found[key] for key in ("id", "name") if found.get(key)}
        if tag == "html":
            self.lang = found.get("lang")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag in VOID and found.get(VOID[tag]):
            self.loaded.append(found[VOID[tag]])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build it as `.ci/run` does, and keep it there."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(DOCS), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_every_page_is_reached(pages, site):
    sources = {p.relative_to(DOCS).with_suffix("") for p in DOCS.rglob("*") if p.suffix in (".md", ".ipynb")}  # fmt: skip
    made = {path.relative_to(site).with_suffix("") for path in pages}
    assert sources <= made
    linked = {unquote(urlsplit(link).path) for link in pages[site / "index.html"].links}
    assert {f"{name.as_posix()}.html" for name in sources if name.name != "index"} <= linked


def test_links_and_anchors_inside_the_site(pages):
    broken = []
    for path, page in pages.items():
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target = target / "index.html"
            wrong = not target.is_file()
            if not wrong and parts.fragment and target in pages:
                wrong = unquote(parts.fragment) not in pages[target].anchors
            if wrong:
                broken.append(f"{path.name}: {link}")
    assert not broken


def test_nothing_is_loaded_from_elsewhere(pages, site):
    for path, page in pages.items():
        assert not [link for link in page.loaded if urlsplit(link).netloc], path
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", text), path


def test_a_page_says_its_language(pages, site):
    assert pages[site / "it" / "avvio-rapido.html"].lang == "it"
    assert pages[site / "index.html"].lang == "en"


@pytest.fixture
def served(site):
    """Address of the site behind a server that knows nothing but files."""
    handler = partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


LINKS = {
    "index.html": "Try it here",
    "web.html": "Try it here",
    "it/nel-browser.html": "Provalo qui",
}


@browser_only
@pytest.mark.parametrize("way", ["server", "folder"])
def test_the_calculator_is_in_the_site_and_calculates(site, served, way):
    from selenium.webdriver.support.ui import WebDriverWait

    browser = Browser()
    page, wait = browser.page, WebDriverWait(browser.page, 90, 0.1)
    try:
        top = served if way == "server" else f"{site.as_uri()}/"
        for name, link in LINKS.items():
            page.get(top + name)
            assert page.find_element("partial link text", link).get_attribute("href") == (
                f"{top}calculator/index.html"
            )
        page.find_element("partial link text", "Provalo qui").click()
        wait.until(lambda page: page.execute_script("return !!window.lcaCardato"))
        page.execute_script("page.go('/form?from=shipped:recycled-wool-70')")

        def figure(page):
            page.switch_to.default_content()
            page.switch_to.frame("view")
            return [one for one in page.find_elements("id", "status") if "3.60" in one.text]

        wait.until(figure)
    finally:
        browser.close()


def test_without_its_parts_the_site_says_so_in_words(tmp_path):
    """Pages with the link alone: Node.js is not on the path."""
    source = tmp_path / "docs"
    (source / "it").mkdir(parents=True)
    for name in ("conf.py", "calculator.py", "_static/site.css"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes((DOCS / name).read_bytes())
    (source / "index.md").write_text(
        "# Site\n\n<!-- calculator -->\n\n[it](it/nel-browser.md)\n", "utf-8"
    )
    (source / "it/nel-browser.md").write_text("# Pagina\n\n<!-- calculator -->\n", "utf-8")
    (source / "web.md").write_text("# Web\n\n<!-- calculator -->\n", "utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", str(source), str(tmp_path / "site")]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PATH": str(tmp_path)}
    )
    assert done.returncode == 0, done.stderr
    assert "the site is built without the calculator" in done.stderr and "E509" in done.stderr
    assert not (tmp_path / "site" / "calculator").exists()
    for name, words in (
        ("index", "made without the calculator"),
        ("it/nel-browser", "senza il calcolatore"),
    ):
        text = (tmp_path / "site" / f"{name}.html").read_text(encoding="utf-8")
        assert words in text and "calculator/index.html" not in text


def test_charts_of_the_tutorials_are_pictures(pages, site):
    for name in ("engineer", "consultant"):
        loaded = pages[site / "tutorials" / f"{name}.html"].loaded
        assert len([link for link in loaded if link.endswith(".svg")]) >= 3


@pytest.mark.parametrize("name", TUTORIALS)
def test_outputs_of_a_tutorial_are_those_of_the_program(home, store, monkeypatch, name):
    monkeypatch.syspath_prepend(str(DOCS))
    import notebooks

    found = notebooks.stale(DOCS / "tutorials" / f"{name}.ipynb")
    assert not found, "\n\n".join([*found, "if meant so: python docs/notebooks.py --write"])


def test_a_stale_output_is_found(home, store, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(DOCS))
    import nbformat
    import notebooks

    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    path = tmp_path / "one.ipynb"
    nbformat.write(notebooks.executed_book(book), path)
    assert not notebooks.stale(path)
    path.write_text(path.read_text(encoding="utf-8").replace('"2"', '"3"'), encoding="utf-8")
    [told] = notebooks.stale(path)
    assert "1 + 1" in told


def test_tutorials_hold_no_place_and_no_time():
    assert sorted(path.stem for path in (DOCS / "tutorials").glob("*.ipynb")) == sorted(TUTORIALS)
    for name in TUTORIALS:
        text = (DOCS / "tutorials" / f"{name}.ipynb").read_text(encoding="utf-8")
        assert not re.search(r"/tmp|/home|/root|[A-Z]:\\\\|20\d\d-\d\d-\d\dT", text)
        assert 'execution_count": null' in text and "Traceback" not in text
