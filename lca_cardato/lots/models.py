"""What a lot sheet says: one lot of one firm, for the next in the chain.

What each key means is told in ``fields.yaml``; ``docs/lot-sheet.md`` and ``docs/lot.schema.json``
are generated from it. No key holds what a meter read, a mass that was lost, or a mass that was
taken in.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal, Optional

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from lca_cardato.files.strict import exact
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.sentence import say
from lca_cardato.text.fields import Identifier, Named, StrictModel, Text, choice, refusal

SCHEMA = "lca-cardato/lot/1"
KINDS = ("yarn", "fabric", "processing")
OPERATORS = ("own", "contract", "supplier")
ORIGINS = ("virgin", "recycled_post_consumer", "recycled_pre_consumer", "undeclared")
CLASSES = ("measured", "supplier", "published", "assumed")
VERDICTS = ("meets", "not_met", "not_proven", "not_applicable")
DIGEST = r"^[0-9a-f]{64}$"
HEX = r"^[0-9a-f]{1,2000}$"
RUN = r"^[0-9a-f]{16}$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _exact(value: Any) -> Fraction:
    """Read an exact number of a sheet: ``7/10``, ``2500`` or ``2500.5``."""
    if isinstance(value, Fraction):
        return value
    try:
        found = exact(value)
    except (ValueError, ZeroDivisionError):
        raise refusal(
            "E104", say("an exact number is expected, as text: 2500, 2500.5 or 7/10")
        ) from None
    if found < 0:
        raise refusal("E103", say("must not be negative"))
    return found


def _share(value: Fraction) -> Fraction:
    if value > 1:
        raise refusal("E103", say("a share is at most 1"))
    return value


def _above(value: Fraction) -> Fraction:
    if value <= 0:
        raise refusal("E103", say("must be above 0 {unit}", unit="kg"))
    return value


FRACTION = "^[0-9]+(/[0-9]+|[.][0-9]+)?$"
_PLAIN = WithJsonSchema({"type": "string", "pattern": FRACTION, "examples": ["2500"]})
Exact = Annotated[Fraction, BeforeValidator(_exact), _PLAIN]
ExactShare = Annotated[
    Exact,
    AfterValidator(_share),
    WithJsonSchema({"type": "string", "pattern": FRACTION, "examples": ["7/10"]}),
]
Kilograms = Annotated[Exact, AfterValidator(_above), _PLAIN]
Digest = Annotated[str, Field(pattern=DIGEST)]
Day = Annotated[str, Field(pattern=DAY)]
Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Part = Annotated[float, Field(ge=0, le=1, strict=True)]
Indicator = Literal[tuple(INDICATOR_IDS)]  # type: ignore[valid-type]
DataClass = Literal[CLASSES]  # type: ignore[valid-type]
Unit = Annotated[str, Field(max_length=60)]


class Firm(StrictModel):
    """Who made the lot, and where."""

    name: Named
    municipality: Optional[Text] = None


class Made(StrictModel):
    """What the lot is."""

    kind: choice(*KINDS)  # type: ignore[valid-type]
    name: Text
    count: Optional[Text] = None
    system: Optional[choice("woollen", "worsted", "bought_yarn")] = None  # type: ignore[valid-type]
    surface_mass_g_m2: Optional[Kilograms] = None


class Delivered(StrictModel):
    """What of the batch is handed over, and to whom."""

    kg: Kilograms
    to: Optional[Named] = None


class Fibre(StrictModel):
    """A fibre of the lot."""

    fibre: Identifier
    origin: choice(*ORIGINS)  # type: ignore[valid-type]
    conditioned: ExactShare
    dry: ExactShare
    lot: Optional[Named] = None
    certificates: list[Digest] = Field(default_factory=list, max_length=20)
    covered: bool = Field(False, strict=True)


class Recycled(StrictModel):
    """Share of the fibre that is recycled, of one origin class."""

    conditioned: ExactShare
    dry: ExactShare


class Certificate(StrictModel):
    """A document behind the origin of a fibre; only its digest is handed on."""

    sha256: Digest
    kind: Identifier
    issuer: Optional[Named] = None
    date: Optional[Day] = None
    valid_until: Optional[Day] = None
    lot: Optional[Named] = None
    kg: Optional[Kilograms] = None


class StepDone(StrictModel):
    """A step behind the lot: where it was done and by whom; no figure of it."""

    step: Identifier
    of: Optional[Annotated[int, Field(ge=0, le=299, strict=True)]] = None
    operator: choice(*OPERATORS)  # type: ignore[valid-type]
    municipality: Optional[Text] = None


class Upstream(StrictModel):
    """A lot of somebody else that went into this batch."""

    lot: Named
    sha256: Digest
    kg: Kilograms


class Amount(StrictModel):
    """A figure per kilogram of the lot, conditioned."""

    value: Number
    unit: Unit


class Whole(Amount):
    """A figure from the cradle to the gate of the firm, or of a contractor's work alone."""

    low: Optional[Number] = None
    high: Optional[Number] = None
    coverage: Part
    coverage_by_climate: Part
    classes: dict[DataClass, Part]  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _ends(self) -> Whole:
        if (self.low is None) != (self.high is None):
            raise refusal("E213", say("give both `low` and `high`, or neither"))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise refusal("E305", say("`low` lies above `high`"))
        return self


