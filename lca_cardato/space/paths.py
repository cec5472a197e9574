"""Paths into a scenario, such as ``route.carding.electricity`` or ``blend.polyamide.share``."""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

from lca_cardato.errors import InputError, nearest
from lca_cardato.inventory.load import load_inventory
from lca_cardato.scenario.models import Scenario
from lca_cardato.sentence import say
from lca_cardato.space.lines import line_names
from lca_cardato.text.yamltree import dotted
from lca_cardato.words.find import plain, proposal

Path_ = tuple
_NUMBER = re.compile("[0-9]{1,9}")
PARTS = [field.alias or name for name, field in Scenario.model_fields.items()]


def parse_path(text: str, data: Any, file: str = "") -> Path_:
    """Read a dotted path; a line of a blend is named by number (from 0) or by its fibre.

    Parameters
    ----------
    text : str
        For instance ``blend.0.share``, ``blend[0].share``, ``yarns.warp.count``.
    data : tree
        The scenario that the path leads into, as nested dicts and lists.
    file : str
        File that holds the path, for messages.

    Returns
    -------
    tuple
        Keys and list indices.

    Raises
    ------
    InputError
        ``E320`` when a scenario has no such part, a list no such line, or a fibre name stands
        for several.
    """
    path: Path_ = ()
    here = data
    for part in text.replace("[", ".").replace("]", "").split("."):
        key: Any = part.strip()
        if isinstance(here, list):
            key = _line(here, key, text, file)
        elif here is None and _NUMBER.fullmatch(key):
            key = int(key)  # a list that the base scenario does not have
        path += (key,)
        here = value_at(here, (key,))
    if path[0] not in PARTS:
        raise InputError.one(
            "E320", say("a scenario has no part '{path}'", path=path[0][:60]), file=file, key=text[:80],
            suggestion=nearest(path[0], PARTS),
        )  # fmt: skip
    if path[0] in ("schema", "documents", "readings", "id"):
        raise InputError.one("E320", say("this part of a scenario can't vary"), file=file, key=text)
    return path


def _line(lines: list, key: str, text: str, file: str) -> int:
    """Index of a line of a list."""
    if _NUMBER.fullmatch(key):
        if int(key) < len(lines):
            return int(key)
        raise InputError.one(
            "E320",
            say(
                "there is no line {key}; lines are counted from 0 to {count}",
                key=key,
                count=len(lines) - 1,
            ),
            file=file,
            key=text,
        )
    names = [
        str(line.get("name") or line.get("fibre") or "same-blend") if isinstance(line, dict) else ""
        for line in lines
    ]
    if names.count(key) == 1:
        return names.index(key)
    if key in names:
        places = [i for i, name in enumerate(names) if name == key]
        raise InputError.one(
            "E320", say("several lines are called {key}", key=key), file=file, key=text,
            suggestion=say("write the number of the line: {places}", places=places),
        )  # fmt: skip
    called = {str(index): line_names(line, load_inventory()) for index, line in enumerate(lines)}
    wanted = sorted(plain(key))
    meant = [
        int(index) for index, found in called.items()
        if any(sorted(plain(name)) == wanted for name in found)
    ]  # fmt: skip
    if len(meant) == 1:
        return meant[0]
    raise InputError.one(
        "E320", say("there is no line called {name}", name=key[:60]), file=file, key=text,
        suggestion=proposal(key, called),
    )  # fmt: skip


def value_at(data: Any, path: Path_) -> Any:
    """Give what stands at a path, None when there is nothing."""
    for key in path:
        if isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        elif isinstance(data, dict):
            data = data.get(key)
        else:
            return None
    return data


def with_overrides(data: Any, overrides: list[tuple[Path_, Any]]) -> Any:
    """Give a copy of a scenario in which values are replaced or added.

    A figure in its short form (``0.45 kWh/kg``) becomes ``{value: ...}`` when a path leads into it.

    Raises
    ------
    InputError
        ``E320`` when a path leads to a line that another override took away.
    """
    result = copy.deepcopy(data)
    for path, value in overrides:
        try:
            _put(result, path, value)
        except (IndexError, TypeError, AttributeError):
            raise InputError.one(
                "E320", say("the path leads nowhere: another override replaced what it leads into"),
                key=dotted(path),
            ) from None  # fmt: skip
    return result


def _put(result: Any, path: Path_, value: Any) -> None:
    """Set one value in a scenario; what is missing on the way is made."""
    here = result
    for key, following in itertools.pairwise(path):
        if isinstance(here, list) and key == len(here):
            here.append(None)
        below = here[key] if isinstance(here, list) else here.get(key)
        if isinstance(below, str):
            below = {"value": below}
        elif below is None:
            below = [] if isinstance(following, int) else {}
        here[key] = below
        here = below
    if isinstance(here, list) and path[-1] == len(here):
        here.append(copy.deepcopy(value))
    else:
        here[path[-1]] = copy.deepcopy(value)


def without_empty_lines(data: Any) -> tuple[Any, dict[Path_, dict[int, int]]]:
    """Take the lines with a share of 0 out of every blend.

    A line of own rework stays: 0 % of it says that nothing goes back, and no line says that the
    default of the inventory does.

    Returns
    -------
    data : tree
        A changed copy.
    moved : dict
        Path of the blend -> old index -> new index of the lines that stay.
    """
    result = copy.deepcopy(data)
    moved: dict[Path_, dict[int, int]] = {}
    blends: list[tuple[Path_, Any]] = [(("blend",), result)]
    yarns = result.get("yarns")
    for index, yarn in enumerate(yarns if isinstance(yarns, list) else []):
        blends.append((("yarns", index, "blend"), yarn))
    for path, holder in blends:
        lines = holder.get("blend") if isinstance(holder, dict) else None
        if not isinstance(lines, list):
            continue
        kept = [i for i, line in enumerate(lines) if not _empty(line)]
        moved[path] = {old: new for new, old in enumerate(kept)}
        holder["blend"] = [lines[i] for i in kept]
    return result, moved


def _empty(line: Any) -> bool:
    from lca_cardato.text.number import QuantityError
    from lca_cardato.text.quantity import parse_share

    share = line.get("share") if isinstance(line, dict) else None
    if share is not None and line.get("origin") == "in_process_rework":
        return False
    try:
        return isinstance(share, str) and parse_share(share) == 0
    except QuantityError:
        return False


def moved_path(path: Path_, moved: dict[Path_, dict[int, int]]) -> Path_:
    """Translate a path into a blend after lines were taken out; () when its line is gone."""
    for blend, places in moved.items():
        size = len(blend)
        if path[:size] == blend and len(path) > size and isinstance(path[size], int):
            if path[size] not in places:
                return ()
            return (*blend, places[path[size]], *path[size + 1 :])
    return path
