"""What real files hold and we have not: datasets that say what they lack; waste by ecoinvent's names; units."""

import csv
from pathlib import Path

import numpy as np
import pytest
import yaml
from foreign_files import ABOUT, CARBON, MADE, workbook

from lca_cardato.brightway.condense import Numbers, condense
from lca_cardato.errors import CardatoError
from lca_cardato.exchange.foreign_units import factor_to, own_unit
from lca_cardato.exchange.take import import_process
from lca_cardato.exchange.wastes import is_waste
from lca_cardato.inventory.load import load_inventory
from lca_cardato.lcia.indicators import INDICATORS
from lca_cardato.text.number import QuantityError

STEEL = ["market for steel", 3, "kilogram", "GLO", None, "technosphere", "steel"]


def taken(file, tmp_path, **options):
    to = tmp_path / "own" / "a.yaml"
    to.unlink(missing_ok=True)
    found = import_process(file, to, **{"allow_unmatched": True, **options})
    return found, load_inventory(extra=to.parent)


def test_a_process_of_which_nothing_is_known_comes_in_empty_and_says_so(tmp_path, command):
    """Refused without --allow-unmatched, which the refusal names; then it lacks its inputs by name."""
    file = workbook(tmp_path / "a.xlsx", [*MADE, STEEL], ABOUT)
    with pytest.raises(CardatoError, match="E307"):
        import_process(file, tmp_path / "b.yaml")
    found, inventory = taken(file, tmp_path)
    dataset = inventory.datasets["spun-things"]
    assert found.empty and dataset.exchanges == [] and dataset.inventoried_for == []
    assert dataset.lacks == ["market for steel (1.5 kg)"]
    done = command("import", file, "--to", tmp_path / "c.yaml", "--allow-unmatched")
    assert done.returncode == 0 and "NOTHING of spun-things is known here" in done.stdout


@pytest.mark.parametrize(
    ("rows", "lacks"), [([], "the file gives none"), ([[*STEEL[:1], 0, *STEEL[2:]]], "are 0")]
)
def test_a_process_without_exchanges_lacks_them_all(rows, lacks, tmp_path):
    file = workbook(tmp_path / "a.xlsx", [*MADE, *rows], ABOUT)
    _, inventory = taken(file, tmp_path)
    assert lacks in inventory.datasets["spun-things"].lacks[0]
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "b.yaml")
    assert [p.code for p in caught.value.problems] == ["E317"]
    assert "--allow-unmatched" in caught.value.problems[0].suggestion


@pytest.mark.parametrize(
    ("change", "told"),
    [({"lacks": []}, "says in `lacks`"), ({"inventoried_for": ["climate_change"]}, "inventoried for nothing")],
)  # fmt: skip
def test_an_empty_dataset_claims_nothing(change, told, tmp_path):
    taken(workbook(tmp_path / "a.xlsx", [*MADE, STEEL], ABOUT), tmp_path)
    file = tmp_path / "own" / "a.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["datasets"]["spun-things"].update(change)
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(CardatoError, match=told):
        load_inventory(extra=file.parent)


def test_the_coverage_of_what_takes_an_empty_dataset_is_0(tmp_path):
    """One kg of a dataset with 5 kg CO2 of its own and 1 kg of what lacks everything: 5 of unknown."""
    _, inventory = taken(workbook(tmp_path / "a.xlsx", [*MADE, STEEL], ABOUT), tmp_path)
    known = next(key for key, one in inventory.datasets.items() if "climate_change" in one.inventoried_for
                 and one.kind == "unit_process")  # fmt: skip
    ids = [known, "spun-things"]
    for link, expected in ((0.0, 1.0), (-1.0, 0.0)):
        numbers = Numbers(ids, [("CO2", ("air",))], np.array([[1.0, 0.0], [link, 1.0]]),
                          np.array([[5.0, 0.0]]), np.ones((1, 1)))  # fmt: skip
        climate = [one for one in INDICATORS if one.id == "climate_change"]
        arrays = condense(inventory, numbers, {}, climate, np.ones(1))
        assert arrays["covered"][0, 0] / arrays["weight"][0, 0] == expected
        assert arrays["covered_climate"][0, 0] / arrays["climate"][0] == expected


