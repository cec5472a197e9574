"""What `inventory check` calls sound can be calculated with: places, steps, fibres, systems."""

import copy
import math
import random
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import SCENARIOS, with_papers
from pydantic import ValidationError

from lca_cardato.claims.shares import fibre_parts
from lca_cardato.errors import InputError
from lca_cardato.inventory.links import link_problems
from lca_cardato.inventory.tables import InventoryFile
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.text.yamltree import Document, read_document

ROOT = Path(__file__).resolve().parents[2]
ODD = ("7.5", "15.5", "-1", "0", "1e-300", "1e300", "0.3333333333333333", "", "banana", "= 1/3",
       "1e15", "100 %", "100", "nan", "٣", "null", "kg", "m3/kg", "MJ/kg", "Wh/kg", None)  # fmt: skip
PLAUSIBLE = {"E115", "E116", "E117"}
WORDS = ("en", "it", "note", "title", "at", "source", "technology", "reason", "valid")
PLACE = """schema: lca-cardato/inventory/1
places:
  biella:
    names: [Biella]
    country: IT
    legs: [{{mode: lorry, km: {km}, class: {kind}, {more}, min: {low}, max: {high}}}]
"""


@pytest.mark.parametrize("km, low, high", [("15.5", "10", "20"), ("15", "7.5", "20"),
                                           ("0.1", "0", "1e3"), ("400", "300", "500.25")])  # fmt: skip
def test_a_place_with_any_number_can_be_used(command, tmp_path, store, km, low, high):
    (tmp_path / "own").mkdir()
    text = PLACE.format(km=km, low=low, high=high, kind="assumed", more="reason: a map")
    (tmp_path / "own" / "places.yaml").write_text(text, encoding="utf-8")
    scenario = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    with_papers(tmp_path)
    (tmp_path / "s.yaml").write_text(scenario.replace("place: Prato", "place: Biella", 1), "utf-8")
    own = ("--inventories", tmp_path / "own")
    checked = command("inventory", "check", *own)
    assert checked.returncode == 0, checked.stderr
    done = command("validate", tmp_path / "s.yaml", *own)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"low": "16"}, "E305"), ({"low": "-5", "km": "-1"}, "E305"),
        ({"low": "15", "high": "15"}, "E305"), ({"kind": "published"}, "E315"),
        ({"kind": "assumed", "more": "source: a-map"}, "E315"),
    ],
)  # fmt: skip
def test_a_place_that_can_not_be_used_is_refused_by_the_check(command, tmp_path, changes, code):
    given = {"km": "15", "low": "10", "high": "20", "kind": "assumed", "more": "reason: a map"}
    (tmp_path / "places.yaml").write_text(PLACE.format(**{**given, **changes}), encoding="utf-8")
    done = command("inventory", "check", "--inventories", tmp_path)
    assert (done.returncode, code in done.stderr) == (3, True), done.stderr


def leaves(node, path=()):
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else None
    )
    if items is None:
        yield path
        return
    for key, value in items:
        yield from leaves(value, (*path, key))


def with_change(record, path, value):
    record = copy.deepcopy(record)
    node = record
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return record


def records():
    for file in sorted((ROOT / "inventories").rglob("*.yaml")):
        data = read_document(file).data
        for section in ("places", "steps", "fibres", "systems", "cff", "parameters"):
            for key, record in (data.get(section) or {}).items():
                for path in leaves(record):
                    if path[-1] not in WORDS:
                        yield section, key, record, path


def test_what_the_check_lets_pass_can_be_calculated_with(inventory):
    """Every kind of field at odd values: refused with its record, or all shipped scenarios go on."""
    loaded = [load_scenario(path) for path in SCENARIOS]
    drawn = random.Random(3)
    kinds = defaultdict(list)
    for section, key, record, path in records():
        names = [part for part in path if isinstance(part, str)][-3:]
        kinds[(section, *names)].append((key, record, path))
    sound = 0
    for kind, found in sorted(kinds.items()):
        for odd in drawn.sample(ODD, 3):
            key, record, path = drawn.choice(found)
            section, what = kind[0], (kind, key, path, odd)
            try:
                made = InventoryFile.model_validate(
                    {"schema": "lca-cardato/inventory/1",
                     section: {key: with_change(record, path, odd)}}
                )  # fmt: skip
            except ValidationError:
                continue
            other = copy.copy(inventory)
            setattr(other, section, {**getattr(inventory, section), **getattr(made, section)})
            if link_problems(other, defaultdict(lambda: Document("own.yaml", None))):
                continue
            sound += 1
            for one in loaded:
                try:
                    parts = fibre_parts(resolve(one, other))
                except InputError as error:  # a reading of the mill, held against another default
                    meant = PLAUSIBLE | ({"E346"} if "needed" in kind else set())  # another step
                    assert {p.code for p in error.problems} <= meant, (what, error)
                    continue
                assert all(math.isfinite(float(part.fresh)) for part in parts), what
    assert sound > 100
