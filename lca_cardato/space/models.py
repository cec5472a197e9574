"""What a space file holds: a base scenario and what varies."""

from __future__ import annotations

from typing import Annotated, Any, Optional, Union

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lca_cardato.text.fields import Identifier, Number, Share, StrictModel, choice, schema

SCHEMA = "lca-cardato/space/1"
Word = Annotated[str, Field(max_length=200)]
Override = dict[Word, Any]


class Range(StrictModel):
    """Evenly spaced values."""

    from_: Word = Field(alias="from", description="First value, e.g. `0.3 kWh/kg`.")
    to: Word = Field(description="Last value, in the same unit.")
    points: Number = Field(description="Number of values, the ends included.")


class SimplexLine(StrictModel):
    """A fibre whose share varies."""

    line: Word = Field(description="Line of the blend: its number from 0, or its fibre.")
    min: Share = Field("0 %", validate_default=True, description="Least share.")  # type: ignore[assignment]
    max: Share = Field("100 %", validate_default=True, description="Largest share.")  # type: ignore[assignment]


class Simplex(StrictModel):
    """Every blend in whole steps; the shares sum to 100 %."""

    blend: Word = Field("blend", description="Path of the blend, e.g. `yarns.warp.blend`.")
    step: Share = Field(description="Step of the shares, e.g. `5 %`.")
    lines: list[SimplexLine] = Field(
        min_length=2, max_length=12,
        description="Fibres that vary; the others keep the share of the base scenario.",
    )  # fmt: skip


class TableFile(StrictModel):
    """Rows of a table; the heads of the columns are paths."""

    file: Word = Field(description="CSV or XLSX file beside the space file.")
    sheet: Optional[Word] = Field(None, description="Sheet of a workbook; the first when left out.")
    separator: Optional[choice("comma", "semicolon", "tab")] = Field(  # type: ignore[valid-type]
        None, description="Between the cells of a CSV; `comma` when left out."
    )
    decimal: choice("point", "comma") = Field(  # type: ignore[valid-type]
        "point", description="Decimal mark of the numbers in the cells, `1.5` or `1,5`."
    )


class SampleRange(StrictModel):
    """Interval of a sampled value."""

    from_: Word = Field(alias="from", description="Lower end, e.g. `0.3 kWh/kg`.")
    to: Word = Field(description="Upper end, in the same unit.")


class Sample(StrictModel):
    """Points that fill the space between the ends of several values."""

    method: choice("latin_hypercube", "sobol") = Field(  # type: ignore[valid-type]
        "latin_hypercube", description="`latin_hypercube` or `sobol`."
    )
    points: Number = Field(description="Number of points.")
    seed: Number = Field(description="Seed, 0 or larger; each path has a stream of its own.")
    over: dict[Word, SampleRange] = Field(
        min_length=1, max_length=60, description="Path -> interval."
    )


class Space(StrictModel):
    """A space file: the result has a row for every combination of its parts."""

    schema_: schema(SCHEMA) = Field(alias="schema", description=f"Always `{SCHEMA}`.")  # type: ignore[valid-type]
    id: Identifier = Field(description="Identifier of the space.")
    base: Word = Field(description="Base scenario: a file beside the space file or below.")
    note: Optional[Annotated[str, Field(max_length=2000)]] = Field(
        None, description="Free text, kept in the record of the result."
    )
    variants: dict[Identifier, Override] = Field(
        default_factory=dict,
        max_length=1000,
        description="Named overrides: name -> path -> value. A value may be a whole mapping.",
    )
    grid: dict[Word, Union[list[Any], Range]] = Field(
        default_factory=dict,
        max_length=30,
        description="Path -> list of values, or `{from, to, points}`; all combinations.",
    )
    simplex: Optional[Simplex] = Field(None, description="Grid of blend shares.")
    table: Optional[TableFile] = Field(None, description="Table of rows.")
    sample: Optional[Sample] = Field(None, description="Latin hypercube or Sobol points.")

    @model_validator(mode="after")
    def _varies(self) -> Space:
        if not (self.variants or self.grid or self.simplex or self.table or self.sample):
            raise PydanticCustomError(
                "E213", "nothing varies: give variants, grid, simplex, table or sample"
            )
        return self
