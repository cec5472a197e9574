"""Verdicts on arrays are those of `lca_cardato.claims.evaluate`."""

from fractions import Fraction

import numpy as np
import pytest
from conftest import A_DIGEST, scenario_dict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lca_cardato.batch.evaluate import contents, verdicts_of
from lca_cardato.batch.examined import of_questions
from lca_cardato.claims.blend import Content
from lca_cardato.claims.evaluate import evaluate, standing
from lca_cardato.claims.outcome import ORDER
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.claims.shares import fibre_parts, parts_of, share, share_with_rework
from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import build_system, parameter_values
from lca_cardato.scenario.load import load_scenario

PACKS = [pack for pack, _ in shipped_packs()]
ORIGINS = ("virgin", "recycled_post_consumer", "recycled_pre_consumer", "undeclared")


def on_arrays(model, inventory):
    parts = fibre_parts(model)
    system = build_system(model, parameter_values(model))
    fibres = contents(model, system, lambda _: parts)
    held = of_questions(model.questions).held
    shares, verdicts = verdicts_of(fibres, standing(model, inventory, PACKS), 1, held)
    return shares, {key: ORDER[value[0]] for key, value in verdicts.items()}


@st.composite
def blends(draw, rework=True):
    """Shares on or beside the thresholds of the packs."""
    edge = Fraction(draw(st.sampled_from([5, 20, 25, 30, 50, 60, 65, 70, 90])))
    gap = draw(st.sampled_from([0, 1, -1])) * Fraction(1, 10 ** draw(st.sampled_from([0, 9, 12])))
    back = Fraction(draw(st.sampled_from([0, 0, 0, 2]))) if rework else Fraction(0)
    first = (edge + gap) * (100 - back) / 100
    rest = 100 - back - first
    second = rest * draw(st.sampled_from([1, Fraction(1, 2), Fraction(1, 4)]))
    lines = []
    fibres = ["wool", draw(st.sampled_from(["wool", "polyester"])), "polyamide"]
    for fibre, amount in zip(fibres, (first, second, rest - second)):
        if not amount:
            continue
        origin = draw(st.sampled_from(ORIGINS[:2] if fibre == "polyamide" else ORIGINS))
        line = {"fibre": fibre, "share": _percent(amount), "origin": origin}
        for key, options in (("document", [None, "tc", "x.pdf"]), ("lot", [None, "A"])):
            value = draw(st.sampled_from(options))
            if value:
                line[key] = value
        lines.append(line)
    if back:
        lines.append({"origin": "in_process_rework", "share": _percent(back)})
    return lines


def _percent(number):
    scaled = number * 10**20
    assert scaled.denominator == 1
    return f"{scaled.numerator // 10**20}.{scaled.numerator % 10**20:020d} %"


LOSSES = st.sampled_from([
    {},
    {step: {"loss": "3 %", "reclaimed": "0 %"}
     for step in ("blending", "carding", "spinning-ring", "winding")},
    {"carding": {"loss": "20 %"}},
])  # fmt: skip


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    blends(), LOSSES, st.sampled_from([None, "1000 kg", "0 kg"]),
    st.sampled_from(["producer", "contract_processor"]), st.sampled_from([None, "2024-12-31"]),
    st.sampled_from(["700 kg", "1e6 kg", None]), st.sampled_from(["A", "B", None]),
)  # fmt: skip
def test_one_yarn(inventory, blend, route, batch, role, valid, mass, lot):
    document = {"kind": "declaration", "valid_until": valid, "mass": mass, "lot": lot,
                "issuer": "a", "date": "2024-12-30", "sha256": A_DIGEST}  # fmt: skip
    data = scenario_dict(
        blend=blend, route=route,
        documents={"tc": {key: value for key, value in document.items() if value}},
        traceability={"method": "lots", "year": "2025", "document": "r"},
    )  # fmt: skip
    data["company"]["role"] = role
    if batch:
        data["product"]["batch"] = batch
    try:
        model = resolve(load_scenario(data), inventory)
    except InputError:
        assume(False)
    shares, found = on_arrays(model, inventory)
    assert found == {pack.id: evaluate(pack, model, inventory, {}).verdict for pack in PACKS}
    parts = fibre_parts(model)
    for name, value in shares.items():
        kind, point, basis = name.split("/")
        exact = share(parts, lambda p, k=kind: p.line.recycled if k == "recycled" else p.carded,
                      point, basis)  # fmt: skip
        assert float(value) == pytest.approx(float(exact), abs=1e-13)


