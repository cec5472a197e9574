"""What the parsers of YAML and pydantic say is wrong, as sentences that are translated."""

from __future__ import annotations

from typing import Any, Mapping

from lca_cardato.sentence import say

PARSER = {
    str(text): text
    for text in (
        say("block sequence entries are not allowed in this context"),
        say("control characters are not allowed"),
        say("could not find expected ':'"),
        say("did not find expected ',' or ']'"),
        say("did not find expected ',' or '}}'"),
        say("did not find expected '-' indicator"),
        say("did not find expected <document start>"),
        say("did not find expected alphabetic or numeric character"),
        say("did not find expected comment or line break"),
        say("did not find expected key"),
        say("did not find expected node content"),
        say("did not find expected whitespace or line break"),
        say("found a tab character that violates indentation"),
        say("found a tab character where an indentation space is expected"),
        say("found character that cannot start any token"),
        say("found incompatible YAML document"),
        say("found undefined tag handle"),
        say("found unexpected ':'"),
        say("found unexpected document indicator"),
        say("found unexpected end of stream"),
        say("found unknown directive name"),
        say("found unknown escape character"),
        say("mapping keys are not allowed in this context"),
        say("mapping values are not allowed in this context"),
        say("unexpected end of data"),
    )
}
"""What libyaml says, and the reader of CSV, by what they say."""


def of_parser(text: str) -> str:
    """Give what a parser of YAML or CSV says as a sentence, where it is known."""
    if "expected after" in text:
        return say("something stands between a closing quotation mark and the separator")
    return PARSER.get(text, text)


def of_model(kind: str, told: str, context: Mapping[str, Any]) -> str:
    """Give what pydantic says as a sentence.

    Parameters
    ----------
    kind, told : str
        Type and message of the error.
    context : mapping
        Its numbers, by the names that pydantic gives them.
    """
    if kind == "string_too_long":
        return say("a text has at most {count} characters", count=context["max_length"])
    if kind in ("too_long", "too_short"):
        few = kind == "too_short"
        limit, count = context["min_length" if few else "max_length"], context["actual_length"]
        if few:
            return say(
                "at least {limit} item is expected here, not {count}" if limit == 1 else
                "at least {limit} items are expected here, not {count}", limit=limit, count=count,
            )  # fmt: skip
        if count is None:  # pydantic stops to count a mapping
            return say("at most {limit} items are accepted", limit=limit)
        return say("at most {limit} items are accepted, not {count}", limit=limit, count=count)
    if kind == "string_pattern_mismatch":
        return say("the text is not of the form {pattern}", pattern=context["pattern"])
    if kind.startswith(("int_", "float_", "decimal_")):
        whole = kind.startswith("int_")
        return say("a whole number is expected here" if whole else "a number is expected here")
    if kind.startswith("bool_"):
        return say("true or false is expected here")
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context["ge" if kind.startswith("greater") else "le"]
        low = kind.startswith("greater")
        return say(
            "at least {limit} is expected" if low else "at most {limit} is expected", limit=limit
        )
    if kind in ("literal_error", "enum"):
        return say("expected: {choices}", choices=context["expected"].replace(" or ", ", "))
    return say("not accepted: {told}", told=told)
