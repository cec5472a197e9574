"""The first answer of `assess`: about 25 lines, in two languages and two widths."""

import io
import json

import pytest
from conftest import ROOT
from rich.console import Console

from lca_cardato.report.screens.assessment import render
from lca_cardato.report.stories.short import shortened
from lca_cardato.report.tables.labels import contributor_labels
from lca_cardato.results.document import result_document
from lca_cardato.words.language import Language

FOLDER = ROOT / "tests" / "data" / "short"
SCENARIO = "scenarios/recycled-fabric.yaml"


def printed(document, width, full=False):
    buffer = io.StringIO()
    render(document, Console(file=buffer, width=width, emoji=False, highlight=False), full)
    return [line.rstrip() for line in buffer.getvalue().splitlines()]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_first_answer_reads_so(lang, width):
    """Of a document of its own: one figure questioned, one a lower bound, two savings unclear."""
    document = json.loads((FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    lines = printed(document, width)
    assert lines == (FOLDER / f"{lang}-{width}.txt").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("lang", ["en", "it"])
def test_every_shipped_scenario_answers_in_few_lines(assessed, lang):
    for name in ("recycled-wool-70", "virgin-wool", "worsted-mix", "contract-spinner"):
        document = result_document(assessed(name), lang)
        lines = printed(document, 120)
        assert len(lines) <= 32, name
        whole = printed(document, 120, full=True)
        assert whole[3 : len(lines) - 3] != [] and len(whole) > 4 * len(lines)
        answer = [line for line in lines[:-1] if line]
        assert [line for line in whole if line in answer][: len(answer)] == answer


@pytest.mark.parametrize(
    "asked, narrow, width",
    [("80", 70, 80), ("132", 120, 132), ("", 100, 120), ("wide", 100, 120), ("0", 30, 40)],
)
def test_a_pipe_is_as_wide_as_it_is_asked_to_be(command, asked, narrow, width):
    done = command("assess", SCENARIO, COLUMNS=asked)
    found = max(len(line.rstrip()) for line in done.stdout.splitlines())
    assert narrow < found <= width


@pytest.mark.parametrize("name", ["recycled-wool-70", "knit-polyester-blend", "worsted-mix"])
@pytest.mark.parametrize("lang", ["en", "it"])
def test_no_two_contributors_read_alike(assessed, name, lang):
    document = result_document(assessed(name), lang)
    for rows in document["contributors"].values():
        names = contributor_labels(rows, document["product"], Language(lang))
        assert len(set(names)) == len(rows)
        for row, told in zip(rows, names):
            owner = row["activity"].rpartition("/")[0].partition("/")
            if owner[2]:  # of a fibre: which one
                line = next(y for y in document["product"]["yarns"] if y["name"] == owner[0])
                assert line["blend"][int(owner[2])]["name"] in told


def test_fibres_of_one_name_are_told_apart_by_what_differs():
    line = {"name": "wool", "origin": "recycled_post_consumer"}
    other = {"name": "wool", "origin": "recycled_pre_consumer"}
    product = {"yarns": [{"name": "yarn", "blend": [line, other, line]}]}
    row = {"role": "heat", "stage": "dyeing", "step_name": "Dyeing (acid)", "input": "gas",
           "name": "natural gas, burned"}  # fmt: skip
    rows = [{**row, "activity": f"yarn/{place}/dyeing-stock"} for place in range(3)]
    assert contributor_labels(rows, product, Language("en")) == [
        "dyeing, wool, recycled post-consumer, yarn: natural gas",
        "dyeing, wool, recycled pre-consumer: natural gas",
        "dyeing, wool, recycled post-consumer, yarn (2): natural gas",
    ]


def test_what_is_missing_ends_with_a_whole_part():
    text = "Measure first: dyeing: heat (2.3 %), dyeing: electricity (0.7 %), oil (0.1 %)."
    assert shortened(text, 60) == "Measure first: dyeing: heat (2.3 %) …"
    assert shortened(text, 200) == text and len(shortened("x" * 300)) <= 131


def test_what_is_left_of_the_contributors_is_the_same_with_every_python():
    """`sum` of floats rounds otherwise from Python 3.12 on; a report is held against its bytes."""
    from lca_cardato.report.tables.contributors import largest

    rows = [{"value": 0.1, "share": 0.1} for _ in range(10)]
    document = {"contributors": {"energy": rows}, "indicators": {"energy": {"value": 1.5}}}
    assert largest(document, "energy")[1] == {"value": 0.5, "share": 0.5 / 1.5}
