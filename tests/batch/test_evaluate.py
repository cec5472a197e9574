"""Rows calculated as arrays against single scenarios, by the own solver and by Brightway."""

import itertools
import random
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import yaml
from batch.spaces import SPACES
from conftest import A_DIGEST, ROOT, scenario_dict, shipped

from lca_cardato.batch.evaluate import NO_VERDICT, Evaluator
from lca_cardato.batch.exact import Exact
from lca_cardato.claims.outcome import ORDER
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.claims.shares import BASES, POINTS, fibre_parts, share
from lca_cardato.errors import CardatoError
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.space.paths import with_overrides
from lca_cardato.studies.assess import assess_loaded
from lca_cardato.text.yamltree import dotted

LOSS = "route.carding.loss.value"
NOT_MET = ORDER.index("not_met")


def close(found, expected, rtol=1e-9):
    found, expected = np.asarray(found), np.asarray(expected)
    scale = np.where(np.nan_to_num(expected) != 0, np.abs(expected), 1.0)
    same = np.isnan(found) & np.isnan(expected)
    return bool(np.all(same | (np.abs(found - expected) <= rtol * scale)))


def agree(rows, at, one):
    """Compare a row with one that was calculated alone."""
    assert close(rows.scores[:, at], one.scores[:, 0])
    assert close(rows.shares[:, at], one.shares[:, 0], 1e-12)
    assert close(rows.cost[at], one.cost[0])
    assert rows.verdicts[:, at].tolist() == one.verdicts[:, 0].tolist()
    assert rows.questions[at] == one.questions[0]
    told = {p.row: p.text for p in rows.problems}
    assert told.get(rows.start + at) == (one.problems[0].text if one.problems else None)


def against_brightway(found, rows, row):
    """Compare a row with `assess_loaded`."""
    at = row - rows.start
    try:
        expected = assess_loaded(found.space.scenario(row), found.inventory, shipped_packs())
    except CardatoError:
        assert np.isnan(rows.scores[:, at]).all()
        assert (rows.verdicts[:, at] == NO_VERDICT).all()
        assert row in [problem.row for problem in rows.problems]
        return
    assert close(rows.scores[:, at], [expected.score(name) for name in found.indicators])
    verdicts = [ORDER[code] for code in rows.verdicts[:, at]]
    assert verdicts == [claim.verdict for claim in expected.claims]


def same_bits(one, other):
    for name in ("scores", "shares", "verdicts", "cost", "questions"):
        if getattr(one, name).tobytes() != getattr(other, name).tobytes():
            return False
    return [(p.row, p.text) for p in one.problems] == [(p.row, p.text) for p in other.problems]


@pytest.mark.parametrize("name", SPACES)
def test_rows_are_those_of_single_scenarios(name, evaluator):
    found = evaluator(SPACES[name])
    alone = []
    single = found._single
    found._single = lambda rows, place: (alone.append(place), single(rows, place))
    rows = found.rows(0, found.space.size)
    assert len(alone) <= len(rows.problems) + found.space.size // 20
    assert len(rows.problems) < found.space.size
    chosen = random.Random(name).sample(range(found.space.size), min(20, found.space.size))
    for row in chosen:
        agree(rows, row, found.one(row))
    for row in chosen[:5]:
        against_brightway(found, rows, row)


def test_a_yarn_of_wool_that_stays_beside_one_that_varies(evaluator):
    """Masses of the fixed yarn are one number, those of the other an array: both may have been spun."""
    found = evaluator({
        "base": "worsted-mix.yaml",
        "variants": {"virgin": {"yarns.1.blend.wool.origin": "virgin",
                                "yarns.1.blend.wool.colour": "undyed"}},
        "simplex": {"blend": "yarns.1.blend", "step": "20 %",
                    "lines": [{"line": "wool"}, {"line": "polyamide"}]},
    })  # fmt: skip
    rows = found.rows(0, found.space.size)
    for row in range(1, found.space.size):
        agree(rows, row, found.one(row))
    against_brightway(found, rows, 2)
    assert not rows.problems


