"""The mapping of a meter's file: which column holds what, kept in a small file beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional, Union

from pydantic import BeforeValidator, Field, ValidationError

from lca_cardato.errors import InputError
from lca_cardato.text.fields import (
    Named,
    Number,
    StrictModel,
    Text,
    Year,
    choice,
    problems_of,
    quantity,
    schema,
)
from lca_cardato.text.yamltree import Document, read_document

SCHEMA = "lca-cardato/meters/1"
MAX_BYTES = 100_000
MEASURES = ("electricity", "gas", "water", "heat", "mass")
"""What a file can be about; `mass` is a sheet of lots."""
UNITS = {"electricity": "kWh", "gas": "Sm3", "water": "m3", "heat": "MJ", "mass": "kg"}
"""Unit in which each is summed."""
ENCODINGS = ("utf-8", "windows-1252")


def _heads(value: Any) -> Any:
    """Let one head stand for a list of one."""
    return value if isinstance(value, list) else [value]


Heads = Annotated[list[Text], BeforeValidator(_heads), Field(min_length=1, max_length=200)]


class Columns(StrictModel):
    """Head of each column that is read."""

    date: Optional[Text] = None
    time: Optional[Text] = None
    month: Optional[Text] = None
    from_: Optional[Text] = Field(None, alias="from")
    to: Optional[Text] = None
    meter: Optional[Text] = None
    amount: Optional[Heads] = None
    register_: Optional[Text] = Field(None, alias="register")
    register_before: Optional[Text] = None
    unit: Optional[Text] = None
    kind: Optional[Text] = None
    factor: Optional[Text] = None
    coefficient: Optional[Text] = None
    heating_value: Optional[Text] = None
    of_mass: Optional[Text] = None
    lot: Optional[Text] = None
    article: Optional[Text] = None
    count: Optional[Text] = None
    mass_in: Optional[Text] = None
    mass_out: Optional[Text] = None
    loss: Optional[Text] = None

    def named(self) -> dict[str, list[str]]:
        """Role -> heads, of the columns that are named."""
        found: dict[str, list[str]] = {}
        for name, field in type(self).model_fields.items():
            value: Union[str, list[str], None] = getattr(self, name)
            if value is not None:
                found[field.alias or name] = [value] if isinstance(value, str) else list(value)
        return found


class Mapping(StrictModel):
    """How a file is read; what is left out is recognised in the file, where it is plain."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    measures: Optional[choice(*MEASURES)] = None  # type: ignore[valid-type]
    separator: Optional[choice("comma", "semicolon", "tab")] = None  # type: ignore[valid-type]
    decimal: Optional[choice("comma", "point")] = None  # type: ignore[valid-type]
    encoding: choice(*ENCODINGS) = "utf-8"  # type: ignore[valid-type]
    sheet: Optional[Text] = None
    head: Optional[Annotated[Number, Field(ge=1, le=1000)]] = None
    columns: Columns = Field(default_factory=Columns)
    meter: Optional[Named] = None
    unit: Optional[Text] = None
    year: Optional[Year] = None
    times: Optional[choice("start", "end")] = None  # type: ignore[valid-type]
    factor: Optional[Number] = None
    coefficient: Optional[Number] = None
    heating_value: Optional[quantity("MJ/Sm3")] = None  # type: ignore[valid-type]
    corrections: choice("refused", "counted") = "refused"  # type: ignore[valid-type]


PLAIN = Mapping(schema=SCHEMA)  # type: ignore[call-arg]
"""The mapping of a file without one: all is recognised."""


def read_mapping(path: Path) -> tuple[Mapping, Document]:
    """Read a mapping.

    Raises
    ------
    InputError
        Every problem of the file.
    DiskError
        It can't be read.
    """
    document = read_document(path, MAX_BYTES)
    return mapping_of(document), document


def mapping_of(document: Document) -> Mapping:
    """Make the mapping of a document that was read."""
    try:
        return Mapping.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, Mapping)) from None
