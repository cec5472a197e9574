"""Lines that are no YAML, told by what people do: a tab in the margin, a colon within a text."""

from __future__ import annotations

import re

from lca_cardato.sentence import say

_ENTRY = re.compile(r"(?P<key>\s*(?:- )?[\w.-]+): +(?P<text>[^'\"\[{].*?: .*|[^'\"\[{].*:)\s*")


def unreadable(told: str, text: str, line: int, column: int) -> tuple[str, str]:
    """Say what is wrong with a line that is no YAML, and how it is mended.

    Parameters
    ----------
    told : str
        What the parser says of it, in English.
    text : str
        The whole file.
    line, column : int
        Where the parser stopped, counted from 1.

    Returns
    -------
    message, cure : str
    """
    lines = text.splitlines()
    typed = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in typed[: len(typed) - len(typed.lstrip())] or typed[column - 1 : column] == "\t":
        return (
            say("a tab stands before the text; the levels of a file are told by blanks"),
            say("put two blanks in place of each tab"),
        )
    entry = re.sub(r"\s+#.*", "", typed)
    if "'}'" in told:  # inside { }, from one comma to the next
        start = max(typed.rfind(mark, 0, column) for mark in "{,") + 1
        entry = re.split("[,}]", typed[start:])[0]
    found = _ENTRY.fullmatch(entry) if "mapping values" in told or "'}'" in told else None
    if found:
        quoted = found["text"].replace("\\", "\\\\").replace('"', '\\"')
        written = f'{found["key"].strip()}: "{quoted}"'
        return (
            say("a colon within a text: what follows it is taken for another value"),
            say("put the text between quotes: {written}", written=written),
        )
    return (
        say("not valid YAML: {told}", told=told),
        say("check indentation, colons and quotes on this line"),
    )
