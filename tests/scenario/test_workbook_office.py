"""A workbook that went through LibreOffice with an Italian desktop, formulas recalculated there."""

import io
import os
import shutil
import subprocess

import openpyxl
import pytest

from lca_cardato.inventory.load import load_inventory
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import shipped_scenarios

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")]
FILE = shipped_scenarios()["recycled-wool-70"]


def office(folder, name, kind):
    """Open a file in LibreOffice as an Italian would, and save it as another."""
    (folder / "out").mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(folder / name)],
        check=True, capture_output=True, timeout=240,
        env={**os.environ, "LANG": "it_IT.UTF-8", "LC_ALL": "it_IT.UTF-8", "HOME": str(folder)},
    )  # fmt: skip
    return folder / "out" / f"{name.rpartition('.')[0]}.{kind.partition(':')[0]}"


def test_a_workbook_comes_back_from_the_office_with_its_formulas(tmp_path):
    data = workbook_bytes(load_scenario(FILE).document.data, "it", load_inventory())
    book = openpyxl.load_workbook(io.BytesIO(data))
    blend = book["Mischia e lotti"]
    blend["D2"] = "=1-D3-D4"  # 70 %, once it is calculated
    blend["H2"] = "00123"
    book["Prodotto"]["B21"] = "=20000/2"
    book.save(tmp_path / "x.xlsx")
    saved = office(tmp_path, "x.xlsx", "ods").rename(tmp_path / "y.ods")
    back = office(tmp_path, saved.name, "xlsx")
    found, wanted = load_scenario(back, FILE.parent).scenario, load_scenario(FILE).scenario
    assert found.blend[0].lot == "00123" and found.product.batch.amount == 10_000
    assert [line.share for line in found.blend] == [line.share for line in wanted.blend]
    assert found.route == wanted.route and found.documents == wanted.documents
