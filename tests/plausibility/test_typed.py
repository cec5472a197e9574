"""Numbers as mills type them: thousands with a point are asked about, never read."""

import json

import pytest
from conftest import ROOT, with_papers

from lca_cardato.errors import InputError
from lca_cardato.space.load import load_space
from lca_cardato.text.number import QuantityError, parse_number
from lca_cardato.text.quantity import check_quantity, parse_quantity
from lca_cardato.text.thousands import as_thousands, plain, two_readings

SCENARIO = (ROOT / "scenarios/recycled-wool-70.yaml").read_text(encoding="utf-8")


def refused(text, unit="kg"):
    with pytest.raises(QuantityError) as error:
        parse_quantity(text, unit)
    return error.value


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("389.000 kg", "kg", "389 kg", "389000 kg"),
        ("163.000 kWh", "kWh", "163 kWh", "163000 kWh"),
        ("5.200 Sm3", "Sm3", "5.2 Sm3", "5200 Sm3"),
        ("12.345 kg", "kg", "12.3450 kg", "12345 kg"),
        ("1.200 km", "km", "1.2 km", "1200 km"),
        ("1.234 m³", "L", "1.2340 m³", "1234 m³"),
    ],
)
def test_a_total_in_groups_of_three_is_refused_with_both_readings(text, unit, low, high):
    error = refused(text, unit)
    assert error.code == "E115"
    assert low in error.suggestion and high in error.suggestion
    for proposal in (low, high):  # the cure is no trap
        assert parse_quantity(proposal, unit)
    with pytest.raises(QuantityError):
        check_quantity(text)


@pytest.mark.parametrize("text", ["0.250 kWh/kg", "1.234 kWh/kg", "1.20 kWh/kg", "12.3450 kWh/kg"])
def test_figures_per_kg_stay_what_they_are(text):
    assert float(parse_quantity(text, "kWh/kg").amount) == float(text.split()[0])


@pytest.mark.parametrize("text", ["0.250 kg", "1234.567 kg", "389 kg", "389.0 kg", "5.200 t"])
def test_numbers_with_one_reading_are_read(text):
    parse_quantity(text, "kg")


@pytest.mark.parametrize("text", ["1.234.567", "12.000.000", "+1.234.567"])
def test_more_groups_can_only_be_thousands(text):
    with pytest.raises(QuantityError) as error:
        parse_number(text)
    assert error.value.code == "E115" and text.replace(".", "") in error.value.suggestion


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("163,000", "163 or 163000"),
        ("5,200", "5.2 or 5200"),
        ("12,345", "12.3450 or 12345"),
        ("1,5", "write 1.5 "),
        ("0,250", "write 0.250 "),
        ("1.234,5", "write 1234.5 "),
        ("1,234.5", "write 1234.5 "),
        ("1,234,567", "write 1234567 "),
    ],
)
def test_the_cure_of_a_comma_is_no_trap(text, cure):
    with pytest.raises(QuantityError) as error:
        parse_number(text)
    assert error.value.code == "E101" and cure in error.value.suggestion
    for word in error.value.suggestion.replace(",", " ").split():
        assert not two_readings(word)


def test_the_cure_of_a_missing_unit_is_no_trap():
    error = refused("163.000")
    assert error.code == "E105" and "163 kg" in error.suggestion


@pytest.mark.parametrize("number", ["389.000", "5.200", "12.345", "100.100", "999.999"])
def test_plain_numbers_keep_their_value(number):
    assert float(plain(number)) == float(number) and not two_readings(plain(number))
    assert float(as_thousands(number)) == pytest.approx(1000 * float(number))


