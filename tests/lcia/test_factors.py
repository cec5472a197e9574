"""What bw2io carries, read by us, against what bw2io makes of it."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from lca_cardato.brightway.exchanges import UNIT_NAMES
from lca_cardato.lcia import factors
from lca_cardato.lcia.flows import data_folder, listed_flows
from lca_cardato.lcia.indicators import INDICATORS
from lca_cardato.lcia.methods import library

WRITE = """
import json, sys, bw2data, bw2io
bw2data.projects.set_current("flows")
bw2io.create_default_biosphere3()
nodes = [[n["code"], n["name"], list(n["categories"]), n["unit"]] for n in bw2data.Database("biosphere3")]
open(sys.argv[1], "w", encoding="utf-8").write(json.dumps(nodes))
"""


def test_elementary_flows_are_those_of_brightway(tmp_path):
    """Codes, names, categories and units of the biosphere that Brightway itself writes."""
    file, folder = tmp_path / "flows.json", tmp_path / "projects"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WRITE, str(file)], check=True, capture_output=True,
        env={**os.environ, "BRIGHTWAY2_DIR": str(folder), "PYTHONUTF8": "1"}, timeout=300,
    )  # fmt: skip
    theirs = {
        code: (name, tuple(parts), unit)
        for code, name, parts, unit in json.loads(file.read_text("utf-8"))
    }
    ours = {code: (*flow, UNIT_NAMES.get(unit, unit)) for code, flow, unit in listed_flows()}
    assert ours == theirs
    assert len({flow[:2] for flow in ours.values()}) == len(ours)  # a name stands for one flow


@pytest.fixture(scope="module")
def whole():
    with zipfile.ZipFile(data_folder() / "lcia" / factors.FILE) as archive:
        data = json.loads(archive.read("data.json"))
    return {tuple(item["name"]): item["exchanges"] for item in data}


def test_methods_are_found_one_by_one(whole):
    wanted = [*INDICATORS, *library().values()]
    for one, found in zip(wanted, factors.bundled(wanted)):
        if one.method is not None:
            assert found == {e["input"][1]: e["amount"] for e in whole[one.method]}, one.id
    assert sum(one.method is not None for one in wanted) > 100


def test_a_file_in_another_order_is_read_whole(whole, tmp_path, monkeypatch):
    names = list(whole)[:3]
    (tmp_path / "lcia").mkdir()
    items = [{"exchanges": whole[name], "name": list(name)} for name in names]
    with zipfile.ZipFile(tmp_path / "lcia" / factors.FILE, "w") as archive:
        archive.writestr("data.json", json.dumps(items))
    monkeypatch.setattr(factors, "data_folder", lambda: tmp_path)
    assert factors._methods({names[1]})[names[1]] == whole[names[1]]
