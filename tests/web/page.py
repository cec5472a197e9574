"""The page as one who types sees it, in a headless Chromium without a network."""

import base64
import json
import time
import zipfile
from pathlib import Path

import axe_core_python
from report.browser import Browser
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.support.ui import Select

NAMES = {"en": "Carded test yarn", "it": "Filato di prova"}
NOT_PROVEN = {"en": "not proven", "it": "non dimostrato"}
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
OWN = ("file:", "blob:", "data:", "about:", "chrome:")
MOVE = "const r = arguments[0]; r.value = arguments[1]; r.dispatchEvent(new Event('input', {bubbles: true}))"
SHEET = "return document.getElementById('sheet').open && document.getElementById('document').srcdoc"


def packed(run, target):
    """Pack a run folder as people do; give the .zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in run.rglob("*"):
            if path.is_file():
                archive.write(path, f"run/{path.relative_to(run).as_posix()}")
    return target


class Page:
    """The page in a browser of its own; its pages stand in a frame, and are what is looked at.

    `before` is JavaScript that runs before the page's own scripts.
    """

    def __init__(self, folder, downloads, flags=(), before="", lang=""):
        self.browser = Browser(flags=flags, logs=("browser", "performance"))
        self.downloads, self.page = downloads, self.browser.page
        self.command("Network.emulateNetworkConditions", **OFFLINE)
        self.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
        if lang:
            before += f"; try {{ localStorage.setItem('lca-cardato-lang', '{lang}') }} catch {{}}"
        if before:
            self.command("Page.addScriptToEvaluateOnNewDocument", source=before)
        self.address = (folder / "index.html").as_uri()
        self.page.get("about:blank")
        self.page.get_log("performance")  # of the tab that Chromium itself begins with

    def command(self, name, **values):
        """Give Chromium a command of its DevTools."""
        return self.page.execute_cdp_cmd(name, values)

    def open(self):
        """Load the page and wait for the form."""
        self.load()
        self.until(lambda: self.run("return !!window.lcaCardato"), frame=False)
        self.until(lambda: self.found("f:product.name"))
        return self

    def load(self):
        """Load the page, whatever comes of it."""
        self.page.get(self.address)

    def close(self):
        self.browser.close()

    # -- looking -----------------------------------------------------------------------------------
    def until(self, what, seconds=60, frame=True):
        """Wait until something is so, in the frame or around it; give what it is."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.look(frame)
                if found := what():
                    return found
            except WebDriverException:
                pass
            time.sleep(0.05)
        self.look(False)
        told = [self.text()]
        if self.all("#view:not([hidden])"):
            self.look()
            told.append(self.text())
        raise AssertionError("\n".join(told)[:2000])

    def look(self, frame=True):
        self.page.switch_to.default_content()
        if frame:
            self.page.switch_to.frame("view")

    def run(self, script, *values):
        return self.page.execute_script(script, *values)

    def found(self, name):
        return self.page.find_element("id", name)

    def all(self, selector):
        return self.page.find_elements("css selector", selector)

    def text(self):
        return self.page.find_element("tag name", "body").text

    def told(self, *words, seconds=60):
        """Wait for a sentence around the frame."""
        say = lambda: (text := self.found("told").text) and all(w in text for w in words) and text  # noqa: E731
        return self.until(say, seconds, frame=False)

    def value(self, name):
        return self.found(f"f:{name}").get_attribute("value")

    # -- typing ------------------------------------------------------------------------------------
    def type(self, name, text):
        box = self.found(f"f:{name}")
        box.clear()
        box.send_keys(text)

    def choose(self, name, value):
        Select(self.found(f"f:{name}")).select_by_value(value)

    def press(self, selector, seconds=60):
        """Press what a selector finds, as soon as it is there."""
        self.until(lambda: self.all(selector), seconds)
        here = self.page.find_element("css selector", selector)
        self.run(
            "const here = arguments[0]; setTimeout(() => here.click())", here
        )  # it may go away

    def speak(self, lang):
        """Change the language of the page."""
        self.look()
        if self.run("return document.documentElement.lang") != lang:
            self.press("#language")
            self.until(lambda: self.run("return document.documentElement.lang") == lang)

    def drop(self, path):
        """Give the first page a file."""
        self.press("header a")
        self.until(lambda: self.found("file")).send_keys(str(path))

    def fill_in(self, name):
        """Fill in a yarn of two fibres."""
        self.look()
        self.type("product.name", name)
        self.type("product.count", "8")
        self.type("company.municipality", "Prato")
        self.choose("blend[0].fibre", "wool")
        self.type("blend[0].share", "70")
        self.choose("blend[0].origin", "recycled_post_consumer")
        self.press('button[value="add blend"]')
        self.until(lambda: self.found("f:blend[1].fibre"))
        self.choose("blend[1].fibre", "polyamide")
        self.type("blend[1].share", "30")
        self.choose("blend[1].origin", "virgin")

    def calculated(self, lang="en"):
        """Wait for figure and verdict of the form."""
        said = lambda: NOT_PROVEN[lang] in (text := self.found("status").text) and text  # noqa: E731
        return self.until(said)

    def downloaded(self, pattern):
        """Wait for a file that the page gives."""
        return self.until(lambda: next(iter(self.downloads.glob(pattern)), None), frame=False)

    def as_yaml(self):
        """Take along what is typed as YAML; give its text."""
        for old in self.downloads.glob("*.yaml"):
            old.unlink()
        self.press('button[formaction^="/form/save/"]')
        found = self.downloaded("*.yaml")
        self.look()
        return self.until(lambda: found.read_text(encoding="utf-8"))

    # -- asking ------------------------------------------------------------------------------------
    def ask(self, method, address, body=""):
        """Ask the page as its own frames do."""
        self.look(False)
        return self.run("return window.page.ask(arguments[0], arguments[1], arguments[2])", method, address, body)  # fmt: skip

    def answer(self, drawn):
        """Let the page answer a scenario with its files; see `lca_cardato.web.answered`."""
        files = {name: base64.b64encode(data).decode() for name, data in drawn.files.items()}
        body = json.dumps({"text": drawn.text, "lang": drawn.lang, "files": files})
        found = self.ask("POST", "/answer", body)
        assert found["status"] == 200, found["text"][:2000]
        return json.loads(found["text"])

    # -- what must hold everywhere -----------------------------------------------------------------
    def axe(self):
        """Serious and critical findings of axe-core in the frame."""
        script = next(Path(axe_core_python.__file__).parent.rglob("axe*.js"))
        self.run(script.read_text(encoding="utf-8") + "; window.axe = axe;")
        found = self.page.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations));"
        )
        return [
            (item["id"], node["html"][:160])
            for item in found if item["impact"] in ("serious", "critical") for node in item["nodes"]
        ]  # fmt: skip

    def sound(self, width):
        """Whether what is shown can be used by everybody and is no wider than the screen."""
        assert self.axe() == []
        assert self.run("return document.documentElement.scrollWidth") <= width

    def requests(self):
        """What Chromium itself says was asked of anything but the page: it should be nothing."""
        asked = []
        for entry in self.page.get_log("performance"):
            told = json.loads(entry["message"])["message"]
            if told["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                found = told["params"]
                asked.append(found.get("request", found)["url"])
        assert any(one.endswith("data/program.js") for one in asked), "the log says nothing"
        return [one for one in asked if not one.startswith(OWN)]
