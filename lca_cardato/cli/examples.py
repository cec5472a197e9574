"""What the help says beyond the options: examples of every command, and the program's manual."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

from lca_cardato.errors import EXIT_CODES
from lca_cardato.sentence import SOURCE, say
from lca_cardato.words.told import known, tell

FILE = Path(__file__).resolve().parent / "examples.txt"

STEPS = ("new my-yarn.yaml", "validate my-yarn.yaml", "assess my-yarn.yaml --lang it")
VARIABLES = {
    "LCA_CARDATO_LANG": say("language of what is printed: en or it"),
    "LCA_CARDATO_HOME": say(
        "folder for the installed inventories, else the user's data folder of the system"
    ),
    "BRIGHTWAY2_DIR": say(
        "your own Brightway projects, else where Brightway keeps them; they are only read, save "
        "by `export`"
    ),
    "NO_COLOR": say("no colours"),
    "COLUMNS": say("width of what is printed"),
}
"""Variables of the environment, and what each does."""


def manual(lang: str = SOURCE) -> str:
    """Write what ends the help of the program: first steps, exit codes, environment."""
    lines = ["\b", tell(say("First steps:"), lang), *(f"  lca-cardato {step}" for step in STEPS)]
    lines += ["", "\b", tell(say("Exit codes:"), lang)]
    lines += [f"  {code:<4} {tell(told, lang)}" for code, told in EXIT_CODES.items()]
    lines += ["", "\b", tell(say("Environment:"), lang)]
    for name, told in VARIABLES.items():
        first, *rest = textwrap.wrap(tell(told, lang), 50)
        lines += [f"  {name:<18} {first}", *(f"{'':21}{line}" for line in rest)]
    return "\n".join(
        [
            *lines,
            "",
            tell(say("`lca-cardato COMMAND --help` shows examples of a command."), lang),
            "",
        ]
    )


@cache
def examples() -> dict[str, list[tuple[str, str]]]:
    """Read the examples: command -> what each shows, and what is typed after the program's name."""
    found: dict[str, list[tuple[str, str]]] = {}
    told = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = found.setdefault(line[1:-1], [])
        elif line.startswith("# "):
            told = line[2:]
        elif line and not line.startswith(";"):
            rows.append((told, line))
            told = ""
    return found


def epilog(command: str) -> str:
    """Write the examples of a command as the end of its help.

    Parameters
    ----------
    command : str
        Such as ``claims check``.

    Raises
    ------
    KeyError
        It has none.
    """
    lines = []
    for told, typed in examples()[command]:
        if told:
            lines.append(f"  # {told}")
        lines.append(f"  lca-cardato {typed}")
    return "\b\nExamples:\n" + "\n".join(lines)


def in_language(text: str, lang: str) -> str:
    """Give the end of a help in a language: the manual, or examples of a command."""
    if text == manual():
        return manual(lang)
    lines = []
    for line in text.split("\n"):
        blanks, sign, told = line.partition("# ")
        if sign and not blanks.strip():
            line = f"{blanks}# {known(told, lang)}"
        lines.append(line.replace("Examples:", tell(say("Examples:"), lang)))
    return "\n".join(lines)
