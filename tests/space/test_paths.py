import pytest
from conftest import scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.space.paths import (
    moved_path,
    parse_path,
    value_at,
    with_overrides,
    without_empty_lines,
)
from lca_cardato.text.yamltree import dotted

SEVERAL = {
    "yarns": [
        {"name": "warp", "count": "Nm 10", "blend": [{"fibre": "wool", "share": "100 %"}]},
        {
            "name": "weft",
            "blend": [{"fibre": "wool", "share": "60 %"}, {"fibre": "wool", "share": "40 %"}],
        },
    ]
}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("product.count", ("product", "count")),
        ("blend.0.share", ("blend", 0, "share")),
        ("blend[1].share", ("blend", 1, "share")),
        ("blend.polyamide.share", ("blend", 1, "share")),
        (" blend . wool . share ", ("blend", 0, "share")),
        ("route.carding.loss.value", ("route", "carding", "loss", "value")),
        ("blend", ("blend",)),
        ("note", ("note",)),
    ],
)
def test_path_forms(text, path):
    assert parse_path(text, scenario_dict()) == path


def test_yarns_are_named_by_name():
    assert parse_path("yarns.warp.count", SEVERAL) == ("yarns", 0, "count")
    assert parse_path("yarns.weft.blend.1.share", SEVERAL) == ("yarns", 1, "blend", 1, "share")
    assert dotted(("yarns", 1, "blend", 1, "share")) == "yarns[1].blend[1].share"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("blend.7.share", "counted from 0 to 1"),
        ("blend.².share", "no line called"),
        ("blend.silk.share", "no line called silk"),
        ("blend.-1.share", "no line called -1"),
        ("blend..share", "no line called"),
        ("documents.a.mass", "can't vary"),
        ("schema", "can't vary"),
        ("id", "can't vary"),
        ("", "has no part"),
        ("=1+1", "has no part"),
        ("row", "has no part"),
        ("brtue.carding.loss", "has no part"),
    ],
)
def test_path_errors(text, told):
    with pytest.raises(InputError) as error:
        parse_path(text, scenario_dict(), "space.yaml")
    problem = error.value.problems[0]
    assert (problem.code, problem.file) == ("E320", "space.yaml")
    assert told in problem.message


def test_suggestions():
    with pytest.raises(InputError) as error:
        parse_path("yarns.weft.blend.wool.share", SEVERAL)
    assert "several lines" in error.value.problems[0].message
    assert "0, 1" in error.value.problems[0].suggestion
    with pytest.raises(InputError) as error:
        parse_path("blend.polyamid.share", scenario_dict())
    assert "polyamide" in error.value.problems[0].suggestion


def test_overrides_copy_and_make_what_is_missing():
    base = scenario_dict(route={"carding": {"electricity": "0.45 kWh/kg"}})
    value = {"mode": "lorry", "distance": "100 km"}
    found = with_overrides(
        base,
        [
            (("route", "carding", "electricity", "class"), "measured"),
            (("route", "winding", "loss", "value"), "2 %"),
            (("blend", 0, "transport"), [value]),
            (("blend", 2), {"fibre": "viscose", "share": "0 %"}),
            (("blend", 1, "share"), "25 %"),
            (("blend", 1, "share"), "20 %"),
        ],
    )
    assert found["route"]["carding"]["electricity"] == {
        "value": "0.45 kWh/kg",
        "class": "measured",
    }
    assert found["route"]["winding"] == {"loss": {"value": "2 %"}}
    assert [line["share"] for line in found["blend"]] == ["70 %", "20 %", "0 %"]
    value["mode"] = "ship"
    assert found["blend"][0]["transport"][0]["mode"] == "lorry"
    assert base == scenario_dict(route={"carding": {"electricity": "0.45 kWh/kg"}})
    assert value_at(found, ("blend", 2, "fibre")) == "viscose"
    assert value_at(found, ("blend", 9, "fibre")) is None
    assert value_at(found, ("note", "x")) is None


@pytest.mark.parametrize(
    "overrides",
    [
        [(("blend",), [{"fibre": "wool"}]), (("blend", 2, "share"), "5 %")],
        [(("blend",), {"fibre": "wool"}), (("blend", 0, "share", "value"), "5 %")],
        [(("blend",), [{"fibre": "wool"}]), (("blend", "x", "share"), "5 %")],
        [(("route",), True), (("route", "carding", "loss"), "5 %")],
    ],
)
def test_path_into_what_was_replaced_is_a_problem_of_the_row(overrides):
    try:
        found = with_overrides(scenario_dict(), overrides)
    except InputError as error:
        assert error.problems[0].code == "E320"
        assert "leads nowhere" in error.problems[0].message
    else:
        assert found["blend"] == {"fibre": "wool", 0: {"share": {"value": "5 %"}}}


def test_lines_of_zero_are_left_out():
    data = {
        "blend": [{"share": "0 %"}, {"share": "100 %"}, {"share": "0.00%"}],
        "yarns": [{"blend": [{"share": "x"}, {"share": "0"}, {"fibre": "wool"}]}],
    }
    kept, moved = without_empty_lines(data)
    assert kept["blend"] == [{"share": "100 %"}]
    assert kept["yarns"][0]["blend"] == [{"share": "x"}, {"fibre": "wool"}]
    assert len(data["blend"]) == 3
    assert moved_path(("blend", 1, "share"), moved) == ("blend", 0, "share")
    assert moved_path(("blend", 0, "share"), moved) == ()
    assert moved_path(("yarns", 0, "blend", 2, "price"), moved) == ("yarns", 0, "blend", 1, "price")
    assert moved_path(("blend",), moved) == ("blend",)
    assert moved_path(("route", "carding"), moved) == ("route", "carding")
