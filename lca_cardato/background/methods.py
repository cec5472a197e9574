"""Methods of the user's Brightway project."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from lca_cardato.background.project import Project, plain
from lca_cardato.errors import InputError
from lca_cardato.lcia.indicators import Indicator
from lca_cardato.lcia.methods import Factors, Method
from lca_cardato.sentence import say
from lca_cardato.words.own import own_name


def joined(name: tuple[str, ...]) -> str:
    """Name of a method as it is typed and shown: its parts joined by a bar."""
    return " | ".join(name)


def find_name(project: Project, text: str) -> tuple[str, ...]:
    """Find a method of a project by its name.

    Parameters
    ----------
    project : Project
    text : str
        The parts of the name joined by ``|``, or words that stand in one name alone.

    Raises
    ------
    InputError
        ``E307`` when there is none or more than one, with the nearest.
    """
    names = list(project.methods())
    wanted = tuple(part.strip() for part in text.split("|"))
    if wanted in names:
        return wanted
    words = text.lower().replace("|", " ").split()
    hits = [name for name in names if all(word in joined(name).lower() for word in words)]
    if len(hits) == 1:
        return hits[0]
    if hits:
        some = "; ".join(map(joined, sorted(hits)[:5]))
        hint = say("{count} methods hold these words: {some}", count=len(hits), some=some)
    else:
        near = get_close_matches(text[:200], [joined(name) for name in names], n=3, cutoff=0.3)
        hint = say("the project has no methods")
        if near:
            hint = say("nearest: {names}", names="; ".join(near))
    raise InputError.one(
        "E307",
        say("no single method of this name in the project '{name}'", name=project.name),
        key="--method",
        value=text[:120],
        suggestion=hint,
    )


def project_method(project: Project, text: str) -> Method:
    """Read a method of a project.

    Parameters
    ----------
    project : Project
    text : str
        See `find_name`.

    Raises
    ------
    InputError
        ``E307``; ``E328`` when its factors differ by location, or a flow is not in the project.
    """
    name = find_name(project, text)
    rows = project.factors(name)
    known = _flows(project)
    by_code: dict[str, float] = {}
    by_name: dict[tuple[str, tuple[str, ...]], float] = {}
    places = set()
    for key, factor, place in rows:
        if key not in known:
            raise InputError.one(
                "E328", say("the method names a flow that the project does not hold"),
                file=str(project.lci), key=joined(name), value=str(key),
            )  # fmt: skip
        code, flow = known[key]
        places.add(place)
        by_code[code] = by_name[flow] = by_code.get(code, 0.0) + factor
    if len(places) > 1:
        raise InputError.one(
            "E328", say("the factors of this method differ by location; such methods are not computed"),
            key="--method", value=joined(name),
        )  # fmt: skip
    unit = str(project.methods()[name].get("unit", ""))
    identifier = re.sub(r"[^a-z0-9]+", "_", " ".join(name).lower()).strip("_")[:120]
    indicator = Indicator(identifier, unit, "", name, name=own_name(joined(name)))
    return Method(indicator, Factors(by_code, by_name), f"Brightway project {project.name}")


def _flows(project: Project) -> dict[Any, tuple[str, tuple[str, tuple[str, ...]]]]:
    """Elementary flows of a project by key and by id: code, name and categories."""
    found: dict[Any, tuple[str, tuple[str, tuple[str, ...]]]] = {}
    query = (
        "SELECT id, database, code, name, data FROM activitydataset WHERE database IN "
        "(SELECT DISTINCT input_database FROM exchangedataset WHERE type = 'biosphere') "
        "OR type IN ('emission', 'natural resource', 'biosphere', 'inventory indicator')"
    )
    for number, home, code, title, data in project.rows(query):
        categories = tuple(plain(bytes(data)).get("categories") or ())
        found[number] = found[home, code] = (code, (title, categories))
    return found
