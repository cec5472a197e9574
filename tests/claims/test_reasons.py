"""What is told of a verdict: every reason and every change with its figures, and no other."""

from fractions import Fraction as F

import pytest
from conftest import declared, scenario_dict

from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.evidence import figures_to_prove
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.claims.shares import fibre_parts, replacement_needed
from lca_cardato.model.resolve import resolve
from lca_cardato.results.claims import criterion_document
from lca_cardato.scenario.load import load_scenario
from lca_cardato.words.language import Language

EQUAL = {
    name: {"loss": loss, "reclaimed": "0 %"}
    for name, loss in (
        ("blending", "1 %"), ("carding", "6 %"), ("spinning-ring", "2 %"), ("winding", "1 %"),
    )
}  # fmt: skip
VIRGIN = {"fibre": "wool", "share": "100 %", "origin": "virgin"}
RECYCLED = "recycled_post_consumer"


def model_of(inventory, blend=(VIRGIN,), **more):
    return resolve(load_scenario(declared(scenario_dict(blend=list(blend), **more))), inventory)


def told(inventory, claim, criterion, blend=(VIRGIN,), weights=None, **more):
    """A criterion's outcome; its sentences must exist in both languages."""
    model = model_of(inventory, blend, **more)
    results = evaluate(pack_named(claim), model, inventory, weights or {}).criteria
    (found,) = [item for item in results if item.criterion.id == criterion]
    for lang in ("en", "it"):
        document = criterion_document(found, Language(lang))
        assert document["reason"] and bool(document["change"]) == bool(found.changes)
    return found


def keys(messages):
    return [key for key, _ in messages]


def bare(messages):
    """Messages with the shares alone, whatever thresholds they are shown beside."""
    return [
        (key, {name: getattr(value, "value", value) for name, value in arguments.items()})
        for key, arguments in messages
    ]


def named(model, *steps):
    return [use.step.name for use in model.all_steps() if use.id in steps]


def yarns(carded, **more):
    """A fabric of a carded yarn and of a worsted one."""
    rest = 100 - carded
    return {
        "product": {"type": "fabric", "name": "t", "construction": "woven",
                    "surface_mass": "300 g/m2"},
        "yarns": [
            {"name": "a", "share": f"{carded} %", "count": "Nm 10", "blend": [VIRGIN], **more},
            {"name": "b", "share": f"{rest} %", "count": "Nm 10", "blend": [VIRGIN],
             "system": "worsted"},
        ],
    }  # fmt: skip


def fabric_model(inventory, carded):
    data = scenario_dict(**yarns(carded))
    del data["blend"]
    return resolve(load_scenario(data), inventory)


def of(model, inventory, claim, criterion):
    results = evaluate(pack_named(claim), model, inventory, {}).criteria
    return next(item for item in results if item.criterion.id == criterion)


# -- places ----------------------------------------------------------------------------------------


def test_a_product_of_the_district_tells_how_many_steps(inventory):
    found = told(inventory, "cardato", "district")
    steps = [use for use in model_of(inventory).all_steps() if use.step.level != "any"]
    assert (found.reasons, found.changes) == ([("district_all", {"count": len(steps)})], [])


def test_steps_outside_the_district_are_named_with_their_place(inventory):
    route = {"winding": {"municipality": "Biella"}}
    found = told(inventory, "cardato", "district", route=route)
    (winding,) = named(model_of(inventory), "winding")
    outside = ("district_outside", {"steps": [(winding, "Biella")]})
    assert found.verdict == "not_proven"
    assert found.reasons == [outside, ("district_readings", {})]
    assert found.changes == [("change_district", {"steps": [winding]})]


def test_steps_without_a_known_place_are_named(inventory):
    route = {"carding": {"municipality": "Atlantide"}}
    found = told(inventory, "cardato", "district", route=route)
    (carding,) = named(model_of(inventory), "carding")
    assert found.verdict == "not_proven"
    assert found.reasons == [("district_missing", {"steps": [carding]})]
    assert found.changes == [("change_municipality", {"steps": [carding]})]


