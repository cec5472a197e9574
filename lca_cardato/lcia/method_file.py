"""A method in a file of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from pydantic import Field, ValidationError

from lca_cardato.errors import InputError, nearest
from lca_cardato.lcia.flows import FAMILIES, normal_compartment
from lca_cardato.lcia.indicators import Indicator
from lca_cardato.lcia.methods import Factors, Method
from lca_cardato.sentence import say
from lca_cardato.text.fields import Expression, StrictModel, choice, problems_of, schema
from lca_cardato.text.yamltree import read_document
from lca_cardato.words.own import own_name
from lca_cardato.words.said import one_line

SCHEMA = "lca-cardato/method/1"


class Factor(StrictModel):
    """A characterisation factor."""

    flow: str
    compartment: str
    factor: Expression


class MethodFile(StrictModel):
    """A method: what it is called, its unit, where it was read, and its factors."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    name: str
    unit: str
    family: Optional[choice(*FAMILIES)] = None  # type: ignore[valid-type]
    source: str
    factors: list[Factor] = Field(min_length=1)


def load_method_file(path: Path) -> Method:
    """Load a method from a YAML file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Method

    Raises
    ------
    InputError
        Every problem at once; ``E307`` for an elementary flow that does not exist, ``E201`` for
        one that stands twice.
    DiskError
        ``E501``.

    Notes
    -----
    A compartment without sub-compartment holds for every sub-compartment that the file does not
    name.
    """
    from lca_cardato.lcia.flows import elementary_flows

    document = read_document(path)
    try:
        parsed = MethodFile.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, MethodFile)) from None
    flows = elementary_flows()
    wide = {(name, categories[0]) for name, categories in flows}
    by_name: dict[tuple[str, tuple[str, ...]], float] = {}
    by_compartment: dict[tuple[str, str], float] = {}
    problems = []
    for index, item in enumerate(parsed.factors):
        parts = normal_compartment(item.compartment)
        spot = ("factors", index, "flow")
        if (item.flow, parts) in by_name or ((item.flow, parts[0]) in by_compartment and (
            len(parts) == 1
        )):  # fmt: skip
            problems.append(
                document.problem("E201", say("this flow stands twice"), spot, item.flow)
            )
        elif len(parts) == 1 and (item.flow, parts[0]) in wide:
            by_compartment[item.flow, parts[0]] = float(item.factor)
        elif (item.flow, parts) in flows:
            by_name[item.flow, parts] = float(item.factor)
        else:
            near = [name for name, categories in flows if categories[0] == parts[0]]
            hint = nearest(item.flow, near) or say(
                "compartments: {names}", names=sorted({categories[0] for _, categories in flows})
            )
            text = say(
                "no elementary flow of this name in '{compartment}'", compartment=item.compartment
            )
            problems.append(document.problem("E307", text, spot, item.flow, hint))
    if problems:
        raise InputError(problems)
    indicator = Indicator(
        parsed.id, parsed.unit, parsed.family or "", None, name=own_name(parsed.name)
    )
    return Method(indicator, Factors({}, by_name, by_compartment), one_line(parsed.source))
