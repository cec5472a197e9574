"""Run the tutorials: ``python docs/notebooks.py --write`` or ``--check [NAME...]``.

A tutorial is a notebook with its outputs. ``--write`` runs it in a fresh kernel and an empty folder
and puts the outputs in; ``--check`` tells where they are no longer those of the program. Needs
``pip install -e '.[docs]'``.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

FOLDER = Path(__file__).resolve().parent / "tutorials"
SVG = "image/svg+xml"
KEPT = ("text/plain", "text/html", SVG)
"""Forms of an output that are kept and compared."""


def notebooks(names: list[str] | None = None) -> list[Path]:
    """Tutorials by name; all when none is named."""
    return sorted(p for p in FOLDER.glob("*.ipynb") if not names or p.stem in names)


def executed(path: Path) -> Any:
    """Run a tutorial from its file; see `executed_book`."""
    return executed_book(nbformat.read(path, as_version=4))


def executed_book(book: Any) -> Any:
    """Run a notebook; its outputs are bare: no time, no path, no number of the run.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell ends with an error.
    """
    with tempfile.TemporaryDirectory() as work:
        folders = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "BRIGHTWAY2_DIR")
        made = {name: str(Path(work) / name) for name in folders}
        for folder in made.values():
            Path(folder).mkdir()
        started = {"PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore", "COLUMNS": "100", **made}
        kept = {name: os.environ.get(name) for name in started}
        os.environ.update(started)
        try:
            reach = {"transport": "ipc", "ip": str(Path(work) / "kernel")}  # files, no open port
            client = NotebookClient(
                book, timeout=300, kernel_name="python3",
                config=Config({"KernelManager": {} if os.name == "nt" else reach}),
                resources={"metadata": {"path": work}},
            )  # fmt: skip
            client.execute()
        finally:
            for name, value in kept.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
    return bare(book)


def bare(book: Any) -> Any:
    """Leave out what differs from one run to the next, or is not shown."""
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "file_extension": ".py", "pygments_lexer": "ipython3"},
    }
    for number, cell in enumerate(book.cells):
        cell["id"] = f"c{number:02d}"
        cell.metadata = {k: v for k, v in cell.metadata.items() if k != "execution"}
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        for output in cell.outputs:
            if "data" in output:
                output.data = {k: v for k, v in output.data.items() if k in KEPT}
                if SVG in output.data:
                    output.data = {SVG: output.data[SVG], "text/plain": "a chart"}
                output.metadata = {}
            if output.output_type == "execute_result":
                output.execution_count = None
    return book


def text_of(output: Any) -> str:
    """Give an output as text: of a picture its words, as its lines may move by a hair."""
    if "data" not in output:
        return output.get("text", "") or f"{output.get('ename')}: {output.get('evalue')}"
    data = output.data
    if SVG in data:
        return "\n".join(re.findall(r"<text[^>]*>([^<]*)</text>", data[SVG]))
    return "\n".join(data[form] for form in KEPT if form in data)


def outputs(book: Any) -> list[tuple[str, list[str]]]:
    """Source and outputs of every code cell."""
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return [(cell.source, [text_of(output) for output in cell.outputs]) for cell in cells]


def stale(path: Path) -> list[str]:
    """Cells whose outputs are no longer those of the program."""
    before, now = outputs(nbformat.read(path, as_version=4)), outputs(executed(path))
    return [
        f"{path.name}: {source}\n--- in the file\n{'|'.join(old)}\n--- now\n{'|'.join(new)}"
        for (source, old), (_, new) in zip(before, now)
        if old != new
    ]


def main(arguments: list[str]) -> int:
    """Write or check."""
    if not arguments or arguments[0] not in ("--write", "--check"):
        print(__doc__)
        return 2
    found = []
    for path in notebooks(arguments[1:]):
        if arguments[0] == "--write":
            nbformat.write(executed(path), path)
        else:
            found += stale(path)
    print(*found, sep="\n\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
