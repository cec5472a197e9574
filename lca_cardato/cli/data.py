"""Data: `inventory`, `methods`, `background`, `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import console, installing, print_json, show_first, show_table, tell
from lca_cardato.cli.options import (
    InventoriesOption,
    JsonOption,
    Lang,
    LangOption,
    MappingOption,
    argument,
    group,
    option,
)
from lca_cardato.errors import InputError
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

background = group("Databases of your own Brightway projects, such as ecoinvent, as background.")
inventory = group("List, show and check the inventory records behind a result.")


@background.command("list")
def list_databases(json_: JsonOption = False, lang: LangOption = Lang.en) -> None:
    """List the databases of your Brightway projects."""
    from lca_cardato.background import check

    words = Language(lang.value)
    rows = check.list_databases()
    if json_:
        print_json(rows)
        return
    show_table(
        ["--background", words("bg_processes"), words("bg_behind")],
        [[row["name"], str(row["processes"] or ""), ", ".join(row["depends"])] for row in rows],
    )


@background.command("check")
def check_database(
    name: Annotated[
        str,
        argument(
            "PROJECT/DATABASE", "Database, as `background list` names it.", complete.databases
        ),
    ],
    mapping: MappingOption = None,
    json_: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Check that a database fits a mapping, and set its scores beside the open ones."""
    from lca_cardato.background.check import check_background
    from lca_cardato.report.screens.background import render_check

    words = Language(lang.value)
    with installing() as progress:
        document = check_background(name, mapping, progress).to_dict(lang.value)
    if json_:
        print_json(document)
    else:
        render_check(document, words, console())


