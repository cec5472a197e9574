"""Bills, curves, registers and lot sheets are read as they come, to the last digit."""

import datetime
import io
from decimal import Decimal
from fractions import Fraction as F

import pytest
from meter_files import BANDS, GAS, LOTS, OCTOBER, POD, WATER, days, long, wide

from lca_cardato.errors import InputError
from lca_cardato.meters.cells import clock_changes, decimal_of, month
from lca_cardato.meters.mapping import Mapping
from lca_cardato.meters.propose import described, mapping_text
from lca_cardato.meters.read import read_meters
from lca_cardato.meters.spans import summed
from lca_cardato.text.period import parse_period
from lca_cardato.text.yamltree import parse_document

YEAR = parse_period("2025")
HOURS = F(8760)


def read(data, **mapping):
    data = data.encode() if isinstance(data, str) else data
    return read_meters(data, "file.csv", Mapping(schema="lca-cardato/meters/1", **mapping))


def total(data, period=YEAR, meter=None, **mapping):
    meters = read(data, **mapping).meters
    return summed(meters[meter] if meter else next(iter(meters.values())), period)


def problems(data, **mapping):
    with pytest.raises(InputError) as caught:
        read(data, **mapping)
    return [(problem.code, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "data",
    [wide(), wide("100 columns"), long(), long(ends=True)],
    ids=["two rows in October", "100 columns", "a row a value", "times are the ends"],
)
def test_a_year_of_quarter_hours_has_no_gap_where_the_clock_changes(data):
    found = read(data)
    assert list(found.meters) == [POD] and found.step == 15
    year = summed(found.meters[POD], YEAR)
    assert (year.amount, year.gaps, year.short) == (HOURS, [], [])
    assert [year.months[m] for m in ("2025-03", "2025-10")] == [743, 745]


def test_a_day_of_october_with_96_values_is_whole_too():
    assert total(wide("one row")).amount == HOURS - 1
    assert total(wide("one row")).gaps == total(wide("one row")).short == []


def test_values_that_are_not_there_are_told_by_day():
    holiday = [day for day in days() if day.month == 8 and day.day > 10]
    year = total(wide(skip=holiday))
    assert [(str(gap.first), str(gap.last)) for gap in year.gaps] == [("2025-08-11", "2025-08-31")]
    short = total(long().replace(b"04/03/2025;13:15;0,25", b"04/03/2025;13:15;"))
    assert short.short == [(datetime.date(2025, 3, 4), 1, 96)]
    assert short.amount == HOURS - F(1, 4)


def test_the_same_value_twice_counts_once_and_another_is_refused():
    again = total(long(extra=f"\n{POD};04/03/2025;13:15;0,25"))
    assert again.amount == HOURS
    found = problems(long(extra=f"\n{POD};04/03/2025;13:15;0,75"))
    assert found == [("E372", 35042)]


def test_power_of_a_curve_is_energy_by_its_step():
    assert total(wide(value="10"), unit="kW").amount == 10 * HOURS


def test_bill_of_gas_by_meter_coefficient_and_heating_value():
    year = total(GAS)
    january, february = F("2000.5") * F("1.027"), F("1499.5") * F("1.027")
    assert year.amount == january + february
    assert year.energy == january * F("39.52") + february * F("39.45")
    assert year.estimated == february
    assert [str(gap.first) for gap in year.gaps] == ["2025-03-01"]


def test_beside_the_m3_of_the_meter_a_bill_counts_smc_without_the_coefficient_again():
    both = (
        "PDR;Mese;Consumo (mc);Coefficiente C;Consumo (Smc);PCS (MJ/Smc)\n"
        "00880012345678;gennaio 2025;1.000;1,027;1027,0;38,9\n"
    )
    assert total(both.encode()).amount == 1027


def test_bands_of_a_bill_are_summed_and_money_and_totals_are_not():
    year = total(BANDS)
    assert year.months == {"2025-01": F("26600.5"), "2025-02": F(25600)}
    assert year.rows == (3, 4)


def test_readings_of_a_register_are_spans_between_them():
    assert total(WATER).amount == 590
    assert total(WATER, parse_period("2025-01/2025-06")).amount == 300
    part = total(WATER, parse_period("2025-01/2025-03"))
    assert part.amount == 300 * F(90, 181) and len(part.parted) == 1
    firsts = (
        WATER.replace("31/12/2024", "01/01/2025")
        .replace("30/06", "01/07")
        .replace("31/12/2025", "01/01/2026")
    )
    assert (total(firsts).amount, total(firsts).gaps) == (590, [])


def test_lots_keep_their_numbers_and_follow_their_masses():
    meter = read(LOTS).meters[""]
    assert [(lot.lot, lot.mass_in, lot.mass_out) for lot in meter.lots] == [
        ("00123", Decimal("1200.5"), Decimal(1122)), ("00124", Decimal(800), Decimal(752)),
    ]  # fmt: skip
    without = read(LOTS.replace("Kg uscita", "Note")).meters[""]
    assert [lot.mass_out for lot in without.lots] == [Decimal(1122), Decimal(752)]


def test_a_workbook_is_read_as_its_csv():
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Mese", "Consumo kWh"])
    for number in range(1, 13):
        book.active.append([datetime.datetime(2025, number, 1), 1000.125 * number])
    file = io.BytesIO()
    book.save(file)
    assert total(file.getvalue()).amount == F("1000.125") * 78


def test_units_of_the_trade():
    for unit, amount in {
        "MWh": 12000,
        "kWh": 12,
        "q": 1200,
        "t": 12000,
        "L": F(12, 1000),
        "GJ": 12000,
    }.items():
        assert total("Mese;Quantità\ngen-25;12\n", unit=unit).amount == amount
    assert total("Mese;Quantità;UM\ngen-25;12;Smc\n").amount == 12
    assert total("Mese;Quantità\ngen-25;12 kWh\nfeb-25;3 MWh\n").amount == 3012
    assert total("Mese;kWh;Stimata\ngen-25;5;no\nfeb-25;7;sì\n").estimated == 7


@pytest.mark.parametrize(
    ("data", "mapping", "wanted"),
    [
        ("Mese;kWh\ngen-25;abc\nfeb-25;-3\n", {}, [("E104", 2), ("E373", 3)]),
        ("Mese;kWh\ngen-25;1.234\nfeb-25;1.300\n", {}, [("E115", 2)]),
        ("Mese;kWh\ngen-25;1,5\nfeb-25;1.5\n", {}, [("E101", 1)]),
        ("Mese;kWh\ngen-25;1,5\ngen-25;2,5\n", {}, [("E372", 3)]),
        ("Dal;Al;kWh\n01/01/2025;15/02/2025;9\n01/02/2025;28/02/2025;8\n", {}, [("E372", 3)]),
        ("Mese;Consumo\ngennaio 2025;1\n", {}, [("E370", 1)]),
        ("Mese;kWh;Smc\ngen-25;1;2\n", {}, [("E370", 1)]),
        ("Mese;kWh\ngennaio;1\n", {}, [("E104", 2)]),
        ("a;b\n1;2\n", {}, [("E370", 1)]),
        (WATER.replace("1500", "150"), {}, [("E373", 3)]),
        (GAS.replace("1,027", ""), {}, [("E107", 2), ("E107", 3)]),
        (GAS.replace("0,039", "0,39"), {}, [("E107", 2), ("E107", 3)]),
        (LOTS.replace("1.122", "1.322"), {}, [("E310", 2)]),
        ("Mese;Energia citt\xe0 kWh\ngen-25;1".encode("cp1252"), {}, [("E207", 1)]),
        ("Mese;kWh\ngen-25;1\n", {"columns": {"month": "Mese", "amount": "Consumo"}}, [("E370", 1)]),
        ("Mese;kWh\ngen-25;\n", {}, [("E370", 1)]),
        ("POD;Data;Ora;kWh\nA;01/01/2025;00:00;\n", {}, [("E370", 1)]),
        ("Mese;kWh\ngen-25;12 abc\nfeb-25;3 MWh\n", {}, [("E104", 2), ("E370", 3)]),
        ("Data;kWh\n31/02/2025;1\n", {}, [("E104", 2)]),
        (b"Mese;kWh\n" + b"gen-25;1\n" * 200_001, {}, [("E210", 1)]),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_told_by_its_row(data, mapping, wanted):
    assert problems(data, **mapping) == wanted


def test_a_mapping_says_what_the_file_does_not():
    assert total("Mese;kWh\ngen-25;1.234\n", decimal="comma").amount == 1234
    assert total("Mese;kWh\ngennaio;10\n", year="2025").amount == 10
    assert total("Mese;kWh\ngen-25;10\nfeb-25;-3\n", corrections="counted").amount == 7
    assert total("Mese;kWh\ngen-25;10\ngen-25;-3\n", corrections="counted").amount == 7
    assert (
        total(
            "Mese;Energia citt\xe0 kWh\ngen-25;1".encode("cp1252"), encoding="windows-1252"
        ).amount
        == 1
    )
    columns = {"month": "Mese", "amount": "Lana"}
    assert (
        total("x;y;z\nMese;Lana;z\ngen-25;5;1", columns=columns, unit="kWh", factor="40").amount
        == 200
    )


@pytest.mark.parametrize("data", [wide(), long(ends=True), GAS, BANDS, WATER])
def test_the_mapping_that_is_proposed_reads_the_same(data):
    found = read(data)
    text = mapping_text(found, Mapping(schema="lca-cardato/meters/1"))
    again = read(data, **{k: v for k, v in parse_document(text).data.items() if k != "schema"})
    assert described(again)["meters"] == described(found)["meters"]


def test_decimal_marks_and_months_and_clocks():
    assert decimal_of(["12,345", "7"], True) == "comma"
    assert decimal_of(["12,345"], False) is None
    assert month("ago '25") == month("2025-08") == month("08/2025")
    assert clock_changes(2025)[1] == OCTOBER
    assert clock_changes(2024) == (datetime.date(2024, 3, 31), datetime.date(2024, 10, 27))