def test_a_core_step_outside_is_outside_in_every_reading(inventory):
    route = {"carding": {"municipality": "Biella"}}
    found = told(inventory, "cardato", "district", route=route)
    assert (found.verdict, keys(found.reasons)) == ("not_met", ["district_outside"])


@pytest.mark.parametrize(
    ("place", "verdict", "reason", "changes"),
    [
        ("Montemurlo", "meets", "region_inside", []),
        ("Biella", "not_met", "region_outside", []),
        ("Atlantide", "not_proven", "region_missing", ["change_municipality"]),
    ],
)
def test_carding_in_the_region(inventory, place, verdict, reason, changes):
    found = told(
        inventory, "cardato-riciclato-pratese", "carded-in-tuscany",
        route={"carding": {"municipality": place}},
    )  # fmt: skip
    (carding,) = named(model_of(inventory), "carding")
    region = found.criterion.region
    steps = {"steps": [(carding, place)]} if reason == "region_outside" else {}
    assert (found.verdict, found.reasons) == (verdict, [(reason, {**steps, "region": region})])
    assert found.changes == [(key, {"steps": [carding]}) for key in changes]


def test_a_yarn_that_is_not_carded_is_named(inventory):
    model = fabric_model(inventory, 60)
    found = of(model, inventory, "cardato-riciclato-pratese", "carded-in-tuscany")
    assert (found.verdict, found.reasons) == ("not_met", [("not_carded", {"yarns": ["b"]})])


# -- evidence --------------------------------------------------------------------------------------

LOTS = ({**VIRGIN, "share": "60 %", "lot": "L1"},
        {"fibre": "polyamide", "share": "40 %", "origin": "virgin"})  # fmt: skip


@pytest.mark.parametrize(
    ("trace", "blend", "verdict", "reason", "changes"),
    [
        (None, LOTS, "not_proven", ("trace_missing", {}), ["change_trace"]),
        ({"method": "lots"}, LOTS, "not_proven", ("trace_no_document", {}), ["change_trace"]),
        ({"method": "calendar_year", "document": "r", "year": "2025"}, LOTS, "meets",
         ("trace_year", {"year": "2025"}), []),
        ({"method": "lots", "document": "r"}, LOTS, "not_proven",
         ("trace_no_lot", {"fibres": ["polyamide 6"]}), ["change_lot"]),
        ({"method": "lots", "document": "r"}, [{**line, "lot": "L"} for line in LOTS], "meets",
         ("trace_lots", {"count": 2}), []),
    ],
)  # fmt: skip
def test_traceability(inventory, trace, blend, verdict, reason, changes):
    more = {"traceability": trace} if trace else {}
    found = told(inventory, "cardato", "traceability", blend, **more)
    key, arguments = found.reasons[0]
    if "fibres" in arguments:
        arguments = {"fibres": [name.en for name in arguments["fibres"]]}
    assert (found.verdict, [(key, arguments)]) == (verdict, [reason])
    assert (len(found.reasons), keys(found.changes)) == (1, changes)


def test_open_figures_are_summed_by_step_and_the_heaviest_comes_first(inventory):
    model = model_of(inventory)
    figures = [item for group in figures_to_prove(model).values() for item in group]
    weights = {item.key: float(n + 1) for n, item in enumerate(figures)}
    found = told(inventory, "cardato", "measured-impacts", weights=weights)
    arguments = dict(found.reasons)["measured_missing"]
    assert found.verdict == "not_proven"
    assert arguments == {"count": 0, "all": len(figures), "weight": sum(weights.values())}
    expected = {}
    for item in figures:
        figure = item.key.removeprefix(f"{item.use.key}.").split(".")[0]
        name = item.use.step.name.en, figure
        expected[name] = expected.get(name, 0.0) + weights[item.key]
    listed = [((name.en, figure), weight) for name, figure, weight in
              dict(found.changes)["change_measure"]["figures"]]  # fmt: skip
    assert dict(listed) == expected
    assert [weight for _, weight in listed] == sorted(expected.values(), reverse=True)


