"""The page where it is served: kept for the next visit; and what its policy lets it do, from anywhere."""

import functools
import hashlib
import re
import shutil
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from report.browser import Browser, browser_only
from selenium.common.exceptions import WebDriverException

pytestmark = pytest.mark.web
KEPT = """
const done = arguments[arguments.length - 1];
(async () => {
  const found = {};
  for (const name of await caches.keys()) found[name] = (await (await caches.open(name)).keys()).length;
  const all = await navigator.serviceWorker.getRegistrations();
  done({ caches: found, active: all.map((one) => one.active?.state), waiting: all.some((one) => one.waiting || one.installing) });
})();
"""
TRIED = """
const done = arguments[arguments.length - 1];
const tried = {};
const blocked = new Set();
document.addEventListener("securitypolicyviolation", (event) => blocked.add(event.effectiveDirective));
(async () => {
  const request = new XMLHttpRequest();
  request.open("GET", arguments[0]);
  tried.request = await new Promise((told) => {
    request.onload = () => told("done");
    request.onerror = () => told("refused");
    request.send();
  });
  try { tried.eval = eval("'done'"); } catch { tried.eval = "refused"; }
  const inline = document.createElement("script");
  inline.textContent = "window.ran = true";
  document.head.append(inline);
  tried.inline = window.ran ? "done" : "refused";
  const blob = document.createElement("script");
  blob.src = URL.createObjectURL(new Blob(["window.rang = true"], { type: "text/javascript" }));
  await new Promise((told) => { blob.onload = blob.onerror = told; document.head.append(blob); });
  tried.blob = window.rang ? "done" : "refused";
  const other = document.createElement("iframe");
  other.src = "LICENSES.txt";
  document.body.append(other);
  const picture = new Image();
  await new Promise((told) => { picture.onload = picture.onerror = told; picture.src = arguments[0]; });
  tried.picture = picture.naturalWidth ? "done" : "refused";
  await new Promise((told) => setTimeout(told, 200));
  done({ tried, blocked: [...blocked].sort() });
})();
"""


@contextmanager
def served(folder):
    """A static server of a folder, as address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def browser():
    found = Browser()
    yield found.page
    found.close()


def opened(page, address):
    page.get(address)
    until(page, "return !!window.lcaCardato")
    form = (
        "return !!document.getElementById('view').contentDocument.getElementById('f:product.name')"
    )
    until(page, form)


def until(page, script, wanted=True, seconds=60):
    end, told = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            told = page.execute_script(script)
            if told == wanted:
                return
        except WebDriverException as error:
            told = error
        time.sleep(0.05)
    raise AssertionError(f"{script}: {told}")


def kept(page):
    return page.execute_async_script(KEPT)


def wait_kept(page, what, seconds=30):
    end, told = time.monotonic() + seconds, None
    while time.monotonic() < end:
        told = kept(page)
        if what(told):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def figure(page):
    """Climate change of a shipped scenario, as the page answers it."""
    page.execute_script("page.go('/form?from=shipped:virgin-wool')")
    shown = (
        "return /\\d/.test(document.getElementById('view').contentDocument"
        ".getElementById('status')?.textContent || '')"
    )
    until(page, shown)
    return page.execute_script(
        "return document.getElementById('view').contentDocument.getElementById('status').textContent"
    )


@browser_only
def test_what_is_served_opens_again_without_its_server(folder, browser):
    with served(folder) as address:
        opened(browser, address)
        told = wait_kept(browser, lambda told: told["active"] == ["activated"])
        first = figure(browser)
    (count,) = told["caches"].values()
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert count == len(names - {"kept.js", "SHA256SUMS"})
    for place in (address, address.removesuffix("index.html")):
        opened(browser, place)
        assert figure(browser) == first


@browser_only
def test_another_page_takes_the_place_of_the_kept_one_whole_or_not_at_all(
    folder, browser, tmp_path
):
    place = tmp_path / "page"
    shutil.copytree(folder, place)
    with served(place) as address:
        opened(browser, address)
        (old,) = wait_kept(browser, lambda told: told["active"] == ["activated"])["caches"]
        index = place / "index.html"
        index.write_text(index.read_text("utf-8").replace("<title>", "<title>new "), "utf-8")
        worker = (place / "kept.js").read_text("utf-8")
        (place / "kept.js").write_text(
            re.sub('VERSION = ".*?"', 'VERSION = "new"', worker), "utf-8"
        )
        opened(
            browser, address
        )  # its digest is not the one that the worker tells: nothing is taken
        wait_kept(browser, lambda told: not told["waiting"] and old in told["caches"])
        opened(browser, address)
        assert browser.title == "lca-cardato"
        digest = hashlib.sha256(index.read_bytes()).hexdigest()
        worker = re.sub('"index.html": "[0-9a-f]+"', f'"index.html": "{digest}"', worker)
        (place / "kept.js").write_text(
            re.sub('VERSION = ".*?"', 'VERSION = "newer"', worker), "utf-8"
        )
        opened(browser, address)
        wait_kept(browser, lambda told: any(name.endswith("newer") for name in told["caches"]))
        assert browser.title == "lca-cardato"  # the tab that is open stays what it is
        end = time.monotonic() + 30
        while browser.title != "new lca-cardato" and time.monotonic() < end:
            browser.get("about:blank")
            time.sleep(0.5)
            opened(browser, address)
        assert browser.title == "new lca-cardato"
        wait_kept(browser, lambda told: [*told["caches"]] == [old.rpartition(" ")[0] + " newer"])


@browser_only
@pytest.mark.parametrize("from_folder", [True, False], ids=["folder", "server"])
def test_the_policy_lets_nothing_out_and_nothing_foreign_in(folder, browser, from_folder):
    with served(folder) as address:
        opened(browser, (folder / "index.html").as_uri() if from_folder else address)
        other = (
            "http://127.0.0.1:9/a.png" if from_folder else address.replace("127.0.0.1", "localhost")
        )
        found = browser.execute_async_script(TRIED.replace("arguments[0]", repr(other)))
        assert set(found["tried"].values()) == {"refused"}
        wanted = {"connect-src", "frame-src", "img-src", "script-src", "script-src-elem"}
        assert set(found["blocked"]) == wanted
        assert (
            browser.execute_script("return typeof page.ask('GET', '/form?from=yarn').text")
            == "string"
        )
