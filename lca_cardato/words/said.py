"""Words of the user: on one line, cut, and between quotation marks, never taken for the program's own."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of a text of the user's that are shown."""
NAME = 100
"""Characters of the name of a product that are shown."""
_ENDS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_BLANKS = re.compile(r"\s+")
_MARKS = str.maketrans(dict.fromkeys('"“”„‟«»', "'"))
"""Quotation marks inside, which would seem to end the quotation."""
_VERDICTS = re.compile(r"\[([+x?!-])\]|[✓✔✗✘]")
"""Signs that verdicts bear on a screen and on a page."""


TIE = "\u00a0"
"""Blank at which no line ends."""
_TIED = re.compile(
    r"(?<=\d) (?=(?:%|kg|g|t|MJ|kWh|L|m2|m²|m3|m³|km|pp|den|dtex|CO2-eq)(?![\w-]))"
    r"|(?<=kg|ol|Bq) (?=[\w.+-]+-eq\b)|(?<=Nm) (?=\d)|(?<=[≥≤<>]) (?=\d)"
)
"""Blanks between a number and its unit or sign."""


def tied(text: str, tie: str = TIE) -> str:
    """Keep a number and its unit on one line.

    Examples
    --------
    >>> tied("saves 21 to 91 %, 3.59 kg CO2-eq", "~")
    'saves 21 to 91~%, 3.59~kg~CO2-eq'
    """
    return _TIED.sub(tie, text)


class Said(str):
    """A text of the user's as the argument of a sentence; it is quoted there."""


def flat(text: str) -> str:
    """Put a slash in the place of every end of a line, and change nothing else."""
    return _ENDS.sub(" / ", text)


def one_line(text: str, longest: int = LONGEST) -> str:
    """Write a text on one line: a slash stands for the end of a line.

    Examples
    --------
    >>> one_line("first\\n\\n  second  part ")
    'first / second part'
    """
    plain = _BLANKS.sub(" ", flat(text.strip()))
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def inside_quotes(text: str, longest: int = LONGEST) -> str:
    """Write a text as it can stand between quotation marks, without the signs of verdicts.

    Examples
    --------
    >>> inside_quotes('fine" [+] meets')
    "fine' (+) meets"
    """
    plain = one_line(text, longest).translate(_MARKS)
    return _VERDICTS.sub(lambda found: f"({found[1]})" if found[1] else "·", plain)
