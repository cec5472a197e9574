"""Further methods: shipped ones, one of a file, and what they count."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import ROOT

from lca_cardato import api
from lca_cardato.background.open import find_methods
from lca_cardato.brightway.condense import covers_indicator
from lca_cardato.brightway.extend import with_methods
from lca_cardato.errors import InputError
from lca_cardato.lcia.flows import FAMILIES
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.lcia.methods import groups, library, method_of

WOOL = ROOT / "scenarios" / "recycled-wool-70.yaml"
FILE = """\
schema: lca-cardato/method/1
id: carbon_only
name: Fossil carbon dioxide alone
unit: kg CO2
family: climate_change
source: own definition
factors:
  - {flow: "Carbon dioxide, fossil", compartment: air, factor: 1}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "carbon.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_the_list_is_sound():
    assert {"ipcc-2021", "recipe-2016-h", "ced", "en15804"} <= set(groups())
    assert not set(library()) & set(BY_ID)
    for one in library().values():
        assert one.family in (*FAMILIES, "")
        assert one.counts in (*BY_ID, "")
        assert one.method and one.unit and one.name


def test_published_factors(store):
    """Factors of IPCC 2021 (AR6, table 7.15) and ReCiPe 2016 stand in the store."""
    place = {flow: i for i, flow in enumerate(store.flows)}
    carbon, methane = (
        place[name, ("air",)] for name in ("Carbon dioxide, fossil", "Methane, fossil")
    )
    assert store.library["ipcc_2021_gwp100"][carbon] == 1
    assert store.library["ipcc_2021_gwp100"][methane] == pytest.approx(29.8)
    assert store.library["ipcc_2021_gwp20"][methane] == pytest.approx(82.5)
    assert store.library["recipe_2016_h_gwp100"][methane] == pytest.approx(36)


def test_further_methods_change_no_indicator(store, inventory):
    wider = with_methods(store, inventory, find_methods(list(groups())))
    count = len(store.background.indicators)
    for name in ("scores", "assumed", "covered", "weight", "covered_climate"):
        assert np.array_equal(
            getattr(wider.background, name)[:, :count], getattr(store.background, name)
        )
    assert len(wider.background.indicators) == count + len(library())


def test_methods_that_are_defined_alike_agree(home):
    """EN 15804's acidification is that of EF 3.1; CED total is our energy; AR6 counts the same."""
    result = api.assess(WOOL, methods=["en15804_acidification", "ced_total", "ipcc_2021_gwp100"])
    assert result.score("en15804_acidification") == pytest.approx(
        result.score("acidification"), rel=1e-9
    )
    assert result.score("ced_total") == pytest.approx(result.score("energy"), rel=1e-9)
    assert result.score("ipcc_2021_gwp100") == pytest.approx(
        result.score("climate_change"), rel=5e-3
    )
    rows = {row["id"]: row for row in result.to_dict()["methods"]}
    assert rows["ced_total"]["coverage"] == pytest.approx(
        result.to_dict()["indicators"]["energy"]["coverage"]
    )
    assert result.deviation < 1e-9


def test_a_published_result_counts_only_in_methods_that_are_defined_alike(inventory):
    """One of climate change counts in GWP100 of the same indicator, and in no GWP20."""
    figure = next(d for d in inventory.datasets.values() if d.exchanges)
    published = figure.model_copy(
        update={
            "kind": "published_result", "exchanges": [], "inventoried_for": ["climate_change"],
            "results": {"climate_change": figure.exchanges[0]},
        }
    )  # fmt: skip
    other = replace(inventory, datasets={"made-up": published})
    covered = [
        covers_indicator(other, "made-up", one)
        for one in (BY_ID["climate_change"], BY_ID["energy"],
                    library()["ipcc_2021_gwp100"], library()["ipcc_2021_gwp20"])
    ]  # fmt: skip
    assert covered == [True, False, True, False]


def test_a_file_of_ones_own(home, file, store):
    result = api.assess(WOOL, methods=[str(file)])
    background = result.background
    column = background.indicators.index("carbon_only")
    flow = background.rows["Carbon dioxide, fossil", ("air",)]
    assert background.scores[flow, column] == 1
    dataset = background.rows["natural-gas-burned"]
    climate = background.scores[dataset, background.indicators.index("climate_change_fossil")]
    assert 0 < background.scores[dataset, column] < climate


def test_uncertainty_and_batch_take_methods(home, file, monkeypatch):
    spread = api.uncertainty(WOOL, samples=200, methods=[str(file), "ipcc_2021_gwp100"])
    table = spread.table()
    assert list(table.index[-2:]) == ["carbon_only", "ipcc_2021_gwp100"]
    assert table.loc["ipcc_2021_gwp100", "unit"] == "kg CO2-eq"
    space = {
        "schema": "lca-cardato/space/1", "id": "s", "base": "scenarios/recycled-wool-70.yaml",
        "grid": {"route.carding.loss.value": ["5 %", "6 %"]},
    }  # fmt: skip
    monkeypatch.chdir(ROOT)
    found = api.batch(space, methods=["ced_total"], check=2)
    assert found.table()["ced_total"].tolist() == pytest.approx(found.table()["energy"].tolist())


def test_round_trip(file):
    for method in find_methods([str(file), "ced_total"]):
        again = method_of(method.to_dict())
        assert again.indicator.id == method.indicator.id
        assert again.factors == method.factors


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Carbon dioxide, fossil", "Carbon dioxide, fosil", "E307"),
        ("factor: 1}", "factor: one}", "E104"),
        ("id: carbon_only", "id: Carbon only", "E219"),
        ("unit: kg CO2\n", "", "E213"),
        (
            "factor: 1}\n",
            'factor: 1}\n  - {flow: "Carbon dioxide, fossil", compartment: air, factor: 2}\n',
            "E201",
        ),
    ],
)
def test_bad_files(file, old, new, code):
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        find_methods([str(file)])
    assert code in {p.code for p in caught.value.problems}


def test_unknown_names(file):
    with pytest.raises(InputError) as caught:
        find_methods(["recipe-2016"])
    assert "recipe-2016-" in caught.value.problems[0].suggestion
    file.write_text(FILE.replace("carbon_only", "climate_change"), encoding="utf-8")
    with pytest.raises(InputError, match="E201"):
        find_methods([str(file)])


def test_a_run_with_methods_reproduces(command, file, tmp_path):
    run = tmp_path / "run"
    options = ["--method", file, "--method", "recipe-2016-endpoint-h"]
    assert command("assess", WOOL, "--out", run, *options).returncode == 0
    file.unlink()
    done = command("reproduce", run)
    assert (done.returncode, "byte by byte" in done.stdout) == (0, True), done.stderr
    shown = command("explain", run, "carbon_only")
    assert "Fossil carbon dioxide alone" in shown.stdout


def test_the_list_on_the_terminal(command):
    done = command("methods", "ipcc", "fossil")
    assert done.returncode == 0
    assert "ipcc_2021_gwp100_fossil" in done.stdout and "recipe" not in done.stdout
