"""Lot sheets: `lot`."""

from __future__ import annotations

import sys
from fractions import Fraction
from getpass import getpass
from pathlib import Path
from typing import Annotated, Optional

from lca_cardato.cli.console import show_first, tell
from lca_cardato.cli.options import (
    AcceptDataOption,
    ForceOption,
    Lang,
    LangOption,
    RunFolder,
    option,
    unpacked,
)
from lca_cardato.sentence import say
from lca_cardato.words.language import Language


@unpacked("run")
def lot(
    run: RunFolder,
    kg: Annotated[
        str, option("--kg", "Kilograms of the batch that are delivered, conditioned.", metavar="KG")
    ],
    out: Annotated[
        Path,
        option(
            "--out",
            "New file for the sheet (.json), or its passport by UNTP (.jsonld).",
            metavar="FILE",
        ),
    ],
    to: Annotated[str, option("--to", "Customer.", metavar="NAME")] = "",
    number: Annotated[
        str, option("--lot", "Lot number; made of scenario and run when left out.", metavar="LOT")
    ] = "",
    key: Annotated[
        Optional[Path],
        option("--key", "Private key (PEM, PKCS 8) that signs it.", metavar="FILE"),
    ] = None,
    force: ForceOption = False,
    accept_data: AcceptDataOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Write the sheet of a delivered lot for the customer: figures and evidence, no readings."""
    from lca_cardato.audit.diff import notices_of
    from lca_cardato.audit.lot import lot_sheet, write_sheet
    from lca_cardato.audit.untp import ENDING as PASSPORT
    from lca_cardato.audit.untp import credential
    from lca_cardato.lots.sheet import ENDING, kilograms
    from lca_cardato.report.folder import pages

    words = Language(lang.value)
    if out.suffix.lower() not in (ENDING, PASSPORT):
        from lca_cardato.errors import InputError

        raise InputError.one(
            "E380", say("a lot sheet is a .json file, its passport a .jsonld file"), key="--out",
            value=str(out), suggestion=say("name a file that ends in .json or .jsonld"),
        )  # fmt: skip
    ask = (lambda: getpass(words("ask_password"))) if sys.stdin.isatty() else None
    made = lot_sheet(run, kg, to, number, key, accept_data, ask, pages)
    written = credential(made, lang.value) if out.suffix.lower() == PASSPORT else made
    write_sheet(written, out, force)
    show_first(notices_of(run), words)
    mass = kilograms(Fraction(made["delivered"]["kg"]))
    tell(say("{file}: lot {lot}, {kg} kg", file=out, lot=made["lot"], kg=mass))
    if "signature" in made:
        tell(say("signed; key {key}", key=made["signature"]["keyid"]))
    else:
        tell(say("not signed: the customer can't tell who made it; --key signs it"))