def test_every_shipped_scenario_is_covered():
    found = {path.name for path in (ROOT / "scenarios").glob("*.yaml")}
    found = {name for name in found if not name.endswith(".space.yaml")}
    assert {data["base"] for data in SPACES.values()} == found


@pytest.mark.parametrize("name", ["blends", "knit", "rework", "figures", "worsted"])
def test_pieces_and_their_order_change_no_bit(name, evaluator):
    found = evaluator(SPACES[name], indicators=["climate_change"])
    whole = found.rows(0, found.space.size)
    for size in (1, 7, 50):
        fresh = evaluator(SPACES[name], indicators=["climate_change"])
        starts = list(range(0, found.space.size, size))
        random.Random(size).shuffle(starts)
        for start in starts[:40]:
            stop = min(found.space.size, start + size)
            piece = fresh.rows(start, stop)
            assert piece.scores.tobytes() == whole.scores[:, start:stop].tobytes()
            assert piece.shares.tobytes() == whole.shares[:, start:stop].tobytes()
            assert piece.verdicts.tobytes() == whole.verdicts[:, start:stop].tobytes()
            assert piece.cost.tobytes() == whole.cost[start:stop].tobytes()
        again = evaluator(SPACES[name], indicators=["climate_change"])
        assert same_bits(again.rows(0, found.space.size, block=size), whole)


@pytest.mark.parametrize("name", SPACES)
def test_proportions_of_a_blend_are_those_of_its_exact_masses(name, evaluator):
    """What decides at a threshold without the masses of every step decides as these do."""
    found = evaluator(SPACES[name])
    found.rows(0, found.space.size)
    entries = found.space.entries(np.arange(found.space.size))
    codes = found.space.structures(entries)
    for code, shape in found._shapes.items():
        rows = np.flatnonzero(codes == code)
        if shape.bindings is None:
            continue
        here = [entry[rows] for entry in entries]
        exact = Exact(found.space.parts, shape.bindings, here, {}, found.remembered)
        lines = [line.key for yarn in shape.bindings.model.yarns for line in yarn.lines]
        for row in random.Random(name).sample(range(len(rows)), min(3, len(rows))):
            for point, basis, line in itertools.product(POINTS, BASES, lines):
                of_line = partial(share, test=lambda part, key=line: part.line.key == key)
                one = of_line(exact(row), point=point, basis=basis)
                assert one == of_line(exact.at(row, point), point=point, basis=basis)


def test_bad_rows_first_change_no_bit_of_the_others(evaluator):
    losses = ["100 %", "100.0 %", "1e2 %", "100.00 %", "6.3 %", "7.1 %", "9.7 %"]
    data = {"base": "recycled-wool-70.yaml", "grid": {LOSS: losses}}
    whole = evaluator(data).rows(0, 7)
    assert [problem.row for problem in whole.problems] == [0, 1, 2, 3]
    later = evaluator(data).rows(4, 7)
    assert later.scores.tobytes() == whole.scores[:, 4:].tobytes()


BAD = {
    "recycled-wool-70": [
        ({LOSS: "100 %"}, "E303"),
        ({LOSS: "99.99999999999999999999 %"}, "E116"),
        ({LOSS: "101 %"}, "E110"),
        ({"route.carding.reclaimed.value": "101 %"}, "E110"),
        ({"blend.2.fibre": "unobtainium"}, "E307"),
        ({"blend.0.share": "70.0000000001 %"}, "E301"),
        ({"blend.0.share": "69.9999999999 %"}, "E301"),
        ({"blend.0.share": "70.00000000000000000001 %"}, "E301"),
        ({"blend.polyamide.steps.dyeing-stock.water_out.value": "31.0000001 L/kg"}, "E310"),
        ({"product.count": "Nm 301"}, "E108"),
        ({"electricity.photovoltaic": "100.5 %"}, "E110"),
        ({"electricity.year": "1850"}, "E307"),
        ({"route.carding.electricity.value": "5 km"}, "E10"),
        ({"route.cardingg.loss": "5 %"}, "E307"),
        ({"blend": [{"fibre": "wool", "share": "100 %"}], "blend.2.share": "5 %"}, "E320"),
    ],
    "cashmere-blend": [({"route.carding.loss": "0 %", "route.spinning-mule.loss": "0 %",
                         "route.twisting.loss": "0 %", "route.winding.loss": "0 %",
                         "route.blending.loss": "0 %"}, "E310")],
}  # fmt: skip
CASES = [(base, changes, code) for base, cases in BAD.items() for changes, code in cases]