def test_the_same_exchange_twice_is_one_sum(tmp_path):
    """Two equal rows are both meant; a distribution of one is not that of the sum, and is told."""
    row = [*CARBON, None, 2, 1.0986, 0.1]
    file = workbook(tmp_path / "a.xlsx", [*MADE, row, row, row], ABOUT)
    found, inventory = taken(file, tmp_path)
    (exchange,) = inventory.datasets["spun-things"].exchanges
    assert float(exchange.amount) == pytest.approx(4.5)
    assert exchange.uncertainty.distribution == "none"
    assert any("keeps no distribution" in text for text in found.left_out)


@pytest.mark.parametrize(
    ("name", "product", "waste"),
    [("market for brake wear emissions, passenger car", "brake wear emissions, passenger car", True),
     ("market for brake wear emissions, passenger car", "", True),
     ("treatment of aluminium scrap, new, at refiner", "aluminium, cast alloy", False),
     ("treatment of sewage sludge, landfill", "sewage sludge", True),
     ("market for cement, blast furnace slag 35-70%", "cement, blast furnace slag 35-70%", False),
     ("market for soda ash, light", "soda ash, light", False),
     ("market for waste wool", "waste wool", True)],
)  # fmt: skip
def test_waste_by_the_names_of_ecoinvent(name, product, waste, tmp_path):
    """What is no waste is a credit below 0: booked as a treatment it would be a burden in silence."""
    assert is_waste(name, product) == waste
    file = workbook(
        tmp_path / "a.xlsx",
        [*MADE, CARBON, [name, -1, "kilogram", "GLO", None, "technosphere", product]],
        ABOUT,
    )
    if waste:
        assert not taken(file, tmp_path)[0].empty
    else:
        with pytest.raises(CardatoError, match="E314"):
            taken(file, tmp_path)


def test_an_area_is_no_area_times_time():
    with pytest.raises(QuantityError, match="acre does not convert to m2"):
        factor_to("acre", "m2*year")


def test_gas_of_older_ecoinvent_is_in_m3(tmp_path):
    """The same flow by its UUID, m3 until 3.8 and Sm3 in 3.9, without a factor."""
    gas = [
        "Gas, natural, in ground",
        4,
        "cubic meter",
        None,
        "natural resource::in ground",
        "biosphere",
    ]
    found, inventory = taken(workbook(tmp_path / "a.xlsx", [*MADE, gas], ABOUT), tmp_path)
    (exchange,) = inventory.datasets["spun-things"].exchanges
    assert (float(exchange.amount), exchange.unit) == (2.0, "Sm3")
    assert any("randonneur_data" in text for text in found.account.entries[0].told)


def test_water_is_counted_in_kg_or_m3(tmp_path):
    file = workbook(
        tmp_path / "a.xlsx", [*MADE, ["Water", 3000, "kilogram", None, "air", "biosphere"]], ABOUT
    )
    found, inventory = taken(file, tmp_path)
    assert float(inventory.datasets["spun-things"].exchanges[0].amount) == 1.5
    assert any("1000 kg to 1 m3" in text for text in found.account.entries[0].told)


@pytest.mark.parametrize(
    ("unit", "own"),
    [("bike", True), ("trip", True), ("ton", False), ("kilogramm", False), ("", False)],
)
def test_a_unit_that_the_file_alone_knows_is_counted_in_units(unit, own, tmp_path):
    """A slip for a unit of ours is none of them."""
    assert own_unit(unit) == own
    made = [[*MADE[0][:2], unit, *MADE[0][3:]], CARBON]
    file = workbook(tmp_path / "a.xlsx", made, [["unit", ""], *ABOUT])
    if own:
        _, inventory = taken(file, tmp_path)
        assert inventory.datasets["spun-things"].product.unit == "unit"
        assert f"1 unit of the product is 1 {unit}" in inventory.datasets["spun-things"].note
    elif unit:
        with pytest.raises(CardatoError, match="E308"):
            taken(file, tmp_path)


def test_the_page_lists_the_real_files_that_were_read():
    root = Path(__file__).parents[2]
    page = (root / "docs" / "exchange.md").read_text(encoding="utf-8")
    listed = (root / "tests" / "exchange" / "real" / "repositories.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(listed.splitlines()):
        assert (
            f"| {row['repository']} | {row['commit'][:7]} | {row['workbooks']} | {row['packages']} |"
            in page
        )
