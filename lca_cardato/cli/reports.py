"""What `report`, `open` and `serve` do, and what `--report` adds to other commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.errors import EXIT_OK

if TYPE_CHECKING:
    from lca_cardato.report.parts import Report
    from lca_cardato.results.material import Material


def check(files: list[Path], charts: Optional[Path], force: bool, kind: str) -> None:
    """Refuse report files that can't be, before anything is calculated."""
    if files or charts is not None:
        from lca_cardato.report.make import check_targets

        check_targets(files, charts, force, kind)


def write(
    report: Report, document: dict[str, Any], files: list[Path], charts: Optional[Path], force: bool
) -> None:
    """Write reports and say where, on standard error."""
    import sys

    from lca_cardato.report.make import write_reports

    for path in write_reports(report, document, files, charts, force):
        print(f"{path}: written", file=sys.stderr)


def write_assessment(
    material: Material, out: Optional[Path], files: list[Path], charts: Optional[Path], force: bool
) -> None:
    """Write the report of a fresh result; `out` is its run folder, if there is one."""
    from lca_cardato.audit.material import of_written
    from lca_cardato.report.stories.assessment import assessment_report

    if out is not None:
        of_written(material, out)
    write(assessment_report(material), material.document, files, charts, force)


def run_report(
    run: Path, files: list[Path], lang: Optional[str], charts: Optional[Path], force: bool
) -> int:
    """Write the report of a run folder."""
    from lca_cardato.audit.material import of_run
    from lca_cardato.audit.read import shaped
    from lca_cardato.cli.commands import InstallProgress
    from lca_cardato.report.stories.assessment import assessment_report

    files = files or [Path(f"{run.resolve().name}.html")]
    check(files, charts, force, "assessment")
    progress = InstallProgress()
    try:
        material = of_run(run, lang, progress)
    finally:
        progress.close()
    with shaped(run):  # a run of another version, or one that was changed
        write(assessment_report(material), material.document, files, charts, force)
    return EXIT_OK


def run_open(run: Path, lang: Optional[str]) -> int:
    """Show the report of a run folder in the browser."""
    import webbrowser

    from lca_cardato.audit.read import language_of, read_json, shaped
    from lca_cardato.files.home import data_home

    manifest = read_json(run, "manifest.json")
    with shaped(run):
        name = f"{int(manifest['id'], 16):016x}-{lang or language_of(run, manifest)}.html"
    file = data_home() / "reports" / name
    run_report(run, [file], lang, None, True)
    if not webbrowser.open(file.as_uri()):
        print(f"no browser was found; the report is {file}")
    return EXIT_OK


def run_serve(folder: Path, port: int, lang: str, browser: bool) -> int:
    """Serve the pages on this machine."""
    from lca_cardato.serve import serve

    return serve(folder, port=port, lang=lang, open_browser=browser)
