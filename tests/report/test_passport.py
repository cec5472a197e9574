import copy
import json

import jsonschema
import pytest
from conftest import ROOT

from lca_cardato.files.atomic import sha256
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.report.formats import passport as module
from lca_cardato.report.formats.passport import context, definitions, passport
from lca_cardato.results.csv_tables import json_text
from lca_cardato.scenario.figure import CLASSES
from lca_cardato.scenario.models import ORIGINS
from lca_cardato.words.language import Language

RUN = {"id": "0123456789abcdef", "sha256": "ab" * 32}


@pytest.fixture(scope="module")
def valid():
    file = ROOT / "lca_cardato" / "report" / "schemas" / "passport.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def document(assessed):
    return assessed("recycled-wool-70").to_dict("en")


@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric", "contract-spinner"])
@pytest.mark.parametrize("lang", ["en", "it"])
def test_it_follows_its_schema(assessed, valid, name, lang):
    valid.validate(passport(assessed(name).to_dict(lang), RUN))
    valid.validate(passport(assessed(name).to_dict(lang)))


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.pop("notice"),
        lambda p: p.update(compliance="ESPR"),
        lambda p: p["claims"][0].update({"@type": "Certification"}),
        lambda p: p["claims"][0].update(verdict="certified"),
        lambda p: p["additionalProperty"][0].pop("value"),
        lambda p: p["additionalProperty"][1].update(value=1.0, minValue=1.0),
        lambda p: p["additionalProperty"][0].pop("coverage"),
        lambda p: p["composition"][0]["shareDry"].update(value=101.0),
        lambda p: p["subjectOf"].update(sha256="x"),
        lambda p: p["@context"].update(name="https://other.org/name"),
    ],
)
def test_the_schema_refuses_what_it_is_not(document, valid, change):
    changed = copy.deepcopy(document)
    changed["indicators"]["climate_change_fossil"]["lower_bound"] = True
    made = passport(changed, RUN)
    assert valid.is_valid(made)
    change(made)
    assert not valid.is_valid(made)


def test_company_and_lots_are_named_and_contractors_are_not(document, valid):
    made = passport(document, RUN)
    assert made["manufacturer"] == {
        "@type": "Organization", "name": "Filatura Esempio",
        "address": {"@type": "PostalAddress", "addressLocality": "Prato"},
    }  # fmt: skip
    assert [row["identifier"] for row in made["lots"]] == [row["lot"] for row in document["lots"]]
    assert document["contractors"] and "Tintoria Esempio" not in json.dumps(made)
    nameless = {
        **document,
        "company": {"name": "", "municipality": "", "role": "producer"},
        "lots": [],
    }
    made = passport(nameless, RUN)
    assert not {"manufacturer", "lots"} & set(made) and valid.is_valid(made)


def test_figures_are_those_of_the_result(document):
    made = passport(document, RUN)
    shown = {item["propertyID"]: item for item in made["additionalProperty"]}
    assert set(shown) | set(made.get("notInventoried", [])) == set(document["indicators"])
    assert not set(shown) & set(made.get("notInventoried", []))
    assert shown["climate_change"]["value"] == document["indicators"]["climate_change"]["value"]
    for name, item in shown.items():
        source = document["indicators"][name]
        key = "minValue" if source["lower_bound"] else "value"
        assert (item[key], item["unitText"]) == (source["value"], source["unit"])
        assert item["lowerBound"] == source["lower_bound"]
        assert item["coverage"]["value"] == pytest.approx(source["coverage"] * 100, rel=1e-11)
        shares = {row["dataClass"]: row["value"] / 100 for row in item["dataClasses"]}
        assert shares == pytest.approx(source["by_data_class"], rel=1e-11)
    fibres = document["mass_balance"]["fibres"]
    assert [f["shareDry"]["value"] for f in made["composition"]] == pytest.approx(
        [f["share_dry"] * 100 for f in fibres], rel=1e-11
    )
    assert made["recycledContent"]["shareConditioned"]["value"] == pytest.approx(70.0)
    assert made["recycledContent"]["shareDry"]["value"] == pytest.approx(68.1554392065)
    assert [(c["identifier"], c["rulePack"], c["verdict"]) for c in made["claims"]] == [
        (c["id"], c["rule_pack"], c["verdict"]) for c in document["claims"]
    ]


