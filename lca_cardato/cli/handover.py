"""Handing over: `report`, `open`, `serve`, `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

from lca_cardato.cli.console import console, installing, leave, print_json, show_first, tell
from lca_cardato.cli.options import (
    AcceptDataOption,
    Basis,
    ChartsOption,
    ForceOption,
    JsonOption,
    Lang,
    RunFolder,
    ScenarioFile,
    Written,
    argument,
    option,
    spread,
    unpacked,
)
from lca_cardato.cli.outcome import LANGUAGE
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.exchange.ordinary import Ordinary
    from lca_cardato.words.language import Language

NamesLangOption = Annotated[
    Lang, option("--lang", "Language of names and comments.", envvar=LANGUAGE, show_envvar=False)
]
RunLangOption = Annotated[
    Optional[Lang], option("--lang", "Language; that of the run when left out.")
]


@unpacked("run")
def report(
    run: RunFolder,
    files: Annotated[
        Optional[list[Path]],
        argument(
            "[FILE]...",
            "Report files: .html, .pdf, .xlsx, .json, .jsonld; RUN.html when left out. One whose "
            "name begins with `sheet` or `scheda` (.pdf, .html) is the one-page sheet.",
        ),
    ] = None,
    sheet: Annotated[
        bool,
        option("--sheet", "The one-page sheet for a customer, whatever the files are called."),
    ] = False,
    charts: ChartsOption = None,
    force: ForceOption = False,
    accept_data: AcceptDataOption = False,
    lang: RunLangOption = None,
) -> None:
    """Write the report of a run: page, document for signature, workbook, passport figures, sheet."""
    targets = files or [Path("sheet.pdf" if sheet else f"{run.resolve().name}.html")]
    _write_report(run, targets, lang, charts, force, accept_data, sheet)


@unpacked("run")
def open_(
    run: RunFolder, accept_data: AcceptDataOption = False, lang: RunLangOption = None
) -> None:
    """Show the report of a run in the browser."""
    import webbrowser

    from lca_cardato.audit.read import language_of, read_json, shaped
    from lca_cardato.files.home import data_home

    manifest = read_json(run, "manifest.json")
    with shaped(run):
        name = f"{int(manifest['id'], 16):016x}-{lang.value if lang else language_of(run, manifest)}.html"
    file = data_home() / "reports" / name
    _write_report(run, [file], lang, None, True, accept_data)
    if not webbrowser.open(file.as_uri()):
        tell(say("no browser was found; the report is {file}", file=file))


def serve(
    folder: Annotated[Path, argument("[DIR]", "Folder with runs and scenarios.")] = Path("."),
    port: Annotated[int, option("--port", "Port on this machine.", min=1, max=65_535)] = 8765,
    browser: Annotated[
        bool, option("--browser/--no-browser", "Open the page in the browser.")
    ] = True,
    read_only: Annotated[
        bool, option("--read-only", "Let no form be saved into the folder.")
    ] = False,
    lang: Annotated[
        Lang, option("--lang", "Language of the pages.", envvar=LANGUAGE, show_envvar=False)
    ] = Lang.en,
) -> None:
    """Fill in scenarios, compare runs and move blend sliders on a page of this machine only."""
    from lca_cardato.serve.start import serve

    leave(serve(folder, port=port, lang=lang.value, open_browser=browser, may_write=not read_only))


def web(
    out: Annotated[
        Path,
        option(
            "--out",
            "New folder for the page, or one new file: .html, or .zip of the folder.",
            metavar="DIR",
        ),
    ],
    parts: Annotated[
        Optional[Path],
        option(
            "--parts",
            "Folder with Pyodide and pydantic_core; fetched when left out.",
            metavar="DIR",
        ),
    ] = None,
    drawn: Annotated[
        int,
        option(
            "--check", "Drawn scenarios that page and command must agree on.", min=0, max=10_000
        ),
    ] = 0,
    force: Annotated[bool, option("--force", "Replace an earlier page that is there.")] = False,
) -> None:
    """Write the calculator as a folder that a browser opens: no installation, no network."""
    from lca_cardato.web.build import page_files
    from lca_cardato.web.write import check_out, is_zip, write_page

    check_out(out, force)
    with installing():
        files = page_files(parts, drawn)
    opened = write_page(out, files, force)
    whole = opened.stat().st_size if opened.suffix != ".zip" and opened == out else 0
    size = (whole or sum(map(len, files.values()))) / 1e6
    if is_zip(out):
        tell(
            say(
                "{file}: unpack it, {size:.1f} MB, and open index.html in a browser",
                file=opened,
                size=size,
            )
        )
    else:
        tell(say("{file}: {size:.1f} MB; open it in a browser", file=opened, size=size))


@spread
def export(
    scenario: ScenarioFile,
    target: Annotated[
        str,
        argument(
            "TARGET",
            "New file: .zip (openLCA JSON-LD), .xlsx or .bw2package (Brightway), .spold.zip "
            "(EcoSpold 2), .csv (flows for Sankey diagrams); or PROJECT/DATABASE with --format brightway.",
        ),
    ],
    format_: Annotated[
        Optional[str],
        option(
            "--format",
            "brightway, excel, bw2package, jsonld, ecospold2, sankey; else by the ending.",
        ),
    ] = None,
    force: Annotated[bool, option("--force", "Replace a file or database that is there.")] = False,
    basis: Basis = Basis(),
    json_: JsonOption = False,
    lang: NamesLangOption = Lang.en,
) -> None:
    """Write the product system with everything behind it for Brightway, openLCA and others."""
    from lca_cardato.exchange.export import export, files_of, format_of
    from lca_cardato.exchange.ordinary import ordinary
    from lca_cardato.results.notices import notices
    from lca_cardato.studies.assess import assess
    from lca_cardato.words.language import Language

    chosen = format_of(target, format_)
    with installing() as progress:
        result = assess(scenario, progress=progress, **basis.arguments())
    words, model = Language(lang.value), result.main.model
    told = notices(model.questions, result.inventory, words, result.methods, result.own_rules)
    show_first(told, words, stderr=json_)
    system = export(result, target, format_, force, lang.value)
    usual = None  # a table of flows holds scores, and nothing that another method could count
    if chosen != "sankey":
        usual = ordinary(result, system, target if chosen == "brightway" else "")
    if json_:
        files = [] if chosen == "brightway" else map(str, files_of(Path(target), chosen))
        print_json({"target": target, "format": chosen, "files": list(files),
                    "processes": len(system.processes), "flows": len(system.flows),
                    "parameters": len(system.parameters), "methods": len(system.methods),
                    **({"ordinary": usual.to_dict()} if usual else {})})  # fmt: skip
        return
    tell(say(
        "{target}: {processes} processes, {flows} elementary flows, {parameters} parameters, "
        "{methods} indicators; climate change {score:.9g} kg CO2-eq per declared unit",
        target=target, processes=len(system.processes), flows=len(system.flows),
        parameters=len(system.parameters), methods=len(system.methods),
        score=float(system.scores["climate_change"]),
    ))  # fmt: skip
    if usual is not None:
        _show_ordinary(usual, chosen, words)


def _show_ordinary(usual: Ordinary, chosen: str, words: Language) -> None:
    """Print what the ordinary methods make of an export, and a warning where it is another figure."""
    from lca_cardato.report.formats.terminal import show
    from lca_cardato.report.screens.ordinary import is_part, ordinary_table

    tell(say("Of one declared unit, the ordinary methods (EF 3.1 and cumulative energy demand of "
             "{source}) give:", source=usual.source))  # fmt: skip
    show([ordinary_table(usual, words)], words, console())
    without = [item.name for item in usual.shares if not item.method]
    if without:
        tell(say("No ordinary method: {names}.", names=", ".join(without)))
    other = [item for item in usual.shares if item.differs]
    if not other:
        return
    named = ", ".join(item.name for item in other if not is_part(item, words) or len(other) == 1)
    tell(say("Warning: whoever takes the ordinary methods gets another figure of: {names}.",
             names=named), stderr=True)  # fmt: skip
    if any(item.published for item in other):
        tell(say("They leave out published results of studies, which stand in flows of their own."),
             stderr=True)  # fmt: skip
    if any(not item.published for item in other):
        tell(say("They have factors that are corrected here; see docs/method.md."), stderr=True)
    if chosen == "ecospold2":
        tell(say("EcoSpold 2 has no place for methods; another format brings those of this export."),
             stderr=True)  # fmt: skip
    else:
        tell(
            say("The methods that come with this export give those of the column `here`."),
            stderr=True,
        )


def _write_report(
    run: Path,
    files: list[Path],
    lang: Optional[Lang],
    charts: Optional[Path],
    force: bool,
    accept_data: bool,
    sheet: bool = False,
) -> None:
    """Write the report of a run folder."""
    from lca_cardato.audit.material import of_run
    from lca_cardato.audit.read import shaped
    from lca_cardato.report.stories.assessment import assessment_report

    written = Written(files, charts, force)
    written.check("assessment", sheet)
    with installing() as progress:
        material = of_run(run, lang.value if lang else None, progress, accept_data)
    with shaped(run):  # a run of another version
        written.write(lambda: (assessment_report(material), material.document), sheet)
