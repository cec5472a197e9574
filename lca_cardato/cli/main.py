"""Entry point. Heavy imports happen inside the commands, so that ``--help`` is instant."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from lca_cardato.cli import (
    claims,
    data,
    decide,
    handover,
    help,
    lots,
    meters,
    optimising,
    product,
    proof,
    studies,
)
from lca_cardato.cli.examples import epilog, manual
from lca_cardato.cli.options import Language, option, speaks
from lca_cardato.cli.outcome import language
from lca_cardato.cli.usage import Command, Group, retold
from lca_cardato.sentence import say
from lca_cardato.words.told import tell

HELP = """Life cycle assessment of carded (woollen-spun) yarns and fabrics of Prato,
and their standing on the claims Cardato and Cardato Recycled."""

SECTIONS: dict[str, dict[str, Any]] = {
    "One product": {
        "new": product.new,
        "convert": product.convert,
        "validate": product.validate,
        "meters": meters.meters,
        "assess": product.assess,
        "claims": claims.app,
        "fibres": product.fibres,
        "steps": product.steps,
    },
    "Many products, and how sure it is": {
        "compare": studies.compare,
        "batch": studies.batch,
        "optimise": optimising.optimise,
        "uncertainty": studies.uncertainty,
        "sensitivity": studies.sensitivity,
        "measure-next": decide.measure_next,
        "season": decide.season,
    },
    "Proof": {
        "verify": proof.verify,
        "reproduce": proof.reproduce,
        "explain": proof.explain,
        "diff": proof.diff,
        "attest": proof.attest,
    },
    "Handing over": {
        "report": handover.report,
        "lot": lots.lot,
        "open": handover.open_,
        "serve": handover.serve,
        "web": handover.web,
        "export": handover.export,
    },
    "Data": {
        "inventory": data.inventory,
        "methods": data.methods,
        "background": data.background,
        "import": data.import_,
    },
    "Help": {"doctor": help.doctor, "explain-error": help.explain_error},
}
"""Heading of the help -> name -> function of a command, or a group of commands."""


HEADINGS = {str(text): text for text in (
    say("One product"), say("Many products, and how sure it is"), say("Proof"), say("Handing over"),
    say("Data"), say("Help"),
)}  # fmt: skip
"""Heading -> its sentence."""


class Sections(Group):
    """Group of commands whose help lists them under headings, each with its whole sentence."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands."""
        for heading, names in SECTIONS.items():
            with formatter.section(tell(HEADINGS[heading], language())):
                rows = [(name, self.commands[name].help.split("\n\n")[0]) for name in names]  # type: ignore[union-attr]
                formatter.write_dl([(name, " ".join(told.split())) for name, told in rows])

    def make_context(self, *words: Any, **more: Any) -> Any:
        """Read the command line."""
        with retold():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        with retold():
            return super().invoke(ctx)


def make_app() -> typer.Typer:
    """Put the program together."""
    app = typer.Typer(
        help=HELP,
        epilog=manual(),
        cls=Sections,
        no_args_is_help=True,
        add_completion=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(main_options)
    for commands in SECTIONS.values():
        for name, command in commands.items():
            if isinstance(command, typer.Typer):
                for one in command.registered_commands:
                    one.cls = Command
                    inner = one.name or one.callback.__name__  # type: ignore[union-attr]
                    one.epilog = epilog(f"{name} {inner}")
                app.add_typer(command, name=name)
            else:
                app.command(name, cls=Command, epilog=epilog(name))(command)
    return app


def _version(value: bool) -> None:
    if value:
        from lca_cardato.doctor.packages import version_text

        typer.echo(version_text())
        raise typer.Exit()


def main_options(
    version: Annotated[
        bool,
        option(
            "--version",
            "Print the version, the line of Brightway and the versions of the packages.",
            callback=_version,
            is_eager=True,
        ),
    ] = False,
    lang: Language = None,
) -> None:
    """Options of the program itself."""
    speaks(lang)


app = make_app()


def main() -> None:
    """Run the command and turn every error into lines for people and an exit code."""
    from lca_cardato.cli.outcome import run

    sys.exit(run(lambda: app(prog_name="lca-cardato")))
