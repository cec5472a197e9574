"""The notices of the page: under which licences its parts stand, with their texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lca_cardato.files.read import shipped_folder
from lca_cardato.web.made_of import LICENCES, NONE, Made

LINE = "-" * 72
CHOSEN = ("MIT", "Apache-2.0", "BSD-3-Clause", "PSF-2.0", "Zlib", "Unicode-3.0", "MPL-2.0")
"""Of several licences that a part leaves to choose, the first of these is taken."""
HEAD = """What this page is made of, and under which licences. Where a part may be used under one of several licences, the
first of {chosen} is taken. The texts that several parts share stand at the end."""
SAME = {"Unicode-DFS-2016": "Unicode-3.0"}
"""Older forms of a text, under the terms of which its keeper says the newer one stands."""


def chosen(expression: str) -> list[str]:
    """Licences whose texts are handed on for an SPDX expression.

    Examples
    --------
    >>> [chosen(one) for one in ("Unlicense OR MIT", "(MIT OR Apache-2.0) AND Zlib", "none")]
    [['MIT'], ['MIT', 'Zlib'], []]
    """
    found = []
    for part in expression.split(" AND "):
        names = re.split(r" OR ", part.strip("() "))
        names = [SAME.get(name, name) for name in names]
        found.append(next((name for name in CHOSEN if name in names), names[0]))
    return [name for name in found if name != NONE]


def notices(made: Sequence[Made]) -> str:
    """Write the notices.

    Parameters
    ----------
    made : sequence of Made
        As `lca_cardato.web.made_of.made_of` lists the parts.
    """
    blocks = [HEAD.format(chosen=", ".join(CHOSEN))]
    blocks += [_block(one, made) for one in made if not one.inside]
    data = shipped_folder("inventories") / "LICENCE-NOTES.md"
    blocks.append(data.read_text(encoding="utf-8").strip())
    shared = {
        name
        for one in made
        if not one.text or one.licence == "PSF-2.0"
        for name in chosen(one.licence)
    }
    for name in sorted(shared):
        text = (LICENCES / f"{name}.txt").read_text(encoding="utf-8").strip()
        blocks.append(f"{name}\n\n{text}")
    return f"\n\n{LINE}\n\n".join(blocks) + "\n"


def _block(one: Made, made: Sequence[Made]) -> str:
    inside = [other for other in made if other.inside == one.name]
    told = [_lines(one)]
    if one.text and one.licence != "PSF-2.0":
        told.append(one.text.strip())
    if inside:
        told += ["In it:", "\n".join(_lines(other) for other in inside)]
    return "\n\n".join(told)


def _lines(one: Made) -> str:
    name = f"{one.name} {one.version}".strip()
    told = f"{name}: {one.licence if one.licence != NONE else 'no text to hand on'}"
    if one.copyright:
        told += f"; Copyright (c) {', '.join(one.copyright)}"
    if one.source and not one.purl.startswith("pkg:cargo"):
        told += f"; {one.source}"
    return told + (f"\n  {one.note}" if one.note else "")
