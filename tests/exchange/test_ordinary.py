"""What the ordinary methods make of an export: held against bw2io's own file and olca-schema."""

import json
import zipfile

import pytest
from exchange.plain import jsonld_inventory
from exchange.published import published

from lca_cardato.exchange.export import export
from lca_cardato.exchange.ordinary import Share, ordinary
from lca_cardato.lcia.flows import data_folder


@pytest.fixture(scope="module")
def shipped():
    """Methods of bw2io, read from its file as a whole: name -> code of the flow -> factor."""
    with zipfile.ZipFile(data_folder() / "lcia" / "lcia_39_ecoinvent.zip") as archive:
        data = json.loads(archive.read("data.json"))
    return {
        tuple(item["name"]): {row["input"][1]: row["amount"] for row in item["exchanges"]}
        for item in data
    }


def test_as_whoever_forgets_our_methods(shipped, tmp_path):
    """The inventory is read by olca-schema, the factors are those of bw2io; neither is ours."""
    result = published(tmp_path)
    file = tmp_path / "a.zip"
    system = export(result, str(file))
    found = ordinary(result, system)
    inventory, _ = jsonld_inventory(file)
    told = 0
    for item in found.shares:
        assert item.value == pytest.approx(system.scores[item.id], rel=1e-9), item.id
        if not item.method:
            assert item.ordinary is None and item.share is None
            continue
        factors = shipped[tuple(item.method)]
        expected = sum(amount * factors.get(code, 0.0) for code, amount in inventory.items())
        assert item.ordinary == pytest.approx(expected, rel=1e-9), item.id
        assert item.share == pytest.approx(expected / system.scores[item.id], rel=1e-9)
        told += item.differs
    by_id = {item.id: item for item in found.shares}
    climate = by_id["climate_change"]
    assert climate.ordinary + climate.published == pytest.approx(climate.value, rel=1e-9)
    assert climate.differs and climate.share < 0.9 and told >= 2
    assert {item.id for item in found.shares if not item.method} == {
        "water_withdrawn", "water_consumed"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("share", "differs"),
    [(None, False), (1.0, False), (0.99, False), (0.98999, True), (1.0101, False), (1.0102, True)],
)
def test_from_where_a_figure_is_another_one(share, differs):
    item = Share("climate_change", "", "kg", 1.0, ["EF v3.1"], share, share, 0.0)
    assert item.differs == differs
    if share:  # the last bit of a float decides nothing
        assert Share("", "", "", 1.0, [], share, share * (1 + 2e-16), 0.0).differs == differs


def test_export_says_it(command, tmp_path):
    """In both languages, with a warning, and whole in JSON."""
    published(tmp_path)
    scenario = tmp_path / "silk-blend.yaml"
    done = command("export", scenario, tmp_path / "a.zip", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["files"] == [str(tmp_path / "a.zip")] and told["format"] == "jsonld"
    assert told["ordinary"]["source"].startswith("bw2io ")
    by_id = {item["id"]: item for item in told["ordinary"]["shares"]}
    share = f"{by_id['climate_change']['share'] * 100:.1f}"
    for lang, sign, name, warning in (
        ("en", ".", "Climate change", "Warning: whoever takes the ordinary methods"),
        ("it", ",", "Cambiamento climatico", "Attenzione: chi prende i metodi ordinari"),
    ):
        done = command(
            "export", scenario, tmp_path / "a.zip", "--force", "--lang", lang, COLUMNS="80"
        )
        assert done.returncode == 0, done.stderr
        [row] = [line for line in done.stdout.splitlines() if line.startswith(name)]
        assert (
            share.replace(".", sign) + " %" in row
            and max(map(len, done.stdout.splitlines()[2:])) <= 80
        )
        assert warning in done.stderr and name in done.stderr
