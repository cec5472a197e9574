"""Names as people write them, in either language, are put into the words of a file."""

import pytest

from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.entry.fields import fields
from lca_cardato.scenario.entry.names import TAKEN, keys_named, shipped_names
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.template import template_text


@pytest.mark.parametrize("product", ["yarn", "fabric"])
def test_the_italian_template_is_the_english_one(tmp_path, product):
    models = []
    for lang in ("en", "it"):
        (tmp_path / f"{lang}.yaml").write_text(template_text(product, lang), encoding="utf-8")
        models.append(resolve(load_scenario(tmp_path / f"{lang}.yaml"), load_inventory()))
    one, other = models
    assert [(p.key, p.amount) for p in one.parameters.values()] == [
        (p.key, p.amount) for p in other.parameters.values()
    ]
    assert [line.origin for line in one.scenario.blend] == [
        line.origin for line in other.scenario.blend
    ]


@pytest.mark.parametrize(
    "names, typed, found",
    [
        ("fibres", "lana", ["wool"]),
        ("fibres", "Poliammide", ["polyamide"]),
        ("steps", "cardatura", ["carding"]),
        ("steps", "Tintura in pezza", ["dyeing-piece"]),
        ("steps", "carbonizzo", []),
        ("fibres", "lanna", []),
        ("steps", "Carbonizzo a umido", ["carbonising"]),
        ("water_datasets", "Acqua di pozzo, pozzo proprio", ["water-well"]),
        ("water_datasets", "acqua di pozzo", []),
    ],
)
def test_what_is_meant(names, typed, found):
    assert shipped_names().find(names, typed) == found


def scenario(**change):
    return {
        "schema": "lca-cardato/scenario/1", "id": "x",
        "product": {"type": "filato", "name": "x", "count": "Nm 8"},
        "blend": [{"fibre": "Lana", "share": "100 %", "origin": "riciclata post-consumo"}],
        "route": {"Cardatura": {"loss": "6 %"}}, **change,
    }  # fmt: skip


def test_a_result_holds_the_ids():
    loaded = load_scenario(scenario(reasons={}))
    assert loaded.scenario.blend[0].fibre == "wool" and list(loaded.scenario.route) == ["carding"]
    assert ("route", "carding", "loss") in loaded.document.positions


@pytest.mark.parametrize(
    "change, code, told",
    [
        ({"blend": [{"fibre": "lana", "share": "100 %", "origin": "riciclata"}]}, "E215",
         "recycled_post_consumer (riciclata post-consumo)"),
        ({"blend": [{"fibre": "lana", "share": "100 %", "colour": "shade"}]}, "E215",
         "did you mean shade_sorted"),
        ({"route": {"filatura": {}}}, "E307", "spinning-mule"),
        ({"route": {"cardatura": {}, "carda": {}}}, "E201", ""),
        ({"blend": [{"fibre": "lanna", "share": "100 %"}]}, "E307", "wool (lana)"),
    ],
)  # fmt: skip
def test_what_may_mean_several_things_is_asked_about(change, code, told):
    with pytest.raises(InputError) as caught:
        resolve(load_scenario(scenario(**change)), load_inventory())
    problem = next(p for p in caught.value.problems if p.code == code)
    assert told in problem.suggestion and "angora" not in problem.suggestion


def test_the_keys_that_name_something_are_those_that_are_filled_in():
    filled = [(f.model, f.key, f.words, f.names) for f in fields() if f.words or f.names in TAKEN]
    named = keys_named()
    assert filled and sorted(filled) == sorted(
        (model, one.key, one.words, one.names)
        for model in {field.model for field in fields()}
        for one in named[model]
    )
