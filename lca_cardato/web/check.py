"""Hold the page against the command: the same scenarios, calculated by both at once."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lca_cardato.errors import IntegrityError
from lca_cardato.sentence import say
from lca_cardato.web.agreement import Agreement
from lca_cardato.web.answered import answered
from lca_cardato.web.drawn.scenarios import Drawn
from lca_cardato.web.node import run_script
from lca_cardato.web.parts import Parts
from lca_cardato.web.room import lay_out, zipped

LONGEST = 3600.0
"""Seconds that the page's interpreter may take."""


def shipped() -> list[Drawn]:
    """Give the shipped scenarios with their papers, one in each language in turn."""
    from lca_cardato.files.read import shipped_folder
    from lca_cardato.scenario.shipped import is_space, shipped_scenarios

    base = shipped_folder("scenarios")
    found: list[Drawn] = []
    for name, path in shipped_scenarios().items():
        if is_space(name):
            continue
        papers = (base / "documents" / name).rglob("*")
        files = {one.relative_to(base).as_posix(): one.read_bytes() for one in papers}
        lang = "it" if len(found) % 2 else "en"
        found.append(Drawn(name, path.read_text(encoding="utf-8"), files, lang))
    return found


def agreement(
    parts: Parts, tree: Mapping[str, bytes], library: Mapping[str, bytes], asked: Sequence[Drawn]
) -> Agreement:
    """Calculate scenarios with the interpreter and the modules of the page, and by the command.

    Parameters
    ----------
    parts : Parts
    tree, library : mapping
        Compiled modules and data, as the page carries them.
    asked : sequence of Drawn

    Returns
    -------
    Agreement

    Raises
    ------
    IntegrityError
        ``E603``: the page does not calculate.
    """
    found = Agreement()
    with tempfile.TemporaryDirectory() as room:
        root = Path(room)
        lay_out(root, {"pyodide": parts.interpreter, "tree": tree})
        lay_out(root / "beside", {one.name: one.files for one in asked})
        (root / "std.zip").write_bytes(zipped(library))
        listed = [[one.name, one.text, one.lang] for one in asked]
        (root / "asked.json").write_text(json.dumps(listed), encoding="utf-8")
        with ThreadPoolExecutor(1) as aside:
            page = aside.submit(run_script, parts.node, "check.mjs", root, LONGEST)
            command = list(of_the_command(root / "beside", asked))
        if wrong := page.result():
            raise IntegrityError.one("E603", say("the page does not calculate"), value=wrong)
        with (root / "answered.jsonl").open(encoding="utf-8") as lines:
            for one, other, line in zip(asked, command, lines, strict=True):
                found.add(one.name, json.loads(line), json.loads(json.dumps(other)))
    return found


def of_the_command(beside: Path, asked: Sequence[Drawn]) -> Iterator[dict[str, Any]]:
    """Calculate scenarios by the command's way: Brightway beside the own solver.

    Parameters
    ----------
    beside : Path
        Folder that holds a folder for each, with its files.
    asked : sequence of Drawn

    Yields
    ------
    dict
        As `lca_cardato.web.answered.answered` gives it.
    """
    from lca_cardato.serve.form.engine import engine
    from lca_cardato.studies.assess import assess_loaded

    opened = engine()
    for one in asked:
        yield answered(
            one.text, beside / one.name, one.lang,
            lambda loaded: assess_loaded(loaded, opened.data, opened.packs),
        )  # fmt: skip
