"""Browsers that lack something, folders that were cut off, a full memory: what is told (-m web)."""

import os
import shutil
from contextlib import suppress

import pytest
from report.browser import browser_only
from selenium.common.exceptions import WebDriverException
from web.page import Page

pytestmark = [pytest.mark.web]
REFUSED = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
"""
FULL = (
    'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };'
)
PAGE, MORE = 65536, 6
"""Bytes of a page of WebAssembly's memory; how many more than it begins with a page is left."""


def said(lang, en, it):
    return en if lang == "en" else it


@pytest.fixture
def opened(folder, tmp_path):
    """Opens a page of some making; closed at the end."""
    made = []

    def begin(place=folder, **values):
        made.append(Page(place, tmp_path, **values))
        return made[-1]

    yield begin
    for page in made:
        with suppress(WebDriverException):  # closed already
            page.close()


@browser_only
@pytest.mark.parametrize("lang", ["en", "it"])
def test_a_browser_without_webassembly_or_without_unpacking(opened, lang):
    page = opened(before="delete window.WebAssembly", lang=lang)
    page.load()
    told = page.told("WebAssembly", said(lang, "switched off", "disattivato"))
    assert "Firefox" in told and said(lang, "is kept", "resta") in told
    page.command(
        "Page.addScriptToEvaluateOnNewDocument",
        source="delete window.DecompressionStream; delete window.HTMLDialogElement",
    )
    page.load()
    page.told("DecompressionStream, <dialog>", "Firefox")
    page.command("Emulation.setScriptExecutionDisabled", value=True)
    page.load()
    text = page.until(lambda: page.text(), frame=False)
    assert "JavaScript is switched off" in text and "JavaScript è disattivato" in text


@browser_only
def test_a_folder_that_was_cut_off(opened, folder, tmp_path):
    place = tmp_path / "stick"
    shutil.copytree(folder, place, copy_function=os.link)
    page = opened(place, lang="it")

    def without(name, part=None):
        data = (place / name).read_bytes()
        (place / name).unlink()
        if part:
            (place / name).write_bytes(data[: int(len(data) * part)])
        page.load()
        return lambda: ((place / name).unlink(missing_ok=True), (place / name).write_bytes(data))

    for name, part in (("data/program.js", 0.5), ("data/interpreter.js", None),
                       ("data/library.js", 0.99), ("pyodide.js", None)):  # fmt: skip
        mend = without(name, part)
        assert "Copiate di nuovo tutta la cartella" in page.told("La pagina non è intera", name)
        mend()
    data = bytearray((place / "data/program.js").read_bytes())
    data[len(data) // 2] ^= 1
    (place / "data/program.js").unlink()
    (place / "data/program.js").write_bytes(data)
    page.load()
    page.told("Il calcolatore non si è avviato", "copiate di nuovo tutta la cartella", "resta")
    data[len(data) // 2] ^= 1
    (place / "data/program.js").write_bytes(data)
    mend = without("static/begin.js")
    page.until(lambda: "la cartella copiata per intero?" in page.text(), frame=False)
    mend()
    page.open()


@browser_only
@pytest.mark.parametrize("before, lang", [(REFUSED, "en"), (FULL, "it")])
def test_a_browser_that_keeps_nothing(opened, tmp_path, before, lang):
    page = opened(before=before)
    page.open()
    page.speak(lang)
    page.fill_in("Typed")
    page.calculated(lang)
    page.told(said(lang, "does not keep what is typed", "non conserva quanto si digita"), "YAML")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    page.look()
    page.drop(tmp_path / "a.pdf")
    page.until(lambda: "E206" in page.text())
    page.press("header a")
    page.press('a[href="/form?from=yarn"]')
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Typed")
    page.calculated(lang)
    assert "name: Typed" in page.as_yaml()


@browser_only
@pytest.mark.parametrize("lang", ["en", "it"])
def test_a_full_memory(opened, tmp_path, lang):
    first = opened()
    first.open().look(False)
    pages = first.run("return lcaCardato.memory()") // PAGE + MORE
    first.close()
    page = opened(flags=(f"--js-flags=--wasm-max-mem-pages={pages}",))
    page.open()
    page.speak(lang)
    page.fill_in("Typed")
    page.calculated(lang)
    with open(tmp_path / "scan.pdf", "wb") as file:
        file.truncate(59_000_000)
    page.drop(tmp_path / "scan.pdf")
    page.told(said(lang, "memory of this page is full", "memoria di questa pagina è piena"))
    page.press("header a")
    page.press('a[href="/form?from=yarn"]')
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Typed")
    page.calculated(lang)
    assert "name: Typed" in page.as_yaml()
    page.open()  # loaded again
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Typed")


@browser_only
def test_too_little_memory_to_begin(opened):
    page = opened(flags=("--js-flags=--wasm-max-mem-pages=500",), lang="it")
    page.load()
    page.told("La memoria di questa pagina è piena", "resta in questo browser")
