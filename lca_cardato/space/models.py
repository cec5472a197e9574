"""What a space file holds: a base scenario and what varies."""

from __future__ import annotations

from typing import Annotated, Any, Optional, Union

from pydantic import Field, model_validator

from lca_cardato.sentence import say
from lca_cardato.space.goals import Optimise, Word
from lca_cardato.text.fields import Identifier, Number, Share, StrictModel, choice, refusal, schema

SCHEMA = "lca-cardato/space/1"
Override = dict[Word, Any]


class Range(StrictModel):
    """Evenly spaced values."""

    from_: Word = Field(alias="from")
    to: Word
    points: Number


class SimplexLine(StrictModel):
    """A fibre whose share varies."""

    line: Word
    min: Share = Field("0 %", validate_default=True)  # type: ignore[assignment]
    max: Share = Field("100 %", validate_default=True)  # type: ignore[assignment]


class Simplex(StrictModel):
    """Every blend in whole steps; the shares sum to 100 %."""

    blend: Word = "blend"
    step: Share
    lines: list[SimplexLine] = Field(min_length=2, max_length=30)


class TableFile(StrictModel):
    """Rows of a table; the heads of the columns are paths, or `columns` says what they stand for."""

    file: Word
    sheet: Optional[Word] = None
    separator: Optional[choice("comma", "semicolon", "tab")] = None  # type: ignore[valid-type]
    decimal: choice("point", "comma") = "point"  # type: ignore[valid-type]
    columns: dict[Word, Word] = Field(default_factory=dict, max_length=200)


class SampleRange(StrictModel):
    """Interval of a sampled value."""

    from_: Word = Field(alias="from")
    to: Word


class Sample(StrictModel):
    """Points that fill the space between the ends of several values."""

    method: choice("latin_hypercube", "sobol") = "latin_hypercube"  # type: ignore[valid-type]
    points: Number
    seed: Number
    over: dict[Word, SampleRange] = Field(min_length=1, max_length=60)


class Space(StrictModel):
    """A space file: the result has a row for every combination of its parts."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    id: Identifier
    base: Word
    note: Optional[Annotated[str, Field(max_length=2000)]] = None
    variants: dict[Identifier, Override] = Field(default_factory=dict, max_length=1000)
    grid: dict[Word, Union[list[Any], Range]] = Field(default_factory=dict, max_length=30)
    simplex: Optional[Simplex] = None
    table: Optional[TableFile] = None
    sample: Optional[Sample] = None
    optimise: Optional[Optimise] = None

    @model_validator(mode="after")
    def _varies(self) -> Space:
        if not (self.variants or self.grid or self.simplex or self.table or self.sample):
            raise refusal(
                "E213", say("nothing varies: give variants, grid, simplex, table or sample")
            )
        return self
