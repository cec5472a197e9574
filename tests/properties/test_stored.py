"""What `verify` holds against each other in a stored result is so in every honest one."""

import json

import yaml
from hypothesis import given
from properties.strategies import examples, scenarios

from lca_cardato.audit.ledger import claim_ledger
from lca_cardato.audit.run import resolved
from lca_cardato.audit.sums import (
    amount_problems,
    claim_problems,
    indicator_problems,
    mass_problems,
    value_problems,
)
from lca_cardato.audit.typed import scenario_problems
from lca_cardato.results.contributions import contributions
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import load_scenario
from lca_cardato.words.language import Language


@given(scenarios())
@examples(30)
def test_an_honest_run_has_no_problem(bench, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("run")
    (folder / "inputs").mkdir()
    path = folder / "inputs/scenario.yaml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    found = bench.assessed(load_scenario(path))
    document = result_document(found)
    made = [
        document,
        contributions(found, Language("en")),
        resolved(found),
        claim_ledger(found, document),
    ]
    result, arithmetic, values, ledger = json.loads(json.dumps(made))
    problems = [
        *indicator_problems(result, arithmetic),
        *amount_problems(result, arithmetic, values),
        *mass_problems(result, values),
        *value_problems(values),
        *claim_problems(ledger, result),
        *scenario_problems(folder, ledger, values, result),
    ]
    assert problems == []
