"""A scenario written as YAML and read again is the same scenario."""

import copy
import re

import numpy as np
import yaml
from conftest import scenario_dict
from hypothesis import given
from hypothesis import strategies as st
from properties.helpers import amounts, assert_close
from properties.strategies import examples, scenarios

from lca_cardato.scenario.load import LoadedScenario, load_scenario, validate_document
from lca_cardato.text.yamltree import HIDDEN, parse_document

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(
    lambda text: not HIDDEN.search(text)
)
names = words.filter(str.strip)


def written(data, **options):
    """Write a scenario as YAML and load the text."""
    document = parse_document(yaml.safe_dump(data, **options), "drawn.yaml")
    return LoadedScenario(validate_document(document), document)


def with_words(data, note, name):
    """Add free text and numbers that are no text."""
    result = copy.deepcopy(data)
    result["note"] = note
    result["product"] = {**result["product"], "name": name, "twist": 520.5}
    return result


@examples(25)
@given(data=scenarios(), note=words, name=names, tidy=st.booleans(), wide=st.booleans())
def test_yaml_and_back(bench, data, note, name, tidy, wide):
    """Equal scenario, equal parameters, equal scores; bit-identical where keys keep their order."""
    data = with_words(data, note, name)
    loaded = written(data, sort_keys=tidy, allow_unicode=wide)
    assert loaded.scenario == load_scenario(data).scenario
    one = bench.solved(data)
    two = bench.solved(loaded)
    assert amounts(two.model) == amounts(one.model)
    assert [u.key for u in two.model.all_steps()] == [u.key for u in one.model.all_steps()]
    if tidy:
        assert_close(two.scores, one.scores, bench.scale(one))
    else:
        assert np.array_equal(two.scores, one.scores)


def comparable(node):
    """Leave out what names the text itself: its digest, and where a figure was typed."""
    if isinstance(node, dict):
        return {k: comparable(v) for k, v in node.items() if k not in ("sha256", "line", "file")}
    if isinstance(node, str):
        return re.sub(r" \((line|riga) \d+\)", "", node)
    return [comparable(item) for item in node] if isinstance(node, list) else node


@examples(12)
@given(data=scenarios(), lang=st.sampled_from(["en", "it"]))
def test_the_whole_result_document_survives(bench, data, lang):
    """The result document of the text equals that of the mapping, claims and warnings included."""
    one = bench.assessed(data).to_dict(lang)
    two = bench.assessed(written(data, sort_keys=False)).to_dict(lang)
    assert comparable(two) == comparable(one)


@examples(20)
@given(data=scenarios(), tidy=st.booleans())
def test_a_file_is_read_as_the_mapping(bench, tmp_path_factory, data, tidy):
    """A file on disk, with or without a byte order mark, loads as the mapping does."""
    path = tmp_path_factory.mktemp("scenario") / "drawn.yaml"
    mark = "\ufeff" if tidy else ""
    path.write_text(mark + yaml.safe_dump(data, sort_keys=tidy), encoding="utf-8")
    assert load_scenario(path).scenario == load_scenario(data).scenario


def test_numbers_without_quotes_mean_the_same():
    """Python numbers and their text are the same shares and years."""
    blend = [
        {"fibre": "wool", "share": 0.7, "origin": "virgin"},
        {"fibre": "polyamide", "share": 0.3, "origin": "virgin"},
    ]
    data = scenario_dict(blend=blend, electricity={"year": 2024, "photovoltaic": 0.2})
    quoted = copy.deepcopy(data)
    quoted["blend"][0]["share"], quoted["blend"][1]["share"] = "70 %", "30%"
    quoted["electricity"] = {"year": "2024", "photovoltaic": "20 %"}
    assert written(data).scenario == load_scenario(data).scenario == load_scenario(quoted).scenario
