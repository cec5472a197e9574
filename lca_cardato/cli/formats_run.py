"""What `export` and `import` do: one library call and its rendering."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional


def run_export(
    scenario: Path, target: str, format_: Optional[str], force: bool, rests_on: dict[str, Any],
    lang: str,
) -> None:  # fmt: skip
    """Export a scenario and say what was written."""
    from lca_cardato.cli.commands import InstallProgress
    from lca_cardato.exchange.export import export, format_of
    from lca_cardato.studies.assess import assess

    format_of(target, format_)
    progress = InstallProgress()
    try:
        result = assess(scenario, progress=progress, **rests_on)
    finally:
        progress.close()
    system = export(result, target, format_, force, lang)
    print(
        f"{target}: {len(system.processes)} processes, {len(system.flows)} elementary flows, "
        f"{len(system.parameters)} parameters, {len(system.methods)} indicators; "
        f"climate change {system.scores['climate_change']:.9g} kg CO2-eq per declared unit"
    )


def run_import(
    file: Path, to: Path, process: Optional[str], allow_unmatched: bool, about: dict[str, Any]
) -> None:
    """Import a process and say what was written."""
    from lca_cardato.errors import shorten
    from lca_cardato.exchange.take import import_process

    found = import_process(file, to, process, allow_unmatched, **about)
    print(f"{to}: dataset {found.key}, {found.exchanges} exchanges")
    if len(found.datasets) > 1:
        print(f"came along: {', '.join(found.datasets[1:])}")
    if found.linked:
        print(f"linked to datasets here: {', '.join(found.linked)}")
    for text in found.left_out:
        print(f"left out: {shorten(text, 200)}")
    print(
        "`inventoried_for` is empty, so results are lower bounds; fill it in, and check with: "
        f"lca-cardato inventory check --inventories {to.parent}"
    )
