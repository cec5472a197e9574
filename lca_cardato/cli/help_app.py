"""The commands that help: `doctor`, `explain-error`."""

from __future__ import annotations

from typing import Annotated

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import JsonOption, Lang, LangOption


def doctor(json_: JsonOption = False, lang: LangOption = Lang.en) -> None:
    """Say what is installed where, and whether it is sound; exit 6 when it is not."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.doctor import run_doctor

    leave(run_doctor(json_, lang.value))


def explain_error(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help="Error code, e.g. E104.", autocompletion=complete.codes
        ),
    ],
    lang: LangOption = Lang.en,
) -> None:
    """Tell what an error code means, with an example and the cure."""
    from lca_cardato.cli.commands import run_explain_error

    run_explain_error(code, lang.value)