@pytest.mark.parametrize(("base", "changes", "code"), CASES)
def test_bad_rows_are_told_and_the_others_go_on(base, changes, code, evaluator):
    data = {"base": f"{base}.yaml", "variants": {"good": {}, "bad": changes, "fine": {}}}
    rows = evaluator(data, indicators=["climate_change"]).rows(0, 3)
    assert [problem.row for problem in rows.problems] == [1]
    assert rows.problems[0].text.startswith(code)
    assert np.isfinite(rows.scores[:, [0, 2]]).all()
    assert np.isnan(rows.scores[:, 1]).all()
    assert np.isnan(rows.shares[:, 1]).all()
    assert (rows.verdicts[:, 1] == NO_VERDICT).all()
    if len(changes) == 1:
        [(path, value)] = changes.items()
        again = evaluator(
            {"base": f"{base}.yaml", "grid": {path: [None, value, None]}},
            indicators=["climate_change"],
        ).rows(0, 3)
        assert [problem.row for problem in again.problems] == [1]
        assert again.scores[0, 0] == again.scores[0, 2]


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        (LOSS, "6 %", "100 %"),
        (LOSS, "6 %", "99.99999999999999999999 %"),
        ("route.carding.reclaimed.value", "60 %", "100.1 %"),
        ("blend.polyamide.steps.dyeing-stock.water_out.value", "28 L/kg", "31.00000001 L/kg"),
        ("product.count", "Nm 8", "Nm 0.1 x"),
        ("blend.0.share", "70 %", "70.0000000001 %"),
        ("electricity.photovoltaic", "70 %", "100.0000000001 %"),
    ],
)
def test_bad_numbers_among_good_ones(path, good, bad, evaluator):
    values = [good, bad, good, bad]
    rows = evaluator(
        {"base": "recycled-wool-70.yaml", "grid": {path: values}}, indicators=["climate_change"]
    ).rows(0, 4)
    assert [problem.row for problem in rows.problems] == [1, 3]
    assert np.isfinite(rows.scores[0, [0, 2]]).all()


def test_water_out_as_much_as_in_is_sound(evaluator):
    out = "blend.polyamide.steps.dyeing-stock.water_out.value"
    values = ["31 L/kg", "31.0 L/kg", "30.99999999 L/kg"]
    found = evaluator({"base": "recycled-wool-70.yaml", "grid": {out: values}})
    rows = found.rows(0, 3)
    assert not rows.problems
    against_brightway(found, rows, 1)


def test_two_figures_of_one_carrier_are_not_mixed_up(evaluator, tmp_path):
    heat = [{"value": "5 MJ/kg", "carrier": "natural_gas"},
            {"value": "7 MJ/kg", "carrier": "natural_gas"}]  # fmt: skip
    base = scenario_dict(route={"spinning-ring": {"heat": heat}})
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    values = ["1 MJ/kg", "9 MJ/kg"]
    for place in (0, 1):
        found = evaluator(
            {"base": "b.yaml", "grid": {f"route.spinning-ring.heat.{place}.value": values}},
            tmp_path,
        )
        rows = found.rows(0, 2)
        for row in range(2):
            agree(rows, row, found.one(row))
            against_brightway(found, rows, row)


def test_yarn_called_fabric(evaluator, tmp_path):
    base = shipped("worsted-mix")
    base["yarns"][1]["name"] = "fabric"
    del base["route"]
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    found = evaluator(
        {"base": "b.yaml", "grid": {"yarns.0.count": ["Nm 2/30", "Nm 2/60"]}}, tmp_path
    )
    rows = found.rows(0, 2)
    for row in range(2):
        agree(rows, row, found.one(row))


