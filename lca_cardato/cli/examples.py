"""What the help says beyond the options: examples of every command, and the program's manual."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lca_cardato.errors import EXIT_CODES

FILE = Path(__file__).resolve().parent / "examples.txt"

_MANUAL = """\b
First steps:
  lca-cardato new my-yarn.yaml
  lca-cardato validate my-yarn.yaml
  lca-cardato assess my-yarn.yaml --lang it

\b
Exit codes:
{codes}

\b
Environment:
  LCA_CARDATO_HOME   folder for the installed inventories, else the
                     user's data folder of the system
  BRIGHTWAY2_DIR     your own Brightway projects, else where Brightway
                     keeps them; they are only read, save by `export`
  NO_COLOR           no colours
  COLUMNS            width of what is printed

`lca-cardato COMMAND --help` shows examples of a command.
"""


def manual() -> str:
    """Write what ends the help of the program: first steps, exit codes, environment."""
    codes = "\n".join(f"  {code:<4} {told}" for code, told in EXIT_CODES.items())
    return _MANUAL.format(codes=codes)


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
