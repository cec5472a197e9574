"""Flows between processes: balanced at every node, and those of the flow chart and the scores."""

import csv
from collections import defaultdict
from fractions import Fraction

import pytest

from lca_cardato.exchange.export import export
from lca_cardato.exchange.sankey import rows
from lca_cardato.exchange.system import Edge, Flow, Method, Process, ProductSystem
from lca_cardato.studies.material import of_assessment


def process(code, *edges):
    made = [Edge(target, amount, target == "co2") for target, amount in edges]
    return Process(code, f"the {code}", code, "kg", "IT", "", "", made)


def test_by_hand():
    """A loop, and fibre that returns: (1 - 1/20) a = 3 - 1/50, b = a/10 - 1/5, burdens likewise."""
    system = ProductSystem(
        "x", "x", "1 kg", "product",
        [process("product", ("a", 3.0), ("b", -0.2)), process("a", ("b", 0.1), ("co2", 2.0)),
         process("b", ("a", 0.5), ("co2", 1.0))],
        [Flow("co2", "co2", ["air"], "kg", False)], [],
        [Method("climate", "Climate", "kg CO2-eq", {"co2": 10.0})], {},
    )  # fmt: skip
    # supplies: a = 3 + b/2, b = a/10 - 1/5; burdens per kg: sa = 20 + sb/10, sb = 10 + sa/2
    a = Fraction(29, 10) / Fraction(19, 20)
    b = a / 10 - Fraction(1, 5)
    sa = Fraction(21) / Fraction(19, 20)
    sb = 10 + sa / 2
    whole = 3 * sa - sb / 5
    found = {(r[6], r[7], r[4]): r for r in rows(system, "nature")}
    expected = {
        ("a", "product", "amount"): 3, ("product", "b", "amount"): Fraction(1, 5),
        ("b", "a", "amount"): a / 10, ("a", "b", "amount"): b / 2,
        ("direct", "a", "climate"): 20 * a, ("direct", "b", "climate"): 10 * b,
        ("a", "product", "climate"): 3 * sa, ("product", "b", "climate"): sb / 5,
        ("b", "a", "climate"): a / 10 * sb, ("a", "b", "climate"): b / 2 * sa,
    }  # fmt: skip
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        row = found[key]
        assert row[2] == pytest.approx(float(value), rel=1e-12), key
        share = None if key[2] == "amount" else pytest.approx(float(value / whole), rel=1e-12)
        assert row[5] == share
    assert found["direct", "a", "climate"][:2] == ("nature", "the a")
    assert found["a", "product", "amount"][3] == "kg"
    assert found["a", "product", "climate"][3] == "kg CO2-eq"


@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric"])
def test_it_is_the_flow_chart_and_the_scores(assessed, tmp_path, name):
    result = assessed(name)
    file = tmp_path / "flows.csv"
    system = export(result, str(file))
    with file.open(encoding="utf-8", newline="") as text:
        table = list(csv.DictReader(text))
    into, out = defaultdict(float), defaultdict(float)
    for row in table:
        value = float(row["value"])
        assert value > 0 and row["source"] and row["target"]
        assert row["source_id"] != row["target_id"] or not row["source_id"].startswith("fg/")
        into[row["indicator"], row["target_id"]] += value
        out[row["indicator"], row["source_id"]] += value
    for method in system.methods:
        whole = system.scores[method.id]
        assert into[method.id, "product"] - out[method.id, "product"] == pytest.approx(
            whole, rel=1e-9
        )
        for code in {p.code for p in system.processes} - {"product"}:
            left = into[method.id, code] - out[method.id, code]
            assert left == pytest.approx(0, abs=1e-9 * max(abs(whole), into[method.id, code]))
    # the flow chart: what goes into a step, and what of its loss goes back into the mixture
    masses = [
        row for row in table
        if row["indicator"] == "amount" and {row["source_id"][:3], row["target_id"][:3]} == {"fg/"}
    ]  # fmt: skip
    level = {f"fg/{p.key}": i for i, p in enumerate(result.main.system.activities)}
    for step in of_assessment(result, "en").document["mass_balance"]["steps"]:
        code = f"fg/{step['key']}"
        onwards = [r for r in masses if level[r["source_id"]] < level[r["target_id"]]]
        back = [r for r in masses if level[r["source_id"]] > level[r["target_id"]]]
        taken = sum(float(r["value"]) for r in onwards if r["target_id"] == code)
        returned = sum(float(r["value"]) for r in back if r["source_id"] == code)
        assert taken == pytest.approx(step["in"], rel=1e-9), code
        assert returned == pytest.approx(step["rework"], rel=1e-9, abs=1e-12), code


def test_names_are_told_in_the_language_and_harm_no_spreadsheet(assessed, tmp_path):
    file = tmp_path / "flussi.csv"
    export(assessed("virgin-wool"), str(file), lang="it")
    text = file.read_text(encoding="utf-8")
    assert "natura: emissioni e risorse dirette" in text and "Cardatura" in text
    export(assessed("virgin-wool"), str(file), force=True)
    assert "nature: direct emissions and resources" in file.read_text(encoding="utf-8")
    with file.open(encoding="utf-8", newline="") as table:
        assert not [
            c for row in csv.reader(table) for c in row[:2] if c[:1] in ("=", "+", "-", "@")
        ]