def test_own_rework_has_no_price(evaluator):
    """It comes from the mill's own steps: a price there is a problem of the row."""
    data = {"base": "cashmere-blend.yaml", "grid": {"blend.2.price": ["1 EUR/kg", "2 EUR/kg"]}}
    rows = evaluator(data).rows(0, 2)
    assert np.isnan(rows.scores).all()
    assert len(rows.problems) == 2
    assert all("own rework" in str(problem) for problem in rows.problems)


def test_no_rework_is_what_was_typed(evaluator):
    """0 % of own rework says that nothing goes back; the line is not left out for the default."""
    names = {"wool": "blend.wool.share", "rework": "blend.same-blend.share"}
    data = {"base": "cashmere-blend.yaml", "variants": {
        "none": {names["wool"]: "70 %", names["rework"]: "0 %"},
        "some": {names["wool"]: "69 %", names["rework"]: "1 %"},
    }}  # fmt: skip
    found = evaluator(data)
    rows = found.rows(0, 2)
    assert found.space.scenario(0).scenario.blend[2].share == 0
    assert rows.scores[0, 0] > rows.scores[0, 1]
    for row in range(2):
        agree(rows, row, found.one(row))
        against_brightway(found, rows, row)
    assert rows.questions.tolist() == [0, 0]


def test_a_reason_answers_for_a_neighbour_in_rows_as_in_one_scenario(evaluator):
    carding = "route.carding.electricity"
    data = {"base": "recycled-wool-70.yaml", "grid": {
        f"{carding}.value": ["163000 kWh", "3630000 kWh"],
        "route.spinning-ring.electricity.value": ["171000 kWh", "1710000 kWh"],
        f"{carding}.reason": ["the cards stood still for a while"],
    }}  # fmt: skip
    found = evaluator(data)
    rows = found.rows(0, 4)
    for row in range(4):
        agree(rows, row, found.one(row))
    calm, spun, carded, both = rows.questions.tolist()
    assert calm == carded == 0 < spun and both > 0


def test_cost_follows_from_the_masses(evaluator):
    prices = {f"blend.{i}.price": f"{i + 2} EUR/kg" for i in range(3)}
    data = {"base": "recycled-wool-70.yaml", "variants": {"a": prices, "b": {}},
            "grid": {LOSS: ["0 %", "6.5 %"], "route.spinning-ring.loss.value": ["0 %"],
                     "route.blending.loss": ["0 %"], "route.winding.loss": ["0 %"]}}  # fmt: skip
    rows = evaluator(data).rows(0, 4)
    mean = 0.7 * 2 + 0.25 * 3 + 0.05 * 4
    assert rows.cost[0] == pytest.approx(mean, rel=1e-12)
    assert rows.cost[1] == pytest.approx(mean * (1 - 0.065 * 0.6) / (1 - 0.065), rel=1e-12)
    assert np.isnan(rows.cost[2:]).all()


# -- thresholds ------------------------------------------------------------------------------

STEPS = ("blending", "carding", "spinning-ring", "winding")
EQUAL = {f"route.{step}.loss": "2 %" for step in STEPS} | {
    f"route.{step}.reclaimed": "0 %" for step in STEPS
}
"""Nothing goes back, so that no reading counts own rework."""
OFFSETS = ["-1", "-1e-9", "-1e-10", "-1e-12", "-1e-14", "0", "1e-14", "1e-12", "1e-10", "1e-9", "1"]
CLAIMS = {"65": "cardato-recycled", "70": "cardato-riciclato-pratese", "20": "grs-content",
          "5": "rcs-content"}  # fmt: skip


def decimal(number):
    digits = 16
    scaled = number * 10**digits
    assert scaled.denominator == 1
    whole, rest = divmod(scaled.numerator, 10**digits)
    return f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") + " %"


