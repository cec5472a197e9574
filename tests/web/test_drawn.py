"""Drawn scenarios say what a scenario can say; what differs between page and command is found: run with -m web."""

import copy
import json
import os

import pytest
from pydantic import BaseModel

from lca_cardato.errors import CardatoError
from lca_cardato.scenario.models import Scenario
from lca_cardato.serve.form.engine import loaded_text
from lca_cardato.text.fields import models_within, words_within
from lca_cardato.web.agreement import Agreement
from lca_cardato.web.drawn.chain import RUN, SHEET, WORK, handed_on
from lca_cardato.web.drawn.scenarios import drawn
from lca_cardato.web.room import lay_out

pytestmark = pytest.mark.web
COUNT = 500
CARRIED = {("Scenario", "yarn"), ("Scenario", "lot")}
"""Keys that are written out as a yarn while the file is read."""


def said(node, found):
    """Keys of the models, and words that were chosen."""
    if isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            if name in node.model_fields_set:
                key = (type(node).__name__, field.alias or name)
                value = getattr(node, name)
                found.add(key)
                if words_within(field):
                    found.add((*key, str(value)))
                said(value, found)
    elif isinstance(node, dict):
        for value in node.values():
            said(value, found)
    elif isinstance(node, (list, tuple)):
        for value in node:
            said(value, found)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, store):
    folder = tmp_path_factory.mktemp("drawn")
    asked = drawn(COUNT)
    lay_out(folder, {one.name: one.files for one in asked})
    found, refused = [], 0
    for one in asked:
        try:
            found.append(loaded_text(one.text, folder / one.name).scenario)
        except CardatoError:
            refused += 1
    assert 0 < refused <= COUNT / 10
    return found


def test_every_key_and_every_word_of_a_scenario_is_drawn(loaded):
    wanted = set()
    for model in models_within(Scenario):
        for name, field in model.model_fields.items():
            key = (model.__name__, field.alias or name)
            wanted |= {key, *((*key, word) for word in words_within(field))}
    found = set()
    for one in loaded:
        said(one, found)
    assert len(wanted) > 190 and sorted(wanted - found - CARRIED) == []


def test_every_fibre_origin_step_and_place_is_drawn(loaded, inventory):
    lines = [line for one in loaded for yarn in one.all_yarns() for line in yarn.blend]
    fibres = {(line.fibre, line.origin) for line in lines}
    assert fibres >= {(name, o) for name, one in inventory.fibres.items() for o in one.supplies}
    assert {line.place for line in lines} >= {*inventory.places}
    steps = {step for one in loaded for yarn in one.all_yarns() for step in yarn.route}
    steps |= {step for one in loaded for step in one.route}
    steps |= {step for line in lines for step in line.steps}
    assert steps >= {*inventory.steps}
    assert {"measured", "supplier"} <= {one.electricity.class_ for one in loaded}
    assert any(len(one.all_yarns()) == 4 for one in loaded)
    assert any(share.denominator == 3 for share in (line.share for line in lines))


def test_the_same_seed_draws_the_same():
    assert drawn(20, 7) == drawn(20, 7)
    assert [one.text for one in drawn(20, 7)] != [one.text for one in drawn(20, 8)]
    assert {one.lang for one in drawn(20)} == {"en", "it"}


def test_what_another_firm_hands_on_is_of_one_day(store, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    handed_on.cache_clear()
    found = handed_on()
    assert {json.loads(found[name])["issued"] for name in (SHEET, WORK)} == {"2026-03-16"}
    assert json.loads(found[f"{RUN}/run.json"])["written"].startswith("2026-03-16")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    handed_on.cache_clear()
    assert handed_on() == found and "SOURCE_DATE_EPOCH" not in os.environ


ANSWER = {
    "scores": {"energy": 1.0},
    "document": {
        "claims": [{"id": "cardato", "verdict": "meets", "observed": 0.5}],
        "mass_balance": {"waste": 0.25}, "company": {"name": "x"},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "path, value, told",
    [
        (("scores", "energy"), 1.0 + 1e-11, "a: energy"),
        (("document", "claims", 0, "verdict"), "not_met", "claims[cardato].verdict"),
        (("document", "claims", 0, "observed"), 0.5 + 1e-15, "claims[cardato].observed"),
        (("document", "mass_balance", "waste"), 0.25 + 1e-10, "mass_balance.waste"),
        (("document", "company", "name"), "y", "company.name"),
        (("document", "company"), None, "company"),
        (("scores",), None, "refusal"),
    ],
)
def test_what_differs_is_found(path, value, told):
    page = copy.deepcopy(ANSWER)
    node = page
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    found = Agreement()
    found.add("a", page, ANSWER)
    assert len(found.differences) == 1 and told in found.differences[0]


def test_what_is_the_same_is_counted():
    found = Agreement()
    found.add("a", copy.deepcopy(ANSWER), ANSWER)
    refused = {"problems": [["E310", "a place, a reason"]]}
    found.add("b", copy.deepcopy(refused), refused)
    assert (found.scenarios, found.refused, found.figures, found.values) == (1, 1, 1, 5)
    assert found.differences == [] and found.verdicts == {"meets": 1}
    found.add("c", {"problems": [["E310", "another place"]]}, refused)
    assert len(found.differences) == 1
