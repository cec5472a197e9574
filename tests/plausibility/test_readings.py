"""A reading that is a power of ten off is questioned; what a mill can have read is not."""

import copy
import re

import numpy as np
import pytest
from conftest import NAMES, ROOT

from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.checks import values_of_model
from lca_cardato.model.examine import checks_of
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import LoadedScenario, load_scenario, validate_document
from lca_cardato.text.yamltree import dotted, read_document, tree_document

NUMBER = re.compile(r"((?:Nm|Ne) (?:\d/)?)?(\d+(?:\.\d+)?)( ?[A-Za-z%][\w%/]*)?")
FACTORS = (10, 100, 1000, 0.1, 0.01, 0.001)
NOT_READ = ("id", "name", "period", "year", "note", "document", "lot", "company", "schema")


@pytest.fixture(scope="module")
def records():
    return load_inventory()


def readings(data, path=()):
    """Give every number that a mill has read or chosen, with its place."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        if isinstance(value, (dict, list)):
            if key != "documents":
                yield from readings(value, (*path, key))
        elif isinstance(value, str) and key not in NOT_READ:
            match = NUMBER.fullmatch(value)
            if match and float(match.group(2)):
                yield (*path, key), match


def changed(data, path, text):
    result = copy.deepcopy(data)
    node = result
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = text
    return result


def asked(data, records):
    """Whether anything in a scenario is refused or questioned."""
    document = tree_document(data)
    try:
        loaded = LoadedScenario(validate_document(document), document, {})
        return bool(resolve(loaded, records).questions)
    except InputError:
        return True


def test_a_reading_that_is_a_power_of_ten_off_is_asked_about(records):
    seen, cases, escaped = 0, 0, {}
    for name in NAMES:
        data = read_document(ROOT / f"scenarios/{name}.yaml").data
        for path, match in readings(data):
            head, number, unit = (match.group(1) or "", match.group(2), match.group(3) or "")
            for factor in FACTORS:
                text = f"{head}{float(number) * factor:.10f}".rstrip("0").removesuffix(".") + unit
                cases += 1
                if asked(changed(data, path, text), records):
                    seen += 1
                else:
                    escaped.setdefault(f"{name} {dotted(path)}: {match.group()}", []).append(factor)
    print(f"{seen} of {cases} are asked about, {seen / cases:.1%}; not:")
    for place, factors in escaped.items():
        print(f"  {place} times {factors}")
    assert seen / cases >= 0.95


@pytest.mark.parametrize("name", NAMES)
def test_shipped_scenarios_raise_no_question(name, records):
    assert resolve(load_scenario(ROOT / f"scenarios/{name}.yaml"), records).questions == []


def test_what_is_drawn_inside_the_ranges_raises_no_question(records):
    """200 products whose figures are drawn evenly inside the ranges of the defaults."""
    alarms, drawn, each = 0, 0, 25
    generator = np.random.default_rng(17)
    for name in NAMES:
        model = resolve(load_scenario(ROOT / f"scenarios/{name}.yaml"), records)
        values = values_of_model(model)
        checks = checks_of(model, records)
        for check in checks:
            if check.ends is not None:
                low, high = check.ends(values)
                values[check.key] = low + (high - low) * generator.random(each)
        found = np.zeros(each, dtype=bool)
        for check in checks:
            found |= np.broadcast_to(check.outside(values), (each,))
        alarms, drawn = alarms + int(found.sum()), drawn + each
    print(f"{alarms} false alarms among {drawn}")
    assert drawn == 200 and alarms < 0.01 * drawn