def measured_route(model, **figure):
    proof = {"class": "measured", "period": "2025", "document": "m.csv", **figure}
    route = {}
    for use in model.yarns[0].steps:
        entry = {"electricity": {"value": "0.2 kWh/kg", **proof}}
        if use.water_in or use.id == "blending":
            entry["water_in"] = {"value": "0.1 L/kg", **proof}
        if use.heat:
            entry["heat"] = {"value": "0.1 MJ/kg", "carrier": "natural_gas", **proof}
        route[use.id] = entry
    return route


def test_measured_figures_are_counted(inventory):
    model = model_of(inventory)
    route = measured_route(model)
    found = told(inventory, "cardato", "measured-impacts", route=route)
    figures = figures_to_prove(model_of(inventory, route=route))
    count = len(figures["energy"]) + len(figures["water"])
    assert (found.verdict, found.reasons) == ("meets", [("measured_all", {"count": count})])
    assert found.changes == []


def test_one_figure_left_open_is_told_with_its_weight(inventory):
    route = measured_route(model_of(inventory))
    del route["winding"]
    model = model_of(inventory, route=route)
    figures = [item for group in figures_to_prove(model).values() for item in group]
    open_ = [item.key for item in figures if not item.proven]
    weights = dict.fromkeys(open_, 0.25) | {"other": 0.5}
    found = told(inventory, "cardato", "measured-impacts", weights=weights, route=route)
    done = {"count": len(figures) - len(open_), "all": len(figures), "weight": 0.25 * len(open_)}
    assert (found.verdict, found.reasons) == ("not_proven", [("measured_missing", done)])


# -- content ---------------------------------------------------------------------------------------


def test_the_way_to_the_carded_share_is_told_only_where_it_is_missed(inventory):
    enough = told(inventory, "cardato", "carded-share", route=EQUAL)
    assert (enough.verdict, enough.changes) == ("meets", [])
    assert bare(enough.reasons) == [("share_one", {"low": 1, "high": 1, "threshold": F(3, 5)})]
    short = of(fabric_model(inventory, 40), inventory, "cardato", "carded-share")
    assert short.verdict == "not_met"
    assert short.changes == [("change_carded", {"points": F(3, 5) - min(short.observed.values())})]
    assert keys(short.reasons) == ["share_range"]


def test_readings_below_the_threshold_are_named(inventory):
    blend = [{"fibre": "wool", "share": "66 %", "origin": RECYCLED},
             {"fibre": "polyester", "share": "34 %", "origin": "virgin"}]  # fmt: skip
    found = told(inventory, "cardato-recycled", "recycled-share", blend, route=EQUAL)
    (key, arguments), *_ = bare(found.reasons)
    assert (key, arguments["threshold"]) == ("share_flips", F(13, 20))
    assert sorted(arguments["below"]) == ["R-65-INPUT/dry", "R-65-PRODUCT/dry"]
    assert (arguments["low"], arguments["high"]) == (min(found.observed.values()), F(66, 100))


@pytest.mark.parametrize(("percent", "expected"), [(60, "rework_flips"), (80, "rework_apart")])
def test_what_own_rework_would_change_is_told(inventory, percent, expected):
    blend = [{"fibre": "wool", "share": f"{percent} %", "origin": RECYCLED},
             {"fibre": "wool", "share": f"{95 - percent} %", "origin": "virgin"},
             {"origin": "in_process_rework", "share": "5 %"}]  # fmt: skip
    found = told(
        inventory, "cardato-recycled", "recycled-share", blend, route={"carding": {"loss": "10 %"}}
    )
    assert [key for key in keys(found.reasons) if key.startswith("rework")] == [expected]
    reached = max(value for name, value in found.observed.items() if name.startswith("R-SRC"))
    if expected == "rework_flips":
        assert dict(bare(found.reasons))[expected] == {"high": reached}
    assert reached == F(percent + 5, 100)


