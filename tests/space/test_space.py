import numpy as np
import pytest
import yaml
from conftest import ROOT, scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.space.load import load_space

HEAD = {"schema": "lca-cardato/space/1", "id": "x", "base": "recycled-wool-70.yaml"}
LOSS = "route.carding.loss.value"


def space(folder=ROOT / "scenarios", **data):
    return load_space({**HEAD, **data}, folder)


def test_rows_are_the_product_of_the_parts():
    found = space(
        variants={"a": {"product.name": "one"}, "b": {}},
        grid={LOSS: ["5 %", "6 %", "7 %"], "product.count": ["Nm 8", "Nm 9"]},
    )
    assert found.size == 12
    seen = set()
    for row in range(12):
        data, _ = found.scenario_data(row)
        seen.add((data["product"]["name"], data["route"]["carding"]["loss"]["value"],
                  data["product"]["count"]))  # fmt: skip
    assert len(seen) == 12
    assert found.overrides(7) == [(("route", "carding", "loss", "value"), "5 %"),
                                  (("product", "count"), "Nm 9")]  # fmt: skip
    entries = found.entries(np.arange(12))
    assert [part.tolist() for part in entries] == [
        [0] * 6 + [1] * 6, [0, 0, 1, 1, 2, 2] * 2, [0, 1] * 6,
    ]  # fmt: skip
    assert len(set(found.structures(entries))) == 2


def test_file_and_mapping_mean_the_same(tmp_path):
    (tmp_path / "base.yaml").write_text(
        yaml.safe_dump(scenario_dict(), sort_keys=False), encoding="utf-8"
    )
    data = {**HEAD, "base": "base.yaml", "grid": {LOSS: ["5 %", "6 %"], "blend.0.price": [
        "4 EUR/kg"]}}  # fmt: skip
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    one, other = load_space(tmp_path / "s.yaml"), load_space(data, tmp_path)
    for row in range(2):
        assert one.scenario_data(row) == other.scenario_data(row)
        assert one.scenario(row).scenario == other.scenario(row).scenario


def test_digest_covers_everything(tmp_path):
    def digest(base=None, table="product.count\nNm 8\n", name="x"):
        (tmp_path / "base.yaml").write_text(
            yaml.safe_dump(base or scenario_dict()), encoding="utf-8"
        )
        (tmp_path / "t.csv").write_text(table, encoding="utf-8")
        data = {**HEAD, "id": name, "base": "base.yaml", "table": {"file": "t.csv"}}
        return load_space(data, tmp_path).digest

    found = [digest(), digest(scenario_dict(note="n")), digest(table="product.count\nNm 9\n"),
             digest(name="y")]  # fmt: skip
    assert len(set(found)) == 4
    assert digest() == found[0]


def test_scenario_of_a_row_leaves_empty_lines_out():
    lines = [{"line": name} for name in ("wool", "polyamide", "viscose")]
    found = space(simplex={"step": "50 %", "lines": lines})
    assert found.size == 6
    fibres = [[line.fibre for line in found.scenario(row).scenario.blend] for row in range(6)]
    assert fibres == [
        ["viscose"], ["polyamide", "viscose"], ["polyamide"], ["wool", "viscose"],
        ["wool", "polyamide"], ["wool"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "E213"),
        ({"grid": {LOSS: ["1 %"]}, "schema": "lca-cardato/scenario/1"}, "E215"),
        ({"grid": {LOSS: ["1 %"]}, "bass": "x"}, "E206"),
        ({"grid": {LOSS: ["1 %"]}, "base": "../pyproject.toml"}, "E214"),
        ({"table": {"file": "../README.md"}}, "E214"),
        ({"grid": {"documents.x": ["1 %"]}}, "E320"),
    ],
)
def test_wrong_spaces(change, code):
    with pytest.raises(InputError) as error:
        space(**change)
    assert error.value.problems[0].code == code


def test_a_space_is_not_too_large():
    ranges = {f"route.carding.{name}.value": {"from": "1 %", "to": "2 %", "points": "1100"}
              for name in ("loss", "reclaimed", "water")}  # fmt: skip
    with pytest.raises(InputError) as error:
        space(grid=ranges)
    assert error.value.problems[0].code == "E321"


def test_a_list_is_no_space(tmp_path):
    (tmp_path / "s.yaml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(InputError, match="E112"):
        load_space(tmp_path / "s.yaml")
