"""Many products, and how sure it is: `compare`, `batch`, `uncertainty`, `sensitivity`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Callable, Optional, Union

from lca_cardato.cli import complete
from lca_cardato.cli.console import (
    console,
    counting,
    installing,
    leave,
    print_json,
    tell,
    without_logs,
)
from lca_cardato.cli.options import (
    Backgrounds,
    Basis,
    IndicatorsOption,
    JsonOption,
    Lang,
    LangOption,
    ScenarioFile,
    SeedOption,
    Written,
    argument,
    option,
    spread,
)
from lca_cardato.errors import EXIT_INPUT, InputError
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.batch.run import BatchResult
    from lca_cardato.space.load import LoadedSpace


@spread
def compare(
    scenarios: Annotated[
        list[Path], argument("SCENARIO...", "Two or more scenario files.", complete.scenarios)
    ],
    samples: Annotated[int, option("--samples", "Paired draws, up to 1000000; 0 for none.")] = 0,
    seed: SeedOption = 0,
    indicators: IndicatorsOption = None,
    json_: JsonOption = False,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Backgrounds = Backgrounds(),
) -> None:
    """Compare scenarios with the first: impacts, stages, claims, and how sure the order is."""
    from lca_cardato.report.screens.studies import render_comparison
    from lca_cardato.studies.compare import compare

    written.check("comparison")
    with installing() as progress, counting(say("draws")) as tick:
        found = compare(
            list(scenarios), samples=samples, seed=seed, indicators=indicators or [],
            progress=progress, tick=tick, **basis.arguments(),
        )  # fmt: skip
    _answer(found, found.to_dict(lang.value), render_comparison, json_, written, lang)


@spread
def batch(
    space: Annotated[
        Path,
        argument(
            "SPACE", "Space file (YAML), or the table of an office (.xlsx, .csv).", complete.spaces
        ),
    ],
    base: Annotated[
        Optional[Path],
        option(
            "--base", "Of a table: the scenario whose values its rows change.", complete.scenarios
        ),
    ] = None,
    map_: Annotated[
        Optional[list[str]],
        option(
            "--map",
            "Of a table: what a column is, 'HEAD=PATH', 'HEAD=keep' or 'HEAD=ignore'; repeatable.",
        ),
    ] = None,
    sheet: Annotated[
        Optional[str], option("--sheet", "Of a workbook: the sheet; the first one.")
    ] = None,
    keep: Annotated[
        bool,
        option("--keep", "Of a table: keep base and columns in a space file beside it."),
    ] = False,
    out: Annotated[
        Optional[Path],
        option("--out", "Result file: .parquet, .csv or .xlsx; taken up where it broke off."),
    ] = None,
    where: Annotated[
        Optional[list[str]],
        option("--filter", "Condition on rows, e.g. 'climate_change < 4'; repeatable."),
    ] = None,
    pareto: Annotated[
        Optional[str], option("--pareto", "Keep the Pareto front, e.g. climate_change,cost.")
    ] = None,
    top: Annotated[int, option("--top", "Keep this many of the best rows.", min=0)] = 0,
    by: Annotated[
        Optional[str], option("--by", "Order of the best, e.g. cost or max:recycled_product_dry.")
    ] = None,
    indicators: IndicatorsOption = None,
    check: Annotated[
        int, option("--check", "Random rows to calculate again with Brightway.", min=0)
    ] = 0,
    workers: Annotated[
        Optional[int], option("--workers", "Threads; all processors when left out.", min=1)
    ] = None,
    scheduler: Annotated[
        Optional[str], option("--scheduler", "Address of a dask scheduler, e.g. tcp://host:8786.")
    ] = None,
    row: Annotated[
        Optional[int], option("--row", "Print the scenario of this row and stop.")
    ] = None,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Calculate every scenario of a space: grids, blends, tables, samples."""
    if row is None:
        from lca_cardato.studies.batch import batch, needs

        written.check("batch", needs=needs(scheduler))
    source, place = _source(space, base, map_ or [], sheet, keep)
    if row is not None:
        _print_row(source, row, space.name)
        return
    out = out or place
    from lca_cardato.api.reports import report_of
    from lca_cardato.report.screens.studies import render_batch

    with (
        installing() as progress,
        counting(say("rows")) as tick,
        without_logs(scheduler is not None),
    ):
        found = batch(
            source, out=out, lang=lang.value, where=where or [], pareto=pareto, top=top, by=by,
            indicators=indicators, check=check, workers=workers, scheduler=scheduler,
            force=written.force, progress=progress, tick=tick, **basis.arguments(),
        )  # fmt: skip
    written.write(lambda: report_of(found, lang.value))
    render_batch(found, Language(lang.value), console())
    _tell_rows(found)
    count = found.summary.problem_count
    leave(EXIT_INPUT if count else 0)