def two_wools(folder):
    """A blend in which every reading of the recycled share is the same number."""
    wool = {"fibre": "wool", "place": "Prato", "lot": "a", "document": "a.pdf"}
    base = scenario_dict(
        blend=[
            {**wool, "share": "50 %", "origin": "recycled_post_consumer"},
            {**wool, "share": "50 %", "origin": "virgin"},
        ],
        traceability={"method": "lots", "document": "b.pdf"},
    )
    (folder / "two.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")


@pytest.mark.parametrize("offsets", [OFFSETS, ["-1e-10", "0", "1e-10", "1e-9"]])
@pytest.mark.parametrize("threshold", CLAIMS)
def test_thresholds_of_typed_decimals_are_exact(threshold, offsets, evaluator, tmp_path, packs):
    two_wools(tmp_path)
    shares = [Fraction(threshold) + Fraction(offset) for offset in offsets]
    lines = [f"{decimal(share)},{decimal(100 - share)}" for share in shares]
    table = "\n".join(["blend.0.share,blend.1.share", *lines])
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    data = {"base": "two.yaml", "variants": {"equal": EQUAL}, "table": {"file": "t.csv"}}
    found = evaluator(data, tmp_path, ["climate_change"], limits=False)
    vectorised = len(offsets) < len(OFFSETS)
    assert (found.space.parts[1].axes[0].numbers is not None) == vectorised
    rows = found.rows(0, len(shares))
    assert not rows.problems
    claim = [pack.claim for pack in packs].index(CLAIMS[threshold])
    refused = rows.verdicts[claim] == NOT_MET
    assert refused.tolist() == [share < Fraction(threshold) for share in shares]
    for row in range(len(shares)):
        agree(rows, row, found.one(row))
    against_brightway(found, rows, len(shares) // 2)


def test_bands_are_open_at_their_edges(evaluator, tmp_path, packs):
    two_wools(tmp_path)
    shares = [Fraction(edge) + Fraction(gap) for edge in ("30", "50", "70")
              for gap in ("-1e-10", "0", "1e-10")]  # fmt: skip
    lines = [f"{decimal(share)},{decimal(100 - share)}" for share in shares]
    (tmp_path / "t.csv").write_text(
        "\n".join(["blend.0.share,blend.1.share", *lines]), encoding="utf-8"
    )
    data = {"base": "two.yaml", "variants": {"equal": EQUAL}, "table": {"file": "t.csv"}}
    rows = evaluator(data, tmp_path, ["climate_change"], limits=False).rows(0, 9)
    claim = [pack.claim for pack in packs].index("cam-tessili")
    words = [ORDER[code] for code in rows.verdicts[claim]]
    assert words == ["not_met", "not_proven", *["meets", "meets", "not_proven"], "meets",
                     "meets", "not_proven", "meets"]  # fmt: skip


def test_simplex_at_a_threshold_in_tiny_steps(evaluator, tmp_path, packs):
    two_wools(tmp_path)
    step = "0.000000001 %"
    simplex = {"step": step, "lines": [
        {"line": "0", "min": "64.999999998 %", "max": "65.000000002 %"},
        {"line": "1", "min": "34.999999998 %", "max": "35.000000002 %"}]}  # fmt: skip
    data = {"base": "two.yaml", "variants": {"equal": EQUAL}, "simplex": simplex,
            "grid": {"route.carding.electricity": ["0.4 kWh/kg", "0.5 kWh/kg"]}}  # fmt: skip
    found = evaluator(data, tmp_path, ["climate_change"], limits=False)
    alone = []
    found._single = lambda rows, place: alone.append(place)
    rows = found.rows(0, found.space.size)
    claim = [pack.claim for pack in packs].index("cardato-recycled")
    assert (rows.verdicts[claim] == NOT_MET).tolist() == [True, True, False, False, False] * 2
    assert not alone


@pytest.mark.parametrize("basis", ["conditioned", "dry"])
def test_verdicts_where_fibres_and_losses_differ(basis, evaluator):
    """Near the share at which the dry basis flips, and with losses by fibre."""
    exact = Fraction(65) if basis == "conditioned" else Fraction("68.1604302039883")
    shares = [exact + Fraction(k, 10**10) for k in range(-3, 4)]
    variants = {
        f"v{index}": {
            "blend.0.share": "0 %",
            "blend.1.share": decimal(recycled),
            "blend.2.share": decimal(100 - recycled),
        }
        for index, recycled in enumerate(shares)
    }
    data = {"base": "recycled-threshold-65.yaml", "variants": variants,
            "grid": {"route.carding.loss": ["2 %", "2.0000000001 %", "5 %"]}}  # fmt: skip
    found = evaluator(data, indicators=["climate_change"])
    rows = found.rows(0, 21)
    assert not rows.problems
    for row in range(0, 21, 2):
        agree(rows, row, found.one(row))
    against_brightway(found, rows, 9)


def test_documents_cover_the_batch_to_the_gram(evaluator, tmp_path, packs):
    """Losses of 20 % without reclaim: 1000 kg of yarn take in 1250 kg of fibre."""
    wool = {"fibre": "wool", "origin": "recycled_post_consumer", "lot": "a", "place": "Prato"}
    base = scenario_dict(
        blend=[{**wool, "share": "100 %", "document": "tc"}],
        product={"type": "yarn", "name": "t", "count": "Nm 8", "batch": "1000 kg"},
        documents={
            "tc": {
                "kind": "declaration",
                "mass": "1250 kg",
                "issuer": "a",
                "lot": "a",
                "date": "2025-03-01",
                "sha256": A_DIGEST,
            }
        },
        route={step: {"loss": "0 %"} for step in ("blending", "spinning-ring", "winding")},
        traceability={"method": "lots", "document": "b.pdf"},
    )
    base["route"]["carding"] = {"loss": "20 %", "reclaimed": "0 %"}
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    losses = ["19.9999999999 %", "20 %", "20.0000000001 %", "20.00000000000001 %", "30 %"]
    data = {"base": "b.yaml", "grid": {"route.carding.loss": losses}}
    found = evaluator(data, tmp_path, limits=False)
    rows = found.rows(0, 5)
    claim = [pack.claim for pack in packs].index("iso-14021")
    words = [ORDER[code] for code in rows.verdicts[claim]]
    assert words == ["meets", "meets", *["not_proven"] * 3]
    for row in range(5):
        agree(rows, row, found.one(row))
        against_brightway(found, rows, row)


def test_rework_up_to_what_is_lost(evaluator, tmp_path):
    base = scenario_dict(
        blend=[{"fibre": "wool", "share": "97 %", "origin": "virgin"},
               {"origin": "in_process_rework", "share": "3 %"}],
        route={step: {"loss": "0 %"} for step in ("blending", "spinning-ring", "winding")},
    )  # fmt: skip
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    losses = ["3 %", "2.9999999999999999 %", "3.00000000000000001 %", "2.999 %", "4 %"]
    rows = evaluator({"base": "b.yaml", "grid": {"route.carding.loss": losses}}, tmp_path).rows(
        0, 5
    )
    assert [problem.row for problem in rows.problems] == [1, 3]


def test_photovoltaic_of_nothing_and_everything_goes_by_arrays(evaluator):
    data = {"base": "recycled-wool-70.yaml", "grid": {
        "electricity.photovoltaic": ["0 %", "50 %", "100 %"], LOSS: ["5 %", "6 %"]}}  # fmt: skip
    found = evaluator(data, indicators=["climate_change"])
    found._single = None
    scores = found.rows(0, 6).scores[0].reshape(3, 2)
    assert scores[1] == pytest.approx((scores[0] + scores[2]) / 2, rel=1e-12)
    assert (scores[0] > scores[2]).all()


def test_table_cells_that_are_empty_keep_the_base_value(evaluator, tmp_path):
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(shipped("recycled-wool-70")), encoding="utf-8")
    (tmp_path / "t.csv").write_text(
        "\ufeffroute.carding.loss.value,product.count\n6.5 %,Nm 8\n,Nm 8\n6.5 %,\n7 %,\n",
        encoding="utf-8",
    )
    found = evaluator({"base": "b.yaml", "table": {"file": "t.csv"}}, tmp_path)
    rows = found.rows(0, 4)
    assert close(rows.scores[:, 0], rows.scores[:, 1])
    assert close(rows.scores[:, 0], rows.scores[:, 2])
    assert not close(rows.scores[:, 0], rows.scores[:, 3])


