"""The lot sheet of a run: what it says, what it keeps to itself, and what is refused."""

import copy
import json
import random
import re
import shutil
from fractions import Fraction

import jsonschema
import pytest
from audit.test_sign import pair
from conftest import ROOT
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from lca_cardato.audit.lot import lot_sheet
from lca_cardato.audit.run import run_files
from lca_cardato.errors import InputError
from lca_cardato.files.atomic import sha256, write_folder
from lca_cardato.lots.sheet import digest_of, read_sheet, sheet_of, text_of
from lca_cardato.lots.trust import KNOWN, UNKNOWN, UNSIGNED, trust_of

NAME, FABRIC, PROCESSOR = "recycled-wool-70", "recycled-fabric", "contract-spinner"
SCHEMA = json.loads((ROOT / "docs" / "lot.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def place(assessed, tmp_path_factory):
    """Runs of a yarn and a fabric, and two keys."""
    folder = tmp_path_factory.mktemp("lots")
    for name in (NAME, FABRIC, PROCESSOR):
        scenario = ROOT / "scenarios" / f"{name}.yaml"
        write_folder(folder / name, run_files(assessed(name), scenario, "en"))
    pair(folder, "key", ed25519.Ed25519PrivateKey.generate())
    pair(folder, "other", ec.generate_private_key(ec.SECP256R1()))
    return folder


@pytest.fixture(scope="module")
def made(place):
    return lot_sheet(place / NAME, "2500", "Lanificio Esempio", key=place / "key.pem")


def changed(made, *path, to):
    """A copy of a sheet with one value another; the digest stays."""
    tree = copy.deepcopy(made)
    node = tree
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = to
    return tree


def code_of(tree):
    with pytest.raises(InputError) as error:
        sheet_of(text_of(tree).encode(), "lot.json")
    return error.value.problems[0].code


def resealed(tree):
    return {**tree, "digest": digest_of(tree)}


def test_it_says_what_the_next_firm_needs(place, made):
    jsonschema.validate(made, SCHEMA)
    assert made["firm"] == {"name": "Filatura Esempio", "municipality": "Prato"}
    assert (made["batch_kg"], made["delivered"]["kg"]) == ("10000", "2500")
    wool = made["composition"][0]
    assert (wool["conditioned"], wool["origin"]) == ("7/10", "recycled_post_consumer")
    assert made["recycled"]["recycled_post_consumer"]["dry"] == wool["dry"] == "134470/197299"
    assert sum(Fraction(row["dry"]) for row in made["composition"]) == 1
    paper = (ROOT / "scenarios/documents/recycled-wool-70").glob("transaction-certificate*")
    assert wool["certificates"] == [sha256(next(paper).read_bytes())]
    result = json.loads((place / NAME / "result.json").read_text("utf-8"))
    whole = made["footprint"]["whole"]
    assert set(whole) == set(result["indicators"])
    climate = result["indicators"]["climate_change"]
    assert whole["climate_change"]["value"] == float(f"{climate['value']:.4g}")
    assert whole["climate_change"]["coverage"] == climate["coverage"]
    assert made["run"]["result_sha256"] == sha256((place / NAME / "result.json").read_bytes())
    assert 0 < made["footprint"]["own_stage"]["climate_change"]["value"] < 1
    assert made["standing"]["measured"] == "meets"


def test_a_square_metre_is_told_by_the_kilogram(place):
    sheet = lot_sheet(place / FABRIC, "5000")
    result = json.loads((place / FABRIC / "result.json").read_text("utf-8"))
    found = sheet["footprint"]["whole"]["climate_change"]["value"]
    assert found == pytest.approx(result["indicators"]["climate_change"]["value"] / 0.42, rel=1e-3)
    assert sheet["product"]["surface_mass_g_m2"] == "420"


def numbers_in(tree):
    """Every number of a sheet; digests and keys are none."""
    if isinstance(tree, dict):
        apart = {"digest", "signature", "sha256", "id", "issued", "lot"}
        for key, value in tree.items():
            if key not in apart and not key.endswith("_sha256"):
                yield from numbers_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from numbers_in(value)
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield float(tree)
    elif isinstance(tree, str) and re.fullmatch(r"[0-9]+(?:/[0-9]+|[.][0-9]+)?", tree):
        yield float(Fraction(tree))


METERED = ("electricity", "heat", "water_in", "water_out", "loss", "reclaimed", "chemicals")


@pytest.mark.parametrize("seed", range(3))
def test_no_reading_stands_in_it(seed, place, command, tmp_path):
    """Whatever the mill read: neither what it typed nor the figure that follows from it."""
    draw = random.Random(seed)
    text = (ROOT / "scenarios" / f"{NAME}.yaml").read_text("utf-8")

    def another(match):
        value = float(match[2]) * draw.uniform(0.93, 1.07)
        return f"{match[1]}{value:.5g}{match[3]}" if "e" not in f"{value:.5g}" else match[0]

    text = re.sub(r"((?:value|for): )([0-9.]+)( (?:kWh|MJ|L|g|kg|%|Sm3|m3))", another, text)
    shutil.copytree(ROOT / "scenarios" / "documents", tmp_path / "documents")
    (tmp_path / "yarn.yaml").write_text(text, "utf-8")
    done = command("assess", tmp_path / "yarn.yaml", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    sheet = lot_sheet(tmp_path / "run", "2500")
    result = json.loads((tmp_path / "run" / "result.json").read_text("utf-8"))
    secret = {
        row["value"]
        for row in result["parameters"]
        if row["origin"] == "scenario" and any(f".{kind}" in row["key"] for kind in METERED)
    }
    typed = re.findall(r"(?:value|for): ([0-9.]+) (?:kWh|MJ|L|kg|Sm3|m3)", text)
    secret |= {float(value) for value in typed}
    told = [x for x in secret if len(f"{x:.10g}".replace(".", "").strip("0")) > 2]
    assert len(told) > 8
    shown = list(numbers_in(sheet))
    assert [x for x in told if any(abs(x - y) <= 1e-5 * abs(x) for y in shown)] == []
    own = sheet["footprint"]["own_stage"]
    assert "energy" not in own and "water_withdrawn" not in own
    masses = json.loads((tmp_path / "run" / "claims.json").read_text("utf-8"))["fibres"]
    fresh = [float(Fraction(row["mass"]["blend_input/conditioned"])) for row in masses]
    assert not any(abs(x - y) < 1e-9 for x in fresh for y in shown)


def test_an_altered_figure_is_found(made):
    spot = ("footprint", "whole", "climate_change", "value")
    assert code_of(changed(made, *spot, to=1.0)) == "E382"
    assert code_of(resealed(changed(made, *spot, to=1.0))) == "E383"
    unsigned = {k: v for k, v in resealed(changed(made, *spot, to=1.0)).items() if k != "signature"}
    sheet_of(text_of(unsigned).encode(), "lot.json")  # nobody vouches for it, which is told


def test_somebody_elses_key_under_a_known_id_is_no_signature(place, made):
    other = lot_sheet(place / NAME, "2500", "Lanificio Esempio", key=place / "other.pem")
    forged = {**other, "signature": {**other["signature"], "keyid": made["signature"]["keyid"]}}
    assert code_of(forged) == "E383"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("schema",), "lca-cardato/lot/2", "E381"),
        (("schema",), "lca-cardato/run/3", "E380"),
        (("delivered", "kg"), "1e9", "E104"),
        (("delivered", "kg"), "0", "E103"),
        (("delivered", "kg"), 2500, "E104"),
        (("composition", 0, "conditioned"), "8/10", "E301"),
        (("recycled", "recycled_post_consumer", "dry"), "1", "E301"),
        (("composition", 0, "certificates"), ["0" * 64], "E222"),
        (("footprint", "whole", "climate_change", "value"), "3.6", "E219"),
        (("footprint", "whole", "climate_change", "coverage"), 1.2, "E219"),
        (("firm", "name"), "-", "E223"),
        (("steps", 0, "of"), 7, "E307"),
        (("reading",), 163000, "E206"),
    ],
)
def test_a_sheet_of_another_shape_is_refused(made, path, value, code):
    assert code_of(resealed(changed(made, *path, to=value))) == code


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{", b'{"schema": 1}', b"\xff\xfe", b"[" * 100_000, b'{"schema": NaN}',
     b'{"schema": "lca-cardato/lot/1", "schema": "x"}', b'{"schema": "lca-cardato/lot/1\\u001b"}'],
)  # fmt: skip
def test_hostile_bytes_are_refused(data, tmp_path):
    (tmp_path / "lot.json").write_bytes(data)
    with pytest.raises(InputError) as error:
        read_sheet(tmp_path / "lot.json")
    assert error.value.problems[0].code == "E380"


