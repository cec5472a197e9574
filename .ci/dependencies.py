"""Write or check docs/dependencies.md: ``python .ci/dependencies.py --write`` or ``--check``.

Names, ranges and licences come from pyproject.toml and the metadata of the environment made from
the lock, which must be the one of this interpreter; uses and reasons stand here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from licences import ELSEWHERE, INSIDE, KNOWN, judge
from locks import LOCK, ROOT, differences, direct, environment, pinned, reach, read_pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = ROOT / "docs" / "dependencies.md"
CHECKED = (3, 11)
BRIGHTWAY = ("bw2data", "bw2calc", "bw2io")

REASONS = {
    "bw2data": (
        "the project that holds the inventories, the elementary flows and the methods",
        "Brightway is the calculation this tool is made for; the data can be opened with its other tools",
    ),
    "bw2calc": (
        "every result for which Brightway is asked: matrices from memory and from the project",
        "the result shall be that of a public, tested LCA program, not of our own solver alone",
    ),
    "bw2io": (
        "elementary flows (biosphere3) and characterisation factors (EF 3.1), as data files",
        "official lists of several thousand flows and factors; a copy of our own could drift from them",
    ),
    "numpy": (
        "mass flow, matrices, sampling, batches, uncertainty",
        "arrays in compiled code; Brightway needs it anyway",
    ),
    "scipy": (
        "sparse LU of a large background (splu), Sobol sequences (qmc), normal quantiles (ndtri), hull of "
        "a blend chart",
        "numerical code that is long, hard to get right and tested elsewhere; Brightway needs it anyway",
    ),
    "pint": (
        "units of typed quantities, with exact fractions and a unit list of our own; whether they fit",
        "parsing and dimensions of compound units; Brightway needs it anyway",
    ),
    "typer": (
        "the command line: verbs, options, help",
        "argparse would do, with several times the code for nested verbs and their help",
    ),
    "rich": (
        "tables, colours and progress on the terminal",
        "widths of wide characters, wrapping and terminals without colour; typer needs it anyway",
    ),
    "pydantic": (
        "the form of scenarios, inventories, rule packs and space files, and the reference tables of their keys",
        "every wrong key is reported with its place; our own validation would be a second language of types",
    ),
    "pyyaml": (
        "reads scenarios, inventories and space files, with line and column of every value",
        "a YAML parser is no small program; only its safe loaders are used",
    ),
    "platformdirs": (
        "the user's data folder on Linux, macOS and Windows",
        "small, but each system has its own rule; Brightway needs it anyway",
    ),
    "filelock": (
        "one process at a time installs the inventories",
        "locks differ between POSIX and Windows, and a wrong one shows only under load; has no "
        "dependencies of its own",
    ),
    "pandas": (
        "results of batches, comparisons and sensitivity as a DataFrame in the Python API",
        "the table that users of notebooks expect; imported only when one is asked for; Brightway needs it "
        "anyway",
    ),
    "pyarrow": (
        "columns of batches: tables, filters, Parquet and CSV files",
        "Parquet is too large a format for code of our own; the largest package here",
    ),
    "openpyxl": (
        "reads tables of parts from workbooks (.xlsx)",
        "the standard reader of the format; Brightway needs it anyway",
    ),
    "xlsxwriter": (
        "writes workbooks: reports and batch results, text and numbers, no live formula",
        "writes large sheets row by row with little memory, and never reads one; Brightway needs it anyway",
    ),
    "salib": (
        "Morris screening and Sobol indices of the sensitivity verb: samples and estimators",
        "published estimators with confidence intervals that others have checked. The dearest one for what "
        "is used: it alone brings in matplotlib and what that needs. About 150 lines of our own would "
        "replace it",
    ),
    "threadpoolctl": (
        "one thread in the linear algebra of the Monte Carlo, whose matrices are flat",
        "no other way from inside a running program; matrix_utils of Brightway 2.5 brings it anyway",
    ),
    "packaging": (
        "`doctor`: whether the installed packages are of versions that fit",
        "the rules of Python for versions, ranges and markers, as pip has them; Brightway needs it anyway",
    ),
    "jinja2": (
        "templates of the HTML report and of the local pages",
        "escapes everything that is put into a page; our own templates would be a risk",
    ),
    "typst": (
        "the report as tagged PDF (PDF/UA-1) with embedded fonts",
        "typesetting and PDF accessibility are large programs; this one is a single wheel, with no system "
        "package and no network",
    ),
    "vl-convert-python": (
        "charts of reports: Vega-Lite to SVG, without a browser",
        "a single wheel, no Node.js, no network; the chart stays an open specification for a reader to use",
    ),
    "starlette": (
        "routes and answers of the local pages (serve)",
        "requests, headers, static files without traversal: code that should not be our own",
    ),
    "uvicorn": (
        "the server of the local pages, on this machine only",
        "starlette needs a server; the one of the standard library is not recommended for real use",
    ),
    "olca-schema": (
        "export to and import from openLCA: writes and reads JSON-LD, with the ids of openLCA's units",
        "the classes come from the schema itself and are kept by the makers of openLCA; pure Python, "
        "without dependencies. Its metadata call it pre-alpha; the schema it follows is the released one",
    ),
}
"""Direct dependency -> what it is used for here, and why it is not own code."""

THROUGH = {
    "bw_processing": "makes the data packages that bw2calc 2 and 3 take; comes with bw2calc. Not declared, "
    "because the 2.4 line of Brightway has none",
    "markupsafe": "marks a piece of HTML as safe; part of Jinja2",
    "pydantic_core": "the error class of validators; part of pydantic",
    "altair": "gives a chart as an `altair.Chart` in a notebook; only if the user has it",
    "distributed": "a batch on a cluster; the extra `cluster`",
}
"""Modules that are imported here, but come with another package or an extra."""

HEAD = """# Dependencies