@pytest.fixture
def base(tmp_path):
    (with_papers(tmp_path) / "base.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


PATH = "route.carding.electricity.value"


@pytest.mark.parametrize(
    "part",
    [
        {"grid": {PATH: ["140.000 kWh", "163000 kWh"]}},
        {"grid": {PATH: {"from": "140.000 kWh", "to": "163000 kWh", "points": "3"}}},
        {"variants": {"a": {PATH: "140.000 kWh"}}},
        {
            "sample": {
                "points": "4",
                "seed": "1",
                "over": {PATH: {"from": "140.000 kWh", "to": "163000 kWh"}},
            }
        },
        {"table": {"file": "t.csv"}},
    ],
    ids=["grid", "range", "variant", "sample", "table"],
)
def test_spaces_and_tables_ask_too(base, part):
    (base / "t.csv").write_text(f"{PATH}\n140.000 kWh\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_space({"schema": "lca-cardato/space/1", "id": "s", "base": "base.yaml", **part}, base)
    assert [p.code for p in error.value.problems] == ["E115"]


def test_an_italian_table_that_says_so_is_read(base):
    rows = '"163.000 kWh"\n"163,125 kWh"\n'
    (base / "t.csv").write_text(f"{PATH}\n{rows}", encoding="utf-8")
    table = {"file": "t.csv", "separator": "semicolon", "decimal": "comma"}
    space = load_space(
        {"schema": "lca-cardato/space/1", "id": "s", "base": "base.yaml", "table": table}, base
    )
    assert space.axes[0].numbers.tolist() == [163000.0, 163.125]


def test_what_a_space_writes_is_read_again(base):
    """A drawn or spaced number may have three decimals by chance; it is not taken for thousands."""
    spread = {"from": "1 kWh", "to": "2 kWh", "points": "9"}
    space = load_space(
        {"schema": "lca-cardato/space/1", "id": "s", "base": "base.yaml", "grid": {PATH: spread}},
        base,
    )
    texts = [space.axes[0].text(index) for index in range(9)]
    assert texts[1] == "1.1250 kWh"
    assert [float(parse_quantity(t, "kWh").amount) for t in texts] == space.axes[0].numbers.tolist()


@pytest.mark.parametrize(
    ("typed", "cure", "never"),
    [
        ("163,000 kWh", "163 or 163000, whichever is meant", "write 163 ("),
        ("163000 kWh, for: 389,000 kg", "389 or 389000, whichever is meant", "163 for"),
        ("163000 kWh, for: 389.000,00 kg", "write 389000.00", "389 kg"),
        ("0,42 kWh/kg", "write 0.42", "163000"),
        ("163000 kWh, for: 389.000", "write 389 kg, or 389000 kg, whichever", "for instance"),
        ("163000 kWh, for: 389·000 kg", "write 389000", "unit"),
        ("163000 kWh, for: 0", "write for instance 1 kg", "0 kg"),
    ],
)
def test_the_cure_is_of_the_number_that_was_typed(command, tmp_path, typed, cure, never):
    text = SCENARIO.replace("163000 kWh, for: 389000 kg", typed)
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    done = command("validate", "s.yaml", cwd=tmp_path)
    told = [line for line in done.stderr.splitlines() if "route.carding" in line]
    assert done.returncode == 3 and len(told) == 1, done.stderr
    assert cure in told[0] and never not in told[0].partition("; write")[2]


def test_a_question_an_error_and_a_claim_name_a_figure_by_one_place(command, tmp_path):
    """The place is that of the value in the file; the key of the parameter stands in JSON alone."""
    place, key = "route.carding.loss.value", "yarn/carding.loss"
    path, run = tmp_path / "s.yaml", tmp_path / "run"
    with_papers(tmp_path)
    for typed, code in (("26.5 %", 0), ("6.5 kg", 3), ("99.9 %", 3)):
        path.write_text(SCENARIO.replace("loss: {value: 6.5 %", f"loss: {{value: {typed}"), "utf-8")
        done = command("assess", path, COLUMNS="400")
        assert done.returncode == code, done
        assert place in done.stdout + done.stderr and key not in done.stdout + done.stderr
    path.write_text(SCENARIO.replace("loss: {value: 6.5 %", "loss: {value: 26.5 %"), "utf-8")
    assert command("assess", path, "--out", run, COLUMNS="400").returncode == 0
    notice = next(
        item for item in json.loads((run / "result.json").read_text("utf-8"))["notices"]
        if item["key"] == key
    )  # fmt: skip
    assert notice["place"] == place and notice["text"].startswith(f"{place} (line ")
    done = command("claims", "check", path, COLUMNS="400")
    assert f"{place} (26.5 %)" in done.stdout