def test_evaluators_pickle(evaluator):
    import pickle

    found = evaluator(SPACES["blends"], indicators=["climate_change"])
    rows = found.rows(0, 50)
    again = pickle.loads(pickle.dumps(found))
    assert isinstance(again, Evaluator)
    assert same_bits(again.rows(0, 50), rows)


WOOLS = [
    {"fibre": "wool", "share": "65 %", "origin": "recycled_post_consumer", "document": "a.pdf"},
    {"fibre": "wool", "share": "35 %", "origin": "virgin"},
]


def nearest_share(found, path, point):
    """Bisect the share (10 decimals of %) at which the exact share at a point is 20 %."""
    low, high = 10**10 * 5, 10**10 * 60
    while high - low > 1:
        middle = (low + high) // 2
        first = Fraction(middle, 10**10)
        data = with_overrides(
            found.space.base.document.data,
            [((*path, 0, "share"), decimal(first)), ((*path, 1, "share"), decimal(100 - first))],
        )
        parts = fibre_parts(resolve(load_scenario(data), found.inventory))
        value = share(parts, lambda part: part.line.recycled, point, "conditioned")
        low, high = (middle, high) if value < Fraction(20, 100) else (low, middle)
    return Fraction(high, 10**10)


@pytest.mark.parametrize("point", ["product", "blend_input"])
def test_losses_decide_at_a_threshold(point, evaluator, tmp_path, packs):
    """Rows of one blend whose losses differ in the eighth digit lie on both sides of 20 %."""
    route = {"carding": {"loss": "5 %", "reclaimed": "60 %"}}
    if point == "product":
        base = scenario_dict(blend=WOOLS, route={"spinning-ring": route["carding"]})
        path, loss = ("blend",), "route.spinning-ring.loss"
    else:
        yarn = {"share": "50 %", "count": "Nm 10"}
        fresh = [{**WOOLS[1], "share": "85 %"}, {**WOOLS[0], "share": "15 %"}]
        base = scenario_dict(
            product={"type": "fabric", "name": "t", "construction": "woven",
                     "surface_mass": "300 g/m2"},
            yarns=[{"name": "a", "blend": WOOLS, "route": route, **yarn},
                   {"name": "b", "blend": fresh, **yarn}],
        )  # fmt: skip
        del base["blend"]
        path, loss = ("yarns", 0, "blend"), "yarns.a.route.carding.loss"
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    probe = evaluator({"base": "b.yaml", "grid": {loss: ["5 %"]}}, tmp_path)
    first = nearest_share(probe, path, point)
    heads = ",".join(dotted((*path, place, "share")) for place in (0, 1))
    (tmp_path / "t.csv").write_text(
        f"{heads}\n{decimal(first)},{decimal(100 - first)}\n", encoding="utf-8"
    )
    losses = ["4.9999999 %", "4.99999999 %", "5 %", "5.00000001 %", "5.0000001 %"]
    data = {"base": "b.yaml", "grid": {loss: losses}, "table": {"file": "t.csv"}}
    found = evaluator(data, tmp_path, ["climate_change"])
    rows = found.rows(0, 5)
    for row in range(5):
        agree(rows, row, found.one(row))
    signs = []
    for row in range(5):
        parts = fibre_parts(resolve(found.space.scenario(row), found.inventory))
        value = share(parts, lambda part: part.line.recycled, point, "conditioned")
        assert abs(value - Fraction(20, 100)) < Fraction(1, 10**9)
        signs.append(value >= Fraction(20, 100))
    assert set(signs) == {True, False}
    claim = [pack.claim for pack in packs].index("grs-content")
    assert (rows.verdicts[claim] == rows.verdicts[claim][0]).tolist() == [
        sign == signs[0] for sign in signs
    ]
