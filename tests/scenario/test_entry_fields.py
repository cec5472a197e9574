"""Every key of a scenario is described once, with names in both languages."""

import pytest

from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.scenario.entry.fields import ANY, SECTIONS, field_of, fields
from lca_cardato.scenario.models import ORIGINS, Scenario
from lca_cardato.words.entry import about, choices_of, folded, label
from lca_cardato.words.find import called
from lca_cardato.words.language import LANGUAGES

PARTS = {"Scenario", "Company", "Product", "Traceability", "Yarn", "BlendLine", "TransportLeg",
         "StepEntry", "Figure", "Electricity", "Evidence", "Reading", "Part"}  # fmt: skip


def keys():
    """Model and key of everything that a scenario can hold."""
    schema = Scenario.model_json_schema(by_alias=True)
    models = {"Scenario": schema, **schema["$defs"]}
    assert models.keys() == PARTS, "a new part needs a section, or a place in one"
    return {(model, key) for model, told in models.items() for key in told["properties"]}


def test_every_key_has_a_name_and_a_sentence_in_both_languages():
    for model, key in keys():
        for lang in LANGUAGES:
            assert label(model, key, lang) != key or key in ("id", "file"), (model, key)
        assert about(model, key).endswith("."), (model, key)


def test_what_holds_no_part_of_its_own_is_a_field():
    held = {(f.model, f.key) for f in fields()}
    parts = {key for model, key in keys() - held}
    assert parts == {
        "schema", "company", "product", "blend", "yarns", "route", "electricity", "packaging", "traceability",
        "documents", "reasons", "steps", "transport", "heat", "water_in", "water_out", "loss", "reclaimed",
        "chemicals", "readings", "among", "lot",
    }  # fmt: skip
    assert len(held) == len(fields())
    assert {f.section for f in fields()} == {s.name for s in SECTIONS}


def test_the_model_tells_kinds_and_units():
    told = {f"{f.model}.{f.key}": (f.kind, f.unit, f.required) for f in fields()}
    assert told["Product.count"] == ("count", "Nm", False)
    assert told["Product.batch"] == ("quantity", "kg", False)
    assert told["BlendLine.share"] == ("share", "%", True)
    assert told["Evidence.date"] == ("date", "", False)
    assert told["Figure.period"] == ("period", "", False)
    assert told["StepEntry.use"] == ("yesno", "", False)
    assert told["StepEntry.document"] == ("name", "", False)
    assert field_of("BlendLine", "origin").path == ("blend", ANY, "origin")
    assert field_of("Electricity", "photovoltaic").default == "0 %"
    assert field_of("Product", "batch").head("it") == "Massa della partita (kg)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_to_choose_means_one_word(lang):
    for field in fields():
        chosen = field.choices(lang)
        assert len(set(map(folded, chosen.values()))) == len(chosen), field
        for word, name in chosen.items():
            assert called(name, choices_of(field.key, field.words)) == [word], (field, name)
            assert name != word or "_" not in name, (field, word)


def test_words_of_people_are_known():
    choices = choices_of("origin", ORIGINS)
    assert called("Riciclata post-consumo", choices) == ["recycled_post_consumer"]
    assert called("vergine", choices) == ["virgin"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_the_inventories_are_told_apart(inventory, lang):
    lists = {f.names for f in fields() if f.names} - {"documents"} | {
        "steps", "chemical_datasets", "packaging_datasets"}  # fmt: skip
    for names in lists:
        found = names_in(inventory, names, lang)
        assert found and len(set(map(folded, found.values()))) == len(found), names
    for key, name in names_in(inventory, "places", lang).items():
        assert inventory.place_named(name)[0] == key
    assert names_in(inventory, "fibres", "it")["wool"] == "lana"
    assert names_in(inventory, "places", "it")["naples"] == "Napoli"
