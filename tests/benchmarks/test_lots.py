"""A thousand lots of ten firms: time of the chain per sheet, with one doubled kilogram and one altered figure."""

import json
import time

import pytest
from audit.test_sign import pair
from conftest import ROOT
from cryptography.hazmat.primitives.asymmetric import ed25519
from lots.firms import chain_of, save, sheet_like

from lca_cardato.audit.chain import verify_chain
from lca_cardato.audit.lot import lot_sheet
from lca_cardato.audit.run import run_files
from lca_cardato.files.atomic import write_folder
from lca_cardato.lots.keys import pen

pytestmark = pytest.mark.benchmark
FIRMS, COUNTS = 10, (100, 1_000)


def test_a_sheet_of_a_long_chain_takes_no_longer(assessed, tmp_path, hold, tell):
    scenario = ROOT / "scenarios" / "recycled-wool-70.yaml"
    write_folder(tmp_path / "run", run_files(assessed("recycled-wool-70"), scenario, "en"))
    pair(tmp_path, "key", ed25519.Ed25519PrivateKey.generate())
    tree, ink = lot_sheet(tmp_path / "run", "1000"), pen(tmp_path / "key.pem", None)
    for count in COUNTS:
        place = tmp_path / str(count)
        (place / "keys").mkdir(parents=True)
        (place / "keys" / "all.pub").write_bytes((tmp_path / "key.pub").read_bytes())
        sheets = chain_of(tree, ink, FIRMS, count)
        save(sheets, place)
        used = next(one for one in sheets if one["upstream"])["upstream"][0]
        twice = sheet_like(tree, ink, "Another", "W-1", "10", upstream=[{**used, "kg": "1/1000"}])
        (place / "twice.json").write_text(json.dumps(twice), "utf-8")
        altered = place / "firm7" / "L7-3.json"
        changed = json.loads(altered.read_text("utf-8"))
        changed["footprint"]["whole"]["energy"]["value"] += 0.01
        altered.write_text(json.dumps(changed), "utf-8")

    def seconds(count):
        start = time.perf_counter()
        checks = {check.name: check.problems for check in verify_chain(tmp_path / str(count))}
        assert len(checks["chain_taken"]) == 1 and "L0-0" in checks["chain_taken"][0]
        assert len(checks["chain_read"]) == 1 and "L7-3" in checks["chain_read"][0]
        return time.perf_counter() - start

    def growth():
        few, many = seconds(COUNTS[0]), seconds(COUNTS[1])
        tell("chain of 1 000 lots", many, "s")
        return many / few / (
            COUNTS[1] / COUNTS[0]
        ), f"{few:.2f} s for 100 lots, {many:.2f} s for 1 000"

    hold("a sheet among 1 000 against one among 100", growth, at_most=1.25)