def methods(
    text: Annotated[Optional[list[str]], argument("[TEXT]...", "Words of the name.")] = None,
    project: Annotated[
        Optional[str], option("--project", "Methods of this Brightway project of yours.")
    ] = None,
    counted: Annotated[
        bool,
        option(
            "--counted", "How much of the booked flows indicators, or the named methods, count."
        ),
    ] = False,
    method: Annotated[
        Optional[list[str]],
        option(
            "--method",
            "With --counted: method of your own, as `assess` takes it; repeatable.",
            complete.methods,
            metavar="NAME",
        ),
    ] = None,
    inventories: InventoriesOption = None,
    json_: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """List the methods that --method takes beside the indicators, or what methods count."""
    from lca_cardato.background.check import list_methods

    words = Language(lang.value)
    if counted:
        _counted(text or [], method or [], inventories, json_, words)
        return
    if method or inventories is not None:
        raise InputError.one(
            "E316", say("this belongs to --counted"), key="--method" if method else "--inventories",
            suggestion=say("add --counted"),
        )  # fmt: skip
    rows = list_methods(project, text or [])
    if json_:
        print_json(rows)
        return
    from lca_cardato.report.parts import Cell

    found: list[list[Cell]] = []
    group = None
    for row in rows:
        if project is None and row["group"] != group:
            group = row["group"]
            found.append([Cell(str(group), mark="whole"), Cell(words("methods_all")), Cell("")])
        shown = Cell(row["id"] or f"{project}/{row['name']}", level=int(project is None))
        found.append([shown, Cell(row["name"]), Cell(row["unit"])])
    show_table(["--method", words("c_method"), words("c_unit")], found)


def _counted(
    text: list[str], method: list[str], inventories: Optional[Path], json_: bool, words: Language
) -> None:
    """Print which share of the booked flows each indicator or method has a factor for."""
    from lca_cardato.background.open import DataOptions, open_data
    from lca_cardato.report.screens.counted import counted_table
    from lca_cardato.results.notices import notices
    from lca_cardato.studies.counted import counted_shares

    with installing() as progress:
        data = open_data(DataOptions(inventories, methods=method), progress)
    rows = counted_shares(data, text)
    if json_:
        print_json(rows)
        return
    show_first(notices((), data.inventory, words, data.methods), words)
    console().print(counted_table(rows, words))
    console().print(words("counted_note"), style="dim")


@inventory.command("list")
def list_records(
    text: Annotated[str, argument("[TEXT]", "Only ids and names that hold this text.")] = "",
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """List every dataset, step and limit, with how many of its figures are assumed."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.report.screens.inventory import list_records
    from lca_cardato.results.notices import notices

    records, words = load_inventory(extra=inventories), Language(lang.value)
    show_first(notices((), records, words), words)
    list_records(records, words, console(), text)


@inventory.command("show")
def show_record(
    record: Annotated[str, argument("ID", "Dataset, step, limit or source.", complete.records)],
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """Print a dataset, step, limit or source as a card: figures, sources, scores, who uses it."""
    from lca_cardato.brightway.store import open_store
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.report.screens.inventory import show_record
    from lca_cardato.results.notices import notices

    records, condensed = load_inventory(extra=inventories), None
    if record in records.datasets:
        with installing() as progress:
            condensed = open_store(records, progress).background
    words = Language(lang.value)
    show_first(notices((), records, words), words)
    show_record(records, record, condensed, words, console())


@inventory.command("check")
def check_records(inventories: InventoriesOption = None, lang: LangOption = Lang.en) -> None:
    """Check every inventory file; all problems at once, with file and line."""
    from lca_cardato.inventory.basis import basis_problems
    from lca_cardato.inventory.flows import flow_problems
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.inventory.lopsided import lopsided
    from lca_cardato.inventory.placed import unplaced
    from lca_cardato.inventory.uncounted import doubts, told
    from lca_cardato.results.notices import notices
    from lca_cardato.studies.literature import literature_problems

    records = load_inventory(extra=inventories, afresh=True)
    words = Language(lang.value)
    show_first(notices((), records, words), words)
    problems = flow_problems(records) + basis_problems(records) + literature_problems(records)
    if problems:
        raise InputError(problems)
    tell(say(
        "sound: {datasets} datasets, {steps} steps, {sources} sources, {limits} limits, {literature} "
        "published values to compare with; own folder adds {added} and replaces {replaced} records",
        datasets=len(records.datasets), steps=len(records.steps), sources=len(records.sources),
        limits=len(records.limits), literature=len(records.literature), added=len(records.added),
        replaced=len(records.overridden),
    ))  # fmt: skip
    for one in lopsided(records):
        tell(say(
            "{place}, {name}: {share:.0f} % of its range lies below the stated {amount:.4g} {unit}; "
            "is it the best estimate?",
            place=f"{one.section}/{one.key}", name=one.name, share=one.below * 100,
            amount=float(one.datum.amount or 0), unit=one.datum.unit,
        ))  # fmt: skip
    for key, land in unplaced(records).items():
        tell(say(
            "no factor of water scarcity for {land} (datasets/{key}): the mean of the world stands "
            "in; write one in `scarcity`", land=land, key=key,
        ))  # fmt: skip
    for doubt in doubts(records):
        print(told(doubt, words))


def import_(
    file: Annotated[
        Path,
        argument(
            "FILE",
            "Brightway workbook, openLCA JSON-LD, EcoSpold 1 or 2, ILCD, or SimaPro CSV.",
        ),
    ],
    to: Annotated[Path, option("--to", "New inventory file (YAML).")],
    process: Annotated[
        Optional[str], option("--process", "Name or code of the process, where there are many.")
    ] = None,
    database: Annotated[
        Optional[str], option("--database", "Database of the file, where it holds several.")
    ] = None,
    source: Annotated[
        Optional[str],
        option("--source", "Where the figures come from, if the file does not say it."),
    ] = None,
    year: Annotated[
        Optional[int], option("--year", "Year of the data, if the file does not say it.")
    ] = None,
    class_: Annotated[str, option("--class", "published, supplier or measured.")] = "published",
    key: Annotated[
        Optional[str], option("--key", "Id of the dataset; else made from its name.")
    ] = None,
    allow_unmatched: Annotated[
        bool, option("--allow-unmatched", "Leave out what is not found here, and say so.")
    ] = False,
    without: Annotated[
        Optional[list[str]],
        option("--without", "Name of an exchange that is left out, and said so; repeatable."),
    ] = None,
    background: Annotated[
        Optional[str],
        option("--background", "PROJECT/DATABASE of your own, for inputs that are not found here."),
    ] = None,
    json_: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Turn a process of another program into an inventory file."""
    from lca_cardato.cli.account import show_account
    from lca_cardato.exchange.take import import_process

    found = import_process(
        file, to, process, allow_unmatched, source, year, class_, key, database, without or (),
        background,
    )  # fmt: skip
    if json_:
        print_json({"file": str(to), **found.to_dict()})
        return
    tell(say(
        "{file}: dataset {key}, {count} exchange", "{file}: dataset {key}, {count} exchanges",
        file=to, key=found.key, count=found.exchanges,
    ))  # fmt: skip
    if found.empty:
        tell(say(
            "NOTHING of {key} is known here, the dataset is empty: whatever takes it has a coverage of 0 %; "
            "what it lacks stands in `lacks`", key=found.key,
        ))  # fmt: skip
    if len(found.datasets) > 1:
        tell(say("came along: {names}", names=found.datasets[1:]))
    if found.linked:
        tell(say("linked to datasets here: {names}", names=found.linked))
    show_account(found)
    tell(say(
        "`inventoried_for` is empty, so results are lower bounds; fill it in, with `category` (what it "
        "is) or `supplies` (which fibre), and check with: "
        "lca-cardato inventory check --inventories {folder}", folder=to.parent,
    ))  # fmt: skip
