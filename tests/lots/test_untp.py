"""The lot sheet as a credential, read by a validator that is not ours."""

import json
import subprocess
import sys

import pytest
from audit.test_sign import pair
from conftest import ROOT
from cryptography.hazmat.primitives.asymmetric import ed25519

from lca_cardato.audit.lot import lot_sheet
from lca_cardato.audit.run import run_files
from lca_cardato.audit.untp import credential
from lca_cardato.errors import InputError
from lca_cardato.files.atomic import write_folder


@pytest.fixture(scope="module")
def sheets(assessed, tmp_path_factory):
    """Signed sheets of a yarn and of a fabric."""
    folder = tmp_path_factory.mktemp("untp")
    pair(folder, "key", ed25519.Ed25519PrivateKey.generate())
    found = {}
    for name in ("recycled-wool-70", "recycled-fabric", "virgin-wool"):
        write_folder(
            folder / name, run_files(assessed(name), ROOT / f"scenarios/{name}.yaml", "en")
        )
        found[name] = lot_sheet(folder / name, "500", key=folder / "key.pem")
    return found


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric", "virgin-wool"])
def test_an_independent_validator_finds_no_error(sheets, name, lang, tmp_path):
    pytest.importorskip("dppvalidator")
    file = tmp_path / "lot.jsonld"
    file.write_text(json.dumps(credential(sheets[name], lang)), "utf-8")
    code = "from dppvalidator.cli.main import main; import sys; sys.exit(main())"
    words = ["validate", str(file), "--format", "json", "--schema-version", "0.7.0"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    told = told[0] if isinstance(told, list) else told
    assert told["valid"] is True and not told["errors"]


def test_it_holds_what_the_sheet_says(sheets):
    sheet = sheets["recycled-wool-70"]
    made = credential(sheet)
    product = made["credentialSubject"]
    assert product["batchNumber"] == sheet["lot"]
    assert product["dimensions"]["weight"] == {"value": 500.0, "unit": "KGM"}
    claims = {one["id"].rpartition(":")[2]: one for one in product["performanceClaim"]}
    climate = claims["footprint"]["claimedPerformance"][0]
    assert climate["measure"] == {
        "value": sheet["footprint"]["whole"]["climate_change"]["value"], "unit": "KGM"
    }  # fmt: skip
    shares = [row["measure"]["value"] for row in claims["recycled"]["claimedPerformance"]]
    assert shares == [70.0, pytest.approx(68.1554392)]
    assert product["characteristics"]["composition"] == sheet["composition"]
    assert "compliance" in product["description"]
    assert "materialProvenance" not in product  # the country of each fibre is not known
    assert sheet["digest"] in product["id"]


def test_a_country_is_not_invented(sheets):
    with pytest.raises(InputError):
        credential(
            {**sheets["virgin-wool"], "firm": {"name": "A mill", "municipality": "Atlantis"}}
        )