@pytest.mark.parametrize("percent", [0, 40])
def test_the_whole_blend_may_have_to_be_replaced(inventory, percent):
    blend = [{"fibre": "wool", "share": f"{percent} %", "origin": RECYCLED},
             {"fibre": "wool", "share": f"{100 - percent} %", "origin": "virgin"}]  # fmt: skip
    parts = fibre_parts(model_of(inventory, blend[0 if percent else 1 :], route=EQUAL))
    needed, away, grown = replacement_needed(parts, F(1))
    assert (needed, away.entry.origin) == (F(100 - percent, 100), "virgin")
    assert grown.entry.origin == (RECYCLED if percent else "virgin")
    assert replacement_needed(parts[:1] if percent else [], F(1)) is None


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (((100, "wool"),), ["label_pure", "label_tolerance"]),
        (((80, "wool"), (10, "polyamide"), (10, "viscose")), ["label_tolerance"]),
        (((92, "wool"), (8, "polyamide")), ["label_tolerance"]),
        (((85, "wool"), (8, "polyamide"), (7, "viscose")), ["label_grouped", "label_tolerance"]),
    ],
)
def test_the_label(inventory, shares, expected):
    blend = [{"fibre": name, "share": f"{n} %", "origin": "virgin"} for n, name in shares]
    found = told(inventory, "composition", "composition", blend, route=EQUAL)
    assert keys(found.reasons) == ["label_text", "label_text", *expected]
    assert [arguments["lang"] for _, arguments in found.reasons[:2]] == ["it", "en"]
    text = ", ".join(f"{n} % {name}" for n, name in shares)
    assert (found.reasons[1][1]["text"], found.observed) == (text, {})
    if "label_grouped" in expected:
        grouped = {"it": "85 % lana, 15 % altre fibre", "en": "85 % wool, 15 % other fibres"}
        assert dict(found.reasons)["label_grouped"] == grouped


def test_the_label_of_a_processor_is_no_statement(inventory):
    company = {"municipality": "Prato", "role": "contract_processor"}
    found = told(inventory, "composition", "composition", company=company)
    assert (found.reasons, found.observed) == ([("label_processor", {})], {})


# -- figures of the content ------------------------------------------------------------------------

NEEDED = f"{700 / (0.99 * 0.94 * 0.98 * 0.99):.6g}"  # kg of fibre for 1000 kg of yarn
UNEQUAL = ({"fibre": "wool", "share": "60 %", "origin": RECYCLED, "document": "tc"},
           {"fibre": "wool", "share": "15 %", "origin": "recycled_pre_consumer", "document": "x"},
           {"fibre": "polyester", "share": "25 %", "origin": "virgin"})  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "criterion", "prefix"),
    [
        ("cardato-recycled", "recycled-share", "R-65-"),
        ("iso-14021", None, ""),
        ("cam-tessili", None, ""),
    ],
)
def test_every_reading_is_shown_under_its_name(inventory, claim, criterion, prefix):
    model = model_of(inventory, UNEQUAL)
    results = evaluate(pack_named(claim), model, inventory, {}).criteria
    found = next(item for item in results if criterion in (None, item.criterion.id))
    parts = fibre_parts(model)

    def by_hand(mass):
        return sum(mass(p) for p in parts if p.line.recycled) / sum(map(mass, parts))

    expected = {
        "PRODUCT/conditioned": by_hand(lambda p: p.product),
        "PRODUCT/dry": by_hand(lambda p: p.product / (1 + p.line.regain)),
        "INPUT/conditioned": F(75, 100),
        "INPUT/dry": by_hand(lambda p: p.fresh / (1 + p.line.regain)),
    }
    assert len(set(expected.values())) == 4  # so that no reading can stand for another
    observed = {name: v for name, v in found.observed.items() if not name.startswith("R-SRC")}
    assert observed == {f"{prefix}{name}": value for name, value in expected.items()}


