"""The generated pages say what the program says."""

import io
import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import NAMES, ROOT
from pages import (
    data_quality,
    evidence,
    form_pictures,
    papers,
    readme,
    schema,
    validation,
    web_pictures,
)
from pages.compared import WORKED, compare_all
from pages.reading import MEASURED, basis, burdens, literature_shares, way
from pages.solved import solved_inventories

from lca_cardato.studies.literature import FORMULAS, literature_problems

AGAIN = "write it again, if meant so, with docs/pages/{0}.py: docs/{1}"


@pytest.fixture(scope="module")
def compared(inventory, store):
    return compare_all(inventory, store.background, ROOT / "scenarios")


def test_validation_page_is_current(inventory, store, compared):
    kept = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    solved, read = solved_inventories(store.background), literature_shares(inventory)
    page = validation.page(inventory, compared, solved, read)
    assert page == kept, AGAIN.format("validation", "validation.md")


def test_data_quality_page_is_current(assessed):
    kept = (ROOT / "docs" / "data-quality.md").read_text(encoding="utf-8")
    results = {name: assessed(name) for name in NAMES}
    read = {name: burdens(result, "climate_change") for name, result in results.items()}
    based = {name: burdens(result, "climate_change", basis) for name, result in results.items()}
    for name, shares in read.items():
        assert sum(shares.values()) == pytest.approx(1.0)
        assert sum(based[name].values()) == pytest.approx(1.0)
        assert shares[MEASURED] <= based[name]["measured"] + 1e-9
    page = data_quality.page(results, read, based)
    assert page == kept, AGAIN.format("data_quality", "data-quality.md")


def test_only_what_was_read_where_it_was_measured_is_measured_there(inventory):
    """Carbon disulphide of two plants: the abstract was read. A mill's water: the page."""
    figures = {
        figure.source: figure
        for dataset in inventory.datasets.values()
        for figure in dataset.exchanges
        if figure.class_ != "assumed"
    }
    told = {key: (way(inventory, figures[key]), basis(inventory, figures[key]))
            for key in ("sateri-2018", "majumdar-2022", "ipcc-2006-v2", "uslci-fy21-q3")}  # fmt: skip
    assert told == {
        "sateri-2018": (MEASURED, "measured"),
        "majumdar-2022": ("abstract only", "measured"),
        "ipcc-2006-v2": ("quoted second-hand", "compiled"),
        "uslci-fy21-q3": ("read in the source", "calculated"),
    }


def test_enough_is_compared(compared):
    """Fibre, yarn, fabric, electricity, heat, transport; several studies of wool."""
    records = [item.record for item in compared]
    assert len(records) >= 20
    wool = {r.source for r in records if "wool" in f"{r.dataset} {r.fibre}"}
    assert len(wool) >= 4
    for kind in ("dataset", "fibre", "steps", "scenario", "formula"):
        assert any(getattr(r, kind) for r in records), kind
    for part in ("electricity", "transport", "natural-gas"):
        assert any(part in str(r.dataset) for r in records), part


def test_every_record_can_be_compared(inventory):
    assert literature_problems(inventory) == []


def test_formulas_give_their_worked_numbers(compared):
    found = [item for item in compared if item.record.formula]
    assert {"cff_material"} <= {item.record.formula for item in found} <= set(WORKED)
    assert set(WORKED) == set(FORMULAS)
    for item in found:
        if item.record.min is None:
            assert item.ratio == pytest.approx(1.0, rel=5e-3), item.key
        else:
            assert item.verdict == "inside", item.key


def test_every_value_that_lies_apart_has_its_reason(compared):
    for item in compared:
        if item.verdict not in ("inside", "near"):
            assert len(item.record.note) >= 30, item.key


@pytest.mark.parametrize(
    ("name", "file"), [("scenario", "scenario.md"), ("space", "space.md"), ("lot", "lot-sheet.md")]
)
def test_pages_of_files_are_current(name, file):
    kept = (ROOT / "docs" / file).read_text(encoding="utf-8")
    assert schema.page(name) == kept, AGAIN.format("schema", file)


def test_schema_of_lot_sheets_is_current():
    kept = (ROOT / "docs" / "lot.schema.json").read_text(encoding="utf-8")
    assert schema.lot_schema() == kept, AGAIN.format("schema", "lot.schema.json")


def test_page_of_documents_is_current():
    kept = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert evidence.page() == kept, AGAIN.format("evidence", "evidence.md")


def test_documents_of_shipped_scenarios_are_made_from_them():
    """Readings byte by byte; papers are there, small, and say that they are made up."""
    size = 0
    for path, content in papers.papers(tables_only=True):
        assert path.read_bytes() == content, path
    for path in (ROOT / "scenarios" / "documents").rglob("*.*"):
        size += path.stat().st_size
        assert path.suffix == ".pdf" or b"Illustrative" in path.read_bytes()[:50]
    assert size < 300_000


def test_monthly_readings_sum_up_to_the_figures():
    path = ROOT / "scenarios" / "documents" / "recycled-wool-70" / "meter-carding-2025.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[3:]]
    assert len(rows) == 12
    assert (sum(int(row[2]) for row in rows), sum(int(row[4]) for row in rows)) == (163000, 389000)


def test_pictures_of_the_form_show_the_page_of_today():
    kept = json.loads(form_pictures.RECORD.read_text(encoding="utf-8"))
    again = "look at it and take them again: python docs/pages/form_pictures.py"
    assert kept["page"] == form_pictures.state(), again
    assert all((form_pictures.PICTURES / name).stat().st_size > 10_000 for name in kept["pictures"])


def test_the_readme_shows_what_assess_prints(command, store):
    """Else: run `python docs/pages/readme.py`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = readme.BLOCK.findall(text)
    done = command("assess", ROOT / readme.SCENARIO)
    assert done.returncode == 0, done.stderr
    assert shown == readme.sample(done.stdout)


OF_OTHERS = {"Estrai tutto", "Italiano"}
"""What Windows writes, and the name of a language."""


def test_what_the_guide_to_the_page_names_is_what_the_page_shows():
    """Words in italics are texts of the Italian page, letter by letter; pictures are small and described."""
    text = (ROOT / "docs/it/nel-browser.md").read_text(encoding="utf-8")
    plain = text.replace("**", "").replace("`", "")
    named = {" ".join(one.split()) for one in re.findall(r"(?<![*\w])\*([^*|]+?)\*(?!\w)", plain)}
    catalogues = (ROOT / "lca_cardato/words/locale/it/LC_MESSAGES").glob("*.po")
    shown = "\n".join(
        str(message.string)
        for path in catalogues
        for message in read_po(io.BytesIO(path.read_bytes()))
        if message.id
    )
    web = ROOT / "lca_cardato/web"
    shown += "".join(
        path.read_text(encoding="utf-8") for path in sorted((web / "static").iterdir())
    )
    shown += "\n".join(f"esempio: {path.stem}" for path in (ROOT / "scenarios").glob("*.yaml"))
    shown += (ROOT / "lca_cardato/words/entry.yaml").read_text(encoding="utf-8")
    assert len(named) > 25
    bare = {
        re.sub(r" \([^)]*\)$", "", one) for one in named - OF_OTHERS
    }  # a unit, or what is added
    assert not {one for one in bare if one not in shown}
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    assert [Path(place).stem for _, place in pictures] == list(web_pictures.NAMES)
    for alt, place in pictures:
        picture = (ROOT / "docs/it" / place).resolve()
        assert len(alt) > 30 and 10_000 < picture.stat().st_size < 60_000, place
        assert picture.read_bytes()[25] == 3, "a palette of colours"
