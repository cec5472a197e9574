"""Example and validate as functions."""

import re

import pytest
from conftest import NAMES, ROOT, scenario_dict

from lca_cardato import api
from lca_cardato.errors import InputError


@pytest.mark.parametrize("name", [*NAMES, "blends.space", "virgin-wool.yaml"])
def test_shipped_scenarios_by_name(name):
    assert api.example(name).is_file()


def test_an_unknown_example_names_the_nearest():
    with pytest.raises(InputError, match="did you mean 'virgin-wool'"):
        api.example("virgin-wol")


def test_a_valid_scenario_says_what_is_left_to_defaults():
    found = api.validate(api.example("virgin-wool"))
    assert found.valid and found.table().empty
    assert 0 < len(found.defaults) < found.figures
    assert f"valid, {found.figures} figures" in repr(found)
    assert f"valid, {found.figures} figures" in found._repr_html_()


def test_problems_are_given_back_all_at_once():
    blend = [{"fibre": "wol", "share": "70 %"}, {"fibre": "polyamide", "share": "20 %"}]
    found = api.validate(scenario_dict(blend=blend, colour="red"))
    assert not found.valid
    assert repr(found).startswith("<Validation scenario: ")
    assert list(found.table()["code"]) == [p.code for p in found.problems]
    assert "colour" in " ".join(found.table()["key"]) and "colour" in found._repr_html_()


def test_the_scenario_of_the_italian_quick_start_is_valid(tmp_path):
    page = (ROOT / "docs" / "it" / "avvio-rapido.md").read_text(encoding="utf-8")
    path = tmp_path / "mio-filato.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", page, re.S).group(1), encoding="utf-8")
    found = api.validate(path, lang="it")
    assert found.valid, found.problems
    assert not found.warnings
