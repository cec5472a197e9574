"""Take the pictures of the calculator in a browser for the documentation, in Chromium, in Italian.

``python docs/pages/web_pictures.py [FOLDER]``

FOLDER is a page that `lca-cardato web --out FOLDER` wrote; one is put together when it is left out.
What is done here is what docs/it/nel-browser.md tells to do, step by step.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "_static"
NAMES = ("web-modulo", "web-scheda", "web-inizio", "web-verifica", "web-mischia")
WIDTH, HEIGHT = 1100, 760
COLOURS = 48
FLAGS = ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--lang=it", "--disable-gpu")
FILLED = {
    "f:product.name": "Filato cardato Nm 8", "f:product.count": "8", "f:product.batch": "5000",
    "f:company.name": "Filatura Esempio", "f:company.municipality": "Prato",
    "f:blend[0].fibre": "wool", "f:blend[0].share": "70", "f:blend[0].origin": "recycled_post_consumer",
}  # fmt: skip
SECOND = {"f:blend[1].fibre": "polyamide", "f:blend[1].share": "30", "f:blend[1].origin": "virgin"}


class Page:
    """The calculator in a browser of its own.

    Parameters
    ----------
    folder : Path
        The page.
    downloads : Path
        Where files go that it hands over.
    """

    def __init__(self, folder: Path, downloads: Path) -> None:
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        for flag in FLAGS:
            options.add_argument(flag)
        self.page = webdriver.Chrome(
            options=options,
            service=webdriver.ChromeService(
                shutil.which("chromedriver"), env={**os.environ, "LANGUAGE": "it"}
            ),
        )
        self.downloads = downloads
        metrics = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self.page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.page.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
        )
        self.page.get((folder / "index.html").as_uri())
        self.until(lambda: self.page.find_elements("id", "f:product.name"))

    def until(self, what: Callable[[], Any]) -> Any:
        """Wait in the frame until something is there."""
        from selenium.common.exceptions import WebDriverException

        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                self.page.switch_to.default_content()
                self.page.switch_to.frame("view")
                if found := what():
                    return found
            except WebDriverException:
                pass
            time.sleep(0.05)
        raise TimeoutError

    def fill(self, boxes: dict[str, str]) -> None:
        """Type and choose, as a person does."""
        from selenium.webdriver.support.ui import Select

        for name, text in boxes.items():
            box = self.until(lambda name=name: self.page.find_element("id", name))  # type: ignore[misc]
            if box.tag_name == "select":
                Select(box).select_by_value(text)
            else:
                box.clear()
                box.send_keys(text)

    def press(self, selector: str) -> None:
        """Press a button or follow a link."""
        found = self.until(lambda: self.page.find_elements("css selector", selector))
        self.page.execute_script("arguments[0].click()", found[0])

    def picture(self, name: str) -> None:
        """Keep what is shown, in few colours."""
        time.sleep(0.4)
        self.page.switch_to.default_content()
        whole = Image.open(io.BytesIO(self.page.get_screenshot_as_png())).convert("RGB")
        plain = whole.quantize(COLOURS, dither=Image.Dither.NONE)
        plain.save(PICTURES / f"{name}.png", optimize=True)


def take(folder: Path, downloads: Path) -> None:
    """Do what the guide tells, and take a picture at each step.

    Parameters
    ----------
    folder, downloads : Path
    """
    at = Page(folder, downloads)
    page = at.page
    try:
        at.press("#language")
        at.until(lambda: "Nulla viene inviato" in page.find_element("tag name", "body").text)
        at.fill(FILLED)
        at.press('button[value="add blend"]')
        at.fill(SECOND)
        at.until(lambda: page.find_elements("css selector", "#answer table"))
        page.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
        at.picture("web-modulo")
        at.until(lambda: True)
        page.execute_script("document.getElementsByName(':as')[0].value = 'sheet'")
        at.press('.tools button[formaction="/form/report"]')
        page.switch_to.default_content()
        time.sleep(2)
        at.picture("web-scheda")
        page.execute_script("document.getElementById('sheet').close()")
        at.until(lambda: True)
        page.execute_script("document.getElementsByName(':name')[0].value = 'filato-nm8'")
        at.press('button[formaction="/form/keep"]')
        at.until(lambda: page.find_elements("css selector", "h1"))
        time.sleep(1)
        at.press('button[formaction="/form/run"]')
        at.press('a[href^="/zip/"]')
        end = time.monotonic() + 30
        while not list(downloads.glob("run-*.zip")) and time.monotonic() < end:
            time.sleep(0.1)
        [run] = downloads.glob("run-*.zip")
        at.press("header a")
        at.until(lambda: page.find_elements("id", "file"))
        at.picture("web-inizio")
        at.until(lambda: page.find_element("id", "file")).send_keys(str(run))
        at.until(lambda: page.find_elements("css selector", "p.notice"))
        at.picture("web-verifica")
        at.press("header a")
        at.press('a[href^="/blend/"]')
        at.until(lambda: page.find_elements("css selector", 'input[type="range"]'))
        at.picture("web-mischia")
    finally:
        page.quit()


def main() -> None:
    """Take the pictures."""
    from lca_cardato.web.build import page_files
    from lca_cardato.web.write import write_page

    with tempfile.TemporaryDirectory() as room:
        folder = Path(sys.argv[1]) if sys.argv[1:] else Path(room) / "page"
        if not sys.argv[1:]:
            write_page(folder, page_files())
        downloads = Path(room) / "downloads"
        downloads.mkdir()
        take(folder.resolve(), downloads)
    print(*(f"{name}.png" for name in NAMES))


if __name__ == "__main__":
    main()