def test_a_folder_of_keys_tells_who_signed(place, made, tmp_path):
    sheet = sheet_of(text_of(made).encode(), "lot.json")
    assert trust_of(tmp_path / "none").standing(sheet) == UNKNOWN
    plain = lot_sheet(place / NAME, "2500")
    assert trust_of(tmp_path).standing(sheet_of(text_of(plain).encode(), "")) == UNSIGNED
    (tmp_path / "spinner.pub").write_bytes((place / "key.pub").read_bytes())
    assert trust_of(tmp_path).standing(sheet) == KNOWN
    assert trust_of(tmp_path).refused(sheet, "lot.json") is None
    key = made["signature"]["keyid"]
    (tmp_path / "revoked.txt").write_text(
        f"# lost in 2026\n{key.upper()}  # the old one\n", encoding="utf-8"
    )
    assert trust_of(tmp_path).refused(sheet, "lot.json").code == "E384"
    (tmp_path / "revoked.txt").write_text("the old key\n", encoding="utf-8")
    with pytest.raises(InputError):
        trust_of(tmp_path)


@pytest.mark.parametrize(
    ("kg", "code"), [("10000.001", "E385"), ("0", "E103"), ("2.500,0", "E101"), ("-5", "E103")]
)
def test_no_more_is_delivered_than_was_made(place, kg, code):
    with pytest.raises(InputError) as error:
        lot_sheet(place / NAME, kg)
    assert error.value.problems[0].code == code


def test_a_run_without_batch_has_no_sheet(place):
    with pytest.raises(InputError) as error:
        lot_sheet(place / PROCESSOR, "100")
    assert error.value.problems[0].code == "E385"


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_command_writes_it_once(place, command, tmp_path, lang):
    words = ["lot", place / NAME, "--kg", "10000", "--key", place / "key.pem", "--lang", lang]
    done = command(*words, "--out", tmp_path / "lot.json")
    assert done.returncode == 0, done.stderr
    assert read_sheet(tmp_path / "lot.json").signature.keyid in done.stdout
    again = command(*words, "--out", tmp_path / "lot.json")
    some = ["lot", place / NAME, "--kg", "1.234", "--lang", lang, "--out", tmp_path / "some.json"]
    assert " 1.234 kg" in command(*some).stdout  # no fraction is told to people
    assert again.returncode == 5 and "E503" in again.stderr
    assert command(*words, "--out", place / NAME / "lot.json").returncode == 5
    assert command(*words, "--out", tmp_path / "lot.txt").returncode == 3
