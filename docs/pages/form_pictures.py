"""Take the pictures of the form for the documentation, in Chromium.

``python docs/pages/form_pictures.py``

Beside them stands ``form-pictures.json``: what the page was made of when they were taken. A test
compares it with the page of today.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import lca_cardato

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "_static"
RECORD = PICTURES / "form-pictures.json"
SERVE = Path(lca_cardato.__file__).parent / "serve"
SHOWN = ("templates/base.html.j2", "templates/form*.j2", "static/form.js", "static/serve.css")
WIDTH, HEIGHT = 1280, 860
READING = "route[1]"
"""Part that the second picture shows: the readings of carding in the example."""


def state() -> str:
    """SHA-256 of what the page is made of; the ends of lines make no difference."""
    digest = hashlib.sha256()
    for pattern in SHOWN:
        for path in sorted(SERVE.glob(pattern)):
            digest.update(path.name.encode() + path.read_text(encoding="utf-8").encode())
    return digest.hexdigest()


def take(address: str) -> list[str]:
    """Take the pictures of a running program.

    Parameters
    ----------
    address : str
        Such as ``http://127.0.0.1:8765/``.

    Returns
    -------
    list of str
        Names of the files.
    """
    from selenium import webdriver
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--lang=en"):
        options.add_argument(flag)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    page = webdriver.Chrome(options=options, service=service)
    names = []
    try:
        for width, height, mark in ((WIDTH, HEIGHT, ""), (390, 844, "-phone")):
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            for lang in ("en", "it"):
                page.get(f"{address}form?from=shipped:recycled-wool-70&lang={lang}")
                WebDriverWait(page, 20).until(
                    lambda page: page.find_elements("css selector", "#answer svg")
                )
                time.sleep(0.3)
                names.append(f"form{mark}-{lang}.png")
                page.save_screenshot(str(PICTURES / names[-1]))
                if not mark:
                    page.execute_script(
                        "document.getElementById(arguments[0]).scrollIntoView(); scrollBy(0, -60)",
                        f"f:{READING}",
                    )
                    time.sleep(0.3)
                    names.append(f"form-readings-{lang}.png")
                    page.save_screenshot(str(PICTURES / names[-1]))
    finally:
        page.quit()
    return names


def main() -> None:
    """Take the pictures and note what was shown."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "lca_cardato",
            "serve",
            folder,
            "--no-browser",
            "--port",
            "8860",
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            found = re.match(r"http://\S+", process.stdout.readline())
            assert found is not None
            names = take(found.group())
        finally:
            process.terminate()
            process.wait(timeout=20)
    RECORD.write_text(
        json.dumps({"page": state(), "pictures": names}, indent=1) + "\n", encoding="utf-8"
    )
    print(*names)


if __name__ == "__main__":
    main()
