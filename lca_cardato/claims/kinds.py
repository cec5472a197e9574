"""Which kind of document can prove what: a table, as data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import Field, ValidationError

from lca_cardato.errors import InputError
from lca_cardato.inventory.datum import Names
from lca_cardato.scenario.evidence import KINDS
from lca_cardato.text.fields import StrictModel, choice, problems_of, schema
from lca_cardato.text.yamltree import read_document

SCHEMA = "lca-cardato/evidence/1"
THINGS = (
    "reading", "loss", "contracted", "bought", "recycled_origin", "virgin_origin", "traceability",
    "composition", "electricity", "photovoltaic", "supplies", "opening_stock",
)  # fmt: skip


class Spans(StrictModel):
    """How short a reading may be, in days, and how far from the year a paper may be dated."""

    shortest: int
    before: int
    after: int


class Thing(StrictModel):
    """Something that a document is to prove.

    `kinds` can prove it; `issuer` says whether the company may have issued it itself; `look` is
    what no program can check, `why` the reason of the choice.
    """

    name: Names
    kinds: list[choice(*KINDS)] = Field(min_length=1)  # type: ignore[valid-type]
    issuer: choice("any", "other")  # type: ignore[valid-type]
    look: Names
    why: Names
    source: Optional[str] = None


class Table(StrictModel):
    """The table of kinds."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    spans: Spans
    kinds: dict[choice(*KINDS), Names]  # type: ignore[valid-type]
    things: dict[choice(*THINGS), Thing]  # type: ignore[valid-type]


@lru_cache(maxsize=1)
def kinds_table() -> Table:
    """Read the table that is shipped.

    Raises
    ------
    InputError
        It is not in the accepted shape.
    """
    document = read_document(Path(__file__).resolve().with_name("evidence.yaml"))
    try:
        return Table.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, Table)) from None
