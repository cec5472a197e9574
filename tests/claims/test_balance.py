"""Documents prove kilograms once: within a batch (over several products: ``test_books.py``)."""

import pytest
from conftest import A_DIGEST, scenario_dict

from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.words.language import Language

LOSSLESS = {
    name: {"loss": {"value": "0 %", "reason": "weighed with what is lost"}, "reclaimed": "0 %"}
    for name in ("blending", "carding", "spinning-ring", "winding")
}


def model_of(inventory, name="a", batch="1000 kg", mass="700 kg", **document):
    blend = [
        {"fibre": "wool", "share": "70 %", "origin": "recycled_post_consumer", "lot": "L1",
         "document": "tc-1"},
        {"fibre": "polyamide", "share": "30 %", "origin": "virgin"},
    ]  # fmt: skip
    product = {"type": "yarn", "name": name, "count": "Nm 10", "batch": batch}
    documents = {
        "tc-1": {
            "kind": "transaction_certificate",
            "mass": mass,
            "lot": "L1",
            "issuer": "a",
            "date": "2024-12-30",
            "sha256": A_DIGEST,
            **document,
        }
    }
    data = scenario_dict(
        id=name, blend=blend, product=product, route=LOSSLESS, documents=documents,
        traceability={"method": "lots", "year": "2025", "document": "register"},
    )  # fmt: skip
    if batch is None:
        data["product"].pop("batch")
    return resolve(load_scenario(data), inventory)


def recycled(inventory, **changes):
    model = model_of(inventory, **changes)
    result = evaluate(pack_named("cardato-recycled"), model, inventory, {}).criteria[0]
    return result.verdict, [key for key, _ in result.reasons]


def test_a_document_of_enough_kilograms_proves(inventory):
    assert recycled(inventory)[0] == "meets"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mass": "699 kg"}, "document_mass"),
        ({"lot": "L2"}, "document_lot"),
        ({"valid_until": "2024-12-31"}, "document_expired"),
    ],
)
def test_a_document_that_falls_short_proves_nothing(inventory, changes, reason):
    verdict, reasons = recycled(inventory, **changes)
    assert verdict == "not_proven" and reason in reasons


def test_what_is_missing_is_told_in_kilograms_of_the_batch(inventory):
    """60 % recycled of 1000 kg without losses: at least 5 % more is needed, on every basis."""
    blend = [
        {"fibre": "wool", "share": "60 %", "origin": "recycled_post_consumer", "document": "x"},
        {"fibre": "wool", "share": "40 %", "origin": "virgin"},
    ]
    product = {"type": "yarn", "name": "a", "count": "Nm 10", "batch": "1000 kg"}
    model = resolve(
        load_scenario(scenario_dict(blend=blend, product=product, route=LOSSLESS)), inventory
    )
    (item, *_) = evaluate(pack_named("cardato-recycled"), model, inventory, {}).criteria
    key, arguments = item.changes[0]
    assert key == "change_recycled_kg"
    assert float(arguments["kg"]) == pytest.approx(50)


@pytest.mark.parametrize(("lang", "said"), [("en", "188.679 kg"), ("it", "188,679 kg")])
def test_kilograms_have_the_decimal_sign_of_the_language(inventory, lang, said):
    """With a point an Italian mill reads 188 679 kg."""
    blend = [
        {"fibre": "wool", "share": "47 %", "origin": "recycled_post_consumer", "document": "x"},
        {"fibre": "wool", "share": "53 %", "origin": "virgin"},
    ]
    product = {"type": "yarn", "name": "a", "count": "Nm 10", "batch": "1048.215 kg"}
    model = resolve(
        load_scenario(scenario_dict(blend=blend, product=product, route=LOSSLESS)), inventory
    )
    (item, *_) = evaluate(pack_named("cardato-recycled"), model, inventory, {}).criteria
    key, arguments = item.changes[0]
    text = Language(lang)(key, **arguments)
    assert said in text, text