class Footprint(StrictModel):
    """Figures per kilogram, by indicator."""

    own_stage: dict[Indicator, Amount]  # type: ignore[valid-type]
    withheld: list[Identifier] = Field(max_length=100)
    whole: dict[Indicator, Whole]  # type: ignore[valid-type]


class Method(StrictModel):
    """How the figures were worked out."""

    indicators: Text
    characterisation_sha256: Digest
    recycling: choice("cut_off")  # type: ignore[valid-type]
    boundary: choice("cradle_to_gate", "gate_to_gate")  # type: ignore[valid-type]
    background: Text
    inventory_sha256: Digest


class Program(StrictModel):
    """What worked them out."""

    name: Text
    version: Text
    sha256: Digest


class Run(StrictModel):
    """The run folder that the sheet was taken from; it stays with the firm, for its auditor."""

    id: Annotated[str, Field(pattern=RUN)]
    result_sha256: Digest


class Standing(StrictModel):
    """How the firm's own run stands on what an auditor asks of the chain."""

    measured: choice(*VERDICTS)  # type: ignore[valid-type]
    traceability: choice(*VERDICTS)  # type: ignore[valid-type]
    questions: Annotated[int, Field(ge=0, strict=True)]
    own_data: bool = Field(strict=True)


class Signature(StrictModel):
    """Signature over everything else in the sheet (DSSE)."""

    keyid: Annotated[str, Field(pattern=DIGEST)]
    sig: Annotated[str, Field(pattern=HEX)]
    public_key: Annotated[str, Field(max_length=2000)]


class LotSheet(StrictModel):
    """A lot sheet."""

    schema_: choice(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    lot: Named
    issued: Day
    year: Optional[Annotated[int, Field(ge=1900, le=2999, strict=True)]] = None
    firm: Firm
    product: Made
    batch_kg: Kilograms
    delivered: Delivered
    composition: list[Fibre] = Field(max_length=300)
    recycled: dict[choice(*ORIGINS[1:3]), Recycled]  # type: ignore[valid-type]
    certificates: list[Certificate] = Field(max_length=500)
    steps: list[StepDone] = Field(max_length=300)
    upstream: list[Upstream] = Field(max_length=300)
    footprint: Footprint
    method: Method
    program: Program
    run: Run
    standing: Standing
    digest: Digest
    signature: Optional[Signature] = None

    @model_validator(mode="after")
    def _adds_up(self) -> LotSheet:
        for basis in ("conditioned", "dry"):
            if sum((getattr(one, basis) for one in self.composition), Fraction(0)) != 1:
                raise refusal("E301", say("the shares of the fibres do not add up to exactly 1"))
            for origin, said in self.recycled.items():
                found = sum(
                    (getattr(one, basis) for one in self.composition if one.origin == origin),
                    Fraction(0),
                )
                if getattr(said, basis) != found:
                    raise refusal("E301", say("the recycled share is not that of its fibres"))
        if any(one.of is not None and one.of >= len(self.composition) for one in self.steps):
            raise refusal("E307", say("a step names a fibre that the sheet does not have"))
        known = {one.sha256 for one in self.certificates}
        if any(not known.issuperset(one.certificates) for one in self.composition):
            raise refusal("E222", say("a fibre names a certificate that the sheet does not have"))
        return self
