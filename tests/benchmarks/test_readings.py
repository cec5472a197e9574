"""A year of quarter-hours is read about as quickly as its cells are parted and turned into numbers."""

import csv
import io
from decimal import Decimal

import pytest
from benchmarks.times import best, paired
from meter_files import long, wide

from lca_cardato.meters.read import read_meters

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("layout", [long, wide])
def test_a_year_of_quarter_hours(hold, layout):
    data = layout()

    def plainly():
        rows = csv.reader(io.StringIO(data.decode()), delimiter=";")
        cells = [cell.replace(",", ".") for row in rows for cell in row if "," in cell]
        return sum(map(Decimal, cells))

    hold(
        f"reading a year of quarter-hours ({layout.__name__}) / csv and Decimal alone",
        lambda: paired(lambda: best(lambda: read_meters(data, "curve.csv")), lambda: best(plainly)),
        at_most=25,
    )
