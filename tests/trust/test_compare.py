"""What is compared has one boundary and one declared unit; what else differs is told first."""

import json
import re
import shutil

import pytest
from conftest import ROOT, declared, scenario_dict, with_papers

from lca_cardato import api
from lca_cardato.errors import InputError

SCENARIOS = ROOT / "scenarios"
WOOL, CONTRACT, CLOTH = (
    SCENARIOS / f"{name}.yaml" for name in ("recycled-wool-70", "contract-spinner", "recycled-fabric")
)  # fmt: skip
BLEND = [{"fibre": "wool", "share": "100 %", "origin": "virgin"}]


def mill(name, **changes):
    """A mill of virgin wool; `declared` gives what a document is needed for."""
    data = {"traceability": {"method": "calendar_year", "year": 2025}, "blend": BLEND, **changes}
    return declared({**scenario_dict(**data), "id": name})


@pytest.mark.parametrize(
    "other, key, values",
    [
        (CONTRACT, "product.boundary", ("cradle_to_gate", "gate_to_gate")),
        (CLOTH, "product.type", ("1 kg", "1 m2")),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_another_boundary_or_unit_is_refused(command, tmp_path, other, key, values, turned):
    pair = [other, WOOL] if turned else [WOOL, other]
    report = tmp_path / "report.html"
    done = command("compare", *pair, "--samples", "50", "--json", "--report", report)
    assert (done.returncode, done.stdout) == (3, "") and not report.exists()
    assert f"E349 {key}: not comparable" in done.stderr
    assert all(value in done.stderr for value in values)
    with pytest.raises(InputError, match="not comparable"):
        api.compare(pair)


def test_everything_that_forbids_a_comparison_is_told_at_once(command):
    done = command("compare", WOOL, CONTRACT, CLOTH)
    assert done.returncode == 3 and done.stderr.count("E349") == 2


UNLIKE = {
    "production_year": {"traceability": {"method": "calendar_year", "year": 2024}},
    "grid": {"electricity": {"year": 2019}},
    "contract": {"electricity": {"photovoltaic": "10 %"}},
    "handling": {"blend": [{**BLEND[0], "handling": "economic"}]},
}


@pytest.mark.parametrize("kind", UNLIKE)
def test_other_years_contracts_and_methods_are_told(store, kind):
    other = mill("other", **UNLIKE[kind])
    document = api.compare([mill("first"), other], samples=50).to_dict()
    [told] = document["differences"]
    assert told["kind"] == kind and len(set(told["values"])) == 2
    assert all(value in told["text"] for value in told["values"])
    assert not document["same_basis"]
    pairs = [
        pair for item in document["uncertainty"]["indicators"].values() for pair in item["pairs"]
    ]
    assert all(pair["differs"] == [kind] for pair in pairs)


def test_same_basis_only_where_it_is_stated(store):
    same = api.compare([mill("first"), mill("second")]).to_dict()
    assert same["same_basis"] and same["differences"] == []
    unstated = mill("first", traceability=None), mill("second", traceability=None)
    assert not api.compare(unstated).to_dict()["same_basis"]
    half = api.compare([mill("first"), unstated[1]]).to_dict()
    assert [item["values"] for item in half["differences"]] == [["2025", "not stated"]]


@pytest.mark.parametrize("lang", ["en", "it"])
def test_it_stands_first_in_every_output(command, tmp_path, lang):
    said = {
        "en": ("NOT THE SAME BASIS", "same declared unit, boundary and data year", "No finding"),
        "it": ("BASI DIVERSE", "confini e anno dei dati", "Nessuna conclusione"),
    }[lang]
    for name, changes in (("first", {}), ("second", UNLIKE["grid"])):
        text = json.dumps(mill(name, **changes))
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    arguments = ("compare", "first.yaml", "second.yaml", "--samples", "50", "--lang", lang)
    files = [word for name in ("r.html", "r.xlsx") for word in ("--report", name)]
    done = command(*arguments, *files, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    for text in (" ".join(done.stdout.split()), " ".join(html.split())):
        assert said[0] in text and said[1] not in text and said[2] in text
    assert done.stdout.startswith(said[0])
    assert html.index(said[0]) < html.index("<table")
    from openpyxl import load_workbook

    cells = [c.value for s in load_workbook(tmp_path / "r.xlsx") for row in s for c in row]
    assert any(said[0] in str(value) for value in cells)
    assert not any(said[1] in str(value) for value in cells)


def test_stored_runs_of_another_basis(command, tmp_path, store):
    """`diff` says it first and gives no percentages of results; the page of `serve` refuses."""
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    for scenario, name in ((WOOL, "one"), (CLOTH, "two"), (CONTRACT, "three")):
        done = command("assess", scenario, "--out", tmp_path / name)
        assert done.returncode == 0, done.stderr
    for other, value in (("two", "declared_unit.unit: kg / m2"), ("three", "gate_to_gate")):
        done = command("diff", "one", other, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("NOT COMPARABLE") and value in done.stdout
        results = done.stdout.partition("\nresults")[2].partition("\nverdicts")[0]
        assert "not compared" in results and value in results and "%" not in results
        brief = api.diff(tmp_path / "one", tmp_path / other)
        assert "NOT COMPARABLE" in str(brief)
    done = command("diff", "one", "one", "--lang", "it", cwd=tmp_path)
    assert "CONFRONTABILI" not in done.stdout
    client = TestClient(make_app(tmp_path, "en", 8321), base_url="http://127.0.0.1:8321")
    page = client.get("/").text
    runs = dict.fromkeys(re.findall(r'<option value="([0-9a-f]+)"', page))
    assert len(runs) == 3
    one, two, _ = runs
    answer = client.get("/compare", params={"a": one, "b": two})
    assert answer.status_code == 400 and "not comparable" in answer.text
    assert client.get("/compare", params={"a": one, "b": one}).status_code == 200


def test_rows_of_another_boundary_are_told_and_not_ranked(command, tmp_path):
    """What parts the rows of a space is told first; a choice between them needs one of its values."""
    shutil.copy(ROOT / "scenarios/virgin-wool.yaml", tmp_path / "base.yaml")
    with_papers(tmp_path)
    lines = ["schema: lca-cardato/space/1", "id: two", "base: base.yaml", "grid:",
             "  product.boundary: [cradle_to_gate, gate_to_gate]",
             "  route.carding.loss: [5 %, 6 %]"]  # fmt: skip
    (tmp_path / "s.yaml").write_text("\n".join(lines), "utf-8")
    done = command("batch", "s.yaml", cwd=tmp_path, COLUMNS="200")
    assert done.returncode == 0 and "product.boundary is not the same in all rows" in done.stdout
    for words in (["--top", "1"], ["--by", "energy"], ["--pareto", "energy,climate_change"]):
        done = command("batch", "s.yaml", *words, cwd=tmp_path, COLUMNS="200")
        assert done.returncode == 3 and "E349" in done.stderr and not done.stdout, done
        for value in ("cradle_to_gate", "gate_to_gate"):
            chosen = ["--filter", f"product.boundary == {value}"]
            done = command("batch", "s.yaml", *words, *chosen, cwd=tmp_path, COLUMNS="200")
            assert done.returncode == 0 and "not the same in all rows" not in done.stdout, done
