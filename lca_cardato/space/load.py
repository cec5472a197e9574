"""A space of scenarios: rows by number, each an ordinary scenario."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping, Optional, Union

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from lca_cardato.errors import InputError
from lca_cardato.files.read import inside
from lca_cardato.scenario.load import LoadedScenario, load_scenario, validate_document
from lca_cardato.sentence import say
from lca_cardato.space.axes import Axis, Part
from lca_cardato.space.models import Space
from lca_cardato.space.parts import make_parts
from lca_cardato.space.paths import with_overrides, without_empty_lines
from lca_cardato.text.fields import as_texts, problems_of
from lca_cardato.text.yamltree import read_document, tree_document

MAX_ROWS = 1_000_000_000


@dataclass
class LoadedSpace:
    """A space that is ready to be calculated.

    Attributes
    ----------
    space : Space
    base : LoadedScenario
    parts : list of Part
        Outermost first; rows are numbered from 0 in the order of their combinations.
    digest : str
        SHA-256 over the space file, the base scenario and the tables.
    inputs : list of Path
        Files that were read.
    workbook : bytes
        The workbook that is the table of an office; empty where there is none.
    """

    space: Space
    base: LoadedScenario
    parts: list[Part]
    digest: str
    inputs: list[Path] = field(default_factory=list)
    workbook: bytes = b""

    @property
    def size(self) -> int:
        """Number of rows."""
        return math.prod(part.size for part in self.parts)

    @property
    def axes(self) -> list[Axis]:
        """Everything that varies by a path of its own."""
        return [axis for part in self.parts for axis in part.axes]

    def entries(self, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """Entry of every part for row numbers; one array of shape (rows,) per part."""
        found = []
        for part in reversed(self.parts):
            found.append(rows % part.size)
            rows = rows // part.size
        return found[::-1]

    def structures(self, entries: list[NDArray[np.int64]]) -> NDArray[np.int64]:
        """Tell which rows share the shape of their product system, by a number."""
        code = np.zeros(len(entries[0]), dtype=np.int64)
        for part, entry in zip(self.parts, entries):
            if part.structures > 1:
                code = code * part.structures + part.structure[entry]
        return code

    def lines(self, rows: NDArray[np.int64]) -> Optional[NDArray[np.int64]]:
        """Give the spreadsheet's row of each row; None where there is no table."""
        for part, entry in zip(self.parts, self.entries(rows)):
            if part.lines:
                return np.asarray(part.lines, dtype=np.int64)[entry]
        return None

    def overrides(self, row: int) -> list[tuple[tuple, Any]]:
        """Paths and values of a row."""
        found: list[tuple[tuple, Any]] = []
        for part in reversed(self.parts):
            row, entry = divmod(row, part.size)
            found[:0] = part.overrides(entry)
        return found

    def scenario_data(self, row: int) -> tuple[Any, dict]:
        """Give the scenario of a row as nested dicts and lists, and where its blend lines went.

        Lines with a share of 0 % are left out.
        """
        return without_empty_lines(with_overrides(self.base.document.data, self.overrides(row)))

    def scenario(self, row: int) -> LoadedScenario:
        """Load the scenario of a row.

        Raises
        ------
        InputError
            What the scenario of this row can't be calculated with.
        """
        overrides = self.overrides(row)
        data, _ = without_empty_lines(with_overrides(self.base.document.data, overrides))
        document = tree_document(data, f"row {row}")
        document.lots = self.base.document.lots
        return LoadedScenario(
            validate_document(document), document, self.base.files, self.base.readings,
            frozenset(path for path, _ in overrides),
        )  # fmt: skip


def load_space(
    source: Union[str, Path, Mapping[str, Any]],
    folder: Optional[Path] = None,
    base_file: Optional[Path] = None,
    listed: bool = True,
    base: Optional[LoadedScenario] = None,
) -> LoadedSpace:
    """Load a space from a file or from a mapping.

    Parameters
    ----------
    source : path or mapping
    folder : path, optional
        Where base scenario and tables are looked for when `source` is a mapping.
    base_file : path, optional
        The base scenario, where it lies elsewhere.
    listed : bool
        Whether the blends of the simplex are listed, as a part; else the rows are the combinations
        of the other parts.
    base : LoadedScenario, optional
        The base scenario, where it is loaded already.

    Returns
    -------
    LoadedSpace

    Raises
    ------
    InputError
        The space, its base scenario or a table can't be used.
    DiskError
        A file can't be read.
    """
    if isinstance(source, Mapping):
        data = as_texts(source)
        document = tree_document(data, text=repr(data))
        folder = folder or Path()
    else:
        document = read_document(source)
        folder = Path(source).parent
    if not isinstance(document.data, dict):
        raise InputError([document.problem("E112", say("a space is a mapping (key: value)"))])
    try:
        space = Space.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, Space)) from None
    try:
        path = base_file or inside(
            folder, space.base, document.name, "base", say("beside the space file")
        )
        base = load_scenario(path) if base is None else base
        varied = space if listed else space.model_copy(update={"simplex": None})
        parts, table = make_parts(varied, base.document.data, folder, document.name)
    except InputError as error:
        raise InputError(map(document.placed, error.problems)) from None
    digest = hashlib.sha256(f"{document.text}\0{base.document.text}\0".encode())
    for key in sorted(base.files):
        digest.update(f"{key}\0{base.files[key].sha256}\0".encode())
    digest.update(table)
    if space.table is not None:
        digest.update(f"\0{space.table.separator} {space.table.decimal}".encode())
    inputs = [path, *([] if isinstance(source, Mapping) else [Path(source)])]
    workbook = b""
    if space.table is not None:
        inputs.append(folder / space.table.file)
        digest.update(repr(sorted(space.table.columns.items())).encode())
        if space.table.columns and space.table.file.lower().endswith(".xlsx"):
            workbook = table
    loaded = LoadedSpace(space, base, parts, digest.hexdigest(), inputs, workbook)
    if loaded.size > MAX_ROWS:
        text = say(
            "{size} rows; at most {max_rows} are calculated", size=loaded.size, max_rows=MAX_ROWS
        )
        raise InputError([document.problem("E321", text)])
    return loaded
