"""Scenarios and runs of other versions, or on other data: told with the cure (-m web)."""

import pytest
import yaml
from audit.forging import edit, lists
from conftest import ROOT, shipped
from report.browser import browser_only
from web.page import packed

pytestmark = pytest.mark.web
SCENARIO = ROOT / "scenarios/virgin-wool.yaml"
OWN = """schema: lca-cardato/inventory/1
places:
  biella:
    names: [Biella]
    country: IT
    legs: [{mode: lorry, km: 300, class: assumed, reason: a map, min: 200, max: 400}]
"""
WITHIN = ("/home/mill", "/tmp")
"""Places in the memory of the page, of which nobody knows."""


def of_format_99(run):
    edit(run, "manifest.json", lambda d: d.update(schema="lca-cardato/run/99"))
    lists(run)


def of_a_newer_program(run):
    for name in ("manifest.json", "result.json"):
        edit(run, name, lambda d: d["tool"].update(version="9.9.9"))
    edit(run, "manifest.json", lambda d: d["tool"].update(sha256="9" * 64))
    lists(run)


@pytest.fixture
def run(command, tmp_path):
    """Makes a run of the command and changes it; gives it packed."""

    def make(name, change=None, *more):
        done = command("assess", SCENARIO, "--out", tmp_path / name, *more)
        assert done.returncode == 0, done.stderr
        if change:
            change(tmp_path / name)
        return packed(tmp_path / name, tmp_path / f"{name}.zip")

    return make


@browser_only
@pytest.mark.parametrize(
    "lang, newer, other, command_line",
    [
        ("en", "use a newer lca-cardato", "by another release", "with the command"),
        ("it", "più recente", "da un'altra versione", "con il comando"),
    ],
)
def test_what_is_of_another_version_is_told(page, run, tmp_path, lang, newer, other, command_line):
    page.speak(lang)
    page.fill_in("Kept")
    page.calculated(lang)

    def told(path, *words):
        page.drop(path)
        return said(*words)

    def said(*words):
        text = page.until(lambda: all(w in page.text() for w in words) and page.text())
        assert not any(place in text for place in WITHIN), text
        return text

    later = tmp_path / "later.yaml"
    later.write_text(yaml.safe_dump(shipped("virgin-wool") | {"schema": "lca-cardato/scenario/99"}), "utf-8")  # fmt: skip
    told(later, "E218", "later.yaml", newer)
    page.press("header a")
    page.until(lambda: page.found("file"))
    assert "later" not in page.text()  # it was not kept
    told(run("format", of_format_99), "E607", "format.zip", "lca-cardato/run/99")
    (tmp_path / "broken.zip").write_bytes((tmp_path / "format.zip").read_bytes()[:5000])
    told(tmp_path / "broken.zip", "E614", "broken.zip")
    told(run("program", of_a_newer_program), other, "9.9.9")
    page.press('a[href^="/reproduce/"]')
    page.until(lambda: page.all("p.warning") and not page.all(".badge.meets"))
    said(other, "9.9.9")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/places.yaml").write_text(OWN, "utf-8")
    told(run("data", None, "--inventories", tmp_path / "own"), "Biella")
    page.press('a[href^="/reproduce/"]')
    said("E608", command_line, "lca-cardato reproduce")
    page.press("header a")
    page.press('a[href="/form?from=yarn"]')
    page.press("#take")
    page.until(lambda: page.value("product.name") == "Kept")
    page.calculated(lang)
    assert page.requests() == []
