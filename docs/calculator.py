"""The calculator inside the documentation site: put together when the site is, below ``calculator/``.

A line ``<!-- calculator -->`` in a page becomes the link to it. Where a part of the calculator is
not to be had (Node.js, npm, a network once), the site is built without it: the line becomes a
sentence that says so, and so does the console.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

MARK = "<!-- calculator -->"
PLACE = "calculator"
TEXTS = {
    "en": (
        '<a href="{to}"><strong>Try it here</strong></a>: the calculator itself, some 10 MB, in your browser. '
        "Nothing that you type is sent.",
        "This copy of the documentation was made without the calculator; `lca-cardato web --out DIR` makes it.",
    ),
    "it": (
        '<a href="{to}"><strong>Provalo qui</strong></a>: il calcolatore vero e proprio, circa 10 MB, nel vostro '
        "browser. Nulla di quanto digitate viene inviato.",
        "Questa copia della documentazione è stata fatta senza il calcolatore; lo prepara `lca-cardato web --out DIR`.",
    ),
}
PAGES = ("index", "web", "it/nel-browser")


def made(app: Any) -> None:
    """Put the calculator together; without one of its parts, say so."""
    app.calculator = None
    if app.builder.format != "html" or not app.config.calculator:
        return
    from lca_cardato.errors import CardatoError
    from lca_cardato.web.build import page_files

    try:
        app.calculator = page_files()
    except CardatoError as error:
        for problem in error.problems:
            print(f"the site is built without the calculator: {problem}", file=sys.stderr)


def again(app: Any, *_: Any) -> list[str]:
    """Read the pages with the link each time: it hangs on what was made."""
    return list(PAGES)


def linked(app: Any, name: str, source: list[str]) -> None:
    """Put the link, or the sentence, in place of the mark."""
    link, none = TEXTS["it" if name.startswith("it/") else "en"]
    to = "../" * name.count("/") + f"{PLACE}/index.html"
    source[0] = source[0].replace(MARK, link.format(to=to) if app.calculator else none)


def written(app: Any, error: Any) -> None:
    """Write the calculator beside the pages."""
    place = Path(app.outdir) / PLACE
    if error or app.builder.format != "html":
        return
    shutil.rmtree(place, ignore_errors=True)
    for name, data in (app.calculator or {}).items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def setup(app: Any) -> dict[str, bool]:
    """Hook in."""
    app.add_config_value("calculator", True, "env", bool)
    app.connect("builder-inited", made)
    app.connect("env-get-outdated", again)
    app.connect("source-read", linked)
    app.connect("build-finished", written)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
