"""One product: `new`, `validate`, `assess`, and the names that a scenario may use."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import (
    console,
    installing,
    print_json,
    show_first,
    show_table,
    tell,
    wrong_use,
)
from lca_cardato.cli.options import (
    Basis,
    InventoriesOption,
    Lang,
    LangOption,
    ScenarioFile,
    Written,
    argument,
    option,
    spread,
)
from lca_cardato.errors import DiskError, InputError
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory

YEARS = 2025, 2090
"""Years in which this version may well be used."""


def new(
    file: Annotated[
        Optional[Path], argument("FILE", "File to write: YAML, or a workbook (.xlsx).")
    ] = None,
    product: Annotated[
        Optional[str],
        option(
            "--product",
            "What it describes: yarn, fabric, or balance (of a calendar year); yarn when left out.",
            complete.products,
        ),
    ] = None,
    from_: Annotated[
        Optional[str],
        option(
            "--from", "Copy a shipped scenario or space instead.", complete.shipped, metavar="NAME"
        ),
    ] = None,
    list_: Annotated[bool, option("--list", "List the shipped scenarios and stop.")] = False,
    lang: LangOption = Lang.en,
) -> None:
    """Write a scenario to start from, commented YAML or a workbook, or a copy of a shipped one."""
    from lca_cardato.scenario.shipped import about, is_space, shipped_scenarios
    from lca_cardato.scenario.template import PRODUCTS, write_template
    from lca_cardato.space.shipped import copy_shipped
    from lca_cardato.words.told import known

    if list_:
        rows = [[n, known(about(path), lang.value)] for n, path in shipped_scenarios().items()]
        show_table([], rows)
        return
    if file is None:
        raise wrong_use(say("name the file to write"), "FILE")
    if from_ is not None and product is not None:
        raise wrong_use(say("goes with a new file, not with a copy"), "--product")
    if from_ is None:
        product = product or "yarn"
        if product not in PRODUCTS:
            raise InputError.one(
                "E215",
                say("kind of product"),
                value=product,
                suggestion=say("valid: {choices}", choices=list(PRODUCTS)),
            )
        for path in write_template(file, product, lang.value)[:-1]:
            tell(say("{file}: written", file=path))
        check = "claims year" if product == "balance" else "validate"
        tell(
            say(
                "{file}: written; check it with: lca-cardato {command} {file}",
                file=file,
                command=check,
            )
        )
        return
    for path in copy_shipped(file, from_, lang.value)[:-1]:
        tell(say("{file}: written", file=path))
    what = "batch" if is_space(from_) else "assess"
    tell(
        say(
            "{file}: written; calculate it with: lca-cardato {command} {file}",
            file=file,
            command=what,
        )
    )


def convert(
    source: Annotated[Path, argument("IN", "Scenario: YAML or workbook.", complete.scenarios)],
    target: Annotated[Path, argument("OUT", "File to write: .yaml or .xlsx.")],
    lang: LangOption = Lang.en,
) -> None:
    """Write a scenario as a workbook, or a workbook as YAML; nothing but comments is lost."""
    from lca_cardato.scenario.convert import convert

    for name in convert(source, target, lang.value):
        tell(say("{file}: this document is to be copied here", file=target.parent / name))
    tell(say("{file}: written", file=target))


def validate(
    scenario: ScenarioFile, lang: LangOption = Lang.en, inventories: InventoriesOption = None
) -> None:
    """Check a scenario without calculating."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.model.at_once import all_at_once
    from lca_cardato.model.resolve import resolve
    from lca_cardato.results.notices import notices
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.words.language import Language

    inventory, words = load_inventory(extra=inventories), Language(lang.value)
    with all_at_once(inventories):
        model = resolve(load_scenario(scenario), inventory)
    found = [*model.warnings, *(_own_records(inventory) if inventories else [])]
    show_first(notices(model.questions, inventory, words), words)
    defaults = sum(p.origin == "default" for p in model.parameters.values())
    counts = {"count": str(len(model.parameters)), "defaults": str(defaults)}
    print(words("validate_valid", file=str(scenario), **counts))
    for code, arguments in found:
        print(words("validate_warning", text=words(code, **arguments)))


def _own_records(inventory: Inventory) -> list[tuple[str, dict[str, Any]]]:
    """Look at a folder of one's own as a calculation does: names, what counts, places of water.

    Raises
    ------
    InputError
        For elementary flows that do not exist and units that do not fit.
    """
    from lca_cardato.inventory.flows import flow_problems
    from lca_cardato.inventory.uncounted import doubts
    from lca_cardato.results.warnings import place_unknown

    if problems := flow_problems(inventory):
        raise InputError(problems)
    inventory.doubts = doubts(inventory)
    return place_unknown(inventory, inventory.datasets)


