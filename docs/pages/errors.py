"""The pages of error codes, with what the command really prints.

``python docs/pages/errors.py > docs/errors.md`` and ``python docs/pages/errors.py it > docs/it/errori.md``
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
from lca_cardato.words.told import tell

Command = Callable[..., Any]
GROUPS = {
    "en": {
        "1": "Numbers and units",
        "2": "Files and text",
        "3": "Meaning of the model",
        "4": "Calculation",
        "5": "Disk",
        "6": "Integrity",
        "7": "Busy",
        "9": "The program itself",
    },
    "it": {
        "1": "Numeri e unità",
        "2": "File e testo",
        "3": "Significato del modello",
        "4": "Calcolo",
        "5": "Disco",
        "6": "Integrità",
        "7": "Risorse occupate",
        "9": "Il programma stesso",
    },
}
HEAD = {
    "en": """# Error codes

Every problem of a file is told at once, at most 50, each with file, line, column, key, the value as
it was typed, what was expected and the nearest valid choice. Codes keep their meaning from version
to version. `lca-cardato explain-error E104` prints an entry of this page, `--lang it` in Italian
([this page in Italian](it/errori.md)).

| exit code | meaning |
|---|---|
{codes}

Files appear whole or not at all: whatever the exit code, earlier results are untouched.
Whoever reads standard output or standard error may leave early (`2>&1 | head -1`): the command does its work, and its exit
code is the same.

""",
    "it": """# Codici di errore

Tutti i problemi di un file sono detti insieme, al massimo 50, ciascuno con file, riga, colonna, chiave, il valore come è
stato scritto, che cosa serve e la scelta ammessa più vicina. I codici mantengono il loro significato da una versione
all'altra. `lca-cardato explain-error E104 --lang it` mostra una voce di questa pagina
([in inglese](../errors.md)). La lingua è quella di `--lang it`, o della variabile di ambiente
`LCA_CARDATO_LANG=it`, con cui sono scritte le righe qui sotto.

| codice di uscita | significato |
|---|---|
{codes}

I file compaiono interi o non compaiono: qualunque sia il codice di uscita, i risultati precedenti sono intatti.
Chi legge l'uscita o gli errori può smettere prima (`2>&1 | head -1`): il comando finisce il suo lavoro e il codice di
uscita è lo stesso.

""",
}
FOOT = {"en": ("Exit code", "Comes"), "it": ("Codice di uscita", "Si presenta")}


def run_example(example: Example, command: Command, lang: str = "en") -> tuple[int, str, str]:
    """Run an example with the command in a folder of its own.

    Parameters
    ----------
    example : Example
    command : callable
        Called with the arguments, ``cwd`` and environment variables; gives ``returncode``,
        ``stdout`` and ``stderr``.
    lang : str
        Language that is asked for.

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
        done = command(*example.command, cwd=folder, COLUMNS="200", LCA_CARDATO_LANG=lang)
        return done.returncode, done.stdout, done.stderr


def process(*arguments: str, cwd: str, **environment: str) -> Any:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "lca_cardato", *arguments],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=600,
        env={**os.environ, "PYTHONUTF8": "1", **environment}, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def run_examples(command: Command = process, lang: str = "en") -> dict[str, tuple[int, str, str]]:
    """Run every example in a language; code -> exit code, standard output, standard error."""
    listed = {code: entry.example for code, entry in entries().items() if entry.example}
    return {code: run_example(example, command, lang) for code, example in listed.items()}


def printed(code: str, text: str) -> str:
    """The first line of the command's complaint that has this code."""
    lines = [line for line in text.splitlines() if f" {code}" in line]
    return lines[0] if lines else ""


def page(results: dict[str, tuple[int, str, str]], lang: str = "en") -> str:
    """Give the page.

    Parameters
    ----------
    results : dict
        What `run_examples` returned.
    lang : str
    """
    codes = "\n".join(f"| {code} | {tell(told, lang)} |" for code, told in EXIT_CODES.items())
    text, group = HEAD[lang].format(codes=codes), ""
    for code, entry in entries().items():
        if code[1] != group:
            group = code[1]
            text += f"## {GROUPS[lang][group]}\n\n"
        text += _section(entry, results.get(code), lang)
    return text.rstrip("\n") + "\n"


def _section(entry: Entry, result: Optional[tuple[int, str, str]], lang: str) -> str:
    code, comes = FOOT[lang]
    text = (
        f"### {entry.code}: {entry.title[lang]}\n\n{entry.cure[lang]} {code} {entry.exit_code}.\n\n"
    )
    if entry.example is None or result is None:
        return text + f"{comes}: {entry.when[lang]}\n\n"
    line = printed(entry.code, result[2])
    typed = "\n".join(shown[:160] for shown in entry.example.typed)
    command = f"$ lca-cardato {' '.join(entry.example.command)}"
    return text + f"```\n{typed}\n```\n```\n{command}\n{line[:400]}\n```\n\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    asked = sys.argv[1] if sys.argv[1:] else "en"
    sys.stdout.write(page(run_examples(lang=asked), asked))
