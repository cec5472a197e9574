"""The page of error codes, ``docs/errors.md``, with what the command really prints.

``python docs/pages/errors.py > docs/errors.md``
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, Optional

from lca_cardato.errors import EXIT_CODES
from lca_cardato.words.error_codes import Entry, Example, entries

Command = Callable[..., Any]
GROUPS = {
    "1": "Numbers and units",
    "2": "Files and text",
    "3": "Meaning of the model",
    "4": "Calculation",
    "5": "Disk",
    "6": "Integrity",
    "7": "Busy",
    "9": "The program itself",
}
HEAD = """# Error codes

Every problem of a file is told at once, at most 50, each with file, line, column, key, the value as
it was typed, what was expected and the nearest valid choice. Codes keep their meaning from version
to version. `lca-cardato explain-error E104` prints an entry of this page, `--lang it` in Italian.

| exit code | meaning |
|---|---|
{codes}

Files appear whole or not at all: whatever the exit code, earlier results are untouched.
Whoever reads standard output or standard error may leave early (`2>&1 | head -1`): the command does its work, and its exit
code is the same.

"""


def run_example(example: Example, command: Command) -> tuple[int, str, str]:
    """Run an example with the command in a folder of its own.

    Parameters
    ----------
    example : Example
    command : callable
        Called with the arguments, ``cwd`` and environment variables; gives ``returncode``,
        ``stdout`` and ``stderr``.

    Returns
    -------
    tuple
        Exit code, standard output, standard error.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, content in example.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        done = command(*example.command, cwd=folder, COLUMNS="200")
        return done.returncode, done.stdout, done.stderr


def process(*arguments: str, cwd: str, **environment: str) -> Any:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "lca_cardato", *arguments],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=600,
        env={**os.environ, "PYTHONUTF8": "1", **environment}, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def run_examples(command: Command = process) -> dict[str, tuple[int, str, str]]:
    """Run every example; code -> exit code, standard output, standard error."""
    listed = {code: entry.example for code, entry in entries().items() if entry.example}
    return {code: run_example(example, command) for code, example in listed.items()}


def printed(code: str, text: str) -> str:
    """The first line of the command's complaint that has this code."""
    lines = [line for line in text.splitlines() if f" {code}" in line]
    return lines[0] if lines else ""


def page(results: dict[str, tuple[int, str, str]]) -> str:
    """Give the page.

    Parameters
    ----------
    results : dict
        What `run_examples` returned.
    """
    codes = "\n".join(f"| {code} | {told} |" for code, told in EXIT_CODES.items())
    text, group = HEAD.format(codes=codes), ""
    for code, entry in entries().items():
        if code[1] != group:
            group = code[1]
            text += f"## {GROUPS[group]}\n\n"
        text += _section(entry, results.get(code))
    return text.rstrip("\n") + "\n"


def _section(entry: Entry, result: Optional[tuple[int, str, str]]) -> str:
    text = f"### {entry.code}: {entry.title['en']}\n\n{entry.cure['en']} Exit code {entry.exit_code}.\n\n"
    if entry.example is None or result is None:
        return text + f"Comes: {entry.when}\n\n"
    line = printed(entry.code, result[2])
    typed = "\n".join(shown[:160] for shown in entry.example.typed)
    command = f"$ lca-cardato {' '.join(entry.example.command)}"
    return text + f"```\n{typed}\n```\n```\n{command}\n{line[:400]}\n```\n\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page(run_examples()))