@spread
def assess(
    scenario: ScenarioFile,
    json_: Annotated[bool, option("--json", "Print the result as one JSON document.")] = False,
    full: Annotated[bool, option("--full", "Print all of it below the first answer.")] = False,
    out: Annotated[
        Optional[Path], option("--out", "Write a run folder: inputs, result, tables, proof.")
    ] = None,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Calculate impacts and claims of a scenario."""
    from lca_cardato.results.document import result_document
    from lca_cardato.studies.assess import assess

    written.check("assessment")
    if out is not None:
        _check_run_folder(out, written)
    with installing() as progress:
        result = assess(scenario, progress=progress, **basis.arguments())
    document = result_document(result, lang.value)
    if out is not None or written.asked:
        from lca_cardato.studies.material import of_assessment

        material = of_assessment(result, lang.value, document=document)
    if out is not None:
        from lca_cardato.audit.run import run_files
        from lca_cardato.doctor.condition import condition
        from lca_cardato.files.atomic import write_folder
        from lca_cardato.report.folder import pages

        state = condition()
        write_folder(
            out,
            run_files(
                result, scenario, lang.value, material=material, condition=state, pages=pages
            ),
        )
        _odd_clock(lang.value)
    if written.asked:
        from lca_cardato.audit.material import of_written
        from lca_cardato.report.stories.assessment import assessment_report

        if out is not None:
            of_written(material, out)
        written.write(lambda: (assessment_report(material), material.document))
    if json_:
        print_json(document)
        return
    from lca_cardato.report.screens.assessment import render

    render(document, console(), full)


def _this_year() -> int:
    """Give the year that the clock of the machine tells."""
    import time

    return time.gmtime().tm_year


def _odd_clock(lang: str) -> None:
    """Warn of a clock by which a run folder got a date that can't be."""
    import os

    from lca_cardato.words.language import Language

    year = _this_year()
    if not YEARS[0] <= year <= YEARS[1] and "SOURCE_DATE_EPOCH" not in os.environ:
        print(f"warning: {Language(lang)('clock_odd', year=str(year))}", file=sys.stderr)


def _check_run_folder(out: Path, written: Written) -> None:
    """Refuse a run folder that can't be, and reports and charts within it."""
    from lca_cardato.files.atomic import check_free
    from lca_cardato.files.runs import outside_runs

    check_free(out)
    outside_runs(out)
    for path in [*(written.report or []), *filter(None, [written.charts])]:
        if path.absolute().is_relative_to(out.absolute()):
            raise DiskError.one(
                "E504", say("reports and charts do not belong into the run folder"), file=str(path),
                suggestion=say("name a place beside the run folder"),
            )  # fmt: skip


def fibres(lang: LangOption = Lang.en, inventories: InventoriesOption = None) -> None:
    """List the fibres, with their origins and default datasets."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.results.notices import notices
    from lca_cardato.words.language import Language

    words, inventory = Language(lang.value), load_inventory(extra=inventories)
    show_first(notices((), inventory, words), words)
    rows = []
    for key, fibre in inventory.fibres.items():
        regain, name = words.percent(fibre.regain.carded), getattr(fibre.name, lang.value)
        for i, (origin, supply) in enumerate(fibre.supplies.items()):
            chain = " + ".join([supply.dataset, *supply.steps])
            rows.append(["" if i else key, name, regain, words(origin), chain])
    heads = ("c_fibre", "c_name", "c_regain", "c_origin_short", "c_dataset")
    show_table([words(head) for head in heads], rows)


def steps(lang: LangOption = Lang.en, inventories: InventoriesOption = None) -> None:
    """List the steps of a route, with their default figures."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.report.screens.cards import class_name, figure_name
    from lca_cardato.results.notices import notices
    from lca_cardato.words.language import Language

    words, inventory = Language(lang.value), load_inventory(extra=inventories)
    show_first(notices((), inventory, words), words)
    rows = []
    for key, step in inventory.steps.items():
        figures = []
        for name, datum in step.data():
            amount = "f(Nm)" if datum.formula else words.decimal(f"{float(datum.amount or 0):g}")
            told = f"{figure_name(name, words)} {amount} {datum.unit}"
            figures.append(f"{told} ({class_name(datum, words)})")
        level = words(f"level_{step.level}")
        rows.append([key, level, getattr(step.name, lang.value), "; ".join(figures)])
    heads = ("c_step", "c_level", "c_name", "c_defaults")
    show_table([words(head) for head in heads], rows)
