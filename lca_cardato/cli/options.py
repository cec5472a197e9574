"""Arguments and options that several commands share, with what a shell proposes for them."""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Callable, Mapping, Optional, get_type_hints

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.outcome import LANGUAGE
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.report.parts import Report


def argument(metavar: str, told: str, propose: Any = None) -> Any:
    """Make an argument of a command.

    Parameters
    ----------
    metavar, told : str
        Name and sentence in the help.
    propose : callable, optional
        Gives what a shell proposes.
    """
    return typer.Argument(metavar=metavar, help=told, autocompletion=propose)


def option(name: str, told: str, propose: Any = None, **more: Any) -> Any:
    """Make an option of a command; further arguments are those of `typer.Option`."""
    return typer.Option(name, help=told, autocompletion=propose, **more)


class Lang(str, Enum):
    """Language of the output."""

    en = "en"
    it = "it"


ScenarioFile = Annotated[
    Path, argument("SCENARIO", "Scenario: YAML, or a workbook (.xlsx).", complete.scenarios)
]
RunFolder = Annotated[
    Path, argument("RUN", "Folder that `assess --out` wrote, or its .zip.", complete.runs)
]


LangOption = Annotated[
    Lang,
    option("--lang", "Language of the output.", envvar=LANGUAGE, show_envvar=False),
]
Language = Annotated[Optional[Lang], option("--lang", "Language of the output.")]
"""The same before the name of a command."""


def speaks(lang: Language = None) -> None:
    """Let a command that follows speak the language that stands before its name."""
    if lang is not None:
        os.environ[LANGUAGE] = lang.value


def group(help_: str) -> typer.Typer:
    """Make a group of commands that shows its help when it is called without one."""
    from lca_cardato.cli.usage import Group

    made = typer.Typer(
        help=help_,
        cls=Group,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    made.callback()(speaks)
    return made


InventoriesOption = Annotated[
    Optional[Path],
    option(
        "--inventories",
        "Own folder of inventory files; extends the shipped ones or replaces them by id.",
    ),
]
JsonOption = Annotated[bool, option("--json", "Print one JSON document.")]
SeedOption = Annotated[int, option("--seed", "Seed of the draws, from 0.")]
IndicatorsOption = Annotated[
    Optional[list[str]],
    option("--indicators", "Indicators, comma-separated, or `all`.", complete.indicator_lists),
]
ChartsOption = Annotated[
    Optional[Path], option("--charts", "New folder for the charts as SVG and PNG.", metavar="DIR")
]
AcceptDataOption = Annotated[
    bool,
    option(
        "--accept-data",
        "Accept shipped data and a program that are not those installed here, as of another release.",
    ),
]
ForceOption = Annotated[bool, option("--force", "Replace files that are there.")]
MappingOption = Annotated[
    Optional[str],
    option("--mapping", "Mapping for that database: a shipped one, or a file.", complete.mappings),
]


@dataclass(frozen=True)
class Basis:
    """What a calculation rests on."""

    inventories: InventoriesOption = None
    background: Annotated[
        Optional[str],
        option(
            "--background",
            "Database of your own Brightway project, e.g. ecoinvent, in place of the open one.",
            complete.databases,
            metavar="PROJECT/DATABASE",
        ),
    ] = None
    mapping: MappingOption = None
    method: Annotated[
        Optional[list[str]],
        option(
            "--method",
            "Further method: see `methods`; of your own project, or a file; repeatable.",
            complete.methods,
            metavar="NAME",
        ),
    ] = None

    def arguments(self) -> dict[str, Any]:
        """Arguments of the library."""
        return {
            "inventories": self.inventories, "background": self.background,
            "mapping": self.mapping, "methods": self.method or [],
        }  # fmt: skip


@dataclass(frozen=True)
class Backgrounds(Basis):
    """The same, with several backgrounds side by side."""

    background: Annotated[
        Optional[list[str]],
        option(
            "--background",
            "Database of your own Brightway project, or `open`; repeatable: side by side.",
            complete.databases,
            metavar="PROJECT/DATABASE",
        ),
    ] = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Written:
    """What is written beside the answer on the screen."""

    report: Annotated[
        Optional[list[Path]],
        option(
            "--report",
            "Write a report: .html, .pdf, .xlsx, .json or .jsonld; repeatable.",
            metavar="FILE",
        ),
    ] = None
    charts: ChartsOption = None
    force: ForceOption = False

    @property
    def asked(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.report) or self.charts is not None

    def check(
        self, kind: str, sheet: bool = False, needs: Optional[Mapping[str, str]] = None
    ) -> None:
        """Refuse report files that can't be, and what lacks an extra, before anything is calculated."""
        if self.asked or needs:
            from lca_cardato.report.make import check_targets

            check_targets(self.report or [], self.charts, self.force, kind, sheet, needs)

    def write(self, make: Callable[[], tuple[Report, dict[str, Any]]], sheet: bool = False) -> None:
        """Write what is asked for, and say where on standard error.

        Parameters
        ----------
        make : callable
            Gives the report and its document; not called when nothing is asked for.
        sheet : bool
            Whether all files are to hold the sheet for the customer.
        """
        if self.asked:
            from lca_cardato.cli.console import tell
            from lca_cardato.report.make import write_reports

            files = self.report or []
            for path in write_reports(*make(), files, self.charts, self.force, sheet):
                tell(say("{file}: written", file=path), stderr=True)


def unpacked(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the folder where its user named the .zip of one.

    Parameters
    ----------
    *names : str
        Parameters of the command that are run folders.
    """

    def made(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def command(**given: Any) -> None:
            from lca_cardato.audit.archive import opened

            with contextlib.ExitStack() as open_:
                for name in names:
                    if given[name] is None:
                        continue
                    given[name] = open_.enter_context(opened(given[name]))
                function(**given)

        return command

    return made


def spread(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of its parameters that are `Basis` or `Written`.

    Each field of such a parameter becomes an option of the command, at the parameter's place.
    """
    hints = get_type_hints(function, include_extras=True)
    groups = {
        name: kind for name, kind in hints.items() if isinstance(kind, type) and is_dataclass(kind)
    }
    parameters = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name not in groups:
            parameters.append(parameter.replace(annotation=hints[name]))
            continue
        inner = get_type_hints(groups[name], include_extras=True)
        for field in fields(groups[name]):
            parameters.append(
                parameter.replace(
                    name=field.name, annotation=inner[field.name], default=field.default
                )
            )

    @functools.wraps(function)
    def command(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in fields(kind)})
        function(**given)

    del command.__wrapped__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {item.name: item.annotation for item in parameters}
    return command
