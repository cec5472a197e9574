from pathlib import Path

import pytest
from conftest import SCENARIOS, scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.scenario.load import load_scenario


def problems(source):
    with pytest.raises(InputError) as caught:
        load_scenario(source)
    return caught.value.problems


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_shipped_scenarios_load_and_carry_their_name(path):
    assert load_scenario(path).scenario.id == path.stem


@pytest.mark.parametrize("share", ["29.9 %", "30.1 %"])
def test_shares_must_sum_exactly(share):
    data = scenario_dict()
    data["blend"][1]["share"] = share
    found = problems(data)
    assert [p.code for p in found] == ["E301"]
    assert "0.1 %" in found[0].message


def test_thirds_are_exact():
    data = scenario_dict()
    data["blend"] = [
        {"fibre": "wool", "share": "0.7", "origin": "virgin"},
        {"fibre": "wool", "share": "0.2", "origin": "virgin"},
        {"fibre": "wool", "share": "0.1", "origin": "virgin"},
    ]
    assert load_scenario(data)  # 0.7 + 0.2 + 0.1 is not 1 in floats


def test_all_problems_of_a_file_at_once_with_their_lines(tmp_path):
    text = Path(SCENARIOS[0]).read_text(encoding="utf-8")
    text = (
        text.replace("share: 30 %", "shrae: 30 %")
        .replace("count: Nm 2/28", "count: Nm 0")
        .replace("operator: contract", "operator: contarct")
    )
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    found = problems(path)
    by_code = {p.code: p for p in found}
    assert {"E206", "E213", "E108", "E215"} <= set(by_code)
    assert all(p.line > 0 and p.file == str(path) for p in found)
    assert "did you mean 'share'?" in by_code["E206"].suggestion
    assert "did you mean contract (contractor / terzista)?" in by_code["E215"].suggestion
    assert by_code["E108"].value == "Nm 0"
    lines = text.splitlines()
    assert "shrae" in lines[by_code["E206"].line - 1]
    assert "Nm 0" in lines[by_code["E108"].line - 1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schema": "lca-cardato/scenario/2"}, "E218"),
        ({"schema": "other"}, "E215"),
        ({"id": "../x"}, "E216"),
        ({"id": "a" * 65}, "E216"),
        ({"blend": []}, "E301"),
        ({"surprise": "1"}, "E206"),
        ({"route": ["carding"]}, "E112"),
        ({"product": {"type": "fabric", "name": "x", "count": "Nm 8"}}, "E113"),
        ({"product": {"type": "yarn", "name": "x"}}, "E213"),
        ({"product": {"type": "shirt", "name": "x", "count": "Nm 8"}}, "E215"),
    ],
)
def test_wrong_shapes(change, code):
    assert code in {p.code for p in problems(scenario_dict(**change))}


def test_a_mixture_of_rework_alone_is_refused():
    data = scenario_dict(blend=[{"origin": "in_process_rework", "share": "100 %"}])
    assert "E304" in {p.code for p in problems(data)}


def test_rework_needs_no_fibre_but_others_do():
    data = scenario_dict()
    data["blend"] = [
        {"fibre": "wool", "share": "95 %", "origin": "virgin"},
        {"origin": "in_process_rework", "share": "5 %"},
    ]
    assert load_scenario(data)
    data["blend"][1]["origin"] = "virgin"
    assert {p.code for p in problems(data)} == {"E213"}


def test_a_control_character_is_refused_in_a_mapping_too():
    data = scenario_dict(note="a\x1b[2J")
    with pytest.raises(InputError, match="E221") as error:
        load_scenario(data)
    assert [p.key for p in error.value.problems] == ["note"]


@pytest.mark.parametrize(
    ("place", "typed", "hint"),
    [
        (("blend", 0, "document"), "tc", "did you mean 'tc-1'?"),
        (("route", "carding", "electricity", "document"), "TC-1", "did you mean 'tc-1'?"),
        (("route", "winding", "heat", 0, "document"), "tc-2", "did you mean 'tc-1'?"),
        (("blend", 0, "steps", "tearing", "loss", "document"), " ", "valid: tc-1"),
        (("packaging", "paper-cone", "document"), "", "valid: tc-1"),
        (("electricity", "document"), "contract.pdf", "valid: tc-1"),
        (("traceability", "document"), "register", "valid: tc-1"),
    ],
)
def test_a_document_that_is_not_declared_is_told_wherever_it_stands(place, typed, hint):
    data = scenario_dict(
        blend=[{"fibre": "wool", "share": "100 %", "origin": "virgin"}],
        documents={"tc-1": {"kind": "other"}},
        route={"carding": {"electricity": {"value": "0.4 kWh/kg"}},
               "winding": {"heat": [{"value": "1 MJ/kg", "carrier": "steam"}]}},
        packaging={"paper-cone": {"value": "40 g/kg"}},
        electricity={}, traceability={"method": "lots"},
    )  # fmt: skip
    data["blend"][0].update(document="tc-1", steps={"tearing": {"loss": {"value": "2 %"}}})
    assert load_scenario(data)
    here = data
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = typed
    [problem] = problems(data)
    assert (problem.code, problem.suggestion) == ("E222", hint)
    assert problem.value == typed and problem.key.endswith("document")


def test_without_declared_documents_the_cure_says_where(tmp_path):
    data = scenario_dict()
    data["blend"][0]["document"], data["blend"][0]["fibre"] = "tc.pdf", "wo ol"
    data["documents"] = {}
    found = {problem.code: problem for problem in problems(data)}
    assert set(found) == {"E216", "E222"} and "declare it" in found["E222"].suggestion
