"""Hold the page against the command: the same scenarios, calculated by both."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lca_cardato.errors import CardatoError, IntegrityError
from lca_cardato.sentence import say
from lca_cardato.serve.form.engine import engine, loaded_text
from lca_cardato.web.node import run_script
from lca_cardato.web.parts import Parts
from lca_cardato.web.room import lay_out, zipped

RTOL = 1e-12
WAIT = 3600.0
Asked = Sequence[tuple[str, str]]


@dataclass
class Agreement:
    """How far the page and the command agree.

    Attributes
    ----------
    scenarios : int
        Calculated by both.
    figures : int
        Indicators that were compared.
    largest : float
        Largest relative difference of an indicator.
    differences : list of str
        Indicators that differ by more than `RTOL`, verdicts and refusals that are others.
    """

    scenarios: int = 0
    figures: int = 0
    largest: float = 0.0
    differences: list[str] = field(default_factory=list)


def shipped() -> list[tuple[str, str]]:
    """Names and texts of the shipped scenarios."""
    from lca_cardato.scenario.shipped import is_space, shipped_scenarios

    return [
        (name, path.read_text(encoding="utf-8"))
        for name, path in shipped_scenarios().items()
        if not is_space(name)
    ]


def of_the_page(
    parts: Parts, tree: Mapping[str, bytes], library: Mapping[str, bytes], asked: Asked
) -> list[tuple[str, dict[str, Any]]]:
    """Calculate scenarios with the interpreter and the modules of the page.

    Parameters
    ----------
    parts : Parts
    tree, library : mapping
        Compiled modules and data, as the page carries them.
    asked : sequence of (str, str)
        Name and text of each.

    Returns
    -------
    list of (str, dict)
        ``scores`` and ``verdicts``, or the codes of ``problems``.

    Raises
    ------
    IntegrityError
        ``E603``: the page does not calculate.
    """
    with tempfile.TemporaryDirectory() as room:
        root = Path(room)
        lay_out(root, {"pyodide": parts.interpreter, "tree": tree})
        (root / "std.zip").write_bytes(zipped(library))
        (root / "asked.json").write_text(json.dumps(list(asked)), encoding="utf-8")
        if wrong := run_script(parts.node, "check.mjs", root, WAIT):
            raise IntegrityError.one("E603", say("the page does not calculate"), value=wrong)
        return [
            tuple(one) for one in json.loads((root / "answered.json").read_text(encoding="utf-8"))
        ]


def of_the_command(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    """Calculate scenarios by the command's way: Brightway beside the own solver."""
    from lca_cardato.files.read import shipped_folder
    from lca_cardato.studies.assess import assess_loaded

    opened, base = engine(), shipped_folder("scenarios")
    found: list[tuple[str, dict[str, Any]]] = []
    for name, text in asked:
        try:
            result = assess_loaded(loaded_text(text, base), opened.data, opened.packs)
        except CardatoError as error:
            found.append((name, {"problems": [one.code for one in error.problems]}))
            continue
        scores = dict(zip(result.background.indicators, result.scores))
        verdicts = {claim.pack.claim: claim.verdict for claim in result.claims}
        found.append((name, {"scores": scores, "verdicts": verdicts}))
    return found


def agreement(page: Sequence[tuple[str, Any]], command: Sequence[tuple[str, Any]]) -> Agreement:
    """Compare what both gave for the same scenarios."""
    found = Agreement()
    for (name, one), (_, other) in zip(page, command):
        if "scores" not in one or "scores" not in other:
            if one != other:
                found.differences.append(f"{name}: {one} / {other}")
            continue
        found.scenarios += 1
        for key, value in other["scores"].items():
            found.figures += 1
            size = max(abs(value), abs(one["scores"][key]))
            gap = abs(one["scores"][key] - value) / size if size else 0.0
            found.largest = max(found.largest, gap)
            if gap > RTOL:
                found.differences.append(f"{name}: {key}: {one['scores'][key]!r} / {value!r}")
        found.differences += [
            f"{name}: {claim}: {one['verdicts'].get(claim)} / {verdict}"
            for claim, verdict in other["verdicts"].items()
            if one["verdicts"].get(claim) != verdict
        ]
    return found