def test_a_figure_to_declare_is_split_by_origin(inventory):
    model = model_of(inventory, UNEQUAL)
    (found,) = evaluate(pack_named("iso-14021"), model, inventory, {}).criteria
    values = found.observed.values()
    arguments = {"low": min(values), "high": max(values), "post": F(60, 100), "pre": F(15, 100)}
    assert (found.verdict, found.reasons[0]) == ("meets", ("declared_content", arguments))


@pytest.mark.parametrize(
    ("percent", "key", "arguments"),
    [
        (25, "band_below", {"high": F(25, 100), "edge": F(30, 100)}),
        (60, "band_inside", {"low": F(60, 100), "high": F(60, 100), "below": F(50, 100),
                             "above": None}),
    ],
)  # fmt: skip
def test_the_band_is_told_with_its_edges(inventory, percent, key, arguments):
    blend = [{"fibre": "wool", "share": f"{percent} %", "origin": RECYCLED, "document": "tc"},
             {"fibre": "wool", "share": f"{100 - percent} %", "origin": "virgin"}]  # fmt: skip
    model = model_of(inventory, blend, route=EQUAL)
    (found,) = evaluate(pack_named("cam-tessili"), model, inventory, {}).criteria
    edges = [F(edge) for edge in found.criterion.bands]
    expected = {**arguments}
    if "above" in expected:
        expected["above"] = next(edge for edge in [*edges, F(1)] if edge > F(percent, 100))
    assert bare(found.reasons) == [(key, expected)]


@pytest.mark.parametrize(
    ("percent", "verdict", "reason"),
    [(25, "meets", ("wool_virgin", {"share": F(1, 4)})),
     (24, "not_met", ("wool_too_little", {"share": F(24, 100), "least": F(1, 4)}))],
)  # fmt: skip
def test_a_quarter_of_virgin_wool_is_enough(inventory, percent, verdict, reason):
    blend = [{"fibre": "wool", "share": f"{percent} %", "origin": "virgin", "document": "v"},
             {"fibre": "polyester", "share": f"{100 - percent} %", "origin": "virgin"}]  # fmt: skip
    model = model_of(inventory, blend, route=EQUAL)
    (found,) = evaluate(pack_named("virgin-wool"), model, inventory, {}).criteria
    assert (found.verdict, bare(found.reasons)) == (verdict, [reason])
    assert found.observed == {"PRODUCT/conditioned": F(percent, 100)}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"mass": "700 kg"}, ("document_mass", {"document": "tc", "needed": NEEDED, "has": "700"})),
        ({"lot": "L2"}, ("document_lot", {"document": "tc", "lot": "L1", "other": "L2"})),
        ({"valid_until": "2024-12-31", "date": "2024-03-01"},
         ("document_expired", {"document": "tc", "until": "2024-12-31", "year": "2025"})),
    ],
)  # fmt: skip
def test_what_a_document_leaves_open_is_told_in_figures(inventory, document, reason):
    blend = [{"fibre": "wool", "share": "70 %", "origin": RECYCLED, "lot": "L1", "document": "tc"},
             {"fibre": "wool", "share": "30 %", "origin": "virgin"}]  # fmt: skip
    data = declared(scenario_dict(blend=blend, route=EQUAL))
    data["documents"]["tc"].update(document)
    model = resolve(load_scenario(data), inventory)
    found = of(model, inventory, "cardato-recycled", "recycled-share")
    assert (found.verdict, found.reasons[1:]) == ("not_proven", [reason])
