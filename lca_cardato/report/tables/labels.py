"""Short names of fibres, steps and contributors, each told from the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from lca_cardato.words.language import Language
from lca_cardato.words.said import one_line

RECYCLED = ("recycled_post_consumer", "recycled_pre_consumer")
LONGEST = 60
"""Characters of a name of the user's in a label."""


def fibre_labels(product: dict[str, Any], words: Language) -> dict[str, str]:
    """Name the fibres of a product shortly, by the key of their line, such as ``yarn/0``.

    Parameters
    ----------
    product : dict
        ``product`` of a result document.
    words : Language

    Returns
    -------
    dict
        Such as *recycled wool*; where two lines would read alike, with class of origin, then with
        the yarn, then numbered.
    """
    lines = [
        (f"{yarn['name']}/{place}", yarn["name"], line)
        for yarn in product["yarns"]
        for place, line in enumerate(yarn["blend"])
    ]
    ways: list[Callable[[str, Any], str]] = [
        lambda _, line: _with_origin(line, words),
        lambda _, line: f"{line['name']}, {words(line['origin'])}",
        lambda yarn, line: f"{line['name']}, {words(line['origin'])}, {one_line(yarn, LONGEST)}",
    ]
    names = told_apart([[way(yarn, line) for way in ways] for _, yarn, line in lines])
    return {key: name for (key, _, _), name in zip(lines, names)}


def _with_origin(line: dict[str, Any], words: Language) -> str:
    """Write a fibre with its origin: recycled, virgin, or not declared."""
    kind = "recycled" if line["origin"] in RECYCLED else line["origin"]
    key = f"part_{kind}"
    return words(key, fibre=line["name"]) if key in words else f"{line['name']}, {words(kind)}"


def step_labels(
    rows: Sequence[tuple[str, str, str]], product: dict[str, Any], words: Language
) -> list[list[str]]:
    """Name steps shortly, with the fibre or the yarn that passes through them.

    Parameters
    ----------
    rows : sequence of (str, str, str)
        Key of the activity, such as ``yarn/0/dyeing-stock``, name of its step, stage.
    product : dict
    words : Language

    Returns
    -------
    list of list of str
        Of each a short name and a full one.
    """
    fibres = fibre_labels(product, words)
    yarns = [yarn["name"] for yarn in product["yarns"]]
    found = []
    for key, name, stage in rows:
        owner, _, what = key.rpartition("/")
        fibre = fibres.get(owner, "")
        if what == "supply" and fibre:
            found.append([fibre, fibre])
            continue
        bare = name.split(" (")[0]
        short = words(stage) if fibre and stage == "dyeing" else bare
        if what == "delivery":
            short = name = words("transport")
        of = fibre or (one_line(owner, LONGEST) if len(yarns) > 1 and owner in yarns else "")
        short = short[:1].lower() + short[1:]
        found.append([f"{one}, {of}" if of else one for one in (short, name)])
    return found


def contributor_labels(
    rows: Sequence[dict[str, Any]], product: dict[str, Any], words: Language
) -> list[str]:
    """Name contributors shortly: step, fibre, and what goes in.

    Parameters
    ----------
    rows : sequence of dict
        Of ``contributors`` of a result document.
    product : dict
    words : Language

    Returns
    -------
    list of str
        Such as *dyeing, recycled wool: natural gas*; no two alike.
    """
    steps = step_labels([(r["activity"], r["step_name"], r["stage"]) for r in rows], product, words)
    ways = []
    for row, (short, full) in zip(rows, steps):
        name, brief = row["name"], _input(row, words)
        bare = [short] if row["role"] == "fibre" and short == full else []
        if row["input"].startswith("lot-"):  # whatever fibres or steps are in it
            bare = [name]
        ways.append([*bare, f"{short}: {brief}", f"{short}: {name}", f"{full}: {name}"])
    return told_apart(ways)


def _input(row: dict[str, Any], words: Language) -> str:
    """Name an input shortly: up to the first comma or bracket."""
    role, name = row["role"], str(row["name"])
    if role in ("electricity", "waste"):
        return words(role if role == "electricity" else "c_waste")
    if row["input"] == "Water":
        return words("water_in")
    parts = name.split(" (")[0].split(", ")
    return parts[1] if role == "transport" and len(parts) > 1 else parts[0]


def figure_labels(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Name uncertain figures shortly: each part up to its first comma; no two alike.

    Parameters
    ----------
    rows : sequence of dict
        ``figure``, and its ``name`` where it is known.

    Examples
    --------
    >>> figure_labels([{"figure": "a/b", "name": "wool, greasy: sheep, per year"},
    ...                {"figure": "c.loss", "name": "Carding: loss"}])
    ['wool: sheep', 'Carding: loss']
    """
    ways = []
    for row in rows:
        name = row.get("name", row["figure"])
        bare, nth = re.fullmatch(r"(.*?)( \(\d+\))?", name, re.DOTALL).groups("")  # type: ignore[union-attr]
        brief = ": ".join(part.split(", ")[0] for part in bare.split(": ")) + nth
        ways.append([brief, name, row["figure"]])
    return told_apart(ways)


def told_apart(ways: Sequence[Sequence[str]]) -> list[str]:
    """Choose for each the first of its names that no other has; else numbered.

    Parameters
    ----------
    ways : sequence of sequence of str
        Names of each, from the shortest to the longest.

    Examples
    --------
    >>> told_apart([["wool", "wool, virgin"], ["wool", "wool, recycled"], ["silk"], ["a"], ["a"]])
    ['wool, virgin', 'wool, recycled', 'silk', 'a', 'a (2)']
    """
    chosen = [list(names) for names in ways]
    while True:
        counts = Counter(names[0] for names in chosen)
        longer = [names for names in chosen if counts[names[0]] > 1 and len(names) > 1]
        if not longer:
            break
        for names in longer:
            del names[0]
    found: list[str] = []
    for name, *_ in chosen:
        number, told = 1, name
        while told in found:
            number += 1
            told = f"{name} ({number})"
        found.append(told)
    return found