def test_undeclared_origin_makes_recycled_content_a_lower_bound(document):
    changed = copy.deepcopy(document)
    changed["mass_balance"]["fibres"][1]["origin"] = "undeclared"
    made = passport(changed, RUN)["recycledContent"]
    assert made["shareDry"]["minValue"] == pytest.approx(68.1554392065)
    assert "value" not in made["shareDry"]
    changed["mass_balance"]["fibres"] = []
    assert "recycledContent" not in passport(changed, RUN)


def test_where_it_comes_from(document):
    made = passport(document, RUN)
    assert made["subjectOf"]["run"] == RUN["id"]
    assert made["subjectOf"]["sha256"] == RUN["sha256"]
    alone = passport(document)["subjectOf"]
    assert "run" not in alone
    assert alone["sha256"] == sha256(json_text(document).encode())
    assert json_text(passport(document)) == json_text(passport(document))


def test_it_certifies_nothing(document):
    made = passport(document, RUN)
    assert "Certification" not in json.dumps(made)
    assert "no compliance" in made["notice"]["en"] and "2024/1781" in made["notice"]["en"]
    assert (
        "non dichiara la conformità" in made["notice"]["it"] and "2024/1781" in made["notice"]["it"]
    )
    assert {claim["@type"] for claim in made["claims"]} == {"SelfAssessment"}


def test_every_own_term_is_defined():
    own = set()
    for name, value in context().items():
        address = value["@id"] if isinstance(value, dict) else value
        if str(address).startswith("cardato:"):
            assert address == f"cardato:{name}"
            own.add(address)
    found = [item["@id"] for item in definitions()]
    assert set(found) == own and len(found) == len(own)
    assert set(ORIGINS) | set(CLASSES) | set(INDICATOR_IDS) <= {a.partition(":")[2] for a in own}
    named = {module.NAMED.get(name, name) for name in module.VALUES} - {"product", "processing"}
    assert all(name in Language() for name in named)
    for item in definitions():
        for key in ("label", "meaning"):
            assert all(
                item[key][lang].strip() and "{" not in item[key][lang] for lang in ("en", "it")
            )


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_every_key_is_a_term(document):
    """A key without a term would be lost without a word when others read it."""
    made = passport(document, RUN)
    terms = {"@id", "@type", *made.pop("@context")}
    assert set(keys_of(made)) - {"en", "it"} <= terms


def filled(item):
    """Without lists that are empty: no value says by which term JSON-LD may name them."""
    return {key: value for key, value in item.items() if value != []}


def test_others_can_read_it(assessed):
    """Expands without any other document; nothing is lost, values of terms become addresses."""
    jsonld = pytest.importorskip("pyld.jsonld")

    def loader(address, options=None):
        raise AssertionError(f"no network: {address}")

    made = passport(assessed("recycled-fabric").to_dict("it"), RUN)
    (product,) = jsonld.expand(made, {"documentLoader": loader})
    assert product["@type"] == ["http://schema.org/Product"]
    own = module.SPACE
    assert product[f"{own}boundary"] == [{"@id": f"{own}cradle_to_gate"}]
    claim = product[f"{own}claims"][0]
    assert claim["@type"] == [f"{own}SelfAssessment"]
    assert claim[f"{own}verdict"][0]["@id"] in {f"{own}{v}" for v in module.VALUES}
    assert {v["@language"] for v in product[f"{own}notice"]} == {"en", "it"}
    found = product["http://schema.org/additionalProperty"]
    assert [i["http://schema.org/propertyID"][0]["@id"] for i in found] == [
        own + item["propertyID"] for item in made["additionalProperty"]
    ]
    missing = made.get("notInventoried", [])
    assert len(product.get(f"{own}notInventoried", [])) == len(missing)
    back = jsonld.compact(product, made["@context"], {"documentLoader": loader})
    assert filled(back) == filled(made)
