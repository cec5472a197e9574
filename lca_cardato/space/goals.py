"""The section `optimise` of a space file: what the best blend is, and what it has to keep."""

from __future__ import annotations

from typing import Annotated, Any, Optional

from pydantic import BeforeValidator, Field, model_validator

from lca_cardato.sentence import say
from lca_cardato.text.fields import Number, Share, StrictModel, choice, quantity, refusal

Word = Annotated[str, Field(max_length=200)]
READINGS = (
    "every", "product/conditioned", "product/dry", "blend_input/conditioned", "blend_input/dry",
)  # fmt: skip
RULES = ("mean", "mean_fineness", "fibres_in_section")


def _as_mapping(value: Any) -> Any:
    """Claims by name alone are met in every reading."""
    if isinstance(value, str):
        value = [value]
    return dict.fromkeys(value, "every") if isinstance(value, list) else value


def _as_weights(value: Any) -> Any:
    """One goal has the weight 1."""
    return {value: "1"} if isinstance(value, str) else value


class Front(StrictModel):
    """A front of two goals."""

    of: list[Word] = Field(min_length=2, max_length=2)
    points: Number = Field("11", validate_default=True)  # type: ignore[assignment]


class Components(StrictModel):
    """How many fibres a blend may have."""

    least: Number = Field("1", validate_default=True)  # type: ignore[assignment]
    most: Optional[Number] = None


class Property(StrictModel):
    """A property of the mixture, from a value for each fibre and a rule of mixture."""

    rule: choice(*RULES)  # type: ignore[valid-type]
    values: dict[Word, Word] = Field(min_length=1, max_length=40)
    source: Word


class Optimise(StrictModel):
    """What is made small, and what has to hold."""

    minimise: Annotated[dict[Word, Number], BeforeValidator(_as_weights)] = Field(
        default_factory=dict, max_length=10
    )
    front: Optional[Front] = None
    meets: Annotated[
        dict[Word, choice(*READINGS)], BeforeValidator(_as_mapping)  # type: ignore[valid-type]
    ] = Field(default_factory=dict, max_length=20)
    limits: list[Word] = Field(default_factory=list, max_length=40)
    components: Optional[Components] = None
    least: Optional[Share] = None
    stock: dict[Word, quantity("kg")] = Field(default_factory=dict, max_length=500)  # type: ignore[valid-type]
    together: list[list[Word]] = Field(default_factory=list, max_length=40)
    apart: list[list[Word]] = Field(default_factory=list, max_length=40)
    properties: dict[Word, Property] = Field(default_factory=dict, max_length=20)
    probability: Optional[Share] = None

    @model_validator(mode="after")
    def _has_goal(self) -> Optimise:
        if bool(self.minimise) == bool(self.front):
            raise refusal("E213", say("give either `minimise` or `front`"))
        return self
