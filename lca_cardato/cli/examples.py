"""What the help says beyond the options: examples of every command, and the program's manual."""

from __future__ import annotations

from lca_cardato.errors import EXIT_CODES

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "new": (
        ("a commented yarn to fill in", "new my-yarn.yaml"),
        ("a fabric", "new my-fabric.yaml --product fabric"),
        ("what is shipped, and a copy of one of them", "new --list"),
        ("", "new wool.yaml --from virgin-wool"),
    ),
    "validate": (
        ("every problem of the file at once, with line and cure", "validate my-yarn.yaml"),
    ),
    "assess": (
        ("impacts, stages, mass balance, claims, in Italian", "assess my-yarn.yaml --lang it"),
        ("one document for a program", "assess my-yarn.yaml --json > result.json"),
        (
            "a run folder for the auditor, and a page for the customer",
            "assess my-yarn.yaml --out run --report page.html",
        ),
        (
            "with your own ecoinvent and a further method",
            "assess my-yarn.yaml --background mill/ecoinvent-3.10-cutoff --method recipe-2016-h",
        ),
    ),
    "fibres": (("fibre names, moisture regain, origins, datasets", "fibres --lang it"),),
    "steps": (("steps of a route, with the figures that stand in for yours", "steps"),),
    "claims list": (("which claims are known, and how sure their wording is", "claims list"),),
    "claims show": (("wording, address, readings, unknowns", "claims show cardato-recycled"),),
    "claims checklist": (("papers to collect", "claims checklist cardato --lang it"),),
    "claims check": (
        ("all verdicts", "claims check my-yarn.yaml"),
        (
            "in a script: exit code 1 unless it is met",
            "claims check my-yarn.yaml --require cardato",
        ),
        (
            "how likely the threshold is kept, losses being uncertain",
            "claims check my-yarn.yaml --pack cardato-recycled --samples 10000",
        ),
    ),
    "claims balance": (
        ("no documented kilogram is claimed twice", "claims balance a.yaml b.yaml"),
    ),
    "claims year": (("by totals of the calendar year", "claims year balance-2025.yaml"),),
    "compare": (
        ("side by side, in the same draws", "compare a.yaml b.yaml --samples 10000 --seed 1"),
        (
            "one yarn on the open background and on ecoinvent",
            "compare a.yaml --background open --background mill/ecoinvent-3.10-cutoff",
        ),
    ),
    "batch": (
        ("the best of all blends by two goals", "batch blends.yaml --pareto climate_change,cost"),
        (
            "only rows that keep a claim, the ten cheapest, into a file",
            "batch blends.yaml --filter 'cardato-recycled == meets' --top 10 --by cost "
            "--out best.csv",
        ),
        ("a row as a scenario of its own", "batch blends.yaml --row 17 > row-17.yaml"),
    ),
    "uncertainty": (
        (
            "median and 95 % interval of two indicators",
            "uncertainty my-yarn.yaml --indicators climate_change,energy",
        ),
        ("the same draws again", "uncertainty my-yarn.yaml --samples 10000 --seed 1"),
    ),
    "sensitivity": (
        ("what to measure first", "sensitivity my-yarn.yaml"),
        ("for another indicator", "sensitivity my-yarn.yaml --indicator water_consumed"),
    ),
    "verify": (("digests, sums, thresholds, without calculating", "verify run"),),
    "reproduce": (("calculate again from the copies in the folder", "reproduce run"),),
    "explain": (
        ("from the energy of a yarn down to the lines it comes from", "explain run energy"),
    ),
    "diff": (("what was changed between two runs", "diff run other-run"),),
    "report": (
        (
            "a page, a document for signature, a workbook",
            "report run report.html report.pdf report.xlsx",
        ),
        (
            "in Italian, with the charts as pictures",
            "report run report-it.html --lang it --charts pictures",
        ),
    ),
    "open": (("the report in the browser", "open run"),),
    "serve": (("runs side by side, blends with sliders", "serve ."),),
    "export": (
        ("for openLCA", "export my-yarn.yaml yarn.zip"),
        ("for Activity Browser and Brightway", "export my-yarn.yaml yarn.xlsx"),
        (
            "into a Brightway project of yours",
            "export my-yarn.yaml mill/my-yarn --format brightway",
        ),
    ),
    "inventory list": (("everything about wool", "inventory list wool"),),
    "inventory show": (("the card of a step", "inventory show carding"),),
    "inventory check": (
        ("the shipped inventories", "inventory check"),
        ("with those of your own folder", "inventory check --inventories mine"),
    ),
    "methods": (
        ("all shipped methods", "methods"),
        ("those whose name holds a word", "methods recipe"),
        ("those of your own project", "methods --project mill"),
    ),
    "background list": (("databases that `--background` takes", "background list"),),
    "background check": (
        (
            "whether a database fits, and its scores beside ours",
            "background check mill/ecoinvent-3.10-cutoff",
        ),
    ),
    "import": (
        (
            "a process of an openLCA file as an inventory file",
            "import yarn.zip --process 'polyamide 6 staple fibre' --to mine/fibre.yaml",
        ),
    ),
    "doctor": (
        ("what is installed where", "doctor --lang it"),
        ("to send along with a question", "doctor --json > doctor.json"),
    ),
    "explain-error": (("what an error code means", "explain-error E301 --lang it"),),
}
"""Command -> what each example shows and what is typed after the name of the program."""

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
    for told, typed in EXAMPLES[command]:
        if told:
            lines.append(f"  # {told}")
        lines.append(f"  lca-cardato {typed}")
    return "\b\nExamples:\n" + "\n".join(lines)
