"""Electricity of a machine from its power, load and output, for a mill without a meter there."""

import pytest
from conftest import scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario


def electricity(inventory, figure):
    data = scenario_dict(route={"carding": {"electricity": figure}})
    return resolve(load_scenario(data), inventory).parameters["yarn/carding.electricity"]


@pytest.mark.parametrize(
    ("figure", "kwh_per_kg"),
    [
        ({"value": "45 kW", "load": "70 %", "output": "90 kg/h"}, 0.35),
        ({"value": "45 kW", "output": "90 kg/h"}, 0.5),
        ({"value": "45000 W", "load": "70 %", "output": "0.09 t/h"}, 0.35),
    ],
)
def test_power_over_output(inventory, figure, kwh_per_kg):
    found = electricity(inventory, {**figure, "class": "supplier"})
    assert float(found.amount) == pytest.approx(kwh_per_kg)
    assert found.unit == "kWh/kg" and found.data_class == "supplier"


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ({"value": "45 kWh", "output": "90 kg/h"}, "E106"),
        ({"value": "45 kW", "output": "90 kg"}, "E106"),
        ({"value": "45 kW", "load": "70 %"}, "E106"),
        ({"value": "45 kW", "output": "90 kg/h", "for": "100 kg"}, "E106"),
        ({"value": "45 kW", "output": "0 kg/h"}, "E103"),
        ({"value": "45 kW"}, "E106"),
    ],
)
def test_what_does_not_fit_is_told(inventory, figure, code):
    with pytest.raises(InputError) as caught:
        electricity(inventory, figure)
    assert code in [problem.code for problem in caught.value.problems]
