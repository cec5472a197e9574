"""What the commands do: one library call and its rendering."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Optional

from lca_cardato.errors import InputError


def console(stderr: bool = False) -> Any:
    """Console of the command: no markup, 120 columns where there is no terminal."""
    from rich.console import Console

    screen = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not screen.is_terminal:
        screen.width = 120
    return screen


def print_json(document: Any) -> None:
    """Print plain data as one JSON document."""
    from lca_cardato.results.csv_tables import json_text

    sys.stdout.write(json_text(document))


class InstallProgress:
    """Progress bar of the one-time installation, on standard error."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task: Any = None

    def __call__(self, step: int, steps: int, text: str) -> None:
        """Show a step."""
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        if self.bar is None:
            self.bar = Progress(
                TextColumn("installing inventories, once:"), BarColumn(),
                TextColumn("{task.description}"), TimeElapsedColumn(),
                console=console(stderr=True),
            )  # fmt: skip
            self.task = self.bar.add_task(text, total=steps - 1)
            self.bar.start()
        self.bar.update(self.task, completed=step, description=text)

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()


def run_assess(
    scenario: Path, as_json: bool, out: Optional[Path], lang: str, rests_on: dict[str, Any],
    report: list[Path], charts: Optional[Path], force: bool,
) -> None:  # fmt: skip
    """Calculate and show a scenario."""
    from lca_cardato.cli import reports
    from lca_cardato.results.document import result_document
    from lca_cardato.studies.assess import assess

    reports.check(report, charts, force, "assessment")
    if out is not None:
        from lca_cardato.files.atomic import check_free
        from lca_cardato.files.runs import outside_runs

        check_free(out)
        outside_runs(out)
        _apart(out, [*report, *([] if charts is None else [charts])])
    progress = InstallProgress()
    try:
        result = assess(scenario, progress=progress, **rests_on)
    finally:
        progress.close()
    document = result_document(result, lang)
    if out is not None:
        from lca_cardato.audit.run import run_files
        from lca_cardato.files.atomic import write_folder

        write_folder(out, run_files(result, scenario, lang))
    if report or charts is not None:
        reports.write_assessment(result, lang, out, report, charts, force)
    if as_json:
        print_json(document)
        return
    from lca_cardato.report.screens.assessment import render

    render(document, console())


def _apart(out: Path, others: list[Path]) -> None:
    """Refuse reports and charts in the run folder that is to be written."""
    from lca_cardato.errors import DiskError

    whole = out.absolute()
    for path in others:
        if path.absolute().is_relative_to(whole):
            raise DiskError.one(
                "E504", "reports and charts do not belong into the run folder", file=str(path),
                suggestion="name a place beside the run folder",
            )  # fmt: skip


