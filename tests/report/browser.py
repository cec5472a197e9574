"""A headless Chromium for pages, and axe-core."""

import shutil
import tempfile
from pathlib import Path

import pytest

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium():
    """Path of the browser and of its driver, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found, driver = shutil.which(name), shutil.which("chromedriver")
        if found and driver:
            return found, driver
    return None


def browser_only(function):
    """A test that is skipped where there is no browser; ``-m browser`` chooses these."""
    here = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
    return pytest.mark.browser(here(function))


class Browser:
    """A browser that is closed at the end."""

    def __init__(self, width=1280, height=1000, flags=(), logs=("browser",)):
        from selenium import webdriver

        self.folder = tempfile.mkdtemp()
        options = webdriver.ChromeOptions()
        for flag in (
            *FLAGS,
            *flags,
            f"--user-data-dir={self.folder}",
            f"--window-size={width},{height}",
        ):
            options.add_argument(flag)
        options.binary_location, driver = chromium()
        options.set_capability("goog:loggingPrefs", dict.fromkeys(logs, "ALL"))
        self.page = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))

    def open(self, address):
        self.page.get(str(address))
        return self.page

    def resize(self, width, height=900):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 800}
        self.page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def dark(self, on):
        value = [{"name": "prefers-color-scheme", "value": "dark" if on else "light"}]
        self.page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": value})

    def errors(self):
        """What the console says, and nothing of it."""
        return [e["message"] for e in self.page.get_log("browser") if e["level"] == "SEVERE"]

    def axe(self):
        """Serious and critical findings of axe-core: rule and element."""
        import axe_core_python

        script = next(Path(axe_core_python.__file__).parent.rglob("axe*.js"))
        self.page.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        self.page.execute_cdp_cmd(
            "Runtime.evaluate", {"expression": script.read_text(encoding="utf-8")}
        )
        found = self.page.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations));"
        )
        return [
            (item["id"], node["html"][:160])
            for item in found if item["impact"] in ("serious", "critical") for node in item["nodes"]
        ]  # fmt: skip

    def close(self):
        self.page.quit()
        shutil.rmtree(self.folder, ignore_errors=True)
