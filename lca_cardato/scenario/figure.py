"""A figure of a mill, typed or read from a file, with the evidence behind it."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Optional

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from lca_cardato.inventory.models import CARRIER_DATASETS
from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Count,
    Identifier,
    Number,
    Period,
    Share,
    StrictModel,
    Text,
    choice,
    quantity,
    refusal,
)

CLASSES = ("measured", "supplier", "published", "assumed")
CARRIERS = tuple(CARRIER_DATASETS)


def _in_words(text: str) -> str:
    if sum(letter.isalpha() for letter in text) < 10:
        raise refusal(
            "E118", say("a reason says in words why the figure is right (at least 10 letters)")
        )
    return text


Reason = Annotated[Text, AfterValidator(_in_words)]


def _coefficient(value: Fraction) -> Fraction:
    """Accept a coefficient C: below 1 in the hills, above it where the meter is under pressure."""
    if not Fraction(1, 2) <= value <= 100:
        raise refusal(
            "E109",
            say("the coefficient C of gas lies between 0.5 and 100"),
            say("it stands on the bill, near 1 for gas at low pressure"),
        )
    return value


class Figure(StrictModel):
    """A figure of the mill, with the evidence behind it.

    The short form ``electricity: 0.45 kWh/kg`` is accepted too; it counts as *assumed* because
    it names no evidence.
    """

    value: str = ""
    reading: Optional[Identifier] = None
    part: Optional[Identifier] = None
    for_: Optional[quantity("kg")] = Field(None, alias="for")  # type: ignore[valid-type]
    lots: Optional[Identifier] = None
    by: choice("mass", "length") = "mass"  # type: ignore[valid-type]
    mean_count: Optional[Count] = None
    output: Optional[quantity("kg/h")] = None  # type: ignore[valid-type]
    load: Optional[Share] = None
    class_: choice(*CLASSES) = Field("assumed", alias="class")  # type: ignore[valid-type]
    period: Optional[Period] = None
    document: Optional[Text] = None
    plus_minus: Optional[Share] = None
    note: Optional[Text] = None
    reason: Optional[Reason] = None
    carrier: Optional[choice(*CARRIERS)] = None  # type: ignore[valid-type]
    heating_value: Optional[quantity("MJ/Sm3")] = None  # type: ignore[valid-type]
    heating_value_basis: Optional[choice("lower", "higher")] = None  # type: ignore[valid-type]
    coefficient: Optional[Annotated[Number, AfterValidator(_coefficient)]] = None
    supply: Optional[Identifier] = None

    @model_validator(mode="after")
    def _one_source(self) -> Figure:
        if not self.value and self.reading is None:
            raise refusal("E213", say("key 'value' is missing"), say("or name a `reading`"))
        if self.value and self.reading is not None:
            raise refusal(
                "E375", say("`value` and `reading` both stand here"),
                say("keep the one that counts; what is typed for control goes into `note`"),
            )  # fmt: skip
        if self.reading is None and (self.part or self.lots):
            raise refusal(
                "E375", say("`part` and `lots` go with a `reading`"), say("leave them out")
            )
        if self.lots and self.for_ is not None:
            raise refusal(
                "E375", say("`for` and `lots` both say what the step made"), say("keep one of them")
            )
        if self.by == "length" and self.mean_count is None and self.lots is None:
            raise refusal(
                "E375", say("by length, the counts of all that was made are needed"),
                say("mean_count: Nm 12 (mean by kg) beside `for`, or `lots: ...` with a column of counts"),
            )  # fmt: skip
        if self.mean_count is not None and (self.by != "length" or self.lots):
            raise refusal(
                "E375", say("`mean_count` goes with `by: length` and `for`"), say("leave it out")
            )
        return self

    @property
    def evidence_class(self) -> str:
        """Class of the figure; one that is read from a file is measured where nothing else is said."""
        stated = "class_" in self.model_fields_set or self.reading is None
        return self.class_ if stated else "measured"


def _figure(value: Any) -> Any:
    """Let the short form stand for a figure without evidence."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return {"value": str(value)}
    return value


FigureField = Annotated[Figure, BeforeValidator(_figure)]


def figure_list(value: Any) -> Any:
    """Let one heat figure stand for a list of one."""
    return value if isinstance(value, list) else [_figure(value)]