What the program needs to run, under which licence, for what, and why it is not code of our own.
`.ci/dependencies.py --write` writes this page from `pyproject.toml`, the metadata of the locked
packages and a hand-written table of reasons; a test holds its names against both.

Install exactly the locked files, with their digests checked and no package of others built on the way:

```sh
python3 -m venv .venv
.venv/bin/pip install --require-hashes -r .ci/requirements-build.txt
.venv/bin/pip install --require-hashes -r .ci/requirements.txt
.venv/bin/pip install --no-deps --no-build-isolation .
```

`constraints.txt` holds the pins: the environment in which the results were checked. The lock
(`.ci/requirements.txt`) has the same versions with the SHA-256 of every file, for Python 3.10 to 3.13
on Linux, macOS and Windows. It is a requirements file, which every pip and uv can install;
`pylock.toml` is not used, because pip still calls its support experimental and writes it for one Python
and platform at a time. `.ci/lock` writes both. The lock is of the current line of Brightway (2.5); the 2.4
line is not locked. The digests are those the package index gave when the lock was written: they
show that a file has not changed since, not that it was good.

`.ci/supply` makes the locked environment, checks licences against an allow-list, writes a list of
components (SBOM, CycloneDX) to `dist/`, and asks for known vulnerabilities.
"""


def cell(text: str) -> str:
    """Text for a cell of a table."""
    return text.replace("|", "\\|")


def table(items: dict[str, Requirement]) -> list[str]:
    """Rows of the direct dependencies, in the order of pyproject.toml."""
    lines = [
        "| package | range | licence | used for | why not own code |",
        "|---|---|---|---|---|",
    ]
    for name, item in items.items():
        used, why = REASONS[name]
        ranges = ", ".join(f"`{part}`" for part in sorted(map(str, item.specifier), reverse=True))
        lines.append(
            f"| {item.name} | {ranges} | {judge(name).licence} | {cell(used)} | {cell(why)} |"
        )
    return lines


def listed(names: Iterable[str]) -> str:
    """A short list with licences."""
    return ", ".join(f"{name} ({judge(name).licence})" for name in sorted(names))


def page() -> str:
    """Make the page; needs the locked environment."""
    where = environment()
    items = direct()
    through = {name: reach([name], where) - {name} for name in items}
    every = set(pinned(read_pins(LOCK), where))
    others = every - set(items)
    plain = set().union(*(found for name, found in through.items() if name not in BRIGHTWAY))
    brightway = set().union(*(through[name] for name in BRIGHTWAY))
    only = (brightway - plain) & others
    lines = [HEAD, "## Declared", ""]
    lines += table(items)
    lines += [
        "",
        "Each of them is imported by the program; a test looks for that. Some modules are imported that "
        "come with another package:",
        "",
        *(f"- `{name}`: {text}." for name, text in THROUGH.items()),
        "",
        "## Through others",
        "",
        f"{len(others)} more packages come with these.",
        "",
        f"**Through Brightway alone ({len(only)}).** None of them can be dropped without dropping bw2data, "
        "bw2calc or bw2io: they are declared there, whether or not a function that is used here needs them.",
        "",
        listed(only) + ".",
        "",
        f"**Through others, or through others too ({len(others - only)}).**",
        "",
    ]
    for name in items:
        alone = through[name] & others
        for other, found in through.items():
            if other != name:
                alone -= found | {other}
        alone -= only
        if name not in BRIGHTWAY and alone:
            lines.append(f"- {items[name].name} alone: {listed(alone)}")
            others -= alone
    lines.append(f"- several: {listed(others - only)}")
    shared = sorted(
        items[name].name for name in items if name in brightway and name not in BRIGHTWAY
    )
    lines += [
        "",
        "**On some systems only.** "
        + ", ".join(
            f"{name} ({licence}; {on})" for name, (licence, on, _) in sorted(ELSEWHERE.items())
        )
        + ".",
        "",
        f"Of the declared ones Brightway needs by itself: {', '.join(shared)}. Dropping them here would "
        "not take them out of the environment.",
        "",
        "## Licences",
        "",
        "Allowed are MIT, BSD, Apache-2.0, MPL-2.0, ISC, PSF, W3C, Zlib, CC0, HPND and the like; "
        "GPL, LGPL and AGPL are not. Licences are those that the metadata of each package state; where "
        "they are silent, the licence file was read (`READ` in `.ci/licences.py`).",
        "",
        "Against the rule and known:",
        "",
        *(f"- {name} ({judge(name).licence}): {text}" for name, text in KNOWN.items()),
        "",
        "Inside wheels, beside the work of the package:",
        "",
        *(f"- {name}: {text}" for name, text in INSIDE.items()),
        "",
    ]
    return "\n".join(lines)


def names_on_page(text: str) -> tuple[list[str], set[str]]:
    """Names in the table of declared packages, and in the lists of the others."""
    rows = text.partition("## Declared")[2].partition("## Through others")
    declared = [
        canonicalize_name(line.split("|")[1].strip())
        for line in rows[0].splitlines()
        if line.startswith("| ") and not line.startswith("| package")
    ]
    lists = rows[2].partition("## Licences")[0]
    known = {pin.name for pin in read_pins(LOCK)}
    words = {canonicalize_name(word.strip("(),:;.")) for word in lists.replace("**", " ").split()}
    return declared, (words & known) - set(declared)


def main() -> int:
    """Write the page, or tell whether it is current."""
    if sys.version_info[:2] != CHECKED or sys.platform != "linux":
        print("not compared: the page is that of the checked environment, CPython 3.11 on Linux")
        return 0
    if wrong := differences():
        print("this environment is not the one of the lock:", *wrong, sep="\n  ")
        return 1
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE.relative_to(ROOT)} is old; write it with .ci/dependencies.py --write")
        return 1
    print(f"{PAGE.relative_to(ROOT)} is current")
    return 0


if __name__ == "__main__":
    sys.exit(main())
