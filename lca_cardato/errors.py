"""Problems that are reported to people: one record per problem, all of a file at once.

An error code is stable: the letter ``E``, a group digit and two more (1 numbers and units,
2 files and text, 3 meaning of the model, 4 calculation, 5 machine). Each exception class
carries the exit code of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Callable, Iterable, Sequence

from lca_cardato.sentence import joined, say

EXIT_OK = 0
EXIT_NOT_MET = 1
EXIT_USAGE = 2
EXIT_INPUT = 3
EXIT_CALCULATION = 4
EXIT_DISK = 5
EXIT_INTEGRITY = 6
EXIT_BUSY = 7
EXIT_UNEXPECTED = 70
EXIT_INTERRUPTED = 130

EXIT_CODES = {
    EXIT_OK: say("done"),
    EXIT_NOT_MET: say("done; a claim that was asked for is not met or not proven"),
    EXIT_USAGE: say("the command line is wrong, or needs an extra that is not installed"),
    EXIT_INPUT: say("an input file is wrong"),
    EXIT_CALCULATION: say("the input can't be calculated"),
    EXIT_DISK: say("a file can't be read or written"),
    EXIT_INTEGRITY: say("a stored result or the installation is not sound, or not reproducible"),
    EXIT_BUSY: say("another process is busy, or a cluster does not answer"),
    EXIT_UNEXPECTED: say("an unexpected error; one line, with the place of a report"),
    EXIT_INTERRUPTED: say("interrupted"),
}
"""Exit code -> what it means, as help and pages tell it."""

MAX_PROBLEMS = 50


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, told so that it can be mended.

    Attributes
    ----------
    code : str
        Stable error code, for instance ``"E106"``.
    message : str
        What is wrong and what was expected: a sentence made by `lca_cardato.sentence.say`.
    file : str
        File as the user named it; empty for values that came through the Python API.
    line, column : int
        Position, counted from 1; 0 when unknown.
    key : str
        Path of the value inside the file, for instance ``blend[1].share``.
    value : str
        The value as typed.
    suggestion : str
        The nearest valid choice or the cure; may be empty.
    """

    code: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    value: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        return self.told(str)

    def told(self, tell: Callable[[str], str]) -> str:
        """Give the problem in one line.

        Parameters
        ----------
        tell : callable
            Gives the text of a sentence in the language of the reader.
        """
        where = shorten(self.file, 400) or tell(say("input"))
        if self.line:
            where += f":{self.line}:{self.column}"
        text = f"{where}: {self.code}"
        if self.key:
            text += f" {shorten(self.key, 200)}"
        text += f": {shorten(tell(self.message), 1000)}"
        if self.value:
            text += f" ({tell(say('typed'))}: {shorten(self.value)})"
        if self.suggestion:
            text += f"; {shorten(tell(self.suggestion), 600)}"
        return text

    def sentence(self) -> str:
        """Give the problem without its file and line, as a sentence."""
        head = f"{self.code} {shorten(self.key, 200)}".strip()
        text = say("{head}: {message}", head=head, message=self.message)
        if self.value:
            text = say("{text} (typed: {value})", text=text, value=shorten(self.value))
        return joined([text, self.suggestion])


class CardatoError(Exception):
    """Base of the errors that the command shows without a traceback.

    Parameters
    ----------
    problems : iterable of Problem
        Everything that was found, in file order.
    """

    exit_code = EXIT_UNEXPECTED

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__("\n".join(str(p) for p in self.problems[:MAX_PROBLEMS]))

    def __reduce__(self) -> tuple[type, tuple[list[Problem]]]:
        return type(self), (self.problems,)

    @classmethod
    def one(cls, code: str, message: str, **where: object) -> CardatoError:
        """Make the error from a single problem."""
        return cls([Problem(code, message, **where)])  # type: ignore[arg-type]


class InputError(CardatoError):
    """A scenario, inventory or other input file can't be used as it is."""

    exit_code = EXIT_INPUT


class CalculationError(CardatoError):
    """The input is well formed but describes something that can't be calculated."""

    exit_code = EXIT_CALCULATION


class DiskError(CardatoError):
    """A file or folder can't be read or written."""

    exit_code = EXIT_DISK


class IntegrityError(CardatoError):
    """A stored file is not what it says it is, or two solvers disagree."""

    exit_code = EXIT_INTEGRITY


class MissingError(CardatoError):
    """What is asked for needs a package that is not installed."""

    exit_code = EXIT_USAGE


class BusyError(CardatoError):
    """Another process holds the lock for too long."""

    exit_code = EXIT_BUSY


def shorten(text: str, length: int = 80) -> str:
    """Cut a typed value for display, keeping control characters out of the terminal."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def nearest(word: str, choices: Sequence[str]) -> str:
    """Say which valid choice is nearest to a mistyped word.

    Parameters
    ----------
    word : str
        What was typed.
    choices : sequence of str
        What would have been valid.

    Returns
    -------
    str
        ``"did you mean 'x'?"``, or the list of choices when it is short, or ``""``.
    """
    hits = get_close_matches(word[:100], list(choices), n=1, cutoff=0.6)
    if hits:
        return say("did you mean '{word}'?", word=hits[0])
    if 0 < len(choices) <= 12:
        return say("valid: {choices}", choices=list(choices))
    return ""