@spread
def uncertainty(
    scenario: ScenarioFile,
    samples: Annotated[int, option("--samples", "Draws, up to 1000000.")] = 10_000,
    seed: SeedOption = 0,
    indicators: IndicatorsOption = None,
    json_: JsonOption = False,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Draw every uncertain figure: median, 95 % interval, and what makes the spread."""
    from lca_cardato.report.screens.studies import render_uncertainty
    from lca_cardato.studies.uncertainty import uncertainty

    written.check("uncertainty")
    with installing() as progress, counting(say("draws")) as tick:
        found = uncertainty(
            scenario, samples=samples, seed=seed, indicators=indicators or [],
            progress=progress, tick=tick, **basis.arguments(),
        )  # fmt: skip
    _answer(found, found.to_dict(lang.value), render_uncertainty, json_, written, lang)


@spread
def sensitivity(
    scenario: ScenarioFile,
    indicator: Annotated[
        str, option("--indicator", "Indicator, as in `assess --json`.", complete.indicators)
    ] = "climate_change",
    seed: SeedOption = 0,
    trajectories: Annotated[int, option("--trajectories", "Morris trajectories.")] = 20,
    points: Annotated[
        int, option("--points", "Base points of the Sobol indices, a power of 2.")
    ] = 1024,
    screen: Annotated[int, option("--screen", "Figures that get Sobol indices, by Morris.")] = 15,
    json_: JsonOption = False,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Tell which figures and choices a result hangs on: Morris, Sobol, tornado, switches."""
    from lca_cardato.report.screens.studies import render_sensitivity
    from lca_cardato.studies.sensitivity import NEEDS, sensitivity

    written.check("sensitivity", needs=NEEDS)
    with installing() as progress:
        found = sensitivity(
            scenario, indicator, seed, trajectories, points, screen, progress=progress,
            **basis.arguments(),
        )  # fmt: skip
    _answer(found, found.to_dict(lang.value), render_sensitivity, json_, written, lang)


def _answer(
    found: Any, document: dict[str, Any], render: Callable[[dict[str, Any], Language, Any], None],
    json_: bool, written: Written, lang: Lang,
) -> None:  # fmt: skip
    """Write the files that are asked for, and print what was found."""
    from lca_cardato.api.reports import report_of

    written.write(lambda: report_of(found, lang.value))
    if json_:
        print_json(document)
    else:
        render(document, Language(lang.value), console())


def _tell_rows(found: BatchResult) -> None:
    """Say on standard error which rows have no result, and why; what is the same of many is said once."""
    from lca_cardato.space.grouped import alike, rows_text

    reasons: dict[Any, list[int]] = {}
    texts: dict[Any, str] = {}
    for problem in found.summary.problems:
        key = alike(problem.text)
        reasons.setdefault(key, []).append(found.lines.get(problem.row, problem.row))
        texts.setdefault(key, problem.text)
    told = 0
    for key, rows in list(reasons.items())[:20]:
        told += len(rows)
        if len(rows) == 1:
            tell(say("row {row}: {why}", row=rows[0], why=texts[key]), stderr=True)
        else:
            tell(say("rows {rows}: {why}", rows=rows_text(rows), why=texts[key]), stderr=True)
    rest = found.summary.problem_count - told
    if rest:
        tell(
            say(
                "and {count} more row without a result",
                "and {count} more rows without a result",
                count=rest,
            ),
            stderr=True,
        )


def _source(
    space: Path, base: Optional[Path], maps: list[str], sheet: Optional[str], keep: bool
) -> tuple[Union[Path, LoadedSpace], Optional[Path]]:
    """Give what is calculated, and where its result goes when nothing else is said."""
    from lca_cardato.space.from_table import is_table, maps_of, result_place, table_space

    if is_table(space):
        return table_space(space, base, maps_of(maps), sheet, keep), result_place(space)
    given = {"--base": base, "--map": maps, "--sheet": sheet, "--keep": keep}
    for name, value in given.items():
        if value:
            raise InputError.one(
                "E316", say("this belongs to a table, and a space file says it itself"), key=name,
                value=str(space),
            )  # fmt: skip
    return space, None


def _print_row(source: Union[Path, LoadedSpace], row: int, name: str) -> None:
    """Print one row of a space as a scenario file."""
    import yaml

    from lca_cardato.space.load import LoadedSpace, load_space

    space = source if isinstance(source, LoadedSpace) else load_space(source)
    if not 0 <= row < space.size:
        raise InputError.one(
            "E326",
            say("the space has the rows 0 to {last}", last=space.size - 1),
            key="--row",
            value=str(row),
        )
    data, _ = space.scenario_data(row)
    data["id"] = f"{data['id']}-{row}"[:64]
    for key, paper in space.base.files.items():  # where the row will lie, they may not
        del data["documents"][key]["file"]
        data["documents"][key]["sha256"] = paper.sha256
    print(f"# Row {row} of {name}, made from {space.space.base}.")
    print(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100), end="")
