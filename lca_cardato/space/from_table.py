"""A space made of the table of an office and a base scenario; kept as a space file if so wished."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

from lca_cardato.errors import InputError
from lca_cardato.files.atomic import check_free, write_file
from lca_cardato.files.read import inside
from lca_cardato.scenario.load import load_scenario
from lca_cardato.sentence import say
from lca_cardato.space.load import LoadedSpace, load_space
from lca_cardato.space.models import SCHEMA, TableFile
from lca_cardato.space.office_table import proposed, read_office
from lca_cardato.text.yamlwrite import yaml_text

ENDINGS = (".xlsx", ".csv")


def is_table(path: Path) -> bool:
    """Whether a file is a table by its name, and no space file."""
    return path.suffix.lower() in ENDINGS


def kept_space(path: Path) -> Path:
    """Place of the space file that says what the columns of a table stand for."""
    return path.with_name(f"{path.stem}.space.yaml")


def result_place(path: Path) -> Path:
    """Place of the result workbook beside a table."""
    return path.with_name(f"{path.stem}-results.xlsx")


def maps_of(typed: Sequence[str]) -> dict[str, str]:
    """Read mappings as they are typed on the command line, ``Colonna=path``.

    Raises
    ------
    InputError
        ``E320``.
    """
    found = {}
    for text in typed:
        head, sign, place = text.rpartition("=")
        if not sign or not head.strip() or not place.strip():
            raise InputError.one(
                "E320", say("a head, `=` and a path are expected"), key="--map", value=text,
                suggestion=say('e.g. --map "Lana=blend.wool.share", or "Note=keep", or "Note=ignore"'),
            )  # fmt: skip
        found[head.strip()] = place.strip()
    return found


def table_space(
    path: Path,
    base: Optional[Path] = None,
    columns: Mapping[str, str] = {},
    sheet: Optional[str] = None,
    keep: bool = False,
) -> LoadedSpace:
    """Make the space of a table.

    Parameters
    ----------
    path : Path
        Workbook or CSV.
    base : Path, optional
        Base scenario; the space file beside the table names it when left out.
    columns : mapping
        Head -> path, ``keep`` or ``ignore``, for heads that are not known by themselves.
    sheet : str, optional
    keep : bool
        Whether a space file is written beside the table.

    Raises
    ------
    InputError
        ``E213`` where no base is named; what is wrong with base and table.
    DiskError
        ``E501``; ``E503`` where such a space file is there already.
    """
    kept = kept_space(path)
    if base is None and not columns and sheet is None and kept.is_file():
        return load_space(kept)
    if base is None:
        raise InputError.one(
            "E213", say("a table needs the scenario whose values it changes"), file=str(path),
            suggestion=say("--base my-yarn.yaml"),
        )  # fmt: skip
    table = TableFile(file=path.name, sheet=sheet)
    tree: Any = load_scenario(base).document.data
    found = proposed(read_office(path, table), columns, tree, path.name)
    told: dict[str, Any] = {"file": path.name, "columns": found}
    if sheet is not None:
        told["sheet"] = sheet
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in path.stem.lower()).strip("-")
    data = {"schema": SCHEMA, "id": (name or "table")[:64], "base": base.name, "table": told}
    if keep:
        data["base"] = _relative(path.parent, base)
        check_free(kept, True, say("remove it, or leave --keep out"))
        write_file(kept, yaml_text(data).encode())
        return load_space(kept)
    return load_space(data, path.parent, base)


def _relative(folder: Path, base: Path) -> str:
    """Give the place of the base as a space file names it, inside its folder."""
    try:
        name = base.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        name = str(base)
    inside(folder, name, str(base), "--base", say("beside the table"))
    return name
