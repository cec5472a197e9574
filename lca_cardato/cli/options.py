"""Arguments and options that several commands share, with what a shell proposes for them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from lca_cardato.cli import complete


class Lang(str, Enum):
    """Language of the output."""

    en = "en"
    it = "it"


ScenarioFile = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO",
        help="Scenario file (YAML).",
        show_default=False,
        autocompletion=complete.scenarios,
    ),
]
RunFolder = Annotated[
    Path,
    typer.Argument(
        metavar="RUN",
        help="Folder that `assess --out` wrote.",
        show_default=False,
        autocompletion=complete.runs,
    ),
]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the output.")]
InventoriesOption = Annotated[
    Optional[Path],
    typer.Option(
        "--inventories",
        help="Own folder of inventory files; extends the shipped ones or replaces them by id.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of the draws, from 0.")]
IndicatorsOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--indicators",
        help="Indicators, comma-separated, or `all`.",
        autocompletion=complete.indicator_lists,
    ),
]
ReportOption = Annotated[
    Optional[list[Path]],
    typer.Option(
        "--report",
        metavar="FILE",
        help="Write a report: .html, .pdf, .xlsx, .json or .jsonld; repeatable.",
    ),
]
ChartsOption = Annotated[
    Optional[Path],
    typer.Option("--charts", metavar="DIR", help="New folder for the charts as SVG and PNG."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]
BackgroundOption = Annotated[
    Optional[str],
    typer.Option(
        "--background",
        metavar="PROJECT/DATABASE",
        help="Database of your own Brightway project, e.g. ecoinvent, in place of the open one.",
        autocompletion=complete.databases,
    ),
]
MappingOption = Annotated[
    Optional[str],
    typer.Option(
        "--mapping",
        help="Mapping for that database: a shipped one, or a file.",
        autocompletion=complete.mappings,
    ),
]
MethodOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--method",
        metavar="NAME",
        help="Further method: see `methods`; of your own project, or a file; repeatable.",
        autocompletion=complete.methods,
    ),
]


def rests_on(
    inventories: Optional[Path],
    background: Any,
    mapping: Optional[str],
    method: Optional[list[str]],
) -> dict[str, Any]:
    """Arguments of the library that say what a calculation rests on."""
    return {
        "inventories": inventories,
        "background": background,
        "mapping": mapping,
        "methods": method or [],
    }
