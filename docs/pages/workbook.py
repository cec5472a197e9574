"""Pictures of the workbook for the pages, made by LibreOffice.

``python docs/pages/workbook.py`` writes ``docs/_static/workbook-*.png`` and the digest of what they show.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path

from lca_cardato.files.sheets import read_sheets
from lca_cardato.inventory.load import load_inventory
from lca_cardato.scenario.entry.layout import sheets
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import shipped_scenario
from lca_cardato.words.language import LANGUAGES

STATIC = Path(__file__).resolve().parents[1] / "_static"
DIGEST = STATIC / "workbook-pictures.sha256"
SHOWN = ("product", "blend", "readings")
SCENARIO = "recycled-wool-70"


def workbooks() -> dict[str, bytes]:
    """Workbooks that are shown, by language."""
    tree = load_scenario(shipped_scenario(SCENARIO)).document.data
    return {lang: workbook_bytes(tree, lang, load_inventory()) for lang in LANGUAGES}


def digest(made: dict[str, bytes]) -> str:
    """SHA-256 over every text and number of the sheets that are shown."""
    total = hashlib.sha256()
    for lang in LANGUAGES:
        found = dict(zip(sheets(), read_sheets(made[lang], "", 2_000, 100)))
        for name in SHOWN:
            rows = [[str(cell.value) for cell in row] for row in found[name].rows]
            total.update(repr((lang, found[name].name, rows)).encode())
    return total.hexdigest()


def main() -> None:
    """Write pictures and digest."""
    from PIL import Image, ImageChops

    made = workbooks()
    with tempfile.TemporaryDirectory() as place:
        for lang, data in made.items():
            book = Path(place, f"{lang}.xlsx")
            book.write_bytes(data)
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to",
                 "pdf", "--outdir", place, str(book)], check=True, capture_output=True,
            )  # fmt: skip
            for name in SHOWN:
                number = [*sheets()].index(name) + 1
                page = Path(place, f"{lang}-{name}")
                subprocess.run(
                    ["pdftoppm", "-r", "150", "-f", str(number), "-l", str(number), "-singlefile", "-png",
                     f"{place}/{lang}.pdf", str(page)], check=True,
                )  # fmt: skip
                image = Image.open(page.with_suffix(".png")).convert("RGB")
                box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
                image.crop(box).quantize(64).save(
                    STATIC / f"workbook-{name}-{lang}.png", optimize=True
                )
    DIGEST.write_text(digest(made) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