def run_validate(scenario: Path, lang: str, inventories: Optional[Path]) -> None:
    """Check a scenario and say what it leaves to defaults."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.model.resolve import resolve
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.words.language import Language

    model = resolve(load_scenario(scenario), load_inventory(extra=inventories))
    words = Language(lang)
    defaults = [p.key for p in model.parameters.values() if p.origin == "default"]
    print(f"{scenario}: valid; {len(model.parameters)} figures, {len(defaults)} of them defaults")
    for code, arguments in model.warnings:
        print(f"warning: {words(code, **arguments)}")


def run_new(file: Path, product: str) -> None:
    """Write a starting scenario."""
    from lca_cardato.scenario.template import write_template

    if product not in ("yarn", "fabric"):
        raise InputError.one("E215", "kind of product", value=product, suggestion="yarn or fabric")
    write_template(file, product)
    print(f"{file}: written; check it with: lca-cardato validate {file}")


def run_copy(file: Path, name: str) -> None:
    """Copy a shipped scenario, or a space with the scenario that it is made from."""
    from lca_cardato.scenario.shipped import is_space
    from lca_cardato.scenario.template import copy_shipped

    written = copy_shipped(file, name)
    for path in written[:-1]:
        print(f"{path}: written")
    what = "batch" if is_space(name) else "assess"
    print(f"{file}: written; calculate it with: lca-cardato {what} {file}")


def list_shipped() -> None:
    """List the shipped scenarios and what they show."""
    from rich.table import Table

    from lca_cardato.scenario.shipped import about, shipped_scenarios

    table = Table(box=None, pad_edge=False, show_header=False)
    for name, path in shipped_scenarios().items():
        table.add_row(name, about(path))
    console().print(table)


def run_fibres(lang: str, inventories: Optional[Path]) -> None:
    """List fibres."""
    from rich.table import Table

    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.words.language import Language

    words = Language(lang)
    table = Table("fibre", "name", "regain", "origin", "dataset", box=None, pad_edge=False)
    for key, fibre in load_inventory(extra=inventories).fibres.items():
        for origin, supply in fibre.supplies.items():
            table.add_row(
                key, getattr(fibre.name, lang), words.percent(fibre.regain.carded), origin,
                supply.dataset + "".join(f" + {step}" for step in supply.steps),
            )  # fmt: skip
            key = ""
    console().print(table)


def run_steps(lang: str, inventories: Optional[Path]) -> None:
    """List step templates with their default figures."""
    from rich.table import Table

    from lca_cardato.inventory.load import load_inventory

    table = Table("step", "level", "name", "default figures", box=None, pad_edge=False)
    for key, step in load_inventory(extra=inventories).steps.items():
        figures = []
        for name, datum in step.data():
            amount = "f(Nm)" if datum.formula else f"{float(datum.amount or 0):g}"
            figures.append(f"{name} {amount} {datum.unit} ({datum.class_})")
        table.add_row(key, step.level, getattr(step.name, lang), "; ".join(figures))
    console().print(table)


def run_inventory_list(text: str, lang: str, inventories: Optional[Path]) -> None:
    """List datasets and steps whose id or name holds a text."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.report.screens.inventory import list_records
    from lca_cardato.words.language import Language

    list_records(load_inventory(extra=inventories), Language(lang), console(), text)


def run_inventory_show(record: str, lang: str, inventories: Optional[Path]) -> None:
    """Show one record."""
    from lca_cardato.brightway.store import open_store
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.report.screens.inventory import show_record
    from lca_cardato.words.language import Language

    inventory = load_inventory(extra=inventories)
    background = None
    if record in inventory.datasets:
        progress = InstallProgress()
        try:
            background = open_store(inventory, progress).background
        finally:
            progress.close()
    show_record(inventory, record, background, Language(lang), console())


def run_inventory_check(inventories: Optional[Path]) -> None:
    """Check the files, their elementary flows and what they are compared with."""
    from lca_cardato.inventory.flows import flow_problems
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.inventory.uncounted import uncounted_flows
    from lca_cardato.studies.literature import literature_problems

    inventory = load_inventory(extra=inventories)
    problems = flow_problems(inventory) + literature_problems(inventory)
    if problems:
        raise InputError(problems)
    print(
        f"sound: {len(inventory.datasets)} datasets, {len(inventory.steps)} steps, "
        f"{len(inventory.sources)} sources, {len(inventory.literature)} published values to "
        f"compare with; own folder adds {len(inventory.added)} and replaces "
        f"{len(inventory.overridden)} records"
    )
    for (name, categories), keys in uncounted_flows(inventory).items():
        print(f"no indicator counts {name} / {'/'.join(categories)}: {', '.join(sorted(keys))}")


def run_explain_error(code: str, lang: str) -> None:
    """Print an entry of the catalogue of error codes."""
    from lca_cardato.words.error_codes import find
    from lca_cardato.words.language import Language

    entry, words = find(code), Language(lang)
    print(f"{entry.code}: {entry.title[lang]}")
    if entry.example is not None:
        print(f"\n{words('error_example')}:")
        for line in entry.example.typed[:20]:
            print(f"    {line[:100]}")
    else:
        print(f"\n{words('error_comes')}: {entry.when}")
    print(f"\n{words('error_cure')}: {entry.cure[lang]}")
    print(f"{words('error_exit')}: {entry.exit_code}")