@settings(max_examples=50, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    st.sampled_from(["60", "59.9999999999", "60.0000000001", "40", "25"]), blends(rework=False),
    blends(), st.sampled_from(["worsted", "woollen"]), st.sampled_from([{}, {"carding": {"use": "no"}}]),
)  # fmt: skip
def test_two_yarns(inventory, carded, one, other, system, route):
    def yarn(name, part, blend, **more):
        return {"name": name, "share": f"{part} %", "count": "Nm 10", "blend": blend, **more}

    rest = _percent(100 - Fraction(carded)).removesuffix(" %")
    data = scenario_dict(
        product={"type": "fabric", "name": "t", "construction": "woven",
                 "surface_mass": "300 g/m2"},
        yarns=[yarn("a", carded, other), yarn("b", rest, one, system=system, route=route)],
        documents={"tc": {"kind": "declaration"}},
    )  # fmt: skip
    del data["blend"]
    try:
        model = resolve(load_scenario(data), inventory)
    except InputError:
        assume(False)
    _, found = on_arrays(model, inventory)
    assert found == {pack.id: evaluate(pack, model, inventory, {}).verdict for pack in PACKS}


class Decided:
    """Exact masses that are numbers here; notes which rows were asked for."""

    def __init__(self, codes):
        self.asked, self.groups = [], np.array(codes)

    def __call__(self, row):
        self.asked.append(row)
        return row

    def codes(self, rows, point):
        return self.groups[rows]


def test_floats_decide_only_where_they_are_beyond_doubt():
    gaps = np.array([1e-10, -1e-10, 0.0, 1e-9, 2e-9, -2e-9, 0.5, -1e-10])
    exact = Decided([0, 1, 2, 3, 4, 5, 6, 1])
    many = Content(None, [], exact, exact.codes)
    decided = {0: -1, 1: 1, 2: 0, 3: -1}
    found = many.compared(gaps, Fraction(0), lambda row: Fraction(decided[row]))
    assert found.tolist() == [-1, 1, 0, -1, 1, -1, 1, 1]
    assert sorted(exact.asked) == [0, 1, 2, 3]
    one = Decided([0])
    alone = Content(None, [], one)
    assert alone.compared(0.25, Fraction(0), lambda row: Fraction(-1)) == 1
    assert one.asked == []
    assert alone.compared(1e-12, Fraction(0), lambda row: Fraction(-1)) == -1
    assert alone.compared(np.float64(-1e-12), Fraction(0), lambda row: Fraction(0)) == 0


def test_masses_are_those_of_the_exact_parts(inventory):
    data = scenario_dict(blend=[
        {"fibre": "wool", "share": "67 %", "origin": "recycled_post_consumer"},
        {"fibre": "polyamide", "share": "30 %", "origin": "virgin"},
        {"origin": "in_process_rework", "share": "3 %"},
    ])  # fmt: skip
    model = resolve(load_scenario(data), inventory)
    parts = fibre_parts(model)
    system = build_system(model, parameter_values(model))
    for part, exact in zip(parts_of(model, system.yarn_flows, system.fabric_flows), parts):
        assert part.rework > 0 and part.spun < 0
        assert part.fresh == pytest.approx(float(exact.fresh), rel=1e-14)
        assert part.product == pytest.approx(float(exact.product), rel=1e-14)
        assert part.rework == pytest.approx(float(exact.rework), rel=1e-13)
    assert share_with_rework(parts, "dry") > share(
        parts, lambda p: p.line.recycled, "blend_input", "dry"
    )
