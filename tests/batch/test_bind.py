from fractions import Fraction

import numpy as np
import pytest
import yaml
from conftest import ROOT, shipped

from lca_cardato.batch.bind import bind, values_of
from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import MASS
from lca_cardato.space.load import load_space
from lca_cardato.space.paths import moved_path

HEAD = {"schema": "lca-cardato/space/1", "id": "x"}


@pytest.fixture
def bound(inventory):
    """Bind the axes of a space to the product system of its first row."""

    def make(base, folder=ROOT / "scenarios", **grid):
        found = load_space({**HEAD, "base": f"{base}.yaml", "grid": grid["paths"]}, folder)
        data, moved = found.scenario_data(0)
        axes = [(n, axis, moved_path(axis.path, moved)) for n, axis in enumerate(found.axes)]
        return bind(resolve(found.scenario(0), inventory), data, axes, inventory), found

    return make


@pytest.mark.parametrize(
    ("base", "path", "value", "kind", "key", "factor"),
    [
        ("recycled-wool-70", "route.carding.electricity.value", "163 MWh", "figure",
         "yarn/carding.electricity", Fraction(1000, 389000)),
        ("recycled-wool-70", "route.carding.loss.value", "5 %", "figure", "yarn/carding.loss",
         Fraction(1, 100)),
        ("recycled-wool-70", "route.carding.reclaimed.value", "5 %", "figure",
         "yarn/carding.reclaimed", Fraction(1, 100)),
        ("recycled-wool-70", "blend.1.steps.dyeing-stock.water_out.value", "28000 mL/kg", "figure",
         "yarn/1/dyeing-stock.water_out", Fraction(1, 1000)),
        ("recycled-wool-70", "blend.1.steps.dyeing-stock.heat.value", "1 kWh/kg", "figure",
         "yarn/1/dyeing-stock.heat.natural_gas", Fraction(36, 10)),
        ("recycled-wool-70", "blend.1.share", "25 %", "share", "yarn/1", Fraction(1, 100)),
        ("recycled-wool-70", "blend.1.price", "1 EUR/t", "price", "yarn/1", Fraction(1, 1000)),
        ("recycled-wool-70", "product.count", "100 tex", "count", "yarn", Fraction(1)),
        ("recycled-wool-70", "packaging.pe-film", "5 g/kg", "figure",
         "pack/packing-yarn.chemicals.pe-film", Fraction(1, 1000)),
        ("recycled-fabric", "product.surface_mass", "400 g/m2", "mass", MASS, Fraction(1, 1000)),
        ("recycled-fabric", "route.drying.heat.0.value", "1 Sm3/kg", "figure",
         "fabric/drying.heat.natural_gas", Fraction(353, 10)),
        ("cashmere-blend", "blend.2.share", "3 %", "share", "yarn.rework", Fraction(1, 100)),
        ("worsted-mix", "yarns.weft.blend.0.share", "80 %", "share", "weft/0", Fraction(1, 100)),
        ("worsted-mix", "yarns.weft.count", "Nm 12", "count", "weft", Fraction(1)),
        ("knit-polyester-blend", "electricity.photovoltaic", "20 %", "photovoltaic",
         "electricity-photovoltaic-own", Fraction(1, 100)),
    ],
)  # fmt: skip
def test_what_a_path_is_tied_to(base, path, value, kind, key, factor, bound):
    found, _ = bound(base, paths={path: [value]})
    [item] = found.items
    assert (item.kind, item.key, item.factor) == (kind, key, factor)


@pytest.mark.parametrize(
    ("base", "path", "value"),
    [
        ("recycled-wool-70", "product.batch", "5 kg"),
        ("recycled-wool-70", "route.carding.electricity.for", "389001 kg"),
        ("worsted-mix", "yarns.weft.share", "45 %"),
        ("recycled-fabric", "route.drying.heat.0.heating_value", "36 MJ/Sm3"),
    ],
)
def test_what_numbers_can_not_be_tied_to(base, path, value, bound):
    assert bound(base, paths={path: [value]})[0] is None


def test_own_rework_has_no_price(bound):
    with pytest.raises(InputError) as caught:
        bound("cashmere-blend", paths={"blend.2.price": ["3 EUR/kg"]})
    assert [problem.code for problem in caught.value.problems] == ["E316"]


def test_shares_that_floats_can_not_sum_are_not_tied(bound, tmp_path):
    base = shipped("recycled-wool-70")
    base["blend"][1]["share"] = "24.99999999999999 %"
    base["blend"][2]["share"] = "5.00000000000001 %"
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(base), encoding="utf-8")
    assert bound("b", tmp_path, paths={"blend.0.share": ["70 %"]})[0] is None


def test_lines_that_are_absent_and_full_photovoltaic_need_no_tie(bound):
    paths = {"blend.2.share": ["0 %"], "blend.1.share": ["30 %"],
             "electricity.photovoltaic": ["100 %"]}  # fmt: skip
    found, _ = bound("recycled-wool-70", paths=paths)
    assert [item.key for item in found.items] == ["yarn/1"]


def test_doubtful_rows(bound):
    """Rows that the single calculation may refuse are told; the others are not."""
    for base, path, values, expected in (
        ("recycled-wool-70", "route.carding.loss.value", ["5 %", "100 %", "120 %"], [0, 1, 1]),
        ("recycled-wool-70", "route.carding.reclaimed.value", ["5 %", "99 %", "101 %"], [0, 0, 1]),
        ("recycled-wool-70", "blend.0.share", ["70 %", "70.0000000001 %", "60 %"], [0, 1, 1]),
        ("recycled-wool-70", "product.count", ["Nm 8", "Nm 300", "Nm 0.1"], [0, 0, 0]),
        ("recycled-wool-70", "blend.1.steps.dyeing-stock.water_out.value",
         ["31 L/kg", "31.01 L/kg", "1 L/kg"], [0, 1, 0]),
        ("recycled-fabric", "product.surface_mass", ["100 g/m2", "0 g/m2", "200 g/m2"], [0, 1, 0]),
        ("knit-polyester-blend", "electricity.photovoltaic", ["20 %", "101 %", "99 %"], [0, 1, 0]),
    ):  # fmt: skip
        found, space = bound(base, paths={path: values})
        _, _, doubtful = values_of(found, {0: space.axes[0].numbers})
        assert np.broadcast_to(doubtful, 3).tolist() == [bool(e) for e in expected], path


def test_water_evaporated_follows(bound):
    path = "blend.1.steps.dyeing-stock.water_in.value"
    found, space = bound("recycled-wool-70", paths={path: ["31 L/kg", "40 L/kg"]})
    before = dict(found.constants)
    values, _, _ = values_of(found, {0: space.axes[0].numbers})
    assert values["yarn/1/dyeing-stock.water_evaporated"].tolist() == [3.0, 12.0]
    assert found.constants == before
