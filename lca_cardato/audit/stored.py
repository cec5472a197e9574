"""What a report shows, taken from a run folder as it is stored; nothing is calculated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lca_cardato.audit.layout import DRAWN, PAGES
from lca_cardato.audit.read import language_of, read_file, read_json
from lca_cardato.files.atomic import sha256
from lca_cardato.results.material import Material, add_shown
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

Pages = Callable[[Material], dict[str, bytes]]
"""Makes the files of a run folder that are for people."""


def stored(folder: Path, manifest: dict[str, Any], lang: str) -> Material:
    """Gather what a report shows.

    Parameters
    ----------
    folder : Path
        Run folder with ``shown.json``.
    manifest : dict
    lang : str
        Language of the run.
    """
    words, digests = Language(lang), manifest["digests"]
    material = Material(
        read_json(folder, "result.json"), sha256(read_file(folder, "result.json")),
        read_json(folder, "contributions.json"), {},
        digests=[
            *[(words(f"dig_{name}"), digests[name]) for name in ("scenario", "inventories", "methods")],
            *digests["rules"].items(),
        ],
        documents=read_json(folder, "claims.json")["documents"],
    )  # fmt: skip
    add_shown(material, read_json(folder, DRAWN))
    return material


def for_people(material: Material, run: str, pages: Pages) -> dict[str, bytes]:
    """Make the files for people: they name the run, and no time and place, which two runs do not share."""
    return pages(replace(material, run=run, written="", folder="."))


def page_problems(folder: Path, manifest: dict[str, Any], pages: Pages) -> Iterator[str]:
    """Files for people that do not say what the result says.

    Parameters
    ----------
    folder : Path
        Run that was made by the program that examines it.
    manifest : dict
    pages : callable
    """
    there = [name for name in PAGES if (folder / name).is_file()]
    if not there or not (folder / DRAWN).is_file():
        return
    material = stored(folder, manifest, language_of(folder, manifest))
    made = for_people(material, str(manifest["id"]), pages)
    for name in sorted({*there, *made}):
        if name not in there:
            yield say("{name}: missing", name=name)
        elif name not in made:
            yield say("{name}: no file of a run in this language", name=name)
        elif read_file(folder, name) != made[name]:
            yield say("{name}: not what follows from {file}", name=name, file="result.json")
