"""The best blend in the page beside the command's: run with -m web (npm, node)."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, with_papers
from optimise.drawn import space
from web.asked_best import answers_of_pages, best_of_spaces

from lca_cardato.web.build import LIBRARY, compiled
from lca_cardato.web.parts import gather
from lca_cardato.web.room import lay_out, zipped
from lca_cardato.web.tree import library, tree_files
from lca_cardato.words.catalogue import catalogue

pytestmark = pytest.mark.web
HERE = Path(__file__).parent
DRAWN = 100
RTOL = 1e-12
ROUNDED = 1e-11
"""Of a number in a document: there it has twelve digits."""
SHIPPED = [
    ("best.space.yaml", {}),
    ("best.space.yaml", {"front": {"of": ["cost", "climate_change"], "points": "5"}}),
    ("best.space.yaml", {"minimise": "energy", "meets": {"virgin-wool": "every"}}),
    ("best.space.yaml", {"limits": ["climate_change <= 0.1", "fibres >= 100"]}),
    ("blends.space.yaml", {"minimise": "climate_change", "meets": {"cardato-recycled": "every"}}),
]
PRICED = {"price.0": "3,20", "price.1": "1.40", "price.2": "2.90"}
BOXES = [
    {"goal": "energy", "claim": "cardato-recycled", "low.0": "60", "high.0": "75", "low.1": "10"},
    {"goal": "cost", "other": "climate_change", "claim": "", "low.2": "5", **PRICED},
    {"goal": "cost", "claim": "cardato-recycled", "most": "3,1", **PRICED},
    {"most": "0.01"}, {"goal": "cost"}, {"low.0": "x"}, {"low.0": "60", "low.1": "60"},
    {"claim": "virgin-wool"}, {"step": "2.5", "goal": "water_consumed", "claim": "grs-content"},
]  # fmt: skip


def asked_spaces(root):
    """Spaces by the folder of their base scenario: the shipped ones, and many that are drawn."""
    shutil.copytree(ROOT / "scenarios", root / "shipped")
    found = [("shipped", [
        {"space": yaml.safe_load((ROOT / "scenarios" / name).read_text("utf-8")),
         "changes": changes, "lang": "it" if place % 2 else "en"}
        for place, (name, changes) in enumerate(SHIPPED)
    ])]  # fmt: skip
    for seed in range(DRAWN):
        data, drawn = space(random.Random(5000 + seed))
        if seed % 3 == 0:  # as a mill's scale has it
            drawn["simplex"]["step"] = "1 %"
        base = root / f"drawn-{seed}"
        base.mkdir()
        (base / "base.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        lang = "it" if seed % 2 else "en"
        found.append((base.name, [{"space": drawn, "changes": None, "lang": lang}]))
    return found


def served(folder):
    """Ask the pages of `serve`."""
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    client = TestClient(make_app(folder, "en", 8799), base_url="http://127.0.0.1:8799")

    def ask(method, address, body):
        head = {"content-type": "application/x-www-form-urlencoded"}
        answer = client.request(method, address, content=body, headers=head)
        return answer.status_code, answer.text

    return ask


@pytest.fixture(scope="module")
def both(store, tmp_path_factory):
    """What the page and the command answer."""
    from lca_cardato.serve.form.engine import engine

    root = tmp_path_factory.mktemp("best")
    parts = gather()
    tree, std = compiled(parts, tree_files(parts.core), library(parts.interpreter[LIBRARY]))
    lay_out(root, {"pyodide": parts.interpreter, "tree": tree})
    (root / "std.zip").write_bytes(zipped(std))
    (root / "bases").mkdir()
    spaces = asked_spaces(root / "bases")
    mill = root / "mill"
    mill.mkdir()
    with_papers(mill)
    name = "recycled-wool-70.yaml"
    shutil.copy(ROOT / "scenarios" / name, mill / name)
    pages = [("/found", lang, boxes) for boxes in BOXES for lang in ("en", "it")]
    pages += [("/open", "en", {**BOXES[1], "point": str(point)}) for point in (0, 3)]
    dropped = (ROOT / "scenarios" / "best.space.yaml").read_text(encoding="utf-8")
    (root / "asked.json").write_text(
        json.dumps({"spaces": spaces, "pages": pages, "space": dropped}), encoding="utf-8"
    )
    program = (HERE / "asked_best.py").read_text(encoding="utf-8")
    begun = "import sys\nsys.path.insert(0, '/app')\n"
    (root / "run.py").write_text(f"{begun}{program}\nin_the_page()\n", encoding="utf-8")
    done = subprocess.run(
        [parts.node, HERE / "run.mjs", root], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    page = json.loads((root / "answered.json").read_text(encoding="utf-8"))
    opened = engine().data
    command = {
        "spaces": [
            best_of_spaces(root / "bases" / base, some, opened, "highs") for base, some in spaces
        ],
        "pages": answers_of_pages(served(mill), pages),
    }  # fmt: skip
    return page, json.loads(json.dumps(command))


def alike(one, other, where=""):
    """Hold two documents against each other; floats may differ in their last digits."""
    if isinstance(other, dict):
        assert one.keys() == other.keys(), where
        for key in other:
            alike(one[key], other[key], f"{where}.{key}")
    elif isinstance(other, list):
        assert len(one) == len(other), where
        for place, pair in enumerate(zip(one, other)):
            alike(*pair, f"{where}[{place}]")
    elif isinstance(other, float):
        assert one == pytest.approx(other, rel=ROUNDED, abs=ROUNDED), where
    else:
        assert one == other, where


def test_every_space_has_the_same_best_blends_limits_and_proofs(both):
    page, command = ([one for some in side["spaces"] for one in some] for side in both)
    assert len(page) == len(command) == DRAWN + len(SHIPPED)
    refused = 0
    for place, (one, other) in enumerate(zip(page, command)):
        if "problems" in other:
            refused += 1
            assert one == other, place
            continue
        assert one["shares"] == other["shares"], place
        for value, expected in zip(one["values"], other["values"], strict=True):
            if "/" in expected or "." not in expected:
                assert value == expected, place  # a fraction: exactly
            else:
                assert float(value) == pytest.approx(float(expected), rel=RTOL), place
        alike(one["document"], other["document"], str(place))
    assert 10 < refused < DRAWN * 0.7


def made_there(text):
    """Put what the page says of its making where `serve` says how it calculates."""
    for words in (catalogue("en"), catalogue("it")):
        if isinstance(text, str):
            text = text.replace(words.text("page_best_own"), words.text("web_best_own"))
    return text


def test_the_page_tells_what_serve_tells(both):
    page, command = (side["pages"] for side in both)
    for place, (one, other) in enumerate(zip(page, command, strict=True)):
        assert one == [other[0], made_there(other[1])], place
    texts = [text for _, text in page]
    texts = [text for text in texts if isinstance(text, str)]
    assert any("<svg" in text for text in texts) and sum("E329" in text for text in texts) >= 2


def test_a_space_that_is_dropped_is_told_where_it_belongs(both):
    status, text = both[0]["space"]
    assert status == 422 and "E206" in text and "lca-cardato optimise" in text
